"""Breast cancer: family and lifestyle (Gail), monogenic and polygenic parts in one absolute risk.

Each part can be switched off to see its share. **This is not BOADICEA** and was not calibrated in a
cohort: parts multiply on the hazard scale, with the relatives counted once, by the Gail model.
"""

import math
from dataclasses import dataclass, replace

from genoai_desktop.analysis.risk.brca import BrcaCurves
from genoai_desktop.analysis.risk.gail import GailProfile, gail_risk
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import RiskTables

OLDEST = 80.0


@dataclass(frozen=True, slots=True)
class BreastInputs:
    """What is known of a woman without breast cancer. None switches a part off.

    ``gail``: lifestyle and relatives, its race also chooses the population rates. ``carrier``:
    probabilities of BRCA1 and BRCA2 (0..1, 1 for a proven carrier). ``score_z``: z-score of the breast
    score among people of the woman's ancestry, with ``effect_share`` the share (0..1) of its effect in
    European ancestry (log odds ratio per SD) that remains there.
    """

    age: float
    race: int = 1
    gail: GailProfile | None = None
    carrier: tuple[float, float] | None = None
    score_z: float | None = None
    effect_share: float = 1.0


@dataclass(frozen=True, slots=True)
class BreastRisk:
    """Absolute risk (0..1) at each age of ``curve``, the population's, and the share of every part.

    ``without``: part to the risk by ``until`` with that part switched off.
    """

    until: float
    value: float
    population: float
    curve: tuple[tuple[float, float, float], ...]
    """(age, risk by that age, the population's)."""
    without: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]


def breast_risk(inputs: BreastInputs, tables: RiskTables, until: float = OLDEST) -> BreastRisk:
    """Absolute risk from the present age to ``until`` with competing mortality.

    Raises:
        UserError: a value out of range; ``where`` names the field.
    """
    _check(inputs, until)
    ages = [float(age) for age in range(math.floor(inputs.age) + 1, math.floor(until) + 1)]
    base = BreastInputs(inputs.age, inputs.race)
    curve = tuple((age, _absolute(inputs, tables, age), _absolute(base, tables, age)) for age in ages)
    parts = (
        ("lifestyle", inputs.gail is not None, replace(inputs, gail=None)),
        ("monogenic", inputs.carrier is not None, replace(inputs, carrier=None)),
        ("polygenic", inputs.score_z is not None, replace(inputs, score_z=None)),
    )
    without = tuple((name, _absolute(less, tables, until)) for name, given, less in parts if given)
    notes = [
        tr("A combination made for this program: it is not BOADICEA and was not calibrated in a cohort.")
    ]
    if inputs.score_z is not None and inputs.carrier is not None and inputs.carrier[0] > 0.01:
        notes.append(tr("For carriers of BRCA1 the effect of this score is not known: it is not counted."))
    value, population = _absolute(inputs, tables, until), _absolute(base, tables, until)
    return BreastRisk(until, value, population, curve, without, tuple(notes))


def _check(inputs: BreastInputs, until: float) -> None:
    rules = (
        (
            20 <= inputs.age < until <= 90,
            "age",
            tr("the age must be 20 or more and below the end of the interval"),
        ),
        (inputs.race in range(1, 12), "race", tr("the race code must be 1 to 11")),
        (
            inputs.carrier is None or (min(inputs.carrier) >= 0 and sum(inputs.carrier) <= 1),
            "carrier",
            tr("carrier probabilities must be 0 to 1, together at most 1"),
        ),
        (inputs.score_z is None or abs(inputs.score_z) < 10, "score_z", tr("the z-score is out of range")),
        (0 <= inputs.effect_share <= 1.5, "effect_share", tr("the share is out of range")),
    )
    for good, where, why in rules:
        if not good:
            raise UserError(why, where=where, remedy=tr("Correct this field."), code="risk.out-of-range")


def _absolute(inputs: BreastInputs, tables: RiskTables, until: float) -> float:
    """Integrate year by year over the three carrier states; each has its own survival."""
    first, second = inputs.carrier or (0.0, 0.0)
    shares = (("BRCA1", first), ("BRCA2", second), (None, 1 - first - second))
    curves = BrcaCurves(tables)
    return sum(
        share * _one_state(inputs, tables, until, gene, curves, _factors(inputs, tables, gene))
        for gene, share in shares
        if share > 0
    )


def _one_state(
    inputs: BreastInputs,
    tables: RiskTables,
    until: float,
    gene: str | None,
    curves: BrcaCurves,
    factors: tuple[float, float],
) -> float:
    incidence, death = tables.gail.incidence[inputs.race - 1], tables.gail.mortality[inputs.race - 1]
    risk, survived = 0.0, 0.0
    for year in range(math.floor(inputs.age), math.ceil(until)):
        length = min(until, year + 1) - max(inputs.age, year)
        band = (year - 20) // 5
        hazard = incidence[band]
        if gene is not None:
            hazard = curves.density(gene, "breast", year + 0.5) / (
                1 - curves.cumulative(gene, "breast", year)
            )
        hazard *= factors[0 if year < 50 else 1]
        total = hazard + death[band]
        risk += hazard / total * math.exp(-survived) * -math.expm1(-total * length)
        survived += total * length
    return risk


def _factors(inputs: BreastInputs, tables: RiskTables, gene: str | None) -> tuple[float, float]:
    """Hazard ratios below and from 50. A carrier's relatives are explained by the gene: not counted again."""
    polygenic = _polygenic(inputs, tables, gene)
    young, older = _lifestyle(inputs, tables) if gene is None else (1.0, 1.0)
    return young * polygenic, older * polygenic


def _lifestyle(inputs: BreastInputs, tables: RiskTables) -> tuple[float, float]:
    """Relative to the average woman of that race, below and from age 50."""
    if inputs.gail is None:
        return 1.0, 1.0
    found = gail_risk(inputs.gail, tables.gail)
    share = tables.gail.one_minus_ar[inputs.race - 1]
    return found.relative_below_50 * share[0], found.relative_from_50 * share[1]


def _polygenic(inputs: BreastInputs, tables: RiskTables, gene: str | None) -> float:
    """Relative to the average of that group: the effect per SD, centred so that its mean is 1."""
    known = tables.breast_score_effect.get(gene or "EUR")
    if inputs.score_z is None or known is None:
        return 1.0
    log_ratio = math.log(known[0]) * inputs.effect_share
    return math.exp(log_ratio * inputs.score_z - log_ratio**2 / 2)
