"""Each criterion on constructed facts, with the bundled thresholds."""

from dataclasses import replace
from typing import Any

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.classification.assess import assess
from genoai_desktop.analysis.classification.facts import (
    Known,
    LossOfFunction,
    Neighbour,
    Panel,
    StartLoss,
    VariantFacts,
)
from genoai_desktop.analysis.classification.family import FamilyFacts, gather_family, in_trans, known_partner
from genoai_desktop.analysis.classification.gather import Gatherer
from genoai_desktop.analysis.classification.rules import Rules, read_rules
from genoai_desktop.analysis.classification.stated import settled
from genoai_desktop.domain.acmg import Verdict
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person, Sex
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.variant import ClinVarEntry, Frequency, FrequencyKind, ReportedVariant, Zygosity

MISSENSE = VariantFacts("GENE", ("missense_variant",), aa_position=50, protein_length=100, listed_region=True)
STOP = VariantFacts(
    "GENE", ("stop_gained",), loss_of_function=LossOfFunction.ESTABLISHED, aa_position=50, protein_length=100
)
SILENT = VariantFacts("GENE", ("synonymous_variant",), splice_distance=20)
MEASURED = replace(MISSENSE, frequency_kind=FrequencyKind.MEASURED)
LISTED = replace(MISSENSE, frequency_kind=FrequencyKind.LISTED)
PANEL = Panel("a panel", 0.001, 0.0001, pp2=True, truncating=(1, 60), hot=((40, 60, 1),))
STRONG_PM1 = replace(PANEL, hot=((40, 60, 4),))
OTHER = Neighbour("A50V", pathogenic=True, source="ClinVar")
KNOWN = Known("c.1A>G", definite=True, source="ClinVar")
SPLICE = VariantFacts("GENE", ("splice_region_variant",), splice_distance=5, intronic=True)
LOST_SITE = replace(STOP, consequence=("splice_donor_variant",), loss_of_function=LossOfFunction.LIKELY)
DEEP = VariantFacts("GENE", ("intron_variant",), splice_distance=30, intronic=True)
GRADED = replace(PANEL, null=(10, 60), strong_to=80, rest_points=1, start_points=4)
LATE = replace(PANEL, null=(10, 9), strong_to=80)
COLD = replace(PANEL, bp1_points=4, bp1_except=((10, 20),))


def family(recessive: bool | None = None, **facts: Any) -> VariantFacts:
    return replace(MISSENSE, recessive=recessive, family=FamilyFacts(**facts))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(bundled_knowledge().bundle)


def codes(facts: VariantFacts, rules: Rules, verdict: Verdict) -> tuple[str, ...]:
    return assess(facts, rules).codes(verdict)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (STOP, "PVS1"),
        (replace(STOP, loss_of_function=LossOfFunction.LIKELY), "PVS1_Strong"),
        (replace(STOP, escapes_decay=True), "PVS1_Strong"),
        (replace(STOP, escapes_decay=True, aa_position=95), "PVS1_Moderate"),
        (replace(STOP, consequence=("start_lost",)), "PVS1_Moderate"),
        (replace(STOP, escapes_decay=True, aa_position=95, lost_truncations=2), "PVS1_Strong"),
        (replace(STOP, escapes_decay=True, panel=replace(PANEL, null=(1, 60))), "PVS1"),
        (replace(STOP, escapes_decay=True, aa_position=70, panel=GRADED), "PVS1_Strong"),
        (replace(STOP, escapes_decay=True, aa_position=95, panel=GRADED), "PVS1_Supporting"),
        (replace(STOP, aa_position=10, panel=LATE), "PVS1"),
        (replace(STOP, escapes_decay=True, aa_position=70, panel=LATE), "PVS1_Strong"),
        (replace(STOP, loss_of_function=LossOfFunction.UNKNOWN, panel=GRADED), "PVS1"),
        (replace(STOP, consequence=("start_lost",), panel=GRADED), "PVS1_Strong"),
        (replace(STOP, consequence=("start_lost",), start=StartLoss(40, 3)), "PVS1_Moderate"),
        (replace(STOP, consequence=("start_lost",), start=StartLoss(40, 0)), "PVS1_Supporting"),
        (replace(MISSENSE, same_change=KNOWN), "PS1"),
        (replace(MISSENSE, same_change=replace(KNOWN, definite=False)), "PS1_Moderate"),
        (replace(SPLICE, same_site=KNOWN), "PS1_Moderate"),
        (replace(LOST_SITE, same_site=KNOWN), "PS1_Supporting"),
        (replace(SPLICE, splice_ratio=5.0), "PP3"),
        (replace(SPLICE, splice_ratio=0.2), "BP4"),
        (replace(MISSENSE, splice_ratio=5.0, missense_probability=0.01), "PP3"),
        (replace(MISSENSE, panel=replace(PANEL, pm2_points=2)), "PM2"),
        (replace(MISSENSE, panel=COLD), "BP1_Strong"),
        (replace(SILENT, aa_position=30, panel=COLD), "BP1_Strong"),
        (replace(MISSENSE, panel=replace(COLD, bp1_points=1)), "BP1"),
        (replace(MISSENSE, known_kinds=(0, 25)), "BP1"),
        (DEEP, "BP7"),
        (replace(LISTED, recessive=True), "BS1_Supporting"),
        (replace(LISTED, panel=replace(PANEL, ba1=0.0002)), "BA1"),
        (replace(MISSENSE, de_novo=True, parents_confirmed=True), "PS2"),
        (replace(MISSENSE, de_novo=True), "PM6"),
        (replace(MISSENSE, hotspot=(2.0, 0.0)), "PM1"),
        (replace(MISSENSE, hotspot=(0.7, 0.0)), "PM1_Supporting"),
        (MISSENSE, "PM2_Supporting"),
        (family(recessive=True, partner="c.1A>G", in_trans=True), "PM3"),
        (family(recessive=True, partner="c.1A>G"), "PM3_Supporting"),
        (family(recessive=True, homozygous=True), "PM3_Supporting"),
        (family(affected_carriers=3), "PP1"),
        (family(affected_carriers=4), "PP1_Moderate"),
        (family(affected_carriers=6), "PP1_Strong"),
        (family(phenotype=3.5, terms=4), "PP4"),
        (family(recessive=True, unaffected_homozygous=1), "BS2"),
        (replace(MISSENSE, consequence=("inframe_deletion",), length_change=-2), "PM4"),
        (replace(MISSENSE, neighbours=(OTHER,)), "PM5"),
        (replace(MISSENSE, panel=PANEL), "PP2"),
        (replace(MISSENSE, panel=PANEL), "PM1_Supporting"),
        (replace(STOP, panel=PANEL), "PM5_Supporting"),
        (replace(MISSENSE, observed_disease="Disease 1"), "PS4_Moderate"),
        (replace(MEASURED, panel=PANEL, frequency=0.002), "BA1"),
        (replace(MEASURED, panel=PANEL, frequency=0.0005), "BS1"),
        (replace(LISTED, recessive=False, panel=PANEL), "BS1"),
        (replace(MISSENSE, missense_probability=0.95), "PP3_Moderate"),
        (replace(MISSENSE, missense_probability=0.75), "PP3"),
        (replace(MISSENSE, missense_probability=0.06), "BP4"),
        (replace(MISSENSE, missense_probability=0.04), "BP4_Moderate"),
        (replace(MEASURED, frequency=0.06), "BA1"),
        (replace(MEASURED, frequency=0.02, recessive=True), "BS1"),
        (replace(MEASURED, frequency=0.002, recessive=False), "BS1"),
        (replace(LISTED, recessive=False), "BS1_Moderate"),
        (replace(LISTED, recessive=False, panel=replace(PANEL, bs1=0.002)), "BS1_Supporting"),
        (replace(MISSENSE, consequence=("inframe_insertion",), in_repeat=True), "BP3"),
        (SILENT, "BP4"),
        (SILENT, "BP7"),
    ],
)
def test_met(facts: VariantFacts, code: str, rules: Rules) -> None:
    assert code in codes(facts, rules, Verdict.MET)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (MISSENSE, "PS1"),
        (MISSENSE, "PP3"),
        (replace(MISSENSE, panel=replace(PANEL, unused=frozenset({"PM2"}))), "PM2"),
        (replace(STOP, panel=replace(PANEL, unused=frozenset({"PVS1"}))), "PVS1"),
        (replace(MISSENSE, missense_probability=0.99, panel=replace(PANEL, predictor=False)), "PP3"),
        (replace(MISSENSE, missense_probability=0.01, panel=replace(PANEL, predictor=False)), "BP4"),
        (replace(MISSENSE, consequence=("feature_elongation",)), "PVS1"),
        (replace(LISTED, recessive=True, panel=replace(PANEL, bs1=0.005)), "BS1"),
        (replace(SILENT, listed_region=True), "PM2"),
        (MISSENSE, "BA1"),
        (replace(MISSENSE, known_kinds=(0, 19)), "BP1"),
        (replace(MISSENSE, known_kinds=(0, 40), panel=PANEL), "BP1"),
        (replace(MEASURED, frequency=0.06, known_pathogenic=True), "BA1"),
        (replace(LISTED, recessive=False, known_pathogenic=True), "BS1"),
        (SILENT, "PP3"),
        (replace(SILENT, splice_distance=1), "BP4"),
        (replace(STOP, loss_of_function=LossOfFunction.UNKNOWN), "PVS1"),
        (SILENT, "PM2"),
        (MISSENSE, "PS3"),
        (MISSENSE, "BP1"),
    ],
)
def test_not_assessed_is_not_not_met(facts: VariantFacts, code: str, rules: Rules) -> None:
    assert code in codes(facts, rules, Verdict.NOT_ASSESSED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(MISSENSE, missense_probability=0.95, hotspot=(2.0, 0.0)), {"PM1", "PP3_Moderate"}),
        (replace(MISSENSE, missense_probability=0.95, panel=STRONG_PM1), {"PM1_Strong"}),
        (replace(MISSENSE, splice_ratio=5.0, panel=STRONG_PM1), {"PM1_Strong", "PP3"}),
        (replace(MISSENSE, missense_probability=0.95, panel=PANEL), {"PM1_Supporting", "PP3_Moderate"}),
    ],
)
def test_region_and_prediction_together_count_strong_at_most(
    facts: VariantFacts, expected: set[str], rules: Rules
) -> None:
    met = {code for code in codes(facts, rules, Verdict.MET) if code.startswith(("PM1", "PP3"))}
    assert met == expected


@pytest.mark.parametrize(("points", "kept"), [(1, "PM5"), (2, "PM1"), (4, "PM1")])
def test_what_a_panel_does_not_count_beside_pm1_is_left_out(points: int, kept: str, rules: Rules) -> None:
    panel = replace(PANEL, hot=((40, 60, points),), beside_pm1=("PM5",))
    facts = replace(MISSENSE, neighbours=(OTHER,), panel=panel)
    met = {code.partition("_")[0] for code in codes(facts, rules, Verdict.MET)}
    assert met & {"PM1", "PM5"} == {kept}
    assert {"PM1", "PM5"} - {kept} <= set(codes(facts, rules, Verdict.NOT_MET))


def test_a_lowered_prediction_keeps_the_rest_of_the_points(rules: Rules) -> None:
    lower = Rules(rules.values | {"pp3_pm1_points_at_most": 3}, rules.sources)
    found = codes(replace(MISSENSE, missense_probability=0.95, hotspot=(2.0, 0.0)), lower, Verdict.MET)
    assert {"PM1", "PP3"} <= set(found)


@pytest.mark.parametrize("facts", [DEEP, SILENT])
@pytest.mark.parametrize("code", ["BP4", "BP7"])
def test_away_from_splice_sites_it_is_said_that_no_predictor_was_asked(
    facts: VariantFacts, code: str, rules: Rules
) -> None:
    judged = {one.code: one for one in assess(facts, rules).criteria}
    assert judged[code].verdict is Verdict.MET
    assert "No splice predictor was consulted." in judged[code].reason


def test_a_listing_is_never_more_than_supporting_and_never_beside_rarity(rules: Rules) -> None:
    for recessive in (True, False, None):
        found = codes(replace(LISTED, recessive=recessive), rules, Verdict.MET)
        assert not {"BS1", "BA1", "PM2_Supporting"} & set(found)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(MISSENSE, aa_position=15, panel=COLD), "BP1"),
        (replace(MISSENSE, splice_distance=2, panel=COLD), "BP1"),
        (replace(SILENT, aa_position=30, panel=COLD), "BP7"),  # the strong BP1 says it already
        (replace(SILENT, splice_distance=3), "BP7"),
        (replace(DEEP, upstream=True), "BP7"),  # among the branch points
        (replace(DEEP, substitution=False), "BP7"),
        (replace(STOP, aa_position=5, panel=GRADED), "PVS1"),  # another start codon follows
        (replace(STOP, aa_position=9, panel=LATE), "PVS1"),  # not in every transcript
        (replace(STOP, escapes_decay=True, aa_position=95, panel=replace(GRADED, rest_points=0)), "PVS1"),
        (replace(STOP, consequence=("splice_donor_variant",), same_site=KNOWN), "PS1"),  # PVS1 in full
        (replace(SPLICE, splice_ratio=1.0), "PP3"),
        (replace(MISSENSE, splice_ratio=5.0, missense_probability=0.01), "BP4"),
        (replace(MISSENSE, splice_ratio=0.1, missense_probability=0.5), "BP4"),
        (replace(MISSENSE, aa_alt="V"), "PS1"),
        (replace(MISSENSE, known_kinds=(3, 40)), "BP1"),
        (replace(STOP, known_kinds=(0, 40)), "BP1"),
    ],
)
def test_judged_and_not_met(facts: VariantFacts, code: str, rules: Rules) -> None:
    assert code in codes(facts, rules, Verdict.NOT_MET)


EFFECT = {"consequence": "stop_gained or missense_variant", "aa_ref": "R", "aa_alt": None, "aa_position": 63}


@pytest.mark.parametrize(
    ("name", "consequence", "alt"),
    [
        ("NM_1.1(G):c.187C>T (p.Arg63Ter)", "stop_gained", "*"),
        ("p.(Arg63Trp)", "missense_variant", "W"),
        ("p.Gly63Ter", EFFECT["consequence"], None),  # another residue than the bundled protein's
        ("p.Arg63=", EFFECT["consequence"], None),  # not among what is open
        ("p.Arg63fs", EFFECT["consequence"], None),
        ("", EFFECT["consequence"], None),
    ],
)
def test_a_stated_name_settles_only_what_it_fits(name: str, consequence: str, alt: str | None) -> None:
    found = settled(EFFECT, name)
    assert (found["consequence"], found["aa_alt"]) == (consequence, alt)


def test_changes_judged_together_are_judged_alike() -> None:
    knowledge = bundled_knowledge()
    rows = [
        {"gene": gene, "aa_position": position, "aa_ref": ref, "aa_alt": alt}
        for gene, position, ref, alt in [
            ("TP53", 248, "R", "Q"),
            ("TP53", 72, "P", "R"),
            ("LDLR", 350, "R", "C"),
        ]
    ]
    together, single = Gatherer(knowledge), Gatherer(knowledge)
    together.predict(rows)
    for row in rows:
        terms = ("missense_variant",)
        assert together._probability(row, terms) == pytest.approx(single._probability(row, terms))
        assert together._probability(row, terms) is not None


@pytest.mark.parametrize(
    ("facts", "code", "verdict"),
    [
        (MISSENSE, "PP1", Verdict.NOT_ASSESSED),
        (family(affected_carriers=2), "PP1", Verdict.NOT_MET),
        (family(affected_carriers=5, affected_without=1), "PP1", Verdict.NOT_MET),
        (family(affected_without=1), "BS4", Verdict.NOT_ASSESSED),
        (family(unaffected_carriers=2, recessive=False), "BS2", Verdict.NOT_ASSESSED),
        (family(partner="c.1A>G", in_trans=False, recessive=True), "PM3", Verdict.NOT_MET),
        (family(partner="c.1A>G", in_trans=True), "PM3", Verdict.NOT_ASSESSED),
        (family(phenotype=9.0, terms=1), "PP4", Verdict.NOT_ASSESSED),
        (family(phenotype=1.0, terms=5), "PP4", Verdict.NOT_MET),
        (replace(LISTED, recessive=True, family=FamilyFacts(homozygous=True)), "PM3", Verdict.NOT_ASSESSED),
    ],
)
def test_what_the_family_does_not_show(
    facts: VariantFacts, code: str, verdict: Verdict, rules: Rules
) -> None:
    assert code in codes(facts, rules, verdict)


PEOPLE = (
    Person("c", "C", affected=Affected.YES, mother="m", father="f", sex=Sex.MALE),
    Person("m", "M", affected=Affected.NO, sex=Sex.FEMALE),
    Person("f", "F", affected=Affected.NO, sex=Sex.MALE),
    Person("s", "S", affected=Affected.YES),
)
SAMPLES = ("C", "M", "F", "S")
CASE = Case(
    "case", "c", PEOPLE, Build.GRCH38, terms=(ObservedTerm("HP:1"), ObservedTerm("HP:2", excluded=True))
)


def site(*dosages: int | None, strand: int = 0) -> dict[str, int | None]:
    return {f"s{i}_dosage": dosage for i, dosage in enumerate(dosages)} | {"s0_strand": strand, "s0_ps": 1}


def reported(row: int, chromosome: str = "1", stars: int = 0) -> ReportedVariant:
    entry = ClinVarEntry("1", "Likely pathogenic", stars, "", "2024")
    key = VariantKey(chromosome, 100 + row, "A", "G", Build.GRCH38)
    unknown = Frequency(FrequencyKind.ABSENT)
    return ReportedVariant(
        key,
        row,
        "G",
        "T",
        "c.1A>G",
        "",
        "",
        "missense_variant",
        "",
        "",
        Zygosity.HETEROZYGOUS,
        unknown,
        entry,
    )


def test_relatives_are_counted() -> None:
    found = gather_family(CASE, SAMPLES, site(1, 1, 0, 1), reported(0), None)
    assert (found.affected_carriers, found.affected_without) == (1, 0)
    assert (found.unaffected_carriers, found.unaffected_homozygous) == (1, 0)
    assert found.terms == 1
    found = gather_family(CASE, SAMPLES, site(1, 0, 1, None), reported(0, "X"), None)
    assert (found.unaffected_homozygous, found.affected_without) == (1, 0)


def test_phase_by_strand_then_by_parents() -> None:
    assert in_trans(CASE, SAMPLES, site(1, 0, 0, strand=1), site(1, 0, 0, strand=2)) is True
    assert in_trans(CASE, SAMPLES, site(1, 0, 0, strand=1), site(1, 0, 0, strand=1)) is False
    assert in_trans(CASE, SAMPLES, site(1, 1, 0), site(1, 0, 1)) is True
    assert in_trans(CASE, SAMPLES, site(1, 1, 0), site(1, 1, 0)) is False
    assert in_trans(CASE, SAMPLES, site(1, 0, 0), site(1, 0, 1)) is None
    assert in_trans(CASE, SAMPLES, site(1, None, 0), site(1, 0, 1)) is None
    assert in_trans(CASE, ("C",), site(1), site(1)) is None


def test_a_partner_is_another_variant_with_two_stars() -> None:
    one, other = reported(0), reported(1, stars=2)
    assert known_partner(one, (one, other)) == other
    assert known_partner(other, (one, other)) is None
