"""The letter to a couple: genes that matter for their children, chances, what was not covered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import NO_CLINIC, Clinic, Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import CoupleGene, CoupleResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.edits import Wording
from genoai_desktop.report.fonts import markup
from genoai_desktop.report.icons import in_hundred
from genoai_desktop.report.letter_frame import glossary, note, people, sealed, standing, surround
from genoai_desktop.report.letter_parts import percent, plain_words
from genoai_desktop.report.page import Heading, page_count, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.phrases import Phrases, phrases
from genoai_desktop.report.readability import Readability, glossary_of, readability
from genoai_desktop.report.signature import Signature, signed_sha256, valid_mark
from genoai_desktop.report.style import beside, box, bullet, gap, rich, text

PAGES = 2
_X_LINKED = "XL"
_NAMED = 6
_DO = ("couple_do_check", "couple_do_talk", "couple_do_family", "couple_do_choose")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its sentences; ``drawn`` (0..1) is shown as X in 100, ``items`` as a list."""

    title: str
    lines: tuple[str, ...]
    drawn: float | None = None
    items: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class _Density:
    most: int
    style: str
    icon: float


_DENSITIES = (
    _Density(4, "letter", 86),
    _Density(3, "letter", 76),
    _Density(3, "small", 62),
    _Density(1, "tight", 50),
)


def write_couple_letter(
    result: CaseResult, path: Path | str, language: str = "en", *, signature: Signature | None = None
) -> None:
    """Write the letter, whole or not at all; a draft until signed over exactly this content and wording.

    Raises:
        UserError: no couple result, consent of one partner is missing, no such language, or too long.
        OSError: the file cannot be written.
    """
    write_atomic(path, couple_letter_pdf(result, language, signature))


def couple_letter_pdf(
    result: CaseResult,
    language: str = "en",
    signature: Signature | None = None,
    *,
    clinic: Clinic = NO_CLINIC,
) -> bytes:
    """The bytes of ``write_couple_letter``; the same input gives the same bytes."""
    words, allowed = phrases(language), permitted(result)
    couple = _couple(allowed)
    mark = valid_mark(signature, couple_letter_sha256(result, language, clinic=clinic))
    header = words("date", date=allowed.created[:10], case=allowed.case.id)
    frame = surround(words, "couple_title", header, mark, allowed.created, clinic)
    for density in _DENSITIES:
        made = _made(couple, words, _wording(result, language, clinic), density.most)
        story = _story(allowed, made, words, mark, density)
        pages = page_count(story, frame)
        if pages <= PAGES:
            return pdf_bytes(story, frame, pages)[0]
    raise UserError(
        tr("The letter to the couple does not fit two pages: its texts or the names in it are very long."),
        remedy=tr("Shorten your own wording, or the names of the conditions in the case."),
        code="letter.long",
    )


def couple_letter_text(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> str:
    """Every sentence of the letter's fullest form, glossary included; raises as the letter does."""
    words = phrases(language)
    couple, wording = _couple(permitted(result)), _wording(result, language, clinic)
    lines = _lines(_made(couple, words, wording, _DENSITIES[0].most), words)
    return "\n".join([*lines, *(meaning for _, meaning in glossary_of("\n".join(lines), words))])


def couple_letter_wording(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> Wording:
    """The letter's sections with the generated text and what was made of it."""
    wording = _wording(result, language, clinic)
    _made(_couple(permitted(result)), phrases(language), wording, _DENSITIES[0].most)
    return wording


def couple_letter_readability(
    result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC
) -> Readability:
    """Grade and unexplained terms; over grade 8 the letter can only be signed with a reason."""
    allowed = permitted(result)
    couple = _couple(allowed)
    names = {allowed.case.index.name, allowed.case.id}
    for one in (*couple.joint, *couple.single):
        names |= {one.gene, plain_words(one.condition)}
    words = phrases(language)
    names |= set(_hidden(couple, words))
    return readability(couple_letter_text(result, language, clinic=clinic), words, names=names)


def couple_letter_sha256(result: CaseResult, language: str = "en", *, clinic: Clinic = NO_CLINIC) -> str:
    """What a signature of this letter covers: the permitted result and the wording."""
    told = couple_letter_text(result, language, clinic=clinic)
    return signed_sha256(permitted(result), f"couple {language}\n{told}")


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the letter says, edits applied; ``glance`` as (heading, sentence)."""

    glance: tuple[tuple[str, str], ...]
    note: tuple[str, ...]
    parts: tuple[Part, ...]


_GLANCE = ("glance_result", "glance_means", "glance_next", "glance_ask")


def _wording(result: CaseResult, language: str, clinic: Clinic) -> Wording:
    return Wording(result.case, Document(DocumentKind.COUPLE, language), clinic)


def _made(couple: CoupleResult, words: Phrases, wording: Wording, most: int) -> _Letter:
    full = couple_parts(couple, words, _DENSITIES[0].most)
    sentences = (*full[0].lines, words("ask"))
    glance = [
        (words(key), " ".join(wording.lines(key, words(key), (line,))))
        for key, line in zip(_GLANCE, sentences, strict=True)
    ]
    own = wording.lines("note", words("note_head"), ())
    told = {part.id: _worded(part, wording) for part in full[1:] if part.id}
    joint = [part.id for part in full if part.id.startswith("joint")]
    most = max([most, *(n for n, name in enumerate(joint, start=1) if wording.edited(name))])
    parts = [told.get(part.id, part) for part in couple_parts(couple, words, most)[1:]]
    kept = tuple(part for part in parts if part.lines or part.items)
    return _Letter(tuple((head, line) for head, line in glance if line), own, kept)


def _worded(part: Part, wording: Wording) -> Part:
    """A list stays a list: its items are the paragraphs that can be edited."""
    if part.items:
        return replace(part, items=wording.lines(part.id, part.title, part.items))
    return replace(part, lines=wording.lines(part.id, part.title, part.lines))


def _couple(allowed: CaseResult) -> CoupleResult:
    partner, couple = allowed.case.partner, allowed.risk.couple if allowed.risk else None
    consents = (allowed.case.consent, partner.consent) if partner else ()
    if not consents or not all(one.allows(Scope.CARRIER) for one in consents):
        raise UserError(
            tr("A letter to the couple needs consent to carrier findings of both partners."),
            remedy=tr("Record both consents on the consent page."),
            code="couple.consent",
        )
    if couple is None:
        raise UserError(
            tr("There is no result of couple mode."),
            remedy=tr("Open the partner's file and analyse the couple."),
            code="couple.none",
        )
    return couple


def couple_parts(couple: CoupleResult, words: Phrases, most: int) -> list[Part]:
    """At a glance (three lines), the joint genes, those of one partner, what was not covered, what to do."""
    parts = [_glance(couple, words)]
    parts += [
        replace(_joint(one, words), id=f"joint {one.gene} {one.condition}") for one in couple.joint[:most]
    ]
    beyond = len(couple.joint) - most
    if beyond > 0:
        parts.append(Part("", (words.count("more", beyond),)))
    if couple.single:
        parts.append(replace(_single(couple.single, words), id="single"))
    hidden = _hidden(couple, words)
    not_seen = (words("couple_not_seen", names=", ".join(hidden)),) if hidden else ()
    parts.append(Part(words("couple_limits"), (*not_seen, words("couple_missed")), id="limits"))
    wanted = _DO if couple.joint or couple.single else _DO[1:2] + _DO[3:]
    parts.append(Part(words("couple_do"), (), items=tuple(words(key) for key in wanted), id="do"))
    parts.append(Part(words("privacy"), (words("privacy_text"),), id="privacy"))
    return parts


def _glance(couple: CoupleResult, words: Phrases) -> Part:
    both = [one for one in couple.joint if one.inheritance != _X_LINKED]
    on_x = [one for one in couple.joint if one.inheritance == _X_LINKED]
    told = [words("couple_result_both", names=_names(both, words))] if both else []
    told += [words("couple_result_x", names=_names(on_x, words))] if on_x else []
    kind = "found" if told else "none"
    result = " ".join(told) or words("couple_result_none")
    return Part(words("found"), (result, words(f"couple_means_{kind}"), words(f"couple_next_{kind}")))


def _names(genes: Iterable[CoupleGene], words: Phrases) -> str:
    full = list(dict.fromkeys(plain_words(one.condition) for one in genes))
    if len(full) <= _NAMED:
        return ", ".join(full)
    return words("and_more", names=", ".join(full[:_NAMED]), n=len(full) - _NAMED)


def _joint(one: CoupleGene, words: Phrases) -> Part:
    named = {"gene": plain_words(one.gene), "condition": plain_words(one.condition)}
    title = f"{plain_words(one.condition)} ({one.gene})"
    on_x = one.inheritance == _X_LINKED
    lines = [words("couple_x" if on_x else "couple_both", **named)]
    if one.child is None:
        return Part(title, (*lines, words("couple_unknown")))
    if not on_x:
        lines.append(words("couple_child", **_numbers(one.child.any_child, words)))
        return Part(title, tuple(lines), drawn=one.child.any_child)
    lines.append(words("couple_son", **_numbers(one.child.son, words)))
    if one.child.daughter > 0:
        lines.append(words("couple_daughter", **_numbers(one.child.daughter, words)))
    else:
        lines.append(words("couple_daughter_carrier"))
    return Part(title, tuple(lines), drawn=one.child.son)


def _numbers(chance: float, words: Phrases) -> dict[str, object]:
    count = in_hundred(chance)
    return {"percent": percent(chance, words.language), "n": count, "rest": 100 - count}


def _single(genes: tuple[CoupleGene, ...], words: Phrases) -> Part:
    lines = [words("couple_single", names=_names(genes, words))]
    known = [one.child.any_child for one in genes if one.child is not None]
    unknown = [one for one in genes if one.child is None]
    if known:
        low = max(known) < 0.01
        key = "couple_single_low" if low else "couple_single_chance"
        lines.append(words(key, **_numbers(max(known), words)))
    if unknown and known:
        lines.append(words("couple_single_unknown", names=_names(unknown, words)))
    elif unknown:
        lines.append(words("couple_unknown"))
    return Part(words("couple_single_head"), tuple(lines))


def _hidden(couple: CoupleResult, words: Phrases) -> list[str]:
    """Conditions whose main cause short variants do not show, each once; a gene without words as it is."""
    genes = [item.partition(":")[0].strip() for line in couple.coverage for item in line.missing_items]
    return list(dict.fromkeys(words.get(f"hidden_{gene}") or gene for gene in genes))


def _lines(made: _Letter, words: Phrases) -> list[str]:
    said = [line for _, line in made.glance]
    ask = [line for head, line in made.glance if head == words("glance_ask")]
    lines = [words("couple_title"), words("draft"), *ask, words("found"), *said[: len(said) - len(ask)]]
    lines += [words("note_head"), *made.note] if made.note else []
    for part in made.parts:
        lines += [part.title, *part.lines, *part.items]
    return [line for line in lines if line]


def _story(
    allowed: CaseResult, made: _Letter, words: Phrases, mark: Signature | None, density: _Density
) -> Callable[[], list[Flowable]]:
    def story() -> list[Flowable]:
        flow: list[Flowable] = [Heading(words("couple_title"), "title")]
        flow.append(text(_addressed(allowed, words), density.style))
        flow += [*standing(words, mark, density.style), gap(1.5), *_glance_box(made, words, density)]
        flow += note(made.note, words, density.style)
        flow += [_drawn(part, words, density) for part in made.parts]
        flow += glossary(_lines(made, words), words)
        return [*flow, *sealed(words, mark)]

    return story


def _addressed(allowed: CaseResult, words: Phrases) -> str:
    first, partner = allowed.case.index, allowed.case.partner
    sample = partner.sample if partner else ""
    other = next((one.name for one in allowed.case.persons if sample and one.sample == sample), "")
    name = first.name or first.id
    if other and other != first.name:
        return words("couple_for", first=name, second=other)
    return words("couple_for_unnamed", first=name)


def _glance_box(made: _Letter, words: Phrases, density: _Density) -> list[Flowable]:
    inside: list[Flowable] = [
        rich(f"<b>{markup(head)}:</b> {markup(line)}", density.style, actual=f"{head}: {line}")
        for head, line in made.glance
    ]
    return [Heading(words("glance"), "letterhead"), box(inside)] if inside else []


def _drawn(part: Part, words: Phrases, density: _Density) -> Flowable:
    inside: list[Flowable] = [text(line, density.style) for line in part.lines]
    inside += [bullet(item, "letterlist") for item in part.items]
    if part.drawn is not None:
        inside = [beside(inside, people(words, part.drawn, density.icon)), gap(1)]
    head: list[Flowable] = [Heading(part.title, "letterhead")] if part.title else []
    return KeepTogether([*head, *inside])
