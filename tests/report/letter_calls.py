"""Letters in one call each, for the tests: ``letter_pdf(result, "de")``."""

from typing import Any

from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import Signature, letter
from genoai_desktop.report.letter_base import Letter


def _patient(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> Letter:
    return letter(result, Document(DocumentKind.LETTER, language), clinic)


def _couple(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> Letter:
    return letter(result, Document(DocumentKind.COUPLE, language), clinic)


def _family(
    result: CaseResult,
    relative: str,
    language: str = "en",
    *,
    share: bool = False,
    clinic: Clinic = NO_CLINIC,
) -> Letter:
    return letter(result, Document(DocumentKind.FAMILY, language, relative, share), clinic)


def letter_pdf(
    result: CaseResult, language: str = "en", signature: Signature | None = None, **how: Any
) -> bytes:
    """The patient letter's pages."""
    return _patient(result, language, **how).pdf(signature)


def couple_letter_pdf(
    result: CaseResult, language: str = "en", signature: Signature | None = None, **how: Any
) -> bytes:
    """The couple letter's pages."""
    return _couple(result, language, **how).pdf(signature)


def family_letter_pdf(
    result: CaseResult, relative: str, language: str = "en", *, signature: Signature | None = None, **how: Any
) -> bytes:
    """The pages of the letter to a relative."""
    return _family(result, relative, language, **how).pdf(signature)


def letter_text(*what: Any, **how: Any) -> str:
    """Every sentence of the patient letter."""
    return _patient(*what, **how).text()


def couple_letter_text(*what: Any, **how: Any) -> str:
    """Every sentence of the couple letter."""
    return _couple(*what, **how).text()


def family_letter_text(*what: Any, **how: Any) -> str:
    """Every sentence of a relative's letter."""
    return _family(*what, **how).text()


def letter_wording(*what: Any, **how: Any) -> Any:
    """Sections of the patient letter."""
    return _patient(*what, **how).wording()


def couple_letter_wording(*what: Any, **how: Any) -> Any:
    """Sections of the couple letter."""
    return _couple(*what, **how).wording()


def family_letter_wording(*what: Any, **how: Any) -> Any:
    """Sections of a relative's letter."""
    return _family(*what, **how).wording()


def letter_readability(*what: Any, **how: Any) -> Any:
    """Grade and unexplained terms of the patient letter."""
    return _patient(*what, **how).readability()


def couple_letter_readability(*what: Any, **how: Any) -> Any:
    """Grade and unexplained terms of the couple letter."""
    return _couple(*what, **how).readability()


def family_letter_readability(*what: Any, **how: Any) -> Any:
    """Grade and unexplained terms of a relative's letter."""
    return _family(*what, **how).readability()


def letter_sha256(*what: Any, **how: Any) -> str:
    """What a signature of the patient letter covers."""
    return _patient(*what, **how).sha256()


def couple_letter_sha256(*what: Any, **how: Any) -> str:
    """What a signature of the couple letter covers."""
    return _couple(*what, **how).sha256()


def family_letter_sha256(*what: Any, **how: Any) -> str:
    """What a signature of a relative's letter covers."""
    return _family(*what, **how).sha256()
