"""The main window: rail, pages, menus, progress, and the ways to open a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QMainWindow, QMenu, QStackedWidget, QWidget

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.text import tr
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.ui import icons
from genoai_desktop.ui.actions import Action, actions
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk, Target
from genoai_desktop.ui.dialogs.about import about_dialog, shortcuts_dialog
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.dialogs.reference import choose_reference, welcome
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.cases import CasesPage
from genoai_desktop.ui.pages.locus import LocusPage
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.pages.report import ReportPage
from genoai_desktop.ui.pages.variants import VariantsPage
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.shell.palette import CommandPalette
from genoai_desktop.ui.shell.sidebar import Sidebar
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import Banner, LoadingState
from genoai_desktop.ui.widgets.basics import column, label, row

if TYPE_CHECKING:
    from genoai_desktop.app.reference import ReferenceGenome
    from genoai_desktop.app.request import CaseRequest, OpenCase

_SUFFIXES = (".vcf", ".vcf.gz", ".vcf.bgz", ".bcf", ".gvcf")


class MainWindow(QMainWindow):
    """One window, one desk. Closing it stops everything that is under way."""

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__()
        self.pool = WorkerPool()
        self.desk = Desk(services, theme, self.pool, settings)
        self.runner = Runner(self.pool, self)
        self.setWindowTitle(tr("GenoAI Desktop"))
        self.setAccessibleName(tr("GenoAI Desktop"))
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 520)
        self.resize(1280, 800)
        self.pages: dict[str, Page] = {kind.id: kind(self.desk) for kind in PAGES}
        self.actions_by_id: dict[str, QAction] = {}
        self._build_shell()
        self._build_menus()
        self._connect()
        self.show_page("cases")
        self._case_changed(None)
        self.pages["cases"].setFocus()

    def open_file(self, path: Path) -> None:
        """Ask what else is known about the patient of this file, then open it."""
        dialog = OpenCaseDialog(self.desk, self, vcf=path)
        dialog.accepted.connect(lambda: self.open_request(dialog.request()))
        self._present(dialog)

    def open_request(self, request: CaseRequest) -> None:
        """Open a case in a worker; progress and cancel show meanwhile."""
        self.problem.hide()
        self._work(tr("Opening the file"))
        if not request.synthetic:
            self.desk.remember(request.vcf)
        self.runner.run(self.desk.services.analyse, request, done=self._opened, failed=self._failed)

    def open_demo(self) -> None:
        """Open the bundled synthetic case."""
        self.open_request(self.desk.services.demo_request())

    def edit(self, opened: OpenCase, case: Case | None = None) -> None:
        """Analyse ``case`` in place of the open one; without it, ask what changed."""
        if case is not None:
            self._reanalyse(opened, case)
            return
        dialog = OpenCaseDialog(self.desk, self, opened=opened)
        dialog.accepted.connect(lambda: self._reanalyse(opened, dialog.edited_case(opened.case)))
        self._present(dialog)

    def show_page(self, page: str) -> None:
        """Turn to a page by its id."""
        if page in self.pages:
            self._stack.setCurrentWidget(self.pages[page])
            self.sidebar.mark(page)

    @property
    def page(self) -> Page:
        """The page in view."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the workers before the window goes."""
        self.runner.cancel_all()
        for page in self.pages.values():
            page.runner.cancel_all()
        self.pool.shutdown(2.0)
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local VCF."""
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in paths if path.name.lower().endswith(_SUFFIXES)), None)

    def _reanalyse(self, opened: OpenCase, case: Case) -> None:
        self._work(tr("Analysing again"))
        self.runner.run(
            self.desk.services.reanalyse,
            opened,
            case,
            done=lambda new: self._replaced(opened, new),
            failed=self._failed,
        )

    def _work(self, text: str) -> None:
        self.loading.show_progress(text, -1)
        self._outer.setCurrentWidget(self.loading)

    def _opened(self, opened: OpenCase) -> None:
        self._outer.setCurrentIndex(0)
        self.desk.add(opened)
        self.show_page("overview")

    def _replaced(self, old: OpenCase, new: OpenCase) -> None:
        self._outer.setCurrentIndex(0)
        self.desk.replace(old, new)

    def _failed(self, error: Exception) -> None:
        self._outer.setCurrentIndex(0)
        self.problem.explain(error)

    def _cancel(self) -> None:
        self.runner.cancel_all()
        self.page.runner.cancel_all()
        self._outer.setCurrentIndex(0)
        if self.page.opened is not None:
            self.page.show_body()

    def _build_shell(self) -> None:
        entries = [(page.id, page.name(), page.icon) for page in self.pages.values()]
        self.sidebar = Sidebar(self.desk.theme, entries)
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
        self.problem = Banner(self.desk.theme)
        self.loading = LoadingState(self._cancel)
        self.loading.setObjectName("page")
        watermark = label(
            tr(
                "Decision support for trained professionals. "
                "Not a diagnosis: the professional decides and signs."
            ),
            "watermark",
        )
        self.watermark = watermark
        top = column(self.problem, self._stack, space="xs")
        top.setStretch(1, 1)
        holder = QWidget()
        holder.setObjectName("page")
        holder.setLayout(top)
        self._outer = QStackedWidget()
        self._outer.addWidget(holder)
        self._outer.addWidget(self.loading)
        right = column(self._outer, watermark, space="xs")
        right.setSpacing(0)
        right.setStretch(0, 1)
        layout = row(self.sidebar, right, space="xs")
        layout.setSpacing(0)
        shell = QWidget()
        shell.setObjectName("shell")
        shell.setLayout(layout)
        self.setCentralWidget(shell)

    def _build_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        self.menuBar().setAccessibleName(tr("Menu"))
        for spec in actions():
            if spec.menu not in menus:
                menus[spec.menu] = self.menuBar().addMenu(spec.menu)
                menus[spec.menu].setAccessibleName(spec.menu.replace("&", ""))
            menus[spec.menu].addAction(self._action(spec))
        self._paint_actions()

    def _action(self, spec: Action) -> QAction:
        made = QAction(spec.title, self)
        made.setProperty("spec", spec.id)
        if spec.shortcut:
            made.setShortcut(QKeySequence(spec.shortcut, QKeySequence.SequenceFormat.PortableText))
        made.triggered.connect(lambda _checked=False: self._do(spec.id))
        self.actions_by_id[spec.id] = made
        return made

    def _do(self, action: str) -> None:
        """Carry out an action of the table."""
        if action in self.pages:
            self.show_page(action)
            return
        getattr(self, f"do_{action}")()

    def do_open(self) -> None:
        """Ask for everything."""
        dialog = OpenCaseDialog(self.desk, self)
        dialog.accepted.connect(lambda: self.open_request(dialog.request()))
        self._present(dialog)

    def do_demo(self) -> None:
        """The demo case."""
        self.open_demo()

    def do_edit(self) -> None:
        """Edit the case in view."""
        if self.desk.current is not None:
            self.edit(self.desk.current)

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

    def do_reference(self) -> None:
        """Choose the clinic's reference genome; it is checked, and remembered for its build."""
        path = choose_reference(self)
        if path is not None:
            self.problem.hide()
            self._work(tr("Checking the reference genome"))
            services = self.desk.services
            self.runner.run(services.set_up_reference, path, done=self._referenced, failed=self._failed)

    def _referenced(self, genome: ReferenceGenome) -> None:
        self._outer.setCurrentIndex(0)
        self.desk.remember_reference(genome.build, genome.path)
        self.problem.say(*welcome(genome))

    def do_forget_recent(self) -> None:
        """Empty the list of recent files."""
        self.desk.forget_recent()

    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    def do_find_variant(self) -> None:
        """Turn to the variants and put the cursor into the search."""
        self.show_page("variants")
        self.variants.finder.field.setFocus()

    def do_palette(self) -> None:
        """The command palette."""
        dialog = CommandPalette(self, list(self.actions_by_id.values()))
        dialog.chosen.connect(lambda action: action.trigger())
        self._present(dialog)

    def do_theme(self) -> None:
        """Light to dark and back."""
        self.desk.theme.toggle()

    def do_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def do_cancel(self) -> None:
        """Stop what is under way."""
        self._cancel()

    def do_shortcuts(self) -> None:
        """List the shortcuts."""
        self._present(shortcuts_dialog(self, list(self.actions_by_id.values())))

    def do_about(self) -> None:
        """Sources, versions, licences."""
        self._present(about_dialog(self.desk, self))

    @property
    def variants(self) -> VariantsPage:
        """The variants page."""
        page = self.pages["variants"]
        assert isinstance(page, VariantsPage)
        return page

    @property
    def locus(self) -> LocusPage:
        """The locus page."""
        page = self.pages["locus"]
        assert isinstance(page, LocusPage)
        return page

    @property
    def report(self) -> ReportPage:
        """The report page."""
        page = self.pages["report"]
        assert isinstance(page, ReportPage)
        return page

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.show_page)
        self.desk.page_wanted.connect(self.show_page)
        self.desk.case_changed.connect(self._case_changed)
        self.desk.locus_wanted.connect(self._show_locus)
        self.desk.edit_wanted.connect(self.edit)
        self.desk.theme.changed.connect(self._paint_actions)
        self.runner.progress.connect(self.loading.show_progress)
        cases = self.pages["cases"]
        assert isinstance(cases, CasesPage)
        cases.open_wanted.connect(lambda path: self.open_file(path) if path else self.do_open())
        cases.demo_wanted.connect(self.open_demo)

    def _show_locus(self, target: Target) -> None:
        self.show_page("locus")
        self.locus.go(target)

    def _case_changed(self, opened: OpenCase | None) -> None:
        self.sidebar.show_case(opened)
        for spec in actions():
            self.actions_by_id[spec.id].setEnabled(opened is not None or not spec.needs_case)
        if opened is None:
            self.show_page("cases")

    def _paint_actions(self) -> None:
        colour = self.desk.theme.palette.muted
        for spec in actions():
            if spec.icon:
                self.actions_by_id[spec.id].setIcon(icons.icon(spec.icon, colour))

    def _present(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
