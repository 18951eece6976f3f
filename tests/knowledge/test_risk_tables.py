"""The risk tables: complete, consistent, and with published anchor values."""

from pathlib import Path

import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.domain.genome import Build

TABLES = bundled_knowledge().risk


@pytest.mark.parametrize(
    ("name", "sites"),
    [
        ("BCAC_313", 313),
        ("BCAC_307", 307),
        ("OCAC_36", 36),
        ("PGS000662", 269),
        ("PGS003378", 128),
        ("PGS003766", 451),
        ("PGS000001", 77),
        ("T1D_GRS2_67", 67),
    ],
)
@pytest.mark.parametrize("build", list(Build))
def test_every_score_has_its_number_of_sites_on_both_builds(name: str, sites: int, build: Build) -> None:
    frame = TABLES.score_weights(name, build)
    assert frame.height == sites == TABLES.scores[name]["variants"]
    placed = frame.filter(pl.col("pos").is_not_null())
    assert placed.height in (0, sites)
    assert placed.select("chrom", "pos", "effect").is_duplicated().sum() == 0


def test_published_mean_is_what_the_weights_and_frequencies_say() -> None:
    frame = TABLES.score_weights("BCAC_313", Build.GRCH37)
    reference = TABLES.score_reference("BCAC_313")
    assert reference is not None
    expected = (2 * frame["weight"] * frame["eaf"]).sum()
    assert reference.mean == pytest.approx(expected, abs=1e-3)


def test_curves_rise_and_hit_the_published_anchors() -> None:
    for gene, organ, by_80 in (("BRCA1", "breast", 0.72), ("BRCA2", "ovarian", 0.166)):
        curve = TABLES.brca_curve(gene, organ)
        risks = [risk for _, risk in curve.points]
        assert risks == sorted(risks)
        assert curve.at(80) == pytest.approx(by_80, abs=0.001)
        assert curve.at(10) == 0
        assert curve.interval_at_80[0] < curve.at(80) < curve.interval_at_80[1]


def test_secondary_list_and_inheritance() -> None:
    genes = TABLES.secondary_genes
    assert len(genes) == 84
    assert (genes["HFE"].inheritance, genes["GLA"].inheritance, genes["BRCA1"].inheritance) == (
        "AR",
        "XL",
        "AD",
    )
    assert all(gene.condition for gene in genes.values())
    assert TABLES.carrier_genes["CFTR"][0] == "AR"
    assert TABLES.carrier_genes["DMD"][0] == "XL"


def test_gail_tables_cover_eleven_races_and_fourteen_bands() -> None:
    gail = TABLES.gail
    assert len(gail.races) == len(gail.beta) == len(gail.incidence) == 11
    assert {len(row) for row in (*gail.incidence, *gail.mortality)} == {14}


def test_lynch_and_population_figures() -> None:
    assert TABLES.lynch_risks("MLH1", female=True)["endometrial"] == pytest.approx(0.372)
    assert "endometrial" not in TABLES.lynch_risks("MLH1", female=False)
    assert TABLES.lynch_risks("TP53", female=True) == {}
    assert dict(TABLES.colorectal_incidence(female=True))[50] == pytest.approx(0.00046251)
    assert {version.name for version in TABLES.versions} >= {"risk_models", "polygenic_weights"}


def test_diabetes_interactions_are_those_of_the_source() -> None:
    entry = TABLES.scores["T1D_GRS2_67"]
    pairs = {frozenset((a, b)): value for a, b, value in entry["interactions"]}
    assert len(pairs) == len(entry["interactions"]) == 18
    assert pairs[frozenset(("DQ25", "DQ81"))] == 0.291012
    assert pairs[frozenset(("DQ81",))] == -1.02138
    frame = TABLES.score_weights("T1D_GRS2_67", Build.GRCH38)
    tags = set(frame["group"].drop_nulls())
    assert len(tags) == 14
    assert {name for pair in pairs for name in pair} <= tags
    assert tags <= set(entry["haplotype_rank"])
    assert frame.filter(pl.col("rsid") == "rs1615504")["effect"].to_list() == ["T"]


SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/knowledge/polygenic/t1d_grs2"


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.exists(), reason="shared data are not here")
def test_diabetes_tables_equal_the_published_files() -> None:
    entry = TABLES.scores["T1D_GRS2_67"]
    lines = (SOURCE / "T1D67_interaction_scores.tsv").read_text().splitlines()[1:]
    published = sorted([a, b, float(value)] for a, b, value in (line.split("\t") for line in lines))
    assert published == [list(row) for row in entry["interactions"]]
    scoring = (SOURCE / "T1D67_plink_all_scores.tsv").read_text().splitlines()[1:]
    weights = {rsid: (allele, float(beta)) for rsid, allele, beta in (line.split("\t") for line in scoring)}
    frame = TABLES.score_weights("T1D_GRS2_67", Build.GRCH38)
    ours = {
        rsid: (effect, weight)
        for rsid, effect, weight in frame.select("rsid", "effect", "weight").iter_rows()
    }
    shared = set(weights) & set(ours)
    assert len(shared) == 61
    assert all(ours[rsid] == weights[rsid] for rsid in shared)
    assert sorted(weight for _, weight in ours.values()) == sorted(beta for _, beta in weights.values())
