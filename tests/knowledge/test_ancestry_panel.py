"""The ancestry panel: sites on both builds, loadings, people and packed genotypes agree."""

import numpy as np
import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS, AncestryPanel


@pytest.fixture(scope="module")
def panel() -> AncestryPanel:
    return bundled_knowledge().ancestry


def test_sizes(panel: AncestryPanel) -> None:
    assert panel.size == 23_770
    assert panel.people.height == 2_504
    assert panel.loadings.shape == (23_770, 8)
    assert panel.coordinates.shape == (2_504, 8)


def test_genotypes_give_the_frequencies(panel: AncestryPanel) -> None:
    genotypes = panel.genotypes()
    assert genotypes.shape == (23_770, 2_504)
    assert genotypes.max() == 2
    assert np.abs(genotypes.mean(axis=1) / 2 - panel.frequency).max() < 1e-4
    for column, name in enumerate(SUPERPOPULATIONS):
        members = (panel.people["superpopulation"] == name).to_numpy()
        found = genotypes[:, members].mean(axis=1) / 2
        assert np.abs(found - panel.frequencies[:, column]).max() < 1e-4


def test_sites_match_on_both_builds(panel: AncestryPanel) -> None:
    schema = {"chrom": pl.UInt8, "pos": pl.UInt32, "ref": pl.String, "alt": pl.String}
    old = pl.DataFrame([(1, 878314, "G", "C"), (1, 878314, "G", "T")], orient="row", schema=schema)
    new = pl.DataFrame([(1, 942934, "G", "C")], orient="row", schema=schema)
    site, flip = panel.match(old, Build.GRCH37)
    assert site.tolist()[1] == -1
    assert panel.match(new, Build.GRCH38)[0].tolist() == [site[0]]
    assert not flip.any()


def test_exchanged_alleles_are_flipped(panel: AncestryPanel) -> None:
    schema = {"chrom": pl.UInt8, "pos": pl.UInt32, "ref": pl.String, "alt": pl.String}
    old = pl.DataFrame([(1, 12638964, "T", "C")], orient="row", schema=schema)
    new = pl.DataFrame([(1, 12578936, "C", "T")], orient="row", schema=schema)
    site, flip = panel.match(new, Build.GRCH38)
    assert site.tolist() == panel.match(old, Build.GRCH37)[0].tolist()
    assert flip.tolist() == [True]
    assert panel.places(Build.GRCH38)["flip"].sum() > 50
    assert panel.places(Build.GRCH37)["flip"].sum() == 0
