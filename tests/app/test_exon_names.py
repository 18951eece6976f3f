"""Deletions and duplications of exons, by name and as symbolic alleles, and the class that follows."""

from pathlib import Path

import polars as pl
import pytest

from genoai_desktop.app.acmg_files import classify_file
from genoai_desktop.app.acmg_names import named_gene
from genoai_desktop.app.exon_names import place_exons
from genoai_desktop.app.variant_list import read_sites
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.hgvs import parse_region
from genoai_desktop.knowledge import Knowledge


@pytest.mark.parametrize(
    ("name", "exons"),
    [
        ("NM_000527.4(LDLR):c.1061-?_1845+?del", (8, 12)),
        ("NM_000527.5:c.(1060+1_1061-1)_(1845+1_1846-1)del", (8, 12)),
        ("c.(?_-187)_(190+1_191-1)del", (1, 2)),
        ("NM_000527.4(LDLR):c.695-?_817+?dup", (5, 5)),
    ],
)
def test_exons_are_found_by_their_coding_positions(
    name: str, exons: tuple[int, int], knowledge: Knowledge
) -> None:
    site = place_exons(name, "LDLR", knowledge)
    transcript = knowledge.genes.transcript("LDLR", Build.GRCH38)
    assert site is not None
    assert transcript is not None
    assert (site.position + 1, site.end) == (
        transcript.exons[exons[0] - 1][0],
        transcript.exons[exons[1] - 1][1],
    )
    assert site.alt == ("<DUP>" if name.endswith("dup") else "<DEL>")


def test_the_reverse_strand_is_turned(knowledge: Knowledge) -> None:
    site = place_exons("NM_001754.4:c.509-?_613+?del", "RUNX1", knowledge)
    transcript = knowledge.genes.transcript("RUNX1", Build.GRCH38)
    assert site is not None
    assert transcript is not None
    assert (site.position + 1, site.end) == transcript.exons[::-1][5]


@pytest.mark.parametrize(
    "name",
    [
        "NM_000527.4(LDLR):c.1061del",
        "NM_999999.1:c.1061-?_1845+?del",
        "NM_000527.4(LDLR):c.1061-?_99999+?del",
        "GRCh37/hg19 21q22.12(chr21:36164432-36421257)x2",
        "GRCh37/hg19 Xp21.1(chrX:31000000-32000000)x1",  # one copy is what a boy has
        "a sentence",
    ],
)
def test_what_is_not_certain_is_not_placed(name: str, knowledge: Knowledge) -> None:
    assert place_exons(name, "LDLR", knowledge) is None


def test_a_copy_number_is_a_deletion_or_a_duplication(knowledge: Knowledge) -> None:
    name = "GRCh37/hg19 21q22.12(chr21:36164432-36421257)x"
    lost, gained = (place_exons(f"{name}{copies}", "", knowledge) for copies in (1, 3))
    assert lost is not None
    assert gained is not None
    assert (lost.build, lost.position + 1, lost.end, lost.alt) == (Build.GRCH37, 36164432, 36421257, "<DEL>")
    assert gained.alt == "<DUP>"


def test_uncertain_ends_leave_the_certain_stretch() -> None:
    region = parse_region("NC_000021.9:g.(?_34787801)_(34799462_?)del")
    assert region is not None
    assert (region.chromosome, region.start, region.end, region.kind) == ("21", 34787801, 34799462, "del")
    assert parse_region("NC_000021.9:g.34787801_34799462del") is None
    assert parse_region("NC_000021.8:g.(?_20)_(10_?)del") is None
    assert parse_region("NC_000099.8:g.(?_20)_(30_?)del") is None


def test_the_name_states_its_gene() -> None:
    assert named_gene("NM_000314.6(PTEN):c.-1170C>T") == "PTEN"
    assert named_gene("NC_000021.9:g.(?_34787801)_(34799462_?)del") == ""


TREE = [
    ("frame shifted", "NM_000527.4(LDLR):c.1061-?_1845+?del", "LDLR", "PVS1", "Likely pathogenic"),
    ("frame kept", "NM_000527.4(LDLR):c.191-?_940+?del", "LDLR", "PVS1_Strong", "Uncertain significance"),
    (
        "whole gene",
        "NC_000021.9:g.(?_34787801)_(35048958_?)del",
        "RUNX1",
        "PVS1",
        "Likely pathogenic",
    ),
    ("no loss of function", "NM_004333.6(BRAF):c.1742-?_1860+?del", "BRAF", "", "Uncertain significance"),
]


def test_deletions_of_exons_follow_the_decision_tree(tmp_path: Path, knowledge: Knowledge) -> None:
    variants, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    frame = pl.DataFrame([row[1:3] for row in TREE], schema=["variant", "gene"], orient="row")
    genomic = pl.when(pl.col("variant").str.starts_with("NC_")).then("variant").alias("hgvs_grch38")
    frame.with_columns(genomic).write_csv(variants, separator="\t", quote_style="never")
    assert not classify_file(variants, out, knowledge, Silent())
    for row, (_, _, _, code, verdict) in zip(
        pl.read_csv(out, separator="\t", infer_schema=False).iter_rows(named=True), TREE, strict=True
    ):
        met = (row["codes_met"] or "").split(";")
        assert row["class"] == verdict, row
        assert code in met or not code, row
        assert "PM2" in row["codes_not_assessed"].split(";"), row


def test_a_duplication_of_exons_is_not_assessed(tmp_path: Path, knowledge: Knowledge) -> None:
    variants, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    variants.write_text(
        "chrom\tpos\tend\tref\talt\tbuild\n"
        "5\t112775618\t112801393\tN\t<DUP>\tGRCh38\n5\t112775618\t112801393\tN\t<DEL>\tGRCh38\n",
        encoding="utf-8",
    )
    assert not classify_file(variants, out, knowledge, Silent())
    repeated, lost = pl.read_csv(out, separator="\t", infer_schema=False).iter_rows(named=True)
    assert repeated["class"] == "Uncertain significance"
    assert "PVS1" in repeated["codes_not_assessed"].split(";")
    assert "PVS1" in lost["codes_met"].split(";")


@pytest.mark.parametrize("end", ["", "x", "10"])
def test_a_symbolic_allele_needs_its_end(end: str) -> None:
    row = {"chrom": "5", "pos": "20", "end": end, "ref": "N", "alt": "<DEL>", "build": "GRCh38"}
    sites, notes = read_sites(pl.DataFrame([row]))
    assert not sites
    assert "end" in notes[0]
