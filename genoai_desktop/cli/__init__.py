"""The command line: thin, over ``app``."""

from genoai_desktop.cli.main import main

__all__ = ["main"]
