#!/usr/bin/env python3
"""Make ``resources/phrases/condition_words.json``: ``python packaging/condition_words.py``.

Some sources write the names of conditions in small letters throughout: ``tetralogy of fallot syndrome``,
``mitochondrial dna depletion syndrome 4a``. The table holds the words that other names of the bundled tables
write with capitals and never without: eponyms, abbreviations, gene symbols, Roman numerals. Only words that a
name in small letters has are kept. Run it again when the tables of diseases or secondary findings are new.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
KNOWLEDGE = ROOT / "resources" / "knowledge"
OUT = ROOT / "resources" / "phrases" / "condition_words.json"
WORD = re.compile(r"[^\W_]+")
PLAIN = {
    "it",
    "di",
    "blue",
    "star",
    "centromeric",
    "telomere",
    "hemizygous",
    "igd",
    "cblj",
    "velocardiofacial",
    "tooth",
}
"""Read by a person and left out: no names, or not written so."""
KNOWN = {one.lower(): one for one in ("ATP", "DNA", "HDL", "HIV", "HLA", "LDL", "RNA", "TSH")}
"""Abbreviations that belong in, whether or not a bundled name in small letters has them."""
ABOUT = (
    "Words of conditions that are written with capitals, by their small letters; made by "
    "packaging/condition_words.py from names of Orphanet, MONDO, OMIM (HPOA), ClinGen and ClinVar."
)


def names() -> set[str]:
    """Every name of a condition in the bundled tables."""
    found: set[str] = set()
    for table, column in (
        ("diseases", "name"),
        ("secondary_finding_genes", "condition"),
        ("gene_inheritance", "condition"),
        ("clingen_validity", "disease"),
    ):
        found |= set(pl.read_parquet(KNOWLEDGE / f"{table}.parquet")[column].drop_nulls().cast(str).to_list())
    return found


def is_title(name: str) -> bool:
    """Whether most words begin with a capital, so that capitals say nothing."""
    words = [word for word in WORD.findall(name) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > len(words) / 2


def table(known: set[str]) -> dict[str, str]:
    """Small letters to the spelling with capitals."""
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wanted: set[str] = set()
    for name in known:
        words = WORD.findall(name)
        if name == name.lower():
            wanted.update(words)
        elif not is_title(name):
            for word in words[1:]:
                spelled[word.lower()][word] += 1
    made = {}
    for word in sorted(wanted):
        ways = spelled[word]
        best = max(ways, key=lambda way: ways[way], default=word)
        shouted = best.isupper() and len(best) > 4 and ways[best] < 3
        told = ways[best] > 5 * ways[word] and len(word) > 1 and word.isalpha()
        if told and not shouted and best != word and word not in PLAIN:
            made[word] = best
    return made


def main() -> None:
    """Write the table."""
    made = {"_about": ABOUT, **dict(sorted((KNOWN | table(names())).items()))}
    OUT.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(made) - 1} words")


if __name__ == "__main__":
    main()
