"""The filters of the variant browser, with named sets of them."""

import json

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QComboBox, QInputDialog, QLineEdit, QWidget

from genoai_desktop.domain.numbers import Figure
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.viewmodels.browse import Filters, presets
from genoai_desktop.ui.widgets.basics import button, checkbox, column, label, row
from genoai_desktop.ui.widgets.flow import flowing

_KEY = "variants/filters"
_FREQUENCIES = (None, 0.05, 0.01, 0.001, 0.0001, 0.0)


class FilterPanel(QWidget):
    """``changed`` carries the new Filters."""

    changed = Signal(object)

    def __init__(self, settings: QSettings | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._quiet = False
        self.saved = QComboBox()
        self.saved.setAccessibleName(tr("Saved filters"))
        self.saved.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.saved.setMinimumContentsLength(14)  # the longest name would set the width of the panel
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Gene, rsID or position"))
        self.text.setAccessibleName(tr("Narrow the table"))
        self.text.setClearButtonEnabled(True)
        self.carried = checkbox(tr("Carried by the patient"))
        self.passing = checkbox(tr("Passed the laboratory's filter"))
        self.clinvar = checkbox(tr("Pathogenic in ClinVar"))
        self.keep = checkbox(tr("Never hide known pathogenic"))
        self.frequency = QComboBox()
        self.frequency.setAccessibleName(tr("Highest population frequency"))
        for value in _FREQUENCIES:
            self.frequency.addItem(tr("any") if value is None else Figure.of(f"≤ {value * 100:g} %"), value)
        self.impact = QComboBox()
        self.impact.setAccessibleName(tr("Least consequence"))
        for level, name in enumerate((tr("any"), tr("low or more"), tr("moderate or more"), tr("high"))):
            self.impact.addItem(name, level)
        self._assemble()
        self._list_saved()
        self.set(Filters())

    @property
    def filters(self) -> Filters:
        """As the controls stand."""
        return Filters(
            self.carried.isChecked(),
            self.passing.isChecked(),
            self.frequency.currentData(),
            int(self.impact.currentData()),
            self.clinvar.isChecked(),
            self.keep.isChecked(),
            self.text.text().strip(),
        )

    def set(self, filters: Filters) -> None:
        """Make the controls say ``filters``, and tell."""
        self._quiet = True
        self.carried.setChecked(filters.carried)
        self.passing.setChecked(filters.passing)
        self.clinvar.setChecked(filters.clinvar)
        self.keep.setChecked(filters.keep_pathogenic)
        self.impact.setCurrentIndex(filters.minimum_impact)
        self._set_frequency(filters.maximum_frequency)
        self.text.setText(filters.text)
        self._quiet = False
        self._tell()

    def clear(self) -> None:
        """Show everything in the file."""
        self.set(Filters(carried=False, keep_pathogenic=self.keep.isChecked()))

    @property
    def active(self) -> int:
        """How many filters hide something now."""
        now = self.filters
        parts = (now.carried, now.passing, now.maximum_frequency is not None, now.minimum_impact, now.clinvar)
        return sum(map(bool, (*parts, now.text)))

    def set_maximum_frequency(self, value: float | None) -> None:
        """Hide what is more frequent than ``value`` (0..1) in any population."""
        self._set_frequency(value)

    def save_as(self, name: str) -> None:
        """Keep the filters under a name; what was typed is not kept."""
        if self._settings is not None:
            kept = self._kept() | {name: self.filters.saved()}
            self._settings.setValue(_KEY, json.dumps(kept))
        self._list_saved()
        self.saved.setCurrentText(name)

    def _set_frequency(self, value: float | None) -> None:
        index = self.frequency.findData(value)
        if index < 0:
            self.frequency.addItem(Figure.of(f"≤ {(value or 0) * 100:g} %"), value)
            index = self.frequency.count() - 1
        self.frequency.setCurrentIndex(index)

    def _assemble(self) -> None:
        save = button(tr("Save these filters…"), self._ask_name, kind="quiet")
        clear = button(tr("Clear the filters"), self.clear, kind="quiet")
        for check in (self.carried, self.passing, self.clinvar, self.keep):
            check.toggled.connect(self._tell)
        self.frequency.currentIndexChanged.connect(self._tell)
        self.impact.currentIndexChanged.connect(self._tell)
        self.text.textChanged.connect(self._tell)
        self.saved.activated.connect(self._choose)
        layout = column(
            label(tr("Saved filters"), "caption"),
            self.saved,
            label(tr("Narrow the table"), "caption"),
            self.text,
            self.carried,
            self.passing,
            self.clinvar,
            self.keep,
            row(
                column(label(tr("Frequency"), "caption"), self.frequency, space="xs"),
                column(label(tr("Consequence"), "caption"), self.impact, space="xs"),
            ),
            flowing(save, clear, gap="m"),
        )
        self.setLayout(layout)

    def _tell(self, *_: object) -> None:
        if not self._quiet:
            self.changed.emit(self.filters)

    def _kept(self) -> dict[str, dict[str, object]]:
        raw = self._settings.value(_KEY, "{}") if self._settings is not None else "{}"
        try:
            kept = json.loads(str(raw))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _list_saved(self) -> None:
        self.saved.clear()
        for name, filters in presets().items():
            self.saved.addItem(name, filters)
        for name, stored in self._kept().items():
            self.saved.addItem(name, Filters.restore(stored))

    def _choose(self, index: int) -> None:
        self.set(self.saved.itemData(index))

    def _ask_name(self) -> None:
        name, sure = QInputDialog.getText(self, tr("Save these filters"), tr("Name"))
        if sure and name.strip():
            self.save_as(name.strip())
