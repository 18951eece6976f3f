"""The details of one person: a form that asks for one edit at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Diagnosis,
    Donor,
    Family,
    Gender,
    Member,
    Pregnancy,
    Union,
    Zygosity,
)
from genoai_desktop.domain.family_edit import (
    add_partner,
    clear_diagnosis,
    set_adopted,
    set_diagnosis,
    set_member,
    set_proband,
    set_sample,
    set_twins,
    set_union,
)
from genoai_desktop.domain.family_words import choice_words
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.dialogs.fields import text_field
from genoai_desktop.ui.pedigree.commands import new_condition
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import button, checkbox, fold, label, row
from genoai_desktop.ui.widgets.flow import flowing

LONGEST = 28
"""Letters of a condition's or relative's name beside a box."""
Edit = Callable[[Family], Family]


class DetailsPanel(QWidget):
    """Shows a member; ``wanted`` carries a function from the family to the edited one."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Details of the person"))
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._sheet: QWidget | None = None
        self._body = QVBoxLayout()
        self._filling = False
        self.samples: tuple[str, ...] = ()
        """Samples of the case's file."""
        self.first: QWidget | None = None
        self._shown: tuple[object, ...] = ()

    def show_member(self, family: Family, person: str, number: str) -> None:
        """Fill in a person; nothing is built again where nothing changed."""
        links = tuple(family.partners(person))
        ties = (family.unions, family.twins, links, family.proband, family.consultand, tuple(family.by_id))
        shown = (family.by_id[person], number, family.conditions, ties)
        if shown == self._shown:
            return
        self._shown = shown
        self._filling = True
        self._clean_sheet()
        member = family.by_id[person]
        self._body.addWidget(label(f"{number} {member.name}".strip(), "heading"))
        self._who(family, member)
        self._life(member)
        self._conditions(family, member)
        self._flags(member)
        self._kin(family, member)
        self._body.addStretch(1)
        self._fold()
        self._filling = False

    def _fold(self) -> None:
        """Large text in a narrow column: no check box is wider than what can be seen of the sheet."""
        seen = self.parentWidget()
        if seen is None or self._sheet is None:
            return
        for box in self._sheet.findChildren(QCheckBox):
            box.ensurePolished()
            fold(box, seen.width() - 2 * SPACE["m"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold anew where there is more room, or less."""
        super().resizeEvent(event)
        self._fold()

    def _clean_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()
            self._outer.removeWidget(self._sheet)
            self._sheet.deleteLater()
        self._sheet = QWidget()
        self._body = QVBoxLayout(self._sheet)
        self._body.setContentsMargins(SPACE["m"], SPACE["m"], SPACE["m"], SPACE["m"])
        self._body.setSpacing(SPACE["s"])
        self._outer.addWidget(self._sheet)

    def forget(self) -> None:
        """Fill in again at the next look, as after a refused edit."""
        self._shown = ()

    def ask(self, edit: Edit) -> None:
        """Ask for an edit, not while the form is being filled."""
        if not self._filling:
            self.wanted.emit(edit)

    def _form(self, title: str) -> QFormLayout:
        self._body.addWidget(label(title, "overline", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE["s"])
        form.setVerticalSpacing(SPACE["s"])
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._body.addLayout(form)
        return form

    def _row(self, form: QFormLayout, name: str, field: QWidget) -> None:
        caption = QLabel(name)
        caption.setProperty("role", "caption")
        caption.setBuddy(field)
        form.addRow(caption, field)

    def _who(self, family: Family, member: Member) -> None:
        form = self._form(tr("Person"))
        self.first = self._text(form, tr("Name"), member.name, "name", member.id)
        self._choice(form, tr("Sex at birth"), Sex, member.sex, "sex", member.id)
        if member.sex is Sex.UNKNOWN:
            self._flag(form, tr("no sex assigned at birth"), member.unassigned, "unassigned", member.id)
        self._choice(form, tr("Gender"), Gender, member.gender, "gender", member.id)
        proband = button(tr("Proband"), lambda: self.ask(lambda f: _role(f, "proband", member.id)))
        proband.setEnabled(family.proband != member.id)
        asks = button(tr("Consultand"), lambda: self.ask(lambda f: _role(f, "consultand", member.id)))
        asks.setEnabled(family.consultand != member.id)
        self._body.addWidget(flowing(proband, asks))

    def _life(self, member: Member) -> None:
        form = self._form(tr("Life"))
        self._whole(form, tr("Year of birth"), member.birth_year, "birth_year", member.id)
        self._decimal(form, tr("Age (years)"), member.age, "age", member.id)
        self._flag(form, tr("deceased"), member.deceased, "deceased", member.id)
        if member.deceased:
            self._whole(form, tr("Year of death"), member.death_year, "death_year", member.id)
            self._text(form, tr("Cause of death"), member.cause_of_death, "cause_of_death", member.id)
        self._choice(form, tr("Pregnancy"), Pregnancy, member.pregnancy, "pregnancy", member.id)
        if member.pregnancy is not Pregnancy.NO:
            self._decimal(form, tr("Gestation (weeks)"), member.gestation, "gestation", member.id)

    def _conditions(self, family: Family, member: Member) -> None:
        form = self._form(tr("Conditions, with age at onset"))
        for condition in family.conditions:
            diagnosis = member.onset(condition.id)
            box = checkbox(_short(condition.name))
            box.setAccessibleName(condition.name)
            box.setToolTip(condition.name)
            box.setChecked(diagnosis is not None)
            age = text_field(tr("Age at onset of {name}", name=condition.name), tr("age"))
            age.setMaximumWidth(64)
            age.setEnabled(diagnosis is not None)
            if diagnosis is not None and diagnosis.age is not None:
                age.setText(f"{diagnosis.age:g}")
            box.toggled.connect(self._toggler(member.id, condition.id))
            age.editingFinished.connect(self._ager(member.id, condition.id, age))
            form.addRow(box, age)
        fresh = text_field(tr("New condition"), tr("Add a condition…"))

        def add() -> None:
            words = fresh.text().strip()
            if words:
                fresh.clear()
                self.ask(lambda f: _diagnosed(new_condition(f, words), member.id))

        fresh.returnPressed.connect(add)
        self._body.addLayout(row(fresh, button(tr("Add"), add, name=tr("Add the condition"))))
        form = self._form(tr("Status"))
        self._flag(form, tr("known unaffected"), member.unaffected, "unaffected", member.id)

    def _toggler(self, person: str, condition: str) -> Callable[[bool], None]:
        def toggled(on: bool) -> None:
            if on:
                self.ask(lambda f: set_diagnosis(f, person, Diagnosis(condition)))
            else:
                self.ask(lambda f: clear_diagnosis(f, person, condition))

        return toggled

    def _ager(self, person: str, condition: str, field: QLineEdit) -> Callable[[], None]:
        def finished() -> None:
            def edit(family: Family) -> Family:
                return set_diagnosis(family, person, Diagnosis(condition, number_of(field)))

            self.ask(edit)

        return finished

    def _flags(self, member: Member) -> None:
        form = self._form(tr("More"))
        for name, words in (
            ("carrier", tr("carrier")),
            ("presymptomatic", tr("presymptomatic carrier")),
            ("evaluated", tr("documented evaluation")),
            ("surrogate", tr("gestational carrier")),
            ("history_unknown", tr("family history not known")),
            ("shares", tr("relatives may see this")),
        ):
            self._flag(form, words, getattr(member, name), name, member.id)
        self._choice(form, tr("Adopted"), Adoption, member.adopted, "adopted", member.id)
        self._choice(form, tr("Donor"), Donor, member.donor, "donor", member.id)
        self._choice(form, tr("No children"), Childless, member.childless, "childless", member.id)
        self._whole(form, tr("Count of people"), member.count, "count", member.id)
        self._sample(form, member)
        self._text(form, tr("Note"), member.note, "note", member.id)

    def _sample(self, form: QFormLayout, member: Member) -> None:
        """Which column of the file is this person's: one of those that are there."""
        made = QComboBox()
        made.setAccessibleName(tr("Sample"))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        made.addItem(tr("none"), None)
        for name in dict.fromkeys((*self.samples, *((member.sample,) if member.sample else ()))):
            made.addItem(name, name)
        made.setCurrentIndex(max(0, made.findData(member.sample)) if member.sample else 0)

        def chosen(_index: int) -> None:
            wanted = made.currentData()
            self.ask(lambda f: set_sample(f, member.id, wanted))

        made.activated.connect(chosen)
        self._row(form, tr("Sample"), made)

    def _kin(self, family: Family, member: Member) -> None:
        form = self._form(tr("Family ties"))
        for partner in family.partners(member.id):
            self._union(form, family, member.id, partner)
        others = QComboBox()
        others.setAccessibleName(tr("Partner who is in the pedigree already"))
        others.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        others.setMinimumContentsLength(12)
        others.addItem(tr("choose…"), "")
        for one in family.members:
            if one.id not in (member.id, *family.partners(member.id)) and not one.lost:
                others.addItem(one.name or one.id, one.id)

        def join(_index: int) -> None:
            other = others.currentData()
            if other:
                self.ask(lambda f: add_partner(f, member.id, other))

        others.activated.connect(join)
        self._row(form, tr("Join with"), others)
        siblings = family.siblings(member.id)
        if siblings:
            self._twins(form, family, member, siblings)

    def _union(self, form: QFormLayout, family: Family, person: str, partner: str) -> None:
        union = family.union_of(person, partner)
        name = family.by_id[partner].name or partner
        for field, words in (
            ("separated", tr("separated from {name}", name=name)),
            ("consanguineous", tr("blood relative of {name}", name=name)),
        ):
            box = checkbox(_short(words))
            box.setAccessibleName(words)
            box.setChecked(bool(union and getattr(union, field)))
            box.toggled.connect(
                lambda on, field=field: self.ask(lambda f: set_union(f, person, partner, **{field: on}))
            )
            form.addRow(box)
        if union is not None and union.consanguineous:
            self._related(form, union, person, name)

    def _related(self, form: QFormLayout, union: Union, person: str, name: str) -> None:
        """How blood relatives are related, where the pedigree does not show it."""
        made = text_field(tr("Related to {name} as", name=name), tr("third cousins"))
        made.setText(union.note)

        def finished() -> None:
            words, other = made.text().strip(), union.other(person)
            if words != union.note:
                self.ask(lambda f: set_union(f, person, other, note=words))

        made.editingFinished.connect(finished)
        self._row(form, tr("Related as"), made)

    def _twins(self, form: QFormLayout, family: Family, member: Member, siblings: tuple[str, ...]) -> None:
        twins = family.twins_of(member.id)
        chosen = QComboBox()
        chosen.setAccessibleName(tr("Twin of"))
        chosen.addItem(tr("nobody"), "")
        for one in siblings:
            chosen.addItem(family.by_id[one].name or one, one)
        other = next((one for one in twins.members if one != member.id), "") if twins else ""
        chosen.setCurrentIndex(max(0, chosen.findData(other)))
        kind = _combo(tr("Kind of twins"), Zygosity, twins.zygosity if twins else Zygosity.UNKNOWN)

        def changed(_index: int) -> None:
            twin, zygosity = chosen.currentData(), Zygosity(kind.currentData())
            rest = twins.members if twins and twin in twins.members else (member.id,)
            pair = (*rest, twin) if twin else (member.id,)
            self.ask(lambda f: set_twins(f, pair, zygosity if twin else None))

        chosen.activated.connect(changed)
        kind.activated.connect(changed)
        self._row(form, tr("Twin of"), chosen)
        self._row(form, tr("Kind of twins"), kind)

    def _text(self, form: QFormLayout, name: str, value: str, field: str, person: str) -> QLineEdit:
        made = text_field(name)
        made.setText(value)

        def finished() -> None:
            words = made.text().strip()
            if words != value:
                self.ask(lambda f: set_member(f, person, **{field: words}))

        made.editingFinished.connect(finished)
        self._row(form, name, made)
        return made

    def _whole(self, form: QFormLayout, name: str, value: int | None, field: str, person: str) -> None:
        def convert(made: QLineEdit) -> Any:
            found = number_of(made)
            return None if found is None else int(found)

        self._number(form, name, "" if value is None else str(value), field, person, convert)

    def _decimal(self, form: QFormLayout, name: str, value: float | None, field: str, person: str) -> None:
        self._number(form, name, "" if value is None else f"{value:g}", field, person, number_of)

    def _number(
        self,
        form: QFormLayout,
        name: str,
        value: str,
        field: str,
        person: str,
        convert: Callable[[QLineEdit], Any],
    ) -> None:
        made = text_field(name)
        made.setText(value)

        def edit(family: Family) -> Family:
            found = convert(made)
            return set_member(family, person, **{field: 1 if field == "count" and found is None else found})

        def finished() -> None:
            if made.text().strip() != value:
                self.ask(edit)

        made.editingFinished.connect(finished)
        self._row(form, name, made)

    def _flag(self, form: QFormLayout, words: str, on: bool, field: str, person: str) -> QCheckBox:
        made = checkbox(words)
        made.setChecked(on)
        made.toggled.connect(lambda now: self.ask(lambda f: set_member(f, person, **{field: now})))
        form.addRow(made)
        return made

    def _choice(
        self, form: QFormLayout, name: str, kind: type[StrEnum], value: StrEnum, field: str, person: str
    ) -> None:
        made = _combo(name, kind, value)

        def chosen(_index: int) -> None:
            wanted = kind(made.currentData())
            if isinstance(wanted, Adoption):
                self.ask(lambda f: set_adopted(f, person, wanted))
            else:
                self.ask(lambda f: set_member(f, person, **{field: wanted}))

        made.activated.connect(chosen)
        self._row(form, name, made)


def _short(words: str) -> str:
    """Short enough for the panel; the whole is in the name and the tooltip."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def number_of(field: QLineEdit) -> float | None:
    """A number with a point or a comma; None where nothing was typed.

    Raises:
        UserError: it is no number.
    """
    words = field.text().strip().replace(",", ".")
    if not words:
        return None
    try:
        return float(words)
    except ValueError:
        raise UserError(
            tr("{field}: a number is needed.", field=field.accessibleName()),
            remedy=tr("Type figures, or leave the field empty."),
            code="pedigree.number",
        ) from None


def _combo(name: str, kind: type[StrEnum], value: StrEnum) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    for one in kind:
        made.addItem(choice_words(one), one.value)
    made.setCurrentIndex(max(0, made.findData(value.value)))
    return made


def _role(family: Family, role: str, person: str) -> Family:
    return set_proband(family, person) if role == "proband" else replace(family, consultand=person)


def _diagnosed(family: Family, person: str) -> Family:
    return set_diagnosis(family, person, Diagnosis(family.conditions[-1].id))
