"""The executable: ``genoai-desktop`` and ``python -m genoai_desktop``.

The one place that knows both the window and the command line.
"""

import gc
import signal
import sys
from pathlib import Path
from typing import Final

OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000
"""Python's 700 are for small programs. The tables become hundreds of thousands of objects that stay: to look
through them so often was a fifth of the processor time of ranking an exome."""


def collect_seldom() -> None:
    """Let Python look for unreachable cycles of objects less often; anything else is freed at once anyway."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def _open_window(file: Path | None, demo: bool) -> int:
    from genoai_desktop.ui import run

    return run(file, demo=demo)


def main() -> int:
    """Run a command, or open the window; returns the exit status."""
    collect_seldom()
    try:
        from genoai_desktop.domain.crash_dumps import forbid_crash_dumps

        forbid_crash_dumps()
        from genoai_desktop.cli import main as run_command

        status = run_command(sys.argv[1:], _open_window)
        # All is written: an interruption while the interpreter ends must not change what is said of it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return status
    except KeyboardInterrupt:  # while the program still starts, or already ends
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
