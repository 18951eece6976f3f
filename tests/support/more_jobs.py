"""Long jobs besides those of ``long_jobs``: documents, pedigrees, the store's lists, tables of knowledge."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from job_stores import PASSPHRASE, new_store
from ledger_cases import demo, knowledge, patient, stored
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "report" / "pedigree")]

from families import with_in_laws  # noqa: E402

from genoai_desktop.app import documents  # noqa: E402
from genoai_desktop.app.casebook import Casebook  # noqa: E402
from genoai_desktop.app.outputs import write_case  # noqa: E402
from genoai_desktop.app.signing import Signing  # noqa: E402
from genoai_desktop.cases.audit import Act  # noqa: E402
from genoai_desktop.cases.keys import Prepared  # noqa: E402
from genoai_desktop.domain.context import Context  # noqa: E402
from genoai_desktop.domain.letters import NO_CLINIC, Document, DocumentKind  # noqa: E402
from genoai_desktop.knowledge.bundle import Bundle  # noqa: E402
from genoai_desktop.report.pedigree import layout  # noqa: E402
from genoai_desktop.ui.pages.pedigree import _ordered, _write, _write_view  # noqa: E402
from genoai_desktop.ui.printing import print_pdf  # noqa: E402
from genoai_desktop.ui.services import Services  # noqa: E402
from genoai_desktop.ui.viewmodels.browse import Filters, apply, browse_frame  # noqa: E402
from genoai_desktop.ui.viewmodels.locus import Span, load_scene  # noqa: E402
from genoai_desktop.ui.viewmodels.paper import preview  # noqa: E402
from genoai_desktop.vcf import load  # noqa: E402

PEOPLE = 150
Made = tuple[Callable[..., Any], tuple[Any, ...]]


def _document(kind: DocumentKind) -> Document:
    offered = documents.offers(patient("Report").result)
    return next(one.document for one in offered if one.document.kind is kind)


def writing(kind: DocumentKind, folder: Path) -> Made:
    arguments = patient("Report").result, folder / "document", _document(kind), NO_CLINIC
    return Services(knowledge).save_report, arguments


def previewing(folder: Path) -> Made:
    result = patient("Report").result
    offer = documents.require(result, Document(DocumentKind.CLINICIAN))
    return preview, (Services(knowledge), None, None, result, offer, offer.document, NO_CLINIC, 900)


def printing(folder: Path) -> Made:
    """Onto a printer that draws into a file, which Qt leaves when it is stopped."""
    _ = QApplication.instance() or QApplication([])
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    (folder / "data").mkdir(exist_ok=True)
    printer.setOutputFileName(str(folder / "data" / "paper.pdf"))
    return print_pdf, (documents.make(patient("Report").result, Document(DocumentKind.CLINICIAN)), printer)


def signing(folder: Path) -> Made:
    stated = Signing("Ada Quirke", "Genetic counselor", "2026-01-01T10:00:00+01:00", reason="read")
    arguments = patient("Report").result, Document(DocumentKind.CLINICIAN), NO_CLINIC, stated, None
    return Services(knowledge).sign_report, arguments


def writing_all(folder: Path) -> Made:
    return partial(write_case, patient("Report"), folder / "out"), ()


def _unknown(function: Callable[..., Any]) -> Callable[..., Any]:
    """The job on a family that was not laid out before: orders once found are remembered."""

    def call(*arguments: Any) -> Any:
        layout._ORDERS._known.clear()
        return function(*arguments)

    return call


def ordering(folder: Path) -> Made:
    return _unknown(_ordered), (with_in_laws(3, PEOPLE),)


def drawing(folder: Path) -> Made:
    return _unknown(_write), (_nothing, with_in_laws(4, PEOPLE), folder / "pedigree.pdf", "pdf", "en")


def one_view(folder: Path) -> Made:
    family = with_in_laws(5, PEOPLE)
    return _unknown(_write_view), (
        _nothing,
        family,
        next(iter(family.members)).id,
        folder / "pedigree.pdf",
        "en",
    )


def _nothing(_what: str) -> None:
    """In place of the audit."""


def likening(folder: Path) -> Made:
    return Services(knowledge).similar_cases, (patient("Alike").result, new_store(folder, 8), "none")


def listing(folder: Path) -> Made:
    return Services(knowledge).ledger_rows, (new_store(folder, 8),)


def overseeing(folder: Path) -> Made:
    return Services(knowledge).ledger_overview, (new_store(folder, 8),)


def opening_stored(folder: Path) -> Made:
    return Services(knowledge).open_stored, (replace(stored(patient("Stored")), uid="stored"),)


def auditing(folder: Path) -> Made:
    book = new_store(folder, 1)
    for _ in range(400):
        book.record(Act.VIEWED, "", "event")
    return book.audit_problems, ()


def _with_scans(folder: Path) -> tuple[Casebook, str]:
    """A store with one case and 24 MB of attachments; the case's identifier."""
    book = new_store(folder, 1)
    uid = book.heads()[0].case_id
    for number in range(3):
        book.attach_data(uid, "scan.pdf", Random(number).randbytes(8_000_000))
    return book, uid


def exporting_a_file(folder: Path) -> Made:
    book, uid = _with_scans(folder)
    kept = book.attachments(uid)[0]
    return partial(book.export_attachment, uid, kept.attachment_id, folder / "out.pdf"), ()


def removing_a_file(folder: Path) -> Made:
    book, uid = _with_scans(folder)
    return partial(book.detach, book.attachments(uid)[0].attachment_id), ()


def deleting_a_case(folder: Path) -> Made:
    book, uid = _with_scans(folder)
    return partial(book.delete, uid), ()


def changing_the_key(folder: Path) -> Made:
    book, _uid = _with_scans(folder)
    return partial(_rotate, book, book.prepare_rotation(PASSPHRASE)), ()


def _rotate(book: Casebook, prepared: Prepared, context: Context) -> object:
    return book.rotate(prepared, context)


def verifying(folder: Path) -> Made:
    return Bundle().verify, ()


def reading(folder: Path) -> Made:
    from long_jobs import big_vcf

    return load, (big_vcf(folder / "big.vcf"),)


def looking_at_a_place(folder: Path) -> Made:
    opened = demo()
    span = Span("8", 60_000_000, 62_000_000)
    return load_scene, (opened, browse_frame(opened), knowledge(), span)


def filtering(folder: Path) -> Made:
    return apply, (browse_frame(demo()), Filters(), (("pos", True),))


DOCUMENTS = {
    f"write {kind.value}": partial(writing, kind)
    for kind in DocumentKind
    if kind not in (DocumentKind.CLINICIAN, DocumentKind.COUPLE)
}
MORE: dict[str, Callable[[Path], Made]] = {
    **DOCUMENTS,
    "preview a report": previewing,
    "draw pages to print": printing,
    "sign a report": signing,
    "write all results": writing_all,
    "order a pedigree of 150": ordering,
    "export a pedigree of 150": drawing,
    "export one relative's view": one_view,
    "similar cases": likening,
    "read the ledger": listing,
    "which cases changed": overseeing,
    "open a stored case": opening_stored,
    "prove the audit trail": auditing,
    "change the store's key": changing_the_key,
    "save an attached file": exporting_a_file,
    "remove an attached file": removing_a_file,
    "delete a case": deleting_a_case,
    "verify the tables": verifying,
    "read a VCF": reading,
    "look at a locus": looking_at_a_place,
    "filter variants": filtering,
}
