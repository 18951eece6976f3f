"""Consequences of published variants, and the rules that need no sequence."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from consequence_tables import alleles, table
from known import bundled_knowledge

from genoai_desktop.analysis.annotation.codons import codons_of, outcome_tables, possible
from genoai_desktop.analysis.annotation.consequence import SCHEMA, consequences
from genoai_desktop.analysis.annotation.hgvs import protein_name
from genoai_desktop.analysis.annotation.reference_genome import check_reference
from genoai_desktop.analysis.annotation.terms import Term, impact, words
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf.table import Kind

KNOWLEDGE = bundled_knowledge()


def effect(
    chrom: str, pos: int, ref: str, alt: str, gene: str, build: Build = Build.GRCH38
) -> dict[str, object]:
    frame, _ = consequences(table(alleles((chrom, pos, ref, alt)), build), KNOWLEDGE, Silent())
    assert frame.schema == pl.Schema(SCHEMA)
    return frame.filter(pl.col("gene") == gene).row(0, named=True)


@pytest.mark.parametrize(
    ("place", "gene", "term", "coding", "protein"),
    [
        (("7", 117559590, "ATCT", "A"), "CFTR", "inframe_deletion", "c.1520_1522del", None),
        (("7", 117587806, "G", "A"), "CFTR", "missense_variant", "c.1652G>A", None),
        (("7", 117530975, "G", "A"), "CFTR", "missense_variant", "c.350G>A", None),
        (("7", 117509124, "G", "A"), "CFTR", "synonymous_variant", "c.255G>A", "p.(Gly85=)"),
        (("11", 5227002, "T", "A"), "HBB", "missense_variant", "c.20A>T", "p.(Glu7Val)"),
        (("17", 43124027, "ACT", "A"), "BRCA1", "frameshift_variant", "c.68_69del", None),
        (("7", 117590440, "G", "A"), "CFTR", "splice_donor_variant", "c.1766+1G>A", None),
    ],
)
def test_known_variants(
    place: tuple[str, int, str, str], gene: str, term: str, coding: str, protein: str | None
) -> None:
    found = effect(*place, gene)
    assert found["consequence"] == term
    assert found["hgvs_c"] == coding
    assert found["hgvs_p"] == protein


def test_pfeiffer_variant_on_grch37() -> None:
    found = effect("10", 123256215, "T", "G", "FGFR2", Build.GRCH37)
    assert found["consequence"] == "missense_variant"
    assert found["source"] == "proteins"
    assert (found["aa_ref"], found["region"]) == ("E", "exon 13 of 18")


def test_mitochondrial_genes_use_their_own_code_and_names() -> None:
    rna = effect("MT", 3243, "A", "G", "MT-TL1")
    assert (rna["consequence"], rna["hgvs_c"]) == ("non_coding_transcript_exon_variant", "m.3243A>G")
    assert effect("MT", 11778, "G", "A", "MT-ND4")["consequence"] == "stop_gained or missense_variant"
    masks, _ = outcome_tables(True)
    assert masks[ord("W"), 2, 0, 2] == 1 << Term.SYNONYMOUS


def test_a_contradicting_base_is_a_finding_and_no_call() -> None:
    frame, findings = consequences(
        table(alleles(("11", 5227002, "G", "A")), Build.GRCH38), KNOWLEDGE, Silent()
    )
    row = frame.filter(pl.col("gene") == "HBB").row(0, named=True)
    assert row["consequence"] == "coding_sequence_variant"
    assert row["aa_alt"] is None
    assert row["conflict"]
    assert [finding.code for finding in findings] == ["annotation.reference-base"]


def test_the_open_class_is_named_in_full() -> None:
    assert possible("R", 0, "A", "T", False) == (1 << Term.STOP_GAINED | 1 << Term.MISSENSE, "?")
    assert words(1 << Term.STOP_GAINED | 1 << Term.MISSENSE) == "stop_gained or missense_variant"
    assert impact(1 << Term.STOP_GAINED | 1 << Term.MISSENSE) == 2
    assert impact(1 << Term.STOP_GAINED | 1 << Term.FRAMESHIFT) == 3
    assert codons_of("U") == ("TGA",)
    assert possible("M", 0, "C", "T", False)[0] == 0


def test_the_file_speaks_where_we_cannot_and_conflicts_are_shown() -> None:
    rows = alleles(("7", 117587806, "G", "A"), ("11", 5227002, "T", "A"))
    own = pl.DataFrame(
        {
            "row": [0, 1],
            "gene": ["CFTR", "HBB"],
            "transcript": ["ENST00000003084", "NM_000518.5"],
            "consequence": ["missense_variant&splice_region_variant", "synonymous_variant"],
            "hgvs_c": ["ENST00000003084.11:c.1652G>A", None],
            "hgvs_p": ["ENSP00000003084.6:p.Gly551Asp", None],
            "impact": ["MODERATE", "LOW"],
            "source": ["CSQ", "CSQ"],
        }
    )
    frame, findings = consequences(table(rows, Build.GRCH38, own), KNOWLEDGE, Silent())
    cftr, hbb = (frame.filter(pl.col("gene") == gene).row(0, named=True) for gene in ("CFTR", "HBB"))
    assert (cftr["source"], cftr["hgvs_p"], cftr["conflict"]) == ("file", "p.Gly551Asp", None)
    assert hbb["consequence"] == "synonymous_variant"
    assert "missense_variant" in str(hbb["conflict"])
    assert "annotation.conflict" in {finding.code for finding in findings}


def test_nothing_in_nothing_out_and_cancel() -> None:
    empty = alleles(("7", 1, "A", "C")).clear()
    frame, findings = consequences(table(empty, Build.GRCH38), KNOWLEDGE, Silent())
    assert (frame.height, findings) == (0, ())
    stopped = Silent()
    stopped.cancel()
    with pytest.raises(Cancelled):
        consequences(table(alleles(("7", 1, "A", "C")), Build.GRCH38), KNOWLEDGE, stopped)


@pytest.mark.parametrize(
    ("before", "after", "frameshift", "name"),
    [
        ("MKT*", "MKA*", False, "p.(Thr3Ala)"),
        ("MKTL*", "MTL*", False, "p.(Lys2del)"),
        ("MKTL*", "MKKTL*", False, "p.(Lys2dup)"),
        ("MKTL*", "MKATL*", False, "p.(Lys2_Thr3insAla)"),
        ("MKTL*", "MKGR*", True, "p.(Thr3GlyfsTer3)"),
        ("MKTL*", "M*", True, "p.(Lys2Ter)"),
        ("MKTL*", "MKTLR", False, "p.(Ter5ArgextTer?)"),
    ],
)
def test_protein_names(before: str, after: str, frameshift: bool, name: str) -> None:
    assert protein_name(before, after, frameshift) == name


@pytest.mark.parametrize(
    "content", [b"", b"plain text", b"\x1f\x8b\x08\x00aaaaaaaaaaaaaaa", b">nonsense\nACGT\n"]
)
def test_a_file_that_is_no_reference_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "genome.fa"
    path.write_bytes(content)
    with pytest.raises(UserError):
        check_reference(path, Build.GRCH38, KNOWLEDGE)


def _pair(strands: tuple[int, int], dosage: int = 1) -> list[str]:
    """Both changes of CFTR codon 117 (c.349C>T, c.350G>A) in one person."""
    base = table(alleles(("7", 117530974, "C", "T"), ("7", 117530975, "G", "A")), Build.GRCH38)
    genotypes = [
        pl.lit(dosage, pl.Int8).alias("s0_dosage"),
        pl.lit(2, pl.UInt8).alias("s0_called"),
        pl.Series("s0_strand", strands, dtype=pl.UInt8),
        pl.lit(None, pl.Int32).alias("s0_ps"),
    ]
    phased = replace(base, frame=base.frame.with_columns(genotypes), samples=("A",))
    frame, _ = consequences(phased, KNOWLEDGE, Silent())
    return [str(text) for text in frame.filter(pl.col("gene") == "CFTR")["conflict"]]


def test_two_changes_in_one_codon() -> None:
    """CGN, two bases changed: TAN is tyrosine or stop."""
    assert all("on one copy" in text and "stop_gained or missense_variant" in text for text in _pair((1, 1)))
    assert all("on one copy" in text for text in _pair((0, 0), dosage=2))
    assert all("if on one copy" in text for text in _pair((0, 0)))
    assert _pair((1, 2)) == ["None", "None"]


def test_symbolic_alleles() -> None:
    base = table(alleles(("7", 117480000, "A", "<DEL>"), ("7", 117500000, "A", "<DEL>")), Build.GRCH38)
    ends = pl.Series("end", [117670000, 117500300], dtype=pl.UInt32)
    kinds = pl.lit(int(Kind.SYMBOLIC), pl.UInt8).alias("kind")
    frame, _ = consequences(replace(base, frame=base.frame.with_columns(ends, kinds)), KNOWLEDGE, Silent())
    found = frame.filter(pl.col("gene") == "CFTR")
    assert found["consequence"].to_list() == ["transcript_ablation", "intron_variant"]
    assert found["impact"].to_list() == [3, 0]


@pytest.mark.parametrize("said", ["splice_region", "coding_sequence_variant", "made_up_term"])
def test_a_file_that_says_less_does_not_replace_a_certain_call(said: str) -> None:
    own = pl.DataFrame(
        {"row": [0], "gene": ["HBB"], "transcript": ["NM_000518.4"], "consequence": [said]}
        | {"hgvs_c": [None], "hgvs_p": [None], "impact": ["LOW"], "source": ["BCSQ"]},
        schema_overrides={"hgvs_c": pl.String, "hgvs_p": pl.String},
    )
    frame, findings = consequences(
        table(alleles(("11", 5227002, "T", "A")), Build.GRCH38, own), KNOWLEDGE, Silent()
    )
    row = frame.filter(pl.col("gene") == "HBB").row(0, named=True)
    assert (row["consequence"], row["source"], row["conflict"]) == ("missense_variant", "proteins", None)
    assert not findings


def test_intronic_in_the_file_and_coding_here_is_a_conflict() -> None:
    own = pl.DataFrame(
        {"row": [0], "gene": ["HBB"], "transcript": ["NM_000518.4"], "consequence": ["intron_variant"]}
        | {"hgvs_c": [None], "hgvs_p": [None], "impact": ["MODIFIER"], "source": ["CSQ"]},
        schema_overrides={"hgvs_c": pl.String, "hgvs_p": pl.String},
    )
    frame, _ = consequences(table(alleles(("11", 5227002, "T", "A")), Build.GRCH38, own), KNOWLEDGE, Silent())
    row = frame.filter(pl.col("gene") == "HBB").row(0, named=True)
    assert row["conflict"]
    assert row["impact"] == 2
