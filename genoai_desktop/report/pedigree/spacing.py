"""Of orders with as few crossings, one to which the distances between people add the fewest.

An order decides which lines need to cross (``crossing``). Where people then stand, a descent may still run
through the bar of another couple. Some of these go away when a branch of the family is moved or mirrored
without a crossing more in the order; the drawing itself is counted.
"""

from collections.abc import Callable

from genoai_desktop.report.pedigree.crossing import Counter
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.positions import positions
from genoai_desktop.report.pedigree.routes import Segment, crossings, tangled
from genoai_desktop.report.pedigree.search import Search, moved
from genoai_desktop.report.pedigree.strokes import stroked

TRIES = 200
"""Orders drawn for one component: two seconds for 150 people on an idle core."""


def spaced(graph: Graph, rows: Block, pause: Callable[[], None]) -> Block:
    """The same rows, or others with as many crossings that are drawn with fewer."""
    made: Block = {}
    for part in graph.components():
        members, counter = set(part), Counter(graph, part)
        here = {row: [one for one in people if one in members] for row, people in rows.items()}
        order = counter.order_of({row: people for row, people in here.items() if people})
        for row, people in counter.rows_of(_spaced(Search(counter, order), pause)).items():
            made.setdefault(row, []).extend(people)
    return made


def _spaced(search: Search, pause: Callable[[], None]) -> list[int]:
    counter, bound = search.counter, search.count.crossings
    order, lines, tries = list(search.order), _drawn(search.counter, search.order), TRIES
    while crossings(lines) > bound and tries > 0:
        better, used = _better(search, order, lines, bound, tries, pause)
        tries -= used
        if better is None:
            break
        order, lines = better, _drawn(counter, better)
    return order


def _better(
    search: Search,
    order: list[int],
    lines: tuple[Segment, ...],
    bound: int,
    tries: int,
    pause: Callable[[], None],
) -> tuple[list[int] | None, int]:
    """The first order that is drawn with fewer crossings, and how many were drawn."""
    used, count = 0, crossings(lines)
    for move in search.moves(tangled(lines)):
        made = moved(order, move)
        if made == order or search.counter.count(made).crossings > bound:
            continue
        if used >= tries:
            break
        pause()
        used += 1
        if crossings(_drawn(search.counter, made)) < count:
            return made, used
    return None, max(used, 1)


def _drawn(counter: Counter, order: list[int]) -> tuple[Segment, ...]:
    rows = counter.rows_of(order)
    return stroked(counter.graph, rows, positions(counter.graph, rows), {}).segments
