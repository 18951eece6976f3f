"""Edited criteria in the technical report: both class systems, the edit and what the program said."""

from dataclasses import replace

from report_cases import rich_result

from genoai_desktop.analysis.classification import classify
from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.domain.acmg import Criterion, CriterionEdit, Evidence, Strength, Verdict
from genoai_desktop.domain.case import Consent
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.sections.variants import _row


def changed() -> CaseResult:
    result = rich_result()
    assert result.rare is not None
    first = next(one for one in result.rare.candidates if one.variants)
    variant = first.variants[0]
    edit = CriterionEdit(variant.key, "PS3", True, Strength.MODERATE, "Assay", "Dr A", "2026-11-23T10:00:00")
    found = classify(
        [
            Criterion("PVS1", Verdict.MET, "null", Evidence("PVS1", Strength.VERY_STRONG)),
            Criterion("PS3", Verdict.NOT_ASSESSED, "assays"),
        ]
    )
    shown = replace(first, variants=(replace(variant, acmg=edited(found, [edit])),))
    return replace(
        result,
        case=replace(result.case, criterion_edits=(edit,)),
        rare=replace(result.rare, candidates=(shown,)),
    )


def test_the_report_gives_both_systems_and_the_edit() -> None:
    rare = changed().rare
    assert rare is not None
    cell = _row(rare.candidates[0].variants[0])[-1]
    assert "Points (+10): Pathogenic; 2015 rules: Likely pathogenic" in cell
    assert "Before edits: Likely pathogenic" in cell
    assert "PS3 edited to PS3_Moderate by Dr A, 2026-11-23: Assay (program: not assessed)" in cell


def test_an_edit_is_withheld_with_its_variant() -> None:
    result = changed()
    assert permitted(result).case.criterion_edits
    declined = replace(result, case=replace(result.case, consent=Consent(frozenset())))
    assert permitted(declined).case.criterion_edits == ()
