"""``python -m genoai_desktop`` is the same program as ``genoai-desktop``."""

from genoai_desktop.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
