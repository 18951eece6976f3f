"""Report: the PDF as it will be saved, and buttons to save and print it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.viewmodels.pdf import PageImage, render
from genoai_desktop.ui.widgets.basics import button, choice, clear

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_WIDTH = 820


class ReportPage(Page):
    """Made in a worker, drawn page by page."""

    id = "report"
    icon = "report"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kinds: dict[str, QPushButton] = {}
        for kind, title in (("clinician", tr("Clinician report")), ("letter", tr("Patient letter"))):
            made = button(title, self.invalidate)
            self.kinds[kind] = made
            self.tools.addWidget(made)
        choice(*self.kinds.values())
        self.save_button = button(tr("Save as PDF…"), self.save, kind="primary")
        self.print_button = button(tr("Print…"), self.print)
        self.tools.addWidget(self.print_button)
        self.tools.addWidget(self.save_button)
        self.pages: list[PageImage] = []

    def name(self) -> str:
        """The title."""
        return tr("Report")

    @property
    def kind(self) -> str:
        """Which document is in view."""
        return next(kind for kind, made in self.kinds.items() if made.isChecked())

    def fill(self, opened: OpenCase) -> None:
        """Make the document and show it when it is there."""
        self.subtitle.setText(tr("A draft until a named professional signs it."))
        self.show_loading(tr("Making the document"))
        ratio = self.devicePixelRatioF()
        self.run(
            _preview,
            self.desk.services,
            opened.result,
            self.kind,
            ratio,
            done=self._show,
            failed=self._failed,
        )

    def save(self) -> None:
        """Ask where, then write in a worker."""
        if self.opened is None:
            return
        suggested = f"{self.kind}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the report"), suggested, tr("PDF files (*.pdf)"))
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the document in view to ``path``."""
        if self.opened is None:
            return
        self.run(
            self.desk.services.save_report, self.opened.result, path, self.kind, done=self._saved, key="save"
        )

    def print(self) -> None:
        """Ask for a printer and send the pages there."""
        if not self.pages:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self.desk.record("exported", "print report")
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Draw every page on the printer's paper."""
        painter = QPainter(printer)
        for index, page in enumerate(self.pages):
            if index:
                printer.newPage()
            image = _image(page)
            area = painter.viewport()
            size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(area.topLeft(), size), image)
        painter.end()

    def _saved(self, path: Path) -> None:
        self.banner.say("success", tr("Saved as {name}.", name=path.name))

    def _failed(self, error: Exception) -> None:
        self.show_empty(
            tr("The document could not be made"),
            tr("The reason is above. Nothing was written."),
            icon="error",
        )
        self.banner.explain(error)

    def _show(self, pages: list[PageImage]) -> None:
        self.pages = pages
        clear(self.body)
        for number, page in enumerate(pages, start=1):
            self.body.addWidget(
                _sheet(page, number, len(pages), self.devicePixelRatioF()), 0, Qt.AlignmentFlag.AlignHCenter
            )
        self.body.addStretch(1)
        self.show_body()


def _preview(
    services: Services, result: CaseResult, kind: str, ratio: float, context: Context
) -> list[PageImage]:
    return render(services.preview_report(result, kind, context), int(_WIDTH * ratio), context)


def _image(page: PageImage) -> QImage:
    return QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)


def _sheet(page: PageImage, number: int, total: int, ratio: float) -> QWidget:
    picture = QPixmap.fromImage(_image(page))
    picture.setDevicePixelRatio(ratio)
    shown = QLabel()
    shown.setProperty("role", "sheet")
    shown.setPixmap(picture)
    shown.setFixedSize(picture.deviceIndependentSize().toSize())
    said = tr("Page {number} of {total}. {text}", number=number, total=total, text=page.text[:300])
    shown.setAccessibleName(said)
    frame = QWidget()
    layout: Any = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, SPACE["s"])
    layout.addWidget(shown)
    return frame
