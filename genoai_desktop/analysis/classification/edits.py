"""A professional's edits of criteria: the one place where they are applied."""

from collections.abc import Iterable
from dataclasses import replace

from genoai_desktop.analysis.classification.combining import classify
from genoai_desktop.domain.acmg import Classification, Criterion, CriterionEdit


def edited(classification: Classification, edits: Iterable[CriterionEdit]) -> Classification:
    """The classification with the edits in place of the program's word; the class follows.

    What the program said stays with each changed criterion, and its class in ``before_edits``. A
    criterion that is edited twice takes the later edit. Without edits the classification comes back as it is.
    """
    wanted = {edit.code: edit for edit in edits}
    if not wanted:
        return classification
    known = {criterion.code for criterion in classification.criteria}
    criteria = [_changed(criterion, wanted.get(criterion.code)) for criterion in classification.criteria]
    criteria += [_added(edit) for code, edit in wanted.items() if code not in known]
    return replace(classify(criteria), before_edits=classification.before_edits or classification.reported)


def _changed(criterion: Criterion, edit: CriterionEdit | None) -> Criterion:
    if edit is None:
        return criterion
    said = criterion.computed or str(criterion.evidence or criterion.verdict)
    return replace(_added(edit), computed=said, computed_reason=criterion.computed_reason or criterion.reason)


def _added(edit: CriterionEdit) -> Criterion:
    return Criterion(edit.code, edit.verdict, edit.reason, edit.evidence, edit=edit)
