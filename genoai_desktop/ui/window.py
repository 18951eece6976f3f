"""The main window: rail, pages, menus and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QChildEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QMenu, QStackedWidget, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui import icons
from genoai_desktop.ui.actions import Action, actions
from genoai_desktop.ui.arriving_window import ArrivingWindow
from genoai_desktop.ui.desk import Target
from genoai_desktop.ui.help.glossary import define
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.book import PageBook
from genoai_desktop.ui.pages.cases import CasesPage
from genoai_desktop.ui.pages.registry import PAGES, titles
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.shell.sidebar import Sidebar
from genoai_desktop.ui.theme.manager import Theme, make_room
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.banner import Banner, LoadingState
from genoai_desktop.ui.widgets.basics import column, label, row

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.ui.dialogs.unlock import UnlockPanel
    from genoai_desktop.ui.pages.locus import LocusPage
    from genoai_desktop.ui.pages.report import ReportPage
    from genoai_desktop.ui.pages.variants import VariantsPage

_WHILE_LOCKED = {
    *("quit", "theme", "full_screen", "shortcuts", "about", "locate_store", "help", "limits", "language"),
    "settings",
    *("check_pdf", "text_larger", "text_smaller", "text_normal"),
}
"""Actions that show nothing of a case."""

_GEOMETRY = "window/geometry"
_FOOT_BELOW_FROM = 150
"""Text size in per cent from which the save state stands below the watermark."""


class MainWindow(ArrivingWindow):
    """One window, one desk. Closing it stops everything that is under way."""

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__(services, theme, settings)
        self._turned = False
        self._name()
        self.setMinimumSize(880, 520)
        self.resize(1280, 800)
        self._place_back()
        self._build_shell()
        self._build_menus()
        self._connect_shell()
        self._connect()
        self.show_page("cases")
        self._case_changed(None)
        self.painted.connect(lambda: self._attend(anew=True))

    def show_page(self, page: str) -> None:
        """Turn to a page by its id."""
        if page in self.pages:
            self._turned = self._turned or self._stack.currentWidget() is not self.pages[page]
            self._stack.setCurrentWidget(self.pages[page])
            self.sidebar.mark(page)
            self.desk.look_at(page)
            self.catch_up()
            self._attend_soon()

    def _attend_soon(self) -> None:
        """Once the page is laid out."""
        QTimer.singleShot(0, self, self._attend)

    def _attend(self, *, anew: bool = False) -> None:
        """Begin at the page's main control when it was turned to, but not with its button of the rail.

        ``anew``: at the start, wherever the keyboard is. When a page goes out of view Qt gives it to
        whatever comes next, which is often what puts a message away.
        """
        if not isinstance(self._stack.currentWidget(), Page):
            return  # locked meanwhile
        now = self.focusWidget()
        banner = any(one.isAncestorOf(now) for one in self.findChildren(Banner)) if now is not None else True
        rail = self.sidebar.buttons[self.shown_page()]
        there = now is not None and now.isVisible() and (self._stack.isAncestorOf(now) or now is rail)
        there = there and now is not self.page.area  # the last resort while the page was empty
        anew = anew or (self._turned and now is not rail)
        self._turned = False
        if self._outer.currentIndex() == 0 and self.lock_screen is None and (anew or banner or not there):
            wanted = self.page.begins_at()
            if wanted is not None:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> Page:
        """The page in view."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def shown_page(self) -> str:
        """Id of the page in view."""
        return self.page.id

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop every job, save, and go at once; the program waits for its workers when it ends.

        Jobs first: one that works in the store's thread would keep the last save waiting for its end.
        """
        self.pool.cancel_all()
        if not self.close_store():
            self._cancel()
            event.ignore()
            return
        self._ahead.stop()
        self.pages.drop_bare()
        self.runner.cancel_all()
        if self.lock_screen is not None:
            self.lock_screen.runner.cancel_all()
        for page in self.pages.made:
            page.runner.cancel_all()
        if self.guide is not None:
            self.guide.close()
        self.pool.stop()
        if self.desk.settings is not None:
            self.desk.settings.setValue(_GEOMETRY, self.saveGeometry())
        super().closeEvent(event)

    def _place_back(self) -> None:
        """Size and place of the last time; Qt puts it back onto a screen that is there."""
        kept = self.desk.settings.value(_GEOMETRY) if self.desk.settings is not None else None
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)

    def childEvent(self, event: QChildEvent) -> None:
        """Every dialog over the window gets the theme before it is seen."""
        super().childEvent(event)
        child = event.child()
        if event.polished() and isinstance(child, QDialog):
            self.desk.theme.dress(child)
            make_room(child)

    def work(self, text: str) -> None:
        """Show that something is under way."""
        self.loading.show_progress(text, -1)
        self._outer.setCurrentWidget(self.loading)

    def rest(self) -> None:
        """Show the pages again."""
        self._outer.setCurrentIndex(0)

    def present(self, dialog: QDialog) -> None:
        """Open a dialog over the window; it is gone when closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        define(dialog)
        dialog.open()

    def _cancel(self) -> None:
        self._opening = None
        self.runner.cancel_all()
        self.page.runner.cancel_all()
        self.rest()
        for session in self.desk.sessions:
            self.step_back(session)
        if self.page.opened is not None:
            self.page.show_body()
        self._ask_again()

    def cover(self, panel: UnlockPanel | None) -> None:
        """The lock screen in place of everything, or everything again."""
        while (old := self._layers.widget(1)) is not None:
            self._layers.removeWidget(old)
            old.deleteLater()
        if panel is not None:
            self.desk.theme.dress(panel)
            self._layers.addWidget(panel)
            self._layers.setCurrentWidget(panel)
            panel.focus()
        self._enable_actions(panel is not None)
        self.setAcceptDrops(panel is None)

    def _enable_actions(self, locked: bool) -> None:
        opened = self.desk.current
        for spec in actions():
            free = not locked or spec.id in _WHILE_LOCKED
            self.actions_by_id[spec.id].setEnabled(free and (opened is not None or not spec.needs_case))
        self.paint_undo()

    def drop_pages(self) -> None:
        """Throw every page away with what it shows; each is made anew when it is looked at."""
        self.pages.drop()
        self.make_ahead()

    def complete_pages(self) -> None:
        """After locking there is no page: make the one to begin with."""
        self.show_page("cases")

    def _greet(self, page: Page) -> None:
        """A page was made."""
        define(page)
        page.ready.connect(self._attend_soon)
        if isinstance(page, CasesPage):
            self._connect_cases(page)

    def _connect_cases(self, cases: CasesPage) -> None:
        cases.open_wanted.connect(lambda path: self.open_file(path) if path else self.do_open())
        cases.demo_wanted.connect(self.open_demo)
        cases.stored_wanted.connect(self.open_stored)
        cases.delete_wanted.connect(self.remove_stored)
        cases.compare_wanted.connect(self.compare_stored)
        cases.attachments_wanted.connect(self.attachments_of)
        cases.set_up_wanted.connect(self.do_set_up_store)

    def paint_undo(self) -> None:
        """Say in the menu what can be taken back."""
        session = self.desk.session if self.lock_screen is None and self.vault.may_edit else None
        undo, redo = self.actions_by_id["undo"], self.actions_by_id["redo"]
        can_undo = session is not None and session.stack.canUndo()
        can_redo = session is not None and session.stack.canRedo()
        undo.setEnabled(can_undo)
        redo.setEnabled(can_redo)
        undone = session.stack.undoText().replace("&", "&&") if session is not None else ""
        redone = session.stack.redoText().replace("&", "&&") if session is not None else ""
        undo.setText(tr("Undo: {what}", what=undone) if can_undo else tr("Undo"))
        redo.setText(tr("Redo: {what}", what=redone) if can_redo else tr("Redo"))

    def say_anew(self, ready: Page | None = None) -> None:
        """Everything in the language of the window, which has changed: shell, menus, pages, lock screen.

        ``ready`` is a page that was made in the new language already.
        """
        page = self.shown_page()
        if self.guide is not None:
            self.guide.close()
            self.guide.deleteLater()
            self.guide = None
        self.pages.drop()
        self._name()
        self._build_shell()
        if ready is not None:
            self.pages.take(ready)
        self._connect_shell()
        self._build_menus()
        self._case_changed(self.desk.current)
        self.show_page(page)
        self.make_ahead()
        self.say_state_anew()
        self.ask_again()

    def _name(self) -> None:
        self.setWindowTitle(tr("GenoAI Desktop"))
        self.setAccessibleName(tr("GenoAI Desktop"))
        self.save_state.setAccessibleName(tr("Save state"))

    def _build_shell(self) -> None:
        self._stack = QStackedWidget()
        self.pages = PageBook(self.desk, self._stack, self._greet)
        entries = [(page, title, PAGES[page].icon) for page, title in titles().items()]
        self.sidebar = Sidebar(self.desk.theme, entries)
        self.problem = Banner(self.desk.theme)
        self.loading = LoadingState(self._cancel)
        self.loading.setObjectName("page")
        watermark = label("", "watermark", wrap=True)
        self.watermark = watermark
        above = QWidget()
        above.setFixedHeight(SPACE["s"])
        above.hide()
        self.problem.shown.connect(above.setVisible)
        told = row(self.problem)
        told.setContentsMargins(SPACE["xl"], 0, SPACE["xl"], 0)
        top = column(above, told, self._stack, space="xs")
        top.setStretch(2, 1)
        holder = QWidget()
        holder.setObjectName("page")
        holder.setLayout(top)
        self._outer = QStackedWidget()
        self._outer.addWidget(holder)
        self._outer.addWidget(self.loading)
        self.foot_case = label("", "watermark")
        self.foot_case.setProperty("tone", "accent")
        aside = row(self.foot_case, None, self.save_state)
        aside.setSpacing(0)
        line = row(watermark)
        line.addLayout(aside)
        line.setSpacing(0)
        line.setStretch(0, 1)
        self._foot_line = line
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setLayout(line)
        right = column(self._outer, foot, space="xs")
        right.setSpacing(0)
        right.setStretch(0, 1)
        layout = row(self.sidebar, right, space="xs")
        layout.setSpacing(0)
        shell = QWidget()
        shell.setObjectName("shell")
        shell.setLayout(layout)
        self._layers = QStackedWidget()
        self._layers.addWidget(shell)
        self.setCentralWidget(self._layers)
        for part in (self.menuBar(), foot, self.problem, self.loading):
            self.desk.theme.dress(part)

    def _build_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        self.menuBar().clear()
        self.menuBar().setAccessibleName(tr("Menu"))
        for spec in actions():
            if spec.menu not in menus:
                menus[spec.menu] = self.menuBar().addMenu(spec.menu)
                menus[spec.menu].setAccessibleName(spec.menu.replace("&", ""))
            menus[spec.menu].addAction(self._action(spec))
        self._paint_actions()

    def _action(self, spec: Action) -> QAction:
        known = self.actions_by_id.get(spec.id)
        if known is not None:
            known.setText(spec.title)
            return known
        made = QAction(spec.title, self)
        made.setProperty("spec", spec.id)
        keys = (QKeySequence.fromString(text) for text in (spec.shortcut, spec.also) if text)
        made.setShortcuts(list(keys))
        made.triggered.connect(lambda _checked=False: self._do(spec.id))
        self.actions_by_id[spec.id] = made
        return made

    def _do(self, action: str) -> None:
        """Carry out an action of the table."""
        if action in self.pages:
            self.show_page(action)
            return
        getattr(self, f"do_{action}")()

    def do_save_report(self) -> None:
        """Turn to the report and save it."""
        self.show_page("report")
        self.report.save()

    def do_print_report(self) -> None:
        """Turn to the report and print it."""
        self.show_page("report")
        self.report.print()

    def do_close_case(self) -> None:
        """Close the case in view."""
        if self.desk.current is not None:
            self.desk.close(self.desk.current)

    def do_forget_recent(self) -> None:
        """Empty the list of recent files."""
        self.desk.forget_recent()

    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    def do_find(self) -> None:
        """Into the search field of the page in view; the search for a variant where it has none."""
        field = self.page.find_field()
        if field is not None and field.isVisible():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.desk.current is not None:
            self.do_find_variant()

    def do_find_variant(self) -> None:
        """Turn to the variants and put the cursor into the search."""
        self.show_page("variants")
        self.variants.finder.field.setFocus()

    def do_next_case(self) -> None:
        """The next of the open cases, on the page in view."""
        cases, current = self.desk.cases, self.desk.current
        if current is not None and len(cases) > 1:
            at = next(place for place, one in enumerate(cases) if one is current)
            self.desk.turn_to(cases[(at + 1) % len(cases)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is under way, or puts a message away."""
        if event.key() != Qt.Key.Key_Escape or not self._escape():
            super().keyPressEvent(event)

    def _escape(self) -> bool:
        if self._outer.currentWidget() is self.loading or self.page.runner.busy:
            self._cancel()
            return True
        shown = next((one for one in (self.problem, self.page.banner) if one.isVisible()), None)
        if shown is not None:
            shown.hide()
        return shown is not None

    def do_cancel(self) -> None:
        """Stop what is under way."""
        self._cancel()

    @property
    def variants(self) -> VariantsPage:
        """The variants page."""
        return cast("VariantsPage", self.pages["variants"])

    @property
    def locus(self) -> LocusPage:
        """The locus page."""
        return cast("LocusPage", self.pages["locus"])

    @property
    def report(self) -> ReportPage:
        """The report page."""
        return cast("ReportPage", self.pages["report"])

    def _connect_shell(self) -> None:
        self.sidebar.chosen.connect(self.show_page)
        self.runner.progress.connect(self.loading.show_progress)

    def _connect(self) -> None:
        self.desk.page_wanted.connect(self.show_page)
        self.desk.action_wanted.connect(self._do)
        self.desk.case_changed.connect(self._case_changed)
        self.desk.stepped.connect(self.paint_undo)
        self.desk.locus_wanted.connect(self._show_locus)
        self.desk.edit_wanted.connect(self.edit)
        self.desk.reference_wanted.connect(self._use_reference)
        self.desk.theme.changed.connect(self._paint_actions)

    def _show_locus(self, target: Target) -> None:
        self.show_page("locus")
        self.locus.go(target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail gives its words up before a page has to be cut off."""
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        """In a narrow window the rail has icons alone; the case in view is then named at the foot."""
        self.sidebar.make_room(self.width())
        opened = self.desk.current
        name = opened.case.id if opened is not None else ""
        self.foot_case.setText(name)
        self.foot_case.setAccessibleName(tr("Case in view: {name}", name=name) if name else "")
        self.foot_case.setVisible(bool(name) and self.sidebar.narrow)

    def _case_changed(self, opened: OpenCase | None) -> None:
        self.sidebar.show_case(opened)
        self._fit_rail()
        self._enable_actions(self.lock_screen is not None)
        if opened is None:
            self.show_page("cases")
        elif self._stack.currentWidget() is not None:  # none while the language changes: show_page looks then
            self.desk.look_at(self.shown_page())
            QTimer.singleShot(0, self, self.catch_up)  # the page may be turned in the same moment

    def _say_watermark(self, *, whole: bool) -> None:
        """Large text has room for what matters most of it; the rest is in the tooltip."""
        decides = tr("Not a diagnosis: the professional decides and signs.")
        text = tr("Decision support for trained professionals.") + " " + decides
        self.watermark.setText(text if whole else decides)
        self.watermark.setAccessibleName(text)
        self.watermark.setToolTip("" if whole else text)

    def _paint_actions(self) -> None:
        beside = self.desk.theme.scale < _FOOT_BELOW_FROM
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._foot_line.setDirection(direction)
        self._say_watermark(whole=beside)
        self._fit_rail()
        colour = self.desk.theme.palette.muted
        for spec in actions():
            if spec.icon:
                self.actions_by_id[spec.id].setIcon(icons.icon(spec.icon, colour))
