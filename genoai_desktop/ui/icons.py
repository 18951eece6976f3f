"""Icons: strokes on a 24 by 24 grid, drawn in whatever colour the theme asks for."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

PATHS = {
    "cases": "M4 6h6l2 2h8v11H4z M4 11h16",
    "overview": "M4 4h7v7H4z M13 4h7v4h-7z M13 11h7v9h-7z M4 14h7v6H4z",
    "phenotype": "M12 3a4 4 0 1 1 0 8a4 4 0 0 1 0-8z M5 21c0-4 3-7 7-7s7 3 7 7",
    "pedigree": "M4 3h6v6H4z M17 3a3 3 0 1 1 0 6a3 3 0 0 1 0-6z M10 6h4 M12 6v6 M6 15v-3h12v3 "
    "M3 15h6v6H3z M18 15a3 3 0 1 1 0 6a3 3 0 0 1 0-6z",
    "quality": "M4 20V11 M10 20V5 M16 20v-8 M22 20H2",
    "variants": "M4 5h16 M4 10h16 M4 15h16 M4 20h16 M9 5v15",
    "candidates": "M5 6h14 M5 12h9 M5 18h5 M20 15l-3 3l-2-2",
    "medicines": "M10.5 20.5a5 5 0 0 1-7-7l10-10a5 5 0 0 1 7 7z M8.5 8.5l7 7",
    "risks": "M3 17l5-6l4 3l4-7l5 4 M3 21h18",
    "similar": "M7 4a3 3 0 1 1 0 6a3 3 0 0 1 0-6z M17 14a3 3 0 1 1 0 6a3 3 0 0 1 0-6z "
    "M17 4a2 2 0 1 1 0 4a2 2 0 0 1 0-4z M6 16a2 2 0 1 1 0 4a2 2 0 0 1 0-4z M9.2 9.2l5.6 5.6",
    "ledger": "M5 3h14v18H5z M9 3v18 M12 8h4 M12 12h4 M12 16h4",
    "locus": "M2 12h4 M6 8h5v8H6z M11 12h3 M14 9h4v6h-4z M18 12h4 M8 8V4 M16 9V5",
    "report": "M6 3h8l4 4v14H6z M14 3v4h4 M9 12h6 M9 16h6",
    "open": "M12 4v11 M7 9l5-5l5 5 M4 17v3h16v-3",
    "search": "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z M15.5 15.5L21 21",
    "close": "M6 6l12 12 M18 6L6 18",
    "theme": "M12 3a9 9 0 1 0 9 9a7 7 0 0 1-9-9z",
    "info": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18z M12 11v6 M12 7v1",
    "warning": "M12 4l9 16H3z M12 10v5 M12 17v1",
    "error": "M8 3h8l5 5v8l-5 5H8l-5-5V8z M12 8v5 M12 16v1",
    "success": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18z M8 12l3 3l5-6",
    "care": "M12 2l10 10l-10 10L2 12z M12 7.5v5 M12 15.5v1",
    "question": "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18z "
    "M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2q-1.1 .6-1.1 2 M12 16.5v.6",
    "avoid": "M8 3h8l5 5v8l-5 5H8l-5-5V8z M9 9l6 6 M15 9l-6 6",
    "save": "M5 4h11l3 3v13H5z M8 4v5h7V4 M8 20v-6h8v6",
    "print": "M7 9V3h10v6 M7 17H4V9h16v8h-3 M7 14h10v7H7z",
    "copy": "M8 8h12v12H8z M16 8V4H4v12h4",
    "plus": "M12 5v14 M5 12h14",
    "minus": "M5 12h14",
    "left": "M15 5l-7 7l7 7",
    "right": "M9 5l7 7l-7 7",
    "down": "M5 9l7 7l7-7",
    "check": "M4 12l6 6L20 6",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
    "lock": "M6 11h12v9H6z M8 11V8a4 4 0 0 1 8 0v3",
    "shield": "M12 3l8 3v6c0 5-4 8-8 9c-4-1-8-4-8-9V6z",
    "undo": "M9 7L4 12l5 5 M4 12h10a6 6 0 0 1 0 9",
    "settings": "M4 6h9 M17 6h3 M15 4v4 M4 12h3 M11 12h9 M9 10v4 M4 18h9 M17 18h3 M15 16v4",
    "play": "M7 5l12 7l-12 7z",
}


def svg(name: str, colour: str, width: float = 1.8) -> bytes:
    """The icon as an SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{PATHS[name]}"/></svg>'
    ).encode()


@cache
def pixmap(name: str, colour: str, size: int = 20, ratio: float = 2.0) -> QPixmap:
    """The icon at ``size`` device-independent pixels, sharp up to ``ratio`` times that."""
    image = QPixmap(int(size * ratio), int(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


@cache
def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The icon for buttons and menus."""
    return QIcon(pixmap(name, colour, size))
