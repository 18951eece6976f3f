"""The sequence around a residue: what is known of collagens, membranes and helices shows in the numbers."""

import pytest

from genoai_desktop.analysis.classification.sequence_context import CONTEXT_FEATURES, context_features


def of(sequence: str, position: int, **spans: list[tuple[int, int]]) -> dict[str, float]:
    kinds = [spans.get(name, []) for name in ("domains", "signal", "membrane")]
    row = context_features(sequence, position, sequence[position - 1], "R", *kinds)
    return dict(zip(CONTEXT_FEATURES, row, strict=True))


def test_the_glycine_of_a_triplet_helix_is_told_from_its_neighbours() -> None:
    collagen = "GPA" * 9
    glycine, proline = of(collagen, 13), of(collagen, 14)
    assert (glycine["triplet_glycine"], proline["triplet_glycine"]) == (1.0, 0.0)
    assert proline["triplet_glycine_of_any_phase"] == 1.0
    assert of("LKDE" * 8, 13)["triplet_glycine_of_any_phase"] == 0.0


def test_the_hydrophobic_side_of_a_helix_is_felt() -> None:
    """Leucines at i, i+3, i+4, i+7 of a helix lie on one side."""
    helix = "LKKLLKKLLKKLLKKLLKKL"
    assert of(helix, 8)["helix_moment"] > 0 > of(helix, 11)["helix_moment"]


def test_alternating_residues_face_one_side_of_a_strand() -> None:
    strand = "VKVKVKVKVKVKVKV"
    assert of(strand, 7)["strand_moment"] > 0 > of(strand, 8)["strand_moment"]


def test_a_cysteine_does_not_count_itself() -> None:
    assert of("AAAAACAAAAA", 6)["cysteines_near"] == 0
    assert of("AACAACAACAA", 6)["cysteines_near"] == 2


def test_spans_are_inclusive() -> None:
    marks = {"domains": [(2, 9), (1, 4)], "signal": [(1, 3)], "membrane": [(5, 7)]}
    found = {position: of("A" * 12, position, **marks) for position in (3, 4, 5, 7, 8, 10)}
    assert [found[p]["in_signal"] for p in (3, 4)] == [1.0, 0.0]
    assert [found[p]["in_membrane"] for p in (4, 5, 7, 8)] == [0.0, 1.0, 1.0, 0.0]
    assert [found[p]["domain_length"] for p in (4, 10)] == [8.0, 0.0]


@pytest.mark.parametrize("position", [1, 6])
def test_the_ends_of_a_protein_have_every_number(position: int) -> None:
    assert len(of("MKKKKA", position)) == len(CONTEXT_FEATURES)
    assert of("MKKKKA", 3)["run"] == 3
