"""Who may open the store: one data key, wrapped for each user by a passphrase and once for recovery.

Passphrase -> Argon2id (RFC 9106, 64 MiB, 3 passes, 4 lanes) -> key-encryption key -> AES-256-GCM
around the data key. The key file holds salts, roles and wrapped keys, and nothing about patients.
"""

import base64
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from genoai_desktop.cases.keyfile import NEXT, Wrapped, alone_with, entries_of, failures, read, write
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
SHORTEST_PASSPHRASE = 10
RECOVERY = "recovery"
"""Name of the entry that the printed recovery key opens; no user can have it."""
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter or digit that a person could take for another."""


class Role(StrEnum):
    """What a user may do: administrators manage users, reviewers sign, counselors work on cases."""

    COUNSELOR = "counselor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class WrongPassphrase(UserError):  # noqa: N818 - said to a person
    """The passphrase does not open the store for this user."""

    def __init__(self) -> None:
        super().__init__(
            tr("The user name or the passphrase is not right."),
            remedy=tr("Try again; Caps Lock may be on. An administrator or the recovery key can help."),
            code="store.passphrase",
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new key file that is not on the disk yet: a person first confirms to have the recovery key."""

    data_key: bytes
    recovery: str
    entries: tuple[Wrapped, ...]

    def write(self, path: Path) -> None:
        """Put it on the disk.

        Raises:
            UserError: a key file is there already, or the device cannot be written.
        """
        if path.exists():
            raise UserError(tr("There is a store in this folder already."), where=path.name)
        write(path, list(self.entries))


def prepare(user: str, passphrase: str) -> Prepared:
    """Keys of a new store with one administrator. Takes about half a second.

    Raises:
        UserError: the passphrase is too short, or the name cannot be used.
    """
    data_key, recovery = secrets.token_bytes(KEY_BYTES), _new_recovery()
    entries = (
        _wrap(data_key, _usable(user), Role.ADMINISTRATOR, _checked(passphrase)),
        _wrap(data_key, RECOVERY, Role.ADMINISTRATOR, recovery),
    )
    return Prepared(data_key, recovery, entries)


def create(path: Path, user: str, passphrase: str) -> tuple[bytes, str]:
    """A new key file with one administrator; returns the data key and the recovery key to print once.

    Raises:
        UserError: a key file is there already, or the passphrase is too short.
    """
    if path.exists():
        raise UserError(tr("There is a store in this folder already."), where=path.name)
    prepared = prepare(user, passphrase)
    prepared.write(path)
    return prepared.data_key, prepared.recovery


def unlock(path: Path, user: str, passphrase: str) -> tuple[bytes, Role]:
    """The data key and the user's role.

    Raises:
        WrongPassphrase: unknown user or wrong passphrase; the two take equally long to say.
        UserError: the key file is missing or damaged.
    """
    entries = read(path)
    entry = next((item for item in entries if item.user == user), None)
    if entry is None:
        _derive(passphrase, entries[0])
        raise WrongPassphrase
    return _open(entry, passphrase), Role(entry.role)


def unlock_with_recovery(path: Path, recovery: str) -> bytes:
    """The data key by the printed recovery key; hyphens and case do not matter.

    Raises:
        WrongPassphrase: not the recovery key.
    """
    return unlock(path, RECOVERY, as_printed(recovery))[0]


def as_printed(recovery: str) -> str:
    """A recovery key as it was printed, however it was typed."""
    letters = "".join(character for character in recovery.upper() if character in _ALPHABET)
    return "-".join(letters[start : start + 5] for start in range(0, len(letters), 5))


@alone_with
def set_user(path: Path, data_key: bytes, user: str, role: Role, passphrase: str) -> None:
    """Add a user, or give one a new passphrase or role.

    Raises:
        UserError: the passphrase is too short, the name is reserved, no administrator would be left, or a
            change of the data key is under way.
    """
    _require_settled(path)
    others = [item for item in read(path) if item.user != _usable(user)]
    new = _wrap(data_key, user, role, _checked(passphrase))
    write(path, _with_administrator([*others, new]))


@alone_with
def remove_user(path: Path, user: str) -> None:
    """Take a user's key away.

    Raises:
        UserError: no administrator would be left, there is no such user, or a change of the data key is
            under way.
    """
    _require_settled(path)
    entries = read(path)
    kept = [item for item in entries if item.user != user or user == RECOVERY]
    if len(kept) == len(entries):
        raise UserError(tr("There is no such user."))
    write(path, _with_administrator(kept))


@alone_with
def renew_recovery(path: Path, data_key: bytes) -> str:
    """A new recovery key; the one printed before opens nothing any more.

    Raises:
        UserError: the device cannot be written, or a change of the data key is under way.
    """
    _require_settled(path)
    recovery = _new_recovery()
    others = [item for item in read(path) if item.user != RECOVERY]
    write(path, [*others, _wrap(data_key, RECOVERY, Role.ADMINISTRATOR, recovery)])
    return recovery


@alone_with
def begin_rotation(path: Path, prepared: Prepared) -> None:
    """Note the keys of the new data key beside the present ones, before the store changes.

    Raises:
        UserError: the device cannot be written, or another change is under way.
    """
    _require_settled(path)
    write(path, read(path), following=list(prepared.entries))


def rotating(path: Path) -> bool:
    """Whether a change of the data key was begun and neither finished nor taken back."""
    return bool(entries_of(path, NEXT))


def unlock_next(path: Path, user: str, secret: str) -> bytes:
    """The new data key of a change that is under way.

    Raises:
        WrongPassphrase: the user is not among the new keys, or this is not the passphrase.
    """
    entry = next((item for item in entries_of(path, NEXT) if item.user == user), None)
    if entry is None:
        raise WrongPassphrase
    return _open(entry, secret)


@alone_with
def finish_rotation(path: Path) -> None:
    """The store is under the new data key: the new keys take the place of the old.

    Raises:
        UserError: the device cannot be written; it can be finished later.
    """
    following = entries_of(path, NEXT)
    if following:
        names = {entry.user for entry in following}
        counts = {user: count for user, count in failures(path).items() if user in names}
        write(path, following, counts, following=[])


@alone_with
def take_back_rotation(path: Path) -> None:
    """The store is under the old data key still: forget the new one.

    Raises:
        UserError: the device cannot be written.
    """
    if rotating(path):
        write(path, read(path), following=[])


def _require_settled(path: Path) -> None:
    """Until it is known which data key holds, nobody may write either key anew or forget one of them."""
    if rotating(path):
        raise UserError(
            tr("A change of the store's key was begun and is not settled."),
            remedy=tr("Lock the store and unlock it again; that settles it."),
            code="store.rotating",
        )


def _with_administrator(entries: list[Wrapped]) -> list[Wrapped]:
    if not any(item.role == Role.ADMINISTRATOR and item.user != RECOVERY for item in entries):
        raise UserError(
            tr("The store needs at least one administrator."),
            remedy=tr("Make another user administrator first."),
        )
    return entries


def _new_recovery() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(6))
    return "-".join(groups)


def _usable(user: str) -> str:
    if not user.strip() or user == RECOVERY or "\0" in user:
        raise UserError(tr("This user name cannot be used."), remedy=tr("Choose another."))
    return user


def users(path: Path) -> tuple[tuple[str, Role], ...]:
    """Names and roles, the recovery entry left out."""
    return tuple((item.user, Role(item.role)) for item in read(path) if item.user != RECOVERY)


def _checked(passphrase: str) -> str:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            tr("The passphrase is too short."),
            remedy=tr(
                "Use at least {count} characters; several words are easy to keep.", count=SHORTEST_PASSPHRASE
            ),
        )
    return passphrase


def _derive(secret: str, entry: Wrapped) -> bytes:
    return hash_secret_raw(
        secret.encode(),
        base64.b64decode(entry.salt),
        entry.time_cost,
        entry.memory_kib,
        entry.lanes,
        KEY_BYTES,
        Type.ID,
    )


def _wrap(data_key: bytes, user: str, role: Role, secret: str) -> Wrapped:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bare = Wrapped(user, role.value, base64.b64encode(salt).decode(), base64.b64encode(nonce).decode(), "")
    box = AESGCM(_derive(secret, bare)).encrypt(nonce, data_key, _bound(bare))
    return Wrapped(bare.user, bare.role, bare.salt, bare.nonce, base64.b64encode(box).decode())


def _open(entry: Wrapped, secret: str) -> bytes:
    try:
        box, nonce = base64.b64decode(entry.box), base64.b64decode(entry.nonce)
        return AESGCM(_derive(secret, entry)).decrypt(nonce, box, _bound(entry))
    except InvalidTag:
        raise WrongPassphrase from None


def _bound(entry: Wrapped) -> bytes:
    """Name and role are authenticated: a role edited in the file opens nothing."""
    return f"{entry.user}\0{entry.role}".encode()
