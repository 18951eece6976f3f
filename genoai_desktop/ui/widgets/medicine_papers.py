"""The wallet card and the alert list: saved as PDF or printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from genoai_desktop.domain.context import Context, Part
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.ui.printing import print_pdf
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.saved import say_saved

if TYPE_CHECKING:
    from genoai_desktop.domain.result import CaseResult


class Papers(QPushButton):
    """A button with a menu. ``run`` works off this thread; ``result`` is what is in view."""

    def __init__(
        self,
        services: Services,
        run: Callable[..., Any],
        result: Callable[[], CaseResult | None],
        banner: Banner,
    ) -> None:
        super().__init__(tr("Card and alert list"))
        self.setAccessibleName(self.text())
        self._services, self._run, self._result, self._banner = services, run, result, banner
        menu = QMenu(self)
        menu.setAccessibleName(self.text())
        for kind, save, printed in (
            ("card", tr("Save wallet card…"), tr("Print wallet card…")),
            ("alerts", tr("Save alert list…"), tr("Print alert list…")),
        ):
            menu.addAction(save).triggered.connect(lambda _on=False, kind=kind: self._ask_where(kind))
            menu.addAction(printed).triggered.connect(lambda _on=False, kind=kind: self._ask_printer(kind))
        self.setMenu(menu)

    def save_to(self, path: Path, kind: str) -> None:
        """Write the wallet card (``card``) or the alert list (``alerts``)."""
        result = self._result()
        if result is not None:
            document = _document(kind)
            self._run(self._services.save_medicines, result, path, document, done=self._saved, key="save")

    def print_on(self, printer: QPrinter, kind: str) -> None:
        """Draw the card or the list in a worker, then put it on paper."""
        result = self._result()
        if result is not None:
            self._run(_print, self._services, result, _document(kind), printer, key="print")

    def _ask_where(self, kind: str) -> None:
        suggested = "medicines-card.pdf" if kind == "card" else "medicines-alerts.pdf"
        title = tr("Save wallet card") if kind == "card" else tr("Save alert list")
        name, _ = QFileDialog.getSaveFileName(self, title, suggested, tr("PDF files (*.pdf)"))
        if name:
            self.save_to(Path(name), kind)

    def _ask_printer(self, kind: str) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._result() is not None and QPrintDialog(printer, self).exec():
            self.print_on(printer, kind)

    def _saved(self, path: Path) -> None:
        said = tr("Saved as {name}. It is a draft until it is signed.", name=path.name)
        say_saved(self._banner, said, path)


def _document(kind: str) -> Document:
    """In the window's language; the page of reports has others."""
    return Document(DocumentKind.ALERTS if kind == "alerts" else DocumentKind.CARD, language_in_use())


def _print(
    services: Services, result: CaseResult, document: Document, printer: QPrinter, context: Context
) -> None:
    data = services.print_medicines(result, document, Part(context, 0.0, 0.4))
    print_pdf(data, printer, Part(context, 0.4, 1.0))
