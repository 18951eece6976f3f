"""Every reported variant with what a laboratory needs to find, check and judge it."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.report.page import Heading
from genoai_desktop.report.phrases import acmg_meanings
from genoai_desktop.report.sections.common import case_variants, frequency_words, percent, word
from genoai_desktop.report.sections.variant_evidence import evidence_story
from genoai_desktop.report.style import gap, said, table, text


def build(result: CaseResult) -> list[Flowable]:
    """One row a variant; then what the evidence codes in use mean."""
    variants = case_variants(result)
    if not variants:
        return []
    head = (
        tr("Gene, transcript"),
        tr("Change"),
        tr("Position"),
        tr("Genotype, population"),
        tr("Class and why"),
    )
    story: list[Flowable] = [
        Heading(tr("Variants")),
        text(
            tr(
                "Positions are 1-based. ClinVar's word is shown for information and is not counted as ACMG "
                "evidence. Confirm by a second method before acting, where the laboratory asks for it."
            ),
            "quiet",
        ),
        table(head, [_row(variant) for variant in variants], (34, 36, 46, 34, 48)),
    ]
    used = sorted({code.partition("_")[0] for variant in variants for code in variant.acmg_codes})
    meanings = acmg_meanings(language_in_use())
    known = [f"{code}: {meanings[code]}" for code in used if code in meanings]
    if known:
        story += [
            gap(1),
            text(tr("Evidence codes (Richards 2015): {codes}.", codes="; ".join(known)), "quiet"),
        ]
    return [*story, *evidence_story(variants)]


def _row(variant: ReportedVariant) -> tuple[str, ...]:
    key = variant.key
    return (
        _lines(variant.gene or tr("no gene"), variant.transcript, variant.region),
        _lines(variant.hgvs_c, variant.hgvs_p, _consequence(variant)),
        _lines(
            f"chr{key.chromosome}:{key.position} ({key.build.value})",
            f"{key.ref}>{key.alt}",
            variant.hgvs_g.replace(":", ":\n", 1),  # else it breaks inside a number
        ),
        _lines(_genotype(variant), _reads(variant), frequency_words(variant)),
        _lines(
            word(variant.classification) or tr("not classified"),
            *_systems(variant),
            ", ".join(variant.acmg_codes),
            *_edits(variant),
            _clinvar(variant),
            *map(said, variant.remarks),
        ),
    )


def _systems(variant: ReportedVariant) -> tuple[str, ...]:
    """The class in both combining systems, and the one before a person's edits."""
    found = variant.acmg
    if found is None:
        return ()
    both = tr(
        "Points ({n}): {a}; 2015 rules: {b}",
        n=f"{found.points:+d}",
        a=word(found.by_points),
        b=word(found.by_rules),
    )
    if found.before_edits is None:
        return (both,)
    return both, tr("Before edits: {value}", value=found.before_edits)


def _edits(variant: ReportedVariant) -> tuple[str, ...]:
    """Every criterion that a person changed, with what the program said."""
    if variant.acmg is None:
        return ()
    return tuple(
        tr(
            "{code} edited to {verdict} by {author}, {day}: {reason} (program: {said})",
            code=item.code,
            verdict=str(item.evidence) if item.evidence else item.verdict,
            author=item.edit.author,
            day=item.edit.time[:10],
            reason=item.reason,
            said=item.computed or tr("not assessed"),
        )
        for item in variant.acmg.criteria
        if item.edit is not None
    )


def _genotype(variant: ReportedVariant) -> str:
    parts = (word(variant.zygosity.value), word(variant.inheritance), said(variant.origin))
    return ", ".join(part for part in parts if part)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _consequence(variant: ReportedVariant) -> str:
    words = word(variant.consequence).replace("_", " ")
    return (
        tr("{consequence} (from: {source})", consequence=words, source=word(variant.consequence_source))
        if words
        else ""
    )


def _reads(variant: ReportedVariant) -> str:
    parts = []
    if variant.depth is not None:
        parts.append(tr("depth {n}", n=variant.depth))
    if variant.genotype_quality is not None:
        parts.append(tr("GQ {n}", n=variant.genotype_quality))
    if variant.alt_fraction is not None:
        parts.append(tr("alternate reads {p}", p=percent(variant.alt_fraction)))
    return ", ".join(parts)


def _clinvar(variant: ReportedVariant) -> str:
    entry = variant.clinvar
    if entry is None:
        return tr("not in ClinVar data searched")
    words = tr(
        "ClinVar {id}: {c}, {stars} of 4 stars, release {release}",
        id=entry.variation_id,
        c=word(entry.classification),
        stars=entry.stars,
        release=entry.release,
    )
    return words + (tr(" (dated release)") if entry.dated else "")
