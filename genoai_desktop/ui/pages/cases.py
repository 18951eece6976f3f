"""The case list: what is open, what was open before, and how to open another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge, button, card, clear, column, facts, label, row

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


class CasesPage(Page):
    """Shown at the start, and whenever no case is in view."""

    id = "cases"
    icon = "cases"
    open_wanted = Signal(object)
    demo_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        desk.cases_changed.connect(self.invalidate)

    def name(self) -> str:
        """The title."""
        return tr("Cases")

    def refresh(self) -> None:
        """This page has something to show without a case as well."""
        if not self._stale:
            return
        self._stale = False
        clear(self.body)
        self.subtitle.setText(
            tr("Everything stays on this computer. A case lives in memory until you save a report.")
        )
        self.body.addWidget(self._drop_card())
        for opened in self.desk.cases:
            self.body.addWidget(self._case_card(opened))
        if self.desk.recent:
            self.body.addWidget(self._recent_card(self.desk.recent))
        self.body.addStretch(1)

    def _drop_card(self) -> QFrame:
        title = label(tr("Open a VCF file"), "heading")
        text = label(
            tr("Drop a .vcf, .vcf.gz or .bcf file anywhere on this window, or choose one."),
            "muted",
            wrap=True,
        )
        choose = button(tr("Choose a file…"), lambda: self.open_wanted.emit(None), kind="primary")
        demo = button(tr("Open the demo case"), self.demo_wanted.emit)
        inner = row(
            mark(self.desk.theme, "open", "accent", 40),
            column(title, text, space="xs"),
            choose,
            demo,
            space="l",
        )
        inner.setStretch(1, 1)
        return card(inner)

    def _case_card(self, opened: OpenCase) -> QFrame:
        case, result = opened.case, opened.result
        head: list[QLabel] = [label(case.id, "heading")]
        if case.synthetic:
            head.append(badge(tr("Synthetic"), "warning"))
        if opened is self.desk.current:
            head.append(badge(tr("In view"), "accent"))
        first = result.rare.candidates[0] if result.rare and result.rare.candidates else None
        pairs = [
            (tr("Indication"), case.indication),
            (tr("Patient"), f"{case.proband}, {case.index.sex}"),
            (tr("First candidate"), f"{first.gene}: {first.disease_name}" if first else ""),
            (tr("File"), f"{case.vcf_name} ({case.build}, {opened.table.height:,})"),
        ]
        show = button(
            tr("Show"), lambda: self._show(opened), kind="primary", name=tr("Show {name}", name=case.id)
        )
        close = button(tr("Close"), lambda: self.desk.close(opened), name=tr("Close {name}", name=case.id))
        made = card(row(*head, None, close, show), facts(pairs))
        made.setProperty("active", opened is self.desk.current)
        return made

    def _show(self, opened: OpenCase) -> None:
        self.desk.turn_to(opened)
        self.desk.page_wanted.emit("overview")

    def _recent_card(self, paths: list[Path]) -> QFrame:
        entries = []
        for path in paths:
            entry = button(path.name, lambda path=path: self.open_wanted.emit(path), kind="quiet")
            entry.setToolTip(str(path))
            entries.append(row(entry, label(str(path.parent), "caption"), None))
        return card(*entries, title=tr("Recent files"))
