"""The ledger: what a case's variants and medicines were judged, and the list of all of them across cases."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from genoai_desktop.app.consent import points_to
from genoai_desktop.cases.audit import Act
from genoai_desktop.domain.acmg import AcmgClass
from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.consent import Decision, standing
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.durable import replace_file
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.ledger import (
    Ledger,
    LedgerAdvice,
    LedgerCall,
    LedgerEffect,
    LedgerEntry,
    OwnCriterion,
)
from genoai_desktop.domain.pgx import Concern, DrugAdvice, GeneCall, PgxResult
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.spreadsheet import cell
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.knowledge import Knowledge

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.casebook import Casebook
    from genoai_desktop.app.request import OpenCase

CANDIDATES = 30
"""Candidates whose variants are kept: those that are classified."""
OWN_CRITERIA = frozenset({"PS2", "PM6", "PM3", "PP1", "PP4", "BS2", "BS4"})
"""Criteria that rest on the patient and the family (``classification.case_criteria``)."""
_EFFECT_COLUMNS = ("consequence", "region", "splice_distance", "aa_position", "aa_ref", "aa_alt")


def collect(opened: "OpenCase", knowledge: Knowledge | None = None) -> Ledger:
    """What the analysis said of every candidate and finding. Holds only what consent allows.

    ``knowledge``: to note which diseases the genes are known for; nothing is noted without it.
    """
    result, consent = opened.result, opened.case.consent
    found: list[tuple[ReportedVariant, dict[str, Any]]] = []
    for candidate in result.rare.candidates[:CANDIDATES] if result.rare else ():
        about = {
            "kind": "candidate",
            "disease": candidate.disease_name,
            "disease_id": candidate.disease_id,
            "inheritance": candidate.inheritance,
            "rank": candidate.rank,
            "needs": _needs(candidate, consent),
        }
        found += [(variant, about) for variant in candidate.variants]
    for finding in result.risk.findings if result.risk else ():
        about = {
            "kind": "finding",
            "disease": finding.condition,
            "disease_id": "",
            "needs": (finding.scope,),
        }
        found += [(variant, about) for variant in finding.variants]
    effects = _effects(opened, [variant for variant, _ in found])
    entries = tuple(_entry(variant, about, effects, knowledge) for variant, about in found)
    calls, advice, own = _medicines(result.pgx)
    return Ledger(entries, calls, advice, own).permitted(consent)


def _needs(candidate: Candidate, consent: Consent) -> tuple[str, ...]:
    """A candidate that the phenotype does not point to is there by a wider consent, and goes with it."""
    wider = (Scope.SECONDARY, Scope.CARRIER) if not points_to(candidate) else ()
    return (Scope.PRIMARY.value, *(scope.value for scope in wider if consent.allows(scope)))


def _entry(
    variant: ReportedVariant,
    about: dict[str, Any],
    effects: dict[tuple[int, str], LedgerEffect],
    knowledge: Knowledge | None,
) -> LedgerEntry:
    judged, clinvar = variant.acmg, variant.clinvar
    own = tuple(
        OwnCriterion(item.code, item.verdict, item.evidence.strength if item.evidence else None)
        for item in (judged.criteria if judged else ())
        if item.code in OWN_CRITERIA and item.edit is None
    )
    return LedgerEntry(
        gene=variant.gene,
        variant=variant.key,
        hgvs_c=variant.hgvs_c,
        hgvs_p=variant.hgvs_p,
        hgvs_g=variant.hgvs_g,
        zygosity=variant.zygosity.value,
        classification=variant.classification,
        points=judged.points if judged else None,
        codes=variant.acmg_codes,
        clinvar=clinvar.classification if clinvar else "",
        clinvar_stars=clinvar.stars if clinvar else 0,
        clinvar_release=clinvar.release if clinvar else "",
        frequency_kind=variant.frequency.kind.value,
        frequency=variant.frequency.highest,
        effect=effects.get((variant.row, variant.transcript)),
        own=own,
        gene_diseases=None if knowledge is None else diseases_of(variant.gene, knowledge),
        **about,
    )


def _effects(opened: "OpenCase", variants: Sequence[ReportedVariant]) -> dict[tuple[int, str], LedgerEffect]:
    frame = opened.annotated.effects
    if not set(_EFFECT_COLUMNS) <= set(frame.columns):
        return {}
    rows = frame.filter(pl.col("row").is_in([variant.row for variant in variants]))
    return {
        (row["row"], row["transcript"]): LedgerEffect(
            row["transcript"],
            row["consequence"],
            row["region"] or "",
            row["splice_distance"],
            row["aa_position"],
            row["aa_ref"] or "",
            row["aa_alt"] or "",
        )
        for row in rows.select("row", "transcript", *_EFFECT_COLUMNS).iter_rows(named=True)
    }


def diseases_of(gene: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Identifiers of the diseases that the gene is known for."""
    known = knowledge.phenotypes
    return tuple(sorted(known.disease(index).id for index in known.gene_diseases.get(gene, ())))


def _medicines(
    pgx: PgxResult | None,
) -> tuple[tuple[LedgerCall, ...], tuple[LedgerAdvice, ...], tuple[str, ...]]:
    if pgx is None:
        return (), (), ()
    own = {name.lower() for one in pgx.conversions for name in one.medicines}
    calls = tuple(map(call_of, pgx.calls))
    return calls, advice_of(pgx.advice, own), tuple(sorted(own))


def call_of(call: GeneCall) -> LedgerCall:
    """What guidelines look at in a result."""
    return LedgerCall(call.gene, call.diplotype, call.phenotype, call.activity_score, call.status)


def advice_of(advice: Iterable[DrugAdvice], without: Iterable[str]) -> tuple[LedgerAdvice, ...]:
    """What guidelines say, without gaps and without these drugs (lower case)."""
    left_out = set(without)
    found = {
        LedgerAdvice(one.drug, one.guideline.source, one.population, one.concern, one.action, one.dose_factor)
        for one in advice
        if one.concern is not Concern.UNKNOWN and one.drug.lower() not in left_out
    }
    return tuple(sorted(found, key=lambda one: (one.drug, one.source, one.population, one.action)))


@dataclass(frozen=True, slots=True)
class Recontact:
    """Whether the patient wants to hear of news. ``wish``: yes, no, withdrawn, or not asked."""

    wish: str
    date: str = ""

    @property
    def wanted(self) -> bool:
        """Only a given consent counts as a yes."""
        return self.wish == "yes"


_WISHES = {Decision.GIVEN: "yes", Decision.DECLINED: "no", Decision.WITHDRAWN: "withdrawn"}


def recontact(case: Case) -> Recontact:
    """The proband's wish, by the recorded decisions or, without any, by the consent of the case."""
    event = standing(case.consent_events, case.proband).get(Scope.RECONTACT)
    if event is not None:
        return Recontact(_WISHES[event.decision], event.date)
    return Recontact("yes" if case.consent.allows(Scope.RECONTACT) else "not asked")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger across cases. ``uid`` is the case's random identifier in the store."""

    uid: str
    title: str
    entry: LedgerEntry
    recontact: Recontact
    analysed: str
    """When these words were found, ISO 8601."""
    program: str
    versions: tuple[tuple[str, str], ...]
    changed: bool = False
    """A person has not yet seen what a check found about this case."""

    @property
    def uncertain(self) -> bool:
        """Whether it was a variant of uncertain significance."""
        return self.entry.classification == AcmgClass.UNCERTAIN


def ledger_rows(book: "Casebook", context: Context) -> tuple[LedgerRow, ...]:
    """Every variant of every stored case that consent lets a person see. One entry in the audit chain.

    Raises:
        UserError: the store cannot be read.
        Cancelled: the person stopped the job.
    """
    from genoai_desktop.app.casebook.news import news_of, read_silently

    heads = book.heads()
    book.record(Act.VIEWED, "", f"ledger of {len(heads)} cases")
    found: list[LedgerRow] = []
    for head in context.track(heads, tr("Reading the stored cases")):
        stored = read_silently(book, head.case_id)
        if stored is None:
            continue
        last = stored.analyses[-1] if stored.analyses else None
        news = news_of(book, stored)
        found += [
            LedgerRow(
                stored.uid,
                head.title,
                entry,
                recontact(stored.case),
                last.time if last else "",
                last.program if last else "",
                last.versions if last else (),
                bool(news and news.unseen),
            )
            for entry in stored.ledger.permitted(stored.case.consent).entries
        ]
    return tuple(found)


COLUMNS = (
    "case", "name", "gene", "hgvs_c", "hgvs_p", "variant", "build", "zygosity", "disease", "class", "points",
    "codes", "clinvar", "clinvar_stars", "clinvar_release", "frequency", "analysed", "program",
    "recontact", "recontact_date", "changed",
)  # fmt: skip


def export_ledger(book: "Casebook", rows: Sequence[LedgerRow], path: Path) -> int:
    """Write rows as CSV; recorded as an export first. Returns how many.

    ``case`` is the random identifier; ``name`` (the case's title) is there only where the patient agreed to
    be contacted again.

    Raises:
        UserError: it cannot be recorded or written.
    """
    book.record(Act.EXPORTED, "", f"ledger, {len(rows)} rows")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_cells(row) for row in rows)
    try:
        replace_file(path, text.getvalue().encode())
    except OSError as error:
        raise UserError(
            tr("The file cannot be written ({reason}).", reason=reason_of(error)), where=path.name
        ) from error
    return len(rows)


def _cells(row: LedgerRow) -> tuple[Any, ...]:
    entry = row.entry
    key = entry.variant
    return (
        row.uid,
        cell(row.title) if row.recontact.wanted else "",
        *map(cell, (entry.gene, entry.hgvs_c, entry.hgvs_p)),
        f"{key.chromosome}-{key.position}-{key.ref}-{key.alt}",
        key.build.value,
        entry.zygosity,
        cell(entry.disease),
        entry.classification,
        "" if entry.points is None else entry.points,
        ";".join(entry.codes),
        entry.clinvar,
        entry.clinvar_stars if entry.clinvar else "",
        entry.clinvar_release,
        entry.frequency_kind if entry.frequency is None else f"{entry.frequency:.3g}",
        row.analysed,
        row.program,
        row.recontact.wish,
        row.recontact.date,
        "yes" if row.changed else "no",
    )
