"""A PDF onto a printer, page by page in a worker: Qt lets a painter work on a printer in any thread."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from genoai_desktop.domain.context import Context, Part
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.viewmodels.pdf import PageImage, render
from genoai_desktop.ui.widgets.sheets import image_of

_ACROSS = 1800
"""Pixels across a page: 217 dots an inch on A4."""


def print_pdf(data: bytes, printer: QPrinter, context: Context) -> None:
    """Draw every page as large as its paper takes it; nobody else may use the printer meanwhile.

    Raises:
        Cancelled: the person stopped it; the printer is told to drop what it has.
        UserError: the printer does not take the document.
    """
    pages = render(data, _ACROSS, Part(context, 0.0, 0.6))
    _put_on_paper(pages, printer, Part(context, 0.6, 1.0))


def _put_on_paper(pages: list[PageImage], printer: QPrinter, context: Context) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    try:
        for index, page in enumerate(context.track(pages, tr("Printing"), len(pages))):
            if index and not printer.newPage():
                raise _refused()
            _draw(painter, image_of(page))
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()


def _draw(painter: QPainter, image: QImage) -> None:
    area = painter.viewport()
    size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(area.topLeft(), size), image)


def _refused() -> UserError:
    return UserError(
        tr("The printer does not take the document."),
        remedy=tr("Check that it is switched on and may be used here, or save the document as a file."),
    )
