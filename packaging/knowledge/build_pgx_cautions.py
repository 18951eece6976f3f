"""Cautions by age, weight, kidney function, pregnancy and ancestry for the drugs of the guidelines.

Each row: drugs, what must be true of the patient, a code for the reason (worded in the program), a figure
where the source names one, and the source. ``label`` marks what comes from approved labels or safety
notices of the FDA rather than from a pharmacogenomic guideline. ``checked``: somebody read the row in the
source that it names (:data:`READ` says where); rows from a guideline's annotation are compared with its text
whenever the table is built. The others are general knowledge of approved labels, and the program says so. The
table is not complete and does not replace a label: no row means that nothing is listed here, not that nothing
is known.
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
STATINS = "atorvastatin fluvastatin lovastatin pitavastatin pravastatin rosuvastatin simvastatin"
THIOPURINES = "azathioprine mercaptopurine thioguanine"
OTHER_NSAIDS = "flurbiprofen ibuprofen lornoxicam meloxicam piroxicam tenoxicam"
NSAIDS = f"celecoxib {OTHER_NSAIDS}"
AMINOGLYCOSIDES = (
    "amikacin dibekacin gentamicin kanamycin neomycin netilmicin plazomicin streptomycin tobramycin"
)
ANTIDEPRESSANTS = (
    "amitriptyline citalopram clomipramine desipramine doxepin escitalopram fluvoxamine imipramine "
    "nortriptyline paroxetine sertraline trimipramine venlafaxine"
)
OPIOIDS = "codeine tramadol"
LABEL = "approved label"
FDA_OPIOIDS = "FDA safety communication of 2017-04-20"
FDA_STATINS = "FDA safety communication of 2021-07-20"
FDA_NSAIDS = "FDA safety communication of 2020-10-15"
FDA_THIOPURINES = "FDA alert on thiopurines of 2024-04-29"
FDA_EFAVIRENZ = (
    "FDA notice on efavirenz of 2005-06; the US perinatal HIV guidelines of 2024 found no more malformations "
    "and support its use"
)
FDA_ANTIDEPRESSANTS = "FDA page on antidepressants of 2007-05-02"
FDA_ATOMOXETINE = "FDA alert on atomoxetine of 2005-09"
COUMADIN = "FDA label of warfarin (Coumadin), contraindications; an exception are mechanical heart valves"
SINTROM = "acenocoumarol package leaflet (Sintrom, Spain), product information"
MARCOUMAR = "phenprocoumon product information (Marcoumar, Switzerland, 19395), contraindications"
CAPECITABINE = "capecitabine product information (Switzerland, 62835), contraindications"
CAPECITABINE_KIDNEY = "FDA label of capecitabine tablets, 2.4 and 4.1"
FLUOROURACIL = "fluorouracil product information (DBL, Pfizer, Malaysia)"
TEGAFUR = "tegafur package leaflet (Teysuno, EU), product information"
RIBAVIRIN = "FDA label of ribavirin tablets, boxed warning"
TAMOXIFEN = "tamoxifen product information (Tamoxen, Philippines; tablets, United Kingdom)"
VORICONAZOLE = "FDA label of voriconazole (Vfend), 8.1; product information (Sandoz, Thailand)"
SIPONIMOD = "siponimod product information (Mayzent, Hong Kong; Switzerland, 67230)"
PRIMAQUINE = "FDA label of primaquine, change of 2017-06-22"
PRIMAQUINE_MILK = "LactMed on primaquine, which cites the CDC"
TAFENOQUINE = "FDA label of tafenoquine, read in Medical Genetics Summaries (NBK562890)"
CARBAMAZEPINE = "carbamazepine product information (Tegretol, Hong Kong)"
PHENYTOIN = "FDA label of phenytoin (Dilantin Infatabs), 8.1"
PAROXETINE = "FDA label of paroxetine (Paxil), usage in pregnancy"
FLUCYTOSINE = "flucytosine product information (Ancotil)"
CLASS_HEARING = "FDA labels of kanamycin, gentamicin and plazomicin, each of the whole class"
CODEINE = "FDA label of codeine sulfate tablets, boxed warning"
TRAMADOL = "FDA label of tramadol, boxed warning"
TRAMADOL_KIDNEY = "FDA label of tramadol (Ultram): every 12 hours, at most 200 mg/day under 30 mL/min"
VORTIOXETINE = "FDA label of vortioxetine (Trintellix), boxed warning and 5.1"
CELECOXIB = "celecoxib product information (Celebra, Norway), contraindications"
KDIGO_NSAIDS = "KDIGO 2012 on NSAIDs, read as cited in Lexicomp; product information names other limits"
ROSUVASTATIN = "FDA label of rosuvastatin (Crestor), 2"
MACROBID_UK = "nitrofurantoin product information (Macrobid, United Kingdom), contraindications"
MACROBID_US = (
    "doi:10.1345/aph.1R352 on the label in the USA; the product information of the United Kingdom forbids it "
    "only under 45 mL/min"
)
MACROBID_TERM = f"{MACROBID_UK}; weeks 38 to 42: label in the USA, read as cited in Lexicomp"
ALLOPURINOL = "American College of Rheumatology 2020, doi:10.1002/acr.24180"
VENLAFAXINE = "FDA label of venlafaxine (Effexor XR), 2"
GENTAMICIN = "FDA label of gentamicin, boxed warning"
AMIKACIN = "FDA label of amikacin, dosage"
TOBRAMYCIN = "FDA label of tobramycin, boxed warning and dosage"
PLAZOMICIN = "FDA label of plazomicin (Zemdri), 2.3 and 2.4"
STREPTOMYCIN = "FDA label of streptomycin, boxed warning, read as cited in Lexicomp"
NETILMICIN = "Renal Drug Handbook on netilmicin, which cites its product information"
TACROLIMUS = "FDA label of tacrolimus (Prograf), warnings; KDIGO 2012, cautionary notes"
READ = {
    FDA_OPIOIDS: "fda.gov", FDA_STATINS: "fda.gov", FDA_NSAIDS: "fda.gov",
    FDA_THIOPURINES: "drugs.com/fda-alerts/2182-1432.html",
    FDA_EFAVIRENZ: "ptcommunity.com/news/20050615; clinicalinfo.hiv.gov, perinatal guidelines, efavirenz",
    FDA_ANTIDEPRESSANTS: "webarchive.library.unt.edu/eot2008/20090117045022, fda.gov/cder/drug",
    FDA_ATOMOXETINE: "fda.gov, ucm124391",
    COUMADIN: "rxreasoner.com/monographs/coumadin/precautions",
    SINTROM: "oladoctor.com/ru/medicines/spain/sintrom-4-mg-comprimidos",
    MARCOUMAR: "ch.oddb.org, fachinfo 19395", CAPECITABINE: "ch.oddb.org, fachinfo 62835",
    CAPECITABINE_KIDNEY: "medlibrary.org",
    FLUOROURACIL: "mims.com, dbl-fluorouracil", TEGAFUR: "patient-info.co.uk/teysuno-69492",
    RIBAVIRIN: "drugs-library.com/drugs/ribavirin_eee304d0.html",
    TAMOXIFEN: "mims.com, tamoxen; yumpu.com 64815652",
    VORICONAZOLE: "pfizermedicalinformation.de/en-us/vfend/population-use; mims.com, voriconazole-sandoz",
    SIPONIMOD: "mims.com, mayzent; ch.oddb.org, fachinfo 67230",
    PRIMAQUINE: "accessdata.fda.gov, safetylabelingchanges, DrugNameID 1114",
    PRIMAQUINE_MILK: "pubmed.ncbi.nlm.nih.gov/30000766", TAFENOQUINE: "ncbi.nlm.nih.gov/books/NBK562890",
    CARBAMAZEPINE: "mims.com, tegretol", PHENYTOIN: "pfizermedicalinformation.com, dilantin-infatabs",
    PAROXETINE: "studylib.net/doc/7408039", FLUCYTOSINE: "rxreasoner.com/substances/flucytosine/precautions",
    CLASS_HEARING: "rxlist.com, kantrex; wikidoc.org, gentamicin; dailymed 0b82ffed",
    CODEINE: "pillsync.com, ndc fa3ed180-298a-4f9d-9d05-15182d7218bf", TRAMADOL: "readkong.com",
    TRAMADOL_KIDNEY: "rxlist.com/ultram-drug/indications-dosage.htm",
    VORTIOXETINE: "rxgo.com, trintellix; globalrph.com, trintellix-drug",
    CELECOXIB: "pfizer.no, celebra-sikkerhetsinformasjon",
    KDIGO_NSAIDS: "sites.google.com/view/medicationdesktop, piroxicam",
    ROSUVASTATIN: "themeditary.com/dosage-information/crestor-dosage-249.html",
    MACROBID_UK: "rxreasoner.com/monographs/macrobid/precautions",
    MACROBID_US: "pubmed.ncbi.nlm.nih.gov/23341159",
    MACROBID_TERM: "as before; pro.uptodatefree.ir/Show/9704",
    ALLOPURINOL: "medluna.com/article/32391934", VENLAFAXINE: "prescriberpoint.com/therapies/effexor-c848a5d",
    GENTAMICIN: "smolecule.com/products/s528810", AMIKACIN: "drugcentral.org/label/6ec3129b",
    TOBRAMYCIN: "dailymed 3d9670bd-c8ae-41ce-9479-bdf6ce16ef52; globalrph.com, tobramycin",
    PLAZOMICIN: "rxreasoner.com/monographs/zemdri/precautions",
    STREPTOMYCIN: "pro.uptodatefree.ir/Show/10238",
    NETILMICIN: "kidneydiseaseclinic.net/kdc/netilmicin",
    TACROLIMUS: "awardpharm.awardspace.info/prograf; cjasn.asnjournals.org, markup 36067",
}  # fmt: skip
"""Sources of which the sentence was read, and where that was; most are copies kept by others."""
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
    ("warfarin", {"pregnant": True}, "fetal_harm", "avoid", "", COUMADIN),
    ("acenocoumarol", {"pregnant": True}, "fetal_harm", "avoid", "", SINTROM),
    ("phenprocoumon", {"pregnant": True}, "fetal_harm", "avoid", "", MARCOUMAR),
    ("capecitabine", {"pregnant": True}, "fetal_harm", "avoid", "", CAPECITABINE),
    ("fluorouracil", {"pregnant": True}, "fetal_harm", "avoid", "", FLUOROURACIL),
    ("tegafur", {"pregnant": True}, "fetal_harm", "avoid", "", TEGAFUR),
    ("ribavirin", {"pregnant": True}, "fetal_harm", "avoid", "", RIBAVIRIN),
    ("tamoxifen", {"pregnant": True}, "fetal_harm", "avoid", "", TAMOXIFEN),
    ("voriconazole", {"pregnant": True}, "fetal_harm", "avoid", "", VORICONAZOLE),
    ("siponimod", {"pregnant": True}, "fetal_harm", "avoid", "", SIPONIMOD),
    ("primaquine", {"pregnant": True}, "fetal_g6pd", "avoid", "", PRIMAQUINE),
    ("tafenoquine", {"pregnant": True}, "fetal_g6pd", "avoid", "", TAFENOQUINE),
    ("carbamazepine", {"pregnant": True}, "fetal_weigh", "caution", "", CARBAMAZEPINE),
    ("phenytoin", {"pregnant": True}, "fetal_weigh", "caution", "", PHENYTOIN),
    ("fosphenytoin", {"pregnant": True}, "fetal_weigh", "caution", "", LABEL),
    ("paroxetine", {"pregnant": True}, "fetal_weigh", "caution", "", PAROXETINE),
    ("efavirenz", {"pregnant": True}, "fetal_weigh", "caution", "", FDA_EFAVIRENZ),
    ("flucytosine", {"pregnant": True}, "fetal_weigh", "caution", "", FLUCYTOSINE),
    (THIOPURINES, {"pregnant": True}, "fetal_weigh", "caution", "", FDA_THIOPURINES),
    (AMINOGLYCOSIDES, {"pregnant": True}, "fetal_hearing", "caution", "", CLASS_HEARING),
    (STATINS, {"pregnant": True}, "usually_stopped", "caution", "", FDA_STATINS),
    (NSAIDS, {"pregnant": True}, "late_pregnancy", "caution", "week 20", FDA_NSAIDS),
    ("codeine", {"pregnant": True}, "withdrawal", "caution", "", CODEINE),
    ("tramadol", {"pregnant": True}, "withdrawal", "caution", "", TRAMADOL),
    ("nitrofurantoin", {"pregnant": True}, "at_term", "caution", "week 38", MACROBID_TERM),
    (OPIOIDS, {"breastfeeding": True}, "infant", "avoid", "", FDA_OPIOIDS),
    (STATINS, {"breastfeeding": True}, "infant", "avoid", "", FDA_STATINS),
    ("capecitabine", {"breastfeeding": True}, "infant", "avoid", "", CAPECITABINE),
    ("fluorouracil", {"breastfeeding": True}, "infant", "avoid", "", FLUOROURACIL),
    ("tegafur", {"breastfeeding": True}, "infant", "avoid", "", TEGAFUR),
    ("flucytosine", {"breastfeeding": True}, "infant", "avoid", "", FLUCYTOSINE),
    ("primaquine", {"breastfeeding": True}, "infant_g6pd", "avoid", "", PRIMAQUINE_MILK),
    ("tafenoquine", {"breastfeeding": True}, "infant_g6pd", "avoid", "", TAFENOQUINE),
    (OPIOIDS, {"age_below": 12}, "child", "avoid", "12 years", FDA_OPIOIDS),
    (OPIOIDS, {"age_from": 12, "age_below": 18}, "tonsils", "caution", "18 years",
     FDA_OPIOIDS),
    (ANTIDEPRESSANTS, {"age_below": 25}, "mood", "caution", "25 years", FDA_ANTIDEPRESSANTS),
    ("vortioxetine", {"age_below": 25}, "mood", "caution", "25 years", VORTIOXETINE),
    ("atomoxetine", {"age_below": 18}, "mood", "caution", "18 years", FDA_ATOMOXETINE),
    ("citalopram", {"age_from": 60}, "lower_maximum", "adjust", "20 mg/day",
     "CPIC citalopram guideline"),
    ("escitalopram", {"age_from": 65}, "half_maximum", "caution", "", "DPWG escitalopram guideline"),
    ("pimozide", {"age_below": 12}, "by_weight", "caution", "0.1 mg/kg/day",
     "DPWG pimozide guideline (80 % is 0.08 mg/kg/day)"),
    ("efavirenz", {"weight_below": 40}, "titrate", "caution", "40 kg", "DPWG efavirenz guideline"),
    ("risperidone", {"weight_below": 51}, "lower_maximum", "caution", "6 mg/day",
     "DPWG risperidone guideline"),
    ("tramadol", {"egfr_below": 30}, "kidney_less", "caution", "", TRAMADOL_KIDNEY),
    ("codeine", {"egfr_below": 30}, "kidney_less", "caution", "", LABEL),
    ("celecoxib", {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min", CELECOXIB),
    (OTHER_NSAIDS, {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min/1.73 m2", KDIGO_NSAIDS),
    ("rosuvastatin", {"egfr_below": 30}, "lower_maximum", "adjust", "10 mg/day", ROSUVASTATIN),
    ("capecitabine", {"egfr_below": 30}, "kidney_avoid", "avoid", "30 mL/min", CAPECITABINE_KIDNEY),
    ("capecitabine", {"egfr_from": 30, "egfr_below": 50}, "share", "adjust", "75 %", CAPECITABINE_KIDNEY),
    ("nitrofurantoin", {"egfr_below": 45}, "kidney_avoid", "avoid", "45 mL/min", MACROBID_UK),
    ("nitrofurantoin", {"egfr_from": 45, "egfr_below": 60}, "kidney_avoid", "caution", "60 mL/min",
     MACROBID_US),
    ("allopurinol", {"egfr_below": 60}, "start_lower", "adjust", "", ALLOPURINOL),
    ("venlafaxine", {"egfr_below": 90, "egfr_from": 30}, "less_by", "adjust", "25-50 %", VENLAFAXINE),
    ("venlafaxine", {"egfr_below": 30}, "less", "adjust", "50 %", VENLAFAXINE),
    ("gentamicin", {"egfr_below": 60}, "by_kidney", "adjust", "", GENTAMICIN),
    ("amikacin", {"egfr_below": 60}, "by_kidney", "adjust", "", AMIKACIN),
    ("tobramycin", {"egfr_below": 60}, "by_kidney", "adjust", "", TOBRAMYCIN),
    ("plazomicin", {"egfr_below": 60}, "by_kidney", "adjust", "", PLAZOMICIN),
    ("streptomycin", {"egfr_below": 60}, "by_kidney", "adjust", "", STREPTOMYCIN),
    ("netilmicin", {"egfr_below": 60}, "by_kidney", "adjust", "", NETILMICIN),
    ("dibekacin kanamycin neomycin", {"egfr_below": 60}, "by_kidney", "adjust", "", LABEL),
    ("tacrolimus", {"egfr_below": 60}, "kidney_toxic", "caution", "", TACROLIMUS),
    ("rosuvastatin", {"ancestry": "Asian"}, "start_at", "adjust", "5 mg/day", ROSUVASTATIN),
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
