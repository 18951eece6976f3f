"""Liftover: known positions, round trips, strands and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from known import bundled_knowledge

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.liftover import Liftover, reverse_complement


@pytest.fixture(scope="module")
def liftover() -> Liftover:
    return bundled_knowledge().liftover


@pytest.mark.parametrize(
    ("chrom", "pos37", "pos38"),
    [(10, 123256215, 121496701), (7, 117199644, 117559590), (1, 949363, 1013983), (11, 5248232, 5227002)],
)
def test_published_positions(liftover: Liftover, chrom: int, pos37: int, pos38: int) -> None:
    assert liftover.position(chrom, pos37, Build.GRCH37) == (chrom, pos38, False)
    assert liftover.position(chrom, pos38, Build.GRCH38) == (chrom, pos37, False)


def test_mitochondrion_is_the_same_sequence_in_both_builds(liftover: Liftover) -> None:
    assert liftover.position(25, 3243, Build.GRCH37) == (25, 3243, False)


def test_unmapped_position_is_none(liftover: Liftover) -> None:
    assert liftover.position(1, 1, Build.GRCH37) is None
    assert liftover.position(0, 1000, Build.GRCH38) is None


def test_variant_keeps_its_alleles_on_the_same_strand(liftover: Liftover) -> None:
    assert liftover.variant(10, 123256215, "T", "G", Build.GRCH37) == (10, 121496701, "T", "G")


def test_reversed_block_complements_a_substitution_and_refuses_an_indel(liftover: Liftover) -> None:
    chain = liftover._chain(Build.GRCH37)
    block = int(np.flatnonzero(chain.reversed & (chain.length > 100))[0])
    chrom, pos = int(chain.key[block] >> 32), int(chain.start[block]) + 50
    lifted = liftover.variant(chrom, pos, "A", "C", Build.GRCH37)
    assert lifted is not None
    assert lifted[2:] == ("T", "G")
    assert liftover.variant(chrom, pos, "AC", "A", Build.GRCH37) is None


@given(st.text("ACGTN", max_size=30))
def test_reverse_complement_is_its_own_inverse(bases: str) -> None:
    assert reverse_complement(reverse_complement(bases)) == bases


def test_most_positions_round_trip_exactly(liftover: Liftover) -> None:
    pos = np.arange(1_000_000, 200_000_000, 9_973)
    chrom = np.ones_like(pos)
    code, lifted, _ = liftover.lift(chrom, pos, Build.GRCH37)
    again, back, _ = liftover.lift(code, lifted, Build.GRCH38)
    mapped = (code == 1) & (again == 1)
    assert mapped.mean() > 0.85
    assert (back[mapped] == pos[mapped]).mean() > 0.985  # segmental duplications of 1p12 and 1q21 do not
