"""Take the README's pictures from the running program, offscreen, so that they are never out of date.

``python packaging/screenshots.py --out FOLDER`` opens the bundled demo case and writes one PNG per
page in the light theme (``overview.png``), and some in the dark one (``overview-dark.png``); with
``--dark`` all of them.
The README and the guide inside the program show those in ``resources/screenshots``, the guide in another
language those in the folder of its code below (``--language de --guide --out resources/screenshots/de``).
They are PNGs of 256 colours: a third of the size of full colour, the same as lossless WebP, and every Qt
reads them.
``--text 200`` sets the text size in per cent, ``--language de`` the language, for looking at.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from PySide6.QtGui import QImage  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from PIL import Image

from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

DARK = ("overview", "candidates", "locus")
PATIENCE_SECONDS = 180.0


def main() -> int:
    """Write every picture; 1 when the demo case could not be opened."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, required=True, help="folder for the PNG files")
    parser.add_argument("--text", type=int, default=100, help="text size in per cent")
    parser.add_argument("--language", default="en", help="language of the window")
    parser.add_argument("--pages", nargs="*", default=None, help="these pages alone")
    parser.add_argument("--guide", action="store_true", help="the pages alone that the guide shows")
    parser.add_argument("--dark", action="store_true", help="every page in the dark theme too")
    chosen = parser.parse_args()
    out: Path = chosen.out
    use_language(chosen.language, resources() / "translations")
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    prepare(application)
    theme = Theme(Scheme.LIGHT, chosen.text)
    theme.use(Scheme.LIGHT)
    window = MainWindow(Services(), theme)
    window.show()
    window.open_demo()
    _wait(application, lambda: window.desk.current is not None or window.problem.isVisible())
    if window.desk.current is None:
        print(window.problem.text.text(), file=sys.stderr)
        window.close()
        return 1
    for scheme in Scheme:
        theme.use(scheme)
        wanted = window.pages if scheme is Scheme.LIGHT or chosen.dark else DARK
        for page in chosen.pages or [one for one in wanted if not chosen.guide or one in _in_the_guide()]:
            dark = "-dark" if scheme is Scheme.DARK else ""
            _picture(application, window, page, out / f"{page}{dark}.png")
    window.close()
    return 0


def _picture(application: QApplication, window: MainWindow, page: str, path: Path) -> None:
    window.show_page(page)
    _wait(application, lambda: not window.page.runner.busy)
    _wait(application, lambda: window.page.built and window.desk.theme.settled)
    _wait(application, _after(0.5))
    window.setFocus()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, pixels = (image.width(), image.height()), bytes(image.constBits())
    full = Image.frombuffer("RGB", size, pixels, "raw", "RGB", image.bytesPerLine(), 1)
    few = full.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, "PNG", optimize=True)
    print(path.name)


def _in_the_guide() -> set[str]:
    """Pages that a topic of the guide has a picture of."""
    texts = (path.read_text(encoding="utf-8") for path in (resources() / "help").glob("*.md"))
    return {name for text in texts for name in re.findall(r"!\[[^\]]+\]\(([\w-]+)\.png\)", text)}


def _after(seconds: float) -> Callable[[], bool]:
    """True once ``seconds`` have passed: timers of the page have fired by then."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def _wait(application: QApplication, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not ready() and time.monotonic() < end:
        application.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    raise SystemExit(main())
