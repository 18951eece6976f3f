"""The combined breast cancer figure of a case, with the share of each part and the consent it needs."""

from genoai_desktop.analysis.risk.breast_asked import (
    PROVEN,
    Asked,
    BreastOutcome,
    gail_profile,
    not_for_carriers,
    options_from,
)
from genoai_desktop.analysis.risk.combined import BreastInputs, breast_risk
from genoai_desktop.analysis.risk.curves import combined_curve
from genoai_desktop.analysis.risk.say import said
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.risk import RiskFigure, RiskPart
from genoai_desktop.domain.text import tr

COMBINED_END = 80
COMBINED_SOURCE = Citation("BCRA 2.1.2; Kuchenbaecker 2017; Mavaddat 2019")
BREAST_SCORES = ("BCAC_313", "BCAC_307")


def combined(asked: Asked, outcome: BreastOutcome) -> None:
    """Add the figure and its curve where there are answers of a woman without breast cancer."""
    factors, age = asked.case.breast, asked.age
    if factors is None or age is None or not asked.healthy_woman():
        return
    off = set(factors.switched_off)
    carrier, monogenic_scope, monogenic_text = _monogenic(asked, outcome)
    score = next((s for n in BREAST_SCORES for s in asked.polygenic if s.id == n and s.z is not None), None)
    inputs = BreastInputs(
        age=age,
        race=factors.population,
        gail=None
        if "lifestyle" in off
        else gail_profile(factors, age, COMBINED_END, asked.history.first_degree),
        carrier=None if "monogenic" in off else carrier,
        score_z=None if score is None or "polygenic" in off else score.z,
        effect_share=score.effect_share if score and score.effect_share is not None else 1.0,
    )
    risk = breast_risk(inputs, asked.tables, COMBINED_END)
    scopes = [Scope.PRIMARY.value]
    if inputs.carrier is not None and monogenic_scope != Scope.PRIMARY.value:
        scopes.append(monogenic_scope)
    if inputs.score_z is not None:
        scopes.append(Scope.POLYGENIC.value)
    scope = "+".join(scopes)
    texts = {
        "lifestyle": "",
        "monogenic": monogenic_text,
        "polygenic": score.name if score else tr("no breast score with a reference for this person"),
    }
    had = {"lifestyle": True, "monogenic": carrier is not None, "polygenic": score is not None}
    figure = RiskFigure(
        title=tr("Chance of breast cancer, all parts together"),
        value=risk.value,
        low=None,
        high=None,
        baseline=risk.population,
        baseline_label=tr("women of the same age and population group"),
        horizon=tr("by age {age:.0f}", age=risk.until),
        source=COMBINED_SOURCE,
        caveats=(*risk.notes, *([not_for_carriers()] if asked.proven else [])),
        scope=scope,
        parts=_parts(risk.value, dict(risk.without), texts, had, off),
        model="combined-breast",
        options=options_from(asked, "lifetime", risk.value),
    )
    outcome.figures.append(said(figure, tr("women with these answers and results"), tr("get breast cancer")))
    outcome.curves.append(combined_curve(risk, scope, COMBINED_SOURCE))


def _monogenic(asked: Asked, outcome: BreastOutcome) -> tuple[tuple[float, float] | None, str, str]:
    """Carrier probabilities: a proven finding before the family's history; the scope that they need."""
    for finding in asked.findings:
        if finding.gene in PROVEN and finding.scope == Scope.SECONDARY.value:
            text = tr("a disease-causing {gene} variant was found", gene=finding.gene)
            return PROVEN[finding.gene], Scope.SECONDARY.value, text
    own = {
        one.subject: one.carrier
        for one in outcome.relatives
        if one.person == asked.case.proband and one.subject in PROVEN
    }
    if len(own) == len(PROVEN):
        first = own["BRCA1"]
        # Each was worked out as if the other did not matter: of a proven carrier they add up to more than 1.
        second = min(own["BRCA2"], 1 - first) if first >= own["BRCA2"] else own["BRCA2"]
        return (min(first, 1 - second), second), Scope.PRIMARY.value, tr("from the family history")
    return None, Scope.PRIMARY.value, tr("no finding, and no family history of these cancers")


def _parts(
    value: float, without: dict[str, float], texts: dict[str, str], had: dict[str, bool], off: set[str]
) -> tuple[RiskPart, ...]:
    titles = {
        "lifestyle": tr("Family and reproductive history (Gail)"),
        "monogenic": tr("BRCA1 and BRCA2"),
        "polygenic": tr("Polygenic score"),
    }
    parts = []
    for name, title in titles.items():
        used = had[name] and name not in off
        less = without.get(name, value)
        text = tr("switched off") if name in off else texts[name]
        parts.append(RiskPart(name, title, less, value - less if used else 0.0, used, text))
    return tuple(parts)
