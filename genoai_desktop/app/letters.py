"""Letters as a person works on them: own wording, the readability gate in front of signing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from genoai_desktop import report
from genoai_desktop.app.documents import require
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.letters import (
    LETTERS,
    NO_CLINIC,
    Clinic,
    Document,
    LetterEdit,
    given,
    languages_of,
    text_sha256,
    with_edit,
    without_edit,
)
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.edits import Section, State, Wording, tidy
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.readability import MOST_GRADE


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a letter may not be signed as it is. ``grade``: school years, 0 where no letter is judged."""

    grade: float = 0.0
    undefined: tuple[str, ...] = ()
    lost_numbers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Titles of edited sections, with the numbers that they do not tell any more."""
    emptied: tuple[str, ...] = ()
    """Titles of sections that an edit leaves out."""
    undecided: tuple[str, ...] = ()
    """Titles of edited sections whose generated text changed since: signing waits for a decision."""
    failed: tuple[str, ...] = ()
    """What failed in the program, one sentence each: the letter is of part of the result."""

    @property
    def asks(self) -> bool:
        """Whether signing needs a reason."""
        hard = self.grade > MOST_GRADE or bool(self.undefined)
        return hard or bool(self.lost_numbers) or bool(self.emptied) or bool(self.failed)

    @property
    def words(self) -> tuple[str, ...]:
        """What is held against the letter, one sentence each."""
        said = list(self.failed)
        if self.grade > MOST_GRADE:
            said.append(
                tr("Reading grade {grade}: over {most}.", grade=f"{self.grade:.1f}", most=f"{MOST_GRADE:g}")
            )
        if self.undefined:
            said.append(
                tr(
                    "Genetic terms that the glossary does not explain: {terms}.",
                    terms=", ".join(self.undefined),
                )
            )
        said += [
            tr("“{title}” no longer tells: {numbers}.", title=title, numbers=", ".join(numbers))
            for title, numbers in self.lost_numbers
        ]
        said += [tr("“{title}” was taken out.", title=title) for title in self.emptied]
        return tuple(said)


def wording(
    result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC, language: str = ""
) -> Wording:
    """The sections of a letter with the generated text and what was made of it.

    ``language`` (ISO 639-1): in which the sections are named to who works on it; the letter's own if letters
    are not available in it.

    Raises:
        UserError: it is no letter, or not offered.
    """
    require(result, document)
    made = report.letter(result, document, clinic).wording()
    if language != document.language and language in languages_of(document.kind):
        made.name_as(report.letter(result, replace(document, language=language), clinic).wording())
    return made


def gate(result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> Gate:
    """What stands between a document and a signature; nothing for what professionals read."""
    if document.kind not in LETTERS:
        return Gate()
    sections = wording(result, document, clinic).sections
    judged = report.letter(result, document, clinic).readability()
    return Gate(
        judged.grade,
        judged.undefined,
        tuple((one.title, one.lost_numbers) for one in sections if one.lost_numbers and not one.emptied),
        tuple(one.title for one in sections if one.emptied),
        tuple(one.title for one in sections if one.state is State.STALE),
        tuple(one.words for one in permitted(result).failed),
    )


def edited(
    case: Case,
    document: Document,
    sections: tuple[Section, ...],
    texts: Mapping[str, str],
    author: str,
    time: str,
) -> Case:
    """The case with a person's wording of these sections (``texts`` by section).

    A text that is the generated one takes the edit back; sections that ``texts`` does not name stay as they
    are, undecided ones too.
    """
    edits = case.letter_edits
    for section in sections:
        if section.id not in texts:
            continue
        text = tidy(texts[section.id])
        made = LetterEdit(
            document.key,
            document.language,
            section.id,
            text_sha256(section.generated),
            section.generated,
            text,
            author,
            time,
            given(case.consent),
        )
        before = next((one for one in edits if one.place == made.place), None)
        if text == section.generated:
            edits = without_edit(edits, made.place)
        elif before is None or (before.text, before.generated_sha256) != (text, made.generated_sha256):
            edits = with_edit(edits, made)
    return replace(case, letter_edits=edits)


def without_unplaced(case: Case, unplaced: tuple[LetterEdit, ...]) -> Case:
    """The case without edits of sections that the letter does not have any more."""
    edits = case.letter_edits
    for one in unplaced:
        edits = without_edit(edits, one.place)
    return replace(case, letter_edits=edits)
