"""The risk commands on files: reference rows, refusals, carried columns."""

import json
from pathlib import Path

import polars as pl
import pytest

from genoai_desktop.app.risk_evaluation import evaluate
from genoai_desktop.app.risk_files import (
    GAIL_COLUMNS,
    PRS_COLUMNS,
    risk_carrier,
    risk_claus,
    risk_gail,
    risk_pedigree,
    risk_prs,
)
from genoai_desktop.app.tables import read_table
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
GAIL_ROW = ["45", "50", "0", "99", "12", "25", "0", "1"]


def _gail(tmp_path: Path, knowledge: Knowledge, **changes: str) -> dict[str, str]:
    row = dict(zip(GAIL_COLUMNS, GAIL_ROW, strict=True)) | changes
    source, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    source.write_text("mine\t" + "\t".join(row) + "\nkept\t" + "\t".join(row.values()) + "\n")
    risk_gail(source, out, knowledge, Silent())
    return read_table(out).row(0, named=True)


def test_gail_carries_unknown_columns(tmp_path: Path, knowledge: Knowledge) -> None:
    answer = _gail(tmp_path, knowledge)
    assert answer["mine"] == "kept"
    assert 0.5 < float(answer["absolute_risk_pct"]) < 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("T1", "19"), ("T1", "x"), ("T2", "91"), ("T2", "45"),
     ("Race", "12"), ("Age1st", "10"), ("AgeMen", "50"),
     ("HypPlas", "1"), ("N_Biop", "-1"), ("N_Rels", "1.5"), ("HypPlas", "2")],
)  # fmt: skip
def test_gail_names_the_field_it_refuses(
    tmp_path: Path, knowledge: Knowledge, field: str, value: str
) -> None:
    answer = _gail(tmp_path, knowledge, **{field: value})
    assert answer["absolute_risk_pct"] is None
    assert answer["note"].startswith(f"{field}: ")


def test_claus_below_29_says_what_the_published_program_understates(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    columns = ["age", "mother_onset_age", "daughter_onset_ages", "full_sister_onset_ages"]
    columns += ["maternal_aunt_onset_ages", "paternal_aunt_onset_ages", "maternal_grandmother_onset_ages"]
    columns += ["paternal_grandmother_onset_ages", "maternal_half_sister_onset_ages"]
    columns += ["paternal_half_sister_onset_ages"]
    source.write_text(",".join(columns) + "\n24,26,,,,,,,,\n55,34,,38,,,,,,\n40,,,,,,,,,\n40,90,,,,,,,,\n")
    assert risk_claus(source, out, knowledge, Silent())
    rows = read_table(out).rows(named=True)
    assert rows[0]["claus_remaining_lifetime_risk"] == "0.114"
    assert "0.208" in rows[0]["note"] or "0.20" in rows[0]["note"]
    assert rows[1]["claus_remaining_lifetime_risk"] == "0.28"
    assert rows[2]["claus_remaining_lifetime_risk"] is None
    assert rows[3]["note"].startswith("mother_onset_age: ")


def test_carrier_residual(tmp_path: Path, knowledge: Knowledge) -> None:
    source, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    source.write_text("prior_1_in\tdetection\n25\t0.9\n25\t1\n25\t1.2\n0\t0.5\n")
    assert risk_carrier(source, out, knowledge, Silent())
    rows = read_table(out).rows(named=True)
    assert float(rows[0]["residual_1_in"]) == pytest.approx(241)
    assert [row["residual_1_in"] for row in rows[1:]] == [None, None, None]
    assert rows[2]["note"].startswith("detection: ")
    assert rows[3]["note"].startswith("prior_1_in: ")


def test_a_refused_family_keeps_its_place_and_names_the_field(tmp_path: Path, knowledge: Knowledge) -> None:
    good = {"kind": "AR", "q": 0.01, "ped": {"P": {"mother": None, "father": None}}}
    bad = {"kind": "AR", "q": 2, "ped": {"P": {}}}
    worse = {"kind": "AR", "q": 0.1, "ped": {"P": {"age": 300}}}
    source, out = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps([good, bad, worse]))
    assert risk_pedigree(source, out, knowledge, Silent())
    answers = json.loads(out.read_text())
    assert answers[0]["carrier_probability"]["P"] == pytest.approx(0.0198)
    assert answers[1]["refused"].startswith("q:")
    assert answers[2]["refused"].startswith("P, age:")


def test_pedigree_refuses_what_is_not_a_list(tmp_path: Path, knowledge: Knowledge) -> None:
    source = tmp_path / "in.json"
    source.write_text("{}")
    with pytest.raises(UserError):
        risk_pedigree(source, tmp_path / "out.json", knowledge, Silent())


VCF = """##fileformat=VCFv4.2
##contig=<ID=chr1,length=248956422>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\ta\tb\tc
chr1\t100\t.\tA\tG\t.\t.\t.\tGT:DP\t0/1:3\t1|1:4\t./.:0
chr1\t200\t.\tC\tT,G\t.\t.\t.\tGT\t1/2\t0/0\t0/2
chr1\t300\t.\tT\tC\t.\t.\t.\tGT\t0/1\t0/0\t1/1
chr1\t400\t.\tA\tT\t.\t.\t.\tGT:DS\t./.:1.5\t0/0:0\t1/1:2
chr1\t500\t.\tG\t.\t.\t.\t.\tGT\t0/0\t0/0\t0/0
"""
CATALOG = """#pgs_id=PGS999999
#genome_build=GRCh37
#HmPOS_build=GRCh38
chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\thm_chr\thm_pos
1\t90\tG\tA\t1\t1\t100
1\t190\tG\tC\t10\t1\t200
1\t290\tG\tA\t100\t1\t300
1\t390\tT\tA\t1000\t1\t400
1\t490\tG\tC\t10000\t1\t500
1\t590\tG\tC\t5\t1\t600
1\t690\tG\tC\t5\t\t
"""


def test_scores_flip_strands_and_read_split_dosage_and_reference_records(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    vcf, score, out = tmp_path / "a.vcf", tmp_path / "s.txt", tmp_path / "o.tsv"
    vcf.write_text(VCF)
    score.write_text(CATALOG)
    assert risk_prs(vcf, score, out, knowledge, Silent())
    frame = read_table(out)
    assert tuple(frame.columns) == PRS_COLUMNS
    sums = [float(value) for value in frame["score_sum"]]
    assert sums == pytest.approx(
        [1 + 10 + 100 + 1500 + 20000, 2 + 0 + 0 + 0 + 20000, 0 + 10 + 200 + 2000 + 20000]
    )
    assert frame["matched"].to_list() == ["5"] * 3
    assert frame["total"].to_list() == ["7"] * 3
    assert "not in the file: 1" in frame["note"][0]
    assert "strand flipped: 1" in frame["note"][0]
    assert "no position on this build: 1" in frame["note"][0]
    assert frame["percentile"].null_count() == 3


def test_the_other_build_matches_nothing_and_says_so(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, score = tmp_path / "a.vcf", tmp_path / "s.txt"
    vcf.write_text(VCF)
    score.write_text(CATALOG)
    with pytest.raises(UserError, match="--build"):
        risk_prs(vcf, score, tmp_path / "o.tsv", knowledge, Silent(), build=Build.GRCH37)


def test_the_same_person_alone_gets_the_same_score(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, alone, score = tmp_path / "a.vcf", tmp_path / "b.vcf", tmp_path / "s.txt"
    vcf.write_text(VCF)
    score.write_text(CATALOG)
    lines = [line if line.startswith("##") else "\t".join(line.split("\t")[:10]) for line in VCF.splitlines()]
    alone.write_text("\n".join(lines) + "\n")
    risk_prs(vcf, score, tmp_path / "o1.tsv", knowledge, Silent())
    risk_prs(alone, score, tmp_path / "o2.tsv", knowledge, Silent())
    assert read_table(tmp_path / "o1.tsv").row(0) == read_table(tmp_path / "o2.tsv").row(0)


def test_a_bad_weight_names_line_and_field(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, score = tmp_path / "a.vcf", tmp_path / "s.txt"
    vcf.write_text(VCF)
    score.write_text("1:100 G 0.5\n1:200 T abc\n")
    with pytest.raises(UserError, match="line 2, field weight"):
        risk_prs(vcf, score, tmp_path / "o.tsv", knowledge, Silent())


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="reference data absent")
def test_every_reference_row_agrees(tmp_path: Path, knowledge: Knowledge) -> None:
    frame = evaluate(SHARED / "benchmarks/risk", knowledge, Silent(), tmp_path / "o.tsv")
    assert frame.height == 6
    assert frame["agrees"].all(), frame.filter(~pl.col("agrees"))


def test_an_index_of_another_file_does_not_hide_the_genotypes(tmp_path: Path, knowledge: Knowledge) -> None:
    import pysam

    right, wrong, score = tmp_path / "a.vcf", tmp_path / "w.vcf", tmp_path / "s.txt"
    right.write_text(VCF)
    wrong.write_text("\n".join(line for line in VCF.splitlines() if line.startswith("#")) + "\n")
    score.write_text(CATALOG)
    for path in (right, wrong):
        pysam.tabix_compress(str(path), f"{path}.gz")
        pysam.tabix_index(f"{path}.gz", preset="vcf")
    Path(f"{wrong}.gz.tbi").replace(f"{right}.gz.tbi")
    risk_prs(Path(f"{right}.gz"), score, tmp_path / "o.tsv", knowledge, Silent())
    assert read_table(tmp_path / "o.tsv")["matched"].to_list() == ["5"] * 3


def test_a_file_without_a_build_is_scored_where_more_sites_match(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    vcf, score = tmp_path / "a.vcf", tmp_path / "s.txt"
    vcf.write_text("\n".join(line for line in VCF.splitlines() if "contig" not in line) + "\n")
    score.write_text(CATALOG)
    risk_prs(vcf, score, tmp_path / "o.tsv", knowledge, Silent())
    row = read_table(tmp_path / "o.tsv").row(0, named=True)
    assert row["matched"] == "5"
    assert "GRCh38" in row["note"]


@pytest.mark.parametrize("cut", [40, -30])
def test_a_cut_file_is_refused_in_words(tmp_path: Path, knowledge: Knowledge, cut: int) -> None:
    import gzip

    vcf, score = tmp_path / "a.vcf.gz", tmp_path / "s.txt"
    score.write_text(CATALOG)
    vcf.write_bytes(gzip.compress(VCF.encode() * 50)[:cut])
    with pytest.raises(UserError):
        risk_prs(vcf, score, tmp_path / "o.tsv", knowledge, Silent())
    assert not (tmp_path / "o.tsv").exists()


def test_a_line_with_too_few_genotypes_is_named(tmp_path: Path, knowledge: Knowledge) -> None:
    vcf, score = tmp_path / "a.vcf", tmp_path / "s.txt"
    score.write_text(CATALOG)
    vcf.write_text(VCF.replace("\t./.:0", ""))
    with pytest.raises(UserError, match="chr1:100"):
        risk_prs(vcf, score, tmp_path / "o.tsv", knowledge, Silent())
