"""The letter of a document: which kind it is decides which class makes it."""

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.couple_letter import CoupleLetter
from genoai_desktop.report.family_letter import FamilyLetter
from genoai_desktop.report.letter_base import Letter
from genoai_desktop.report.patient_letter import PatientLetter

_KINDS: dict[DocumentKind, type[Letter]] = {
    DocumentKind.LETTER: PatientLetter,
    DocumentKind.COUPLE: CoupleLetter,
    DocumentKind.FAMILY: FamilyLetter,
}


def letter(result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> Letter:
    """The letter of a document, with the case's edits and the clinic's letterhead and wording.

    Raises:
        UserError: it is no letter, the result or its consent does not allow it, or no such language.
    """
    kind = _KINDS.get(document.kind)
    if kind is None:
        raise UserError(tr("The wording of this document cannot be edited."), code="letter.fixed")
    return kind(result, document, clinic)
