"""What the breast cancer models ask beyond the pedigree."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from genoai_desktop.domain.breast import PARTS, BreastFactors
from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.dialogs.fields import form_layout, text_field
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, card, checkbox, column, label, row


class BreastFactorsDialog(TypingDialog):
    """``answered`` carries the case with the answers. What is left empty counts as not known."""

    answered = Signal(object)

    def __init__(self, case: Case, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case = case
        self.setWindowTitle(tr("Breast cancer factors"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(560)
        self.banner = Banner(theme)
        self.population = QComboBox()
        for code, words in populations():
            self.population.addItem(words, code)
        self.menarche = text_field(tr("Age at menarche"), tr("years, 7 to 25; empty: not known"))
        self.births = _three(tr("Live births"), tr("has given birth"), tr("no live birth"))
        self.first_birth = text_field(tr("Age at first live birth"), tr("years, 10 to 60; empty: not known"))
        self.biopsies = text_field(tr("Number of breast biopsies"), tr("0 to 30; empty: not known"))
        self.hyperplasia = _three(tr("Atypical hyperplasia in a biopsy"), tr("yes"), tr("no"))
        self.parts = {part: checkbox(words) for part, words in part_words()}
        self.accept_button = button(tr("Use these answers"), self.accept, kind="primary")
        self.remove_button = button(tr("Remove the answers"), self.remove, kind="quiet")
        self._assemble()
        self._prefill(case.breast or BreastFactors())

    def factors(self) -> BreastFactors:
        """The answers.

        Raises:
            UserError: an answer that cannot be; ``where`` is the field's name.
        """
        births = self.births.currentData()
        try:
            return BreastFactors(
                population=int(self.population.currentData()),
                menarche=whole(self.menarche),
                first_birth=whole(self.first_birth),
                childless=None if births is None else not births,
                biopsies=whole(self.biopsies),
                hyperplasia=self.hyperplasia.currentData(),
                switched_off=tuple(part for part, tick in self.parts.items() if not tick.isChecked()),
            )
        except UserError as error:
            field = getattr(self, str(error.where), None)
            name = field.accessibleName() if isinstance(field, QWidget) else str(error.where)
            raise UserError(error.what, where=name, remedy=error.remedy, code=error.code) from error

    def accept(self) -> None:
        """Close when every answer can be; else say which cannot."""
        try:
            factors = self.factors()
        except UserError as error:
            self.banner.explain(error)
            return
        super().accept()
        self.answered.emit(replace(self._case, breast=factors))

    def remove(self) -> None:
        """Forget the answers: the models are not run any more."""
        super().accept()
        self.answered.emit(replace(self._case, breast=None))

    def _assemble(self) -> None:
        form = form_layout()
        self.population.setAccessibleName(tr("Population group of the tables"))
        fields: tuple[QWidget, ...] = (
            self.population,
            self.menarche,
            self.births,
            self.first_birth,
            self.biopsies,
            self.hyperplasia,
        )
        for field in fields:
            form.addRow(field.accessibleName(), field)
        hint = tr(
            "Relatives with breast or ovarian cancer come from the pedigree. The tables are for women of 20 "
            "to 90 years without breast cancer; the group decides which of them is used, nothing else."
        )
        parts = card(*self.parts.values(), title=tr("Parts of the combined chance"))
        buttons = row(self.remove_button, None, button(tr("Cancel"), self.reject), self.accept_button)
        head = label(self.windowTitle(), "heading", wrap=True)
        self.setLayout(
            column(
                head, self.banner, label(hint, "muted", wrap=True), box(form),
                parts, buttons, space="l", margins=True,
            )
        )  # fmt: skip
        self._warn()

    def _warn(self) -> None:
        person = self._case.index
        if person.sex is not Sex.FEMALE:
            self.banner.say("warning", tr("The models are for women; the sex of this person says otherwise."))
        elif person.age_years is None:
            self.banner.say("warning", tr("The age is not stated: without it no chance can be given."))

    def _prefill(self, known: BreastFactors) -> None:
        self.population.setCurrentIndex(self.population.findData(known.population))
        for field, value in (
            (self.menarche, known.menarche),
            (self.first_birth, known.first_birth),
            (self.biopsies, known.biopsies),
        ):
            field.setText("" if value is None else str(value))
        born = None if known.childless is None else not known.childless
        _choose(self.births, True if born is None and known.first_birth is not None else born)
        _choose(self.hyperplasia, known.hyperplasia)
        for part, tick in self.parts.items():
            tick.setChecked(part not in known.switched_off)
        self.remove_button.setVisible(self._case.breast is not None)


def whole(field: QLineEdit) -> int | None:
    """A whole number, None where nothing was typed. UserError otherwise, with the field's name."""
    text = field.text().strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise UserError(
            tr("A whole number is needed."),
            where=field.accessibleName(),
            remedy=tr("Correct this field, or leave it empty when it is not known."),
            code="risk.out-of-range",
        )
    return int(text)


def _three(name: str, yes: str, no: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for words, value in ((tr("not known"), None), (yes, True), (no, False)):
        made.addItem(words, value)
    return made


def _choose(made: QComboBox, value: bool | None) -> None:
    made.setCurrentIndex({None: 0, True: 1, False: 2}[value])


def part_words() -> tuple[tuple[str, str], ...]:
    """The parts of the combined chance by name."""
    words = {
        "lifestyle": tr("Family and reproductive history (Gail)"),
        "monogenic": tr("BRCA1 and BRCA2"),
        "polygenic": tr("Polygenic score"),
    }
    return tuple((part, words[part]) for part in PARTS)


def populations() -> tuple[tuple[int, str], ...]:
    """Codes of BCRA 2.1.2 with their groups, as that model names them."""
    return (
        (4, tr("Other or not known (rates of White women)")),
        (1, tr("White")),
        (2, tr("African American")),
        (3, tr("Hispanic, born in the United States")),
        (5, tr("Hispanic, born elsewhere")),
        (6, tr("Chinese American")),
        (7, tr("Japanese American")),
        (8, tr("Filipino American")),
        (9, tr("Hawaiian")),
        (10, tr("Other Pacific Islander")),
        (11, tr("Other Asian American")),
    )
