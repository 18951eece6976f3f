"""Age-specific chances of cancer for carriers, as figures a patient can be shown."""

import math
from dataclasses import replace

from genoai_desktop.analysis.risk.say import said
from genoai_desktop.domain.case import Person, Scope, Sex
from genoai_desktop.domain.risk import RiskFigure
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import Curve, RiskTables

LIFETIME = 80
LYNCH_HORIZON = 75


def figures_for(gene: str, person: Person, tables: RiskTables) -> tuple[RiskFigure, ...]:
    """Figures for a carrier of one pathogenic variant; empty where no curve is bundled for gene and sex."""
    found: tuple[RiskFigure, ...] = ()
    if gene in ("BRCA1", "BRCA2") and person.sex is Sex.FEMALE:
        found = _brca(gene, person, tables)
    elif person.sex in (Sex.FEMALE, Sex.MALE):
        found = _lynch(gene, person, tables)
    group = tr("women with such a variant") if person.sex is Sex.FEMALE else tr("men with such a variant")
    return tuple(said(replace(figure, scope=Scope.SECONDARY.value), group) for figure in found)


def population_breast_risk(tables: RiskTables, start: float, until: float) -> float:
    """Cumulative breast cancer incidence of women without competing mortality (SEER 1992-96), 0..1."""
    rates = tables.gail.average_incidence
    hazard = 0.0
    for year in range(max(20, math.floor(start)), math.ceil(until)):
        hazard += rates[(year - 20) // 5] * (min(until, year + 1) - max(start, year))
    return -math.expm1(-hazard)


def remaining(curve: Curve, age: float, until: float) -> float:
    """P(cancer by ``until`` | none at ``age``)."""
    now = curve.at(age)
    return max(0.0, (curve.at(until) - now) / (1 - now))


def _brca(gene: str, person: Person, tables: RiskTables) -> tuple[RiskFigure, ...]:
    found = []
    for organ, name in (("breast", tr("breast cancer")), ("ovarian", tr("ovarian cancer"))):
        curve = tables.brca_curve(gene, organ)
        low, high = curve.interval_at_80
        breast = organ == "breast"
        label = tr("women in general, United States 1992-96") if breast else ""
        caveats = [tr("Measured in families seen at genetics clinics; preventive surgery is not counted in.")]
        baseline = population_breast_risk(tables, 20, LIFETIME) if breast else None
        title = tr("Chance of {cancer} with a {gene} variant", cancer=name, gene=gene)
        by_80 = tr("by age {age}", age=LIFETIME)
        found.append(
            RiskFigure(
                title, curve.at(LIFETIME), low, high, baseline, label, by_80, curve.source, tuple(caveats)
            )
        )
        if person.age_years is not None and 20 <= person.age_years < LIFETIME:
            age = person.age_years
            horizon = tr("from age {age:.0f} to {until}", age=age, until=LIFETIME)
            base = population_breast_risk(tables, age, LIFETIME) if breast else None
            value = remaining(curve, age, LIFETIME)
            caveats.append(tr("Holds for a person who has not had this cancer."))
            found.append(
                RiskFigure(title, value, None, None, base, label, horizon, curve.source, tuple(caveats))
            )
    return tuple(found)


def _lynch(gene: str, person: Person, tables: RiskTables) -> tuple[RiskFigure, ...]:
    names = {
        "colorectal": tr("bowel cancer"),
        "endometrial": tr("cancer of the womb lining"),
        "ovarian": tr("ovarian cancer"),
        "gastric": tr("stomach cancer"),
        "prostate": tr("prostate cancer"),
        "breast": tr("breast cancer"),
        "bladder": tr("bladder cancer"),
        "ureter_kidney": tr("cancer of the ureter or kidney"),
        "small_bowel": tr("small bowel cancer"),
        "pancreas": tr("pancreatic cancer"),
        "bile_duct": tr("bile duct cancer"),
        "brain": tr("brain tumor"),
    }
    risks = tables.lynch_risks(gene, person.sex is Sex.FEMALE)
    source = tables.citation("lynch")
    chosen = sorted((pair for pair in risks.items() if pair[0] in names), key=lambda pair: -pair[1])
    return tuple(
        RiskFigure(
            title=tr("Chance of {cancer} with a {gene} variant", cancer=names[site], gene=gene),
            value=value,
            low=None,
            high=None,
            baseline=None,
            baseline_label="",
            horizon=tr("by age {age}", age=LYNCH_HORIZON),
            source=source,
            caveats=(tr("Measured in carriers under surveillance; no interval is bundled."),),
        )
        for site, value in chosen
    )
