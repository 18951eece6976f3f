"""The row of buttons below the drawing: who can be added, and the zoom, for pointer, pen and touch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from genoai_desktop.domain.family import Family
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import button
from genoai_desktop.ui.widgets.flow import flowing

KIN = {"parents": "P", "partner": "M", "child": "C", "sibling": "S", "twin": "T", "half_sibling": "H"}
"""Who can be added, by the names of the commands, with the key that does the same."""


def kin_words() -> dict[str, str]:
    """Who can be added, in words."""
    return {
        "parents": tr("parents"),
        "partner": tr("partner"),
        "child": tr("child"),
        "sibling": tr("sibling"),
        "twin": tr("twin"),
        "half_sibling": tr("half-sibling"),
    }


class KinBar(QWidget):
    """Asks for kin of the person in view, by the names of the commands, and for a nearer or further view."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        for name, words in kin_words().items():
            made = self._button(name, words[:1].upper() + words[1:])
            made.setAccessibleName(tr("Add {words}", words=words))
            made.setToolTip(tr("Add {words} (key {key})", words=words, key=KIN[name]))
        for name, words, tip in (
            ("remove", tr("Remove"), tr("Remove the person in view (key Delete)")),
            ("further", "−", tr("Further away (key −)")),
            ("nearer", "+", tr("Nearer (key +)")),
        ):
            made = self._button(name, words)
            made.setAccessibleName(tip.partition(" (")[0])
            made.setToolTip(tip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE["s"], SPACE["xs"], SPACE["s"], SPACE["xs"])
        layout.addWidget(flowing(*self.buttons.values(), gap="xs"))

    def show_person(self, family: Family, person: str) -> None:
        """Only what can be done about this person can be pressed."""
        member = family.by_id[person]
        self.buttons["parents"].setEnabled(len(member.parents) < 2)
        for name in ("partner", "child"):
            self.buttons[name].setEnabled(not member.lost)
        self.buttons["remove"].setEnabled(person != family.proband)

    def _button(self, name: str, words: str) -> QPushButton:
        made = button(words, self._asker(name))
        made.setProperty("finger", True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons[name] = made
        return made

    def _asker(self, name: str) -> Callable[[], None]:
        return lambda: self.asked.emit(name)
