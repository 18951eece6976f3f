"""Medicines that must not, or only with care, be given beside a drug of the guidelines.

Genes are not the whole of it: allopurinol with a thiopurine destroys the bone marrow of people whose TPMT and
NUDT15 are normal, and brivudine takes DPD away from people whose DPYD is. Each row: drugs, the other
medicines, a code for the reason (worded in the program), the concern, a figure, the source, and whether
somebody read it there. Facts only; the wording is this project's. A row with ``checked`` False is general
knowledge and shown as such.
"""

from typing import Any

MEDSAFE_ALLOPURINOL = (
    "Medsafe (New Zealand), Prescriber Update 17:16, 1998; azathioprine product information (EU)"
)
MEDSAFE_FEBUXOSTAT = "Medsafe (New Zealand), Prescriber Update 39(3):46, 2018"
BRIVUDINE = (
    "BfArM and EMA, direct healthcare professional communication on brivudine, 2020; product information of "
    "capecitabine (Switzerland, 62835) and of tegafur (Teysuno, EU)"
)
SORIVUDINE = "capecitabine product information (Switzerland, 62835), contraindications"
IRINOTECAN = "irinotecan product information (Campto, Malaysia), interactions"
GENTAMICIN = "gentamicin product information (Panpharma, Hong Kong), interactions"
AMIKACIN = "amikacin product information (Amikacide, Philippines), interactions"
TOBRAMYCIN = "Renal Drug Handbook and Monthly Prescribing Reference on tobramycin"
PITAVASTATIN = "pitavastatin product information (Pitasor, Thailand), interactions; FDA label of Livalo"
SIMVASTATIN = "FDA label of simvastatin (Zocor), contraindications"
UNREAD = "approved label"

CICLOSPORIN = "ciclosporin cyclosporine"
ETACRYNIC = "etacrynic-acid ethacrynic-acid"
Together = tuple[str, str, str, str, str, str, bool]
ROWS: list[Together] = [
    # drugs, with, reason, concern, figure, source, checked
    ("azathioprine mercaptopurine", "allopurinol", "with_share", "avoid", "25 %", MEDSAFE_ALLOPURINOL, True),
    ("azathioprine mercaptopurine", "febuxostat", "with_marrow", "avoid", "", MEDSAFE_FEBUXOSTAT, True),
    ("capecitabine flucytosine fluorouracil tegafur", "brivudine brivudin", "with_deaths", "avoid",
     "4 weeks", BRIVUDINE, True),
    ("capecitabine", "sorivudine", "with_never", "avoid", "", SORIVUDINE, True),
    ("fluorouracil flucytosine tegafur", "sorivudine", "with_never", "avoid", "", UNREAD, False),
    ("irinotecan", "ketoconazole", "with_stop", "avoid", "one week", IRINOTECAN, True),
    ("irinotecan", "atazanavir", "with_more", "caution", "", IRINOTECAN, True),
    ("gentamicin", f"{ETACRYNIC} furosemide piretanide", "with_hearing", "avoid", "", GENTAMICIN, True),
    ("amikacin", f"{ETACRYNIC} furosemide", "with_hearing", "avoid", "", AMIKACIN, True),
    ("tobramycin", f"{ETACRYNIC} furosemide", "with_hearing", "avoid", "", TOBRAMYCIN, True),
    ("dibekacin kanamycin netilmicin plazomicin streptomycin", f"{ETACRYNIC} furosemide",
     "with_hearing", "avoid", "", UNREAD, False),
    ("simvastatin", f"{CICLOSPORIN} danazol gemfibrozil", "with_never", "avoid", "", SIMVASTATIN, True),
    ("simvastatin", "clarithromycin erythromycin itraconazole ketoconazole posaconazole voriconazole "
     "nefazodone nelfinavir ritonavir", "with_never", "avoid", "", SIMVASTATIN, True),
    ("pitavastatin", CICLOSPORIN, "with_never", "avoid", "", PITAVASTATIN, True),
    ("pitavastatin", "gemfibrozil", "with_muscle", "avoid", "", PITAVASTATIN, True),
    ("pitavastatin", "erythromycin", "with_maximum", "adjust", "1 mg/day", PITAVASTATIN, True),
    ("pitavastatin", "rifampicin rifampin", "with_maximum", "adjust", "2 mg/day", PITAVASTATIN, True),
]  # fmt: skip


def together_rows() -> list[dict[str, Any]]:
    """As the program reads them; a hyphen stands for a space within a name."""
    return [
        {"drugs": sorted(drugs.split()), "when": {}, "reason": reason, "concern": concern, "figure": figure,
         "source": source, "label": True, "checked": checked,
         "together": sorted(name.replace("-", " ") for name in others.split())}
        for drugs, others, reason, concern, figure, source, checked in ROWS
    ]  # fmt: skip
