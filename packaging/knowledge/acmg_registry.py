"""How far the panels' rows were compared with ClinGen's Criteria Specification Registry.

``acmg_registry.csv``: frequencies and criteria that HUVar (github.com/hnakahara/HUVar, resources/clingen/
disease_prevalence.tsv and resources/shared/disease_prevalence_multispec.tsv, 2026) extracted by script from
the registry's JSON of released specifications, without the genes for which it found several numbers. RYR1 and
ACTA1 have a dominant and a recessive specification: the frequencies of the recessive, which are the higher
ones, are listed here. ``READ``: codes whose text was read in full in the specification as reproduced by
github.com/muwenbo/vcep-classification-skills (2026), gene by gene. A row's code counts as compared where the
number in ``acmg_panels`` equals the one listed, or where its text was read; the program says which are not.
"""

import csv
from pathlib import Path

TABLE = Path(__file__).with_name("acmg_registry.csv")
HEARING = "BA1 BS1 PM2 PM1 PM4 PP2 BP1 BP3"
READ: dict[str, str] = {
    **dict.fromkeys(("CDKL5", "CYP1B1", "FOXG1", "GUCY2D", "HNF4A", "MECP2", "MSH2", "MSH6"), "PVS1"),
    **dict.fromkeys(("MYBPC3", "PTEN", "RS1", "TCF4"), "PVS1"),
    "ACVRL1": "BA1 BS1 PM1 PM2 PM4 PP2 BP1 BP3 PVS1",
    "APC": "PM1 PM2 PM4 PP2 PVS1",
    "BMPR2": "BA1 BS1 PM1 PM2 PM4 PP2 BP1 BP3",
    "DICER1": "PM1 PM2 PVS1",
    "HRAS": "BA1 BS1 PM1 PM2 PM4 PP2 BP3",
    "LZTR1": "BA1 BS1 PM1 PM2 PM4 PP2",
    "MLH1": "PM2 PVS1",
    "PMS2": "PM1 PM2 PM4 PVS1",
    "POLG": "BA1 BS1 PM2 PM4 PP2 BP1 BP3",
    "RPE65": "BA1 BS1 PM1 PM2 PM4 PP2 BP1 BP3 PVS1",
    "RUNX1": "PM1 PM2 PVS1",
    "SCN1A": "BA1 BS1 PM1 PM4 PP2 BP1 BP3",
    "SCN2A": "PM1",
    "SCN3A": "PM1",
    "SCN8A": "PM1",
    "TNNT2": "PM1 PM2",
    "TP53": "PM2 PVS1",
    "UBE3A": "BA1 BS1 PM1 PM2 PM4 PP2 BP1 BP3 PVS1",
    "VHL": "BA1 BS1 PM2 PVS1",
    **dict.fromkeys(
        ("CDH23", "COCH", "GJB2", "KCNQ4", "MYO6", "MYO7A", "SLC26A4", "TECTA", "USH2A"), HEARING
    ),
}
FREQUENCIES = ("ba1", "bs1", "pm2")


def compared(
    gene: str,
    disease: str,
    frequencies: dict[str, float | None],
    unused: tuple[str, ...],
    pp2: bool,
    bp1: bool,
) -> set[str]:
    """Codes of one row that equal the registry's, or whose text was read there."""
    found = set(READ.get(gene, "").split())
    listed = _listed().get((gene, disease))
    if listed is None:
        return found
    for name in FREQUENCIES:
        if (frequencies[name] or 0.0) == float(listed[name] or 0.0):
            found.add(name.upper())
    if pp2 == (listed["pp2"] == "yes"):
        found.add("PP2")
    if bp1 == (listed["bp1"] == "yes") and listed["bp1"] != "truncating":
        found.add("BP1")
    found |= {
        code for code in ("PM4", "BP3") if (code not in unused) == (listed[code.lower()] == "yes")
    }  # fmt: skip
    return found


def _listed() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {(row["gene"], row["disease"]): row for row in csv.DictReader(handle)}
