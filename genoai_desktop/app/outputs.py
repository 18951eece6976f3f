"""Write what a person asked for: whole files, or nothing."""

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.context import Context, Part
from genoai_desktop.domain.durable import flush_folder, make_folder
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.report import clinician_pdf, letter, result_document, steps
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.document import indented

COUPLE_LETTER = "couple-letter.pdf"


def write_case(
    opened: OpenCase, out: Path, context: Context, *, language: str = "en", report_language: str = "en"
) -> None:
    """``result.json``, ``report.pdf`` (clinician) and ``letter.pdf`` (patient) into a folder: all or none.

    In couple mode ``couple-letter.pdf`` as well; otherwise one of an earlier run is taken away.

    Raises:
        UserError: the folder cannot be made or written to.
        Cancelled: the person stopped it; the folder is as it was.
    """
    result = opened.result
    ways: dict[str, Callable[[], bytes]] = {
        "result.json": lambda: indented(result_document(result)),
        "report.pdf": lambda: clinician_pdf(result, language=report_language),
        "letter.pdf": lambda: letter(result, Document(DocumentKind.LETTER, language)).pdf(),
    }
    if result.risk is not None and result.risk.couple is not None:
        ways[COUPLE_LETTER] = lambda: letter(result, Document(DocumentKind.COUPLE, language)).pdf()
    files = {}
    for number, (name, make) in enumerate(ways.items()):
        part = Part(context, number / len(ways), (number + 1) / len(ways))
        with steps.under(part, tr("Writing the reports")):
            files[name] = make()
    context.check()
    try:
        write_together(files, out)
        # What an earlier run left of a couple that this case has no longer would pass for part of it.
        if COUPLE_LETTER not in files:
            (out / COUPLE_LETTER).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            tr("The results cannot be written ({reason}).", reason=reason_of(error)),
            where=out.name,
            remedy=tr("Choose another folder with --out."),
        ) from error
    context.report(tr("Writing the reports"), 1.0)


def write_together(files: Mapping[str, bytes], folder: Path) -> None:
    """Put all of the files into the folder (made where missing), or none of them.

    Raises:
        OSError: the folder cannot be made or written to; it is as it was.
    """
    made = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    ready: dict[Path, Path] = {}
    try:
        make_folder(folder)
        for name, data in files.items():
            ready[folder / f".{secrets.token_hex(8)}.part"] = folder / name
            write_atomic(next(reversed(ready)), data)
        if taken := next((target for target in ready.values() if target.is_dir()), None):
            raise IsADirectoryError(21, tr("{name} is a folder", name=taken.name))
        for temporary, target in ready.items():
            os.replace(temporary, target)
        flush_folder(folder)
    except BaseException:
        for temporary in ready:
            temporary.unlink(missing_ok=True)
        _remove_empty(made)
        raise


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return
