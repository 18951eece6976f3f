"""The risk tables: complete, consistent, and with published anchor values."""

import polars as pl
import pytest

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge

TABLES = Knowledge().risk


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
