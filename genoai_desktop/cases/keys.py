"""Who may open the store: one data key, wrapped for each user by a passphrase and once for recovery.

Passphrase -> Argon2id (RFC 9106, 64 MiB, 3 passes, 4 lanes) -> key-encryption key -> AES-256-GCM
around the data key. The key file holds salts, roles and wrapped keys, and nothing about patients.
"""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from genoai_desktop.cases.durable import replace_file
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
SHORTEST_PASSPHRASE = 10
_RECOVERY = "recovery"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter or digit that a person could take for another."""


class Role(StrEnum):
    """What a user may do: administrators manage users, reviewers sign, counselors work on cases."""

    COUNSELOR = "counselor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The data key as one secret opens it; all fields base64 or plain."""

    user: str
    role: str
    salt: str
    nonce: str
    box: str
    time_cost: int = 3
    memory_kib: int = 65536
    lanes: int = 4


class WrongPassphrase(UserError):  # noqa: N818 - said to a person
    """The passphrase does not open the store for this user."""

    def __init__(self) -> None:
        super().__init__(
            tr("The user name or the passphrase is not right."),
            remedy=tr("Try again; Caps Lock may be on. An administrator or the recovery key can help."),
            code="store.passphrase",
        )


def create(path: Path, user: str, passphrase: str) -> tuple[bytes, str]:
    """A new key file with one administrator; returns the data key and the recovery key to print once.

    Raises:
        UserError: a key file is there already, or the passphrase is too short.
    """
    if path.exists():
        raise UserError(tr("There is a store in this folder already."), where=path.name)
    data_key = secrets.token_bytes(KEY_BYTES)
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(6))
    recovery = "-".join(groups)
    _write(
        path,
        [
            _wrap(data_key, user, Role.ADMINISTRATOR, _checked(passphrase)),
            _wrap(data_key, _RECOVERY, Role.ADMINISTRATOR, recovery),
        ],
    )
    return data_key, recovery


def unlock(path: Path, user: str, passphrase: str) -> tuple[bytes, Role]:
    """The data key and the user's role.

    Raises:
        WrongPassphrase: unknown user or wrong passphrase; the two take equally long to say.
        UserError: the key file is missing or damaged.
    """
    entries = _read(path)
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
    letters = "".join(character for character in recovery.upper() if character in _ALPHABET)
    grouped = "-".join(letters[start : start + 5] for start in range(0, len(letters), 5))
    return unlock(path, _RECOVERY, grouped)[0]


def set_user(path: Path, data_key: bytes, user: str, role: Role, passphrase: str) -> None:
    """Add a user, or give one a new passphrase or role.

    Raises:
        UserError: the passphrase is too short, or the name is reserved.
    """
    if not user.strip() or user == _RECOVERY:
        raise UserError(tr("This user name cannot be used."), remedy=tr("Choose another."))
    others = [item for item in _read(path) if item.user != user]
    _write(path, [*others, _wrap(data_key, user, role, _checked(passphrase))])


def users(path: Path) -> tuple[tuple[str, Role], ...]:
    """Names and roles, the recovery entry left out."""
    return tuple((item.user, Role(item.role)) for item in _read(path) if item.user != _RECOVERY)


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


def _write(path: Path, entries: list[Wrapped]) -> None:
    text = json.dumps({"format": 1, "keys": [asdict(entry) for entry in entries]}, indent=1)
    replace_file(path, text.encode())


def _read(path: Path) -> list[Wrapped]:
    try:
        entries = [Wrapped(**row) for row in json.loads(path.read_bytes())["keys"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            tr("The key file of the store cannot be read."),
            where=path.name,
            remedy=tr("Restore it from the newest backup."),
            code="store.keys",
        ) from error
    if not entries:
        raise UserError(tr("The key file of the store is empty."), where=path.name)
    return entries
