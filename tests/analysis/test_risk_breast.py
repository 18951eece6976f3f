"""The breast cancer models on a case: what is asked, what each figure needs, and what it says."""

import itertools
from dataclasses import replace

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.risk.breast import asks_family, breast_outcome
from genoai_desktop.analysis.risk.breast_asked import gail_profile
from genoai_desktop.analysis.risk.breast_family import brca_people, breast_history, claus_family
from genoai_desktop.analysis.risk.claus import claus_risk
from genoai_desktop.analysis.risk.gail import GailProfile, gail_risk
from genoai_desktop.analysis.risk.relatives import variant_in_family
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, Consent, Scope, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Condition, Diagnosis, Family, GeneResult, Member, Twins, Zygosity
from genoai_desktop.domain.family_case import reads_differently, with_family
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import PolygenicScore, RiskFinding
from genoai_desktop.domain.variant import ReportedVariant

TABLES = bundled_knowledge().risk
F, M = Sex.FEMALE, Sex.MALE
BREAST, OVARY = Condition("b", "breast cancer", "BC1"), Condition("o", "ovarian cancer", "OC")


def family(**mother: object) -> Family:
    """A woman of 42; mother, maternal aunt and grandmother; father and his mother; a sister, a daughter."""
    members = (
        Member("gm", sex=F, age=88),
        Member("gf", sex=M, age=80, deceased=True),
        Member("pgm", sex=F, age=85),
        Member("mother", sex=F, mother="gm", father="gf", age=66, **mother),  # type: ignore[arg-type]
        Member("aunt", sex=F, mother="gm", father="gf", age=60),
        Member("father", sex=M, mother="pgm", age=68),
        Member("me", sex=F, mother="mother", father="father", age=42),
        Member("sister", sex=F, mother="mother", father="father", age=40),
        Member("daughter", sex=F, mother="me", age=12),
    )
    return Family(members, "me", conditions=(BREAST, OVARY))


def case(tree: Family, factors: BreastFactors | None = None) -> Case:
    plain = Case("c", "me", (), Build.GRCH38, consent=Consent(frozenset(Scope)), breast=factors)
    return with_family(plain, tree)


def diagnosed(*found: tuple[str, float | None]) -> dict[str, object]:
    return {"diagnoses": tuple(Diagnosis(name, age) for name, age in found)}


def test_nothing_asked_nothing_said() -> None:
    quiet = case(family())
    assert not asks_family(quiet)
    outcome = breast_outcome(quiet, TABLES)
    assert not any((outcome.figures, outcome.curves, outcome.relatives, outcome.notes))


def test_relatives_are_found_by_kind_and_condition() -> None:
    tree = family(**diagnosed(("b", 45.0), ("o", None)))
    history = breast_history(tree, "me")
    assert history.of("mother", "breast") == 45
    assert history.of("mother", "ovarian") == -1
    assert history.first_degree == 1
    assert claus_family(tree, "me", history).mother == (45,)
    assert claus_family(tree, "daughter", history).maternal_grandmother == (45,)
    assert claus_family(tree, "sister", history).mother == (45,)
    named = replace(tree, conditions=(Condition("b", "Breast carcinoma, ductal"), Condition("o", "gout")))
    assert breast_history(named, "me").of("mother", "ovarian") is None
    assert breast_history(named, "me").of("mother", "breast") == 45


def test_tests_and_identical_twins_reach_the_family_model() -> None:
    tree = family(tests=(GeneResult("BRCA1", search=False, result="P"),))
    tree = replace(tree, twins=(Twins(("me", "sister"), Zygosity.IDENTICAL),))
    people = {one.id: one for one in brca_people(tree, breast_history(tree, "me"))}
    assert people["mother"].tests == {"BRCA1": (True, True)}
    assert people["me"].twin == people["sister"].twin is not None
    assert people["aunt"].twin is None


def test_claus_and_family_model_figures() -> None:
    tree = family(**diagnosed(("b", 38.0)))
    outcome = breast_outcome(case(tree), TABLES)
    by_model = {figure.model: figure for figure in outcome.figures}
    expected = claus_risk(42, claus_family(tree, "me", breast_history(tree, "me")), TABLES.claus)
    assert expected is not None
    assert by_model["claus"].value == pytest.approx(expected.remaining)
    assert {figure.scope for figure in outcome.figures} == {"primary"}
    chances = {(one.person, one.subject): one.carrier for one in outcome.relatives}
    assert chances["mother", "BRCA1"] > chances["me", "BRCA1"] > chances["daughter", "BRCA1"]
    for curve in outcome.curves:
        assert len(curve.ages) == len(curve.values) == len(curve.baseline)
        assert all(a <= b for a, b in itertools.pairwise(curve.values))
        assert all(0 <= value <= 1 for value in (*curve.values, *curve.baseline))
    assert "gail" not in by_model
    assert "combined-breast" not in by_model


def test_gail_is_the_gail_model_with_the_answers_as_coded() -> None:
    factors = BreastFactors(population=1, menarche=12, first_birth=24, biopsies=1, hyperplasia=False)
    outcome = breast_outcome(case(family(**diagnosed(("b", 70.0 - 10))), factors), TABLES)
    five, lifetime = (figure for figure in outcome.figures if figure.model == "gail")
    profile = GailProfile(42, 47, 1, 0, 12, 24, 1, 1)
    assert five.value == pytest.approx(gail_risk(profile, TABLES.gail).risk)
    assert lifetime.value > five.value
    assert "Of 100 women" in five.say
    coded = gail_profile(BreastFactors(childless=True), 40, 45, 0)
    assert (coded.first_birth, coded.menarche, coded.biopsies, coded.hyperplasia) == (98, 99, 99, 99)


def test_combined_parts_add_up_and_can_be_switched_off() -> None:
    factors = BreastFactors(population=1, menarche=11, first_birth=31)
    score = PolygenicScore("breast", 1.0, 313, 313, 1.5, 93.0, "ref", id="BCAC_313", effect_share=1.0)
    asked = case(family(**diagnosed(("b", 38.0))), factors)
    outcome = breast_outcome(asked, TABLES, (), (score,))
    figure = next(one for one in outcome.figures if one.model == "combined-breast")
    parts = {part.id: part for part in figure.parts}
    assert set(parts) == {"lifestyle", "monogenic", "polygenic"}
    assert all(part.used for part in parts.values())
    assert parts["polygenic"].share == pytest.approx(figure.value - parts["polygenic"].without)
    assert parts["polygenic"].share > 0.02
    assert figure.scope == "primary+polygenic"
    off = replace(asked, breast=replace(factors, switched_off=("polygenic", "monogenic")))
    less = next(
        one for one in breast_outcome(off, TABLES, (), (score,)).figures if one.model == "combined-breast"
    )
    assert less.scope == "primary"
    assert less.value < figure.value
    assert [part.used for part in less.parts] == [True, False, False]
    assert any("BOADICEA" in text for text in less.caveats)


def test_a_found_brca_variant_counts_and_needs_its_consent() -> None:
    factors = BreastFactors(population=1)
    found = RiskFinding("secondary", "BRCA2", "breast and ovarian cancer", "AD", (), "")
    outcome = breast_outcome(case(family(), factors), TABLES, (found,))
    figure = next(one for one in outcome.figures if one.model == "combined-breast")
    assert figure.scope == "primary+secondary"
    assert figure.value > 0.4


def test_a_woman_with_breast_cancer_gets_no_figure_of_getting_it() -> None:
    tree = family()
    members = tuple(
        replace(member, diagnoses=(Diagnosis("b", 40.0),)) if member.id == "me" else member
        for member in tree.members
    )
    outcome = breast_outcome(case(replace(tree, members=members), BreastFactors()), TABLES)
    assert {figure.model for figure in outcome.figures} == {"brca-family"}
    assert all("ovarian" in figure.title for figure in outcome.figures)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"population": 12}, "population"),
        ({"menarche": 30}, "menarche"),
        ({"menarche": 14, "first_birth": 13}, "first_birth"),
        ({"childless": True, "first_birth": 25}, "first_birth"),
        ({"biopsies": -1}, "biopsies"),
        ({"hyperplasia": True}, "hyperplasia"),
        ({"switched_off": ("weather",)}, "switched_off"),
    ],
)
def test_an_answer_out_of_range_is_refused_by_name(answers: dict[str, object], field: str) -> None:
    with pytest.raises(UserError) as caught:
        BreastFactors(**answers)  # type: ignore[arg-type]
    assert caught.value.where == field


def test_what_a_model_does_not_take_becomes_a_note_with_the_field() -> None:
    young = case(family(**diagnosed(("b", 38.0))), BreastFactors(menarche=13))
    persons = tuple(replace(p, age_years=10.0) if p.id == "me" else p for p in young.persons)
    outcome = breast_outcome(replace(young, persons=persons), TABLES)
    assert any("T1" in note or "age" in note for note in outcome.notes)
    assert not any(figure.model == "gail" for figure in outcome.figures)


def test_relatives_of_a_found_variant_from_the_pedigree_alone() -> None:
    variant = ReportedVariant.__new__(ReportedVariant)
    found = RiskFinding("secondary", "BRCA1", "breast and ovarian cancer", "AD", (variant,), "")
    chances = {one.person: one for one in variant_in_family(case(family()), (found,), Silent())}
    assert "me" not in chances
    assert chances["mother"].carrier == pytest.approx(0.5, abs=1e-4)
    assert chances["sister"].carrier == pytest.approx(0.5, abs=1e-4)
    assert chances["daughter"].carrier == pytest.approx(0.5, abs=1e-4)
    assert chances["aunt"].carrier == pytest.approx(0.25, abs=1e-4)
    assert "gf" not in chances  # nobody can test the dead
    assert "aunt 50%" in chances["mother"].text.partition("If it is found there:")[2].partition("If not:")[0]
    assert "aunt 0%" in chances["mother"].text.partition("If not:")[2]
    assert "If it is found" not in chances["daughter"].text  # it says nothing of anybody else
    assert chances["mother"].information is not None
    assert chances["daughter"].information is not None
    assert chances["mother"].information > chances["daughter"].information
    assert {one.scope for one in chances.values()} == {"secondary"}
    among = variant_in_family(case(family()), (found,), Silent(), frozenset({"mother", "father"}))
    assert [one.person for one in among] == ["daughter"]
    linked = RiskFinding("carrier", "DMD", "Duchenne", "XL", (variant,), "")
    by_x = {one.person: one.carrier for one in variant_in_family(case(family()), (linked,), Silent())}
    assert by_x["mother"] == pytest.approx(0.5, abs=1e-3)
    assert by_x["pgm"] == pytest.approx(0.5, abs=1e-3)


def test_an_edit_of_a_diagnosis_is_read() -> None:
    before = case(family())
    after = case(family(**diagnosed(("b", 45.0))))
    assert reads_differently(before, after)
    assert not reads_differently(before, case(family()))


ANSWERS = BreastFactors(population=1, menarche=12, first_birth=28, biopsies=0)


def woman(tree: Family, **changes: object) -> Family:
    """The family with another proband."""
    members = tuple(replace(one, **changes) if one.id == "me" else one for one in tree.members)
    return replace(tree, members=members)


@pytest.mark.parametrize("gene", ["BRCA1", "BRCA2"])
def test_a_known_carrier_gets_no_chance_of_women_in_general(gene: str) -> None:
    tested = woman(family(**diagnosed(("b", 45.0))), tests=(GeneResult(gene, search=True, result="P"),))
    outcome = breast_outcome(case(tested, ANSWERS), TABLES)
    assert {one.model for one in outcome.figures} == {"brca-family", "combined-breast"}
    assert min(one.value for one in outcome.figures if one.model == "combined-breast") > 0.5
    assert any("not made for carriers" in note for note in outcome.notes)


def test_a_carrier_by_a_secondary_finding_is_told_with_that_figure_alone() -> None:
    finding = RiskFinding("secondary", "BRCA1", "HBOC", "AD", (), "")
    outcome = breast_outcome(case(family(**diagnosed(("b", 45.0))), ANSWERS), TABLES, (finding,))
    assert not {"gail", "claus"} & {one.model for one in outcome.figures}
    (together,) = (one for one in outcome.figures if one.model == "combined-breast")
    assert "secondary" in together.scope
    assert any("not made for carriers" in text for text in together.caveats)
    assert not any("not made for carriers" in note for note in outcome.notes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sex": M}, "are for women."),
        (diagnosed(("b", 40.0)), "who have not had breast cancer"),
        ({"age": None}, "need the age"),
        ({"age": 18}, "Gail model: not calculated, the age must be 20 to below 90."),
    ],
)
def test_why_a_model_was_not_run_is_said(changes: dict[str, object], words: str) -> None:
    childless = replace(family(), members=tuple(one for one in family().members if one.id != "daughter"))
    outcome = breast_outcome(case(woman(childless, **changes), ANSWERS), TABLES)
    assert not {"gail", "combined-breast"} & {one.model for one in outcome.figures}
    assert any(words in note for note in outcome.notes), outcome.notes


def test_one_chance_is_given_once_where_five_years_reach_the_end() -> None:
    outcome = breast_outcome(case(woman(family(), age=86), ANSWERS), TABLES)
    assert len([one for one in outcome.figures if one.model == "gail"]) == 1
