"""The clinic's letterhead on the first page, and the check of its logo."""

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, TableStyle

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Letterhead
from genoai_desktop.domain.text import tr
from genoai_desktop.report.fonts import REGULAR
from genoai_desktop.report.style import WIDTH, gap, rule, text
from genoai_desktop.report.tagging.flowables import Layout
from genoai_desktop.report.tagging.marks import figure
from genoai_desktop.report.tagging.nodes import Node

LARGEST_LOGO = 2_000_000
"""Bytes of a logo's file."""
_LEAST_PIXELS, _MOST_PIXELS = 40, 6000
_KEPT = (900, 300)
_WIDE, _HIGH = 52 * mm, 17 * mm
LONGEST_FOOTER = 150
"""Letters of the clinic's line at the foot: what one line of every page holds."""


class _Logo(Flowable):  # type: ignore[misc]
    """The logo with its alternative text."""

    def __init__(self, data: bytes, alt: str) -> None:
        super().__init__()
        with Image.open(BytesIO(data)) as image:
            wide, high = image.size
        scale = min(_WIDE / wide, _HIGH / high)
        self.width, self.height = wide * scale, high * scale
        self.hAlign = "RIGHT"
        self._data, self._node = data, Node("Figure", alt=alt)

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Width and height in points."""
        return self.width, self.height

    def nodes(self) -> list[Node]:
        """The figure."""
        return [self._node]

    def mirror(self) -> None:
        """To the left, where lines begin at the right."""
        self.hAlign = "LEFT"

    def draw(self) -> None:
        """Called by the library."""
        canvas: Any = self.canv
        with figure(canvas, self._node, self.width, self.height):
            canvas.drawImage(ImageReader(BytesIO(self._data)), 0, 0, self.width, self.height)


def letterhead(head: Letterhead) -> list[Flowable]:
    """Name, address and telephone to the left, the logo to the right, a line below; nothing when empty."""
    if head.empty:
        return []
    lines: list[Flowable] = [text(head.name, "h2")] if head.name else []
    address = ", ".join(line.strip(" ,") for line in head.address.splitlines() if line.strip())
    lines += [text(line, "quiet") for line in (address, head.phone) if line]
    logo = _Logo(head.logo, tr("Logo of {name}", name=head.name or tr("the clinic"))) if head.logo else ""
    made = Layout([[lines or "", logo]], colWidths=[WIDTH * 0.68, WIDTH * 0.32])
    made.setStyle(
        TableStyle(
            [
                ("ALIGN", (1, 0), (1, 0), "RIGHT"),
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                *((side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING")),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return [made, rule(), gap(1)]


def checked_logo(data: bytes) -> bytes:
    """A logo as it is kept: a PNG without transparency, at most 900 x 300 pixels.

    Raises:
        UserError: too large a file, no PNG, or too small or too large a picture.
    """
    if len(data) > LARGEST_LOGO:
        raise _refused(tr("The logo's file is larger than {mb} MB.", mb=LARGEST_LOGO // 1_000_000))
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as image:
            if not all(_LEAST_PIXELS <= edge <= _MOST_PIXELS for edge in image.size):
                raise _refused(
                    tr(
                        "The logo is {wide} x {high} pixels; its edges must have {least} to {most}.",
                        wide=image.width,
                        high=image.height,
                        least=_LEAST_PIXELS,
                        most=_MOST_PIXELS,
                    )
                )
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _refused(tr("The logo is not a PNG picture that can be read.")) from error
    ground = Image.new("RGBA", drawn.size, "white")
    ground.alpha_composite(drawn)
    ground.thumbnail(_KEPT)
    out = BytesIO()
    ground.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def _refused(what: str) -> UserError:
    remedy = tr("Choose a PNG or SVG picture of the logo, wider than high.")
    return UserError(what, remedy=remedy, code="letterhead.logo")
