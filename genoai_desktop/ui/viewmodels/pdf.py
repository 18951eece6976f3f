"""PDF pages as pixels, by pypdfium2. No Qt."""

import zlib
from dataclasses import dataclass

import pypdfium2 as pdfium

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr

_QUICK = 1
"""Level of compression: a page in 10 ms, to less than a twentieth."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page and its text for screen readers.

    ``packed``: its pixels packed by zlib. A page is nearly all white, and a report has many: drawn out, those
    of one preview took 40 MB.
    """

    width: int
    height: int
    packed: bytes
    text: str

    @property
    def pixels(self) -> bytes:
        """32-bit BGRX, row by row; unpacked at every call."""
        return zlib.decompress(self.packed)


def render(data: bytes, width: int, context: Context) -> list[PageImage]:
    """Render every page ``width`` pixels wide."""
    document = pdfium.PdfDocument(data)
    try:
        pages = context.track(range(len(document)), tr("Drawing pages"), len(document))
        return [_page(document, index, width) for index in pages]
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int, width: int) -> PageImage:
    page = document[index]
    bitmap = page.render(
        scale=width / page.get_width(), prefer_bgrx=True, force_bitmap_format=pdfium.raw.FPDFBitmap_BGRx
    )
    reader = page.get_textpage()
    text = str(reader.get_text_bounded())
    stride, wanted = bitmap.stride, bitmap.width * 4
    raw = bytes(bitmap.buffer)
    if stride != wanted:
        raw = b"".join(raw[y * stride : y * stride + wanted] for y in range(bitmap.height))
    made = PageImage(bitmap.width, bitmap.height, zlib.compress(raw, _QUICK), text)
    for part in (reader, bitmap, page):
        part.close()
    return made
