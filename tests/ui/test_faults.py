"""A fault of the program is told without quoting a patient; Qt and the clipboard remember none either."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from genoai_desktop.ui import traces
from genoai_desktop.ui.faults import Faults, place_of


@pytest.fixture
def faults(qapp: object) -> Iterator[Faults]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = Faults()
    made.install()
    yield made
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def raised() -> Exception:
    try:
        raise KeyError("Zebulon Quirke")
    except KeyError as error:
        return error


def test_the_place_is_told_and_the_text_is_not(faults: Faults, qtbot: QtBot, capsys) -> None:
    error = raised()
    with qtbot.waitSignal(faults.happened) as told:
        sys.excepthook(type(error), error, error.__traceback__)
    said = capsys.readouterr().err + told.args[0]
    assert "KeyError at test_faults.py:" in said
    assert "Quirke" not in said


def test_a_fault_in_a_thread_is_told_as_well(faults: Faults, qtbot: QtBot, capsys) -> None:
    def fail() -> None:
        raise KeyError("Zebulon Quirke")

    with qtbot.waitSignal(faults.happened):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert "Quirke" not in capsys.readouterr().err


def test_an_error_without_a_place_has_its_kind() -> None:
    assert place_of(ValueError("Zebulon Quirke")) == "ValueError"


def test_folders_of_the_file_dialog_are_put_back(qapp: object, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "Qt.ini"), QSettings.Format.IniFormat)
    settings.setValue("FileDialog/history", "file:///home")
    kept = traces.FolderTraces(settings=settings)
    settings.setValue("FileDialog/history", "file:///patients/Quirke")
    settings.setValue("FileDialog/lastVisited", "file:///patients/Quirke")
    kept.remove()
    assert settings.value("FileDialog/history") == "file:///home"
    assert settings.value("FileDialog/lastVisited") is None
    assert "Quirke" not in (tmp_path / "Qt.ini").read_text()


@pytest.mark.parametrize("own", [True, False])
def test_only_what_was_copied_here_leaves_the_clipboard(qapp: object, monkeypatch, own: bool) -> None:
    clipboard = QGuiApplication.clipboard()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: own)
    clipboard.setText("Zebulon Quirke")
    traces.empty_clipboard()
    assert clipboard.text() == ("" if own else "Zebulon Quirke")
    clipboard.clear()
