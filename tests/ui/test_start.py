"""The way to the first picture stays short: heavy libraries come later."""

import subprocess
import sys

from window_script import SHOW_WINDOW

HEAVY = [
    *("polars", "numpy", "pyqtgraph", "pypdfium2", "cryptography", "reportlab", "pysam", "scipy", "sklearn"),
    *("pikepdf", "genoai_desktop.app.analysing", "genoai_desktop.analysis", "genoai_desktop.vcf"),
]


def loaded(code: str) -> set[str]:
    """Which heavy modules a fresh interpreter has after running ``code``."""
    script = f"import sys\n{code}\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_window_pulls_no_heavy_library() -> None:
    assert loaded("import genoai_desktop.ui.application") == set()


def test_the_command_line_starts_light_too() -> None:
    assert loaded("import genoai_desktop.__main__") == set()


def test_showing_the_window_pulls_no_heavy_library() -> None:
    code = "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n" + SHOW_WINDOW
    assert loaded(code) == set()
