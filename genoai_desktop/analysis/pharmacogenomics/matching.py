"""Which named alleles explain a genotype.

Exact matching follows the CPIC convention: where an allele's definition names no state, it has the
reference allele's. A pair of alleles is consistent when, for every phase set, one allele explains one
strand and the other the other strand. Unphased sites are phase sets of one site each.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.knowledge.pgx import ANY, GeneDefinition

States = NDArray[np.int64]
_MOST_ORIENTATIONS = 10
"""Unphased phase sets beyond which combinations are not enumerated (2**10 orientations)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two allele indices; ``deviations`` counts unseen sites that would have to be non-reference."""

    first: int
    second: int
    deviations: int
    score: int


@dataclass(frozen=True, slots=True)
class Combination:
    """A haplotype as a set of alleles (indices) and sites that none of them explains."""

    alleles: tuple[int, ...]
    leftover: tuple[int, ...]


def _blocks(first: States, second: States, phase: States) -> list[NDArray[np.intp]]:
    """Sites of each phase set in which the strands differ."""
    differs = np.flatnonzero(first != second)
    loose = differs[phase[differs] < 0]
    blocks = [np.array([site]) for site in loose]
    tied = differs[phase[differs] >= 0]
    return [*(tied[phase[tied] == value] for value in np.unique(phase[tied])), *blocks]


def exact_pairs(gene: GeneDefinition, first: States, second: States, phase: States) -> list[Pair]:
    """Every pair of alleles consistent with the genotype, best first.

    Rank: fewest unseen sites that would have to be non-reference (none for an allele known to be
    common); then, where something is unseen, common alleles first; then most defining positions matched
    (the reference allele defines all of its positions); then the larger product of the frequencies that
    both alleles can have at most, where known; then the order of the definition table. The gene's stated
    preferences lead over all but the first.
    """
    same = first == second
    fits = ((gene.masks[:, same] & first[same]) != 0).all(axis=1)
    blocks = _blocks(first, second, phase)
    shape = (len(blocks), len(gene.alleles))
    one = np.array([((gene.masks[:, b] & first[b]) != 0).all(axis=1) for b in blocks]).reshape(shape)
    two = np.array([((gene.masks[:, b] & second[b]) != 0).all(axis=1) for b in blocks]).reshape(shape)
    kept = np.flatnonzero(fits & (one | two).all(axis=0)) if blocks else np.flatnonzero(fits)
    if not kept.size:
        return []
    consistent = np.ones((kept.size, kept.size), dtype=bool)
    for a, b in zip(one[:, kept], two[:, kept], strict=True):
        consistent &= (a[:, None] & b[None, :]) | (b[:, None] & a[None, :])
    rows, columns = np.nonzero(np.triu(consistent))
    if not rows.size:
        return []
    unseen = (first == ANY) | (second == ANY)
    deviations = _deviations(gene, unseen)[kept]
    score = (gene.defined[kept][:, ~unseen]).sum(axis=1)
    usual = np.isin(kept, list(gene.common)) & bool(unseen.any())
    common = np.nan_to_num(gene.frequency[kept])
    order = np.lexsort((
        columns, rows, -(common[rows] * common[columns]), -(score[rows] + score[columns]),
        -(usual[rows].astype(int) + usual[columns]),
        deviations[rows] + deviations[columns],
    ))  # fmt: skip
    pairs = [
        Pair(
            int(kept[rows[k]]), int(kept[columns[k]]),
            int(deviations[rows[k]] + deviations[columns[k]]), int(score[rows[k]] + score[columns[k]]),
        )
        for k in order
    ]  # fmt: skip
    return _preferred_first(gene, pairs)


def _deviations(gene: GeneDefinition, unseen: NDArray[np.bool_]) -> NDArray[np.intp]:
    away = (gene.masks[:, unseen] & gene.masks[gene.baseline, unseen]) == 0
    count: NDArray[np.intp] = away.sum(axis=1)
    count[list(gene.common)] = 0
    return count


def _preferred_first(gene: GeneDefinition, pairs: list[Pair]) -> list[Pair]:
    if len(pairs) < 2 or not gene.preferred:
        return pairs
    names = {
        "/".join(pair_names(gene, pair)): pair for pair in pairs if pair.deviations == pairs[0].deviations
    }
    chosen = gene.preferred.get("|".join(sorted(names)))
    if chosen not in names:
        return pairs
    best = names[chosen]
    return [best, *(pair for pair in pairs if pair is not best)]


def pair_names(gene: GeneDefinition, pair: Pair) -> tuple[str, str]:
    """Names in the order of the definition table."""
    return gene.alleles[pair.first], gene.alleles[pair.second]


def exact_single(gene: GeneDefinition, states: States) -> list[Pair]:
    """Alleles consistent with one haplotype, best first (haploid genes and males' X)."""
    kept = np.flatnonzero(((gene.masks & states) != 0).all(axis=1))
    unseen = states == ANY
    deviations = _deviations(gene, unseen)
    score = gene.defined[:, ~unseen].sum(axis=1)
    found = [Pair(int(a), -1, int(deviations[a]), int(score[a])) for a in kept]
    return sorted(found, key=lambda pair: (pair.deviations, -pair.score, pair.first))


def explain(gene: GeneDefinition, states: States) -> Combination:
    """The fewest alleles that together explain a haplotype's variants, largest first.

    An allele takes part when every state that sets it apart from the reference allele was seen.
    """
    reference = gene.masks[gene.reference]
    variants = (states != ANY) & ((states & reference) == 0)
    core = gene.core
    accepted = (gene.masks & states) != 0
    present = core.any(axis=1) & (accepted | ~core).all(axis=1) & ~(core & (states == ANY)).any(axis=1)
    remaining, chosen = variants.copy(), []
    covers = accepted & variants
    while remaining.any() and present.any():
        gain = np.where(present, (covers & remaining).sum(axis=1) * 1000 + (core & remaining).sum(axis=1), 0)
        best = int(np.argmax(gain))
        if not gain[best]:
            break
        chosen.append(best)
        remaining &= ~covers[best]
    return Combination(tuple(chosen) or (gene.reference,), tuple(int(s) for s in np.flatnonzero(remaining)))


def combinations(
    gene: GeneDefinition, first: States, second: States, phase: States
) -> list[tuple[Combination, Combination]]:
    """Explanations of both strands, over every orientation of the phase sets, best first.

    Best: fewest sites left unexplained, then fewest alleles. Empty when there are too many phase sets.
    """
    blocks = _blocks(first, second, phase)
    if len(blocks) - 1 > _MOST_ORIENTATIONS:
        return []
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, int, Combination, Combination]] = {}
    for turns in product((False, True), repeat=max(0, len(blocks) - 1)):
        one, two = first.copy(), second.copy()
        for turn, block in zip(turns, blocks[1:], strict=True):
            if turn:
                one[block], two[block] = second[block], first[block]
        a, b = explain(gene, one), explain(gene, two)
        a, b = (a, b) if a.alleles <= b.alleles else (b, a)
        rank = (len(a.leftover) + len(b.leftover), len(a.alleles) + len(b.alleles))
        found.setdefault((a.alleles, b.alleles), (*rank, a, b))
    return [(a, b) for _, _, a, b in sorted(found.values(), key=lambda entry: entry[:2])]
