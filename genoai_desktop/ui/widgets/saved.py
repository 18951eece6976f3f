"""What was written: said in a banner, with a way to the file and to its folder, on this computer alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.banner import Banner


def say_saved(banner: Banner, text: str, path: Path, tone: str = "success") -> None:
    """Say ``text`` about the file at ``path``, and offer to open it or its folder."""
    banner.say(tone, text)
    banner.setToolTip(str(path))
    banner.offer(tr("Open the file"), lambda: show_local(banner, path))
    banner.offer(tr("Open the folder"), lambda: show_local(banner, path.parent))


def show_local(banner: Banner, path: Path) -> None:
    """Let the desktop's own program show a file or folder; say where it lies when there is none.

    Only addresses of files are ever handed over, never one of a network.
    """
    address = QUrl.fromLocalFile(str(path.absolute()))
    if not path.exists():
        banner.say("warning", tr("It is not there any more: {path}", path=str(path)))
    elif not (address.isLocalFile() and QDesktopServices.openUrl(address)):
        banner.say("info", tr("No program of this computer opens it. It lies here: {path}", path=str(path)))
