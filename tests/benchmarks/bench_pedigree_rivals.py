"""The same families drawn by other programs: crossings, lines through symbols, width and time, in one run.

``python bench_pedigree_rivals.py --pedview PROGRAM --dot PROGRAM [--families 20] [--sizes 20 50 100]``

Pedview (``pip install pedview``, in an environment of its own) draws pedigrees; dot (Debian package
``graphviz``) is what several pedigree programs draw with: partners meet in a point, children hang from it.
A program that is not found is left out, and said to be. Every program gets the family as its PED file says
it, so that all draw the same people and links. Counted on the lines each drew:

- crossings of lines of different couples, by the same count (``routes.crossings``); for dot, pairs of edges
  that cross and have no end in common;
- symbols that a line of other people runs through;
- width in places: distances of neighbours. Time: of the program, with its start; of this one the search
  alone, to its end.
"""

import argparse
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import realistic

from genoai_desktop.app.pedigrees.exchange import read_family
from genoai_desktop.app.pedigrees.ped import write_ped
from genoai_desktop.domain.family import Family
from genoai_desktop.report.pedigree.layout import lay_out
from genoai_desktop.report.pedigree.positions import STEP
from genoai_desktop.report.pedigree.routes import RADIUS, Segment, crossings

PEDVIEW_STEP, PEDVIEW_RADIUS = 84.0, 12.0
DOT_STEP = 1.0
"""Inches between neighbours: a node and the gap that ``dot`` is asked for."""
INCH = 100.0
INSIDE = 0.6
"""A line runs through a symbol where it comes that near to its centre, in radii."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one drawing shows."""

    crossings: int
    through: int
    places: float
    seconds: float
    missing: int = 0


def own(family: Family, _ped: Path) -> Seen:
    """Drawn by this program."""
    before = time.perf_counter()
    layout = lay_out(family)
    spent = time.perf_counter() - before
    points = {person: (layout.x[person], layout.y[person]) for person in layout.x}
    near = {n: {*c.partners, *c.children} for n, c in enumerate(layout.graph.couples)}
    return Seen(
        crossings(layout.segments),
        _through(layout.segments, points, near, RADIUS),
        layout.width / STEP,
        spent,
    )


def pedview(program: str, family: Family, ped: Path) -> Seen:
    """Drawn by pedview: the lines of its SVG, each couple's from its partner line on."""
    made = ped.with_suffix(".html")
    before = time.perf_counter()
    subprocess.run([program, "build", str(ped), "-o", str(made)], check=True, capture_output=True)
    spent = time.perf_counter() - before
    text = made.read_text(encoding="utf-8")
    found = re.findall(r'data-person-id="([^"]+)"[^>]*translate\(([-\d.]+) ([-\d.]+)\)', text)
    points = {person: (float(x), float(y)) for person, x, y in found}
    segments, near, net = [], dict[int, set[str]](), -1
    for line in re.findall(r"<line class=\"(?:union|connector)[^>]*>", text):
        if "partner-line" in line:
            net += 1
            near[net] = set()
        near[net] |= set(re.findall(r'data-(?:child|parent)-id="([^"]+)"', line))
        ends = dict(re.findall(r'(x1|y1|x2|y2)="([-\d.]+)"', line))
        if len(ends) == 4:
            x1, y1, x2, y2 = (float(ends[name]) for name in ("x1", "y1", "x2", "y2"))
            segments.append(Segment(x1, y1, x2, y2, net, "line"))
    across = [x for x, _ in points.values()]
    return Seen(
        crossings(segments),
        _through(segments, points, near, PEDVIEW_RADIUS),
        (max(across) - min(across)) / PEDVIEW_STEP,
        spent,
        len(set(family.by_id) - set(points)),
    )


def dot(program: str, family: Family, _ped: Path) -> Seen:
    """Drawn by graphviz: a point for every couple, edges to it and from it."""
    couples = dict.fromkeys(frozenset(member.parents) for member in family.members if member.parents)
    lines = ['graph { nodesep=0.5; node [shape=box width=0.5 height=0.5 fixedsize=true label=""];']
    lines += [f'"{person}";' for person in family.by_id]
    for number, couple in enumerate(couples):
        lines.append(f'"couple {number}" [shape=point width=0.05 height=0.05];')
        lines += [f'"{one}" -- "couple {number}";' for one in sorted(couple)]
        children = [one.id for one in family.members if frozenset(one.parents) == couple]
        lines += [f'"couple {number}" -- "{child}";' for child in children]
    before = time.perf_counter()
    asked = subprocess.run(
        [program, "-Tplain"], input="\n".join([*lines, "}"]), check=True, capture_output=True, text=True
    )
    spent = time.perf_counter() - before
    points, edges = dict[str, tuple[float, float]](), []
    for line in asked.stdout.splitlines():
        cells = [one.strip('"') for one in re.findall(r'"[^"]*"|\S+', line)]
        if cells[0] == "node" and not cells[1].startswith("couple"):
            points[cells[1]] = (float(cells[2]) * INCH, float(cells[3]) * INCH)
        elif cells[0] == "edge":
            numbers = [float(one) * INCH for one in cells[4 : 4 + 2 * int(cells[3])]]
            edges.append((cells[1], cells[2], _curve(list(zip(numbers[::2], numbers[1::2], strict=True)))))
    across = [x for x, _ in points.values()]
    segments = [
        Segment(*one, *two, net, "line")
        for net, (_, _, curve) in enumerate(edges)
        for one, two in pairwise(curve)
    ]
    near = {net: {tail, head} for net, (tail, head, _) in enumerate(edges)}
    return Seen(
        _edge_crossings(edges),
        _through(segments, points, near, INCH / 4),
        (max(across) - min(across)) / (DOT_STEP * INCH),
        spent,
    )


def _curve(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A row of cubic Bézier curves as short straight pieces."""
    made = [points[0]]
    for start in range(0, len(points) - 3, 3):
        four = np.array(points[start : start + 4])
        for t in np.linspace(0, 1, 9)[1:]:
            weights = np.array([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
            x, y = weights @ four
            made.append((float(x), float(y)))
    return made


def _edge_crossings(edges: Sequence[tuple[str, str, Sequence[tuple[float, float]]]]) -> int:
    count = 0
    for place, (tail, head, curve) in enumerate(edges):
        for tail2, head2, curve2 in edges[place + 1 :]:
            if {tail, head} & {tail2, head2}:
                continue
            pieces = [
                Segment(*one, *two, net, "line")
                for net, points in enumerate((curve, curve2))
                for one, two in pairwise(points)
            ]
            count += crossings(pieces) > 0
    return count


def _through(
    segments: Sequence[Segment],
    points: dict[str, tuple[float, float]],
    near: dict[int, set[str]],
    radius: float,
) -> int:
    """How many symbols have a line of other people through them."""
    hit = set()
    for one in segments:
        along = np.array([one.x2 - one.x1, one.y2 - one.y1])
        length = float(along @ along) or 1.0
        for person, (x, y) in points.items():
            if person in near[one.net] or person in hit:
                continue
            share = min(1.0, max(0.0, ((x - one.x1) * along[0] + (y - one.y1) * along[1]) / length))
            foot = np.array([one.x1, one.y1]) + share * along
            if float(np.hypot(x - foot[0], y - foot[1])) < INSIDE * radius:
                hit.add(person)
    return len(hit)


def _programs(options: argparse.Namespace) -> dict[str, Callable[[Family, Path], Seen]]:
    made: dict[str, Callable[[Family, Path], Seen]] = {"this program": own}
    for name, draw in (("pedview", pedview), ("dot", dot)):
        program = shutil.which(getattr(options, name))
        if program is None:
            print(f"{name} is not installed here: left out")
            continue
        made[name] = lambda family, ped, draw=draw, program=program: draw(program, family, ped)
    return made


def main() -> int:
    """Draw and count."""
    parser = argparse.ArgumentParser(description="The same families drawn by other programs.")
    parser.add_argument("--pedview", default="pedview", help="the program pedview")
    parser.add_argument("--dot", default="dot", help="the program dot")
    parser.add_argument("--families", type=int, default=20, help="how many of each size")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 50, 100])
    options = parser.parse_args()
    programs = _programs(options)
    heads = f"{'free':>6} {'crossings':>9} {'through':>7} {'places':>7} {'seconds':>8}"
    print(f"{'people':>6} {'program':14} {heads}")
    for people in options.sizes:
        found: dict[str, list[Seen]] = {name: [] for name in programs}
        with TemporaryDirectory() as folder:
            ped = Path(folder) / "family.ped"
            for seed in range(options.families):
                write_ped(realistic(seed, people), ped)
                family = read_family(ped).family
                for name, draw in programs.items():
                    found[name].append(draw(family, ped))
        for name, seen in found.items():
            print(_row(people, name, seen), flush=True)
    return 0


def _row(people: int, name: str, seen: Sequence[Seen]) -> str:
    free = sum(not one.crossings for one in seen)
    total, through = sum(one.crossings for one in seen), sum(one.through for one in seen)
    places = sorted(one.places for one in seen)[len(seen) // 2]
    seconds = sorted(one.seconds for one in seen)[len(seen) // 2]
    missing = sum(one.missing for one in seen)
    said = f"  ({missing} people not drawn)" if missing else ""
    return (
        f"{people:>6} {name:14} {f'{free}/{len(seen)}':>6} {total:>9} {through:>7} {places:>7.1f} "
        f"{seconds:>8.2f}{said}"
    )


if __name__ == "__main__":
    sys.exit(main())
