"""Bias audits of the bundled models: which people each serves, and a warning where a patient is served worse.

Made by ``packaging/audit_models.py`` and ``models/warfarin/audit.py``; read from ``<model>/audit.json``.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.errors import KnowledgeError
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.domain.text import joined, tr

_UNDER = re.compile(r"under (\d+)")
_BETWEEN = re.compile(r"(\d+) ?(?:to|-) ?(\d+)")
_FROM = re.compile(r"(\d+) and (?:over|more)")
DOSE_METRICS = ("mae_mg_week", "within_20_percent", "bias_mg_week")


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Performance of one model in one group: figure with its 95 % interval; ``worse`` than for everybody."""

    model: str
    attribute: str
    """``sex``, ``superpopulation``, ``inheritance`` ... what the group is one of."""
    group: str
    n: int
    metric: str
    value: float | None
    low: float | None
    high: float | None
    worse: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """One model's audit: what it was measured on, what could not be, and the rows."""

    model: str
    data: str
    statement: str
    rows: tuple[AuditRow, ...]


def read_audits(folder: Path) -> tuple[Audit, ...]:
    """Every ``audit.json`` one level below the folder of models, by model; none is no error.

    Raises:
        KnowledgeError: a file is damaged.
    """
    found = []
    for path in sorted(folder.glob("*/audit.json")):
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            found.append(_dose(path.parent.name, value) if "models" in value else _plain(value))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KnowledgeError(
                tr("The bias audit of “{name}” cannot be read.", name=path.parent.name),
                remedy=tr("Install the program again."),
                code="model.audit",
            ) from error
    return tuple(sorted(found, key=lambda audit: audit.model))


def _plain(value: dict[str, Any]) -> Audit:
    rows = tuple(
        AuditRow(
            value["model"],
            row["attribute"],
            row["group"],
            int(row["n"]),
            row["metric"],
            row["value"],
            row["low"],
            row["high"],
            bool(row["worse"]),
        )
        for row in value["rows"]
    )
    return Audit(value["model"], value["data"], value["statement"], rows)


def _dose(model: str, value: dict[str, Any]) -> Audit:
    """The dose model's form: ``models -> used -> attribute -> group -> metric -> [value, low, high]``."""
    rows = []
    worse = _served_worse(value.get("served_worse"))
    for attribute, groups in value["models"]["used"].items():
        for group, figures in groups.items():
            for metric in DOSE_METRICS:
                if metric in figures:
                    middle, low, high = figures[metric]
                    flag = metric == DOSE_METRICS[0] and (attribute, group) in worse
                    rows.append(
                        AuditRow(
                            model, attribute, group, int(figures["patients"]), metric, middle, low, high, flag
                        )
                    )
    data = tr("held-out predictions (cross-validation)")
    return Audit(model, str(value.get("data", data)), str(value.get("statement", "")), tuple(rows))


def _served_worse(value: Any) -> set[tuple[str, str]]:
    """(attribute, group), from a mapping of attributes to groups or a list of objects."""
    if isinstance(value, dict):
        return {(attribute, str(group)) for attribute, groups in value.items() for group in groups}
    if isinstance(value, list):
        return {(str(one["attribute"]), str(one["group"])) for one in value if isinstance(one, dict)}
    return set()


def warnings_for(case: Case, ancestry: AncestryEstimate | None, audits: Iterable[Audit]) -> tuple[str, ...]:
    """One sentence for each model that serves a group of this patient worse; empty where none is known.

    Groups: sex, genetic ancestry (``superpopulation``), number of observed features, and of the dose model
    stated ancestry and age band.
    """
    mine, age = _groups(case, ancestry), case.index.age_years
    found = []
    for audit in audits:
        mine_worse = (row for row in audit.rows if row.worse and _is_mine(row, mine, age))
        groups = sorted({(row.attribute, row.group) for row in mine_worse})
        if groups:
            found.append(
                tr(
                    "The {model} model was measured to do worse in a group of this patient: {groups}.",
                    model=model_words(audit.model),
                    groups=joined(", ", (group_words(*one) for one in groups)),
                )
            )
    return tuple(found)


def model_words(model: str) -> str:
    """What a person calls a model."""
    return {
        "ranking": tr("ranking"),
        "missense": tr("missense"),
        "warfarin": tr("warfarin"),
        "polygenic": tr("polygenic"),
        "ancestry": tr("ancestry"),
    }.get(model, model)


def group_words(attribute: str, group: str) -> str:
    """``observed features 1 to 4`` in the words of a person; an attribute without words as it is."""
    named = {
        "age": tr("age"),
        "sex": tr("sex"),
        "ancestry": tr("stated ancestry"),
        "superpopulation": tr("superpopulation"),
        "observed features": tr("observed features"),
    }.get(attribute, attribute)
    if found := _UNDER.fullmatch(group):
        group = tr("under {n}", n=found[1])
    elif found := _BETWEEN.fullmatch(group):
        group = tr("{low} to {high}", low=found[1], high=found[2])
    elif found := _FROM.fullmatch(group):
        group = tr("{n} and more", n=found[1])
    else:
        group = {"female": tr("female"), "male": tr("male")}.get(group, group)
    return joined(" ", (named, group))


def _groups(case: Case, ancestry: AncestryEstimate | None) -> dict[str, set[str]]:
    person = case.index
    groups: dict[str, set[str]] = {}
    if person.sex is not Sex.UNKNOWN:
        groups["sex"] = {person.sex.value}
    if ancestry is not None and ancestry.best:
        groups["superpopulation"] = {ancestry.best.lower()}
    stated = {case.patient.ancestry.lower()} - {"unknown"}
    groups["ancestry"] = stated
    groups["race"] = stated
    count = len(case.observed)
    if count:
        groups["observed features"] = {"1 to 4" if count < 5 else "5 to 9" if count < 10 else "10 and more"}
    return groups


def _is_mine(row: AuditRow, mine: dict[str, set[str]], age: float | None) -> bool:
    if row.attribute.lower() == "age":
        return age is not None and in_age_band(age, row.group)
    return row.group.lower() in mine.get(row.attribute.lower(), set())


def in_age_band(age: float, band: str) -> bool:
    """Whether an age (years) lies in ``under 50``, ``50 to 69``, ``50-69`` or ``70 and over``."""
    if found := _UNDER.fullmatch(band):
        return age < float(found[1])
    if found := _BETWEEN.fullmatch(band):
        return float(found[1]) <= age < float(found[2]) + 1
    if found := _FROM.fullmatch(band):
        return age >= float(found[1])
    return False
