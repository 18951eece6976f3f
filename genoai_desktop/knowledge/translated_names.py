"""Names of conditions and medicines in German, Spanish and French, as a source writes them.

Nothing is translated here: a name that no source has in that language has none. Tables:
``name_translations`` (built by ``packaging/knowledge/build_names.py`` from the lists beside it).
For conditions of the ACMG list, and the commonest that people are carriers of, names in the project's own
words fill the gaps (``resources/phrases/condition_names.json``, which says so).
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.locations import resources

_NUMBERS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {word: str(n) for n, word in enumerate(_NUMBERS) if word not in {"", "x"}}
"""``X`` is the chromosome."""
_LEFT_OUT = frozenset(("of", "the", "type", "and", "due", "to", "with", "by", "in"))
_BRITISH = (("haem", "hem"), ("aemia", "emia"), ("oedema", "edema"), ("oesoph", "esoph"), ("tumour", "tumor"))


def condition_in(name: str, language: str) -> str | None:
    """The condition's name in ``language`` (ISO 639-1): a source's, else the project's own, else None."""
    return sourced_condition(name, language) or _own().get(same_name(name), {}).get(language)


def sourced_condition(name: str, language: str) -> str | None:
    """The condition's name in ``language`` (ISO 639-1); None where no source has one."""
    return _table()["conditions"].get(same_name(name), {}).get(language)


def medicine_in(name: str, language: str) -> str | None:
    """The medicine's international name in ``language`` (ISO 639-1); None where no source has one."""
    return _table()["medicines"].get(name.strip().lower(), {}).get(language)


def same_name(name: str) -> str:
    """What two spellings of one English name have in common.

    Capitals, British spelling, the order of words, ``type`` and how its number is written say nothing:
    ``Hyperoxaluria, primary, type I`` is ``Primary hyperoxaluria type 1``.
    """
    words = name.lower().replace("’", "'").replace("'s", "")
    for british, american in _BRITISH:
        words = words.replace(british, american)
    parts = (_ROMAN.get(word, word) for word in re.findall(r"[^\W_]+", words))
    return " ".join(sorted(word for word in parts if word not in _LEFT_OUT))


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: Any = Bundle().document("name_translations")
    return found  # type: ignore[no-any-return]


@cache
def _own() -> dict[str, dict[str, str]]:
    table = json.loads((resources() / "phrases" / "condition_names.json").read_text(encoding="utf-8"))
    return {same_name(name): said for name, said in table.items() if not name.startswith("_")}
