"""The locus view: domains on the genome, scenes from the bundled knowledge, reads, export, keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.ui.locus.view import height
from genoai_desktop.ui.viewmodels.browse import browse_frame
from genoai_desktop.ui.viewmodels.locus import Span, domain_parts, load_scene, resolve
from genoai_desktop.ui.viewmodels.reads import read_alignments
from genoai_desktop.ui.window import MainWindow

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
READS = SHARED / "samples/reads"


def test_domains_follow_the_exons_on_both_strands() -> None:
    exons, cds = ((100, 199), (300, 399)), (110, 350)
    assert domain_parts(exons, cds, False, 1, 30) == ((110, 199),)
    assert domain_parts(exons, cds, False, 30, 31) == ((197, 199), (300, 302))
    assert domain_parts(exons, cds, True, 1, 1) == ((348, 350),)
    assert domain_parts(exons, cds, True, 17, 18) == ((197, 199), (300, 302))


def test_a_scene_of_a_known_gene(knowledge: Knowledge) -> None:
    opened = sample_case()
    view = resolve(knowledge, "CHD7", Build.GRCH38)
    scene = load_scene(opened, browse_frame(opened), knowledge, view, Silent())  # type: ignore[arg-type]
    track = next(gene for gene in scene.genes if gene.gene == "CHD7")
    assert len(track.exons) == 38
    assert track.domains
    assert scene.bands
    assert scene.markers
    assert scene.loaded.size > view.size
    assert all(scene.loaded.start <= marker.position <= scene.loaded.end for marker in scene.markers)


def test_places_and_unknown_names(knowledge: Knowledge) -> None:
    assert resolve(knowledge, "chr7:117,120,000-117,130,000", Build.GRCH37) == Span(
        "7", 117_120_000, 117_130_000
    )
    with pytest.raises(UserError):
        resolve(knowledge, "NOSUCHGENE", Build.GRCH38)


def test_rarer_stands_taller() -> None:
    assert height(0.5) < height(0.01) < height(0.0001) < height(None)


def test_zoom_pan_jump_copy_and_export(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.show_page("locus")
    page = opened.locus
    qtbot.waitUntil(lambda: page.plot.scene_data is not None, timeout=20_000)
    wide = page._view
    assert wide is not None
    qtbot.keyClick(page, Qt.Key.Key_Plus)
    assert page._view is not None
    assert page._view.size < wide.size
    before = page._view.start
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert page._view.start > before
    page.place.setText("FGFR2")
    qtbot.keyClick(page.place, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._view is not None and page._view.chromosome == "10", timeout=40_000)
    page.copy()
    assert not QGuiApplication.clipboard().image().isNull()
    for name, start in (("locus.svg", b"<?xml"), ("locus.pdf", b"%PDF")):
        page.save_to(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)
    assert "FGFR2" in (tmp_path / "locus.svg").read_text(encoding="utf-8")


def test_an_unknown_gene_is_explained(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("locus")
    qtbot.waitUntil(lambda: opened.locus.plot.scene_data is not None, timeout=20_000)
    opened.locus.place.setText("NOSUCHGENE")
    qtbot.keyClick(opened.locus.place, Qt.Key.Key_Return)
    qtbot.waitUntil(opened.locus.banner.isVisible, timeout=40_000)
    assert "No gene" in opened.locus.banner.text.text()


def test_a_file_that_is_no_bam_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "broken.bam"
    path.write_bytes(b"")
    assert "cannot be shown" in read_alignments(str(path), "17", 1, 100, Silent()).note


@pytest.mark.real_data
@pytest.mark.skipif(not READS.is_dir(), reason="../shared/data is absent")
def test_real_reads_give_coverage_and_lanes() -> None:
    import pysam

    path = next(
        p
        for p in sorted(READS.glob("*.bam"))
        if p.with_suffix(".bam.bai").exists() or Path(f"{p}.bai").exists()
    )
    with pysam.AlignmentFile(str(path)) as file:
        first = next(read for read in file if not read.is_unmapped)
        chromosome, start = str(first.reference_name).removeprefix("chr"), first.reference_start + 1
    reads = read_alignments(str(path), chromosome, start, start + 500, Silent())
    assert max(reads.coverage) > 0
    assert reads.reads
    lanes: dict[int, int] = {}
    for read in reads.reads:
        assert lanes.get(read.lane, 0) < read.start
        lanes[read.lane] = read.end
