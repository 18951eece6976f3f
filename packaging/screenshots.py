"""Take the README's pictures from the running program, offscreen, so that they are never out of date.

``python packaging/screenshots.py --out FOLDER`` opens the bundled demo case and writes one PNG per
page in the light theme, and the overview, candidates and locus pages in the dark one.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

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
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    prepare(application)
    theme = Theme(Scheme.LIGHT)
    theme.use(Scheme.LIGHT)
    window = MainWindow(Services(), theme)
    window.show()
    window.open_demo()
    _wait(application, lambda: window.desk.current is not None or window.problem.isVisible())
    if window.desk.current is None:
        print(window.problem.text.text(), file=sys.stderr)
        window.close()
        return 1
    for scheme, pages in ((Scheme.LIGHT, tuple(window.pages)), (Scheme.DARK, DARK)):
        theme.use(scheme)
        for page in pages:
            _picture(application, window, page, out / f"{page}-{scheme}.png")
    window.close()
    return 0


def _picture(application: QApplication, window: MainWindow, page: str, path: Path) -> None:
    window.show_page(page)
    _wait(application, lambda: not window.page.runner.busy)
    _wait(application, _after(0.5))
    window.setFocus()
    window.grab().save(str(path))
    print(path.name)


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
