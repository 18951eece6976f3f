"""What was written can be opened from the banner that says so: local files alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.context import Silent
from genoai_desktop.ui.dialogs.recovery_key import RecoveryKey
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.viewmodels.pdf import render
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.saved import say_saved


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the desktop was asked to open."""
    found: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url) or True)
    return found


@pytest.fixture
def banner(qtbot: QtBot, theme: Theme) -> Banner:
    made = Banner(theme)
    qtbot.addWidget(made)
    return made


def offered(banner: Banner, words: str) -> QPushButton:
    return next(made for made in banner.findChildren(QPushButton) if made.text() == words)


def test_a_file_and_its_folder_are_opened_as_local_files(
    banner: Banner, handed: list[QUrl], tmp_path: Path
) -> None:
    path = tmp_path / "letter #1.pdf"
    path.write_bytes(b"%PDF")
    say_saved(banner, "Saved.", path)
    offered(banner, "Open the file").click()
    offered(banner, "Open the folder").click()
    assert [url.toLocalFile() for url in handed] == [str(path), str(tmp_path)]
    assert {url.scheme() for url in handed} == {"file"}
    assert banner.text.text() == "Saved."


def test_a_file_that_is_gone_is_not_opened(banner: Banner, handed: list[QUrl], tmp_path: Path) -> None:
    say_saved(banner, "Saved.", tmp_path / "gone.pdf")
    offered(banner, "Open the file").click()
    assert handed == []
    assert "not there any more" in banner.text.text()


def test_where_nothing_opens_it_the_place_is_said(
    banner: Banner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF")
    say_saved(banner, "Saved.", path)
    offered(banner, "Open the file").click()
    assert str(path) in banner.text.text()


def test_what_was_offered_goes_with_the_next_message(banner: Banner, tmp_path: Path) -> None:
    say_saved(banner, "Saved.", tmp_path / "a.pdf")
    banner.say("info", "Something else.")
    assert not any(made.isVisibleTo(banner) for made in banner._offered)
    assert banner._offered == []


def test_a_recovery_key_is_printed_whole(qtbot: QtBot, tmp_path: Path) -> None:
    made = RecoveryKey()
    qtbot.addWidget(made)
    made.setText("ABCDE-FGHJK-LMNPQ")
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "key.pdf"))
    made.print_on(printer)
    (page,) = render((tmp_path / "key.pdf").read_bytes(), 200, Silent())
    assert all(group in page.text for group in ("ABCDE", "FGHJK", "LMNPQ"))
    made.clear()
    assert made.text() == ""
