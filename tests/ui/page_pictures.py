# ruff: noqa: E402 - the folders of the tests and the guard of Qt come before everything else
"""Pictures of every page in every state, for looking at: ``python tests/ui/page_pictures.py --out FOLDER``.

``--looks all`` takes each in both themes, at 100 and 200 % text, in English and German, and in two sizes
of the window; without it one picture of each. ``--only candidates`` takes the states whose name begins so.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["GENOAI_DATA"] = os.path.join(tempfile.gettempdir(), f"genoai-pictures-{os.getpid()}")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]
sys.path += [
    str(Path(__file__).resolve().parents[1] / beside) for beside in ("casebook", "report", "support")
]

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from PySide6.QtCore import QEvent  # isort: skip
from PySide6.QtGui import QImage  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from page_looks import ALL, USUAL, Look, wear
from page_states import PageState, bring_about, put_away, states

from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.theme.manager import Theme


def main() -> int:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the PNG files")
    parser.add_argument("--looks", choices=("usual", "all"), default="usual")
    parser.add_argument("--look", default="", help="one look, such as dark-200-de-1024x700")
    parser.add_argument("--only", default="", help="states whose name begins so")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    prepare(application)
    theme = Theme()
    looks = [look for look in ALL if look.name == chosen.look] or (
        ALL if chosen.looks == "all" else USUAL[:1]
    )
    for look in looks:
        with wear(theme, look):
            for state in states():
                if state.name.startswith(chosen.only):
                    _picture(state, look, theme, chosen.out / f"{state.name}-{look.name}.png")
    return 0


def _picture(state: PageState, look: Look, theme: Theme, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        window = bring_about(state, theme, Path(folder), look.size)
        window.setFocus()
        QApplication.processEvents()
        window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888).save(str(path), "PNG", 0)
        put_away(window)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    raise SystemExit(main())
