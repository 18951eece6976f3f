"""Who else in the family may carry a variant found in the proband, and whose test would tell most."""

from genoai_desktop.analysis.risk.cascade import CascadeStep, cascade
from genoai_desktop.analysis.risk.inheritance import Genetics, Mode
from genoai_desktop.analysis.risk.pedigree import Member, Model
from genoai_desktop.analysis.risk.phenotype import GeneTest, Penetrance
from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Zygosity
from genoai_desktop.domain.risk import RelativeChance, RiskFinding
from genoai_desktop.domain.text import tr

RARE = 1e-6
"""Frequency of one particular variant among people who marry into the family: as good as none."""
MOST_PERSONS = 60
LEAST_CHANGE = 0.005
"""Difference between the two results below which a test says nothing worth telling about a person."""
MOST_NAMED = 3


def variant_in_family(
    case: Case,
    findings: tuple[RiskFinding, ...],
    context: Context,
    sequenced: frozenset[str] = frozenset(),
) -> tuple[RelativeChance, ...]:
    """For each finding of one variant: chances of the relatives from the pedigree alone, most telling first.

    Nothing is read from the relatives' own samples, and their health is not weighed: only the proband's
    variant, taken as inherited (a new mutation would make every chance but the children's smaller).
    Where relatives are ``sequenced`` in the same file their own results decide, and only the proband's
    descendants are listed.
    """
    if not 2 <= len(case.persons) <= MOST_PERSONS:
        return ()
    shown = _descendants(case) if sequenced else {person.id for person in case.persons}
    shown -= {case.proband, *sequenced}
    if not shown:
        return ()
    by_mode: dict[Mode, tuple[CascadeStep, ...]] = {}
    found: list[RelativeChance] = []
    for finding in findings:
        if len(finding.variants) == 1 and finding.inheritance in ("AD", "AR", "SD", "XL"):
            mode = Mode.X_LINKED if finding.inheritance == "XL" else Mode.DOMINANT
            if mode not in by_mode:  # the pedigree alone speaks: the same for every finding of a mode
                by_mode[mode] = _steps(case, mode, context)
            found += _chances(case, shown, finding, by_mode[mode])
    return tuple(found)


def _steps(case: Case, mode: Mode, context: Context) -> tuple[CascadeStep, ...]:
    silent = Penetrance(lambda copies, sex, age: 0.0, frozenset())  # noqa: ARG005 - health is not weighed
    model = Model(Genetics(mode, RARE), silent)
    try:
        return cascade([_member(case, person.id) for person in case.persons], model, context=context)
    except UserError:  # a pedigree that cannot be is refused where it is drawn
        return ()


def _chances(
    case: Case, shown: set[str], finding: RiskFinding, steps: tuple[CascadeStep, ...]
) -> list[RelativeChance]:
    return [
        RelativeChance(
            person=step.person,
            subject=finding.gene,
            carrier=step.carrier_probability,
            information=step.information,
            scope=finding.scope,
            text=tr(
                "Chance of {percent:.0f} % to carry the same {gene} variant, from the pedigree alone.",
                percent=step.carrier_probability * 100,
                gene=finding.gene,
            )
            + _meaning(case, step, shown),
        )
        for step in steps
        if step.person in shown
    ]


def _meaning(case: Case, step: CascadeStep, shown: set[str]) -> str:
    """What either result of this person's test would say of those whom it says most about."""
    changes = [
        (abs(found - not_found), person, found, not_found)
        for (person, found), (_, not_found) in zip(step.if_positive, step.if_negative, strict=False)
        if person != step.person and person in shown
    ]
    telling = sorted((one for one in changes if one[0] >= LEAST_CHANGE), key=lambda one: (-one[0], one[1]))
    if not telling:
        return ""
    names = {person.id: person.name or person.id for person in case.persons}

    def listed(column: int) -> str:
        return ", ".join(f"{names[str(one[1])]} {float(one[column]):.0%}" for one in telling[:MOST_NAMED])

    return " " + tr("If it is found there: {found}. If not: {absent}.", found=listed(2), absent=listed(3))


def _descendants(case: Case) -> set[str]:
    found = {case.proband}
    waiting = [case.proband]
    while waiting:
        parent = waiting.pop()
        children = [p.id for p in case.persons if parent in (p.mother, p.father) and p.id not in found]
        found.update(children)
        waiting += children
    return found


def _member(case: Case, person_id: str) -> Member:
    person = case.person(person_id)
    twin = None
    if case.family is not None:
        twins = case.family.twins_of(person_id)
        if twins is not None and twins.zygosity is Zygosity.IDENTICAL:
            twin = "+".join(twins.members)
    tests = (GeneTest(1),) if person_id == case.proband else ()
    sex = person.sex if person.sex in (Sex.FEMALE, Sex.MALE) else Sex.UNKNOWN
    return Member(
        person.id, person.mother, person.father, sex, tests=tests, twin=twin, deceased=person.deceased
    )
