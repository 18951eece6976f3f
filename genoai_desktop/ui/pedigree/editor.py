"""The editor: drawing, details and a list in words, with its own undo until the case takes an edit over."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_edit import set_member, straighten
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.drawing import scene
from genoai_desktop.ui.pedigree.bar import KinBar
from genoai_desktop.ui.pedigree.commands import carry_out
from genoai_desktop.ui.pedigree.listed import FamilyList
from genoai_desktop.ui.pedigree.panel import DetailsPanel, Edit
from genoai_desktop.ui.pedigree.view import PedigreeView
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import box, column

MOST_STEPS = 200
LATE_MS = 60


class PedigreeEditor(QWidget):
    """Edits a Family. ``changed`` carries every new one, ``refused`` what could not be."""

    changed = Signal(object)
    refused = Signal(object)
    stepped = Signal(str)
    """``undo`` or ``redo``, before the change that it makes."""
    rough = Signal(object)
    """A family that is drawn in an order that a longer search may better; ``settle`` shows what it found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("Pedigree editor"))
        self.view = PedigreeView(theme)
        self.bar = KinBar()
        self.panel = DetailsPanel()
        self.list = FamilyList()
        self.family: Family | None = None
        self._past: list[Family] = []
        self._future: list[Family] = []
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self.show_rest)
        self._assemble()
        self.view.picked.connect(self.choose)
        self.view.asked.connect(self.do)
        self.bar.asked.connect(self.do)
        self.view.moved.connect(self._moved)
        self.panel.wanted.connect(self.edit)
        self.list.picked.connect(self.choose)
        self.tabs.currentChanged.connect(lambda _index: self.show_rest())

    def show_family(self, family: Family) -> None:
        """Begin with this family; forgets the steps of another one."""
        if family == self.family:
            return
        same = self.family is not None and self.family.proband in family.by_id
        self._past, self._future = [], []
        self.family = family
        self._show(self.view.person if same else family.proband)
        if not same:
            self.view.first_sight()

    def choose(self, person: str) -> None:
        """Show somebody's details."""
        if self.family is None or person not in self.family.by_id:
            return
        self.view.choose(person)
        self.bar.show_person(self.family, person)
        self._late.start()

    def do(self, word: str) -> None:
        """Carry out a command of the keyboard or of a handle on the person in view."""
        if self.family is None:
            return
        if word == "undo":
            self.undo()
        elif word == "redo":
            self.redo()
        elif word in ("nearer", "further"):
            self.view.zoom(1.2 if word == "nearer" else 1 / 1.2)
        elif word == "edit":
            self.tabs.setCurrentIndex(0)
            self.show_rest()
            if self.panel.first is not None:
                self.panel.first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._try(word)

    def _try(self, word: str) -> None:
        assert self.family is not None
        try:
            after, person = carry_out(word, self.family, self.view.person)
        except UserError as error:
            self.refused.emit(error)
            return
        self._take(after, person)

    def edit(self, change: Edit) -> None:
        """Apply an edit of the details."""
        if self.family is None:
            return
        try:
            after = change(self.family)
        except UserError as error:
            self.refused.emit(error)
            self.panel.forget()
            self._show_details()
            return
        self._take(after, self.view.person)

    def undo(self) -> None:
        """One step back."""
        if self._past and self.family is not None:
            self._future.append(self.family)
            self.family = self._past.pop()
            self._show(self.view.person)
            self.stepped.emit("undo")
            self.changed.emit(self.family)

    def redo(self) -> None:
        """One step forward again."""
        if self._future and self.family is not None:
            self._past.append(self.family)
            self.family = self._future.pop()
            self._show(self.view.person)
            self.stepped.emit("redo")
            self.changed.emit(self.family)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._future)

    def straighten(self) -> None:
        """Forget shifts by hand."""
        self.edit(straighten)

    def replace_family(self, family: Family) -> None:
        """Take an imported family in place of this one, as one step."""
        self._take(family, family.proband)
        self.view.first_sight()

    def _take(self, after: Family, person: str) -> None:
        if self.family is None or after == self.family:
            return
        self._past = [*self._past[-MOST_STEPS:], self.family]
        self._future = []
        self.family = after
        self._show(person)
        self.changed.emit(after)

    def _moved(self, person: str, shift: float) -> None:
        def nudge(family: Family) -> Family:
            return set_member(family, person, nudge=round(family.by_id[person].nudge + shift, 1))

        self.edit(nudge)

    def _show(self, person: str) -> None:
        assert self.family is not None
        before = self.view.drawn.layout.order if self.view.drawn is not None else None
        drawn = scene(self.family, quick=True, like=before)
        self.view.show_scene(self.family, drawn, person)
        self.bar.show_person(self.family, self.view.person)
        self._late.start()
        if not drawn.layout.settled:
            self.rough.emit(self.family)

    def settle(self, family: Family) -> None:
        """Draw the order that the search for this family has found, if it is still the one in view."""
        if family == self.family:
            self._show(self.view.person)

    def show_rest(self) -> None:
        """Details or list, what is in view, once the hands rest: the drawing never waits for them."""
        if not self.list.isVisible():
            self._show_details()
        elif self.family is not None and self.view.drawn is not None:
            self.list.show_family(self.family, self.view.drawn.layout, self.view.person)

    def _show_details(self) -> None:
        drawn = self.view.drawn
        if self.family is not None and drawn is not None and self.view.person in self.family.by_id:
            number = drawn.layout.number(self.view.person)
            self.panel.show_member(self.family, self.view.person, number)

    def _assemble(self) -> None:
        self.sheet = QScrollArea()
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setAccessibleName(tr("Details"))
        self.sheet.setWidget(self.panel)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Details or list"))
        self.tabs.tabBar().setAccessibleName(tr("Details or list"))
        self.tabs.addTab(self.sheet, tr("Details"))
        self.tabs.addTab(self.list, tr("List"))
        self.tabs.setMinimumWidth(320)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(box(column(self.view, self.bar, space="xs")))
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        split.setSizes([900, 350])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
