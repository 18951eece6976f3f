"""What every page has: a title, a banner, states, a scrolling body, and ``run``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QChildEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import FailedAnalysis, Part
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.bridge import Done, Failed, Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.help.glossary import define
from genoai_desktop.ui.in_turn import InTurn, into
from genoai_desktop.ui.theme.manager import make_room
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.banner import Banner, LoadingState, empty_state, explanation, failure_told
from genoai_desktop.ui.widgets.basics import clear, column, label
from genoai_desktop.ui.widgets.head import PageHead
from genoai_desktop.ui.widgets.scroll import CurrentStack, ScrollBody, WholePage
from genoai_desktop.ui.widgets.served import served_worse

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


_LEAST_HEIGHT = 320
"""Of what a page shows below its title and banners; where there is less the page scrolls as a whole."""


class Page(QWidget):
    """Base of the pages. A subclass fills ``body`` in ``fill``; ``scrolls`` wraps it in a scroll area.

    Pages fill themselves when they are looked at, not when the case changes: opening a case costs
    what the page in view costs. ``ready`` is sent when there is something to begin at.
    """

    ready = Signal()
    id: ClassVar[str] = ""
    icon: ClassVar[str] = "overview"
    scrolls: ClassVar[bool] = True
    audited_models: ClassVar[tuple[str, ...]] = ()
    """Models behind the page: a warning shows where one was measured to serve this patient's group worse."""
    rests_on: ClassVar[tuple[Part, ...]] = ()
    """Analyses besides the page's own whose failure is said in a banner."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.turn = InTurn(self, self.fit)
        self._stale, self._filled = True, False
        self._scrolled = 0
        self.title = label(self.name(), "title")
        self.subtitle = label("", "muted", wrap=True)
        self.head = PageHead(self.title, self.subtitle)
        self.tools = self.head.tools
        self.banner = Banner(desk.theme)
        self.served = Banner(desk.theme)
        self.body = QVBoxLayout()
        self._stack = CurrentStack()
        self.loading = LoadingState(self.runner.cancel_all)
        self.runner.progress.connect(self.loading.show_progress)
        self._empty: QWidget | None = None
        self._assemble()
        desk.case_changed.connect(self._case_changed)
        self.setAccessibleName(self.name())

    def dress(self) -> None:
        """Put the theme on the finished page. To put parts into a page that has it already costs twice."""
        self.desk.theme.dress(self, self._lighten, self._renew)

    def name(self) -> str:
        """The title of the page."""
        return ""

    def fill(self, opened: OpenCase) -> None:
        """Show a case: subclasses."""

    def find_field(self) -> QWidget | None:
        """The field into which Ctrl+F puts the cursor; None on a page without one."""
        return None

    def begins_at(self) -> QWidget | None:
        """Where the keyboard begins on this page: its field, its main button, or the first thing to use.

        A button that puts a message away is never it.
        """
        shown = self._stack.currentWidget()
        if shown is None:
            return None
        buttons = [one for one in shown.findChildren(QPushButton) if _usable(one)]
        field = self.find_field()
        wanted = [field] if field is not None and _usable(field) else []
        wanted += [one for one in buttons if one.property("primary")]
        wanted += [*buttons, *(one for one in shown.findChildren(QAbstractItemView) if _usable(one))]
        return next(iter(wanted), self.area)

    def add_in_turn(self, widgets: Iterator[QWidget], ended: Callable[[], None] | None = None) -> None:
        """Put widgets into the body one after the other; between two the window has its turn."""

        def finish() -> None:
            self.body.addStretch(1)
            define(self)
            if ended is not None:
                ended()
            self.ready.emit()

        self.turn.start(into(self.body, widgets), finish)

    @property
    def built(self) -> bool:
        """Whether everything is on the page."""
        return not self.turn.busy

    def reset(self) -> None:
        """Empty the body before ``fill``."""
        clear(self.body)

    @property
    def opened(self) -> OpenCase | None:
        """The case in view."""
        return self.desk.current

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        key: str = "",
    ) -> None:
        """Run ``function(*arguments, context)`` off this thread; starting anew cancels the old."""
        self.runner.run(function, *arguments, done=done, failed=failed or self.banner.explain, key=key)

    def may_copy(self) -> bool:
        """Whether the audit chain has taken down that something goes to the clipboard."""
        return self.may_leave(f"{self.id} clipboard")

    def may_leave(self, what: str) -> bool:
        """Whether the audit chain has taken down that ``what`` leaves the program."""
        try:
            self.desk.leaving(what)
        except UserError as error:
            self.banner.explain(error)
            return False
        return True

    def may_change(self) -> bool:
        """Whether this user may change cases; said before they are asked for anything."""
        if not self.desk.vault.may_edit:
            self.banner.say("warning", tr("Reviewers may not change cases. Nothing was changed."))
        return self.desk.vault.may_edit

    def present(self, dialog: QDialog) -> None:
        """Open a dialog that was made as a child of the window.

        The page is thrown away when the store locks, and the dialog comes back with what was typed in it:
        what it answers goes to the desk, never to this page.
        """
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_body(self) -> None:
        """Show the content rather than a state."""
        self._stack.setCurrentIndex(0)

    def show_loading(self, text: str) -> None:
        """Show progress in place of the content."""
        self.loading.show_progress(text, -1)
        self._stack.setCurrentWidget(self.loading)

    def show_empty(
        self,
        title: str,
        text: str,
        action: str = "",
        clicked: Callable[[], Any] | None = None,
        icon: str = "",
    ) -> None:
        """Say why there is nothing to see, and what could be done."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = empty_state(self.desk.theme, icon or self.icon, title, text, action, clicked)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def show_failed(self, error: Exception, again: Callable[[], Any]) -> None:
        """Why there is nothing to see, in place of the content, and a button to try once more."""
        self.show_empty(
            tr("This could not be shown"), explanation(error), tr("Try again"), again, icon="error"
        )

    def show_analysis_failed(self, failed: FailedAnalysis) -> None:
        """The analysis of this page failed in the program: neither found nor not found, and not declined."""
        self.show_empty(tr("This analysis failed"), failure_told(failed), *self.way_again(), icon="error")

    def say_notes(self, notes: Iterable[str]) -> None:
        """Notes of a result; as an error, with a button to try again, where one is of a failed analysis."""
        opened = self.opened
        failed = opened.result.failed if opened is not None else ()
        words = [one.words for one in failed if one.part in self.rests_on]
        told = joined(" ", (*words, *notes))
        if words:
            self.banner.say("error", told, *self.way_again())
        elif told:
            self.banner.say("info", told)

    def way_again(self) -> tuple[str, Callable[[], Any]]:
        """The button that runs every analysis of the case in view once more, with nothing changed."""

        def again() -> None:
            if self.desk.session is not None:
                self.desk.change(self.desk.session.case)

        return tr("Try again"), again

    def show_declined(self) -> None:
        """Consent does not cover this page: nothing of it exists in the result."""
        self.show_empty(
            tr("Not covered by consent"),
            tr(
                "The patient has not consented to this analysis. It was not run and nothing of it is stored, "
                "shown or printed."
            ),
            tr("Consent"),
            lambda: self.desk.page_wanted.emit("consent"),
            icon="lock",
        )

    def _lighten(self) -> None:
        """The theme is about to change: what ``fill`` makes need not be painted anew, it is made anew."""
        self._stale = True
        if self.opened is not None and self._filled:
            self._scrolled = self.area.verticalScrollBar().value() if self.area is not None else 0
            self.turn.stop()
            self.reset()

    def _renew(self) -> None:
        if self.isVisible():
            self.refresh()

    def invalidate(self) -> None:
        """Fill again, now when in view, else at the next look."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Fill from the current case when something changed."""
        if not self._stale:
            return
        self._stale = False
        self.banner.hide()
        self.served.hide()
        self.head.show_tools(self.opened is not None)
        if self.opened is None:
            self.show_empty(
                tr("No case is open"),
                tr("Open a VCF file, or choose a case of the list."),
                tr("Case list"),
                lambda: self.desk.page_wanted.emit("cases"),
            )
            return
        self.setUpdatesEnabled(False)
        self.turn.stop()
        self.reset()
        self.show_body()
        self._filled = True
        self.fill(self.opened)
        define(self)
        self._warn_where_served_worse(self.opened)
        self.setUpdatesEnabled(True)
        self.fit()
        self.ready.emit()

    def _warn_where_served_worse(self, opened: OpenCase) -> None:
        """Only beside what a model was used for: not where consent kept it from being run."""
        empty = self._empty is not None and self._stack.currentWidget() is self._empty
        if not empty and self.audited_models and (told := served_worse(opened, self.audited_models)):
            self.served.say("warning", told)

    def fit(self) -> None:
        """Give the content the height that it needs now."""
        if self.area is None:
            return
        self.area.fit()
        if self._scrolled:
            bar = self.area.verticalScrollBar()
            bar.setValue(self._scrolled)
            self._scrolled = 0 if bar.value() == self._scrolled else self._scrolled

    def showEvent(self, event: Any) -> None:
        """Fill at the first look."""
        super().showEvent(event)
        if self.desk.theme.freshen(self):
            QTimer.singleShot(0, self, self._renew)  # a turn of its own for each
        else:
            self.refresh()

    def childEvent(self, event: QChildEvent) -> None:
        """A dialog over the page takes the room that its text needs."""
        super().childEvent(event)
        child = event.child()
        if event.polished() and isinstance(child, QDialog):
            make_room(child)

    def put_down(self) -> None:
        """No case is open any more: let go of everything that was shown of the last one."""
        self.turn.stop()
        self.reset()

    def _case_changed(self, opened: OpenCase | None) -> None:
        self._scrolled = 0
        self.runner.cancel_all()
        if opened is None and self._filled:
            self._filled = False
            self.put_down()
        self.invalidate()

    def _assemble(self) -> None:
        self.body.setContentsMargins(0, 0, SPACE["m"] if self.scrolls else 0, SPACE["l"])
        self.body.setSpacing(SPACE["l"])
        content = QWidget()
        content.setObjectName("pageBody")
        content.setLayout(self.body)
        self.area = ScrollBody(self.name(), content) if self.scrolls else None
        if self.area is not None:
            self.area.setMinimumHeight(_LEAST_HEIGHT)
        self._stack.addWidget(self.area or content)
        self._stack.addWidget(self.loading)
        told = column(self.banner, self.served, space="s")
        beside_scroll_bar = SPACE["xl"] if self.scrolls else 0
        self.head.setContentsMargins(0, 0, beside_scroll_bar, 0)
        told.setContentsMargins(0, 0, beside_scroll_bar, 0)
        layout = column(self.head, told, self._stack, space="l")
        layout.setContentsMargins(SPACE["xl"], SPACE["l"], SPACE["m"] if self.scrolls else SPACE["xl"], 0)
        layout.setStretch(2, 1)
        outer = column(_roomy(self.name(), WholePage(layout)))
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)


def _usable(widget: QWidget) -> bool:
    """Whether Tab would stop at it now."""
    able = widget.isVisible() and widget.isEnabled() and not widget.objectName().startswith("qt_")
    return able and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


class _PageArea(QScrollArea):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the page's own: they are for what is on it, not for scrolling."""
        if Qt.Key(event.key()) in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _roomy(name: str, content: QWidget) -> QScrollArea:
    """Fills the window, and scrolls as a whole, title and banners too, where large text leaves no room."""
    made = _PageArea()
    made.setObjectName("pageArea")
    made.setAccessibleName(name)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidgetResizable(True)
    made.setWidget(content)
    return made
