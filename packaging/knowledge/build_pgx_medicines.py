"""Compile what pharmacogenomic advice needs beside the guidelines: interactions, HLA tags, dosing equations.

Interactions: see ``pgx_interactions``. HLA tags: He 2015 (PMID 26083016), Tohkin 2013
(doi:10.1038/tpj.2011.41).
"""

import json
from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document
from pgx_interactions import interactions

INTERACTIONS_ORIGIN = Origin(
    "FDA examples of interacting drugs (table of 2026-05-29); DPWG eliglustat guideline; Cicali 2020; "
    "doi:10.1111/cts.13357; others as cited in each row; phenoconversion: CPIC 2021 (PMC8249478), Mostafa "
    "2019",
    "2026",
    "public domain; published facts",
    "packaging/knowledge/build_pgx_medicines.py",
    description="Medicines that change an enzyme's activity",
)
TAGS_ORIGIN = Origin(
    "He 2015 (PMID 26083016); Tohkin 2013 (doi:10.1038/tpj.2011.41)",
    "2015",
    "published facts",
    "packaging/knowledge/build_pgx_medicines.py",
    description="Tag variants of HLA alleles and how far they hold",
)
DOSING_ORIGIN = Origin(
    "IWPC 2009 (PMID 19228618); EU-PACT (PMID 24251363); CPIC tacrolimus, DPYD, thiopurine guidelines",
    "2024",
    "published facts",
    "packaging/knowledge/build_pgx_medicines.py",
    description="Coefficients and input limits of dosing equations",
)
STUDIED = ["AFR", "AMR", "EAS", "EUR"]
"""Superpopulations of the people whom He 2015 typed (24 African American, 56 Asian, 44 European, 36
Hispanic): ``positive_in`` and ``negative_in`` are those in which carrying, or lacking, the tag was as
good as typing."""
TAGS = [
    {
        "gene": "HLA-B",
        "allele": "*57:01",
        "rsid": "rs2395029",
        "chromosome": "6",
        "pos38": 31464003,
        "pos37": 31431780,
        "ref": "T",
        "alt": "G",
        "sensitivity": 1.0,
        "specificity": 1.0,
        "reliable_in": "all four "
        "populations studied (African American, Asian, European, Hispanic; 160 people)",
        "positive_in": STUDIED,
        "negative_in": STUDIED,
        "source": "PMID 26083016",
    },
    {
        "gene": "HLA-A",
        "allele": "*31:01",
        "rsid": "rs1061235",
        "chromosome": "6",
        "pos38": 29945521,
        "pos37": 29913298,
        "ref": "A",
        "alt": "T",
        "sensitivity": 1.0,
        "specificity": 0.84,
        "reliable_in": "a negative result only: the variant also tags HLA-A*33",
        "positive_in": [],
        "negative_in": STUDIED,
        "source": "PMID 26083016",
    },
    {
        "gene": "HLA-B",
        "allele": "*58:01",
        "rsid": "rs9263726",
        "chromosome": "6",
        "pos38": 31138722,
        "pos37": 31106499,
        "ref": "G",
        "alt": "A",
        "sensitivity": None,
        "specificity": None,
        "reliable_in": "Japanese people, whom the estimate of ancestry does not tell from other East Asian "
        "people; a poor tag elsewhere",
        "positive_in": [],
        "negative_in": [],
        "source": "doi:10.1038/tpj.2011.41",
    },
    {
        "gene": "HLA-B",
        "allele": "*15:02",
        "rsid": "",
        "chromosome": "6",
        "pos38": 0,
        "pos37": 0,
        "ref": "",
        "alt": "",
        "sensitivity": None,
        "specificity": None,
        "reliable_in": "nobody: no tag variant is reliable",
        "positive_in": [],
        "negative_in": [],
        "source": "NBK385287",
    },
]


REVIEW = {"reviewer": "", "date": ""}
"""Name and profession of whoever reviewed the tables written here, and when; empty: nobody did."""
REVIEW_ORIGIN = Origin(
    "This project",
    "2026",
    "MIT",
    "packaging/knowledge/build_pgx_medicines.py",
    description="State of the professional review of interactions, cautions and wordings",
)


THIOPURINES = {
    "usual": {
        "azathioprine": [[2.0, 3.0, "mg/kg/day"]],
        "mercaptopurine": [[75.0, 75.0, "mg/m2/day"], [1.5, 1.5, "mg/kg/day"]],
        "thioguanine": [[40.0, 60.0, "mg/m2/day"]],
    },
    "one_intermediate": {
        "azathioprine": [0.3, 0.8],
        "mercaptopurine": [0.3, 0.8],
        "thioguanine": [0.5, 0.8],
    },
    "both_intermediate": [0.2, 0.5],
    "poor_tpmt": [0.1, 0.1],
    "poor_nudt15": {
        "azathioprine": [0.1, 0.1],
        "mercaptopurine": [10 / 75, 10 / 75],
        "thioguanine": [0.25, 0.25],
    },
    "source": "CPIC 2018 doi:10.1002/cpt.1304, update of March 2024",
}
"""Usual starting doses and the share of them by phenotype. Poor NUDT15 on mercaptopurine: 10 of 75 mg/m2."""


AFRICAN_ALLELES = ["*5", "*6", "*8", "*11"]
WARFARIN_STEPS = {
    "source": "CPIC 2017 (doi:10.1002/cpt.668, figure 2)",
    "rows": [
        {"gene": gene, "alleles": alleles, "copies": copies, "share": share, "people": people,
         "strength": strength}
        for gene, alleles, copies, share, people, strength in (
            ("CYP2C9", AFRICAN_ALLELES, [1], [0.7, 0.85], "African", "Moderate"),
            ("CYP2C9", AFRICAN_ALLELES, [2], [0.6, 0.8], "African", "Moderate"),
            ("CYP2C cluster", ["rs12777823 variant (A)"], [1, 2], [0.75, 0.9], "African", "Moderate"),
            ("CYP2C9", AFRICAN_ALLELES, [1], [0.7, 0.85], "not African", "Optional"),
            ("CYP2C9", AFRICAN_ALLELES, [2], [0.6, 0.8], "not African", "Optional"),
            ("CYP4F2", ["*3", "*4", "*22"], [1, 2], [1.05, 1.1], "not African", "Optional"),
        )
    ],
}  # fmt: skip
"""What a calculated warfarin dose is multiplied by, by copies of the alleles and ancestry."""


def dosing(source: Path) -> dict[str, Any]:
    """Warfarin coefficients as published, with the ranges of the development cohorts as input limits."""
    text = (source / "pgx" / "warfarin_coefficients.json").read_text(encoding="utf-8")
    models = json.loads(text)
    models.pop("tacrolimus_han_rcpc", None)
    return models | {
        "limits": {
            "age_years": [18, 100],
            "height_cm": [120, 220],
            "weight_kg": [30, 240],
            "target_inr": [1.5, 4.0],
        },
        "tacrolimus_start": {
            "usual_mg_per_kg_day": [0.2, 0.3],
            "factor": {
                "Normal Metabolizer": [1.5, 2.0],
                "Intermediate Metabolizer": [1.5, 2.0],
                "Poor Metabolizer": [1.0, 1.0],
            },
            "maximum_mg_per_kg_day": 0.3,
            "source": "CPIC 2015 doi:10.1002/cpt.113",
        },
        "fluoropyrimidine": {
            "factor": {"2.0": 1.0, "1.5": 0.5, "1.0": 0.5, "0.5": 0.0, "0.0": 0.0},
            "source": "CPIC 2017, 2018 update doi:10.1002/cpt.911",
        },
        "standard_loading": {
            "mg": {"up_to_75_years": [10.0, 5.0, 5.0], "older": [5.0, 5.0, 5.0]},
            "source": "EU-PACT control arm, PMID 24251363",
        },
        "thiopurines": THIOPURINES,
        "warfarin_steps": WARFARIN_STEPS,
    }


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_interactions``, ``pgx_hla_tags``, ``pgx_dosing`` and ``pgx_review``."""
    write_document("pgx_review", REVIEW, 1, REVIEW_ORIGIN, out)
    rows = interactions(source)
    write_document("pgx_interactions", rows, len(rows), INTERACTIONS_ORIGIN, out)
    write_document("pgx_hla_tags", TAGS, len(TAGS), TAGS_ORIGIN, out)
    models = dosing(source)
    write_document("pgx_dosing", models, len(models), DOSING_ORIGIN, out)
