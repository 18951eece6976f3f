"""The update packs on this machine: which are in use, how one is put in, and the way back.

Packs lie under the data folder, each in a folder of its own named by its serial; ``state.json`` names
those in use, oldest first. It is replaced whole, last of all, so a killed installation leaves what was.
"""

import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from genoai_desktop.domain.context import Context, Silent, shares
from genoai_desktop.domain.durable import NotKnown, make_folder, not_known, rename, replace_file
from genoai_desktop.domain.errors import KnowledgeError, UserError
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.bundle import MANIFEST, Bundle, bundle_serial
from genoai_desktop.knowledge.locations import data_home, resources
from genoai_desktop.knowledge.packs import (
    DOCUMENT,
    SIGNATURE,
    PackFile,
    PackInfo,
    check_fits,
    fingerprint,
    refused,
    verified,
)

_STATE = "state.json"


class Installed:
    """Packs under ``home``. Reading is free of side effects; ``install`` and ``roll_back`` are atomic."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or data_home()
        self._packs = self.home / "packs"

    @property
    def trusted(self) -> dict[str, bytes]:
        """Publishers' public keys by fingerprint: those the program came with, and those added here."""
        places = [resources() / "keys", self.home / "keys"]
        keys = [public_key(path) for place in places for path in sorted(place.glob("*.pem"))]
        return {fingerprint(key): key for key in keys}

    def trust(self, path: Path) -> str:
        """Accept packs of the publisher whose public key (PEM) this is; returns its fingerprint.

        Raises:
            UserError: the file holds no ed25519 public key, or the disk cannot be written.
        """
        key = public_key(path)
        name = fingerprint(key)
        with written_in_words(path.name):
            make_folder(self.home / "keys")
            replace_file(self.home / "keys" / f"{name}.pem", path.read_bytes())
        return name

    @property
    def serials(self) -> tuple[int, ...]:
        """Serials of the packs in use, oldest first. A pack that the program has overtaken is left out."""
        try:
            state = json.loads((self._packs / _STATE).read_text(encoding="utf-8"))
            used = [int(serial) for serial in state["in_use"]]
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(_STATE) from error
        base = bundle_serial(resources() / "knowledge")
        return tuple(serial for serial in used if serial > base)

    def folders(self) -> list[Path]:
        """Folders of the packs in use, each with its signature checked anew.

        Raises:
            KnowledgeError: an installed pack was changed, or its publisher is trusted no longer.
        """
        serials = self.serials
        trusted = self.trusted if serials else {}
        for serial in serials:
            self.info(serial, trusted)
        return [self._packs / str(serial) for serial in serials]

    def info(self, serial: int, trusted: Mapping[str, bytes] | None = None) -> PackInfo:
        """What the installed pack says of itself.

        Raises:
            KnowledgeError: it is damaged.
        """
        folder = self._packs / str(serial)
        try:
            document, signature = (folder / DOCUMENT).read_bytes(), (folder / SIGNATURE).read_bytes()
            found = verified(document, signature, self.trusted if trusted is None else trusted)
            same = (folder / MANIFEST).read_bytes() == document
        except (OSError, UserError) as error:
            raise _damaged(str(serial)) from error
        if not same:
            raise _damaged(str(serial))
        return found

    @property
    def newest(self) -> int:
        """Serial of the newest tables here, the program's own included."""
        return max((bundle_serial(resources() / "knowledge"), *self.serials))

    def install(self, path: Path, context: Context | None = None) -> PackInfo:
        """Verify the pack, copy it in, then put it in use.

        Raises:
            UserError: the pack was refused, or the device failed; what was in use still is.
            Cancelled: the person stopped it; what was in use still is.
        """
        context = context or Silent()
        verifying, copying = shares(context, 1, 1)
        with PackFile(path, self.trusted, verifying) as pack:
            check_fits(pack.info, self.newest)
            try:
                self._copy(pack, copying)
                context.check()
                self._use([*self.serials, pack.info.serial])
            except NotKnown as error:
                raise not_known(pack.info.name) from error
            except OSError as error:
                raise refused(
                    pack.info.name,
                    tr("the disk could not be written ({reason})", reason=reason_of(error)),
                    tr("Make room, then try again; what is installed is unchanged."),
                ) from error
            return pack.info

    def roll_back(self) -> PackInfo:
        """Take the newest pack out of use; returns the one taken out. Its files stay.

        Raises:
            UserError: no pack is in use, or the disk cannot be written.
        """
        serials = self._recorded()
        if not serials:
            raise UserError(
                tr("No update pack is installed; the program's own tables are in use."), code="pack.none"
            )
        with written_in_words(str(serials[-1])):
            self._use(list(serials[:-1]))
        try:
            return self.info(serials[-1])
        except KnowledgeError:
            return PackInfo(str(serials[-1]), serials[-1], "", "", "", ())

    def _recorded(self) -> tuple[int, ...]:
        """As ``serials``; nothing where the state itself is damaged, which going back then mends."""
        try:
            return self.serials
        except KnowledgeError:
            return ()

    def _copy(self, pack: PackFile, context: Context) -> None:
        """Into a folder of another name first; the rename makes it whole at once."""
        make_folder(self._packs)
        making = self._packs / f".{secrets.token_hex(8)}.part"
        target = self._packs / str(pack.info.serial)
        try:
            making.mkdir()
            for table in pack.tracked(tr("Installing the update pack"), context):
                replace_file(making / table.file, pack.table(table))
            replace_file(making / MANIFEST, pack.document)
            replace_file(making / DOCUMENT, pack.document)
            replace_file(making / SIGNATURE, pack.signature)
            if target.exists():  # left by a pack that was taken out of use
                shutil.rmtree(target)
            rename(making, target)  # flushed before the state names it
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def _use(self, serials: list[int]) -> None:
        text = json.dumps({"in_use": serials})
        replace_file(self._packs / _STATE, (text + "\n").encode())


@contextmanager
def written_in_words(where: str, code: str = "pack.write") -> Iterator[None]:
    """A device that cannot be written, said to a person.

    Raises:
        UserError: nothing was changed, or (code ``store.unknown``) it is not known whether it was.
    """
    try:
        yield
    except NotKnown as error:
        raise not_known(where) from error
    except OSError as error:
        raise UserError(
            tr("The disk could not be written ({reason}); nothing was changed.", reason=reason_of(error)),
            where=where,
            remedy=tr("Make room, then try again; what is installed is unchanged."),
            code=code,
        ) from error


def open_bundle(home: Path | None = None) -> Bundle:
    """The program's tables with the packs in use laid over them."""
    return Bundle([resources() / "knowledge", *Installed(home).folders()])


def public_key(path: Path) -> bytes:
    """The 32 bytes of an ed25519 public key in a PEM file.

    Raises:
        UserError: it is none.
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path)
    return key.public_bytes_raw()


def _no_key(path: Path) -> UserError:
    return UserError(
        tr("The file holds no publisher's key (an ed25519 public key in PEM form)."), where=path.name
    )


def _damaged(what: str) -> KnowledgeError:
    return KnowledgeError(
        tr("The installed update pack {pack} is damaged or was changed.", pack=what),
        remedy=tr("Use “Go back one pack…”, or “knowledge rollback”, then install the pack again."),
        code="pack.damaged",
    )
