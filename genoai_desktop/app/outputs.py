"""Write what a person asked for: whole files, or nothing."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.text import tr
from genoai_desktop.report import clinician_pdf, letter, result_document
from genoai_desktop.report.atomic import write_atomic


def write_case(opened: OpenCase, out: Path, context: Context, *, language: str = "en") -> None:
    """``result.json``, ``report.pdf`` (clinician) and ``letter.pdf`` (patient) into a folder: all or none.

    In couple mode ``couple-letter.pdf`` as well.

    Raises:
        UserError: the folder cannot be made or written to.
    """
    result = opened.result
    context.report(tr("Writing the reports"), None)
    document = json.dumps(result_document(result), ensure_ascii=False, indent=1, allow_nan=False)
    files = {"result.json": (document + "\n").encode()}
    context.check()
    files["report.pdf"] = clinician_pdf(result)
    context.check()
    files["letter.pdf"] = letter(result, Document(DocumentKind.LETTER, language)).pdf()
    context.check()
    if result.risk is not None and result.risk.couple is not None:
        files["couple-letter.pdf"] = letter(result, Document(DocumentKind.COUPLE, language)).pdf()
        context.check()
    try:
        write_together(files, out)
    except OSError as error:
        raise UserError(
            tr("The results cannot be written ({reason}).", reason=error.strerror),
            where=out.name,
            remedy=tr("Choose another folder with --out."),
        ) from error


def write_together(files: Mapping[str, bytes], folder: Path) -> None:
    """Put all of the files into the folder (made where missing), or none of them.

    Raises:
        OSError: the folder cannot be made or written to; it is as it was.
    """
    made = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    ready: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            ready[folder / f".{secrets.token_hex(8)}.part"] = folder / name
            write_atomic(next(reversed(ready)), data)
        if taken := next((target for target in ready.values() if target.is_dir()), None):
            raise IsADirectoryError(21, tr("{name} is a folder", name=taken.name))
        for temporary, target in ready.items():
            os.replace(temporary, target)
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
