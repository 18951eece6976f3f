"""PP3 and BP4: what a calibrated prediction is worth (Pejaver 2022).

A prediction's likelihood ratio is its odds over the odds of the model's training prior. Strengths are given
from the probability at which the bound of the measured ratio bears them (``models/acmg/STRENGTHS.md``).
"""

from genoai_desktop.analysis.classification.facts import VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.text import tr

TRAINING_PRIOR = 0.5
"""The missense model is calibrated to a half of pathogenic changes (class weights)."""


def likelihood_ratio(probability: float) -> float:
    """How much a calibrated probability shifts the odds; 1 shifts nothing."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return bounded / (1 - bounded) * (1 - TRAINING_PRIOR) / TRAINING_PRIOR


def _speaks_for(probability: float, rules: Rules) -> Strength | None:
    """The strength of PP3 from that probability on; at most moderate, as the rules say why."""
    steps = (("pp3_moderate_from", Strength.MODERATE), ("pp3_supporting_from", Strength.SUPPORTING))
    return next((strength for name, strength in steps if probability >= rules[name]), None)


def _speaks_against(probability: float, rules: Rules) -> Strength | None:
    """The strength of BP4 below that probability."""
    steps = (("bp4_moderate_below", Strength.MODERATE), ("bp4_supporting_below", Strength.SUPPORTING))
    return next((strength for name, strength in steps if probability < rules[name]), None)


def pp3(facts: VariantFacts, rules: Rules) -> Criterion:
    """The prediction speaks for a damaged protein."""
    if set(facts.consequence) & {"splice_donor_variant", "splice_acceptor_variant"}:
        return not_met("PP3", tr("Counted as PVS1."))
    ratio = facts.splice_ratio
    by_place = ratio is not None and not facts.null
    if ratio is not None and by_place and ratio >= rules["lr_supporting"] and not _stronger(facts, rules):
        return met("PP3", Strength.SUPPORTING, _place_words(ratio), rules.source("splice_distance_at_most"))
    if ratio is not None and by_place and "missense_variant" not in facts.consequence:
        return not_met("PP3", _place_words(ratio))
    if _unused(facts):
        return not_assessed("PP3", _panel_words(facts))
    if facts.missense_probability is None:
        return _unpredicted("PP3", facts)
    text = _words(facts.missense_probability, facts.missense_version)
    strength = _speaks_for(facts.missense_probability, rules)
    source = rules.source("pp3_supporting_from")
    return met("PP3", strength, text, source) if strength else not_met("PP3", text)


def bp4(facts: VariantFacts, rules: Rules) -> Criterion:
    """The prediction, or the place of a silent change, speaks against an effect."""
    if _unused(facts):
        return not_assessed("BP4", _panel_words(facts))
    place = facts.splice_ratio
    if place is not None and place >= rules["lr_supporting"] and not facts.null:
        return not_met("BP4", _place_words(place))
    if place is not None and 1 / place >= rules["lr_supporting"] and _without_protein_change(facts):
        return met("BP4", Strength.SUPPORTING, _place_words(place), rules.source("splice_distance_at_most"))
    if facts.missense_probability is not None:
        text = _words(facts.missense_probability, facts.missense_version)
        strength = _speaks_against(facts.missense_probability, rules)
        source = rules.source("bp4_supporting_below")
        return met("BP4", strength, text, source) if strength else not_met("BP4", text)
    distance = facts.splice_distance
    silent = set(facts.consequence) <= {"synonymous_variant"} and bool(facts.consequence)
    if not facts.substitution:
        return _unpredicted("BP4", facts)
    if silent and (distance is None or distance >= rules["silent_distance_from"]):
        return met(
            "BP4",
            Strength.SUPPORTING,
            tr("Synonymous and away from the splice sites. No splice predictor was consulted."),
        )
    name = "bp7_intron_acceptor_from" if facts.upstream else "bp7_intron_donor_from"
    if facts.intronic and distance is not None and distance >= rules[name]:
        text = tr(
            "Intronic, {n} bases from the exon, outside the consensus splice site. "
            "No splice predictor was consulted.",
            n=distance,
        )
        return met("BP4", Strength.SUPPORTING, text, rules.source(name))
    return _unpredicted("BP4", facts)


_NO_PROTEIN_CHANGE = frozenset(
    {
        "synonymous_variant",
        "intron_variant",
        "splice_region_variant",
        "splice_donor_5th_base_variant",
        "splice_donor_region_variant",
        "splice_polypyrimidine_tract_variant",
    }
)


def _without_protein_change(facts: VariantFacts) -> bool:
    return bool(facts.consequence) and set(facts.consequence) <= _NO_PROTEIN_CHANGE


def _stronger(facts: VariantFacts, rules: Rules) -> bool:
    """Whether the missense prediction alone weighs more than a supporting piece."""
    if facts.missense_probability is None or _unused(facts):
        return False
    strength = _speaks_for(facts.missense_probability, rules)
    return strength is not None and strength > Strength.SUPPORTING


def _place_words(ratio: float) -> str:
    return tr(
        "Near a splice site; among ClinVar's changes there, of these bases at this distance, the likelihood "
        "ratio is {ratio}. No splice predictor is bundled.",
        ratio=f"{ratio:.2g}",
    )


def _unused(facts: VariantFacts) -> bool:
    """Whether the panel rests nothing on predictors of missense changes, and this is one."""
    missense = set(facts.consequence) == {"missense_variant"}
    return missense and facts.panel is not None and not facts.panel.predictor


def _panel_words(facts: VariantFacts) -> str:
    return tr(
        "The gene's expert panel uses no predictor of missense changes ({source}).",
        source=facts.panel.reference if facts.panel else "",
    )


def _words(probability: float, version: str) -> str:
    return tr(
        "Missense model {version}: {p} % pathogenic at even odds, likelihood ratio {ratio}.",
        version=version,
        p=f"{probability * 100:.0f}",
        ratio=f"{likelihood_ratio(probability):.2g}",
    )


def _unpredicted(code: str, facts: VariantFacts) -> Criterion:
    if "missense_variant" in facts.consequence:
        return not_assessed(code, tr("The protein or the new residue is not known, so nothing is predicted."))
    if (
        set(facts.consequence) & {"splice_region_variant", "intron_variant"}
        and facts.splice_distance is not None
    ):
        return not_assessed(code, tr("No splice predictor is bundled."))
    if facts.null:
        return not_met(code, tr("Judged as a null variant, under PVS1."))
    return not_assessed(code, tr("No predictor for this kind of variant is bundled."))
