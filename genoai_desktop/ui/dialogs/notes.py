"""Status and notes of the case in view; they stay in the store and are never exported."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QComboBox, QListWidget, QPlainTextEdit, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.frame import allow
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.vacancy import Vacancy


class NotesDialog(TypingDialog):
    """Saving is one step of undo."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        from genoai_desktop.app.casebook import Dossier, Status

        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(tr("Status and notes"))
        self.setAccessibleName(self.windowTitle())
        self.resize(560, 440)
        self._session = desk.session
        dossier = desk.session.stored.dossier if desk.session is not None else Dossier()
        self.status = QComboBox()
        self.status.setAccessibleName(tr("Status of the case"))
        names = (tr("open"), tr("in review"), tr("signed"), tr("closed"))
        for status, name in zip(Status, names, strict=True):
            self.status.addItem(name, status)
        self.status.setCurrentIndex(list(Status).index(dossier.status))
        self.notes = QListWidget()
        self.notes.setAccessibleName(tr("Notes on this case"))
        self.notes.setWordWrap(True)
        for note in dossier.notes:
            self.notes.addItem(f"{note.time[:16].replace('T', ' ')}  {note.user}\n{note.text}")
        Vacancy(self.notes, tr("No note yet. Write the first one below."))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("New note"))
        self.text.setPlaceholderText(tr("New note"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(90)
        may_edit = desk.vault.may_edit
        kept = tr("Kept encrypted with the case; in no report or export.")
        hint = label(kept if may_edit else tr("Reviewers may not change cases."), "caption", wrap=True)
        self.accept_button = button(tr("Keep"), self.accept, kind="primary")
        for made in (self.status, self.text, self.accept_button):
            allow(made, may_edit)
        self.setLayout(
            column(
                row(label(tr("Status")), self.status, None),
                self.notes,
                self.text,
                hint,
                row(None, button(tr("Cancel"), self.reject), self.accept_button),
                space="m",
                margins=True,
            )
        )

    def accept(self) -> None:
        """Keep status and note."""
        from dataclasses import replace

        from genoai_desktop.app.casebook import Note, Status

        session = self._session
        if session is not None:
            dossier = replace(session.stored.dossier, status=Status(self.status.currentData()))
            if text := self.text.toPlainText().strip():
                book = self.desk.vault.casebook
                now = datetime.now().astimezone().isoformat(timespec="seconds")
                note = Note(text, book.user if book is not None else "", now)
                dossier = replace(dossier, notes=(*dossier.notes, note))
            if dossier != session.stored.dossier:
                self.desk.dossier_wanted.emit(session, dossier)
        super().accept()
