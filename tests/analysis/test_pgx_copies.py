"""Copies of CYP2D6 from reads: the method on simulated genomes, refusal on real ones, what a call becomes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from known import bundled_knowledge
from pgx_reads_helper import Genome, write_reads
from pgx_table_helper import allele_states, simulate

from genoai_desktop.analysis.pharmacogenomics import OutsideCall, analyse
from genoai_desktop.analysis.pharmacogenomics.calling import call_gene
from genoai_desktop.analysis.pharmacogenomics.copy_calls import apply_copies
from genoai_desktop.analysis.pharmacogenomics.copy_number import LEAST_DEPTH, estimate
from genoai_desktop.analysis.pharmacogenomics.copy_reads import _from_reference, measure
from genoai_desktop.analysis.pharmacogenomics.genotypes import Observed
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, CopyNumber, GeneCall
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_copies import CopyRegions

SAMPLES = Path(__file__).resolve().parents[2] / "../shared/data/samples"


class Knowledge:
    pgx = PgxDefinitions(Bundle())


PGX = Knowledge.pgx
GENE = PGX.genes["CYP2D6"]


def regions(build: Build = Build.GRCH38) -> CopyRegions:
    found = PGX.copy_regions("CYP2D6", build)
    assert found is not None
    return found


def judged(path: Path, genome: Genome, build: Build = Build.GRCH38) -> CopyNumber:
    write_reads(path, genome, regions(build))
    return estimate(measure(path, None, regions(build), frozenset()), regions(build))


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize("copies", [0, 1, 2, 3])
def test_whole_copies_are_counted(tmp_path: Path, copies: int, build: Build) -> None:
    prefix = "chr" if build is Build.GRCH38 else ""
    found = judged(tmp_path / "r.bam", Genome([copies] * 9, depth=60, seed=copies + 7, prefix=prefix), build)
    assert found.copies == copies, found
    assert found.hybrid == ""
    assert found.low is not None
    assert found.high is not None
    assert found.low <= copies <= found.high
    assert len(found.blocks) == 9


@pytest.mark.parametrize(
    ("gene", "pseudo", "whole", "form"),
    [
        ([3] * 8 + [2], [2] * 8 + [3], 2, "up to exon 8"),
        ([3] + [2] * 8, [2] + [3] * 8, 2, "CYP2D6 up to exon 1"),
        ([1] + [2] * 8, [2] + [1] * 8, 1, "CYP2D7 up to exon 1"),
    ],
)
def test_hybrids_are_flagged(
    tmp_path: Path, gene: list[int], pseudo: list[int], whole: int, form: str
) -> None:
    found = judged(tmp_path / "r.bam", Genome(gene, pseudo, depth=80, seed=3))
    assert form in found.hybrid
    assert found.copies in (whole, None)  # one block alone seldom settles it


def test_a_likely_hybrid_is_said_even_where_copies_stay_open(tmp_path: Path) -> None:
    found = judged(tmp_path / "r.bam", Genome([3] * 8 + [2], [2] * 8 + [3], depth=30, seed=100))
    assert found.copies in (2, None)
    assert "exon 8" in found.hybrid + found.reason


def test_no_simulated_genome_gets_a_certain_wrong_number(tmp_path: Path) -> None:
    wrong = []
    for seed in range(2):
        for copies in (1, 2, 3, 4):
            genome = Genome([copies] * 9, depth=18, seed=1000 + seed, scatter=0.08, misplaced=0.3)
            found = judged(tmp_path / "r.bam", genome)
            if found.copies not in (copies, None):
                wrong.append((seed, copies, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("genome", "reason"),
    [
        (Genome([2] * 9, depth=LEAST_DEPTH / 2), "too shallow"),
        (Genome([2] * 9, capture=True), "control regions"),
        (Genome([0] * 9, [0] * 9), "no reads of the gene"),
        (Genome([2] * 9, lengths={"22": 51304566}), "another reference build"),
    ],
)
def test_what_cannot_be_judged_says_why(tmp_path: Path, genome: Genome, reason: str) -> None:
    found = judged(tmp_path / "r.bam", genome)
    assert found.copies is None
    assert reason in found.reason


@pytest.mark.real_data
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="sample data is not here")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("reads/wg-brca1.sorted.bam", "control regions"),
        ("reads/chm1_chr1.bam", "no index"),
        ("trio/reduced_mt.bam", "control regions"),
        ("reads/none.bam", "not there"),
    ],
)
def test_real_reads_elsewhere_are_refused(name: str, reason: str) -> None:
    found = estimate(measure(SAMPLES / name, None, regions(Build.GRCH37), frozenset()), regions(Build.GRCH37))
    assert found.copies is None
    assert reason in found.reason


def test_damaged_reads_are_refused_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "r.bam"
    path.write_bytes(b"not a BAM file")
    assert "cannot be read" in estimate(measure(path, None, regions(), frozenset()), regions()).reason


def copies(number: int | None, hybrid: str = "") -> CopyNumber:
    return CopyNumber(
        "CYP2D6", number, 2.0, 1.8, 2.2, 0.99, hybrid, reason="" if number is not None else "why"
    )


def called(first: str, second: str) -> GeneCall:
    one, two = (allele_states(GENE, GENE.alleles.index(name)) for name in (first, second))
    return call_gene(GENE, PGX, one, two, np.zeros(len(GENE.sites), dtype=np.int64), haploid=False)


@pytest.mark.parametrize(
    ("pair", "number", "diplotype", "status", "phenotype"),
    [
        (("*4", "*4"), 1, "*4/*5", CallStatus.CALLED, "Poor Metabolizer"),
        (("*1", "*1"), 1, "*1/*5", CallStatus.CALLED, "Intermediate Metabolizer"),
        (("*4", "*4"), 2, "*4/*4", CallStatus.CALLED, "Poor Metabolizer"),
        (("*1", "*1"), 3, "*1/*1x2", CallStatus.CALLED, "Ultrarapid Metabolizer"),
        (("*1", "*1"), 0, "*5/*5", CallStatus.CALLED, "Poor Metabolizer"),
        (("*1", "*4"), 2, "*1/*4", CallStatus.CALLED, "Intermediate Metabolizer"),
        (("*1", "*4"), 3, "*1x2/*4", CallStatus.AMBIGUOUS, "Indeterminate"),
        (("*1", "*2"), 3, "*1x2/*2", CallStatus.AMBIGUOUS, "Ultrarapid Metabolizer"),
    ],
)
def test_copies_lead(
    pair: tuple[str, str], number: int, diplotype: str, status: CallStatus, phenotype: str
) -> None:
    call = apply_copies(called(*pair), copies(number), GENE, PGX)
    assert (call.diplotype, call.status, call.phenotype) == (diplotype, status, phenotype), call
    assert not any("Copy number was not assessed" in note for note in call.notes)
    assert any("whole copies by read depth" in note for note in call.notes)
    assert call.copy_number == copies(number)


@pytest.mark.parametrize(("share", "diplotype"), [(0.33, "*1x2/*4"), (0.67, "*1/*4x2")])
def test_the_share_of_reads_says_which_allele_is_doubled(share: float, diplotype: str) -> None:
    one, two = (allele_states(GENE, GENE.alleles.index(name))[:, None] for name in ("*1", "*4"))
    shape = one.shape
    seen = Observed(one, two, np.zeros(shape, np.int64), np.zeros(shape, bool), np.full(shape, share))
    call = apply_copies(called("*1", "*4"), copies(3), GENE, PGX, seen)
    assert (call.diplotype, call.status, call.alternatives) == (diplotype, CallStatus.CALLED, ())


def test_two_alleles_on_one_copy_are_a_contradiction() -> None:
    call = apply_copies(called("*1", "*4"), copies(1), GENE, PGX)
    assert (call.phenotype, call.status) == ("Indeterminate", CallStatus.INDETERMINATE)
    assert any("check the sample" in note for note in call.notes)


def test_hybrids_keep_two_whole_copies_and_open_any_other_number() -> None:
    two = apply_copies(called("*1", "*4"), copies(2, "1 hybrid"), GENE, PGX)
    assert (two.phenotype, two.status) == ("Intermediate Metabolizer", CallStatus.AMBIGUOUS)
    one = apply_copies(called("*1", "*10"), copies(1, "1 hybrid"), GENE, PGX)
    assert (one.phenotype, one.status) == ("Indeterminate", CallStatus.INDETERMINATE)


def test_unjudged_reads_leave_the_call_and_its_warning() -> None:
    call = apply_copies(called("*4", "*4"), copies(None), GENE, PGX)
    assert (call.diplotype, call.status) == ("*4/*4", CallStatus.AMBIGUOUS)
    assert any("Copy number was not assessed" in note for note in call.notes)
    assert any("cannot be judged from the reads: why" in note for note in call.notes)


def test_a_case_with_reads_uses_their_copies_and_outside_calls_lead_over_them(tmp_path: Path) -> None:
    path = write_reads(tmp_path / "r.bam", Genome([1] * 9, depth=40), regions())
    states = allele_states(GENE, GENE.alleles.index("*4"))[:, None]
    table = simulate(GENE, Build.GRCH38, states, states, phased=True)
    object.__setattr__(table, "samples", ("S",))
    case = Case("c", "p", (Person("p", "S"),), Build.GRCH38, reads=str(path))

    def cyp2d6(**options: object) -> GeneCall:
        found = analyse(case, table, bundled_knowledge(), Silent(), **options)
        return next(call for call in found.calls if call.gene == "CYP2D6")

    assert cyp2d6().diplotype == "*4/*5"
    assert cyp2d6(outside=[OutsideCall("CYP2D6", "*4/*4")]).diplotype == "*4/*4"
    object.__setattr__(table, "samples", ("T",))
    other = Case("c", "p", (Person("p", "T"),), Build.GRCH38, reads=str(path))
    found = analyse(other, table, bundled_knowledge(), Silent())
    call = next(call for call in found.calls if call.gene == "CYP2D6")
    assert any("another sample" in note for note in call.notes)


def test_a_reference_genome_gives_telling_bases_in_every_exon(tmp_path: Path) -> None:
    offset = 42_120_000
    place = regions()

    def moved(pair: tuple[int, int]) -> tuple[int, int]:
        return pair[0] - offset, pair[1] - offset

    blocks = tuple(
        replace(b, gene=moved(b.gene), paralog=moved(b.paralog),
                compared=(moved(b.compared[0]), moved(b.compared[1])))
        for b in place.blocks
    )  # fmt: skip
    draw = np.random.default_rng(5)
    letters = draw.choice(list("ACGT"), 30_000)
    told: list[tuple[int, int]] = []
    for block in blocks[:-1]:
        (start, end), (other, stop) = block.compared
        letters[other:stop] = letters[start:end]
        for step in range(5, end - start, 20):
            letters[other + step] = {"A": "C", "C": "G", "G": "T", "T": "A"}[letters[start + step]]
            told.append((start + step, other + step))
    fasta = tmp_path / "reference.fa"
    fasta.write_text(">chr22\n" + "".join(letters) + "\n")
    defining = frozenset({told[0][0]})
    found = _from_reference(str(fasta), "chr", replace(place, blocks=blocks), defining)
    assert [(base.position, base.paralog_position) for base in found] == told[1:]
    assert {base.part for base in found} == {block.part for block in blocks[:-1]}
    assert _from_reference("", "chr", place, defining) == []
    assert _from_reference(str(tmp_path / "none.fa"), "chr", place, defining) == []
