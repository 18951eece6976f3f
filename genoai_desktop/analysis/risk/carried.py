"""Pathogenic alleles that one sample carries, by gene."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated, zygosity
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.variant import Zygosity
from genoai_desktop.knowledge import Knowledge

LIKELY_PATHOGENIC, PATHOGENIC = 4, 5
FEWEST_STARS = 2
HIGH_IMPACT = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """One allele of the sample: row of the table, gene, zygosity, effect, phase (None: not phased)."""

    row: int
    gene: str
    zygosity: Zygosity
    impact: int
    strand: tuple[int | None, int] | None
    """(phase set, strand bits) as in the variant table."""


def pathogenic_alleles(
    annotated: Annotated, sample: int, sex: Sex, knowledge: Knowledge
) -> tuple[Carried, ...]:
    """Alleles that ClinVar calls pathogenic or likely pathogenic with two stars or more, not dated."""
    dosage = f"s{sample}_dosage"
    frame = annotated.table.frame
    if dosage not in frame.columns:
        return ()
    wanted = (
        annotated.variants["clinvar_class"].is_in([LIKELY_PATHOGENIC, PATHOGENIC])
        & ~annotated.variants["clinvar_dated"].fill_null(False)
        & (annotated.variants["clinvar_stars"] >= FEWEST_STARS)
        & (frame[dosage].fill_null(0) > 0)
    )
    rows = [int(row) for row in wanted.fill_null(False).arg_true()]
    return tuple(_one(annotated, row, sample, sex, knowledge) for row in rows)


def allele_at(
    annotated: Annotated, rule: dict[str, object], sample: int, sex: Sex, gene: str
) -> Carried | None:
    """The allele that a reporting rule names, when the sample has it."""
    frame, dosage = annotated.table.frame, f"s{sample}_dosage"
    if dosage not in frame.columns:
        return None
    here = (
        (pl.col("chrom") == rule["chrom"])
        & (pl.col("pos") == rule[annotated.table.build.value])
        & (pl.col("ref") == rule["ref"])
        & (pl.col("alt") == rule["alt"])
        & (pl.col(dosage) > 0)
    )
    rows = frame.select(here.fill_null(False).alias("hit"))["hit"].arg_true()
    if not len(rows):
        return None
    row = int(rows[0])
    return Carried(row, gene, zygosity(annotated.table, row, sample, sex), _impact(annotated, row), None)


def in_cis(alleles: Sequence[Carried]) -> bool:
    """Whether phase proves that all alleles lie on the same copy."""
    phases = {allele.strand for allele in alleles}
    return len(phases) == 1 and None not in phases


def in_trans(alleles: Sequence[Carried]) -> bool:
    """Whether phase proves that the alleles lie on both copies: it is known of each, in one phase set."""
    strands = [allele.strand for allele in alleles if allele.strand is not None]
    return len(strands) == len(alleles) and len({s for s, _ in strands}) == 1 and len(set(strands)) > 1


def _one(annotated: Annotated, row: int, sample: int, sex: Sex, knowledge: Knowledge) -> Carried:
    known = annotated.variants.row(row, named=True)
    named = (
        knowledge.clinvar.table.row(known["clinvar_index"], named=True)["gene"]
        if known["clinvar_index"] >= 0
        else ""
    )
    site = annotated.table.frame.row(row, named=True)
    bits = site.get(f"s{sample}_strand") or 0
    strand = (site.get(f"s{sample}_ps"), bits) if bits in (1, 2) else None
    gene = known["gene"] or named or ""
    if named and known["gene"] and known["gene"] != named and _impact(annotated, row) < 2:
        gene = named  # ClinVar names the gene that the variant was classified for
    return Carried(row, gene, zygosity(annotated.table, row, sample, sex), _impact(annotated, row), strand)


def _impact(annotated: Annotated, row: int) -> int:
    return int(annotated.variants["impact"][row] or 0)
