"""Pages look as they did: golden pictures of the states that people see most, without rail and menus.

After a wanted change run this file as a script, and look at the new pictures.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from all_states import BY_NAME
from page_looks import USUAL, Look, wear
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from quick_keys import quicken
from stage import Stage

from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.theme.manager import Theme

GOLDEN = Path(__file__).parent / "golden_pages"
PLAIN, LARGE = USUAL
KEPT: list[tuple[str, Look]] = [
    *(
        (name, PLAIN)
        for name in (
            "cases.empty",
            "overview.no_phenotype",
            "phenotype.full",
            "quality.full",
            "variants.full",
            "variants.none_left",
            "candidates.full",
            "candidates.declined",
            "similar.error",
            "ledger.full",
        )
    ),
    *((name, LARGE) for name in ("variants.full", "candidates.full", "ledger.full")),
]
DIFFERENT = 64
"""Of 255, in one colour: what the renderers of two computers differ by is less."""
MOST = 0.005
"""Share of pixels that may differ."""


def pictured(name: str, look: Look, theme: Theme, folder: Path) -> Image.Image:
    """The page in view, alone."""
    stage = Stage(theme, folder, look.size)
    window = stage.window
    BY_NAME[name].show(stage)
    window.setFocus()
    QApplication.processEvents()
    image = window.page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    made = Image.fromarray(raw[:, : image.width(), 2::-1].copy())
    stage.close()
    return made


@pytest.mark.usefixtures("quick_keys")
@pytest.mark.parametrize(("name", "look"), KEPT, ids=lambda part: getattr(part, "name", part))
def test_a_page_looks_as_it_did(name: str, look: Look, theme: Theme, tmp_path: Path) -> None:
    with Image.open(GOLDEN / f"{name}-{look.name}.png") as kept:
        then = np.asarray(kept.convert("RGB"), dtype=np.int16)
    with wear(theme, look):
        now = np.asarray(pictured(name, look, theme, tmp_path), dtype=np.int16)
    assert then.shape == now.shape
    share = (np.abs(then - now).max(axis=2) > DIFFERENT).mean()
    assert share < MOST, f"{name} looks different in {share:.1%} of its pixels"


def _renew() -> None:
    quicken()
    application = QApplication(sys.argv[:1])
    prepare(application)
    theme = Theme()
    GOLDEN.mkdir(exist_ok=True)
    for name, look in KEPT:
        with wear(theme, look), tempfile.TemporaryDirectory() as folder:
            made = pictured(name, look, theme, Path(folder))
            made.quantize(32).save(GOLDEN / f"{name}-{look.name}.png", optimize=True)


if __name__ == "__main__":
    _renew()
