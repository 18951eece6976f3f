"""Editing ACMG criteria: what the window asks for. Edits live in the Case, and nowhere else."""

from dataclasses import replace
from datetime import datetime

from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.domain.acmg import Classification, CriterionEdit
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.genome import VariantKey


def preview(classification: Classification, edit: CriterionEdit) -> Classification:
    """The classification as it would be with this edit beside the ones it already has."""
    return edited(classification, [edit])


def with_edit(case: Case, edit: CriterionEdit) -> Case:
    """The case with the edit in place of an earlier one of the same criterion of the same variant."""
    kept = without_edit(case, edit.variant, edit.code).criterion_edits
    return replace(case, criterion_edits=(*kept, edit))


def without_edit(case: Case, variant: VariantKey, code: str) -> Case:
    """The case with the program's own word on that criterion."""
    kept = tuple(edit for edit in case.criterion_edits if (edit.variant, edit.code) != (variant, code))
    return replace(case, criterion_edits=kept)


def last_author(case: Case) -> str:
    """Who edited last, to be offered again; empty where nobody did."""
    return case.criterion_edits[-1].author if case.criterion_edits else ""


def now() -> str:
    """The time of an edit, ISO 8601 with the offset from UTC."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
