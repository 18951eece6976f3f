"""Update packs for window and command line: look at one, put it in use, go back, trust a publisher."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from genoai_desktop.cases.audit import Act
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import Cancelled, KnowledgeError, UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.installed import Installed, open_bundle, public_key
from genoai_desktop.knowledge.packs import Change, PackFile, PackInfo, changes, check_fits, fingerprint

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook


@dataclass(frozen=True, slots=True)
class PackReview:
    """A pack that was verified and fits, not yet in use."""

    path: Path
    info: PackInfo
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PackState:
    """Packs in use, oldest first, and fingerprints of the trusted publishers. ``trouble``: in words."""

    packs: tuple[PackInfo, ...]
    trusted: tuple[str, ...]
    trouble: str = ""


def review(path: Path, context: Context) -> PackReview:
    """Verify every byte of a pack and say what is new.

    Raises:
        UserError: it is refused; why, and what to do.
        Cancelled: the person stopped it.
    """
    installed = Installed()
    verifying, comparing = shares(context, 9, 1)
    with PackFile(path, installed.trusted, verifying) as pack:
        check_fits(pack.info, installed.newest)
        context.check()
        found = PackReview(path, pack.info, changes(pack.info, open_bundle()))
    comparing.report(tr("Verifying the update pack"), 1.0)
    return found


def install(path: Path, context: Context, book: "Casebook | None" = None) -> PackInfo:
    """Verify again, put in use, and prove that all tables can be read; recorded in an open store.

    Raises:
        UserError: it is refused, or what was installed cannot be read (it is taken out again then).
        Cancelled: the person stopped it; what was in use still is.
    """
    installing, proving, last = shares(context, 60, 39, 1)
    installing.report(tr("Installing the update pack"), 0.0)
    if book is not None:
        book.record(Act.SETTING, "", "install update pack")
    installed = Installed()
    info = installed.install(path, installing)
    try:
        problems = Bundle(installed.folders()).verify(proving)
    except Cancelled:
        installed.roll_back()
        raise
    if problems:
        installed.roll_back()
        raise UserError(
            tr("The update pack was installed but cannot be read; it was taken out of use again."),
            where=info.name,
            remedy=tr("Check the disk, then try again."),
            code="pack.unreadable",
        ) from problems[0]
    last.report(tr("Installing the update pack"), 1.0)
    return info


def roll_back(context: Context, book: "Casebook | None" = None) -> PackInfo:
    """Take the newest pack out of use; recorded in an open store.

    Raises:
        UserError: no pack is in use.
    """
    context.report(tr("Going back"), None)
    installed = Installed()
    if not installed.serials:
        return installed.roll_back()
    if book is not None:
        book.record(Act.SETTING, "", "update pack taken out of use")
    return installed.roll_back()


def trust(path: Path, context: Context, book: "Casebook | None" = None) -> str:
    """Accept packs of the publisher whose public key (PEM) this is; returns its fingerprint.

    Raises:
        UserError: no key, or a store is open and its user is not an administrator.
    """
    context.check()
    if book is not None and not book.may_administer:
        raise UserError(
            tr("Only administrators may trust a publisher."),
            remedy=tr("Ask an administrator."),
            code="casebook.role",
        )
    name = fingerprint(public_key(path))
    if book is not None:
        book.record(Act.SETTING, "", f"trust publisher {name}")
    return Installed().trust(path)


def key_fingerprint(path: Path) -> str:
    """Fingerprint of a publisher's key, to be compared before it is trusted.

    Raises:
        UserError: the file holds no key.
    """
    return fingerprint(public_key(path))


def state() -> PackState:
    """What is in use here; damage is said, not raised, so that going back stays possible."""
    installed = Installed()
    trusted = tuple(sorted(installed.trusted))
    try:
        return PackState(tuple(map(installed.info, installed.serials)), trusted)
    except KnowledgeError as error:
        return PackState((), trusted, f"{error.what} {error.remedy}".strip())
