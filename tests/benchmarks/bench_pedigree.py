"""How long an edit of a large pedigree holds the window: ``python bench_pedigree.py [--people 150]``.

Opens the editor on families with in-laws, presses keys, shifts people by hand, undoes, and times what each
step costs this thread (the processor's time, so that other programs do not count). Prints the crossings at
once and after the search off this thread; exit status 1 when a step took more than 50 ms.

``--crossings --families 20``: how many families are drawn without a crossing, and for how many of the others
it is proven that every order of the people crosses (``report/pedigree/fewest.py``).
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from families import realistic, with_in_laws  # isort: skip
from PySide6.QtWidgets import QApplication

from genoai_desktop.domain.family import Family
from genoai_desktop.report.pedigree.layout import lay_out
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.pedigree.editor import PedigreeEditor
from genoai_desktop.ui.theme.manager import Theme

LIMIT = 0.05
SIZES = (20, 30, 50, 100, 150)
KEYS = ("child", "affected", "partner", "child", "undo", "undo", "sibling", "deceased", "twin", "undo")


def main() -> int:
    """Edit and time."""
    parser = argparse.ArgumentParser(description="Edits of a large pedigree, in milliseconds.")
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--families", type=int, default=5, help="how many of each kind and size")
    parser.add_argument("--crossings", action="store_true", help="count crossings only, by size of family")
    options = parser.parse_args()
    if options.crossings:
        return _crossings(options.families)
    application = QApplication(["bench"])
    prepare(application)
    theme = Theme()
    theme.use(theme.scheme)
    steps: list[float] = []
    for seed in range(options.families):
        steps += _edited(application, theme, with_in_laws(seed, options.people), seed)
    steps.sort()
    late = sum(step > LIMIT for step in steps)
    middle = steps[len(steps) // 2]
    print(f"{len(steps)} steps: median {middle * 1000:.0f} ms, longest {steps[-1] * 1000:.0f} ms")
    print(f"{late} steps over {LIMIT * 1000:.0f} ms")
    return 1 if late else 0


def _crossings(made: int) -> int:
    """So many families of each kind and size: crossings drawn, and how many every order has (proven)."""
    for kind in (realistic, with_in_laws):
        for people in SIZES:
            free = proven = needed = drawn = least = 0
            longest = 0.0
            for seed in range(made):
                before = time.thread_time()
                layout = lay_out(kind(seed, people))
                longest = max(longest, time.thread_time() - before)
                free += not layout.crossings
                proven += layout.crossings == layout.least
                needed += bool(layout.crossings and layout.least)
                drawn, least = drawn + layout.crossings, least + layout.least
            print(
                f"{kind.__name__}, {people} people: {free} of {made} without a crossing, {needed} proven to "
                f"need one; {drawn} crossings drawn, {least} proven needed; {proven} of {made} with the "
                f"proven fewest; longest {longest:.1f} s",
                flush=True,
            )
    return 0


def _edited(application: QApplication, theme: Theme, family: Family, seed: int) -> list[float]:
    editor = PedigreeEditor(theme)
    editor.resize(1200, 800)
    editor.show()
    editor.show_family(family)
    application.processEvents()
    full = lay_out(family)
    people = list(family.by_id)
    steps = []

    def timed(what: Callable[[], object]) -> None:
        before = time.thread_time()
        what()
        application.processEvents()
        steps.append(time.thread_time() - before)

    quick = editor.view.drawn.layout.crossings if editor.view.drawn else 0
    for number, key in enumerate(KEYS):
        editor.choose(people[(7 * number + seed) % len(people)])
        application.processEvents()
        timed(lambda key=key: editor.do(key))
    lay_out(editor.family or family)  # the search off this thread, meanwhile
    timed(lambda: editor.settle(editor.family or family))
    timed(lambda: editor.view.moved.emit(people[3], 30.0))
    print(f"{len(people)} people: {quick} crossings at once, {full.crossings} after the search")
    editor.close()
    editor.deleteLater()
    return steps


if __name__ == "__main__":
    sys.exit(main())
