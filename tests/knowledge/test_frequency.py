"""Frequencies: number, listing, untrusted listing and absence on both builds."""

import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.variant import FrequencyKind
from genoai_desktop.knowledge.frequency import Frequencies, Knowing, source_name
from genoai_desktop.knowledge.knowledge import Knowledge


@pytest.fixture(scope="module")
def frequencies() -> Frequencies:
    return bundled_knowledge().frequencies


def query(*rows: tuple[int, int, str, str]) -> pl.DataFrame:
    schema = {"chrom": pl.UInt8, "pos": pl.UInt32, "ref": pl.String, "alt": pl.String}
    return pl.DataFrame(rows, orient="row", schema=schema)


def test_the_four_kinds_are_kept_apart(frequencies: Frequencies) -> None:
    rows = query((1, 762485, "C", "A"), (1, 13380, "C", "G"), (1, 13483, "G", "A"), (1, 13380, "C", "T"))
    found = frequencies.lookup(rows, Build.GRCH37)
    assert found["kind"].to_list() == [Knowing.MEASURED, Knowing.LISTED, Knowing.UNTRUSTED, Knowing.ABSENT]
    assert found["highest"].is_null().to_list() == [False, True, True, True]


def test_untrusted_listing_is_absent_to_a_reader_and_says_why(frequencies: Frequencies) -> None:
    found = frequencies.of(1, 13483, "G", "A", Build.GRCH37)
    assert found.kind is FrequencyKind.ABSENT
    assert "not trusted" in found.source


def test_both_builds_know_the_same_allele(frequencies: Frequencies) -> None:
    old = frequencies.of(1, 762485, "C", "A", Build.GRCH37)
    new = frequencies.of(1, 827105, "C", "A", Build.GRCH38)
    assert old == new
    assert old.highest == pytest.approx(0.1661)


def test_exac_numbers_come_from_their_own_table_and_are_named(frequencies: Frequencies) -> None:
    found = frequencies.of(1, 69761, "A", "T", Build.GRCH37)
    assert found.highest == pytest.approx(0.3369, abs=1e-4)
    assert "ExAC" in found.source
    common = Knowledge().bundle.table("frequency_common")
    assert common.filter(pl.col("source") > 63).is_empty()
    assert "Open Database" in Knowledge().bundle.tables["frequency_exac"].licence


def test_a_table_of_a_million_rows_is_not_kept_beside_its_index() -> None:
    knowledge = Knowledge()
    assert knowledge.frequencies.of(1, 69761, "A", "T", Build.GRCH37).highest is not None
    read = knowledge.bundle.table("frequency_common", keep=False)
    assert knowledge.bundle.table("frequency_common", keep=False) is not read


def test_long_alleles_match_exactly(frequencies: Frequencies) -> None:
    found = frequencies.of(7, 117559590, "ATCT", "A", Build.GRCH38)
    assert found.kind is FrequencyKind.LISTED
    assert frequencies.of(7, 117559590, "ATC", "A", Build.GRCH38).kind is FrequencyKind.ABSENT


def test_a_base_that_the_other_build_has_as_reference_is_in_the_population(frequencies: Frequencies) -> None:
    common = frequencies.of(10, 94842866, "A", "G", Build.GRCH38)  # CYP2C19 I331V: REF G on GRCh37
    assert (common.kind, common.highest) == (FrequencyKind.LISTED, None)
    assert "exchanged" in common.source


def test_exchanged_ref_and_alt_count_on_grch38_only(frequencies: Frequencies) -> None:
    swapped = frequencies.of(1, 827105, "A", "C", Build.GRCH38)
    assert swapped.highest == pytest.approx(1 - 0.1661, abs=1e-4)
    assert "exchanged" in swapped.source
    assert frequencies.of(1, 762485, "A", "C", Build.GRCH37).kind is FrequencyKind.ABSENT


def test_other_contigs_and_symbolic_alleles_find_nothing(frequencies: Frequencies) -> None:
    found = frequencies.lookup(query((0, 762485, "C", "A"), (1, 762485, "C", "<DEL>")), Build.GRCH37)
    assert found["kind"].to_list() == [Knowing.ABSENT, Knowing.ABSENT]


def test_empty_query_gives_empty_answer(frequencies: Frequencies) -> None:
    for build in Build:
        assert frequencies.lookup(query(), build).height == 0


def test_superpopulations_of_a_known_site(frequencies: Frequencies) -> None:
    found = frequencies.populations(query((1, 898818, "T", "C"), (1, 5, "T", "C")), Build.GRCH38)
    assert found["EUR"].to_list()[0] == pytest.approx(0.21, abs=0.05)
    assert found.row(1) == (None,) * 5


def test_source_names_cover_every_bit() -> None:
    assert len(source_name(1023).split("; ")) == 10
