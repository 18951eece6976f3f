"""Who may open the store: users, passphrases, recovery and data key; and the whole store as a backup.

Roles bind whoever works through the program. Everybody who can open the store has its data key in memory:
one who writes a program of their own can do with the file what an administrator can. The audit chain shows
what was done through the program. An older copy put in place of the store's file is noticed by the key file,
one of both files by the note of a computer on which the store was open (``witness``).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.app.casebook.member import Member
from genoai_desktop.cases import keys, leftovers
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.connection import fits
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.context import Context, Part, Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.text import tr


class Keyring(Member):
    """Mixed into ``Casebook``."""

    def users(self) -> tuple[tuple[str, Role], ...]:
        """Names and roles."""
        return keys.users(self._key_file)

    def set_user(self, user: str, role: Role, passphrase: str) -> None:
        """Add a user, or give one a new role and passphrase. Administrators only."""
        self.require_administrator()
        with self._recorded(f"{user} {role.value}"):
            keys.set_user(self._key_file, self._data_key, user, role, passphrase)

    def remove_user(self, user: str) -> None:
        """Take a user's key away. Administrators only; nobody removes themselves."""
        self.require_administrator()
        if user == self.user:
            raise UserError(tr("You cannot remove yourself."), remedy=tr("Ask another administrator."))
        with self._recorded(f"{user} removed"):
            keys.remove_user(self._key_file, user)

    def change_passphrase(self, old: str, new: str) -> None:
        """Give oneself a new passphrase.

        Raises:
            WrongPassphrase: ``old`` is not right.
            TooSoon: after several wrong ones.
            UserError: ``new`` is too short.
        """
        data_key, role = self._own_key(old)
        with self._recorded(f"{self.user} passphrase"):
            keys.set_user(self._key_file, data_key, self.user, role, new)

    def renew_recovery(self) -> str:
        """A new recovery key to print; the old one opens nothing any more. Administrators only."""
        self.require_administrator()
        with self._recorded("recovery key"):
            return keys.renew_recovery(self._key_file, self._data_key)

    def prepare_rotation(self, passphrase: str) -> keys.Prepared:
        """A new data key and a new recovery key to write down; nothing is changed yet. Administrators only.

        Raises:
            WrongPassphrase, TooSoon: the passphrase is not the user's own.
        """
        self.require_administrator()
        self._own_key(passphrase)
        return keys.prepare(self.user, passphrase)

    def rotate(self, prepared: keys.Prepared, context: Context | None = None) -> tuple[str, ...]:
        """Put the whole store under the new data key. Names of the users who need a new passphrase now.

        Nobody else's passphrase is known here, so theirs and the old recovery key open nothing any more:
        whoever knew the old data key is shut out. Old backups stay under the old one. A crash at any
        moment is settled at the next unlocking.

        Raises:
            UserError: another program has the store open, or the device failed; the old key holds then,
                unless the device failed at the very end (code ``store.unknown``): unlocking settles that.
            Cancelled: the person stopped it; the old key holds.
        """
        self.require_administrator()
        others = tuple(name for name, _ in self.users() if name != self.user)
        with self._worker.together():
            self._rotate(prepared, context or Silent())
        return others

    def _rotate(self, prepared: keys.Prepared, context: Context) -> None:
        keys.begin_rotation(self._key_file, prepared)
        try:
            self._worker.call(Store.rekey, prepared.data_key, Part(context, 0.0, 0.99))
        except (UserError, Cancelled):
            with suppress(UserError):  # a device that takes nothing: the next unlocking settles it
                if fits(self.folder / backup_file.STORE_FILE, self._data_key):
                    keys.take_back_rotation(self._key_file)
            raise
        self._data_key = prepared.data_key
        keys.finish_rotation(self._key_file)
        self.record(Act.USER, "", "data key changed")
        self.note_mark()
        context.report(tr("Putting the new key in its place"), 1.0)

    def backup(self, target: Path, context: Context | None = None) -> None:
        """The whole store with its keys in one file, read back and compared. Administrators only.

        Raises:
            UserError: it could not be written or is not whole; no file is left then.
            Cancelled: the person stopped it; no file is left then.
        """
        self.require_administrator()
        context = context or Silent()
        self.record(Act.BACKED_UP)
        size = (self.folder / backup_file.STORE_FILE).stat().st_size
        passes = backup_file.Passes(context, backup_file.WRITING, size)

        def copy_store(path: Path) -> None:
            self._worker.call(Store.backup, path, passes.part(backup_file.COPYING))

        making = backup_file.unfinished(target)
        with self._worker.together():
            earlier = self._worker.call(Store.setting, leftovers.NOTE) or []  # their device is not there
            self._note_unfinished([*earlier, *(str(path.absolute()) for path in making)])
            try:
                backup_file.write(target, self._key_file, copy_store, passes, making)
            finally:
                with suppress(UserError):  # noted or not, they are gone
                    self._note_unfinished(earlier)

    def _note_unfinished(self, paths: list[str]) -> None:
        """So that the next start deletes what a killed program left of a backup."""
        self._worker.call(Store.set_setting, leftovers.NOTE, paths, audited=False)

    @contextmanager
    def _recorded(self, what: str) -> Iterator[None]:
        """What cannot be recorded is not done; what could not be done is recorded as such."""
        with self._worker.together():  # the key, which closing forgets, is still needed
            self.record(Act.USER, "", what)
            try:
                yield
            except UserError:
                with suppress(UserError):
                    self.record(Act.USER, "", f"{what}: not done, or not known")
                raise

    def _own_key(self, passphrase: str) -> tuple[bytes, Role]:
        """What the user's own passphrase opens; wrong ones count."""
        self._throttle.attempt(self.user)
        try:
            found = keys.unlock(self._key_file, self.user, passphrase)
        except keys.WrongPassphrase:
            self._throttle.failed(self.user)
            raise
        self._throttle.passed(self.user)
        return found
