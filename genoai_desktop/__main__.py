"""The executable: ``genoai-desktop`` and ``python -m genoai_desktop``.

The one place that knows both the window and the command line.
"""

import signal
import sys
from pathlib import Path


def _open_window(file: Path | None, demo: bool) -> int:
    from genoai_desktop.ui import run

    return run(file, demo=demo)


def main() -> int:
    """Run a command, or open the window; returns the exit status."""
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
