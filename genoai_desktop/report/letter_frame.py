"""How letters look: the page around them, their parts, the signature's line, the figure with its words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.letters import NO_CLINIC, Clinic
from genoai_desktop.report.bidi import is_right_to_left
from genoai_desktop.report.drawings.words import rare
from genoai_desktop.report.fonts import markup
from genoai_desktop.report.icons import icon_array, in_hundred
from genoai_desktop.report.page import Heading, Surround
from genoai_desktop.report.phrases import Phrases
from genoai_desktop.report.readability import glossary_of
from genoai_desktop.report.signature import Signature
from genoai_desktop.report.style import beside, box, bullet, gap, rich, rule, text
from genoai_desktop.report.tagging.flowables import Picture, in_language

_ROOMY = 76.0


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its sentences. ``drawn`` (0..1) is shown as X in 100, ``items`` as a list.

    ``id`` names the section whose wording can be edited; ``of``, who is drawn: people, or ``sons`` and
    ``daughters``.
    """

    title: str
    lines: tuple[str, ...]
    drawn: float | None = None
    items: tuple[str, ...] = ()
    id: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Density:
    """How much a letter shows: ``most`` results of a kind, ``figures`` chances, ``icon`` in points."""

    most: int
    style: str
    icon: float
    figures: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter says, edits applied. ``glance``: (heading, sentence); ``intro``: before everything."""

    title: str
    addressed: tuple[str, ...]
    parts: tuple[Part, ...]
    glance: tuple[tuple[str, str], ...] = ()
    note: tuple[str, ...] = ()
    intro: tuple[str, ...] = ()
    english: frozenset[str] = frozenset()
    """Names in it that have none in its language; they are set apart."""


def lines_of(content: Content, words: Phrases) -> list[str]:
    """Every sentence and heading of the letter."""
    lines = [content.title, words("draft"), *content.intro, *(line for _, line in content.glance)]
    lines += [words("note_head"), *content.note] if content.note else []
    for part in content.parts:
        lines += [part.title, *part.lines, *part.items]
    return [line for line in lines if line]


def story_of(content: Content, words: Phrases, mark: Signature | None, density: Density) -> list[Flowable]:
    """The letter on its pages, made anew at each call (flowables are used up when drawn)."""
    style = density.style
    flow: list[Flowable] = [Heading(content.title, "title")]
    flow += [text(line, style) for line in content.addressed]
    flow += [*standing(words, mark, style), gap(1.5), *(text(line, style) for line in content.intro)]
    flow += [*_glance(content, words, style), *note(content.note, words, style)]
    flow += [_part(part, words, density, content) for part in content.parts if part.lines or part.items]
    lines = lines_of(content, words)
    flow += [*glossary(lines, words), *_on_names(content, lines, words), *sealed(words, mark)]
    return flow


def _glance(content: Content, words: Phrases, style: str) -> list[Flowable]:
    inside: list[Flowable] = [
        rich(
            f"<b>{markup(words.headed(head))}</b> {_slanted(line, content)}", style, actual=f"{head}: {line}"
        )
        for head, line in content.glance
    ]
    return [Heading(words("glance"), "letterhead"), box(inside)] if inside else []


def _slanted(line: str, content: Content) -> str:
    """The line for a paragraph, names that stay English set apart."""
    parts = _apart(content.english).split(line) if content.english else [line]
    if is_right_to_left(line):
        return markup(line)
    return "".join(
        in_language(f"<i>{markup(part)}</i>", "en") if n % 2 else markup(part) for n, part in enumerate(parts)
    )


@lru_cache(maxsize=8)
def _apart(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)")


def _on_names(content: Content, lines: list[str], words: Phrases) -> list[Flowable]:
    """That names are in English, where any is."""
    found = content.english and _apart(content.english).search("\n".join(lines))
    return [text(words("names_note"), "note")] if found else []


def _part(part: Part, words: Phrases, density: Density, content: Content) -> Flowable:
    inside: list[Flowable] = [
        rich(_slanted(line, content), density.style, actual=line) for line in part.lines
    ]
    inside += [bullet(item, "letterlist") for item in part.items]
    if part.drawn is not None:
        drawing = people(words, part.drawn, min(density.icon, _ROOMY), part.of)
        inside = [beside(inside, drawing), gap(1)]
    head: list[Flowable] = [_heading(part.title, content)] if part.title else []
    return KeepTogether([*head, *inside])


def _heading(title: str, content: Content) -> Heading:
    """A heading that begins with an English name is said to be English to who hears the page."""
    made = Heading(title, "letterhead")
    if content.english and _apart(content.english).match(title):
        made.node.language = "en"
    return made


def surround(
    words: Phrases,
    title: str,
    header: str,
    mark: Signature | None,
    created: str,
    clinic: Clinic = NO_CLINIC,
) -> Surround:
    """Header, footer, language and watermark; ``mark`` is a signature over exactly this content."""
    return Surround(
        title=words(title),
        header=header,
        footer=words("footer"),
        page_words=words("page", page="{page}", pages="{pages}"),
        language=words.language,
        signature=mark,
        watermark="" if mark else words("watermark"),
        created=created,
        head=clinic.letterhead,
    )


def standing(words: Phrases, mark: Signature | None, style: str) -> list[Flowable]:
    """At the top: a draft, or who signed it and which version it takes the place of."""
    if mark is None:
        return [box([text(words("draft"), style)], warning=True)]
    lines: list[Flowable] = [
        text(words("signed", name=mark.name, role=mark.role, date=words.date(mark.signed_at)), style)
    ]
    if mark.amendment is not None:
        old = mark.amendment
        said = words(
            "amended", version=old.version, date=words.date(old.previous_signed_at), reason=old.reason
        )
        lines.append(box([text(said, style)]))
    return lines


def sealed(words: Phrases, mark: Signature | None) -> list[Flowable]:
    """At the end: time, version and SHA-256 of what was signed; nothing on a draft."""
    if mark is None:
        return []
    said = words("sealed", time=mark.signed_at, version=mark.version, digest=mark.content_sha256)
    lines: list[Flowable] = [gap(1.5), rule(), text(said, "fine")]
    if mark.amendment is not None:
        lines.append(text(words("previous", digest=mark.amendment.previous_sha256), "fine"))
    return lines


def note(lines: tuple[str, ...], words: Phrases, style: str) -> list[Flowable]:
    """What the care team writes in their own words; nothing where nobody wrote anything."""
    if not lines:
        return []
    return [KeepTogether([Heading(words("note_head"), "letterhead"), *(text(one, style) for one in lines)])]


def people(words: Phrases, chance: float, size: float, of: str = "") -> Picture:
    """The X-in-100 figure with its words; ``of``: ``sons`` or ``daughters``, else people."""
    count, end = in_hundred(chance), f"_{of}" if of else ""
    if rare(chance):
        alt, caption = words(f"chance_alt_rare{end}"), words(f"chance_caption_rare{end}")
    else:
        alt = words.count(f"chance_alt{end}", count)
        caption = words.count(f"chance_caption{end}", count) if of else words("chance_caption", n=count)
    return icon_array(chance, size, alt=alt, caption=caption)


def glossary(lines: Iterable[str], words: Phrases) -> list[Flowable]:
    """The terms that the lines use, explained, under a heading."""
    told: list[Flowable] = [
        rich(f"<b>{markup(words.headed(name))}</b> {markup(meaning)}", "small", actual=f"{name}: {meaning}")
        for name, meaning in glossary_of("\n".join(lines), words)
    ]
    return [KeepTogether([Heading(words("words"), "letterhead"), *told])] if told else []
