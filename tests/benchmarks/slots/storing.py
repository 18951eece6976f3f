"""A store of 500 cases: opening and locking it, searching, the ledger, the dialogs that need it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox

from genoai_desktop.app.casebook import Door
from genoai_desktop.app.casebook.document import of_opening, with_result
from genoai_desktop.app.request import OpenCase
from genoai_desktop.cases import keys
from genoai_desktop.domain.ledger import Ledger
from slots.acting import Acting
from slots.hands import choose, key, scroll
from slots.session import Session

CASES, PASSPHRASE = 500, "correct horse battery"


def make_store(folder: Path, opened: OpenCase) -> Path:
    """The demo case 500 times as if it were patients', each with one line in the ledger."""
    keys.Wrapped.__init__.__defaults__ = (1, 64, 4)  # passphrases are tried in no time: a worker does that
    whole: Ledger = opened.ledger
    with Door(folder).set_up(Door.prepare("ada", PASSPHRASE)) as book:
        for number in range(CASES):
            case = replace(opened.case, id=f"Family {number}", synthetic=False)
            request = replace(opened.request, name=case.id, synthetic=False)
            entries = whole.entries[number % len(whole.entries) :][:1]
            result = replace(opened.result, case=case)
            made = of_opening(book.new_uid(), request, case)
            book.save(with_result(made, result, replace(whole, entries=entries)))
    return folder


def unlock(session: Session, name: str = "unlocking") -> None:
    """Type the passphrase into the lock screen."""
    screen = session.window.lock_screen
    if screen is None:
        raise RuntimeError(f"{name}: no lock screen")
    for letter in PASSPHRASE:
        session.soon(lambda k=letter: key(screen.passphrase, k), f"{name}, typing", 0.01)
    session.soon(screen.unlock, name, 0.6)
    session.application.wait(lambda: session.window.lock_screen is None and session.idle(), 0.3)


def use_store(session: Session, acting: Acting) -> None:
    """Look for cases, open one, lock and unlock, and every dialog that needs the store."""
    window = session.window
    acting.from_menu("locate_store")
    unlock(session)
    search(session)
    session.soon(lambda: window.pages["cases"].table.selectRow(3), "stored case chosen", 0.1)
    session.soon(window.pages["cases"].open_button.click, "opening a stored case", 1.0)
    session.application.wait(session.saved, 0.5)
    edit_stored(session)
    for name in ("notes", "attachments", "compare", "users", "letterhead", "backup", "audit", "updates"):
        acting.act(name)
    for way in (acting.from_menu, acting.from_palette):
        session.show("candidates")
        way("lock")
        session.application.wait(session.idle, 0.3)
        unlock(session, "unlocking with a case open")
    ledger(session)
    for page in window.pages:
        session.show(page)


def edit_stored(session: Session) -> None:
    """Edits that are saved meanwhile."""
    window = session.window
    for word in ("one", "two"):
        case = window.desk.session.case
        edited = replace(case, indication=f"{case.indication} {word}")
        session.soon(lambda c=edited: window.desk.change(c), "editing a stored case", 0.5)
    session.application.wait(session.saved, 0.5)
    for what in (window.do_undo, window.do_redo):
        session.soon(what, "undoing in a stored case", 0.5)
    session.application.wait(session.saved, 0.5)


def search(session: Session) -> None:
    """Among 500 cases, letter by letter; sort them; scroll."""
    session.soon(lambda: session.window.show_page("cases"), f"{CASES} cases, again", 0.5)
    page = session.window.pages["cases"]
    for letter in ("F", "a", "m", "i", "l", "y", " ", "4", "\b", "\b", "\b", "\b", "\b", "\b", "\b", "\b"):
        session.soon(lambda k=letter: key(page.finder, k), f"{CASES} cases, typing {letter!r}", 0.35)
    for column in (0, 1, 2):
        session.soon(lambda c=column: page.table.sortByColumn(c, Qt.SortOrder.AscendingOrder), "cases sorted")
    for share in (0.5, 1.0, 0.0):
        session.soon(lambda s=share: scroll(page.table, s), f"{CASES} cases, scrolled", 0.1)


def ledger(session: Session) -> None:
    """Its 500 rows: filters, orders, scrolling; and a check of all cases."""
    session.soon(lambda: session.window.show_page("ledger"), "ledger of 500", 0.5)
    page = session.window.pages["ledger"]
    session.soon(lambda: page.tabs.setCurrentIndex(1), "ledger of 500, all variants", 0.3)
    table = page.table
    for letter in ("F", "a", "m", "\b", "\b", "\b"):
        session.soon(lambda k=letter: key(table.finder, k), f"ledger of 500, typing {letter!r}", 0.15)
    for box in session.shown(QComboBox):
        for index in (1, 0):
            session.soon(lambda b=box, i=index: b.setCurrentIndex(i), "ledger of 500, filtered", 0.1)
    down = Qt.SortOrder.DescendingOrder
    for column in range(table.model.columnCount()):
        session.soon(lambda c=column: table.view.sortByColumn(c, down), "ledger of 500, sorted", 0.1)
    for share in (0.5, 1.0, 0.0):
        session.soon(lambda s=share: scroll(table.view, s), "ledger of 500, scrolled", 0.1)
    session.soon(lambda: QTest.keyClick(table.view, Qt.Key.Key_PageDown), "ledger of 500, a page down", 0.1)
    session.soon(lambda: page.check("quick"), "checking 500 cases", 0.5)
    session.soon(lambda: page.tabs.setCurrentIndex(0), "ledger of 500, what changed", 0.3)
    for view in session.shown(QAbstractItemView):
        for row in range(3):
            session.soon(lambda v=view, r=row: choose(v, r), "ledger of 500, a changed case", 0.1)
