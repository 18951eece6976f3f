"""Medicines: by drug, by gene or by concern, with what could not be called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall, PgxResult
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.basics import badge, button, card, choice, clear, facts, label, line, row

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_CONCERNS = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION, Concern.UNKNOWN, Concern.USUAL)
_TONES = {
    Concern.AVOID: "danger",
    Concern.ADJUST: "warning",
    Concern.CAUTION: "warning",
    Concern.USUAL: "success",
}
_STATUS = {CallStatus.CALLED: "success", CallStatus.AMBIGUOUS: "warning"}
_MOST = 40


class MedicinesPage(Page):
    """Cards of drugs or genes, narrowed by what is typed."""

    id = "medicines"
    icon = "medicines"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search drug or gene"))
        self.search.setAccessibleName(tr("Search drug or gene"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(220)
        self.search.textChanged.connect(self._show)
        self.views: dict[str, QPushButton] = {}
        for name, title in (("concern", tr("By concern")), ("drug", tr("By drug")), ("gene", tr("By gene"))):
            made = button(title, self._show)
            self.views[name] = made
            self.tools.addWidget(made)
        self.tools.addWidget(self.search)
        choice(*self.views.values())
        self._pgx: PgxResult | None = None
        self._own: frozenset[str] = frozenset()

    def name(self) -> str:
        """The title."""
        return tr("Medicines")

    def fill(self, opened: OpenCase) -> None:
        """Remember the results and show the chosen view."""
        self._pgx = opened.result.pgx
        if self._pgx is None:
            self.show_declined()
            return
        self._own = frozenset(medicine.name.lower() for medicine in opened.case.medicines)
        called = sum(call.status is CallStatus.CALLED for call in self._pgx.calls)
        self.subtitle.setText(
            tr(
                "{called} of {total} genes called. Only a prescriber changes a medicine.",
                called=called,
                total=len(self._pgx.calls),
            )
        )
        if self._pgx.notes:
            self.banner.say("info", " ".join(self._pgx.notes))
        self._show()

    def _show(self, _text: str = "") -> None:
        if self._pgx is None:
            return
        clear(self.body)
        typed = self.search.text().strip().lower()
        if self.views["gene"].isChecked():
            cards = [self._gene(c) for c in self._pgx.calls if typed in c.gene.lower()]
        else:
            advice = [
                a
                for a in self._pgx.advice
                if typed in a.drug.lower() or any(typed in g.lower() for g in a.genes)
            ]
            cards = self._by_concern(advice) if self.views["concern"].isChecked() else self._drugs(advice)
        for made in cards[:_MOST]:
            self.body.addWidget(made)
        if len(cards) > _MOST:
            self.body.addWidget(
                label(tr("{count} more. Type to narrow the list.", count=len(cards) - _MOST), "muted")
            )
        if not cards:
            self.body.addWidget(label(tr("Nothing fits what was typed."), "muted"))
        self.body.addStretch(1)
        self.fit()

    def _by_concern(self, advice: list[DrugAdvice]) -> list[QFrame]:
        order = {concern: index for index, concern in enumerate(_CONCERNS)}
        ranked = sorted(advice, key=lambda a: (order[a.concern], a.drug.lower() not in self._own, a.drug))
        made = []
        for concern, group in groupby(ranked, key=lambda a: a.concern):
            entries = list(group)
            usual = concern in (Concern.USUAL, Concern.UNKNOWN)
            if usual:
                names = ", ".join(dict.fromkeys(entry.drug for entry in entries))
                made.append(card(label(names, wrap=True), title=f"{_words(concern)} ({len(entries)})"))
            else:
                made += self._drugs(entries, ranked_by=lambda a: a.drug.lower() not in self._own)
        return made

    def _drugs(
        self, advice: Iterable[DrugAdvice], ranked_by: Callable[[DrugAdvice], bool] | None = None
    ) -> list[QFrame]:
        entries = sorted(advice, key=lambda a: ((ranked_by or (lambda _: False))(a), a.drug))
        return [self._drug(drug, list(group)) for drug, group in groupby(entries, key=lambda a: a.drug)]

    def _drug(self, drug: str, entries: list[DrugAdvice]) -> QFrame:
        order = {concern: index for index, concern in enumerate(_CONCERNS)}
        worst = min((entry.concern for entry in entries), key=lambda c: order[c])
        head = [label(drug, "heading"), badge(_words(worst), _TONES.get(worst, "neutral"))]
        if drug.lower() in self._own:
            head.append(badge(tr("On the patient's list"), "accent"))
        parts = [row(*head, None)]
        for index, entry in enumerate(entries):
            if index:
                parts.append(row(line()))
            pairs = [
                (tr("What to do"), entry.action),
                (tr("Why"), entry.implication),
                (
                    tr("Genes"),
                    ", ".join(f"{g}: {p}" for g, p in zip(entry.genes, entry.phenotypes, strict=False)),
                ),
                (
                    tr("Source"),
                    ", ".join(p for p in (str(entry.guideline), entry.strength, entry.population) if p),
                ),
            ]
            if entry.dose_factor:
                pairs.insert(1, (tr("Dose"), entry.dose_factor))
            parts.append(row(facts(pairs)))
        made = card(*parts)
        made.setAccessibleName(f"{drug}: {_words(worst)}")
        return made

    def _gene(self, call: GeneCall) -> QFrame:
        head = row(
            label(call.gene, "heading"),
            badge(_status(call.status), _STATUS.get(call.status, "neutral")),
            None,
        )
        pairs = [
            (tr("Diplotype"), call.diplotype),
            (tr("Phenotype"), call.phenotype),
            (tr("Activity score"), call.activity_score),
            (
                tr("Positions tested"),
                f"{call.positions_tested} / {call.positions_tested + len(call.positions_missing)}",
            ),
        ]
        if call.alternatives:
            pairs.append((tr("Also possible"), ", ".join(call.alternatives)))
        parts = [head, row(facts(pairs))]
        if call.positions_missing:
            names = ", ".join(f"{m.name} ({', '.join(m.alleles[:3])})" for m in call.positions_missing[:8])
            more = len(call.positions_missing) - 8
            text = tr("Not seen, so these alleles are not ruled out: {names}", names=names)
            parts.append(
                row(
                    label(
                        text + (tr(" and {count} more", count=more) if more > 0 else ""), "caption", wrap=True
                    )
                )
            )
        parts += [row(label(note, "caption", wrap=True)) for note in call.notes]
        made = card(*parts)
        made.setAccessibleName(f"{call.gene}: {call.diplotype} {call.phenotype}")
        return made


def _words(concern: Concern) -> str:
    return {
        Concern.AVOID: tr("Avoid"),
        Concern.ADJUST: tr("Adjust dose"),
        Concern.CAUTION: tr("Caution"),
        Concern.USUAL: tr("Usual dosing"),
        Concern.UNKNOWN: tr("No advice possible"),
    }[concern]


def _status(status: CallStatus) -> str:
    return {
        CallStatus.CALLED: tr("Called"),
        CallStatus.AMBIGUOUS: tr("Ambiguous"),
        CallStatus.INDETERMINATE: tr("Indeterminate"),
        CallStatus.NOT_COVERED: tr("Not covered"),
    }[status]
