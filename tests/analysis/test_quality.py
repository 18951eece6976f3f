"""Quality: ratios, sex, kinship and Mendelian errors on made and real files; coverage only where stated."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.quality import measure
from genoai_desktop.analysis.quality.samples import histogram
from genoai_desktop.domain.case import Case, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.quality import QualityResult
from genoai_desktop.vcf.table import BuildGuess, Kind, VariantTable

KNOWLEDGE = bundled_knowledge()
SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
TRIO = (
    Person("child", "C", mother="mum", father="dad", sex=Sex.MALE),
    Person("mum", "M", sex=Sex.FEMALE),
    Person("dad", "F", sex=Sex.MALE),
)


def case(persons: tuple[Person, ...] = TRIO, build: Build = Build.GRCH38) -> Case:
    return Case("case", persons[0].id, persons, build)


def table(
    dosages: dict[str, npt.NDArray[np.int8]],
    chrom: int = 1,
    blocks: pl.DataFrame | None = None,
    **columns: Any,
) -> VariantTable:
    height = len(next(iter(dosages.values())))
    frame = pl.DataFrame(
        {
            "record": np.arange(height, dtype=np.uint32),
            "allele": np.ones(height, dtype=np.uint16),
            "chrom": np.full(height, chrom, dtype=np.uint8),
            "pos": np.arange(5_000_000, 5_000_000 + 10 * height, 10, dtype=np.uint32)[:height],
            "ref": ["A"] * height,
            "alt": ["G" if i % 3 else "C" for i in range(height)],
            "kind": np.full(height, Kind.SNV, dtype=np.uint8),
            "filter": ["PASS"] * height,
        }
    )
    for i, dosage in enumerate(dosages.values()):
        frame = frame.with_columns(
            pl.Series(f"s{i}_dosage", dosage, dtype=pl.Int8),
            pl.lit(2, pl.UInt8).alias(f"s{i}_called"),
            pl.lit(2, pl.UInt8).alias(f"s{i}_ploidy"),
            pl.Series(f"s{i}_dp", [30] * height, dtype=pl.Int32),
            pl.Series(f"s{i}_gq", [99] * height, dtype=pl.Int16),
        )
    frame = frame.with_columns(**columns)
    guess = BuildGuess(Build.GRCH38, 1.0, "stated")
    extra = {} if blocks is None else {"blocks": blocks}
    return VariantTable("x", Build.GRCH38, guess, tuple(dosages), ("1",), frame, height, height, 0, **extra)


def run(made: VariantTable, of: Case | None = None) -> QualityResult:
    return measure(of or case(), made, KNOWLEDGE, Silent())


def family(sites: int = 4_000) -> dict[str, npt.NDArray[np.int8]]:
    rng = np.random.default_rng(5)
    frequency = rng.uniform(0.1, 0.9, sites)
    haplotypes = {name: rng.random((2, sites)) < frequency for name in "MF"}
    pick = rng.integers(0, 2, (2, sites))
    passed = [np.take_along_axis(haplotypes[n], pick[k : k + 1], axis=0)[0] for k, n in enumerate("MF")]
    child = passed[0].astype(np.int8) + passed[1].astype(np.int8)
    return {
        "C": child.astype(np.int8),
        "M": haplotypes["M"].sum(axis=0).astype(np.int8),
        "F": haplotypes["F"].sum(axis=0).astype(np.int8),
    }


def test_ratios_and_histograms() -> None:
    dosage = np.array([1, 1, 2, 0, 1, 2], dtype=np.int8)
    sample = run(table({"C": dosage})).samples[0]
    assert sample.variants == 5
    assert sample.het_hom == pytest.approx(1.5)
    assert sample.transition_transversion == pytest.approx(4.0)
    assert sample.call_rate == 1.0
    assert (sample.mean_depth, sample.mean_genotype_quality) == (30, 99)
    assert dict(sample.depth_histogram)[30] == 5
    assert dict(sample.quality_histogram)[95] == 5


def test_histogram_edges() -> None:
    values = pl.Series([0, 4, 5, 99, 100, 5_000, None])
    assert dict(histogram(values, 5, 100)) == {
        **dict.fromkeys(range(0, 101, 5), 0),
        0: 2,
        5: 1,
        95: 1,
        100: 2,
    }
    assert histogram(pl.Series([None], dtype=pl.Int32), 5, 100) == ()


def test_missing_genotypes_lower_the_call_rate() -> None:
    made = table({"C": np.array([1, 1], dtype=np.int8)}, s0_called=pl.Series([2, 0], dtype=pl.UInt8))
    assert run(made).samples[0].call_rate == 0.5


def test_nothing_to_measure_gives_no_figures_instead_of_zero() -> None:
    sample = run(table({"C": np.array([], dtype=np.int8)})).samples[0]
    assert (sample.variants, sample.transition_transversion, sample.het_hom, sample.call_rate) == (0,) + (
        None,
    ) * 3
    assert sample.inferred_sex is Sex.UNKNOWN
    assert sample.depth_histogram == ()


@pytest.mark.parametrize(("het", "expected"), [(0.02, Sex.MALE), (0.25, Sex.UNKNOWN), (0.6, Sex.FEMALE)])
def test_sex_from_x(het: float, expected: Sex) -> None:
    dosage = np.where(np.arange(200) < 200 * het, 1, 2).astype(np.int8)
    sample = run(table({"C": dosage}, chrom=23)).samples[0]
    assert sample.inferred_sex is expected
    assert sample.x_heterozygosity == pytest.approx(het)
    assert sample.stated_sex is Sex.MALE
    assert sample.sex_note


def test_few_sites_on_x_infer_no_sex() -> None:
    assert run(table({"C": np.full(19, 2, dtype=np.int8)}, chrom=23)).samples[0].inferred_sex is Sex.UNKNOWN


def test_trio_agrees_with_its_pedigree() -> None:
    result = run(table(family()))
    assert [(k.first, k.second, k.inferred, k.conflict) for k in result.kinship] == [
        ("C", "M", "parent and child", False),
        ("C", "F", "parent and child", False),
        ("M", "F", "unrelated", False),
    ]
    assert [(m.child, m.errors) for m in result.mendelian] == [("C", 0)]
    assert result.mendelian[0].sites > 3_000


def test_swapped_child_is_a_conflict_with_mendelian_errors() -> None:
    genotypes = family()
    genotypes["C"] = np.roll(genotypes["C"], 1)
    result = run(table(genotypes))
    assert [k.conflict for k in result.kinship] == [True, True, False]
    assert result.mendelian[0].errors > 200


def test_duplicate_sample_is_found() -> None:
    genotypes = family()
    genotypes["F"] = genotypes["M"].copy()
    result = run(table(genotypes))
    assert result.kinship[2].inferred == "same person or identical twins"
    assert result.kinship[2].conflict
    assert result.kinship[2].coefficient == pytest.approx(0.5)


def test_few_sites_tell_no_relation() -> None:
    result = run(table({name: dosage[:50] for name, dosage in family().items()}))
    assert {k.inferred for k in result.kinship} == {"too few sites to tell"}
    assert not any(k.conflict for k in result.kinship)


def test_filters_count_records() -> None:
    made = table({"C": np.ones(3, dtype=np.int8)}, filter=pl.Series(["PASS", "q10", "."]))
    result = run(made)
    assert (result.records, result.passing, result.unfiltered) == (3, 1, 1)
    assert result.notes


def test_coverage_is_not_stated_by_a_plain_file() -> None:
    coverage = run(table(family())).coverage
    assert len(coverage) == 1
    assert coverage[0].tested == coverage[0].missing == 0
    assert "Not stated by the file" in coverage[0].note


def test_coverage_counts_whole_genes_in_blocks() -> None:
    transcript = KNOWLEDGE.genes.transcript("BRCA2", Build.GRCH38)
    assert transcript is not None
    first = transcript.locus.start
    blocks = pl.DataFrame(
        {
            "chrom": [13, 13, 17],
            "start": [first, first + 20_000, 43_044_295],
            "end": [first + 19_999, transcript.locus.end, 43_050_000],
            "s0_gt": [0, 0, 0],
            "s0_dp": [30, 30, 5],
            "s0_gq": [60, 60, 60],
        }
    )
    coverage = run(table(family(), blocks=blocks)).coverage[0]
    assert coverage.tested == 1
    assert not any(item.startswith("BRCA2") for item in coverage.missing_items)
    assert any(item.startswith("BRCA1 (0") for item in coverage.missing_items)
    assert coverage.tested + coverage.missing >= 83


@pytest.mark.parametrize("samples", [(), ("C",), ("C", "M", "F")])
def test_a_file_without_records(samples: tuple[str, ...]) -> None:
    guess = BuildGuess(Build.GRCH38, 1.0, "stated")
    result = run(VariantTable("x", Build.GRCH38, guess, samples, (), pl.DataFrame(), 0, 0, 0))
    assert (result.records, result.passing, result.unfiltered) == (0, 0, 0)
    assert len(result.samples) == len(samples)
    assert all(sample.call_rate is None for sample in result.samples)


def test_cancel() -> None:
    context = Silent()
    context.cancel()
    with pytest.raises(Cancelled):
        measure(case(), table(family()), KNOWLEDGE, context)


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_real_trio_is_a_trio() -> None:
    from genoai_desktop.vcf import load

    made = load(SHARED / "samples/trio/ashk-trio.vcf.gz", Silent())
    persons = (
        Person("1", "HG002", mother="3", father="2", sex=Sex.MALE),
        Person("2", "HG003", sex=Sex.MALE),
        Person("3", "HG004", sex=Sex.FEMALE),
    )
    result = run(made, case(persons, made.build))
    assert [k.inferred for k in result.kinship] == ["parent and child", "parent and child", "unrelated"]
    check = result.mendelian[0]
    assert check.errors / check.sites < 0.005
    assert all(1.8 < (s.transition_transversion or 0) < 3.5 for s in result.samples)


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_real_exome_is_male() -> None:
    from genoai_desktop.vcf import load

    made = load(SHARED / "samples/germline/Pfeiffer.vcf.gz", Silent())
    sample = run(made, case((Person("p", "manuel"),), made.build)).samples[0]
    assert sample.inferred_sex is Sex.MALE
    assert sample.y_sites > 10
    assert "removed" in sample.sex_note  # the file has hardly any homozygous call
    assert 2.0 < (sample.transition_transversion or 0) < 3.3


def test_chromosomes_without_a_record_or_reference_block_are_named() -> None:
    blocks = pl.DataFrame(
        {"chrom": pl.Series([2], dtype=pl.UInt8), "start": [100], "end": [200], "s0_gt": [0], "s0_dp": [60],
         "s0_gq": [60]}
    )  # fmt: skip
    result = run(table({"C": np.ones(3, dtype=np.int8)}, blocks=blocks))
    assert result.absent == (*map(str, range(3, 23)), "X")
    assert not result.only_beside
    assert any(note.startswith("No record on chromosomes 3, 4") for note in result.notes)


def test_a_file_of_mitochondrial_records_lies_beside_every_gene_but_those() -> None:
    result = run(table({"C": np.ones(3, dtype=np.int8)}, chrom=25))
    assert result.only_beside
    assert not run(table({"C": np.ones(3, dtype=np.int8)})).only_beside
