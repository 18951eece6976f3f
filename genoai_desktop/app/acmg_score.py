"""Agreement of classes and codes with an expert panel's, for ``evaluate acmg``; the classifier sees none."""

from dataclasses import dataclass

import polars as pl

from genoai_desktop.domain.acmg import Evidence, parse_evidence
from genoai_desktop.domain.text import tr

SIDES = ("P/LP", "VUS", "B/LB")
_SIDE = {
    "pathogenic": SIDES[0],
    "likely pathogenic": SIDES[0],
    "uncertain significance": SIDES[1],
    "likely benign": SIDES[2],
    "benign": SIDES[2],
}
ASSESSABLE = (
    "PVS1", "PS1", "PM1", "PM2", "PM4", "PM5", "PP2", "PP3",
    "BA1", "BS1", "BP1", "BP3", "BP4", "BP7",
)  # fmt: skip
"""Criteria that can be judged for a variant alone, offline; the others need cases, families or assays.

PS4 is given where UniProt's curators read of patients and is not assessed elsewhere: without case counts
its absence says nothing, so it is not among these.
"""


@dataclass(frozen=True, slots=True)
class AcmgScore:
    """Agreement with the panels. Shares are 0 to 1; None where there was nothing to compare."""

    rows: int
    accuracy: float | None
    """Share of variants on the panel's side of three (P/LP, VUS, B/LB); unclassified ones count as wrong."""
    confusion: dict[tuple[str, str], int]
    """Variants by (panel's side, side given); ``""`` where no class was given."""
    jaccard: float | None
    """Mean overlap of the codes met, over ``ASSESSABLE``, of the variants where either side met one."""
    jaccard_rows: int
    criteria: tuple[tuple[str, int, int, int], ...] = ()
    """Per criterion: code, variants where both met it, only the panel, only the program."""

    @property
    def text(self) -> str:
        """The figures as lines for a person."""
        lines = [
            tr(
                "Agreement with the panels: {accuracy} of {rows} variants in three classes.",
                accuracy=_percent(self.accuracy),
                rows=self.rows,
            ),
            tr(
                "Mean criterion Jaccard {jaccard} over {rows} variants (criteria assessable offline).",
                jaccard="-" if self.jaccard is None else f"{self.jaccard:.3f}",
                rows=self.jaccard_rows,
            ),
        ]
        for (panel, given), count in sorted(self.confusion.items()):
            lines.append(tr("{panel} called {given}: {n}", panel=panel, given=given or "-", n=count))
        lines += [
            tr(
                "{code}: both {both}, panel only {panel}, here only {own}",
                code=code,
                both=both,
                panel=a,
                own=b,
            )
            for code, both, a, b in self.criteria
        ]
        return "\n".join(lines)


def score_acmg(frame: pl.DataFrame) -> AcmgScore:
    """Compare ``class`` and ``codes_met`` with the panel's ``assertion`` and its codes.

    The panel's codes are ``given_codes_met`` as ``evaluate acmg`` writes them; without that column there is
    no Jaccard. Strengths are not compared, only which criteria are met. Rows whose assertion is none of
    the five classes are left out.
    """
    confusion: dict[tuple[str, str], int] = {}
    overlaps: list[float] = []
    counts = {code: [0, 0, 0] for code in ASSESSABLE}
    for row in frame.iter_rows(named=True):
        panel = _SIDE.get((row["assertion"] or "").strip().lower())
        if panel is None:
            continue
        pair = panel, _SIDE.get((row["class"] or "").lower(), "")
        confusion[pair] = confusion.get(pair, 0) + 1
        stated, found = _criteria(row.get("given_codes_met")), _criteria(row["codes_met"])
        if "given_codes_met" not in row:
            continue
        for code in stated | found:
            counts[code][0 if code in stated & found else 1 if code in stated else 2] += 1
        if stated | found:
            overlaps.append(len(stated & found) / len(stated | found))
    rows = sum(confusion.values())
    right = sum(count for (panel, given), count in confusion.items() if panel == given)
    return AcmgScore(
        rows,
        right / rows if rows else None,
        confusion,
        sum(overlaps) / len(overlaps) if overlaps else None,
        len(overlaps),
        tuple((code, both, panel, own) for code, (both, panel, own) in counts.items()) if overlaps else (),
    )


def _criteria(text: str | None) -> set[str]:
    """The assessable criteria named in a list of codes; what is no code is passed over."""
    found = set()
    for code in (text or "").replace(",", ";").split(";"):
        evidence = _read(code)
        if evidence and evidence.code in ASSESSABLE:
            found.add(evidence.code)
    return found


def _read(code: str) -> Evidence | None:
    try:
        return parse_evidence(code.strip())
    except ValueError:
        return None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"
