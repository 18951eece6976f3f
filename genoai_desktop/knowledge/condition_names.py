"""Names of conditions with the capitals that a source left out.

Some sources write names in small letters throughout (``mitochondrial dna depletion syndrome 4a``). Eponyms,
abbreviations and Roman numerals get back the capitals that other names have
(``resources/phrases/condition_words.json``, made by ``packaging/condition_words.py``); numbers of subtypes
(``4a``) and types (``type b``) theirs. A name that has any capital stays as its source writes it.

Most sources begin a name with a capital, which goes within a sentence (``carrier of cystic fibrosis``) unless
the first word is a proper name. Which words are none is in the table ``condition_case`` (made by
``packaging/knowledge/build_condition_case.py``); a word that it does not have keeps its capital.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.locations import resources

BEGINNING = re.compile(r"([^\W\d_]{2,})(?!\w)(?:([\s,-]+)([^\W\d_]+))?")
"""First word of a name, what stands after it, and the second word; ``Gm1`` and ``Bh4`` are symbols."""

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
def in_sentence(name: str, language: str) -> str:
    """The name within a sentence of that language (ISO 639-1): small unless it begins with a proper name.

    ``Cystic fibrosis`` becomes ``cystic fibrosis``; ``Fabry disease``, ``CHARGE syndrome``, ``X-linked …``
    and what the table does not know stay. German, with its capitals within sentences, changes nothing.
    """
    table, found = _first_words().get(language), BEGINNING.match(name)
    if table is None or found is None or not found[1].istitle():
        return name
    compound = re.split(r"[\s,]", name, maxsplit=1)[0]
    if compound[1:] != compound[1:].lower():
        return name  # Wolf-Hirschhorn
    first, between, second = found[1].lower(), found[2] or "", found[3] or ""
    proper = len(second) > 1 and second != second.lower() and not second.isupper()
    headed = second.lower() in table["heads"] and "," not in between
    plain = first in table["words"] and not proper and not headed
    if plain or f"{first} {second.lower()}" in table["pairs"]:
        return name[:1].lower() + name[1:]
    return name


@cache
def _first_words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    document: Any = Bundle().document("condition_case")
    return {
        language: {key: frozenset(words) for key, words in table.items()}
        for language, table in document.items()
    }


@cache
def _words() -> dict[str, str]:
    table = json.loads((resources() / "phrases" / "condition_words.json").read_text(encoding="utf-8"))
    return {small: spelled for small, spelled in table.items() if not small.startswith("_")}
