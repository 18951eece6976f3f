"""The Gail model (BCRA 2.1.2): absolute risk of invasive breast cancer over an interval of ages."""

import math
from dataclasses import dataclass

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import GailParameters

UNKNOWN = 99
NULLIPAROUS = 98


@dataclass(frozen=True, slots=True)
class GailProfile:
    """What the model asks. Ages in years; 99 = not known; ``first_birth`` 98 = no live birth.

    ``hyperplasia``: 0 no, 1 yes, 99 not known or no biopsy. ``race``: 1..11 as in BCRA.
    """

    age: float
    until: float
    biopsies: int
    hyperplasia: int
    menarche: int
    first_birth: int
    relatives: int
    race: int


@dataclass(frozen=True, slots=True)
class GailRisk:
    """Absolute risk, that of the average woman of that race (0..1), relative risks below and from 50."""

    risk: float
    average: float
    relative_below_50: float
    relative_from_50: float
    pattern: int


def gail_risk(profile: GailProfile, parameters: GailParameters) -> GailRisk:
    """Absolute risk between ``age`` and ``until`` with competing mortality.

    Raises:
        UserError: a value that the model does not take; ``where`` is the field's BCRA name.
    """
    check_profile(profile)
    race = profile.race - 1
    biopsies = min(0 if profile.biopsies == UNKNOWN else profile.biopsies, parameters.biopsy_max[race])
    relatives = min(0 if profile.relatives == UNKNOWN else profile.relatives, parameters.relatives_max[race])
    menarche = parameters.menarche[race][_menarche(profile.menarche)]
    birth = _first_birth(profile.first_birth, race, parameters)
    beta = parameters.beta[race]
    log_young = beta[0] * biopsies + beta[1] * menarche + beta[2] * birth + beta[3] * relatives
    log_young += beta[5] * birth * relatives
    hyperplasia = parameters.hyperplasia[str(profile.hyperplasia if biopsies else UNKNOWN)]
    young = math.exp(log_young) * hyperplasia
    older = math.exp(log_young + beta[4] * biopsies) * hyperplasia
    share = parameters.one_minus_ar[race]
    scale = (share[0] * young, share[1] * older)
    risk = _absolute(profile, scale, parameters.incidence[race], parameters.mortality[race])
    average = _absolute(profile, (1.0, 1.0), *_average_hazards(race, parameters))
    pattern = biopsies * 36 + menarche * 12 + birth * 3 + relatives + 1
    return GailRisk(risk, average, young, older, pattern)


def _average_hazards(race: int, parameters: GailParameters) -> tuple[list[float], list[float]]:
    """BCRA compares races 1 and 4 with the White rates of 1992-96, every other race with its own rates."""
    if race in (0, 3):
        return parameters.average_incidence, parameters.average_mortality
    return parameters.incidence[race], parameters.mortality[race]


def check_profile(profile: GailProfile) -> None:
    """Refuse what BCRA refuses, naming the field.

    Raises:
        UserError: always with the name of the field in ``where``.
    """
    p = profile
    menarche_known, birth_known = p.menarche != UNKNOWN, p.first_birth not in (NULLIPAROUS, UNKNOWN)
    rules = (
        (20 <= p.age < 90, "T1", tr("the age must be 20 to below 90")),
        (p.age < p.until <= 90, "T2", tr("the end of the interval must be after T1 and at most 90")),
        (p.race in range(1, 12), "Race", tr("the race code must be 1 to 11")),
        (0 <= p.biopsies <= UNKNOWN, "N_Biop", tr("the number of biopsies must be 0 to 98, or 99")),
        (p.hyperplasia in (0, 1, UNKNOWN), "HypPlas", tr("hyperplasia must be 0, 1 or 99")),
        (
            p.biopsies not in (0, UNKNOWN) or p.hyperplasia == UNKNOWN,
            "HypPlas",
            tr("hyperplasia without a biopsy"),
        ),
        (not menarche_known or 0 < p.menarche <= p.age, "AgeMen", tr("the age at menarche exceeds the age")),
        (
            not birth_known or 0 < p.first_birth <= p.age,
            "Age1st",
            tr("the age at first birth exceeds the age"),
        ),
        (
            not (menarche_known and birth_known) or p.first_birth >= p.menarche,
            "Age1st",
            tr("the age at first birth is below the age at menarche"),
        ),
        (0 <= p.relatives <= UNKNOWN, "N_Rels", tr("the number of relatives must be 0 to 98, or 99")),
    )
    for good, field, why in rules:
        if not good:
            raise UserError(why, where=field, remedy=tr("Correct this field."), code="risk.out-of-range")


def _menarche(age: int) -> int:
    """Category 0: 14 or later, or not known; 1: 12 or 13; 2: earlier."""
    return 0 if age >= 14 else 1 if age >= 12 else 2


def _first_birth(age: int, race: int, parameters: GailParameters) -> int:
    if age == NULLIPAROUS:
        return parameters.nulliparous[race]
    bands = parameters.first_birth[race]
    if age == UNKNOWN or age < 20:
        return bands[0]
    return bands[1] if age < 25 else bands[2] if age < 30 else bands[3]


def _absolute(
    profile: GailProfile, scale: tuple[float, float], cancer: list[float], death: list[float]
) -> float:
    """Integrate year by year; hazards are constant within a year of age."""
    risk, survived = 0.0, 0.0
    for year in range(math.floor(profile.age), math.ceil(profile.until)):
        length = min(profile.until, year + 1) - max(profile.age, year)
        band = (year - 20) // 5
        hazard = cancer[band] * scale[0 if year < 50 else 1]
        total = hazard + death[band]
        risk += hazard / total * math.exp(-survived) * -math.expm1(-total * length)
        survived += total * length
    return risk
