"""The X-in-100 figure: one hundred persons, of whom X are marked. Colour is never the only sign."""

from reportlab.graphics.shapes import Circle, Group, Rect

from genoai_desktop.report.style import ACCENT, PALE, QUIET, WARN
from genoai_desktop.report.tagging.flowables import Picture


def in_hundred(chance: float) -> int:
    """How many of 100 persons a chance of 0..1 is; never 0 or 100 unless it is exactly so.

    Raises:
        ValueError: the chance is not between 0 and 1.
    """
    if not 0 <= chance <= 1:
        raise ValueError("a chance lies between 0 and 1")
    if chance in {0, 1}:
        return int(chance * 100)
    return min(99, max(1, round(chance * 100)))


def icon_array(chance: float, size: float = 96, *, alt: str) -> Picture:
    """Ten rows of ten persons, filled from the top left; ``size`` is the edge in points.

    ``alt`` says the same in words, for who hears the page.
    """
    marked, step = in_hundred(chance), size / 10
    drawing = Picture(size, size, alt=alt)
    for index in range(100):
        row, column = divmod(index, 10)
        drawing.add(_person(column * step, size - (row + 1) * step, step, marked=index < marked))
    return drawing


def _person(x: float, y: float, step: float, *, marked: bool) -> Group:
    fill, stroke = (ACCENT, ACCENT) if marked else (None, QUIET)
    look = {"fillColor": fill, "strokeColor": stroke, "strokeWidth": 0.5}
    head = Circle(x + step / 2, y + step * 0.78, step * 0.14, **look)
    body = Rect(
        x + step * 0.28, y + step * 0.1, step * 0.44, step * 0.48, rx=step * 0.14, ry=step * 0.14, **look
    )
    return Group(head, body)


def interval_bar(
    low: float, value: float, high: float, baseline: float | None, width: float = 200, *, alt: str
) -> Picture:
    """A bar from 0 to 100 % with the interval, the estimate and, as a tick, the baseline."""
    drawing = Picture(width, 16, alt=alt)
    drawing.add(Rect(0, 6, width, 4, fillColor=PALE, strokeColor=None))
    drawing.add(Rect(low * width, 5, max(1.0, (high - low) * width), 6, fillColor=ACCENT, strokeColor=None))
    drawing.add(Circle(value * width, 8, 3.4, fillColor=ACCENT, strokeColor=None))
    if baseline is not None:
        drawing.add(Rect(baseline * width - 0.7, 2, 1.4, 12, fillColor=WARN, strokeColor=None))
    return drawing
