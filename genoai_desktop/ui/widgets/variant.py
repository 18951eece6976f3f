"""One variant as a card, and words for its parts. Used by Candidates, Risks and Overview."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from genoai_desktop.domain.numbers import Figure
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.domain.variant import Frequency, FrequencyKind, ReportedVariant
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.ui.widgets.basics import badge, button, card, facts, label, row
from genoai_desktop.ui.widgets.flow import flowing


def frequency_words(frequency: Frequency) -> str:
    """A number, a bare listing and absence are three different things."""
    if frequency.kind is FrequencyKind.MEASURED and frequency.highest is not None:
        return tr("{percent} ({source})", percent=percent(frequency.highest), source=frequency.source or "–")
    if frequency.kind is FrequencyKind.LISTED:
        return tr("listed without a number ({source})", source=frequency.source or "–")
    return tr("not in the bundled sources (not proof of rarity)")


def percent(value: float) -> str:
    """A share as a percentage with as many digits as it deserves."""
    shown = value * 100
    if shown == 0:
        return "0 %"
    if shown < 0.01:
        return Figure.of("< 0.01 %")
    return Figure.of(f"{shown:{'.2f' if shown < 1 else '.1f' if shown < 10 else '.0f'}} %")


def inheritance_words(mode: str) -> str:
    """Modes of inheritance in full, by abbreviation or English name; anything else as it is."""
    words = {
        "AD": tr("autosomal dominant"),
        "AR": tr("autosomal recessive"),
        "XL": tr("X-linked"),
        "XD": tr("X-linked dominant"),
        "XLD": tr("X-linked dominant"),
        "XR": tr("X-linked recessive"),
        "XLR": tr("X-linked recessive"),
        "MT": tr("mitochondrial"),
        "SPORADIC": tr("sporadic"),
        "AUTOSOMAL DOMINANT": tr("autosomal dominant"),
        "AUTOSOMAL RECESSIVE": tr("autosomal recessive"),
        "X-LINKED": tr("X-linked"),
        "X-LINKED DOMINANT": tr("X-linked dominant"),
        "X-LINKED RECESSIVE": tr("X-linked recessive"),
        "MITOCHONDRIAL": tr("mitochondrial"),
    }
    return words.get(mode.upper(), mode)


def consequence_words(consequence: str) -> str:
    """Sequence Ontology terms as they are read."""
    return term(consequence) if consequence else tr("no consequence known")


def class_tone(classification: str) -> str:
    """The badge's tone for a ClinVar or ACMG class; the word itself carries the meaning."""
    text = classification.lower()
    if "conflict" in text or "uncertain" in text:
        return "warning"
    if "pathogenic" in text:
        return "danger"
    return "success" if "benign" in text else "neutral"


def title(variant: ReportedVariant) -> str:
    """Gene and the change, as a clinician writes it."""
    change = variant.hgvs_c or variant.hgvs_g or str(variant.key)
    return joined(" ", (part for part in (variant.gene, change, variant.hgvs_p) if part))


def variant_card(variant: ReportedVariant, show_locus: Callable[[ReportedVariant], None] | None) -> QFrame:
    """Everything a person needs to judge one variant, and the way to its locus view."""
    clinvar = variant.clinvar
    badges = [badge(term(variant.zygosity.value))]
    if variant.classification:
        badges.append(
            badge(tr("ACMG: {value}", value=term(variant.classification)), class_tone(variant.classification))
        )
    if clinvar is not None:
        stars = "★" * clinvar.stars + "☆" * (4 - clinvar.stars)
        badges.append(
            badge(f"ClinVar: {term(clinvar.classification)} {stars}", class_tone(clinvar.classification))
        )
    reads = _reads(variant)
    pairs = [
        (tr("Consequence"), consequence_words(variant.consequence) + _source(variant.consequence_source)),
        (tr("Population frequency"), frequency_words(variant.frequency)),
        (tr("Position"), str(variant.key)),
        (tr("Transcript"), joined(", ", (part for part in (variant.transcript, variant.region) if part))),
    ]
    if variant.origin:
        pairs.append((tr("Inherited"), variant.origin))
    if reads:
        pairs.append((tr("Reads"), reads))
    if clinvar is not None:
        dated = tr(", dated") if clinvar.dated else ""
        pairs.append((tr("ClinVar"), f"{clinvar.conditions or '–'} ({clinvar.release}{dated})"))
    if variant.acmg_codes:
        pairs.append((tr("Evidence codes"), joined(", ", variant.acmg_codes)))
    aside = (
        button(
            tr("Show locus"),
            lambda: show_locus(variant),
            kind="quiet",
            name=f"{tr('Show locus')} {title(variant)}",
        )
        if show_locus
        else None
    )
    head = (
        row(label(title(variant), "strong", wrap=True), aside)
        if aside
        else row(label(title(variant), "strong", wrap=True))
    )
    parts: list[QWidget | QLayout] = [head, flowing(*badges), facts(pairs)]
    made = card(*parts, *(label(remark, "muted", wrap=True) for remark in variant.remarks))
    made.setAccessibleName(title(variant))
    return made


def _source(source: str) -> str:
    words = {
        "reference": tr("from the reference genome"),
        "file": tr("from the file's annotation"),
        "proteins": tr("from bundled proteins"),
        "structure": tr("from transcript structure"),
    }
    return f" ({words.get(source, source)})" if source else ""


def _reads(variant: ReportedVariant) -> str:
    parts = []
    if variant.depth is not None:
        parts.append(tr("depth {value}", value=variant.depth))
    if variant.alt_fraction is not None:
        parts.append(tr("{value} carry it", value=f"{variant.alt_fraction:.0%}"))
    if variant.genotype_quality is not None:
        parts.append(tr("genotype quality {value}", value=variant.genotype_quality))
    return joined(", ", parts)
