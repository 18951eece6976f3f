"""Polygenic scores with their place among people of a reference, and the ancestry that chooses it."""

from reportlab.platypus import Flowable, KeepTogether, TableStyle

from genoai_desktop.domain.numbers import Figure, written
from genoai_desktop.domain.risk import AncestryEstimate, AncestryMap, PolygenicScore
from genoai_desktop.domain.text import tr
from genoai_desktop.report.drawings.canvas import Drawn
from genoai_desktop.report.drawings.curves import score_distribution, score_words
from genoai_desktop.report.drawings.maps import ancestry_map
from genoai_desktop.report.fonts import REGULAR, markup
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import percent, signed
from genoai_desktop.report.style import WIDTH, beside, bullet, gap, rich, table, text
from genoai_desktop.report.tagging.flowables import Layout


def pairs(left: list[Flowable], right: list[Flowable]) -> Layout:
    """Two blocks side by side."""
    made = Layout([[left, right]], colWidths=[WIDTH / 2, WIDTH / 2])
    area = ((0, 0), (-1, -1))
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", *area, "TOP"),
                ("FONTNAME", *area, REGULAR),  # else the library names a typeface that is not embedded
                *((side, *area, 0) for side in ("LEFTPADDING", "TOPPADDING")),
                ("RIGHTPADDING", *area, 8),
                ("BOTTOMPADDING", *area, 5),
            ]
        )
    )
    return made


def _match(ancestry: AncestryEstimate | None) -> str:
    if ancestry is None or not ancestry.best:
        return tr("Ancestry match: this person's genetic ancestry could not be estimated.")
    share = max(part for _, part in ancestry.proportions)
    return tr(
        "Ancestry match: this person is most like {best} ({share}); compare it with each score's reference.",
        best=ancestry.best,
        share=percent(share),
    )


def polygenic(scores: tuple[PolygenicScore, ...], found: AncestryEstimate | None) -> list[Flowable]:
    """The table of scores, the place of each that has one, and what limits them."""
    if not scores:
        return []
    head = (
        tr("Score"),
        tr("Variants matched"),
        tr("Sum"),
        tr("z for ancestry"),
        tr("Percentile"),
        tr("Reference"),
    )
    return [
        Heading(tr("Polygenic scores"), "h2", 1),
        table(head, [_row(score) for score in scores], (40, 30, 16, 22, 20, 50)),
        gap(1),
        *_remarks(scores),
        *_places(scores),
        bullet(
            tr("A polygenic score is not diagnostic. A low score does not mean no chance of the condition.")
        ),
        bullet(_match(found)),
        bullet(tr("It holds for people whose ancestry is like the reference group's, and less for others.")),
    ]


def _row(score: PolygenicScore) -> tuple[str, ...]:
    matched = tr(
        "{n} of {total} ({p})",
        n=written(score.matched),
        total=written(score.total),
        p=percent(score.matched / max(score.total, 1)),
    )
    z = "–" if score.z is None else signed(score.z)
    if score.z_unadjusted is not None:
        z += "\n" + tr("before: {z}", z=signed(score.z_unadjusted))
    return (
        score.name,
        matched,
        Figure.of(f"{score.score_sum:.3g}".replace("-", "−")),
        z,
        "–" if score.percentile is None else f"{score.percentile:.0f}",
        score.reference or tr("none"),
    )


def _remarks(scores: tuple[PolygenicScore, ...]) -> list[Flowable]:
    """What is to be kept in mind of each score, over the full width."""
    told = ((score.name, " ".join(_sentences(score))) for score in scores)
    return [
        rich(f"<b>{markup(name)}:</b> {markup(words)}", "quiet", actual=f"{name}: {words}")
        for name, words in told
        if words
    ]


def _sentences(score: PolygenicScore) -> list[str]:
    source = score.citation and f"{score.citation.rstrip('.')}."
    return [part for part in (score.warning, _notes(score), source) if part]


def _notes(score: PolygenicScore) -> str:
    joined = "; ".join(note.rstrip(".") for note in score.notes)
    return joined[:1].upper() + joined[1:] + "." if joined else ""


def _places(scores: tuple[PolygenicScore, ...]) -> list[Flowable]:
    """The bell curve of every score that has a place, two in a line."""
    drawn: list[list[Flowable]] = []
    for score in scores:
        drawing = score_distribution(score)
        if drawing is not None:
            said = [score_words(score), score.say]
            if score.z_unadjusted is not None:
                said.append(tr("Dashed: before the adjustment for ancestry."))
            notes = text(" ".join(part for part in said if part), "fine")
            drawn.append([text(score.name, "cellbold"), Drawn(drawing, 0.78), notes])
    return [
        pairs(drawn[first], drawn[first + 1] if first + 1 < len(drawn) else [])
        for first in range(0, len(drawn), 2)
    ]


def ancestry(found: AncestryEstimate, places: AncestryMap | None) -> list[Flowable]:
    """Shares in words beside the map of reference people."""
    shares = ", ".join(f"{name} {percent(share)}" for name, share in found.proportions)
    words = tr(
        "{shares}; {used} of {total} sites spoke. Genetic similarity to 1000 Genomes groups, not identity.",
        shares=shares or tr("nothing could be said"),
        used=written(found.sites_used),
        total=written(found.sites_total),
    )
    told: list[Flowable] = [text(words)]
    if found.admixture:
        parts = ", ".join(
            tr("{name} {share} ± {error}", name=name, share=percent(share), error=percent(error))
            for name, share, error in found.admixture
        )
        told.append(text(tr("As a mixture of these groups (share ± standard error): {parts}.", parts=parts)))
    if found.note:
        told.append(text(found.note, "quiet"))
    head = Heading(tr("Genetic ancestry, used for choosing references"), "h2", 1)
    if places is None or not places.points:
        return [head, *told]
    told += [
        text(words, "quiet") for words in (places.note, tr("Source: {source}", source=places.source)) if words
    ]
    drawing = ancestry_map(places)
    return [KeepTogether([head, beside(told, Drawn(drawing, 0.85), 0.49)])]
