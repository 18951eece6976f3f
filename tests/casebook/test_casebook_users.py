# ruff: noqa: F401, F811 - fixtures of the casebook
"""Who may do what in a store: roles, passphrases, recovery, signatures in one's own name."""

from dataclasses import replace
from pathlib import Path

import pytest
from test_casebook import PASSPHRASE, book, folder, made_store, stored_of

from genoai_desktop.app.casebook import (
    Door,
    strength,
)
from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.cases.keys import Role, WrongPassphrase
from genoai_desktop.cases.throttle import TooSoon
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import SignedDocument


def test_roles_are_enforced(folder: Path, tmp_path: Path) -> None:
    with Door(folder).unlock("cora", PASSPHRASE + "c") as book:
        book.save(stored_of("u1", tmp_path))
        for forbidden in (
            lambda: book.set_user("x", Role.ADMINISTRATOR, PASSPHRASE),
            lambda: book.remove_user("rita"),
            lambda: book.backup(tmp_path / "b"),
            book.renew_recovery,
            lambda: book.set_setting("a", 1),
            lambda: book.export_audit([], tmp_path / "a.csv"),
        ):
            with pytest.raises(UserError, match="administrator"):
                forbidden()
    with Door(folder).unlock("rita", PASSPHRASE + "r") as book:
        stored = book.load("u1")
        for forbidden in (
            lambda: book.save(stored),
            lambda: book.delete("u1"),
            lambda: book.attach("u1", tmp_path / "Quirke.vcf"),
            lambda: book.detach("x"),
        ):
            with pytest.raises(UserError, match="Reviewers"):
                forbidden()


def test_wrong_passphrases_wait_longer_over_a_restart(folder: Path) -> None:
    ticks = [0.0]
    door = Door(folder, ticks=lambda: ticks[0])
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            door.unlock("ada", "not the passphrase")
    with pytest.raises(TooSoon):
        door.unlock("ada", PASSPHRASE)
    again = Door(folder, ticks=lambda: ticks[0])
    assert again.wait("ada") == 2
    ticks[0] = 3
    with again.unlock("ada", PASSPHRASE) as book:
        assert any(entry.act == "wrong passphrase" and "ada: 3" in entry.detail for entry in book.audit())


def test_the_recovery_key_gives_a_new_passphrase(folder: Path, made_store: tuple[Path, str]) -> None:
    door = Door(folder)
    with door.recover(made_store[1].lower(), "rita", "a new long passphrase") as book:
        assert book.role is Role.REVIEWER
    with door.unlock("rita", "a new long passphrase"):
        pass
    with pytest.raises(UserError, match="too short"):
        door.recover(made_store[1], "rita", "short")


def test_users_change_their_passphrase_and_administrators_the_users(folder: Path) -> None:
    door = Door(folder)
    with door.unlock("ada", PASSPHRASE) as book:
        now = [0.0]
        book._throttle._clock = lambda: now[0]
        for _ in range(3):
            with pytest.raises(WrongPassphrase):
                book.change_passphrase("not my passphrase", "the new passphrase")
        with pytest.raises(TooSoon):
            book.change_passphrase(PASSPHRASE, "the new passphrase")
        now[0] = 2.5
        book.change_passphrase(PASSPHRASE, "the new passphrase")
        with pytest.raises(UserError, match="yourself"):
            book.remove_user("ada")
        with pytest.raises(UserError, match="administrator"):
            book.set_user("ada", Role.REVIEWER, PASSPHRASE)
        book.remove_user("rita")
        assert [name for name, _ in book.users()] == ["cora", "ada"]
    with door.unlock("ada", "the new passphrase"):
        pass
    with pytest.raises(WrongPassphrase):
        door.unlock("rita", PASSPHRASE + "r")


def test_a_closed_casebook_says_that_it_is_locked(folder: Path) -> None:
    book = Door(folder).unlock("ada", PASSPHRASE)
    book.close()
    book.close()
    with pytest.raises(UserError, match="locked"):
        book.heads()


def test_the_strength_hint_grows() -> None:
    levels = [strength(text).level for text in ("short", "aaaaaaaaaaaaaaaa", "correct horse battery staple")]
    assert levels == [0, 1, 3]


def signature_of(user: str = "", role: str = "") -> SignedDocument:
    return SignedDocument(
        "letter", "en", "ab", 1, "Rita Reviews", "Reviewer", "2026-01-01", user=user, user_role=role
    )


def test_nobody_signs_in_a_role_or_name_that_is_not_theirs(folder: Path, tmp_path: Path) -> None:
    with Door(folder).unlock("cora", PASSPHRASE + "c") as cora:
        for title in ("Reviewer", " administrator "):
            with pytest.raises(UserError, match="not signed in as"):
                cora.require_signer(title)
        cora.require_signer("Genetic counselor")
        assert cora.vouched(replace(signature_of(), role="Counselor")).user == "cora"
        stored = stored_of("u1", tmp_path)
        forged = replace(stored, case=replace(stored.case, signatures=(signature_of("rita", "reviewer"),)))
        with pytest.raises(UserError, match="by the one who signed"):
            cora.save(forged)
        assert cora.heads() == ()


def test_a_reviewers_signature_goes_with_the_case_and_nothing_takes_it_away(
    folder: Path, tmp_path: Path
) -> None:
    stored = stored_of("u1", tmp_path)
    with (
        Door(folder).unlock("cora", PASSPHRASE + "c") as cora,
        Door(folder).unlock("rita", PASSPHRASE + "r") as rita,
    ):
        cora.save(stored)
        record = rita.vouched(signature_of())
        signed = rita.add_signature("u1", record, "letter-en-v1.pdf", b"%PDF")
        assert (signed.version, signed.case.signatures[0].user_role) == (2, "reviewer")
        assert rita.attachment(signed.case.signatures[0].attachment) == b"%PDF"
        with pytest.raises(UserError, match="Reviewers may not"):
            rita.save(replace(signed, case=replace(signed.case, id="Other")))
        edited = replace(stored, case=replace(stored.case, indication="other"))
        assert cora.save(edited).other == "rita"
        latest = cora.load("u1")
        assert (latest.case.indication, latest.case.signatures) == ("other", signed.case.signatures)
        assert ("rita", "signed", "u1") in [(one.user, one.act, one.case) for one in cora.audit()]


def test_settings_of_the_clinic_are_the_administrators_alone(folder: Path) -> None:
    with Door(folder).unlock("rita", PASSPHRASE + "r") as rita:
        for audited in (True, False):
            with pytest.raises(UserError, match="Only administrators"):
                rita.set_setting("letterhead", "mine", audited=audited)
        rita.set_setting("recent files", [], audited=False)


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_whose_file_is_gone_is_not_replaced_by_an_empty_one(
    folder: Path, left: bytes | None, made_store: tuple[Path, str]
) -> None:
    path = folder / backup_file.STORE_FILE
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    with pytest.raises(UserError, match="missing or empty"):
        Door(folder).unlock("ada", PASSPHRASE)
    with pytest.raises(UserError, match="missing or empty"):
        Door(folder).recover(made_store[1], "ada", PASSPHRASE)
    assert path.exists() is (left is not None)
    assert left is None or path.stat().st_size == 0
