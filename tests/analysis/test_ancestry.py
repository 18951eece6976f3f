"""Ancestry: projection of whole, sparse and one-sided genotypes, honest refusals, left-out accuracy."""

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.ancestry import estimate, leave_one_out
from genoai_desktop.analysis.ancestry.admixture import shares
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS
from genoai_desktop.knowledge.sites import alleles
from genoai_desktop.vcf.table import BuildGuess, VariantTable

KNOWLEDGE = bundled_knowledge()
PANEL = KNOWLEDGE.ancestry
GENOTYPES = PANEL.genotypes()
PEOPLE = PANEL.people


def sites(build: Build) -> pl.DataFrame:
    """Every site of the panel on ``build`` with its alleles there."""
    packed = KNOWLEDGE.bundle.table("ancestry_sites")
    pairs = [alleles(*row) for row in packed.select("code", "ref", "alt").iter_rows()]
    named = packed.select("site", "chrom", "flip").with_columns(
        ref=pl.Series([ref for ref, _ in pairs]), alt=pl.Series([alt for _, alt in pairs])
    )
    return named.join(PANEL.places(build), on=["site", "chrom", "flip"], how="inner").sort("chrom", "pos")


def table(
    person: int,
    build: Build = Build.GRCH37,
    keep: npt.NDArray[np.bool_] | None = None,
    differences_only: bool = False,
) -> VariantTable:
    frame = sites(build)
    dosage = GENOTYPES[frame["site"].to_numpy(), person].astype(np.int8)
    dosage = np.where(frame["flip"].to_numpy(), 2 - dosage, dosage).astype(np.int8)
    frame = frame.select("site", "chrom", "pos", "ref", "alt").with_columns(
        pl.Series("s0_dosage", dosage),
        pl.lit(2, pl.UInt8).alias("s0_called"),
        pl.lit(2, pl.UInt8).alias("s0_ploidy"),
    )
    if keep is not None:
        frame = frame.filter(pl.Series(keep[frame["site"].to_numpy()]))
    if differences_only:
        frame = frame.filter(pl.col("s0_dosage") > 0)
    guess = BuildGuess(build, 1.0, "stated")
    return VariantTable("x.vcf", build, guess, ("A",), ("1",), frame, frame.height, frame.height, 0)


def run(made: VariantTable) -> AncestryEstimate:
    return estimate(made, 0, KNOWLEDGE, Silent())


def someone(group: str, offset: int = 5) -> int:
    return int(np.flatnonzero((PEOPLE["superpopulation"] == group).to_numpy())[offset])


def test_left_out_accuracy_and_calibration() -> None:
    result = leave_one_out(KNOWLEDGE)
    assert result.people == 2_504
    assert result.accuracy >= 0.994
    assert abs(result.confidence - result.accuracy) < 0.005
    assert len(result.errors) == round((1 - result.accuracy) * result.people)


@pytest.mark.parametrize("group", SUPERPOPULATIONS)
@pytest.mark.parametrize("build", list(Build))
def test_everyone_is_found_on_both_builds(group: str, build: Build) -> None:
    found = run(table(someone(group), build))
    assert found.best == group
    assert sum(p for _, p in found.proportions) == pytest.approx(1, abs=1e-4)
    assert sum(share for _, share, _ in found.admixture) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("group", SUPERPOPULATIONS)
def test_a_file_of_differences_lands_where_the_whole_genotypes_do(group: str) -> None:
    rng = np.random.default_rng(7)
    looked = np.repeat(rng.random(PANEL.size // 10 + 1) < 0.8, 10)[: PANEL.size]
    person = someone(group)
    whole, listed = run(table(person)), run(table(person, keep=looked, differences_only=True))
    assert listed.best == group
    assert "differences only" in listed.note
    gap = np.abs(np.array(whole.coordinates[:4]) - np.array(listed.coordinates[:4]))
    assert gap.max() < 0.35


def test_few_sites_leave_more_doubt() -> None:
    rng = np.random.default_rng(3)
    person = someone("AMR", 40)
    few = run(table(person, keep=rng.random(PANEL.size) < 0.02))
    many = run(table(person))
    assert max(p for _, p in few.proportions) <= max(p for _, p in many.proportions) + 1e-3


def test_too_few_sites_say_nothing() -> None:
    found = run(table(0, keep=np.arange(PANEL.size) < 60))
    assert found.proportions == ()
    assert found.best == ""
    assert found.note
    nothing = run(table(0, keep=np.zeros(PANEL.size, dtype=bool)))
    assert nothing.sites_used == 0
    assert nothing.proportions == ()


def test_blocks_state_the_reference() -> None:
    person = someone("EAS")
    listed = table(person, differences_only=True)
    places = PANEL.places(Build.GRCH37)
    blocks = places.select("chrom", pl.col("pos").alias("start"), pl.col("pos").alias("end")).with_columns(
        pl.lit(0, pl.Int8).alias("s0_gt")
    )
    gvcf = VariantTable(
        *(listed.path, listed.build, listed.build_guess, listed.samples, listed.contigs, listed.frame),
        *(listed.records_read, listed.records_loaded, 0),
        blocks=blocks,
    )
    found = run(gvcf)
    assert found.sites_used == PANEL.size
    assert found.coordinates == pytest.approx(run(table(person)).coordinates, abs=1e-4)
    assert "states its reference calls" in found.note


def test_missing_genotypes_are_not_reference() -> None:
    made = table(someone("AFR"))
    half = made.frame.with_columns(
        pl.when(pl.col("site") % 2 == 0).then("s0_dosage").alias("s0_dosage"),
        pl.when(pl.col("site") % 2 == 0).then("s0_called").otherwise(0).cast(pl.UInt8).alias("s0_called"),
    )
    missing = VariantTable("x", made.build, made.build_guess, ("A",), ("1",), half, 1, 1, 0)
    found = run(missing)
    assert found.sites_used == PANEL.size // 2
    assert found.best == "AFR"


def test_shares_of_a_made_mixture() -> None:
    rng = np.random.default_rng(11)
    truth = np.array([0.7, 0, 0, 0.3, 0])
    dosage = rng.binomial(2, PANEL.frequencies @ truth).astype(float)
    found = shares(dosage, np.ones(PANEL.size), PANEL.frequencies)
    assert np.abs(found - truth).max() < 0.06
