"""Shapes on a reportlab canvas, and a drawing as a tagged flowable with its alternative text."""

from collections.abc import Mapping

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from genoai_desktop.report.drawings.marks import PRINT
from genoai_desktop.report.fonts import BOLD, REGULAR, as_it_begins, draw_text, register, text_width
from genoai_desktop.report.pedigree.shapes import Circle, Drawing, Line, Polygon, Shape
from genoai_desktop.report.tagging.marks import figure
from genoai_desktop.report.tagging.nodes import Node


class Drawn(Flowable):  # type: ignore[misc]
    """A drawing at ``scale`` points a unit; its description is the alternative text."""

    def __init__(self, drawing: Drawing, scale: float = 1.0, *, alt: str = "") -> None:
        super().__init__()
        self.drawing, self.scale = drawing, scale
        self.width, self.height = drawing.width * scale, drawing.height * scale
        self._node = Node("Figure", alt=alt or drawing.description)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size, whatever there is."""
        return self.width, self.height

    def nodes(self) -> list[Node]:
        """The figure."""
        return [self._node]

    def draw(self) -> None:
        """Called by the library."""
        register()
        canvas = self.canv
        with figure(canvas, self._node, self.width, self.height):
            canvas.saveState()
            canvas.translate(0, self.height)
            canvas.scale(self.scale, -self.scale)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            for shape in self.drawing.shapes:
                draw_shape(canvas, shape)
            canvas.restoreState()


def draw_shape(canvas: Canvas, shape: Shape, colours: Mapping[str, str] = PRINT) -> None:
    """One shape on a canvas whose y axis points down."""
    if isinstance(shape, Line):
        canvas.setDash(list(shape.dash) or [])
        canvas.setStrokeColor(HexColor(colours[shape.colour]))
        canvas.setLineWidth(shape.width)
        canvas.line(shape.x1, shape.y1, shape.x2, shape.y2)
        canvas.setDash([])
    elif isinstance(shape, Polygon):
        path = canvas.beginPath()
        path.moveTo(*shape.points[0])
        for point in shape.points[1:]:
            path.lineTo(*point)
        path.close()
        fill, stroke = _paint(canvas, shape, colours)
        canvas.drawPath(path, fill=fill, stroke=stroke)
    elif isinstance(shape, Circle):
        fill, stroke = _paint(canvas, shape, colours)
        canvas.circle(shape.x, shape.y, shape.radius, fill=fill, stroke=stroke)
    else:
        canvas.saveState()
        canvas.translate(shape.x, shape.y)
        canvas.scale(1, -1)
        canvas.setFillColor(HexColor(colours[shape.colour]))
        font, words = BOLD if shape.bold else REGULAR, as_it_begins(shape.text)
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
        x = -share * text_width(words, font, shape.size) if share else 0.0
        draw_text(canvas, x, 0, words, font, shape.size)
        canvas.restoreState()


def _paint(canvas: Canvas, shape: Polygon | Circle, colours: Mapping[str, str]) -> tuple[int, int]:
    if shape.fill:
        canvas.setFillColor(HexColor(colours[shape.fill]))
    if shape.stroke:
        canvas.setStrokeColor(HexColor(colours[shape.stroke]))
        canvas.setLineWidth(shape.width)
    return int(bool(shape.fill)), int(bool(shape.stroke))
