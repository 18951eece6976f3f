"""``evaluate risk``: agreement of every risk model with its reference file, as a table."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from genoai_desktop.app import risk_files
from genoai_desktop.app.risk_pedigrees import answer_family
from genoai_desktop.app.risk_scores import score_bundled, score_file
from genoai_desktop.app.tables import read_table, write_table
from genoai_desktop.domain.context import Context
from genoai_desktop.knowledge import Knowledge

Result = tuple[str, int, float, float, str]
"""Subject, rows compared, largest difference, tolerance, how the difference is measured."""

_SCHEMA = {
    "subject": pl.String,
    "rows": pl.Int64,
    "largest_difference": pl.Float64,
    "tolerance": pl.Float64,
    "measure": pl.String,
}


def evaluate(reference: Path, knowledge: Knowledge, context: Context, out: Path = Path("-")) -> pl.DataFrame:
    """Compare with every reference file below ``reference`` and write (default: print) the table.

    Raises:
        UserError: a reference file is damaged. Files that are not there are left out.
    """
    rows: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for path in sorted(reference.glob("gail*.csv")):
            rows.append(_table(path, work, risk_files.risk_gail, _gail, knowledge, context))
        for path in sorted(reference.glob("claus*.csv")):
            rows.append(_table(path, work, risk_files.risk_claus, _claus, knowledge, context))
        for path in sorted(reference.glob("carrier*.csv")):
            rows.append(_table(path, work, risk_files.risk_carrier, _carrier, knowledge, context))
    for path in sorted(reference.glob("pedigree*.json")):
        if "MODEL" not in path.name:
            rows.append(_pedigree(path, knowledge))
    rows += _scores(reference / "prs", knowledge, context)
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(
        agrees=pl.col("largest_difference") <= pl.col("tolerance")
    )
    write_table(frame, out)
    return frame


def _table(
    path: Path,
    work: Path,
    run: Callable[[Path, Path, Knowledge, Context], bool],
    compare: Callable[[pl.DataFrame], Result],
    knowledge: Knowledge,
    context: Context,
) -> Result:
    answers = work / "answers.tsv"
    run(path, answers, knowledge, context)
    name, rows, worst, tolerance, measure = compare(read_table(answers))
    return f"{name} ({path.name})", rows, worst, tolerance, measure


def _largest(frame: pl.DataFrame, ours: str, theirs: str, *, relative: bool) -> float:
    """Infinite when one side has a figure where the other has none."""
    if not frame.filter(pl.col(ours).is_null() != pl.col(theirs).is_null()).is_empty():
        return float("inf")
    pair = frame.select(pl.col(ours).cast(pl.Float64), pl.col(theirs).cast(pl.Float64)).drop_nulls()
    gap = (pair[ours] - pair[theirs]).abs()
    worst = (gap / pair[theirs].abs()).max() if relative else gap.max()
    return float(worst) if isinstance(worst, float) else 0.0


def _gail(frame: pl.DataFrame) -> Result:
    return (
        "Gail",
        frame.height,
        _largest(frame, "absolute_risk_pct", "risk_pct", relative=True),
        1e-6,
        "relative",
    )


def _claus(frame: pl.DataFrame) -> Result:
    worst = _largest(frame, "claus_remaining_lifetime_risk", "remaining_lifetime_risk", relative=False)
    return "Claus", frame.height, worst, 1e-9, "absolute, three decimals"


def _carrier(frame: pl.DataFrame) -> Result:
    return (
        "Carrier",
        frame.height,
        _largest(frame, "residual_1_in", "formula_1_in", relative=True),
        1e-3,
        "relative",
    )


def _pedigree(path: Path, knowledge: Knowledge) -> Result:
    worst, rows = 0.0, 0
    for family in json.loads(path.read_text(encoding="utf-8")):
        answer = answer_family(
            {key: value for key, value in family.items() if key in ("kind", "q", "detection", "ped")},
            knowledge.risk,
        )
        rows += 1
        for person, value in family["carrier_prob"].items():
            worst = max(worst, abs(answer["carrier_probability"][person] - value))
        if family.get("proband_risk10") is not None:
            worst = max(worst, abs(answer["proband_risk10"] - family["proband_risk10"]))
    return f"Pedigrees ({path.name})", rows, worst, 1e-9, "absolute"


def _scores(folder: Path, knowledge: Knowledge, context: Context) -> list[Result]:
    rows: list[Result] = []
    for path in sorted(folder.glob("*_plink2.sscore.gz")):
        stem = path.name.split("_", maxsplit=1)[0]
        found = score_file(folder / f"{stem}.vcf.gz", folder / f"{stem}_scorefile.txt.gz", knowledge, context)
        theirs = dict(read_table(path).select("#IID", "SCORE1_SUM").iter_rows())
        # plink2 prints six significant digits: compare what it would have printed
        gaps = [abs(float(f"{s.score.score_sum:.6g}") - float(theirs[s.sample])) for s in found]
        rows.append((f"plink2 ({path.name})", len(found), max(gaps), 1e-6, "absolute, six digits"))
    for path in sorted(folder.glob("*_PRS__*.vcf.csv")):
        name, vcf = path.name.removesuffix(".csv").split("__", 1)
        rows.append(_canrisk(path, name.removesuffix("_PRS"), folder / vcf, knowledge, context))
    return rows


def _canrisk(path: Path, name: str, vcf: Path, knowledge: Knowledge, context: Context) -> Result:
    found = score_bundled(vcf, name, knowledge, context)
    theirs = dict(read_table(path).select("sample", "z-score").iter_rows())
    gaps = [
        abs((s.score.z if s.score.z is not None else float("inf")) - float(theirs[s.sample])) for s in found
    ]
    return f"CanRisk z ({path.name})", len(found), max(gaps), 1e-3, "absolute"
