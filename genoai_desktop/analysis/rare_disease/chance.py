"""How easily chance puts a finding into a gene: by its length, and by how much varies there.

In a real exome genes with few variants that databases list have a quarter of the rare changes that their
length lets one expect, those with three to five times as many eight times as many; the same in another
person (nine times, and eleven where gnomAD saw most missense variants): genes with close relatives or
pseudogenes, and those whose job it is to vary. So a finding there says less. Slopes of a Poisson
regression on both: 1.0 and 1.6 for the person's listed variants, 1.9 and 1.2 for gnomAD's.
"""

from collections.abc import Mapping, Sequence
from math import log
from typing import Final

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease.variant_evidence import Allele
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables
from genoai_desktop.knowledge.genes import Variability

AVERAGE: Final = 725
"""Mean length of the proteins of disease genes, in residues; an RNA counts as a third of its bases."""
LOWEST, HIGHEST = -1.5, 1.0
"""Bounds, in natural log odds; a very short gene is not evidence by itself."""
COMMON_PER_RESIDUE: Final = 9.5e-4
"""Listed coding variants of one person for each residue (two exomes: 8.5 and 10.6 in 10,000)."""
CROWDED: Final = -4.0
MISSENSE_PER_RESIDUE: Final = 0.47
"""Rare missense variants that gnomAD v2.1.1 saw for each residue, over all genes."""
SMOOTH: Final = 20
VARIABLE, VARIABLE_BOUND = 0.7, 1.5
"""Weight of gnomAD's count: less than by regression, for the gene's tolerance is a reason of its own."""
HIGH: Final = 3
_CODING: Final = "synonymous|missense|frameshift|inframe|stop|start|coding"


@kept_with_tables()
def _lengths(knowledge: Knowledge) -> dict[str, int]:
    proteins = knowledge.bundle.table("proteins").select(
        "transcript", pl.col("sequence").str.len_bytes().alias("length")
    )
    named = knowledge.bundle.table("transcripts").select("transcript", "gene").join(proteins, on="transcript")
    transcripts = knowledge.bundle.table("transcripts").filter(~pl.col("coding_gene"))
    models = knowledge.bundle.table("transcript_models").unique("transcript")
    # Three bases of an RNA are as long as a residue.
    bases = models.select("transcript", (pl.col("exons").list.sum() // 3).cast(pl.UInt32).alias("length"))
    rna = transcripts.select("transcript", "gene").join(bases, on="transcript")
    named = pl.concat([named.cast({"length": pl.UInt32}), rna.select(named.columns)])
    longest = named.group_by("gene").agg(pl.col("length").max())
    return dict(zip(longest["gene"].to_list(), longest["length"].to_list(), strict=True))


def seen_in(annotated: Annotated, sample: int) -> dict[str, int]:
    """How many coding variants that a population database lists a person (0-based sample) has, by gene."""
    effects = annotated.effects
    if effects.is_empty():
        return {}
    listed = annotated.variants["freq_kind"].to_numpy() > 0
    name = f"s{sample}_dosage"
    if name in annotated.table.frame.columns:
        listed &= annotated.table.frame[name].fill_null(0).to_numpy() > 0
    rows = effects["row"].to_numpy()
    coding = effects.select("row", "gene").filter(pl.Series(listed[rows]) & _coding(effects))
    counts = coding.unique().group_by("gene").len()
    return dict(zip(counts["gene"].to_list(), counts["len"].to_list(), strict=True))


def _coding(effects: pl.DataFrame) -> pl.Series:
    """By consequence rather than by residue, which is not stated of every insertion or deletion."""
    words = effects["consequence"].unique().drop_nulls()
    return (
        effects["consequence"]
        .is_in(words.filter(words.str.contains(_CODING)).implode())
        .fill_null(value=False)
    )


class ByChance:
    """How easily chance puts a finding into each gene of one person."""

    def __init__(self, knowledge: Knowledge, seen: Mapping[str, int]) -> None:
        self._genes, self._seen = knowledge.genes, seen
        self._lengths = _lengths(knowledge)
        self._known: dict[tuple[str, int, int, int], tuple[Contribution, ...]] = {}

    def __call__(self, gene: str, alleles: Sequence[Allele]) -> tuple[Contribution, ...]:
        """Reasons for or against a finding of these alleles; none for a gene of unknown length."""
        listed = sum(not allele.unseen for allele in alleles)
        changes = sum(allele.impact < HIGH for allele in alleles)
        key = (gene, len(alleles), listed, changes)
        if key not in self._known:
            self._known[key] = self._reasons(*key)
        return self._known[key]

    def _reasons(self, gene: str, count: int, listed: int, changes: int) -> tuple[Contribution, ...]:
        known = self._genes.variability(gene)
        length = self._lengths.get(gene) or known.residues
        if not length:
            return ()
        value = min(max(-count * log(length / AVERAGE), LOWEST), HIGHEST)
        text = tr(
            "The gene is as long as {length} residues: long genes have rare variants by chance", length=length
        )
        found = Contribution("variant", gene, value, text)
        crowded = self._crowded(gene, length, count, self._seen.get(gene, 0) - listed)
        return (found, *crowded, *_variable(gene, known, changes))

    def _crowded(self, gene: str, length: int, count: int, seen: int) -> tuple[Contribution, ...]:
        """``seen``: the person's listed variants beside the ones that are judged."""
        expected = length * COMMON_PER_RESIDUE
        ratio = (1 + seen) / (1 + expected)
        if ratio <= 1:
            return ()
        text = tr(
            "This person has {seen} known variants in the gene, where {expected} are usual: where many are, "
            "rare ones are too (relatives of the gene, errors of mapping)",
            seen=seen,
            expected=f"{expected:.1f}",
        )
        return (Contribution("variant", gene, max(-count * log(ratio), CROWDED), text),)


def _variable(gene: str, known: Variability, changes: int) -> tuple[Contribution, ...]:
    """gnomAD's rare missense variants, where ``changes`` of the alleles are no loss of function."""
    if not changes or not known.residues or known.missense is None:
        return ()
    usual = known.residues * MISSENSE_PER_RESIDUE
    ratio = (known.missense + SMOOTH) / (usual + SMOOTH)
    value = min(max(-VARIABLE * changes * log(ratio), -VARIABLE_BOUND), VARIABLE_BOUND)
    text = tr(
        "gnomAD saw {seen} rare missense variants in the gene, where {usual} are usual for its length",
        seen=known.missense,
        usual=round(usual),
    )
    return (Contribution("variant", gene, value, text, Citation("gnomAD", version="v2.1.1")),)
