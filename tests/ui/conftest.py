"""The real window with a case made by hand; slow use cases answered at once."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from known import bundled_knowledge
from sample_case import Opened, sample_case

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow


class QuickServices(Services):
    """The bundled knowledge, and a case made by hand in place of a file."""

    def __init__(self) -> None:
        super().__init__(bundled_knowledge)
        self.requests: list[Any] = []
        self.case_made: Callable[[], Opened] = sample_case

    def demo_request(self) -> Any:
        return sample_case().request

    def analyse(self, request: Any, context: Context) -> Any:
        self.requests.append(request)
        return self.case_made()

    def reanalyse(self, opened: Any, case: Case, context: Context) -> Any:
        context.check()
        return replace(opened, case=case, result=replace(opened.result, case=case))

    def samples(self, vcf: Path, context: Context) -> tuple[str, ...]:
        return ("CHILD", "MOTHER")

    def preview_report(self, result: Any, document: Any, *_: object) -> bytes:
        return small_pdf()

    def save_report(self, result: Any, path: Path, document: Any, *_: object) -> Path:
        path.write_bytes(small_pdf())
        return path


def small_pdf() -> bytes:
    """Two pages with a word on each."""
    import io

    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for text in ("First page", "Second page"):
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every dialog that it has no window manager; nothing else is let by."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            words = "plugin does not support (propagateSizeHints|raise)"
            item.add_marker(pytest.mark.qt_log_ignore(words, extend=True))


@pytest.fixture
def services() -> QuickServices:
    """Use cases answered at once."""
    return QuickServices()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Settings of their own for every test."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Style, fonts and stylesheet, once.

    The clipboard of a platform without a screen outlives Python, and with it a copy that Python made: the
    process ended in a segmentation fault. Those of real screens go with the application.
    """
    prepare(qapp)
    made = Theme(Scheme.LIGHT)
    made.use(Scheme.LIGHT)
    yield made
    qapp.clipboard().clear()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, services: QuickServices, settings: QSettings) -> Iterator[MainWindow]:
    """The real window, shown, without a case; gone afterwards."""
    if theme.scheme is not Scheme.LIGHT:
        theme.use(Scheme.LIGHT)
    made = MainWindow(services, theme, settings)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the sample case open."""
    window.desk.add(sample_case())  # type: ignore[arg-type]
    window.show_page("overview")
    return window
