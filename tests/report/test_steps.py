"""Making a document reports how far it is, and stops within a paragraph, a cell or a row; its bytes stay."""

import itertools
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from report_cases import coupled, many_variants, rich_result

from genoai_desktop.app import documents
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.letters import NO_CLINIC, Document, DocumentKind
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.jobs.context import Recording
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.report import steps

knowledge = cache(Knowledge)
MADE = [kind for kind in DocumentKind if kind is not DocumentKind.PHENOPACKET]


class StoppedAt(Recording):
    """Cancelled at the ``number``-th look; counts the looks."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.looks, self.number = 0, number

    def check(self) -> None:
        self.looks += 1
        if self.looks == self.number:
            self.cancel()
        super().check()


def result_of(kind: DocumentKind) -> CaseResult:
    return coupled() if kind is DocumentKind.COUPLE else rich_result(rare=many_variants())


def document_of(kind: DocumentKind, result: CaseResult) -> Document:
    return next(one.document for one in documents.offers(result) if one.document.kind is kind)


def looks(work: Callable[[StoppedAt], object]) -> int:
    whole = StoppedAt(-1)
    work(whole)
    return whole.looks


@pytest.mark.parametrize("kind", MADE)
def test_a_document_stops_at_the_next_look_wherever_that_is(kind: DocumentKind) -> None:
    result = result_of(kind)
    document = document_of(kind, result)

    def make(context: StoppedAt) -> object:
        return documents.make(result, document, context=context)

    total = looks(make)
    assert total > 3
    for number in {1, 2, total // 4, total // 2, total - 1, total}:
        context = StoppedAt(number)
        with pytest.raises(Cancelled):
            make(context)
        assert context.looks == number, "it went on after it was stopped"


@pytest.mark.parametrize("kind", MADE)
def test_the_bytes_do_not_depend_on_who_watches(kind: DocumentKind) -> None:
    result = result_of(kind)
    document = document_of(kind, result)
    assert documents.make(result, document, context=Recording()) == documents.make(result, document)


def save(kind: DocumentKind, target: Path, context: Recording) -> None:
    result = result_of(kind)
    documents.save(result, target, document_of(kind, result), NO_CLINIC, knowledge(), context)


@pytest.mark.parametrize("kind", DocumentKind)
def test_progress_never_goes_back_and_is_whole_only_when_the_file_is_there(
    kind: DocumentKind, tmp_path: Path
) -> None:
    context, target = Recording(), tmp_path / "document"
    save(kind, target, context)
    parts = [part for _, part in context.reports if part is not None]
    assert len(parts) == len(context.reports)
    assert parts == sorted(parts)
    assert (parts[0], parts[-1], parts.count(1.0)) == (0.0, 1.0, 1)
    assert target.is_file()


@pytest.mark.parametrize("kind", DocumentKind)
def test_stopped_at_the_last_look_it_leaves_no_file_and_is_not_called_whole(
    kind: DocumentKind, tmp_path: Path
) -> None:
    whole, folder = StoppedAt(-1), tmp_path / "folder"
    folder.mkdir()
    save(kind, tmp_path / "document", whole)
    stopped = StoppedAt(whole.looks)
    with pytest.raises(Cancelled):
        save(kind, folder / "document", stopped)
    assert list(folder.iterdir()) == []
    assert all(part is not None and part < 1.0 for _, part in stopped.reports)


def test_the_longest_way_between_two_reports_is_a_small_part_of_a_report() -> None:
    result, context = result_of(DocumentKind.CLINICIAN), Recording()
    documents.make(result, Document(DocumentKind.CLINICIAN), context=context)
    parts = [part for _, part in context.reports if part is not None]
    assert max(after - before for before, after in itertools.pairwise(parts)) <= 0.1


def test_nothing_is_under_way_after_a_document_was_stopped() -> None:
    with pytest.raises(Cancelled):
        documents.make(rich_result(), Document(DocumentKind.CLINICIAN), context=StoppedAt(50))
    steps.check()  # would raise if the stopped job were still asked
    assert documents.make(rich_result(), Document(DocumentKind.CARD))


def test_within_a_cancelled_job_nothing_begins() -> None:
    context = Silent()
    context.cancel()
    with pytest.raises(Cancelled), steps.under(context, "Making the document"):
        pytest.fail("it began")
