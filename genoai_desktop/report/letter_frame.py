"""What every letter shares: the page around it, the line on its signature, the figure with its words."""

from collections.abc import Iterable

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.letters import NO_CLINIC, Clinic
from genoai_desktop.report.fonts import markup
from genoai_desktop.report.icons import icon_array, in_hundred
from genoai_desktop.report.page import Heading, Surround
from genoai_desktop.report.phrases import Phrases
from genoai_desktop.report.readability import glossary_of
from genoai_desktop.report.signature import Signature
from genoai_desktop.report.style import box, gap, rich, rule, text
from genoai_desktop.report.tagging.flowables import Picture


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
        text(words("signed", name=mark.name, role=mark.role, date=mark.signed_at[:10]), style)
    ]
    if mark.amendment is not None:
        old = mark.amendment
        said = words("amended", version=old.version, date=old.previous_signed_at[:10], reason=old.reason)
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


def people(words: Phrases, chance: float, size: float) -> Picture:
    """The X-in-100 figure with its words."""
    return icon_array(chance, size, alt=words("chance_alt", n=in_hundred(chance)))


def glossary(lines: Iterable[str], words: Phrases) -> list[Flowable]:
    """The terms that the lines use, explained, under a heading; then the note on names, if any."""
    told: list[Flowable] = [
        rich(f"<b>{markup(name)}:</b> {markup(meaning)}", "small", actual=f"{name}: {meaning}")
        for name, meaning in glossary_of("\n".join(lines), words)
    ]
    note = words("names_note")
    notes: list[Flowable] = [text(note, "note")] if note else []
    return [*([KeepTogether([Heading(words("words"), "letterhead"), *told])] if told else []), *notes]
