"""Sex of every sample of a file, as far as it matters for X-linked genes (G6PD)."""

from dataclasses import replace

from genoai_desktop.analysis.quality.sex import sex_from_x
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.pgx import GeneCall
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable


def sexes_from_file(table: VariantTable) -> list[tuple[Sex, str]]:
    """Per sample, in the file's order: what its genotypes on X show, and what that rests on.

    UNKNOWN where the file has too few variants on X, where its measures disagree, or where it lacks a column
    that the measure needs.
    """
    needed = {"chrom", "pos", "kind", "filter"} <= set(table.frame.columns)
    if not needed:
        return [(Sex.UNKNOWN, tr("The file does not show X."))] * len(table.samples)
    shown = [sex_from_x(table, index) for index in range(len(table.samples))]
    return [(one.sex, one.note) for one in shown]


def with_sex_note(call: GeneCall, sex: Sex, reason: str, x_linked: bool) -> GeneCall:
    """The call of an X-linked gene with a note on how many copies were assumed and why."""
    if not x_linked or not call.positions_tested:
        return call
    if sex is Sex.UNKNOWN:
        note = tr("Sex not known: {reason} The gene lies on X; in a male this is one copy, not two.",
                  reason=reason)  # fmt: skip
        if "/" not in call.diplotype:
            note = tr("Sex not known: {reason} The file gives one copy of this gene on X.", reason=reason)
    else:
        name = tr("male") if sex is Sex.MALE else tr("female")
        note = tr("Taken as {sex} by the genotypes on X: {reason}", sex=name, reason=reason)
    return replace(call, notes=(*call.notes, note))
