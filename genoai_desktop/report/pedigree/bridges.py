"""Where lines of two couples must cross, the level one goes over in an arc: no joint is read there."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import cos, pi, sin

from genoai_desktop.report.pedigree.routes import Segment

REACH = 5.0
"""Radius of an arc, in drawing units; lanes are 11 apart."""
STEPS = 6
OVER = ("bar", "partner")


def bridged(segments: Sequence[Segment]) -> list[Segment]:
    """The segments with each level one cut into pieces and arcs where it crosses an upright one."""
    upright = [one for one in segments if one.x1 == one.x2]
    made: list[Segment] = []
    for one in segments:
        level = one.y1 == one.y2 and one.kind in OVER
        made += _cut(one, _crossed(one, upright)) if level else [one]
    return made


def _crossed(level: Segment, upright: Sequence[Segment]) -> list[float]:
    """Where lines of other couples run through, left to right, each with room for an arc."""
    low, high = sorted((level.x1, level.x2))
    at = sorted(
        {
            one.x1
            for one in upright
            if one.net != level.net
            and low + REACH < one.x1 < high - REACH
            and min(one.y1, one.y2) + 1 < level.y1 < max(one.y1, one.y2) - 1
        }
    )
    return [x for number, x in enumerate(at) if number == 0 or x - at[number - 1] > 2 * REACH]


def _cut(level: Segment, crossed: Sequence[float]) -> list[Segment]:
    if not crossed:
        return [level]
    x, end = sorted((level.x1, level.x2))
    made = []
    for middle in crossed:
        made.append(replace(level, x1=x, x2=middle - REACH))
        made += _arc(level, middle)
        x = middle + REACH
    return [*made, replace(level, x1=x, x2=end)]


def _arc(level: Segment, middle: float) -> list[Segment]:
    points = [
        (middle - REACH * cos(pi * step / STEPS), level.y1 - REACH * sin(pi * step / STEPS))
        for step in range(STEPS + 1)
    ]
    return [
        replace(level, x1=x1, y1=y1, x2=x2, y2=y2, kind="bridge") for (x1, y1), (x2, y2) in pairwise(points)
    ]
