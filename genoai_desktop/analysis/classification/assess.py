"""All criteria for one variant, their interplay, and the class."""

from dataclasses import replace

from genoai_desktop.analysis.classification import (
    case_criteria,
    computed,
    criteria,
    null_variants,
    population,
)
from genoai_desktop.analysis.classification.combining import classify
from genoai_desktop.analysis.classification.facts import Panel, VariantFacts
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.analysis.classification.verdicts import not_assessed, not_met
from genoai_desktop.domain.acmg import (
    CODES,
    NEVER_COUNTED,
    Classification,
    Criterion,
    Evidence,
    Strength,
)
from genoai_desktop.domain.text import tr

_JUDGES = {
    "PVS1": null_variants.pvs1,
    "PS1": criteria.ps1,
    "PS2": case_criteria.ps2,
    "PS4": criteria.ps4,
    "PM1": criteria.pm1,
    "PM2": population.pm2,
    "PM3": case_criteria.pm3,
    "PM4": criteria.pm4,
    "PM5": criteria.pm5,
    "PM6": case_criteria.pm6,
    "PP2": criteria.pp2,
    "PP1": case_criteria.pp1,
    "PP3": computed.pp3,
    "PP4": case_criteria.pp4,
    "BA1": population.ba1,
    "BS1": population.bs1,
    "BS2": case_criteria.bs2,
    "BS4": case_criteria.bs4,
    "BP1": criteria.bp1,
    "BP3": criteria.bp3,
    "BP4": computed.bp4,
    "BP7": criteria.bp7,
}
_WITHOUT_CONSEQUENCE = {"PS2", "PM6", "PM3", "PP1", "PP4", "BA1", "BS1", "BS2", "BS4", "PM2"}
"""What can be said of a variant whose effect on a transcript is not known."""


def assess(facts: VariantFacts, rules: Rules) -> Classification:
    """Judge every criterion and combine.

    What needs the literature, functional studies, cases or a family that is not given is
    “not assessed”, never “not met”.
    """
    judged = {code: _judged(code, facts, rules) for code in _JUDGES}
    judged = _without_double_counting(judged, rules)
    judged = _panel_excludes(judged, facts.panel)
    return classify([judged.get(code, _beyond(code)) for code in CODES if code not in NEVER_COUNTED])


def _judged(code: str, facts: VariantFacts, rules: Rules) -> Criterion:
    if facts.panel and code in facts.panel.unused:
        text = tr("The gene's expert panel does not use it ({source}).", source=facts.panel.reference)
        return not_assessed(code, text)
    if not facts.consequence and code not in _WITHOUT_CONSEQUENCE:
        return _unplaced(code)
    return _JUDGES[code](facts, rules)


def _unplaced(code: str) -> Criterion:
    return not_assessed(code, tr("The effect on a gene is not known: outside every bundled transcript."))


def _beyond(code: str) -> Criterion:
    return not_assessed(code, tr("Needs literature, functional studies, other cases or the family."))


def _without_double_counting(judged: dict[str, Criterion], rules: Rules) -> dict[str, Criterion]:
    """PM1 and PP3 together weigh at most strong: Pejaver 2022, for predictors of missense changes at large.

    The bundled model does not read the known changes that PM1 counts, but it does read domains and how well
    the stretch is conserved, which make a stretch critical. PM1, the region's own word, keeps its strength.
    A PP3 for the place near a splice site says something else, and stays.

    A second change of a lost splice site adds nothing to a PVS1 in full, nor do BP4 and BP7 where a strong
    BP1 says that changes of this kind do not matter (ENIGMA).
    """
    region, predicted = judged["PM1"].evidence, judged["PP3"]
    by_place = predicted.source == rules.source("splice_distance_at_most")
    if region and predicted.evidence and not by_place:
        left = int(rules["pp3_pm1_points_at_most"]) - region.points
        judged = judged | {"PP3": _beside_pm1(predicted, left)}
    null, same = judged["PVS1"].evidence, judged["PS1"].evidence
    if null and same and null.strength is Strength.VERY_STRONG:
        judged = judged | {"PS1": not_met("PS1", tr("PVS1 is given in full."))}
    cold = judged["BP1"].evidence
    if cold and cold.strength >= Strength.STRONG:
        judged = judged | {code: not_met(code, tr("Counted as BP1.")) for code in ("BP4", "BP7")}
    return judged


def _panel_excludes(judged: dict[str, Criterion], panel: Panel | None) -> dict[str, Criterion]:
    """What the gene's panel does not count beside PM1: the stronger stays, PM1 among equals."""
    for code in panel.beside_pm1 if panel else ():
        region, other = judged["PM1"].evidence, judged[code].evidence
        if region and other:
            weaker, kept = ("PM1", code) if other.points > region.points else (code, "PM1")
            text = tr(
                "{reason} The gene's expert panel does not count it beside {code}.",
                reason=judged[weaker].reason, code=kept,
            )  # fmt: skip
            judged = judged | {weaker: not_met(weaker, text)}
    return judged


def _beside_pm1(criterion: Criterion, left: int) -> Criterion:
    """PP3 with at most the points that PM1 leaves of those of both."""
    strength = max((one for one in Strength if one <= left), default=None)
    if strength is None:
        return not_met(
            "PP3", tr("{reason} PM1 and PP3 count strong at most, which PM1 is.", reason=criterion.reason)
        )
    if criterion.evidence is None or criterion.evidence.strength <= strength:
        return criterion
    reason = tr("{reason} PM1 and PP3 count strong at most, so PP3 is lowered.", reason=criterion.reason)
    return replace(criterion, evidence=Evidence("PP3", strength), reason=reason)
