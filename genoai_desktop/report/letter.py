"""The patient letter: at most two pages, plain words, one template an outcome."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.fonts import markup
from genoai_desktop.report.letter_frame import glossary, people, sealed, standing, surround
from genoai_desktop.report.letter_parts import Block, chance_blocks, letter_blocks, letter_names
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


def letter_pdf(result: CaseResult, language: str = "en", signature: Signature | None = None) -> bytes:
    """The letter's bytes."""
    words, allowed = phrases(language), permitted(result)
    mark = valid_mark(signature, letter_sha256(result, language))
    header = words("date", date=allowed.created[:10], case=allowed.case.id)
    frame = surround(words, "title", header, mark, allowed.created)
    for density in _DENSITIES:
        story = _story(allowed, words, mark, density)
        pages = page_count(story, frame)
        if pages <= PAGES:
            return pdf_bytes(story, frame, pages)[0]
    raise UserError(
        tr("The patient letter does not fit two pages, because names in it are very long."),
        remedy=tr("Shorten the names of the conditions in the case."),
    )


def letter_text(result: CaseResult, language: str = "en") -> str:
    """Every sentence of the letter's fullest form, glossary included: what the readability gate judges."""
    words, allowed = phrases(language), permitted(result)
    lines = _body_lines(allowed, words, _DENSITIES[0])
    glossary = glossary_of("\n".join(lines), words)
    return "\n".join([*lines, *(meaning for _, meaning in glossary)])


def letter_readability(result: CaseResult, language: str = "en") -> Readability:
    """Grade and unexplained terms of the letter; over grade 8 it can only be signed with a reason."""
    return readability(
        letter_text(result, language), phrases(language), names=letter_names(permitted(result))
    )


def letter_sha256(result: CaseResult, language: str = "en") -> str:
    """What a signature of this letter covers: the permitted result and the wording in that language."""
    return signed_sha256(permitted(result), f"patient {language}\n{letter_text(result, language)}")


def _body_lines(result: CaseResult, words: Phrases, density: _Density) -> list[str]:
    lines = [words("title"), words("draft"), words("ask"), words("untested"), words("privacy_text")]
    for block in letter_blocks(result, words, outcome(result), density.most):
        lines += [block.title, *block.lines]
    for chance in chance_blocks(result, words, density.figures):
        lines += [chance.lines_text]
    return lines


def _story(
    result: CaseResult, words: Phrases, signature: Signature | None, density: _Density
) -> Callable[[], list[Flowable]]:
    def story() -> list[Flowable]:
        person = result.case.index
        flow: list[Flowable] = [Heading(words("title"), "title")]
        flow.append(text(words("for", name=person.name or person.id), density.style))
        if person.age_years is not None and person.age_years < 16:
            flow.append(text(words("for_child"), density.style))
        flow += standing(words, signature, density.style)
        flow.append(gap(1.5))
        blocks = letter_blocks(result, words, outcome(result), density.most)
        flow += _glance(blocks[0], words, density)
        for block in blocks[1:]:
            flow.append(_block(block, words, density))
            if block.chances_follow:
                flow += _chances(result, words, density)
        flow.append(_block(Block(words("limits"), (words("untested"),)), words, density))
        flow.append(_block(Block(words("privacy"), (words("privacy_text"),)), words, density))
        flow += glossary(_body_lines(result, words, density), words)
        return [*flow, *sealed(words, signature)]

    return story


def _glance(block: Block, words: Phrases, density: _Density) -> list[Flowable]:
    heads = ("glance_result", "glance_means", "glance_next", "glance_ask")
    lines = (*block.lines, words("ask"))
    inside: list[Flowable] = [
        rich(f"<b>{markup(words(head))}:</b> {markup(line)}", density.style, actual=f"{words(head)}: {line}")
        for head, line in zip(heads, lines, strict=True)
    ]
    return [Heading(words("glance"), "letterhead"), box(inside)]


def _block(block: Block, words: Phrases, density: _Density) -> Flowable:
    inside: list[Flowable] = [text(line, density.style) for line in block.lines]
    if block.drawn is not None:
        inside = [beside(inside, people(words, block.drawn, min(density.icon, 76)))]
    return KeepTogether([Heading(block.title, "letterhead"), *inside])


def _chances(result: CaseResult, words: Phrases, density: _Density) -> list[Flowable]:
    flow: list[Flowable] = []
    for number, chance in enumerate(chance_blocks(result, words, density.figures)):
        inside: list[Flowable] = [text(line, density.style) for line in chance.lines]
        drawn = beside(inside, people(words, chance.value, density.icon))
        head = [Heading(words("chances"), "letterhead")] if number == 0 else []
        flow.append(KeepTogether([*head, drawn, gap(1.5)]))
    return flow
