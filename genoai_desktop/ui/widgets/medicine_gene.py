"""One gene opened: the call, what else it could be, what was not seen and what that would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.pgx import (
    CallStatus,
    CopyNumber,
    GeneCall,
    MissingPosition,
    PhenoConversion,
    PossibleResult,
)
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge, box, button, card, column, facts, label, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.flow import FlowLayout
from genoai_desktop.ui.widgets.medicine_detail import Deeds, headed, say
from genoai_desktop.ui.widgets.medicine_marks import status_badge, status_words

_NAMED, _POSSIBLE = 12, 12


def gene_parts(
    theme: Theme,
    call: GeneCall,
    deeds: Deeds,
    *,
    stated: OutsideCall | None = None,
    conversion: PhenoConversion | None = None,
    drugs: Sequence[str] = (),
) -> Iterator[QWidget]:
    """Everything about one gene of the patient; made piece by piece."""
    yield _head(call, deeds, stated)
    tagged = call.gene.startswith("HLA-") and stated is None and call.status is not CallStatus.NOT_COVERED
    if tagged:
        yield say(
            theme, "care", tr("A tag variant is a hint, never typing."), "warning", joined("\n", call.notes)
        )
    yield _result(call, conversion)
    if call.copy_number is not None:
        yield _copies(theme, call.copy_number)
    if call.possible:
        yield _possible(call.possible)
    if call.positions_missing:
        yield _missing(call)
    if call.notes and not tagged:
        yield card(*(_note(theme, note) for note in call.notes), title=tr("To keep in mind"))
    if drugs:
        yield _drugs(drugs, deeds)


def _head(call: GeneCall, deeds: Deeds, stated: OutsideCall | None) -> QWidget:
    marks: list[QWidget] = [status_badge(call.status)]
    tools: list[QWidget] = []
    if stated is not None:
        marks.insert(0, badge(tr("From another laboratory"), "accent"))
        spoken = tr("Remove the other laboratory's result for {gene}", gene=call.gene)
        tools.append(button(tr("Remove that result"), partial(deeds.unstate, call.gene), name=spoken))
    text = tr("Change that result…") if stated is not None else tr("State another laboratory's result…")
    tools.insert(0, button(text, partial(deeds.state, call.gene), name=f"{text} {call.gene}"))
    return headed(
        beside(label(call.gene, "title"), *marks, gap="m"), tools, f"{call.gene}: {status_words(call.status)}"
    )


def _result(call: GeneCall, conversion: PhenoConversion | None) -> QFrame:
    total = call.positions_tested + len(call.positions_missing)
    tested = tr("{tested} of {total}", tested=call.positions_tested, total=total) if total else tr("none")
    phenotype = pgx_said(call.phenotype) or tr("Indeterminate")
    if conversion is not None:
        phenotype = tr(
            "{before}; acts as {after} because of {names}",
            before=pgx_said(conversion.before),
            after=pgx_said(conversion.after),
            names=joined(", ", conversion.medicines),
        )
    score = conversion.activity_before if conversion is not None else call.activity_score
    pairs = [
        (_certainty(call), call.diplotype or tr("no call")),
        (tr("Phenotype"), phenotype),
        (tr("Activity score"), score or tr("none given")),
        (
            tr("Defining positions tested"),
            tested,
        ),
    ]
    if call.alternatives:
        pairs.append((tr("Also possible"), joined(", ", call.alternatives)))
    made = card(facts(pairs))
    made.setAccessibleName(f"{call.gene}: {call.diplotype} {phenotype}")
    return made


def _certainty(call: GeneCall) -> str:
    certain = call.status is CallStatus.CALLED or not call.diplotype
    return tr("Diplotype") if certain else tr("Diplotype that fits best, not certain")


def _copies(theme: Theme, copies: CopyNumber) -> QFrame:
    title = tr("Copies of {gene}", gene=copies.gene)
    if copies.copies is None:
        text = tr("The reads cannot judge it: {reason}.", reason=copies.reason or tr("no reason is given"))
        return card(_note(theme, text), *(_note(theme, note) for note in copies.notes), title=title)
    pairs = [(tr("Whole copies"), str(copies.copies)), (tr("Method"), copies.method)]
    if copies.estimate is not None:
        interval = tr(
            "{value} (95 % interval {low} to {high})",
            value=f"{copies.estimate:.2f}",
            low=f"{copies.low or 0:.2f}",
            high=f"{copies.high or 0:.2f}",
        )
        pairs.insert(1, (tr("By read depth"), interval))
    if copies.probability is not None:
        pairs.append((tr("Probability among the numbers tried"), written(copies.probability, ".0%")))
    pairs.append((tr("Hybrid with the pseudogene"), copies.hybrid or tr("none seen")))
    return card(facts(pairs), *(_note(theme, note) for note in copies.notes), title=title)


def _possible(possible: Sequence[PossibleResult]) -> QFrame:
    """What the answer would be if what was not seen, or cannot be told apart, were there."""
    parts: list[QWidget] = []
    ordered = sorted(possible, key=lambda one: not one.changes_phenotype)
    for one in ordered[:_POSSIBLE]:
        score = tr(" (activity score {score})", score=one.activity_score) if one.activity_score else ""
        needs = joined(", ", one.positions[:3]) or tr("no further position")
        more = len(one.positions) - 3
        needs += tr(" and {count} more", count=more) if more > 0 else ""
        mark_ = (
            badge(tr("Changes the answer"), "warning") if one.changes_phenotype else badge(tr("Same answer"))
        )
        pairs = [
            (tr("If it were"), one.diplotype),
            (tr("the result would be"), f"{pgx_said(one.phenotype) or tr('Indeterminate')}{score}"),
            (tr("which needs"), needs),
        ]
        parts.append(box(column(facts(pairs, 3), row(mark_, None), space="xs")))
    if len(possible) > _POSSIBLE:
        parts.append(
            label(tr("{count} more are in result.json.", count=len(possible) - _POSSIBLE), "caption")
        )
    return card(*parts, title=tr("Not excluded, and how the answer would change"))


def _missing(call: GeneCall) -> QFrame:
    count = len(call.positions_missing)
    alleles = list(dict.fromkeys(name for one in call.positions_missing for name in one.alleles))
    parts: list[QWidget] = [
        label(
            tr("Missing is not reference: an allele that needs one of these was not excluded."),
            "muted",
            wrap=True,
        )
    ]
    if alleles:
        named = joined(", ", alleles[:_NAMED])
        more = tr(" and {count} more", count=len(alleles) - _NAMED) if len(alleles) > _NAMED else ""
        parts.append(facts([(tr("Alleles not excluded"), named + more)], 1))
    listed = label(_positions(call.positions_missing[:_NAMED]), wrap=True)
    parts.append(listed)
    if count > _NAMED:
        more_button = button(
            tr("Show all {count}", count=count),
            kind="quiet",
            name=tr("Show all missing positions of {gene}", gene=call.gene),
        )

        def show_all() -> None:
            text = _positions(call.positions_missing)
            listed.setText(text)
            listed.setAccessibleName(text)
            more_button.hide()

        more_button.clicked.connect(show_all)
        parts.append(more_button)
    return card(*parts, title=tr("Positions not seen ({count})", count=count))


def _positions(missing: Sequence[MissingPosition]) -> str:
    return joined(
        "; ",
        (
            f"{one.name} ({', '.join(one.alleles[:4])}{', …' * (len(one.alleles) > 4)})"
            if one.alleles
            else one.name
            for one in missing
        ),
    )


def _note(theme: Theme, text: str) -> QWidget:
    made = row(mark(theme, "info", "muted", 16), label(text, wrap=True))
    made.setStretch(1, 1)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return box(made)


def _drugs(drugs: Sequence[str], deeds: Deeds) -> QFrame:
    flow = FlowLayout("l")
    for drug in drugs:
        flow.addWidget(
            button(drug, partial(deeds.show_drug, drug), kind="quiet", name=tr("Show {drug}", drug=drug))
        )
    return card(box(flow), title=tr("Medicines that guidelines tie to this gene"))
