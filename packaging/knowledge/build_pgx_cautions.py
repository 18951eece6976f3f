"""Cautions by age, weight, kidney function, pregnancy and ancestry for the drugs of the guidelines.

Each row: drugs, what must be true of the patient, a code for the reason (worded in the program), a figure
where the source names one, and the source. ``label`` marks what comes from approved labels or safety
notices of the FDA rather than from a pharmacogenomic guideline. ``checked``: somebody read the row in the
source that it names; rows from a guideline's annotation are compared with its text whenever the table is
built. The others are general knowledge of approved labels, and the program says so. The table is not complete
and does not replace a label: no row means that nothing is listed here, not that nothing is known.
"""

import gzip
import html
import re
from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document
from pgx_together import together_rows

ORIGIN = Origin(
    "CPIC and DPWG guideline annotations; labels, safety notices and product information as cited in each "
    "row; unchecked rows are marked",
    "2026",
    "published facts",
    "packaging/knowledge/build_pgx_cautions.py",
    description="Cautions by age, weight, kidney function, pregnancy, ancestry and other medicines",
)
COUMARINS = "warfarin acenocoumarol phenprocoumon"
STATINS = "atorvastatin fluvastatin lovastatin pitavastatin pravastatin rosuvastatin simvastatin"
THIOPURINES = "azathioprine mercaptopurine thioguanine"
FLUOROPYRIMIDINES = "capecitabine fluorouracil tegafur"
NSAIDS = "celecoxib flurbiprofen ibuprofen lornoxicam meloxicam piroxicam tenoxicam"
AMINOGLYCOSIDES = (
    "amikacin dibekacin gentamicin kanamycin neomycin netilmicin plazomicin streptomycin tobramycin"
)
ANTIDEPRESSANTS = (
    "amitriptyline citalopram clomipramine desipramine doxepin escitalopram fluvoxamine imipramine "
    "nortriptyline paroxetine sertraline trimipramine venlafaxine vortioxetine"
)
OPIOIDS = "codeine tramadol"
LABEL = "approved label"
FDA_OPIOIDS = "FDA safety communication of 2017-04-20"
FDA_STATINS = "FDA safety communication of 2021-07-20"
FDA_NSAIDS = "FDA safety communication of 2020-10-15"
READ = {FDA_OPIOIDS, FDA_STATINS, FDA_NSAIDS}
IN_GUIDELINE = {
    "CPIC citalopram guideline": ("CPIC_citalopram", r"20 mg/day .*greater than 60 years"),
    "DPWG escitalopram guideline": ("DPWG_escitalopram", r"< 65 years 15 mg/day, .65 years 7\.5 mg/day"),
    "DPWG pimozide guideline (80 % is 0.08 mg/kg/day)": (
        "DPWG_pimozide", r"80% of the normal maximum dose\): .*younger than 12 years: 0\.08 mg/kg"),
    "DPWG efavirenz guideline": ("DPWG_efavirenz", r"LIGHTER THAN 40 KG: .*standard dose and titrate"),
    "DPWG risperidone guideline": (
        "DPWG_risperidone", r"6 mg/day for children from 15 years .*less than 51 kg"),
}  # fmt: skip
"""Source of a row, the annotation file, and what must stand in its text."""
ROWS: list[tuple[str, dict[str, Any], str, str, str, str]] = [
    # drugs, condition, reason, concern, figure, source
    (COUMARINS, {"pregnant": True}, "fetal_harm", "avoid", "", LABEL),
    (FLUOROPYRIMIDINES, {"pregnant": True}, "fetal_harm", "avoid", "", LABEL),
    ("ribavirin tamoxifen voriconazole siponimod", {"pregnant": True}, "fetal_harm", "avoid", "", LABEL),
    ("primaquine tafenoquine", {"pregnant": True}, "fetal_g6pd", "avoid", "", LABEL),
    ("carbamazepine phenytoin fosphenytoin paroxetine efavirenz flucytosine", {"pregnant": True},
     "fetal_weigh", "caution", "", LABEL),
    (THIOPURINES, {"pregnant": True}, "fetal_weigh", "caution", "", LABEL),
    (AMINOGLYCOSIDES, {"pregnant": True}, "fetal_hearing", "caution", "", LABEL),
    (STATINS, {"pregnant": True}, "usually_stopped", "caution", "", FDA_STATINS),
    (NSAIDS, {"pregnant": True}, "late_pregnancy", "caution", "week 20", FDA_NSAIDS),
    (OPIOIDS, {"pregnant": True}, "withdrawal", "caution", "", LABEL),
    ("nitrofurantoin", {"pregnant": True}, "at_term", "caution", "week 38", LABEL),
    (OPIOIDS, {"breastfeeding": True}, "infant", "avoid", "", FDA_OPIOIDS),
    (STATINS, {"breastfeeding": True}, "infant", "avoid", "", FDA_STATINS),
    (FLUOROPYRIMIDINES, {"breastfeeding": True}, "infant", "avoid", "", LABEL),
    ("primaquine tafenoquine", {"breastfeeding": True}, "infant_g6pd", "avoid", "", LABEL),
    (OPIOIDS, {"age_below": 12}, "child", "avoid", "12 years", FDA_OPIOIDS),
    (OPIOIDS, {"age_from": 12, "age_below": 18}, "tonsils", "caution", "18 years",
     FDA_OPIOIDS),
    (ANTIDEPRESSANTS, {"age_below": 25}, "mood", "caution", "25 years", LABEL),
    ("atomoxetine", {"age_below": 18}, "mood", "caution", "18 years", LABEL),
    ("citalopram", {"age_from": 60}, "lower_maximum", "adjust", "20 mg/day",
     "CPIC citalopram guideline"),
    ("escitalopram", {"age_from": 65}, "half_maximum", "caution", "", "DPWG escitalopram guideline"),
    ("pimozide", {"age_below": 12}, "by_weight", "caution", "0.1 mg/kg/day",
     "DPWG pimozide guideline (80 % is 0.08 mg/kg/day)"),
    ("efavirenz", {"weight_below": 40}, "titrate", "caution", "40 kg", "DPWG efavirenz guideline"),
    ("risperidone", {"weight_below": 51}, "lower_maximum", "caution", "6 mg/day",
     "DPWG risperidone guideline"),
    (OPIOIDS, {"egfr_below": 30}, "kidney_less", "caution", "", LABEL),
    (NSAIDS, {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min/1.73 m2", LABEL),
    ("rosuvastatin", {"egfr_below": 30}, "lower_maximum", "adjust", "10 mg/day", LABEL),
    ("capecitabine", {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min", LABEL),
    ("capecitabine", {"egfr_from": 30, "egfr_below": 50}, "share", "adjust", "75 %", LABEL),
    ("nitrofurantoin", {"egfr_below": 60}, "kidney_avoid", "avoid", "60 mL/min", LABEL),
    ("allopurinol", {"egfr_below": 60}, "start_lower", "adjust", "", LABEL),
    ("venlafaxine", {"egfr_below": 90, "egfr_from": 30}, "less", "adjust", "25-50 %", LABEL),
    ("venlafaxine", {"egfr_below": 30}, "less", "adjust", "50 %", LABEL),
    (AMINOGLYCOSIDES, {"egfr_below": 60}, "by_kidney", "adjust", "", LABEL),
    ("tacrolimus", {"egfr_below": 60}, "kidney_toxic", "caution", "", LABEL),
    ("rosuvastatin", {"ancestry": "Asian"}, "start_at", "adjust", "5 mg/day", LABEL),
]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """As the program reads them."""
    return [
        {"drugs": sorted(drugs.split()), "when": when, "reason": reason, "concern": concern,
         "figure": figure, "source": source, "label": source not in IN_GUIDELINE,
         "checked": source in READ or source in IN_GUIDELINE}
        for drugs, when, reason, concern, figure, source in ROWS
    ]  # fmt: skip


def check_guidelines(folder: Path) -> None:
    """Compare the rows from guidelines with the annotation files.

    Raises:
        ValueError: a text does not say what the row rests on.
    """
    for source, (start, pattern) in IN_GUIDELINE.items():
        (path,) = folder.glob(f"{start}*.json.gz")
        with gzip.open(path, "rt", encoding="utf-8") as handle:
            text = html.unescape(re.sub(r"<[^>]+>|\\\\n", " ", handle.read()))
        if not re.search(pattern, " ".join(text.split())):
            raise ValueError(f"{source}: the text does not say it")


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_cautions``."""
    check_guidelines(source / "pgx" / "guidelines_2024-04")
    found = rows() + together_rows()
    write_document("pgx_cautions", found, len(found), ORIGIN, out)
