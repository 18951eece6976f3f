"""The filter waterfall: how many variants came in, and how many each step removed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.rare import FilterStep
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import box, clear, column, label, row
from genoai_desktop.ui.widgets.figures import Bar


class Waterfall(QWidget):
    """A bar per step; words and numbers say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self.setAccessibleName(tr("Filter waterfall"))

    def show_steps(self, total: int, steps: Sequence[FilterStep]) -> None:
        """``total`` variants entered the first step."""
        clear(self._layout)
        self._layout.addWidget(self._line(tr("In the file"), total, 0, total))
        for step in steps:
            left = step.entered - step.removed
            self._layout.addWidget(self._line(step.label, left, step.removed, total))

    def _line(self, name: str, left: int, removed: int, total: int) -> QWidget:
        gone = f"−{written(removed)}" if removed else ""
        said = tr(
            "{name}: {left} left, {removed} removed", name=name, left=f"{left:,}", removed=f"{removed:,}"
        )
        bar = Bar(self._theme, left / total if total else 0.0, said)
        numbers = row(label(written(left)), None, label(gone, "muted"))
        return box(column(label(name, "caption", wrap=True), numbers, bar, space="xs"))
