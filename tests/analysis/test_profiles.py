"""Neighbours among published and clinic cases: sensible, stable, honest about what was never seen."""

import time
from itertools import pairwise

import numpy as np
import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.profiles import Space, neighbours
from genoai_desktop.domain.case import Case, ObservedTerm, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.profiles import ClinicCase
from genoai_desktop.knowledge.phenotypes import hpo_id

KNOWLEDGE = bundled_knowledge()
CASES = KNOWLEDGE.profiles.cases


def case(*terms: str) -> Case:
    return Case("c", "p", (Person("p"),), Build.GRCH38, terms=tuple(ObservedTerm(term) for term in terms))


def published(row: int) -> tuple[str, ...]:
    return tuple(hpo_id(number) for number in CASES["terms"][row])


def test_a_published_case_is_its_own_nearest_neighbour() -> None:
    for row in range(0, CASES.height, 700):
        found = neighbours(case(*published(row)), KNOWLEDGE, (), Silent())
        assert found.neighbours[0].similarity == pytest.approx(1, abs=1e-4)
        assert len(found.neighbours) == 15
        assert all(a.similarity >= b.similarity for a, b in pairwise(found.neighbours))
        assert found.unlike is False


def test_left_out_neighbours_share_the_diagnosis_far_more_often_than_chance() -> None:
    """Nothing of the diagnosis went into the space: agreement is a check from outside."""
    space = Space(KNOWLEDGE).published
    papers, diseases = CASES["pmid"].to_numpy(), CASES["disease"].to_numpy()
    hits, chance, count = 0, 0.0, 0
    for row in range(0, CASES.height, 40):
        other = papers != papers[row]
        same = other & (diseases == diseases[row])
        if same.any():
            alike = np.where(other, space @ space[row], -2)
            hits += bool(diseases[int(alike.argmax())] == diseases[row])
            chance += same.sum() / other.sum()
            count += 1
    assert hits / count > 0.3
    assert hits / count > 10 * chance / count


def test_the_outlier_flag_is_calibrated_on_left_out_publications() -> None:
    nearest = CASES["nearest"].to_numpy()
    counts = CASES["terms"].list.len().to_numpy()
    for low, high in ((0, 4), (4, 10), (10, 1000)):
        inside = nearest[(counts >= low) & (counts < high)]
        flagged = np.array([(inside < value).mean() * 100 < 5 for value in inside])
        assert 0.04 < flagged.mean() < 0.06


def test_unrelated_features_together_are_unlike_anything() -> None:
    odd = case("HP:0002415", "HP:0000995", "HP:0100753", "HP:0001082", "HP:0000140")
    found = neighbours(odd, KNOWLEDGE, (), Silent())
    assert found.unlike is True
    assert found.notes[0].startswith("Unlike anything seen")


def test_clinic_cases_join_and_a_shared_gene_counts() -> None:
    terms = published(100)
    mine = ClinicCase("A-1", terms[: max(1, len(terms) // 2)], "a diagnosis", "OMIM:1", ("ERF",))
    same = ClinicCase("c", terms)
    found = neighbours(case(*terms), KNOWLEDGE, (mine, same), Silent())
    plain = {one.label: one for one in found.neighbours}
    assert "c" not in plain
    again = neighbours(case(*terms), KNOWLEDGE, (mine,), Silent(), genes=("ERF",))
    raised = {one.label: one for one in again.neighbours}
    assert raised["A-1"].source == "clinic"
    assert raised["A-1"].similarity >= plain.get("A-1", raised["A-1"]).similarity
    assert raised["A-1"].shared


def test_no_features_no_neighbours() -> None:
    for empty in (case(), case("HP:9999999")):
        found = neighbours(empty, KNOWLEDGE, (), Silent())
        assert found.neighbours == ()
        assert found.unlike is None
        assert 0 < len(found.points) <= 400


def test_it_is_fast_and_stops_when_told() -> None:
    context = Silent()
    neighbours(case("HP:0001250"), KNOWLEDGE, (), context)
    start = time.perf_counter()
    neighbours(case("HP:0001250", "HP:0001263", "HP:0000252"), KNOWLEDGE, (), context)
    assert time.perf_counter() - start < 0.1
    context.cancel()
    with pytest.raises(Cancelled):
        neighbours(case("HP:0001250"), KNOWLEDGE, (), context)
