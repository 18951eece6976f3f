"""Dose equations: warfarin (IWPC, EU-PACT loading, own model), tacrolimus, fluoropyrimidines.

Equations and limits are data (``pgx_dosing``). Outside the limits there is no dose, and the reason is said.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.domain.text import tr
from genoai_desktop.models.warfarin import WarfarinEstimate, WarfarinModel, WarfarinPatient

IWPC, IWPC_CLINICAL = "IWPC 2009", "IWPC 2009 without genotype"


@dataclass(frozen=True, slots=True)
class LoadingDoses:
    """EU-PACT: mg on days 1, 2 and 3, and the maintenance dose in mg a day that they lead to."""

    days: tuple[float, float, float]
    maintenance_mg_day: float


def check_limits(patient: WarfarinPatient, dosing: Mapping[str, Any]) -> None:
    """Refuse inputs outside the range of the patients behind the equations.

    Raises:
        UserError: names the field, its value's limits, and that no dose is given.
    """
    limits = dosing["limits"]
    values = {"age_years": patient.age_decades * 10 + 9, "height_cm": patient.height_cm,
              "weight_kg": patient.weight_kg, "target_inr": patient.target_inr}  # fmt: skip
    for name, value in values.items():
        low, high = limits[name]
        if not low <= value <= high:
            raise UserError(
                tr("No warfarin dose: {field} must lie between {low} and {high}.",
                   field=_named(name), low=low, high=high),
                where=name, remedy=tr("Check the entry, or dose by INR alone."), code="pgx.limits",
            )  # fmt: skip


def _named(field: str) -> str:
    return {
        "age_years": tr("the age in years"), "height_cm": tr("the height in cm"),
        "weight_kg": tr("the weight in kg"), "target_inr": tr("the target INR"),
    }[field]  # fmt: skip


def iwpc_mg_week(patient: WarfarinPatient, dosing: Mapping[str, Any], genotype: bool = True) -> float:
    """Weekly dose of the IWPC 2009 equation, with or without the genotype (PMID 19228618)."""
    table = dosing["iwpc_2009_pharmacogenetic" if genotype else "iwpc_2009_clinical"]
    total = table["intercept"] + table["age_decades"] * patient.age_decades
    total += table["height_cm"] * patient.height_cm + table["weight_kg"] * patient.weight_kg
    race = {"Asian": "asian", "Black or African American": "black", "Unknown": "missing_or_mixed_race"}
    total += table.get(race.get(patient.group, ""), 0.0)
    total += table["enzyme_inducer"] * patient.inducer + table["amiodarone"] * patient.amiodarone
    if genotype:
        vkorc1 = {0: "", 1: "VKORC1_rs9923231_A/G", 2: "VKORC1_A/A", None: "VKORC1_unknown"}[patient.vkorc1_a]
        total += table.get(vkorc1, 0.0) + table.get(_cyp2c9_term(patient), 0.0)
    return float(max(total, 0.0) ** 2)


def _cyp2c9_term(patient: WarfarinPatient) -> str:
    if patient.cyp2c9 is None:
        return "CYP2C9_unknown"
    return "CYP2C9_" + "/".join(sorted(patient.cyp2c9))


def warfarin_dose(
    patient: WarfarinPatient, dosing: Mapping[str, Any], model: WarfarinModel
) -> WarfarinEstimate:
    """The own model where it was better than IWPC in the patient's ancestry group and dose band, else IWPC.

    IWPC also where not all that the own model was trained on was asked. The interval is that of the model
    that is used. Warnings name the groups of the patient that the audit found to be served worse than others.

    Raises:
        UserError: an input outside the limits.
    """
    check_limits(patient, dosing)
    own = model.predict(patient)
    dose = iwpc_mg_week(patient, dosing)
    warnings = tuple(
        tr("The dose was less exact in this group when the model was tested: {group}.", group=tr(name))
        for name in model.served_worse(patient)
    )
    if patient.fully_asked and model.beats_iwpc(patient.group, dose):
        return replace(own, warnings=warnings)
    scale = dose / own.mg_week
    low, high = model.iwpc_range(dose) or (own.low * scale, own.high * scale)
    return WarfarinEstimate(dose, low, high, IWPC, warnings)


def with_calls(patient: WarfarinPatient, calls: Iterable[GeneCall]) -> WarfarinPatient:
    """The patient with VKORC1 and CYP2C9 from calls that can be relied on; the others stay unknown."""
    sure = {call.gene: call for call in calls if call.status in (CallStatus.CALLED, CallStatus.AMBIGUOUS)}
    vkorc1, cyp2c9 = sure.get("VKORC1"), sure.get("CYP2C9")
    if vkorc1:
        patient = replace(patient, vkorc1_a=vkorc1.diplotype.count("variant"))
    if cyp2c9 and "/" in cyp2c9.diplotype:
        first, _, second = cyp2c9.diplotype.partition("/")
        patient = replace(patient, cyp2c9=(first, second))
    return patient


def eu_pact_loading(patient: WarfarinPatient, mg_week: float, dosing: Mapping[str, Any]) -> LoadingDoses:
    """EU-PACT loading doses for a maintenance dose (PMID 24251363).

    Raises:
        UserError: the CYP2C9 genotype is unknown or holds an allele that the scheme does not know.
    """
    table = dosing["eu_pact_2013_modified"]["k_per_h"]
    genotype = "/".join(sorted(patient.cyp2c9 or ()))
    if genotype not in table:
        raise UserError(
            tr("No loading doses: the scheme needs CYP2C9 *1, *2 or *3 on both strands."), where="CYP2C9",
            remedy=tr("Start by the local scheme without genotype."), code="pgx.limits",
        )  # fmt: skip
    k = 24 * table[genotype]
    daily = mg_week / 7
    third = daily / ((1 - math.exp(-k)) * (1 + math.exp(-k) + math.exp(-2 * k)))
    extra = third - daily
    return LoadingDoses((daily + 1.5 * extra, daily + extra, daily + 0.5 * extra), daily)


def standard_loading(age_years: float, dosing: Mapping[str, Any]) -> tuple[float, float, float]:
    """Loading doses in mg on days 1 to 3 without genotype: the control arm of EU-PACT (PMID 24251363).

    Raises:
        UserError: the age is outside the limits.
    """
    low, high = dosing["limits"]["age_years"]
    if not low <= age_years <= high:
        raise UserError(
            tr("No loading doses: the age must lie between {low} and {high} years.", low=low, high=high),
            where="age_years", remedy=tr("Start by the local scheme."), code="pgx.limits",
        )  # fmt: skip
    days = dosing["standard_loading"]["mg"]["up_to_75_years" if age_years <= 75 else "older"]
    return float(days[0]), float(days[1]), float(days[2])


def thiopurine_factor(drug: str, tpmt: str, nudt15: str, dosing: Mapping[str, Any]) -> tuple[float, float]:
    """Share of the usual starting dose of a thiopurine, low and high, by both phenotypes (CPIC 2018, 2024).

    Raises:
        UserError: a phenotype is not determined, or the drug is not a thiopurine of the guideline.
    """
    table = dosing["thiopurines"]
    if drug not in table["usual"] or not {tpmt, nudt15} <= _THIOPURINE_RESULTS:
        raise UserError(
            tr("No thiopurine dose: it needs determined phenotypes of TPMT and NUDT15."),
            where="TPMT, NUDT15",
            remedy=tr("Measure TPMT activity, or start low and follow the blood count."),
            code="pgx.limits",
        )
    shares = []
    for gene, result in (("tpmt", tpmt), ("nudt15", nudt15)):
        if result == "Poor Metabolizer":
            poor = table[f"poor_{gene}"]
            shares.append(poor[drug] if isinstance(poor, Mapping) else poor)
    lowered = [r for r in (tpmt, nudt15) if "Intermediate" in r]
    if not shares and lowered:
        shares = [table["both_intermediate"] if len(lowered) == 2 else table["one_intermediate"][drug]]
    low, high = min(shares, default=[1.0, 1.0])
    return float(low), float(high)


_THIOPURINE_RESULTS = {
    "Normal Metabolizer", "Intermediate Metabolizer", "Possible Intermediate Metabolizer", "Poor Metabolizer"
}  # fmt: skip


def tacrolimus_start(phenotype: str, weight_kg: float, dosing: Mapping[str, Any]) -> tuple[float, float]:
    """Starting dose range in mg a day by CYP3A5 phenotype (CPIC 2015, doi:10.1002/cpt.113).

    Raises:
        UserError: the phenotype is not determined or the weight is outside the limits.
    """
    table = dosing["tacrolimus_start"]
    low, high = dosing["limits"]["weight_kg"]
    if phenotype not in table["factor"] or not low <= weight_kg <= high:
        raise UserError(
            tr("No tacrolimus dose: it needs a determined CYP3A5 phenotype and {low} to {high} kg of weight.",
               low=low, high=high),
            where="CYP3A5", remedy=tr("Start as usual and measure the level."), code="pgx.limits",
        )  # fmt: skip
    usual, factors = table["usual_mg_per_kg_day"], table["factor"][phenotype]
    most = table["maximum_mg_per_kg_day"]
    return (
        min(usual[0] * factors[0], most) * weight_kg,
        min(usual[1] * factors[1], most) * weight_kg,
    )


def fluoropyrimidine_factor(activity_score: str, dosing: Mapping[str, Any]) -> float:
    """Share of the usual fluoropyrimidine starting dose by DPYD activity score; 0 means avoid.

    Raises:
        UserError: the score is not determined.
    """
    factors = dosing["fluoropyrimidine"]["factor"]
    if activity_score not in factors:
        raise UserError(
            tr("No fluoropyrimidine dose: the DPYD activity score is not determined."), where="DPYD",
            remedy=tr("Measure uracil or DPD activity first."), code="pgx.limits",
        )  # fmt: skip
    return float(factors[activity_score])
