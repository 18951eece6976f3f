"""A PDF on a printer: page for page, stopped in between, refused in words."""

from pathlib import Path

import pytest
from conftest import small_pdf
from PySide6.QtPrintSupport import QPrinter

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.ui.printing import print_pdf
from genoai_desktop.ui.viewmodels.pdf import render


class StopAtPrinting(Silent):
    """Stopped as soon as the first page went to the printer."""

    def __init__(self) -> None:
        super().__init__()
        self.printing = False

    def report(self, label: str, fraction: float | None) -> None:
        self.printing |= label == "Printing"

    def check(self) -> None:
        if self.printing:
            raise Cancelled


def printer_into(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_goes_to_paper(qapp: object, tmp_path: Path) -> None:
    paper, data = tmp_path / "paper.pdf", small_pdf()
    print_pdf(data, printer_into(paper), Silent())
    assert len(render(paper.read_bytes(), 100, Silent())) == len(render(data, 100, Silent())) > 1


def test_it_stops_between_two_pages(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        print_pdf(small_pdf(), printer_into(tmp_path / "paper.pdf"), StopAtPrinting())


@pytest.mark.qt_log_ignore("QPainter::begin")  # what Qt says of it is expected
def test_a_printer_that_takes_nothing_is_told_of(qapp: object, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="printer does not take"):
        print_pdf(small_pdf(), printer_into(tmp_path / "no-folder" / "paper.pdf"), Silent())
