"""The panels' rules: each row fits the bundled proteins and itself."""

import polars as pl
import pytest

from genoai_desktop.analysis.classification.panels import Panels
from genoai_desktop.domain.acmg import CODES
from genoai_desktop.knowledge import Knowledge


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.fixture(scope="module")
def rows(knowledge: Knowledge) -> pl.DataFrame:
    return knowledge.bundle.table("acmg_panels")


@pytest.fixture(scope="module")
def sequences(knowledge: Knowledge) -> dict[str, str]:
    transcripts = knowledge.bundle.table("transcripts").filter(~pl.col("clinical"))
    joined = transcripts.join(knowledge.bundle.table("proteins"), on="transcript")
    return dict(joined.select("gene", "sequence").iter_rows())


def test_every_row_says_where_it_comes_from(rows: pl.DataFrame) -> None:
    assert all(rows["reference"].str.len_chars() > 0)
    assert all(rows["basis"].str.contains("not compared"))
    assert rows.select("gene", "disease").is_unique().all()


def test_only_codes_of_the_guideline_are_unused(rows: pl.DataFrame) -> None:
    assert {code for text in rows["unused"] for code in text.split()} <= set(CODES)


def test_thresholds_are_in_order(rows: pl.DataFrame) -> None:
    known = rows.filter(pl.col("ba1").is_not_null() & pl.col("bs1").is_not_null())
    assert known.height > 90
    assert (known["bs1"] < known["ba1"]).all()
    rare = known.filter(pl.col("pm2").is_not_null())
    assert (rare["pm2"] < rare["ba1"]).all()


def test_regions_lie_in_their_proteins(knowledge: Knowledge, sequences: dict[str, str]) -> None:
    for gene, _, start, end, points in knowledge.bundle.table("acmg_hot_regions").iter_rows():
        assert 1 <= start <= end
        assert points in (1, 2, 4)
        if gene in sequences:
            assert end <= len(sequences[gene]), gene


def test_cysteines_that_a_panel_names_are_cysteines(knowledge: Knowledge, sequences: dict[str, str]) -> None:
    table = knowledge.bundle.table("acmg_hot_regions")
    for gene in ("FBN1", "LDLR"):
        single = table.filter((pl.col("gene") == gene) & (pl.col("start") == pl.col("end")))
        assert single.height > 50
        assert {sequences[gene][residue - 1] for residue in single["start"]} == {"C"}


def test_rules_for_one_disease_need_its_name(knowledge: Knowledge) -> None:
    panels = Panels(knowledge.bundle)
    susceptibility = panels.of("RYR1", "malignant hyperthermia, susceptibility to, 1")
    myopathy = panels.of("RYR1", "Congenital myopathy 1A, autosomal dominant")
    assert susceptibility is not None
    assert myopathy is not None
    assert "PM2" in susceptibility.unused
    assert "PM2" not in myopathy.unused
    assert susceptibility.hot != myopathy.hot
    assert panels.of("RYR1", "") is None
    assert panels.of("TP53", "") is not None
    assert panels.of("BRCA1", "").bp1_except == ((2, 101), (1391, 1424), (1650, 1857))  # type: ignore[union-attr]
