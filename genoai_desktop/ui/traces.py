"""What Qt and the desktop would remember of a patient outside of the store."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtGui import QGuiApplication

_SOON_MS = 200
"""Qt writes when a dialog is destroyed, which is after the focus has left it."""
_VISITED = ("FileDialog/history", "FileDialog/lastVisited")


class FolderTraces(QObject):
    """Qt's file dialog keeps the last folders in settings that all Qt programs share, readable.

    A folder's name can be a patient's. They are put back to what they were when this program began, after
    every dialog, at the start and at the end; within the program the dialog still opens where it was.
    """

    def __init__(self, parent: QObject | None = None, settings: QSettings | None = None) -> None:
        super().__init__(parent)
        self._settings = settings or QSettings(QSettings.Scope.UserScope, "QtProject")
        self._before = {key: self._settings.value(key) for key in _VISITED}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.remove)

    def follow(self, application: QGuiApplication) -> None:
        """Clean up whenever a window was left: one of them may have been a file dialog."""
        application.focusWindowChanged.connect(lambda _window: self._soon.start())
        application.aboutToQuit.connect(self.remove)

    def remove(self) -> None:
        """Put the settings back; nothing is written where nothing changed."""
        self._settings.sync()
        for key, value in self._before.items():
            if self._settings.value(key) == value:
                continue
            if value is None:
                self._settings.remove(key)
            else:
                self._settings.setValue(key, value)
        self._settings.sync()


def copied_here() -> bool:
    """Whether what is on the clipboard came from this program. Without a screen there is no other."""
    clipboard = QGuiApplication.clipboard()
    ours = clipboard.ownsClipboard() or QGuiApplication.platformName() in ("offscreen", "minimal")
    content = clipboard.mimeData()
    return ours and content is not None and bool(content.formats())


def empty_clipboard() -> None:
    """What was copied from this program is gone once it is locked; what others copied stays."""
    clipboard = QGuiApplication.clipboard()
    for mode in (clipboard.Mode.Clipboard, clipboard.Mode.Selection):
        owns = clipboard.ownsClipboard() if mode is clipboard.Mode.Clipboard else clipboard.ownsSelection()
        if owns:
            clipboard.clear(mode)
