"""Text at 200 %, and a display at 200 %: nothing that can be pressed or read is cut off at 1280 by 800."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from looking_room import cut_off
from pytestqt.qtbot import QtBot
from window_script import SHOW_WINDOW

from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import TEXT_SCALES, Scheme, type_size
from genoai_desktop.ui.window import MainWindow


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_cut_off_on_any_page(opened: MainWindow, qtbot: QtBot, scale: int) -> None:
    theme = opened.desk.theme
    opened.resize(1280, 800)
    theme.use(Scheme.LIGHT, scale)
    cut = {}
    try:
        for name in opened.pages:
            opened.show_page(name)
            qtbot.waitUntil(lambda: not opened.page.runner.busy and theme.settled, timeout=20_000)
            qtbot.waitUntil(lambda: opened.page.built)
            with suppress(qtbot.TimeoutError):  # the layout of a slow machine takes more than one turn
                qtbot.waitUntil(lambda: not cut_off(opened), timeout=2_000)
            if found := cut_off(opened):
                cut[name] = found
    finally:
        theme.use(Scheme.LIGHT, 100)
    assert cut == {}


def test_a_display_at_200_percent_shows_the_same_window(tmp_path: Path) -> None:
    script = SHOW_WINDOW + (
        "picture = window.grab()\nprint(window.width(), window.height(), picture.width(), picture.height())\n"
    )
    environment = os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
    )
    assert run.stdout.split() == ["1280", "800", "2560", "1600"]


def test_text_sizes_go_up_and_down_in_steps(theme: Theme) -> None:
    seen = [theme.scale]
    try:
        for _ in range(len(TEXT_SCALES)):
            theme.resize_text(1)
            seen.append(theme.scale)
        assert seen == [*TEXT_SCALES, TEXT_SCALES[-1]]
        theme.resize_text(-1)
        assert theme.scale == TEXT_SCALES[-2]
        theme.resize_text(0)
        assert theme.scale == 100
    finally:
        theme.use(theme.scheme, 100)
    assert type_size("body", 200) == 2 * type_size("body")


def test_the_text_size_is_in_the_menu_and_the_palette(window: MainWindow) -> None:
    window.actions_by_id["text_larger"].trigger()
    assert window.desk.theme.scale == TEXT_SCALES[1]
    window.actions_by_id["text_normal"].trigger()
    assert window.desk.theme.scale == 100
