"""A user at an unlocked store: the store's thread, the key in memory, and what the role allows."""

import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.app.casebook.worker import StoreWorker
from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import Store
from genoai_desktop.cases.throttle import Throttle
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import SignedDocument
from genoai_desktop.domain.text import tr


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
        """Audit entries missing since the store was last open here: an older copy is in its place."""

    def close(self, act: Act | None = None) -> None:
        """Finish what was asked and close; ``act`` (locked) is recorded first. The key is forgotten."""
        try:
            if act is not None:
                self.record(act)
            self.note_count()
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
        self._worker.call(Store.record, act, uid, detail)

    def note_count(self) -> None:
        """How long the audit chain is, beside the store; not on a device that cannot be written."""
        with suppress(UserError):
            keys.set_anchor(self._key_file, self._data_key, self._worker.call(Store.audit_count))

    def look_for_an_older_copy(self) -> None:
        """Is the store older than its key file knows? That is told, and recorded for ever."""
        known, found = keys.anchor(self._key_file, self._data_key), self._worker.call(Store.audit_count)
        if found < known:
            self.rolled_back = known - found
            self.record(Act.RESTORED, "", f"older copy: {found} entries in place of {known} or more")
        self.note_count()

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
        if not self.may_edit:
            raise UserError(
                tr("Reviewers may not change cases."),
                remedy=tr("Ask a counselor, or have an administrator change your role."),
                code="casebook.role",
            )

    def _require_administrator(self) -> None:
        if not self.may_administer:
            raise UserError(
                tr("Only administrators may do this."),
                remedy=tr("Ask an administrator."),
                code="casebook.role",
            )
