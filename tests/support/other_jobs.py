"""Jobs that are mostly short, so that the benchmark of stopping sees every job of the program.

A short job may end before it looks; it counts as ended by itself then.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from job_stores import PASSPHRASE, new_store
from ledger_cases import demo, knowledge, patient, stored
from more_jobs import PEOPLE, Made

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "benchmarks")]

from bench_prs import make_cohort  # noqa: E402
from families import with_in_laws  # noqa: E402

from genoai_desktop.app.casebook import Casebook, Door  # noqa: E402
from genoai_desktop.app.pedigrees.exchange import write_family  # noqa: E402
from genoai_desktop.app.risk_files import risk_prs  # noqa: E402
from genoai_desktop.cases.store import Store  # noqa: E402
from genoai_desktop.domain.context import Context  # noqa: E402
from genoai_desktop.domain.genome import Build  # noqa: E402
from genoai_desktop.domain.letters import NO_CLINIC, Document, DocumentKind  # noqa: E402
from genoai_desktop.ui.pages.pedigree import _read  # noqa: E402
from genoai_desktop.ui.services import Services  # noqa: E402

CASES = 60
LARGE = 90_000_000
VERSIONS = 12
SITES, COHORT = 4_000, 400
GENES = ("CYP2C19", "CYP2C9", "CYP3A5", "TPMT", "NUDT15", "SLCO1B1", "CYP2B6")


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """As the window hands over a request that takes no context."""

    def call(*arguments: Any) -> Any:
        *others, _context = arguments
        return function(*others)

    return call


def outside_calls(folder: Path) -> Made:
    rows = "".join(f"{gene}\t*1/*1\n" for gene in GENES)
    path = folder / "calls.tsv"
    path.write_text(rows)
    return Services(knowledge).read_stated, (path, "")


def again_with_outside_calls(folder: Path) -> Made:
    from dataclasses import replace

    from genoai_desktop.domain.context import Silent

    function, arguments = outside_calls(folder)
    opened = demo()
    case = replace(opened.case, outside_calls=function(*arguments, Silent()))
    return Services(knowledge).reanalyse, (opened, case)


def searching(folder: Path) -> Made:
    book = new_store(folder, CASES)
    return _plain(book.search), ("family chd7",)


def _large(folder: Path) -> tuple[Casebook, str, str]:
    """A store with an attachment of 90 MB; the case's identifier and the attachment's."""
    book = new_store(folder, 1)
    uid = book.heads()[0].case_id
    kept = book.attach_data(uid, "scan.pdf", Random(1).randbytes(LARGE))
    return book, uid, kept.attachment_id


def exporting_a_large_file(folder: Path) -> Made:
    book, uid, kept = _large(folder)
    return partial(book.export_attachment, uid, kept, folder / "out.pdf"), ()


def removing_an_earlier_programs_file(folder: Path) -> Made:
    """One that is whole in one row, as up to schema 2 of the store."""
    book, _uid, kept = _large(folder)
    book._worker.call(_in_one_row)
    return partial(book.detach, kept), ()


def _in_one_row(store: Store) -> None:
    connection: Any = store._connection
    connection.execute("DELETE FROM attachment_piece")
    connection.execute("UPDATE attachment SET data = ?", (Random(1).randbytes(LARGE),))
    store.empty_log()


def comparing(folder: Path) -> Made:
    from dataclasses import replace

    book, made = new_store(folder, 1), stored(patient("Family 0"))
    uid = book.heads()[0].case_id
    for number in range(VERSIONS):
        saved = book.save(
            replace(made, uid=uid, version=number + 1, case=replace(made.case, indication=f"{number}"))
        )
    return _plain(book.compare), (uid, 1, saved.version)


def unlocking(folder: Path) -> Made:
    new_store(folder, 3).close()
    return _plain(_opened), (Door(folder / "clinic"),)


def _opened(door: Door) -> None:
    door.unlock("ada", PASSPHRASE).close()


def importing(folder: Path, kind: str) -> Made:
    path = folder / "family"
    write_family(with_in_laws(3, PEOPLE), path, kind)
    return _read, (path,)


def scoring(folder: Path) -> Made:
    vcf, score = make_cohort(folder, SITES, COHORT)
    return partial(_score, vcf, score, folder / "scores.tsv"), ()


def _score(vcf: Path, score: Path, out: Path, context: Context) -> bool:
    return risk_prs(vcf, score, out, knowledge(), context, build=Build.GRCH38)


def judging_words(folder: Path) -> Made:
    return Services(knowledge).wording, (patient("Words").result, Document(DocumentKind.LETTER), NO_CLINIC)


def recognising(folder: Path) -> Made:
    text = "Seizures, global developmental delay and short stature since birth; no hearing loss. " * 60
    return Services(knowledge).recognised, (text,)


def trying_a_medicine(folder: Path) -> Made:
    return Services(knowledge).try_medicine, (demo(), "clopidogrel")


def exporting_the_audit(folder: Path) -> Made:
    book = new_store(folder, 1)
    for _ in range(400):
        book.record_soon(_viewed(), "", "event")
    return _plain(book.export_audit), (book.audit(), folder / "audit.csv")


def _viewed() -> Any:
    from genoai_desktop.cases.audit import Act

    return Act.VIEWED


OTHERS: dict[str, Callable[[Path], Made]] = {
    "read outside calls": outside_calls,
    "call again with outside calls": again_with_outside_calls,
    "search the store": searching,
    "save an attached file of 90 MB": exporting_a_large_file,
    "remove an earlier program's file of 90 MB": removing_an_earlier_programs_file,
    "compare two versions": comparing,
    "unlock the store": unlocking,
    "import a pedigree (PED)": partial(importing, kind="ped"),
    "import a pedigree (GEDCOM)": partial(importing, kind="gedcom"),
    "polygenic score of a cohort": scoring,
    "word a letter": judging_words,
    "recognise features in a letter": recognising,
    "try a medicine": trying_a_medicine,
    "export the audit trail": exporting_the_audit,
}
