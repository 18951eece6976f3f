"""``evaluate risk``: agreement of every risk model with its reference file, as a table."""

import json
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polars as pl

from genoai_desktop.app import risk_files
from genoai_desktop.app.risk_pedigrees import answer_family
from genoai_desktop.app.risk_scores import score_bundled, score_file
from genoai_desktop.app.tables import read_table, write_table
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.text import tr
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
        UserError: a reference file is damaged, or there is none. Files that are not there are left out.
    """
    rows: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        for path, measure in _measures(reference, Path(folder), knowledge, context):
            try:
                rows.append(measure(path))
            except (KeyError, TypeError, ValueError, AttributeError, pl.exceptions.PolarsError) as error:
                raise UserError(
                    tr("This reference file has not the columns or values it should."),
                    where=file_where(path),
                    remedy=tr("Copy it again from its source."),
                ) from error
    if not rows:
        raise UserError(
            tr("There are no reference files."),
            where="--reference",
            remedy=tr(
                "Name the folder that holds the tables for Gail, Claus, carriers, pedigrees and scores."
            ),
        )
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row").with_columns(
        agrees=pl.col("largest_difference") <= pl.col("tolerance")
    )
    write_table(frame, out)
    return frame


def _measures(
    reference: Path, work: Path, knowledge: Knowledge, context: Context
) -> Iterator[tuple[Path, Callable[[Path], Result]]]:
    """Every reference file that is there, with what compares it."""
    tables = (
        ("gail*.csv", risk_files.risk_gail, _gail),
        ("claus*.csv", risk_files.risk_claus, _claus),
        ("carrier*.csv", risk_files.risk_carrier, _carrier),
    )
    for pattern, run, compare in tables:
        for path in sorted(reference.glob(pattern)):
            yield (
                path,
                partial(_table, work=work, run=run, compare=compare, knowledge=knowledge, context=context),
            )
    for path in sorted(reference.glob("pedigree*.json")):
        if "MODEL" not in path.name:
            yield path, partial(_pedigree, knowledge=knowledge)
    for path in sorted((reference / "prs").glob("*_plink2.sscore.gz")):
        yield path, partial(_plink2, knowledge=knowledge, context=context)
    for path in sorted((reference / "prs").glob("*_PRS__*.vcf.csv")):
        yield path, partial(_canrisk, knowledge=knowledge, context=context)


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


def _plink2(path: Path, knowledge: Knowledge, context: Context) -> Result:
    stem = path.name.split("_", maxsplit=1)[0]
    vcf, score = (path.with_name(f"{stem}{end}") for end in (".vcf.gz", "_scorefile.txt.gz"))
    found = score_file(vcf, score, knowledge, context)
    theirs = dict(read_table(path).select("#IID", "SCORE1_SUM").iter_rows())
    # plink2 prints six significant digits: compare what it would have printed
    gaps = [abs(float(f"{s.score.score_sum:.6g}") - float(theirs[s.sample])) for s in found]
    return f"plink2 ({path.name})", len(found), max(gaps), 1e-6, "absolute, six digits"


def _canrisk(path: Path, knowledge: Knowledge, context: Context) -> Result:
    name, vcf = path.name.removesuffix(".csv").split("__", 1)
    found = score_bundled(path.with_name(vcf), name.removesuffix("_PRS"), knowledge, context)
    theirs = dict(read_table(path).select("sample", "z-score").iter_rows())
    gaps = [
        abs((s.score.z if s.score.z is not None else float("inf")) - float(theirs[s.sample])) for s in found
    ]
    return f"CanRisk z ({path.name})", len(found), max(gaps), 1e-3, "absolute"
