"""The way into a store: setting one up, unlocking it, the recovery key, and waiting after wrong attempts."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from genoai_desktop.app.casebook.backup import KEY_FILE, STORE_FILE
from genoai_desktop.app.casebook.casebook import Casebook
from genoai_desktop.app.casebook.worker import StoreWorker
from genoai_desktop.cases import keyfile, keys, leftovers
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.connection import fits
from genoai_desktop.cases.keys import Prepared, Role, WrongPassphrase
from genoai_desktop.cases.store import Clock
from genoai_desktop.cases.throttle import Throttle
from genoai_desktop.domain.durable import make_folder
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.ticks import steady

T = TypeVar("T")


def is_store(folder: Path) -> bool:
    """Whether a store was set up in this folder."""
    return (folder / KEY_FILE).is_file()


def users(folder: Path) -> tuple[tuple[str, Role], ...]:
    """Names and roles of those who can unlock the store in this folder.

    Raises:
        UserError: the key file cannot be read.
    """
    return keys.users(folder / KEY_FILE)


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess: ``level`` 0 too short, 1 weak, 2 fair, 3 strong; and why."""

    level: int
    text: str


def strength(passphrase: str) -> Strength:
    """A rough hint from length and variety, not a promise: words that belong together count for less."""
    if len(passphrase) < keys.SHORTEST_PASSPHRASE:
        missing = keys.SHORTEST_PASSPHRASE - len(passphrase)
        return Strength(0, tr("Too short: {count} more characters are needed.", count=missing))
    kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    alphabet = sum(
        size for size, kind in zip((26, 26, 10, 20), kinds, strict=True) if any(map(kind, passphrase))
    )
    words = len(passphrase.split())
    letters = len(set(passphrase.casefold()))
    bits = min(len(passphrase), letters * 1.5) * math.log2(max(alphabet, 2)) * 0.6 + 4 * (words - 1)
    if bits < 45:
        return Strength(1, tr("Weak: easy to guess. Use four or more words that do not belong together."))
    if bits < 65:
        return Strength(2, tr("Fair. Another word makes it much stronger."))
    return Strength(3, tr("Strong."))


class Door:
    """One per program and store folder: it remembers how long to wait.

    ``clock``: the audit's clock. ``ticks``: seconds of a clock that nobody can set.
    """

    def __init__(
        self, folder: Path, *, clock: Clock | None = None, ticks: Callable[[], float] = steady
    ) -> None:
        self.folder = folder
        self._clock = clock
        self._told: dict[str, int] = {}
        self._settled = False
        self._throttle = Throttle(folder / KEY_FILE, ticks)

    @staticmethod
    def prepare(user: str, passphrase: str) -> Prepared:
        """Keys of a new store, nothing on the disk yet; slow on purpose.

        Raises:
            UserError: the passphrase is too short, or the name cannot be used.
        """
        return keys.prepare(user, passphrase)

    def set_up(self, prepared: Prepared) -> Casebook:
        """Write a new store into the folder and open it as its administrator.

        Raises:
            UserError: there is a store, or the folder cannot be written.
        """
        if is_store(self.folder) or (self.folder / STORE_FILE).exists():
            raise UserError(tr("There is a store in this folder already."), where=self.folder.name)
        try:
            make_folder(self.folder, 0o700)
        except OSError as error:
            raise UserError(
                tr("The folder cannot be made ({reason}).", reason=reason_of(error)),
                where=self.folder.name,
                remedy=tr("Choose another folder."),
            ) from error
        prepared.write(self.folder / KEY_FILE)
        try:
            return self._open(prepared.data_key, prepared.entries[0].user, Role.ADMINISTRATOR)
        except UserError:
            (self.folder / KEY_FILE).unlink(missing_ok=True)
            raise

    def wait(self, user: str) -> float:
        """Seconds until this user may try again."""
        return self._throttle.remaining(user)

    def unlock(self, user: str, passphrase: str) -> Casebook:
        """Open the store. Slow on purpose (Argon2id).

        Raises:
            WrongPassphrase: user or passphrase is not right; the next attempts have to wait.
            TooSoon: this one came too early; it was not tried.
            UserError: the store is damaged, of a later program, or its device is gone.
        """
        self._require_store()
        data_key, role = self._tried(user, lambda: self._key_of(user, passphrase))
        return self._open(data_key, user, role)

    def recover(self, recovery: str, user: str, passphrase: str) -> Casebook:
        """Open the store with the printed recovery key and give ``user`` a new passphrase.

        A user who is there keeps the role; a new one becomes administrator.

        Raises:
            WrongPassphrase, TooSoon, UserError: as in ``unlock``; the passphrase may be too short.
        """
        if strength(passphrase).level == 0:
            raise UserError(tr("The passphrase is too short."), remedy=strength(passphrase).text)
        self._require_store()
        key_file = self._key_file
        printed = keys.as_printed(recovery)
        data_key, _ = self._tried(keys.RECOVERY, lambda: self._key_of(keys.RECOVERY, printed))
        role = dict(keys.users(key_file)).get(user, Role.ADMINISTRATOR)
        keys.set_user(key_file, data_key, user, role, passphrase)
        self._throttle.passed(user)
        opened = self._open(data_key, user, role)
        opened.record(Act.USER, "", f"{user} recovered")
        return opened

    def _require_store(self) -> None:
        """SQLite would make a new, empty store in place of one that is gone, and nobody would be told."""
        try:
            there = (self.folder / STORE_FILE).stat().st_size > 0
        except OSError:
            there = False
        if not there:
            raise UserError(
                tr("The file of the case store is missing or empty, though its key file is there."),
                where=STORE_FILE,
                remedy=tr("Connect its device, put the file back, or restore the newest backup."),
                code="store.gone",
            )

    @property
    def _key_file(self) -> Path:
        return self.folder / KEY_FILE

    def _key_of(self, user: str, secret: str) -> tuple[bytes, Role]:
        """The data key and role; a change of the data key that a crash broke off is settled first."""
        key_file = self._key_file
        if keys.rotating(key_file):
            self._settle(user, secret)
        return keys.unlock(key_file, user, secret)

    def _settle(self, user: str, secret: str) -> None:
        """Find out under which key the store is, and let the key file say so alone."""
        key_file, known = self._key_file, False
        openers: tuple[tuple[Callable[[], bytes], Callable[[Path], None]], ...] = (
            (lambda: keys.unlock(key_file, user, secret)[0], keys.take_back_rotation),
            (lambda: keys.unlock_next(key_file, user, secret), keys.finish_rotation),
        )
        for opened, settle in openers:
            try:
                data_key = opened()
            except WrongPassphrase:
                continue
            if fits(self.folder / STORE_FILE, data_key):
                settle(key_file)
                self._settled = settle is keys.finish_rotation
                return
            known = True
        if known:
            raise UserError(
                tr("The key of the store was changed, and an administrator has to unlock it first."),
                remedy=tr("Then ask for a new passphrase; for recovery use the newest recovery key."),
                code="store.rotated",
            )
        raise WrongPassphrase

    def _tried(self, user: str, attempt: Callable[[], T]) -> T:
        """Count the attempt as failed, make it, and forget the failures when it was right."""
        before = self._throttle.failures(user)
        self._throttle.attempt(user)
        try:
            found = attempt()
        except WrongPassphrase:
            self._throttle.failed(user)
            raise
        self._throttle.passed(user)
        self._told[user] = before
        return found

    def _open(self, data_key: bytes, user: str, role: Role) -> Casebook:
        store = self.folder / STORE_FILE
        leftovers.tidy(store, data_key)
        worker = StoreWorker(store, data_key, user, self._clock)
        opened = Casebook(self.folder, worker, data_key, user, role)
        for name, count in sorted((self._told | keyfile.failures(self._key_file)).items()):
            if count:
                opened.record(Act.FAILED, "", tr("{name}: {count} times", name=name or "?", count=count))
        self._told = {}
        if self._settled:
            opened.record(Act.USER, "", "data key changed: settled after it was broken off")
            self._settled = False
        opened.look_for_an_older_copy()
        return opened
