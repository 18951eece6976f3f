"""States of the pages Medicines, Risks, Pedigree, Consent and Report."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations
from medicines_page import rich_case
from page_cases import declining, unstated_sex
from rich_risks import rich
from sample_case import Opened, sample_case
from stage import Stage, State
from states_ways import Make, case, edited, fails, on_page, page, table_missing, waits
from store_fixtures import PASSPHRASE

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family_case import persons_of
from genoai_desktop.domain.family_edit import set_member
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.risk import RiskResult

NOTHING: frozenset[Scope] = frozenset()
NO_TYPEFACE = UserError("The typeface Inter is missing.", remedy="Install the program again.")
DISK_FULL = UserError(
    "The file could not be written (No space left on device).", where="letter.pdf", remedy="Free some space."
)


def _changed(make: Make, **parts: Any) -> Make:
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
    family = set_member(family, family.proband, sample=made.case.index.sample)
    case = replace(made.case, family=family, persons=persons_of(family), proband=family.proband)
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


def _doses_unknown() -> Opened:
    """Nothing of what doses need is known: neither sex, nor age, nor where the family is from."""
    made = rich_case()
    person = replace(made.case.index, sex=unstated_sex().case.index.sex, age_years=None)
    case = replace(made.case, persons=(person, *made.case.persons[1:]))
    return replace(made, case=case, result=replace(made.result, case=case))


def _reviewer(stage: Stage) -> QWidget:
    stage.store("ada")
    stage.stored_case()
    book = stage.window.vault.casebook
    stage.window.do_lock()
    screen = stage.window.lock_screen
    assert screen is not None
    assert book is not None
    stage.wait(screen.unlock_button.isEnabled)
    screen.user.setCurrentText("rita")
    screen.passphrase.setText(PASSPHRASE + "r")
    screen.unlock()
    stage.wait(lambda: stage.window.vault.casebook is not None)
    stage.window.show_page("pedigree")
    stage.settle()
    return stage.window


def _letter(stage: Stage) -> None:
    stage.window.report.choose(Document(DocumentKind.LETTER))


def _couple_letter(stage: Stage) -> None:
    stage.window.page.write_letter(str(stage.folder / "letter.pdf"))  # type: ignore[attr-defined]


def _save_report(stage: Stage) -> None:
    stage.window.report.save_to(stage.folder / "letter.pdf")


def _nothing_found() -> Opened:
    return _changed(sample_case, risk=RiskResult((), (), (), None, (), ()))()


def _turned(kind: str, name: str, make: Make = rich_case) -> Any:
    """Medicines with one drug, gene or dose in view."""
    return page("medicines", case(make), then=on_page(lambda made: made.turn_to(kind, name)))


def _tried(text: str, *before: Any) -> Any:
    return page("medicines", *before, case(rich_case), then=on_page(lambda p: p.bar.field.setText(text)))


_TABLE = ("cannot be used", "Install the program or the update pack again")

MEDICINES = (
    State("medicines.full", page("medicines", case(rich_case)), ("clopidogrel", "Choose another")),
    State("medicines.loading", page("medicines", case(rich_case), waits("reanalyse", "Calling star alleles"),
                                    edited), ("Calling star alleles",), "Cancel"),
    State("medicines.failed_again", page("medicines", case(rich_case),
                                         fails("reanalyse", table_missing("pgx")), edited),
          ("clopidogrel", *_TABLE), "Search drug or gene"),
    State("medicines.avoid", _turned("drug", "clopidogrel"), ("Choose another antiplatelet drug.",)),
    State("medicines.gene_uncertain", _turned("gene", "UGT1A1")),
    State("medicines.gene_not_covered", _turned("gene", "CYP2D6", sample_case), ("Not covered",)),
    State("medicines.gene_stated", _turned("gene", "CYP2D6", _stated), ("From another laboratory",)),
    State("medicines.dose", _turned("dose", "warfarin")),
    State("medicines.dose_missing", _turned("dose", "tacrolimus")),
    State("medicines.sex_missing", page("medicines", case(_doses_unknown)), ("clopidogrel",),
          "Patient data…"),
    State("medicines.try", _tried("voriconazole"), ("voriconazole",)),
    State("medicines.try_unknown", _tried("xylophone"), ("xylophone",)),
    State("medicines.try_failed", _tried("voriconazole", fails("try_medicine", table_missing("pgx_drugs"))),
          _TABLE, "Search drug or gene"),
    State("medicines.no_hit", page("medicines", case(rich_case),
                                   then=on_page(lambda made: made.search.setText("xylophone"))),
          ("Nothing fits what was typed",), "Search drug or gene"),
    State("medicines.declined", page("medicines", case(declining(Scope.PGX))),
          ("Not covered by consent", "was not run"), "Consent"),
)  # fmt: skip

RISKS = (
    State("risks.full", page("risks", case(rich)), ("Chance of breast cancer",)),
    State("risks.loading", page("risks", case(rich), waits("reanalyse", "Computing chances"), edited),
          ("Computing chances",), "Cancel"),
    State("risks.failed_again", page("risks", case(rich), fails("reanalyse", table_missing("risk")), edited),
          ("Chance of breast cancer", *_TABLE), "Partner…"),
    State("risks.letter_failed", page("risks", case(rich), fails("write_couple_letter", DISK_FULL),
                                      then=_couple_letter), ("No space left", "Free some space"),
          "Couple letter…"),
    State("risks.sample", page("risks", case())),
    State("risks.nothing_found", page("risks", case(_nothing_found)), ("does not rule one out",)),
    State("risks.sex_and_ancestry_missing", page("risks", case(unstated_sex)), ("Tested and not tested",)),
    State("risks.declined", page("risks", case(lambda: sample_case(scopes=NOTHING))),
          ("Not covered by consent",), "Consent"),
    State("risks.none_computed", page("risks", case(lambda: sample_case(scopes=frozenset({Scope.PRIMARY})))),
          ("No chances were computed",)),
    *(
        State(f"risks.declined_{scope.name.lower()}", page("risks", case(declining(scope))),
              ("Not looked at",), "Consent")
        for scope in (Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC)
    ),
)  # fmt: skip

PEDIGREE = (
    State("pedigree.alone", page("pedigree", case(_alone))),
    State("pedigree.family", page("pedigree", case(_family))),
    State("pedigree.reviewer", _reviewer, ("You are a reviewer here",)),
    State("pedigree.loading", page("pedigree", case(_family), waits("reanalyse", "Ranking"), edited),
          ("Ranking",), "Cancel"),
)  # fmt: skip

CONSENT = (
    State("consent.stated", page("consent", case()), ("stated", "No decision has been recorded yet")),
    State("consent.minor_withdrawn", page("consent", case(_decided)), ("Minor", "28 September 2025")),
    State("consent.loading", page("consent", case(), waits("reanalyse", "Taking out"), edited),
          ("Taking out",), "Cancel"),
    State("consent.failed_again", page("consent", case(), fails("reanalyse", table_missing("genes")), edited),
          _TABLE),
    *(
        State(f"consent.declined_{scope.name.lower()}", page("consent", case(declining(scope))),
              ("not given",))
        for scope in Scope
    ),
)  # fmt: skip

REPORT = (
    State("report.clinician", page("report", case()), ("Every document is a draft",)),
    State("report.letter", page("report", case(), then=_letter)),
    State("report.loading", page("report", waits("preview_report", "Drawing the pages"), case()),
          ("Drawing the pages", "Making the document"), "Cancel"),
    State("report.failed", page("report", fails("preview_report", NO_TYPEFACE), case()),
          ("The typeface Inter is missing", "Install the program again")),
    State("report.offers_failed", page("report", fails("offers", table_missing("phrases")), case()), _TABLE,
          "Try again"),
    State("report.not_saved", page("report", fails("save_report", DISK_FULL), case(), then=_save_report),
          ("No space left", "Free some space")),
    State("report.declined", page("report", case(lambda: sample_case(scopes=NOTHING)))),
)  # fmt: skip

STATES: tuple[State, ...] = (*MEDICINES, *RISKS, *PEDIGREE, *CONSENT, *REPORT)
