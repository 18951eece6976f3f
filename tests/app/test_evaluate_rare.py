"""``evaluate rare``: columns, no peeping, publication left out."""

from pathlib import Path

import polars as pl
import pytest

from genoai_desktop.app.evaluate_rare import evaluate_rare
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge import Knowledge

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
CASES = SHARED / "benchmarks/rare/cases_dev.tsv.gz"
PFEIFFER = SHARED / "samples/germline/Pfeiffer.vcf.gz"
HEADER = "id\tpmid\tsex\tobs\texc\tdisease\tgenes\n"
ROW = "a\tPMID_1\tMALE\tHP:0001156;HP:0001363;HP:0011304;HP:0010055\tHP:0000175\tOMIM:101600\tFGFR2\n"


def ranks(text: str, folder: Path, knowledge: Knowledge, **more: bool) -> pl.DataFrame:
    cases, out = folder / "cases.tsv", folder / "ranks.tsv"
    cases.write_text(text)
    evaluate_rare(cases, out, knowledge, Silent(), top=20, **more)
    return pl.read_csv(out, separator="\t")


def test_diseases_and_genes_are_ranked(tmp_path: Path, knowledge: Knowledge) -> None:
    frame = ranks(HEADER + ROW, tmp_path, knowledge)
    assert frame.columns == ["id", "level", "rank", "candidate", "label", "score", "seconds"]
    assert frame.filter(level="disease")["rank"].to_list() == list(range(1, 21))
    assert "OMIM:101600" in frame.filter(level="disease")["candidate"].to_list()[:5]
    assert "FGFR2" in frame.filter(level="gene")["candidate"].to_list()[:10]


def test_the_answer_columns_change_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    full = ranks(HEADER + ROW, tmp_path, knowledge).drop("seconds")
    bare = "id\tobs\texc\n" + "\t".join(ROW.split("\t")[i] for i in (0, 3, 4)) + "\n"
    assert full.equals(ranks(bare, tmp_path, knowledge).drop("seconds"))


def test_leaving_out_needs_the_publication(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(UserError, match="pmid"):
        ranks("id\tobs\texc\na\tHP:0001156\t\n", tmp_path, knowledge, leave_out_publication=True)


def test_a_case_without_observed_terms_is_ranked_by_what_is_known_beforehand(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    found = ranks("id\tobs\texc\na\t\tHP:0001250\n", tmp_path, knowledge)
    assert found.height > 0
    for level in ("disease", "gene"):
        scores = found.filter(pl.col("level") == level)["score"]
        assert scores.is_sorted(descending=True), level


@pytest.mark.real_data
@pytest.mark.skipif(not CASES.exists(), reason="needs the shared data")
def test_published_cases_keep_their_figures(tmp_path: Path, knowledge: Knowledge) -> None:
    frame = pl.read_csv(CASES, separator="\t", infer_schema=False, quote_char=None).gather_every(40)
    rows = tmp_path / "part.tsv"
    frame.write_csv(rows, separator="\t")
    evaluate_rare(rows, tmp_path / "out.tsv", knowledge, Silent(), top=10)
    found = pl.read_csv(tmp_path / "out.tsv", separator="\t").filter(level="disease")
    index = knowledge.phenotypes.disease_index
    truth = {row["id"]: index(row["disease"]) for row in frame.iter_rows(named=True)}
    hits = {
        i
        for i, c in found.select("id", "candidate").iter_rows()
        if truth[i] is not None and index(c) == truth[i]
    }
    assert len(hits) / len(truth) > 0.45
    assert found["seconds"].min() < 0.03


@pytest.mark.real_data
@pytest.mark.skipif(not PFEIFFER.exists(), reason="needs the shared data")
def test_a_case_with_a_vcf_is_ranked_with_its_variants(tmp_path: Path, knowledge: Knowledge) -> None:
    text = HEADER.strip() + "\tvcf\n" + ROW.strip() + f"\t{PFEIFFER.resolve()}\n"
    frame = ranks(text, tmp_path, knowledge)
    assert frame.filter(level="gene")["candidate"][0] == "FGFR2"
    assert frame.filter(level="disease")["candidate"][0] == "OMIM:101600"


VARIANTS = """##fileformat=VCFv4.2
##contig=<ID=chr10,length=133797422>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1
chr10\t121517342\t.\tA\tC\t50\tPASS\t.\tGT\t0/1
"""


def test_a_file_named_in_the_table_lies_beside_it_and_no_gene_is_lost(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    (tmp_path / "one.vcf").write_text(VARIANTS)
    found = ranks("id\tobs\texc\tvcf\tsample\na\tHP:0001363\t\tone.vcf\tS1\n", tmp_path, knowledge)
    genes = found.filter(level="gene")
    assert genes["rank"].to_list() == list(range(1, 21))
    assert genes["candidate"].n_unique() == 20
    assert genes["score"].is_sorted(descending=True)


def test_a_refused_file_is_named_with_its_line(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(UserError, match=r"cases\.tsv, line 3, field vcf: none\.vcf"):
        ranks("id\tobs\texc\tvcf\na\tHP:0001363\t\t\nb\tHP:0001363\t\tnone.vcf\n", tmp_path, knowledge)
