"""A drawing as SVG 1.1, with title and description for screen readers."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.fonts import readable
from genoai_desktop.report.pedigree.shapes import PRINT, Circle, Drawing, Line, Polygon, Shape


def svg(drawing: Drawing) -> bytes:
    """The document, identical for identical drawings."""
    width, height = f"{drawing.width:.0f}", f"{drawing.height:.0f}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}" font-family="DejaVu Sans, Verdana, sans-serif" '
        'stroke-linecap="round" stroke-linejoin="round">',
        f'<title id="t">{escape(readable(drawing.title))}</title>',
        f'<desc id="d">{escape(readable(drawing.description))}</desc>',
        f'<rect width="{width}" height="{height}" fill="{PRINT["paper"]}"/>',
        *(_element(shape) for shape in drawing.shapes),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def write_svg(drawing: Drawing, path: Path) -> None:
    """Write ``svg``, whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    write_atomic(path, svg(drawing))


def _element(shape: Shape) -> str:
    if isinstance(shape, Line):
        dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in shape.dash)}"' if shape.dash else ""
        return (
            f'<line x1="{shape.x1:.1f}" y1="{shape.y1:.1f}" x2="{shape.x2:.1f}" y2="{shape.y2:.1f}" '
            f'stroke="{PRINT[shape.colour]}" stroke-width="{shape.width:g}"{dash}/>'
        )
    if isinstance(shape, Polygon):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return f'<polygon points="{points}" {_paint(shape.fill, shape.stroke, shape.width)}/>'
    if isinstance(shape, Circle):
        return (
            f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:g}" '
            f"{_paint(shape.fill, shape.stroke, shape.width)}/>"
        )
    weight = ' font-weight="bold"' if shape.bold else ""
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" '
        f"text-anchor={quoteattr(shape.anchor)}{weight} "
        f'fill="{PRINT[shape.colour]}">{escape(readable(shape.text))}</text>'
    )


def _paint(fill: str, stroke: str, width: float) -> str:
    inside = PRINT[fill] if fill else "none"
    edge = f'stroke="{PRINT[stroke]}" stroke-width="{width:g}"' if stroke else 'stroke="none"'
    return f'fill="{inside}" {edge}'
