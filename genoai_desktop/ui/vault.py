"""The window's side of the case store: autosave, audit, idle time. No case content of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.ticks import steady
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.widgets.banner import explanation

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook, Saved, StoredCase
    from genoai_desktop.ui.session import Session

SAVE_AFTER_MS = 250
"""Changes this close together become one version; well below the two seconds that are promised."""
RETRY_MS = 5_000
LOOK_ELSEWHERE_EVERY = 3
"""Seconds between two looks at whether another program has changed the store: a matter of microseconds."""
IDLE_MINUTES = 10
_IDLE_SETTING = "lock minutes"
_ACTIVE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


class Vault(QObject):
    """``casebook`` is None while there is no store or it is locked.

    ``decided_elsewhere`` carries an open case and what it is with decisions that somebody else has saved.
    ``state_changed`` carries tone and words of the save state; ``idle`` fires once when nobody has
    touched the program for the set time, by a clock that nobody can set and that sleeps with no computer.
    """

    state_changed = Signal(str, object)
    idle = Signal()
    opened = Signal()
    left = Signal()
    overtaken = Signal(str)
    decided_elsewhere = Signal(object, object)
    touched_elsewhere = Signal()

    def __init__(self, pool: WorkerPool, ticks: Callable[[], float] | None = None) -> None:
        super().__init__()
        self.runner = Runner(pool, self)
        self.casebook: Casebook | None = None
        self.idle_minutes = IDLE_MINUTES
        self._ticks = ticks or steady
        self._touched = self._ticks()
        self._waiting: dict[str, Session] = {}
        self._numbers = self._looks = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.flush)
        self._watch = QTimer(self)
        self._watch.setInterval(1_000)
        self._watch.timeout.connect(self.look_at_the_clock)

    def use(self, casebook: Casebook) -> None:
        """Work with an unlocked store from now on."""
        self.casebook = casebook
        self._touched = self._ticks()
        self._watch.start()
        self.state_changed.emit("success", tr("Case store unlocked"))
        self.run(lambda book: book.setting(_IDLE_SETTING), done=self._set_idle)
        self.opened.emit()

    def leave(self) -> Casebook | None:
        """Stop working with the store; the caller closes it."""
        left, self.casebook = self.casebook, None
        self.left.emit()
        self._watch.stop()
        self._pause.stop()
        self.runner.cancel_all()
        for session in self._waiting.values():
            session.saving = False
        return left

    @property
    def may_edit(self) -> bool:
        """Whether cases can be changed now: anybody's without a store, by role with one."""
        return self.casebook is None or self.casebook.may_edit

    def run(
        self,
        function: Callable[[Casebook], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        key: str = "",
    ) -> None:
        """Ask the store off this thread. Requests without a key do not cancel each other."""
        book = self.casebook
        if book is None:
            return
        self._numbers += 1
        self.runner.run(
            lambda _context: function(book),
            done=done,
            failed=failed or self._trouble,
            key=key or f"request {self._numbers}",
        )

    def record(self, act: str, session: Session | None, detail: str = "") -> None:
        """Enter an event into the audit chain, as soon as the store's thread gets to it.

        It is in that thread's queue at once, so that locking or closing in the same moment does not lose it.
        """
        from genoai_desktop.cases.audit import Act

        if self.casebook is None:
            return
        uid = session.uid if session is not None and session.keeps else ""
        try:
            entered = self.casebook.record_soon(Act(act), uid, detail)
        except UserError as error:
            self._trouble(error)
        else:
            self.run(lambda _book: entered.result())

    def keep(self, session: Session) -> None:
        """Something in this case changed: have it on the disk within two seconds."""
        if not session.keeps:
            self.state_changed.emit("info", tr("Demo case: nothing of it is kept"))
            return
        if self.casebook is not None and not self.casebook.may_edit:
            self._keep_for_an_editor(session)
            return
        session.dirty = True
        self._waiting[session.uid] = session
        if self.casebook is None:
            self.state_changed.emit("info", tr("In memory only: no case store is set up"))
            return
        self.state_changed.emit("info", tr("Saving…"))
        if not self._pause.isActive() or self._pause.interval() != SAVE_AFTER_MS:
            self._pause.start(SAVE_AFTER_MS)

    def _keep_for_an_editor(self, session: Session) -> None:
        """A reviewer changes nothing; what somebody else changed and could not save waits for them."""
        if session.uid in self._waiting:
            session.problem = tr("a reviewer cannot save what somebody else changed; let a counselor unlock.")
            self.state_changed.emit("error", tr("Not saved: {why}", why=session.problem))
        else:
            self.state_changed.emit("info", tr("Reading only: reviewers change nothing"))

    def forget(self, session: Session) -> None:
        """The case was deleted or is not to be kept: do not save it any more."""
        self._waiting.pop(session.uid, None)
        session.dirty = False

    def flush(self) -> None:
        """Save now what is waiting."""
        book = self.casebook
        if book is None:
            return
        for session in list(self._waiting.values()):
            if not session.saving:
                session.saving, session.dirty = True, False
                self.runner.run(
                    save_job,
                    book,
                    session.stored,
                    session.opened.annotated if session.analysed else None,
                    session.revision,
                    done=partial(self._saved, session),
                    failed=partial(self._not_saved, session),
                    key=f"save {session.uid}",
                )

    def unsaved(self) -> list[Session]:
        """Cases of which something is not on the disk."""
        return [session for session in self._waiting.values() if session.dirty or session.saving]

    def save_now(self, sessions: Iterable[Session], book: Casebook) -> None:
        """Save in this thread, for closing and locking.

        Raises:
            UserError: something could not be saved; it stays waiting.
        """
        for session in sessions:
            annotated = session.opened.annotated if session.analysed else None
            saved = book.save(session.stored, variants_of(session.case, annotated), order=session.revision)
            if not saved.other and saved.case is None:  # what others did is told at the next save
                session.stored = replace(session.stored, version=saved.version)
            session.saving = session.dirty = False
            self._waiting.pop(session.uid, None)

    @property
    def quiet_seconds(self) -> float:
        """How long nobody has touched the program."""
        return self._ticks() - self._touched

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._ticks()

    def look_at_the_clock(self) -> None:
        """Lock when nobody has been there for too long."""
        if self.casebook is not None and self.quiet_seconds >= self.idle_minutes * 60:
            self.idle.emit()
            return
        self._looks += 1
        if self._looks % LOOK_ELSEWHERE_EVERY == 0:
            self.look_elsewhere()

    def look_elsewhere(self) -> None:
        """Ask whether another program has changed the store."""
        self.run(
            lambda book: book.touched_elsewhere(),
            done=lambda touched: self.touched_elsewhere.emit() if touched else None,
            failed=lambda _error: None,  # the next save says what is wrong with the device
            key="elsewhere",
        )

    def look_for_decisions(self, session: Session) -> None:
        """Has somebody else recorded a decision on consent in this case?"""
        stored = session.stored
        if session.keeps and stored.version:
            self.run(
                lambda book: book.decided_meanwhile(stored),
                done=lambda case: self.decided_elsewhere.emit(session, case) if case is not None else None,
                key=f"decisions {session.uid}",
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Installed on the windows: keys, mouse and touch count as presence."""
        if event.type() in _ACTIVE:
            self.touch()
        return super().eventFilter(watched, event)

    def set_idle_minutes(self, minutes: int) -> None:
        """Keep the time after which the program locks."""
        self._set_idle(minutes)
        self.run(lambda book: book.set_setting(_IDLE_SETTING, minutes))

    def _set_idle(self, minutes: Any) -> None:
        if isinstance(minutes, int) and 1 <= minutes <= 240:
            self.idle_minutes = minutes

    def _saved(self, session: Session, answer: tuple[Saved, StoredCase]) -> None:
        saved, stored = answer
        session.saving = False
        session.problem = ""
        session.stored = replace(session.stored, version=saved.version, files=stored.files)
        if saved.other:
            self.overtaken.emit(saved.other)
        if saved.case is not None:
            self.decided_elsewhere.emit(session, saved.case)
        if session.dirty:
            self._pause.start(SAVE_AFTER_MS)
            return
        self._waiting.pop(session.uid, None)
        if not self._waiting:
            self.state_changed.emit("success", tr("Saved (version {number})", number=saved.version))

    def _not_saved(self, session: Session, error: Exception) -> None:
        session.saving, session.dirty = False, True
        session.problem = explanation(error)
        self.state_changed.emit("error", tr("Not saved: {why}", why=session.problem))
        self._pause.start(RETRY_MS)

    def _trouble(self, error: Exception) -> None:
        self.state_changed.emit("error", explanation(error))


def variants_of(case: Case, annotated: Any) -> tuple[Any, ...] | None:
    """What in-house counts may see of a case; None to leave what is there until it is analysed.

    ``annotated``: what consent lets a person see, None while an edit is not analysed yet.
    """
    from genoai_desktop.app.casebook.variants import rare_coding

    if not case.consent.allows(Scope.RESEARCH):
        return ()
    return None if annotated is None else rare_coding(case, annotated)


def save_job(
    book: Casebook, stored: StoredCase, annotated: Any, revision: int, context: Context
) -> tuple[Saved, StoredCase]:
    """Save first, so that it is on the disk; then work out checksums of new files and save those."""
    from genoai_desktop.app.casebook.reopen import with_files

    saved = book.save(stored, variants_of(stored.case, annotated), order=revision)
    whole = with_files(stored, context)
    if whole.files == stored.files:
        return saved, stored
    again = book.save(whole, order=revision)
    return replace(again, other=saved.other or again.other, case=again.case or saved.case), whole
