"""Polygenic scores and genetic ancestry on the Risks page."""

from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.risk import AncestryEstimate, AncestryMap, PolygenicScore
from genoai_desktop.domain.text import joined, shown, tr
from genoai_desktop.report.drawings.curves import score_distribution
from genoai_desktop.report.drawings.maps import ancestry_map
from genoai_desktop.report.drawings.words import percent
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import box, card, column, facts, label, line, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.figures import Bar, Part, Stacked
from genoai_desktop.ui.widgets.risk_cards import captioned, flow, say_line

_SERIES = ("series_a", "series_b", "series_c", "series_d", "control_border")


def scores_card(theme: Theme, scores: tuple[PolygenicScore, ...]) -> QFrame:
    """Every score, one below the other."""
    items: list[QWidget] = []
    for score in scores:
        if items:
            items.append(line())
        items.append(_score(theme, score))
    items.append(label(tr("Not diagnostic. A low score does not mean no risk."), "caption", wrap=True))
    return card(*items, title=tr("Polygenic scores"))


def _score(theme: Theme, score: PolygenicScore) -> QWidget:
    matched = score.matched / score.total if score.total else 0.0
    said = tr(
        "{matched} of {total} variants matched ({share})",
        matched=f"{score.matched:,}",
        total=f"{score.total:,}",
        share=percent(matched),
    )
    items: list[QWidget] = [label(score.name, "strong", wrap=True)]
    if score.warning:
        items.append(_warning(theme, score.warning))
    items.append(facts(_facts(score), 3))
    drawing = score_distribution(score)
    if drawing is not None:
        placed = tr("Place among people of {reference}", reference=score.reference)
        before = ""
        if score.z_unadjusted is not None:
            before = tr("Dashed: where it would stand without the adjustment for ancestry.")
        items.append(flow(captioned(theme, placed, drawing, before)))
    if score.say:
        items.append(say_line(score.say))
    items += [label(said, "caption"), Bar(theme, matched, said)]
    if score.notes:
        notes = joined("; ", (shown(note).rstrip(".") for note in score.notes)) + "."
        items.append(label(notes[:1].upper() + notes[1:], "caption", wrap=True))
    if score.citation:
        items.append(label(tr("Source: {source}", source=score.citation), "caption", wrap=True))
    return box(column(*items))


def _facts(score: PolygenicScore) -> list[tuple[str, str]]:
    place = (
        tr("not placed: no reference fits")
        if score.percentile is None
        else tr(
            "percentile {value} of {reference}", value=f"{score.percentile:.0f}", reference=score.reference
        )
    )
    summed = f"{written(score.score_sum, '.3f')}"
    if score.z is not None:
        summed += f" (z {written(score.z, '+.2f')})"
    found = [(tr("Place"), place), (tr("Score"), summed)]
    if score.z_unadjusted is not None:
        found.append((tr("Before the adjustment for ancestry"), f"z {written(score.z_unadjusted, '+.2f')}"))
    if score.effect_share is not None and score.sites_fitted:
        left = tr("about {share} in this ancestry", share=f"{score.effect_share:.0%}")
        found.append((tr("Effect that remains"), left))
    return found


def _warning(theme: Theme, words: str) -> QWidget:
    made = row(mark(theme, "warning", "warning", 18), label(words, wrap=True, tone="warning"))
    made.setStretch(1, 1)
    return box(made)


def ancestry_card(theme: Theme, found: AncestryEstimate, places: AncestryMap | None) -> QFrame:
    """Shares of groups, and the map with the person's place."""
    shares = [(name, share, 0.0) for name, share in found.proportions]
    mixed = sorted(found.admixture or shares, key=lambda one: -one[1])
    parts = [
        Part(name, share, _SERIES[min(number, 4)])
        for number, (name, share, _) in enumerate(mixed)
        if share >= 0.005
    ]
    said = joined(", ", (f"{part.name} {written(part.share, '.0%')}" for part in parts))
    words = [
        tr(
            "{used} of {total} sites spoke.",
            used=f"{found.sites_used:,}",
            total=f"{found.sites_total:,}",
        )
    ]
    if found.admixture:
        errors = joined(", ", (f"{name} ± {written(error, '.0%')}" for name, _, error in mixed))
        words.append(tr("Mixture of reference groups; standard errors: {errors}.", errors=errors))
    if found.best:
        best = max(share for _, share in found.proportions)
        words.append(
            tr(
                "Most like {name} (probability {share}) among the groups.",
                name=found.best,
                share=percent(best),
            )
        )
    words.append(tr("Genetic similarity to 1000 Genomes groups, not identity."))
    told: list[QWidget | None] = [Stacked(theme, parts, said), *(label(word, wrap=True) for word in words)]
    if found.note:
        told.append(label(found.note, "caption", wrap=True))
    title = tr("Genetic similarity to reference populations")
    if places is None or not places.points:
        return card(*told, title=title)
    source = tr("Source: {source}", source=places.source)
    drawn = captioned(theme, tr("Map of reference people"), ancestry_map(places), places.note, source)
    return card(beside(box(column(*told, None)), drawn, gap="xl"), title=title)
