"""The one description of a drawing: lines, polygons, circles and texts with named colours.

Window, SVG, PDF and PNG draw exactly these. Units are those of the layout, y downwards. ``owner`` is the
person a shape belongs to, empty for lines between people.
"""

from dataclasses import dataclass, replace

PRINT = {
    "ink": "#1b2733",
    "paper": "#ffffff",
    "muted": "#52606d",
    "accent": "#0b5a7a",
    "fill0": "#1b2733",
    "fill1": "#a3360b",
    "fill2": "#0b5a7a",
    "fill3": "#5b2c83",
    "fill4": "#17663c",
    "fill5": "#7a4b00",
    "fill6": "#8a1c4a",
    "fill7": "#3a4a5c",
}
"""Colours on white paper; every fill has a pattern of its own besides."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; ``dash`` is a pattern of on and off lengths."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 1.5
    dash: tuple[float, ...] = ()
    colour: str = "ink"
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline; empty ``fill`` or ``stroke`` is not drawn."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = "ink"
    width: float = 1.5
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle; empty ``fill`` or ``stroke`` is not drawn."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = "ink"
    width: float = 1.5
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is the baseline. ``anchor``: start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 9.0
    anchor: str = "middle"
    bold: bool = False
    colour: str = "ink"
    owner: str = ""


Shape = Line | Polygon | Circle | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes within ``width`` by ``height``, with words for those who cannot see them."""

    shapes: tuple[Shape, ...]
    width: float
    height: float
    title: str
    description: str


def moved(shape: Shape, x: float, y: float) -> Shape:
    """The shape, shifted."""
    if isinstance(shape, Line):
        return replace(shape, x1=shape.x1 + x, y1=shape.y1 + y, x2=shape.x2 + x, y2=shape.y2 + y)
    if isinstance(shape, Polygon):
        return replace(shape, points=tuple((px + x, py + y) for px, py in shape.points))
    if isinstance(shape, Circle | Text):
        return replace(shape, x=shape.x + x, y=shape.y + y)
    raise TypeError(type(shape))


def flipped(drawing: Drawing) -> Drawing:
    """The drawing as in a mirror, with its texts readable."""
    return replace(drawing, shapes=tuple(_flipped(shape, drawing.width) for shape in drawing.shapes))


def _flipped(shape: Shape, wide: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, x1=wide - shape.x1, x2=wide - shape.x2)
    if isinstance(shape, Polygon):
        return replace(shape, points=tuple((wide - x, y) for x, y in shape.points))
    if isinstance(shape, Circle):
        return replace(shape, x=wide - shape.x)
    other = {"start": "end", "end": "start"}.get(shape.anchor, shape.anchor)
    return replace(shape, x=wide - shape.x, anchor=other)
