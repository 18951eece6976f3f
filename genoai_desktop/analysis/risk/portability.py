"""What a raw polygenic score means in this person's ancestry: expected mean, spread and effect.

The person's principal components are written as a mixture of the centers of those ancestries for which
allele frequencies were published (the nearest such mixture in genetic distance). Along that mixture
every site has an expected frequency f, linear in the components as in the individual-specific
frequencies of Hao, Song and Storey 2016 (Bioinformatics 32:713), and the score of people at that place
has mean  sum 2 w f  and variance  sum 2 w² f (1 - f). Where a mean and spread of an ancestry were
published, they are met exactly at its center. Nothing is fitted on the file: the same person alone or
among others gets the same figure.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS, AncestryPanel

Floats = npt.NDArray[np.float64]
COVERED: Final = 0.8
"""Share of the superpopulation probability that the known ancestries must hold where no place is known."""
ADMIXED: Final = "AMR"
"""The panel's group that is a mixture of others: its members may well lie between known ancestries."""
WITHIN: Final = 0.99
"""Share of the panel's people of the known ancestries whose distance from a mixture counts as near."""
ACCURACY: Final = {"AFR": 0.24, "EAS": 0.37, "SAS": 0.51}
"""Prediction accuracy (R²) relative to European ancestry, mean over traits: Alemu 2025 (PMC12622163).
That accuracy falls in proportion to genetic distance: Privé 2022 (Am J Hum Genet 109:12), Ding 2023
(Nature 618:774). The slope of the line is fitted to these three points."""
DECAY_SOURCE: Final = "Ding 2023, Nature 618:774; Privé 2022, Am J Hum Genet 109:12; Alemu 2025, PMC12622163"


@dataclass(frozen=True, slots=True)
class Place:
    """A person as a mixture of known ancestries: shares (sum 1), and whether that mixture comes near."""

    shares: tuple[tuple[str, float], ...]
    near: bool

    @property
    def nearest(self) -> str:
        """The ancestry with the largest share."""
        return max(self.shares, key=lambda pair: pair[1])[0]

    @property
    def weights(self) -> Floats:
        """Shares in order."""
        return np.array([share for _, share in self.shares])


@dataclass(frozen=True, slots=True)
class Expected:
    """Distribution of the raw score at a place, with the frequency of every site."""

    mean: float
    sd: float
    frequencies: Floats
    fitted: int
    """Sites with a frequency for each of the ancestries."""


class Portability:
    """Places, distances and effects on the panel's components. One for each opened panel."""

    def __init__(self, panel: AncestryPanel) -> None:
        self._panel = panel
        used = panel.loadings.any(axis=1)
        # standardised genotypes are about loadings @ coordinates: this makes distances genetic ones
        self._metric = np.sqrt((panel.loadings[used] ** 2).mean(axis=0))
        self._group = panel.people["superpopulation"].to_numpy()
        self._people = panel.coordinates * self._metric
        self._centers = {name: self._people[self._group == name].mean(axis=0) for name in SUPERPOPULATIONS}
        self._limits: dict[tuple[str, ...], float] = {}

    def place(self, estimate: AncestryEstimate, known: Sequence[str]) -> Place | None:
        """The nearest mixture of the ``known`` ancestries; None where the ancestry could not be told."""
        if not estimate.proportions or not known:
            return None
        if not estimate.coordinates:
            shares = np.array([dict(estimate.proportions).get(name, 0.0) for name in known])
            covered = float(shares.sum())
            scaled = shares / covered if covered > 0 else np.full(len(known), 1 / len(known))
            return Place(_pairs(known, scaled), covered >= COVERED)
        here = np.array([estimate.coordinates]) * self._metric
        shares, distance = self._mixtures(here, known)
        other = sum(p for name, p in estimate.proportions if name not in (*known, ADMIXED))
        near = bool(distance[0] <= self._limit(tuple(known))) and other <= 1 - COVERED
        return Place(_pairs(known, shares[0]), near)

    def remaining_accuracy(self, estimate: AncestryEstimate, built_in: Sequence[str]) -> float | None:
        """Expected share (0..1) of the accuracy (R²) that is left at this distance; None: not known."""
        if not estimate.coordinates:
            return None
        here = np.array([estimate.coordinates]) * self._metric
        distance = float(self._mixtures(here, built_in)[1][0])
        return max(0.0, 1 - self._slope * max(0.0, distance - self._limit(tuple(built_in))))

    @cached_property
    def _slope(self) -> float:
        """Loss of accuracy per unit of genetic distance, through full accuracy at the training set's edge."""
        edge = self._limit(("EUR",))
        far = {n: float(np.linalg.norm(self._centers[n] - self._centers["EUR"])) - edge for n in ACCURACY}
        lost = sum((1 - ACCURACY[name]) * distance for name, distance in far.items())
        return lost / sum(distance**2 for distance in far.values())

    def _limit(self, known: tuple[str, ...]) -> float:
        """Distance within which nearly all people of the known ancestries lie."""
        if known not in self._limits:
            members = self._people[np.isin(self._group, known)]
            self._limits[known] = float(np.quantile(self._mixtures(members, known)[1], WITHIN))
        return self._limits[known]

    def _mixtures(self, points: Floats, known: Sequence[str]) -> tuple[Floats, Floats]:
        """Closest point of the simplex of the centers, by trying every face: shares and distances."""
        centers = np.array([self._centers[name] for name in known])
        best = np.full(len(points), np.inf)
        shares = np.zeros((len(points), len(known)))
        for size in range(1, len(known) + 1):
            for face in combinations(range(len(known)), size):
                origin, *others = centers[list(face)]
                if others:
                    edges = (np.array(others) - origin).T
                    free = np.linalg.lstsq(edges, (points - origin).T, rcond=None)[0].T
                else:
                    free = np.zeros((len(points), 0))
                inside = np.column_stack((1 - free.sum(axis=1), free))
                gap = np.linalg.norm(points - inside @ centers[list(face)], axis=1)
                better = (inside >= 0).all(axis=1) & (gap < best)
                best[better] = gap[better]
                shares[better] = 0
                shares[np.ix_(better, face)] = inside[better]
        return shares, best


def expected(weights: pl.DataFrame, place: Place, published: dict[str, dict[str, float]]) -> Expected:
    """Mean and spread at ``place`` of a score with sites ``weight eaf eaf_eur ...``.

    ``published``: mean and SD by ancestry (lower case), ``all`` for the population it was built in.
    """
    weight = weights["weight"].to_numpy()
    names = [name.lower() for name, _ in place.shares]
    columns = [weights[f"eaf_{name}"].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in names]
    table = np.array(columns)
    known = ~np.isnan(table).any(axis=0)
    overall = weights["eaf"].fill_null(float("nan")).to_numpy()
    table = np.where(known, table, overall)
    share = place.weights
    at_center = [_moments(weight, row) for row in table]
    frequency = share @ table
    mean, sd = _moments(weight, frequency)
    shift, stretch = 0.0, 0.0
    for part, name, (own_mean, own_sd) in zip(share, names, at_center, strict=True):
        # a mean for everybody was published for European ancestry: other ancestries keep its offset
        found = published.get(name)
        base = found or published.get("all")
        reference = (own_mean, own_sd) if found else at_center[names.index("eur")] if "eur" in names else None
        if base and reference:
            shift += part * (base["mean"] - reference[0])
            stretch += part * base["sd"] / reference[1]
        else:
            stretch += part
    return Expected(mean + shift, sd * stretch, frequency, int(known.sum()))


def alpha_share(place: Place, published: dict[str, dict[str, float]]) -> float | None:
    """Effect per SD relative to European ancestry where it was published by ancestry (CanRisk's alpha)."""
    own = [published.get(name.lower(), {}).get("alpha") for name, _ in place.shares]
    top = published.get("eur", {}).get("alpha")
    if not top or any(value is None for value in own):
        return None
    return float(place.weights @ np.array(own, dtype=float)) / top


def percentile(z: float) -> float:
    """Share of the reference below ``z``, in percent."""
    return 50 * math.erfc(-z / math.sqrt(2))


def _moments(weight: Floats, frequency: Floats) -> tuple[float, float]:
    """Mean and SD of the sum for independent sites in Hardy-Weinberg proportions."""
    variance = float((2 * weight**2 * frequency * (1 - frequency)).sum())
    return float((2 * weight * frequency).sum()), math.sqrt(max(variance, 0.0))


def _pairs(names: Sequence[str], shares: Floats) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(share)) for name, share in zip(names, shares, strict=True))
