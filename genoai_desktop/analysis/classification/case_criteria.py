"""The criteria that rest on the patient and the family: PS2, PM3, PM6, PP1, PP4, BS2, BS4."""

from genoai_desktop.analysis.classification.facts import VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import FrequencyKind


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
    """In trans with a pathogenic variant, or homozygous, in recessive disease (ClinGen SVI, PM3 v1.0)."""
    source = rules.source("pm3_confirmed_points")
    family = facts.family
    if not facts.recessive:
        return not_assessed("PM3", tr("Only for recessive disease."))
    if family is None:
        return not_assessed("PM3", tr("Needs the patient's other variants."))
    if facts.frequency_kind is not FrequencyKind.ABSENT:
        return not_assessed("PM3", tr("Seen in the population; counts only for rare variants."))
    if family.partner and family.in_trans:
        text = tr("In trans with {variant}.", variant=family.partner)
        return met("PM3", Strength(int(rules["pm3_confirmed_points"])), text, source)
    if family.partner and family.in_trans is None:
        text = tr("With {variant}; the phase is not known.", variant=family.partner)
        return met("PM3", Strength(int(rules["pm3_unphased_points"])), text, source)
    if family.partner:
        return not_met("PM3", tr("On the same chromosome as {variant}.", variant=family.partner))
    if family.homozygous:
        text = tr("Homozygous in the patient.")
        return met("PM3", Strength(int(rules["pm3_homozygous_points"])), text, source)
    return not_assessed("PM3", tr("No pathogenic variant is known on the other chromosome."))


def pp1(facts: VariantFacts, rules: Rules) -> Criterion:
    """Affected relatives carry it too (Jarvik and Browning 2016: one family)."""
    family = facts.family
    if family is None or family.affected_carriers + family.affected_without == 0:
        return not_assessed("PP1", tr("No other affected relative is sequenced."))
    if family.affected_without:
        return not_met("PP1", tr("{n} affected relatives do not carry it.", n=family.affected_without))
    text = tr("{n} affected relatives carry it, and none lacks it.", n=family.affected_carriers)
    for name, strength in _SEGREGATION:
        if family.affected_carriers >= rules[name]:
            return met("PP1", strength, text, rules.source(name))
    return not_met("PP1", tr("{text} Too few to count.", text=text))


_SEGREGATION = (
    ("pp1_strong_from", Strength.STRONG),
    ("pp1_moderate_from", Strength.MODERATE),
    ("pp1_supporting_from", Strength.SUPPORTING),
)


def bs4(facts: VariantFacts, rules: Rules) -> Criterion:
    """An affected relative lacks it. A person decides: the relative may have another cause."""
    del rules
    family = facts.family
    if family is None or not family.affected_without:
        return not_assessed("BS4", tr("No affected relative without it is sequenced."))
    text = tr(
        "{n} affected relatives do not carry it. Counts against it unless they have another cause; decide.",
        n=family.affected_without,
    )
    return not_assessed("BS4", text)


def bs2(facts: VariantFacts, rules: Rules) -> Criterion:
    """Seen in a healthy relative in the state that should cause disease."""
    family = facts.family
    if family is None:
        return not_assessed("BS2", tr("Needs healthy people with known genotypes."))
    if facts.recessive and family.unaffected_homozygous:
        text = tr("{n} unaffected relatives have it on every copy.", n=family.unaffected_homozygous)
        return met("BS2", Strength.STRONG, text, rules.source("bs1_frequency_dominant"))
    if facts.recessive is False and family.unaffected_carriers:
        text = tr(
            "{n} unaffected relatives carry it. Counts only where all carriers are ill by their age; decide.",
            n=family.unaffected_carriers,
        )
        return not_assessed("BS2", text)
    return not_assessed("BS2", tr("No healthy relative carries it in the state that causes disease."))


def pp4(facts: VariantFacts, rules: Rules) -> Criterion:
    """The phenotype is highly specific for the gene's disease."""
    family = facts.family
    if family is None or family.phenotype is None or family.terms < rules["pp4_terms_from"]:
        return not_assessed("PP4", tr("Too few phenotype terms to say how specific the picture is."))
    text = tr(
        "Phenotype of {n} terms: {value} log odds for this disease.",
        n=family.terms,
        value=f"{family.phenotype:+.1f}",
    )
    if family.phenotype >= rules["pp4_log_odds_from"]:
        return met("PP4", Strength.SUPPORTING, text, rules.source("pp4_log_odds_from"))
    return not_met("PP4", text)
