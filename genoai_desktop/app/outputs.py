"""Write what a person asked for: whole files, or nothing."""

from pathlib import Path

from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.report import write_clinician_pdf, write_json, write_patient_letter


def write_case(opened: OpenCase, out: Path, context: Context, *, language: str = "en") -> None:
    """``result.json``, ``report.pdf`` (clinician) and ``letter.pdf`` (patient) into a folder.

    Raises:
        UserError: the folder cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            tr("The folder for the results cannot be made ({reason}).", reason=error.strerror),
            where=str(out),
            remedy=tr("Choose another folder with --out."),
        ) from error
    result = opened.result
    context.report(tr("Writing the reports"), None)
    write_json(result, out / "result.json")
    context.check()
    write_clinician_pdf(result, out / "report.pdf")
    context.check()
    write_patient_letter(result, out / "letter.pdf", language=language)
