"""The ledger: every variant that was judged, across cases, and what newer knowledge says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.ledger_changes import LedgerChanges
from genoai_desktop.ui.widgets.ledger_table import LedgerTable

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.ledger import LedgerRow
    from genoai_desktop.app.casebook.news import CheckState
    from genoai_desktop.app.casebook.recheck import Overview
    from genoai_desktop.app.request import OpenCase


class LedgerPage(Page):
    """Needs an unlocked store, not an open case. It holds nothing that is not in the store."""

    id = "ledger"
    icon = "ledger"
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.checker = Runner(desk.pool, self)
        self.checker.progress.connect(self._progress)
        self.changes = LedgerChanges(desk.settings, self.may_copy)
        self.table = LedgerTable(desk.settings, self.may_copy)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.name())
        self.tabs.addTab(self.changes, tr("Which cases changed"))
        self.tabs.addTab(self.table, tr("All variants"))
        self.body.addWidget(self.tabs)
        self.changes.check_wanted.connect(self.check)
        self.changes.stop_wanted.connect(self.stop)
        self.changes.seen_wanted.connect(self.mark_seen)
        self.changes.compare_wanted.connect(desk.compare_wanted.emit)
        self.table.export_wanted.connect(self.export)
        for part in (self.changes, self.table):
            part.open_wanted.connect(desk.stored_wanted.emit)
        desk.cases_changed.connect(self.invalidate)
        desk.knowledge_changed.connect(self.invalidate)
        desk.check_now.connect(self.check)
        desk.vault.left.connect(self._leave)

    def name(self) -> str:
        """The title."""
        return tr("Ledger")

    def refresh(self) -> None:
        """Read the store anew when something changed."""
        if not self._stale:
            return
        self._stale = False
        book, services = self.desk.vault.casebook, self.desk.services
        self.subtitle.setText(
            tr(
                "Every variant of the leading candidates and of every finding, as it was judged, and what "
                "the knowledge of now says of it."
            )
        )
        if book is None:
            self.show_empty(
                tr("This needs an unlocked case store"),
                tr("The ledger lists the variants of the cases in the store. Set one up in the menu Store."),
                tr("Set up a case store…"),
                lambda: self.desk.action_wanted.emit("set_up_store"),
                icon="lock",
            )
            return
        if self.table.model.rows == [] and not self.checker.busy:
            self.show_loading(tr("Reading the stored cases"))

        def read(context: Context) -> tuple[Sequence[LedgerRow], Overview]:
            listing, overseeing = shares(context, 1, 1)
            return services.ledger_rows(book, listing), services.ledger_overview(book, overseeing)

        self.run(read, done=self._show, failed=self._unread, key="read")

    def find_field(self) -> QWidget | None:
        """Of the list of all variants."""
        return self.table.finder

    def check(self, how: str) -> None:
        """Hold the knowledge of now against every stored case, in a worker."""
        book, services = self.desk.vault.casebook, self.desk.services
        if book is None:
            return
        self.banner.hide()
        self.tabs.setCurrentWidget(self.changes)
        self.show_body()
        self.changes.show_progress(tr("Checking the stored cases"), 0.0)
        self.checker.run(
            lambda context: services.check_cases(book, how, context),
            done=self._checked,
            failed=self._trouble,
            key="check",
        )

    def stop(self) -> None:
        """Stop the check; what was done is kept, and said to be incomplete."""
        self.checker.cancel_all()
        self.changes.rest()
        self.banner.say("info", tr("The check was stopped. The cases that were reached are listed."))
        self.invalidate()

    def mark_seen(self, uid: str) -> None:
        """A person has read what changed in a case."""
        from genoai_desktop.app.casebook.news import mark_seen

        self.desk.vault.run(
            lambda book: mark_seen(book, uid),
            done=lambda _: self.invalidate(),
            failed=self.banner.explain,
        )

    def export(self, rows: Sequence[LedgerRow], path: Path) -> None:
        """Write rows as CSV; the audit chain says so first."""
        from genoai_desktop.app.casebook.ledger import export_ledger

        self.desk.vault.run(
            lambda book: export_ledger(book, rows, path),
            done=lambda count: self.banner.say(
                "success",
                tr(
                    "{count} rows were written. Names are given only of patients who want to hear.",
                    count=count,
                ),
            ),
            failed=self.banner.explain,
        )

    def _show(self, found: tuple[Sequence[LedgerRow], Overview]) -> None:
        if self.isHidden():  # turned away meanwhile: rows of all cases are held only in view
            self._stale = True
            return
        rows, overview = found
        if not rows and not overview.changed:
            self.show_empty(
                tr("Nothing is in the ledger yet"),
                tr(
                    "Variants are entered when a case is analysed and saved. Cases that were saved by an "
                    "earlier program are entered when they are opened again."
                ),
                tr("Case list"),
                lambda: self.desk.page_wanted.emit("cases"),
            )
            return
        self.show_body()
        self.table.widen(self.desk.theme.scale)
        self.changes.widen(self.desk.theme.scale)
        self.table.show_rows(rows)
        self.changes.show_overview(overview, not self.checker.busy)
        unseen = sum(case.news.unseen for case in overview.changed)
        title = tr("Which cases changed")
        self.tabs.setTabText(0, f"{title} ({unseen})" if unseen else title)

    def _checked(self, _state: CheckState) -> None:
        self.changes.rest()
        self.desk.cases_changed.emit()

    def _progress(self, text: str, fraction: float) -> None:
        self.changes.show_progress(text, fraction)

    def _unread(self, error: Exception) -> None:
        if self.table.model.rows or self.checker.busy:
            self._trouble(error)
        else:
            self.show_failed(error, self.invalidate)

    def _trouble(self, error: Exception) -> None:
        self.changes.rest()
        self.show_body()
        self.banner.explain(error)

    def _case_changed(self, _opened: OpenCase | None) -> None:
        """What is open makes no difference here, and a check goes on."""

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of view it holds nothing: the rows of all cases grow with the store, and are read again."""
        super().hideEvent(event)
        if not event.spontaneous() and self.table.model.rows:
            self.table.put_down()
            self._stale = True

    def _leave(self) -> None:
        """The store is locked or closed: nothing goes on with it."""
        self.checker.cancel_all()
        self.runner.cancel_all()
