"""The criteria that rest on how common a variant is: BA1, BS1, PM2."""

from genoai_desktop.analysis.classification.facts import VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.verdicts import met, not_assessed, not_met, panel_source
from genoai_desktop.domain.acmg import Criterion, Strength
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import FrequencyKind


def _percent(value: float) -> str:
    return f"{value * 100:.3g} %"


def ba1(facts: VariantFacts, rules: Rules) -> Criterion:
    """Too common for any rare disease, stand-alone."""
    if facts.frequency_kind is not FrequencyKind.MEASURED or facts.frequency is None:
        return not_met("BA1", _unmeasured(facts))
    text = tr(
        "Highest population frequency {af} ({source}).",
        af=_percent(facts.frequency),
        source=facts.frequency_source,
    )
    limit, source = _limit(facts, rules, "ba1", "ba1_frequency")
    if facts.frequency > limit:
        return met("BA1", Strength.STAND_ALONE, text, source)
    return not_met("BA1", text)


def bs1(facts: VariantFacts, rules: Rules) -> Criterion:
    """More common than the disease allows.

    Being listed (gnomAD exomes, global frequency of 0.0002 or more) is strong evidence against a dominant
    disease whose panel allows less, supporting where its panel allows more than the general threshold,
    moderate otherwise, and none against a recessive disease.
    """
    if facts.frequency_kind is FrequencyKind.LISTED and facts.recessive is False:
        return _listed(facts, rules)
    if facts.frequency_kind is not FrequencyKind.MEASURED or facts.frequency is None:
        return not_assessed("BS1", _unmeasured(facts))
    name = "bs1_frequency_dominant" if facts.recessive is False else "bs1_frequency_recessive"
    limit, source = _limit(facts, rules, "bs1", name)
    highest, _ = _limit(facts, rules, "ba1", "ba1_frequency")
    text = tr(
        "Highest population frequency {af} ({source}).",
        af=_percent(facts.frequency),
        source=facts.frequency_source,
    )
    if facts.frequency > highest:
        return not_met("BS1", tr("{text} Counted as BA1.", text=text))
    if facts.frequency > limit:
        return met("BS1", Strength.STRONG, text, source)
    return not_met("BS1", text)


def _listed(facts: VariantFacts, rules: Rules) -> Criterion:
    floor = rules["bs1_listed"]
    text = tr("Listed in the population: a global frequency of {af} or more.", af=_percent(floor))
    panel = facts.panel
    if panel and panel.bs1 is not None and panel.bs1 <= floor:
        return met("BS1", Strength.STRONG, text, panel_source(panel))
    if panel and panel.bs1 is not None and panel.bs1 > rules["bs1_frequency_dominant"]:
        return met("BS1", Strength.SUPPORTING, text, rules.source("bs1_listed"))
    return met("BS1", Strength(int(rules["bs1_listed_points"])), text, rules.source("bs1_listed_points"))


def _limit(facts: VariantFacts, rules: Rules, code: str, name: str) -> tuple[float, Citation]:
    """The gene's panel's threshold, else the general one."""
    own: float | None = getattr(facts.panel, code) if facts.panel else None
    if own is not None and facts.panel is not None:
        return own, panel_source(facts.panel)
    return rules[name], rules.source(name)


def pm2(facts: VariantFacts, rules: Rules) -> Criterion:
    """Absent from, or very rare in, the general population; supporting only (ClinGen SVI 2020)."""
    name = "pm2_frequency_dominant" if facts.recessive is False else "pm2_frequency_recessive"
    limit, source = _limit(facts, rules, "pm2", name)
    if facts.frequency_kind is FrequencyKind.MEASURED and facts.frequency is not None:
        text = tr("Highest population frequency {af}.", af=_percent(facts.frequency))
        rare = facts.frequency <= limit
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
