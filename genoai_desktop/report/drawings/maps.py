"""Maps of people: genetic ancestry on principal components, and profiles of cases on their first two axes."""

from collections.abc import Sequence

from genoai_desktop.domain.profiles import ProfileResult
from genoai_desktop.domain.risk import AncestryMap
from genoai_desktop.domain.text import tr
from genoai_desktop.report.drawings.marks import SERIES, SMALL, backed, symbol
from genoai_desktop.report.pedigree.shapes import Circle, Drawing, Line, Polygon, Shape, Text

_EDGE = 10.0


class _Area:
    """A square of the drawing that holds all places."""

    def __init__(
        self, places: Sequence[tuple[float, float]], left: float, width: float, height: float
    ) -> None:
        xs, ys = [x for x, _ in places] or [0.0], [y for _, y in places] or [0.0]
        self._x, self._y = (min(xs), max(xs)), (min(ys), max(ys))
        self.left, self.width, self.height = left, width, height

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Points of the drawing; second axis upwards."""
        across = (x - self._x[0]) / ((self._x[1] - self._x[0]) or 1.0)
        up = (y - self._y[0]) / ((self._y[1] - self._y[0]) or 1.0)
        inner = self.height - 2 * _EDGE
        return self.left + _EDGE + across * (self.width - 2 * _EDGE), self.height - _EDGE - up * inner

    def frame(self) -> Polygon:
        """The outline."""
        a, b = self.left, self.left + self.width
        return Polygon(((a, 0.5), (b, 0.5), (b, self.height), (a, self.height)), "paper", "grid", 0.8)


def _person(x: float, y: float, right: float) -> list[Shape]:
    """A cross-hair with a ring, named."""
    made: list[Shape] = [Circle(x, y, 5.5, "paper", "ink", 1.6)]
    made += [Line(x - 9, y, x + 9, y, 1.6, (), "ink"), Line(x, y - 9, x, y + 9, 1.6, (), "ink")]
    made.append(Circle(x, y, 2.2, "ink", "", 0))
    beyond = x + 75 > right
    words = tr("this person")
    return made + backed(
        x - 12 if beyond else x + 12, y - 7, words, 8.2, "end" if beyond else "start", bold=True
    )


def ancestry_map(found: AncestryMap) -> Drawing:
    """Reference people by superpopulation (symbol and colour) with this person's place."""
    side, width, height = 190.0, 300.0, 204.0
    places = [(x, y) for x, y, _ in found.points] + ([found.person] if found.person else [])
    area = _Area(places, 14.0, side, side)
    names = [name for name, *_ in found.centers]
    looks = {name: SERIES[number % len(SERIES)] for number, name in enumerate(names)}
    shapes: list[Shape] = [area.frame()]
    for x, y, name in found.points:
        colour, kind = looks.get(name, SERIES[-1])
        shapes.append(symbol(kind, *area.at(x, y), 1.9, colour))
    if found.person:
        shapes += _person(*area.at(*found.person), 14.0 + side)
    shapes += _legend(found, looks, 14.0 + side + 14)
    across, up = found.axes
    shapes.append(Text(14 + side, height - 3, f"{across} →", SMALL, "end", False, "muted"))
    shapes.append(Text(14, height - 3, f"↑ {up}", SMALL, "start", False, "muted"))
    words = ", ".join(f"{name} ({people})" for name, _, _, people in found.centers)
    said = tr("Map of reference people by genetic similarity: {groups}.", groups=words)
    said += " " + (_nearest_words(found) if found.person else tr("This person could not be placed."))
    return Drawing(tuple(shapes), width, height, tr("Genetic similarity map"), said)


def _nearest_words(found: AncestryMap) -> str:
    assert found.person is not None
    px, py = found.person
    near = sorted(found.centers, key=lambda one: (one[1] - px) ** 2 + (one[2] - py) ** 2)
    return tr(
        "On these two components this person lies nearest to the middle of {name}.", name=near[0][0]
    ) if near else ""  # fmt: skip


def _legend(found: AncestryMap, looks: dict[str, tuple[str, str]], left: float) -> list[Shape]:
    made: list[Shape] = []
    for number, (name, _, _, people) in enumerate(found.centers):
        y = 14 + number * 17
        colour, kind = looks[name]
        made.append(symbol(kind, left, y - 3, 3.6, colour))
        made.append(Text(left + 10, y, tr("{name} ({n})", name=name, n=people), 8.2, "start"))
    return made


def profile_map(found: ProfileResult) -> Drawing:
    """Published cases on the first two axes; the nearest groups by symbol and colour, with this case."""
    width, height = 420.0, 250.0
    places = [(x, y) for x, y, _ in found.points] + ([found.place] if found.place else [])
    area = _Area(places, 1.0, width - 100, height - 1)
    looks = {group.number: SERIES[number % len(SERIES)] for number, group in enumerate(found.groups)}
    shapes: list[Shape] = [area.frame()]
    far = [one for one in found.points if one[2] not in looks]
    near = [one for one in found.points if one[2] in looks]
    shapes += [Circle(*area.at(x, y), 1.3, "grid", "muted", 0.3) for x, y, _ in far]
    for x, y, member in near:
        colour, kind = looks[member]
        shapes.append(symbol(kind, *area.at(x, y), 2.3, colour))
    if found.place:
        shapes += _person(*area.at(*found.place), width - 100)
    left = width - 86
    for number, group in enumerate(found.groups):
        colour, kind = looks[group.number]
        y = 16 + number * 18
        shapes.append(symbol(kind, left, y - 3, 3.8, colour))
        shapes.append(Text(left + 10, y, tr("group {n}", n=group.number), 8.2, "start"))
    y = 16 + len(found.groups) * 18
    shapes += [
        Circle(left, y - 3, 2.4, "grid", "muted", 0.4),
        Text(left + 10, y, tr("other groups"), 8.2, "start"),
    ]
    words = tr("Map of {n} published cases by features.", n=len(found.points))
    if found.groups:
        best = found.groups[0]
        words += " " + tr(
            "This case lies nearest to group {n} of {cases} cases ({features}).",
            n=best.number,
            cases=best.cases,
            features=", ".join(best.features[:3]),
        )
    return Drawing(tuple(shapes), width, height, tr("Map of cases"), words)
