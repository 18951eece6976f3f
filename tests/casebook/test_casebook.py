"""The casebook keeps everything of a case, enforces roles, finds, compares, backs up and restores."""

import os
import signal
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from random import Random

import pytest
import sqlcipher3
from known import bundled_knowledge
from quick_keys import quickened

from genoai_desktop.app.casebook import (
    Casebook,
    Door,
    Dossier,
    FilesMissing,
    Note,
    Status,
    StoredCase,
    change_title,
    document,
    is_store,
)
from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.app.casebook.files import find, reference_to, verify
from genoai_desktop.app.casebook.reopen import relocated, with_files
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.cases.keys import Role, WrongPassphrase
from genoai_desktop.domain.case import Case, Consent, Medicine, ObservedTerm, Person, Scope, Sex
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.rare import Candidate, RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.variant import Frequency, FrequencyKind, ReportedVariant, Zygosity

PASSPHRASE = "correct horse battery"
ALL = Consent(frozenset(Scope))


def case_of(name: str = "Family 12", consent: Consent = ALL) -> Case:
    persons = (Person("p", "CHILD", name="Zebulon Quirke", sex=Sex.FEMALE, age_years=3.5),)
    terms = (ObservedTerm("HP:0000589", label="Coloboma"),)
    return Case(name, "p", persons, Build.GRCH38, terms, consent, (Medicine("clopidogrel"),), "hearing loss")


def result_of(case: Case, gene: str = "CHD7", release: str = "1") -> CaseResult:
    key = VariantKey("8", 60_850_000, "C", "T", Build.GRCH38)
    variant = ReportedVariant(
        key, 0, gene, "NM_017780.4", "NM_017780.4:c.1A>G", "p.Met1Val", "", "start_lost", "", "",
        Zygosity.HETEROZYGOUS, Frequency(FrequencyKind.ABSENT),
    )  # fmt: skip
    candidate = Candidate(1, "OMIM:214800", "CHARGE syndrome", gene, 3.0, 0.8, ("AD",), (), (variant,))
    versions = (Version("clinvar", release),)
    rare = RareDiseaseResult((candidate,), (), versions)
    return CaseResult(case, "2026-01-01T00:00:00+00:00", "0.1", rare=rare, versions=versions)


def stored_of(uid: str, tmp_path: Path, case: Case | None = None, gene: str = "CHD7") -> StoredCase:
    case = case or case_of()
    vcf = tmp_path / "Quirke.vcf"
    vcf.write_text("##fileformat=VCFv4.3\n")
    made = document.of_opening(uid, CaseRequest(vcf, sample="CHILD"), case, result_of(case, gene))
    return with_files(made, Silent())


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with an administrator, a counselor and a reviewer, made once and copied."""
    folder = tmp_path_factory.mktemp("store") / "clinic"
    with quickened():
        prepared = Door.prepare("ada", PASSPHRASE)
    with quickened(), Door(folder).set_up(prepared) as book:
        book.set_user("cora", Role.COUNSELOR, PASSPHRASE + "c")
        book.set_user("rita", Role.REVIEWER, PASSPHRASE + "r")
    return folder, prepared.recovery


@pytest.fixture
def folder(made_store: tuple[Path, str], tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made_store[0], tmp_path / "clinic"))


@pytest.fixture
def book(folder: Path):
    with Door(folder).unlock("ada", PASSPHRASE) as opened:
        yield opened


def test_nothing_is_written_before_the_recovery_key_is_confirmed(tmp_path: Path) -> None:
    prepared = Door.prepare("ada", PASSPHRASE)
    assert not is_store(tmp_path)
    assert len(prepared.recovery.replace("-", "")) == 30
    Door(tmp_path / "new").set_up(prepared).close()
    assert is_store(tmp_path / "new")
    with pytest.raises(UserError, match="already"):
        Door(tmp_path / "new").set_up(prepared)


def test_a_case_comes_back_with_every_field(book: Casebook, tmp_path: Path) -> None:
    stored = replace(
        stored_of("u1", tmp_path), dossier=Dossier(Status.REVIEW, (Note("call back", "ada", "2026-01-01"),))
    )
    assert book.save(stored).version == 1
    again = book.load("u1")
    for item in fields(StoredCase):
        if item.name not in ("version", "request", "unknown"):
            assert getattr(again, item.name) == getattr(stored, item.name), item.name
    assert again.request.vcf == stored.request.vcf
    assert again.request.sample == "CHILD"
    assert again.unknown == ()
    assert again.version == 1


def test_the_same_content_makes_no_new_version(book: Casebook, tmp_path: Path) -> None:
    stored = stored_of("u1", tmp_path)
    assert book.save(stored).version == 1
    assert book.save(stored).version == 1
    assert book.save(replace(stored, case=case_of("Other"))).version == 2


def words_in(held: object) -> list[str]:
    """Every text in nested containers."""
    if isinstance(held, str):
        return [held]
    if isinstance(held, dict):
        return words_in(list(held)) + words_in(list(held.values()))
    return [word for one in held for word in words_in(one)] if isinstance(held, list | tuple | set) else []


def test_an_open_store_holds_no_word_of_the_cases_that_were_saved(book: Casebook, tmp_path: Path) -> None:
    uid = book.new_uid()
    book.save(stored_of(uid, tmp_path))
    held = words_in(vars(book))
    assert uid in held
    assert not [word for word in held if "Quirke" in word or "CHD7" in word]


def test_a_save_that_comes_late_never_replaces_a_newer_one(book: Casebook, tmp_path: Path) -> None:
    stored = stored_of("u1", tmp_path)
    assert book.save(stored, order=2).version == 1
    assert book.save(replace(stored, case=case_of("Late")), order=1).version == 1
    assert book.load("u1").case.id == "Family 12"
    assert book.save(replace(stored, case=case_of("New")), order=3).version == 2


def test_what_a_later_program_wrote_is_kept(book: Casebook, tmp_path: Path) -> None:
    stored = stored_of("u1", tmp_path)
    content = document.write(stored) | {"later": 7}
    content["case"]["tribe"] = "x"
    again = document.read("u1", 1, content)
    assert set(again.not_understood) == {"later", "case.tribe"}
    assert document.write(again) == content
    with pytest.raises(UserError, match="later version"):
        document.read("u1", 1, content | {"format": document.FORMAT + 1})


@pytest.mark.parametrize(
    "word", ["zebulon", "Family 12", "CHD7", "coloboma", "HP:0000589", "c.1A>G", "p.Met1", "open", "CHARGE"]
)
def test_a_case_is_found_by_every_kind_of_word(book: Casebook, tmp_path: Path, word: str) -> None:
    book.save(stored_of("u1", tmp_path))
    book.save(stored_of("u2", tmp_path, replace(case_of("Someone else"), persons=(Person("p"),), terms=())))
    assert "u1" in [head.case_id for head in book.search(word)]
    assert book.search("nowhere") == ()


def test_versions_are_compared_in_plain_words(book: Casebook, tmp_path: Path) -> None:
    first = stored_of("u1", tmp_path)
    book.save(first)
    case = replace(
        first.case,
        terms=(*first.case.terms, ObservedTerm("HP:0001250", excluded=True, label="Seizure")),
        medicines=(),
        indication="hearing loss, coloboma",
    )
    second = document.with_result(replace(first, case=case), result_of(case, "FBN1", "2"))
    book.save(replace(second, dossier=Dossier(Status.SIGNED)))
    lines = book.compare("u1", 1, 2)
    assert "Phenotype: Seizure HP:0001250 (not seen) added" in lines
    assert "Medicines: clopidogrel removed" in lines
    assert "Indication: hearing loss → hearing loss, coloboma" in lines
    assert "Status: open → signed" in lines
    assert "Primary findings: FBN1 – CHARGE syndrome is new" in lines
    assert "Primary findings: CHD7 – CHARGE syndrome is gone" in lines
    assert "Data clinvar: 1 → 2" in lines
    assert book.compare("u1", 2, 2) == ()
    assert not any("File" in line for line in lines)
    unchecked = replace(first, files=tuple(replace(ref, sha256="") for ref in first.files))
    book.save(unchecked)
    assert not any("File" in line for line in book.compare("u1", 1, 3))


def test_a_withdrawn_consent_hides_results_of_old_versions_too(book: Casebook, tmp_path: Path) -> None:
    first = stored_of("u1", tmp_path)
    book.save(first)
    book.save(replace(document.with_result(first, result_of(first.case, "FBN1")), version=1))
    none = replace(first.case, consent=Consent(frozenset()))
    book.save(replace(first, case=none, summary={}))
    assert not any("FBN1" in line or "CHD7" in line for line in book.compare("u1", 1, 2))
    assert not any("CHD7" in line for line in book.compare("u1", 1, 3))
    assert book.search("CHD7") == ()


def test_the_title_of_an_edit_says_what_changed() -> None:
    case = case_of()
    assert change_title(case, replace(case, indication="x")) == "Indication: hearing loss → x"
    both = replace(case, indication="x", medicines=())
    assert change_title(case, both).endswith("and 1 more")
    less = replace(case, consent=Consent(case.consent.given - {Scope.PGX}))
    assert change_title(case, less) == "Consent: Medicines and genes removed"
    assert change_title(case, case) == "no change"


def test_a_decision_on_consent_is_named_in_words() -> None:
    case = case_of()
    given = ConsentEvent(case.proband, Scope.PRIMARY, Decision.GIVEN, "2026-05-01", "F-9", "ada")
    title = change_title(case, replace(case, consent_events=(given,)))
    assert title == f"Decision on consent: Primary findings, given, {case.proband}, 2026-05-01, F-9 added"


def test_moved_files_are_found_by_content(tmp_path: Path) -> None:
    stored = stored_of("u1", tmp_path)
    verify(stored.files, Silent())
    new = tmp_path / "elsewhere" / "deep"
    new.mkdir(parents=True)
    (new / "decoy.vcf").write_text("##fileformat=VCFv4.2\n")
    stored.request.vcf.rename(new / "renamed.vcf")
    with pytest.raises(FilesMissing) as missing:
        verify(stored.files, Silent())
    assert [ref.role for ref in missing.value.missing] == ["vcf"]
    moved = relocated(stored, tmp_path / "elsewhere", Silent())
    assert moved.request.vcf == new / "renamed.vcf"
    verify(moved.files, Silent())
    (new / "renamed.vcf").write_text("##fileformat=VCFv4.1\n")
    with pytest.raises(FilesMissing) as changed:
        verify(moved.files, Silent())
    assert changed.value.changed
    with pytest.raises(FilesMissing):
        find(moved.files, tmp_path, Silent())


def test_several_files_of_one_field_are_kept(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.vcf", "b.vcf")]
    for path in paths:
        path.write_text(path.name)
    refs = tuple(reference_to(f"more.{i}", path, Silent()) for i, path in enumerate(paths))
    assert document._path_values(refs) == {"more": [str(path) for path in paths]}


def test_attachments_are_kept_encrypted(book: Casebook, folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter Quirke.txt"
    letter.write_bytes(b"Dear Zebulon Quirke" * 500)
    book.save(stored_of("u1", tmp_path))
    kept = book.attach("u1", letter)
    assert book.attachments("u1") == (kept,)
    book.export_attachment("u1", kept.attachment_id, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == letter.read_bytes()
    for path in folder.iterdir():
        assert b"Quirke" not in path.read_bytes(), path.name
    book.detach(kept.attachment_id)
    assert book.attachments("u1") == ()
    assert not any("Quirke" in entry.detail for entry in book.audit())


def test_deleting_takes_everything_but_the_audit(book: Casebook, folder: Path, tmp_path: Path) -> None:
    book.save(stored_of("u1", tmp_path), variants=[("GRCh38", 1, 5, "A", "T")])
    assert book.in_house_counts() == {(1, 5, "A", "T", "GRCh38"): 1}
    book.delete("u1")
    assert book.heads() == ()
    assert book.in_house_counts() == {}
    with pytest.raises(UserError, match="no such case"):
        book.load("u1")
    assert [entry.act for entry in book.audit() if entry.case == "u1"] == [
        "changed",
        "consent changed",
        "deleted",
    ]
    assert book.audit_problems() == []
    with pytest.raises(UserError, match="no such case"):
        book.delete("u1")
    book.save(stored_of("u1", tmp_path), order=7)
    assert book.heads() == ()


def test_two_programs_on_one_case_lose_nothing_and_are_told(folder: Path, tmp_path: Path) -> None:
    with (
        Door(folder).unlock("ada", PASSPHRASE) as one,
        Door(folder).unlock("cora", PASSPHRASE + "c") as two,
    ):
        one.save(stored_of("u1", tmp_path))
        theirs = two.load("u1")
        assert two.save(replace(theirs, case=case_of("By Cora"))).other == ""
        mine = one.save(replace(stored_of("u1", tmp_path), case=case_of("By Ada")))
        assert (mine.version, mine.other) == (3, "cora")
        assert two.load("u1", 2).case.id == "By Cora"


def test_a_backup_is_proved_and_restored_elsewhere(book: Casebook, folder: Path, tmp_path: Path) -> None:
    book.save(stored_of("u1", tmp_path))
    target = tmp_path / "clinic.genoai-backup"
    book.backup(target)
    assert b"Quirke" not in target.read_bytes()
    with pytest.raises(UserError, match="already"):
        book.backup(target)
    new = tmp_path / "restored"
    with pytest.raises(WrongPassphrase):
        backup_file.restore(target, new, "ada", "not the passphrase")
    with pytest.raises(UserError, match="administrator"):
        backup_file.restore(target, new, "cora", PASSPHRASE + "c")
    with pytest.raises(UserError, match="already"):
        backup_file.restore(target, folder, "ada", PASSPHRASE)
    backup_file.restore(target, new, "ada", PASSPHRASE)
    assert sorted(path.name for path in new.iterdir()) == ["clinic.genoai", "clinic.keys"]
    with Door(new).unlock("ada", PASSPHRASE) as restored:
        assert restored.load("u1").case == case_of()
        assert restored.audit_problems() == []
        assert any(entry.act == "restored" for entry in restored.audit())
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_a_damaged_backup_is_refused(book: Casebook, tmp_path: Path, where: float) -> None:
    target = tmp_path / "b"
    book.backup(target)
    data = bytearray(target.read_bytes())
    data[int(len(data) * where)] ^= 1
    target.write_bytes(data)
    with pytest.raises(UserError, match="not a whole backup"):
        backup_file.check(target)
    target.write_bytes(data[: len(data) // 2])
    with pytest.raises(UserError, match="not a whole backup"):
        backup_file.check(target)


def test_whatever_byte_of_a_backup_flips_it_is_refused_or_restored_whole(
    book: Casebook, tmp_path: Path
) -> None:
    """Dates inside of the archive are not compared: the store and its keys are, wherever it flips."""
    target = tmp_path / "b"
    book.backup(target)
    data, random = target.read_bytes(), Random(1)
    ends = [*range(120), *range(len(data) - 320, len(data))]
    refused = 0
    for place in (*ends, *(random.randrange(len(data)) for _ in range(200))):
        flipped = bytearray(data)
        flipped[place] ^= 1 << random.randrange(8)
        (tmp_path / "flipped").write_bytes(flipped)
        try:
            backup_file.check(tmp_path / "flipped")
        except UserError:
            refused += 1
    assert refused > 400


def test_every_act_is_audited_by_identifier(book: Casebook, tmp_path: Path) -> None:
    book.save(stored_of("u1", tmp_path))
    book.load("u1")
    book.backup(tmp_path / "b")
    book.set_setting("letterhead", {"clinic": "Test clinic"})
    entries = book.audit()
    acts = [entry.act for entry in entries]
    assert acts[-5:] == ["changed", "consent changed", "viewed", "backed up", "setting changed"]
    book.export_audit(entries, tmp_path / "audit.csv")
    text = (tmp_path / "audit.csv").read_text()
    assert text.count("\n") == len(entries) + 1
    assert "Quirke" not in text
    assert "Test clinic" not in text
    assert book.audit()[-1].act == "exported"


WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from genoai_desktop.app.casebook import Door, document
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.genome import Build
book = Door(Path(sys.argv[1])).unlock("ada", sys.stdin.readline().strip())
case = Case("c", "p", (Person("p"),), Build.GRCH38)
stored = document.of_opening("u1", CaseRequest(Path("none.vcf")), case)
for number in range(100000):
    saved = book.save(replace(stored, case=replace(case, indication=f"state {number}")))
    print(saved.version, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 needs POSIX")
def test_a_killed_program_loses_no_acknowledged_save(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(PASSPHRASE + "\n")
        writer.stdin.flush()
        lines = [writer.stdout.readline() for _ in range(17)]
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        stored = book.load("u1")
        assert stored.version >= int(lines[-1])
        assert stored.case.indication == f"state {stored.version - 1}"
        assert book.audit_problems() == []


def test_a_store_that_was_taken_away_takes_no_writes(book: Casebook, folder: Path, tmp_path: Path) -> None:
    book.save(stored_of("u1", tmp_path))
    (folder / "clinic.genoai").rename(folder / "gone")
    with pytest.raises(UserError, match="not where it was"):
        book.save(stored_of("u1", tmp_path, case_of("Other")))
    (folder / "gone").rename(folder / "clinic.genoai")
    assert book.save(stored_of("u1", tmp_path, case_of("Other"))).version == 2


def test_where_the_files_lie_is_saved_before_their_checksums(book: Casebook, tmp_path: Path) -> None:
    vcf = tmp_path / "a.vcf"
    vcf.write_text("##fileformat=VCFv4.3\n")
    stored = document.of_opening("u1", CaseRequest(vcf, reads=tmp_path / "gone.bam"), case_of())
    book.save(stored)
    again = book.load("u1")
    assert (again.request.vcf, again.request.reads) == (vcf, tmp_path / "gone.bam")
    assert [ref.size for ref in again.files] == [21, 0]
    whole = with_files(again, Silent())
    assert len(whole.files[0].sha256) == 64


def test_a_stored_case_is_analysed_as_it_was_edited(book: Casebook, tmp_path: Path) -> None:
    """The real thing: the demo family as a patient's, saved, edited, moved, found, opened again."""
    import shutil

    from genoai_desktop import app
    from genoai_desktop.app.casebook.reopen import reopen
    from genoai_desktop.app.casebook.variants import rare_coding

    knowledge, demo = bundled_knowledge(), app.demo_request()
    vcf = tmp_path / "family.vcf.gz"
    shutil.copy(demo.vcf, vcf)
    consent = Consent(frozenset({Scope.PRIMARY, Scope.RESEARCH}))
    request = replace(demo, vcf=vcf, synthetic=False, name="Family 12", consent=consent)
    opened = app.analyse(request, knowledge, Silent())
    stored = with_files(document.of_opening("u1", request, opened.case, opened.result), Silent())
    variants = rare_coding(opened.case, opened.annotated)
    assert 10 < len(variants) < 5_000
    edited = replace(opened.case, indication="edited", terms=opened.case.terms[:1])
    book.save(replace(stored, case=edited), variants)
    assert max(book.in_house_counts().values()) == 1
    moved = tmp_path / "stick"
    moved.mkdir()
    vcf.rename(moved / "other.vcf.gz")
    again = relocated(book.load("u1"), moved, Silent())
    reopened = reopen(again, knowledge, Silent())
    assert reopened.case == edited
    assert reopened.request.vcf == moved / "other.vcf.gz"
    assert reopened.result.pgx is None
    assert reopened.result.rare is not None
    assert reopened.result.rare.candidates
    fresh = app.reanalyse(opened, edited, knowledge, Silent())
    assert reopened.result.rare == fresh.result.rare
    assert rare_coding(replace(edited, consent=Consent()), opened.annotated) == ()


def test_a_device_that_fails_while_reading_is_said_in_plain_words(book: Casebook, tmp_path: Path) -> None:
    book.save(stored_of("u1", tmp_path))

    def fail(_store: object) -> None:
        raise sqlcipher3.OperationalError("disk I/O error")

    with pytest.raises(UserError, match="Check the device"):
        book._worker.call(fail)
