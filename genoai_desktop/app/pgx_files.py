"""Tables of pharmacogenomic calls and advice, and the evaluations of the command line.

Columns as the command-line contract states them. Files appear whole or not at all.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

import polars as pl

from genoai_desktop.analysis.pharmacogenomics import OutsideCall, call_all, for_everybody
from genoai_desktop.analysis.pharmacogenomics.advice import gaps
from genoai_desktop.analysis.pharmacogenomics.analysis import HasPgx
from genoai_desktop.analysis.pharmacogenomics.dosing import IWPC, IWPC_CLINICAL, iwpc_mg_week, warfarin_dose
from genoai_desktop.analysis.pharmacogenomics.present import advise_present
from genoai_desktop.analysis.pharmacogenomics.tag_ancestry import compared_ancestry
from genoai_desktop.analysis.pharmacogenomics.warfarin_table import patient_of, stated_dose
from genoai_desktop.app.pgx_sex import sexes_from_file, with_sex_note
from genoai_desktop.app.tables import write_table
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.pgx import DrugAdvice, GeneCall
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.models.warfarin import GROUPS, WarfarinModel
from genoai_desktop.vcf.callable import CallableRegions
from genoai_desktop.vcf.table import VariantTable

CALL_COLUMNS = ("sample", "gene", "diplotype", "alternatives", "phenotype", "activity_score", "status",
                "positions_tested", "positions_missing", "note")  # fmt: skip
ADVICE_COLUMNS = ("sample", "drug", "implication", "action", "dose_factor", "strength", "guideline",
                  "version", "genes", "results", "population", "concern")  # fmt: skip

Calls = Mapping[str, tuple[GeneCall, ...]]


def call_samples(
    table: VariantTable,
    knowledge: HasPgx,
    context: Context,
    *,
    outside: Sequence[OutsideCall] = (),
    assume_reference: bool = False,
    ancestry: Callable[[int], AncestryEstimate | None] = lambda _sample: None,
    regions: CallableRegions | None = None,
) -> dict[str, tuple[GeneCall, ...]]:
    """Calls of every sample of a table, in the file's order; sex by the genotypes on X (G6PD).

    ``ancestry`` of a sample by its index: asked for only where an HLA tag was seen, to compare it.
    ``regions``: stated to be callable.
    """
    shown = sexes_from_file(table)
    found = call_all(
        table, knowledge.pgx, context, samples=range(len(table.samples)), sexes=[sex for sex, _ in shown],
        assume_reference=assume_reference, outside=outside,
        ancestry=lambda sample: compared_ancestry(ancestry(sample)), regions=regions,
    )  # fmt: skip
    on_x = {name for name, gene in knowledge.pgx.genes.items() if gene.x_linked}
    return {
        name: tuple(with_sex_note(call, sex, reason, call.gene in on_x) for call in calls)
        for name, calls, (sex, reason) in zip(table.samples, found, shown, strict=True)
    }


def call_rows(calls: Calls) -> list[dict[str, str]]:
    """Rows of the calls table; ``positions_missing`` counts, the note names what could not be excluded."""
    return [
        {
            "sample": sample, "gene": call.gene, "diplotype": call.diplotype,
            "alternatives": ";".join(call.alternatives), "phenotype": call.phenotype,
            "activity_score": call.activity_score, "status": call.status.value,
            "positions_tested": str(call.positions_tested),
            "positions_missing": str(len(call.positions_missing)),
            "note": _note(call),
        }
        for sample, found in calls.items()
        for call in found
    ]  # fmt: skip


def _note(call: GeneCall, most: int = 8) -> str:
    relevant = [position for position in call.positions_missing if position.alleles]
    parts = list(call.notes)
    if relevant and call.positions_tested:
        named = "; ".join(f"{p.name} ({', '.join(p.alleles[:most])})" for p in relevant[:most])
        more = len(relevant) - most
        tail = tr(" and {count} more", count=more) if more > 0 else ""
        parts.append(tr("Not seen, so not excluded: {positions}.", positions=named + tail))
    return " ".join(parts)


def advice_rows(sample: str, advice: Iterable[DrugAdvice]) -> list[dict[str, str]]:
    """Rows of the advice table."""
    return [
        {
            "sample": sample, "drug": one.drug, "implication": one.implication, "action": one.action,
            "dose_factor": one.dose_factor, "strength": one.strength,
            "guideline": f"{one.guideline.source} {one.guideline.reference}".strip(),
            "version": one.guideline.version,
            "genes": ";".join(one.genes), "results": ";".join(one.phenotypes), "population": one.population,
            "concern": one.concern.value,
        }
        for one in advice
    ]  # fmt: skip


def write_calls_tsv(calls: Calls, out: Path) -> None:
    """Write the calls table."""
    write_rows(call_rows(calls), CALL_COLUMNS, out)


def write_advice_tsv(calls: Calls, knowledge: HasPgx, out: Path, drugs: Sequence[str] | None = None) -> None:
    """Write the advice table."""
    rows = [
        row
        for sample, found in calls.items()
        for row in advice_rows(sample, _advice(found, knowledge.pgx, drugs))
    ]  # fmt: skip
    write_rows(rows, ADVICE_COLUMNS, out)


def unknown_drugs(drugs: Sequence[str], knowledge: HasPgx) -> list[str]:
    """The names that no guideline row knows."""
    known = {*knowledge.pgx.recommendations_by_drug} | {pair.drug for pair in knowledge.pgx.pairs}
    return [drug for drug in drugs if drug.strip().lower() not in known]


def _advice(
    calls: Sequence[GeneCall], definitions: PgxDefinitions, drugs: Sequence[str] | None
) -> tuple[DrugAdvice, ...]:
    """As an analysis: guideline rows, cautions by alleles seen, and guidelines without a row here.

    A medicine that is asked for by its name counts as one that is planned.
    """
    told = advise_present(calls, (), definitions, drugs)[3]
    found = for_everybody(told, {drug.strip().lower() for drug in drugs or ()})
    return (*found, *gaps(calls, definitions, found, drugs))


def write_rows(rows: Iterable[Mapping[str, str]], columns: Sequence[str], out: Path) -> None:
    """Write the table whole or not at all, in the form that the name asks for; ``-`` is standard output."""
    tidy = [[re.sub(r"\s+", " ", str(row[column])) for column in columns] for row in rows]
    schema = dict.fromkeys(columns, pl.String)
    write_table(pl.DataFrame(tidy, schema=schema, orient="row"), out)


AGREEMENT_COLUMNS = ("gene", "sample", "call", "status", "truth", "updated", "agrees")
_RENAMED = {("SLCO1B1", "1A"): "1", ("SLCO1B1", "1B"): "37", ("CYP2C19", "38"): "1", ("CYP3A4", "1B"): "1"}
_OTHER_NAMES = frozenset({"DPYD"})
"""Genes whose consensus uses another nomenclature than the guideline."""
"""Former names of alleles: SLCO1B1 *1A and *1B are *1 and *37; CYP2C19 *38 was part of
*1; CYP3A4 *1B has been withdrawn."""


def evaluate_pgx(
    calls: Calls, truth: Iterable[Mapping[str, str]]
) -> tuple[dict[str, tuple[int, int]], list[dict[str, str]]]:
    """Agreement per gene (agreeing, compared) and one row per comparison.

    ``truth`` rows: ``sample gene getrm updated``; either consensus is accepted, alternatives after ``;``,
    choices in brackets. Only genes that were called are compared.
    """
    by_key = {(sample, call.gene): call for sample, found in calls.items() for call in found}
    totals: dict[str, tuple[int, int]] = {}
    rows = []
    for row in truth:
        call = by_key.get((row["sample"], row["gene"]))
        if call is None or not call.diplotype or call.gene in _OTHER_NAMES:
            continue
        accepted = truth_options(row["gene"], row["getrm"]) | truth_options(
            row["gene"], row.get("updated", "")
        )
        agrees = _normal(row["gene"], call.diplotype) in accepted
        good, all_ = totals.get(row["gene"], (0, 0))
        totals[row["gene"]] = (good + agrees, all_ + 1)
        rows.append({
            "gene": row["gene"], "sample": row["sample"], "call": call.diplotype, "status": call.status.value,
            "truth": row["getrm"], "updated": row.get("updated", ""), "agrees": "1" if agrees else "0",
        })  # fmt: skip
    return totals, rows


def _normal(gene: str, diplotype: str) -> tuple[str, ...]:
    names = [name.lstrip("*") for name in diplotype.split("/")]
    return tuple(sorted(_RENAMED.get((gene, name), name) for name in names))


def truth_options(gene: str, text: str) -> set[tuple[str, ...]]:
    """Diplotypes that a consensus accepts: ``1(27)/6`` is 1/6 or 27/6; ``2/(15,35)`` is 2/15 or 2/35."""
    found: set[tuple[str, ...]] = set()
    for option in text.replace("?", "").replace(" ", "").split(";"):
        sides = [_choices(side) for side in re.split(r"/(?![^(]*\))", option) if side]
        if len(sides) == 2:
            found |= {
                tuple(sorted(_RENAMED.get((gene, name), name) for name in pair)) for pair in product(*sides)
            }
    return found


def _choices(side: str) -> list[str]:
    outside, _, inside = side.partition("(")
    names = [outside] if outside else []
    return [name.lstrip("*") for name in [*names, *inside.rstrip(")").split(",")] if name]


WARFARIN_COLUMNS = ("predicted_mg_week", "low", "high", "model", "note")
WARFARIN_MODELS = ("own", IWPC, IWPC_CLINICAL)


def evaluate_warfarin(
    patients: Sequence[Mapping[str, str]], knowledge: HasPgx, model: WarfarinModel
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Per patient: the row with a prediction added; per model: error by ancestry group.

    The stated dose is read for the error table alone. A patient without age, height or weight, or outside the
    limits, has no prediction and a note.
    """
    dosing = knowledge.pgx.dosing
    rows: list[dict[str, str]] = []
    scored: list[tuple[str, float, dict[str, float]]] = []
    for row in patients:
        patient = patient_of(row)
        added = dict.fromkeys(WARFARIN_COLUMNS, "")
        if patient is None:
            rows.append({**row, **added, "note": tr("age, height or weight is not given")})
            continue
        try:
            best = warfarin_dose(patient, dosing, model)
        except UserError as error:
            rows.append({**row, **added, "note": str(error)})
            continue
        figures = (f"{value:.2f}" for value in (best.mg_week, best.low, best.high))
        rows.append({**row, **dict(zip(WARFARIN_COLUMNS, (*figures, best.model, ""), strict=True))})
        dose = stated_dose(row)
        if dose:
            scored.append((patient.group, dose, {
                "own": model.predict(patient).mg_week, IWPC: iwpc_mg_week(patient, dosing),
                IWPC_CLINICAL: iwpc_mg_week(patient, dosing, genotype=False),
            }))  # fmt: skip
    return rows, _error_table(scored)


def _error_table(scored: Sequence[tuple[str, float, Mapping[str, float]]]) -> list[dict[str, str]]:
    table = []
    for name in WARFARIN_MODELS:
        for group in ("all", *GROUPS):
            gaps = [(abs(p[name] - dose), dose) for g, dose, p in scored if group in ("all", g)]
            if gaps:
                mean = sum(gap for gap, _ in gaps) / len(gaps)
                near = 100 * sum(gap <= 0.2 * dose for gap, dose in gaps) / len(gaps)
                table.append({"model": name, "ancestry": group, "patients": str(len(gaps)),
                              "mae_mg_week": f"{mean:.2f}", "within_20_percent": f"{near:.1f}"})  # fmt: skip
    return table
