"""The first order of everybody: what may be turned in the tree of couples is turned so that less crosses."""

from itertools import pairwise

from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.crossing import Counter
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.order import LEFT, RIGHT, Arranger, Block, Choices


def first_rows(graph: Graph, part: list[str], counter: Counter) -> Block:
    """The rows of one component as the tree of couples has them; a search may still better them."""
    numbers = [n for n, couple in enumerate(graph.couples) if couple.partners[0] in set(part)]
    if not numbers:
        return {graph.row[part[0]]: [part[0]]}
    arranger = Arranger(graph, _root(graph, numbers), part)
    plain = arranger.rows(Choices())
    wished = arranger.rows(_wished(graph, arranger))
    return min((wished, plain), key=lambda rows: counter.count(counter.order_of(rows)).crossings)


def _born_together(graph: Graph, first: str, second: str) -> bool:
    twins = graph.family.twins_of(second)
    return first == second or (twins is not None and first in twins.members)


def _root(graph: Graph, numbers: list[int]) -> int:
    """The couple with most descendants among those in the top rows without parents."""

    def below(number: int) -> int:
        seen: set[str] = set()
        waiting = [number]
        while waiting:
            for child in graph.couples[waiting.pop()].children:
                if child not in seen:
                    seen.add(child)
                    waiting += graph.of[child]
        return len(seen)

    free = [n for n in numbers if not any(one in graph.above for one in graph.couples[n].partners)]
    candidates = free or numbers
    return max(candidates, key=lambda n: (below(n), -graph.row[graph.couples[n].partners[0]], -n))


def _wished(graph: Graph, arranger: Arranger) -> Choices:
    """Those who marry kin, or somebody with a family of their own, to the ends of their sibship."""
    wishes: dict[str, int] = {}
    choices = Choices()
    for first, second, number in arranger.links:
        one, two = _path(graph, arranger, first), _path(graph, arranger, second)
        forked = ""
        while one and two and one[0] == two[0]:
            forked, one, two = one[0], one[1:], two[1:]
        if one and two and arranger.claimed.get(one[0]) != arranger.claimed.get(two[0]):
            wishes = {one[0]: RIGHT, two[0]: LEFT} | wishes  # half-kin: two partnerships of one person
            for kin, side in ((one[0], LEFT), (two[0], RIGHT)):
                choices.side.setdefault((forked, arranger.claimed.get(kin, -1)), side)
        wishes = dict.fromkeys(one[1:], RIGHT) | dict.fromkeys(two[1:], LEFT) | wishes
        for path, side in ((one, RIGHT), (two, LEFT)):
            _turned(graph, arranger, choices, path, side)
        _only_there(graph, choices, first, number, RIGHT)
        _only_there(graph, choices, second, number, LEFT)
        if one and two:
            _next_to(graph, choices, arranger, one[0], two[0])
    for person, (host, number) in arranger.attached.items():
        if person not in graph.above:
            continue
        male = graph.family.by_id[person].apparent is Sex.MALE
        path = _path(graph, arranger, host)
        natural = LEFT if male else RIGHT
        free = [s for s in (natural, -natural) if all(wishes.get(kin, s) == s for kin in path)]
        side = free[0] if free else natural
        wishes = dict.fromkeys(path, side) | wishes
        if host in arranger.claimed:
            choices.side[host, number] = side
    for person, side in wishes.items():
        number_above = arranger.claimed.get(person)
        if number_above is None:
            continue
        order = choices.children.get(number_above) or list(graph.couples[number_above].children)
        both = [one for one in order if _born_together(graph, one, person)]
        rest = [one for one in order if one not in both]
        both = sorted(both, key=lambda one: (one == person) == (side == RIGHT))
        choices.children[number_above] = [*rest, *both] if side == RIGHT else [*both, *rest]
    return choices


def _turned(graph: Graph, arranger: Arranger, choices: Choices, path: list[str], side: int) -> None:
    """Along a path down to somebody who marries kin, the partnership that leads there on that side."""
    for person, child in pairwise(path):
        number = arranger.claimed.get(child)
        if number is not None and person in graph.couples[number].partners:
            _only_there(graph, choices, person, number, side)


def _only_there(graph: Graph, choices: Choices, person: str, number: int, side: int) -> None:
    """That partnership on one side, every other of the person on the other."""
    for other in graph.of[person]:
        choices.side.setdefault((person, other), side if other == number else -side)


def _next_to(graph: Graph, choices: Choices, arranger: Arranger, first: str, second: str) -> None:
    """Two children of one couple side by side, ``first`` left."""
    number = arranger.claimed.get(first)
    if number is None or arranger.claimed.get(second) != number:
        return
    order = choices.children.get(number) or list(graph.couples[number].children)
    rest = [one for one in order if one not in (first, second)]
    place = min(order.index(first), order.index(second))
    choices.children[number] = [*rest[:place], first, second, *rest[place:]]


def _path(graph: Graph, arranger: Arranger, person: str) -> list[str]:
    """The people above somebody in the tree of blocks, oldest first, the person last."""
    path = [person]
    seen = {person}
    while True:
        current = path[0]
        if current in arranger.claimed:
            partners = graph.couples[arranger.claimed[current]].partners
            above = next((one for one in partners if one in arranger.claimed), partners[0])
        elif current in arranger.attached:
            above = arranger.attached[current][0]
        else:
            return path
        if above in seen:
            return path
        seen.add(above)
        path.insert(0, above)
