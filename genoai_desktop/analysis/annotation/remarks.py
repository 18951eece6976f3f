"""Findings about the consequences of a whole file."""

from typing import Final

import polars as pl

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

_MANY: Final = 0.05
"""Share of coding substitutions that do not fit beyond which the build, not the genome, is in doubt.

The reference genome itself differs from the bundled proteins at fewer than one in a hundred coding
variants of a real exome (it carries a rare allele there).
"""


def findings(
    effects: pl.DataFrame, table: VariantTable, by_reference: bool, context: Context
) -> list[Finding]:
    """Bases that contradict the expected sequence, models that did not lift, names that were not shifted.

    Raises:
        Cancelled: when the person stopped the job.
    """
    found = _clashes(effects, table)
    context.check()
    found += _inexact(effects, table)
    context.check()
    return found if by_reference else found + _unshifted(effects, table)


def _clashes(effects: pl.DataFrame, table: VariantTable) -> list[Finding]:
    clashes = effects.filter(pl.col("clash"))
    count = clashes["row"].n_unique()
    if not count:
        return []
    genes = sorted(clashes["gene"].unique().to_list())
    shown = ", ".join(genes[:10]) + (", …" if len(genes) > 10 else "")
    coding = effects.filter(pl.col("aa_position").is_not_null())["row"].n_unique()
    many = count > max(10, coding * _MANY)
    text = tr(
        "For {count} variants the reference base does not fit the expected sequence of the gene ({genes}). "
        "Their amino-acid change is not stated.",
        count=count,
        genes=shown,
    )
    if many:
        text += " " + tr("That is too many for {build}: check the build of the file.", build=table.build)
    severity = Severity.ERROR if many else Severity.INFO
    return [Finding(severity, "annotation.reference-base", Where(table.path, field="REF"), text, count)]


def _inexact(effects: pl.DataFrame, table: VariantTable) -> list[Finding]:
    concerned = effects.filter(pl.col("inexact") & (pl.col("consequence") != "intron_variant"))
    count = concerned["row"].n_unique()
    if not count:
        return []
    genes = ", ".join(sorted(concerned["gene"].unique().to_list())[:20])
    text = tr(
        "{count} variants lie in transcripts whose coding sequence differs on {build} ({genes}): "
        "their HGVS names and amino-acid changes are not stated.",
        count=count,
        build=table.build,
        genes=genes,
    )
    return [Finding(Severity.WARNING, "annotation.lifted-transcript", Where(table.path), text, count)]


def _unshifted(effects: pl.DataFrame, table: VariantTable) -> list[Finding]:
    named = effects.filter(pl.col("hgvs_c").str.contains("del|ins|dup"))
    count = named["row"].n_unique()
    if not count:
        return []
    text = tr(
        "HGVS names of {count} insertions and deletions keep the position of the file: without a reference "
        "genome they cannot be moved to the 3' end, and a duplication may be called an insertion.",
        count=count,
    )
    return [Finding(Severity.INFO, "annotation.names-not-shifted", Where(table.path), text, count)]
