"""Fields of the open dialog: text, age, build, and files with a button to choose them."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QSpinBox

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import button, row

FASTA = "FASTA (*.fa *.fasta *.fna *.fa.gz *.fasta.gz *.fna.gz)"
"""Filter of a file dialog."""

OLDEST = 120.0
"""Years; an age above it is taken for a slip of the keyboard."""


def form_layout() -> QFormLayout:
    """Captions beside their fields; a field goes below its caption where the line is too short for both."""
    made = QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    made.setVerticalSpacing(SPACE["s"])
    made.setHorizontalSpacing(SPACE["l"])
    return made


def text_field(name: str, hint: str = "") -> QLineEdit:
    """A line to type in, with a name for screen readers."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def number_field(name: str, least: int, most: int, unit: str = "") -> QSpinBox:
    """A whole number with its unit; its words stand as far from the frame as those of a text field."""
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(least, most)
    made.setSuffix(unit)
    made.lineEdit().setTextMargins(SPACE["s"], 0, SPACE["s"], 0)
    return made


def path_of(field: QLineEdit) -> Path | None:
    """The path typed or chosen, None where the field is empty."""
    text = field.text().strip()
    return Path(text) if text else None


def existing(field: QLineEdit) -> Path | None:
    """Like ``path_of``; UserError when there is no such file."""
    path = path_of(field)
    if path is not None and not path.is_file():
        raise UserError(
            tr("{field}: there is no such file.", field=field.accessibleName()),
            remedy=tr("Choose the file again, or leave the field empty."),
            code="dialog.no-file",
        )
    return path


def age_of(field: QLineEdit) -> float | None:
    """Years, 0 to 120, with a point or a comma; None where nothing was typed. UserError otherwise."""
    text = field.text().strip().replace(",", ".")
    if not text:
        return None
    try:
        years = float(text)
    except ValueError:
        years = -1.0
    if not 0.0 <= years <= OLDEST:
        raise UserError(
            tr("The age must be a number of years between 0 and {oldest}.", oldest=int(OLDEST)),
            remedy=tr("Correct it, or leave the field empty when the age is not known."),
            code="dialog.age",
        )
    return years


def build_box() -> QComboBox:
    """Which reference build the file is on; what the file says unless a person knows better."""
    made = QComboBox()
    made.setAccessibleName(tr("Reference build of the file"))
    made.addItem(tr("as the file says"), "")
    for build in Build:
        made.addItem(str(build), build.value)
    return made


def build_of(box: QComboBox) -> Build | None:
    """The build chosen, None for what the file says."""
    value = box.currentData()
    return Build(value) if value else None


def with_button(field: QLineEdit, title: str, kinds: str) -> QHBoxLayout:
    """``field`` and a button that fills it with a chosen file. ``kinds``: a filter of the file dialog."""

    def choose() -> None:
        filters = kinds + ";;" + tr("All files (*)")
        name, _ = QFileDialog.getOpenFileName(field.window(), title, "", filters)
        if name:
            field.setText(name)

    made = button(tr("Choose…"), choose, name=title)
    field.setProperty("chooser", made)
    return row(field, made)
