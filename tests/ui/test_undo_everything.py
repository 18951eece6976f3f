"""Whatever a person edits of a case can be undone and made again. The fields come from the case itself."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.app.casebook import Dossier, Note, Status
from genoai_desktop.domain.acmg import CriterionEdit
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, CasePartner, Consent, Medicine, ObservedTerm, Scope, Sex
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.family import Family, Member
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.letters import LetterEdit, SignedDocument
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.ui.window import MainWindow

KEY = VariantKey("8", 60_741_400, "C", "T", Build.GRCH38)
EDITS: dict[str, Callable[[Case], Any]] = {
    "id": lambda case: f"{case.id} again",
    "persons": lambda case: (replace(case.persons[0], name="Other"), *case.persons[1:]),
    "terms": lambda case: (*case.terms, ObservedTerm("HP:0000365")),
    "medicines": lambda case: (*case.medicines, Medicine("warfarin")),
    "indication": lambda _case: "other",
    "reports_every_covered_position": lambda case: not case.reports_every_covered_position,
    "incomplete_penetrance": lambda case: not case.incomplete_penetrance,
    "family": lambda case: Family((Member(case.proband),), case.proband),
    "patient": lambda _case: PatientContext(weight_kg=70.0),
    "criterion_edits": lambda _case: (CriterionEdit(KEY, "PP4", True, None, "seen", "ada", "2026-01-01"),),
    "breast": lambda _case: BreastFactors(menarche=12),
    "partner": lambda _case: CasePartner("S2", Sex.MALE, Consent()),
    "letter_edits": lambda _case: (LetterEdit("letter", "en", "privacy", "", "", "Keep it."),),
    "outside_calls": lambda _case: (OutsideCall("CHILD", "CYP2D6", "*1/*4"),),
    "reads": lambda _case: "reads.bam",
    "callable_regions": lambda _case: "callable.bed",
    "reference": lambda _case: "genome.fa",
    "proband": lambda case: case.persons[1].id,
}
OPENED = {"build", "vcf_name", "synthetic"}
"""What the file says, which nobody edits."""
NEVER_TAKEN_BACK = {"signatures", "consent", "consent_events"}
"""A signature stays; a decision on consent that is undone is said to be, and undo gives no consent back."""


def test_every_field_of_a_case_is_looked_at() -> None:
    assert {one.name for one in fields(Case)} == set(EDITS) | OPENED | NEVER_TAKEN_BACK


@pytest.mark.parametrize("field", EDITS)
def test_an_edit_is_named_taken_back_and_made_again(opened: MainWindow, qtbot: QtBot, field: str) -> None:
    before = opened.desk.session.case
    after = replace(before, **{field: EDITS[field](before)})
    assert after != before
    opened.desk.change(after)
    qtbot.waitUntil(lambda: not opened.runner.busy)
    stack = opened.desk.session.stack
    assert opened.desk.session.case == after
    assert stack.undoText()
    opened.do_undo()
    qtbot.waitUntil(lambda: not opened.runner.busy)
    assert opened.desk.session.case == before
    assert opened.desk.current.case == before
    opened.do_redo()
    qtbot.waitUntil(lambda: not opened.runner.busy)
    assert opened.desk.session.case == after


@pytest.mark.parametrize("dossier", [Dossier(Status.REVIEW), Dossier(notes=(Note("call back"),))])
def test_status_and_notes_as_well(opened: MainWindow, qtbot: QtBot, dossier: Dossier) -> None:
    before = opened.desk.session.stored.dossier
    opened.desk.change_dossier(dossier)
    assert opened.desk.session.stored.dossier == dossier
    opened.do_undo()
    assert opened.desk.session.stored.dossier == before
    opened.do_redo()
    assert opened.desk.session.stored.dossier == dossier


def test_a_decision_that_is_undone_stays_on_record(opened: MainWindow, qtbot: QtBot) -> None:
    before = opened.desk.session.case
    yes = ConsentEvent(before.proband, Scope.PGX, Decision.GIVEN, "2026-01-01", "form 7")
    opened.desk.change(replace(before, consent_events=(yes,)))
    qtbot.waitUntil(lambda: not opened.runner.busy)
    assert opened.desk.session.case.consent_events == (yes,)
    opened.do_undo()
    qtbot.waitUntil(lambda: not opened.runner.busy)
    first, undone = opened.desk.session.case.consent_events
    assert (first, undone.decision, undone.annuls) == (yes, Decision.UNDONE, yes.mark)
    assert opened.desk.session.case.consent == before.consent
    opened.do_redo()
    qtbot.waitUntil(lambda: not opened.runner.busy)
    assert opened.desk.session.case.consent_events == (first, undone, yes)


def test_undo_gives_no_consent_back(opened: MainWindow, qtbot: QtBot) -> None:
    before = opened.desk.session.case
    less = replace(before, consent=Consent(before.consent.given - {Scope.PGX}))
    opened.desk.change(less)
    qtbot.waitUntil(lambda: not opened.runner.busy)
    opened.do_undo()
    qtbot.waitUntil(lambda: not opened.runner.busy)
    assert opened.desk.session.case == less
    assert opened.desk.current.case == less


def test_a_signature_is_never_taken_back(opened: MainWindow, qtbot: QtBot) -> None:
    signed = SignedDocument("letter", "en", "ab", 1, "Ada", "counselor", "2026-01-01")
    opened.desk.change(replace(sample_case().case, signatures=(signed,)))
    opened.do_undo()
    qtbot.waitUntil(lambda: not opened.runner.busy)
    assert opened.desk.session.case.signatures == (signed,)
