"""ClinVar: exact alleles, both builds, dated records marked as such, UniProt by residue."""

import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.clinvar import ClinVar, ClinVarClass


@pytest.fixture(scope="module")
def clinvar() -> ClinVar:
    return bundled_knowledge().clinvar


def query(*rows: tuple[int, int, str, str]) -> pl.DataFrame:
    schema = {"chrom": pl.UInt8, "pos": pl.UInt32, "ref": pl.String, "alt": pl.String}
    return pl.DataFrame(rows, orient="row", schema=schema)


def test_cftr_f508del_on_both_builds(clinvar: ClinVar) -> None:
    new = int(clinvar.find(query((7, 117559590, "ATCT", "A")), Build.GRCH38)[0])
    old = int(clinvar.find(query((7, 117199644, "ATCT", "A")), Build.GRCH37)[0])
    assert new == old >= 0
    entry = clinvar.entry(new)
    assert (entry.variation_id, entry.stars, entry.dated) == ("7105", 4, False)
    assert str(clinvar.key(new, Build.GRCH37)) == "chr7:117199644 ATCT>A (GRCh37)"


def test_a_record_without_a_place_on_a_build_has_no_key_there(clinvar: ClinVar) -> None:
    builds = {build: [clinvar.key(index, build) for index in range(3000)] for build in Build}
    only = [one is None or other is None for one, other in zip(*builds.values(), strict=True)]
    assert 0 < sum(only) < 300


def test_dated_record_says_so(clinvar: ClinVar) -> None:
    found = clinvar.lookup(query((6, 26092913, "G", "A")), Build.GRCH38).row(0, named=True)
    assert found["dated"]
    assert found["class"] == ClinVarClass.CONFLICTING
    assert clinvar.entry(found["index"]).release == "2016-09"


def test_current_record_wins_over_the_dated_one(clinvar: ClinVar) -> None:
    found = clinvar.lookup(query((11, 5248232, "T", "A")), Build.GRCH37).row(0, named=True)
    assert not found["dated"]
    assert found["class"] == ClinVarClass.PATHOGENIC


def test_another_alternate_of_the_same_position_is_not_a_match(clinvar: ClinVar) -> None:
    found = clinvar.lookup(query((11, 5248232, "T", "T"), (0, 5248232, "T", "A")), Build.GRCH37)
    assert found["index"].to_list() == [-1, -1]
    assert found["class"].to_list() == [ClinVarClass.NONE] * 2


def test_same_codon_through_positions_and_through_uniprot(clinvar: ClinVar) -> None:
    indices = clinvar.between(10, 123279676, 123279678, Build.GRCH37)
    assert any(clinvar.table.row(i, named=True)["gene"] == "FGFR2" for i in indices)
    changes = {change.alt: change for change in clinvar.protein_changes("FGFR2", 252)}
    assert changes["W"].classification is ClinVarClass.PATHOGENIC
    assert "101600" in changes["W"].omim
    assert clinvar.protein_changes("FGFR2", 100_000) == ()


def test_rows_of_a_gene_by_class(clinvar: ClinVar) -> None:
    rows = clinvar.of_gene("FGFR2", [ClinVarClass.PATHOGENIC])
    assert rows.height > 20
    assert set(rows["class"].to_list()) == {5}


def test_current_table_holds_pathogenic_records_only(clinvar: ClinVar) -> None:
    current = clinvar.table.filter(~pl.col("dated"))
    assert set(current["class"].to_list()) == {4, 5}
    assert current["stars"].min() == 2
