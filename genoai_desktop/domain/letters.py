"""What a person makes of the documents: wording of their own, signatures, the clinic's letterhead and texts.

Generated text and the person's are kept apart, so that nothing of either is lost when a case is analysed
again. Which text a letter says follows from both (``report.edits``).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from genoai_desktop.domain.consent import Consent, Scope

RESULT_SCOPES = (Scope.PRIMARY, Scope.SECONDARY, Scope.CARRIER, Scope.PGX, Scope.POLYGENIC)
"""Kinds of results; consent to one of them decides what a text may say."""


class DocumentKind(StrEnum):
    """Everything that can be made of a case."""

    CLINICIAN = "clinician"
    LETTER = "letter"
    FAMILY = "family"
    COUPLE = "couple"
    CARD = "card"
    ALERTS = "alerts"
    CASCADE = "cascade"
    JSON = "json"
    VARIANTS = "variants"
    PHENOPACKET = "phenopacket"
    FHIR = "fhir"


LETTERS = (DocumentKind.LETTER, DocumentKind.FAMILY, DocumentKind.COUPLE)
"""For people who are no professionals: in four languages, editable, behind the readability gate."""
_FOUR = ("en", "de", "es", "fr")
_LANGUAGES: dict[DocumentKind, tuple[str, ...]] = {
    **dict.fromkeys((*LETTERS, DocumentKind.CARD, DocumentKind.ALERTS), _FOUR),
    DocumentKind.CLINICIAN: ("en", "de"),
}


def languages_of(kind: DocumentKind) -> tuple[str, ...]:
    """The languages (ISO 639-1) that a document of this kind can be made in; none for data."""
    return _LANGUAGES.get(kind, ())


@dataclass(frozen=True, slots=True)
class Document:
    """One document. ``language``: ISO 639-1, of papers only. ``relative``: identifier in the pedigree.

    ``share``: the patient agreed to tell this relative which gene and condition it is.
    """

    kind: DocumentKind
    language: str = "en"
    relative: str = ""
    share: bool = False

    @property
    def key(self) -> str:
        """What edits and signatures belong to, whatever the language."""
        if self.kind is not DocumentKind.FAMILY:
            return self.kind.value
        return f"{self.kind.value} {self.relative} {'shared' if self.share else 'private'}"

    @property
    def audit_words(self) -> tuple[str, ...]:
        """For the audit chain: never who the relative is."""
        return (self.kind.value, self.language) if languages_of(self.kind) else (self.kind.value,)


@dataclass(frozen=True, slots=True)
class LetterEdit:
    """A person's wording of one section of a letter, or, of the clinic, of one paragraph.

    ``generated`` is what the program had written there and ``generated_sha256`` its checksum: the edit holds
    while the program writes the same. ``text`` has one paragraph a line. ``time``: ISO 8601. ``consent``:
    what was consented to when it was written; it is neither used nor shown when less is allowed now.
    """

    document: str
    language: str
    section: str
    generated_sha256: str
    generated: str
    text: str
    author: str = ""
    time: str = ""
    consent: tuple[Scope, ...] = ()

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it belongs: at most one edit for each place."""
        return self.document, self.language, self.section

    def allowed(self, consent: Consent) -> bool:
        """Whether everything that it was written with may still be told."""
        return all(consent.allows(scope) for scope in self.consent)


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """The record of a signature; the PDF itself is an attachment of the case where there is a store.

    ``sha256`` is of the content that was signed (``report.Signature``), ``file_sha256`` of the PDF,
    ``substance_sha256`` of the words without the time of analysis: the same as long as nothing changed.
    ``reason``: why a letter was signed that the readability gate held back; printed nowhere.
    ``amends``: ``sha256`` of the version before, empty for a first one, with ``amendment``, the reason.
    """

    document: str
    language: str
    sha256: str
    version: int
    signer: str
    role: str
    time: str
    file_sha256: str = ""
    substance_sha256: str = ""
    certificate: str = ""
    reason: str = ""
    amends: str = ""
    amendment: str = ""
    attachment: str = ""
    consent: tuple[Scope, ...] = ()
    user: str = ""
    """Who had unlocked the store, and in which role; empty where it was signed without a store."""
    user_role: str = ""

    def allowed(self, consent: Consent) -> bool:
        """Whether everything that it tells may still be told."""
        return all(consent.allows(scope) for scope in self.consent)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The clinic as its papers name it. ``logo`` is a PNG, empty for none; ``footer`` one short line."""

    name: str = ""
    address: str = ""
    phone: str = ""
    footer: str = ""
    logo: bytes = b""

    @property
    def empty(self) -> bool:
        """Nothing to print at the head of a page."""
        return not (self.name or self.address or self.phone or self.logo)


@dataclass(frozen=True, slots=True)
class Clinic:
    """Letterhead and the clinic's own wording: ``LetterEdit`` of single paragraphs, for every case."""

    letterhead: Letterhead = Letterhead()
    texts: tuple[LetterEdit, ...] = ()


NO_CLINIC = Clinic()


def text_sha256(text: str) -> str:
    """Checksum of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def given(consent: Consent) -> tuple[Scope, ...]:
    """The kinds of results that may be told now."""
    return tuple(scope for scope in RESULT_SCOPES if consent.allows(scope))


def with_edit(edits: Iterable[LetterEdit], edit: LetterEdit) -> tuple[LetterEdit, ...]:
    """The edits with this one in place of what stood at its place."""
    return (*without_edit(edits, edit.place), edit)


def without_edit(edits: Iterable[LetterEdit], place: tuple[str, str, str]) -> tuple[LetterEdit, ...]:
    """The edits without the one at that place."""
    return tuple(one for one in edits if one.place != place)


class Part(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


_LEAST_SAME = 3
"""Words: a shorter stretch in common between two changes is chance, and is shown as changed with them."""


def word_changes(before: str, after: str) -> tuple[tuple[Part, str], ...]:
    """From one text to another, word by word; line breaks count as words."""
    old, new = _words(before), _words(after)
    found: list[tuple[Part, str]] = []
    gone: list[str] = []
    came: list[str] = []

    def turn() -> None:
        found.extend((part, _joined(words)) for part, words in ((Part.GONE, gone), (Part.NEW, came)) if words)
        gone.clear()
        came.clear()

    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        between = 0 < number < len(steps) - 1
        if kind == "equal" and not (between and b - a < _LEAST_SAME and "\n" not in old[a:b]):
            turn()
            found.append((Part.SAME, _joined(old[a:b])))
        else:
            gone += old[a:b]
            came += new[c:d]
    turn()
    return tuple(found)


def _words(text: str) -> list[str]:
    return [word for line in text.split("\n") for word in [*line.split(), "\n"]][:-1]


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")


def with_signatures(
    signatures: tuple[SignedDocument, ...], known: tuple[SignedDocument, ...]
) -> tuple[SignedDocument, ...]:
    """Both records as one: a signature that was given is never taken back, by undo neither."""
    return (*known, *(one for one in signatures if one not in known))
