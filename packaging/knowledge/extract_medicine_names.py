#!/usr/bin/env python3
"""Write ``medicine_other_names.csv`` beside this file: brands and other names of the medicines we know.

``python packaging/knowledge/extract_medicine_names.py FOLDER``, where ``FOLDER`` holds, unpacked, the PyPI
package drug-named-entity-recognition 2.0.9 (names of MedlinePlus, MeSH, the NHS and the DrugBank open
vocabulary). Kept are names that stand for one medicine alone and can be what a person types: chemical
names, fragments and lists are not. ``LEFT_OUT`` was read by a person: another medicine, or two.
"""

import bz2
import csv
import pickle
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from genoai_desktop.knowledge.bundle import Bundle  # noqa: E402
from genoai_desktop.knowledge.pgx import PgxDefinitions  # noqa: E402

LISTED = Path("drug_named_entity_recognition") / "drug_ner_dictionary.pkl.bz2"
TYPED = re.compile(r"[^\W\d_][^\W\d_]+(?:[ '-][^\W\d_]+){0,2}")
NUMBERED = re.compile(r"[56][ -](?:fu|fluorouracil|mp|mercaptopurine|tg|thioguanine)")
CHEMICAL = re.compile(
    r"(?:\b(?:ester|ether|acid|salt|iso|alpha|beta|deoxy|dihydro|hydroxy|methyl)\b)|yl\w*ide\b|"
    r"(?:methyl|phenyl|hydroxy|amino|chloro|propyl)\w+|^(?:iso|nor)\w+e$|^[a-z]{1,2}[ -]"
)
LEFT_OUT = frozenset({
    "5-hu hexal", "5 hu hexal",  # hydroxyurea
    "isocodeine", "dilevalol", "nepresol", "amitrol", "eldoral",  # something else
    "norpramin", "dilacor", "dilacor xr", "cartia", "sominex", "benadryl", "benylin", "midol",
    # another medicine in another country, or several
    "spray and solution", "afterbite with antihistamine",
})  # fmt: skip


def names(folder: Path) -> list[tuple[str, str]]:
    """Other name and medicine, both in lower case, sorted."""
    data = bz2.decompress((folder / LISTED).read_bytes())
    listed = pickle.loads(data)["drug_variant_to_canonical"]  # noqa: S301 - the package's own file
    known = set(PgxDefinitions(Bundle()).drug_names)
    return sorted(
        (" ".join(name.split()), meant[0])
        for name, meant in listed.items()
        if len(set(meant)) == 1 and meant[0] in known and name not in known and _typed(name)
    )


def _typed(name: str) -> bool:
    if name in LEFT_OUT or len(name) < 4:
        return False
    return bool(NUMBERED.fullmatch(name)) or bool(TYPED.fullmatch(name) and not CHEMICAL.search(name))


def main() -> None:
    """Write the list."""
    with (HERE / "medicine_other_names.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("name", "medicine"))
        writer.writerows(names(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
