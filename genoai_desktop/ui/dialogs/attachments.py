"""Files kept with a case, encrypted in the store: add, write out, remove."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.frame import StoreDialog, allow, fill, local_time, selected, sure, table, wide
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.saved import say_saved
from genoai_desktop.ui.widgets.table_tools import TableTools
from genoai_desktop.ui.widgets.vacancy import Vacancy


class AttachmentsDialog(StoreDialog):
    """The attachments of one case."""

    def __init__(self, desk: Desk, parent: QWidget | None, uid: str) -> None:
        super().__init__(desk, parent, tr("Attachments"))
        self.resize(680, 420)
        self._uid = uid
        self._names: dict[str, str] = {}
        self.table = table(tr("Attachments of this case"), (tr("Name"), tr("Size"), tr("Added"), tr("By")))
        wide(self.table, (270, 90, 160), desk.theme.scale)
        self.table.itemSelectionChanged.connect(self._enable)
        TableTools(self.table, "attachments", desk.settings).restore(desk.theme.scale)
        self.vacancy = Vacancy(self.table, tr("Reading the list…"))
        self.add_button = button(tr("Add a file…"), self._choose, kind="primary")
        self.export_button = button(tr("Save a copy…"), self._export)
        self.remove_button = button(tr("Remove…"), self._remove)
        self.hint = label(
            tr("Copies are kept encrypted in the store. A copy that you save elsewhere is readable."),
            "muted",
            wrap=True,
        )
        buttons = row(
            self.add_button, self.export_button, self.remove_button, None, button(tr("Close"), self.accept)
        )
        self.setLayout(column(self.banner, self.hint, self.table, self.job, buttons, space="m", margins=True))
        self._enable()
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        uid = self._uid
        self.ask(lambda book: book.attachments(uid), self._show, key="list", unread=self._unread)

    def add(self, path: Path) -> None:
        """Keep a copy of this file."""
        uid = self._uid
        self.work(lambda book, context: book.attach(uid, path, context), lambda _: self.refresh(), key="add")

    def _unread(self) -> None:
        self.vacancy.say(tr("The list could not be read. The reason is above."))

    def _show(self, found: tuple[Any, ...]) -> None:
        self.vacancy.say(tr("No file is kept with this case yet. Add the first one below."))
        self._names = {item.attachment_id: item.name for item in found}
        fill(
            self.table,
            (
                (item.attachment_id, (item.name, _size(item.size), local_time(item.added), item.user))
                for item in found
            ),
        )
        self._enable()

    def _enable(self) -> None:
        chosen = selected(self.table) is not None
        may_edit = self.desk.vault.may_edit
        allow(self.add_button, may_edit)
        allow(self.remove_button, may_edit)
        self.export_button.setEnabled(chosen)
        self.remove_button.setEnabled(chosen and may_edit)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a file to keep with the case"))
        if name:
            self.add(Path(name))

    def _export(self) -> None:
        chosen, uid = selected(self.table), self._uid
        name, _ = QFileDialog.getSaveFileName(self, tr("Save a copy"), self._names.get(chosen, ""))
        if name:
            self.work(
                lambda book, context: book.export_attachment(uid, chosen, Path(name), context),
                lambda _: say_saved(self.banner, tr("The copy was written."), Path(name)),
            )

    def _remove(self) -> None:
        chosen = selected(self.table)
        text = tr("{name} is removed from the case for good.", name=self._names.get(chosen, ""))
        if sure(self, tr("Remove attachment"), text, tr("Remove")):
            self.work(lambda book, context: book.detach(chosen, context), lambda _: self.refresh())


def _size(count: int) -> str:
    """In the unit that leaves one to three digits before the point."""
    if count < 1000:
        return tr("{count} bytes", count=count)
    large = count >= 100_000
    return f"{written(count / (1_000_000 if large else 1000), '.1f')} {'MB' if large else 'kB'}"
