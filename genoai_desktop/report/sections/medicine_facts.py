"""Medicines beside the guidelines: the patient as stated, phenoconversion, cautions, doses, copies."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.numbers import Figure, written
from genoai_desktop.domain.pgx import (
    Concern,
    CopyNumber,
    DoseAdvice,
    DrugCaution,
    GeneCall,
    PgxResult,
    PhenoConversion,
)
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.knowledge.medicine_names import unknown_medicines
from genoai_desktop.report.names import medicine_said, named_medicine
from genoai_desktop.report.page import Heading
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.sections.advice import concern_words
from genoai_desktop.report.sections.common import first_of
from genoai_desktop.report.style import box, gap, in_original, original, table, text

_GRAVE = (Concern.AVOID, Concern.ADJUST)
_POSSIBLE, _NEEDED = 6, 3
"""Results of one gene that were not excluded, and positions of each, that are named here."""


def patient_story(case: Case) -> list[Flowable]:
    """What age, weight and the like the advice below took into account, and what nobody stated."""
    said, unsaid = _stated(case), _unstated(case)
    if not said and not case.medicines:
        return []
    language = language_in_use()
    taken = [named_medicine(m.name, language) for m in case.medicines if not m.planned]
    planned = [named_medicine(m.name, language) for m in case.medicines if m.planned]
    lines = [tr("Stated of the patient: {facts}.", facts=", ".join(said))] if said else []
    if unsaid:
        lines.append(tr("Not stated: {names}.", names=", ".join(unsaid)))
    if taken:
        lines.append(tr("Taken: {names}.", names=", ".join(taken)))
    if planned:
        lines.append(tr("Planned: {names}.", names=", ".join(planned)))
    if unknown := unknown_words(case):
        lines.append(unknown)
    return [text(" ".join(lines), "small")]


def unknown_words(case: Case) -> str:
    """Which of the patient's medicines no table knows; empty where all are known."""
    names = unknown_medicines(medicine.name for medicine in case.medicines)
    words = tr("Not in this program's tables, so nothing here speaks for or against it: {names}.")
    return words.format(names=", ".join(names)) if names else ""


def _stated(case: Case) -> list[str]:
    person, patient = case.index, case.patient
    parts = [
        tr("{age} years", age=f"{person.age_years:g}") if person.age_years is not None else "",
        {Sex.FEMALE: tr("female"), Sex.MALE: tr("male")}.get(person.sex, ""),
        tr("{weight} kg", weight=f"{patient.weight_kg:g}") if patient.weight_kg is not None else "",
        tr("{height} cm", height=f"{patient.height_cm:g}") if patient.height_cm is not None else "",
        _answer(patient.pregnant, tr("pregnant"), tr("not pregnant")),
        _answer(patient.breastfeeding, tr("breastfeeding"), tr("not breastfeeding")),
        tr("eGFR {value}", value=f"{patient.egfr:g}") if patient.egfr is not None else "",
        _answer(patient.smoker, tr("smoker"), tr("does not smoke")),
        tr("target INR {value}", value=f"{patient.target_inr:g}") if patient.target_inr is not None else "",
    ]
    return [part for part in parts if part]


def _answer(given: bool | None, yes: str, no: str) -> str:
    return "" if given is None else yes if given else no


def _unstated(case: Case) -> list[str]:
    patient = case.patient
    pregnant = False if case.index.sex is Sex.MALE else patient.pregnant
    asked = (
        (tr("age"), case.index.age_years),
        (tr("weight"), patient.weight_kg),
        (tr("height"), patient.height_cm),
        (tr("pregnancy"), pregnant),
        (tr("kidney function"), patient.egfr),
    )
    return [name for name, value in asked if value is None]


def conversion_story(conversions: Sequence[PhenoConversion]) -> list[Flowable]:
    """Drug, drug and gene together: the advice counts the phenotype that the medicines leave."""
    if not conversions:
        return []
    lines = [
        text(
            tr(
                "{gene}: {before} by genotype, acts as {after} because of {names} ({source}).",
                gene=one.gene,
                before=pgx_said(one.before),
                after=pgx_said(one.after),
                names=", ".join(one.medicines),
                source=", ".join(one.sources),
            )
        )
        for one in conversions
    ]
    note = tr("The advice below counts the phenotype as the medicines change it.")
    return [box([*lines, text(note, "quiet")], warning=True), gap(1)]


def by_genotype(pgx: PgxResult) -> tuple[GeneCall, ...]:
    """The calls with the phenotypes that the genes alone give: what lasts when a medicine is stopped."""
    before = {one.gene: one for one in pgx.conversions}
    return tuple(
        replace(call, phenotype=before[call.gene].before, activity_score=before[call.gene].activity_before)
        if call.gene in before
        else call
        for call in pgx.calls
    )


def caution_story(cautions: Sequence[DrugCaution], mine: frozenset[str]) -> list[Flowable]:
    """The grave ones and the patient's own in a table, the rest by name."""
    if not cautions:
        return []
    shown = [one for one in cautions if one.concern in _GRAVE or one.drug.lower() in mine]
    rest = sorted({one.drug for one in cautions} - {one.drug for one in shown})
    ordered = sorted(
        shown, key=lambda one: (one.drug.lower() not in mine, list(Concern).index(one.concern), one.drug)
    )
    story: list[Flowable] = [
        Heading(tr("Cautions by age, pregnancy, weight and kidney function"), "h2", 1),
        text(tr("By what is stated of the patient, not by genotype. * taken or planned."), "quiet"),
    ]
    if ordered:
        head = (tr("Medicine"), tr("Concern"), tr("Why"), tr("Source"))
        story.append(table(head, _caution_rows(ordered, mine), (42, 18, 80, 38)))
    if rest:
        names = ", ".join(medicine_said(one, language_in_use()) for one in rest)
        story += [gap(1), text(tr("Take care as well: {names}.", names=names), "small")]
    return [*story, gap(1)]


def _caution_rows(cautions: Sequence[DrugCaution], mine: frozenset[str]) -> list[tuple[object, ...]]:
    """Medicines of which the same is said share a row; the patient's own have one each."""
    groups: dict[tuple[object, ...], list[DrugCaution]] = {}
    for one in cautions:
        own = one.drug if one.drug.lower() in mine else ""
        key = (own, one.concern, one.text.replace(one.drug, "{drug}"), one.source)
        groups.setdefault(key, []).append(one)
    rows: list[tuple[object, ...]] = []
    for group in groups.values():
        first = group[0]
        english = first.text if len(group) == 1 else first.text.replace(first.drug, "these medicines")
        told = [original(english)] if in_original(english) else english
        star = " *" if first.drug.lower() in mine else ""
        names = ", ".join(medicine_said(one.drug, language_in_use()) for one in group)
        rows.append((names + star, concern_words(first.concern), told, first.source))
    return rows


def dose_story(doses: Sequence[DoseAdvice]) -> list[Flowable]:
    """Every dose that can be calculated, with what it rests on; outside of the limits the reason instead."""
    if not doses:
        return []
    head = (tr("Medicine"), tr("Dose"), tr("Expected range"), tr("Rests on"), tr("To keep in mind"))
    note = tr(
        "Starting points for a prescriber, not orders. The range of a maintenance dose holds what 8 in 10 "
        "such patients need."
    )
    return [
        Heading(tr("Calculated doses"), "h2", 1),
        text(note, "quiet"),
        table(head, [_dose(one) for one in doses], (25, 40, 25, 44, 44)),
        gap(1),
    ]


def _dose(one: DoseAdvice) -> tuple[str, ...]:
    name = f"{one.drug}\n{one.kind}"
    if one.reason:
        return name, tr("no dose"), "–", "–", one.reason
    interval = "–"
    if one.dose is not None and one.low is not None and one.high is not None:
        interval = tr("{low} to {high} {unit}", low=_figure(one.low), high=_figure(one.high), unit=_unit(one))
    rests = "\n".join(part for part in (one.model, one.source) if part)
    return (
        name,
        _amount(one),
        interval,
        rests,
        "\n".join(part for part in (one.why, *one.warnings) if part) or "–",
    )


def _amount(one: DoseAdvice) -> str:
    unit = _unit(one)
    if one.days:
        *first, last = (written(day, ".1f") for day in one.days)
        return tr("{first} and {last} {unit}", first=", ".join(first), last=last, unit=unit)
    if one.dose is not None and one.unit == "%":
        return tr("{value} % of the usual starting dose", value=f"{one.dose:g}") if one.dose else tr("avoid")
    if one.dose is not None:
        return f"{_figure(one.dose)} {unit}"
    if one.low is None or one.high is None:
        return "–"
    low, high = _figure(one.low), _figure(one.high)
    return f"{low} {unit}" if low == high else tr("{low} to {high} {unit}", low=low, high=high, unit=unit)


def _figure(value: float) -> str:
    return Figure.of(f"{value:.0f}" if value >= 10 else f"{value:.2g}")


def _unit(one: DoseAdvice) -> str:
    return one.unit.replace("m2", "m²")


def possible_story(calls: Sequence[GeneCall]) -> list[Flowable]:
    """What was not excluded and would change a phenotype: gene, diplotype, phenotype, what it needs."""
    rows = []
    for call in calls:
        changing = [one for one in call.possible if one.changes_phenotype]
        for number, one in enumerate(changing[:_POSSIBLE]):
            score = tr(" (activity {score})", score=one.activity_score) if one.activity_score else ""
            needs = first_of(list(one.positions), _NEEDED) or tr("no further position")
            gene = call.gene if number == 0 else ""
            rows.append((gene, one.diplotype, f"{one.phenotype}{score}", needs))
        more = len(changing) - _POSSIBLE
        if more > 0:
            rows.append(("", tr("and {n} more, in result.json", n=more), "", ""))
    if not rows:
        return []
    head = (tr("Gene"), tr("If it were"), tr("the result would be"), tr("which needs"))
    return [
        Heading(tr("Not excluded, and how the answer would change"), "h2", 1),
        table(head, rows, (18, 54, 62, 44)),
        gap(1),
    ]


def copies_story(calls: Sequence[GeneCall]) -> list[Flowable]:
    """Copies of a gene by read depth or as stated."""
    found = [call.copy_number for call in calls if call.copy_number is not None]
    return [text(_copies(one)) for one in found]


def _copies(one: CopyNumber) -> str:
    if one.copies is None:
        return tr("Copies of {gene} cannot be judged: {reason}.", gene=one.gene, reason=one.reason or "–")
    interval = ""
    if one.estimate is not None:
        interval = tr(
            " (by depth {value}, 95 % interval {low} to {high})",
            value=f"{one.estimate:.2f}",
            low=f"{one.low or 0:.2f}",
            high=f"{one.high or 0:.2f}",
        )
    hybrid = one.hybrid or tr("no hybrid seen")
    return tr(
        "{gene}: {count} whole copies{interval}, {hybrid}. {method}",
        gene=one.gene,
        count=one.copies,
        interval=interval,
        hybrid=hybrid,
        method=one.method,
    )
