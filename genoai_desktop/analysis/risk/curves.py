"""Age curves as plain data, for window and page to draw from."""

import math
from collections.abc import Callable, Sequence

from genoai_desktop.analysis.risk.brca import BrcaCurves
from genoai_desktop.analysis.risk.claus import ClausRisk
from genoai_desktop.analysis.risk.combined import BreastRisk
from genoai_desktop.analysis.risk.figures import LIFETIME, population_breast_risk
from genoai_desktop.domain.case import Person, Sex
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.risk import RiskCurve
from genoai_desktop.domain.text import later, tr
from genoai_desktop.knowledge.risk import RiskTables

FIRST_AGE = 20
STEP = 2
_WOMEN = later("women in general, United States 1992-96")


def carrier_curves(gene: str, person: Person, tables: RiskTables, scope: str) -> tuple[RiskCurve, ...]:
    """Breast and ovarian cancer of female carriers of BRCA1 or BRCA2; empty for anything else.

    The published 95 % interval is that at 80; the band draws it back along the curve on the hazard scale.
    """
    if gene not in ("BRCA1", "BRCA2") or person.sex is not Sex.FEMALE:
        return ()
    found = []
    ages = tuple(float(age) for age in range(FIRST_AGE, LIFETIME + 1, STEP))
    general = BrcaCurves(tables)
    for organ, name in (("breast", tr("breast cancer")), ("ovarian", tr("ovarian cancer"))):
        curve = tables.brca_curve(gene, organ)
        values = tuple(curve.at(age) for age in ages)
        low, high = (_band(values, at_80) for at_80 in curve.interval_at_80)
        baseline = tuple(general.cumulative(None, organ, age) for age in ages)
        found.append(
            RiskCurve(
                title=tr("Chance of {cancer} with a {gene} variant", cancer=name, gene=gene),
                ages=ages,
                values=values,
                low=low,
                high=high,
                baseline=baseline,
                scope=scope,
                source=curve.source,
                baseline_label=tr(_WOMEN) if organ == "breast" else tr("women in general, United States"),
                baseline_source="SEER",
                model="carrier",
                caveats=(tr("The interval was published for age 80; the band extends it to younger ages."),),
            )
        )
    return tuple(found)


def _band(values: Sequence[float], at_80: float) -> tuple[float, ...]:
    """Hazards of the curve times one factor, so that the last value is ``at_80``."""
    factor = math.log1p(-at_80) / math.log1p(-values[-1])
    return tuple(-math.expm1(factor * math.log1p(-value)) for value in values)


def claus_curve(risk: ClausRisk, tables: RiskTables) -> RiskCurve:
    """Cumulative risk at the tabulated ages, beside that of women in general."""
    ages = (29.0, 39.0, 49.0, 59.0, 69.0, 79.0)
    return RiskCurve(
        title=tr("Breast cancer in women with these affected relatives"),
        ages=ages,
        values=risk.curve,
        low=(),
        high=(),
        baseline=tuple(population_breast_risk(tables, FIRST_AGE, age) for age in ages),
        scope="primary",
        source=tables.citation("claus"),
        baseline_label=tr(_WOMEN),
        baseline_source="SEER",
        model="claus",
    )


def combined_curve(risk: BreastRisk, scope: str, source: Citation) -> RiskCurve:
    """Absolute risk from the present age with competing mortality."""
    return RiskCurve(
        title=tr("Breast cancer from now on, all parts together"),
        ages=tuple(age for age, _, _ in risk.curve),
        values=tuple(value for _, value, _ in risk.curve),
        low=(),
        high=(),
        baseline=tuple(base for _, _, base in risk.curve),
        scope=scope,
        source=source,
        baseline_label=tr("women of the same age and population group"),
        baseline_source="BCRA 2.1.2",
        model="combined-breast",
        caveats=risk.notes,
    )


def family_curve(
    title: str,
    age: float,
    risk: Callable[[float], float],
    baseline: Callable[[float], float],
    source: Citation,
) -> RiskCurve:
    """Chance by each age ahead, given no cancer so far."""
    start = STEP * math.ceil((math.floor(age) + 1) / STEP)
    ages = tuple(float(until) for until in range(max(FIRST_AGE, start), LIFETIME + 1, STEP))
    return RiskCurve(
        title=title,
        ages=ages,
        values=tuple(risk(until) for until in ages),
        low=(),
        high=(),
        baseline=tuple(baseline(until) for until in ages),
        scope="primary",
        source=source,
        baseline_label=tr("women in general"),
        baseline_source="SEER",
        model="brca-family",
    )
