"""From a CanRisk family to the BRCA1/2 model."""

from genoai_desktop.analysis.risk.brca import UNKNOWN_AGE as UNKNOWN_ONSET
from genoai_desktop.analysis.risk.brca import BrcaPerson, BrcaResult, brca_model
from genoai_desktop.app.canrisk import UNKNOWN_AGE as UNKNOWN_AGE_IN_FILE
from genoai_desktop.app.canrisk import CanRiskFamily, CanRiskMember
from genoai_desktop.knowledge.risk import RiskTables


def family_carriers(family: CanRiskFamily, tables: RiskTables) -> BrcaResult:
    """Carrier probabilities of a CanRisk family; Ashkenazi frequencies when anybody is marked so.

    Raises:
        UserError: the family's results contradict each other.
    """
    people = [brca_person(member) for member in family.members]
    return brca_model(people, tables, ashkenazi=any(member.ashkenazi for member in family.members))


def brca_person(member: CanRiskMember) -> BrcaPerson:
    """One member as the model asks. ``Age`` 0 is not known: then only diagnoses speak."""
    breast, _, ovarian, *_ = (_onset(age) for age in member.cancers)
    tests = {gene: (result == "P", kind == "T") for gene, (kind, result) in member.tests.items()}
    twin = f"twins {member.twin}" if member.twin else None
    age = float(member.age) if member.age else None
    return BrcaPerson(member.id, member.mother, member.father, member.sex, age, breast, ovarian, tests, twin)


def _onset(age: int) -> float | None:
    if age == 0:
        return None
    return float(UNKNOWN_ONSET if age == UNKNOWN_AGE_IN_FILE else age)
