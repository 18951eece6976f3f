"""States of the pages Medicines, Risks, Pedigree, Consent and Report, and of the window around them."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations
from medicines_page import rich_case
from rich_risks import rich
from sample_case import Opened, sample_case
from stage import Stage, State

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.risk import RiskResult
from genoai_desktop.domain.text import tr

Show = Callable[[Stage], QWidget]
NOTHING: frozenset[Scope] = frozenset()


def _page(name: str, make: Callable[[], Opened] | None = sample_case) -> Show:
    """A page with a case, or without one."""

    def show(stage: Stage) -> QWidget:
        stage.case(make() if make is not None else None, name)
        return stage.window

    return show


def _then(first: Show, act: Callable[[Any], None]) -> Show:
    """``act(page)`` on a page that is in view already."""

    def show(stage: Stage) -> QWidget:
        seen = first(stage)
        act(stage.window.page)
        stage.settle()
        return seen

    return show


def without(*scopes: Scope) -> Callable[[], Opened]:
    """The sample case with everything but these covered by consent."""
    return lambda: sample_case(scopes=frozenset(Scope) - set(scopes))


def _changed(make: Callable[[], Opened], **parts: Any) -> Callable[[], Opened]:
    """A case with other results."""

    def made() -> Opened:
        opened = make()
        return replace(opened, result=replace(opened.result, **parts))

    return made


def _stated() -> Opened:
    made = rich_case()
    call = OutsideCall("CYP2D6", "*4/*4", "Poor Metabolizer", "0.0", source="City hospital, 2025")
    case = replace(made.case, outside_calls=(call,))
    return replace(made, case=case, result=replace(made.result, case=case))


def _family() -> Opened:
    made = sample_case()
    family, _ = four_generations()
    case = replace(made.case, family=family)
    return replace(made, case=case, result=replace(made.result, case=case))


def _alone() -> Opened:
    made = sample_case()
    case = replace(made.case, persons=(made.case.index,))
    return replace(made, case=case, result=replace(made.result, case=case))


def _decided() -> Opened:
    """Decisions of a child, one withdrawn."""
    made = sample_case(scopes=frozenset(Scope) - {Scope.SECONDARY, Scope.CARRIER})
    child = replace(made.case.index, age_years=9)
    events = tuple(
        ConsentEvent(child.id, scope, decision, day, paper, "ada", "M. Parent")
        for scope, decision, day, paper in (
            (Scope.PRIMARY, Decision.GIVEN, "2025-02-03", "Consent form 17, page 2"),
            (Scope.PGX, Decision.GIVEN, "2025-02-03", "Consent form 17, page 2"),
            (Scope.SECONDARY, Decision.GIVEN, "2025-02-03", "Consent form 17, page 2"),
            (Scope.SECONDARY, Decision.WITHDRAWN, "2025-09-30", "Letter of 28 September 2025"),
            (Scope.CARRIER, Decision.DECLINED, "2025-02-03", ""),
        )
    )
    persons = (child, *(p for p in made.case.persons if p.id != child.id))
    case = replace(made.case, persons=persons, consent_events=events)
    return replace(made, case=case, result=replace(made.result, case=case))


def _unprepared(stage: Stage) -> QWidget:
    """The report cannot be made."""

    def refuse(*_: object) -> bytes:
        raise UserError("The typeface Inter is missing.", remedy="Install the program again.")

    stage.services.preview_report = refuse  # type: ignore[method-assign]
    return _page("report")(stage)


def _busy(stage: Stage) -> QWidget:
    """A file is being opened."""

    def analyse(_request: Any, context: Context) -> Any:
        context.report(tr("Checking the reference genome"), 0.4)
        while True:
            context.check()

    stage.services.analyse = analyse  # type: ignore[method-assign]
    stage.window.open_demo()
    stage.wait(lambda: stage.window.loading.bar.maximum() > 0)
    return stage.window


def _refused(stage: Stage) -> QWidget:
    """A file was refused."""
    stage.window.failed(
        UserError("The file is cut off.", where="family.vcf, line 4,212", remedy="Copy it again.")
    )
    return stage.window


def _reviewer(stage: Stage) -> QWidget:
    stage.store("ada")
    stage.stored_case()
    book = stage.window.vault.casebook
    stage.window.do_lock()
    screen = stage.window.lock_screen
    assert screen is not None
    assert book is not None
    stage.wait(screen.unlock_button.isEnabled)
    from store_fixtures import PASSPHRASE

    screen.user.setCurrentText("rita")
    screen.passphrase.setText(PASSPHRASE + "r")
    screen.unlock()
    stage.wait(lambda: stage.window.vault.casebook is not None)
    stage.window.show_page("pedigree")
    stage.settle()
    return stage.window


def _unsaved(stage: Stage) -> QWidget:
    """The disk of the store cannot be written."""
    stage.store()
    stage.stored_case()
    session = stage.window.desk.session
    assert session is not None
    why = UserError("The case store cannot be written.", where="/media/clinic", remedy="Free some space.")
    stage.window.vault._not_saved(session, why)
    stage.window.show_page("overview")
    stage.settle()
    return stage.window


def _letter(stage: Stage) -> QWidget:
    shown = _page("report")(stage)
    stage.window.report.choose(Document(DocumentKind.LETTER))
    stage.settle()
    return shown


_medicines, _risks = _page("medicines", rich_case), _page("risks", rich)
_nothing_found = RiskResult((), (), (), None, (), ())

PAGES: tuple[State, ...] = (
    State("window.opening", _busy),
    State("window.refused", _refused),
    State("window.unsaved", _unsaved),
    State("medicines.no_case", _page("medicines", None)),
    State("medicines.full", _medicines),
    State("medicines.avoid", _then(_medicines, lambda page: page.turn_to("drug", "clopidogrel"))),
    State("medicines.gene_uncertain", _then(_medicines, lambda page: page.turn_to("gene", "UGT1A1"))),
    State("medicines.gene_not_covered", _then(_page("medicines"), lambda p: p.turn_to("gene", "CYP2D6"))),
    State("medicines.gene_stated", _then(_page("medicines", _stated), lambda p: p.turn_to("gene", "CYP2D6"))),
    State("medicines.dose", _then(_medicines, lambda page: page.turn_to("dose", "warfarin"))),
    State("medicines.dose_missing", _then(_medicines, lambda page: page.turn_to("dose", "tacrolimus"))),
    State("medicines.try", _then(_medicines, lambda page: page.bar.field.setText("voriconazole"))),
    State("medicines.try_unknown", _then(_medicines, lambda page: page.bar.field.setText("xylophone"))),
    State("medicines.no_hit", _then(_medicines, lambda page: page.search.setText("xylophone"))),
    State("medicines.declined", _page("medicines", without(Scope.PGX))),
    State("risks.no_case", _page("risks", None)),
    State("risks.full", _risks),
    State("risks.sample", _page("risks")),
    State("risks.nothing_found", _page("risks", _changed(sample_case, risk=_nothing_found))),
    State("risks.declined", _page("risks", lambda: sample_case(scopes=NOTHING))),
    State("risks.none_computed", _page("risks", lambda: sample_case(scopes=frozenset({Scope.PRIMARY})))),
    State("pedigree.no_case", _page("pedigree", None)),
    State("pedigree.alone", _page("pedigree", _alone)),
    State("pedigree.family", _page("pedigree", _family)),
    State("pedigree.reviewer", _reviewer),
    State("consent.no_case", _page("consent", None)),
    State("consent.stated", _page("consent")),
    State("consent.minor_withdrawn", _page("consent", _decided)),
    State("report.no_case", _page("report", None)),
    State("report.clinician", _page("report")),
    State("report.letter", _letter),
    State("report.failed", _unprepared),
    State("report.declined", _page("report", lambda: sample_case(scopes=NOTHING))),
)
