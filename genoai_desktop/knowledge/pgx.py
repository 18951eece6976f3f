"""Reader of the pharmacogene tables: allele definitions, phenotypes, guidelines, interactions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx_copies import CopyRegions, read_regions
from genoai_desktop.knowledge.pgx_guidelines import (
    CautionRow,
    GenePair,
    Interaction,
    Recommendation,
    Review,
    effective,
    read_cautions,
    read_interactions,
    read_pairs,
    read_rows,
)

OTHER = 1 << 30
"""State of a site whose base or length no allele definition knows."""
ANY = (1 << 31) - 1
"""State of a site that was not seen: it fits every allele."""

Masks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Site:
    """One defining position, alleles on the plus strand, VCF style.

    ``states[0]`` is the GRCh38 reference; state ``k`` has the bit ``1 << k``. ``positions`` and
    ``references`` are by build. ``placements``: for indels, every equivalent (offset, ref, alt, state).
    """

    name: str
    states: tuple[str, ...]
    positions: Mapping[Build, int]
    references: Mapping[Build, str]
    placements: tuple[tuple[int, str, str, int], ...] = ()

    @property
    def is_indel(self) -> bool:
        """Whether any state is not a single base."""
        return bool(self.placements)

    def bit(self, state: str) -> int:
        """Bit of a state; ``OTHER`` for an unknown one."""
        return 1 << self.states.index(state) if state in self.states else OTHER


@dataclass(frozen=True, slots=True)
class GeneDefinition:
    """The named alleles of one gene.

    ``masks[a, s]`` holds the bits of the states that allele ``a`` accepts at site ``s``; ``defined[a, s]`` is
    True where the definition names a state itself rather than inheriting the reference allele's.
    """

    name: str
    chromosome: int
    sites: tuple[Site, ...]
    alleles: tuple[str, ...]
    masks: Masks
    defined: NDArray[np.bool_]
    reference: int
    baseline: int
    method: str
    structural: bool
    ignored: frozenset[int]
    preferred: Mapping[str, str]
    common: frozenset[int]
    deletion: str
    frequency: NDArray[np.float64]
    """Largest frequency that each allele can have, by those of its variants; NaN where not known."""
    release: str
    source: str

    @property
    def haploid(self) -> bool:
        """Whether each person has one copy whatever the sex (mitochondrial)."""
        return self.chromosome == chromosome_code("MT")

    @property
    def x_linked(self) -> bool:
        """Whether a male has one copy."""
        return self.chromosome == chromosome_code("X")

    @property
    def core(self) -> NDArray[np.bool_]:
        """Where an allele requires a state that the reference allele does not accept."""
        apart: NDArray[np.bool_] = (self.masks & self.masks[self.reference]) == 0
        return apart


@dataclass(frozen=True, slots=True)
class Phenotype:
    """CPIC's result for one diplotype; ``activity`` is empty where the gene has no activity score."""

    name: str
    activity: str = ""


UNKNOWN = Phenotype("Indeterminate")
NOT_ASSIGNED = Phenotype("Not assigned")
"""The gene has no phenotype table: nothing is wrong with the call."""


class PgxDefinitions:
    """Allele definitions, phenotypes and guideline rows of the bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @cached_property
    def genes(self) -> Mapping[str, GeneDefinition]:
        """Every gene that can be called from short variants, sorted by symbol."""
        raw = self._bundle.document("pgx_definitions", keep=False)
        return {name: _gene(name, raw[name]) for name in sorted(raw)}

    @cached_property
    def _phenotypes(self) -> dict[str, Any]:
        found: dict[str, Any] = self._bundle.document("pgx_phenotypes")
        return found

    def phenotype(self, gene: str, first: str, second: str | None = None) -> Phenotype:
        """CPIC's phenotype of two alleles (one for haploid genes).

        ``UNKNOWN`` when CPIC's table lacks one of them; where CPIC has no table, the alleles' functions.
        """
        table = self._phenotypes.get(gene)
        if table is None:
            return NOT_ASSIGNED
        names = sorted(name for name in (first, second) if name is not None)
        if not table["pairs"]:
            return self._by_function(gene, names)
        known = table["exceptions"].get("/".join(names))
        if known is None:
            classes = [table["classes"].get(name, "?") for name in names]
            known = table["pairs"].get("|".join(sorted(classes)))
        return Phenotype(known[0], "" if known[1] == "n/a" else known[1]) if known else UNKNOWN

    def _by_function(self, gene: str, names: list[str]) -> Phenotype:
        """Genes to which CPIC assigns no phenotype: the functions of the alleles, where known."""
        functions = [self.function(gene, name) for name in names]
        return Phenotype(" / ".join(functions)) if all(functions) else NOT_ASSIGNED

    def function(self, gene: str, allele: str) -> str:
        """Clinical function of an allele (CPIC; PyPGx where CPIC has none); empty when unknown."""
        table = self._phenotypes.get(gene, {})
        return str(table.get("function", {}).get(allele, ""))

    def activity(self, gene: str, allele: str) -> float | None:
        """Activity value of an allele, None where CPIC gives none."""
        value = str(self._phenotypes.get(gene, {}).get("activity", {}).get(allele, ""))
        try:
            return float(value.lstrip("≥"))
        except ValueError:
            return None

    def activity_phenotypes(self, gene: str) -> dict[float, str]:
        """Phenotype of each exact activity score that CPIC's diplotype tables use."""
        pairs = self._phenotypes.get(gene, {}).get("pairs", {})
        return {float(score): str(name) for name, score in pairs.values() if score.replace(".", "").isdigit()}

    def phenotype_names(self, gene: str) -> tuple[str, ...]:
        """Every phenotype that CPIC uses for a gene."""
        pairs = self._phenotypes.get(gene, {}).get("pairs", {})
        return tuple(sorted({str(name) for name, _ in pairs.values()}))

    @cached_property
    def guideline_rows(self) -> tuple[Recommendation, ...]:
        """Every row of the annotation files, those since replaced included."""
        return read_rows(self._bundle.document("pgx_guidelines", keep=False))

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """All guideline rows in force: the annotation files' and those added as published."""
        return effective(self.guideline_rows, self._bundle.document("pgx_published", keep=False))

    @cached_property
    def recommendations_by_drug(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Rows by drug (lower case)."""
        found: dict[str, list[Recommendation]] = {}
        for row in self.recommendations:
            for drug in row.drugs:
                found.setdefault(drug.lower(), []).append(row)
        return {drug: tuple(rows) for drug, rows in found.items()}

    @cached_property
    def pairs(self) -> tuple[GenePair, ...]:
        """CPIC's gene-drug pairs of level A and B."""
        return read_pairs(self._bundle.document("pgx_pairs", keep=False))

    @cached_property
    def drug_names(self) -> tuple[str, ...]:
        """Every medicine that any of these tables knows (lower case), sorted."""
        return tuple(
            sorted(
                {*self.recommendations_by_drug}
                | {pair.drug.lower() for pair in self.pairs}
                | {row.medicine for row in self.interactions}
                | {drug for row in self.cautions for drug in row.drugs}
            )
        )

    @cached_property
    def cautions(self) -> tuple[CautionRow, ...]:
        """What age, weight, kidney function, pregnancy and ancestry mean for the drugs of the guidelines."""
        return read_cautions(self._bundle.document("pgx_cautions", keep=False))

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """Inhibitors and inducers that shift a metaboliser phenotype."""
        return read_interactions(self._bundle.document("pgx_interactions", keep=False))

    @cached_property
    def review(self) -> Review:
        """Whether a pharmacist went over the rows of this project's own tables, and what was checked."""
        stated = self._bundle.document("pgx_review")
        checked = [row.checked for row in self.interactions] + [row.checked for row in self.cautions]
        return Review(len(checked), sum(checked), stated["reviewer"], stated["date"])

    @cached_property
    def tags(self) -> tuple[dict[str, Any], ...]:
        """Tag variants of HLA alleles with their published reliability by population."""
        return tuple(self._bundle.document("pgx_hla_tags"))

    @cached_property
    def dosing(self) -> dict[str, Any]:
        """Coefficients and limits of the published dosing equations."""
        found: dict[str, Any] = self._bundle.document("pgx_dosing")
        return found

    def copy_regions(self, gene: str, build: Build) -> CopyRegions | None:
        """Regions for copies by read depth, None for genes without."""
        raw = self._bundle.document("pgx_copy_number").get(gene)
        return read_regions(gene, raw, build) if raw else None

    def versions(self) -> tuple[Version, ...]:
        """Versions of the tables a result depends on."""
        names = [name for name in self._bundle.tables if name.startswith("pgx_")]
        return self._bundle.versions(*names)


def _gene(name: str, raw: dict[str, Any]) -> GeneDefinition:
    sites = tuple(_site(row) for row in raw["sites"])
    names = tuple(allele["name"] for allele in raw["alleles"])
    reference = names.index(raw["reference"])
    masks = np.zeros((len(names), len(sites)), dtype=np.int64)
    for index, allele in enumerate(raw["alleles"]):
        for site, states in allele["requires"].items():
            masks[index, int(site)] = sum(sites[int(site)].bit(state) for state in states)
    defined = masks > 0
    for column in raw["ignored"]:
        masks[:, column], defined[:, column] = ANY, False
    masks = np.where(masks > 0, masks, masks[reference])
    baseline = names.index("*1") if "*1" in names else reference
    return GeneDefinition(
        name, chromosome_code(raw["chromosome"]), sites, names, masks, defined, reference, baseline,
        raw["method"], raw["structural"], frozenset(raw["ignored"]), raw["preferred"],
        frozenset(names.index(name) for name in raw["common"]), raw["deletion"],
        np.array([raw.get("frequency", {}).get(name, np.nan) for name in names], dtype=np.float64),
        raw["release"], raw["source"],
    )  # fmt: skip


def _site(raw: dict[str, Any]) -> Site:
    states = (raw["ref38"], *raw["alts"])
    placements = tuple(
        (int(offset), ref, alt, 1 << states.index(state))
        for state, rows in raw.get("indel", ())
        for offset, ref, alt in rows
    )
    return Site(
        raw["name"],
        states,
        {Build.GRCH38: raw["pos38"], Build.GRCH37: raw["pos37"]},
        {Build.GRCH38: raw["ref38"], Build.GRCH37: raw.get("ref37", raw["ref38"])},
        placements,
    )
