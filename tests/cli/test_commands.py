"""The command line's contract: exit statuses, messages, and nothing half-written."""

import gzip
import json
import zipfile
from pathlib import Path

import pikepdf
import pytest

from genoai_desktop.cli import main
from genoai_desktop.knowledge.locations import resources

DEMO = resources() / "demo" / "family.vcf.gz"
VCF = """##fileformat=VCFv4.3
##contig=<ID=chr1,length=248956422>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\tS2
chr1\t69511\t.\tA\tG\t50\tPASS\t.\tGT\t0/1\t1/1
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.vcf"
    path.write_text(VCF)
    return path


def test_a_file_that_is_not_there_is_refused_by_name(capsys, tmp_path) -> None:
    assert main(["check-vcf", str(tmp_path / "none.vcf"), "--quiet"]) in (1, 2)
    said = capsys.readouterr()
    assert "none.vcf" in said.err + said.out


def test_check_prints_one_line_per_finding(capsys, small) -> None:
    status = main(["check-vcf", str(small), "--quiet"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t") == ["severity", "code", "file", "line", "field", "text"]
    assert (status == 0) == (len(lines) == 1)


def test_check_as_json_has_the_promised_keys(capsys, small) -> None:
    main(["check-vcf", str(small), "--json", "--quiet"])
    document = json.loads(capsys.readouterr().out)
    assert document["records_read"] == document["records_loaded"] + document["records_reported"] == 1
    assert document["build"] == "GRCh38"
    assert document["samples"] == ["S1", "S2"]


def test_an_ambiguous_patient_is_refused_and_nothing_is_written(capsys, small, tmp_path) -> None:
    out = tmp_path / "out"
    assert main(["analyse", "--vcf", str(small), "--out", str(out), "--quiet"]) == 2
    assert "--sample" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("option", "value"), [("--age", "300"), ("--consent", "everything")])
def test_options_out_of_range_are_refused_by_name(capsys, small, tmp_path, option, value) -> None:
    given = ["analyse", "--vcf", str(small), "--sample", "S1", "--out", str(tmp_path / "o"), "--quiet"]
    assert main([*given, option, value]) == 2
    assert option in capsys.readouterr().err


def test_an_unknown_command_is_a_file_for_the_window() -> None:
    asked = []
    assert main(["patient.vcf"], lambda file, demo: asked.append((file, demo)) or 0) == 0
    assert asked == [(Path("patient.vcf"), False)]


def test_no_command_opens_the_window() -> None:
    asked = []
    main([], lambda file, demo: asked.append((file, demo)) or 0)
    main(["--demo"], lambda file, demo: asked.append((file, demo)) or 0)
    assert asked == [(None, False), (None, True)]


def test_knowledge_is_listed_with_licences(capsys) -> None:
    assert main(["knowledge", "list", "--quiet"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t") == ["name", "release", "rows", "licence", "source", "sha256"]
    assert all(len(line.split("\t")) == 6 for line in lines)


def test_knowledge_verifies(capsys) -> None:
    assert main(["knowledge", "verify", "--quiet"]) == 0


def test_variants_are_classified_and_unread_rows_say_why(tmp_path) -> None:
    table = tmp_path / "variants.tsv"
    table.write_text(
        "hgvs_grch38\tgene\tmine\nNC_000008.11:g.60741838C>T\tCHD7\tkept\nnot a name\tCHD7\talso kept\n"
    )
    out = tmp_path / "out.tsv"
    assert main(["classify", "--variants", str(table), "--out", str(out), "--quiet"]) == 1
    header, first, second = (line.split("\t") for line in out.read_text().splitlines())
    row, unread = dict(zip(header, first, strict=True)), dict(zip(header, second, strict=True))
    assert row["class"] == "Likely pathogenic"
    assert "PVS1" in row["codes_met"].split(";")
    assert "PS3" in row["codes_not_assessed"].split(";")
    assert (row["mine"], unread["mine"]) == ("kept", "also kept")
    assert unread["class"] in ("", '""')
    assert "HGVS" in unread["note"]


def test_a_fault_of_the_program_shows_no_patient_data(capsys, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Zebulon Quirke 0/1")

    monkeypatch.setattr("genoai_desktop.knowledge.Knowledge", broken)
    assert main(["knowledge", "verify", "--quiet"]) == 3
    said = capsys.readouterr().err
    assert "RuntimeError at cli/" in said
    assert "Quirke" not in said


def test_calls_go_to_standard_output_when_asked(capsysbinary, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["pgx", "--vcf", str(DEMO), "--out", "-", "--quiet"]) in (0, 1)
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert lines[0].startswith("sample\tgene\tdiplotype\t")
    assert any(line.startswith("DEMO-CHILD\tCYP2C19\t*2/*2\t") for line in lines)
    assert not list(tmp_path.iterdir())


def test_a_pack_of_a_zip_version_that_is_not_known_is_refused(capsys, tmp_path) -> None:
    pack = tmp_path / "x.pack"
    with zipfile.ZipFile(pack, "w") as packed:
        packed.writestr("a", "b")
    data = bytearray(pack.read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 249  # version needed to extract
    pack.write_bytes(data)
    assert main(["knowledge", "install", str(pack), "--dry-run", "--quiet"]) == 2
    assert "x.pack" in capsys.readouterr().err


def test_ancestry_of_nobody_is_refused(capsys, tmp_path) -> None:
    path = tmp_path / "sites.vcf"
    path.write_text(VCF.replace("\tFORMAT\tS1\tS2", "").replace("\tGT\t0/1\t1/1", ""))
    out = tmp_path / "ancestry.tsv"
    assert main(["risk", "ancestry", "--vcf", str(path), "--out", str(out), "--quiet"]) == 2
    assert "sites.vcf" in capsys.readouterr().err
    assert not out.exists()


def test_a_couple_letter_of_an_earlier_run_is_taken_away(small, tmp_path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "couple-letter.pdf").write_bytes(b"of another time")
    assert main(["analyse", "--vcf", str(small), "--sample", "S1", "--out", str(out), "--quiet"]) in (0, 1)
    assert sorted(path.name for path in out.iterdir()) == ["letter.pdf", "report.pdf", "result.json"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_report_is_in_the_language_asked_for(small, tmp_path, language) -> None:
    out = tmp_path / "out"
    given = ["analyse", "--vcf", str(small), "--sample", "S1", "--out", str(out)]
    assert main([*given, "--report-language", language, "--quiet"]) in (0, 1)
    with pikepdf.open(out / "report.pdf") as pdf:
        assert str(pdf.Root.Lang) == language


@pytest.mark.parametrize("option", ["--phenopacket", "--ped", "--reference"])
def test_a_slip_in_a_second_file_is_said_before_the_work(capsys, tmp_path, option) -> None:
    unread = tmp_path / "never-read.vcf"  # were it opened, its own name would be in the refusal
    given = ["analyse", "--vcf", str(unread), option, str(tmp_path / "slip"), "--out", str(tmp_path / "o")]
    assert main([*given, "--quiet"]) == 2
    said = capsys.readouterr().err
    assert option in said
    assert "never-read" not in said


def test_why_a_table_cannot_be_read_is_said_in_words(capsys, tmp_path) -> None:
    short = tmp_path / "short.tsv.gz"
    short.write_bytes(gzip.compress(b"chrom\tpos\n" * 50)[:30])
    for path, words in ((tmp_path / "none.tsv", "no such file"), (short, "ends too early")):
        assert main(["classify", "--variants", str(path), "--out", str(tmp_path / "o.tsv"), "--quiet"]) == 2
        assert words in capsys.readouterr().err


def test_advice_of_an_earlier_run_is_pointed_out_and_left(capsys, small, tmp_path) -> None:
    advice = tmp_path / "ADVICE.tsv"
    advice.write_text("earlier")
    assert main(["pgx", "--vcf", str(small), "--out", str(tmp_path / "calls.tsv")]) in (0, 1)
    assert "ADVICE.tsv" in capsys.readouterr().err
    assert advice.read_text() == "earlier"
