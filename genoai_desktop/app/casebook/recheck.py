"""Which of the stored cases does newer knowledge, or a newer program, say otherwise of, and how?

``quick`` judges what is stored by the present knowledge; ``full`` analyses every case again whose files
are found, and falls back to quick where they are not. No case is changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar

from genoai_desktop import __version__
from genoai_desktop.app.casebook.compare import differences
from genoai_desktop.app.casebook.document import StoredCase
from genoai_desktop.app.casebook.files import FilesMissing
from genoai_desktop.app.casebook.in_house import in_house
from genoai_desktop.app.casebook.ledger import Recontact, collect, recontact
from genoai_desktop.app.casebook.news import (
    CheckState,
    Difference,
    News,
    check_state,
    keep_news,
    keep_state,
    news_of,
    now,
    read_silently,
    same,
)
from genoai_desktop.app.casebook.rejudge import Rejudge
from genoai_desktop.app.casebook.reopen import reopen
from genoai_desktop.cases.audit import Act
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.ledger import Ledger
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.casebook import Casebook

T = TypeVar("T")
QUICK, FULL = "quick", "full"


def fingerprints(knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Every table and the beginning of its checksum: tells two packs of one release apart."""
    return tuple((name, info.sha256[:16]) for name, info in knowledge.bundle.tables.items())


def check_due(book: "Casebook", knowledge: Knowledge) -> bool:
    """Whether program or knowledge are others than at the last complete check (or there was none)."""
    state = check_state(book)
    return (
        not state.complete or (state.program, state.versions) != (__version__, fingerprints(knowledge))
    ) and bool(book.heads())


def check_cases(book: "Casebook", knowledge: Knowledge, how: str, context: Context) -> CheckState:
    """Check every stored case; progress is by cases. What was done before a cancel is kept.

    Raises:
        Cancelled: the person stopped it; the state says that it is not complete.
        UserError: the store cannot be read or written.
    """
    heads = book.heads()
    state = CheckState(
        token_hex(8), now(), how, book.user, len(heads), False, __version__, fingerprints(knowledge)
    )
    book.record(Act.VIEWED, "", f"{how} check of {len(heads)} cases")
    keep_state(book, state)
    judge = Rejudge(knowledge)
    for number, head in enumerate(heads):
        context.check()
        context.report(_label(number, len(heads)), number / len(heads))
        stored = read_silently(book, head.case_id)
        if stored is None:
            continue
        step = _Step(context, number, len(heads))
        _check_one(book, stored, judge, knowledge, state, step)
    done = replace(state, complete=True)
    keep_state(book, done)
    context.report(_label(len(heads), len(heads)), 1.0)
    return done


def _label(number: int, total: int) -> str:
    return tr("Checking the stored cases: {number} of {total}", number=number, total=total)


class _Step:
    """The context of one case among many: cancel is passed on, progress is a share of the whole."""

    def __init__(self, context: Context, number: int, total: int) -> None:
        self._context, self._number, self._total = context, number, total

    def report(self, label: str, fraction: float | None) -> None:
        """A case's own stages would make the bar jump: it moves with the cases alone."""
        del label, fraction
        self._context.report(_label(self._number, self._total), self._number / self._total)

    def check(self) -> None:
        """As the whole check's."""
        self._context.check()

    def track(self, items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """Check before every item; the bar stays with the cases."""
        del label, total
        for item in items:
            self.check()
            yield item


def _check_one(
    book: "Casebook",
    stored: StoredCase,
    judge: Rejudge,
    knowledge: Knowledge,
    state: CheckState,
    context: Context,
) -> None:
    before = news_of(book, stored)
    base = stored.ledger.permitted(stored.case.consent)
    if before is not None and before.unseen and before.base != Ledger():
        base = before.base
    how, note = QUICK, ""
    if state.how == FULL:
        found, note = _analysed(book, stored, knowledge, context)
        how = FULL if found is not None else QUICK
    else:
        found = None
    if found is None:
        found = judge.ledger(base, stored.case, context)
    told = differences(base, found, knowledge)
    keep_news(book, _news(stored.uid, state, how, note, told, base, before))


def _news(
    uid: str,
    state: CheckState,
    how: str,
    note: str,
    told: tuple[Difference, ...],
    base: Ledger,
    before: News | None,
) -> News:
    made = News(uid, state.check, now(), how, note, told, base if told else Ledger())
    if before is not None and before.seen_by and same(before.differences, told):
        return replace(made, seen_by=before.seen_by, seen_at=before.seen_at, base=Ledger())
    return made


def _analysed(
    book: "Casebook", stored: StoredCase, knowledge: Knowledge, context: Context
) -> tuple[Ledger | None, str]:
    """The ledger of a new analysis; None with the reason where the files do not let it be."""
    try:
        opened = reopen(stored, knowledge, context, in_house(book, stored.uid))
    except FilesMissing as error:
        return None, tr("{what} Checked from stored facts alone.", what=error.what)
    except UserError as error:
        return None, tr(
            "It could not be analysed again: {why} Checked from stored facts alone.", why=error.what
        )
    for failed in opened.result.failed:  # what is missing then would be told as gone
        return None, tr(
            "It could not be analysed again: {why} Checked from stored facts alone.", why=failed.words
        )
    return collect(opened, knowledge), ""


def note_reopened(book: "Casebook", stored: StoredCase, ledger: Ledger, knowledge: Knowledge) -> News | None:
    """A case was opened, and so analysed by the present knowledge: what it says otherwise is kept as news.

    Without this the next save would put the new words in place of the old with nobody told.
    """
    before = news_of(book, stored)
    base = stored.ledger.permitted(stored.case.consent)
    if before is not None and before.unseen and before.base != Ledger():
        base = before.base
    if base == Ledger():
        return None
    told = differences(base, ledger, knowledge)
    if not told or (before is not None and same(before.differences, told)):
        return None
    state = check_state(book)
    made = News(stored.uid, state.check, now(), FULL, "", told, base)
    keep_news(book, made)
    return made


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """One case that is said otherwise of. ``uid``: its random identifier."""

    uid: str
    title: str
    status: str
    recontact: Recontact
    news: News


@dataclass(frozen=True, slots=True)
class Overview:
    """What the last check came to. ``due``: a new check would be by other data."""

    state: CheckState
    checked: int
    due: bool
    changed: tuple[ChangedCase, ...]


def overview(book: "Casebook", knowledge: Knowledge, context: Context) -> Overview:
    """Cases with differences: unseen first, of those the patients who asked to be contacted first.

    Raises:
        UserError, Cancelled: as ``ledger_rows``.
    """
    state = check_state(book)
    found, checked = [], 0
    for head in context.track(book.heads(), tr("Reading the stored cases")):
        stored = read_silently(book, head.case_id)
        news = None if stored is None else news_of(book, stored)
        if stored is None or news is None:
            continue
        checked += bool(state.check) and news.check == state.check
        if news.differences:
            found.append(ChangedCase(stored.uid, head.title, head.status, recontact(stored.case), news))
    found.sort(key=lambda one: (not one.news.unseen, not one.recontact.wanted, one.title, one.uid))
    return Overview(state, checked, check_due(book, knowledge), tuple(found))
