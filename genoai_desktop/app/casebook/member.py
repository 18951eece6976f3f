"""A user at an unlocked store: the store's thread, the key in memory, and what the role allows."""

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.app.casebook.witness import Witness
from genoai_desktop.app.casebook.worker import StoreWorker
from genoai_desktop.cases import keyfile, keys
from genoai_desktop.cases.audit import Act, Mark
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import Store
from genoai_desktop.cases.throttle import Throttle
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import SignedDocument
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.locations import data_home


def _reserved() -> dict[Role, str]:
    """Roles that are no professional title, in the window's language."""
    return {Role.REVIEWER: tr("Reviewer"), Role.ADMINISTRATOR: tr("Administrator")}


class Member:
    """The base of ``Casebook``. Safe to call from any thread."""

    def __init__(self, folder: Path, worker: StoreWorker, data_key: bytes, user: str, role: Role) -> None:
        self.folder, self.user, self.role = folder, user, role
        self._worker, self._data_key = worker, data_key
        self._lock = threading.Lock()
        self._throttle = Throttle(self._key_file)
        self.rolled_back = 0
        """Audit entries missing, at least, since the store was last open: an older copy is in its place."""
        self.restored = False
        """Whether the store was restored from a backup since it was last open on this computer."""
        self._witness = Witness(data_home(), worker.call(Store.secret, "witness"), folder)

    def close(self, act: Act | None = None) -> None:
        """Finish what was asked and close; ``act`` (locked) is recorded first. The key is forgotten.

        A change of the key or a signature under way comes to its end: the key file and the trail fit then.
        """
        self._worker.settle()
        try:
            if act is not None:
                self.record(act)
            self.note_mark()
        finally:
            self._worker.close()
            self._data_key = b""

    @property
    def may_edit(self) -> bool:
        """Whether this user may change cases."""
        return self.role is not Role.REVIEWER

    @property
    def may_administer(self) -> bool:
        """Whether this user manages users, settings, backup and restore."""
        return self.role is Role.ADMINISTRATOR

    def record(self, act: Act, uid: str = "", detail: str = "") -> None:
        """Enter an event into the audit chain. ``detail`` holds identifiers only, never a name."""
        self.record_soon(act, uid, detail).result()

    def record_soon(self, act: Act, uid: str = "", detail: str = "") -> "Future[None]":
        """Like ``record``, without waiting: it is entered before anything asked later, ``close`` included.

        Raises:
            UserError: the store was closed.
        """
        return self._worker.submit(Store.record, act, uid, detail)

    def note_mark(self) -> None:
        """How far the audit chain has come: noted beside the store and on this computer, if they take it."""
        with suppress(UserError):
            mark, restored = self._worker.call(_mark)
            self._witness.keep(mark, restored)
            keyfile.set_anchor(self._key_file, self._data_key, mark)

    def look_for_an_older_copy(self) -> None:
        """Is the store older than its key file or this computer knows? Told, and recorded for ever.

        A restoration from a backup that this computer did not see yet is no such thing: ``restored`` then.
        """
        note = self._witness.read()
        beside = keyfile.anchor(self._key_file, self._data_key)
        found, lost, restored = self._worker.call(_lost, (beside, note.at(self._witness.place)))
        if lost and beside not in lost and set(restored) - note.restored:
            self.restored = True
        elif lost:
            known = max(mark.count for mark in lost)
            self.rolled_back = max(1, known - found.count)
            self.record(Act.RESTORED, "", f"older copy: {found.count} entries in place of {known} or more")
        self.note_mark()

    def vouched(self, record: SignedDocument) -> SignedDocument:
        """The record of a signature in the name of who unlocked the store.

        Raises:
            UserError: the role that stands in the document is another user's.
        """
        self.require_signer(record.role)
        return replace(record, user=self.user, user_role=self.role.value)

    def require_signer(self, role: str) -> None:
        """Nobody signs as a reviewer or administrator of the store who is none; other titles are free.

        Raises:
            UserError: it is.
        """
        stated = role.strip().casefold()
        for other, word in _reserved().items():
            if other is not self.role and stated in (other.value, word.casefold()):
                raise UserError(
                    tr("You are not signed in as {role}.", role=word),
                    where=tr("Your role"),
                    remedy=tr("Sign in your own role, or let that person unlock the store and sign."),
                    code="casebook.role",
                )

    @property
    def _key_file(self) -> Path:
        return self.folder / backup_file.KEY_FILE

    def _require_editor(self) -> None:
        if not self._still(self.may_edit, Role.REVIEWER):
            raise UserError(
                tr("Reviewers may not change cases."),
                remedy=tr("Ask a counselor, or have an administrator change your role."),
                code="casebook.role",
            )

    def require_administrator(self) -> None:
        """Only administrators go on, who still are.

        Raises:
            UserError: the user is none.
        """
        if not self._still(self.may_administer, Role.REVIEWER, Role.COUNSELOR):
            raise UserError(
                tr("Only administrators may do this."),
                remedy=tr("Ask an administrator."),
                code="casebook.role",
            )

    def _still(self, may: bool, *lesser: Role) -> bool:
        """``may``, unless another administrator took the role or the key away while the store was open.

        The key file never gives more than what was unlocked with: a role that was edited there opens nothing.
        """
        try:
            now = dict(keys.users(self._key_file)).get(self.user)
        except UserError:  # the store's own failure is told, where there is one
            return may
        return may and now is not None and now not in lesser


def _mark(store: Store) -> tuple[Mark, tuple[str, ...]]:
    return store.mark(), store.restorations()


def _lost(store: Store, known: Iterable[Mark]) -> tuple[Mark, list[Mark], tuple[str, ...]]:
    """The chain as it was found, the known places that it did not come by, and its restorations."""
    return store.found, [mark for mark in known if not store.holds(mark)], store.restorations()
