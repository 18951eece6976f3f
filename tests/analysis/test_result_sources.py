"""Results name every table and model that made them."""

from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis import quality
from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.analysis.classification.rules import read_rules
from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.analysis.rare_disease.missense_weight import missense_reasons
from genoai_desktop.app.classified import classified
from genoai_desktop.domain.case import Case, ObservedTerm
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.knowledge import Bundle, Knowledge
from genoai_desktop.knowledge.locations import models, resources
from genoai_desktop.models.missense import MissenseModel
from genoai_desktop.vcf import load, read_ped

TP53_R248Q = ("TP53", 248, "R", "Q")


class ReadBundle(Bundle):
    """Notes which tables were read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def raw(self, name: str) -> bytes:
        self.read.add(name)
        return super().raw(name)


@pytest.fixture(scope="module")
def made() -> tuple[RareDiseaseResult, set[str]]:
    """The ranked and classified family of the demonstration, and the tables that were read for it."""
    bundle, demo, context = ReadBundle(), resources() / "demo", Silent()
    knowledge = Knowledge(bundle)
    table = load(Path(demo / "family.vcf.gz"), context)
    annotated = annotate(table, knowledge, context, None)
    persons = read_ped(demo / "family.ped")
    child = next(person.id for person in persons if person.father)
    case = Case("case", child, persons, table.build, (ObservedTerm("HP:0001250"),))
    ranked = rank(case, annotated, knowledge, context)
    read = set(bundle.read)
    figures = quality.measure(case, table, knowledge, context)
    checked = bundle.read - read
    rare, _ = classified(case, annotated, figures, ranked, None, knowledge)
    assert rare is not None
    return rare, bundle.read - checked


def test_a_ranking_names_every_table_that_was_read(made: tuple[RareDiseaseResult, set[str]]) -> None:
    rare, read = made
    assert {"conservation", "conservation_profiles", "paralog_labels", "protein_labels"} <= read
    assert read - {version.name for version in rare.versions} == set()


def test_a_ranking_names_each_version_once(made: tuple[RareDiseaseResult, set[str]]) -> None:
    names = [version.name for version in made[0].versions]
    assert len(names) == len(set(names))


def test_a_ranking_names_the_missense_model(made: tuple[RareDiseaseResult, set[str]]) -> None:
    releases = {version.release for version in made[0].versions if version.name.startswith("missense_")}
    assert releases == {MissenseModel(models()).version}


def test_a_missense_reason_names_the_release_of_the_shipped_model() -> None:
    reason = missense_reasons([TP53_R248Q], bundled_knowledge())[TP53_R248Q]
    assert reason.source is not None
    assert reason.source.version == MissenseModel(models()).version


def test_strengths_were_measured_on_the_shipped_model() -> None:
    source = read_rules(bundled_knowledge().bundle).source("pp3_supporting_from")
    assert f"release {MissenseModel(models()).version}" in source.reference
