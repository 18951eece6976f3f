"""Guideline rows and drug interactions as the bundle stores them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DoseFigure:
    """One figure of a recommendation: ``kind`` as the builder classifies it, ``text`` with its unit."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What one guideline says of one drug for one combination of results.

    ``when`` maps gene to the lookup value: a phenotype, an activity score, ``*58:01 positive``,
    ``No Result``, or alleles with counts (``*28:2``). ``action`` is the builder's code (avoid, alternative,
    reduce, increase, adjust, monitor, usual, none). ``figures`` holds every dose figure of the source row.
    """

    source: str
    guideline: str
    version: str
    url: str
    drugs: tuple[str, ...]
    when: Mapping[str, str]
    population: str
    strength: str
    action: str
    effects: tuple[str, ...]
    figures: tuple[DoseFigure, ...]
    dose_factor: str
    conditional: bool
    identifier: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """A medicine that changes an enzyme's activity. ``effect``: inhibitor or inducer."""

    medicine: str
    gene: str
    effect: str
    strength: str
    factor: float | None
    source: str


def read_rows(raw: list[dict[str, Any]]) -> tuple[Recommendation, ...]:
    """From the stored document."""
    return tuple(
        Recommendation(
            row["source"], row["guideline"], row["version"], row["url"], tuple(row["drugs"]), row["when"],
            row["population"], row["strength"], row["action"], tuple(row["effects"]),
            tuple(DoseFigure(kind, text) for kind, text in row["figures"]), row["dose_factor"],
            row["conditional"], row["id"],
        )
        for row in raw
    )  # fmt: skip


def read_interactions(raw: list[dict[str, Any]]) -> tuple[Interaction, ...]:
    """From the stored document."""
    return tuple(
        Interaction(r["medicine"], r["gene"], r["effect"], r["strength"], r["factor"], r["source"])
        for r in raw
    )
