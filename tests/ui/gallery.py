"""Pictures of every state, to be looked at: ``python tests/ui/gallery.py --out FOLDER [--language de] …``.

One PNG per state, taken offscreen; ``--only medicines`` takes those whose name holds these letters.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from PySide6.QtCore import QSize  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from stage import Stage
from states_dialogs import DIALOGS
from states_pages import PAGES

from genoai_desktop.cases import keys
from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.theme import manager
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme


def main() -> int:
    """Write the pictures; 1 when a state did not come."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the PNG files")
    parser.add_argument("--text", type=int, default=100, help="text size in per cent")
    parser.add_argument("--language", default="en", help="language of the window")
    parser.add_argument("--dark", action="store_true", help="dark theme")
    parser.add_argument("--small", action="store_true", help="1024 by 700")
    parser.add_argument("--only", nargs="*", default=[""], help="names of states, or parts of them")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    keys.Wrapped.__init__.__defaults__ = (1, 64, 4)  # type: ignore[attr-defined] # unlocks in no time
    application = QApplication(sys.argv[:1])
    prepare(application)
    use_language(chosen.language, resources() / "translations")
    theme = Theme(Scheme.DARK if chosen.dark else Scheme.LIGHT, chosen.text)
    theme.use(theme.scheme)
    if chosen.small:
        manager.room_on_screen = lambda _window: QSize(1024, 700)
    missed = 0
    for state in (*PAGES, *DIALOGS):
        if not any(part in state.name for part in chosen.only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(theme, Path(folder))
            if chosen.small:
                stage.window.resize(1024, 700)
            try:
                widget = state.show(stage)
                stage.settle(widget)
                widget.grab().save(str(chosen.out / f"{state.name}.png"))
            except Exception as error:
                missed += 1
                sys.stderr.write(f"{state.name}: {type(error).__name__} {error}\n")
            stage.close()
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
