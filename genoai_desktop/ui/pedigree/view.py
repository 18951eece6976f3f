"""The drawing area: people, lines and handles; mouse, pen, touch and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsView

from genoai_desktop.domain.family import Family
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.drawing import Scene
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.ui.pedigree.bar import KIN, kin_words
from genoai_desktop.ui.pedigree.handles import Room, free_places
from genoai_desktop.ui.pedigree.items import HandleItem, LinesItem, PersonItem
from genoai_desktop.ui.pedigree.painter import colours
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.wheel import ZOOMS

DRAG = 8
"""Pixels before a press becomes a drag."""
SMALLEST, LARGEST = 0.08, 3.0
CROWDED = 0.4
"""Below this zoom handles would cover the neighbours; the keys and the row of buttons still work."""
READABLE, FIRST = 0.7, 0.9
"""A family that would be smaller than that at first sight is shown in part, the proband in the middle: names
are 9 units high."""
HANDLES = ("parents", "partner", "sibling", "child")
"""What the handles add."""
MARGIN = 62.0
"""Around the family, in device-independent pixels: room for handles."""
EDGE = 28.0
"""The same where the whole family is fitted in: handles have their room beyond, to be scrolled to."""
KEYS = {
    Qt.Key.Key_P: "parents",
    Qt.Key.Key_M: "partner",
    Qt.Key.Key_C: "child",
    Qt.Key.Key_S: "sibling",
    Qt.Key.Key_H: "half_sibling",
    Qt.Key.Key_T: "twin",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Return: "edit",
    Qt.Key.Key_A: "affected",
    Qt.Key.Key_D: "deceased",
    Qt.Key.Key_G: "sex",
    Qt.Key.Key_K: "carrier",
    Qt.Key.Key_B: "pregnancy",
    Qt.Key.Key_O: "adopted",
    Qt.Key.Key_E: "donor",
    Qt.Key.Key_R: "surrogate",
    Qt.Key.Key_U: "consultand",
}
SHIFTED = {Qt.Key.Key_Left: "shift_left", Qt.Key.Key_Right: "shift_right"}
"""With the shift key: the person moves, not the choice."""
MOVES = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "proband",
}


class PedigreeView(QGraphicsView):
    """Shows a Scene of the report; asks for edits by name, changes nothing itself."""

    picked = Signal(str)
    asked = Signal(str)
    moved = Signal(str, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)
        self.setScene(self._scene)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(tr("Pedigree drawing"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setProperty(ZOOMS, True)
        self.people: dict[str, PersonItem] = {}
        self.handles: dict[str, HandleItem] = {}
        self.person = ""
        self.drawn: Scene | None = None
        self._lines = LinesItem()
        self._scene.addItem(self._lines)
        self._palette = colours(theme)
        self._press: tuple[QPoint, str, float] | None = None
        self._last = ""
        """Who was pressed last."""
        self._pan: QPoint | None = None
        self._fitted = False

    def show_scene(self, family: Family, drawn: Scene, person: str) -> None:
        """Bring the items up to a new drawing, keeping those that stay."""
        self.drawn = drawn
        layout = drawn.layout
        for gone in set(self.people) - set(drawn.people):
            self._scene.removeItem(self.people.pop(gone))
        for name, shapes in drawn.people.items():
            item = self.people.get(name)
            if item is None:
                item = self.people[name] = PersonItem(name)
                self._scene.addItem(item)
            item.show_shapes(shapes, self._palette)
            item.setPos(layout.x[name], layout.y[name])
        bounds = self.family_rect()
        self._lines.show_shapes(drawn.lines, self._palette, bounds)
        self._scene.setSceneRect(bounds)
        self.choose(person if person in family.by_id else family.proband, follow=bool(self.person))

    def family_rect(self) -> QRectF:
        """What the drawing covers, with a margin for handles."""
        layout = self.drawn.layout if self.drawn else None
        if layout is None:
            return QRectF(0, 0, 1, 1)
        height = layout.height + layout.deepest
        edge = RADIUS + MARGIN / (self.transform().m11() or 1.0)
        return QRectF(0, 0, layout.width, height).adjusted(-edge, -edge, edge, edge)

    def choose(self, person: str, *, follow: bool = True) -> None:
        """Make somebody the person in view."""
        for name in (self.person, person):
            if name in self.people:
                self.people[name].choose(name == person)
        self.person = person
        if follow and person in self.people:  # first: handles keep within what is in view
            self.ensureVisible(self.people[person].sceneBoundingRect(), 60, 60)
        self._show_handles()

    def repaint_theme(self) -> None:
        """Take over the colours of the theme."""
        self._palette = colours(self._theme)
        self._scene.setBackgroundBrush(self._theme.colour("surface"))
        if self.drawn is not None:
            for name, shapes in self.drawn.people.items():
                self.people[name].show_shapes(shapes, self._palette)
            self._lines.show_shapes(self.drawn.lines, self._palette, self.family_rect())
        self._show_handles()

    def fit(self) -> None:
        """The whole family in view, at most at full size."""
        self.resetTransform()
        rect, size = self.family_rect(), self.viewport().size()
        if rect.width() > 1 and size.width() > 1:
            wide, high = rect.width() - 2 * MARGIN, rect.height() - 2 * MARGIN
            scale = min((size.width() - 2 * EDGE) / wide, (size.height() - 2 * EDGE) / high, 1.15)
            self.scale(max(scale, SMALLEST), max(scale, SMALLEST))
        self._scene.setSceneRect(self.family_rect())
        self.centerOn(rect.center())
        self._show_handles()

    def first_sight(self) -> None:
        """The whole family where it can be read, else the proband and those around."""
        self.fit()
        middle = self.people.get(self.drawn.layout.graph.family.proband) if self.drawn is not None else None
        now = self.transform().m11()
        if now < READABLE and middle is not None:
            self.scale(FIRST / now, FIRST / now)
            self._scene.setSceneRect(self.family_rect())
            self.centerOn(middle)
            self._show_handles()

    def zoom(self, factor: float) -> None:
        """Nearer (above 1) or further."""
        now = self.transform().m11()
        wanted = max(SMALLEST, min(LARGEST, now * factor))
        self.scale(wanted / now, wanted / now)
        self._scene.setSceneRect(self.family_rect())
        self._show_handles()

    def _show_handles(self) -> None:
        for handle in self.handles.values():
            self._scene.removeItem(handle)
        self.handles = {}
        item = self.people.get(self.person)
        scale = self.transform().m11() or 1.0
        if item is None or not self.hasFocus() or scale < CROWDED:
            return
        others = [one for name, one in self.people.items() if name != self.person]
        room = Room(
            item.symbol(),
            item.label().bottom(),
            [one.symbol() for one in others],
            [one.label() for one in others],
            self.mapToScene(self.viewport().rect()).boundingRect(),
            scale,
        )
        kinds = [name for name in HANDLES if not (name == "parents" and self._has_parents())]
        for name, place in free_places(kinds, room).items():
            words, key = kin_words()[name], KIN[name]
            tip = tr("Add {words} (key {key})", words=words, key=key)
            handle = HandleItem(words, tip, self._asker(name))
            handle.palette = self._palette
            handle.setPos(place)
            self._scene.addItem(handle)
            self.handles[name] = handle

    def _has_parents(self) -> bool:
        family = self.drawn.layout.graph.family if self.drawn is not None else None
        return family is not None and len(family.by_id[self.person].parents) == 2

    def _asker(self, name: str) -> Callable[[], None]:
        return lambda: self.asked.emit(name)

    def event(self, event: QEvent) -> bool:
        """Single keys and undo belong to the drawing while it has the focus."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and isinstance(event, QKeyEvent) and self._word(event):
            event.accept()
            return True
        return super().event(event)

    def _word(self, event: QKeyEvent) -> str:
        if event.matches(QKeySequence.StandardKey.Undo):
            return "undo"
        if event.matches(QKeySequence.StandardKey.Redo):
            return "redo"
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return ""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in SHIFTED:
            return SHIFTED[key]
        return KEYS.get(key) or MOVES.get(key) or _ZOOMS.get(key, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters add kin, arrows walk, +, − and 0 zoom."""
        word = self._word(event)
        if word == "fit":
            self.fit()
        elif word in MOVES.values():
            self.picked.emit(self.neighbour(word))
        elif word:
            self.asked.emit(word)
        else:
            super().keyPressEvent(event)

    def neighbour(self, way: str) -> str:
        """Who stands left, right, above (a parent) or below (a child); the same where nobody does."""
        drawn = self.drawn
        if drawn is None or self.person not in drawn.layout.x:
            return self.person
        family = drawn.layout.graph.family
        if way == "proband":
            return family.proband
        if way in ("left", "right"):
            row = next(row for row in drawn.layout.rows if self.person in row)
            place = row.index(self.person) + (1 if way == "right" else -1)
            return row[place] if 0 <= place < len(row) else self.person
        graph = drawn.layout.graph
        if way == "up":
            above = graph.above.get(self.person)
            return graph.couples[above].partners[0] if above is not None else self.person
        children = [child for number in graph.of[self.person] for child in graph.couples[number].children]
        return children[0] if children else self.person

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On a person: choose, perhaps drag; on nothing: pan."""
        item = self._at(event.position().toPoint())
        self._last = item.person if isinstance(item, PersonItem) else ""
        if isinstance(item, HandleItem):
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(item, PersonItem):
            self._press = (event.position().toPoint(), item.person, item.x())
            self.picked.emit(item.person)
        else:
            self._pan = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a person sideways, or the whole drawing."""
        at = event.position().toPoint()
        if self._press is not None:
            start, person, x = self._press
            if abs(at.x() - start.x()) > DRAG and person in self.people:
                shift = (at.x() - start.x()) / self.transform().m11()
                self.people[person].setX(x + shift)
                self._show_handles()
            return
        if self._pan is not None:
            delta = at - self._pan
            self._pan = at
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - delta.x())
            down.setValue(down.value() - delta.y())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag that was long enough is kept."""
        pressed, self._press = self._press, None
        self._pan = None
        self.viewport().unsetCursor()
        if pressed is not None:
            start, person, x = pressed
            item = self.people.get(person)
            if item is not None and abs(event.position().toPoint().x() - start.x()) > DRAG:
                self.moved.emit(person, item.x() - x)
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the details; the second of two quick presses elsewhere is a press like any other.

        Two taps of a finger count as a double one even when they are on different people or handles.
        """
        item = self._at(event.position().toPoint())
        if isinstance(item, HandleItem):
            item.ask()
        elif isinstance(item, PersonItem) and item.person == self._last:
            self.asked.emit("edit")
        else:
            self.mousePressEvent(event)

    def _at(self, point: QPoint) -> QGraphicsItem | None:
        return self.itemAt(point)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the handles."""
        super().focusInEvent(event)
        self._show_handles()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the handles."""
        super().focusOutEvent(event)
        self._show_handles()

    def resizeEvent(self, event: Any) -> None:
        """Fit at the first sight."""
        super().resizeEvent(event)
        if not self._fitted and self.drawn is not None and self.isVisible():
            self._fitted = True
            self.first_sight()


_ZOOMS = {
    Qt.Key.Key_Plus: "nearer",
    Qt.Key.Key_Equal: "nearer",
    Qt.Key.Key_Minus: "further",
    Qt.Key.Key_0: "fit",
}
