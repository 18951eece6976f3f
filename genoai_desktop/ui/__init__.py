"""The window. Qt only here; what it shows is worked out below."""

from pathlib import Path

from genoai_desktop.domain.heap import keep_little
from genoai_desktop.ui.singletons import protect

keep_little()
protect()


def run(file: Path | None, *, demo: bool = False) -> int:
    """Open the window, with a file's open dialog or the demo case; returns the exit status."""
    from genoai_desktop.ui.application import start

    return start(file, demo=demo)
