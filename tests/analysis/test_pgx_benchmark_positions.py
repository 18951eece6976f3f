"""Alleles simulated at exactly the positions that the benchmark file holds: never a certain wrong call."""

import random
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pytest
from pgx_table_helper import allele_states, simulate

from genoai_desktop.analysis.pharmacogenomics.calling import call_gene
from genoai_desktop.analysis.pharmacogenomics.genotypes import observe
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf import load

PGX = PgxDefinitions(Bundle())
VCF = Path(__file__).resolve().parents[2] / "../shared/data/benchmarks/pgx/getrm_1kgp_grch38_dev.vcf"
NINE = ("CYP2B6", "CYP2C19", "CYP2C9", "CYP2D6", "CYP3A4", "CYP3A5", "CYP4F2", "SLCO1B1", "TPMT")
SWAPPED = ("rs1801265", "rs776746", "rs3758581", "rs1135840", "rs16947", "rs1058164")
PAIRS = 250


@pytest.fixture(scope="module")
def silent() -> dict[str, np.ndarray]:
    """By gene: the sites without a record in the file."""
    table = load(VCF, Silent())
    seen = observe(table, PGX.genes, range(len(table.samples)))
    return {name: np.flatnonzero((one.first == 0).all(axis=1)) for name, one in seen.items()}


@pytest.mark.real_data
@pytest.mark.skipif(not VCF.is_file(), reason="benchmark data is not here")
@pytest.mark.parametrize("phased", [True, False])
@pytest.mark.parametrize("name", NINE)
def test_a_diplotype_comes_back_or_is_left_open(
    name: str, phased: bool, silent: dict[str, np.ndarray]
) -> None:
    gene = PGX.genes[name]
    pairs = list(combinations_with_replacement(range(len(gene.alleles)), 2))
    if len(pairs) > PAIRS:
        pairs = random.Random(1).sample(pairs, PAIRS)
    phase = np.full(len(gene.sites), 0 if phased else -1)
    first = 0
    for one, two in pairs:
        strands = [allele_states(gene, allele) for allele in (one, two)]
        for strand in strands:
            strand[silent[name]] = 0
        call = call_gene(gene, PGX, strands[0], strands[1], phase, False)
        texts = {f"{gene.alleles[one]}/{gene.alleles[two]}", f"{gene.alleles[two]}/{gene.alleles[one]}"}
        assert texts & {call.diplotype, *call.alternatives}, (texts, call)
        right = call.diplotype in texts
        assert right or call.status is not CallStatus.CALLED, (texts, call)
        first += right
        if phased and not {"*4", "*9"} & {gene.alleles[one], gene.alleles[two]}:
            assert right, (texts, call)
    assert first / len(pairs) > 0.88


@pytest.mark.real_data
@pytest.mark.skipif(not VCF.is_file(), reason="benchmark data is not here")
def test_of_the_nine_genes_the_file_lacks_one_position(silent: dict[str, np.ndarray]) -> None:
    lacking = {PGX.genes[name].sites[site].name for name in NINE for site in silent[name]}
    assert lacking == {"rs2279343"}


@pytest.mark.parametrize("rsid", SWAPPED)
@pytest.mark.parametrize("genotype", [(0, 0), (0, 1), (1, 1)])
def test_a_swapped_reference_base_gives_the_same_call_on_both_builds(
    rsid: str, genotype: tuple[int, int]
) -> None:
    """The person's bases are the same; which of them the file writes as reference is not."""
    name, gene = next((n, g) for n, g in PGX.genes.items() if any(s.name == rsid for s in g.sites))
    site = next(i for i, s in enumerate(gene.sites) if s.name == rsid)
    bases = gene.sites[site]
    assert bases.references[Build.GRCH37] != bases.references[Build.GRCH38]
    reference = allele_states(gene, gene.reference)
    strands = []
    for copy in genotype:
        strand = reference.copy()
        strand[site] = bases.bit(bases.references[Build.GRCH37 if copy else Build.GRCH38])
        strands.append(strand[:, None])
    calls = []
    for build in Build:
        seen = observe(simulate(gene, build, strands[0], strands[1], True), {name: gene}, [0])[name]
        parts = (part[:, 0].copy() for part in (seen.first, seen.second, seen.phase))
        calls.append(call_gene(gene, PGX, *parts, haploid=False, build=build))
    assert calls[0].diplotype == calls[1].diplotype
    assert calls[0].phenotype == calls[1].phenotype
