"""Every action of the menus, from the menu and from the palette, and every button that opens something."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton

from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.shell.palette import CommandPalette
from slots.hands import alive, key
from slots.session import Session

LAST = {"quit"}
"""Ends the session, so it comes when all is done."""


class Answers:
    """What the system's own dialogs answer: files of the benchmark to open, its folder to save in."""

    def __init__(self, files: list[Path], folder: Path) -> None:
        self.files, self.folder, self.place = files, folder, folder
        self.opened: Path | None = None
        """Answers the next questions for a file, whatever their kind."""

    def install(self) -> None:
        """In place of the system's dialogs."""
        made: Any = QFileDialog
        made.getOpenFileName = lambda *asked, **_more: (self._open(asked), "")
        made.getOpenFileNames = lambda *asked, **_more: ([self._open(asked)], "")
        made.getSaveFileName = lambda *asked, **_more: (self._save(asked), "")
        made.getExistingDirectory = lambda *_asked, **_more: str(self.place)
        printing: Any = QPrintDialog
        printing.exec = lambda dialog: self._print(dialog.printer())

    def _open(self, asked: tuple[Any, ...]) -> str:
        if self.opened is not None:
            return str(self.opened)
        kinds = str(asked[3]).lower() if len(asked) > 3 else ""
        return next((str(path) for path in self.files if path.suffix in kinds), "")

    def _save(self, asked: tuple[Any, ...]) -> str:
        name = Path(str(asked[2])).name if len(asked) > 2 and asked[2] else "saved"
        return str(self.folder / "saved" / name)

    def _print(self, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.folder / "printed.pdf"))
        return True


class Acting:
    """Triggers actions and takes down which: ``left_out`` says what nobody asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.by_menu: set[str] = set()
        self.by_palette: set[str] = set()

    @property
    def left_out(self) -> list[str]:
        """Actions that were never triggered one way or the other."""
        every = {spec.id for spec in actions()}
        return [
            *(f"menu: {name}" for name in sorted(every - self.by_menu)),
            *(f"palette: {name}" for name in sorted(every - self.by_palette - LAST)),
        ]

    def act(self, name: str, then: str = "") -> None:
        """From the menu, then from the palette, each put away again; ``then`` makes the way back."""
        for way in (self.from_menu, self.from_palette):
            way(name)
            self.session.use_dialogs(f"{name}{' (palette)' if way == self.from_palette else ''}")
            if then:
                self.from_menu(then)

    def from_menu(self, name: str) -> None:
        """Choose it in its menu."""
        action = self.session.window.actions_by_id[name]
        if action.isEnabled():
            self.by_menu.add(name)
            self.session.soon(action.trigger, f"action {name}", 0.4)

    def from_palette(self, name: str) -> None:
        """Type its first letters into the palette and choose it there."""
        session, action = self.session, self.session.window.actions_by_id[name]
        session.soon(session.window.do_palette, "palette", 0.2)
        palette = next((one for one in session.dialogs() if isinstance(one, CommandPalette)), None)
        if palette is None:
            return
        for letter in action.text().replace("&", "")[:4]:
            session.soon(lambda k=letter: key(palette.field, k), "palette, typing", 0.02)
        row = next((at for at, one in enumerate(_choices(palette)) if one is action), None)
        if row is None:
            session.soon(palette.reject, "closing the palette", 0.05)
            return
        self.by_palette.add(name)
        palette.list.setCurrentRow(row)
        session.soon(palette.field.returnPressed.emit, f"action {name} (palette)", 0.4)

    def press_buttons(self) -> None:
        """Every button of every page that asks for more, and every entry of its menus."""
        for page in self.session.window.pages:
            self.session.show(page)
            for name, press in _presses(self.session):
                self.session.soon(press, f"{page}, {name}", 0.4)
                self.session.use_dialogs(f"{page}, {name}")
                self.session.show(page)


def _choices(palette: CommandPalette) -> list[QAction]:
    items = (palette.list.item(at) for at in range(palette.list.count()))
    return [item.data(Qt.ItemDataRole.UserRole) for item in items]


def _presses(session: Session) -> Iterator[tuple[str, Callable[[], object]]]:
    """By name: what was pressed before may have made the buttons anew."""
    for name in [made.accessibleName() for made in session.shown(QPushButton) if _asks(made)]:
        made = next((b for b in session.shown(QPushButton) if b.accessibleName() == name), None)
        if made is None or not alive(made):
            continue
        if made.menu() is None:
            yield name, made.click
        else:
            yield from ((f"{name}: {entry.text()}", entry.trigger) for entry in made.menu().actions())


def _asks(made: QPushButton) -> bool:
    return made.menu() is not None or made.text().endswith("…")
