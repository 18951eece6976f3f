"""Cards of the Risks page: one chance, one finding, one curve."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from genoai_desktop.domain.risk import RiskCurve, RiskFigure, RiskFinding
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.report.drawings.bars import chance_line, contributions, part_words
from genoai_desktop.report.drawings.curves import age_curve
from genoai_desktop.report.drawings.people import compared
from genoai_desktop.report.drawings.words import hundred_words, interval_words, percent, rest_words
from genoai_desktop.report.outcome import listed_words
from genoai_desktop.report.pedigree.shapes import Drawing
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import badge, box, card, checkbox, column, label, row
from genoai_desktop.ui.widgets.flow import FlowLayout
from genoai_desktop.ui.widgets.risk_drawing import DrawingView
from genoai_desktop.ui.widgets.variant import inheritance_words


@dataclass(frozen=True, slots=True)
class Switches:
    """Which parts of a combined figure are switched off, and how to switch one: ``turn(part, on)``."""

    off: tuple[str, ...]
    turn: Callable[[str, bool], None]


def captioned(theme: Theme, caption: str, drawing: Drawing, *notes: str) -> QWidget:
    """A drawing under its name, with notes below."""
    view = DrawingView(theme, drawing)
    told = [label(note, "caption", wrap=True) for note in notes if note]
    made = box(column(label(caption, "strong", wrap=True), view, *told, None))
    made.setFixedWidth(view.width())
    return made


def flow(*items: QWidget) -> QWidget:
    """Side by side as far as there is room."""
    layout = FlowLayout("xl", top=True)
    for item in items:
        layout.addWidget(item)
    return box(layout)


def say_line(words: str) -> QFrame:
    """What can be said to the patient, set apart."""
    made = card(label(tr("Say it to the patient"), "caption"), label(words, wrap=True))
    made.setAccessibleName(tr("Say it to the patient"))
    made.layout().setContentsMargins(12, 8, 12, 10)  # type: ignore[union-attr]
    made.layout().setSpacing(2)  # type: ignore[union-attr]
    return made


def figure_block(
    theme: Theme, figure: RiskFigure, curve: RiskCurve | None = None, switches: Switches | None = None
) -> QWidget:
    """One chance: percentage, X in 100 against the comparison, interval, words, shares, options, source."""
    title = f"{figure.title}, {figure.horizon}" if figure.horizon else figure.title
    words: list[QWidget | QLayout | None] = [
        label(title, "strong", wrap=True),
        label(f"{percent(figure.value)}   ·   {hundred_words(figure.value)}", "figure", wrap=True),
        label(
            tr(
                "{rest} are not affected.",
                rest=rest_words(figure.value)[:1].upper() + rest_words(figure.value)[1:],
            ),
            "muted",
            wrap=True,
        ),
        DrawingView(theme, chance_line(figure.value, figure.low, figure.high, figure.baseline)),
        label(_limits(figure), "muted", wrap=True),
    ]
    if figure.say:
        words.append(say_line(figure.say))
    words += [label(text, "caption", wrap=True) for text in figure.caveats]
    words += [label(tr("Source: {source}", source=figure.source), "caption", wrap=True), None]
    people = DrawingView(theme, compared(figure.value, figure.baseline, figure.baseline_label), 1.3)
    top = row(column(*words), people, space="xl")
    top.setStretch(0, 1)
    top.setAlignment(people, Qt.AlignmentFlag.AlignTop)
    return box(column(top, *_further(theme, figure, curve, switches), space="m"))


def _limits(figure: RiskFigure) -> str:
    parts = []
    if figure.low is not None and figure.high is not None:
        parts.append(interval_words(figure.low, figure.high))
    if figure.baseline is None:
        parts.append(tr("no baseline is available for comparison"))
    else:
        named = figure.baseline_label or tr("general population")
        parts.append(
            tr("comparison, {label}: {value} (the upright line)", label=named, value=percent(figure.baseline))
        )
    words = joined("; ", parts) + "."
    return words[:1].upper() + words[1:]


def _further(
    theme: Theme, figure: RiskFigure, curve: RiskCurve | None, switches: Switches | None
) -> list[QWidget]:
    made: list[QWidget] = []
    drawn = [curve_block(theme, curve, tr("By age"))] if curve is not None and curve.ages else []
    if figure.parts:
        drawn.append(_shares(theme, figure, switches))
    if drawn:
        made.append(flow(*drawn))
    if figure.options:
        made.append(
            options_list(figure.options, tr("Options to talk about at this chance, none of them an order"))
        )
    return made


def _shares(theme: Theme, figure: RiskFigure, switches: Switches | None) -> QWidget:
    """The bars, and a box to tick for each part."""
    from genoai_desktop.ui.dialogs.breast_factors import part_words as names

    titles = dict(names())
    parts = tuple(replace(part, title=titles.get(part.id, part.title)) for part in figure.parts)
    unused = [part_words(part) + "." for part in parts if not part.used]
    drawn = captioned(theme, tr("Share of each part"), contributions(parts), *unused)
    if switches is None:
        return drawn
    ticks = []
    for part in parts:
        tick = checkbox(part.title)
        off = part.id in switches.off
        tick.setChecked(not off)
        tick.setEnabled(part.used or off)
        tick.setToolTip(part.text)
        tick.toggled.connect(lambda on, part=part: switches.turn(part.id, on))
        ticks.append(tick)
    hint = label(tr("Switch a part off to see the chance without it:"), "caption", wrap=True)
    layout = drawn.layout()
    assert layout is not None
    layout.addWidget(box(column(hint, *ticks, space="xs")))
    return drawn


def curve_block(theme: Theme, curve: RiskCurve, caption: str = "") -> QWidget:
    """A curve with where it comes from."""
    notes = [tr("Source: {source}.", source=curve.source)]
    if curve.baseline:
        named = curve.baseline_label or tr("general population")
        source = f" ({curve.baseline_source})" if curve.baseline_source else ""
        notes.append(tr("Dashed: {label}{source}.", label=named, source=source))
    if curve.low and curve.high:
        notes.append(tr("Band: 95 % interval."))
    return captioned(theme, caption or curve.title, age_curve(curve), joined(" ", notes), *curve.caveats)


def options_list(options: tuple[str, ...], title: str) -> QWidget:
    """Screening options as a list."""
    return box(
        column(
            label(title, "strong", wrap=True), *(label(f"•  {one}", wrap=True) for one in options), space="xs"
        )
    )


def finding_card(theme: Theme, finding: RiskFinding, rank: int | None = None) -> QFrame:
    """A monogenic or carrier finding with its meaning, chances and options.

    ``rank``: of the candidate that it is, where it is the answer to the question itself.
    """
    scopes = {
        "secondary": tr("Secondary finding"),
        "carrier": tr("Carrier"),
        "primary": tr("Primary finding"),
    }
    kind = scopes.get(finding.scope, finding.scope) if rank is None else tr("Candidate {rank}", rank=rank)
    tone = "danger" if finding.scope == "secondary" else "accent"
    head = row(
        label(finding.gene, "heading"),
        badge(kind, tone),
        badge(inheritance_words(finding.inheritance)),
        None,
    )
    parts = [
        box(head),
        label(titled(finding.condition), "strong", wrap=True),
        label(finding.meaning if rank is None else listed_words(rank), wrap=True),
    ]
    parts += [figure_block(theme, figure) for figure in finding.figures]
    if finding.options:
        parts.append(options_list(finding.options, tr("Options to talk about, none of them an order")))
    made = card(*parts)
    made.setAccessibleName(f"{finding.gene}: {finding.condition}")
    return made
