"""Parameters of the risk models, penetrance curves, secondary findings, inheritance, polygenic scores."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Citation, Version
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.condition_names import named
from genoai_desktop.knowledge.locations import data_home
from genoai_desktop.knowledge.screening import FILE, Screening, ScreeningOption, bundled, with_clinic

TABLES = (
    "risk_models",
    "secondary_finding_genes",
    "gene_inheritance",
    "polygenic_weights",
    "polygenic_scores",
)


@dataclass(frozen=True, slots=True)
class GailParameters:
    """BCRA 2.1.2. First index of every table: race code minus one (``races`` names them).

    ``beta``: log relative risks of biopsies, menarche, first birth, relatives, age >= 50 x biopsies,
    first birth x relatives. ``incidence``, ``mortality``: yearly hazards, fourteen 5-year bands from 20.
    """

    races: tuple[str, ...]
    beta: list[list[float]]
    one_minus_ar: list[list[float]]
    incidence: list[list[float]]
    mortality: list[list[float]]
    average_incidence: list[float]
    average_mortality: list[float]
    biopsy_max: list[int]
    relatives_max: list[int]
    menarche: list[list[int]]
    first_birth: list[list[int]]
    nulliparous: list[int]
    hyperplasia: dict[str, float]
    citation: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Cumulative risk (0..1) at whole ages, ascending; ``interval_at_80`` is the published 95 % interval."""

    points: tuple[tuple[int, float], ...]
    interval_at_80: tuple[float, float]
    source: Citation

    def at(self, age: float) -> float:
        """The step function: the value of the last listed age not above ``age``; 0 before the first."""
        value = 0.0
        for listed, risk in self.points:
            if listed > age:
                break
            value = risk
        return value


@dataclass(frozen=True, slots=True)
class SecondaryGene:
    """One gene of the ACMG SF list: AD, AR or XL; ``rule`` is a reporting rule of its own or empty."""

    gene: str
    inheritance: str
    rule: str
    condition: str


@dataclass(frozen=True, slots=True)
class ScoreReference:
    """Mean and SD of a raw score in a population; ``alpha``: square root of the variance share explained."""

    population: str
    mean: float
    sd: float
    alpha: float


class RiskTables:
    """Typed access to everything the risk analyses need."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @property
    def versions(self) -> tuple[Version, ...]:
        """Versions of the tables of this reader."""
        return self._bundle.versions(*TABLES)

    @cached_property
    def _models(self) -> dict[str, Any]:
        models: dict[str, Any] = self._bundle.document("risk_models")
        return models

    @cached_property
    def gail(self) -> GailParameters:
        """Parameters of the Gail model."""
        values = dict(self._models["gail"])
        return GailParameters(**{**values, "races": tuple(values["races"])})

    @cached_property
    def claus(self) -> dict[str, Any]:
        """The seven Claus tables, cumulative risk by [age 29..79][first relative][second relative]."""
        tables: dict[str, Any] = self._models["claus"]["tables"]
        return tables

    def citation(self, model: str) -> Citation:
        """Where the parameters of ``gail``, ``claus``, ``brca``, ``lynch`` ... were published."""
        return Citation(self._models[model]["citation"])

    def brca_curve(self, gene: str, organ: str) -> Curve:
        """Cumulative ``breast`` or ``ovarian`` cancer risk of female carriers of ``BRCA1`` or ``BRCA2``."""
        entry = self._models["brca"]["curves"][f"{gene} {organ}"]
        low, high = entry["interval_at_80"]
        points = tuple((int(age), float(risk)) for age, risk in entry["points"])
        return Curve(points, (low, high), self.citation("brca"))

    def brca_frequency(self, gene: str, ashkenazi: bool) -> float:
        """Frequency of all disease-causing alleles of ``BRCA1`` or ``BRCA2`` together."""
        return float(self._models["brca"]["allele_frequency"]["ashkenazi" if ashkenazi else "other"][gene])

    def brca_sensitivity(self, gene: str) -> float:
        """Share of carriers in whom a search of the whole gene finds the variant."""
        return float(self._models["brca"]["test_sensitivity"][gene])

    @cached_property
    def population_ovarian(self) -> tuple[tuple[int, float], ...]:
        """Cumulative ovarian cancer incidence of women in general at ten-year steps; linear between."""
        return tuple((int(age), float(risk)) for age, risk in self._models["brca"]["population_ovarian"])

    @cached_property
    def breast_score_effect(self) -> dict[str, tuple[float, str]]:
        """Odds ratio per SD of the 313-variant breast score by superpopulation, with its source."""
        return {
            key: (float(ratio), str(paper))
            for key, (ratio, paper) in self._models["breast_score_effect"].items()
        }

    def lynch_risks(self, gene: str, female: bool) -> dict[str, float]:
        """Cumulative risk to age 75 by organ for carriers of one Lynch gene and sex; empty when unknown."""
        risks: dict[str, float] = self._models["lynch"]["by_75"].get(f"{gene}_{'F' if female else 'M'}", {})
        return risks

    def colorectal_incidence(self, female: bool) -> tuple[tuple[int, float], ...]:
        """Yearly population incidence of colorectal cancer by age."""
        rows = self._models["colorectal_incidence"]["female" if female else "male"]
        return tuple((int(age), float(rate)) for age, rate in rows)

    @cached_property
    def recessive_prevalence(self) -> list[dict[str, Any]]:
        """Prevalence per 10,000 of recessive disorders by population (None: below 0.1)."""
        rows: list[dict[str, Any]] = self._models["recessive_prevalence"]
        return rows

    @cached_property
    def not_assessable(self) -> dict[str, str]:
        """Genes that short variants cannot answer for, and why."""
        genes: dict[str, str] = self._models["not_assessable"]
        return genes

    @cached_property
    def allele_rules(self) -> dict[str, dict[str, Any]]:
        """Reporting rules that name one allele: ``chrom``, position by build name, ``ref``, ``alt``."""
        rules: dict[str, dict[str, Any]] = self._models["allele_rules"]
        return rules

    @cached_property
    def secondary_genes(self) -> dict[str, SecondaryGene]:
        """ACMG SF v3.3 by gene."""
        rows = self._bundle.table("secondary_finding_genes").iter_rows(named=True)
        return {row["gene"]: SecondaryGene(**row | {"condition": named(row["condition"])}) for row in rows}

    @cached_property
    def secondary_release(self) -> str:
        """Version of the secondary-finding list."""
        return self._bundle.tables["secondary_finding_genes"].release

    @cached_property
    def inheritance(self) -> pl.DataFrame:
        """Columns ``gene inheritance(AD|AR|XL|MT) condition source``."""
        return self._bundle.table("gene_inheritance")

    @cached_property
    def carrier_genes(self) -> dict[str, tuple[str, str]]:
        """Gene to (AR or XL, condition) for recessive and X-linked genes; recessive first."""
        frame = self.inheritance.filter(pl.col("inheritance").is_in(["AR", "XL"])).sort("gene", "inheritance")
        found: dict[str, tuple[str, str]] = {}
        for gene, mode, condition, _ in frame.iter_rows():
            found.setdefault(gene, (mode, named(condition)))
        return found

    @cached_property
    def dominant(self) -> frozenset[str]:
        """Genes that any source calls the cause of a dominant condition."""
        return frozenset(self.inheritance.filter(pl.col("inheritance") == "AD")["gene"])

    @cached_property
    def disputed_recessive(self) -> frozenset[str]:
        """Genes that Orphanet alone calls recessive, by the disorder; ClinGen curated a dominant one."""
        table = self.inheritance
        recessive = table.filter(pl.col("inheritance") == "AR")
        curated = set(recessive.filter(pl.col("source") != "Orphanet")["gene"])
        dominant = table.filter((pl.col("source") == "ClinGen") & (pl.col("inheritance") == "AD"))["gene"]
        return frozenset((set(recessive["gene"]) - curated) & set(dominant))

    @cached_property
    def screening(self) -> Screening:
        """Screening options, with the clinic's own table over the bundled one.

        Raises:
            UserError: the clinic's table has a row that cannot be; names line and field.
        """
        return with_clinic(bundled(self._bundle.document("screening_options")), data_home() / FILE)

    def screening_options(self, gene: str) -> tuple[ScreeningOption, ...]:
        """Dated, cited options for carriers of a variant in ``gene``; empty when none is listed."""
        return tuple(self.screening.genes.get(gene, ()))

    def breast_options(self, horizon: str, risk: float) -> tuple[ScreeningOption, ...]:
        """Options for women whose breast cancer risk (0..1) in ``5 years`` or ``lifetime`` is high enough."""
        return tuple(
            band.option for band in self.screening.bands if band.horizon == horizon and risk >= band.lowest
        )

    @cached_property
    def scores(self) -> dict[str, dict[str, Any]]:
        """Bundled polygenic scores: trait, citation, number of variants, references, interactions."""
        scores: dict[str, dict[str, Any]] = self._bundle.document("polygenic_scores")
        return scores

    def score_reference(self, name: str, population: str = "all") -> ScoreReference | None:
        """Published mean and SD of a bundled score, None where none was published."""
        entry = self.scores[name]["reference"].get(population)
        if entry is None:
            return None
        return ScoreReference(population, entry["mean"], entry["sd"], entry["alpha"])

    def score_weights(self, name: str, build: Build) -> pl.DataFrame:
        """Sites of one bundled score: ``rsid chrom pos effect other weight eaf group ref`` and ``eaf_eur``...

        ``ref``: the reference allele, null where not known.
        ``eaf_eur eaf_afr eaf_eas eaf_sas eaf_amr`` are frequencies of the effect allele by ancestry, null
        where none was published. ``pos`` is null where the position on ``build``
        was not published. Log odds weights.
        """
        pos = "pos37" if build is Build.GRCH37 else "pos38"
        frame = self._bundle.table("polygenic_weights").filter(pl.col("score") == name)
        elsewhere = pl.col("one_build").fill_null(False) & pl.col(pos).is_null()
        return frame.filter(~elsewhere).select(
            "rsid",
            "chrom",
            pl.col(pos).alias("pos"),
            "effect",
            "other",
            "weight",
            "eaf",
            "group",
            "ref",
            *(f"eaf_{name}" for name in ("eur", "afr", "eas", "sas", "amr")),
        )
