"""What chance puts into a person's genes: crowded genes, homozygous changes, errors of the reference."""

from dataclasses import replace
from pathlib import Path

import pytest
from known import bundled_knowledge
from test_rare_inheritance import CYSTIC_FIBROSIS, PFEIFFER, family_case, texts
from test_rare_ranking import annotated, of_gene, variant

from genoai_desktop.analysis.annotation.annotated import annotate
from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.analysis.rare_disease.chance import ByChance, seen_in
from genoai_desktop.analysis.rare_disease.gene_names import RISK_GENE, gene_weights, harmed_by_one_loss
from genoai_desktop.analysis.rare_disease.gene_rows import _essential
from genoai_desktop.analysis.rare_disease.homozygosity import Homozygous, Kind, kind_of
from genoai_desktop.analysis.rare_disease.variant_evidence import Allele, evidence
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.vcf import load

KNOWLEDGE = bundled_knowledge()
SHIFT = {"consequence": "frameshift_variant", "impact": 3}


def allele(gene: str = "CFTR", row: int = 0, **more: object) -> Allele:
    site = {
        "chrom": 7, "pos": 117559590, "freq_kind": 0, "freq_max": None, "clinvar_class": 0,
        "clinvar_stars": 0, "clinvar_dated": False, "ref": "A", "alt": "G",
    }  # fmt: skip
    effect = (str(more.pop("consequence", "missense_variant")), int(str(more.pop("impact", 2))))
    return Allele.read(row, gene, effect, {**site, **more})


def total(found: Allele, *, recessive: bool = True) -> float:
    return sum(c.log_odds for c in evidence(found, recessive=recessive, use_clinvar=False))


def ranked(rows: list[dict[str, object]], gene: str, terms: tuple[str, ...] = CYSTIC_FIBROSIS) -> Candidate:
    return of_gene(rank(family_case(terms), annotated(rows, ("child",)), KNOWLEDGE, Silent()), gene)


def both(gene: str, pos: int, **more: object) -> dict[str, object]:
    return variant(gene, 7, pos, ["1/1"], **more)  # type: ignore[arg-type]


# ---- crowded and variable genes -----------------------------------------------------------------------


def test_listed_coding_variants_of_the_person_are_counted_by_gene() -> None:
    rows = [variant("CFTR", 7, 100 + i, ["0/1"], frequency=0.2) for i in range(3)]
    rows.append(variant("CFTR", 7, 200, ["0/0"], frequency=0.2))  # not carried
    rows.append(variant("CFTR", 7, 300, ["0/1"]))  # not listed
    rows.append(variant("CFTR", 7, 400, ["0/1"], frequency=0.2, consequence="intron_variant", impact=0))
    assert seen_in(annotated(rows, ("child",)), 0) == {"CFTR": 3}


def test_a_finding_in_a_gene_full_of_this_persons_variants_says_less() -> None:
    usual, crowded = (ByChance(KNOWLEDGE, {"CFTR": seen})("CFTR", [allele()]) for seen in (1, 20))
    assert sum(c.log_odds for c in crowded) < sum(c.log_odds for c in usual) - 1.5
    assert any("This person has 20 known variants" in c.text for c in crowded)
    assert not any("This person" in c.text for c in usual)


def test_few_variants_are_no_evidence_for_a_gene() -> None:
    """A file of rare variants alone, or a panel, says nothing about how many the person has."""
    none, usual = (ByChance(KNOWLEDGE, {"TTN": seen})("TTN", [allele("TTN")]) for seen in (0, 30))
    assert none == usual


def test_a_gene_in_which_gnomad_saw_many_missense_changes_says_less_of_them_alone() -> None:
    def said(gene: str, found: Allele) -> float:
        return sum(c.log_odds for c in ByChance(KNOWLEDGE, {})(gene, [found]) if "gnomAD" in c.text)

    assert said("CTU2", allele("CTU2")) < 0 < said("CHD8", allele("CHD8"))
    assert said("CTU2", allele("CTU2", consequence="stop_gained", impact=3)) == 0


def test_a_gene_without_a_bundled_protein_has_its_length_from_gnomad() -> None:
    assert any("long genes" in c.text for c in ByChance(KNOWLEDGE, {})("TTN", [allele("TTN")]))


# ---- homozygous changes ---------------------------------------------------------------------------------


def test_the_more_a_person_has_of_a_kind_the_less_one_says() -> None:
    few = [allele(row=i) for i in range(2)]
    many = [allele(row=i) for i in range(20)]
    low, high = (Homozygous.count(m, range(len(m))).reason(m[0]).log_odds for m in (many, few))
    assert low < high - 1


def test_kinds_are_counted_apart() -> None:
    """Many homozygous deletions, common but unlisted, take nothing from a homozygous substitution."""
    shifts = [allele(row=i, ref="AT", alt="A", consequence="frameshift_variant", impact=3) for i in range(12)]
    stop = allele(row=50, consequence="stop_gained", impact=3)
    found = Homozygous.count([*shifts, stop], range(60))
    assert kind_of(shifts[0]) is Kind.SHIFTED
    assert found.reason(stop).log_odds > found.reason(shifts[0]).log_odds + 1.5
    assert "12 other genes" not in found.reason(stop).text


def test_a_homozygous_change_in_frame_says_less_than_a_missense_change() -> None:
    inside = [both("CFTR", 117559590, consequence="inframe_deletion") | {"ref": "ATCT", "alt": "A"}]
    assert ranked([both("CFTR", 117559590)], "CFTR").score > ranked(inside, "CFTR").score


# ---- the reference, and losses that many people have ----------------------------------------------------


def test_an_insertion_where_the_reference_lacks_bases_is_no_loss() -> None:
    row = both("CFTR", 117559590, **SHIFT) | {"ref": "AT", "alt": "A"}
    data = annotated([row], ("child",))
    wrong = data.effects.with_columns(misfit=True)
    case = family_case(CYSTIC_FIBROSIS)
    plain = of_gene(rank(case, data, KNOWLEDGE, Silent()), "CFTR")
    odd = type(data)(data.table, wrong, data.variants)
    found = of_gene(rank(case, odd, KNOWLEDGE, Silent()), "CFTR")
    assert found.score < plain.score - 3
    assert "may put it right" in texts(found)


def test_an_unlisted_loss_is_weighed_by_the_commonest_loss_of_the_gene() -> None:
    shift = allele(ref="AT", consequence="frameshift_variant", impact=3)
    values = {}
    for gene in ("CFTR", "CTU2"):
        seen = KNOWLEDGE.genes.variability(gene).loss_frequency
        values[gene] = total(replace(shift, loss_frequency=seen))
    assert values["CTU2"] == pytest.approx(values["CFTR"] - 3.0)  # seen at 80 % and at 0.05 %


# ---- calls whose codon is not known, and the gene's part in the disease -----------------------------------


def test_an_open_call_counts_by_what_it_may_be() -> None:
    words = (
        "stop_gained", "stop_gained or missense_variant", "missense_variant",
        "missense_variant or synonymous_variant",
    )  # fmt: skip
    values = [total(allele(consequence=w, impact=3 if w == "stop_gained" else 2)) for w in words]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(words)


def test_a_gene_with_a_small_part_in_a_disease_counts_less_and_one_of_susceptibility_least() -> None:
    weights, index = gene_weights(KNOWLEDGE), KNOWLEDGE.phenotypes.disease_index
    tuberous, sclerosis = index("OMIM:613254"), index("OMIM:126200")
    assert tuberous is not None
    assert sclerosis is not None
    assert weights[tuberous, "TSC2"] > -0.1 > -0.5 > weights[tuberous, "IFNG"]
    assert weights[sclerosis, "HLA-DRB1"] == RISK_GENE


def test_the_part_of_the_gene_is_among_the_reasons() -> None:
    rows = [variant("FGFR2", 10, 1000, ["0/1"])]
    result = rank(family_case(PFEIFFER), annotated(rows, ("child",)), KNOWLEDGE, Silent())
    part = [
        c for one in result.candidates for c in one.contributions if c.text.startswith("Other genes have")
    ]
    assert part
    assert all(c.log_odds < 0 for c in part)


def test_genes_of_families_without_diseases_start_lower() -> None:
    prior = _essential(KNOWLEDGE)
    assert prior["OR51F1"] < prior["KRTAP4-1"] + 1 < prior["UNC13A"]


def test_a_known_mechanism_outweighs_what_the_population_bears() -> None:
    """Marfan syndrome (FBN1) would pass by LOEUF alone; a gene that many people lack a copy of would not."""
    stop = allele(consequence="stop_gained", impact=3)
    borne, known = (replace(stop, loeuf=1.2, loss_known=one) for one in (False, True))
    assert total(known, recessive=False) > total(borne, recessive=False) + 2
    assert total(known) == total(borne)
    assert "FBN1" in harmed_by_one_loss(KNOWLEDGE)
    assert "CFTR" not in harmed_by_one_loss(KNOWLEDGE)


def test_a_base_more_in_a_run_near_a_splice_site_says_less_than_a_substitution_there() -> None:
    near = allele(consequence="splice_region_variant", impact=1)
    assert total(replace(near, indel=True)) == pytest.approx(total(near) - 1.5)
    fifth = allele(consequence="splice_donor_5th_base_variant", impact=1)
    assert total(fifth) > total(near)


def test_annotation_marks_where_grch37_lacks_a_base(tmp_path: Path) -> None:
    """NR2E3: a deletion with which everyone differs from GRCh37; CFTR's is a deletion of three bases."""
    head = "##fileformat=VCFv4.2\n##contig=<ID=7,assembly=GRCh37>\n##contig=<ID=15,assembly=GRCh37>\n"
    columns = "#CHROM POS ID REF ALT QUAL FILTER INFO".replace(" ", "\t")
    rows = "7\t117199644\t.\tATCT\tA\t50\tPASS\t.\n15\t72105928\t.\tAC\tA\t50\tPASS\t.\n"
    path = tmp_path / "two.vcf"
    path.write_text(f"{head}{columns}\n{rows}")
    effects = annotate(load(path, Silent(), build=Build.GRCH37), KNOWLEDGE, Silent()).effects
    assert dict(effects.select("gene", "misfit").iter_rows()) == {"CFTR": False, "NR2E3": True}
