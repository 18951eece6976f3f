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
    if facts.known_pathogenic and facts.frequency_kind is not FrequencyKind.ABSENT:
        return not_assessed("BA1", _founder())
    limit, source = _limit(facts, rules, "ba1", "ba1_frequency")
    if facts.frequency_kind is FrequencyKind.LISTED and facts.listed_region and limit <= rules["bs1_listed"]:
        text = tr("Listed in the population: a global frequency of {af} or more.", af=_floor(rules))
        return met("BA1", Strength.STAND_ALONE, text, source)
    if facts.frequency_kind is not FrequencyKind.MEASURED or facts.frequency is None:
        return not_assessed("BA1", _unmeasured(facts))
    text = _measured(facts)
    if facts.frequency > limit:
        return met("BA1", Strength.STAND_ALONE, text, source)
    return not_met("BA1", text)


def bs1(facts: VariantFacts, rules: Rules) -> Criterion:
    """More common than the disease allows."""
    if facts.known_pathogenic and facts.frequency_kind is not FrequencyKind.ABSENT:
        return not_assessed("BS1", _founder())
    if facts.frequency_kind is FrequencyKind.LISTED:
        return _listed(facts, rules)
    if facts.frequency_kind is not FrequencyKind.MEASURED or facts.frequency is None:
        return not_assessed("BS1", _unmeasured(facts))
    name = "bs1_frequency_dominant" if facts.recessive is False else "bs1_frequency_recessive"
    limit, source = _limit(facts, rules, "bs1", name)
    highest, _ = _limit(facts, rules, "ba1", "ba1_frequency")
    text = _measured(facts)
    if facts.frequency > highest:
        return not_met("BS1", tr("{text} Counted as BA1.", text=text))
    if facts.frequency > limit:
        return met("BS1", Strength.STRONG, text, source)
    return not_met("BS1", text)


def _founder() -> str:
    """Founder variants and those of low penetrance are common and harm all the same (Ghosh 2018)."""
    return tr(
        "Seen in the population, but ClinVar calls it pathogenic (two stars or more): it may be a founder "
        "variant. Decide."
    )


def _listed(facts: VariantFacts, rules: Rules) -> Criterion:
    """What a listing (gnomAD exomes, global frequency of 0.0002 or more) weighs without a number.

    Strong against a dominant disease whose panel allows less; else one step below its likelihood ratio:
    moderate against a dominant disease, supporting against a recessive one, or where the panel allows much.
    """
    floor = rules["bs1_listed"]
    text = tr("Listed in the population: a global frequency of {af} or more.", af=_floor(rules))
    if _limit(facts, rules, "ba1", "ba1_frequency")[0] <= floor:
        return not_met("BS1", tr("{text} Counted as BA1.", text=text))
    panel = facts.panel
    own = panel.bs1 if panel else None
    if panel and own is not None and own <= floor:
        return met("BS1", Strength.STRONG, text, panel_source(panel, "BS1"))
    if own is not None and own > rules["bs1_listed_at_most"]:
        return not_assessed("BS1", tr("{text} The gene's panel allows more.", text=text))
    if facts.recessive is not False or (own is not None and own > rules["bs1_frequency_dominant"]):
        name = "bs1_listed_recessive_points"
        return met("BS1", Strength(int(rules[name])), text, rules.source(name))
    return met("BS1", Strength(int(rules["bs1_listed_points"])), text, rules.source("bs1_listed_points"))


def _floor(rules: Rules) -> str:
    return _percent(rules["bs1_listed"])


def _measured(facts: VariantFacts) -> str:
    return tr(
        "Highest population frequency {af} ({source}).",
        af=_percent(facts.frequency or 0.0),
        source=facts.frequency_source,
    )


def _limit(facts: VariantFacts, rules: Rules, code: str, name: str) -> tuple[float, Citation]:
    """The gene's panel's threshold, else the general one."""
    own: float | None = getattr(facts.panel, code) if facts.panel else None
    if own is not None and facts.panel is not None:
        return own, panel_source(facts.panel, code.upper())
    return rules[name], rules.source(name)


def pm2(facts: VariantFacts, rules: Rules) -> Criterion:
    """Absent from, or very rare in, the population; supporting (ClinGen SVI 2020), or as the panel says.

    Absence from the listing of common variants is weighed as such: among missense changes of ClinVar 2016
    it favoured pathogenic ones by 1.9 to 3.0 (evaluation genes left out). Among silent and intronic
    changes hardly any is pathogenic, so that it says nothing there.
    """
    name = "pm2_frequency_dominant" if facts.recessive is False else "pm2_frequency_recessive"
    limit, source = _limit(facts, rules, "pm2", name)
    strength = Strength(facts.panel.pm2_points) if facts.panel else Strength.SUPPORTING
    if facts.frequency_kind is FrequencyKind.MEASURED and facts.frequency is not None:
        text = tr("Highest population frequency {af}.", af=_percent(facts.frequency))
        return met("PM2", strength, text, source) if facts.frequency <= limit else not_met("PM2", text)
    if facts.frequency_kind is FrequencyKind.LISTED:
        return not_met("PM2", tr("Listed among variants seen in the population, without a number."))
    if not facts.listed_region or (facts.skipped and facts.skipped.deleted):
        return not_assessed("PM2", tr("The bundled frequencies do not cover this kind of variant."))
    if set(facts.consequence) <= _SILENT:
        text = tr("Not listed in the population, which says nothing of a silent or intronic change.")
        return not_assessed("PM2", text)
    text = tr(
        "Not among the variants listed in the population; absence from this listing is not proof of rarity."
    )
    return met("PM2", strength, text, source)


_SILENT = frozenset({"synonymous_variant", "intron_variant", "stop_retained_variant"})


def _unmeasured(facts: VariantFacts) -> str:
    if facts.frequency_kind is FrequencyKind.LISTED:
        return tr("Listed in the population without a number.")
    return tr("No population frequency is bundled; absence says nothing.")
