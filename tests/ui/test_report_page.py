"""The report: preview as pixels with its words, save, print to a file."""

from pathlib import Path

import pytest
from conftest import QuickServices, small_pdf
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.viewmodels.pdf import render
from genoai_desktop.ui.window import MainWindow


def test_pages_are_rendered_with_their_words() -> None:
    pages = render(small_pdf(), 400, Silent())
    assert [page.text.strip() for page in pages] == ["First page", "Second page"]
    assert all(page.width == 400 and len(page.pixels) == page.width * page.height * 4 for page in pages)


def test_preview_save_and_print(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.show_page("report")
    page = opened.report
    qtbot.waitUntil(lambda: len(page.pages) == 2, timeout=10_000)
    page.save_to(tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "report.pdf").exists() and page.banner.isVisible())
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    assert len(render((tmp_path / "printed.pdf").read_bytes(), 200, Silent())) == 2


def test_a_failure_is_explained(
    opened: MainWindow, services: QuickServices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise UserError("The typeface is missing.")

    monkeypatch.setattr(services, "preview_report", refuse)
    opened.show_page("report")
    qtbot.waitUntil(opened.report.banner.isVisible, timeout=10_000)
    assert "typeface" in opened.report.banner.text.text()


def test_one_document_at_a_time(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("report")
    page = opened.report
    qtbot.waitUntil(lambda: len(page.pages) == 2, timeout=10_000)
    page.kinds["letter"].click()
    assert page.kind == "letter"
    assert not page.kinds["clinician"].isChecked()
    page.kinds["letter"].click()
    assert page.kind == "letter"
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=10_000)
