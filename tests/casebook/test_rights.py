# ruff: noqa: F401, F811 - fixtures of the casebook
"""Who may do what, below the window: every use case of an open store is tried in every role.

A new method of ``Casebook`` has its line here or fails the first test.
"""

import inspect
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from quick_keys import quickened
from test_casebook import PASSPHRASE, made_store, stored_of

from genoai_desktop.app import screening, updates
from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.keys import Role
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import SignedDocument
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import DATA_VARIABLE

ADMINISTRATOR, COUNSELOR, REVIEWER = Role.ADMINISTRATOR, Role.COUNSELOR, Role.REVIEWER
EDITORS = {ADMINISTRATOR, COUNSELOR}
EVERYBODY = {*EDITORS, REVIEWER}
ALONE = {ADMINISTRATOR}
USERS = {
    ADMINISTRATOR: ("ada", PASSPHRASE),
    COUNSELOR: ("cora", PASSPHRASE + "c"),
    REVIEWER: ("rita", PASSPHRASE + "r"),
}
Use = Callable[[Casebook, Path], object]


def signed(book: Casebook) -> SignedDocument:
    record = SignedDocument("letter", "en", "ab", 1, book.user, "geneticist", "2026-01-01")
    return book.vouched(record)


def changed(book: Casebook) -> object:
    stored = book.load("u1")
    return book.save(replace(stored, case=replace(stored.case, indication="other")))


def attachment(book: Casebook) -> str:
    return book.attachments("u1")[0].attachment_id


RIGHTS: dict[str, tuple[set[Role], Use]] = {
    "add_signature": (
        EVERYBODY,
        lambda book, _: book.add_signature("u1", signed(book), "letter.pdf", b"%PDF"),
    ),
    "attach": (EDITORS, lambda book, place: book.attach("u1", place / "Quirke.vcf")),
    "attach_data": (EDITORS, lambda book, _: book.attach_data("u1", "a.txt", b"a")),
    "attachment": (EVERYBODY, lambda book, _: book.attachment(attachment(book))),
    "attachments": (EVERYBODY, lambda book, _: book.attachments("u1")),
    "audit": (EVERYBODY, lambda book, _: book.audit()),
    "audit_problems": (EVERYBODY, lambda book, _: book.audit_problems()),
    "backup": (ALONE, lambda book, place: book.backup(place / "backup")),
    "change_passphrase": (
        EVERYBODY,
        lambda book, _: book.change_passphrase(USERS[book.role][1], "another long passphrase"),
    ),
    "close": (EVERYBODY, lambda book, _: book.close()),
    "compare": (EVERYBODY, lambda book, _: book.compare("u1", 1, 1)),
    "damage": (EVERYBODY, lambda book, _: book.damage()),
    "decided_meanwhile": (EVERYBODY, lambda book, _: book.decided_meanwhile(book.load("u1"))),
    "delete": (EDITORS, lambda book, _: book.delete("u1")),
    "detach": (EDITORS, lambda book, _: book.detach(attachment(book))),
    "export_attachment": (
        EVERYBODY,
        lambda book, place: book.export_attachment("u1", attachment(book), place / "out"),
    ),
    "export_audit": (ALONE, lambda book, place: book.export_audit([], place / "audit.csv")),
    "heads": (EVERYBODY, lambda book, _: book.heads()),
    "in_house": (EVERYBODY, lambda book, _: book.in_house()),
    "in_house_counts": (EVERYBODY, lambda book, _: book.in_house_counts()),
    "load": (EVERYBODY, lambda book, _: book.load("u1")),
    "look_for_an_older_copy": (EVERYBODY, lambda book, _: book.look_for_an_older_copy()),
    "new_uid": (EVERYBODY, lambda book, _: book.new_uid()),
    "note_mark": (EVERYBODY, lambda book, _: book.note_mark()),
    "peek": (EVERYBODY, lambda book, _: book.peek("u1")),
    "prepare_rotation": (ALONE, lambda book, _: book.prepare_rotation(USERS[book.role][1])),
    "record": (EVERYBODY, lambda book, _: book.record(Act.VIEWED, "u1")),
    "record_soon": (EVERYBODY, lambda book, _: book.record_soon(Act.VIEWED, "u1").result()),
    "remove_user": (ALONE, lambda book, _: book.remove_user("otto")),
    "renew_recovery": (ALONE, lambda book, _: book.renew_recovery()),
    "require_administrator": (ALONE, lambda book, _: book.require_administrator()),
    "require_signer": (EVERYBODY, lambda book, _: book.require_signer("geneticist")),
    "rotate": (ALONE, lambda book, _: book.rotate(keys.prepare(book.user, PASSPHRASE))),
    "save": (EDITORS, lambda book, _: changed(book)),
    "search": (EVERYBODY, lambda book, _: book.search("family")),
    "set_setting": (ALONE, lambda book, _: book.set_setting("letterhead", {})),
    "set_setting of rules, unrecorded": (ALONE, lambda book, _: book.set_setting("x", 1, audited=False)),
    "set_setting of notes": (EVERYBODY, lambda book, _: book.set_setting("news u1", {}, audited=False)),
    "set_user": (ALONE, lambda book, _: book.set_user("otto", Role.ADMINISTRATOR, "another long passphrase")),
    "setting": (EVERYBODY, lambda book, _: book.setting("letterhead")),
    "touched_elsewhere": (EVERYBODY, lambda book, _: book.touched_elsewhere()),
    "users": (EVERYBODY, lambda book, _: book.users()),
    "versions": (EVERYBODY, lambda book, _: book.versions("u1")),
    "vouched": (EVERYBODY, lambda book, _: signed(book)),
    "updates.trust": (ALONE, lambda book, place: updates.trust(place / "key.pem", Silent(), book)),
    "screening.keep": (ALONE, lambda book, _: screening.keep([], knowledge(), Silent(), book)),
}


def test_every_use_case_of_an_open_store_is_here() -> None:
    public = {name for name, _ in inspect.getmembers(Casebook, callable) if not name.startswith("_")}
    assert public == {name for name in RIGHTS if " " not in name and "." not in name}


@pytest.fixture(scope="module")
def filled(made_store: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with an attachment, and a fourth user."""
    place = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch, quickened():
        patch.setenv(DATA_VARIABLE, str(place / "data"))
        folder = Path(shutil.copytree(made_store[0], place / "clinic"))
        with Door(folder).unlock(*USERS[ADMINISTRATOR]) as book:
            book.save(stored_of("u1", place))
            book.attach_data("u1", "b.txt", b"b")
            book.set_user("otto", Role.REVIEWER, "the passphrase of otto")
    return folder


@pytest.fixture
def store(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_keys: None) -> Path:
    """A copy of it, with a publisher's key and a patient's file beside it."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    public = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "Quirke.vcf").write_text("##fileformat=VCFv4.3\n")
    return Path(shutil.copytree(filled, tmp_path / "clinic"))


@cache
def knowledge() -> Knowledge:
    return Knowledge()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("use", RIGHTS)
def test_each_role_may_do_what_it_may(use: str, role: Role, store: Path, tmp_path: Path) -> None:
    allowed, act = RIGHTS[use]
    with Door(store).unlock(*USERS[role]) as book:
        before = (book.heads(), book.users(), len(book.attachments("u1")))
        if role in allowed:
            act(book, tmp_path)
            return
        with pytest.raises(UserError) as refused:
            act(book, tmp_path)
        assert refused.value.code == "casebook.role"
        assert (book.heads(), book.users(), len(book.attachments("u1"))) == before


def test_a_role_that_was_taken_away_counts_at_once(store: Path) -> None:
    with Door(store).unlock(*USERS[COUNSELOR]) as cora, Door(store).unlock(*USERS[ADMINISTRATOR]) as ada:
        changed(cora)
        ada.set_user("cora", Role.REVIEWER, "another long passphrase")
        with pytest.raises(UserError, match="Reviewers"):
            changed(cora)


def test_a_user_who_was_removed_changes_nothing_any_more(store: Path) -> None:
    with Door(store).unlock(*USERS[COUNSELOR]) as cora, Door(store).unlock(*USERS[ADMINISTRATOR]) as ada:
        ada.remove_user("cora")
        with pytest.raises(UserError) as refused:
            cora.delete("u1")
        assert refused.value.code == "casebook.role"


def test_a_role_edited_in_the_key_file_gives_nothing(store: Path) -> None:
    path = store / "clinic.keys"
    with Door(store).unlock(*USERS[REVIEWER]) as rita:
        path.write_text(path.read_text().replace('"reviewer"', '"administrator"'))
        with pytest.raises(UserError, match="Only administrators"):
            rita.set_setting("letterhead", {})
    with pytest.raises(keys.WrongPassphrase):
        Door(store).unlock(*USERS[REVIEWER])
