"""PVS1: the decision tree for null variants (Abou Tayoun 2018, Hum Mutat 39:1517)."""

from genoai_desktop.analysis.classification.facts import LossOfFunction, Panel, StartLoss, VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.splicing import SkippedExon
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met, panel_source
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.text import tr

TRUNCATING = frozenset({"stop_gained", "frameshift_variant"})
_MOST = 0.5
_LOWER = {Strength.VERY_STRONG: Strength.STRONG, Strength.STRONG: Strength.MODERATE}


def pvs1(facts: VariantFacts, rules: Rules) -> Criterion:
    """Whether the variant removes the product, in a gene whose loss is known to cause the disease."""
    if not facts.null:
        return _not_null(facts)
    if facts.skipped is not None and facts.skipped.deleted and not facts.skipped.coding:
        return not_assessed("PVS1", tr("Only untranslated exons are affected."))
    by_panel = _by_panel(facts)
    if by_panel is not None:
        return by_panel
    if facts.loss_of_function is LossOfFunction.UNKNOWN:
        return not_assessed(
            "PVS1", tr("It is not known that loss of function of {gene} causes disease.", gene=facts.gene)
        )
    strength, why = _null_strength(facts, rules)
    if facts.loss_of_function is LossOfFunction.LIKELY:
        strength = _LOWER.get(strength, Strength.SUPPORTING)
        why = tr("{why} One step lower: the mechanism is likely, not established.", why=why)
    reason = f"{why} {facts.loss_of_function_reason}".strip()
    return met("PVS1", strength, reason, rules.source("pvs1_large_loss"))


def _not_null(facts: VariantFacts) -> Criterion:
    if set(facts.consequence) & {"transcript_amplification", "feature_elongation"}:
        text = tr("Whether a duplication is in tandem and cuts the gene is not known from its ends.")
        return not_assessed("PVS1", text)
    return not_met("PVS1", tr("Not certainly a null variant."))


def _by_panel(facts: VariantFacts) -> Criterion | None:
    """The gene's panel's own grades of truncations and lost start codons; None: the general tree decides."""
    panel = facts.panel
    if panel is None:
        return None
    if "start_lost" in facts.consequence:
        text = tr("The start codon is lost, graded by the gene's panel.")
        return _graded(panel, panel.start_points, text)
    position = facts.aa_position
    if not position or not set(facts.consequence) <= TRUNCATING:
        return None
    text = tr("Truncation at residue {n}, graded by the gene's panel.", n=position)
    if panel.null is not None and position <= panel.null[1]:
        return _graded(panel, int(Strength.VERY_STRONG) if position >= panel.null[0] else 0, text)
    bounded = panel.null is not None and panel.null[0] <= panel.null[1]
    if not bounded and not facts.escapes_decay:
        return None
    if panel.strong_to is not None and position <= panel.strong_to:
        return _graded(panel, int(Strength.STRONG), text)
    return _graded(panel, panel.rest_points, text)


def _graded(panel: Panel, points: int | None, text: str) -> Criterion | None:
    if points is None:
        return None
    if not points:
        return not_met("PVS1", text)
    return met("PVS1", Strength(points), text, panel_source(panel, "PVS1"))


def _null_strength(facts: VariantFacts, rules: Rules) -> tuple[Strength, str]:
    if "start_lost" in facts.consequence:
        return _start_strength(facts.start)
    if facts.skipped is not None:
        return _loss_strength(facts, facts.skipped, rules)
    if not facts.escapes_decay:
        return Strength.VERY_STRONG, tr("Null variant, expected to undergo nonsense-mediated decay.")
    lost = _share_lost(facts)
    if facts.lost_truncations >= rules["pvs1_truncations_from"]:
        text = tr(
            "Escapes decay; {n} other truncations here or nearer the end are known to be pathogenic.",
            n=facts.lost_truncations,
        )
        return Strength.STRONG, text
    if _critical(facts, rules):
        text = tr("Escapes decay and removes a stretch in which missense changes are known to be pathogenic.")
        return Strength.STRONG, text
    if lost is not None and lost <= rules["pvs1_large_loss"]:
        return Strength.MODERATE, tr(
            "Escapes decay and removes {share} of the protein.", share=f"{lost * 100:.3g} %"
        )
    return Strength.STRONG, tr("Escapes decay and removes more than a tenth of the protein.")


def _start_strength(start: StartLoss | None) -> tuple[Strength, str]:
    if start is None or start.next_methionine is None:
        return Strength.MODERATE, tr("The start codon is lost.")
    text = tr(
        "The start codon is lost; the next methionine is residue {n}, {known} pathogenic changes before it.",
        n=start.next_methionine,
        known=start.known,
    )
    return (Strength.MODERATE if start.known else Strength.SUPPORTING), text


def _loss_strength(facts: VariantFacts, exon: SkippedExon, rules: Rules) -> tuple[Strength, str]:
    """A skipped or deleted exon, or several."""
    share = f"{exon.lost * 100:.3g} %"
    if not exon.coding:
        return Strength.SUPPORTING, tr("Exon {n}, if skipped, takes nothing of the protein.", n=exon.exons)
    if exon.whole:
        return Strength.VERY_STRONG, tr("All of the coding sequence is deleted.")
    if exon.first:
        return _first_strength(exon)
    if not exon.escapes_decay:
        text = tr("Losing exon {n} shifts the frame; nonsense-mediated decay is expected.", n=exon.exons)
        return Strength.VERY_STRONG, text
    large = exon.lost > rules["pvs1_large_loss"] or _critical(facts, rules)
    strength = Strength.STRONG if large else Strength.MODERATE
    if exon.in_frame:
        return strength, tr(
            "Losing exon {n} keeps the frame and removes {share} of the protein.", n=exon.exons, share=share
        )
    return strength, tr(
        "Losing exon {n} shifts the frame near the end: {share} of the protein changes, without decay.",
        n=exon.exons,
        share=share,
    )


def _first_strength(exon: SkippedExon) -> tuple[Strength, str]:
    """The exon with the start codon. The transcript's first exon has no acceptor and cannot be skipped."""
    text = tr("Exon {n} holds the start codon.", n=exon.exons)
    if exon.deleted and exon.share > _MOST:
        return Strength.VERY_STRONG, tr("{text} More than half of the coding sequence is deleted.", text=text)
    return (Strength.STRONG if exon.number == 1 else Strength.MODERATE), text


def _critical(facts: VariantFacts, rules: Rules) -> bool:
    """Whether the stretch that is lost is known to matter: more pathogenic missense changes than benign."""
    bad, good = facts.lost_known
    return bad >= rules["pvs1_critical_from"] and bad > good


def _share_lost(facts: VariantFacts) -> float | None:
    if facts.aa_position is None or not facts.protein_length:
        return None
    return max(0.0, 1 - facts.aa_position / facts.protein_length)
