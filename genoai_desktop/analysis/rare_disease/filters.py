"""The waterfall: which step, if any, set a variant aside, for every row of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.annotation.regions import MT
from genoai_desktop.analysis.rare_disease.gene_names import disease_genes
from genoai_desktop.analysis.rare_disease.in_house import LEAST_CASES, InHouse
from genoai_desktop.analysis.rare_disease.repeats import RepeatCalls, repeat_calls
from genoai_desktop.analysis.rare_disease.structural_candidates import (
    Structure,
    carried_by_number,
    structures,
)
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.rare import FilterStep
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.repeats import RepeatStatus
from genoai_desktop.vcf.table import Kind, VariantTable

COMMON = 0.01
"""Alleles measured above this frequency in any population are set aside (Exomiser and LIRICAL: 1-2 %)."""
MINIMUM_DEPTH, MINIMUM_GENOTYPE_QUALITY = 5, 10
KNOWN_PATHOGENIC = (4, 5)
LARGE = (int(Kind.SYMBOLIC), int(Kind.BREAKEND))
NO_ALLELE = (int(Kind.STAR), int(Kind.NON_REF), int(Kind.NO_ALT))
MODERATE, HIGH = 2, 3
RNA_EXON = "non_coding_transcript_exon_variant"
MITOCHONDRIAL_READS, HETEROPLASMY_LEAST, HETEROPLASMY_MOST = 20, 0.05, 0.95
RARE = 1e-3
"""In a gene without a described disease a variant is weighed up to this frequency, unless it breaks it."""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """``removed_by[row]`` is 0 for a kept row, else the 1-based number of the step that removed it."""

    steps: tuple[FilterStep, ...]
    removed_by: npt.NDArray[np.uint8]
    large: Mapping[int, Structure] = field(default_factory=dict)
    repeats: RepeatCalls = field(default_factory=lambda: RepeatCalls((), frozenset()))
    """Structural alleles by row, and repeat loci, of the whole table."""
    earlier: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Carriers among the clinic's earlier cases by row; empty when none were given."""

    @property
    def kept(self) -> npt.NDArray[np.int64]:
        """Rows that every step let through."""
        return np.flatnonzero(self.removed_by == 0)

    def with_step(self, name: str, rows: Sequence[int]) -> "Waterfall":
        """The waterfall with one step more, which removes ``rows``; itself when there are none."""
        if not rows:
            return self
        removed = self.removed_by.copy()
        removed[list(rows)] = len(self.steps) + 1
        step = FilterStep(name, labels()[name], int(self.kept.size), len(rows))
        return replace(self, steps=(*self.steps, step), removed_by=removed)

    def fate(self, row: int) -> FilterStep | None:
        """The step that removed the row, None when it is still there."""
        number = int(self.removed_by[row])
        return self.steps[number - 1] if number else None


def labels() -> dict[str, str]:
    """Steps in their order, and how a person reads them."""
    return {
        "carried": tr("The patient does not carry the allele"),
        "quality": tr("Call quality is too low or the caller's filter failed"),
        "repeat": tr("A repeat of normal length, or without a length"),
        "frequency": tr("Population frequency is above {percent} %", percent=f"{COMMON:.0%}".rstrip("%")),
        "in_house": tr(
            "Earlier cases of this clinic have it: more than {percent} % of alleles",
            percent=f"{COMMON:.0%}".rstrip("%"),
        ),
        "effect": tr("No effect on a protein or on splicing is expected"),
        "gene": tr("The gene is not known to cause a disease, and the variant alone says little"),
        "crowded": tr("The gene has more such variants than can be combined: the weakest are left out"),
    }


def run_filters(
    annotated: Annotated,
    case: Case,
    knowledge: Knowledge,
    *,
    use_clinvar: bool = True,
    in_house: InHouse | None = None,
    context: Context | None = None,
) -> Waterfall:
    """Apply the steps in order. A variant known to be pathogenic passes every step but the first, and so
    does a repeat of more than normal length.

    Raises:
        Cancelled: the person stopped it.
    """
    context = context or Silent()
    table = annotated.table
    sample = case.index.sample
    index = table.sample_index(sample) if sample in table.samples and sample else None
    frame = pl.concat([table.frame, _distinct(annotated, table.frame)], how="horizontal")
    context.check()
    large = structures(table)
    context.check()
    repeats = repeat_calls(table, knowledge, index or 0)
    normal, long = _repeat_rows(repeats, index or 0, table.height)
    context.check()
    earlier = in_house.rows(table) if in_house is not None else np.zeros(0, dtype=np.int64)
    context.check()
    known = _known(use_clinvar) | _mask(long)
    genes = set(disease_genes(knowledge))
    context.check()
    rna = _mask(in_rna(annotated, index))
    splice = pl.col("consequence").fill_null("").str.contains("splice")
    tests: Sequence[tuple[str, pl.Expr]] = (
        ("carried", _not_carried(index) & ~_mask(_by_number(large, table, index))),
        ("quality", _poor(index, frame.columns) & ~known),
        ("repeat", _mask(normal)),
        ("frequency", (pl.col("freq_max").fill_null(0.0) > COMMON) & ~known),
        ("in_house", _mask(_common_here(earlier, in_house, table.height)) & ~known),
        ("effect", (pl.col("impact") < MODERATE) & ~splice & ~known & ~rna),
        ("gene", ~_gene_known(annotated, genes, table.height) & ~_mask(long) & ~_telling(known, rna)),
    )
    removed = np.zeros(table.height, dtype=np.uint8)
    names = labels()
    steps = []
    for number, (name, test) in enumerate(tests, start=1):
        context.check()
        context.report(tr("Setting variants aside that cannot explain a disease"), (number - 1) / len(tests))
        entered = int((removed == 0).sum())
        hit = frame.select(test.fill_null(value=False).alias("hit"))["hit"].to_numpy() & (removed == 0)
        removed[hit] = number
        steps.append(FilterStep(name, names[name], entered, int(hit.sum())))
    return Waterfall(tuple(steps), removed, large, repeats, earlier)


Flags = npt.NDArray[np.bool_]


def _mask(rows: Flags) -> pl.Expr:
    return pl.lit(pl.Series("mask", rows))


def _repeat_rows(repeats: RepeatCalls, sample: int, height: int) -> tuple[Flags, Flags]:
    """Rows of repeat calls that say nothing, and rows of those longer than normal."""
    normal, long = np.zeros(height, dtype=bool), np.zeros(height, dtype=bool)
    normal[list(repeats.other_rows)] = True
    for call in repeats.calls:
        status = call.status(sample)
        (normal if status in (None, RepeatStatus.NORMAL) else long)[call.row] = True
    return normal, long


def _by_number(large: Mapping[int, Structure], table: VariantTable, index: int | None) -> Flags:
    carried = np.zeros(table.height, dtype=bool)
    if index is not None and large:
        carried[carried_by_number(large, table, index)] = True
    return carried


def _common_here(earlier: npt.NDArray[np.int64], in_house: InHouse | None, height: int) -> Flags:
    if in_house is None or not in_house.cases:
        return np.zeros(height, dtype=bool)
    common = {int(n) for n in np.unique(earlier) if n > LEAST_CASES and in_house.frequency(int(n)) > COMMON}
    return np.isin(earlier, list(common))


def _distinct(annotated: Annotated, frame: pl.DataFrame) -> pl.DataFrame:
    return annotated.variants.drop([name for name in annotated.variants.columns if name in frame.columns])


def _known(use_clinvar: bool) -> pl.Expr:
    if not use_clinvar:
        return pl.lit(value=False)
    return pl.col("clinvar_class").is_in(list(KNOWN_PATHOGENIC)) & ~pl.col("clinvar_dated").fill_null(
        value=False
    )


def _not_carried(index: int | None) -> pl.Expr:
    nothing = pl.col("kind").is_in(list(NO_ALLELE))
    return nothing if index is None else nothing | (pl.col(f"s{index}_dosage").fill_null(0) == 0)


def _poor(index: int | None, columns: Sequence[str]) -> pl.Expr:
    failed = ~pl.col("filter").cast(pl.String).fill_null(".").is_in(["PASS", ".", ""])
    if index is None:
        return failed
    for name, least in (("dp", MINIMUM_DEPTH), ("gq", MINIMUM_GENOTYPE_QUALITY)):
        if f"s{index}_{name}" in columns:
            failed = failed | (pl.col(f"s{index}_{name}").fill_null(least) < least)
    return failed


def _telling(known: pl.Expr, rna: pl.Expr) -> pl.Expr:
    """Strong enough to be weighed in a gene without a described disease; large changes touch too many."""
    rare = (pl.col("freq_kind") == 0) | (pl.col("freq_max") <= RARE)
    telling = (pl.col("impact") >= HIGH) | ((pl.col("impact") >= MODERATE) | rna) & rare
    return pl.col("gene").is_not_null() & ~pl.col("kind").is_in(LARGE) & (known | telling)


def in_rna(annotated: Annotated, sample: int | None) -> Flags:
    """Rows in an exon of an RNA gene, by row. Of the mitochondrial ones, which mostly tell haplogroups apart,
    those of which a person (0-based sample) has two kinds: a haplogroup's variants are on every copy."""
    found = np.zeros(annotated.table.height, dtype=bool)
    if not annotated.effects.is_empty():
        rows = annotated.effects.filter(pl.col("consequence") == RNA_EXON)["row"].to_numpy()
        found[rows] = True
    mitochondrial = annotated.table.frame["chrom"].to_numpy() == MT
    if not (found & mitochondrial).any():
        return found
    found &= ~mitochondrial | _heteroplasmic(annotated.table.frame, sample)
    return found


def _heteroplasmic(frame: pl.DataFrame, sample: int | None) -> Flags:
    names = [f"s{sample}_{name}" for name in ("ad_ref", "ad_alt")]
    if sample is None or not set(names) <= set(frame.columns):
        return np.zeros(frame.height, dtype=bool)
    ref, alt = (frame[name].fill_null(0).to_numpy() for name in names)
    share = alt / np.maximum(ref + alt, 1)
    mixed: Flags = (ref + alt >= MITOCHONDRIAL_READS) & (share >= HETEROPLASMY_LEAST)
    mixed &= share <= HETEROPLASMY_MOST
    return mixed


def _gene_known(annotated: Annotated, genes: set[str], height: int) -> pl.Expr:
    flags = annotated.variants["gene"].is_in(list(genes)).fill_null(value=False).to_numpy().copy()
    if not annotated.effects.is_empty():
        rows = annotated.effects.filter(pl.col("gene").is_in(list(genes)))["row"].to_numpy()
        flags[rows] = True
    return pl.lit(pl.Series("known_gene", flags[:height]))
