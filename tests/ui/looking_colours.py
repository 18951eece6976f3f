"""Looking at what is really painted: the contrast of words with their ground."""

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QRadioButton, QWidget

RATIO = 3
"""Drawn so many times larger: strokes of letters are then wide enough to show their full colour."""
LARGE = 24
"""Device-independent pixels from which text is large (WCAG 2.2: 18 pt)."""
_LEAST = (8, 4)
"""Device-independent pixels, height and width, of a patch in which a stroke can be measured."""


def painted(window: QWidget) -> np.ndarray:
    """The window as an array of rows, columns and red, green, blue."""
    image = QImage(window.size() * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    window.render(image)
    raw = np.frombuffer(image.constBits(), np.uint8)
    return raw.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), 2::-1].copy()


def luminance(colours: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG 2.2) of colours in the last axis."""
    parts = colours / 255.0
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def reached(pixels: np.ndarray) -> float:
    """The highest contrast of any colour in the patch with its commonest one."""
    packed = pixels.reshape(-1, 3).astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    light = luminance(np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(float))
    ground = light[counts.argmax()]
    ratios = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
    return float(ratios.max())


def shown_texts(window: QWidget) -> list[tuple[QWidget, str]]:
    """Visible, enabled labels, buttons and fields with text."""
    found: list[tuple[QWidget, str]] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            text = widget.text()
        elif isinstance(widget, QLineEdit):
            text = widget.text() or widget.placeholderText()
        else:
            continue
        if text.strip() and not (isinstance(widget, QLabel) and not widget.pixmap().isNull()):
            found.append((widget, text))
    return found


def patch(window: QWidget, widget: QWidget, image: np.ndarray) -> np.ndarray:
    """The part of the picture that shows the inside of a widget."""
    part: QRect = widget.visibleRegion().boundingRect().translated(widget.mapTo(window, QPoint(0, 0)))
    bordered = isinstance(widget, QAbstractButton | QLineEdit)
    edge = 3 if bordered and not isinstance(widget, QCheckBox | QRadioButton) else 0
    part = part.adjusted(edge, edge, -edge, -edge)
    left, top, right, bottom = (
        n * RATIO for n in (part.left(), part.top(), part.right() + 1, part.bottom() + 1)
    )
    return image[max(0, top) : bottom, max(0, left) : right]


def pale(window: QWidget) -> list[str]:
    """Texts below AA; what is scrolled half out of view has not all of its strokes there to be measured."""
    image, found = painted(window), []
    for widget, text in shown_texts(window):
        pixels = patch(window, widget, image)
        if pixels.shape[0] < _LEAST[0] * RATIO or pixels.shape[1] < _LEAST[1] * RATIO:
            continue
        if widget.visibleRegion().boundingRect().size() != widget.size():
            continue
        ratio = reached(pixels)
        if ratio < (3.0 if widget.font().pixelSize() >= LARGE else 4.5):
            found.append(f"{text[:40]!r}: {ratio:.2f}")
    return found
