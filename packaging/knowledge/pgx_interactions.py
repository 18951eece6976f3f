"""Medicines that change an enzyme's activity, each row with the source that it was checked against.

``CHECKED`` rows were read in the source that they name; those from the DPWG eliglustat guideline are compared
with its text whenever the table is built. ``REMEMBERED`` rows are general knowledge (they follow the FDA's
table of substrates, inhibitors and inducers) that nobody has compared with a source yet: the program shows
them, and says so. No strength where the source grades none.
"""

import gzip
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FDA = "FDA table of substrates, inhibitors and inducers"
FDA_EXAMPLES = "FDA, examples of drugs that interact with CYP enzymes and transporters (2026-05-29)"
CICALI = "Cicali 2020, table 4 (doi:10.1002/cpt.1768)"
BOLLEDDULA = "Review of strong CYP3A inducers 2022, table 1 (doi:10.1111/cts.13357)"
ELIGLUSTAT = "DPWG eliglustat guideline (ClinPGx, 2024-03)"
AZATHIOPRINE = "azathioprine product information (EU), interactions"
OATP = "OATP1B1 interaction study 2018, table 1 (doi:10.1002/cpt.1205)"

Group = tuple[str, str, str, str, str]
"""Gene, effect, strength, source, medicines."""
CHECKED: list[Group] = [
    ("CYP2D6", "inhibitor", "strong", FDA_EXAMPLES, "bupropion fluoxetine paroxetine quinidine terbinafine"),
    ("CYP2D6", "inhibitor", "moderate", FDA_EXAMPLES,
     "abiraterone cinacalcet duloxetine lorcaserin mirabegron rolapitant"),
    ("CYP2D6", "inhibitor", "moderate", ELIGLUSTAT, "dronedarone moclobemide"),
    ("CYP2D6", "inhibitor", "weak", CICALI,
     "celecoxib cimetidine clobazam desvenlafaxine escitalopram ritonavir sertraline"),
    ("CYP3A4", "inhibitor", "strong", ELIGLUSTAT,
     "boceprevir clarithromycin cobicistat conivaptan indinavir itraconazole ketoconazole lopinavir "
     "posaconazole ritonavir saquinavir telaprevir telithromycin tipranavir voriconazole"),
    ("CYP3A4", "inhibitor", "moderate", ELIGLUSTAT,
     "aprepitant atazanavir cimetidine ciprofloxacin darunavir diltiazem erythromycin fluconazole "
     "fosamprenavir imatinib verapamil"),
    ("CYP3A4", "inhibitor", "weak", ELIGLUSTAT, "fluvoxamine ranitidine ranolazine"),
    ("CYP3A4", "inducer", "strong", ELIGLUSTAT, "carbamazepine phenobarbital phenytoin rifampicin"),
    ("CYP3A4", "inducer", "strong", BOLLEDDULA, "apalutamide enzalutamide mitotane rifapentine"),
    ("CYP2C19", "inducer", "strong", BOLLEDDULA, "apalutamide rifampicin"),
    ("CYP2C19", "inducer", "moderate", BOLLEDDULA, "enzalutamide phenytoin"),
    ("CYP2C9", "inducer", "moderate", BOLLEDDULA, "carbamazepine enzalutamide rifampicin"),
    ("CYP2B6", "inducer", "strong", BOLLEDDULA, "carbamazepine"),
    ("CYP2B6", "inducer", "moderate", BOLLEDDULA, "rifampicin"),
    ("CYP1A2", "inducer", "moderate", BOLLEDDULA, "phenytoin rifampicin"),
    ("SLCO1B1", "inhibitor", "", OATP, "ciclosporin gemfibrozil"),
    ("TPMT", "inhibitor", "", AZATHIOPRINE, "mesalazine olsalazine sulfasalazine"),
]  # fmt: skip
REMEMBERED: list[Group] = [
    ("CYP2D6", "inhibitor", "weak", FDA, "amiodarone diphenhydramine labetalol vemurafenib"),
    ("CYP2C19", "inhibitor", "strong", FDA, "fluconazole fluoxetine fluvoxamine ticlopidine"),
    ("CYP2C19", "inhibitor", "moderate", FDA, "felbamate"),
    ("CYP2C19", "inhibitor", "weak", FDA, "omeprazole voriconazole"),
    ("CYP2C9", "inhibitor", "moderate", FDA, "amiodarone felbamate fluconazole miconazole"),
    ("CYP2C9", "inhibitor", "weak", FDA, "diosmin disulfiram fluvastatin fluvoxamine voriconazole"),
    ("CYP3A4", "inhibitor", "strong", FDA, "nefazodone nelfinavir"),
    ("CYP3A4", "inhibitor", "moderate", FDA, "ciclosporin crizotinib dronedarone"),
    ("CYP1A2", "inhibitor", "strong", FDA, "ciprofloxacin fluvoxamine"),
    ("CYP1A2", "inhibitor", "moderate", FDA, "mexiletine"),
    ("CYP2B6", "inhibitor", "weak", FDA, "clopidogrel tenofovir ticlopidine voriconazole"),
    ("SLCO1B1", "inhibitor", "", FDA, "clarithromycin erythromycin"),
    ("CYP3A4", "inducer", "moderate", FDA, "bosentan efavirenz etravirine primidone"),
    ("CYP2C19", "inducer", "moderate", FDA, "efavirenz"),
    ("CYP2C9", "inducer", "weak", FDA, "apalutamide aprepitant ritonavir"),
    ("CYP2B6", "inducer", "moderate", FDA, "efavirenz"),
    ("CYP2B6", "inducer", "weak", FDA, "nevirapine ritonavir"),
    ("CYP1A2", "inducer", "moderate", FDA, "ritonavir"),
]
ALSO_CALLED = {"rifampicin": ["rifampin"], "ciclosporin": ["cyclosporine"], "mesalazine": ["mesalamine"]}
"""Names of the same medicine elsewhere; each gets a row of its own, because people type either."""
FACTORS = {
    ("CYP2D6", "strong"): 0.0,
    ("CYP2D6", "moderate"): 0.5,
    ("CYP2C19", "strong"): 0.0,
    ("CYP2C19", "moderate"): 0.5,
}
NO_RULE = "for antidepressants CPIC 2023 states that no rule is agreed (PMC10564324)"
RULES = {
    "CYP2D6": f"size of the change: CPIC opioid guideline 2021 (PMC8249478); {NO_RULE}",
    "CYP2C19": f"size of the change: Mostafa 2019 (doi:10.1007/s00702-018-1922-0); {NO_RULE}",
}
_HEADS = {
    ("CYP2D6", "inhibitor", "moderate"): r"Moderate CYP2D6 inhibitor: for example ([^.]*)",
    ("CYP3A4", "inhibitor", "strong"): r"Strong CYP3A inhibitor: for example ([^.]*)",
    ("CYP3A4", "inhibitor", "moderate"): r"Moderate CYP3A inhibitor: for example ([^.]*)",
    ("CYP3A4", "inhibitor", "weak"): r"WEAK CYP3A INHIBITOR \(for example ([^)]*)",
    ("CYP3A4", "inducer", "strong"): r"STRONG CYP3A INDUCER \(for example ([^)]*)",
}


def interactions(source: Path) -> list[dict[str, Any]]:
    """One row per medicine and gene, sorted.

    Raises:
        ValueError: a row that names the DPWG guideline is not in its text.
    """
    check_eliglustat(source / "pgx" / "guidelines_2024-04" / "DPWG_eliglustat_and_CYP2D6.json.gz")
    rows = [
        row
        for checked, table in ((True, CHECKED), (False, REMEMBERED))
        for group in table
        for row in _rows(group, checked)
    ]
    return sorted(rows, key=lambda row: (row["medicine"], row["gene"], row["effect"]))


def _rows(group: Group, checked: bool) -> Iterator[dict[str, Any]]:
    gene, effect, strength, source, names = group
    factor = FACTORS.get((gene, strength)) if effect == "inhibitor" else None
    cited = source if factor is None else f"{source}; {RULES[gene]}"
    for name in names.split():
        for medicine in (name, *ALSO_CALLED.get(name, ())):
            yield {"medicine": medicine, "gene": gene, "effect": effect, "strength": strength,
                   "factor": factor, "source": cited, "checked": checked}  # fmt: skip


def check_eliglustat(path: Path) -> None:
    """Compare the rows that name the guideline with its lists.

    Raises:
        ValueError: one of them is not there, or under another strength.
    """
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        text = html.unescape(re.sub(r"<[^>]+>", " ", handle.read()))
    for gene, effect, strength, source, names in CHECKED:
        if source != ELIGLUSTAT:
            continue
        listed = {
            word.strip() for found in re.findall(_HEADS[gene, effect, strength], text)
            for word in found.split(",")
        }  # fmt: skip
        if absent := set(names.split()) - listed:
            raise ValueError(f"not in the guideline's list of {gene} {strength} {effect}: {sorted(absent)}")
