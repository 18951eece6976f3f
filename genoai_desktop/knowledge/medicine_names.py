"""What a medicine that a person typed is called in the tables: brands, other languages, salts, strengths.

Table: ``pgx_medicine_names`` (built by ``packaging/knowledge/build_pgx_medicine_names.py``). A name that is
not in it stands for nothing: whoever shows results must say so (``unknown_medicines``).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from genoai_desktop.knowledge.bundle import Bundle

_PARTS = re.compile(r"\s*[/+]\s*|\s+(?:and|with|und|mit|y|con|et|avec)\s+")
_MARKS = re.compile(r"[®™©]|\(r\)|\(tm\)")


def medicines_meant(typed: str) -> frozenset[str]:
    """The medicines, by their names in the tables, that a typed name stands for; empty where none is known.

    A combination (``lopinavir/ritonavir``) stands for each of its parts; of ``Plavix 75 mg 1-0-0`` the words
    count with which it begins.
    """
    name = tidy(typed)
    found = (_one(part) for part in (name, *_PARTS.split(name)))
    return frozenset(one for one in found if one)


def listed_as(*typed: str) -> frozenset[str]:
    """The names under which results list medicines; what stands for none is listed as it was typed."""
    return frozenset(one for name in typed for one in medicines_meant(name) or (tidy(name),))


def unknown_medicines(names: Iterable[str]) -> tuple[str, ...]:
    """The names that stand for no medicine of the tables, or of which a part does not, as they were typed."""
    return tuple(name for name in names if not _all_known(tidy(name)))


def tidy(typed: str) -> str:
    """In lower case, without marks and doubled spaces."""
    return " ".join(_MARKS.sub(" ", typed.lower()).split())


def _all_known(name: str) -> bool:
    return name in _table() or all(_one(part) for part in _PARTS.split(name))


def _one(name: str) -> str:
    """By the whole name, else by the longest beginning that is one."""
    words = name.split()
    starts = (" ".join(words[:count]).strip(" ,;.()") for count in range(len(words), 0, -1))
    return next((_table()[start] for start in starts if start in _table()), "")


@cache
def _table() -> Mapping[str, str]:
    found: Any = Bundle().document("pgx_medicine_names")
    return found  # type: ignore[no-any-return]
