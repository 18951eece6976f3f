"""The pharmacogenomic analysis of one case."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from genoai_desktop.analysis.pharmacogenomics.advice import for_everybody, gaps
from genoai_desktop.analysis.pharmacogenomics.calling import call_genes
from genoai_desktop.analysis.pharmacogenomics.cautions import cautions
from genoai_desktop.analysis.pharmacogenomics.checked import review_text
from genoai_desktop.analysis.pharmacogenomics.copy_calls import apply_copies
from genoai_desktop.analysis.pharmacogenomics.copy_number import estimate
from genoai_desktop.analysis.pharmacogenomics.copy_reads import Measured, measure
from genoai_desktop.analysis.pharmacogenomics.doses import doses
from genoai_desktop.analysis.pharmacogenomics.genotypes import observe
from genoai_desktop.analysis.pharmacogenomics.hla import Ancestry, call_hla
from genoai_desktop.analysis.pharmacogenomics.outside import apply_outside, stated_copies
from genoai_desktop.analysis.pharmacogenomics.present import advise_present
from genoai_desktop.analysis.pharmacogenomics.tag_ancestry import compared_ancestry
from genoai_desktop.domain.case import Case, Scope, Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.pgx import CopyNumber, GeneCall, PgxResult
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf.callable import CallableRegions, read_callable
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
    copies: Mapping[int, Sequence[CopyNumber]] | None = None,
    ancestry: Ancestry = lambda _sample: compared_ancestry(None),
    regions: CallableRegions | None = None,
) -> list[tuple[GeneCall, ...]]:
    """Star alleles, HLA tags and outside calls of each sample, sorted by gene.

    ``copies``: of genes by read depth, by index of the sample; outside calls lead over them. ``ancestry`` of
    a sample, with which HLA tags are compared; asked for only where one was seen. ``regions``: stated to be
    callable, so that a position inside without a record is reference.
    """
    copies = stated_copies(outside, table.samples, samples, copies or {}, definitions)
    star = call_genes(
        table, definitions, context, samples=samples, sexes=sexes, assume_reference=assume_reference,
        regions=regions,
    )  # fmt: skip
    for column, index in enumerate(samples):
        for known in copies.get(index, ()):
            star[column] = _with_copies(
                star[column], known, table, definitions, index, assume_reference, regions
            )
    tags = call_hla(table, definitions, samples, assume_reference, ancestry, regions)
    return [
        apply_outside((*one, *two), outside, table.samples[index], definitions)
        for one, two, index in zip(star, tags, samples, strict=True)
    ]


def _with_copies(
    calls: tuple[GeneCall, ...],
    known: CopyNumber,
    table: VariantTable,
    definitions: PgxDefinitions,
    index: int,
    assume_reference: bool,
    regions: CallableRegions | None,
) -> tuple[GeneCall, ...]:
    gene = definitions.genes[known.gene]
    seen = observe(table, {known.gene: gene}, [index], assume_reference, regions)[known.gene]
    return tuple(
        apply_copies(call, known, gene, definitions, seen, table.build) if call.gene == known.gene else call
        for call in calls
    )


def read_copies(case: Case, definitions: PgxDefinitions, context: Context, sample: str) -> list[CopyNumber]:
    """Copies of the genes that have regions for it, from the case's reads; empty without reads.

    Reads that carry the name of another sample are refused: their copies would be somebody else's.
    """
    found: list[CopyNumber] = []
    for name, gene in definitions.genes.items() if case.reads else ():
        regions = definitions.copy_regions(name, case.build)
        if regions is None or case.reads is None:
            continue
        context.check()
        context.report(tr("Counting copies of {gene} in the reads", gene=name), None)
        defining = frozenset(site.positions[case.build] - 1 for site in gene.sites)
        reference = Path(case.reference) if case.reference else None
        measured = measure(Path(case.reads), reference, regions, defining)
        if measured.samples and sample not in measured.samples:
            measured = Measured(reason=tr("the reads name another sample than the variants"))
        found.append(estimate(measured, regions))
    return found


def analyse(
    case: Case,
    table: VariantTable,
    knowledge: HasPgx,
    context: Context,
    *,
    sample: str | None = None,
    outside: Sequence[OutsideCall] | None = None,
    ancestry: AncestryEstimate | None = None,
) -> PgxResult:
    """Calls of the proband (or ``sample``), with advice for every drug that a guideline ties to them.

    ``outside`` comes on top of the case's own outside calls, which hold for the proband alone. ``ancestry``
    as estimated from the file is compared with the HLA tags, where consent covers it (polygenic scores).

    Raises:
        KeyError: the file has no such sample.
        UserError: the file of callable regions cannot be used.
        Cancelled: when the person stopped the job.
    """
    definitions = knowledge.pgx
    name = sample or case.index.sample or (table.samples[0] if table.samples else "")
    index = table.sample_index(name)
    person = next((p for p in case.persons if p.sample == name), case.index)
    copies = read_copies(case, definitions, context, name) if person is case.index else []
    stated = (*(case.outside_calls if person is case.index else ()), *(outside or ()))
    regions = read_callable(Path(case.callable_regions)) if case.callable_regions else None
    compared = compared_ancestry(ancestry, case.consent.allows(Scope.POLYGENIC))
    (calls,) = call_all(
        table, definitions, context, samples=[index], sexes=[person.sex],
        assume_reference=case.reports_every_covered_position, outside=stated, copies={index: copies},
        ancestry=lambda _sample: compared, regions=regions,
    )  # fmt: skip
    context.check()
    taken = [medicine.name for medicine in case.medicines if not medicine.planned]
    changed, conversions, notes, advice = advise_present(
        calls, taken, definitions, ancestry=case.patient.ancestry
    )
    advice = for_everybody(advice, listed_as(*(medicine.name for medicine in case.medicines)))
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
    if regions is not None:
        said.append(
            tr("Positions without a record count as reference inside the callable regions that were stated "
               "({file}).", file=regions.name)
        )  # fmt: skip
    return PgxResult(
        name, changed, (*advice, *gaps(changed, definitions, advice)), definitions.versions(), tuple(said),
        conversions, cautions(case, definitions), doses(case, changed, definitions),
        review_text(definitions.review),
    )  # fmt: skip
