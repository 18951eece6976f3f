"""One medicine opened: what to do, the dose, how strong, for whom, which guideline, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from genoai_desktop.domain.pgx import (
    CallStatus,
    Concern,
    DrugAdvice,
    DrugCaution,
    GeneCall,
    PgxResult,
    PhenoConversion,
)
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge, box, button, card, column, facts, label, line, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.flow import FlowLayout
from genoai_desktop.ui.widgets.medicine_dose import dose_card
from genoai_desktop.ui.widgets.medicine_marks import (
    CONCERNS,
    concern_badge,
    concern_mark,
    concern_words,
    relation_words,
    status_badge,
)

if TYPE_CHECKING:
    from genoai_desktop.app.medicines import MedicineView, WhatIf

_PHARMGKB = re.compile(r"PA\d{6,}")
"""The number of a guideline annotation; it leads to its page as well as the address does."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What can be done from a medicine or a gene in view."""

    take: Callable[[str, bool], Any]
    """Add a medicine: name, and whether it is only planned."""
    drop: Callable[[str], Any]
    show_gene: Callable[[str], Any]
    show_drug: Callable[[str], Any]
    state: Callable[[str], Any]
    """State another laboratory's result for a gene."""
    unstate: Callable[[str], Any]
    attempt: Callable[[str], Any]
    """Type a medicine's name to see what it would mean."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What advice rests on."""

    calls: tuple[GeneCall, ...]
    conversions: tuple[PhenoConversion, ...]


def medicine_parts(theme: Theme, view: MedicineView, deeds: Deeds) -> Iterator[QWidget]:
    """A medicine of the tables, or of the patient; made piece by piece."""
    entry, known = view.entry, _Facts(view.calls, view.conversions)
    relation = relation_words(entry.relation)
    marks = [badge(relation, "accent")] if relation else []
    yield _head(theme, entry.drug, entry.concern, _tools(view, deeds), marks)
    if not entry.advice and not entry.cautions and not view.doses:
        yield _unknown(theme)
    yield from (_caution(theme, one) for one in entry.cautions)
    yield from (_conversion(theme, one) for one in view.conversions)
    yield from (dose_card(theme, dose) for dose in view.doses)
    yield from (advice_card(group) for group in _grouped(entry.advice))
    if view.calls:
        yield _why(theme, known, deeds)
    if view.review:
        yield _caption(view.review)


def what_if_parts(theme: Theme, answer: WhatIf, deeds: Deeds) -> Iterator[QWidget]:
    """What a prescription that nobody wrote yet would mean."""
    title = tr("What if: {name}", name=joined(", ", answer.drugs) if answer.drugs else answer.typed)
    if len(answer.drugs) > 1:
        title = tr("What if: {name}", name=answer.typed)
    yield _head(theme, title, answer.concern, ())
    yield say(theme, "info", tr("Nothing was added to the patient's medicines."), "accent")
    if len(answer.drugs) != 1:
        yield _choose(theme, answer, deeds) if answer.drugs else _unknown(theme)
        return
    yield from (_conversion(theme, one) for one in answer.conversions)
    yield from (dose_card(theme, dose) for dose in answer.doses)
    ordered = sorted(
        answer.advice, key=lambda one: (one.drug not in answer.drugs, CONCERNS.index(one.concern))
    )
    several = len({one.drug for one in ordered}) > 1
    for group in _grouped(ordered):
        if group[0].genes:
            yield advice_card(group, named=several)
        else:
            yield _caution(theme, _as_caution(group[0]))
    if not ordered:
        text = tr("The tables know this medicine, but no rule speaks about these results.")
        yield label(text, "muted", wrap=True)
    if answer.calls:
        yield _why(theme, _Facts(answer.calls, ()), deeds)
    if answer.review:
        yield _caption(answer.review)


def _choose(theme: Theme, answer: WhatIf, deeds: Deeds) -> QFrame:
    """What was typed may mean several medicines: each with its concern, one of them to be chosen."""
    lines: list[QWidget] = []
    for drug in answer.drugs:
        own = [
            one.concern for one in answer.advice if one.drug == drug and one.concern is not Concern.UNKNOWN
        ]
        concern = min(own, key=CONCERNS.index, default=Concern.UNKNOWN)
        opened = button(drug, partial(deeds.attempt, drug), kind="quiet", name=tr("Try {drug}", drug=drug))
        lines.append(
            box(row(concern_mark(theme, concern, 18), opened, None, concern_badge(concern), space="m"))
        )
    return card(*lines, title=tr("Which one is meant?"))


def note_parts(theme: Theme, result: PgxResult) -> Iterator[QWidget]:
    """What the whole result comes with: phenoconversion first, then effects that are not calculated."""
    yield label(tr("Notes on the whole result"), "title", wrap=True)
    yield from (_conversion(theme, one) for one in result.conversions)
    if result.review:
        yield say(theme, "care", result.review, "warning")
    told = tuple(f"{one.gene}: {one.before}" for one in result.conversions)
    yield from (
        say(theme, "info", note, "accent") for note in result.notes if not told or not note.startswith(told)
    )


def dose_parts(theme: Theme, view: MedicineView) -> Iterator[QWidget]:
    """The doses of one medicine, under what speaks against giving it at all."""
    yield from (_caution(theme, one) for one in view.entry.cautions)
    yield from (dose_card(theme, dose) for dose in view.doses)


def _as_caution(one: DrugAdvice) -> DrugCaution:
    return DrugCaution(one.drug, one.concern, one.action, one.guideline.source, False)


def _tools(view: MedicineView, deeds: Deeds) -> Sequence[QWidget]:
    drug, relation = view.drug, view.entry.relation.value
    if relation == "other":
        return _adding(drug, deeds)
    made = [button(tr("Remove"), lambda: deeds.drop(drug), name=tr("Remove {drug} from the list", drug=drug))]
    if relation == "planned":
        spoken = tr("Mark {drug} as taken", drug=drug)
        made.insert(0, button(tr("Now taken"), lambda: deeds.take(drug, False), name=spoken))
    return made


def _adding(drug: str, deeds: Deeds) -> list[QWidget]:
    planned, taken = tr("Add {drug} as planned", drug=drug), tr("Add {drug} as taken", drug=drug)
    return [
        button(tr("Add as planned"), lambda: deeds.take(drug, True), name=planned),
        button(tr("Add as taken"), lambda: deeds.take(drug, False), name=taken),
    ]


def _head(
    theme: Theme, title: str, concern: Concern, tools: Sequence[QWidget], marks: Sequence[QWidget] = ()
) -> QWidget:
    name = label(title, "title", wrap=True)
    named = row(concern_mark(theme, concern), name, space="m")
    named.setStretch(1, 1)
    return headed(
        beside(box(named), *marks, concern_badge(concern), gap="m"),
        tools,
        f"{title}: {concern_words(concern)}",
    )


def headed(line_: QWidget, tools: Sequence[QWidget], spoken: str) -> QWidget:
    """A heading line, and below it what can be done, in as many lines as the width asks for."""
    flow = FlowLayout("s")
    for tool in tools:
        flow.addWidget(tool)
    shown = box(column(line_, box(flow)) if tools else column(line_))
    shown.setAccessibleName(spoken)
    return shown


def _unknown(theme: Theme) -> QWidget:
    text = tr("No bundled guideline or caution knows this medicine. That does not make it safe: look it up.")
    return say(theme, "warning", text, "warning")


def say(theme: Theme, icon: str, text: str, token: str, more: str = "") -> QFrame:
    """A message among the parts: shape, colour and words, and a finer line below."""
    made = QFrame()
    made.setProperty("banner", {"accent": "info", "danger": "error"}.get(token, token))
    words: list[QWidget] = [label(text, wrap=True)]
    if more:
        words.append(label(more, "caption", wrap=True))
    shape = mark(theme, icon, token)
    inner = row(shape, column(*words, space="xs"), space="m")
    inner.setStretch(1, 1)
    inner.setAlignment(shape, Qt.AlignmentFlag.AlignTop)
    inner.setContentsMargins(12, 8, 12, 8)
    made.setLayout(inner)
    made.setAccessibleName(f"{text} {more}".strip())
    return made


def _caution(theme: Theme, one: DrugCaution) -> QFrame:
    grave = one.concern is Concern.AVOID
    source = tr("By what is stated of the patient, not by genotype. Source: {source}.", source=one.source)
    text = f"{concern_words(one.concern)}. {one.text}"
    return say(theme, "avoid" if grave else "care", text, "danger" if grave else "warning", source)


def _grouped(advice: Sequence[DrugAdvice]) -> list[list[DrugAdvice]]:
    """Rows that differ in population and strength alone belong on one card."""
    groups: dict[tuple[object, ...], list[DrugAdvice]] = {}
    for one in advice:
        key = (one.drug, one.concern, one.genes, one.phenotypes, one.implication, one.action, one.guideline)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def advice_card(group: Sequence[DrugAdvice], *, named: bool = False) -> QFrame:
    """What one guideline advises for these results."""
    one = group[0]
    source = one.guideline.source
    title = tr("{drug}: {source}", drug=one.drug, source=source) if named else source
    head = row(label(title, "heading"), concern_badge(one.concern), None)
    because = joined(", ", (f"{g} {_result(p)}" for g, p in zip(one.genes, one.phenotypes, strict=False)))
    parts: list[QWidget] = [box(head), label(one.action, "strong", wrap=True)]
    if one.implication:
        parts.append(label(one.implication, wrap=True))
    strengths = dict.fromkeys(same.strength for same in group if same.strength)
    people = dict.fromkeys(same.population for same in group if same.population not in ("", "general"))
    pairs = [
        (tr("Because of"), because),
        (
            tr("Dose figure"),
            tr("{factor} times the usual dose", factor=one.dose_factor) if one.dose_factor else "",
        ),
        (tr("Strength"), joined(" / ", map(pgx_said, strengths))),
        (tr("For whom"), joined("; ", map(pgx_said, people))),
        (tr("Guideline"), _guideline(one.guideline)),
    ]
    parts += [box(row(line())), facts([pair for pair in pairs if pair[1]])]
    made = card(*parts)
    made.setAccessibleName(f"{title}: {concern_words(one.concern)}. {one.action}")
    return made


def _guideline(guideline: Citation) -> str:
    version = tr("version {version}", version=guideline.version) if guideline.version else ""
    words = guideline.reference.split()
    plain = [word for word in words if not word.startswith("http")]
    reference = " ".join(f"PharmGKB {word}" if _PHARMGKB.fullmatch(word) else word for word in plain or words)
    return joined(", ", (part for part in (guideline.source, version, reference) if part))


def _result(words: str) -> str:
    if words == "n/a":
        return tr("not determined")
    bare = words.replace(".", "", 1).isdigit()
    return tr("activity score {score}", score=words) if bare else pgx_said(words) or tr("no result")


def _conversion(theme: Theme, one: PhenoConversion) -> QFrame:
    text = tr(
        "{gene}: {before} by genotype, acts as {after} because of {names}.",
        gene=one.gene,
        before=one.before,
        after=one.after,
        names=joined(", ", one.medicines),
    )
    more = tr("Drug, drug and gene together. Source: {source}.", source=joined(", ", one.sources))
    return say(theme, "care", text, "warning", more)


def _why(theme: Theme, known: _Facts, deeds: Deeds) -> QFrame:
    """From the genotype to the phenotype that the guideline asks for."""
    changed = {one.gene: one for one in known.conversions}
    parts: list[QWidget] = []
    for index, call in enumerate(known.calls):
        if index:
            parts.append(box(row(line())))
        gene = call.gene
        opened = button(
            gene,
            lambda gene=gene: deeds.show_gene(gene),
            kind="quiet",
            name=tr("Show gene {gene}", gene=gene),
        )
        before = changed.get(gene)
        score = before.activity_before if before else call.activity_score
        steps = [
            call.diplotype or tr("no diplotype"),
            tr("activity score {score}", score=score) if score else "",
            pgx_said(before.before if before else call.phenotype),
        ]
        words = label(joined("  →  ", (step for step in steps if step)), wrap=True)
        head = row(opened, words, status_badge(call.status), space="m")
        head.setStretch(1, 1)
        parts.append(box(head))
        parts += [
            _open(theme, call, one.diplotype, one.phenotype)
            for one in call.possible[:4]
            if one.changes_phenotype
        ]
        if call.status is CallStatus.INDETERMINATE and not call.phenotype:
            parts.append(label(tr("The phenotype could not be determined."), "caption", wrap=True))
    return card(*parts, title=tr("Why: the gene results behind it"))


def _open(theme: Theme, call: GeneCall, diplotype: str, phenotype: str) -> QWidget:
    text = tr(
        "{gene} {diplotype} was not excluded and would mean {phenotype}.",
        gene=call.gene,
        diplotype=diplotype,
        phenotype=pgx_said(phenotype),
    )
    made = row(mark(theme, "care", "warning", 16), _caption(text))
    made.setStretch(1, 1)
    return box(made)


def _caption(text: str) -> QLabel:
    return label(text, "caption", wrap=True)
