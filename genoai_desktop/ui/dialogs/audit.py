"""The audit trail: who did what when, whether the chain is whole, a filter, and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from genoai_desktop.cases.audit import Entry
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import text_field
from genoai_desktop.ui.dialogs.frame import Row, StoreDialog, allow, filled, local_time, table, wide
from genoai_desktop.ui.in_turn import InTurn
from genoai_desktop.ui.widgets.basics import button, column, label, restyle, row
from genoai_desktop.ui.widgets.saved import say_saved
from genoai_desktop.ui.widgets.table_tools import TableTools
from genoai_desktop.ui.widgets.typed import no_loss
from genoai_desktop.ui.widgets.vacancy import Vacancy

MOST_SHOWN = 2_000
"""Rows; the newest. The filter looks at all."""
_LOOKED_AT_ONCE = 500
"""Entries between two turns of the window."""


class AuditDialog(StoreDialog):
    """Entries hold identifiers only: random ones of cases, names of users, never of patients."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(desk, parent, tr("Audit trail"))
        self.resize(860, 520)
        self._entries: tuple[Any, ...] = ()
        self._filling = InTurn(self)
        self.state = label(tr("Checking the chain…"), "muted", wrap=True)
        self.finder = text_field(tr("Filter"), tr("user, case identifier or words"))
        self.finder.setClearButtonEnabled(True)
        no_loss(self.finder)
        self.finder.textChanged.connect(lambda _text: self._filter())
        self.act = QComboBox()
        self.act.setAccessibleName(tr("Kind of event"))
        self.act.addItem(tr("Every kind of event"), "")
        self.act.currentIndexChanged.connect(lambda _index: self._filter())
        headers = (tr("No."), tr("Time"), tr("User"), tr("Event"), tr("Case"), tr("Details"))
        self.table = table(tr("Audit entries"), headers)
        wide(self.table, (70, 140, 100, 150, 160), desk.theme.scale)
        TableTools(self.table, "audit", desk.settings).restore(desk.theme.scale)
        self.vacancy = Vacancy(self.table, tr("Checking the chain…"))
        self.export_button = button(tr("Export what is shown…"), self._export)
        book = desk.vault.casebook
        administers = book is not None and book.may_administer
        allow(self.export_button, administers, tr("Only administrators may do this."))
        buttons = row(self.export_button, None, button(tr("Close"), self.accept))
        self.setLayout(
            column(
                self.banner,
                self.state,
                row(self.finder, self.act),
                self.table,
                buttons,
                space="m",
                margins=True,
            )
        )
        self.work(
            lambda book, context: (book.audit(), book.audit_problems(context)),
            self._show,
            unread=self._unread,
        )

    @property
    def shown(self) -> list[Any]:
        """Entries that the filter lets by, newest first."""
        fits = self._fits()
        return [entry for entry in reversed(self._entries) if fits(entry)]

    def _fits(self) -> Callable[[Any], bool]:
        words, act = self.finder.text().casefold().split(), self.act.currentData()
        return lambda entry: (
            act in ("", entry.act) and (not words or all(word in _sought(entry) for word in words))
        )

    def _show(self, found: tuple[tuple[Any, ...], list[str]]) -> None:
        self._entries, problems = found
        for act in sorted({entry.act for entry in self._entries}):
            self.act.addItem(act_words(act), act)
        if problems:
            words = tr("The chain was tampered with: {problems}", problems=joined("; ", problems[:5]))
            self.banner.say(
                "error",
                tr(
                    "This audit trail cannot be relied on. Leave the store as it is, tell whoever answers "
                    "for data protection, and compare it with a backup from before."
                ),
            )
        else:
            words = tr(
                "{count} entries. The chain is whole and its end is signed: nothing was edited, inserted "
                "or cut off.",
                count=len(self._entries),
            )
        self._say(words, "danger" if problems else "success")
        self._filter()

    def _unread(self) -> None:
        self._say(tr("It is not known whether the chain is whole."), "danger")
        for made in (self.finder, self.act, self.export_button):
            made.setEnabled(False)
        self.vacancy.say(tr("The list could not be read. The reason is above."))

    def _say(self, words: str, tone: str) -> None:
        self.state.setText(words)
        self.state.setAccessibleName(words)
        restyle(self.state, "tone", tone)

    def _filter(self) -> None:
        self.vacancy.say(tr("No entry fits. Take a word out of the filter."))
        self._filling.start(filled(self.table, self._rows()))

    def _rows(self) -> Iterator[Row | None]:
        """Those that fit, newest first; a trail of years is looked through in steps."""
        fits, count = self._fits(), 0
        for looked, entry in enumerate(reversed(self._entries)):
            if looked % _LOOKED_AT_ONCE == 0:
                yield None
            if fits(entry):
                count += 1
                yield entry.number, _texts(entry)
            if count == MOST_SHOWN:
                return

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export the audit trail"), "audit.csv", "CSV (*.csv)")
        if name:
            self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write the entries shown, oldest first."""
        entries = self.shown[::-1]
        self.ask(
            lambda book: book.export_audit(entries, path),
            lambda _: say_saved(self.banner, tr("{count} entries were written.", count=len(entries)), path),
        )


def _texts(entry: Any) -> tuple[str, ...]:
    time, what = local_time(entry.time), act_words(entry.act)
    return f"{entry.number:>7}", time, entry.user, what, entry.case, _detail_words(entry)


def act_words(act: str) -> str:
    """An event in the window's language; the store and its export keep the English word."""
    return {
        "opened store": tr("opened store"),
        "viewed": tr("viewed"),
        "changed": tr("changed"),
        "analysed": tr("analysed"),
        "exported": tr("exported"),
        "signed": tr("signed"),
        "consent changed": tr("consent changed"),
        "deleted": tr("deleted"),
        "user changed": tr("user changed"),
        "wrong passphrase": tr("wrong passphrase"),
        "locked": tr("locked"),
        "unlocked": tr("unlocked"),
        "attachment changed": tr("attachment changed"),
        "backed up": tr("backed up"),
        "restored": tr("restored"),
        "setting changed": tr("setting changed"),
    }.get(act, act)


def _detail_words(entry: Entry) -> str:
    """The name of a setting in words; every other detail as the chain has it."""
    if entry.act != "setting changed":
        return entry.detail
    return {
        "letterhead": tr("letterhead"),
        "letter texts": tr("the clinic's own wording"),
        "lock minutes": tr("time until locking"),
    }.get(entry.detail, entry.detail)


def _sought(entry: Entry) -> str:
    """What the search looks through."""
    said = act_words(entry.act), _detail_words(entry)
    parts = (entry.user, entry.act, entry.case, entry.detail, entry.time, *said)
    return " ".join(parts).casefold()
