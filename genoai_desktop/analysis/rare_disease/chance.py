"""How easily chance puts a finding into a gene: the longer the gene, the more rare variants it has."""

from functools import lru_cache
from math import log
from typing import Final

import polars as pl

from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

AVERAGE: Final = 725
"""Mean length of the proteins of disease genes, in residues."""
LOWEST, HIGHEST = -1.5, 1.0
"""Bounds, in natural log odds; a very short gene is not evidence by itself."""


@lru_cache(maxsize=2)
def _lengths(knowledge: Knowledge) -> dict[str, int]:
    proteins = knowledge.bundle.table("proteins").select(
        "transcript", pl.col("sequence").str.len_bytes().alias("length")
    )
    named = knowledge.bundle.table("transcripts").select("transcript", "gene").join(proteins, on="transcript")
    longest = named.group_by("gene").agg(pl.col("length").max())
    return dict(zip(longest["gene"].to_list(), longest["length"].to_list(), strict=True))


def chance(gene: str, alleles: int, knowledge: Knowledge) -> tuple[Contribution, ...]:
    """Reason for or against a finding of so many alleles in a gene of that length; none when unknown."""
    length = _lengths(knowledge).get(gene)
    if not length:
        return ()
    value = min(max(-alleles * log(length / AVERAGE), LOWEST), HIGHEST)
    text = tr("The gene codes for {length} residues: long genes have rare variants by chance", length=length)
    return (Contribution("variant", gene, value, text),)
