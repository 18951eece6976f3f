"""The command line's contract, sentence by sentence, on small files made here."""

import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from genoai_desktop.cli import main

GAIL = "T1,T2,N_Biop,HypPlas,AgeMen,Age1st,N_Rels,Race,my note\n"
WOMAN = '40,45,0,99,12,25,0,1,"said ""no"", twice"\n'
VARIANTS = (
    "chrom\tpos\tref\talt\tbuild\tzygosity\tinheritance\tmine\thgvs_grch38\thgvs_grch37\n"
    'chr8\t60741838\tC\tT\tGRCh38\thet\tAutosomal dominant\t"a" b\t\t\n'
    "\t\t\t\t\t\t\t 5 \tNC_000008.11:g.60741838C>T\t\n"
    "\t\t\t\t\thom\t\tü\t\tNC_000008.10:g.61654397C>T\n"
)
VCF = """##fileformat=VCFv4.3
##contig=<ID=chr10,length=133797422>
##contig=<ID=chr1,length=248956422>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1
chr10\t94781859\t.\tG\tA\t50\tPASS\t.\tGT\t1/1
"""
CASES = (
    "id\tpmid\tsex\tobs\texc\tdisease\tgenes\n"
    "a\tPMID_1\tMALE\tHP:0001156;HP:0001363\tHP:0000175\tOMIM:101600\tFGFR2\n"
)
PANEL = (
    "variant\tgene\tdisease\tinheritance\tassertion\tcodes_met\thgvs_grch38\n"
    "x\tCHD7\tCHARGE\tAutosomal dominant inheritance\tBenign\tBA1\tNC_000008.11:g.60741838C>T\n"
)
ADDED = ["class", "points", "codes_met", "codes_not_met", "codes_not_assessed", "note"]


def rows(text: str, separator: str = "\t") -> list[dict[str, str]]:
    quoting = csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL
    return list(csv.DictReader(io.StringIO(text), delimiter=separator, quoting=quoting))


def run(*arguments: object) -> int:
    return main([*map(str, arguments), "--quiet"])


@pytest.fixture
def gail(tmp_path: Path) -> Path:
    path = tmp_path / "gail.csv"
    path.write_text(GAIL + WOMAN)
    return path


def test_the_form_follows_the_name_and_values_stay_as_they_were(gail: Path, tmp_path: Path) -> None:
    note = 'said "no", twice'
    assert run("risk", "gail", "--input", gail, "--out", tmp_path / "a.json") == 0
    first = json.loads((tmp_path / "a.json").read_text())[0]
    assert first["my note"] == note
    assert run("risk", "gail", "--input", tmp_path / "a.json", "--out", tmp_path / "b.csv.gz") == 0
    packed = gzip.decompress((tmp_path / "b.csv.gz").read_bytes()).decode()
    assert rows(packed, ",")[0]["my note"] == note
    assert run("risk", "gail", "--input", gail, "--out", tmp_path / "c.tsv") == 0
    plain = rows((tmp_path / "c.tsv").read_text())[0]
    assert plain["my note"] == note
    assert float(plain["absolute_risk_pct"]) == first["absolute_risk_pct"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda text: "", "line 1"),
        (lambda text: text.replace("T2,", "T9,"), "field T2"),
        (lambda text: text.replace("T2,", "T1,"), "field T1"),
        (lambda text: text.replace("40,45", "40"), "line 2"),
        (lambda text: text.replace("twice", "\ud800twice"), "line 2"),
    ],
)
def test_a_table_that_is_wrong_is_refused_by_line_and_field(
    gail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: object, named: str
) -> None:
    gail.write_bytes(change(GAIL + WOMAN).encode("utf-8", "surrogatepass"))  # type: ignore[operator]
    assert run("risk", "gail", "--input", gail, "--out", tmp_path / "o.tsv") == 2
    said = capsys.readouterr()
    assert f"gail.csv, {named}" in said.err or named in said.err
    assert str(tmp_path) not in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["gail.csv"]


def test_line_ends_and_byte_order_marks_do_not_matter(gail: Path, tmp_path: Path) -> None:
    run("risk", "gail", "--input", gail, "--out", tmp_path / "a.tsv")
    gail.write_bytes(b"\xef\xbb\xbf" + (GAIL + WOMAN).replace("\n", "\r\n").encode())
    run("risk", "gail", "--input", gail, "--out", tmp_path / "b.tsv")
    assert (tmp_path / "a.tsv").read_bytes() == (tmp_path / "b.tsv").read_bytes()


def test_a_header_alone_gives_a_header_alone(gail: Path, tmp_path: Path) -> None:
    gail.write_text(GAIL)
    assert run("risk", "gail", "--input", gail, "--out", tmp_path / "a.tsv") == 0
    assert (tmp_path / "a.tsv").read_text().splitlines() == [
        GAIL.strip().replace(",", "\t") + "\tabsolute_risk_pct\tnote"
    ]


def test_an_endless_age_is_refused_in_its_row(tmp_path: Path) -> None:
    columns = (
        "age,mother_onset_age,daughter_onset_ages,full_sister_onset_ages,maternal_aunt_onset_ages,"
        "paternal_aunt_onset_ages,maternal_grandmother_onset_ages,paternal_grandmother_onset_ages,"
        "maternal_half_sister_onset_ages,paternal_half_sister_onset_ages\n"
    )
    (tmp_path / "claus.csv").write_text(columns + "40,inf,,,,,,,,\n")
    assert run("risk", "claus", "--input", tmp_path / "claus.csv", "--out", tmp_path / "o.json") == 1
    (row,) = json.loads((tmp_path / "o.json").read_text())
    assert row["claus_remaining_lifetime_risk"] is None
    assert "mother_onset_age" in row["note"]


@pytest.mark.parametrize("out", ["gail.csv", "none/o.tsv", "", "folder"])
def test_an_output_that_cannot_be_is_refused_before_the_work(
    gail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    before = gail.read_bytes()
    assert run("risk", "gail", "--input", gail, "--out", out) == 2
    assert gail.read_bytes() == before


def test_every_form_of_naming_a_variant_is_classified_alike(tmp_path: Path) -> None:
    (tmp_path / "v.tsv").write_text(VARIANTS)
    assert run("classify", "--variants", tmp_path / "v.tsv", "--out", tmp_path / "o.tsv") == 0
    text = (tmp_path / "o.tsv").read_text()
    found = rows(text)
    assert text.splitlines()[0].split("\t") == [*VARIANTS.splitlines()[0].split("\t"), *ADDED]
    assert [row["mine"] for row in found] == ['"a" b', " 5 ", "ü"]
    assert {row["class"] for row in found} == {"Likely pathogenic"}
    assert all(code.split("_")[0].isalnum() for row in found for code in row["codes_met"].split(";"))


@pytest.mark.parametrize("command", [["classify"], ["evaluate", "acmg"]])
def test_a_table_without_a_way_to_name_variants_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (tmp_path / "v.tsv").write_text("chrom\tpos\tref\tbuild\n1\t100\tA\tGRCh38\n")
    assert run(*command, "--variants", tmp_path / "v.tsv", "--out", tmp_path / "o.tsv") == 2
    assert "v.tsv, line 1, field alt" in capsys.readouterr().err


def test_a_refused_medicine_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "p.vcf").write_text(VCF)
    given = ("pgx", "--vcf", tmp_path / "p.vcf", "--advise", "nosuchdrug", "--out", tmp_path / "c.tsv")
    assert run(*given) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["p.vcf"]


def test_calls_and_advice_appear_together_in_the_form_of_the_name(tmp_path: Path) -> None:
    (tmp_path / "p.vcf").write_text(VCF)
    given = ("pgx", "--vcf", tmp_path / "p.vcf", "--advise", "clopidogrel", "--out", tmp_path / "c.json")
    assert run(*given) in (0, 1)
    calls = json.loads((tmp_path / "c.json").read_text())
    assert {"sample", "gene", "diplotype", "status"} <= set(calls[0])
    header = (tmp_path / "ADVICE.tsv").read_text().split("\n", 1)[0].split("\t")
    assert header[1:8] == ["drug", "implication", "action", "dose_factor", "strength", "guideline", "version"]


@pytest.mark.parametrize(
    ("command", "table", "option", "answers"),
    [
        (["evaluate", "rare"], CASES, "--cases", {"disease", "genes"}),
        (["evaluate", "acmg"], PANEL, "--variants", {"assertion", "codes_met", "disease"}),
    ],
)
def test_evaluation_does_not_look_at_the_answers(
    tmp_path: Path, command: list[str], table: str, option: str, answers: set[str]
) -> None:
    (tmp_path / "all.tsv").write_text(table)
    header, *_ = lines = [line.split("\t") for line in table.splitlines()]
    kept = [[line[i] for i, name in enumerate(header) if name not in answers] for line in lines]
    (tmp_path / "bare.tsv").write_text("".join("\t".join(line) + "\n" for line in kept))
    found = []
    for name in ("all", "bare"):
        assert run(*command, option, tmp_path / f"{name}.tsv", "--out", tmp_path / f"{name}.out") == 0
        answered = rows((tmp_path / f"{name}.out").read_text())
        ours = ADDED if "acmg" in command else ["level", "rank", "candidate", "score"]
        found.append([[row[column] for column in ours] for row in answered])
    assert found[0] == found[1]
    assert found[0]


def test_a_vcf_and_a_table_come_by_standard_input(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "genoai_desktop"]
    out = ["--out", "-", "--quiet"]
    done = subprocess.run(
        [*program, "pgx", "--vcf", "-", *out],
        input=VCF.encode(),
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode in (0, 1), done.stderr) == (True, b"")
    assert rows(done.stdout.decode())[0]["sample"] == "S1"
    carrier = b"prior_1_in\tdetection\n25\t0.9\n"
    done = subprocess.run(
        [*program, "risk", "carrier", "--input", "-", *out], input=carrier, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.split(b"\n")[0]) == (0, b"prior_1_in\tdetection\tresidual_1_in")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind are posix")
def test_an_interrupted_command_says_130_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "c.tsv").write_text(CASES + CASES.splitlines()[1].join(["", "\n"]) * 20_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "genoai_desktop", "evaluate", "rare", "--cases", "c.tsv", "--out", "o.tsv"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    began = time.monotonic()
    assert b"Ranking" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert time.monotonic() - began < 60
    assert b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["c.tsv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "c.tsv").write_text("prior_1_in\tdetection\n25\t0.9\n")
    program = [sys.executable, "-m", "genoai_desktop", "risk", "carrier", "--input", "c.tsv", "--out", "-"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(program, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"Refused" in done.stderr
    assert b"Traceback" not in done.stderr
