"""Setting up a reference genome, and its use when a file of its build is opened."""

import gzip
from pathlib import Path

import pysam
import pytest
from conftest import QuickServices
from known import bundled_knowledge
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from genoai_desktop.app.reference import ReferenceGenome, header_build, prove_reference, reference_for
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.dialogs.reference import welcome
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.window import MainWindow

LENGTHS = {Build.GRCH37: 48129895, Build.GRCH38: 46709983}
"""Chromosome 21."""


def fasta(folder: Path, length: int, name: str = "chr21") -> Path:
    """A FASTA file of which only the index is read: its bases are never asked for."""
    path = folder / f"genome{length}.fa"
    path.write_text(f">{name}\nACGT\n")
    path.with_name(path.name + ".fai").write_text(f"{name}\t{length}\t7\t60\t61\n")
    return path


def vcf(folder: Path, build: Build | None) -> Path:
    """A header alone, with or without the length that tells the build."""
    path = folder / f"of{build}.vcf"
    contig = f"##contig=<ID=chr21,length={LENGTHS[build]}>\n" if build else ""
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCHILD\n"
    path.write_text("##fileformat=VCFv4.3\n" + contig + columns)
    return path


def choose(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, path: Path | None) -> str:
    """Trigger the action with a file chosen; what the banner says in the end."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path or ""), ""))
    window.actions_by_id["reference"].trigger()
    if path is None:
        return ""
    qtbot.waitUntil(lambda: not window.runner.busy and window.problem.isVisible(), timeout=20_000)
    return window.problem.text.text()


@pytest.mark.parametrize("build", list(Build))
def test_a_genome_is_recognised_and_remembered_for_its_build(
    window: MainWindow,
    settings: QSettings,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    tmp_path: Path,
    build: Build,
) -> None:
    path = fasta(tmp_path, LENGTHS[build])
    said = choose(window, monkeypatch, qtbot, path)
    assert f"is {build}." in said
    assert "lacks chromosomes: 1, 2, 3" in said
    assert settings.value(f"reference/{build}") == str(path)
    assert settings.value(f"reference/{build.other}") is None
    assert window.desk.reference_for(build) == path
    assert window.desk.reference_for(build.other) is None


def test_a_file_of_neither_build_is_explained_and_not_remembered(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    assert "neither" in choose(window, monkeypatch, qtbot, fasta(tmp_path, 1000))
    assert "No human chromosome" in choose(window, monkeypatch, qtbot, fasta(tmp_path, 999, "scaffold_1"))
    wrong = tmp_path / "notes.fa"
    wrong.write_text("not a sequence")
    assert "It is not a FASTA file." in choose(window, monkeypatch, qtbot, wrong)
    assert window.desk.references == {}


def test_thinking_better_of_it_changes_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose(window, monkeypatch, qtbot, None)
    assert not window.runner.busy
    assert window.desk.references == {}


def test_the_dialog_offers_the_genome_of_the_files_build(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = {build: fasta(tmp_path, LENGTHS[build]) for build in Build}
    for build, path in paths.items():
        window.desk.remember_reference(build, path)
    dialog = OpenCaseDialog(window.desk, window, vcf=vcf(tmp_path, Build.GRCH37))
    qtbot.waitUntil(lambda: dialog.reference.text() == str(paths[Build.GRCH37]))
    assert dialog.build.currentText() == "as the file says (GRCh37)"
    assert dialog.request().build is None
    dialog.build.setCurrentText("GRCh38")
    assert dialog.request().reference == paths[Build.GRCH38]
    dialog.reference.setText("/elsewhere/own.fa")
    dialog.build.setCurrentText("GRCh37")
    assert dialog.reference.text() == "/elsewhere/own.fa"
    dialog.reject()


def test_no_genome_is_offered_where_the_build_is_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.desk.remember_reference(Build.GRCH38, fasta(tmp_path, LENGTHS[Build.GRCH38]))
    dialog = OpenCaseDialog(window.desk, window, vcf=vcf(tmp_path, None))
    qtbot.waitUntil(lambda: not dialog.runner.busy)
    assert dialog.reference.text() == ""
    dialog.reject()


def test_a_remembered_file_that_is_gone_is_not_used(tmp_path: Path) -> None:
    remembered = {"GRCh38": str(tmp_path / "gone.fa")}
    assert reference_for(Build.GRCH38, remembered) is None
    assert reference_for(None, remembered) is None
    assert reference_for(Build.GRCH37, {}) is None


@pytest.mark.parametrize("build", [*Build, None])
def test_the_header_tells_the_build(tmp_path: Path, build: Build | None) -> None:
    path = vcf(tmp_path, build)
    assert header_build(path, Silent()) is build
    zipped = tmp_path / "plain.vcf.gz"
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    assert header_build(zipped, Silent()) is build
    assert Services().samples(zipped, Silent()) == ("CHILD",)
    binary = tmp_path / "binary.bcf"
    with pysam.VariantFile(str(path)) as text, pysam.VariantFile(str(binary), "wb", header=text.header):
        pass
    assert header_build(binary, Silent()) is build


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b", b"\x1f\x8b\x08\x00aaaaaaaaaaaa", b"BCF\x02\x02", b"hello"]
)
def test_an_unreadable_file_has_no_build(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.vcf"
    path.write_bytes(content)
    assert header_build(path, Silent()) is None


def test_a_genome_of_the_other_build_is_refused_before_reading(tmp_path: Path) -> None:
    genome = fasta(tmp_path, LENGTHS[Build.GRCH37])
    knowledge = bundled_knowledge()
    good = CaseRequest(vcf(tmp_path, Build.GRCH37), reference=genome)
    prove_reference(good, knowledge, Silent())
    with pytest.raises(UserError, match="It is GRCh37, but GRCh38 is needed"):
        prove_reference(CaseRequest(vcf(tmp_path, Build.GRCH38), reference=genome), knowledge, Silent())
    unknown = CaseRequest(vcf(tmp_path, None), reference=genome)
    with pytest.raises(UserError, match="does not say which reference genome"):
        prove_reference(unknown, knowledge, Silent())


def test_what_a_genome_lacks_is_said(services: QuickServices) -> None:
    whole = ReferenceGenome(Path("hg19.fa"), Build.GRCH37, 25, ())
    assert welcome(whole)[0] == "success"
    tone, text = welcome(ReferenceGenome(Path("hg19.fa"), Build.GRCH37, 25, ("Y",), True))
    assert tone == "warning"
    assert "lacks chromosomes: Y." in text
    assert "NC_001807" in text
