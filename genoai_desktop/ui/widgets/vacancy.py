"""What a list or table says while it has nothing to show, and what to do about it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView

from genoai_desktop.domain.text import shown
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import label


class Vacancy(QObject):
    """Words in the middle of ``view`` as long as no row of it is in view; screen readers hear them too."""

    def __init__(self, view: QAbstractItemView, text: str) -> None:
        super().__init__(view)
        self._view = view
        self.words = label(text, "muted", wrap=True)
        self.words.setParent(view.viewport())
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        model = view.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.layoutChanged):
            changed.connect(self.look)
        view.viewport().installEventFilter(self)
        self.look()

    def say(self, text: str) -> None:
        """Other words from now on."""
        self.words.setText(shown(text))
        self.words.setAccessibleName(shown(text))
        self.look()

    def look(self) -> None:
        """Is there anything to see? Hidden rows are not."""
        if not shiboken6.isValid(self._view):
            return  # the model goes after its view
        empty = not any(not self._hidden(row) for row in range(self._view.model().rowCount()))
        self.words.setVisible(empty)
        self._view.setAccessibleDescription(self.words.text() if empty else "")
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The view has another size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _hidden(self, row: int) -> bool:
        view = self._view
        return view.isRowHidden(row) if isinstance(view, QListView | QTableView) else False

    def _place(self) -> None:
        self.words.setGeometry(self._view.viewport().rect().adjusted(SPACE["s"], 0, -SPACE["s"], 0))
