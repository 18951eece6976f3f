"""Annotated: row-aligned frequencies and ClinVar, worst effects, and single variants in words."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from known import bundled_knowledge
from variant_rows import variant_table

from genoai_desktop.analysis.annotation.annotated import Annotated, annotate, enrich, reported, zygosity
from genoai_desktop.analysis.annotation.evidence import residue_remarks
from genoai_desktop.analysis.annotation.regions import hgvs_g, in_par
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.variant import FrequencyKind, Zygosity
from genoai_desktop.vcf import load

KNOWLEDGE = bundled_knowledge()
SHARED = Path(__file__).resolve().parents[2] / "../shared/data"


SITES = [
    {"chrom": 1, "pos": 762485, "ref": "C", "alt": "A"},
    {"chrom": 1, "pos": 13380, "ref": "C", "alt": "G"},
    {"chrom": 1, "pos": 13483, "ref": "G", "alt": "A", "file_af": 0.25},
    {"chrom": 1, "pos": 13483, "ref": "G", "alt": "C"},
    {"chrom": 7, "pos": 117199644, "ref": "ATCT", "alt": "A"},
    {"chrom": 6, "pos": 26093141, "ref": "G", "alt": "A", "filter": "q10"},
]
EFFECTS = pl.DataFrame(
    {
        "row": [4, 4, 5],
        "gene": ["CFTR-AS1", "CFTR", "HFE"],
        "transcript": ["NM_1", "NM_000492.4", "NM_000410.4"],
        "consequence": ["intron_variant", "inframe_deletion", "missense_variant"],
        "impact": [0, 2, 2],
        "source": ["structure", "proteins", "proteins"],
        "region": ["intron 1 of 2", "exon 11 of 27", "exon 4 of 6"],
        "hgvs_c": ["", "c.1521_1523del", "c.845G>A"],
        "hgvs_p": ["", "p.Phe508del", "p.Cys282Tyr"],
        "domain": ["", "ABC transporter 1", ""],
        "conflict": ["", "", "the file says synonymous_variant"],
    },
    schema_overrides={"row": pl.UInt32, "impact": pl.UInt8},
)


@pytest.fixture(scope="module")
def annotated() -> Annotated:
    return enrich(variant_table(SITES), EFFECTS, (), KNOWLEDGE, Silent())


def test_rows_stay_aligned(annotated: Annotated) -> None:
    assert annotated.variants.height == annotated.table.height
    assert annotated.variants["freq_kind"].to_list() == [2, 1, 2, 0, 1, 2]
    assert annotated.variants["gene"].to_list() == [None] * 4 + ["CFTR", "HFE"]
    assert annotated.variants["impact"].to_list() == [0, 0, 0, 0, 2, 2]


def test_file_frequency_counts_and_is_named(annotated: Annotated) -> None:
    row = annotated.variants.row(2, named=True)
    assert row["freq_max"] == pytest.approx(0.25)
    assert "file" in row["freq_source"]


def test_untrusted_listing_is_absent_but_named(annotated: Annotated) -> None:
    row = annotated.variants.row(3, named=True)
    assert row["freq_kind"] == 0
    assert row["freq_max"] is None
    assert "not trusted" in row["freq_source"]


def test_clinvar_columns(annotated: Annotated) -> None:
    assert annotated.variants["clinvar_class"].to_list()[4:] == [5, 6]
    assert annotated.variants["clinvar_dated"].to_list() == [False] * 5 + [True]
    assert annotated.variants["clinvar_index"].to_list()[:4] == [-1] * 4


def test_reported_variant_speaks_of_the_worst_effect(annotated: Annotated) -> None:
    first, second = reported(annotated, [5, 4], 0, KNOWLEDGE, Sex.FEMALE)
    assert (first.gene, second.gene) == ("HFE", "CFTR")
    assert second.hgvs_g == "NC_000007.13:g.117199645_117199647del"
    assert second.clinvar is not None
    assert second.clinvar.variation_id == "7105"
    assert second.frequency.kind is FrequencyKind.LISTED
    assert first.frequency.kind is FrequencyKind.MEASURED
    assert (second.depth, second.alt_fraction, second.zygosity) == (30, 0.5, Zygosity.HETEROZYGOUS)
    assert any("dated" in remark for remark in first.remarks)
    assert any("q10" in remark for remark in first.remarks)
    assert any("disagree" in remark for remark in first.remarks)


def test_residue_is_looked_up_in_uniprot_and_its_codon_in_clinvar() -> None:
    effect = {"gene": "FGFR2", "aa_position": 252, "aa_ref": "S", "aa_alt": "L", "cds_position": 755}
    site = {"chrom": 10, "pos": 123279677, "ref": "G", "alt": "A"}
    remarks = residue_remarks(effect | {"splice_distance": -40}, site, Build.GRCH37, KNOWLEDGE)
    assert "S252L benign" in remarks[0]
    assert "this amino-acid change" in remarks[0]
    assert any("S252W pathogenic" in remark for remark in remarks[1:])
    codon = [remark for remark in remarks if "codon" in remark]
    assert len(codon) == 1
    assert "123279677 G>C, Pathogenic (stars 2, 2024-12-15)" in codon[0]
    near = residue_remarks(effect | {"splice_distance": -1}, site, Build.GRCH37, KNOWLEDGE)
    assert not any("codon" in remark for remark in near)
    assert residue_remarks({}, site, Build.GRCH37, KNOWLEDGE) == ()


def test_no_effects_and_no_rows() -> None:
    bare = replace(variant_table([]), frame=pl.DataFrame())
    assert enrich(bare, pl.DataFrame(), (), KNOWLEDGE, Silent()).variants.height == 0
    nothing = enrich(variant_table([]), pl.DataFrame(), (), KNOWLEDGE, Silent())
    assert nothing.variants.height == 0
    assert set(nothing.variants.columns) == {
        *("freq_kind", "freq_max", "freq_all", "freq_source", "gene", "consequence", "impact"),
        *("clinvar_class", "clinvar_stars", "clinvar_index", "clinvar_dated"),
    }
    assert reported(nothing, [], 0, KNOWLEDGE, Sex.UNKNOWN) == ()


def test_cancel_stops_the_look_up() -> None:
    context = Silent()
    context.cancel()
    with pytest.raises(Cancelled):
        enrich(variant_table(SITES), EFFECTS, (), KNOWLEDGE, context)


@pytest.mark.parametrize(
    ("chrom", "pos", "dosage", "called", "ploidy", "sex", "expected"),
    [
        (1, 1000, 1, 2, 2, Sex.MALE, Zygosity.HETEROZYGOUS),
        (1, 1000, 2, 2, 2, Sex.MALE, Zygosity.HOMOZYGOUS),
        (1, 1000, 0, 2, 2, Sex.MALE, Zygosity.REFERENCE),
        (1, 1000, None, 0, 2, Sex.MALE, Zygosity.UNKNOWN),
        (1, 1000, 1, 1, 2, Sex.MALE, Zygosity.UNKNOWN),
        (23, 5_000_000, 2, 2, 2, Sex.MALE, Zygosity.HEMIZYGOUS),
        (23, 5_000_000, 2, 2, 2, Sex.FEMALE, Zygosity.HOMOZYGOUS),
        (23, 5_000_000, 1, 1, 1, Sex.UNKNOWN, Zygosity.HEMIZYGOUS),
        (23, 100_000, 2, 2, 2, Sex.MALE, Zygosity.HOMOZYGOUS),
        (23, 5_000_000, 1, 2, 2, Sex.MALE, Zygosity.HETEROZYGOUS),
        (25, 3243, 1, 2, 2, Sex.FEMALE, Zygosity.HETEROZYGOUS),
    ],
)
def test_zygosity(
    chrom: int, pos: int, dosage: int | None, called: int, ploidy: int, sex: Sex, expected: Zygosity
) -> None:
    row = {"chrom": chrom, "pos": pos, "ref": "A", "alt": "C"}
    row |= {"s0_dosage": dosage, "s0_called": called, "s0_ploidy": ploidy}
    assert zygosity(variant_table([row]), 0, 0, sex) is expected


def test_genomic_names_of_odd_alleles() -> None:
    assert hgvs_g(25, 3243, "A", "G", Build.GRCH38) == "NC_012920.1:m.3243A>G"
    assert hgvs_g(1, 100, "A", "<DEL>", Build.GRCH38) == ""
    assert hgvs_g(0, 100, "A", "G", Build.GRCH38) == ""
    assert in_par(23, 60_001, Build.GRCH37)
    assert not in_par(23, 60_000, Build.GRCH37)


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_real_exome_is_annotated_throughout() -> None:
    made = load(SHARED / "samples/germline/Pfeiffer.vcf.gz", Silent())
    annotated = annotate(made, KNOWLEDGE, Silent())
    assert annotated.variants.height == made.height
    spiked = made.frame.with_row_index().filter((pl.col("chrom") == 10) & (pl.col("pos") == 123256215))
    variant = reported(annotated, spiked["index"].to_list(), 0, KNOWLEDGE, Sex.MALE)[0]
    assert variant.gene == "FGFR2"
    assert variant.clinvar is not None
    assert variant.clinvar.stars >= 2
    assert variant.frequency.kind is FrequencyKind.ABSENT
    assert (annotated.variants["freq_kind"] == 2).mean() > 0.4
