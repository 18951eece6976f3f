"""The criteria of ACMG/AMP, one small function each: facts and rules in, a reasoned verdict out."""

from collections.abc import Callable

from genoai_desktop.analysis.classification.facts import LossOfFunction, VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import FrequencyKind

Judge = Callable[[VariantFacts, Rules], Criterion]


def _percent(value: float) -> str:
    return f"{value * 100:.3g} %"


def pvs1(facts: VariantFacts, rules: Rules) -> Criterion:
    """The decision tree for null variants (Abou Tayoun 2018)."""
    if not facts.null:
        return not_met("PVS1", tr("Not certainly a null variant."))
    if facts.loss_of_function is LossOfFunction.UNKNOWN:
        return not_assessed(
            "PVS1", tr("It is not known that loss of function of {gene} causes disease.", gene=facts.gene)
        )
    strength, why = _null_strength(facts, rules)
    if facts.loss_of_function is LossOfFunction.LIKELY and strength > Strength.SUPPORTING:
        strength = {Strength.VERY_STRONG: Strength.STRONG, Strength.STRONG: Strength.MODERATE}.get(
            strength, Strength.SUPPORTING
        )
        why = tr("{why} One step lower: the mechanism is likely, not established.", why=why)
    reason = f"{why} {facts.loss_of_function_reason}".strip()
    return met("PVS1", strength, reason, rules.source("pvs1_large_loss"))


def _null_strength(facts: VariantFacts, rules: Rules) -> tuple[Strength, str]:
    if "start_lost" in facts.consequence:
        return Strength.MODERATE, tr("The start codon is lost.")
    if not facts.escapes_decay:
        return Strength.VERY_STRONG, tr("Null variant, expected to undergo nonsense-mediated decay.")
    lost = _share_lost(facts)
    if lost is not None and lost <= rules["pvs1_large_loss"]:
        return Strength.MODERATE, tr(
            "Escapes decay and removes {share} of the protein.", share=_percent(lost)
        )
    return Strength.STRONG, tr("Escapes decay and removes more than a tenth of the protein.")


def _share_lost(facts: VariantFacts) -> float | None:
    if facts.aa_position is None or not facts.protein_length:
        return None
    return max(0.0, 1 - facts.aa_position / facts.protein_length)


def ba1(facts: VariantFacts, rules: Rules) -> Criterion:
    """Too common for any rare disease, stand-alone."""
    if facts.frequency_kind is not FrequencyKind.MEASURED or facts.frequency is None:
        return not_met("BA1", _unmeasured(facts))
    text = tr(
        "Highest population frequency {af} ({source}).",
        af=_percent(facts.frequency),
        source=facts.frequency_source,
    )
    if facts.frequency > rules["ba1_frequency"]:
        return met("BA1", Strength.STAND_ALONE, text, rules.source("ba1_frequency"))
    return not_met("BA1", text)


def bs1(facts: VariantFacts, rules: Rules) -> Criterion:
    """More common than the disease allows.

    Being listed (gnomAD exomes, global frequency of 0.0002 or more) is supporting evidence against a
    dominant disease and none against a recessive one.
    """
    if facts.frequency_kind is FrequencyKind.LISTED and facts.recessive is False:
        text = tr(
            "Listed in the population: a global frequency of {af} or more.", af=_percent(rules["bs1_listed"])
        )
        return met("BS1", Strength.SUPPORTING, text, rules.source("bs1_listed"))
    if facts.frequency_kind is not FrequencyKind.MEASURED or facts.frequency is None:
        return not_assessed("BS1", _unmeasured(facts))
    name = "bs1_frequency_dominant" if facts.recessive is False else "bs1_frequency_recessive"
    text = tr(
        "Highest population frequency {af} ({source}).",
        af=_percent(facts.frequency),
        source=facts.frequency_source,
    )
    if facts.frequency > rules["ba1_frequency"]:
        return not_met("BS1", tr("{text} Counted as BA1.", text=text))
    if facts.frequency > rules[name]:
        return met("BS1", Strength.STRONG, text, rules.source(name))
    return not_met("BS1", text)


def pm2(facts: VariantFacts, rules: Rules) -> Criterion:
    """Absent from, or very rare in, the general population; supporting only (ClinGen SVI 2020)."""
    name = "pm2_frequency_dominant" if facts.recessive is False else "pm2_frequency_recessive"
    source = rules.source(name)
    if facts.frequency_kind is FrequencyKind.MEASURED and facts.frequency is not None:
        text = tr("Highest population frequency {af}.", af=_percent(facts.frequency))
        rare = facts.frequency <= rules[name]
        return met("PM2", Strength.SUPPORTING, text, source) if rare else not_met("PM2", text)
    if facts.frequency_kind is FrequencyKind.LISTED:
        return not_met("PM2", tr("Listed among variants seen in the population, without a number."))
    if not facts.listed_region:
        return not_assessed("PM2", tr("The bundled frequencies do not cover this kind of position."))
    text = tr(
        "Not among the variants listed in the population; absence from this listing is not proof of rarity."
    )
    return met("PM2", Strength.SUPPORTING, text, source)


def _unmeasured(facts: VariantFacts) -> str:
    if facts.frequency_kind is FrequencyKind.LISTED:
        return tr("Listed in the population without a number.")
    return tr("No population frequency is bundled; absence says nothing.")


def ps1(facts: VariantFacts, rules: Rules) -> Criterion:
    """The same amino-acid change by another nucleotide change, known to be pathogenic."""
    same = [n for n in facts.neighbours if n.same_change and n.pathogenic]
    if "missense_variant" not in facts.consequence:
        return not_met("PS1", tr("Not a missense variant."))
    if not same:
        # The known amino-acid changes come without their nucleotide change, which may be this very one.
        text = tr("It is not known whether another nucleotide change with this effect is pathogenic.")
        return not_assessed("PS1", text)
    return met("PS1", Strength.STRONG, f"{same[0].change}, {same[0].source}", rules.source("lr_supporting"))


def pm5(facts: VariantFacts, rules: Rules) -> Criterion:
    """Another change of the same residue is pathogenic."""
    del rules
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PM5", tr("Not certainly a missense variant."))
    other = [n for n in facts.neighbours if n.pathogenic and not n.same_change]
    if not other:
        return not_met("PM5", tr("No other change of this residue is known to be pathogenic."))
    if any(not n.pathogenic and not n.same_change for n in facts.neighbours):
        return not_met("PM5", tr("Other changes of this residue are known to be benign as well."))
    shown = "; ".join(sorted({f"{n.change} ({n.source})" for n in other})[:3])
    return met("PM5", Strength.MODERATE, tr("Same residue: {changes}.", changes=shown))


def pm1(facts: VariantFacts, rules: Rules) -> Criterion:
    """In a stretch crowded with pathogenic changes and free of benign ones."""
    if set(facts.consequence) != {"missense_variant"} or facts.hotspot is None:
        return not_met("PM1", tr("Not a missense variant with known surroundings."))
    bad, good = facts.hotspot
    text = tr(
        "Weighted pathogenic changes nearby {bad}, benign {good}.", bad=f"{bad:.1f}", good=f"{good:.1f}"
    )
    steps = (
        ("pm1_pathogenic_from", Strength.MODERATE),
        ("pm1_pathogenic_supporting_from", Strength.SUPPORTING),
    )
    for name, strength in steps:
        if bad >= rules[name] and good < rules["pm1_benign_below"]:
            return met("PM1", strength, text, rules.source(name))
    return not_met("PM1", text)


def pm4(facts: VariantFacts, rules: Rules) -> Criterion:
    """The protein's length changes in frame, outside a repeat."""
    del rules
    changes = {"inframe_deletion", "inframe_insertion", "stop_lost", "protein_altering_variant"}
    if not changes & set(facts.consequence):
        return not_met("PM4", tr("The length of the protein does not change in frame."))
    if facts.in_repeat:
        return not_met("PM4", tr("Within a repetitive stretch."))
    strength = Strength.SUPPORTING if abs(facts.length_change) == 1 else Strength.MODERATE
    return met("PM4", strength, tr("The length of the protein changes in frame."))


def bp3(facts: VariantFacts, rules: Rules) -> Criterion:
    """An in-frame change within a repetitive stretch."""
    del rules
    if facts.in_repeat and {"inframe_deletion", "inframe_insertion"} & set(facts.consequence):
        return met("BP3", Strength.SUPPORTING, tr("In-frame change of a repetitive stretch."))
    return not_met("BP3", tr("Not an in-frame change of a repetitive stretch."))


def pp2(facts: VariantFacts, rules: Rules) -> Criterion:
    """A missense variant of a gene that tolerates few."""
    if set(facts.consequence) != {"missense_variant"}:
        return not_met("PP2", tr("Not certainly a missense variant."))
    if facts.missense_z is None:
        return not_assessed("PP2", tr("The gene's constraint is not known."))
    text = tr("Missense constraint z = {z}.", z=f"{facts.missense_z:.2f}")
    if facts.missense_z >= rules["pp2_missense_z_from"]:
        return met("PP2", Strength.SUPPORTING, text, rules.source("pp2_missense_z_from"))
    return not_met("PP2", text)


def bp7(facts: VariantFacts, rules: Rules) -> Criterion:
    """A silent or deep intronic change away from the splice sites."""
    silent = set(facts.consequence) == {"synonymous_variant"}
    distance = facts.splice_distance
    if silent and (distance is None or distance >= 3):
        return met("BP7", Strength.SUPPORTING, tr("Synonymous, away from the splice sites."))
    if facts.intronic and distance is not None and distance >= rules["bp7_intron_acceptor_from"]:
        text = tr("Intronic, {n} bases from the exon.", n=distance)
        return met("BP7", Strength.SUPPORTING, text, rules.source("bp7_intron_acceptor_from"))
    return not_met("BP7", tr("Not silent, or near a splice site."))


def ps2(facts: VariantFacts, rules: Rules) -> Criterion:
    """New in the patient, both parents confirmed."""
    del rules
    if facts.de_novo is None:
        return not_assessed("PS2", tr("The parents' genotypes are not known."))
    if facts.de_novo and facts.parents_confirmed:
        return met("PS2", Strength.STRONG, tr("In neither parent; parentage fits the genotypes."))
    return not_met("PS2", tr("Present in a parent, or parentage not confirmed."))


def pm6(facts: VariantFacts, rules: Rules) -> Criterion:
    """New in the patient, parentage assumed."""
    del rules
    if facts.de_novo is None:
        return not_assessed("PM6", tr("The parents' genotypes are not known."))
    if facts.de_novo and not facts.parents_confirmed:
        return met("PM6", Strength.MODERATE, tr("In neither parent; parentage not confirmed."))
    return not_met("PM6", tr("Present in a parent, or counted as PS2."))


def pm3(facts: VariantFacts, rules: Rules) -> Criterion:
    """In trans with a pathogenic variant, in recessive disease."""
    del rules
    if not facts.recessive:
        return not_assessed("PM3", tr("Only for recessive disease."))
    if facts.in_trans:
        return met("PM3", Strength.MODERATE, tr("In trans with {variant}.", variant=facts.in_trans))
    return not_assessed("PM3", tr("No pathogenic variant is known on the other chromosome."))
