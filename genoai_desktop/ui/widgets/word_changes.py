"""Two texts as one, with what went and what came: struck through and underlined, not by colour alone."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QTextEdit

from genoai_desktop.domain.letters import Part, word_changes
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.theme.manager import Theme


class WordChanges(QTextEdit):
    """To read only. Screen readers get the same in words."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def show_changes(self, before: str, after: str) -> None:
        """From ``before`` to ``after``; the same twice is shown plainly."""
        palette = self._theme.palette
        looks = {
            Part.SAME: "{}",
            Part.GONE: f'<s style="color:{palette.danger};background:{palette.danger_soft}">{{}}</s>',
            Part.NEW: f'<u style="color:{palette.success};background:{palette.success_soft}">{{}}</u>',
        }
        spoken = {Part.SAME: "{}", Part.GONE: tr("[gone: {}]"), Part.NEW: tr("[new: {}]")}
        parts = word_changes(before, after)
        self.setHtml(" ".join(looks[part].format(_html(words)) for part, words in parts))
        self.setAccessibleDescription(joined(" ", (spoken[part].format(words) for part, words in parts)))


def _html(words: str) -> str:
    return escape(words).replace("\n", "<br>")
