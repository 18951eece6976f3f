"""What relatives may need to know, and the list of whom to offer a test, made from the pedigree."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.consent import refuses
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.family import Pregnancy
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.spreadsheet import cell
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.report import steps
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.kin import Kin, Relation, chance, relatives
from genoai_desktop.report.outcome import (
    Mode,
    OutcomeKind,
    besides,
    both_copies,
    lacking,
    mode_of,
    outcome,
    shown_new,
)
from genoai_desktop.report.permitted import permitted

CASCADE_COLUMNS = (
    "person",
    "relation",
    "gene",
    "condition",
    "hgvs",
    "highest_chance",
    "already_sequenced",
    "note",
)
FOR_RELATIVES = (Part.RARE, Part.RISK, Part.CLASSIFICATION)
"""The analyses whose findings relatives may need to know."""


@dataclass(frozen=True, slots=True)
class FamilyFinding:
    """A finding that matters to relatives."""

    gene: str
    condition: str
    mode: Mode
    variants: tuple[ReportedVariant, ...]

    @property
    def new_in_proband(self) -> bool:
        """Both parents were shown not to have it."""
        return shown_new(self.variants)

    def chance_of(self, one: Kin) -> float | None:
        """The highest chance (0..1) of that relative by ``kin.chance``."""
        both = both_copies(self.variants)
        return chance(one, self.mode, new_in_proband=self.new_in_proband, both_copies=both)

    def not_seen_in(self, one: Kin) -> bool:
        """Whether this relative is a parent in whose own test it was not seen."""
        return one.relation is Relation.PARENT and one.parent in lacking(self.variants)


def family_findings(result: CaseResult) -> tuple[FamilyFinding, ...]:
    """Positive or likely positive primary findings and permitted secondary findings; never a VUS."""
    allowed = permitted(result)
    answer = outcome(allowed)
    found = []
    if answer.kind in {OutcomeKind.POSITIVE, OutcomeKind.LIKELY_POSITIVE} and answer.candidate:
        one = answer.candidate
        found.append(FamilyFinding(one.gene, one.disease_name, answer.mode, one.variants))
    for finding in besides(allowed, answer):
        if finding.scope == Scope.SECONDARY.value:
            mode = mode_of(finding.inheritance)
            found.append(FamilyFinding(finding.gene, finding.condition, mode, finding.variants))
    return tuple(found)


def concerned(case: Case) -> tuple[Kin, ...]:
    """Blood relatives who can be told and tested: born, and alive; closest first."""
    unborn = {m.id for m in case.family.members if m.pregnancy is not Pregnancy.NO} if case.family else set()
    return tuple(
        one
        for one in relatives(case)
        if one.relation is not Relation.NONE
        and one.person not in unborn
        and not case.person(one.person).deceased
    )


def cascade_csv(result: CaseResult) -> str:
    """One row for each blood relative and finding, closest first: whom to offer a test, and why.

    Before them one for each analysis of such findings that failed, without a person.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CASCADE_COLUMNS)
    for failed in permitted(result).failed:
        if failed.part in FOR_RELATIVES:
            writer.writerow((*[""] * (len(CASCADE_COLUMNS) - 1), failed.words))
    for finding in family_findings(result):
        for one in concerned(result.case):
            steps.check()
            writer.writerow(_row(result, finding, one))
    return buffer.getvalue()


def write_cascade_csv(result: CaseResult, path: Path | str) -> None:
    """Write ``cascade_csv``, whole or not at all."""
    write_atomic(path, cascade_csv(result).encode("utf-8"))


def _row(result: CaseResult, finding: FamilyFinding, one: Kin) -> tuple[str, ...]:
    number = finding.chance_of(one)
    note = "" if number is not None else tr("no number from the relation alone: counsel individually")
    if finding.not_seen_in(one):
        number = None
        note = tr("not seen in this parent's own test")
    hgvs = "; ".join(variant.hgvs_c or variant.hgvs_g for variant in finding.variants)
    may_be_read = not refuses(result.case.consent_events, one.person, Scope.PRIMARY)
    sequenced = "yes" if result.case.person(one.person).sample and may_be_read else "no"
    said = "" if number is None else f"{number:g}"
    named = (one.person, one.relation.value, finding.gene, finding.condition, hgvs)
    return (*map(cell, named), said, sequenced, note)
