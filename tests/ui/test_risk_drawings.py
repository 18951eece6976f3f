"""The window draws what the page draws: golden images in both themes, names for a screen reader.

After a wanted change run this file as a script, and look at the new images.
"""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

from drawing_cases import DRAWINGS

from genoai_desktop.report.drawings.marks import PRINT
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme, contrast
from genoai_desktop.ui.widgets.risk_drawing import SCALE, DrawingView, drawing_colours

GOLDEN = Path(__file__).parent / "golden_drawings"


def painted(name: str, scheme: Scheme) -> Image.Image:
    """The widget alone, on the surface of its theme."""
    theme = Theme(scheme)
    view = DrawingView(theme, DRAWINGS[name]())
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.draw(painter, QRectF(view.rect()))
    painter.end()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return Image.fromarray(data[:, : image.width(), 2::-1].copy())


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("name", DRAWINGS)
def test_the_window_draws_as_it_did(qapp: QApplication, theme: Theme, name: str, scheme: Scheme) -> None:
    with Image.open(GOLDEN / f"{name}-{scheme}.png") as kept:
        then = np.asarray(kept.convert("RGB"), dtype=np.int16)
    now = np.asarray(painted(name, scheme), dtype=np.int16)
    assert then.shape == now.shape
    assert (np.abs(then - now).max(axis=2) > 64).mean() < 0.01, f"{name} looks different"


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_says_itself(theme: Theme, name: str) -> None:
    drawing = DRAWINGS[name]()
    view = DrawingView(theme, drawing)
    assert view.accessibleName() == drawing.title
    assert view.accessibleDescription() == drawing.description
    assert view.toolTip() == drawing.description
    assert view.width() == round(drawing.width * SCALE) + 1


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_colour_of_the_page_has_one_in_the_window(theme: Theme, scheme: Scheme) -> None:
    made = Theme(scheme)
    colours = drawing_colours(made)
    assert set(PRINT) <= set(colours)
    for name in ("accent", "series_a", "series_b", "series_c", "series_d", "series_e", "muted", "ink"):
        assert contrast(colours[name].name(), made.palette.surface) >= 3.0, name


def _renew() -> None:
    application = QApplication(sys.argv[:1])
    prepare(application)
    GOLDEN.mkdir(exist_ok=True)
    for scheme in Scheme:
        Theme(scheme).use(scheme)
        for name in DRAWINGS:
            painted(name, scheme).quantize(32).save(GOLDEN / f"{name}-{scheme}.png", optimize=True)


if __name__ == "__main__":
    _renew()
