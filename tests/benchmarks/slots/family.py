"""A family of 150 on the pedigree page: importing it, adding, dragging, undoing, straightening, renaming."""

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from slots.hands import wheel
from slots.session import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "report" / "pedigree"))
from families import with_in_laws

from genoai_desktop.app.pedigrees.exchange import FORMATS
from genoai_desktop.domain.family_edit import set_member
from genoai_desktop.ui.pages.pedigree import ANALYSE_MS

PEOPLE = 150
KEYS = (
    "child",
    "affected",
    "partner",
    "child",
    "undo",
    "undo",
    "sibling",
    "deceased",
    "twin",
    "undo",
    "redo",
)


def edit_family(session: Session) -> None:
    """Everything that is done while a family is drawn; analysed at the end as the page does by itself."""
    page = session.window.pages["pedigree"]
    session.show("pedigree")
    editor = page.editor
    before, large = editor.family, with_in_laws(1, PEOPLE)
    name = f"family of {PEOPLE}"
    session.soon(lambda: editor.replace_family(large), f"{name}, taken in", 1.0)
    people = list(large.by_id)
    for number, word in enumerate(KEYS):
        person = people[(7 * number + 3) % len(people)]
        session.soon(lambda p=person: editor.choose(p), f"{name}, choosing", 0.15)
        session.soon(lambda w=word: editor.do(w), f"{name}, {word}", 0.15)
    for person in people[3:6]:
        session.soon(lambda p=person: _drag(editor.view, p), f"{name}, dragged", 0.15)
    session.soon(editor.undo, f"{name}, drag undone", 0.15)
    session.soon(editor.straighten, f"{name}, straightened", 0.15)
    renamed = f"{name}, renamed"
    for word in ("A", "An", "Ann"):
        edit = lambda family, w=word: set_member(family, people[5], name=w)  # noqa: E731
        session.soon(lambda e=edit: editor.edit(e), renamed, 0.15)
    session.soon(lambda: editor.tabs.setCurrentIndex(1), f"{name}, list in words", 0.3)
    session.soon(lambda: editor.list.setCurrentRow(20), f"{name}, chosen in the list", 0.3)
    session.soon(lambda: editor.do("child"), f"{name}, child with the list in view", 0.3)
    session.soon(lambda: editor.tabs.setCurrentIndex(0), f"{name}, details", 0.3)
    control = Qt.KeyboardModifier.ControlModifier
    for angle in (120, -120, -120):
        session.soon(lambda a=angle: wheel(editor.view, a, control), f"{name}, zoomed", 0.1)
        session.soon(lambda a=angle: wheel(editor.view, a), f"{name}, scrolled", 0.1)
    session.soon(editor.view.fit, f"{name}, whole in view", 0.2)
    session.soon(lambda: None, f"{name}, analysed", ANALYSE_MS / 1000 + 0.5)
    session.soon(lambda: session.window.show_page("overview"), f"{name}, overview", 0.3)
    session.show("pedigree")
    for number, kind in enumerate(page_exports()):
        saved = session.application.property("folder") + f"/saved/family-{number}"
        session.soon(lambda k=kind, s=saved: page.export_to(Path(s), k), f"{name}, exported as {kind}", 0.3)
    session.soon(lambda: editor.replace_family(before), f"{name}, taken out", ANALYSE_MS / 1000 + 1)


def page_exports() -> list[str]:
    """Identifiers of the formats."""
    return [kind.id for kind in FORMATS]


def _drag(view: object, person: str) -> None:
    """Press on a person, move in steps, let go."""
    item, left = view.people[person], Qt.MouseButton.LeftButton  # type: ignore[attr-defined]
    place = view.mapFromScene(item.pos())  # type: ignore[attr-defined]
    port = view.viewport()  # type: ignore[attr-defined]
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, place)
    for step in range(1, 8):
        QTest.mouseMove(port, place + QPoint(5 * step, 0))
    QTest.mouseRelease(port, left, Qt.KeyboardModifier.NoModifier, place + QPoint(40, 0))
