"""What is copied asks clipboard managers to keep it nowhere; what is only marked leaves nowhere."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from genoai_desktop.ui import traces
from genoai_desktop.ui.window import MainWindow

KDE = "x-kde-passwordManagerHint"
WINDOWS = 'application/x-qt-windows-mime;value="{}"'


@pytest.fixture(autouse=True)
def emptied(qapp: object) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def hints() -> dict[str, bytes]:
    content = QGuiApplication.clipboard().mimeData()
    return {name: bytes(content.data(name)) for name in content.formats() if "value=" in name or name == KDE}


SECRET = {
    KDE: b"secret",
    WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\1\0\0\0",
    WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
}


def test_words_of_the_program_and_of_qt_ask_to_be_kept_nowhere(opened: MainWindow, qtbot: QtBot) -> None:
    field = QLineEdit("Zebulon Quirke")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert QGuiApplication.clipboard().text() == "Zebulon Quirke"
    assert hints() == SECRET
    opened.show_page("variants")
    qtbot.waitUntil(lambda: opened.variants.model.rowCount() > 0)
    opened.variants.table.setCurrentIndex(opened.variants.model.index(0, 0))
    QTest.keyClick(opened.variants.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == opened.variants.model.index(0, 0).data()
    assert hints() == SECRET


def test_a_picture_asks_as_well_and_stays_one(opened: MainWindow) -> None:
    picture = QImage(3, 2, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QGuiApplication.clipboard().setImage(picture)
    assert hints() == SECRET
    assert QGuiApplication.clipboard().image().pixelColor(1, 1).name() == "#336699"


def test_what_another_program_copied_is_left_alone(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genoai_desktop.ui.desk.copied_here", lambda: False)
    QGuiApplication.clipboard().setText("of another program")
    assert hints() == {}


class Selections(QObject):
    """A clipboard that has a primary selection, as on X11: the platform of the tests has none."""

    selectionChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.content, self.owned = "", False

    def mark(self, text: str, *, here: bool) -> None:
        self.content, self.owned = text, here
        self.selectionChanged.emit()

    def ownsSelection(self) -> bool:
        return self.owned

    def clear(self, mode: QClipboard.Mode) -> None:
        assert mode is QClipboard.Mode.Selection
        self.mark("", here=False)


def test_marked_words_are_given_up_at_once_and_those_of_others_are_not() -> None:
    clipboard = Selections()
    keeper = traces.NoSelection(clipboard)  # type: ignore[arg-type]
    clipboard.mark("Zebulon Quirke", here=True)
    assert clipboard.content == ""
    clipboard.mark("of another program", here=False)
    assert clipboard.content == "of another program"
    assert keeper is not None


def test_the_window_gives_up_every_selection(opened: MainWindow) -> None:
    assert opened.desk.findChildren(traces.NoSelection)
