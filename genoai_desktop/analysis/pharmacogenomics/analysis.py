"""The pharmacogenomic analysis of one case."""

from collections.abc import Sequence
from typing import Protocol

from genoai_desktop.analysis.pharmacogenomics.advice import advise
from genoai_desktop.analysis.pharmacogenomics.calling import call_genes
from genoai_desktop.analysis.pharmacogenomics.hla import call_hla
from genoai_desktop.analysis.pharmacogenomics.interactions import convert
from genoai_desktop.analysis.pharmacogenomics.outside import OutsideCall, apply_outside
from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.pgx import GeneCall, PgxResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf.table import VariantTable


class HasPgx(Protocol):
    """What this analysis needs of the knowledge facade."""

    @property
    def pgx(self) -> PgxDefinitions:
        """The pharmacogene tables."""


def call_all(
    table: VariantTable,
    definitions: PgxDefinitions,
    context: Context,
    *,
    samples: Sequence[int],
    sexes: Sequence[Sex] = (),
    assume_reference: bool = False,
    outside: Sequence[OutsideCall] = (),
) -> list[tuple[GeneCall, ...]]:
    """Star alleles, HLA tags and outside calls of each sample, sorted by gene."""
    star = call_genes(
        table, definitions, context, samples=samples, sexes=sexes, assume_reference=assume_reference
    )
    tags = call_hla(table, definitions, samples, assume_reference)
    return [
        apply_outside((*one, *two), outside, table.samples[index], definitions)
        for one, two, index in zip(star, tags, samples, strict=True)
    ]


def analyse(
    case: Case,
    table: VariantTable,
    knowledge: HasPgx,
    context: Context,
    *,
    sample: str | None = None,
    outside: Sequence[OutsideCall] | None = None,
) -> PgxResult:
    """Calls of the proband (or ``sample``), with advice for every drug that a guideline ties to them.

    Raises:
        KeyError: the file has no such sample.
        Cancelled: when the person stopped the job.
    """
    definitions = knowledge.pgx
    name = sample or case.index.sample or (table.samples[0] if table.samples else "")
    index = table.sample_index(name)
    person = next((p for p in case.persons if p.sample == name), case.index)
    (calls,) = call_all(
        table, definitions, context, samples=[index], sexes=[person.sex],
        assume_reference=case.reports_every_covered_position, outside=outside or (),
    )  # fmt: skip
    context.check()
    taken = [medicine.name for medicine in case.medicines if not medicine.planned]
    changed, conversions, notes = convert(calls, taken, definitions)
    said = list(notes)
    said += [
        tr("{gene}: {before} by genotype, {after} while taking {names}.", gene=c.gene, before=c.before,
           after=c.after, names=", ".join(c.medicines))
        for c in conversions
    ]  # fmt: skip
    if case.reports_every_covered_position:
        said.append(
            tr("Positions without a record count as reference: the laboratory reports every covered one.")
        )
    return PgxResult(name, changed, advise(changed, definitions), definitions.versions(), tuple(said))
