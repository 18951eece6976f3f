"""The part of the window by which cases come in: dialog, command line, drop, demo, and editing one again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.arrivals import Additions, Arrival, additions, arrival, promise
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.view_window import ViewWindow
from genoai_desktop.ui.widgets.drop_cover import DropCover

if TYPE_CHECKING:
    from genoai_desktop.app.request import CaseRequest, OpenCase
    from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
    from genoai_desktop.ui.pages.pedigree import PedigreePage
    from genoai_desktop.ui.pages.phenotype import PhenotypePage


class ArrivingWindow(ViewWindow):
    """Whatever a person gives the program becomes a case, or part of one, here."""

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__(services, theme, settings)
        self.setAcceptDrops(True)
        self._opening: CaseRequest | None = None
        self._asked: OpenCaseDialog | None = None
        self.drop_cover: DropCover | None = None

    def open_file(self, path: Path, beside: Additions | None = None) -> None:
        """Ask what else is known about the patient of this file, then open it with what lay ``beside``."""
        from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog

        dialog = OpenCaseDialog(self.desk, self, vcf=path)
        if beside is not None:
            dialog.lay_beside(beside.variants[1:], beside.ped, next(iter(beside.phenopackets), None))
        self._ask(dialog)

    def _ask(self, dialog: OpenCaseDialog) -> None:
        """Open what the dialog says once it is accepted; it comes back with everything where that fails."""

        def accepted() -> None:
            self.open_request(dialog.request())
            self._asked = dialog

        dialog.accepted.connect(accepted)
        self.present(dialog)

    def _ask_again(self) -> OpenCaseDialog | None:
        """The dialog whose case could not be opened, in view again; None where there was none."""
        dialog, self._asked = self._asked, None
        if dialog is not None:
            self.present(dialog)
        return dialog

    def _asked_for_good(self) -> None:
        dialog, self._asked = self._asked, None
        if dialog is not None:
            dialog.deleteLater()

    def begin_with(self, path: Path) -> None:
        """Start with a file: a case store is unlocked, any other waits for the store of the settings."""
        if arrival(path) is Arrival.STORE:
            self.use_store(path.parent)
        else:
            self.begin(lambda: self.receive(path))

    def receive(self, path: Path) -> None:
        """Open any file of ours by its kind; every other name is tried as a VCF, which says what is wrong."""
        match arrival(path):
            case Arrival.STORE:
                self.use_store(path.parent)
            case Arrival.BACKUP:
                self.do_backup(path)
            case Arrival.PACK:
                self.do_updates(path)
            case _:
                self.open_file(path)

    def open_request(self, request: CaseRequest) -> None:
        """Open a case in a worker; progress and cancel show meanwhile."""
        if self._asked is not None and self._asked.request() != request:
            self._asked_for_good()
        self.problem.hide()
        self.work(tr("Opening the file"))
        if not request.synthetic:
            self.desk.remember(request.vcf)
        self._opening = request
        self.runner.run(self.desk.services.analyse, request, done=self._opened, failed=self.failed)

    def open_demo(self) -> None:
        """Open the bundled synthetic case."""
        self.open_request(self.desk.services.demo_request())

    def edit(self, opened: OpenCase, case: Case | None = None) -> None:
        """Analyse ``case`` in place of the open one; without it, ask what changed."""
        session = self.desk.session_of(opened) or self.desk.session
        if session is None:
            return
        if case is not None:
            self.change(session, case)
            return
        if not self.may_change():
            return
        from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog

        dialog = OpenCaseDialog(self.desk, self, opened=opened)
        dialog.accepted.connect(lambda: self.change(session, dialog.edited_case(session.case)))
        self.present(dialog)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files, and say what dropping them will do."""
        paths = self._dropped(event)
        if paths:
            event.acceptProposedAction()
            if self.drop_cover is None:
                self.drop_cover = DropCover(self.desk.theme, self)
            self.drop_cover.say(promise(paths, opened=self.desk.current is not None))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files go elsewhere."""
        super().dragLeaveEvent(event)
        self._uncover()

    def _uncover(self) -> None:
        if self.drop_cover is not None:
            self.drop_cover.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a VCF with what came beside it; a family or phenopacket alone goes to the open case."""
        self._uncover()
        paths = self._dropped(event)
        if not paths:
            return
        event.acceptProposedAction()
        ours = next((path for path in paths if arrival(path) is not None), None)
        beside = additions(paths)
        if beside.variants:
            self.open_file(beside.variants[0], beside)
        elif ours is not None:
            self.receive(ours)
        elif beside.families or beside.phenopackets:
            self._add_to_case(beside)
        else:
            self.problem.say(
                "warning",
                tr(
                    "{name} is no file that can be opened here: VCF, gVCF or BCF, and beside one or for an "
                    "open case PED, GEDCOM, CanRisk or a phenopacket (JSON).",
                    name=paths[0].name,
                ),
            )

    def _add_to_case(self, dropped: Additions) -> None:
        if self.desk.current is None:
            self.problem.say(
                "info",
                tr("Drop the VCF file together with these, or open a case first: they are added to it."),
            )
        elif dropped.families:
            self.show_page("pedigree")
            cast("PedigreePage", self.pages["pedigree"]).import_from(dropped.families[0])
        else:
            self.show_page("phenotype")
            cast("PhenotypePage", self.pages["phenotype"]).import_packet(dropped.phenopackets[0])

    @staticmethod
    def _dropped(event: QDropEvent) -> list[Path]:
        return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

    def _opened(self, opened: OpenCase) -> None:
        self._opening = None
        self._asked_for_good()
        self.rest()
        self.vault.keep(self.desk.add(opened))
        self.show_page("overview")

    def failed(self, error: Exception) -> None:
        """What was under way ended with an error."""
        self._opening = None
        self.rest()
        dialog = self._ask_again()
        (self.problem if dialog is None else dialog.banner).explain(error)

    def interrupted(self) -> CaseRequest | None:
        """What was being opened when the window locked: it is opened again afterwards."""
        request, self._opening = self._opening, None
        self.rest()
        return request

    def do_open(self) -> None:
        """Ask for everything."""
        from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog

        self._ask(OpenCaseDialog(self.desk, self))

    def do_demo(self) -> None:
        """The demo case."""
        self.open_demo()

    def do_edit(self) -> None:
        """Edit the case in view."""
        if self.desk.current is not None:
            self.edit(self.desk.current)
