"""Consent: what each person decided, when, and what therefore is and is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from genoai_desktop.domain.case import Case, Person, Scope
from genoai_desktop.domain.consent import ADULT_YEARS, Consent, ConsentEvent, Decision, standing
from genoai_desktop.domain.consent_case import partner_person
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.consent import ConsentDialog, decision_words
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.overview import scope_words
from genoai_desktop.ui.widgets.basics import badge, box, button, card, column, label, row
from genoai_desktop.ui.widgets.columns import columns

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_DOCUMENT = 4
"""Column of the document, which takes what the others leave."""
_TONE = {"given": "success", "declined": "neutral", "withdrawn": "warning"}


_LEAST_CELL = 300
"""Narrowest part of a scope's line in device-independent pixels."""
_NAME_LETTERS = 24


def effect_words(scope: Scope, *, allowed: bool) -> str:
    """What follows in this program from what the patient decided on a scope."""
    shown = {
        Scope.PRIMARY: tr("shown: Candidates, Similar cases, Report"),
        Scope.SECONDARY: tr("shown: Risks, Report"),
        Scope.CARRIER: tr("shown: Risks, Report"),
        Scope.PGX: tr("shown: Medicines, Report"),
        Scope.POLYGENIC: tr("shown: Risks, Report"),
        Scope.RESEARCH: tr("counts in this clinic's own frequencies"),
        Scope.RECONTACT: tr("listed for contact in the ledger"),
    }
    if allowed:
        return shown[scope]
    if scope is Scope.RESEARCH:
        return tr("not counted anywhere")
    if scope is Scope.RECONTACT:
        return tr("not listed for contact")
    return tr("shown and exported nowhere")


class ConsentPage(Page):
    """A card for each person with the decision on each scope, and every decision ever recorded."""

    id = "consent"
    icon = "shield"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.record_buttons: dict[str, QPushButton] = {}
        self._partner: Person | None = None

    def name(self) -> str:
        """The title."""
        return tr("Consent")

    def fill(self, opened: OpenCase) -> None:
        """People first, then the history."""
        self.subtitle.setText(
            tr(
                "What is not consented to is not computed where it need not be, and is shown "
                "or exported nowhere."
            )
        )
        self.record_buttons.clear()
        self._partner = partner_person(opened.case)
        for person in _people(opened.case):
            self.body.addWidget(self._person(opened.case, person))
        self.body.addWidget(self._history(opened.case))
        self.body.addStretch(1)

    def record(self, person: Person) -> None:
        """Ask for a decision of ``person``; what follows from it takes effect at once."""
        if self.opened is None or not self.may_change():
            return
        dialog = ConsentDialog(self.opened.case, person, self.window())
        dialog.decided.connect(self.desk.change)
        self.present(dialog)

    def _person(self, case: Case, person: Person) -> QFrame:
        held = standing(case.consent_events, person.id)
        act = button(
            tr("Record a decision…"),
            lambda: self.record(person),
            name=tr("Record a decision of {person}", person=_named(person)),
        )
        self.record_buttons[person.id] = act
        lines: list[QWidget] = []
        if person.age_years is not None and person.age_years < ADULT_YEARS:
            lines.append(self._minor(held.values()))
        elif any(event.guardian for event in held.values()):
            lines.append(self._once_minor(person))
        if self._stated(case, person) is not None and not held:
            lines.append(
                label(
                    tr(
                        "Stated when the case was opened, without date or document. "
                        "Record the decisions to keep them with the case."
                    ),
                    "muted",
                    wrap=True,
                )
            )
        lines += [self._scope(case, person, scope, held.get(scope)) for scope in Scope]
        title = f"{_named(person)} ({self._role(case, person)})"
        return card(column(*lines, space="s"), title=title, aside=act)

    def _role(self, case: Case, person: Person) -> str:
        if person.id == case.proband:
            return tr("patient")
        if self._partner is not None and person.id == self._partner.id:
            return tr("partner")
        return tr("relative")

    def _stated(self, case: Case, person: Person) -> Consent | None:
        """What was stated without a dated decision, where somebody was asked that way."""
        if person.id == case.proband:
            return case.consent
        partner = case.partner is not None and self._partner is not None and person.id == self._partner.id
        return case.partner.consent if partner and case.partner is not None else None

    def _scope(self, case: Case, person: Person, scope: Scope, event: ConsentEvent | None) -> QWidget:
        if event is not None:
            mark = badge(decision_words(event.decision), _TONE[event.decision.value])
            parts = [event.date, event.document, event.guardian and tr("by {name}", name=event.guardian)]
            detail = joined(" · ", (part for part in parts if part))
        elif (stated := self._stated(case, person)) is not None and (
            person.id == case.proband or stated.allows(scope)
        ):
            allowed = stated.allows(scope)
            mark = badge(tr("stated") if allowed else tr("not given"), "accent" if allowed else "neutral")
            detail = ""
        else:
            mark, detail = badge(tr("not asked"), "neutral"), ""
        words = scope_words(scope)
        name = label(words[:1].upper() + words[1:])  # the rest as it is: nouns are capitals in German
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        effect = ""
        if person.id == case.proband:
            held = event is None or event.decision is Decision.GIVEN
            effect = effect_words(scope, allowed=held and case.consent.allows(scope))
        said = label(joined("\n", (part for part in (detail, effect) if part)), "muted", wrap=True)
        name.setMinimumWidth(name.fontMetrics().averageCharWidth() * _NAME_LETTERS)
        line = columns(box(row(name, mark, None)), said, least=_LEAST_CELL, gap_below="xs")
        line.setAccessibleName(f"{name.text()}: {mark.text()} {detail}".strip())
        return line

    def _minor(self, events: object) -> QWidget:
        guardian = any(event.guardian for event in events)  # type: ignore[attr-defined]
        text = (
            tr("A minor: a guardian decided. Ask again when of age.")
            if guardian
            else tr(
                "A minor: a guardian decides, and adult-onset and carrier findings are usually left "
                "until the child can choose (ACMG and AAP 2013, doi 10.1038/gim.2013.13)."
            )
        )
        return box(row(badge(tr("Minor"), "warning"), label(text, "muted", wrap=True), space="m"))

    def _once_minor(self, person: Person) -> QWidget:
        text = (
            tr("A guardian decided. If this person is of age and can decide, ask again.")
            if person.age_years is None
            else tr("A guardian decided and this person is of age: ask again, unless they cannot decide.")
        )
        return box(row(badge(tr("Guardian"), "warning"), label(text, "muted", wrap=True), space="m"))

    def _history(self, case: Case) -> QFrame:
        events = case.consent_events
        if not events:
            empty = label(tr("No decision has been recorded yet."), "muted")
            return card(empty, title=tr("Every decision recorded"))
        names = {person.id: _named(person) for person in (*case.persons, *_people(case))}
        heads = (tr("Date"), tr("Person"), tr("Scope"), tr("Decision"), tr("Document"), tr("Recorded by"))
        table = QTableWidget(len(events), len(heads))
        table.setAccessibleName(tr("Every decision recorded"))
        table.setHorizontalHeaderLabels(list(heads))
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        for at, event in enumerate(reversed(events)):
            cells = (
                event.date,
                names.get(event.person, event.person),
                scope_words(event.scope),
                _said(event, events),
                event.document or "–",
                event.recorded_by or "–",
            )
            for column_, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(at, column_, item)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_DOCUMENT, QHeaderView.ResizeMode.Stretch)
        table.setFixedHeight(min(320, 44 + 34 * len(events)))
        return card(table, title=tr("Every decision recorded"))


def _people(case: Case) -> list[Person]:
    """The proband first, then the relatives whose samples are in the file, then the partner."""
    known = [case.index, *(p for p in case.persons if p.id != case.proband and p.sample is not None)]
    partner = partner_person(case)
    return known if partner is None or partner in known else [*known, partner]


def _said(event: ConsentEvent, events: tuple[ConsentEvent, ...]) -> str:
    """The decision; of an entry that takes another back, which one."""
    undone = next((one for one in events if one.mark == event.annuls), None)
    if event.decision is not Decision.UNDONE or undone is None:
        return decision_words(event.decision)
    return tr("undone: {decision} of {date}", decision=decision_words(undone.decision), date=undone.date)


def _named(person: Person) -> str:
    return person.name or person.id
