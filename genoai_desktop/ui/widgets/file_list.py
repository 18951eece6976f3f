"""Several files: a list with add and remove, onto which files can be dropped."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.vacancy import Vacancy

_ROLE = 0x0100


class FileList(QWidget):
    """Paths of existing files, each once, in the order in which they were added."""

    changed = Signal()

    def __init__(self, name: str, hint: str, kinds: str, endings: Sequence[str]) -> None:
        super().__init__()
        self._name, self._kinds, self._endings = name, kinds, tuple(endings)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFixedHeight(64)
        Vacancy(self.list, tr("None. Add a file, or drop it here."))
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        self.add_button = button(tr("Add…"), self._choose, name=tr("Add a file to {name}", name=name))
        self.remove_button = button(
            tr("Remove"), self.remove_chosen, name=tr("Remove a file from {name}", name=name)
        )
        for made in (self.add_button, self.remove_button):
            made.setMinimumWidth(max(88, made.fontMetrics().horizontalAdvance(made.text()) + 36))
        QShortcut(QKeySequence.StandardKey.Delete, self.list, self.remove_chosen)
        buttons = column(self.add_button, self.remove_button, None, space="xs")
        lines = row(self.list, buttons)
        lines.setStretch(0, 1)
        self.setLayout(column(lines, label(hint, "caption", wrap=True), space="xs"))
        self.setAcceptDrops(True)
        self._offer()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, in order."""
        return tuple(self.list.item(i).data(_ROLE) for i in range(self.list.count()))

    def add(self, paths: Sequence[Path]) -> None:
        """Put files on the list; one that is there already stays where it is."""
        fresh = [path for path in dict.fromkeys(paths) if path not in self.paths]
        for path in fresh:
            item = QListWidgetItem(path.name)
            item.setData(_ROLE, path)
            item.setToolTip(str(path))
            self.list.addItem(item)
        if fresh:
            self.list.setCurrentRow(self.list.count() - 1)
            self._offer()
            self.changed.emit()

    def remove_chosen(self) -> None:
        """Take the chosen file off the list."""
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._offer()
            self.changed.emit()

    def fits(self, path: Path) -> bool:
        """Whether the name ends like the files that belong here."""
        return path.name.lower().endswith(self._endings)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of the right kind may be dropped."""
        if any(self.fits(path) for path in dropped(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.add([path for path in dropped(event) if self.fits(path)])
        event.acceptProposedAction()

    def _choose(self) -> None:
        filters = self._kinds + ";;" + tr("All files (*)")
        names, _ = QFileDialog.getOpenFileNames(self.window(), self._name, "", filters)
        self.add([Path(name) for name in names])

    def _offer(self) -> None:
        self.remove_button.setEnabled(self.list.currentRow() >= 0)


def dropped(event: QDropEvent) -> list[Path]:
    """The local files that an event carries."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
