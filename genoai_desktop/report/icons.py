"""The X-in-100 figure and the chance line of the reports: the drawings of the window, as flowables."""

from genoai_desktop.report.drawings.bars import LINE_WIDTH, chance_line
from genoai_desktop.report.drawings.canvas import Drawn
from genoai_desktop.report.drawings.people import people
from genoai_desktop.report.drawings.words import in_hundred
from genoai_desktop.report.pedigree.shapes import flipped

__all__ = ("icon_array", "in_hundred", "interval_bar")


class _People(Drawn):
    """One hundred people, filled from where lines begin."""

    def mirror(self) -> None:
        """Fill from the right; an axis of numbers would stay as it is."""
        self.drawing = flipped(self.drawing)


def icon_array(chance: float, size: float = 96, *, alt: str, caption: str = "") -> Drawn:
    """Ten rows of ten persons, filled from the top and where lines begin; ``size`` is the edge in points.

    ``alt`` says the same in words, for who hears the page; ``caption`` stands below.
    """
    return _People(people(chance, size, caption=caption), alt=alt)


def interval_bar(
    low: float | None,
    value: float,
    high: float | None,
    baseline: float | None,
    width: float = 200,
    *,
    alt: str,
) -> Drawn:
    """A line with the interval, the estimate and, as an upright line, the comparison."""
    return Drawn(chance_line(value, low, high, baseline), width / LINE_WIDTH, alt=alt)
