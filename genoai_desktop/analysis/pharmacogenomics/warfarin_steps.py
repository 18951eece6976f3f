"""CPIC's steps after a calculated warfarin dose: alleles that the equations do not know, by ancestry.

CPIC 2017 (doi:10.1002/cpt.668, figure 2): CYP2C9 *5, *6, *8 and *11, rs12777823 and CYP4F2 c.1297G>A. What is
multiplied by what, and in whom, is data (``pgx_dosing``). Ancestry is the one that the patient states, as in
the guideline; where none is stated no step is taken, and a sentence says which one would depend on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.domain.text import tr

AFRICAN = "Black or African American"
UNSTATED = "Unknown"
CLUSTER = "CYP2C cluster"
_RELIABLE = (CallStatus.CALLED, CallStatus.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class Step:
    """``low`` to ``high``: what the calculated dose is multiplied by, because of ``alleles`` of ``gene``."""

    gene: str
    alleles: tuple[str, ...]
    low: float
    high: float
    strength: str
    people: str


def belongs(people: str, group: str) -> bool | None:
    """Whether advice for ``people`` is about someone of ``group``; None where no ancestry is stated."""
    if people not in ("African", "not African"):
        return True
    if group == UNSTATED:
        return None
    return (group == AFRICAN) is (people == "African")


def steps(
    group: str, calls: Mapping[str, GeneCall], dosing: Mapping[str, Any]
) -> tuple[list[Step], list[Step]]:
    """Steps that apply to the patient, and those that depend on an ancestry that nobody stated."""
    taken: list[Step] = []
    open_: list[Step] = []
    for row in dosing["warfarin_steps"]["rows"]:
        call, about = calls.get(row["gene"]), belongs(row["people"], group)
        if call is None or call.status not in _RELIABLE or about is False:
            continue
        carried = [name for name in call.diplotype.split("/") if name in row["alleles"]]
        if len(carried) in row["copies"]:
            low, high = row["share"]
            names = tuple(dict.fromkeys(carried))
            step = Step(row["gene"], names, low, high, row["strength"], row["people"])
            (taken if about else open_).append(step)
    return taken, open_


def step_text(step: Step) -> str:
    """``CYP2C9 *8: 15 to 30 % less (people of African ancestry; Moderate)``."""
    names = " ".join((step.gene, ", ".join(step.alleles)))
    people = (
        tr("people of African ancestry")
        if step.people == "African"
        else tr("people without African ancestry")
    )
    low, high = sorted(round(100 * abs(1 - share)) for share in (step.low, step.high))
    if step.low > 1:
        return tr("{names}: {low} to {high} % more ({people}; {strength})",
                  names=names, low=low, high=high, people=people, strength=step.strength)  # fmt: skip
    return tr("{names}: {low} to {high} % less ({people}; {strength})",
              names=names, low=low, high=high, people=people, strength=step.strength)  # fmt: skip


def open_text(found: Sequence[Step]) -> tuple[str, ...]:
    """What would change the dose if the patient's ancestry were stated."""
    return tuple(
        tr("Ancestry is not stated, so this step of CPIC was not taken: {step}.", step=step_text(one))
        for one in found
    )


def cluster_unseen(group: str, calls: Mapping[str, GeneCall]) -> bool:
    """Whether rs12777823 matters to the patient and is not known."""
    call = calls.get(CLUSTER)
    return group == AFRICAN and (call is None or call.status not in _RELIABLE)
