"""Contrast of what is really on the screen: text against its ground, in both themes, page by page."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

RATIO = 3
"""Drawn so many times larger: strokes of letters are then wide enough to show their full colour."""
LARGE = 24
"""Device-independent pixels from which text is large (WCAG 2.2: 18 pt)."""


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


def shown_texts(window: MainWindow) -> list[tuple[QWidget, str]]:
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


def patch(window: MainWindow, widget: QWidget, image: np.ndarray) -> np.ndarray:
    """The part of the picture that shows the inside of a widget."""
    part: QRect = widget.visibleRegion().boundingRect().translated(widget.mapTo(window, QPoint(0, 0)))
    edge = 3 if isinstance(widget, QAbstractButton | QLineEdit) and not isinstance(widget, QCheckBox) else 0
    part = part.adjusted(edge, edge, -edge, -edge)
    left, top, right, bottom = (
        n * RATIO for n in (part.left(), part.top(), part.right() + 1, part.bottom() + 1)
    )
    return image[max(0, top) : bottom, max(0, left) : right]


@pytest.mark.parametrize("scheme", list(Scheme), ids=str)
def test_every_text_on_every_page_reaches_aa(opened: MainWindow, qtbot: QtBot, scheme: Scheme) -> None:
    opened.desk.theme.use(scheme)
    poor = []
    for name in opened.pages:
        opened.show_page(name)
        qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
        qtbot.waitUntil(lambda: opened.page.built and opened.desk.theme.settled)
        opened.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.wait(1)  # what was laid out anew is drawn where it now is
        image = painted(opened)
        for widget, text in shown_texts(opened):
            pixels = patch(opened, widget, image)
            if pixels.shape[0] < 8 * RATIO or pixels.shape[1] < 4 * RATIO:
                continue
            needed = 3.0 if widget.font().pixelSize() >= LARGE else 4.5
            ratio = reached(pixels)
            if ratio < needed:
                poor.append((name, text[:40], round(ratio, 2)))
    opened.desk.theme.use(Scheme.LIGHT)
    assert poor == []
