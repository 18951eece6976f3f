"""Medicines that change an enzyme's activity, each row with the source that it was read in.

The FDA's table (``fda_interactions``) comes first; ``OTHERS`` adds what it does not list. Where both name a
medicine but grade it differently, the FDA's grade holds and the other is named beside it. Rows from the DPWG
eliglustat guideline are compared with its text whenever the table is built. No strength where the source
grades none. A row that nobody read in a source would have ``checked`` False, and the program would say so;
there is none at present.
"""

import gzip
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fda_interactions import SOURCE as FDA
from fda_interactions import listed

CICALI = "Cicali 2020, table 4 (doi:10.1002/cpt.1768)"
BOLLEDDULA = "Review of strong CYP3A inducers 2022, table 1 (doi:10.1111/cts.13357)"
ELIGLUSTAT = "DPWG eliglustat guideline (ClinPGx, 2024-03)"
AZATHIOPRINE = "azathioprine product information (EU), interactions"
OATP = "OATP1B1 interaction study 2018, table 1 (doi:10.1002/cpt.1205)"
PITAVASTATIN = "pitavastatin product information (Pitasor, Thailand), interactions"
LESSARD = "Lessard 2001 (doi:10.1097/00004714-200104000-00009): venlafaxine cleared at 43 instead of 104 L/h"
SOMER = "Somer 2000 (doi:10.1046/j.1365-2125.2000.00197.x): metoprolol up by 65 %, most probably by CYP2D6"
IRINOTECAN = "irinotecan product information (Campto, Malaysia), interactions"

Group = tuple[str, str, str, str, str]
"""Gene, effect, strength, source, medicines."""
OTHERS: list[Group] = [
    ("CYP2D6", "inhibitor", "moderate", ELIGLUSTAT, "dronedarone moclobemide"),
    ("CYP2D6", "inhibitor", "weak", CICALI, "desvenlafaxine ritonavir"),
    ("CYP2D6", "inhibitor", "", LESSARD, "diphenhydramine"),
    ("CYP2D6", "inhibitor", "", SOMER, "hydroxychloroquine"),
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
    ("CYP1A2", "inducer", "moderate", f"{FDA}, footnote 15: at 800 mg a day; at lower doses not known",
     "ritonavir"),
    ("SLCO1B1", "inhibitor", "", OATP, "ciclosporin gemfibrozil"),
    ("SLCO1B1", "inhibitor", "", PITAVASTATIN, "erythromycin"),
    ("TPMT", "inhibitor", "", AZATHIOPRINE, "mesalazine olsalazine sulfasalazine"),
    ("UGT1A1", "inhibitor", "", IRINOTECAN, "atazanavir"),
]  # fmt: skip
ALSO_CALLED = {"mesalazine": ["mesalamine"]}
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
    rows = [*_fda_rows(), *_other_rows()]
    return sorted(rows, key=lambda row: (row["medicine"], row["gene"], row["effect"]))


def _others() -> Iterator[tuple[str, str, str, str, str]]:
    for gene, effect, strength, source, names in OTHERS:
        for name in names.split():
            yield name, gene, effect, strength, source


def _fda_rows() -> Iterator[dict[str, Any]]:
    """The FDA's rows; a source that grades a medicine otherwise is named beside it."""
    for one in listed():
        said = f"{FDA}; {one.note}" if one.note else FDA
        for name, gene, effect, strength, source in _others():
            if (name, gene, effect) == (one.medicine, one.gene, one.effect) and strength != one.strength:
                said += f"; {strength}: {source}"
        for name in (one.medicine, *one.also):
            yield _row(name, one.gene, one.effect, one.strength, said)


def _other_rows() -> Iterator[dict[str, Any]]:
    """What the FDA does not list."""
    known = {(one.medicine, one.gene, one.effect) for one in listed()}
    for name, gene, effect, strength, source in _others():
        if (name, gene, effect) not in known:
            for medicine in (name, *ALSO_CALLED.get(name, ())):
                yield _row(medicine, gene, effect, strength, source)


def _row(medicine: str, gene: str, effect: str, strength: str, source: str) -> dict[str, Any]:
    factor = FACTORS.get((gene, strength)) if effect == "inhibitor" else None
    cited = source if factor is None else f"{source}; {RULES[gene]}"
    return {"medicine": medicine, "gene": gene, "effect": effect, "strength": strength,
            "factor": factor, "source": cited, "checked": True}  # fmt: skip


def check_eliglustat(path: Path) -> None:
    """Compare the rows that name the guideline with its lists.

    Raises:
        ValueError: one of them is not there, or under another strength.
    """
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        text = html.unescape(re.sub(r"<[^>]+>", " ", handle.read()))
    for gene, effect, strength, source, names in OTHERS:
        if source != ELIGLUSTAT:
            continue
        listed = {
            word.strip() for found in re.findall(_HEADS[gene, effect, strength], text)
            for word in found.split(",")
        }  # fmt: skip
        if absent := set(names.split()) - listed:
            raise ValueError(f"not in the guideline's list of {gene} {strength} {effect}: {sorted(absent)}")
