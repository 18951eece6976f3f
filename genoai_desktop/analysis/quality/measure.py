"""``measure``: every figure of the Quality page."""

from genoai_desktop.analysis.quality.columns import first_of_record, with_columns
from genoai_desktop.analysis.quality.coverage import coverage
from genoai_desktop.analysis.quality.relatedness import kinships, mendelian
from genoai_desktop.analysis.quality.samples import sample_quality
from genoai_desktop.analysis.quality.sex import FILTERED, MINIMUM_AUTOSOMAL
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import chromosome_name
from genoai_desktop.domain.quality import WHOLE, QualityResult, SampleQuality, absent_words
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.vcf.table import VariantTable


def measure(case: Case, table: VariantTable, knowledge: Knowledge, context: Context) -> QualityResult:
    """Records, samples, relatedness against the pedigree, Mendelian errors, callability.

    Raises:
        Cancelled: when the person stopped the job.
    """
    label, table = tr("Measuring quality"), with_columns(table)
    samples = tuple(
        sample_quality(table, index, case, context)
        for index in context.track(range(len(table.samples)), label)
    )
    context.check()
    related = kinships(table, case)
    context.check()
    errors = mendelian(table, case)
    context.check()
    own = case.index.sample
    shown = (table.sample_index(own),) if own in table.samples and own is not None else ()
    passing, unfiltered = _filters(table)
    absent = _absent(table)
    return QualityResult(
        records=table.records_read,
        passing=passing,
        samples=samples,
        kinship=related,
        mendelian=errors,
        coverage=tuple(coverage(table, index, knowledge) for index in shown),
        unfiltered=unfiltered,
        notes=(*_notes(unfiltered, samples), *filter(None, (absent_words(absent),))),
        absent=absent,
    )


def _absent(table: VariantTable) -> tuple[str, ...]:
    """Of 1 to 22 and X those without any record or reference block; none where the file has no record."""
    if not table.records_read:
        return ()
    parts = [part["chrom"] for part in (table.frame, table.blocks) if "chrom" in part.columns]
    seen = {chromosome_name(int(code)) for part in parts for code in part.unique()}
    return tuple(name for name in WHOLE if name not in seen)


def _filters(table: VariantTable) -> tuple[int, int]:
    """Loaded records with FILTER ``PASS`` and without any filter applied."""
    if not table.height:
        return 0, 0
    state = table.frame.select("filter", first_of_record().alias("first")).filter("first")["filter"]
    missing = int(state.is_null().sum()) + int((state == ".").sum())
    return int((state == "PASS").sum()), missing


def _notes(unfiltered: int, samples: tuple[SampleQuality, ...]) -> tuple[str, ...]:
    """What is odd about the file as a whole."""
    notes = []
    if unfiltered:
        notes.append(
            tr("{count} records carry no filter verdict: neither passing nor failing.", count=unfiltered)
        )
    filtered = [s.sample for s in samples if (s.het_hom or 0) > FILTERED and s.variants >= MINIMUM_AUTOSOMAL]
    if filtered:
        notes.append(
            tr(
                "Far fewer homozygous than heterozygous calls ({samples}): the file seems to have been "
                "filtered. Recessive findings, sex and ancestry rest on less than usual.",
                samples=", ".join(filtered),
            )
        )
    return tuple(notes)
