"""Names of conditions with the capitals that a source left out.

Some sources write names in small letters throughout (``mitochondrial dna depletion syndrome 4a``). Eponyms,
abbreviations and Roman numerals get back the capitals that other names have
(``resources/phrases/condition_words.json``, made by ``packaging/condition_words.py``); numbers of subtypes
(``4a``) and types (``type b``) theirs. A name that has any capital stays as its source writes it.
"""

import json
import re
from functools import cache

from genoai_desktop.knowledge.locations import resources

_WORD = re.compile(r"[^\W\d_]+")
_SUBTYPE = re.compile(r"(?<![\w.])(\d{1,3})([a-or-z])(?!\w)")
"""``4a``; not the arms of chromosomes, ``18p`` and ``9q``."""
_TYPE = re.compile(r"\b(types?|factor|vitamin|hypervitaminosis|immunoglobulin|mitomycin|cathepsin) ([a-z])\b")
_CHROMOSOME = re.compile(r"\b([xy])-linked\b")


@cache
def named(name: str) -> str:
    """The name as it stands in a sentence: ``tetralogy of Fallot``."""
    if name != name.lower():
        return name
    said = _WORD.sub(lambda found: _words().get(found[0], found[0]), name)
    said = _SUBTYPE.sub(lambda found: found[1] + found[2].upper(), said)
    said = _TYPE.sub(lambda found: f"{found[1]} {found[2].upper()}", said)
    return _CHROMOSOME.sub(lambda found: f"{found[1].upper()}-linked", said)


def titled(name: str) -> str:
    """The name as it stands in a table or heading: with a capital, unless its first word has one inside."""
    said = named(name)
    first = said.split(" ", 1)[0].split("-", 1)[0]
    return said if first[1:] != first[1:].lower() else said[:1].upper() + said[1:]


@cache
def _words() -> dict[str, str]:
    table = json.loads((resources() / "phrases" / "condition_words.json").read_text(encoding="utf-8"))
    return {small: spelled for small, spelled in table.items() if not small.startswith("_")}
