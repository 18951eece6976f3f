"""The ledger: what is kept, who may see it, what newer knowledge says otherwise, and who saw that."""

import csv
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ledger_cases import GENE, demo, knowledge, make_pack, patient, public_key, stored

from genoai_desktop.app import updates
from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.compare import differences
from genoai_desktop.app.casebook.in_house import in_house
from genoai_desktop.app.casebook.ledger import export_ledger, ledger_rows, recontact
from genoai_desktop.app.casebook.news import check_state, mark_seen, news_of, read_silently
from genoai_desktop.app.casebook.recheck import check_cases, note_reopened, overview
from genoai_desktop.app.casebook.rejudge import Rejudge
from genoai_desktop.app.casebook.variants import rare_coding
from genoai_desktop.cases.keys import Role
from genoai_desktop.domain.acmg import AcmgClass
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.ledger import Ledger
from genoai_desktop.domain.pgx import Concern
from genoai_desktop.jobs.context import Recording
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import DATA_VARIABLE

PASSPHRASE = "correct horse battery"
ASKED = (ConsentEvent("CHILD", Scope.RECONTACT, Decision.GIVEN, "2025-03-01"),)


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_keys: None) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Door(tmp_path / "clinic").set_up(Door.prepare("ada", PASSPHRASE)) as made:
        yield made


@pytest.fixture
def cases(book: Casebook) -> dict[str, str]:
    """Three families; identifiers by name."""
    events = tuple(replace(event, person=demo().case.proband) for event in ASKED)
    opened = (
        patient("Zander", events=events),
        patient("Adler", set(Scope) - {Scope.RECONTACT}),
        patient("Brandt", {Scope.PRIMARY}),
    )
    found = {}
    for one in opened:
        kept = stored(one)
        book.save(kept, rare_coding(one.case, one.annotated))
        found[one.case.id] = kept.uid
    return found


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("pack"))


def installed(pack: Path, folder: Path) -> Knowledge:
    """The knowledge after the pack was installed."""
    updates.trust(public_key(folder), Silent())
    updates.install(pack, Silent())
    return Knowledge()


@pytest.fixture(scope="module")
def newer(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    """The same for tests that neither install nor go back."""
    folder = tmp_path_factory.mktemp("newer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(folder / "data"))
        yield installed(pack, folder)


def test_the_same_knowledge_says_the_same_again() -> None:
    ledger = demo().ledger
    assert {entry.kind for entry in ledger.entries} == {"candidate", "finding"}
    assert ledger.calls
    assert ledger.advice
    again = Rejudge(knowledge()).ledger(ledger, demo().case, Silent())
    assert differences(ledger, again, knowledge()) == ()
    assert [entry.classification for entry in again.entries] == [
        entry.classification for entry in ledger.entries
    ]


def test_a_case_keeps_its_ledger_and_what_a_scope_forbids_is_not_in_it(
    book: Casebook, cases: dict[str, str]
) -> None:
    whole, narrow = (read_silently(book, cases[name]) for name in ("Zander", "Brandt"))
    assert whole is not None
    assert narrow is not None
    assert whole.ledger == demo().ledger
    assert all(entry.needs == ("primary",) for entry in narrow.ledger.entries)
    assert narrow.ledger.entries
    assert not narrow.ledger.calls
    assert "LDLR" not in str(book.peek(narrow.uid)[0]["ledger"])


def test_withdrawal_takes_effect_at_the_next_save_and_in_the_list_at_once(
    book: Casebook, cases: dict[str, str]
) -> None:
    case = read_silently(book, cases["Zander"])
    assert case is not None
    less = replace(case.case, consent=replace(case.case.consent, given=frozenset({Scope.PRIMARY})))
    book.save(replace(case, case=less))
    rows = [row for row in ledger_rows(book, Silent()) if row.uid == case.uid]
    assert rows
    assert all(row.entry.needs == ("primary",) for row in rows)
    assert not read_silently(book, case.uid).ledger.calls  # type: ignore[union-attr]


def test_installed_checked_listed_seen_and_taken_back(
    book: Casebook, cases: dict[str, str], pack: Path, tmp_path: Path
) -> None:
    newer = installed(pack, tmp_path)
    before = {uid: book.peek(uid) for uid in cases.values()}
    context = Recording()
    state = check_cases(book, newer, "quick", context)
    assert state.complete
    shares = [share for _, share in context.reports if share is not None]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    found = overview(book, newer, Silent())
    assert (found.checked, found.due) == (3, False)
    assert [case.title for case in found.changed] == ["Zander", "Adler", "Brandt"]  # who asked comes first
    assert found.changed[0].recontact.date == "2025-03-01"
    texts = [item.text for item in found.changed[0].news.differences]
    assert any(GENE in text and "Pathogenic (2 stars) → Uncertain significance" in text for text in texts)
    assert any(text.startswith("EYA1: now known for") for text in texts)
    assert {uid: book.peek(uid) for uid in cases.values()} == before  # no case was changed
    seen = mark_seen(book, cases["Zander"])
    assert seen is not None
    assert (seen.seen_by, bool(seen.seen_at)) == ("ada", True)
    check_cases(book, newer, "quick", Silent())
    again = overview(book, newer, Silent())
    assert [case.title for case in again.changed] == ["Adler", "Brandt", "Zander"]  # seen stays seen
    updates.roll_back(Silent())
    older = Knowledge()
    assert overview(book, older, Silent()).due
    check_cases(book, older, "quick", Silent())
    assert overview(book, older, Silent()).changed == ()


def test_a_check_that_was_stopped_says_so(book: Casebook, cases: dict[str, str], newer: Knowledge) -> None:
    class Stops(Silent):
        def report(self, label: str, fraction: float | None) -> None:
            if fraction:
                self.cancel()

    with pytest.raises(Cancelled):
        check_cases(book, newer, "quick", Stops())
    found = overview(book, newer, Silent())
    assert not check_state(book).complete
    assert 0 < found.checked < len(cases)
    assert found.due
    check_cases(book, newer, "quick", Silent())
    assert overview(book, newer, Silent()).checked == len(cases)


def test_in_full_and_without_the_file(book: Casebook, tmp_path: Path, newer: Knowledge) -> None:
    vcf = Path(shutil.copy(demo().request.vcf, tmp_path / "moved.vcf.gz"))
    there, gone = patient("There"), patient("Gone", vcf=vcf)
    for one in (there, gone):
        book.save(stored(one))
    vcf.unlink()
    check_cases(book, newer, "full", Silent())
    by_name = {case.title: case.news for case in overview(book, newer, Silent()).changed}
    assert (by_name["There"].how, by_name["There"].note) == ("full", "")
    assert by_name["Gone"].how == "quick"
    assert "moved.vcf.gz" in by_name["Gone"].note
    for news in by_name.values():
        assert any("Uncertain significance" in item.text for item in news.differences)


def test_opening_a_case_by_newer_knowledge_loses_no_news(
    book: Casebook, cases: dict[str, str], newer: Knowledge
) -> None:
    case = read_silently(book, cases["Zander"])
    assert case is not None
    now = Rejudge(newer).ledger(case.ledger, case.case, Silent())
    assert note_reopened(book, case, now, newer) is not None
    book.save(replace(case, ledger=now))  # as the window does after opening
    check_cases(book, newer, "quick", Silent())
    (found,) = (one for one in overview(book, newer, Silent()).changed if one.uid == case.uid)
    assert any("Uncertain significance" in item.text for item in found.news.differences)
    assert found.news.unseen
    mark_seen(book, case.uid)
    check_cases(book, newer, "quick", Silent())
    assert case.uid not in [one.uid for one in overview(book, newer, Silent()).changed]


def test_a_class_or_a_recommendation_that_changed_is_said_in_plain_words() -> None:
    ledger = demo().ledger
    vus = next(entry for entry in ledger.entries if entry.classification == AcmgClass.UNCERTAIN)
    better = replace(vus, classification=str(AcmgClass.LIKELY_PATHOGENIC), points=7)
    advice = replace(ledger.advice[0], action="Choose another.", concern=Concern.AVOID)
    new = replace(
        ledger,
        entries=tuple(better if entry is vus else entry for entry in ledger.entries),
        advice=(advice, *ledger.advice[1:]),
    )
    first, second = differences(ledger, new, knowledge())
    assert (first.kind, second.kind) == ("class", "medicine")
    assert f"{vus.name}: class uncertain significance (VUS) → likely pathogenic" in first.text
    assert "→ 7 points" in first.text
    assert "Choose another." in second.text
    assert second.needs == ("pgx",)


def test_the_export_names_only_patients_who_want_to_hear(
    book: Casebook, cases: dict[str, str], tmp_path: Path
) -> None:
    rows = ledger_rows(book, Silent())
    assert export_ledger(book, rows, tmp_path / "ledger.csv") == len(rows)
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8")
    assert "Zander" in text
    assert "Adler" not in text
    assert "Brandt" not in text
    with (tmp_path / "ledger.csv").open(encoding="utf-8") as handle:
        read = list(csv.DictReader(handle))
    assert {row["case"] for row in read} == set(cases.values())
    assert {row["recontact"] for row in read} == {"yes", "not asked"}
    acts = [(entry.act, entry.case) for entry in book.audit()]
    assert acts[-1] == ("exported", "")
    assert not any("Zander" in entry.detail for entry in book.audit())


def test_the_wish_by_the_latest_decision() -> None:
    given = patient("A", events=tuple(replace(one, person=demo().case.proband) for one in ASKED)).case
    later = replace(given.consent_events[0], decision=Decision.WITHDRAWN, date="2026-01-01")
    assert recontact(given).wanted
    withdrawn = recontact(replace(given, consent_events=(*given.consent_events, later)))
    assert (withdrawn.wish, withdrawn.date) == ("withdrawn", "2026-01-01")
    assert recontact(patient("B", {Scope.PRIMARY}).case).wish == "not asked"


def test_news_go_with_the_case_and_with_consent(
    book: Casebook, cases: dict[str, str], newer: Knowledge
) -> None:
    check_cases(book, newer, "quick", Silent())
    case = read_silently(book, cases["Zander"])
    assert case is not None
    nothing = replace(case, case=replace(case.case, consent=replace(case.case.consent, given=frozenset())))
    news = news_of(book, nothing)
    assert news is not None
    assert (news.differences, news.base) == ((), Ledger())
    book.delete(case.uid)
    assert book.setting(f"news {case.uid}") is None


def test_in_house_counts_leave_the_case_itself_out(book: Casebook, cases: dict[str, str]) -> None:
    everybody, others = in_house(book), in_house(book, cases["Zander"])
    assert everybody is not None
    assert others is not None
    assert (everybody.cases, others.cases) == (2, 1)  # the third did not agree to research
    assert set(everybody.counts.values()) == {2}
    assert set(others.counts.values()) == {1}
    for uid in (cases["Zander"], cases["Adler"]):
        book.delete(uid)
    assert in_house(book) is None


def test_only_administrators_trust_a_publisher(book: Casebook, tmp_path: Path) -> None:
    book.set_user("rita", Role.REVIEWER, PASSPHRASE + "r")
    reviewer = Door(book.folder).unlock("rita", PASSPHRASE + "r")
    with reviewer, pytest.raises(UserError, match="administrators"):
        updates.trust(public_key(tmp_path), Silent(), reviewer)
    assert updates.state().trusted == ()
    key = updates.trust(public_key(tmp_path), Silent(), book)
    assert updates.state().trusted == (key,)
    assert f"trust publisher {key}" in [entry.detail for entry in book.audit()]
