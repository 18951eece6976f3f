"""Where everybody stands and every line runs. Deterministic; a drawing unit is a screen pixel at 100 %."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_edit import straighten
from genoai_desktop.report.pedigree.arrange import Arranged, arranged, arranged_quickly
from genoai_desktop.report.pedigree.detours import Detour, chosen
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.heights import LINE_HEIGHT
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.positions import APART, nudged, positions
from genoai_desktop.report.pedigree.routes import Segment, crossings
from genoai_desktop.report.pedigree.spacing import spaced
from genoai_desktop.report.pedigree.strokes import stroked

KEPT = 16
"""Families whose order is remembered."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of the symbols, lines, rows from the oldest, numbers as ``II-3``, and the crossings left."""

    x: Mapping[str, float]
    y: Mapping[str, float]
    rows: tuple[tuple[str, ...], ...]
    row_y: tuple[float, ...]
    segments: tuple[Segment, ...]
    starts: Mapping[int, tuple[float, float]]
    graph: Graph
    width: float
    height: float
    crossings: int
    order: Block
    deepest: float = 0.0
    """Room for the labels of the last row."""
    settled: bool = True
    """Whether the search for fewer crossings went to its end; a quick one may not have."""
    least: int = 0
    """So many crossings every order of these people has."""
    detours: tuple[Detour, ...] = ()

    def taller(self, label_lines: Mapping[str, int]) -> "Layout":
        """The same places with rows tall enough for that many lines of text below each symbol."""
        made = stroked(self.graph, self.order, self.x, label_lines, self.detours)
        last = [label_lines.get(person, 0) for person in self.rows[-1]]
        deepest = LINE_HEIGHT * max(last, default=0)
        return replace(
            self,
            y=made.y,
            row_y=tuple(made.row_y.values()),
            segments=made.segments,
            starts=made.starts,
            height=max(made.y.values()),
            deepest=deepest,
        )

    def number(self, person: str) -> str:
        """Generation and place, as in "II-3"."""
        return self.numbers[person]

    @property
    def numbers(self) -> dict[str, str]:
        """Generation and place of everybody."""
        return {
            person: f"{ROMAN[row] if row < len(ROMAN) else row + 1}-{place}"
            for row, people in enumerate(self.rows)
            for place, person in enumerate(people, start=1)
        }


def lay_out(
    family: Family, *, quick: bool = False, like: Block | None = None, context: Context | None = None
) -> Layout:
    """Lay out a family. What changes nobody's place (names, ages, conditions) is not laid out again.

    ``quick``: the search for fewer crossings ends early, to draw within an edit; it begins with the order
    ``like`` (of the family before the edit) where that has no more. The full search is the same wherever it
    is made: what is printed stands as on the screen.

    Raises:
        Cancelled: the person stopped the search.
    """
    shape = family.shape()
    known = _ORDERS.of(straighten(shape), quick=quick, like=like, context=context or Silent())
    rows = tuple((row, tuple(people)) for row, people in known.rows.items())
    placed = _placed(shape, rows, known.detours)
    return replace(placed, settled=known.settled, least=known.least, detours=known.detours)


class _Orders:
    """The full orders last found, so that after a shift by hand nothing is searched again."""

    def __init__(self) -> None:
        self._known: dict[Family, Arranged] = {}
        self._lock = Lock()

    def of(self, shape: Family, *, quick: bool, like: Block | None, context: Context) -> Arranged:
        """The order of everybody."""
        known = self._known.get(shape)
        if known is not None:
            return known
        graph = Graph(shape)
        found = _together(
            arranged_quickly(graph, part, like) if quick else arranged(graph, part, context)
            for part in graph.components()
        )
        if not quick:
            found = _best_drawn(graph, found, context)
        if found.settled:
            with self._lock:
                self._known[shape] = found
                while len(self._known) > KEPT:
                    del self._known[next(iter(self._known))]
        return found


_ORDERS = _Orders()


def _together(parts: Iterable[Arranged]) -> Arranged:
    """The components side by side."""
    order: Block = {}
    least, settled = 0, True
    for part in parts:
        for row, people in part.rows.items():
            order.setdefault(row, []).extend(people)
        least, settled = least + part.least, settled and part.settled
    return Arranged(order, least, settled)


def _best_drawn(graph: Graph, found: Arranged, context: Context) -> Arranged:
    """With descents that go round other bars; where that is not enough, another order as good if it helps."""
    with_detours, count = _with_detours(graph, found)
    if count > found.least:
        rows = spaced(graph, found.rows, context.check)
        other, fewer = _with_detours(graph, replace(found, rows=rows))
        if fewer < count:
            return other
    return with_detours


def _with_detours(graph: Graph, found: Arranged) -> tuple[Arranged, int]:
    """With the descents that go round another bar, for fewer crossings, and how many are left."""
    x = _places(graph, found.rows)

    def draw(detours: tuple[Detour, ...]) -> tuple[Sequence[Segment], int]:
        made = stroked(graph, found.rows, x, {}, detours).segments
        return made, crossings(made)

    detours, count = chosen(found.least, draw)
    return replace(found, detours=detours), count


@lru_cache(maxsize=16)
def _placed(
    family: Family, rows: tuple[tuple[int, tuple[str, ...]], ...], detours: tuple[Detour, ...]
) -> Layout:
    """Everybody's place, with the shifts by hand."""
    graph = Graph(family)
    order = {row: list(people) for row, people in sorted(rows)}
    x = nudged(graph, order, _places(graph, order))
    left = min(x.values())
    x = {one: at - left for one, at in x.items()}
    made = stroked(graph, order, x, {}, detours)
    return Layout(
        x,
        made.y,
        tuple(map(tuple, order.values())),
        tuple(made.row_y.values()),
        made.segments,
        made.starts,
        graph,
        max(x.values()),
        max(made.y.values()),
        crossings(made.segments),
        order,
    )


def _places(graph: Graph, order: Block) -> dict[str, float]:
    """Everybody's place, the components side by side."""
    x: dict[str, float] = {}
    right = 0.0
    for part in graph.components():
        members = set(part)
        here = {
            row: found for row in sorted(order) if (found := [one for one in order[row] if one in members])
        }
        x |= {person: at + right for person, at in positions(graph, here).items()}
        right = max(x.values()) + APART
    return x
