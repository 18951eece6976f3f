"""Recommendations that the annotation files lack, as published, and every CPIC gene-drug pair.

``pgx_published``: rows as ``pgx_guidelines``, written from the figures of the papers: warfarin (Johnson 2017,
doi:10.1002/cpt.668, figure 2), peginterferon and ribavirin (Muir 2014, doi:10.1038/clpt.2013.203, table 2),
thiopurines in people intermediate for both enzymes (CPIC's update of March 2024, after PMID 38230823), and
the aminoglycosides that CPIC's pair table ties to the MT-RNR1 guideline (McDermott 2022) beside those with
rows. ``pgx_pairs``: gene, drug, CPIC level and guideline of CPIC 1.60, so that the program can say that a
guideline exists although it has no row of it.
"""

import gzip
import json
from itertools import product
from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document

ORIGIN = Origin(
    "CPIC guidelines as published: warfarin 2017, peginterferon 2014, thiopurines 2024, MT-RNR1 2022",
    "2017-2024",
    "CC0 1.0; published facts",
    "packaging/knowledge/build_pgx_published.py",
    description="CPIC recommendations as published, where the annotation files have no row",
)
PAIRS_ORIGIN = Origin(
    "CPIC database 1.60, table of gene-drug pairs",
    "CPIC 1.60.0 (2026-09)",
    "CC0 1.0",
    "packaging/knowledge/build_pgx_published.py",
    description="CPIC gene-drug pairs with level and guideline",
)
LEVELS = ("A", "A/B", "B")
WARFARIN = {"guideline": "PA166104949", "version": "2017", "url": "https://doi.org/10.1002/cpt.668"}
INTERFERON = {"guideline": "PA166110235", "version": "2014", "url": "https://doi.org/10.1038/clpt.2013.203"}
THIOPURINES = {
    "guideline": "PA166251442",
    "version": "2024-03",
    "url": "https://www.clinpgx.org/guideline/PA166251442",
}
AMINOGLYCOSIDES = {"guideline": "PA166251466", "version": "2022", "url": "https://doi.org/10.1002/cpt.2309"}
AFRICAN = ("*5", "*6", "*8", "*11")
"""CYP2C9 alleles for which CPIC lowers a calculated warfarin dose: moderate advice in people of African
ancestry, among whom they are common; optional in others."""
PEOPLE = (("African", "Moderate"), ("not African", "Optional"))
CLUSTER = "rs12777823 variant (A)"
"""CPIC lowers a calculated warfarin dose for it in African ancestry, and disregards it in others."""
V433M = ("*3", "*4", "*22")
"""CYP4F2 alleles with the variant that the guideline names (c.1297G>A, rs2108622); all *3 in 2017."""
VKORC1 = ("rs9923231 reference (C)", "rs9923231 variant (T)")
IFNL3 = ("rs12979860 reference (C)", "rs12979860 variant (T)")


def row(
    origin: dict[str, str],
    drugs: list[str],
    when: dict[str, str],
    action: str,
    effects: list[str],
    **more: Any,
) -> dict[str, Any]:
    """One recommendation in the form of ``pgx_guidelines``."""
    name = "-".join(f"{gene}={value}" for gene, value in when.items())
    return origin | {
        "source": "CPIC", "drugs": drugs, "when": when, "action": action, "effects": effects,
        "population": "", "strength": "Strong", "figures": [], "dose_factor": "", "conditional": False,
        "replaces": False, "id": f"{origin['guideline']}-{action}-{name}",
    } | more  # fmt: skip


def warfarin() -> list[dict[str, Any]]:
    """By gene; the dose itself is for the equation."""
    drug = ["warfarin"]
    found = [
        row(WARFARIN, drug, {"CYP2C9": "Normal Metabolizer"}, "calculate", ["typical"]),
        row(WARFARIN, drug, {"CYP2C9": "Intermediate Metabolizer"}, "calculate_less", ["bleeding"]),
        row(WARFARIN, drug, {"CYP2C9": "Poor Metabolizer"}, "alternative", ["bleeding"], strength="Moderate"),
        row(WARFARIN, drug, {"VKORC1": f"{VKORC1[0]}/{VKORC1[0]}"}, "calculate", ["typical"]),
        row(WARFARIN, drug, {"VKORC1": f"{VKORC1[0]}/{VKORC1[1]}"}, "calculate_less", ["bleeding"]),
        row(WARFARIN, drug, {"VKORC1": f"{VKORC1[1]}/{VKORC1[1]}"}, "calculate_less", ["bleeding"]),
        row(WARFARIN, drug, {"CYP2C cluster": f"carries {CLUSTER}"}, "reduce", ["bleeding"],
            strength="Moderate", population="African", figures=[["reduce_by", "10-25 %"]],
            dose_factor="0.75-0.9"),
    ]  # fmt: skip
    found += [
        row(WARFARIN, drug, {"CYP4F2": f"carries {allele}"}, "increase", ["efficacy_lower"],
            strength="Optional", population="not African", figures=[["increase_by", "5-10 %"]],
            dose_factor="1.05-1.1")
        for allele in V433M
    ]  # fmt: skip
    for allele, (people, strength) in product(AFRICAN, PEOPLE):
        found += [
            row(WARFARIN, drug, {"CYP2C9": f"one {allele}"}, "reduce", ["bleeding"], strength=strength,
                population=people, figures=[["reduce_by", "15-30 %"]], dose_factor="0.7-0.85",
                id=f"{WARFARIN['guideline']}-reduce-CYP2C9=one {allele}-{people}"),
            row(WARFARIN, drug, {"CYP2C9": f"{allele}/{allele}"}, "reduce", ["bleeding"], strength=strength,
                population=people, figures=[["reduce_by", "20-40 %"]], dose_factor="0.6-0.8",
                id=f"{WARFARIN['guideline']}-reduce-CYP2C9={allele}/{allele}-{people}"),
        ]  # fmt: skip
    return found


def interferon() -> list[dict[str, Any]]:
    """Chance of a lasting response with peginterferon and ribavirin alone (48 weeks)."""
    drugs = ["peginterferon alfa-2a", "peginterferon alfa-2b", "ribavirin"]
    good, weak = (f"{IFNL3[0]}/{IFNL3[0]}", [f"{IFNL3[0]}/{IFNL3[1]}", f"{IFNL3[1]}/{IFNL3[1]}"])
    return [row(INTERFERON, drugs, {"IFNL3": good}, "weigh", ["typical"], figures=[["response", "70 %"]])] + [
        row(INTERFERON, drugs, {"IFNL3": value}, "weigh", ["efficacy_lower"], figures=[["response", "30 %"]])
        for value in weak
    ]


def thiopurines() -> list[dict[str, Any]]:
    """Both enzymes intermediate: the update's 20 to 50 % instead of the figure for one."""
    names = ("Intermediate Metabolizer", "Possible Intermediate Metabolizer")
    return [
        row(THIOPURINES, [drug], {"NUDT15": nudt15, "TPMT": tpmt}, "reduce", ["myelosuppression"],
            figures=[["share_of", "20-50 %"]], dose_factor="0.2-0.5", conditional=True, replaces=True,
            id=f"PA166251442-{drug}-{nudt15}-{tpmt}")
        for drug in ("azathioprine", "mercaptopurine", "thioguanine")
        for nudt15, tpmt in product(names, names)
    ]  # fmt: skip


def aminoglycosides(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that CPIC's table puts under the guideline and that have no row of their own."""
    known = {"amikacin", "gentamicin", "kanamycin", "paromomycin", "plazomicin", "streptomycin", "tobramycin"}
    drugs = sorted(
        p["drug"] for p in pairs if p["gene"] == "MT-RNR1" and p["rows"] and p["drug"] not in known
    )
    risk = "{} risk of aminoglycoside-induced hearing loss"
    return [
        row(AMINOGLYCOSIDES, drugs, {"MT-RNR1": risk.format("increased")}, "avoid", ["hearing"]),
        row(AMINOGLYCOSIDES, drugs, {"MT-RNR1": risk.format("normal")}, "usual", ["typical", "hearing"]),
        row(AMINOGLYCOSIDES, drugs, {"MT-RNR1": risk.format("uncertain")}, "usual", ["hearing"],
            strength="Optional"),
    ]  # fmt: skip


def cpic_pairs(source: Path) -> list[dict[str, Any]]:
    """Pairs of level A and B that CPIC has not withdrawn, sorted by drug and gene."""
    with gzip.open(source / "pgx" / "cpic_1.60" / "cpic-v1.60.0.json.gz") as handle:
        tables = json.load(handle)["tables"]
    drugs, guidelines = dict(tables["drug"]), {r[0]: r for r in tables["guideline"]}
    found = []
    for gene, drug, guideline, used, level, removed in tables["pair"]:
        if level in LEVELS and removed == "f":
            name, url = guidelines[guideline][1:] if guideline in guidelines else ("", "")
            found.append({"gene": gene, "drug": drugs[drug], "level": level, "guideline": name, "url": url,
                          "rows": used == "t"})  # fmt: skip
    return sorted(found, key=lambda pair: (pair["drug"], pair["gene"]))


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_published`` and ``pgx_pairs``."""
    pairs = cpic_pairs(source)
    rows = [*warfarin(), *interferon(), *thiopurines(), *aminoglycosides(pairs)]
    write_document("pgx_published", sorted(rows, key=lambda r: r["id"]), len(rows), ORIGIN, out)
    write_document("pgx_pairs", pairs, len(pairs), PAIRS_ORIGIN, out)
