"""What a case holds of its proband alone, and what becomes of it when another person is the proband."""

from collections.abc import Callable
from dataclasses import MISSING, replace
from typing import Any, Final

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent_family import same_proband
from genoai_desktop.domain.text import tr

PERSONAL: Final = {
    "terms": tr("features"),
    "medicines": tr("medicines"),
    "patient": tr("what was stated for dosing"),
    "outside_calls": tr("results of other laboratories"),
    "breast": tr("answers for the breast cancer models"),
    "partner": tr("the partner"),
    "criterion_edits": tr("changes of ACMG criteria"),
    "letter_edits": tr("wording of letters"),
    "reads": tr("the file of reads"),
    "callable_regions": tr("the callable regions"),
}
"""Field of ``Case`` to its name: one person's body, answers, partner and files, and judgements made of them.
What is left out holds for the family or the laboratory, or is a record that stays as it was made."""


def of_the_former(before: Case, after: Case) -> tuple[str, ...]:
    """The fields that entries about another person fill, where ``after`` is about somebody else."""
    if same_proband(before, after):
        return ()
    return tuple(name for name in PERSONAL if getattr(before, name) != _UNSET[name]())


def set_aside(before: Case, after: Case) -> Case:
    """``after`` without what was entered of the proband of ``before``: nobody gets another's symptoms."""
    return replace(after, **{name: _UNSET[name]() for name in of_the_former(before, after)})


def taken_over(before: Case, after: Case) -> Case:
    """``after`` with those entries after all: they were made of this person, and only the mark was wrong.

    What was entered meanwhile stays.
    """
    names = [name for name in of_the_former(before, after) if getattr(after, name) == _UNSET[name]()]
    return replace(after, **{name: getattr(before, name) for name in names})


def _unset(name: str) -> Callable[[], Any]:
    one = Case.__dataclass_fields__[name]
    factory = one.default_factory
    return (lambda: one.default) if factory is MISSING else factory


_UNSET: Final = {name: _unset(name) for name in PERSONAL}
