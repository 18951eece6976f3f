"""How often the published diagnosis and gene come first and in the first ten, for ``evaluate rare``.

Read beside the ranks that were written; the ranking itself sees no answer.
"""

from pathlib import Path

import polars as pl

from genoai_desktop.app.tables import read_table, write_bytes
from genoai_desktop.domain.text import tr

ANSWERS = {"disease": "disease", "gene": "genes"}
"""The column of the answer, by the level of the ranks."""
TEN = 10


def print_agreement(cases: Path, ranks: Path, top: int) -> None:
    """Print it, unless the ranks themselves were printed or hold fewer than ten places."""
    if str(ranks) != "-" and top >= TEN:
        lines = agreement(read_table(cases), ranks)
        write_bytes("".join(f"{line}\n" for line in lines).encode(), Path("-"))


def agreement(cases: pl.DataFrame, ranks: Path) -> list[str]:
    """A line per level whose answer the cases name: diseases by identifier, genes by symbol.

    A case counts as found where any of its answers (joined by ``;``) is listed; one that is not listed, or
    whose answer no bundled source knows, counts as missed. Cases without an answer are left out.
    """
    rows = read_table(ranks).select("id", "level", "candidate", pl.col("rank").cast(pl.Int32))
    return [_line(cases, rows, level) for level, column in ANSWERS.items() if column in cases.columns]


def _line(cases: pl.DataFrame, rows: pl.DataFrame, level: str) -> str:
    asked = cases.select("id", candidate=pl.col(ANSWERS[level]).str.split(";")).explode("candidate")
    asked = asked.filter(pl.col("candidate").is_not_null() & (pl.col("candidate") != ""))
    found = asked.join(rows.filter(pl.col("level") == level), on=["id", "candidate"], how="left")
    best = found.group_by("id").agg(pl.col("rank").min())["rank"]
    return tr(
        "{level}: first {first} %, in the first ten {ten} % of {count} cases.",
        level=tr("Diseases") if level == "disease" else tr("Genes"),
        first=_percent(int((best == 1).sum()), len(best)),
        ten=_percent(int((best <= TEN).sum()), len(best)),
        count=f"{len(best):,}",
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"
