"""One plain sentence for each figure: X in 100 by when, those who do not, and the population's figure."""

from dataclasses import replace

from genoai_desktop.domain.risk import RiskFigure
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.screening import ScreeningOption

CERTAIN_BELOW = 0.005
"""Below half a percent a figure is said as "fewer than 1"."""


def said(figure: RiskFigure, group: str = "", event: str = "") -> RiskFigure:
    """The figure with its sentence. ``group``: whom it speaks of; ``event``: what happens to them."""
    who = group or tr("people like you")
    what = event or tr("get it")
    text = tr(
        "Of 100 {who}, {count} {what} {when}; {rest} do not.",
        who=who,
        count=_count(figure.value),
        what=what,
        when=figure.horizon,
        rest=_rest(figure.value),
    )
    if figure.baseline is not None and figure.baseline_label:
        text += " " + tr(
            "Among {label} it is {count} of 100.", label=figure.baseline_label, count=_count(figure.baseline)
        )
    return replace(figure, say=text)


def worded(found: ScreeningOption) -> str:
    """An option as something to talk about, with its guideline and date."""
    return tr("To talk about: {option} ({source}).", option=tr(found.option), source=found.source)


def _count(value: float) -> str:
    return tr("fewer than 1") if value < CERTAIN_BELOW else tr("about {n}", n=max(1, round(value * 100)))


def _rest(value: float) -> str:
    if value < CERTAIN_BELOW:
        return tr("more than 99")
    return str(100 - max(1, round(value * 100)))
