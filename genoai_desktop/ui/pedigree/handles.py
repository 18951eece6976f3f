"""Where the round handles beside the chosen person go: in view, and upon nobody else's symbol."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.ui.pedigree.items import TOUCH

GAP = 6.0
"""Least distance of a handle from a symbol, in device-independent pixels."""
ASIDE, UPWARD, DOWNWARD = 0.8, 0.85, 0.95
"""Slanting places, in shares of the straight distance."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where handles may be, in the drawing's units. ``scale``: pixels a unit.

    ``person``: the chosen symbol; ``low``: where their label ends; ``symbols``: everybody else's, never
    covered; ``labels``: everybody else's, covered where nothing else is free; ``seen``: what is in view.
    """

    person: QRectF
    low: float
    symbols: Sequence[QRectF]
    labels: Sequence[QRectF]
    seen: QRectF
    scale: float


def free_places(kinds: Sequence[str], room: Room) -> dict[str, QPointF]:
    """The centre of each handle for which there is room."""
    radius = TOUCH / room.scale
    around = room.person.adjusted(*_around(4 * radius + 4 * RADIUS))
    symbols, labels = (
        [one for one in some if one.intersects(around)] for some in (room.symbols, room.labels)
    )
    made: dict[str, QPointF] = {}
    for kind in sorted(kinds, key=lambda one: one != "child"):  # who has the least room chooses first
        places = _candidates(kind, room.person.center(), room.low, radius, GAP / room.scale)
        open_ = [
            place
            for place in places
            if room.seen.contains(_disc(place, radius))
            and not any(_apart(place, other) < 2 * radius for other in made.values())
            and not any(_touches(place, radius, one) for one in symbols)
        ]
        clear = [one for one in open_ if not any(_touches(one, radius, label) for label in labels)]
        if open_:
            made[kind] = (clear or open_)[0]
    return {kind: made[kind] for kind in kinds if kind in made}


def _disc(centre: QPointF, radius: float) -> QRectF:
    return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)


def _candidates(kind: str, centre: QPointF, low: float, radius: float, gap: float) -> list[QPointF]:
    away = RADIUS + gap + radius
    below = low - centre.y() + gap + radius
    slant = {
        "parents": [(0.0, -away), (ASIDE * away, -UPWARD * away), (-ASIDE * away, -UPWARD * away)],
        "partner": [(away, 0.0), (ASIDE * away, -UPWARD * away), (ASIDE * away, DOWNWARD * away)],
        "sibling": [(-away, 0.0), (-ASIDE * away, -UPWARD * away), (-ASIDE * away, DOWNWARD * away)],
        "child": [(0.0, below), (ASIDE * away, DOWNWARD * away), (-ASIDE * away, DOWNWARD * away)],
    }[kind]
    return [QPointF(centre.x() + x, centre.y() + y) for x, y in slant]


def _around(more: float) -> tuple[float, float, float, float]:
    return -more, -more, more, more


def _apart(one: QPointF, two: QPointF) -> float:
    return float(((one.x() - two.x()) ** 2 + (one.y() - two.y()) ** 2) ** 0.5)


def _touches(centre: QPointF, radius: float, symbol: QRectF) -> bool:
    """Whether a disc reaches into a symbol."""
    x = min(max(centre.x(), symbol.left()), symbol.right())
    y = min(max(centre.y(), symbol.top()), symbol.bottom())
    return _apart(centre, QPointF(x, y)) < radius
