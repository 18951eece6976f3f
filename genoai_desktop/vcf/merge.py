"""Several files of one case (small variants, structural variants, repeats) as one table.

Callers write what they find into files of their own. Rows of later files are put below those of the
first; a person who is missing from a file has nulls there (not called), which is not the same as
having been called without the variant.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import polars as pl

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

_PERSONAL = r"^(s|copy_number_|repeat_count_)(\d+)(_\w+)?$"


def merge(tables: Sequence[VariantTable]) -> VariantTable:
    """One table of all records; build, samples and contigs of the first file lead.

    Samples are matched by name. Where both files hold one sample alone, it is taken for the same
    person even under another name, and a warning says so. ``row`` of the side tables and ``record``
    count on through the files.

    Raises:
        UserError: a file is on another build, or shares no sample with the first.
    """
    first, *others = tables
    samples = list(first.samples)
    findings = list(first.findings)
    parts, sides, notes, blocks = [first.frame], [first.structural], [first.annotation], [first.blocks]
    contigs = list(first.contigs)
    height, records = first.height, first.records_read
    for table in others:
        places, odd = _places(first, table, samples)
        contigs += [name for name in table.contigs if name not in contigs]
        parts.append(_frame(table, places, contigs, records))
        sides.append(_moved(table.structural, places, height))
        notes.append(_moved(table.annotation, places, height))
        blocks.append(_renamed(table.blocks, places))
        findings += [*table.findings, *odd]
        height += table.height
        records += table.records_read
    if others:
        findings += [_read(table) for table in tables]
    return replace(
        first,
        samples=tuple(samples),
        contigs=tuple(contigs),
        frame=_stacked(parts),
        structural=_stacked(sides),
        annotation=_stacked(notes),
        blocks=_stacked(blocks),
        records_read=records,
        records_loaded=sum(table.records_loaded for table in tables),
        records_reported=sum(table.records_reported for table in tables),
        findings=tuple(findings),
    )


def _places(first: VariantTable, table: VariantTable, samples: list[str]) -> tuple[list[int], list[Finding]]:
    """Index in the merged table of each sample of ``table``; new samples are added to ``samples``."""
    name = PurePath(table.path).name
    if table.build is not first.build:
        raise UserError(
            tr("The files are on different builds: {one} and {two}.", one=first.build, two=table.build),
            where=name,
            remedy=tr("Open files of one build together."),
            code="vcf.builds-differ",
        )
    if table.samples and not set(table.samples) & set(first.samples):
        if len(table.samples) == len(first.samples) == 1:
            text = tr("The sample has another name than in the first file; it was taken for the same person.")
            return [0], [Finding(Severity.WARNING, "vcf.sample-name", Where(file=name), text)]
        raise UserError(
            tr("No sample of this file is in the first file."),
            where=name,
            remedy=tr("Open files of the same persons together; their sample names must be equal."),
            code="vcf.samples-differ",
        )
    samples += [sample for sample in table.samples if sample not in samples]
    return [samples.index(sample) for sample in table.samples], []


def _frame(table: VariantTable, places: list[int], contigs: list[str], records: int) -> pl.DataFrame:
    frame = _renamed(table.frame, places)
    codes = [contigs.index(name) for name in table.contigs]
    if codes and frame.height:
        known = pl.Series(codes, dtype=pl.UInt16)
        frame = frame.with_columns(contig=known.gather(frame["contig"].cast(pl.UInt32)))
    return frame.with_columns(record=(pl.col("record") + records).cast(frame.schema["record"]))


def _renamed(frame: pl.DataFrame, places: list[int]) -> pl.DataFrame:
    """Columns of persons under their number in the merged table."""
    found = pl.Series(frame.columns, dtype=pl.String).str.extract_groups(_PERSONAL)
    names = {
        old: f"{part['1']}{places[int(part['2'])]}{part['3'] or ''}"
        for old, part in zip(frame.columns, found, strict=True)
        if part["2"] is not None
    }
    return frame.rename(names) if names else frame


def _moved(side: pl.DataFrame, places: list[int], rows: int) -> pl.DataFrame:
    if not side.height:
        return pl.DataFrame()
    return _renamed(side, places).with_columns(row=(pl.col("row") + rows).cast(side.schema["row"]))


def _stacked(parts: list[pl.DataFrame]) -> pl.DataFrame:
    filled = [part for part in parts if part.width and part.height] or [p for p in parts if p.width][:1]
    if not filled:
        return pl.DataFrame()
    return pl.concat(filled, how="diagonal_relaxed", rechunk=True) if len(filled) > 1 else filled[0]


def _read(table: VariantTable) -> Finding:
    """What was read from one of several files."""
    text = tr(
        "{loaded} of {read} records read, with {large} structural or repeat alleles; {samples} samples.",
        loaded=table.records_loaded,
        read=table.records_read,
        large=table.structural.height,
        samples=len(table.samples),
    )
    return Finding(Severity.INFO, "vcf.read", Where(file=PurePath(table.path).name), text)
