"""The whole session, from opening to closing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.application import collecting, prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow
from slots.acting import LAST, Acting, Answers
from slots.clock import Timed
from slots.editing import (
    drop_files,
    edit_criterion,
    edit_everything,
    look_at_reads,
    many_candidates,
    write_letter,
)
from slots.family import edit_family
from slots.files import made_files
from slots.looking import change_looks, look_around, move_on_locus, type_filters, visit
from slots.session import Session
from slots.storing import make_store, use_store

_WAYS_BACK = {
    "theme": "theme",
    "text_larger": "text_normal",
    "close_case": "demo",
    "full_screen": "full_screen",
}


def whole_session(folder: Path, parts: list[str]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What each step cost in milliseconds, and actions that nobody asked for."""
    application = Timed()
    application.setProperty("folder", str(folder))
    prepare(application)
    theme = Theme()
    theme.use(theme.scheme)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Services(), theme, settings)
    collecting(window)
    window.show()
    session = Session(application, window, theme)
    files = made_files(folder)
    answers = Answers(list(files.values()), folder)
    answers.install()
    acting = Acting(session)
    begin(session)
    if "looking" in parts:
        look(session)
        session.rest()
    if "acting" in parts:
        act(acting)
        acting.press_buttons()
        drop_files(session, files)
    if "editing" in parts:
        edit(session, folder)
    if "family" in parts:
        edit_family(session)
    if "store" in parts:
        answers.place = make_store(folder / "store", window.desk.current)
        use_store(session, acting)
    session.rest()
    close(session, acting)
    return told(application), acting.left_out


def told(application: Timed) -> dict[str, dict[str, Any]]:
    """What each step cost so far, in milliseconds."""
    return {step: _told(cost, what) for step, (cost, what) in application.steps.items()}


def _told(cost: Any, what: str) -> dict[str, Any]:
    parts = ("processor", "quiet", "clock")
    return {"what": what, **{name: 1000 * getattr(cost, name) for name in parts}}


def begin(session: Session) -> None:
    """Start, warm up, open the demo."""
    window = session.window
    session.soon(window.warm_up, "warming")
    session.application.wait(lambda: len(window.pages.made) == len(window.pages) and session.idle())
    session.soon(window.open_demo, "opening the demo")
    session.application.wait(lambda: window.desk.current is not None and session.idle())
    session.rest()


def look(session: Session) -> None:
    """Everything that changes nothing."""
    visit(session)
    look_around(session)
    type_filters(session)
    move_on_locus(session)
    change_looks(session)


def act(acting: Acting) -> None:
    """Every action; those that need a store with none, and again when there is one."""
    session = acting.session
    for spec in actions():
        if spec.id not in LAST and spec.id not in ("undo", "redo"):
            acting.act(spec.id, _WAYS_BACK.get(spec.id, ""))
    _something_to_take_back(session)
    for way in (acting.from_menu, acting.from_palette):
        way("undo")
        way("redo")


def _something_to_take_back(session: Session) -> None:
    desk = session.window.desk
    case = desk.session.case
    edited = replace(case, indication=case.indication + " .")
    session.soon(lambda: desk.change(edited), "editing the indication", 0.5)


def edit(session: Session, folder: Path) -> None:
    """Everything that changes the case."""
    edit_everything(session)
    many_candidates(session)
    edit_criterion(session)
    write_letter(session)
    look_at_reads(session, folder)


def close(session: Session, acting: Acting) -> None:
    """Quit while a case is being analysed."""
    window, application = session.window, session.application
    session.soon(window.do_close_case, "closing the case")
    application.at = "opening again"
    window.open_demo()
    application.wait(lambda: True, 0.3)
    acting.by_menu.add("quit")
    application.at = "quitting during an analysis"
    window.actions_by_id["quit"].trigger()
    application.wait(lambda: not window.isVisible())
