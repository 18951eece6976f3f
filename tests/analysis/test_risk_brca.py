"""The BRCA1/2 family model and the combined breast cancer risk: properties and published curves."""

from dataclasses import replace

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.risk.brca import UNKNOWN_AGE, BrcaCurves, BrcaPerson, brca_model, cancer_risk
from genoai_desktop.analysis.risk.combined import BreastInputs, breast_risk
from genoai_desktop.analysis.risk.gail import GailProfile, gail_risk
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.errors import UserError

TABLES = bundled_knowledge().risk
F, M = Sex.FEMALE, Sex.MALE
SISTER = BrcaPerson("sister", "mother", "father", F, 45)


def _family(**mother: object) -> list[BrcaPerson]:
    plain = BrcaPerson("mother", sex=F, age=65)
    return [
        replace(plain, **mother),  # type: ignore[arg-type]
        BrcaPerson("father", sex=M, age=67),
        BrcaPerson("me", "mother", "father", F, 40),
        SISTER,
    ]


def _any(family: list[BrcaPerson], person: str, **options: bool) -> float:
    return 1 - brca_model(family, TABLES, **options).neither[person]


def test_nobody_affected_stays_near_the_population() -> None:
    assert 0.0005 < _any(_family(), "me") < 0.003


def test_younger_onset_and_ovarian_cancer_raise_the_chance() -> None:
    late, early = _any(_family(breast=64), "me"), _any(_family(breast=34), "me")
    both = _any(_family(breast=40, ovarian=50), "me")
    assert _any(_family(), "me") < late < early < both
    assert both > 0.05
    assert _any(_family(breast=UNKNOWN_AGE), "me") > _any(_family(), "me")


def test_ashkenazi_frequency_raises_the_chance() -> None:
    assert _any(_family(breast=45), "me", ashkenazi=True) > 5 * _any(_family(breast=45), "me")


def test_a_positive_mother_gives_half_and_a_negative_known_test_nearly_nothing() -> None:
    family = _family(tests={"BRCA1": (True, False)})
    result = brca_model(family, TABLES)
    assert result.brca1["mother"] == pytest.approx(1.0)
    assert 0.35 < result.brca1["me"] < 0.5  # unaffected at 40 speaks a little against it
    family[2] = replace(family[2], tests={"BRCA1": (False, True)})
    assert brca_model(family, TABLES).brca1["me"] == pytest.approx(0.0, abs=1e-12)
    family[2] = replace(family[2], tests={"BRCA1": (False, False)})
    assert 0.01 < brca_model(family, TABLES).brca1["me"] < 0.1


def test_a_proven_carrier_has_the_published_risk() -> None:
    woman = BrcaPerson("me", sex=F, age=20, tests={"BRCA1": (True, True)})
    result = brca_model([woman], TABLES)
    assert cancer_risk(woman, result, TABLES, "breast", 80) == pytest.approx(0.72, abs=0.005)
    assert cancer_risk(woman, result, TABLES, "ovarian", 80) == pytest.approx(0.44, abs=0.005)
    curves = BrcaCurves(TABLES)
    assert curves.cumulative("BRCA2", "breast", 80) == pytest.approx(0.69, abs=0.005)
    assert curves.cumulative(None, "breast", 15) == 0


GAIL = GailProfile(45, 80, 0, 99, 12, 25, 1, 1)


def test_with_gail_alone_it_is_gail() -> None:
    risk = breast_risk(BreastInputs(45, 1, gail=GAIL), TABLES, 80)
    assert risk.value == pytest.approx(gail_risk(GAIL, TABLES.gail).risk, rel=1e-9)


def test_parts_can_be_switched_off_and_have_their_direction() -> None:
    inputs = BreastInputs(45, 1, GAIL, (0.2, 0.05), 1.5)
    risk = breast_risk(inputs, TABLES, 80)
    without = dict(risk.without)
    assert set(without) == {"lifestyle", "monogenic", "polygenic"}
    assert risk.value > max(without["monogenic"], without["polygenic"])
    assert risk.population < risk.value
    ages = [value for _, value, _ in risk.curve]
    assert ages == sorted(ages)
    assert any("BOADICEA" in note for note in risk.notes)
    lower = breast_risk(replace(inputs, score_z=-1.5), TABLES, 80)
    assert lower.value < risk.value


def test_less_remaining_effect_moves_the_risk_less() -> None:
    full = breast_risk(BreastInputs(45, score_z=3.0), TABLES)
    half = breast_risk(BreastInputs(45, score_z=3.0, effect_share=0.5), TABLES)
    none = breast_risk(BreastInputs(45, score_z=3.0, effect_share=0.0), TABLES)
    assert full.value > half.value > none.value
    assert none.value == pytest.approx(none.population)


def test_a_brca1_carriers_risk_is_not_changed_by_a_score_of_unknown_effect() -> None:
    carrier = BreastInputs(45, carrier=(1.0, 0.0))
    with_score = breast_risk(replace(carrier, score_z=2.0), TABLES)
    assert with_score.value == pytest.approx(breast_risk(carrier, TABLES).value)
    assert any("BRCA1" in note for note in with_score.notes)


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        (BreastInputs(19), "age"),
        (BreastInputs(45, 12), "race"),
        (BreastInputs(45, carrier=(0.9, 0.2)), "carrier"),
        (BreastInputs(45, score_z=40), "score_z"),
    ],
)
def test_out_of_range_names_the_field(inputs: BreastInputs, field: str) -> None:
    with pytest.raises(UserError) as refused:
        breast_risk(inputs, TABLES)
    assert refused.value.where == field
