"""The part of the window in which a case is edited: steps of undo, analysis anew, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QMainWindow

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent import without
from genoai_desktop.domain.consent_case import narrows, stepped, united
from genoai_desktop.domain.consent_family import same_proband
from genoai_desktop.domain.text import tr
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.unlock import UnlockPanel
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.session import Session
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.undo import ChangeCommand, State
from genoai_desktop.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Dossier
    from genoai_desktop.app.request import CaseRequest, OpenCase


_EDITED_AT_ONCE = ("pedigree", "phenotype")
"""Pages on which one edits on without waiting for the analyses."""


class EditingWindow(QMainWindow):
    """What ``StoreWindow`` adds the store to: every edit is a step that can be taken back."""

    problem: Banner

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__()
        self.pool = WorkerPool()
        self.desk = Desk(services, theme, self.pool, settings)
        self.runner = Runner(self.pool, self)
        self.vault = self.desk.vault
        self._stepping_back = False
        self.desk.dossier_wanted.connect(self._change_dossier)

    # what MainWindow brings

    def show_page(self, page: str) -> None:
        """Turn to a page."""
        raise NotImplementedError

    def shown_page(self) -> str:
        """Id of the page in view."""
        raise NotImplementedError

    def work(self, text: str) -> None:
        """Show that something is under way."""
        raise NotImplementedError

    def rest(self) -> None:
        """Show the pages again."""
        raise NotImplementedError

    def present(self, dialog: QDialog) -> None:
        """Open a dialog over the window."""
        raise NotImplementedError

    def complete_pages(self) -> None:
        """Make the pages that are still missing."""
        raise NotImplementedError

    def cover(self, panel: UnlockPanel | None) -> None:
        """Show this in place of everything, or everything again."""
        raise NotImplementedError

    def paint_undo(self) -> None:
        """Say in the menu what can be taken back."""
        raise NotImplementedError

    def interrupted(self) -> CaseRequest | None:
        """What was being opened and is not yet."""
        raise NotImplementedError

    def open_request(self, request: CaseRequest) -> None:
        """Open a case."""
        raise NotImplementedError

    def do_set_up_store(self) -> None:
        """The first-run assistant."""
        raise NotImplementedError

    def do_demo(self) -> None:
        """Open the demo case."""
        raise NotImplementedError

    def pages_ahead(self, wanted: Iterable[str]) -> Iterator[None]:
        """Make these pages in steps."""
        raise NotImplementedError

    def drop_pages(self) -> None:
        """Throw every page away with what it shows; new ones are made bit by bit."""
        raise NotImplementedError

    # editing

    def change(self, session: Session, case: Case, dossier: Dossier | None = None) -> None:
        """One step of undo; analysed again where the analyses look at it, saved within two seconds."""
        if not self.may_change():
            self.desk.case_changed.emit(self.desk.current)
            return
        case = _with_decisions(case, session.case)
        after: State = (case, dossier if dossier is not None else session.stored.dossier)
        if after != session.state():
            session.stack.push(ChangeCommand(self._apply, session, after))
        else:
            self._analyse_again(session)

    def may_change(self) -> bool:
        """Whether this user may change cases; says so where not."""
        if not self.vault.may_edit:
            self.problem.say("warning", tr("Reviewers may not change cases. Nothing was changed."))
        return self.vault.may_edit

    def _change_dossier(self, session: Session, dossier: Dossier) -> None:
        self.change(session, session.case, dossier)

    def _apply(self, session: Session, before: State, after: State, *, again: bool) -> None:
        session.set_state(self._stepped(session, before[0], after[0], again=again), after[1])
        self.paint_undo()
        if self._stepping_back:
            return
        self.vault.keep(session)
        if session.analysed:
            self.desk.cases_changed.emit()
        else:
            self._analyse_again(session)
        if again and same_proband(after[0], session.case) and narrows(after[0], session.case):
            self._say_kept()

    def _analyse_again(self, session: Session, key: str = "") -> None:
        self.problem.hide()
        self.work(tr("Analysing again"))
        asked = session.case
        self.runner.run(
            self.desk.services.reanalyse,
            session.opened,
            asked,
            done=lambda new: self._analysed_again(session, asked, new),
            failed=lambda error: self._not_analysed(session, error),
            key=key,
        )

    def _analysed_again(self, session: Session, asked: Case, new: OpenCase) -> None:
        session.behind = session.behind and session.case != asked
        self._analysed(session, asked, new)

    def catch_up(self) -> None:
        """Only the page of an edit is shown of a case whose analyses do not know that edit yet."""
        session = self.desk.session
        if session is None or not session.behind or not session.analysed:
            return
        key = f"catch up {session.uid}"
        if self.shown_page() not in _EDITED_AT_ONCE and not self.runner.under_way(key):
            self._analyse_again(session, key)

    def _analysed(self, session: Session, asked: Case, new: OpenCase) -> None:
        self.rest()
        if session.case != asked:  # edited meanwhile: what was found is of the case as it was before
            if not session.analysed:
                self._analyse_again(session)
            return
        self.desk.replace(session.opened, new)
        self.vault.keep(session)
        self.paint_undo()

    def _not_analysed(self, session: Session, error: Exception) -> None:
        self.rest()
        self.step_back(session)
        self.problem.explain(error)

    def step_back(self, session: Session | None) -> None:
        """An analysis did not come to its end: the case is again what the window shows of it."""
        if session is None or session.analysed:
            return
        if narrows(session.opened.case, session.case) and same_proband(session.opened.case, session.case):
            self._narrow(session)
            return
        self._stepping_back = True
        if session.undoing:
            session.stack.redo()
        else:
            session.stack.undo()
        self._stepping_back = False
        case = self._stepped(session, session.case, session.opened.case)
        session.set_state(case, session.stored.dossier)
        if not session.analysed:
            self._keep_on_record(session)
        self.vault.keep(session)
        self.paint_undo()

    def _stepped(self, session: Session, before: Case, after: Case, *, again: bool = False) -> Case:
        """The state after a step. Decisions on consent are only ever added to, by undo too."""
        book = self.vault.casebook
        by = book.user if book is not None else ""
        return stepped(session.case, before, after, date.today(), by, again=again)

    def _say_kept(self) -> None:
        self.problem.say(
            "info",
            tr(
                "Undo and redo bring no consent back: what was declined, withdrawn or undone stays so. "
                "If that was a mistake, record the consent anew on the page Consent."
            ),
        )

    def _keep_on_record(self, session: Session) -> None:
        """What was decided did not come into force, and what says so stays: nothing else is different."""
        old = session.opened
        self.desk.replace(old, replace(old, case=session.case, result=replace(old.result, case=session.case)))
        self.problem.say(
            "warning",
            tr("The analysis did not end, so the decision on consent was undone. Record it again."),
        )

    def _narrow(self, session: Session) -> None:
        """Consent was taken back and the new analysis did not end: the withdrawal holds all the same."""
        old = session.opened
        self.work(tr("Taking out what consent no longer allows"))
        asked = session.case
        self.runner.run(
            self.desk.services.narrowed,
            old,
            asked,
            done=lambda new: self._analysed(session, asked, new),
            failed=lambda _error: self._close_narrowed(session),
            key="narrow",
        )

    def _close_narrowed(self, session: Session) -> None:
        self.rest()
        self.desk.close(session.opened)
        text = tr("Consent was taken back and the case could not be analysed again: it was closed.")
        self.problem.say("warning", text)

    def take_decisions(self, session: Session, case: Case) -> None:
        """Somebody else recorded decisions on consent in this case: they hold here as well, at once."""
        session.set_state(united(session.case, case, None), session.stored.dossier)
        if session.analysed or session not in self.desk.sessions:
            return
        self._analyse_again(session, key=f"decided {session.uid}")
        text = tr("Somebody else recorded a decision on consent in this case: it holds here.")
        self.problem.say("info", text)

    def do_undo(self) -> None:
        """Take the last edit back."""
        if self.desk.session is not None and self.vault.may_edit:
            self.desk.session.stack.undo()

    def do_redo(self) -> None:
        """Make it again."""
        if self.desk.session is not None and self.vault.may_edit:
            self.desk.session.stack.redo()


def _with_decisions(case: Case, known: Case) -> Case:
    """An edit that was begun before a decision on consent was recorded takes none of it back."""
    if not without(known.consent_events, case.consent_events):
        return case
    return united(case, known, None)
