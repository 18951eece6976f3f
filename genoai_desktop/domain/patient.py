"""What a prescriber states about the patient beside age and sex: limits and doses depend on it."""

from dataclasses import dataclass

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

ANCESTRY_GROUPS = ("White", "Asian", "Black or African American", "Unknown")
"""Groups by which the warfarin equations were fitted (IWPC 2009); ``Unknown`` also for mixed ancestry."""
RANGES: dict[str, tuple[float, float]] = {
    "weight_kg": (0.3, 400.0),
    "height_cm": (20.0, 250.0),
    "egfr": (0.0, 200.0),
    "target_inr": (1.0, 5.0),
}
"""What can be true of a person at all; each dose equation has narrower limits of its own."""


@dataclass(frozen=True, slots=True)
class PatientContext:
    """Facts that change advice and doses. None means that nobody stated it, never "no".

    ``egfr`` in mL/min/1.73 m². ``ancestry``: one of ``ANCESTRY_GROUPS`` as the patient states it; used by
    the warfarin equations and by guideline rows for people of one ancestry. ``target_inr``: the middle of the
    range aimed at.

    Raises:
        UserError: a figure that cannot be true, or an ancestry that is not in the list.
    """

    weight_kg: float | None = None
    height_cm: float | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    egfr: float | None = None
    smoker: bool | None = None
    ancestry: str = "Unknown"
    target_inr: float | None = None

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise UserError(
                    tr("The value must lie between {low} and {high}.", low=low, high=high),
                    where=name, remedy=tr("Check the entry and its unit."), code="patient.range",
                )  # fmt: skip
        if self.ancestry not in ANCESTRY_GROUPS:
            raise UserError(
                tr("The ancestry is not one that the dose equations know."), where="ancestry",
                remedy=tr("Choose one of: {names}.", names=", ".join(ANCESTRY_GROUPS)), code="patient.range",
            )  # fmt: skip
