"""What every page may reach: the open cases, the theme, the workers, the use cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.ui.audited import audited
from genoai_desktop.ui.clinic import ClinicKeeper
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.session import Session
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.traces import NoSelection, conceal, concealed, copied_here
from genoai_desktop.ui.vault import Vault

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Dossier, StoredCase
    from genoai_desktop.app.request import OpenCase

_RECENT = "recent/files"
"""Where earlier programs kept paths in the settings; emptied at the start. File names can be names."""
_RECENT_SETTING = "recent files"
_MOST_RECENT = 8
_LISTS = {"cases", "ledger"}
"""Pages that show many cases and not the one in view."""
_STORE = "store/folder"
_REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the locus view should look. Positions are 1-based, on the case's build."""

    chromosome: str
    start: int
    end: int
    gene: str = ""


class Desk(QObject):
    """The open cases and the way to the services. One per window."""

    case_changed = Signal(object)
    cases_changed = Signal()
    page_wanted = Signal(str)
    action_wanted = Signal(str)
    """Carries the id of an action of the menus."""
    locus_wanted = Signal(object)
    edit_wanted = Signal(object, object)
    dossier_wanted = Signal(object, object)
    stepped = Signal()
    """What can be undone and redone is something else now."""
    reference_wanted = Signal(object)
    stored_wanted = Signal(str)
    compare_wanted = Signal(str)
    check_wanted = Signal(str)
    check_now = Signal(str)
    terms_accepted = Signal(object)
    """Carries the terms of a letter that a person accepted for the case in view."""
    again_wanted = Signal()
    knowledge_changed = Signal()
    preferred = Signal(str)
    """Carries the key of a preference that was chosen otherwise."""
    first_arrives = Signal()
    """Before the first case of all is put on the desk: the tables are loaded, no page shows anything yet."""

    def __init__(
        self, services: Services, theme: Theme, pool: WorkerPool, settings: QSettings | None = None
    ) -> None:
        super().__init__()
        self.theme, self.pool = theme, pool
        self.vault = Vault(pool)
        self.house = ClinicKeeper(self.vault)
        services.casebook = lambda: self.vault.casebook
        self.services = audited(services, self._before_leaving)
        self.settings = settings
        self.sessions: list[Session] = []
        self.session: Session | None = None
        self._recent: list[Path] = []
        self._looked: set[str] = set()
        self._copying = self._had_cases = False
        self._preferences: dict[str, str] = {}
        self._concealed = ""
        self.vault.opened.connect(self._read_recent)
        QGuiApplication.clipboard().dataChanged.connect(self._copied)
        NoSelection(QGuiApplication.clipboard(), self)
        if settings is not None:
            settings.remove(_RECENT)

    @property
    def cases(self) -> list[OpenCase]:
        """The open cases, in the order of their opening."""
        return [session.opened for session in self.sessions]

    @property
    def current(self) -> OpenCase | None:
        """The case in view."""
        return self.session.opened if self.session is not None else None

    def session_of(self, opened: OpenCase) -> Session | None:
        """The open case that this is the analysis of."""
        return next((session for session in self.sessions if session.opened is opened), None)

    def add(self, opened: OpenCase, stored: StoredCase | None = None) -> Session:
        """Put a case on the desk and turn to it; ``stored`` when it comes from the store."""
        if not self._had_cases:
            self._had_cases = True
            self.first_arrives.emit()
        session = Session(opened, stored)
        session.stack.indexChanged.connect(self.stepped)  # a step's own code runs before it is counted
        self.sessions.append(session)
        self.turn_to(opened)
        return session

    def replace(self, old: OpenCase, new: OpenCase) -> None:
        """The same case, analysed again."""
        session = self.session_of(old)
        if session is None:
            return
        session.show(new)
        if self.session is session or self.session is None:
            self.turn_to(new)

    def turn_to(self, opened: OpenCase | None) -> None:
        """Show this case on every page; None shows the case list alone."""
        before = self.session
        self.session = None if opened is None else self.session_of(opened)
        if self.session is not before:
            self._looked -= set(self._looked) - _LISTS
        if self.session is not None and self.session is not before:
            self.vault.record("viewed", self.session)
        self.cases_changed.emit()
        self.case_changed.emit(opened)

    def look_at(self, page: str) -> None:
        """A page is in view: recorded once for each time that the case is turned to, lists once."""
        if page in self._looked or self.vault.casebook is None:
            return
        if page in _LISTS:
            self._looked.add(page)
            self.vault.record("viewed", None, page)
        elif self.session is not None and self.session.keeps:
            self._looked.add(page)
            self.vault.record("viewed", self.session, page)

    def change(self, case: Case) -> None:
        """Ask for an edited case in place of the one in view: one step of undo, analysed again, saved."""
        if self.current is not None:
            self.edit_wanted.emit(self.current, case)

    def keep_unanalysed(self, case: Case) -> None:
        """Ask for an edited case like ``change``, but the analyses run later (``Session.behind``).

        What is in view shows the edited case at once with the results of before; the window analyses it
        before it turns to a page that is not edited like this.
        """
        session = self.session
        if session is None:
            return
        shown = session.opened
        kept = replace(shown, case=case, result=replace(shown.result, case=case))
        session.opened, session.behind = kept, True
        self.edit_wanted.emit(kept, case)
        if session.opened is kept:
            self.replace(kept, kept)

    def change_dossier(self, dossier: Dossier) -> None:
        """Ask for another status or other notes of the case in view: one step of undo, saved."""
        if self.session is not None:
            self.dossier_wanted.emit(self.session, dossier)

    def record(self, act: str, detail: str = "") -> None:
        """Enter an event about the case in view (``exported``, ``signed``, ...) into the audit chain.

        ``detail`` holds identifiers only, never a name.
        """
        self.vault.record(act, self.session, detail)

    def close(self, opened: OpenCase) -> None:
        """Take a case off the desk."""
        closed = self.session_of(opened)
        self.sessions = [session for session in self.sessions if session is not closed]
        if self.current is opened:
            self.turn_to(self.sessions[-1].opened if self.sessions else None)
        else:
            self.cases_changed.emit()
        if closed is not None:
            closed.stack.clear()  # its steps hold the case, in a cycle that a collection would have to find

    def clear(self) -> list[Session]:
        """Take every case off the desk, for locking; what was there is handed out."""
        sessions, self.sessions = self.sessions, []
        self.house.drop()
        self._looked.clear()
        self.turn_to(None)
        return sessions

    @property
    def store_folder(self) -> Path | None:
        """Where the clinic's case store lies; None when none was set up."""
        stored = "" if self.settings is None else str(self.settings.value(_STORE, ""))
        return Path(stored) if stored else None

    def remember_store(self, folder: Path) -> None:
        """Look for the store here from now on. The only thing about cases that the settings know."""
        if self.settings is not None:
            self.settings.setValue(_STORE, str(folder))
            self.settings.sync()

    def leaving(self, detail: str, act: str = "exported") -> None:
        """Something is about to leave the program: it does only once the audit chain says so.

        From any thread; ``detail`` holds identifiers only, never a name or a path.

        Raises:
            UserError: the store cannot be written; nothing must leave then.
        """
        self._before_leaving(act, detail)
        self._copying = "clipboard" in detail

    def _copied(self) -> None:
        """Words that were marked and copied, which asks nobody before: they are recorded at once after."""
        known = concealed() if copied_here() else ""
        if not copied_here() or (known and known == self._concealed):
            return
        asked, self._copying = self._copying, False
        if not asked:
            self.vault.record("exported", self.session, "clipboard")
        self._concealed = known or token_hex(8)
        if not known:
            conceal(self._concealed)

    def _before_leaving(self, act: str, detail: str) -> None:
        from genoai_desktop.cases.audit import Act

        book, session = self.vault.casebook, self.session
        if book is not None:
            book.record(Act(act), session.uid if session is not None and session.keeps else "", detail)

    def preference(self, key: str, default: str) -> str:
        """What a person prefers for every case; kept on this computer, and never about a patient."""
        if self.settings is None:
            return self._preferences.get(key, default)
        return str(self.settings.value(key, default))

    def prefer(self, key: str, value: str) -> None:
        """Keep a preference, and tell whoever goes by it."""
        self._preferences[key] = value
        if self.settings is not None:
            self.settings.setValue(key, value)
        self.preferred.emit(key)

    def show_locus(self, variant: ReportedVariant) -> None:
        """Turn to the locus page at this variant."""
        key = variant.key
        end = key.position + len(key.ref) - 1
        self.locus_wanted.emit(Target(key.chromosome, key.position, end, variant.gene))

    @property
    def recent(self) -> list[Path]:
        """Files opened before: kept in the encrypted store, or in memory where there is none."""
        return list(self._recent)

    def remember(self, path: Path) -> None:
        """Keep a path for the list of recent files."""
        self._recent = [path, *(other for other in self._recent if other != path)][:_MOST_RECENT]
        self._keep_recent()

    def _keep_recent(self) -> None:
        names = [str(path) for path in self._recent]
        self.vault.run(lambda book: book.set_setting(_RECENT_SETTING, names, audited=False))
        self.cases_changed.emit()

    def _read_recent(self) -> None:
        def merge(names: Any) -> None:
            known = [Path(str(name)) for name in names] if isinstance(names, list) else []
            fresh = [path for path in self._recent if path not in known]
            self._recent = [*fresh, *known][:_MOST_RECENT]
            self.cases_changed.emit()

        self.vault.run(lambda book: book.setting(_RECENT_SETTING), done=merge)

    def drop_recent(self) -> None:
        """Forget the list in memory, for locking; the store keeps it."""
        self._recent = []

    @property
    def references(self) -> dict[str, str]:
        """Paths of the clinic's reference genomes, by build."""
        if self.settings is None:
            return {}
        stored = {build.value: self.settings.value(f"{_REFERENCE}/{build}", "") for build in Build}
        return {build: str(path) for build, path in stored.items() if path}

    def reference_for(self, build: Build | None) -> Path | None:
        """The remembered reference genome of a build, if the file is still there."""
        from genoai_desktop.app.reference import reference_for

        return reference_for(build, self.references) if self.references else None

    def remember_reference(self, build: Build, path: Path) -> None:
        """Use this FASTA for every file of that build from now on."""
        if self.settings is not None:
            self.settings.setValue(f"{_REFERENCE}/{build}", str(path))

    def forget_reference(self, build: Build) -> None:
        """Files of that build are opened without a reference genome again; the FASTA stays where it is."""
        if self.settings is not None:
            self.settings.remove(f"{_REFERENCE}/{build}")

    def forget(self, path: Path) -> None:
        """Take one file off the list of recent files."""
        self._recent = [other for other in self._recent if other != path]
        self._keep_recent()

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._recent = []
        self._keep_recent()
