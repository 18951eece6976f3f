"""The panels' rules: each row fits the bundled proteins and itself."""

import polars as pl
import pytest

from genoai_desktop.analysis.classification.panels import Panels
from genoai_desktop.analysis.classification.verdicts import panel_source
from genoai_desktop.domain.acmg import CODES
from genoai_desktop.knowledge import Knowledge


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
    assert all(rows["basis"].str.len_chars() > 0)
    assert rows.select("gene", "disease").is_unique().all()


def test_only_codes_of_the_guideline_are_compared(rows: pl.DataFrame) -> None:
    assert {code for text in rows["compared"] for code in text.split()} <= set(CODES)


def test_most_frequencies_were_compared_and_few_grades_of_truncations(rows: pl.DataFrame) -> None:
    count = {code: rows["compared"].str.split(" ").list.contains(code).sum() for code in ("BA1", "PVS1")}
    assert count["BA1"] >= 110
    assert count["PVS1"] == 22


def test_a_copied_rule_is_called_copied(knowledge: Knowledge) -> None:
    pah = Panels(knowledge.bundle).of("PAH", "")
    assert pah is not None
    assert "compared with an extract" in panel_source(pah, "PM1").source
    assert "copied, not compared" in panel_source(pah, "PVS1").source


@pytest.mark.parametrize(("gene", "points"), [("MLH1", 8), ("MSH2", 0), ("MSH6", 4), ("PMS2", 4), ("APC", 0)])
def test_a_lost_start_codon_is_graded_as_the_decision_tree_says(
    knowledge: Knowledge, gene: str, points: int
) -> None:
    panel = Panels(knowledge.bundle).of(gene, "")
    assert panel is not None
    assert panel.start_points == points


@pytest.mark.parametrize(
    ("gene", "name", "value"),
    [
        ("ENG", "bs1", 0.002),  # 0.0008 is for supporting alone
        ("MECP2", "ba1", 0.000083),
        ("POLG", "bs1", 0.005),
        ("PMS2", "bs1", 0.00028),
        ("RUNX1", "pm2", 0.00005),
        ("TECTA", "ba1", 0.005),  # dominant and recessive: the recessive's
        ("TECTA", "pm2", 0.00002),  # and the dominant's
        ("ACTA1", "bs1", 0.00025),  # the recessive form allows more
        ("HRAS", "pp2", False),
        ("BRAF", "pp2", True),
        ("POLG", "pm2_points", 2),
    ],
)
def test_a_row_that_was_wrong_follows_the_registry(
    knowledge: Knowledge, gene: str, name: str, value: float
) -> None:
    assert getattr(Panels(knowledge.bundle).of(gene, ""), name) == value


def test_the_sodium_channels_stretches_are_the_same_in_all_four(
    knowledge: Knowledge, sequences: dict[str, str]
) -> None:
    table = knowledge.bundle.table("acmg_hot_regions")
    stretches = []
    for gene in ("SCN1A", "SCN2A", "SCN3A", "SCN8A"):
        if gene not in sequences:
            continue
        own = table.filter(pl.col("gene") == gene).sort("start")
        stretches.append([sequences[gene][a - 1 : b] for a, b in own.select("start", "end").iter_rows()])
    assert len(stretches) >= 3
    for same in zip(*stretches, strict=True):
        assert {len(one) for one in same} == {len(same[0])}
        assert all(sum(a != b for a, b in zip(one, same[0], strict=True)) <= 2 for one in same)


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
