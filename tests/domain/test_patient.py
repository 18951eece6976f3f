"""Facts about the patient: what cannot be true is refused, what nobody stated stays open."""

import pytest

from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.patient import PatientContext


def test_nothing_is_assumed() -> None:
    case = Case("c", "p", (Person("p"),), Build.GRCH38)
    assert case.patient == PatientContext()
    assert case.patient.weight_kg is None
    assert case.patient.pregnant is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("weight_kg", 0), ("weight_kg", 700), ("height_cm", 1.75), ("egfr", -1), ("target_inr", 9)],
)
def test_figures_that_cannot_be_true_are_refused(field: str, value: float) -> None:
    with pytest.raises(UserError, match=field):
        PatientContext(**{field: value})


def test_an_unknown_ancestry_is_refused() -> None:
    with pytest.raises(UserError, match="ancestry"):
        PatientContext(ancestry="Martian")
