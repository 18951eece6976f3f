"""The patient's medicines at a glance; a field to try or to add another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QWidget

from genoai_desktop.domain.case import Case, Medicine, Sex
from genoai_desktop.domain.pgx import Concern
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, card, clear, column, label, row
from genoai_desktop.ui.widgets.flow import FlowLayout, flowing
from genoai_desktop.ui.widgets.medicine_marks import concern_mark, concern_words

if TYPE_CHECKING:
    from genoai_desktop.app.medicines import MedicineView

CHIP = 34
"""Height of a medicine's chip."""
_PAUSE = 120
"""Milliseconds after the last key before what was typed is tried."""


def _gravest(medicine: Medicine, concerns: Mapping[str, Concern]) -> Concern:
    """The most serious of what is said about the medicines that a name stands for."""
    return concerns.get(_shown_as(medicine, concerns), Concern.UNKNOWN)


def _shown_as(medicine: Medicine, concerns: Mapping[str, Concern]) -> str:
    """The name in the list below under which the most serious of it stands."""
    order = list(Concern)
    return min(
        sorted(listed_as(medicine.name)), key=lambda drug: order.index(concerns.get(drug, Concern.UNKNOWN))
    )


class MedicineBar(QWidget):
    """Says what a person wants; the page does it."""

    typed = Signal(str)
    added = Signal(str, bool)
    """Name, and whether the medicine is only planned."""
    drug_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("What if? Type a medicine to see the advice at once"))
        self.field.setAccessibleName(tr("Medicine to try or to add"))
        self.field.setClearButtonEnabled(True)
        self.plan = button(tr("Add as planned"), lambda: self._add(True), kind="primary")
        self.take = button(tr("Add as taken"), lambda: self._add(False))
        self._chips = FlowLayout("s")
        self.alert = Banner(theme)
        self.alert.close_button.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.typed.emit(self.text))
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(self._try_now)
        self._assemble()
        self._changed()

    @property
    def text(self) -> str:
        """What is typed."""
        return " ".join(self.field.text().split())

    def offer(self, names: Sequence[str]) -> None:
        """Complete what is typed from these names."""
        completer = QCompleter(list(names), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(tr("Medicines that fit what was typed"))
        self.field.setCompleter(completer)

    def show_case(self, case: Case, views: Sequence[MedicineView]) -> None:
        """The medicines of the case, each with the mark of its concern."""
        concerns = {view.drug: view.entry.concern for view in views}
        clear(self._chips)
        for medicine in case.medicines:
            self._chips.addWidget(self._chip(medicine, concerns))
        self._warn(case.medicines, concerns)
        if not case.medicines:
            self._chips.addWidget(label(tr("None is listed yet."), "muted"))

    def forget(self) -> None:
        """Show nothing of any case."""
        clear(self._chips)
        self.alert.say("info", "")
        self.alert.hide()

    def _warn(self, medicines: Sequence[Medicine], concerns: dict[str, Concern]) -> None:
        """Say in words which of the patient's own medicines ask for another one, or another dose."""
        said = []
        for concern in (Concern.AVOID, Concern.ADJUST):
            names = [one.name for one in medicines if _gravest(one, concerns) is concern]
            if names:
                said.append(f"{concern_words(concern)}: {joined(', ', names)}")
        avoid = any(_gravest(one, concerns) is Concern.AVOID for one in medicines)
        self.alert.setVisible(bool(said))
        if said:
            self.alert.say("error" if avoid else "warning", joined(" · ", said))

    def _chip(self, medicine: Medicine, concerns: dict[str, Concern]) -> QWidget:
        name = medicine.name
        concern = _gravest(medicine, concerns)
        words = tr("{drug}, planned", drug=name) if medicine.planned else name
        spoken = tr("Show {drug}: {concern}", drug=words, concern=concern_words(concern))
        shown = button(
            words, partial(self.drug_wanted.emit, _shown_as(medicine, concerns)), kind="quiet", name=spoken
        )
        parts: list[QWidget] = [concern_mark(self._theme, concern, 18), shown]
        inner = row(*parts)
        inner.setContentsMargins(SPACE["s"], 2, SPACE["m"], 2)
        made = QFrame()
        made.setProperty("card", True)
        made.setLayout(inner)
        made.setAccessibleName(name)
        return made

    def _assemble(self) -> None:
        entry = row(self.field, flowing(self.plan, self.take))
        entry.setStretch(0, 1)
        title = label(tr("Medicines of this patient"), "strong")
        title.setMinimumHeight(CHIP)
        chips = row(title, box(self._chips), space="l")
        chips.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        chips.setStretch(1, 1)
        layout = column(card(chips, self.alert, entry))
        self.setLayout(layout)

    def _changed(self, _text: str = "") -> None:
        some = len(self.text) >= 2
        self.plan.setEnabled(some)
        self.take.setEnabled(some)
        self._pause.start()

    def _try_now(self) -> None:
        self._pause.stop()
        self.typed.emit(self.text)

    def _add(self, planned: bool) -> None:
        if self.text:
            self.added.emit(self.text, planned)


def patient_words(case: Case) -> str:
    """What is stated of the patient, in one line; what nobody stated is said as well."""
    person, patient = case.index, case.patient
    stated = [
        tr("{age} years", age=f"{person.age_years:g}") if person.age_years is not None else "",
        {Sex.FEMALE: tr("female"), Sex.MALE: tr("male")}.get(person.sex, ""),
        tr("{weight} kg", weight=f"{patient.weight_kg:g}") if patient.weight_kg is not None else "",
        tr("{height} cm", height=f"{patient.height_cm:g}") if patient.height_cm is not None else "",
        tr("pregnant") if patient.pregnant else "",
        tr("breastfeeding") if patient.breastfeeding else "",
        tr("smoker") if patient.smoker else "",
        tr("eGFR {value}", value=f"{patient.egfr:g}") if patient.egfr is not None else "",
        tr("INR target {value}", value=f"{patient.target_inr:g}") if patient.target_inr is not None else "",
    ]
    missing = [
        words
        for words, value in (
            (tr("age"), person.age_years),
            (tr("weight"), patient.weight_kg),
            (tr("height"), patient.height_cm),
            (tr("pregnancy"), patient.pregnant if person.sex is not Sex.MALE else False),
        )
        if value is None
    ]
    text = joined(", ", (part for part in stated if part))
    if missing:
        text = joined(
            " · ", (part for part in (text, tr("not stated: {names}", names=", ".join(missing))) if part)
        )
    return text
