"""The doses that can be calculated for a case, each with its limits, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from genoai_desktop.analysis.pharmacogenomics.dosing import (
    IWPC,
    IWPC_CLINICAL,
    check_limits,
    eu_pact_loading,
    fluoropyrimidine_factor,
    iwpc_mg_week,
    standard_loading,
    tacrolimus_start,
    thiopurine_factor,
    warfarin_dose,
    with_calls,
)
from genoai_desktop.analysis.pharmacogenomics.interactions import names_taken
from genoai_desktop.analysis.pharmacogenomics.warfarin_steps import (
    AFRICAN,
    Step,
    cluster_unseen,
    open_text,
    step_text,
    steps,
)
from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.pgx import CallStatus, DoseAdvice, GeneCall
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.locations import models
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.models.warfarin import FLAGS, WarfarinModel, WarfarinPatient, load_warfarin

INDUCERS = frozenset({"carbamazepine", "phenytoin", "rifampin", "rifampicin"})
"""The enzyme inducers of the IWPC equations."""
_FLAG_MEDICINES = {
    "simvastatin": "simvastatin", "atorvastatin": "atorvastatin", "aspirin": "aspirin",
    "sulfamethoxazole": "sulfonamide", "fluconazole": "azole", "itraconazole": "azole",
    "ketoconazole": "azole", "voriconazole": "azole", "clarithromycin": "macrolide",
    "erythromycin": "macrolide", "azithromycin": "macrolide",
}  # fmt: skip
_AFRICAN_ALLELES = frozenset({"*5", "*6", "*8", "*11"})
FLUOROPYRIMIDINES = ("capecitabine", "fluorouracil")
"""Those of the CPIC guideline; for tegafur DPWG advises another medicine, not a share."""
_GENES = {
    "warfarin": ("CYP2C9", "VKORC1"), "tacrolimus": ("CYP3A5",), "azathioprine": ("NUDT15", "TPMT"),
    "mercaptopurine": ("NUDT15", "TPMT"), "thioguanine": ("NUDT15", "TPMT"),
    "capecitabine": ("DPYD",), "fluorouracil": ("DPYD",),
}  # fmt: skip


@lru_cache(maxsize=1)
def own_model() -> WarfarinModel:
    """The shipped warfarin model, read once.

    Raises:
        UserError: its file is missing or damaged.
    """
    return load_warfarin(models() / "warfarin")


def doses(case: Case, calls: Sequence[GeneCall], definitions: PgxDefinitions) -> tuple[DoseAdvice, ...]:
    """Warfarin, tacrolimus, fluoropyrimidines and thiopurines, sorted by drug."""
    dosing = definitions.dosing
    by_gene = {call.gene: call for call in calls}
    found = [*_warfarin(case, by_gene, dosing), _tacrolimus(case, by_gene, dosing)]
    found += [_fluoropyrimidine(drug, by_gene, dosing) for drug in FLUOROPYRIMIDINES]
    found += [_thiopurine(drug, by_gene, dosing) for drug in sorted(dosing["thiopurines"]["usual"])]
    found = [_with_open(one, by_gene) for one in found]
    return tuple(sorted(found, key=lambda one: (one.drug, one.kind)))


def _with_open(dose: DoseAdvice, calls: Mapping[str, GeneCall]) -> DoseAdvice:
    """A dose warns of results that were not excluded and would change the phenotype it rests on."""
    if dose.reason:
        return dose
    said = tuple(
        tr("{gene} {diplotype} was not excluded and would mean {phenotype}.",
           gene=gene, diplotype=one.diplotype, phenotype=one.phenotype)
        for gene in _GENES[dose.drug] if gene in calls
        for one in calls[gene].possible if one.changes_phenotype
    )  # fmt: skip
    return replace(dose, warnings=(*dose.warnings, *said))


def _none(drug: str, kind: str, reason: str, source: str) -> DoseAdvice:
    return DoseAdvice(drug, kind, None, None, None, "", "", source, reason=reason)


def warfarin_patient(case: Case, calls: Mapping[str, GeneCall]) -> WarfarinPatient | None:
    """What the equations need, from the case; None when age, height or weight is not stated."""
    patient, person = case.patient, case.index
    if person.age_years is None or patient.height_cm is None or patient.weight_kg is None:
        return None
    taken = names_taken(m.name for m in case.medicines if not m.planned)
    flags = {_FLAG_MEDICINES[name] for name in taken if name in _FLAG_MEDICINES}
    flags |= {"smoker"} if patient.smoker else set()
    return with_calls(
        WarfarinPatient(
            float(person.age_years // 10), patient.height_cm, patient.weight_kg, person.sex is Sex.MALE,
            patient.ancestry, amiodarone="amiodarone" in taken, inducer=bool(taken & INDUCERS),
            target_inr=patient.target_inr or 2.5, flags=frozenset(flags & set(FLAGS)),
            fully_asked=False,
        ),
        calls.values(),
    )  # fmt: skip


def _warfarin(case: Case, calls: Mapping[str, GeneCall], dosing: Mapping[str, Any]) -> list[DoseAdvice]:
    source = "IWPC 2009 (PMID 19228618); CPIC 2017 (doi:10.1002/cpt.668)"
    keep, load = tr("maintenance dose"), tr("loading doses")
    patient, age = warfarin_patient(case, calls), case.index.age_years
    if patient is None or age is None:
        return [_none("warfarin", keep, tr("Age, height and weight are needed."), source)]
    try:
        check_limits(patient, dosing)
        if not dosing["limits"]["age_years"][0] <= age <= dosing["limits"]["age_years"][1]:
            return [_none("warfarin", keep, tr("The equations are for adults up to 100 years."), source)]
        dose = _maintenance(case, patient, calls, dosing, keep, source)
        return [*_stepped(dose, patient, calls, dosing), _loading(patient, age, dosing, load)]
    except UserError as error:
        return [_none("warfarin", keep, error.what, source)]


def _maintenance(
    case: Case,
    patient: WarfarinPatient,
    calls: Mapping[str, GeneCall],
    dosing: Mapping[str, Any],
    kind: str,
    source: str,
) -> DoseAdvice:
    """With genotype where it can be relied on; the equation without it in the cases that CPIC names."""
    unit = tr("mg/week")
    unknown = patient.vkorc1_a is None and patient.cyp2c9 is None
    if unknown or (patient.group == AFRICAN and _african_open(calls)):
        why = (
            tr("Neither CYP2C9 nor VKORC1 is known: calculated without genotype.")
            if unknown
            else tr("CYP2C9 *5, *6, *8 and *11 were not excluded: calculated without genotype (CPIC 2017).")
        )
        dose = iwpc_mg_week(patient, dosing, genotype=False)
        return DoseAdvice("warfarin", kind, dose, None, None, unit, IWPC_CLINICAL, source, warnings=(why,))
    warnings: list[str] = []
    if case.index.sex is Sex.UNKNOWN:
        note = tr("Sex is not stated: IWPC, which does not need it, without an interval.")
        dose = iwpc_mg_week(patient, dosing)
        return DoseAdvice("warfarin", kind, dose, None, None, unit, IWPC, source, warnings=(note,))
    if patient.vkorc1_a is None or patient.cyp2c9 is None:
        missing = "VKORC1" if patient.vkorc1_a is None else "CYP2C9"
        warnings.append(tr("{gene} is not known; an average was used.", gene=missing))
    found = warfarin_dose(patient, dosing, own_model())
    return DoseAdvice(
        "warfarin", kind, found.mg_week, found.low, found.high, unit, found.model, source,
        warnings=(*warnings, *found.warnings), why=_why(found.model, patient.fully_asked),
    )  # fmt: skip


def _stepped(
    dose: DoseAdvice, patient: WarfarinPatient, calls: Mapping[str, GeneCall], dosing: Mapping[str, Any]
) -> list[DoseAdvice]:
    """The calculated dose, and what CPIC's steps for the patient's ancestry make of it.

    A step for CYP2C9 starts from IWPC, which has no term for those alleles; the own model has one, and would
    count them twice.
    """
    if dose.dose is None or dose.model == IWPC_CLINICAL:
        return [dose]
    taken, open_ = steps(patient.group, calls, dosing)
    said = open_text(open_)
    if cluster_unseen(patient.group, calls):
        note = tr("rs12777823 was not seen. If it carries A, CPIC gives 10 to 25 % less in African ancestry.")
        said = (*said, note)
    if not taken:
        return [replace(dose, warnings=(*dose.warnings, *said))]
    after = _after(dose, patient, taken, dosing)
    lead = tr("CPIC changes this dose for this patient: {low} to {high} mg/week, see below.",
              low=f"{after.low:.0f}", high=f"{after.high:.0f}")  # fmt: skip
    return [replace(dose, warnings=(lead, *dose.warnings, *said)), after]


def _after(
    dose: DoseAdvice, patient: WarfarinPatient, taken: Sequence[Step], dosing: Mapping[str, Any]
) -> DoseAdvice:
    base, model = float(dose.dose or 0), dose.model
    if any(step.gene == "CYP2C9" for step in taken):
        base, model = iwpc_mg_week(patient, dosing), IWPC
    low = high = base
    for step in taken:
        low, high = low * step.low, high * step.high
    listed = joined("; ", [step_text(step) for step in taken])
    why = tr("From {dose} mg/week by {model}. {steps}.", dose=f"{base:.1f}", model=model, steps=listed)
    source = str(dosing["warfarin_steps"]["source"])
    kind = tr("maintenance dose after CPIC's steps")
    return DoseAdvice(
        dose.drug,
        kind,
        None,
        low,
        high,
        dose.unit,
        tr("{model}, then CPIC 2017", model=model),
        source,
        why=why,
    )


def _why(model: str, fully_asked: bool) -> str:
    if not fully_asked:
        return tr("IWPC: our own model was more exact only with the indication, further conditions and the "
                  "population, which are not asked here.")  # fmt: skip
    if model == IWPC:
        return tr("IWPC, because our own model was not more exact for this ancestry group and dose range.")
    return tr("Our own model, because it was more exact than IWPC for this ancestry group and dose range "
              "when tested.")  # fmt: skip


def _african_open(calls: Mapping[str, GeneCall]) -> bool:
    call = calls.get("CYP2C9")
    if call is None:
        return True
    return any(_AFRICAN_ALLELES & set(position.alleles) for position in call.positions_missing)


def _loading(patient: WarfarinPatient, age: float, dosing: Mapping[str, Any], kind: str) -> DoseAdvice:
    """By genotype where the scheme knows it; otherwise the control arm's fixed doses."""
    unit, source = tr("mg on days 1, 2 and 3"), "EU-PACT (PMID 24251363)"
    if patient.cyp2c9 is None or patient.vkorc1_a is None:
        days = standard_loading(age, dosing)
        note = tr("Genotype not known: the fixed doses of the trial's control arm.")
        return DoseAdvice(
            "warfarin", kind, None, None, None, unit, tr("without genotype"), source, days, (note,)
        )
    try:
        weekly = warfarin_dose(patient, dosing, own_model()).mg_week
        found = eu_pact_loading(patient, weekly, dosing)
    except UserError as error:
        return _none("warfarin", kind, error.what, source)
    notes = (
        (tr("The scheme was not tested in people of African ancestry."),) if patient.group == AFRICAN else ()
    )
    return DoseAdvice("warfarin", kind, None, None, None, unit, tr("by genotype"), source, found.days, notes)


def _tacrolimus(case: Case, calls: Mapping[str, GeneCall], dosing: Mapping[str, Any]) -> DoseAdvice:
    kind, source = tr("starting dose"), str(dosing["tacrolimus_start"]["source"])
    call, weight = calls.get("CYP3A5"), case.patient.weight_kg
    if weight is None:
        return _none("tacrolimus", kind, tr("Weight is needed."), source)
    sure = call is not None and call.status in (CallStatus.CALLED, CallStatus.AMBIGUOUS)
    try:
        low, high = tacrolimus_start(call.phenotype if call and sure else "", weight, dosing)
    except UserError as error:
        return _none("tacrolimus", kind, error.what, source)
    note = tr("Not for liver transplants from another person's liver; levels decide after the first days.")
    unit, model = tr("mg/day"), call.phenotype if call else ""
    return DoseAdvice("tacrolimus", kind, None, low, high, unit, model, source, warnings=(note,))


def _fluoropyrimidine(drug: str, calls: Mapping[str, GeneCall], dosing: Mapping[str, Any]) -> DoseAdvice:
    kind, source = tr("share of the usual starting dose"), str(dosing["fluoropyrimidine"]["source"])
    call = calls.get("DPYD")
    sure = call is not None and call.status in (CallStatus.CALLED, CallStatus.AMBIGUOUS)
    try:
        share = fluoropyrimidine_factor(call.activity_score if call and sure else "", dosing)
    except UserError as error:
        return _none(drug, kind, error.what, source)
    score = call.activity_score if call else ""
    model = tr("DPYD activity score {score}", score=score)
    warnings = {
        "0.5": (tr("Avoid; if there is no alternative, a strongly reduced dose with early drug levels."),),
        "0.0": (tr("Avoid."),),
        "1.5": (tr("The dose may be raised when the first cycles were tolerated."),),
        "1.0": (tr("The dose may be raised when the first cycles were tolerated."),),
    }.get(score, ())
    return DoseAdvice(drug, kind, 100 * share, None, None, "%", model, source, warnings=warnings)


def _thiopurine(drug: str, calls: Mapping[str, GeneCall], dosing: Mapping[str, Any]) -> DoseAdvice:
    kind, source = tr("starting dose"), str(dosing["thiopurines"]["source"])
    results = [
        calls[gene].phenotype
        if gene in calls and calls[gene].status in (CallStatus.CALLED, CallStatus.AMBIGUOUS)
        else ""
        for gene in ("TPMT", "NUDT15")
    ]
    try:
        low, high = thiopurine_factor(drug, results[0], results[1], dosing)
    except UserError as error:
        return _none(drug, kind, error.what, source)
    usual_low, usual_high, unit = dosing["thiopurines"]["usual"][drug][0]
    model = tr("TPMT {tpmt}, NUDT15 {nudt15}", tpmt=results[0], nudt15=results[1])
    notes = []
    if "Poor Metabolizer" in results:
        notes.append(tr("Outside cancer, choose another medicine."))
    if results[0] == "Poor Metabolizer":
        notes.append(tr("Give it three days a week instead of daily."))
    if high < 1 and "Poor Metabolizer" not in results:
        notes.append(tr("If the usual dose is already below {dose} {unit}, no reduction may be needed.",
                        dose=f"{usual_low:g}", unit=unit))  # fmt: skip
    return DoseAdvice(
        drug, kind, None, low * usual_low, high * usual_high, unit, model, source, warnings=tuple(notes)
    )
