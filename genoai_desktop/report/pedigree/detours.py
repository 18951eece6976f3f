"""Descents that go round the end of another bar: where the order needs no crossing, distances make none.

The descent of a couple goes straight down to the bar of the children. Where a bar of another couple lies in
between only because of where people stand, the line first goes sideways to the end of that bar.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from genoai_desktop.report.pedigree.routes import Segment, Wire

PAST = 9.0
"""How far beside the end of the bar the line goes down, in drawing units."""
MOST = 24
"""Detours of one drawing."""


class Detour(NamedTuple):
    """Whose descent goes round whose bar, at its right end or its left; round its own: to the children."""

    number: int
    around: int
    right: bool


def detoured(found: Mapping[int, Wire], detours: Iterable[Detour]) -> tuple[dict[int, Wire], dict[int, Wire]]:
    """The wires with the descents that go round starting there, and by couple what leads to that start."""
    wires, leads = dict(found), dict[int, Wire]()
    for detour in detours:
        wire, other = wires[detour.number], wires[detour.around]
        at = other.high + PAST if detour.right else other.low - PAST
        if detour.around == detour.number:
            at = wire.stems[-1] if detour.right else wire.stems[0]
        if at == wire.start or detour.number in leads:
            continue
        ends = sorted((wire.start, at))
        leads[detour.number] = Wire(~wire.number, wire.start, ends[0], ends[1], (at,), False)
        low, high = min((at, *wire.stems)), max((at, *wire.stems))
        wires[detour.number] = replace(wire, start=at, low=low, high=high)
    return wires, leads


def chosen(
    least: int, draw: Callable[[tuple[Detour, ...]], tuple[Sequence[Segment], int]]
) -> tuple[tuple[Detour, ...], int]:
    """The detours that leave fewer crossings, and how many those are.

    ``draw``: the lines and crossings with these detours.
    """
    taken: tuple[Detour, ...] = ()
    segments, crossings = draw(taken)
    better = True
    while better and crossings > least and len(taken) < MOST:
        better = False
        for detour in _possible(segments, taken):
            made, count = draw((*taken, detour))
            if count < crossings:
                taken, segments, crossings, better = (*taken, detour), made, count, True
                break
    return taken, crossings


def _possible(segments: Sequence[Segment], taken: Sequence[Detour]) -> Iterator[Detour]:
    """For every descent through a bar: to its children, or round either end, the nearer one first."""
    round_already = {detour.number for detour in taken}
    bars = [one for one in segments if one.kind == "bar"]
    for bar in (one for one in bars if one.net not in round_already):
        if any(_through(one, bar) for one in segments if one.kind in ("stem", "twin", "drop")):
            yield from (Detour(bar.net, bar.net, right) for right in (False, True))
    for drop in (one for one in segments if one.kind == "drop" and one.net not in round_already):
        for bar in bars:
            if _through(drop, bar):
                nearer = bar.x2 - drop.x1 < drop.x1 - bar.x1
                yield Detour(drop.net, bar.net, nearer)
                yield Detour(drop.net, bar.net, not nearer)


def _through(upright: Segment, bar: Segment) -> bool:
    top, bottom = sorted((upright.y1, upright.y2))
    return upright.net != bar.net and bar.x1 < upright.x1 < bar.x2 and top < bar.y1 < bottom
