"""Banners and whole-page states: empty, loading, error."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import FailedAnalysis
from genoai_desktop.domain.text import shown, tr
from genoai_desktop.ui import icons
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import box, button, column, label, restyle, row

_EMPTY_WIDTH = 460
"""Of the words of an empty page at the normal text size."""
_SIGN, _LARGE = 20, 150
"""Edge of a banner's signs at the normal text size; from which size, in per cent, words are saved."""
_TONES = {"info": "accent", "warning": "warning", "error": "danger", "success": "success"}


def mark(theme: Theme, name: str, token: str, size: int = 20) -> QLabel:
    """An icon as a label, repainted when the theme changes."""
    made = QLabel()
    made.setAccessibleName(_sign_words(name))

    def paint() -> None:
        edge = size * theme.scale // 100
        made.setFixedSize(edge, edge)
        made.setPixmap(icons.pixmap(name, getattr(theme.palette, token), edge))

    paint()
    theme.changed.connect(paint)
    made.destroyed.connect(lambda: _disconnect(theme, paint))
    return made


def _sign_words(name: str) -> str:
    """What a sign says to who hears it; the words beside an icon say what that is for."""
    return {"warning": tr("look at this"), "error": tr("problem"), "info": tr("note")}.get(name, "")


def _disconnect(theme: Theme, slot: Callable[[], None]) -> None:
    try:
        theme.changed.disconnect(slot)
    except (RuntimeError, TypeError):
        return


class Banner(QFrame):
    """A message on top of a page. The icon and the words say how grave it is, not the colour alone.

    ``shown`` tells whether there is one.
    """

    shown = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._offered: list[QPushButton] = []
        self._tone = ""
        self._icon = QLabel()
        self.text = label("", wrap=True)
        self._icon.setAccessibleName(tr("Kind of message"))
        self.close_button = button(tr("Dismiss"), self.hide, kind="quiet")
        self._shrink()
        theme.changed.connect(self._shrink)
        self.action = button("", self._act)
        self.action.setAccessibleName(tr("What to do"))
        self.action.hide()
        self._acted: Callable[[], Any] | None = None
        layout = row(self._icon, self.text, self.action, self.close_button, space="m")
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def say(self, tone: str, text: str, action: str = "", clicked: Callable[[], Any] | None = None) -> None:
        """Show ``text``; ``tone`` is info, warning, error or success. ``action``: a button that helps."""
        text = shown(text)
        self._acted = clicked
        self.action.setText(action)
        self.action.setAccessibleName(action or tr("What to do"))
        self.action.setVisible(bool(action))
        for offered in self._offered:
            offered.hide()
            offered.deleteLater()
        self._offered.clear()
        self.setToolTip("")
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self.setAccessibleName(text)
        self._tone = tone
        self._shrink()
        restyle(self, "banner", tone)
        self.show()

    def _shrink(self) -> None:
        """Signs as large as the text; where that is large a cross is enough to put the message away."""
        edge, large = _SIGN * self._theme.scale // 100, self._theme.scale >= _LARGE
        palette = self._theme.palette
        self._icon.setFixedSize(edge, edge)
        if self._tone:
            self._icon.setPixmap(icons.pixmap(self._tone, getattr(palette, _TONES[self._tone]), edge))
        self.close_button.setText("" if large else tr("Dismiss"))
        self.close_button.setIcon(icons.icon("close", palette.accent) if large else QIcon())
        self.close_button.setIconSize(QSize(edge, edge))
        self.close_button.setToolTip(tr("Dismiss") if large else "")

    def showEvent(self, event: QShowEvent) -> None:
        """There is a message."""
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """There is none any more, or its page is out of view."""
        super().hideEvent(event)
        if self.isHidden():
            self.shown.emit(False)

    def _act(self) -> None:
        self.hide()
        if self._acted is not None:
            self._acted()

    def offer(self, words: str, clicked: Callable[[], Any]) -> None:
        """A way on from what was said; gone with it."""
        made = button(words, clicked, kind="quiet")
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.count() - 1, made)
        self._offered.append(made)

    def explain(self, error: Exception) -> None:
        """Say what a person can do about an error; anything but a UserError is a fault of the program."""
        self.say("error", explanation(error))


def explanation(error: Exception) -> str:
    """What happened, where, and what to do."""
    if isinstance(error, UserError):
        place = f"{error.where}: " if error.where else ""
        return f"{place}{error.what} {error.remedy}".strip()
    return tr(
        "Something went wrong inside the program ({kind}). Your file was not changed. "
        "Please report this to the people who look after the program.",
        kind=type(error).__name__,
    )


def failure_told(failed: FailedAnalysis) -> str:
    """That nothing is known of this part, and why."""
    return tr(
        "It failed in the program, so nothing can be said about this part: neither that something was found, "
        "nor that nothing was. The other pages show what the other analyses found. {reason}",
        reason=failed.reason,
    )


def empty_state(
    theme: Theme, icon: str, title: str, text: str, action: str = "", clicked: Callable[[], Any] | None = None
) -> QWidget:
    """What a page shows when it has nothing to show, and what to do about it."""
    words, head = label(text, "muted", wrap=True), label(title, "heading", wrap=True)
    parts: list[QWidget | QLayout] = [mark(theme, icon, "muted", 48)]
    for told in (head, words):
        told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        told.setMaximumWidth(_EMPTY_WIDTH * theme.scale // 100)
        line = row(None, told, None)
        line.setStretch(1, 100)
        parts.append(line)
    if action and clicked is not None:
        parts.append(button(action, clicked, kind="primary"))
    layout = column(None, *parts, None, space="m")
    for part in parts:
        if isinstance(part, QWidget):
            layout.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
    made = box(layout)
    made.setAccessibleName(title)
    return made


class LoadingState(QWidget):
    """What is under way, how far it is, and a button to stop it."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.text = label(tr("Working"), "heading", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(360)
        self.bar.setAccessibleName(tr("Progress"))
        self.stop = button(tr("Cancel"), cancel)
        layout = column(None, self.text, self.bar, self.stop, None, space="l")
        for widget in (self.bar, self.stop):
            layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)

    def show_progress(self, text: str, fraction: float) -> None:
        """``fraction`` 0..1, or negative when the total is not known."""
        text = shown(text)
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self.bar.setRange(0, 0 if fraction < 0 else 1000)
        self.bar.setValue(int(max(0.0, fraction) * 1000))
