"""What a prescriber states about the patient: what doses and cautions need."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.patient import ANCESTRY_GROUPS, RANGES, PatientContext
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.dialogs.fields import OLDEST, form_layout, text_field
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import button, card, column, label, row

_FIGURES = ("weight_kg", "height_cm", "egfr", "target_inr")
_ANSWERS = ("pregnant", "breastfeeding", "smoker")


class PatientContextDialog(TypingDialog):
    """``edited`` is the case with what was stated, once accepted. An empty field means: not stated."""

    def __init__(
        self, theme: Theme, parent: QWidget | None, case: Case, acting: tuple[str, ...] = ()
    ) -> None:
        super().__init__(parent)
        self._case = case
        self.setWindowTitle(tr("Patient data for medicines"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(520)
        self.banner = Banner(theme)
        self.names = field_names()
        self.age = text_field(self.names["age_years"], tr("optional: 0 to {oldest}", oldest=f"{OLDEST:g}"))
        self.sex = _box(
            self.names["sex"],
            (
                (Sex.UNKNOWN.value, tr("not stated")),
                (Sex.FEMALE.value, tr("female")),
                (Sex.MALE.value, tr("male")),
            ),
        )
        self.figures: dict[str, QLineEdit] = {
            name: text_field(
                self.names[name],
                tr("optional: {low} to {high}", low=f"{RANGES[name][0]:g}", high=f"{RANGES[name][1]:g}"),
            )
            for name in _FIGURES
        }
        self.answers = {
            name: _box(self.names[name], (("", tr("not stated")), ("yes", tr("yes")), ("no", tr("no"))))
            for name in _ANSWERS
        }
        self.ancestry = _box(self.names["ancestry"], tuple((g, _group(g)) for g in ANCESTRY_GROUPS))
        self._lay_out(acting)
        self._prefill(case)
        self.age.setFocus()

    def edited(self) -> Case:
        """The case as stated here.

        Raises:
            UserError: a field that cannot be used; ``where`` is its name as the form shows it.
        """
        age = self._number("age_years", self.age, 0.0, OLDEST)
        figures = {name: self._number(name, field, *RANGES[name]) for name, field in self.figures.items()}
        said = {
            name: {"yes": True, "no": False}.get(str(b.currentData())) for name, b in self.answers.items()
        }
        sex = Sex(str(self.sex.currentData()))
        if sex is Sex.MALE and said["pregnant"]:
            raise _refused(self.names["pregnant"], tr("A pregnancy does not fit the stated sex."))
        context = PatientContext(
            weight_kg=figures["weight_kg"],
            height_cm=figures["height_cm"],
            egfr=figures["egfr"],
            target_inr=figures["target_inr"],
            pregnant=said["pregnant"],
            breastfeeding=said["breastfeeding"],
            smoker=said["smoker"],
            ancestry=str(self.ancestry.currentData()),
        )
        persons = tuple(
            replace(p, age_years=age, sex=sex) if p.id == self._case.proband else p
            for p in self._case.persons
        )
        return replace(self._case, persons=persons, patient=context)

    def accept(self) -> None:
        """Close when everything typed can be used; name the field otherwise, and go there."""
        try:
            self.edited()
        except UserError as error:
            self.banner.explain(error)
            for name, words in self.names.items():
                if words == error.where:
                    self._field(name).setFocus()
            return
        super().accept()

    def _field(self, name: str) -> QWidget:
        named: dict[str, QWidget] = {**self.figures, **self.answers, "age_years": self.age, "sex": self.sex}
        return named.get(name, self.ancestry)

    def _number(self, name: str, field: QLineEdit, low: float, high: float) -> float | None:
        text = field.text().strip().replace(",", ".")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise _refused(
                self.names[name], tr("“{text}” is not a number.", text=field.text().strip())
            ) from None
        if not low <= value <= high:
            raise _refused(
                self.names[name],
                tr("The value must lie between {low} and {high}.", low=f"{low:g}", high=f"{high:g}"),
            )
        return value

    def _lay_out(self, acting: tuple[str, ...]) -> None:
        person, doses = form_layout(), form_layout()
        for name, field in (
            ("age_years", self.age),
            ("sex", self.sex),
            ("weight_kg", self.figures["weight_kg"]),
            ("height_cm", self.figures["height_cm"]),
            ("pregnant", self.answers["pregnant"]),
            ("breastfeeding", self.answers["breastfeeding"]),
            ("egfr", self.figures["egfr"]),
            ("smoker", self.answers["smoker"]),
        ):
            person.addRow(self.names[name], field)
        doses.addRow(self.names["target_inr"], self.figures["target_inr"])
        doses.addRow(self.names["ancestry"], self.ancestry)
        why = tr(
            "The warfarin equations were fitted with these groups, and some labels name them; the answer is "
            "used for these alone, as the patient states it. Amiodarone, enzyme inducers and the like are "
            "read from the medicines taken: {names}.",
            names=joined(", ", acting) or tr("none is listed"),
        )
        save = button(tr("Apply and calculate again"), self.accept, kind="primary")
        save.setDefault(True)
        lead = tr("Empty means: nobody stated it. Nothing is assumed for an empty field.")
        self.setLayout(
            column(
                label(self.windowTitle(), "heading", wrap=True),
                label(lead, "muted", wrap=True),
                self.banner,
                card(person),
                card(doses, label(why, "caption", wrap=True), title=tr("For warfarin and some labels")),
                row(None, button(tr("Cancel"), self.reject), save),
                margins=True,
                space="m",
            )
        )

    def _prefill(self, case: Case) -> None:
        person, patient = case.index, case.patient
        self.age.setText("" if person.age_years is None else f"{person.age_years:g}")
        self.sex.setCurrentIndex(self.sex.findData(person.sex.value))
        for name, field in self.figures.items():
            value = getattr(patient, name)
            field.setText("" if value is None else f"{value:g}")
        for name, answer in self.answers.items():
            said = getattr(patient, name)
            answer.setCurrentIndex(answer.findData("" if said is None else "yes" if said else "no"))
        self.ancestry.setCurrentIndex(self.ancestry.findData(patient.ancestry))


def field_names() -> dict[str, str]:
    """Field of the case, as the form calls it."""
    return {
        "age_years": tr("Age (years)"),
        "sex": tr("Sex"),
        "weight_kg": tr("Weight (kg)"),
        "height_cm": tr("Height (cm)"),
        "pregnant": tr("Pregnant"),
        "breastfeeding": tr("Breastfeeding"),
        "egfr": tr("Kidney function, eGFR (mL/min/1.73 m²)"),
        "smoker": tr("Smoker"),
        "target_inr": tr("Target INR"),
        "ancestry": tr("Ancestry group"),
    }


def _group(group: str) -> str:
    return {
        "White": tr("White"),
        "Asian": tr("Asian"),
        "Black or African American": tr("Black or African American"),
        "Unknown": tr("not stated, or mixed"),
    }.get(group, group)


def _box(name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in choices:
        made.addItem(words, value)
    return made


def _refused(field: str, what: str) -> UserError:
    return UserError(what, where=field, remedy=tr("Correct it, or leave it empty."), code="patient.range")
