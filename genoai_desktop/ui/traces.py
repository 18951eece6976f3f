"""What Qt and the desktop would remember of a patient outside of the store."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QSettings, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

_SOON_MS = 200
"""Qt writes when a dialog is destroyed, which is after the focus has left it."""
_VISITED = ("FileDialog/history", "FileDialog/lastVisited")
_SEEN = "application/x-genoai-copy"
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_HINTS = (
    ("x-kde-passwordManagerHint", b"secret"),
    (_WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"), b"\1\0\0\0"),
    (_WINDOWS.format("CanIncludeInClipboardHistory"), bytes(4)),
    (_WINDOWS.format("CanUploadToCloudClipboard"), bytes(4)),
)
"""What KDE's Klipper and its like, and Windows' clipboard history and cloud clipboard, look for.

The first as KeePassXC gives it (src/gui/Clipboard.cpp); the others: Microsoft, "Clipboard Formats", section
"Cloud Clipboard and Clipboard History Formats".
"""


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


def concealed() -> str:
    """The word that ``conceal`` gave to what is on the clipboard; empty where it has not."""
    return bytes(QGuiApplication.clipboard().mimeData().data(_SEEN).data()).decode()


def conceal(seen: str) -> None:
    """Ask programs that keep what was copied to leave this out: it may be about a patient.

    They read the clipboard when its owner's event loop answers, so what Qt put there a moment ago alone is
    not seen. What cannot be asked: programs that heed no hint; on macOS Qt has no way to say it.
    ``seen``: a word by which this copy is known again; Qt tells of it before this returns.
    """
    clipboard = QGuiApplication.clipboard()
    content, made = clipboard.mimeData(), QMimeData()
    for name in content.formats():
        if not (name.startswith("image/") or name == "application/x-qt-image"):
            made.setData(name, content.data(name))
    if content.hasImage():
        made.setImageData(content.imageData())
    for name, value in (*_HINTS, (_SEEN, seen.encode())):
        made.setData(name, value)
    clipboard.setMimeData(made)


class NoSelection(QObject):
    """Words that are only marked leave the program nowhere.

    On X11 and Wayland Qt hands every marked word to the primary selection, which programs that keep the
    clipboard record as well. It is given up before they can ask for it; pasting what another program
    marked goes on as before.
    """

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        clipboard.selectionChanged.connect(self.give_up)

    def give_up(self) -> None:
        """Own no selection."""
        if self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)


def empty_clipboard() -> None:
    """What was copied from this program is gone once it is locked; what others copied stays."""
    clipboard = QGuiApplication.clipboard()
    for mode in (clipboard.Mode.Clipboard, clipboard.Mode.Selection):
        owns = clipboard.ownsClipboard() if mode is clipboard.Mode.Clipboard else clipboard.ownsSelection()
        if owns:
            clipboard.clear(mode)
