"""Cautions by age, weight, kidneys, pregnancy, ancestry and other medicines, each with its source."""

from collections.abc import Iterable, Iterator

from genoai_desktop.analysis.pharmacogenomics.checked import caution_source
from genoai_desktop.analysis.pharmacogenomics.interactions import names_taken
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.pgx import Concern, DrugCaution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import CautionRow


def cautions(
    case: Case, definitions: PgxDefinitions, drugs: Iterable[str] | None = None
) -> tuple[DrugCaution, ...]:
    """Every row whose condition is known to hold, by drug; what nobody stated triggers nothing.

    A row on two medicines together holds for either of them when the other is taken or planned. ``drugs``:
    only these (lower case).
    """
    facts = _facts(case)
    listed = names_taken(medicine.name for medicine in case.medicines)
    wanted = None if drugs is None else {drug.strip().lower() for drug in drugs}
    found = [
        DrugCaution(drug, Concern(row.concern), text, caution_source(row), row.label)
        for row in definitions.cautions
        if _holds(row, facts)
        for drug, text in _shown(row, listed)
        if wanted is None or drug in wanted
    ]
    order = list(Concern)
    return tuple(sorted(found, key=lambda one: (one.drug, order.index(one.concern), one.text)))


def _shown(row: CautionRow, listed: set[str]) -> Iterator[tuple[str, str]]:
    """The drug under which the row is shown, and its text."""
    if not row.together:
        for drug in row.drugs:
            yield drug, _text(row, drug)
        return
    for drug in row.drugs:
        if others := listed & set(row.together):
            yield drug, _text(row, drug, ", ".join(sorted(others)))
    for other in row.together:
        for drug in sorted(listed & set(row.drugs)):
            yield other, _text(row, drug, other)


def _facts(case: Case) -> dict[str, bool | float | str | None]:
    patient = case.patient
    return {
        "pregnant": patient.pregnant, "breastfeeding": patient.breastfeeding, "ancestry": patient.ancestry,
        "age": case.index.age_years, "weight": patient.weight_kg, "egfr": patient.egfr,
    }  # fmt: skip


def _holds(row: CautionRow, facts: dict[str, bool | float | str | None]) -> bool:
    for name, wanted in row.when.items():
        fact, _, bound = name.partition("_")
        value = facts[fact]
        if value is None:
            return False
        if bound == "below":
            if not float(value) < float(wanted):
                return False
        elif bound == "from":
            if not float(value) >= float(wanted):
                return False
        elif value != wanted:
            return False
    return True


def _text(row: CautionRow, drug: str, others: str = "") -> str:
    return _reasons()[row.reason].format(drug=drug, figure=row.figure, others=others)


def _reasons() -> dict[str, str]:
    return {
        "fetal_harm": tr("Pregnancy: {drug} can harm the unborn child."),
        "fetal_weigh": tr("Pregnancy: {drug} may harm the unborn child; weigh this against its need."),
        "fetal_g6pd": tr("Pregnancy: {drug} can destroy blood cells of a child who lacks G6PD."),
        "fetal_hearing": tr("Pregnancy: {drug} can damage the hearing of the unborn child."),
        "usually_stopped": tr("Pregnancy: {drug} is usually stopped; weigh a high vascular risk."),
        "late_pregnancy": tr("Pregnancy: no {drug} from {figure} on unless advised otherwise."),
        "withdrawal": tr("Pregnancy: long use of {drug} leads to withdrawal in the newborn."),
        "at_term": tr("Pregnancy: no {drug} from {figure} on (blood cells of the newborn)."),
        "infant": tr("Breastfeeding: {drug} or its products can harm the infant."),
        "infant_g6pd": tr("Breastfeeding: no {drug} unless the infant is known to have normal G6PD."),
        "child": tr("Age: no {drug} under {figure}."),
        "tonsils": tr("Age: under {figure}, no {drug} after removal of tonsils or adenoids, with obesity or "
                      "with lung disease."),
        "mood": tr("Age: under {figure}, watch for suicidal thoughts when {drug} is started or changed."),
        "lower_maximum": tr("No more than {figure} of {drug} because of age, weight or kidney function."),
        "half_maximum": tr("Age: the maximum dose of {drug} is half of that for younger adults."),
        "by_weight": tr("Age: the maximum dose of {drug} goes by weight ({figure})."),
        "titrate": tr("Weight under {figure}: start {drug} as usual and adjust by its level."),
        "kidney_less": tr("Kidney function: {drug} and its products stay longer; give less or less often."),
        "kidney_avoid": tr("Kidney function under {figure}: avoid {drug}."),
        "kidney_toxic": tr("Kidney function: {drug} can damage the kidneys; follow level and function."),
        "by_kidney": tr("Kidney function: dose {drug} by it and measure the level."),
        "share": tr("Kidney function: give {figure} of the usual dose of {drug}."),
        "less_by": tr("Kidney function: reduce {drug} by {figure}."),
        "less": tr("Kidney function: reduce {drug} by {figure} or more."),
        "start_lower": tr("Kidney function: start {drug} lower and raise it slowly."),
        "with_share": tr("{drug} with {others}: a life-threatening loss of blood cells. Avoid; if it cannot "
                         "be avoided, give {figure} of the usual dose of {drug} and count blood cells "
                         "often."),
        "with_marrow": tr("{drug} with {others}: a life-threatening loss of blood cells; not recommended."),
        "with_deaths": tr("{drug} with {others}: must not be given together, deaths are known; at least "
                          "{figure} lie between the last dose of {others} and the first of {drug}."),
        "with_never": tr("{drug} with {others}: must not be given together."),
        "with_stop": tr("{drug} with {others}: not together; {others} ends at least {figure} before {drug}."),
        "with_more": tr("{drug} with {others}: more of {drug} or its active products in the blood."),
        "with_hearing": tr("{drug} with {others}: the damage to hearing adds up."),
        "with_muscle": tr("{drug} with {others}: muscle can break down; avoid."),
        "with_maximum": tr("{drug} with {others}: no more than {figure} of {drug}."),
        "start_at": tr("Ancestry: start {drug} at {figure}; levels are higher in people of Asian ancestry."),
    }  # fmt: skip
