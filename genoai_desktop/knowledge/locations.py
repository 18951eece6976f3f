"""Where the bundled resources and models lie: a checkout, an installed wheel, or a frozen program."""

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parents[1]
    candidates = [Path(frozen)] if frozen else []
    candidates += [package.parent, package / "_bundled"]
    return next((place for place in candidates if (place / "resources").is_dir()), candidates[0])


def resources() -> Path:
    """The folder ``resources/``."""
    return _root() / "resources"


def models() -> Path:
    """The folder ``models/``."""
    return _root() / "models"
