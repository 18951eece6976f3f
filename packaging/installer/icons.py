#!/usr/bin/env python3
"""Draw ``resources/icons/genoai-desktop.svg`` as PNG, and as ICO and ICNS for the other systems."""

import io
from pathlib import Path

import genoai_desktop.ui  # noqa: F401 - before PySide6: guards a fault of PySide6 under Python 3.11

# isort: split
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"


def drawn(size: int) -> bytes:
    """The icon as a PNG of ``size`` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray((ICONS / "genoai-desktop.svg").read_bytes())).render(
        painter, QRectF(0, 0, size, size)
    )
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


if __name__ == "__main__":
    (ICONS / "genoai-desktop.png").write_bytes(drawn(256))
    large = Image.open(io.BytesIO(drawn(1024)))
    large.save(ICONS / "genoai-desktop.ico", sizes=[(s, s) for s in (16, 24, 32, 48, 64, 128, 256)])
    large.save(ICONS / "genoai-desktop.icns")
