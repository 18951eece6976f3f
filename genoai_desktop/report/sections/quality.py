"""Quality of the file and the sample, relatedness, and Mendelian checks."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numbers import Figure, written
from genoai_desktop.domain.quality import MendelianCheck, QualityResult, SampleQuality
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import failed_section, percent, word
from genoai_desktop.report.style import bullet, gap, table, text


def build(result: CaseResult) -> list[Flowable]:
    """The section."""
    quality = result.quality
    if quality is None:
        return failed_section(result, tr("Quality"), Part.QUALITY)
    words = tr(
        "{n} records read, those of unchanged positions included; {passing} records with a variant pass the "
        "file's own filters.",
        n=written(quality.records, ","),
        passing=written(quality.passing, ","),
    )
    head = (
        tr("Sample"),
        tr("Variants"),
        tr("Ti/Tv"),
        tr("Het/hom"),
        tr("Call rate"),
        tr("Depth"),
        tr("GQ"),
        tr("Sex: inferred, stated"),
    )
    story: list[Flowable] = [
        Heading(tr("Quality")),
        text(words),
        table(head, [_sample(one) for one in quality.samples], (34, 18, 14, 16, 18, 16, 14, 34)),
        gap(1),
    ]
    story += [
        bullet(
            tr(
                "{sample}: the inferred sex differs from the stated one. Check for a sample swap.",
                sample=one.sample,
            )
        )
        for one in quality.samples
        if Sex.UNKNOWN not in {one.inferred_sex, one.stated_sex} and one.inferred_sex is not one.stated_sex
    ]
    story += [bullet(f"{one.sample}: {one.sex_note}") for one in quality.samples if one.sex_note]
    return [*story, *_family(quality), *(bullet(note) for note in quality.notes)]


def _number(value: float | None, form: str = ".2f") -> str:
    return "–" if value is None else written(value, form)


def _sample(one: SampleQuality) -> tuple[str, ...]:
    return (
        one.sample,
        written(one.variants),
        _number(one.transition_transversion),
        _number(one.het_hom),
        "–" if one.call_rate is None else Figure.of(f"{100 * one.call_rate:.2f} %"),
        _number(one.mean_depth, ".0f"),
        _number(one.mean_genotype_quality, ".0f"),
        f"{word(one.inferred_sex.value)}, {word(one.stated_sex.value)}",
    )


def _family(quality: QualityResult) -> list[Flowable]:
    story: list[Flowable] = []
    if quality.kinship:
        head = (tr("First"), tr("Second"), tr("Kinship"), tr("Sites"), tr("Stated"), tr("Inferred"))
        rows = [
            (
                k.first,
                k.second,
                written(k.coefficient, ".3f"),
                written(k.sites),
                k.stated,
                k.inferred + (tr(" – contradicts the pedigree") if k.conflict else ""),
            )
            for k in quality.kinship
        ]
        story += [Heading(tr("Relatedness"), "h2", 1), table(head, rows, (30, 30, 18, 18, 34, 34)), gap(1)]
    return [*story, *(bullet(_trio(one)) for one in quality.mendelian)]


def _trio(one: MendelianCheck) -> str:
    said = {
        "child": one.child,
        "father": one.father,
        "mother": one.mother,
        "sites": written(one.sites),
        "share": percent(one.errors / one.sites) if one.sites else "–",
    }
    if one.errors == 1:
        return tr("Trio {child}, {father}, {mother}: 1 Mendelian error at {sites} sites ({share}).", **said)
    return tr(
        "Trio {child}, {father}, {mother}: {errors} Mendelian errors at {sites} sites ({share}).",
        errors=written(one.errors),
        **said,
    )
