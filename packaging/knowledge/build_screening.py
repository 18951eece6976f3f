"""Screening and prevention options by gene and by breast cancer risk band: dated, cited, in our own words.

Options to talk about, never orders. ``sex`` is ``female``, ``male`` or ``any``.
"""

from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document

NCCN_BREAST = ["NCCN Genetic/Familial High-Risk: Breast, Ovarian, Pancreatic, and Prostate", "2024"]
NCCN_COLON = ["NCCN Genetic/Familial High-Risk: Colorectal, Endometrial, and Gastric", "2024"]
LIPID = ["European Atherosclerosis Society consensus on familial hypercholesterolaemia", "2020"]
ANESTHESIA = ["European Malignant Hyperthermia Group guideline", "2021"]
USPSTF = ["USPSTF, medication use to reduce breast cancer risk", "2019"]

BREAST_MRI = ("female", "yearly breast MRI from age 25, with mammography added from age 30", NCCN_BREAST)
LYNCH_EARLY = ("any", "colonoscopy every 1 to 2 years from age 20 to 25", NCCN_COLON)
LYNCH_LATE = ("any", "colonoscopy every 1 to 3 years from age 30 to 35", NCCN_COLON)
WOMB = (
    "female",
    "prompt check of unusual bleeding; removal of womb and ovaries after childbearing",
    NCCN_COLON,
)
STATIN = ("any", "early lipid-lowering treatment, and testing of first-degree relatives", LIPID)
GASES = (
    "any",
    "a medical alert, and no triggering anesthetics (volatile gases, succinylcholine)",
    ANESTHESIA,
)
GENES = {
    "BRCA1": [
        BREAST_MRI,
        ("female", "removal of ovaries and tubes between 35 and 40, after childbearing", NCCN_BREAST),
        ("female", "risk-reducing breast surgery as a personal choice", NCCN_BREAST),
        ("male", "breast examination yearly from age 35; prostate screening from age 40", NCCN_BREAST),
    ],
    "BRCA2": [
        BREAST_MRI,
        ("female", "removal of ovaries and tubes between 40 and 45, after childbearing", NCCN_BREAST),
        ("female", "risk-reducing breast surgery as a personal choice", NCCN_BREAST),
        ("male", "breast examination yearly from age 35; prostate screening from age 40", NCCN_BREAST),
    ],
    "PALB2": [("female", "yearly mammography and breast MRI from age 30", NCCN_BREAST)],
    "TP53": [
        ("female", "yearly breast MRI from age 20, with mammography added from age 30", NCCN_BREAST),
        ("any", "yearly whole-body MRI and brain MRI in a specialised center", NCCN_BREAST),
    ],
    "MLH1": [LYNCH_EARLY, WOMB],
    "MSH2": [LYNCH_EARLY, WOMB],
    "MSH6": [LYNCH_LATE, WOMB],
    "PMS2": [LYNCH_LATE, WOMB],
    "APC": [("any", "colonoscopy yearly from age 10 to 15", NCCN_COLON)],
    "MUTYH": [("any", "colonoscopy every 1 to 2 years from age 25 to 30", NCCN_COLON)],
    "LDLR": [STATIN],
    "APOB": [STATIN],
    "PCSK9": [STATIN],
    "RYR1": [GASES],
    "CACNA1S": [GASES],
}
# Lower bound of the risk (0..1), its horizon, and what the guideline lets one talk about.
BANDS = [
    {
        "horizon": "lifetime",
        "from": 0.20,
        "option": "yearly breast MRI beside mammography",
        "source": NCCN_BREAST,
    },
    {
        "horizon": "5 years",
        "from": 0.03,
        "option": "medicine that lowers breast cancer risk",
        "source": USPSTF,
    },
]


def build(_source: Path, out: Path = OUT) -> None:
    """Write ``screening_options``."""
    genes: dict[str, Any] = {
        gene: [{"sex": sex, "option": option, "source": source} for sex, option, source in rows]
        for gene, rows in GENES.items()
    }
    origin = Origin(
        "NCCN, EAS, EMHG, USPSTF guidelines",
        "2019-2024",
        "facts in our own words",
        "build_screening.py",
        dated=True,
    )
    write_document("screening_options", {"genes": genes, "breast_bands": BANDS}, len(genes), origin, out)
