"""Genomic HGVS names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import CHROMOSOMES, Build
from genoai_desktop.domain.hgvs import genomic_name, parse_genomic


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NC_000016.10:g.68738393G>C", ("16", Build.GRCH38, 68738393, "G", "C")),
        ("NC_000016.9:g.68772296G>C", ("16", Build.GRCH37, 68772296, "G", "C")),
        ("NC_000017.11:g.7221432del", ("17", Build.GRCH38, 7221431, "NN", "N")),
        ("NC_000017.11:g.80118328dup", ("17", Build.GRCH38, 80118328, "N", "NN")),
        ("NC_000005.10:g.10_11insAC", ("5", Build.GRCH38, 10, "N", "NAC")),
        ("NC_000021.9:g.5_7delinsCA", ("21", Build.GRCH38, 5, "NNN", "CA")),
        ("NC_012920.1:m.3243A>G", ("MT", None, 3243, "A", "G")),
    ],
)
def test_names_become_vcf_alleles(name: str, expected: tuple[object, ...]) -> None:
    change = parse_genomic(name)
    assert (change.chromosome, change.build, *change.vcf()) == expected


@pytest.mark.parametrize(
    "name", ["", "chr1:5A>C", "NC_000021.9:g.(?_35048832)_(35049298_?)del", "NC_000001.3:g.5A>C"]
)
def test_other_names_are_refused_by_name(name: str) -> None:
    with pytest.raises(UserError, match="HGVS"):
        parse_genomic(name)


@given(
    chromosome=st.sampled_from(CHROMOSOMES[:24]),
    build=st.sampled_from(list(Build)),
    position=st.integers(2, 10**8),
    bases=st.lists(st.sampled_from("ACGT"), min_size=2, max_size=2, unique=True),
)
def test_substitutions_survive_the_round_trip(
    chromosome: str, build: Build, position: int, bases: list[str]
) -> None:
    change = parse_genomic(genomic_name(chromosome, build, position, bases[0], bases[1]))
    assert (change.chromosome, change.build, *change.vcf()) == (chromosome, build, position, *bases)


@given(position=st.integers(2, 10**8), bases=st.text("ACGT", min_size=1, max_size=9))
def test_deletions_and_insertions_keep_place_and_length(position: int, bases: str) -> None:
    deletion = parse_genomic(genomic_name("7", Build.GRCH38, position, "A" + bases, "A"))
    assert deletion.vcf()[0] == position
    assert len(deletion.vcf()[1]) == len(bases) + 1
    insertion = parse_genomic(genomic_name("7", Build.GRCH38, position, "A", "A" + bases))
    assert insertion.vcf() == (position, "N", "N" + bases)
