"""A person's edits of criteria, and what must hold of the class whatever the evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.analysis.classification import class_by_points, class_by_rules, classify
from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.app.criteria import last_author, preview, with_edit, without_edit
from genoai_desktop.domain.acmg import (
    CODES,
    NEVER_COUNTED,
    AcmgClass,
    Classification,
    Criterion,
    CriterionEdit,
    Evidence,
    Strength,
    Verdict,
    strengths,
)
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.genome import Build, VariantKey

KEY = VariantKey("17", 7_674_220, "C", "T", Build.GRCH38)
ORDER = list(AcmgClass)[::-1]
COUNTED = [code for code in CODES if code not in NEVER_COUNTED]
PATHOGENIC = [code for code in COUNTED if code.startswith("P")]
BENIGN = [code for code in COUNTED if code.startswith("B")]
CASE = Case("case", "P", (), Build.GRCH38)


def evidence(codes: list[str]) -> st.SearchStrategy[Evidence]:
    return st.sampled_from(codes).flatmap(
        lambda code: st.builds(Evidence, st.just(code), st.sampled_from(strengths(code)))
    )


def unique(codes: list[str]) -> st.SearchStrategy[list[Evidence]]:
    return st.lists(evidence(codes), max_size=10, unique_by=lambda item: item.code)


@st.composite
def classifications(draw: st.DrawFn) -> Classification:
    met = {item.code: item for item in draw(unique(COUNTED))}
    other = st.sampled_from([Verdict.NOT_MET, Verdict.NOT_ASSESSED])
    return classify(
        [
            Criterion(code, Verdict.MET, "program", met[code])
            if code in met
            else Criterion(code, draw(other), "program")
            for code in COUNTED
        ]
    )


@st.composite
def edits(draw: st.DrawFn) -> CriterionEdit:
    code = draw(st.sampled_from(COUNTED))
    strength = draw(st.none() | st.sampled_from(strengths(code)))
    return CriterionEdit(KEY, code, draw(st.sampled_from([True, False, None])), strength, "why", "Dr A", "t")


def levels(items: list[Evidence]) -> tuple[int, int]:
    return ORDER.index(class_by_points(items)), ORDER.index(class_by_rules(items))


def stronger(item: Evidence) -> Evidence:
    above = [step for step in strengths(item.code) if step > item.strength]
    return Evidence(item.code, min(above, default=item.strength))


@given(unique(PATHOGENIC), st.data())
def test_raising_a_pathogenic_strength_never_lowers(items: list[Evidence], data: st.DataObject) -> None:
    items = items or [Evidence("PM2", Strength.SUPPORTING)]
    at = data.draw(st.integers(0, len(items) - 1))
    raised = [*items[:at], stronger(items[at]), *items[at + 1 :]]
    before, after = levels(items), levels(raised)
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@given(unique(BENIGN), st.data())
def test_raising_a_benign_strength_never_raises(items: list[Evidence], data: st.DataObject) -> None:
    items = items or [Evidence("BP4", Strength.SUPPORTING)]
    at = data.draw(st.integers(0, len(items) - 1))
    raised = [*items[:at], stronger(items[at]), *items[at + 1 :]]
    before, after = levels(items), levels(raised)
    assert after[0] <= before[0]
    assert after[1] <= before[1]


@given(unique(COUNTED), evidence(PATHOGENIC))
def test_another_pathogenic_criterion_never_lowers_the_points(items: list[Evidence], more: Evidence) -> None:
    assert levels([*items, more])[0] >= levels(items)[0]


@given(unique(COUNTED), evidence(BENIGN))
def test_another_benign_criterion_never_raises_the_points(items: list[Evidence], more: Evidence) -> None:
    assert levels([*items, more])[0] <= levels(items)[0]


@given(unique(PATHOGENIC), evidence(PATHOGENIC))
def test_another_pathogenic_criterion_never_lowers_the_rules(items: list[Evidence], more: Evidence) -> None:
    assert levels([*items, more])[1] >= levels(items)[1]


@given(unique(BENIGN), evidence(BENIGN))
def test_another_benign_criterion_never_raises_the_rules(items: list[Evidence], more: Evidence) -> None:
    assert levels([*items, more])[1] <= levels(items)[1]


@given(unique(PATHOGENIC), unique(BENIGN))
def test_contradiction_is_uncertain_by_the_rules_and_never_past_either_side(
    bad: list[Evidence], good: list[Evidence]
) -> None:
    mixed = levels([*bad, *good])[1]
    assert levels(good)[1] <= mixed <= levels(bad)[1]


@given(classifications(), edits())
def test_an_edit_decides_its_criterion_and_nothing_else(found: Classification, edit: CriterionEdit) -> None:
    changed = edited(found, [edit])
    by_code = {criterion.code: criterion for criterion in changed.criteria}
    own = by_code.pop(edit.code)
    assert (own.verdict, own.evidence, own.reason) == (edit.verdict, edit.evidence, "why")
    assert own.edit == edit
    assert own.computed
    assert own.computed_reason == "program"
    assert all(criterion in found.criteria for criterion in by_code.values())
    assert changed.before_edits is found.reported
    met = [item.evidence for item in changed.criteria if item.evidence]
    assert changed.by_points is class_by_points(met)
    assert changed.by_rules is class_by_rules(met)


@given(classifications(), st.lists(edits(), min_size=1, max_size=5))
def test_taking_the_edits_back_gives_the_same_class(found: Classification, made: list[CriterionEdit]) -> None:
    case = CASE
    for edit in made:
        case = with_edit(case, edit)
    assert len({edit.code for edit in case.criterion_edits}) == len(case.criterion_edits)
    for edit in made:
        case = without_edit(case, KEY, edit.code)
    assert case == CASE
    assert edited(found, case.criterion_edits) == found


@given(classifications(), edits(), edits())
def test_the_preview_is_what_the_analysis_will_say(
    found: Classification, first: CriterionEdit, second: CriterionEdit
) -> None:
    shown = preview(edited(found, [first]), second)
    case = with_edit(with_edit(CASE, first), second)
    assert shown == edited(found, case.criterion_edits)
    assert last_author(case) == "Dr A"


@pytest.mark.parametrize(
    ("code", "strength", "reason", "author"),
    [
        ("PM2", None, " ", "Dr A"),
        ("PM2", None, "why", ""),
        ("PP5", None, "why", "Dr A"),
        ("PX9", None, "why", "Dr A"),
        ("BS1", Strength.STAND_ALONE, "why", "Dr A"),
    ],
)
def test_an_edit_without_grounds_is_refused(
    code: str, strength: Strength | None, reason: str, author: str
) -> None:
    with pytest.raises(ValueError):
        CriterionEdit(KEY, code, True, strength, reason, author, "t")


def test_nothing_is_shown_as_edited_where_nobody_did() -> None:
    found = classify([Criterion("PM2", Verdict.MET, "rare", Evidence("PM2", Strength.SUPPORTING))])
    assert edited(found, ()) is found
    assert found.before_edits is None
    assert last_author(CASE) == ""
