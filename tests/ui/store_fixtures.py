"""A window with a real encrypted store behind it; analyses answered at once."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import QuickServices
from quick_keys import quickened
from sample_case import sample_case

from genoai_desktop.app.casebook import Door, StoredCase, document, files
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.cases.keys import Role
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.ui.window import MainWindow

PASSPHRASE = "correct horse battery"


class StoreServices(QuickServices):
    """Cases that are not synthetic, of a file that is there."""

    def __init__(self, vcf: Path) -> None:
        super().__init__()
        self.vcf = vcf
        self.case_made = lambda: real_case(self.vcf)

    def open_stored(self, stored: StoredCase, context: Context) -> Any:
        files.verify(stored.files, context)
        made = real_case(stored.request.vcf)
        request = document.request_with(stored)
        return replace(made, request=request, case=stored.case, result=replace(made.result, case=stored.case))


def real_case(vcf: Path, name: str = "Family 12") -> Any:
    """The sample case as if it were a patient's."""
    made = sample_case()
    case: Case = replace(made.case, synthetic=False, id=name)
    request = CaseRequest(vcf, sample=case.index.sample, name=name)
    return replace(made, request=request, case=case, result=replace(made.result, case=case))


def quick_store(folder: Path, reviewer: str = "", backup: Path | None = None) -> Path:
    """A closed store there that unlocks in no time, with ada as administrator; backed up when asked for.

    A reviewer's passphrase has an "r" at its end.
    """
    with quickened(), Door(folder).set_up(Door.prepare("ada", PASSPHRASE)) as book:
        if reviewer:
            book.set_user(reviewer, Role.REVIEWER, PASSPHRASE + "r")
        if backup is not None:
            book.backup(backup)
    return folder


def unlocked(window: MainWindow, folder: Path, user: str = "ada", passphrase: str = PASSPHRASE) -> MainWindow:
    """The window with the store of this folder open."""
    window.door = Door(folder)
    window.unlocked(window.door.unlock(user, passphrase))
    return window


def copy_of(store: Path, folder: Path) -> Path:
    """A store of its own for a test."""
    return Path(shutil.copytree(store, folder))
