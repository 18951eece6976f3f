"""A drawing as one page of PDF (fonts embedded), and as PNG made from that page."""

import io
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A3, A4, landscape, portrait
from reportlab.pdfgen.canvas import Canvas

from genoai_desktop.domain.text import language_in_use
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.drawings.canvas import draw_shape
from genoai_desktop.report.fonts import REGULAR, readable, register
from genoai_desktop.report.pdfium import ONE_AT_A_TIME
from genoai_desktop.report.pedigree.shapes import Drawing
from genoai_desktop.report.tagging.finish import Meta, finished
from genoai_desktop.report.tagging.nodes import Node

EDGE = 24.0
"""Margin in points."""
SMALLEST = 0.62
"""The least scale on a standard page; a wider family gets a page of its own size."""
MOST_PIXELS = 12_000


def pdf(drawing: Drawing) -> bytes:
    """One page, tagged as a figure with the family in words, in the language of this thread.

    A4 or A3 where the drawing reads at that size, else a page as large as it needs.
    """
    register()
    width, height, scale = _page(drawing)
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer, pagesize=(width, height), invariant=1, lang=language_in_use(), initialFontName=REGULAR
    )
    canvas.setTitle(readable(drawing.title))
    canvas.setSubject(readable(drawing.description)[:2000])
    canvas.setAuthor("GenoAI Desktop")
    canvas._code.append("/Figure <</MCID 0>> BDC")
    canvas.saveState()
    canvas.translate((width - drawing.width * scale) / 2, height - EDGE)
    canvas.scale(scale, -scale)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in drawing.shapes:
        draw_shape(canvas, shape)
    canvas.restoreState()
    canvas._code.append("EMC")
    canvas.showPage()
    canvas.save()
    box = (EDGE / 2, EDGE / 2, width - EDGE / 2, height - EDGE / 2)
    words = readable(f"{drawing.title}. {drawing.description}")
    tree = Node("Document", [Node("Figure", alt=words, box=box, marks=[(0, 0)])])
    return finished(buffer.getvalue(), tree, Meta(readable(drawing.title), language_in_use()))


def png(drawing: Drawing, dots_per_inch: float = 200.0) -> bytes:
    """The page as an image, at most 12,000 pixels a side."""
    made = pdf(drawing)
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(made)
        try:
            page = document[0]
            scale = min(dots_per_inch / 72, MOST_PIXELS / max(page.get_size()))
            image = page.render(scale=scale).to_pil().copy()
        finally:
            document.close()
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def write_pdf(drawing: Drawing, path: Path) -> None:
    """Write ``pdf``, whole or not at all. OSError when the file cannot be written."""
    write_atomic(path, pdf(drawing))


def write_png(drawing: Drawing, path: Path) -> None:
    """Write ``png``, whole or not at all. OSError when the file cannot be written."""
    write_atomic(path, png(drawing))


def _page(drawing: Drawing) -> tuple[float, float, float]:
    best = (0.0, 0.0, 0.0)
    for size in (landscape(A4), portrait(A4), landscape(A3), portrait(A3)):
        scale = min((size[0] - 2 * EDGE) / drawing.width, (size[1] - 2 * EDGE) / drawing.height, 1.0)
        if scale >= SMALLEST and (scale > best[2] * 1.25 or not best[2]):
            best = (size[0], size[1], scale)
    if best[2]:
        return best
    return drawing.width * SMALLEST + 2 * EDGE, drawing.height * SMALLEST + 2 * EDGE, SMALLEST
