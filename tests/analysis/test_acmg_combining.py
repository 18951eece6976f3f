"""Combining ACMG/AMP evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.analysis.classification import class_by_points, class_by_rules, classify, points
from genoai_desktop.domain.acmg import (
    CODES,
    AcmgClass,
    Criterion,
    Evidence,
    Strength,
    Verdict,
    parse_evidence,
)

ORDER = [
    AcmgClass.BENIGN,
    AcmgClass.LIKELY_BENIGN,
    AcmgClass.UNCERTAIN,
    AcmgClass.LIKELY_PATHOGENIC,
    AcmgClass.PATHOGENIC,
]
GRADED = [Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG]
EVIDENCE = st.builds(
    Evidence, st.sampled_from([code for code in CODES if code != "BA1"]), st.sampled_from(GRADED)
)


def made(*codes: str) -> list[Evidence]:
    return [parse_evidence(code) for code in codes]


@pytest.mark.parametrize(
    ("codes", "by_points", "by_rules"),
    [
        (["PVS1", "PM2_Supporting", "PP4"], AcmgClass.PATHOGENIC, AcmgClass.PATHOGENIC),
        (["PVS1"], AcmgClass.LIKELY_PATHOGENIC, AcmgClass.UNCERTAIN),
        (["PS1", "PM1"], AcmgClass.LIKELY_PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC),
        (["PM2", "PP3"], AcmgClass.UNCERTAIN, AcmgClass.UNCERTAIN),
        (["BA1"], AcmgClass.BENIGN, AcmgClass.BENIGN),
        (["BS1", "BP4"], AcmgClass.LIKELY_BENIGN, AcmgClass.LIKELY_BENIGN),
        (["BS1", "BS2"], AcmgClass.BENIGN, AcmgClass.BENIGN),
        (["PVS1", "PS1", "BS1", "BS2"], AcmgClass.UNCERTAIN, AcmgClass.UNCERTAIN),
        ([], AcmgClass.UNCERTAIN, AcmgClass.UNCERTAIN),
    ],
)
def test_published_combinations(codes: list[str], by_points: AcmgClass, by_rules: AcmgClass) -> None:
    assert class_by_points(made(*codes)) is by_points
    assert class_by_rules(made(*codes)) is by_rules


@given(st.lists(EVIDENCE, max_size=8), st.data())
def test_a_stronger_pathogenic_piece_never_lowers_the_class(
    evidence: list[Evidence], data: st.DataObject
) -> None:
    weaker = data.draw(st.sampled_from(GRADED[:-1]))
    stronger = GRADED[GRADED.index(weaker) + 1]
    for combine in (class_by_points, class_by_rules):
        before = ORDER.index(combine([*evidence, Evidence("PS1", weaker)]))
        after = ORDER.index(combine([*evidence, Evidence("PS1", stronger)]))
        assert after >= before


def reported(evidence: list[Evidence]) -> int:
    """The rank of the class that is reported."""
    return ORDER.index(classify([Criterion(item.code, Verdict.MET, "", item) for item in evidence]).reported)


@given(st.lists(EVIDENCE, max_size=8), st.sampled_from(["BS1", "BP4", "BA1"]), st.data())
def test_evidence_against_never_makes_it_more_pathogenic(
    evidence: list[Evidence], code: str, data: st.DataObject
) -> None:
    strength = Strength.STAND_ALONE if code == "BA1" else data.draw(st.sampled_from(GRADED))
    more = [*evidence, Evidence(code, strength)]
    assert reported(more) <= reported(evidence)
    assert ORDER.index(class_by_points(more)) <= ORDER.index(class_by_points(evidence))


@given(st.lists(EVIDENCE, min_size=1, max_size=8), st.data())
def test_taking_evidence_away_never_moves_the_class_towards_it(
    evidence: list[Evidence], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(evidence) - 1))
    left = evidence[:gone] + evidence[gone + 1 :]
    if evidence[gone].benign:
        assert reported(left) >= reported(evidence)
    else:
        assert ORDER.index(class_by_points(left)) <= ORDER.index(class_by_points(evidence))


@given(st.lists(EVIDENCE, max_size=8), st.data())
def test_a_stronger_benign_piece_never_raises_the_class(
    evidence: list[Evidence], data: st.DataObject
) -> None:
    weaker = data.draw(st.sampled_from(GRADED[:-1]))
    stronger = GRADED[GRADED.index(weaker) + 1]
    assert reported([*evidence, Evidence("BS1", stronger)]) <= reported([*evidence, Evidence("BS1", weaker)])


@given(st.lists(EVIDENCE.filter(lambda item: not item.benign), max_size=6), st.booleans())
def test_stand_alone_decides_in_the_point_system(evidence: list[Evidence], also: bool) -> None:
    alone = [*evidence, Evidence("BA1", Strength.STAND_ALONE)]
    alone += [Evidence("BP4", Strength.SUPPORTING)] if also else []
    assert class_by_points(alone) is AcmgClass.BENIGN


@given(st.lists(EVIDENCE, max_size=8))
def test_points_do_not_depend_on_the_order(evidence: list[Evidence]) -> None:
    assert points(evidence) == points(evidence[::-1])
    assert class_by_rules(evidence) is class_by_rules(evidence[::-1])


@given(EVIDENCE)
def test_codes_are_read_as_they_are_written(evidence: Evidence) -> None:
    assert parse_evidence(str(evidence)) == evidence


@pytest.mark.parametrize("text", ["", "PX1", "PM2_Enormous", "PM9"])
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_evidence(text)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["BP4"], AcmgClass.UNCERTAIN),
        (["BP4", "BP7"], AcmgClass.LIKELY_BENIGN),
        (["BP4", "BP7", "PM2_Supporting"], AcmgClass.LIKELY_BENIGN),
        (["BS1", "PP3_Moderate", "PM2_Supporting"], AcmgClass.LIKELY_BENIGN),
        (["BS1"], AcmgClass.LIKELY_BENIGN),
        (["BA1"], AcmgClass.BENIGN),
    ],
)
def test_one_supporting_piece_alone_reassures_nobody(codes: list[str], expected: AcmgClass) -> None:
    criteria = [Criterion(item.code, Verdict.MET, "", item) for item in made(*codes)]
    assert classify(criteria).reported is expected
