"""PDF pages as pixels, by pypdfium2. No Qt."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pdfium import ONE_AT_A_TIME

_QUICK = 1
"""Level of compression: a page in 10 ms, to less than a twentieth."""
BAND = 32
"""Rows of pixels that are packed together: what is not in view need not be unpacked."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page and its text for screen readers.

    ``packed``: its pixels, each ``BAND`` rows packed by zlib. A page is nearly all white, and a report has
    many: drawn out, those of one preview took 40 MB.
    """

    width: int
    height: int
    packed: tuple[bytes, ...]
    text: str

    @property
    def pixels(self) -> bytes:
        """32-bit BGRX, row by row; unpacked at every call."""
        return b"".join(map(self.band, range(len(self.packed))))

    def band(self, number: int) -> bytes:
        """The pixels of ``BAND`` rows, fewer in the last; 32-bit BGRX."""
        return zlib.decompress(self.packed[number])


def render(data: bytes, width: int, context: Context) -> list[PageImage]:
    """Render every page ``width`` pixels wide."""
    with ONE_AT_A_TIME:
        document = pdfium.PdfDocument(data)
        count = len(document)
    try:
        return [_page(document, index, width) for index in context.track(range(count), tr("Drawing pages"))]
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _page(document: pdfium.PdfDocument, index: int, width: int) -> PageImage:
    with ONE_AT_A_TIME:
        size, raw, text = _drawn(document, index, width)
    return PageImage(*size, tuple(_packed(raw, 4 * size[0] * BAND)), text)


def _packed(raw: bytes, size: int) -> Iterator[bytes]:
    """Pieces of ``size`` bytes, packed."""
    for start in range(0, len(raw), size):
        yield zlib.compress(raw[start : start + size], _QUICK)


def _drawn(document: pdfium.PdfDocument, index: int, width: int) -> tuple[tuple[int, int], bytes, str]:
    """Width and height in pixels, the pixels, and the words of a page."""
    page = document[index]
    bitmap = page.render(
        scale=width / page.get_width(), prefer_bgrx=True, force_bitmap_format=pdfium.raw.FPDFBitmap_BGRx
    )
    reader = page.get_textpage()
    text = str(reader.get_text_bounded())
    size, stride, wanted = (bitmap.width, bitmap.height), bitmap.stride, bitmap.width * 4
    raw = bytes(bitmap.buffer)
    if stride != wanted:
        raw = b"".join(raw[y * stride : y * stride + wanted] for y in range(bitmap.height))
    for part in (reader, bitmap, page):
        part.close()
    return size, raw, text
