"""Looking around: pages, tabs, lists, filters, the locus, and how it all looks."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QListWidget, QTabBar, QTableView

from genoai_desktop.ui.theme.tokens import TEXT_SCALES, Scheme
from slots.hands import alive, choose, key, scroll, wheel
from slots.session import Session

ROWS = 5
"""Of every list that are chosen in turn."""


def visit(session: Session) -> None:
    """Every page, for the first and the second time."""
    for time in ("first", "second"):
        for page in session.window.pages:
            session.soon(lambda page=page: session.window.show_page(page), f"{page}, {time} visit")


def look_around(session: Session) -> None:
    """Every tab, switch and list of every page."""
    for page in session.window.pages:
        session.show(page)
        for number, tabs in enumerate(session.shown(QTabBar)):
            for index in range(tabs.count()):
                session.soon(lambda t=tabs, i=index: t.setCurrentIndex(i), f"{page}, tab {number}.{index}")
        switches = [b for b in session.shown(QAbstractButton) if b.isCheckable() and not b.isChecked()]
        for made in switches:
            if alive(made):
                session.soon(lambda b=made: alive(b) and b.click(), f"{page}, {made.text()}")
        for view in session.shown(QAbstractItemView):
            if isinstance(view, QListWidget | QTableView):
                for row in range(ROWS):
                    session.soon(lambda v=view, r=row: choose(v, r), f"{page}, row {row}", 0.1)


def type_filters(session: Session) -> None:
    """Letters into the search, over the whole exome; then through the whole table and its orders."""
    session.show("variants")
    for field in [f for f in session.shown(QLineEdit) if f.window() is session.window]:
        for letter in ("C", "H", "D", "7", "\b", "\b", "\b", "\b"):
            session.soon(lambda f=field, k=letter: key(f, k), f"variants, typing {letter!r}", 0.15)
    table = session.window.variants.table
    for share in (0.1, 0.3, 0.5, 0.9, 1.0, 0.0):
        session.soon(lambda s=share: scroll(table, s), f"variants, scrolled to {share:.0%}", 0.1)
    for _ in range(5):
        session.soon(lambda: wheel(table, -120), "variants, wheel", 0.05)
        session.soon(lambda: QTest.keyClick(table, Qt.Key.Key_PageDown), "variants, a page down", 0.05)
    header = table.horizontalHeader()
    for column in range(table.model().columnCount()):
        for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
            sort = f"variants, sorted by column {column}"
            session.soon(lambda c=column, o=order: header.setSortIndicator(c, o), sort, 0.1)


def move_on_locus(session: Session, name: str = "locus") -> None:
    """Pan, zoom, and step from variant to variant."""
    session.show("locus")
    view, keys = session.window.locus.plot, Qt.Key
    for key_ in (keys.Key_Plus, keys.Key_Plus, keys.Key_Right, keys.Key_Left, keys.Key_Minus, keys.Key_Down):
        session.soon(lambda k=key_: QTest.keyClick(view, k), f"{name}, {key_.name}", 0.4)
    for step in (120, 120, -120, -120, -120):
        session.soon(lambda s=step: wheel(view, s), f"{name}, wheel {step}", 0.3)


def change_looks(session: Session) -> None:
    """Theme, text size up to the largest, size of the window and language, on several pages."""
    window, theme = session.window, session.theme
    for page in ("candidates", "variants", "medicines", "risks", "report"):
        session.show(page)
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            session.soon(lambda scheme=scheme: theme.use(scheme), f"theme {scheme} on {page}", 0.5)
        for scale in TEXT_SCALES[1:]:
            larger = f"text {scale} % on {page}"
            session.soon(lambda: theme.resize_text(1), larger, 0.5)
        for other in window.pages:
            session.soon(lambda other=other: window.show_page(other), f"{other} at 200 %", 0.2)
        session.show(page)
        session.soon(lambda: theme.resize_text(0), f"normal text on {page}", 0.5)
        for size in ((1024, 700), (1600, 1000), (1280, 800)):
            session.soon(lambda size=size: window.resize(*size), f"size {size[0]} on {page}")
    for language in ("de", "en"):
        for page in ("candidates", "pedigree", "report"):
            session.show(page)
            session.soon(lambda language=language: window.speak(language), f"{language} on {page}", 1.0)
