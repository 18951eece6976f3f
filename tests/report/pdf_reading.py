"""Read PDFs back in tests."""

import io

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from genoai_desktop.report.drawings.canvas import Drawn
from genoai_desktop.report.pedigree.shapes import Drawing


def rendered(drawing: Drawing) -> Image.Image:
    """The drawing alone on a page, 1.5 pixels a point, in colour."""
    buffer = io.BytesIO()
    made = Drawn(drawing)
    canvas = Canvas(buffer, pagesize=(made.width, made.height), invariant=1)
    made.drawOn(canvas, 0, 0)
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    image = document[0].render(scale=1.5).to_pil().convert("RGB")
    document.close()
    return image


def pages_of(data: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(data)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return texts


def words_of(data: bytes) -> str:
    """All text with line breaks folded."""
    return " ".join(" ".join(pages_of(data)).split())
