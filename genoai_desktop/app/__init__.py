"""Use cases that the window and the command line share.

Imported at their first use: what they need costs the window more than a second of its start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from genoai_desktop.app.analysing import analyse, reanalyse
    from genoai_desktop.app.demo import demo_request
    from genoai_desktop.app.request import CaseRequest, OpenCase

__all__ = ["CaseRequest", "OpenCase", "analyse", "demo_request", "reanalyse"]

_HOMES = {
    "analyse": "analysing",
    "reanalyse": "analysing",
    "demo_request": "demo",
    "CaseRequest": "request",
    "OpenCase": "request",
}


def __getattr__(name: str) -> Any:
    """PEP 562: the module behind a name is imported when the name is asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
