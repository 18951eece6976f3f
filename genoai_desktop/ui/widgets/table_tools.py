"""What every large table can do: choose, move and size columns (kept), sort and copy by keyboard, a menu.

Widths are kept as they are at the normal text size; nothing of a table's content is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from genoai_desktop.domain.text import tr

_KEY = "tables"
_KEEP_AFTER_MS = 400
"""After the last change of a width: dragging one changes it at every pixel."""

_STEP = 24
"""Device-independent pixels by which a column gets wider or narrower with the keyboard."""
_LEAST = 40

Extra = Callable[[QModelIndex], Iterable[tuple[str, Callable[[], Any]]]]


def copying(view: QAbstractItemView, may_leave: Callable[[], bool]) -> QAction:
    """Ctrl+C of a list: Qt's own would put the entry on the clipboard without asking ``may_leave``."""

    def copy() -> None:
        index = view.currentIndex()
        if index.isValid() and may_leave():
            QGuiApplication.clipboard().setText(str(index.data() or ""))

    made = QAction(tr("Copy"), view)
    made.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    made.triggered.connect(copy)
    view.addAction(made)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return made


class TableTools(QObject):
    """Belongs to ``view``. ``name`` is the table's in the settings.

    ``may_leave`` is asked before anything goes to the clipboard; ``extra`` gives further entries of the menu
    for a cell. ``fit`` puts the usual widths back.
    """

    def __init__(
        self,
        view: QTableView,
        name: str,
        settings: QSettings | None = None,
        *,
        may_leave: Callable[[], bool] = lambda: True,
        extra: Extra = lambda _index: (),
        fit: Callable[[], Any] = lambda: None,
    ) -> None:
        super().__init__(view)
        self.view, self._name, self._settings = view, name, settings
        self._may_leave, self._extra, self._fit = may_leave, extra, fit
        self._scale, self._quiet = 100, False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEEP_AFTER_MS)
        self._pause.timeout.connect(self._keep)
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_columns)
        header.sectionResized.connect(self._changed)
        header.sectionMoved.connect(self._changed)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open)
        self.copy_cell = self._action(tr("Copy the cell"), "Ctrl+C", self._copy_cell)
        self.copy_row = self._action(tr("Copy the row"), "Ctrl+Shift+C", self._copy_row)
        self.column_ways = (
            self._action(tr("Make wider"), "Alt+Shift+Right", lambda: self._of_column(self.widen, _STEP)),
            self._action(tr("Make narrower"), "Alt+Shift+Left", lambda: self._of_column(self.widen, -_STEP)),
            self._action(tr("As wide as its words"), "Alt+Shift+W", lambda: self._of_column(self.fit_words)),
            self._action(tr("Further left"), "Alt+Shift+Up", lambda: self._of_column(self.move, -1)),
            self._action(tr("Further right"), "Alt+Shift+Down", lambda: self._of_column(self.move, 1)),
        )
        """What the mouse does at the heads of the columns, for the column of the current cell."""

    def restore(self, scale: int) -> bool:
        """Columns as a person left them, for a text size in per cent; False where nobody changed any."""
        self._scale = scale
        kept = self._kept()
        header, count = self.view.horizontalHeader(), self.view.model().columnCount()
        if not kept or len(kept.get("order", ())) != count:
            return False
        self._quiet = True
        for place, column in enumerate(kept["order"]):
            header.moveSection(header.visualIndex(column), place)
        for column in range(count):
            self.view.setColumnHidden(column, column in kept["hidden"])
            width = kept["widths"].get(str(column))
            if width:
                self.view.setColumnWidth(column, width * scale // 100)
        self._quiet = False
        return True

    def widen(self, column: int, by: int) -> None:
        """``by`` so many device-independent pixels at the normal text size; never narrower than its head."""
        header = self.view.horizontalHeader()
        least = max(header.minimumSectionSize(), _LEAST * self._scale // 100)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.view.setColumnWidth(column, max(least, self.view.columnWidth(column) + by * self._scale // 100))
        self._keep()

    def fit_words(self, column: int) -> None:
        """As wide as the longest cell and the head of the column."""
        self.view.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.view.resizeColumnToContents(column)
        self._keep()

    def move(self, column: int, by: int) -> None:
        """So many places to the right, or to the left when negative, past columns that are hidden."""
        header = self.view.horizontalHeader()
        place = header.visualIndex(column) + by
        while 0 <= place < header.count() and self.view.isColumnHidden(header.logicalIndex(place)):
            place += by
        if 0 <= place < header.count():
            header.moveSection(header.visualIndex(column), place)
            self._keep()

    def _of_column(self, act: Callable[..., None], *arguments: int) -> None:
        """Of the current cell; the first column in view where there is none."""
        header, index = self.view.horizontalHeader(), self.view.currentIndex()
        order = (header.logicalIndex(place) for place in range(header.count()))
        first = next(column for column in order if not self.view.isColumnHidden(column))
        act(index.column() if index.isValid() else first, *arguments)

    def show_column(self, column: int, shown: bool) -> None:
        """Show or hide a column; one always stays."""
        count = self.view.model().columnCount()
        left = [one for one in range(count) if one != column and not self.view.isColumnHidden(one)]
        if shown or left:
            self.view.setColumnHidden(column, not shown)
            self._keep()

    def usual(self) -> None:
        """All columns, in their own order and widths."""
        if self._settings is not None:
            self._settings.remove(f"{_KEY}/{self._name}")
        header = self.view.horizontalHeader()
        self._quiet = True
        for column in range(self.view.model().columnCount()):
            header.moveSection(header.visualIndex(column), column)
            self.view.setColumnHidden(column, False)
        self._quiet = False
        self._fit()

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        """As a click on the head of the column does."""
        self.view.horizontalHeader().setSortIndicator(column, order)

    def menu(self, index: QModelIndex) -> QMenu:
        """The menu of a cell: what can be done with it, sorting by its column, and the columns."""
        made = QMenu(self.view)
        made.setAccessibleName(tr("Menu of the table"))
        if index.isValid():
            for words, act in self._extra(index):
                made.addAction(words, act)
            made.addAction(self.copy_cell)
            made.addAction(self.copy_row)
            made.addSeparator()
            title = self._title(index.column())
            ways = (
                (tr("Sort by {column}, ascending", column=title), Qt.SortOrder.AscendingOrder),
                (tr("Sort by {column}, descending", column=title), Qt.SortOrder.DescendingOrder),
            )
            for words, order in ways:
                made.addAction(words, partial(self.sort, index.column(), order))
        made.addSeparator()
        if index.isValid():
            made.addMenu(self.column_menu(index.column(), made))
        made.addMenu(self.columns_menu(made))
        return made

    def column_menu(self, column: int, parent: QMenu | None = None) -> QMenu:
        """Width and place of one column, as the mouse changes them at its head."""
        title = tr("Column {name}", name=self._title(column))
        made = QMenu(title, parent or self.view)
        made.setAccessibleName(title)
        made.addActions(self.column_ways)
        made.addAction(tr("Hide"), partial(self.show_column, column, False))
        return made

    def columns_menu(self, parent: QMenu | None = None) -> QMenu:
        """Which columns are shown."""
        made = QMenu(tr("Columns"), parent or self.view)
        made.setAccessibleName(tr("Columns"))
        for column in range(self.view.model().columnCount()):
            action = made.addAction(self._title(column))
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(column))
            action.toggled.connect(partial(self.show_column, column))
        made.addSeparator()
        made.addAction(tr("Usual columns and widths"), self.usual)
        return made

    def _title(self, column: int) -> str:
        heads = self.view.model()
        return str(heads.headerData(column, Qt.Orientation.Horizontal) or column + 1)

    def _action(self, words: str, keys: str, act: Callable[[], None]) -> QAction:
        made = QAction(words, self.view)
        made.setShortcut(QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(act)
        self.view.addAction(made)
        return made

    def _copy_cell(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self._copy(str(index.data() or ""))

    def _copy_row(self) -> None:
        """Cells in view, in their order, as spreadsheets take them."""
        index, header = self.view.currentIndex(), self.view.horizontalHeader()
        if index.isValid():
            order = (header.logicalIndex(place) for place in range(header.count()))
            shown = (column for column in order if not self.view.isColumnHidden(column))
            self._copy("\t".join(str(index.siblingAtColumn(column).data() or "") for column in shown))

    def _copy(self, text: str) -> None:
        if self._may_leave():
            QGuiApplication.clipboard().setText(text)

    def _open(self, place: QPoint) -> None:
        self.menu(self.view.indexAt(place)).popup(self.view.viewport().mapToGlobal(place))

    def _open_columns(self, place: QPoint) -> None:
        """At the head of a column: its own width first, for it and not for the current cell's column."""
        header = self.view.horizontalHeader()
        made, column = self.columns_menu(), header.logicalIndexAt(place)
        if column >= 0:
            first = made.actions()[0]
            for words, act in (
                (tr("Make wider"), partial(self.widen, column, _STEP)),
                (tr("Make narrower"), partial(self.widen, column, -_STEP)),
                (tr("As wide as its words"), partial(self.fit_words, column)),
            ):
                action = QAction(words, made)
                action.triggered.connect(act)
                made.insertAction(first, action)
            made.insertSeparator(first)
        made.popup(header.mapToGlobal(place))

    def _changed(self, *_: int) -> None:
        pressed = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if not self._quiet and pressed:
            self._pause.start()

    def _keep(self) -> None:
        if self._settings is None:
            return
        header, count = self.view.horizontalHeader(), self.view.model().columnCount()
        kept = {
            "order": [header.logicalIndex(place) for place in range(count)],
            "hidden": [column for column in range(count) if self.view.isColumnHidden(column)],
            "widths": {
                str(column): self.view.columnWidth(column) * 100 // self._scale
                for column in range(count)
                if not self.view.isColumnHidden(column)
            },
        }
        self._settings.setValue(f"{_KEY}/{self._name}", json.dumps(kept))

    def _kept(self) -> dict[str, Any]:
        if self._settings is None:
            return {}
        try:
            kept = json.loads(str(self._settings.value(f"{_KEY}/{self._name}", "{}")))
        except ValueError:
            return {}
        sound = isinstance(kept, dict) and {"order", "hidden", "widths"} <= kept.keys()
        return kept if sound and sorted(kept["order"]) == list(range(len(kept["order"]))) else {}
