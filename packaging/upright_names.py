#!/usr/bin/env python3
"""Make ``resources/phrases/upright_names.json``: ``python packaging/upright_names.py``.

Catalogues turn names round: ``telangiectasia, hereditary hemorrhagic, type 1``. The table holds those that
another bundled name of the same words has the right way round, whole or up to the number of the type;
nothing is turned that no source writes so. Run it again when the tables of diseases are new.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from condition_words import names  # noqa: E402

from genoai_desktop.knowledge.condition_names import named  # noqa: E402
from genoai_desktop.knowledge.translated_names import same_name  # noqa: E402

OUT = ROOT / "resources" / "phrases" / "upright_names.json"
NUMBER = re.compile(r"(.+?,.+?),? ((?:type )?(?:\d{1,3}[A-Za-z]{0,2}|[IVX]+[A-Za-z]?))")
MODE = re.compile(r"autosomal|X-linked", re.IGNORECASE)
"""A letter leaves the mode of inheritance out of names."""
NOT_TURNED = re.compile(r"[^,]+, (?:(?:sub)?type|(?:complementation )?group|form) \S+")
WORD, INNER = re.compile(r"[^\W_]+"), re.compile(r"(?<![-\w])[^\W_]+")
ABOUT = (
    "Names that a catalogue has turned round, and how another source writes the same words; made by "
    "packaging/upright_names.py from names of Orphanet, MONDO, OMIM (HPOA), ClinGen and ClinVar."
)


def cased(upright: str, turned: str) -> str:
    """``upright`` with the capitals and small letters that ``turned`` has within it."""
    first, *inner = INNER.findall(turned)
    known = {word.lower(): word for word in inner} | ({} if first.istitle() else {first.lower(): first})
    return WORD.sub(lambda found: known.get(found[0].lower(), found[0]), named(upright))


def chosen(ways: set[str], turned: str) -> str:
    """The spelling with the hyphens of ``turned`` and with capitals inside, where one has; else empty."""
    alike = [one for one in ways if one.count("-") == turned.count("-")]
    return min(alike, key=lambda one: (one[1:] == one[1:].lower(), len(one), one), default="")


def turned_back(name: str, upright: dict[str, set[str]]) -> str:
    """How a source writes it the right way round; empty where none does."""
    if found := chosen(upright.get(same_name(name), set()), name):
        return cased(found, name)
    numbered = NUMBER.fullmatch(name)
    base = chosen(upright.get(same_name(numbered[1]), set()), numbered[1]) if numbered else ""
    return f"{cased(base, numbered[1])} {numbered[2]}" if numbered and base else ""


def table(known: set[str]) -> dict[str, str]:
    """Turned name to upright name."""
    upright: defaultdict[str, set[str]] = defaultdict(set)
    for name in known:
        if not set(name) & set(",(/&"):
            upright[same_name(name)].add(name)
    made = {}
    for name in sorted(known):
        if "," not in name or MODE.search(name) or NOT_TURNED.fullmatch(name):
            continue
        found = turned_back(name, upright)
        if found and WORD.findall(found.lower())[0] != WORD.findall(name.lower())[0]:
            made[name] = found
    return made


def main() -> None:
    """Write the table."""
    made = table(names())
    text = json.dumps({"_about": ABOUT, **made}, ensure_ascii=False, indent=1)
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{len(made)} names")


if __name__ == "__main__":
    main()
