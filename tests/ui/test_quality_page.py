"""Quality page: what is odd about the file as a whole is read there."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from rich_risks import rich

from genoai_desktop.domain.quality import absent_words
from genoai_desktop.ui.window import MainWindow


def test_chromosomes_without_a_record_are_named(window: MainWindow, qtbot: QtBot) -> None:
    opened = rich()
    assert opened.result.quality is not None
    figures = replace(opened.result.quality, absent=("3", "X"), notes=(absent_words(("3", "X")),))
    window.desk.add(replace(opened, result=replace(opened.result, quality=figures)))
    window.show_page("quality")
    page = window.pages["quality"]
    qtbot.waitUntil(lambda: any("chromosomes 3, X" in one.text() for one in page.findChildren(QLabel)))
