"""The patient letter: at most two pages, plain words, one template an outcome."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.edits import Wording
from genoai_desktop.report.fonts import markup
from genoai_desktop.report.letter_frame import glossary, note, people, sealed, standing, surround
from genoai_desktop.report.letter_parts import Block, Chance, chance_blocks, letter_blocks, letter_names
from genoai_desktop.report.outcome import outcome
from genoai_desktop.report.page import Heading, page_count, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.phrases import Phrases, phrases
from genoai_desktop.report.readability import Readability, glossary_of, readability
from genoai_desktop.report.signature import Signature, signed_sha256, valid_mark
from genoai_desktop.report.style import beside, box, gap, rich, text

PAGES = 2


@dataclass(frozen=True, slots=True)
class _Density:
    """How much a letter shows; the roomiest that fits two pages is taken."""

    figures: int
    most: int
    style: str
    icon: float


_DENSITIES = (
    _Density(2, 3, "letter", 92),
    _Density(1, 2, "letter", 80),
    _Density(1, 1, "small", 62),
    _Density(1, 1, "tight", 50),
)


def write_patient_letter(
    result: CaseResult, path: Path | str, language: str = "en", *, signature: Signature | None = None
) -> None:
    """Write the letter, whole or not at all; the same result, language and signature give the same bytes.

    It stays a watermarked draft without a signature over ``letter_sha256``, the result and this wording.

    Raises:
        UserError: no letters in that language, or the letter does not fit two pages.
        OSError: the file cannot be written.
    """
    write_atomic(path, letter_pdf(result, language, signature))


def letter_pdf(
    result: CaseResult,
    language: str = "en",
    signature: Signature | None = None,
    *,
    clinic: Clinic = NO_CLINIC,
) -> bytes:
    """The letter's bytes, with the case's edits and the clinic's letterhead and wording."""
    words, allowed = phrases(language), permitted(result)
    mark = valid_mark(signature, letter_sha256(result, language, clinic=clinic))
    header = words("date", date=allowed.created[:10], case=allowed.case.id)
    frame = surround(words, "title", header, mark, allowed.created, clinic)
    for density in _DENSITIES:
        content = _content(allowed, words, _wording(result, language, clinic), density)
        story = _story(allowed, words, mark, density, content)
        pages = page_count(story, frame)
        if pages <= PAGES:
            return pdf_bytes(story, frame, pages)[0]
    raise UserError(
        tr("The patient letter does not fit two pages: its texts or the names in it are very long."),
        remedy=tr("Shorten your own wording, or the names of the conditions in the case."),
        code="letter.long",
    )


def letter_text(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> str:
    """Every sentence of the letter's fullest form, glossary included: what the readability gate judges."""
    words = phrases(language)
    content = _content(permitted(result), words, _wording(result, language, clinic), _DENSITIES[0])
    lines = _body_lines(content, words)
    glossary = glossary_of("\n".join(lines), words)
    return "\n".join([*lines, *(meaning for _, meaning in glossary)])


def letter_wording(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> Wording:
    """The letter's sections with the generated text and what was made of it."""
    made = _wording(result, language, clinic)
    _content(permitted(result), phrases(language), made, _DENSITIES[0])
    return made


def letter_readability(
    result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC
) -> Readability:
    """Grade and unexplained terms of the letter; over grade 8 it can only be signed with a reason."""
    told = letter_text(result, language, clinic=clinic)
    return readability(told, phrases(language), names=letter_names(permitted(result)))


def letter_sha256(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> str:
    """What a signature of this letter covers: the permitted result and the wording in that language."""
    told = letter_text(result, language, clinic=clinic)
    return signed_sha256(permitted(result), f"patient {language}\n{told}")


@dataclass(frozen=True, slots=True)
class _Content:
    """What the letter says, edits applied: at a glance as (heading, sentence), then block by block."""

    glance: tuple[tuple[str, str], ...]
    note: tuple[str, ...]
    blocks: tuple[Block, ...]
    chances: tuple[Chance, ...]
    limits: Block
    privacy: Block


_GLANCE = ("glance_result", "glance_means", "glance_next", "glance_ask")


def _wording(result: CaseResult, language: str, clinic: Clinic) -> Wording:
    return Wording(result.case, Document(DocumentKind.LETTER, language), clinic)


def _content(result: CaseResult, words: Phrases, wording: Wording, density: _Density) -> _Content:
    answer = outcome(result)
    full = letter_blocks(result, words, answer, _DENSITIES[0].most)
    sentences = (*full[0].lines, words("ask"))
    glance = [
        (words(key), " ".join(wording.lines(key, words(key), (line,))))
        for key, line in zip(_GLANCE, sentences, strict=True)
    ]
    note_lines = wording.lines("note", words("note_head"), ())
    blocks: list[Block] = []
    chances: list[Chance] = []
    shown = letter_blocks(result, words, answer, density.most)
    for block, whole in zip(shown[1:], full[1:], strict=True):
        blocks.append(replace(block, lines=wording.lines(block.id, block.title, whole.lines, block.lines)))
        if block.chances_follow:
            chances = _worded_chances(result, words, wording, density)
    limits = wording.lines("limits", words("limits"), (words("untested"),))
    privacy = wording.lines("privacy", words("privacy"), (words("privacy_text"),))
    return _Content(
        tuple((head, line) for head, line in glance if line),
        note_lines,
        tuple(blocks),
        tuple(chances),
        Block(words("limits"), limits),
        Block(words("privacy"), privacy),
    )


def _worded_chances(result: CaseResult, words: Phrases, wording: Wording, density: _Density) -> list[Chance]:
    """Every chance is a section of its own, so that an edit never goes to another one."""
    found: list[Chance] = []
    names: set[str] = set()
    for number, one in enumerate(chance_blocks(result, words, _DENSITIES[0].figures)):
        name = f"chance {one.title}" if one.title not in names else f"chance {one.title} {number + 1}"
        names.add(one.title)
        lines = wording.lines(name, f"{words('chances')}: {one.title}", one.lines)
        if lines and (number < density.figures or wording.edited(name)):
            found.append(replace(one, lines=lines))
    return found


def _body_lines(content: _Content, words: Phrases) -> list[str]:
    """The sentences, the fixed parts first."""
    said = [line for _, line in content.glance]
    ask = [line for head, line in content.glance if head == words("glance_ask")]
    lines = [words("title"), words("draft"), *ask, *content.limits.lines, *content.privacy.lines]
    lines += [words("found"), *said[: len(said) - len(ask)]]
    lines += [words("note_head"), *content.note] if content.note else []
    for block in content.blocks:
        lines += [block.title, *block.lines]
    return lines + [chance.lines_text for chance in content.chances]


def _story(
    result: CaseResult, words: Phrases, signature: Signature | None, density: _Density, content: _Content
) -> Callable[[], list[Flowable]]:
    def story() -> list[Flowable]:
        person = result.case.index
        flow: list[Flowable] = [Heading(words("title"), "title")]
        flow.append(text(words("for", name=person.name or person.id), density.style))
        if person.age_years is not None and person.age_years < 16:
            flow.append(text(words("for_child"), density.style))
        flow += standing(words, signature, density.style)
        flow.append(gap(1.5))
        flow += [*_glance(content, words, density), *note(content.note, words, density.style)]
        for block in content.blocks:
            flow += _block(block, words, density)
            if block.chances_follow:
                flow += _chances(content.chances, words, density)
        flow += [*_block(content.limits, words, density), *_block(content.privacy, words, density)]
        flow += glossary(_body_lines(content, words), words)
        return [*flow, *sealed(words, signature)]

    return story


def _glance(content: _Content, words: Phrases, density: _Density) -> list[Flowable]:
    inside: list[Flowable] = [
        rich(f"<b>{markup(head)}:</b> {markup(line)}", density.style, actual=f"{head}: {line}")
        for head, line in content.glance
    ]
    return [Heading(words("glance"), "letterhead"), box(inside)] if inside else []


def _block(block: Block, words: Phrases, density: _Density) -> list[Flowable]:
    inside: list[Flowable] = [text(line, density.style) for line in block.lines]
    if not inside:
        return []
    if block.drawn is not None:
        inside = [beside(inside, people(words, block.drawn, min(density.icon, 76)))]
    return [KeepTogether([Heading(block.title, "letterhead"), *inside])]


def _chances(chances: tuple[Chance, ...], words: Phrases, density: _Density) -> list[Flowable]:
    flow: list[Flowable] = []
    for number, chance in enumerate(chances):
        inside: list[Flowable] = [text(line, density.style) for line in chance.lines]
        drawn = beside(inside, people(words, chance.value, density.icon))
        head = [Heading(words("chances"), "letterhead")] if number == 0 else []
        flow.append(KeepTogether([*head, drawn, gap(1.5)]))
    return flow
