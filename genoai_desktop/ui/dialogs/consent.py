"""Record one person's decision on one or several scopes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from genoai_desktop.domain.case import Case, Person, Scope
from genoai_desktop.domain.consent import DECISIONS, ConsentEvent, Decision, in_force
from genoai_desktop.domain.consent_case import decided, overruled, partner_person
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.dialogs.fields import form_layout
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.basics import box, button, card, checkbox, column, label, row


class ConsentDialog(TypingDialog):
    """``decided`` carries the case with the decision in force."""

    decided = Signal(object)

    def __init__(self, case: Case, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._person = case, person
        self.setWindowTitle(tr("Record a decision"))
        self.setMinimumWidth(520)
        self.scopes = {scope: checkbox(words) for scope, words in scope_choices()}
        self.decision = QComboBox()
        for decision in DECISIONS:
            self.decision.addItem(decision_words(decision), decision)
        self.day = QLineEdit(date.today().isoformat())
        self.document, self.guardian, self.by = QLineEdit(), QLineEdit(), QLineEdit()
        self.problem = label("", wrap=True, tone="danger")
        self.problem.hide()
        self._warned = ""
        self.accept_button = button(tr("Record"), self._accept, kind="primary")
        self._assemble()

    def _assemble(self) -> None:
        form = form_layout()
        fields: list[tuple[str, QWidget]] = [
            (tr("Decision"), self.decision),
            (tr("Date (year-month-day)"), self.day),
            (tr("Document"), self.document),
            (tr("Recorded by"), self.by),
        ]
        fields.append((tr("Guardian, if one decided"), self.guardian))
        for name, field in fields:
            field.setAccessibleName(name)
            form.addRow(name, field)
        self.document.setPlaceholderText(tr("Name or number of the signed form"))
        buttons = row(None, button(tr("Cancel"), self.reject), self.accept_button)
        who = label(tr("Decision of {person}", person=self._person.name or self._person.id), "heading")
        what = card(column(*self.scopes.values(), space="xs"), title=tr("Concerning"))
        self.setLayout(column(who, what, box(form), self.problem, buttons, space="l", margins=True))

    def _accept(self) -> None:
        chosen = [scope for scope, check in self.scopes.items() if check.isChecked()]
        if not chosen:
            self._explain(tr("Choose at least one scope."))
            return
        events = [
            ConsentEvent(
                person=self._person.id,
                scope=scope,
                decision=Decision(self.decision.currentData()),
                date=self.day.text().strip(),
                document=self.document.text().strip(),
                recorded_by=self.by.text().strip(),
                guardian=self.guardian.text().strip(),
            )
            for scope in chosen
        ]
        try:
            case = decided(self._case, self._kept(chosen) + events, date.today())
        except UserError as error:
            self._explain(f"{error.what} {error.remedy}".strip())
            return
        if not self._has_effect(case, events):
            return
        self.accept()
        self.decided.emit(case)

    def _has_effect(self, case: Case, events: list[ConsentEvent]) -> bool:
        """A refusal that a later consent outdates is recorded only when asked for twice."""
        words = dict(scope_choices())
        later = sorted({(words[one.scope].partition(":")[0], one.date) for one in overruled(case, events)})
        if not later:
            return True
        text = tr(
            "This would change nothing: a consent of a later date holds ({list}). Enter the day of the "
            "decision that holds now, or press Record again to keep this one as history.",
            list=joined(", ", (f"{name}, {day}" for name, day in later)),
        )
        if text == self._warned:
            return True
        self._warned = text
        self._explain(text)
        return False

    def _kept(self, chosen: list[Scope]) -> list[ConsentEvent]:
        """What was stated at opening, as events, so that a first decision on one scope drops no other."""
        case, person = self._case, self._person
        partner = partner_person(case)
        if any(e.person == person.id for e in in_force(case.consent_events)):
            return []
        if person.id == case.proband:
            before = case.consent
        elif case.partner is not None and partner is not None and person.id == partner.id:
            before = case.partner.consent
        else:
            return []
        day = min(self.day.text().strip(), date.today().isoformat())
        stated = tr("stated when the case was opened")
        return [
            ConsentEvent(person.id, scope, Decision.GIVEN, day, stated)
            for scope in Scope
            if before.allows(scope) and scope not in chosen
        ]

    def _explain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setAccessibleName(text)
        self.problem.show()


def decision_words(decision: Decision) -> str:
    """A decision as people say it."""
    return {
        Decision.GIVEN: tr("given"),
        Decision.DECLINED: tr("declined"),
        Decision.WITHDRAWN: tr("withdrawn"),
        Decision.UNDONE: tr("undone"),
    }[decision]


def scope_choices() -> tuple[tuple[Scope, str], ...]:
    """Every scope with what it means, in the order of a consent form."""
    return (
        (Scope.PRIMARY, tr("Primary findings: the reason for the test")),
        (Scope.SECONDARY, tr("Secondary findings: medically actionable genes")),
        (Scope.CARRIER, tr("Carrier findings: chances for children")),
        (Scope.PGX, tr("Medicines: how genes change their effect")),
        (Scope.POLYGENIC, tr("Polygenic scores")),
        (Scope.RESEARCH, tr("Research sharing")),
        (Scope.RECONTACT, tr("Contact again when knowledge changes")),
    )
