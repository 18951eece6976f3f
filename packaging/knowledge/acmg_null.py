"""How ClinGen's expert panels grade truncations and lost start codons (PVS1), on MANE Select residues.

Read in AutoACMG's and HUVar's public transcriptions of the Criteria Specification Registry (2024 to 2026),
not compared with the registry again, but for the genes whose text was read in 2026 (``acmg_registry``). Where
a panel numbers another isoform, the residues are moved to MANE Select (MECP2 by 12, SLC9A6 by 10, UBE3A by
20). What is not listed follows the general decision tree.
"""

from typing import Any

Null = tuple[int | None, int | None, int | None, int | None, int | None]
"""First and last residue of PVS1 in full, decay or not (none is given before the first; a last one before the
first: decay decides from the first on); last residue of PVS1_Strong; points beyond; points of a lost start
codon. 0 points: not given. None: the general tree."""

OTHER_PANELS = {
    "RPGR": "GN106 (ClinGen X-linked inherited retinal disease panel)",
}
"""Genes of which nothing but these grades is bundled: RPGR's specification and its panel's published classes
do not agree on the frequencies."""
_NULL: dict[str, Null] = {
    "ACADVL": (None, None, None, None, 4),
    "ACVRL1": (1, 442, 490, 2, 2),
    "APC": (49, 2645, None, 0, 0),
    "ATM": (1, 3047, None, 0, None),
    "CDH1": (None, None, 836, 2, None),
    "CDKL5": (1, 948, None, 2, 1),
    "CTLA4": (1, 172, 201, 2, 1),
    "CYP1B1": (1, 493, None, 2, 2),
    "DICER1": (1, 1850, None, 2, 0),
    "ENG": (1, 601, None, 2, 4),
    "F9": (1, 461, None, None, 1),
    "FBN1": (None, None, 2871, None, 2),
    "FOXG1": (1, 468, 480, 2, 1),
    "FOXN1": (1, 526, 584, 2, None),
    "GAA": (1, 915, None, 2, 4),
    "GAMT": (None, None, None, None, 2),
    "GCK": (1, 465, None, None, 1),
    "GJB2": (1, 204, None, 2, None),
    "GUCY2D": (1, 1068, 1103, None, 8),
    "HNF1A": (1, 589, 601, 1, 8),
    "HNF4A": (1, 419, None, 1, 4),
    "IDUA": (1, 592, None, 2, None),
    "IL2RG": (1, 369, None, None, None),
    "IL7R": (None, None, 459, None, None),
    "MECP2": (1, 484, None, 2, 0),
    "MLH1": (1, 753, None, 2, 8),
    "MSH2": (1, 891, None, 2, 0),
    "MSH6": (1, 1341, None, 2, 4),
    "MYBPC3": (1, 1253, None, 2, None),
    "OTC": (1, 344, 354, None, None),
    "PAH": (1, 428, 452, None, 4),
    "PALB2": (1, 1186, None, None, None),
    "PMS2": (1, 798, None, 2, 4),
    "PTEN": (1, 375, None, 2, 8),
    "RAG1": (1, 1011, None, 0, None),
    "RAG2": (1, 487, None, 0, None),
    "RPE65": (1, 528, 533, None, 4),
    "RPGR": (1, 1152, None, None, 2),
    "RS1": (1, 223, 224, None, 8),
    "RUNX1": (33, 32, 480, None, None),
    "SLC9A6": (1, 573, 611, 2, 1),
    "TCF4": (1, 643, None, 2, 1),
    "TP53": (1, 350, 355, 2, 8),
    "UBE3A": (1, 861, 870, 2, 8),
    "VHL": (54, 204, None, 2, 0),
}


def null_rule(gene: str, disease: str) -> dict[str, Any]:
    """The columns of ``acmg_panels`` that grade PVS1; a row for one disease alone has none."""
    names = ("null_from", "null_to", "strong_to", "rest_points", "start_points")
    values = _NULL.get(gene) if not disease else None
    return dict(zip(names, values or (None,) * len(names), strict=True))
