"""The only reader of ``resources/`` and of installed update packs: typed look-ups and versions.

The names below are imported at their first use: the window asks this package where a font lies long
before it needs a table, and the libraries behind the tables cost a second of its start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from genoai_desktop.knowledge.bundle import Bundle, TableInfo
    from genoai_desktop.knowledge.knowledge import Knowledge

__all__ = ["Bundle", "Knowledge", "TableInfo"]

_PLACES = {"Bundle": "bundle", "TableInfo": "bundle", "Knowledge": "knowledge"}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(name)
