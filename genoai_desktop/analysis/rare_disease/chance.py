"""How easily chance puts a finding into a gene: the longer the gene, the more rare variants it has."""

from functools import lru_cache
from math import log
from typing import Final

import polars as pl

from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

AVERAGE: Final = 725
"""Mean length of the proteins of disease genes, in residues; an RNA counts as a third of its bases."""
LOWEST, HIGHEST = -1.5, 1.0
"""Bounds, in natural log odds; a very short gene is not evidence by itself."""


@lru_cache(maxsize=2)
def _lengths(knowledge: Knowledge) -> dict[str, int]:
    proteins = knowledge.bundle.table("proteins").select(
        "transcript", pl.col("sequence").str.len_bytes().alias("length")
    )
    named = knowledge.bundle.table("transcripts").select("transcript", "gene").join(proteins, on="transcript")
    transcripts = knowledge.bundle.table("transcripts").filter(pl.col("refseq").str.starts_with("NR_"))
    models = knowledge.bundle.table("transcript_models").unique("transcript")
    # Three bases of an RNA are as long as a residue.
    bases = models.select("transcript", (pl.col("exons").list.sum() // 3).cast(pl.UInt32).alias("length"))
    rna = transcripts.select("transcript", "gene").join(bases, on="transcript")
    named = pl.concat([named.cast({"length": pl.UInt32}), rna.select(named.columns)])
    longest = named.group_by("gene").agg(pl.col("length").max())
    return dict(zip(longest["gene"].to_list(), longest["length"].to_list(), strict=True))


def chance(gene: str, alleles: int, knowledge: Knowledge) -> tuple[Contribution, ...]:
    """Reason for or against a finding of so many alleles in a gene of that length; none when unknown."""
    length = _lengths(knowledge).get(gene)
    if not length:
        return ()
    value = min(max(-alleles * log(length / AVERAGE), LOWEST), HIGHEST)
    text = tr(
        "The gene is as long as {length} residues: long genes have rare variants by chance", length=length
    )
    return (Contribution("variant", gene, value, text),)
