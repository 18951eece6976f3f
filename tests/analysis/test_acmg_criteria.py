"""Each criterion on constructed facts, with the bundled thresholds."""

from dataclasses import replace

import pytest

from genoai_desktop.analysis.classification.assess import assess
from genoai_desktop.analysis.classification.facts import LossOfFunction, Neighbour, Panel, VariantFacts
from genoai_desktop.analysis.classification.gather import Gatherer
from genoai_desktop.analysis.classification.rules import Rules, read_rules
from genoai_desktop.analysis.classification.stated import settled
from genoai_desktop.domain.acmg import Verdict
from genoai_desktop.domain.variant import FrequencyKind
from genoai_desktop.knowledge import Knowledge

MISSENSE = VariantFacts("GENE", ("missense_variant",), aa_position=50, protein_length=100, listed_region=True)
STOP = VariantFacts(
    "GENE", ("stop_gained",), loss_of_function=LossOfFunction.ESTABLISHED, aa_position=50, protein_length=100
)
SILENT = VariantFacts("GENE", ("synonymous_variant",), splice_distance=20)
MEASURED = replace(MISSENSE, frequency_kind=FrequencyKind.MEASURED)
LISTED = replace(MISSENSE, frequency_kind=FrequencyKind.LISTED)
PANEL = Panel(0.001, 0.0001, None, True, True, (1, 60), "a panel", ((40, 60, 1),))
OTHER = Neighbour("A50V", pathogenic=True, source="ClinVar", same_change=False)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(Knowledge().bundle)


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
        (replace(MISSENSE, neighbours=(replace(OTHER, same_change=True),)), "PS1"),
        (replace(MISSENSE, de_novo=True, parents_confirmed=True), "PS2"),
        (replace(MISSENSE, de_novo=True), "PM6"),
        (replace(MISSENSE, hotspot=(2.0, 0.0)), "PM1"),
        (replace(MISSENSE, hotspot=(0.7, 0.0)), "PM1_Supporting"),
        (MISSENSE, "PM2_Supporting"),
        (replace(MISSENSE, recessive=True, in_trans="c.1A>G"), "PM3"),
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
        (replace(MISSENSE, missense_probability=0.05), "BP4"),
        (replace(MEASURED, frequency=0.06), "BA1"),
        (replace(MEASURED, frequency=0.02, recessive=True), "BS1"),
        (replace(MEASURED, frequency=0.002, recessive=False), "BS1"),
        (replace(LISTED, recessive=False), "BS1_Moderate"),
        (replace(LISTED, recessive=False, panel=replace(PANEL, bs1=0.001)), "BS1_Supporting"),
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
        (replace(STOP, loss_of_function=LossOfFunction.UNKNOWN), "PVS1"),
        (replace(LISTED, recessive=True), "BS1"),
        (SILENT, "PM2"),
        (MISSENSE, "PS3"),
        (MISSENSE, "BP1"),
    ],
)
def test_not_assessed_is_not_not_met(facts: VariantFacts, code: str, rules: Rules) -> None:
    assert code in codes(facts, rules, Verdict.NOT_ASSESSED)


def test_a_listing_is_never_more_than_supporting_and_never_beside_rarity(rules: Rules) -> None:
    for recessive in (True, False, None):
        found = codes(replace(LISTED, recessive=recessive), rules, Verdict.MET)
        assert not {"BS1", "BA1", "PM2_Supporting"} & set(found)


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
    knowledge = Knowledge()
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
