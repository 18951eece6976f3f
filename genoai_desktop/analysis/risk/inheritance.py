"""Founder priors and transmission tables. States: copies 0, 1, 2 and, where asked, 3 = germline mosaic."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from genoai_desktop.analysis.risk.elimination import Array
from genoai_desktop.domain.case import Sex


class Mode(StrEnum):
    """How the condition is inherited."""

    DOMINANT = "AD"
    RECESSIVE = "AR"
    X_LINKED = "XL"
    MITOCHONDRIAL = "MT"


MOSAIC = 3


class Inherits(Protocol):
    """What the pedigree engine asks of a genetic model: one gene, or several at once."""

    @property
    def mode(self) -> Mode:
        """How the condition is inherited."""

    @property
    def states(self) -> int:
        """Number of genotype states."""

    def founder(self, sex: Sex) -> Array:
        """Prior of a person without parents in the pedigree."""

    def transmission(self, sex: Sex) -> Array:
        """P(child | mother, father)."""


@dataclass(frozen=True, slots=True)
class Genetics:
    """The genetic part of a model.

    ``allele_frequency``: of all disease alleles of the gene together, in the family's population.
    ``de_novo``: new mutations per transmitted allele. ``mosaicism``: chance that a person without the
    variant in blood carries it in part of the germline, handing it on with ``mosaic_share``.
    """

    mode: Mode
    allele_frequency: float
    de_novo: float = 0.0
    mosaicism: float = 0.0
    mosaic_share: float = 0.25

    @property
    def states(self) -> int:
        """Number of genotype states."""
        return 4 if self.mosaicism else 3

    def founder(self, sex: Sex) -> Array:
        """Prior of a person whose parents are not in the pedigree (Hardy-Weinberg)."""
        q = self.allele_frequency
        two = np.array([(1 - q) ** 2, 2 * q * (1 - q), q * q])
        one = np.array([1 - q, q, 0.0])
        if self.mode is Mode.MITOCHONDRIAL or (self.mode is Mode.X_LINKED and sex is Sex.MALE):
            prior = one
        elif self.mode is Mode.X_LINKED and sex is Sex.UNKNOWN:
            prior = (one + two) / 2
        else:
            prior = two
        return self._with_mosaic(prior)

    def transmission(self, sex: Sex) -> Array:
        """P(child | mother, father), axes child, mother, father."""
        mother, father = self._gamete(), self._gamete()
        if self.mode is Mode.MITOCHONDRIAL:
            carries = np.array([self.de_novo, 1.0, 1.0, self.mosaic_share])[: self.states]
            return self._table(carries, np.zeros(self.states))
        if self.mode is Mode.X_LINKED:
            son = self._table(mother, np.zeros(self.states))
            daughter = self._table(mother, self._hemizygous_gamete())
            return {Sex.MALE: son, Sex.FEMALE: daughter}.get(sex, (son + daughter) / 2)
        return self._table(mother, father)

    def _gamete(self) -> Array:
        """P(gamete carries the variant | state of the parent)."""
        share = np.array([0.0, 0.5, 1.0, self.mosaic_share])[: self.states]
        return share + (1 - share) * self.de_novo

    def _hemizygous_gamete(self) -> Array:
        share = np.array([0.0, 1.0, 1.0, self.mosaic_share])[: self.states]
        return share + (1 - share) * self.de_novo

    def _table(self, mother: Array, father: Array) -> Array:
        m, f = mother[:, None], father[None, :]
        copies = np.stack([(1 - m) * (1 - f), m * (1 - f) + (1 - m) * f, m * f])
        return self._with_mosaic(copies)

    def _with_mosaic(self, copies: Array) -> Array:
        """Split state 0 into 0 and germline mosaic."""
        if not self.mosaicism:
            return copies
        mosaic = copies[:1] * self.mosaicism
        return np.concatenate([copies[:1] - mosaic, copies[1:], mosaic])
