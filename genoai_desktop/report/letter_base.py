"""What all letters have in common: words with their edits, glossary, readability, checksum, pages.

A letter is a ``Content`` in several densities; the roomiest that fits two pages is printed, the first is
what the readability gate judges, what is edited, and what a signature covers.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from reportlab.platypus import Flowable

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family_case import age_of
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document
from genoai_desktop.domain.person import Person
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.edits import Wording
from genoai_desktop.report.letter_frame import Content, Density, Part, lines_of, story_of, surround
from genoai_desktop.report.page import COUNTED, page_count, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.phrases import phrases
from genoai_desktop.report.readability import Readability, glossary_of, readability
from genoai_desktop.report.signature import Signature, signed_sha256, valid_mark

PAGES = 2
CHILD = 16.0
"""Years: below, a letter is addressed to who reads it for the child."""
_GLANCE = ("glance_result", "glance_means", "glance_next", "glance_ask")


class Letter(ABC):
    """One letter of a result as it is now; nothing is kept, so that an edit shows at once.

    Raises (on making one):
        UserError: the result or its consent does not allow it, or there are no letters in that language.
    """

    title: ClassVar[str]
    """Key of the title in the phrase table."""
    densities: ClassVar[tuple[Density, ...]]

    def __init__(self, result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> None:
        self.result, self.document, self.clinic = result, document, clinic
        self.words = phrases(document.language)
        self.allowed = permitted(result)

    @abstractmethod
    def content(self, wording: Wording, density: Density) -> Content:
        """What the letter says, edits applied, as short as the density asks for."""

    @abstractmethod
    def names(self) -> set[str]:
        """Names that stand in the letter and cannot be worded more simply."""

    @property
    @abstractmethod
    def covers(self) -> str:
        """Which letter it is, as a signature covers it."""

    @property
    def header(self) -> str:
        """The line at the head of each page."""
        return self.words("date", date=self.words.date(self.allowed.created), case=self.allowed.case.id)

    def wording(self) -> Wording:
        """The sections with the generated text and what was made of it."""
        made = Wording(self.result.case, self.document, self.clinic)
        self.content(made, self.densities[0])
        return made

    def lines(self) -> list[str]:
        """Every sentence of the fullest form."""
        wording = Wording(self.result.case, self.document, self.clinic)
        return lines_of(self.content(wording, self.densities[0]), self.words)

    def text(self) -> str:
        """Every sentence, glossary included: what the readability gate judges."""
        lines = self.lines()
        meanings = (meaning for _, meaning in glossary_of("\n".join(lines), self.words))
        return "\n".join([*lines, *meanings])

    def readability(self) -> Readability:
        """Grade and unexplained terms; over grade 8 the letter can only be signed with a reason."""
        return readability(self.text(), self.words, names=self.names())

    def sha256(self) -> str:
        """What a signature of this letter covers: the permitted result and the wording in its language."""
        return signed_sha256(self.allowed, f"{self.covers}\n{self.text()}")

    def pdf(self, signature: Signature | None = None) -> bytes:
        """The letter on at most two pages; the same input gives the same bytes.

        A watermarked draft without a signature over ``sha256``.

        Raises:
            UserError: it does not fit two pages.
        """
        mark = valid_mark(signature, self.sha256())
        frame = surround(self.words, self.title, self.header, mark, self.allowed.created, self.clinic)
        first, last = COUNTED
        for number, density in enumerate(self.densities, start=1):
            story = self._story(density, mark)
            share = first, first + (last - first) * number / len(self.densities)
            pages = page_count(story, frame, share)
            if pages <= PAGES:
                return pdf_bytes(story, frame, pages)[0]
        raise UserError(
            tr("The letter does not fit two pages: its texts or the names in it are very long."),
            remedy=tr("Shorten your own wording, or the names of the conditions in the case."),
            code="letter.long",
        )

    def _story(self, density: Density, mark: Signature | None) -> Callable[[], list[Flowable]]:
        content = self.content(Wording(self.result.case, self.document, self.clinic), density)
        return lambda: story_of(content, self.words, mark, density)

    def addressed(self, person: Person) -> tuple[str, ...]:
        """For whom it is, and that of a child "you" means the child."""
        lines = (self.words("for", name=person.name or person.id),)
        age = age_of(self.result.case, person.id, self.result.created)
        return (*lines, self.words("for_child")) if age is not None and age < CHILD else lines

    def glance(self, wording: Wording, lines: tuple[str, str, str]) -> tuple[tuple[str, str], ...]:
        """Result, meaning, next step and whom to ask, each under its heading; what is empty is left out."""
        told = [
            (self.words(key), " ".join(wording.lines(key, self.words(key), (line,))))
            for key, line in zip(_GLANCE, (*lines, self.words("ask")), strict=True)
        ]
        return tuple((head, line) for head, line in told if line)

    def note(self, wording: Wording) -> tuple[str, ...]:
        """What the care team adds in their own words."""
        return wording.lines("note", self.words("note_head"), ())

    def fixed(self, wording: Wording, section: str, head: str, *keys: str) -> Part:
        """A section of sentences that are the same for everybody."""
        lines = wording.lines(section, self.words(head), tuple(self.words(key) for key in keys))
        return Part(self.words(head), lines, id=section)
