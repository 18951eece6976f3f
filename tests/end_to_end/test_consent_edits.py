"""What a person entered about a result that is declined now is named nowhere either: old versions, undo."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "casebook"))

from ledger_cases import knowledge, stored
from test_consent_everywhere import PASSPHRASE, everything

from genoai_desktop.app import reanalyse
from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.ledger import collect
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.acmg import CriterionEdit
from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.outside import OutsideCall

REASONS = {"secondary": "seen in the LDLR database", "carrier": "seen in the CFTR database"}
OUTSIDE = OutsideCall("CYP2D6", "*1/*4")


def edited(case: Case) -> Case:
    """Criteria of a secondary and of a carrier finding, and another laboratory's result."""
    risk = everything().result.risk
    assert risk is not None
    edits = tuple(
        CriterionEdit(one.variants[0].key, "PP4", True, None, REASONS[one.scope], "ada", "2026-01-01")
        for one in risk.findings
        if one.gene in ("LDLR", "CFTR")
    )
    assert len(edits) == 2
    return replace(case, criterion_edits=edits, outside_calls=(OUTSIDE,))


def analysed(case: Case) -> OpenCase:
    opened = reanalyse(everything(), case, knowledge(), Silent())
    return replace(opened, ledger=collect(opened, knowledge()))


@pytest.fixture
def book(tmp_path: Path, quick_keys: None) -> Iterator[Casebook]:
    with Door(tmp_path / "clinic").set_up(Door.prepare("ada", PASSPHRASE)) as made:
        yield made


def differences(book: Casebook, consent: frozenset[Scope]) -> str:
    """What comparing the first three versions says once ``consent`` is all that is given."""
    full = everything()
    first = stored(full)
    book.save(first)
    for case in (edited(full.case), replace(full.case, consent=Consent(consent))):
        book.save(replace(stored(analysed(case)), uid=first.uid))
    return "\n".join([*book.compare(first.uid, 1, 2), *book.compare(first.uid, 2, 3)])


def test_with_every_consent_the_versions_say_what_was_entered(book: Casebook) -> None:
    said = differences(book, frozenset(Scope))
    assert all(word in said for word in (*REASONS.values(), "CYP2D6"))


@pytest.mark.parametrize("scope", ["secondary", "carrier", "pgx"])
def test_once_declined_no_version_says_what_was_entered_about_it(book: Casebook, scope: str) -> None:
    said = differences(book, frozenset(Scope) - {Scope(scope)})
    words = REASONS | {"pgx": "CYP2D6"}
    assert words.pop(scope) not in said
    assert all(word in said for word in words.values())
