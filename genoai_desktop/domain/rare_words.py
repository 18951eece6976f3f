"""Candidates in plain words: chances as counts, likelihood ratios, and diseases joined by gene."""

from dataclasses import dataclass
from math import exp
from typing import Final

from genoai_desktop.domain.numbers import Figure
from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.text import tr

GROUPS: Final = ("phenotype", "onset", "sex", "variant", "in_house", "inheritance", "prior")
"""Headings of the reasons, in the order in which they are read."""
MOST, LEAST = 0.985, 0.005
"""No chance is said to be higher or lower: the calibration was measured on too few cases to tell."""
_NO_MATTER: Final = 0.05
"""Natural log odds (a factor of 1.05) below which a reason is said to make no difference."""


@dataclass(frozen=True, slots=True)
class GeneChance:
    """All candidates of one gene: their chances together, the most probable first."""

    gene: str
    probability: float | None
    candidates: tuple[Candidate, ...]


def chance_words(probability: float) -> str:
    """A chance (0..1) as a count that people can picture: ``about 7 in 10``."""
    if probability >= MOST:
        return tr("more than 98 in 100")
    if probability >= 0.945:
        return tr("about 19 in 20")
    if probability >= 0.095:
        return tr("about {count} in 10", count=round(probability * 10))
    if probability >= LEAST:
        return tr("about {count} in 100", count=max(round(probability * 100), 1))
    return tr("less than 1 in 200")


def chance_figure(probability: float) -> str:
    """A chance as a short percentage that claims no more than was measured: ``>98%``, ``71%``, ``<1%``."""
    if probability >= MOST:
        return Figure.of(">98%")
    return Figure.of(f"{max(round(probability * 100), 1)}%" if probability >= LEAST else "<1%")


def ratio_words(log_odds: float) -> str:
    """A likelihood ratio from natural log odds: ``12 times as likely``, ``5 times less likely``."""
    if abs(log_odds) < _NO_MATTER:
        return tr("no difference")
    ratio = exp(min(abs(log_odds), 13.8))
    size = f"{ratio:.1f}" if ratio < 9.95 else f"{float(f'{ratio:.2g}'):,.0f}"
    return (
        tr("{ratio} times as likely", ratio=size)
        if log_odds > 0
        else tr("{ratio} times less likely", ratio=size)
    )


def group_of(part: Contribution) -> str:
    """The heading a reason belongs under."""
    return part.group or part.kind


def group_words(group: str) -> str:
    """A heading in words."""
    names = {
        "phenotype": tr("Phenotype"),
        "onset": tr("Age and onset"),
        "sex": tr("Sex"),
        "variant": tr("Variants"),
        "in_house": tr("Earlier cases of this clinic"),
        "inheritance": tr("Inheritance"),
        "prior": tr("Before any evidence"),
    }
    return names.get(group, group)


def grouped(parts: tuple[Contribution, ...]) -> tuple[tuple[str, tuple[Contribution, ...]], ...]:
    """The reasons under their headings, the weightiest first; what is not known comes last."""
    order = {group: place for place, group in enumerate(GROUPS)}
    groups = sorted({group_of(part) for part in parts}, key=lambda group: (order.get(group, 99), group))
    return tuple(
        (group, tuple(sorted((p for p in parts if group_of(p) == group), key=lambda p: -abs(p.log_odds))))
        for group in groups
    )


def unknown_words(unknown: float | None) -> str:
    """What is left for a diagnosis that nobody described, plainly; empty when nothing was ranked."""
    if unknown is None:
        return ""
    return tr(
        "Chance that the diagnosis is none of those listed: {chance}. No list contains every disease.",
        chance=chance_words(max(unknown, LEAST)) if unknown >= 1 - MOST else tr("less than 2 in 100"),
    )


def by_gene(candidates: tuple[Candidate, ...]) -> tuple[GeneChance, ...]:
    """Candidates joined by gene. One that names several genes counts for each in equal parts; one without
    a gene stands for itself. The most probable gene first, else in the order of its best candidate."""
    found: dict[str, list[Candidate]] = {}
    shares: dict[str, float] = {}
    for one in candidates:
        names = [name.strip() for name in one.gene.split(",") if name.strip()] or [one.disease_id]
        for name in names:
            found.setdefault(name, []).append(one)
            shares[name] = shares.get(name, 0.0) + (one.probability or 0.0) / len(names)
    known = any(one.probability is not None for one in candidates)
    rows = [GeneChance(name, shares[name] if known else None, tuple(own)) for name, own in found.items()]
    return tuple(sorted(rows, key=lambda row: (-(row.probability or 0.0), row.candidates[0].rank)))
