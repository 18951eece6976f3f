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
class GenePair:
    """A gene-drug pair of CPIC with its level (A, A/B, B); ``guideline`` and ``url`` empty without one."""

    gene: str
    drug: str
    level: str
    guideline: str
    url: str


@dataclass(frozen=True, slots=True)
class CautionRow:
    """Drugs, the condition on the patient, the code of the reason, its figure, and the source."""

    drugs: tuple[str, ...]
    when: Mapping[str, bool | float | str]
    reason: str
    concern: str
    figure: str
    source: str
    label: bool
    checked: bool = True
    """Whether the row was read in its source; otherwise it is general knowledge, which must be said."""
    together: tuple[str, ...] = ()
    """Medicines, of which one must be taken or planned beside the drug."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """A medicine that changes an enzyme's activity. ``effect``: inhibitor or inducer.

    ``strength`` is empty where the source grades none. ``checked`` as of ``CautionRow``.
    """

    medicine: str
    gene: str
    effect: str
    strength: str
    factor: float | None
    source: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """Who of the profession went over the rows that this project wrote, and how many were checked at all.

    ``rows`` and ``checked``: interactions and cautions; ``reviewer`` and ``date`` are empty where nobody did.
    """

    rows: int
    checked: int
    reviewer: str = ""
    date: str = ""


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


def effective(rows: tuple[Recommendation, ...], raw: list[dict[str, Any]]) -> tuple[Recommendation, ...]:
    """The rows with published ones added; one that ``replaces`` drops the older of the same case."""
    gone = {
        (drug, row["source"], tuple(sorted(row["when"].items())))
        for row in raw if row["replaces"] for drug in row["drugs"]
    }  # fmt: skip
    kept = [
        row for row in rows
        if not any((drug, row.source, tuple(sorted(row.when.items()))) in gone for drug in row.drugs)
    ]  # fmt: skip
    return (*kept, *read_rows(raw))


def read_pairs(raw: list[dict[str, Any]]) -> tuple[GenePair, ...]:
    """From the stored document."""
    return tuple(GenePair(r["gene"], r["drug"], r["level"], r["guideline"], r["url"]) for r in raw)


def read_cautions(raw: list[dict[str, Any]]) -> tuple[CautionRow, ...]:
    """From the stored document."""
    return tuple(
        CautionRow(
            tuple(r["drugs"]),
            r["when"],
            r["reason"],
            r["concern"],
            r["figure"],
            r["source"],
            r["label"],
            r.get("checked", False),
            tuple(r.get("together", ())),
        )
        for r in raw
    )


def read_interactions(raw: list[dict[str, Any]]) -> tuple[Interaction, ...]:
    """From the stored document."""
    return tuple(
        Interaction(
            r["medicine"],
            r["gene"],
            r["effect"],
            r["strength"],
            r["factor"],
            r["source"],
            r.get("checked", False),
        )
        for r in raw
    )
