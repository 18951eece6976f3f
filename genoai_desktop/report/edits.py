"""What a letter says in each section: the generated text, the clinic's wording, or the person's.

The only place where edits are applied. A letter asks ``Wording.lines`` for each section as it is made, so
that its text, glossary, readability, checksum and pages all follow the same words. An edit holds while the
program writes what it wrote when the edit was made; where that changed, the letter says the new text and the
section is stale until a person has decided.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, LetterEdit, text_sha256

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])")
"""Numbers that stand alone: the 7 of a gene's name is none."""


class State(StrEnum):
    """Where the words of a section come from."""

    GENERATED = "generated"
    CLINIC = "clinic"
    """Some of it is the clinic's own wording."""
    EDITED = "edited"
    STALE = "stale"
    """Edited, but the program writes something else since; the letter says what the program writes."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a letter in its fullest form; paragraphs are lines of the texts.

    ``generated``: what stands here without a person's edit (the clinic's wording included). ``text``: what
    the letter says. ``program``: the paragraphs without the clinic's wording. ``name``: the title in the
    language of who works on the letter.
    """

    id: str
    title: str
    generated: str
    text: str
    state: State
    program: str
    edit: LetterEdit | None = None
    name: str = ""

    @property
    def lost_numbers(self) -> tuple[str, ...]:
        """Numbers of the generated text that an edit does not tell: a drawing may still show them."""
        if self.state is not State.EDITED:
            return ()
        return lost_numbers(self.generated, self.text)

    @property
    def emptied(self) -> bool:
        """Whether an edit leaves the section out."""
        return self.state is State.EDITED and bool(self.generated) and not self.text


def lost_numbers(generated: str, text: str) -> tuple[str, ...]:
    """Numbers that only the first text has, each once, in their order."""
    told = set(_NUMBER.findall(text))
    return tuple(dict.fromkeys(one for one in _NUMBER.findall(generated) if one not in told))


def tidy(text: str) -> str:
    """A text as it was typed, one paragraph a line: no empty lines, no characters that cannot be seen."""
    seen = ("".join(one if one.isprintable() else " " for one in line) for line in text.splitlines())
    return "\n".join(" ".join(line.split()) for line in seen if line.strip())


class Wording:
    """The words of one document while it is made; ``sections`` are those that were asked for."""

    def __init__(self, case: Case, document: Document, clinic: Clinic = NO_CLINIC) -> None:
        self._edits = {
            edit.section: edit
            for edit in case.letter_edits
            if (edit.document, edit.language) == (document.key, document.language)
            and edit.allowed(case.consent)
        }
        self._house = {
            text.generated_sha256: text.text.split("\n") if text.text else []
            for text in clinic.texts
            if (text.document, text.language) == (document.kind.value, document.language)
        }
        self._sections: dict[str, Section] = {}

    @property
    def sections(self) -> tuple[Section, ...]:
        """In the order of the letter."""
        return tuple(self._sections.values())

    @property
    def unplaced(self) -> tuple[LetterEdit, ...]:
        """Edits of sections that the letter does not have now."""
        return tuple(edit for section, edit in self._edits.items() if section not in self._sections)

    def name_as(self, other: "Wording") -> None:
        """Call the sections as the same letter does in another language, where both have the same ones."""
        if len(other.sections) == len(self.sections):
            named = zip(self.sections, other.sections, strict=True)
            self._sections = {one.id: replace(one, name=said.title) for one, said in named}

    def edited(self, section: str) -> bool:
        """Whether the letter says a person's words there: those are never left out for want of room."""
        found = self._sections.get(section)
        return found is not None and found.state is State.EDITED

    def lines(
        self, section: str, title: str, full: tuple[str, ...], shown: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """The paragraphs to print. ``full``: the section's fullest form, which edits are of;
        ``shown``: the shorter one that is wanted where nobody edited it.
        """
        program, generated = "\n".join(full), "\n".join(self._of_clinic(full))
        edit = self._edits.get(section)
        state = State.CLINIC if generated != program else State.GENERATED
        text = generated
        if edit is not None:
            state = State.EDITED if edit.generated_sha256 == text_sha256(generated) else State.STALE
            text = edit.text if state is State.EDITED else generated
        self._sections[section] = Section(section, title, generated, text, state, program, edit, title)
        if state is State.EDITED:
            return tuple(line for line in text.split("\n") if line)
        return tuple(self._of_clinic(full if shown is None else shown))

    def _of_clinic(self, lines: tuple[str, ...]) -> list[str]:
        return [told for line in lines for told in self._house.get(text_sha256(line), [line])]
