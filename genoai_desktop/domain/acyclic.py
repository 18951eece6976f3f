"""Results that Python's collector of cycles need not look through.

An analysed exome is some fifty thousand small objects that are never changed: dataclasses, tuples, words. The
collector follows every one of them each time it looks through everything, which holds the window up. CPython
itself spares tuples and dictionaries that hold numbers and strings alone (``Modules/gcmodule.c``,
``untrack_tuples``), for what refers to nothing that could lead back cannot be part of a cycle. Here the same
rule is carried on to what is made of such parts. Nothing is kept alive by it: counting references frees these
objects as before.
"""

import ctypes
import gc
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from genoai_desktop.domain.text import Text

Made = TypeVar("Made")
_HOLDERS = (tuple, frozenset, dict, Text)
_DEEPEST = 200
"""Parts within parts that are followed; what lies deeper stays, and what holds it."""


def spare_collector(made: Made) -> Made:
    """Take out of the collector's lists what in ``made``, itself included, can never be part of a cycle.

    For data that nobody changes any more, in the thread that made it. Followed are tuples, frozen sets,
    dictionaries, ``Text`` and frozen dataclasses with slots; one of them is taken out when all that it holds
    was. Anything else stays as it is, and so does whatever holds it. Python must be CPython, or nothing is
    done.
    """
    if _untrack is not None:
        _spare(made, set(), _DEEPEST)
    return made


def _spare(one: Any, kept: set[int], deeper: int) -> bool:
    """Whether ``one`` is out of the lists now; ``kept`` has the addresses of what had to stay."""
    if not gc.is_tracked(one):
        return True
    kind: Any = type(one)
    if id(one) in kept or not deeper or not _never_changes(kind):
        return False
    kept.add(id(one))  # until it is known better: a cycle ends here
    free = True
    for part in gc.get_referents(one):
        if gc.is_tracked(part) and not _lasts(part):
            free = _spare(part, kept, deeper - 1) and free
    if free:
        kept.discard(id(one))
        _untrack(one)
    return free


def _lasts(part: Any) -> bool:
    """Classes and members of enumerations live as long as the program, and lead back to no result."""
    return isinstance(part, type | Enum)


@cache
def _never_changes(kind: Any) -> bool:
    if kind in _HOLDERS:
        return True
    told = getattr(kind, "__dataclass_params__", None)
    return bool(told and told.frozen) and kind.__dictoffset__ == 0


def _found() -> Any:
    interface = getattr(ctypes, "pythonapi", None)
    function = getattr(interface, "PyObject_GC_UnTrack", None)
    if function is not None:
        function.argtypes, function.restype = (ctypes.py_object,), None
    return function


_untrack = _found()
