"""The case list: what is open, what the store keeps, what was open before, and how to open another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QLayout, QStackedWidget, QTableWidget, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.vocabulary import status_words, term
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import text_field
from genoai_desktop.ui.dialogs.frame import filled, local_time, selected, sure, table
from genoai_desktop.ui.in_turn import InTurn
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge, box, button, card, clear, column, facts, label, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.recent_files import RecentFiles, missing_files
from genoai_desktop.ui.widgets.table_tools import TableTools

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_PAUSE_MS = 200
_HEIGHT = 300


class CasesPage(Page):
    """Shown at the start, and whenever no case is in view."""

    id = "cases"
    icon = "cases"
    open_wanted = Signal(object)
    demo_wanted = Signal()
    stored_wanted = Signal(str)
    delete_wanted = Signal(str)
    compare_wanted = Signal(str)
    attachments_wanted = Signal(str)
    set_up_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._search = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self._store_card: QFrame | None = None
        self.choose: QWidget | None = None
        self._filling = InTurn(self)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._renew)
        desk.cases_changed.connect(self.invalidate)

    def invalidate(self) -> None:
        """Once for all that happens in one turn; not at all when another page comes into view in it."""
        self._stale = True
        self._turn.start(0)

    def name(self) -> str:
        """The title."""
        return tr("Cases")

    def refresh(self) -> None:
        """This page has something to show without a case as well."""
        if not self._stale:
            return
        self._stale = False
        typing = self._store_card is not None and self.finder.hasFocus()
        self._filling.stop()
        clear(self.body)
        self._store_card = None
        book = self.desk.vault.casebook
        self.subtitle.setText(
            tr("Everything stays on this computer, encrypted. Changes are saved as you make them.")
            if book is not None
            else tr(
                "Everything stays on this computer. Without a case store a case lives in memory: it is gone "
                "when the program closes, unless you save a report."
            )
        )
        self.body.addWidget(self._drop_card())
        for opened in self.desk.cases:
            self.body.addWidget(self._case_card(opened))
        if book is not None:
            self._store_card = self._stored_card(book.may_edit)
            self.body.addWidget(self._store_card)
            if typing:
                self.finder.setFocus()
            self.look_up()
        elif self.desk.settings is not None:
            self.body.addWidget(self._offer_card())
        if self.desk.recent:
            self.body.addWidget(self._recent_card(self.desk.recent))
        self.body.addStretch(1)

    def begins_at(self) -> QWidget | None:
        """Opening a file, also where there are stored cases to search."""
        return self.choose if self.choose is not None and self.choose.isVisible() else super().begins_at()

    def find_field(self) -> QWidget | None:
        """Of the stored cases."""
        return self.finder if self._store_card is not None else None

    def look_up(self) -> None:
        """Show the stored cases that match the search."""
        book = self.desk.vault.casebook
        if book is None or self._store_card is None:
            return
        self._search = self.finder.text()
        words = self._search.strip()

        def find(_context: Context) -> tuple[Any, ...]:
            return book.search(words) if words else book.heads()

        self.run(find, done=self._found, failed=self._not_found, key="search")

    def _found(self, heads: tuple[Any, ...]) -> None:
        if self._store_card is None:
            return
        rows = (
            (one.case_id, (one.title, status_words(one.status), local_time(one.updated))) for one in heads
        )
        self._filling.start(filled(self.table, rows), self._enable)
        if heads:
            self.states.setCurrentIndex(0)
        else:
            self.nothing.setText(
                tr("No stored case matches. Names, genes, variants, terms and status are searched.")
                if self._search.strip()
                else tr("No case is stored yet. A case that you open is kept here from then on.")
            )
            self.states.setCurrentIndex(1)
        self.nothing.setAccessibleName(self.nothing.text())

    def _not_found(self, error: Exception) -> None:
        if self._store_card is not None:
            self.nothing.setText(tr("The stored cases could not be read."))
            self.states.setCurrentIndex(1)
        self.banner.explain(error)

    def _drop_card(self) -> QFrame:
        title = label(tr("Open a VCF file"), "heading", wrap=True)
        text = label(
            tr("Drop a .vcf, .vcf.gz or .bcf file anywhere on this window, or choose one."),
            "muted",
            wrap=True,
        )
        choose = button(tr("Choose a file…"), lambda: self.open_wanted.emit(None), kind="primary")
        self.choose = choose
        demo = button(tr("Open the demo case"), self.demo_wanted.emit)
        return self._way_in("open", "accent", column(title, text, space="xs"), choose, demo)

    def _way_in(self, icon: str, tone: str, words: QLayout, *buttons: QWidget) -> QFrame:
        """An icon, what it is about, and the buttons beside it or below."""
        inner = row(mark(self.desk.theme, icon, tone, 36), beside(box(words), *buttons), space="l")
        inner.setStretch(1, 1)
        return card(inner)

    def _offer_card(self) -> QFrame:
        text = label(
            tr("Keep cases encrypted on this computer, search them, and go on where you stopped."),
            "muted",
            wrap=True,
        )
        words = column(label(tr("No case store is in use"), "heading", wrap=True), text, space="xs")
        return self._way_in(
            "lock", "muted", words, button(tr("Set up a case store…"), self.set_up_wanted.emit)
        )

    def _stored_card(self, may_edit: bool) -> QFrame:
        self.finder = text_field(tr("Search stored cases"), tr("name, gene, variant, term or status"))
        self.finder.setClearButtonEnabled(True)
        self.finder.setText(self._search)
        self.finder.textChanged.connect(lambda _text: self._pause.start())
        self.table: QTableWidget = table(tr("Stored cases"), (tr("Case"), tr("Status"), tr("Last changed")))
        self.table.setFixedHeight(_HEIGHT)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.DescendingOrder)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemActivated.connect(lambda _item: self._emit(self.stored_wanted))
        tools = TableTools(self.table, "stored cases", self.desk.settings, may_leave=self.may_copy)
        tools.restore(self.desk.theme.scale)
        self.nothing = label(tr("Reading the stored cases…"), "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.states = QStackedWidget()
        self.states.addWidget(self.table)
        self.states.addWidget(self.nothing)
        self.states.setCurrentIndex(1)
        self.states.setFixedHeight(_HEIGHT)
        self._may_edit = may_edit
        self.open_button = button(tr("Open"), lambda: self._emit(self.stored_wanted), kind="primary")
        self.compare_button = button(tr("Compare versions…"), lambda: self._emit(self.compare_wanted))
        self.attach_button = button(tr("Attachments…"), lambda: self._emit(self.attachments_wanted))
        self.delete_button = button(tr("Delete…"), self._delete, kind="quiet")
        buttons = flowing(self.open_button, self.compare_button, self.attach_button, self.delete_button)
        self._enable()
        return card(self.finder, self.states, buttons, title=tr("Stored cases"))

    def _enable(self) -> None:
        chosen = selected(self.table) is not None
        for made in (self.open_button, self.compare_button, self.attach_button):
            made.setEnabled(chosen)
        self.delete_button.setEnabled(chosen and self._may_edit)

    def _emit(self, signal: Any) -> None:
        chosen = selected(self.table)
        if chosen is not None:
            signal.emit(chosen)

    def _delete(self) -> None:
        chosen, marked = selected(self.table), self.table.selectedItems()
        if chosen is None or not marked:
            return
        text = tr(
            "The case is deleted with every version and attachment. This cannot be undone; only a backup "
            "would have it. The VCF file itself stays where it is."
        )
        if sure(self, tr("Delete this case?"), f"{marked[0].text()}\n\n{text}", tr("Delete")):
            self.delete_wanted.emit(chosen)  # the list may have been filled anew while it was asked

    def _case_card(self, opened: OpenCase) -> QFrame:
        case, result = opened.case, opened.result
        head: list[QLabel] = [label(case.id, "heading")]
        session = self.desk.session_of(opened)
        if case.synthetic:
            head.append(badge(tr("Synthetic"), "warning"))
        if opened is self.desk.current:
            head.append(badge(tr("In view"), "accent"))
        if session is not None and session.stored.dossier.status != "open":
            head.append(badge(status_words(session.stored.dossier.status)))
        first = result.rare.candidates[0] if result.rare and result.rare.candidates else None
        best = f"{first.gene}: {first.disease_name}" if first else ""
        if failed := result.failure(Part.RARE):
            best = failed.words
        pairs = [
            (tr("Indication"), case.indication),
            (tr("Patient"), f"{case.proband}, {term(case.index.sex)}"),
            (tr("First candidate"), best),
            (
                tr("File"),
                tr(
                    "{name}, {build}, {count} alternate alleles",
                    name=case.vcf_name,
                    build=case.build,
                    count=f"{opened.table.height:,}",
                ),
            ),
        ]
        show = button(
            tr("Show"), lambda: self._show(opened), kind="primary", name=tr("Show {name}", name=case.id)
        )
        close = button(tr("Close"), lambda: self.desk.close(opened), name=tr("Close {name}", name=case.id))
        made = card(beside(flowing(*head), close, show), facts(pairs))
        made.setProperty("active", opened is self.desk.current)
        return made

    def _show(self, opened: OpenCase) -> None:
        self.desk.turn_to(opened)
        self.desk.page_wanted.emit("overview")

    def _recent_card(self, paths: list[Path]) -> QWidget:
        files = RecentFiles(paths)
        files.open_wanted.connect(self.open_wanted.emit)
        files.forget_wanted.connect(self.desk.forget)
        self.run(missing_files, tuple(paths), done=files.show_missing, key="recent")
        return card(files, title=tr("Recent files"))
