"""Genes, transcripts on both builds, constraint, cytobands: facts that anybody can look up."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from known import bundled_knowledge

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.genes import Genes

KNOWLEDGE = bundled_knowledge()


@pytest.fixture(scope="module")
def genes() -> Genes:
    return KNOWLEDGE.genes


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("BRCA1", "BRCA1"),
        ("brca1", "BRCA1"),
        ("HER2", "ERBB2"),
        ("HGNC:1100", "BRCA1"),
        ("ENSG00000066468", "FGFR2"),
    ],
)
def test_a_gene_is_found_by_every_name(genes: Genes, name: str, symbol: str) -> None:
    found = genes.find(name)
    assert found is not None
    assert found.symbol == symbol


def test_an_unknown_or_shared_name_is_not_guessed(genes: Genes) -> None:
    assert genes.find("NOT-A-GENE") is None
    shared = next(name for name in ("CAP1", "P40", "p40", "ASP") if len(genes.candidates(name)) > 1)
    assert genes.find(shared) is None


@pytest.mark.parametrize(
    ("build", "start", "end"), [(Build.GRCH38, 117480095, 117667108), (Build.GRCH37, 117120149, 117307162)]
)
def test_cftr_on_both_builds(genes: Genes, build: Build, start: int, end: int) -> None:
    transcript = genes.transcript("CFTR", build)
    assert transcript is not None
    assert transcript.refseq == "NM_000492.4"
    assert transcript.cds == (start, end)
    assert len(transcript.exons) == 27
    assert not transcript.reverse
    assert len(transcript.protein) == 1480
    assert transcript.protein[507] == "F"
    assert transcript.native


def test_genes_at_a_place(genes: Genes) -> None:
    assert genes.at("chr7", 117559590, 117559592, Build.GRCH38) == ("CFTR",)
    assert genes.at("MT", 3243, 3243, Build.GRCH37) == ("MT-TL1",)
    assert genes.at("7", 1, 10, Build.GRCH38) == ()


def test_constraint_disease_and_lists(genes: Genes) -> None:
    constraint = genes.constraint("SCN1A")
    assert constraint is not None
    assert constraint.pli is not None
    assert constraint.pli > 0.99
    assert genes.constraint("NOT-A-GENE") is None
    assert any(item.requirement == "biallelic" for item in genes.diseases("CEP290"))
    assert any(item.classification == "Definitive" for item in genes.validity("ABCA4"))
    assert len(genes.secondary_findings) == 84
    assert genes.disease_frame().filter(gene="CEP290").height


def test_values_are_frozen(genes: Genes) -> None:
    gene = genes.find("TP53")
    with pytest.raises(FrozenInstanceError):
        gene.symbol = "X"  # type: ignore[misc, union-attr]


@pytest.mark.parametrize(("build", "length"), [(Build.GRCH37, 63_025_520), (Build.GRCH38, 64_444_167)])
def test_cytobands_tile_the_chromosomes(genes: Genes, build: Build, length: int) -> None:
    lengths = genes.chromosome_lengths(build)
    assert lengths["20"] == length
    assert lengths["MT"] == 16_569
    assert len(lengths) == 25
    last: dict[str, int] = {}
    for band in genes.cytobands(build):
        assert band.locus.start == last.get(band.locus.chromosome, 0) + 1
        last[band.locus.chromosome] = band.locus.end


@pytest.mark.parametrize("build", list(Build))
def test_models_are_sound(genes: Genes, build: Build) -> None:
    models = genes.models(build)
    assert (models.exon_end >= models.exon_start).all()
    assert (models.cds_offset >= 0).all()
    assert (models.cds_offset + models.cds_length <= models.length).all()
    with_protein = models.protein >= 0
    assert with_protein.sum() > 17_000
    first, stop = models.protein[with_protein], models.cds_length[with_protein] // 3 - 1
    assert (models.residues[first + stop] == ord("*")).all()
    # The MANE start is ATG but for a handful of genes.
    assert (models.residues[first] == ord("M")).mean() > 0.999


@given(st.integers(0, 10**9), st.sampled_from(list(Build)))
def test_offsets_go_to_the_genome_and_back(seed: int, build: Build) -> None:
    models = KNOWLEDGE.genes.models(build)
    transcript = seed % models.height
    offset = seed % int(models.length[transcript])
    position = models.genomic(transcript, offset)
    spot = models.locate(np.array([transcript]), np.array([position]))
    assert (int(spot.offset[0]), int(spot.intron[0])) == (offset, 0)


@pytest.mark.parametrize("build", [Build.GRCH38, Build.GRCH37])
@pytest.mark.parametrize(("gene", "size"), [("RNU4-2", 145), ("RNU4ATAC", 130), ("RMRP", 270), ("TERC", 451)])
def test_rna_genes_have_one_exon_and_no_coding_sequence(
    genes: Genes, gene: str, size: int, build: Build
) -> None:
    found = genes.transcript(gene, build)
    assert found is not None
    assert found.cds is None
    assert [end - start + 1 for start, end in found.exons] == [size]
    assert found.refseq.startswith("NR_")


def test_a_gene_whose_transcript_lies_on_a_patch_is_placed_on_its_chromosome(genes: Genes) -> None:
    found = genes.transcript("POLR2A", Build.GRCH38)
    assert found is not None
    assert found.locus.chromosome == "17"
    assert len(found.protein) == 1970
    inexact = genes.transcript("SHANK3", Build.GRCH38)
    assert inexact is not None
    assert inexact.protein == ""  # the chromosome's sequence has a gap there: residues are not numbered


def test_transcripts_bear_the_approved_symbol(genes: Genes) -> None:
    """MANE still says CENPJ and CCDC115; HGNC has renamed both."""
    for symbol, older in (("CPAP", "CENPJ"), ("VMA22", "CCDC115")):
        found = genes.transcript(older, Build.GRCH38)
        assert found is not None
        assert found.gene == symbol
