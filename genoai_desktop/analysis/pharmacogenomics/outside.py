"""Results from another laboratory (typed HLA, CYP2D6 copy number): they lead over the file's own.

File: tab-separated, ``gene diplotype phenotype activity_score`` with an optional ``sample`` column when a
header line names the columns; without a header the first four columns in that order (PharmCAT's form).
Lines that start with ``#`` are comments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import PgxDefinitions

_COLUMNS = ("gene", "diplotype", "phenotype", "activity_score", "sample")


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """One gene's result from elsewhere; ``sample`` empty when it holds for every sample of the file."""

    gene: str
    diplotype: str
    phenotype: str = ""
    activity_score: str = ""
    sample: str = ""


def read_outside(path: Path, definitions: PgxDefinitions) -> tuple[OutsideCall, ...]:
    """Read a file of outside calls.

    Raises:
        UserError: the file cannot be read, a gene is not known, or a line gives no result.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            tr("The file of outside calls cannot be read."), where=file_where(path),
            remedy=tr("Give a tab-separated text file."), code="pgx.outside",
        ) from error  # fmt: skip
    columns: Sequence[str] = _COLUMNS
    known = {*definitions.genes, "HLA-A", "HLA-B"}
    found = []
    for number, line in enumerate(lines, start=1):
        fields = [field.strip() for field in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        if "gene" in (lowered := [field.lower() for field in fields]):
            columns = lowered
            continue
        row = dict(zip(columns, fields, strict=False))
        call = OutsideCall(*(row.get(name, "") for name in _COLUMNS))
        _check(call, known, path, number)
        found.append(call)
    return tuple(found)


def _check(call: OutsideCall, known: set[str], path: Path, number: int) -> None:
    if call.gene not in known:
        raise UserError(
            tr("The gene “{gene}” is not one that this program knows.", gene=call.gene),
            where=file_where(path, number, "gene"), remedy=tr("Use the gene's HGNC symbol."),
            code="pgx.outside",
        )  # fmt: skip
    if not (call.diplotype or call.phenotype):
        raise UserError(
            tr("Neither a diplotype nor a phenotype is given."), where=file_where(path, number, "diplotype"),
            remedy=tr("Fill in one of the two, or remove the line."), code="pgx.outside",
        )  # fmt: skip


def apply_outside(
    calls: Sequence[GeneCall], outside: Sequence[OutsideCall], sample: str, definitions: PgxDefinitions
) -> tuple[GeneCall, ...]:
    """The calls with outside results in place of the file's own, sorted by gene."""
    merged: dict[str, GeneCall] = {call.gene: call for call in calls}
    for call in outside:
        if call.sample in ("", sample):
            merged[call.gene] = _result(call, merged, definitions)
    return tuple(merged[gene] for gene in sorted(merged))


def _result(call: OutsideCall, own: Mapping[str, GeneCall], definitions: PgxDefinitions) -> GeneCall:
    phenotype, activity = call.phenotype, call.activity_score
    if call.gene.startswith("HLA-") and not phenotype:
        phenotype = _hla_phenotype(call)
    elif not phenotype:
        first, _, second = call.diplotype.partition("/")
        result = definitions.phenotype(call.gene, first, second or None)
        phenotype, activity = result.name, activity or result.activity
    notes = [tr("Given from outside; it leads over what this file shows.")]
    mine = own.get(call.gene)
    if mine and mine.diplotype and call.diplotype and mine.diplotype != call.diplotype:
        notes.append(tr("This file by itself shows {diplotype}.", diplotype=mine.diplotype))
    tested = mine.positions_tested if mine else 0
    return GeneCall(
        call.gene, call.diplotype, (), phenotype, activity, CallStatus.CALLED, tested, (), tuple(notes)
    )


def _hla_phenotype(call: OutsideCall) -> str:
    alleles = {"*" + ":".join(name.lstrip("*").split(":")[:2]) for name in call.diplotype.split("/")}
    asked = ("*31:01",) if call.gene == "HLA-A" else ("*15:02", "*15:11", "*57:01", "*58:01")
    return "; ".join(f"{name} {'positive' if name in alleles else 'negative'}" for name in asked)
