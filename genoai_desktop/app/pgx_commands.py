"""The ``pgx`` commands: files in, tables out."""

from pathlib import Path

import polars as pl

from genoai_desktop.analysis.ancestry import estimate
from genoai_desktop.analysis.pharmacogenomics.outside import read_outside
from genoai_desktop.app.pgx_files import (
    WARFARIN_COLUMNS,
    call_samples,
    evaluate_pgx,
    evaluate_warfarin,
    unknown_drugs,
    write_advice_tsv,
    write_calls_tsv,
)
from genoai_desktop.app.tables import read_table, table_bytes, write_bytes, write_table
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.findings import Severity
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import models
from genoai_desktop.models.warfarin import load_warfarin
from genoai_desktop.vcf import load
from genoai_desktop.vcf.callable import read_callable

ADVICE_NAME = "ADVICE.tsv"


def run_pgx(
    vcf: Path,
    out: Path,
    knowledge: Knowledge,
    context: Context,
    *,
    outside: Path | None = None,
    drugs: tuple[str, ...] = (),
    regions: Path | None = None,
) -> bool:
    """Calls of every sample; with ``drugs`` also ``ADVICE.tsv`` beside ``out``. True with Findings to read.

    ``regions``: BED file of regions that the laboratory states to be callable.

    Raises:
        UserError: the file is refused, has no samples, or a drug is not known.
    """
    if unknown := unknown_drugs(drugs, knowledge):
        raise UserError(
            tr("No guideline here knows: {names}.", names=", ".join(unknown)),
            where="--advise",
            remedy=tr("Use the generic English name."),
        )
    if drugs and out.name == ADVICE_NAME:
        raise UserError(
            tr("The calls and the advice would have the same name."),
            where="--out",
            remedy=tr("Choose another name for the calls."),
        )
    given = read_outside(outside, knowledge.pgx) if outside else ()
    stated = read_callable(regions) if regions else None
    table = load(vcf, context)
    if not table.samples:
        raise UserError(
            tr("The file has no samples."), where=vcf.name, remedy=tr("Give a VCF with genotypes.")
        )
    calls = call_samples(
        table, knowledge, context, outside=given, regions=stated,
        ancestry=lambda sample: estimate(table, sample, knowledge, context),
    )  # fmt: skip
    context.check()
    if drugs:
        write_advice_tsv(calls, knowledge, out.parent / ADVICE_NAME, drugs)
    write_calls_tsv(calls, out)
    if not drugs and str(out) != "-" and (out.parent / ADVICE_NAME).exists():
        context.report(
            tr("{name} beside it is of an earlier run: it was left as it is.", name=ADVICE_NAME), None
        )
    return any(finding.severity is not Severity.INFO for finding in table.findings)


def compare_with_truth(vcf: Path, truth: Path, knowledge: Knowledge, context: Context) -> None:
    """Print agreement per gene and each difference."""
    rows = [
        {key: value or "" for key, value in row.items()}
        for row in read_table(truth, ("sample", "gene", "getrm")).iter_rows(named=True)
    ]
    wanted = {row["sample"] for row in rows}
    table = load(vcf, context)
    calls = {
        sample: found for sample, found in call_samples(table, knowledge, context).items() if sample in wanted
    }
    totals, compared = evaluate_pgx(calls, rows)
    lines = ["gene\tagree\tcompared\tpercent"]
    for gene, (good, count) in sorted(totals.items()):
        lines.append(f"{gene}\t{good}\t{count}\t{100 * good / count:.1f}" if count else f"{gene}\t0\t0\t")
    different = [row for row in compared if row.get("agrees") != "1"]
    lines += ["", "\t".join(compared[0]) if compared else ""]
    lines += ["\t".join(str(value) for value in row.values()) for row in different]
    write_bytes(("\n".join(lines) + "\n").encode(), Path("-"))


def predict_warfarin(patients: Path, out: Path, knowledge: Knowledge) -> None:
    """Per patient a prediction with its interval; the errors by ancestry follow on standard output."""
    frame = read_table(patients)
    rows = [{key: value or "" for key, value in row.items()} for row in frame.iter_rows(named=True)]
    predicted, errors = evaluate_warfarin(rows, knowledge, load_warfarin(models() / "warfarin"))
    columns = dict.fromkeys([*frame.columns, *WARFARIN_COLUMNS], pl.String)
    write_table(pl.DataFrame(predicted, schema=columns), out)
    if errors:
        blank = b"\n" if str(out) == "-" else b""
        write_bytes(blank + table_bytes(pl.DataFrame(errors), Path("-")), Path("-"))
