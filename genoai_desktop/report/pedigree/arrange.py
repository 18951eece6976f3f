"""The order of one component's people: the tree of couples, then the fewest crossings, then the wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.crossing import Counter
from genoai_desktop.report.pedigree.detours import Detour
from genoai_desktop.report.pedigree.fewest import Fewest, wishes
from genoai_desktop.report.pedigree.first_order import first_rows
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.order import Block, kept_order
from genoai_desktop.report.pedigree.planar import Planarity
from genoai_desktop.report.pedigree.search import Search

TRIES, QUICK = 6000, 9000
"""How many orders are tried where the fewest crossings could not be proven; within an edit, that many divided
by the number of people."""
PROOF, TIDY = 4_000_000, 1_000_000
"""Work for the proof and for the wishes, in clauses looked at: four seconds and one on an idle core."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """Rows. ``least``: so many crossings every order has; ``settled``: nothing is left to do."""

    rows: Block
    least: int = 0
    settled: bool = True
    detours: tuple[Detour, ...] = ()


def arranged(graph: Graph, part: list[str], context: Context) -> Arranged:
    """The order with the fewest crossings, as far as it can be proven with ``PROOF`` work."""
    counter = Counter(graph, part)
    rows = first_rows(graph, part, counter)
    count = counter.count(counter.order_of(rows)).crossings
    if not count and _as_wished(graph, rows):
        return Arranged(rows)
    planarity = Planarity(graph, part, rows, context.check)
    fewest = Fewest(planarity)
    found = fewest.found(count + 1, PROOF, context)
    if not found:
        fewest.somehow()
    wished = wishes(planarity, rows)
    made = fewest.tidied(wished, TIDY) if found else planarity.order()
    order = counter.order_of(_sides(counter, planarity, made))
    search = Search(counter, order)
    if not found:
        search.begin(counter.order_of(rows))
        search.improve(TRIES, least=fewest.bound, pause=context.check)
    return Arranged(counter.rows_of(search.order), fewest.bound)


def arranged_quickly(graph: Graph, part: list[str], like: Block | None) -> Arranged:
    """An order within an edit: the one before it where that does not cross more, else a short search."""
    counter = Counter(graph, part)
    rows = first_rows(graph, part, counter)
    search = Search(counter, counter.order_of(rows))
    if like is not None:
        kept = counter.order_of(kept_order(rows, like))
        if counter.count(kept).crossings <= search.count.crossings:
            search = Search(counter, kept)
    if search.count.crossings:
        search.improve(min(TRIES, QUICK // len(part)))
    made = counter.rows_of(search.order)
    return Arranged(made, settled=not search.count.crossings and _as_wished(graph, made))


def _as_wished(graph: Graph, rows: Block) -> bool:
    """Whether siblings stand by birth and men on the left."""
    place = {person: number for people in rows.values() for number, person in enumerate(people)}
    members = graph.family.by_id
    for couple in graph.couples:
        level = [one for one in couple.children if one in place]
        if any(place[older] > place[younger] for older, younger in pairwise(level)):
            return False
        sexes = {members[one].apparent: one for one in couple.partners if one in place}
        man, woman = sexes.get(Sex.MALE), sexes.get(Sex.FEMALE)
        if man and woman and place[man] > place[woman] and graph.row[man] == graph.row[woman]:
            return False
    return True


def _sides(counter: Counter, planarity: Planarity, rows: Block) -> Block:
    """Partners who stand with theirs go to the left where that is better: the man's side, or no twin's."""
    for partner, person in planarity.beside.items():
        people = rows[planarity.graph.row[person]]
        other = _exchanged(people, partner, person)
        turned = {**rows, planarity.graph.row[person]: other}
        if _value(counter, turned) < _value(counter, rows):
            rows = turned
    return rows


def _value(counter: Counter, rows: Block) -> float:
    return counter.count(counter.order_of(rows)).value


def _exchanged(people: Sequence[str], one: str, two: str) -> list[str]:
    return [two if person == one else one if person == two else person for person in people]
