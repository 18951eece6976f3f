"""Ctrl and the wheel, and what stands over the window while files are dragged over it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.arrivals import promise
from genoai_desktop.ui.window import MainWindow


def turn(window: MainWindow, over: QWidget, notches: float, keys: Qt.KeyboardModifier) -> None:
    """As the system sends the wheel: to the window, at a place."""
    place = over.mapToGlobal(over.rect().center())
    handle = window.windowHandle()
    assert handle is not None
    window.wheel.watch(handle)
    event = QWheelEvent(
        QPointF(window.mapFromGlobal(place)), QPointF(place), QPoint(), QPoint(0, int(notches * 120)),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(handle, event)


CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def test_ctrl_and_the_wheel_change_the_text_size_over_a_table(opened: MainWindow) -> None:
    opened.show_page("variants")
    theme, table = opened.desk.theme, opened.variants.table
    try:
        turn(opened, table, 1, NONE)
        assert theme.scale == 100
        turn(opened, table, 1, CTRL)
        assert theme.scale == 115
        turn(opened, table, -0.5, CTRL)
        assert theme.scale == 115
        turn(opened, table, -0.5, CTRL)
        assert theme.scale == 100
    finally:
        theme.use(theme.scheme, 100)


def test_ctrl_and_the_wheel_zoom_the_locus_and_leave_the_text(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("locus")
    plot = opened.locus.plot
    qtbot.waitUntil(lambda: plot.scene_data is not None, timeout=20_000)
    before = plot.variants.getViewBox().viewRange()[0]
    turn(opened, plot.viewport(), 1, CTRL)
    after = plot.variants.getViewBox().viewRange()[0]
    assert opened.desk.theme.scale == 100
    assert after[1] - after[0] < before[1] - before[0]


def test_ctrl_and_the_wheel_zoom_the_pedigree(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("pedigree")
    qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
    view = opened.page.editor.view  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: opened.page.built and view.width() > 200)
    qtbot.wait(1)  # the layout has its turn
    before = view.transform().m11()
    turn(opened, view.viewport(), 1, CTRL)
    assert opened.desk.theme.scale == 100
    assert view.transform().m11() > before


def dragged(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_dragged_files_are_named_over_the_window_until_they_go_or_fall(
    window: MainWindow, tmp_path: Path
) -> None:
    data = dragged(tmp_path / "family.vcf.gz")
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dragEnterEvent(QDragEnterEvent(QPointF(9, 9), copy, data, left, NONE))
    cover = window.drop_cover
    assert cover is not None
    assert cover.isVisible()
    assert cover.words.text() == "Drop to open family.vcf.gz as a case"
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not cover.isVisible()
    data = dragged(tmp_path / "notes.txt")
    window.dragEnterEvent(QDragEnterEvent(QPointF(9, 9), copy, data, left, NONE))
    assert cover.words.text() == "This file cannot be opened here"
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, NONE))
    assert not cover.isVisible()


@pytest.mark.parametrize(
    ("names", "opened", "said"),
    [
        (("a.vcf", "a.ped"), False, "Drop to open a.vcf together with 1 more"),
        (("family.ped",), True, "Drop to add the family to the case in view"),
        (("family.ped",), False, "Goes with a VCF file: drop both together, or open a case first"),
        (("one.json",), True, "Drop to add the phenotype to the case in view"),
        (("clinic.genoai",), False, "Drop to unlock this case store"),
        (("of.genoai-backup",), False, "Drop to restore this backup"),
        (("new.genopack",), False, "Drop to look at this update pack"),
    ],
)
def test_what_dropping_does_is_said_before(names: tuple[str, ...], opened: bool, said: str) -> None:
    assert promise([Path(name) for name in names], opened=opened) == said
