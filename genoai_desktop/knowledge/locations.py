"""Where things lie: bundled resources and models (checkout, wheel, frozen program), and the data folder."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import Final

import platformdirs

DATA_VARIABLE: Final = "GENOAI_DATA"
"""Environment variable that puts the data folder elsewhere (a clinic's shared disk, a test)."""


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


def data_home() -> Path:
    """The folder of this person's or clinic's own data: update packs, trusted keys. It may not exist yet."""
    chosen = os.environ.get(DATA_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_data_path("genoai-desktop", appauthor=False)
