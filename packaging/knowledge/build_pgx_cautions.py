"""Cautions by age, weight, kidney function, pregnancy and ancestry for the drugs of the guidelines.

Each row: drugs, what must be true of the patient, a code for the reason (worded in the program), a figure
where the source names one, and the source. ``label`` marks what is widely known from approved labels or
safety notices of the FDA rather than from a pharmacogenomic guideline. The table is not complete and does not
replace a label: no row means that nothing is listed here, not that nothing is known.
"""

from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document

ORIGIN = Origin(
    "CPIC and DPWG guideline annotations; FDA labels and safety notices as cited in each row",
    "2024",
    "published facts",
    "packaging/knowledge/build_pgx_cautions.py",
    description="Cautions by age, weight, kidney function, pregnancy and ancestry",
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
    (STATINS, {"pregnant": True}, "usually_stopped", "caution", "", "FDA safety notice of 2021-07-20"),
    (NSAIDS, {"pregnant": True}, "late_pregnancy", "caution", "week 20", "FDA safety notice of 2020-10-15"),
    (OPIOIDS, {"pregnant": True}, "withdrawal", "caution", "", LABEL),
    ("nitrofurantoin", {"pregnant": True}, "at_term", "caution", "week 38", LABEL),
    (OPIOIDS, {"breastfeeding": True}, "infant", "avoid", "", "FDA safety notice of 2017-04-20"),
    (FLUOROPYRIMIDINES, {"breastfeeding": True}, "infant", "avoid", "", LABEL),
    ("primaquine tafenoquine", {"breastfeeding": True}, "infant_g6pd", "avoid", "", LABEL),
    (OPIOIDS, {"age_below": 12}, "child", "avoid", "12 years", "FDA safety notice of 2017-04-20"),
    (OPIOIDS, {"age_from": 12, "age_below": 18}, "tonsils", "caution", "18 years",
     "FDA safety notice of 2017-04-20"),
    (ANTIDEPRESSANTS, {"age_below": 25}, "mood", "caution", "25 years", LABEL),
    ("atomoxetine", {"age_below": 18}, "mood", "caution", "18 years", LABEL),
    ("citalopram", {"age_from": 60}, "lower_maximum", "adjust", "20 mg/day",
     "CPIC citalopram guideline; approved label"),
    ("escitalopram", {"age_from": 65}, "half_maximum", "caution", "", "DPWG escitalopram guideline"),
    ("pimozide", {"age_below": 12}, "by_weight", "caution", "0.1 mg/kg/day",
     "DPWG pimozide guideline (80 % is 0.08 mg/kg/day)"),
    ("efavirenz", {"weight_below": 40}, "titrate", "caution", "40 kg", "DPWG efavirenz guideline"),
    ("risperidone", {"weight_below": 51}, "lower_maximum", "caution", "6 mg/day",
     "DPWG risperidone guideline"),
    (OPIOIDS, {"egfr_below": 30}, "kidney_less", "caution", "", "DPWG codeine guideline; approved label"),
    (NSAIDS, {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min/1.73 m2", LABEL),
    ("rosuvastatin", {"egfr_below": 30}, "lower_maximum", "adjust", "10 mg/day", LABEL),
    ("capecitabine", {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min", LABEL),
    ("capecitabine", {"egfr_from": 30, "egfr_below": 50}, "share", "adjust", "75 %", LABEL),
    ("nitrofurantoin", {"egfr_below": 60}, "kidney_avoid", "avoid", "60 mL/min", LABEL),
    ("allopurinol", {"egfr_below": 60}, "start_lower", "adjust", "", LABEL),
    ("venlafaxine", {"egfr_below": 90, "egfr_from": 30}, "less", "adjust", "25-50 %", LABEL),
    ("venlafaxine", {"egfr_below": 30}, "less", "adjust", "50 %", LABEL),
    (AMINOGLYCOSIDES, {"egfr_below": 60}, "by_kidney", "adjust", "",
     "CPIC MT-RNR1 guideline; approved label"),
    ("tacrolimus", {"egfr_below": 60}, "kidney_toxic", "caution", "", LABEL),
    ("rosuvastatin", {"ancestry": "Asian"}, "start_at", "adjust", "5 mg/day",
     "CPIC statin guideline; approved label"),
]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """As the program reads them."""
    return [
        {"drugs": sorted(drugs.split()), "when": when, "reason": reason, "concern": concern,
         "figure": figure, "source": source, "label": "guideline" not in source}
        for drugs, when, reason, concern, figure, source in ROWS
    ]  # fmt: skip


def build(source: Path, out: Path = OUT) -> None:  # noqa: ARG001 - the table is written here
    """Write ``pgx_cautions``."""
    found = rows()
    write_document("pgx_cautions", found, len(found), ORIGIN, out)
