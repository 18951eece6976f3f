"""Every certain call agrees with ClinVar's class, on both builds, and with the reference genome."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from consequence_tables import table
from known import bundled_knowledge

from genoai_desktop.analysis.annotation.consequence import consequences
from genoai_desktop.analysis.annotation.reference_genome import check_reference
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
CLINVAR = SHARED / "knowledge/clinvar/clinvar_20241215_PLP_2star_plus.tsv.gz"
REFERENCE = SHARED / "samples/reference/20.fa.gz"
KNOWLEDGE = bundled_knowledge()
CLASSES = {
    "nonsense": "stop_gained",
    "missense_variant": "missense_variant",
    "synonymous_variant": "synonymous_variant",
    "stop_lost": "stop_lost",
    "initiator_codon_variant": "start_lost",
    "splice_donor_variant": "splice_donor_variant",
    "splice_acceptor_variant": "splice_acceptor_variant",
}
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not CLINVAR.exists(), reason="shared data absent"),
]


def clinvar_substitutions(column: str) -> pl.DataFrame:
    raw = pl.read_csv(CLINVAR, separator="\t", infer_schema_length=0, quote_char=None, skip_rows=1)
    return (
        raw.with_columns(pos=pl.col(column).cast(pl.Int64, strict=False))
        .filter((pl.col("variant_type") == "single_nucleotide_variant") & pl.col("pos").is_not_null())
        .filter(pl.col("ref").str.contains("^[ACGT]$") & pl.col("alt").str.contains("^[ACGT]$"))
        .with_columns(
            classes=pl.col("consequence")
            .str.split("|")
            .list.eval(pl.element().replace_strict(CLASSES, default=None))
        )
    )


@pytest.mark.parametrize(
    ("build", "column", "least"),
    [(Build.GRCH38, "pos_GRCh38", 24_000), (Build.GRCH37, "pos_GRCh37_lifted", 24_000)],
)
def test_certain_calls_agree_with_clinvar(build: Build, column: str, least: int) -> None:
    listed = clinvar_substitutions(column)
    effects, _ = consequences(table(listed, build), KNOWLEDGE, Silent())
    known = listed.with_row_index("row").select("row", "gene", "classes")
    joined = effects.join(known, on=["row", "gene"]).filter(
        pl.col("classes").list.drop_nulls().list.len() > 0
    )
    coding = joined.filter(pl.col("aa_position").is_not_null())
    named = coding.filter(pl.col("classes").list.eval(~pl.element().str.starts_with("splice")).list.any())
    certain = named.filter(~pl.col("consequence").str.contains(" or |coding_sequence"))
    agree = certain.filter(pl.col("classes").list.contains(pl.col("consequence")))
    assert certain.height == agree.height
    assert certain.height >= least
    splice = joined.filter(pl.col("consequence").is_in(["splice_donor_variant", "splice_acceptor_variant"]))
    assert splice.filter(~pl.col("classes").list.contains(pl.col("consequence"))).height == 0
    assert splice.height > 8_000


def chromosome_20_substitutions() -> pl.DataFrame:
    """One random substitution at every 23rd exonic base of chromosome 20, GRCh37."""
    import pysam

    models = KNOWLEDGE.genes.models(Build.GRCH37)
    chosen = np.flatnonzero(models.chrom[models.exon_transcript] == 20)
    spans = zip(models.exon_start[chosen], models.exon_end[chosen], strict=True)
    positions = np.unique(np.concatenate([np.arange(start, end + 1, 23) for start, end in spans]))
    with pysam.FastaFile(str(REFERENCE)) as fasta:
        sequence = np.frombuffer(fasta.fetch(fasta.references[0]).upper().encode(), dtype="S1")
    refs = sequence[positions - 1].astype(str)
    shift = np.random.default_rng(20).integers(1, 4, positions.size)
    bases = np.array(list("ACGT"))
    alts = bases[(np.searchsorted(bases, refs) % 4 + shift) % 4]
    frame = pl.DataFrame({"chrom": ["20"] * positions.size, "pos": positions, "ref": refs, "alt": alts})
    return frame.filter(pl.col("ref") != "N")


@pytest.mark.skipif(not REFERENCE.exists(), reason="shared data absent")
def test_proteins_agree_with_the_reference_genome() -> None:
    variants = table(chromosome_20_substitutions(), Build.GRCH37)
    by_protein, _ = consequences(variants, KNOWLEDGE, Silent())
    by_bases, _ = consequences(variants, KNOWLEDGE, Silent(), REFERENCE)
    both = by_protein.hstack(by_bases.select(pl.col("consequence", "source", "hgvs_p").name.prefix("true_")))
    compared = both.filter((pl.col("true_source") == "reference") & (pl.col("source") == "proteins"))
    is_open = pl.col("consequence").str.contains(" or ")
    # A base that contradicts the residue is not called at all.
    certain = compared.filter(~is_open & (pl.col("consequence") != "coding_sequence_variant"))
    assert certain.height > 25_000
    assert certain.height / compared.height > 0.89
    assert certain.filter(pl.col("consequence") != pl.col("true_consequence")).height == 0
    named = certain.filter(pl.col("aa_alt").is_not_null())
    assert named.filter(pl.col("hgvs_p") != pl.col("true_hgvs_p")).height == 0
    left = compared.filter(is_open).select("consequence", "true_consequence").iter_rows()
    assert all(true in possible.split(" or ") for possible, true in left)


@pytest.mark.skipif(not REFERENCE.exists(), reason="shared data absent")
def test_a_reference_of_the_other_build_is_named() -> None:
    genome = check_reference(REFERENCE, Build.GRCH37, KNOWLEDGE)
    assert "20" not in genome.missing
    assert len(genome.missing) == 24
    with pytest.raises(UserError, match="GRCh37"):
        check_reference(REFERENCE, Build.GRCH38, KNOWLEDGE)
