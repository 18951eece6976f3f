"""Whether a disease fits the patient's age, age of onset and sex, as likelihood ratios.

Onset: the age bands that Orphanet and HPO annotations give for a disease, against the mean over all
diseases that have any. Sex: of 4,229 published cases (development set) with one recorded mode of
inheritance, how many of each sex had an X-linked disease (Laplace's rule).
"""

from math import log
from typing import Final

import numpy as np
import numpy.typing as npt

from genoai_desktop.domain.case import Case, Person, Sex
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables

Floats = npt.NDArray[np.float32]
BANDS: Final = {
    "Antenatal": (0.0, 0.0), "HP:0030674": (0.0, 0.0), "HP:0011461": (0.0, 0.0), "HP:0034199": (0.0, 0.0),
    "HP:0034198": (0.0, 0.0), "HP:0034197": (0.0, 0.0), "HP:0003577": (0.0, 0.0), "Neonatal": (0.0, 0.08),
    "HP:0003623": (0.0, 0.08), "Infancy": (0.08, 2.0), "HP:0003593": (0.08, 1.0), "Childhood": (2.0, 11.0),
    "HP:0011463": (1.0, 5.0), "HP:0410280": (0.0, 16.0), "HP:0003621": (5.0, 16.0),
    "Adolescent": (11.0, 19.0), "Adult": (18.0, 65.0), "HP:0003581": (16.0, 80.0), "HP:0011462": (16.0, 40.0),
    "HP:0025708": (16.0, 19.0), "HP:0025709": (19.0, 25.0), "HP:0025710": (25.0, 40.0),
    "HP:0003596": (40.0, 60.0), "HP:0003584": (60.0, 90.0), "Elderly": (65.0, 90.0), "All ages": (0.0, 80.0),
}  # fmt: skip
"""Youngest and oldest age in years of each onset category (Orphanet's words, HPO's terms)."""
LEAK: Final = 0.1
"""Chance that a patient's onset lies outside everything that is recorded for the disease."""
FEMALE: Final = {"XR": (0, 49), "XD": (20, 21), "XL": (4, 19)}
"""Females among the published cases by mode of inheritance; of the others 48 % were female."""
FEMALE_SHARE: Final = 0.48
SEX_FLOOR: Final = -2.5


class OnsetTable:
    """Share of each disease's patients who have fallen ill by an age, from its onset bands."""

    def __init__(self, knowledge: Knowledge) -> None:
        lists = knowledge.phenotypes.disease_table["onset"].to_list()
        self.bands = [[BANDS[word] for word in words or () if word in BANDS] for words in lists]
        self.known = np.array([bool(bands) for bands in self.bands])

    def by(self, age: float) -> Floats:
        """Chance of onset up to ``age`` (years) for every disease; NaN where nothing is recorded."""
        found = np.full(len(self.bands), np.nan, dtype=np.float32)
        for index in np.flatnonzero(self.known):
            shares = [_share(low, high, age) for low, high in self.bands[index]]
            found[index] = (1 - LEAK) * sum(shares) / len(shares) + LEAK * _share(0.0, 80.0, age)
        return found


def _share(low: float, high: float, age: float) -> float:
    if age >= high:
        return 1.0
    return max((age - low) / (high - low), 0.0) if high > low else 0.0


@kept_with_tables()
def _table(knowledge: Knowledge) -> OnsetTable:
    return OnsetTable(knowledge)


@kept_with_tables(8)
def _onset(knowledge: Knowledge, low: float | None, high: float) -> Floats:
    """Log likelihood ratio of an onset between two ages (up to ``high`` when ``low`` is None)."""
    table = _table(knowledge)
    chance = table.by(high)
    if low is not None:
        before = table.by(low) if low > 0 else np.zeros_like(chance)
        chance = np.maximum(chance - before, LEAK * max(high - low, 0.05) / 80)
    mean = float(np.nanmean(chance))
    ratio = np.log(np.maximum(chance, 1e-3) / max(mean, 1e-3))
    return np.nan_to_num(ratio, nan=0.0).astype(np.float32)


def _observed_onset(case: Case) -> tuple[float, float] | None:
    """The earliest onset band among the patient's terms, None when none was stated."""
    stated = [BANDS[t.onset] for t in case.terms if not t.excluded and t.onset in BANDS]
    return min(stated, key=lambda band: band[1]) if stated else None


def onset_scores(case: Case, knowledge: Knowledge) -> Floats | None:
    """Log likelihood ratio by disease index from onset (or age, when only that is known); None without."""
    observed = _observed_onset(case)
    if observed is not None:
        low, high = observed
        return _onset(knowledge, low if high > low else max(low - 0.01, 0.0), max(high, 0.02))
    age = case.index.age_years
    return None if age is None or not case.observed else _onset(knowledge, None, max(float(age), 0.02))


def onset_contribution(case: Case, value: float) -> Contribution:
    """The onset's part in words."""
    if _observed_onset(case) is not None:
        text = tr("The age at which it began, against the usual onset of the disease")
    else:
        text = tr("The patient's age, against the usual onset of the disease")
    return Contribution("phenotype", "", value, text, group="onset")


@kept_with_tables(4)
def sex_scores(knowledge: Knowledge, sex: Sex) -> Floats:
    """Log likelihood ratio of the patient's sex by disease index; 0 where the mode does not depend on it."""
    lists = knowledge.phenotypes.disease_table["inheritance"].to_list()
    values = {mode: _sex_value(mode, sex) for mode in FEMALE}
    found = np.zeros(len(lists), dtype=np.float32)
    for index, modes in enumerate(lists):
        own = {mode for mode in modes or () if mode in ("AD", "AR", "MT", *FEMALE)}
        if len(own) == 1 and (mode := own.pop()) in values:
            found[index] = values[mode]
    return found


def _sex_value(mode: str, sex: Sex) -> float:
    if sex not in (Sex.FEMALE, Sex.MALE):
        return 0.0
    count, of = FEMALE[mode]
    female = (count + 1) / (of + 2)
    share, usual = (female, FEMALE_SHARE) if sex is Sex.FEMALE else (1 - female, 1 - FEMALE_SHARE)
    return max(log(share / usual), SEX_FLOOR)


def sex_contribution(person: Person, value: float) -> Contribution:
    """The sex's part in words."""
    word = tr("female") if person.sex is Sex.FEMALE else tr("male")
    text = tr("The patient is {sex}, and the disease is X-linked", sex=word)
    return Contribution("inheritance", "", value, text, group="sex")


class PersonFit:
    """Onset and sex for one patient, by disease index."""

    def __init__(self, case: Case, knowledge: Knowledge) -> None:
        self._case = case
        self.onset = onset_scores(case, knowledge)
        self.sex = sex_scores(knowledge, case.index.sex)

    def totals(self, explained: list[int]) -> Floats:
        """What is added to every disease. ``explained``: have variants, whose fit speaks of the sex."""
        found = self.sex.copy()
        found[explained] = 0.0
        return found if self.onset is None else found + self.onset

    def contributions(self, disease: int, *, explained: bool) -> tuple[Contribution, ...]:
        """The reasons behind ``totals`` for one disease; what is zero is not said."""
        reasons = []
        if self.onset is not None and self.onset[disease]:
            reasons.append(onset_contribution(self._case, float(self.onset[disease])))
        if not explained and self.sex[disease]:
            reasons.append(sex_contribution(self._case.index, float(self.sex[disease])))
        return tuple(reasons)
