# ruff: noqa: F401, F811 - fixtures of the casebook
"""What anybody has decided is kept and in force, however many programs have the case open."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_casebook import PASSPHRASE, case_of, folder, made_store, stored_of

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.consent_case import decided
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import SignedDocument

NO_PGX = ConsentEvent("p", Scope.PGX, Decision.WITHDRAWN, "2026-05-01")


def test_a_withdrawal_outlives_the_save_of_a_program_that_does_not_know_of_it(
    folder: Path, tmp_path: Path
) -> None:
    with (
        Door(folder).unlock("ada", PASSPHRASE) as one,
        Door(folder).unlock("cora", PASSPHRASE + "c") as two,
    ):
        mine = stored_of("u1", tmp_path)
        assert one.save(mine, [("GRCh38", 1, 5, "A", "T")]).case is None
        given = tuple(replace(NO_PGX, scope=scope, decision=Decision.GIVEN) for scope in Scope)
        theirs = two.load("u1")
        no_research = replace(NO_PGX, scope=Scope.RESEARCH)
        withdrawn = decided(theirs.case, [*given, NO_PGX, no_research], date(2026, 6, 1))
        two.save(replace(theirs, case=withdrawn))
        late = replace(mine, case=replace(mine.case, indication="late"), summary={"pgx": [{"gene": "X"}]})
        saved = one.save(late, [("GRCh38", 1, 5, "A", "T")])
        assert saved.case == replace(withdrawn, indication="late")
        kept = one.load("u1")
        assert kept.case == saved.case
        assert kept.summary == {}
        assert one.in_house_counts() == {}
        assert two.decided_meanwhile(replace(theirs, case=withdrawn)) is None


def test_a_decision_saved_in_the_very_moment_is_not_lost(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        Door(folder).unlock("ada", PASSPHRASE) as one,
        Door(folder).unlock("cora", PASSPHRASE + "c") as two,
    ):
        mine = stored_of("u1", tmp_path)
        one.save(mine)
        theirs, real, cora = two.load("u1"), Casebook._known, [True]

        def meanwhile(book: Casebook, uid: str) -> Any:
            found = real(book, uid)
            if book is one and cora.pop() if cora else False:
                two.save(replace(theirs, case=decided(theirs.case, [NO_PGX], date(2026, 6, 1))))
            return found

        monkeypatch.setattr(Casebook, "_known", meanwhile)
        saved = one.save(replace(mine, case=replace(mine.case, indication="at once")))
        assert saved.version == 3
        case = one.load("u1").case
        assert (case.indication, case.consent_events) == ("at once", (NO_PGX,))


def test_a_case_deleted_by_somebody_else_is_not_brought_back(folder: Path, tmp_path: Path) -> None:
    with (
        Door(folder).unlock("ada", PASSPHRASE) as one,
        Door(folder).unlock("cora", PASSPHRASE + "c") as two,
    ):
        mine = stored_of("u1", tmp_path)
        one.save(mine)
        two.delete("u1")
        with pytest.raises(UserError, match="was deleted"):
            one.save(replace(mine, case=case_of("Again")))
        assert one.heads() == ()


def test_a_signed_document_is_not_given_out_once_its_results_are_declined(
    folder: Path, tmp_path: Path
) -> None:
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        stored = stored_of("u1", tmp_path)
        book.save(stored)
        record = SignedDocument(
            "letter", "en", "ab", 1, "Ada", "geneticist", "2026-01-01", consent=(Scope.PGX,)
        )
        signed = book.add_signature("u1", book.vouched(record), "letter.pdf", b"%PDF of medicines")
        other = book.attach_data("u1", "form.pdf", b"%PDF of a form").attachment_id
        kept = signed.case.signatures[0].attachment
        book.export_attachment("u1", kept, tmp_path / "before.pdf")
        book.save(replace(signed, case=decided(signed.case, [NO_PGX], date(2026, 6, 1))))
        with pytest.raises(UserError, match="does not cover any more"):
            book.export_attachment("u1", kept, tmp_path / "after.pdf")
        book.export_attachment("u1", other, tmp_path / "form.pdf")
        assert [one.name for one in tmp_path.glob("*.pdf")].count("after.pdf") == 0
        assert kept in [one.attachment_id for one in book.attachments("u1")]
