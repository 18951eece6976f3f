"""Polygenic scores at a person's ancestry: published anchors, mixtures between, stable, never guessed."""

import numpy as np
import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.risk.bundled import bundled_scores
from genoai_desktop.analysis.risk.portability import Portability, alpha_share, expected
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS
from genoai_desktop.vcf.table import BuildGuess, VariantTable

KNOWLEDGE = bundled_knowledge()
PANEL = KNOWLEDGE.ancestry
PORTABILITY = Portability(PANEL)
CANRISK = ("EUR", "AFR", "EAS", "SAS")


def center(name: str) -> tuple[float, ...]:
    members = (PANEL.people["superpopulation"] == name).to_numpy()
    return tuple(PANEL.coordinates[members].mean(axis=0))


def at(coordinates: tuple[float, ...], best: str) -> AncestryEstimate:
    proportions = tuple((name, 0.99 if name == best else 0.0025) for name in SUPERPOPULATIONS)
    return AncestryEstimate(proportions, 20_000, 23_770, coordinates)


@pytest.mark.parametrize("name", CANRISK)
@pytest.mark.parametrize("score", ["BCAC_307", "OCAC_36"])
def test_the_published_distribution_is_met_at_the_center_of_its_ancestry(name: str, score: str) -> None:
    published = KNOWLEDGE.risk.scores[score]["reference"]
    place = PORTABILITY.place(at(center(name), name), CANRISK)
    assert place is not None
    assert place.near
    assert dict(place.shares)[name] == pytest.approx(1, abs=1e-9)
    found = expected(KNOWLEDGE.risk.score_weights(score, Build.GRCH37), place, published)
    assert found.mean == pytest.approx(published[name.lower()]["mean"], abs=1e-9)
    assert found.sd == pytest.approx(published[name.lower()]["sd"], abs=1e-9)
    assert alpha_share(place, published) == pytest.approx(
        published[name.lower()]["alpha"] / published["eur"]["alpha"]
    )


def test_frequencies_by_ancestry_explain_the_published_means() -> None:
    """The model (independent sites) predicts what CanRisk published: means to 0.002, spreads to 6 %."""
    frame = KNOWLEDGE.risk.score_weights("BCAC_307", Build.GRCH37)
    published = KNOWLEDGE.risk.scores["BCAC_307"]["reference"]
    for name in CANRISK:
        place = PORTABILITY.place(at(center(name), name), CANRISK)
        assert place is not None
        plain = expected(frame, place, {})
        assert plain.mean == pytest.approx(published[name.lower()]["mean"], abs=0.002)
        assert plain.sd == pytest.approx(published[name.lower()]["sd"], rel=0.06)


def test_between_two_ancestries_the_expected_score_lies_between() -> None:
    frame = KNOWLEDGE.risk.score_weights("BCAC_307", Build.GRCH37)
    published = KNOWLEDGE.risk.scores["BCAC_307"]["reference"]
    half = tuple((np.array(center("EUR")) + np.array(center("AFR"))) / 2)
    place = PORTABILITY.place(at(half, "AFR"), CANRISK)
    assert place is not None
    assert dict(place.shares)["EUR"] == pytest.approx(0.5, abs=1e-6)
    found = expected(frame, place, published)
    assert found.mean == pytest.approx((-0.005 + 0.634) / 2, abs=1e-6)
    assert found.fitted == 307


def test_an_ancestry_without_frequencies_is_not_near() -> None:
    conti = KNOWLEDGE.risk.scores["PGS000662"]["ancestries"]
    assert conti == ["EUR", "AFR", "EAS", "AMR"]
    place = PORTABILITY.place(at(center("SAS"), "SAS"), conti)
    assert place is not None
    assert not place.near


def test_less_of_the_effect_remains_with_distance() -> None:
    left = {
        name: PORTABILITY.remaining_accuracy(at(center(name), name), ["EUR"]) for name in SUPERPOPULATIONS
    }
    assert left["EUR"] == pytest.approx(1, abs=1e-9)
    assert all(value is not None for value in left.values())
    order = sorted(left, key=lambda name: -(left[name] or 0))
    assert order[0] == "EUR"
    assert order[-1] == "AFR"
    assert left["AFR"] == pytest.approx(0.24, abs=0.06)
    assert left["EAS"] == pytest.approx(0.37, abs=0.1)


def people(samples: int) -> VariantTable:
    """Genotypes at the sites of the breast score: the first sample is always the same person."""
    sites = KNOWLEDGE.risk.score_weights("BCAC_307", Build.GRCH37)
    rng = np.random.default_rng(5)
    copies = rng.binomial(2, sites["eaf"].to_numpy(), size=(3, sites.height)).astype(np.int8)
    frame = sites.select(
        pl.col("chrom"),
        pl.col("pos").cast(pl.UInt32),
        pl.col("other").alias("ref"),
        pl.col("effect").alias("alt"),
    ).with_columns(
        *(pl.Series(f"s{i}_dosage", copies[i]) for i in range(samples)),
        *(pl.lit(2, pl.UInt8).alias(f"s{i}_called") for i in range(samples)),
    )
    names = tuple(f"S{i}" for i in range(samples))
    guess = BuildGuess(Build.GRCH37, 1.0, "stated")
    return VariantTable("x.vcf", Build.GRCH37, guess, names, ("1",), frame, frame.height, frame.height, 0)


def test_alone_or_among_others_the_figures_are_the_same() -> None:
    estimate = at(center("SAS"), "SAS")
    found = [
        bundled_scores(people(count), 0, Sex.FEMALE, KNOWLEDGE, estimate, PORTABILITY) for count in (1, 3)
    ]
    assert found[0] == found[1]
    breast = next(score for score in found[0] if score.id == "BCAC_307")
    assert breast.z is not None
    assert breast.sites_fitted == 307
    assert breast.effect_share == pytest.approx(0.329 / 0.497, abs=1e-3)
    assert "EUR" in breast.warning
    assert breast.z_unadjusted is not None
    assert breast.z_unadjusted - breast.z == pytest.approx(0.3, abs=0.1)


def test_no_percentile_without_a_reference_and_a_warning_in_words() -> None:
    estimate = at(center("AFR"), "AFR")
    scores = bundled_scores(people(1), 0, Sex.UNKNOWN, KNOWLEDGE, estimate, PORTABILITY)
    by_id = {score.id: score for score in scores}
    assert set(by_id) >= {"PGS000662", "PGS003378", "PGS003766", "T1D_GRS2_67"}
    for score in scores:
        assert (score.percentile is None) == (score.reference == "")
        assert (score.percentile is None) == (score.mean is None)
    for name in ("PGS003378", "PGS003766", "T1D_GRS2_67", "PGS000001"):
        assert by_id[name].percentile is None
        assert "No distribution" in by_id[name].notes[0]
    assert "European" in by_id["T1D_GRS2_67"].warning or "EUR" in by_id["T1D_GRS2_67"].warning


def test_without_a_known_ancestry_there_is_no_place() -> None:
    scores = bundled_scores(people(1), 0, Sex.FEMALE, KNOWLEDGE, None, PORTABILITY)
    assert all(score.z is None and score.percentile is None for score in scores)
    assert all(score.warning for score in scores)


def test_the_method_evens_out_ancestries_on_people_it_has_not_seen() -> None:
    """A score on 300 panel sites; frequencies from one half of the people, z-scores of the other half."""
    rng = np.random.default_rng(7)
    genotypes = PANEL.genotypes()
    usable = np.flatnonzero(PANEL.loadings.any(axis=1) & (np.abs(PANEL.frequency - 0.5) < 0.45))
    sites = np.sort(rng.choice(usable, 300, replace=False))
    weight = rng.normal(0, 0.07, 300)
    half = rng.random(PANEL.people.height) < 0.5
    group = PANEL.people["superpopulation"].to_numpy()
    chosen = genotypes[sites].astype(float)
    columns = {f"eaf_{name.lower()}": chosen[:, half & (group == name)].mean(axis=1) / 2 for name in CANRISK}
    frame = pl.DataFrame({"weight": weight, "eaf": columns["eaf_eur"], **columns})
    before: dict[str, list[float]] = {name: [] for name in CANRISK}
    after: dict[str, list[float]] = {name: [] for name in CANRISK}
    europe = expected(frame, _place(np.array(center("EUR")), "EUR"), {})
    for person in np.flatnonzero(~half & np.isin(group, CANRISK))[::4]:
        name = str(group[person])
        raw = float(weight @ chosen[:, person])
        found = expected(frame, _place(PANEL.coordinates[person], name), {})
        before[name].append((raw - europe.mean) / europe.sd)
        after[name].append((raw - found.mean) / found.sd)
    assert max(abs(np.mean(values)) for values in before.values()) > 0.8
    assert max(abs(np.mean(values)) for values in after.values()) < 0.35
    assert all(0.8 < np.std(values) < 1.25 for values in after.values())


def _place(coordinates: np.ndarray, name: str):  # type: ignore[no-untyped-def]
    place = PORTABILITY.place(at(tuple(coordinates), name), CANRISK)
    assert place is not None
    return place
