"""Files that were opened before: each can be opened or taken off the list; missing ones are shown as such."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.basics import badge, button, column, label
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.flow import flowing


class RecentFiles(QWidget):
    """``open_wanted`` and ``forget_wanted`` carry the path."""

    open_wanted = Signal(object)
    forget_wanted = Signal(object)

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self.paths = tuple(paths)
        self.openers: dict[Path, QPushButton] = {}
        self.marks: dict[Path, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for path in self.paths:
            layout.addWidget(self._line(path))

    def show_missing(self, missing: frozenset[Path]) -> None:
        """Mark the files that are not where they were; they come back when the medium is connected."""
        for path in self.paths:
            gone = path in missing
            self.marks[path].setVisible(gone)
            self.openers[path].setEnabled(not gone)

    def _line(self, path: Path) -> QWidget:
        opener = button(path.name, lambda: self.open_wanted.emit(path), kind="quiet")
        opener.setToolTip(str(path))
        mark = badge(tr("not found"), "warning")
        mark.setToolTip(tr("Moved, deleted, or on a medium that is not connected."))
        mark.hide()
        self.openers[path], self.marks[path] = opener, mark
        folder = label(str(path.parent), "caption", wrap=True)
        words = QWidget()
        words.setLayout(column(flowing(opener, mark), folder, space="xs"))
        forget = button(
            tr("Remove"),
            lambda: self.forget_wanted.emit(path),
            kind="quiet",
            name=tr("Remove {name} from the list", name=path.name),
        )
        return beside(words, forget)


def missing_files(paths: Sequence[Path], context: Context) -> frozenset[Path]:
    """Those that are not there; asking a folder of the network can take seconds, so a worker does it."""
    found = set()
    for path in paths:
        context.check()
        try:
            there = path.is_file()
        except OSError:
            there = False
        if not there:
            found.add(path)
    return frozenset(found)
