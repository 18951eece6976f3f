"""The ``risk`` commands on files. Columns as the command-line contract states; others are carried through.

A row that a model does not take keeps its place: the answer is empty and ``note`` names the field.
"""

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from genoai_desktop.analysis.risk.carrier import residual_one_in
from genoai_desktop.analysis.risk.claus import FIRST_TABULATED_AGE, ClausFamily, claus_risk
from genoai_desktop.analysis.risk.gail import GailProfile, gail_risk
from genoai_desktop.app.risk_pedigrees import answer_family
from genoai_desktop.app.risk_scores import ScoredSample, score_file
from genoai_desktop.app.tables import parse_json, read_table, read_text, write_bytes, write_table
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

GAIL_COLUMNS = ("T1", "T2", "N_Biop", "HypPlas", "AgeMen", "Age1st", "N_Rels", "Race")
CLAUS_COLUMNS = (
    "age",
    "mother_onset_age",
    "daughter_onset_ages",
    "full_sister_onset_ages",
    "maternal_aunt_onset_ages",
    "paternal_aunt_onset_ages",
    "maternal_grandmother_onset_ages",
    "paternal_grandmother_onset_ages",
    "maternal_half_sister_onset_ages",
    "paternal_half_sister_onset_ages",
)
_CLAUS_FIELDS = dict(zip(ClausFamily.__slots__, CLAUS_COLUMNS[1:], strict=True))
PRS_COLUMNS = ("sample", "allele_count", "dosage_sum", "score_sum", "matched", "total", "z", "percentile",
               "reference", "note")  # fmt: skip
Row = Mapping[str, Any]
Answer = tuple[float | None, str]


def risk_gail(source: Path, out: Path, knowledge: Knowledge, context: Context) -> bool:
    """Add ``absolute_risk_pct``. True when a row was refused.

    Raises:
        UserError: the table cannot be read or lacks a column.
    """

    def answer(row: Row) -> Answer:
        values = [_number(row, name) for name in GAIL_COLUMNS]
        whole = [_whole(name, value) for name, value in zip(GAIL_COLUMNS[2:], values[2:], strict=True)]
        return gail_risk(GailProfile(values[0], values[1], *whole), knowledge.risk.gail).risk * 100, ""

    return _apply(source, out, GAIL_COLUMNS, "absolute_risk_pct", answer, context)


def risk_claus(source: Path, out: Path, knowledge: Knowledge, context: Context) -> bool:
    """Add ``claus_remaining_lifetime_risk`` (0..1, three decimals). True when a row was refused.

    Raises:
        UserError: the table cannot be read or lacks a column.
    """

    def answer(row: Row) -> Answer:
        age = _number(row, "age")
        family = ClausFamily(**{field: _ages(row, column) for field, column in _CLAUS_FIELDS.items()})
        try:
            found = claus_risk(age, family, knowledge.risk.claus, as_published_code=True)
        except UserError as error:
            raise UserError(error.what, where=_CLAUS_FIELDS.get(error.where, error.where)) from error
        if found is None:
            return None, tr("no affected relative: the Claus tables do not apply")
        if age >= FIRST_TABULATED_AGE:
            return round(found.remaining, 3), ""
        careful = claus_risk(age, family, knowledge.risk.claus)
        note = tr(
            "below age 29 the tables give no figure and the published program understates; with no risk "
            "assumed before 20 it is {value:.3f}",
            value=careful.remaining if careful else 0.0,
        )
        return round(found.remaining, 3), note

    return _apply(source, out, CLAUS_COLUMNS, "claus_remaining_lifetime_risk", answer, context)


def risk_carrier(source: Path, out: Path, _knowledge: Knowledge, context: Context) -> bool:
    """Add ``residual_1_in``. True when a row was refused.

    Raises:
        UserError: the table cannot be read or lacks a column.
    """

    def answer(row: Row) -> Answer:
        value = residual_one_in(_number(row, "prior_1_in"), _number(row, "detection"))
        return (
            (value, "")
            if math.isfinite(value)
            else (None, tr("the test finds every carrier: no residual risk"))
        )

    return _apply(source, out, ("prior_1_in", "detection"), "residual_1_in", answer, context)


def risk_pedigree(source: Path, out: Path, knowledge: Knowledge, context: Context) -> bool:
    """A JSON list of families in, the list with probabilities out. A refused family gets ``refused``.

    Raises:
        UserError: the file is not a JSON list of objects.
    """
    families = _json_list(source)
    answers: list[dict[str, Any]] = []
    refused = False
    for number, family in enumerate(context.track(families, tr("Calculating families")), start=1):
        try:
            if not isinstance(family, dict):
                raise UserError(tr("a family must be an object"), where=tr("family {number}", number=number))
            answers.append(answer_family(family, knowledge.risk))
        except UserError as error:
            refused = True
            kept = family if isinstance(family, dict) else {}
            answers.append({**kept, "carrier_probability": None, "refused": str(error)})
    write_bytes((json.dumps(answers, ensure_ascii=False, indent=1) + "\n").encode(), out)
    return refused


def risk_prs(
    vcf: Path, score: Path, out: Path, knowledge: Knowledge, context: Context, *, build: Build | None = None
) -> bool:
    """One row per sample. True when sites were lost.

    Raises:
        UserError: the VCF or the score is refused.
    """
    rows = score_file(vcf, score, knowledge, context, build=build)
    write_table(score_table(rows), out)
    return any(row.score.matched < row.score.total for row in rows)


def score_table(rows: tuple[ScoredSample, ...]) -> pl.DataFrame:
    """Scores as the command line writes them."""
    data = [
        (
            row.sample,
            row.allele_count,
            row.dosage_sum,
            row.score.score_sum,
            row.score.matched,
            row.score.total,
            row.score.z,
            row.score.percentile,
            row.score.reference or None,
            "; ".join(row.score.notes) or None,
        )
        for row in rows
    ]
    types = (pl.String, *[pl.Float64] * 3, *[pl.Int64] * 2, *[pl.Float64] * 2, pl.String, pl.String)
    return pl.DataFrame(data, schema=dict(zip(PRS_COLUMNS, types, strict=True)), orient="row")


def _apply(
    source: Path,
    out: Path,
    needs: tuple[str, ...],
    column: str,
    answer: Callable[[Row], Answer],
    context: Context,
) -> bool:
    frame = read_table(source, needs)
    values: list[float | None] = []
    notes: list[str] = []
    refused = False
    rows = frame.select(needs).iter_rows(named=True)
    for row in context.track(rows, tr("Calculating"), frame.height):
        try:
            value, note = answer(row)
        except UserError as error:
            value, note, refused = None, f"{error.where}: {error.what}", True
        values.append(value)
        notes.append(note)
    added = [pl.Series(column, values, dtype=pl.Float64)]
    name = "note" if "note" not in frame.columns else f"{column}_note"
    if any(notes) or column == "absolute_risk_pct":
        added.append(pl.Series(name, [note or None for note in notes], dtype=pl.String))
    write_table(frame.with_columns(added), out)
    return refused


def _number(row: Row, field: str) -> float:
    text = row[field]
    try:
        value = float(text)
    except (TypeError, ValueError):
        raise UserError(tr("a number is needed"), where=field) from None
    if not math.isfinite(value):
        raise UserError(tr("a number is needed"), where=field)
    return value


def _whole(field: str, value: float) -> int:
    if not value.is_integer():
        raise UserError(tr("a whole number is needed"), where=field)
    return int(value)


def _ages(row: Row, field: str) -> tuple[int, ...]:
    text = (row[field] or "").strip()
    try:
        return tuple(_whole(field, float(part)) for part in text.split(";") if part.strip())
    except ValueError:
        raise UserError(tr("ages in years, separated by semicolons, are needed"), where=field) from None


def _json_list(source: Path) -> list[Any]:
    value = parse_json(source, read_text(source))
    if not isinstance(value, list):
        raise UserError(
            tr("A JSON list is needed."), where=file_where(source), remedy=tr("Put the families in [ ].")
        )
    return value
