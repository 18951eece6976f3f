"""The phenotype reader over the bundled tables."""

import gc
import time

import numpy as np
import polars as pl
import pytest

from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.phenotypes import NEWER_SOURCE, POORLY_KNOWN, Phenotypes
from genoai_desktop.knowledge.phenotypes_matrix import TEXT_SOURCE


@pytest.fixture(scope="module")
def phenotypes() -> Phenotypes:
    return Phenotypes(Bundle())


def test_a_term_knows_its_neighbours_and_lay_words(phenotypes: Phenotypes) -> None:
    term = phenotypes.term("HP:0001250")
    assert term is not None
    assert term.name == "Seizure"
    assert "HP:0012638" in term.parents
    assert "Epilepsy" in term.lay_terms
    assert all(phenotypes.term(child) for child in term.children)


def test_the_neighbours_of_terms_are_nothing_for_the_collector() -> None:
    """As lists and pairs they were 70,000 objects that each collection looked at once HPO was searched."""
    read = Phenotypes(Bundle())
    assert read.term("HP:0001250") is not None
    for table in (read.parent_indices, read.child_indices):
        assert not gc.is_tracked(table)
        assert not any(map(gc.is_tracked, table))


def test_an_older_identifier_leads_to_the_current_term(phenotypes: Phenotypes) -> None:
    assert phenotypes.resolve("HP:0001275") == "HP:0001250"
    assert phenotypes.resolve("HP:9999999") is None
    assert phenotypes.resolve("nonsense") is None


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hearing los", "HP:0000365"),
        ("siezure", "HP:0001250"),
        ("wide set eyes", "HP:0000316"),
        ("thumb broad", "HP:0011304"),
        ("HP:0001363", "HP:0001363"),
        ("craniosynost", "HP:0001363"),
    ],
)
def test_search_finds_prefixes_lay_terms_and_misspellings(
    phenotypes: Phenotypes, typed: str, wanted: str
) -> None:
    assert wanted in [match.id for match in phenotypes.search(typed, 6)]


def test_search_keeps_up_with_typing(phenotypes: Phenotypes) -> None:
    phenotypes.search("warm up")
    text = "microcephaly with delay"
    for length in range(1, len(text) + 1):
        best = 1.0
        for _ in range(3):
            began = time.perf_counter()
            phenotypes.search(text[:length])
            best = min(best, time.perf_counter() - began)
        assert best < 0.03, text[:length]


def test_nothing_typed_finds_nothing(phenotypes: Phenotypes) -> None:
    assert phenotypes.search("  ,") == []


def test_one_disease_is_one_row_whatever_database_names_it(phenotypes: Phenotypes) -> None:
    index = phenotypes.disease_index("OMIM:101600")
    assert index is not None
    disease = phenotypes.disease(index)
    assert "FGFR2" in disease.genes
    assert "AD" in disease.inheritance
    for other in disease.others:
        assert phenotypes.disease_index(other) == index


def test_no_row_joins_two_entries_of_one_database(phenotypes: Phenotypes) -> None:
    for one, others in phenotypes.disease_table.select("id", "others").iter_rows():
        prefixes = [name.split(":")[0] for name in (one, *others)]
        assert len(prefixes) == len(set(prefixes))


def test_frequencies_are_carried_to_every_ancestor(phenotypes: Phenotypes) -> None:
    matrix = phenotypes.matrix
    term = phenotypes.index("HP:0001250")
    assert term is not None
    diseases, frequency = matrix.row(term)
    assert ((frequency > 0) & (frequency <= 1)).all()
    for ancestor in phenotypes.ancestors[term]:
        above, above_frequency = matrix.row(int(ancestor))
        place = np.searchsorted(above, diseases)
        assert (above[place] == diseases).all()
        assert (above_frequency[place] >= frequency - 1e-6).all()


def test_leaving_a_publication_out_removes_what_it_alone_said(phenotypes: Phenotypes) -> None:
    publication = "PMID:31675180"
    without = phenotypes.matrix_without(publication)
    disease = phenotypes.disease_index("OMIM:619340")
    assert disease is not None
    left = set(without.direct.filter(pl.col("disease") == disease)["term"].to_list())
    bundle = Bundle()
    places = bundle.table("disease_references")["reference"].to_list()
    rows = bundle.table("disease_terms").filter((pl.col("disease") == disease) & ~pl.col("excluded"))
    said_elsewhere = {
        phenotypes.index(f"HP:{term:07d}")
        for term, reference, source in rows.select("term", "reference", "source").iter_rows()
        if places[reference] != publication and source != NEWER_SOURCE
    }
    said = {phenotypes.index(a.term) for a in phenotypes.annotations(disease) if not a.excluded}
    assert said - said_elsewhere
    assert not left & (said - said_elsewhere)
    assert left <= said_elsewhere


def test_descriptions_stand_in_only_where_little_else_is_known(phenotypes: Phenotypes) -> None:
    others = pl.col("source") != TEXT_SOURCE
    counted = phenotypes.annotation_table.group_by("disease").agg(
        others.sum().alias("others"), (~others).sum().alias("texts")
    )
    assert counted.filter((pl.col("others") >= POORLY_KNOWN) & (pl.col("texts") > 0)).is_empty()
    assert counted.filter((pl.col("others") == 0) & (pl.col("texts") > 0)).height > 100


def test_the_reader_names_its_versions(phenotypes: Phenotypes) -> None:
    assert {version.name for version in phenotypes.versions} >= {"hpo_terms", "diseases", "disease_terms"}
