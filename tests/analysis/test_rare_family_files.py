"""Families as laboratories deliver them: a VCF and a PED file, from the text to the explained candidate."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.analysis.rare_disease import fate, rank
from genoai_desktop.domain.case import Case, ObservedTerm
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.vcf import load, read_ped

KNOWLEDGE = bundled_knowledge()
HEAD = "##fileformat=VCFv4.2\n" + "".join(
    f"##contig=<ID=chr{name},assembly=GRCh38>\n" for name in (*range(1, 23), "X", "Y", "M")
)
for _name, _number in (("GT", "1"), ("AD", "R"), ("DP", "1"), ("GQ", "1"), ("PS", "1")):
    _kind = "String" if _name == "GT" else "Integer"
    HEAD += f'##FORMAT=<ID={_name},Number={_number},Type={_kind},Description="{_name}">\n'
CYSTIC_FIBROSIS = ("HP:0002110", "HP:0001738", "HP:0004401")
PFEIFFER = ("HP:0001156", "HP:0001363", "HP:0011304", "HP:0010055")
DUCHENNE, LEIGH = ("HP:0003560", "HP:0003236"), ("HP:0003128", "HP:0002490", "HP:0001252")
MADELUNG = ("HP:0003067", "HP:0004322", "HP:0003027")
# Places are GRCh38; each is a published pathogenic allele.
F508DEL, G551D = "chr7 117559590 ATCT A", "chr7 117587806 G A"
S252W, DMD_STOP, DMD_SHIFT = "chr10 121520163 G C", "chrX 31147307 G A", "chrX 31147508 CT C"
SHOX, MELAS = "chrX 640851 C T", "chrM 3243 A G"
TRIO = ("f kid dad mom 1 2", "f mom 0 0 2 1", "f dad 0 0 1 1")
ALONE = ("f kid 0 0 1 2",)


@dataclass(frozen=True)
class Read:
    """The best candidate of a gene, with the fates of all rows."""

    best: Candidate
    fates: list[str | None]

    @property
    def said(self) -> str:
        return " | ".join(c.text for c in self.best.contributions if c.kind == "inheritance")

    @property
    def fit(self) -> float:
        return sum(c.log_odds for c in self.best.contributions if c.kind == "inheritance")


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A function of samples, calls by allele, PED lines, terms and gene; ClinVar is switched off."""

    def opened(
        samples: str, calls: dict[str, str], ped: tuple[str, ...], terms: tuple[str, ...], gene: str
    ) -> Read:
        lines = ["#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT " + samples]
        for allele, genotypes in calls.items():
            chrom, pos, ref, alt = allele.split()
            keys = "GT:AD:DP:GQ:PS" if genotypes.split()[0].count(":") == 4 else "GT:AD:DP:GQ"
            lines.append(f"{chrom} {pos} . {ref} {alt} 99 PASS . {keys} {genotypes}")
        vcf, pedigree = tmp_path / "family.vcf", tmp_path / "family.ped"
        vcf.write_text(HEAD + "\n".join(line.replace(" ", "\t") for line in lines) + "\n")
        pedigree.write_text("\n".join(line.replace(" ", "\t") for line in ped) + "\n")
        data = annotate(load(vcf, Silent(), build=Build.GRCH38), KNOWLEDGE, Silent())
        case = Case("c", "kid", read_ped(pedigree), Build.GRCH38, tuple(ObservedTerm(t) for t in terms))
        result = rank(case, data, KNOWLEDGE, Silent(), use_clinvar=False)
        best = next(c for c in result.candidates if c.gene == gene and c.variants)
        steps = [fate(data, case, row, KNOWLEDGE) for row in range(data.table.height)]
        return Read(best, [step.id if step else None for step in steps])

    return opened


HET, REF, HOM = "0/1:20,20:40:60", "0/0:40,0:40:60", "1/1:0,40:40:60"


# ---- parents whose calls are poor ------------------------------------------------------------------


def test_a_parent_called_reference_on_half_its_reads_does_not_make_a_variant_new(read) -> None:  # type: ignore[no-untyped-def]
    calls = {S252W: f"{HET} 0/0:20,18:38:40 {REF}"}
    assert "New in the patient" not in read("kid mom dad", calls, TRIO, PFEIFFER, "FGFR2").said


def test_few_reads_of_a_called_allele_are_chance_and_not_a_mosaic(read) -> None:  # type: ignore[no-untyped-def]
    few = read("kid mom dad", {S252W: f"{HET} 0/1:9,3:12:60 {REF}"}, TRIO, PFEIFFER, "FGFR2")
    many = read("kid mom dad", {S252W: f"{HET} 0/1:90,10:100:60 {REF}"}, TRIO, PFEIFFER, "FGFR2")
    assert "unaffected relative has the same" in few.said
    assert "mosaic" in many.said
    assert many.fit > few.fit


def test_a_parent_read_thousands_of_times_is_weighed_like_others(read) -> None:  # type: ignore[no-untyped-def]
    deep = read("kid mom dad", {S252W: f"{HET} 0/1:9000,900:9900:99 {REF}"}, TRIO, PFEIFFER, "FGFR2")
    assert "mosaic" in deep.said


def test_a_trace_in_a_parent_is_named_and_neither_new_nor_inherited(read) -> None:  # type: ignore[no-untyped-def]
    """Mosaicism of the parent or a contaminated sample: both leave such a trace."""
    traced = read("kid mom dad", {S252W: f"{HET} {REF} 0/0:57,3:60:99"}, TRIO, PFEIFFER, "FGFR2")
    assert "mosaic" in traced.said
    assert 0 < traced.fit < 3


def test_a_relatives_genotype_of_low_quality_says_nothing(read) -> None:  # type: ignore[no-untyped-def]
    ped = ("f kid dad mom 1 2", "f sib dad mom 1 1")
    poor = read("kid sib", {S252W: f"{HET} 0/1:2,2:4:4"}, ped, PFEIFFER, "FGFR2")
    good = read("kid sib", {S252W: f"{HET} {HET}"}, ped, PFEIFFER, "FGFR2")
    assert "unaffected relative" not in poor.said
    assert good.fit == pytest.approx(poor.fit - 4)


@pytest.mark.parametrize("missing", ["./.:0,0:0:.", ".:.:.:.", "./.:.:.:."])
def test_a_missing_call_of_a_parent_leaves_the_pair(read, missing: str) -> None:  # type: ignore[no-untyped-def]
    calls = {F508DEL: f"{HET} {HET} {missing}", G551D: f"{HET} {missing} {HET}"}
    found = read("kid mom dad", calls, TRIO, CYSTIC_FIBROSIS, "CFTR")
    assert len(found.best.variants) == 2
    assert "could not be told" in found.said


# ---- phase -----------------------------------------------------------------------------------------


def test_phase_holds_within_a_set_and_not_across(read) -> None:  # type: ignore[no-untyped-def]
    def phased(first: str, second: str) -> str:
        calls = {F508DEL: f"0|1:20,20:40:60:{first}", G551D: f"1|0:20,20:40:60:{second}"}
        return str(read("kid", calls, ALONE, CYSTIC_FIBROSIS, "CFTR").said)

    assert "different copies, by phasing" in phased("100", "100")
    assert "could not be told" in phased("100", "200")


def test_a_deletion_and_the_star_beside_a_substitution_are_on_different_copies(read) -> None:  # type: ignore[no-untyped-def]
    """VCF 4.3: ``*`` is a copy that an upstream deletion took away; two bases apart, yet no single event."""
    calls = {F508DEL: HET, "chr7 117559592 C G,*": "1/2:0,20,20:40:60"}
    found = read("kid", calls, ALONE, CYSTIC_FIBROSIS, "CFTR")
    assert len(found.best.variants) == 2
    assert "takes away the place" in found.said
    close = read("kid", {F508DEL: HET, "chr7 117559592 C G": HET}, ALONE, CYSTIC_FIBROSIS, "CFTR")
    assert found.best.score > close.best.score


def test_phasing_against_a_parent_who_has_both_is_said_and_stays(read) -> None:  # type: ignore[no-untyped-def]
    """Heterodisomy, or a wrong phase: the child has them on two copies, the mother both, the father none."""
    calls = {
        F508DEL: "0|1:20,20:40:60 0|1:20,20:40:60 0/0:40,0:40:60",
        G551D: "1|0:20,20:40:60 1|0:20,20:40:60 0/0:40,0:40:60",
    }
    found = read("kid mom dad", calls, TRIO, CYSTIC_FIBROSIS, "CFTR")
    assert "disagree" in found.said
    assert found.best.variants


def test_three_alleles_of_a_place_in_three_people(read) -> None:  # type: ignore[no-untyped-def]
    calls = {"chr7 117587806 G A,T": "1/2:0,20,20:40:60 0/1:20,20,0:40:60 0/2:20,0,20:40:60"}
    found = read("kid mom dad", calls, TRIO, CYSTIC_FIBROSIS, "CFTR")
    assert "each copy has one" in found.said


# ---- large families --------------------------------------------------------------------------------


def test_grandmother_and_cousin_speak_through_untested_people(read) -> None:  # type: ignore[no-untyped-def]
    ped = (
        "f kid dad mom 1 2", "f mom gpa gma 2 0", "f gma 0 0 2 2", "f aunt gpa gma 2 2",
        "f cousin uncle aunt 1 2",
    )  # fmt: skip
    found = read("kid gma cousin", {S252W: f"{HET} {HET} {HET}"}, ped, PFEIFFER, "FGFR2")
    assert found.said.count("An affected relative has the same genotype") == 2


def test_an_affected_sister_without_a_sample_changes_nothing(read) -> None:  # type: ignore[no-untyped-def]
    calls = {F508DEL: f"{HOM} {HET} {HET}"}
    with_her = read("kid mom dad", calls, (*TRIO, "f sis dad mom 2 2"), CYSTIC_FIBROSIS, "CFTR")
    assert with_her.fit == read("kid mom dad", calls, TRIO, CYSTIC_FIBROSIS, "CFTR").fit


def test_a_healthy_homozygous_sister_lowers_and_keeps_it(read) -> None:  # type: ignore[no-untyped-def]
    ped = (*TRIO, "f sis dad mom 2 1")
    calls = {F508DEL: f"{HOM} {HET} {HET} {HOM}"}
    found = read("kid mom dad sis", calls, ped, CYSTIC_FIBROSIS, "CFTR")
    assert found.fates == [None]
    without = read("kid mom dad", {F508DEL: f"{HOM} {HET} {HET}"}, TRIO, CYSTIC_FIBROSIS, "CFTR")
    assert found.fit == pytest.approx(without.fit - 4)


def test_an_affected_twin_shares_what_is_new(read) -> None:  # type: ignore[no-untyped-def]
    calls = {S252W: f"{HET} {HET} {REF} {REF}"}
    found = read("kid twin mom dad", calls, (*TRIO, "f twin dad mom 1 2"), PFEIFFER, "FGFR2")
    assert "New in the patient" in found.said
    assert "affected relative has the same genotype" in found.said


# ---- sex chromosomes and mitochondria ----------------------------------------------------------------


def test_in_the_pseudoautosomal_region_a_man_has_two_copies(read) -> None:  # type: ignore[no-untyped-def]
    ped = ("f kid dad 0 1 2", "f dad 0 0 1 2")
    found = read("kid dad", {SHOX: f"{HET} {HET}"}, ped, MADELUNG, "SHOX")
    assert found.best.inheritance == ("AD",) or "dominant" in found.said
    assert "affected relative has the same" in found.said


def test_two_kinds_of_reads_on_a_boys_x_are_said(read) -> None:  # type: ignore[no-untyped-def]
    ped = ("f kid 0 mom 1 2", "f mom 0 0 2 1")
    mixed = read("kid mom", {DMD_STOP: f"{HET} {REF}"}, ped, DUCHENNE, "DMD")
    assert "Two kinds of reads" in mixed.said
    nearly = read("kid mom", {DMD_STOP: f"0/1:1,39:40:60 {HET}"}, ped, DUCHENNE, "DMD")
    hemizygous = read("kid mom", {DMD_STOP: f"{HOM} {HET}"}, ped, DUCHENNE, "DMD")
    assert nearly.fit == hemizygous.fit > mixed.fit


def test_a_girl_with_a_change_on_each_x_is_no_carrier(read) -> None:  # type: ignore[no-untyped-def]
    """One from her carrier mother, one from her affected father."""
    ped = ("f kid dad mom 2 2", "f mom 0 0 2 1", "f dad 0 0 1 2")
    calls = {DMD_STOP: f"{HET} {HET} 0:40,0:40:60", DMD_SHIFT: f"{HET} {REF} 1:0,40:40:60"}
    found = read("kid mom dad", calls, ped, DUCHENNE, "DMD")
    assert len(found.best.variants) == 2
    assert "carrier" not in found.said
    assert "affected relative does not" not in found.said
    healthy = (*ped[:2], "f dad 0 0 1 1")
    assert read("kid mom dad", calls, healthy, DUCHENNE, "DMD").fit < found.fit - 3


def test_a_heteroplasmic_transfer_rna_variant_needs_no_clinvar(read) -> None:  # type: ignore[no-untyped-def]
    ped = ("f kid 0 mom 1 2", "f mom 0 0 2 1")
    found = read("kid mom", {MELAS: "0/1:60,140:200:99 0/1:180,20:200:99"}, ped, LEIGH, "MT-TL1")
    assert found.fates == [None]
    assert "mosaic" not in found.said
    assert "New in the patient" not in found.said


def test_a_microrna_without_a_transcript_of_mane_is_a_candidate(read) -> None:  # type: ignore[no-untyped-def]
    """MIR184 (keratoconus with cataract). The source names no strand, so that no name is made of it."""
    found = read("kid", {"chr15 79209844 C T": HET}, ALONE, ("HP:0000563", "HP:0000518"), "MIR184")
    assert found.fates == [None]
    assert found.best.rank == 1
    assert found.best.variants[0].hgvs_c == ""
    assert found.best.variants[0].hgvs_g
