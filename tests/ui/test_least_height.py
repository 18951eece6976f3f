"""Measuring a layout leaves nothing behind that could be taken for what Qt makes later."""

import gc

import shiboken6
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.widgets.least_height import least_height


def items_known() -> list[QLayoutItem]:
    """Items of layouts that Python has a shell of and takes to be alive."""
    kinds = QWidgetItem, QSpacerItem
    return [one for one in gc.get_objects() if isinstance(one, kinds) and shiboken6.isValid(one)]


def measured(qtbot: QtBot) -> tuple[QWidget, QDialogButtonBox]:
    """A column of words, and a row that Qt itself filled; measured once."""
    outer, inner = QVBoxLayout(), QHBoxLayout()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    inner.addWidget(buttons)
    inner.addSpacing(8)
    outer.addWidget(QLabel("words"))
    outer.addLayout(inner)
    made = QWidget()
    made.setLayout(outer)
    qtbot.addWidget(made)
    assert least_height(made, 400) >= buttons.sizeHint().height()
    return made, buttons


def test_no_item_of_a_layout_is_believed_in_any_longer(qtbot: QtBot) -> None:
    before = items_known()
    made, _ = measured(qtbot)
    assert [one for one in items_known() if one not in before] == []
    assert len(made.findChildren(QLabel)) == 1


def test_what_was_measured_is_as_it_was(qtbot: QtBot) -> None:
    made, buttons = measured(qtbot)
    inner = buttons.layout()
    button = buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert all(map(shiboken6.isValid, (made, buttons, inner, button, *made.findChildren(QLabel))))
    assert least_height(made, 400) == least_height(made, 400)
    assert button.text()
