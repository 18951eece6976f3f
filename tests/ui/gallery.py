# ruff: noqa: E402 - the folders of the tests and the guard of Qt come before everything else
"""Pictures of every state, to be looked at: ``python tests/ui/gallery.py --out FOLDER [--looks all] …``.

One PNG per state and look, taken offscreen; ``--only medicines`` takes those whose name holds these letters.
``--check`` says as well what is cut off, pale, nameless or beyond the keyboard, and fails where anything is.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["GENOAI_DATA"] = os.path.join(tempfile.gettempdir(), f"genoai-pictures-{os.getpid()}")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]
sys.path += [
    str(Path(__file__).resolve().parents[1] / beside) for beside in ("casebook", "report", "support")
]

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from PySide6.QtCore import QSize, qInstallMessageHandler  # isort: skip
from PySide6.QtGui import QImage  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from all_states import STATES
from looking_over import unsaid, wrong_with
from page_looks import ALL, USUAL, Look, covering, wear
from quick_keys import quicken
from stage import Stage, State

from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import TEXT_SCALES, Scheme


def main() -> int:
    """Write the pictures; 1 when a state did not come, or has something wrong with it."""
    chosen = _asked()
    if chosen.out is not None:
        chosen.out.mkdir(parents=True, exist_ok=True)
    quicken()
    qInstallMessageHandler(_say)
    application = QApplication(sys.argv[:1])
    prepare(application)
    theme, wrong = Theme(), 0
    for state, look in _chosen(chosen):
        for what in _shown(state, look, theme, chosen):
            wrong += 1
            sys.stdout.write(f"{state.name} {look.name}: {what}\n")
    return int(wrong > 0)


def _say(_kind: object, _context: object, words: str) -> None:
    """The offscreen platform says of every dialog that it has no window manager; nothing else is let by."""
    if "propagateSizeHints" not in words:
        sys.stdout.write(f"Qt: {words}\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, help="folder for the PNG files")
    parser.add_argument("--check", action="store_true", help="say what is wrong with each state")
    parser.add_argument(
        "--looks", choices=("one", "usual", "covering", "all"), default="one", help="which of the 16 looks"
    )
    parser.add_argument("--text", type=int, choices=TEXT_SCALES, default=100, help="its text size, per cent")
    parser.add_argument("--language", default="en", help="its language")
    parser.add_argument("--dark", action="store_true", help="it in the dark theme")
    parser.add_argument("--small", action="store_true", help="it at 1024 by 700")
    parser.add_argument("--only", nargs="*", default=[""], help="names of states, or parts of them")
    return parser.parse_args()


def _chosen(chosen: argparse.Namespace) -> Iterator[tuple[State, Look]]:
    size = (1024, 700) if chosen.small else (1280, 800)
    one = Look(Scheme.DARK if chosen.dark else Scheme.LIGHT, chosen.text, chosen.language, size)
    sets = {"one": (one,), "usual": USUAL, "all": ALL}
    wanted = [state for state in STATES if any(part in state.name for part in chosen.only)]
    looks = {state.name: sets.get(chosen.looks) or covering(state.name) for state in wanted}
    for look in dict.fromkeys(look for these in looks.values() for look in these):
        yield from ((state, look) for state in wanted if look in looks[state.name])


def _shown(state: State, look: Look, theme: Theme, chosen: argparse.Namespace) -> list[str]:
    """Picture and check one state; what is wrong with it."""
    with wear(theme, look), tempfile.TemporaryDirectory() as folder:
        stage = Stage(theme, Path(folder), look.size)
        try:
            root = state.show(stage)
            if chosen.out is not None:
                root.setFocus()
                QApplication.processEvents()
                picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
                picture.save(str(chosen.out / f"{state.name}-{look.name}.png"))
            if not chosen.check:
                return []
            walked = not stage.services.waiting
            missing = unsaid(state, root) if look.language == "en" else []
            measured = chosen.looks != "all" or look in covering(state.name)[:2]  # each theme once
            return missing + wrong_with(root, QSize(*look.size), walked=walked, measured=measured)
        except Exception as error:
            return [f"{type(error).__name__} {error}"]
        finally:
            stage.close()


if __name__ == "__main__":
    raise SystemExit(main())
