"""Numbers as drawings and captions say them: few digits, and X in 100."""

from genoai_desktop.domain.numbers import Figure
from genoai_desktop.domain.text import tr

_HALF = 0.005


def in_hundred(chance: float) -> int:
    """How many of 100 persons a chance of 0..1 is; never 0 or 100 unless it is exactly so.

    Raises:
        ValueError: the chance is not between 0 and 1.
    """
    if not 0 <= chance <= 1:
        raise ValueError("a chance lies between 0 and 1")
    if chance in {0, 1}:
        return int(chance * 100)
    return min(99, max(1, round(chance * 100)))


def rare(chance: float) -> bool:
    """Whether one filled person of 100 would say too much."""
    return 0 < chance < _HALF


def hundred_words(chance: float) -> str:
    """``about 21 in 100``; ``fewer than 1 in 100`` and ``more than 99 in 100`` at the ends."""
    if rare(chance):
        return tr("fewer than 1 in 100")
    if 1 - _HALF < chance < 1:
        return tr("more than 99 in 100")
    count = in_hundred(chance)
    return tr("{n} in 100", n=count) if chance in {0, 1} else tr("about {n} in 100", n=count)


def rest_words(chance: float) -> str:
    """How many of 100 are not affected, in the same way."""
    return hundred_words(1 - chance)


def percent(value: float) -> str:
    """A share (may be negative) as a percentage with as many digits as it deserves."""
    shown = abs(value) * 100
    sign = "−" if value < 0 else ""
    if shown == 0:
        return "0 %"
    if shown < 0.01:
        return Figure.of("< 0.01 %")
    return Figure.of(f"{sign}{shown:{'.2f' if shown < 1 else '.1f' if shown < 10 else '.0f'}} %")


def interval_words(low: float, high: float) -> str:
    """The interval in words."""
    return tr("95 % interval {low} to {high}", low=percent(low), high=percent(high))
