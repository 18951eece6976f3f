"""Reports: every document that the result allows; previewed, worded, signed, saved, printed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from genoai_desktop.domain.letters import LETTERS, Document, DocumentKind, SignedDocument
from genoai_desktop.domain.text import joined, language_in_use, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.preferred import LETTERS_IN
from genoai_desktop.ui.printing import print_pdf
from genoai_desktop.ui.viewmodels.documents import title
from genoai_desktop.ui.viewmodels.paper import Shown, paper_of, preview
from genoai_desktop.ui.viewmodels.pdf import PageImage
from genoai_desktop.ui.widgets.basics import box, button, column, row
from genoai_desktop.ui.widgets.document_list import DocumentList
from genoai_desktop.ui.widgets.job_line import JobLine
from genoai_desktop.ui.widgets.saved import say_saved
from genoai_desktop.ui.widgets.sheets import DocumentView

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import StoredCase
    from genoai_desktop.app.documents import Offer
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.app.signing import Signed
    from genoai_desktop.report.edits import Wording
    from genoai_desktop.ui.session import Session


class ReportPage(Page):
    """Documents to the left, the one in view to the right. Everything is made in workers."""

    id = "report"
    icon = "report"
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = DocumentList()
        self.view = DocumentView()
        self.view.choose_language(desk.preference(LETTERS_IN, "en"))
        self.shown: Shown | None = None
        self.offers: tuple[Offer, ...] = ()
        self._said: tuple[str, str] | None = None
        self.edit_button = button(tr("Wording…"), self.edit, name=tr("Edit the wording of the letter"))
        self.sign_button = button(tr("Sign…"), self.sign)
        self.print_button = button(tr("Print…"), self.print)
        self.save_button = button(tr("Save…"), self.save, kind="primary", name=tr("Save the document"))
        self._buttons = (self.edit_button, self.sign_button, self.print_button, self.save_button)
        for made in self._buttons:
            self.tools.addWidget(made)
        sides = row(self.list, self.view, space="l")
        sides.setStretch(1, 1)
        job = JobLine(self.runner)
        job.stopped.connect(lambda: self.view.say(tr("Stopped. Choose a document of the list to make it.")))
        layout = column(sides, job)
        layout.setStretch(0, 1)
        self.body.addWidget(box(layout))
        self.list.chosen.connect(self._choose)
        self.list.version_wanted.connect(self.save_version)
        self.view.changed.connect(self._show_again)
        desk.preferred.connect(self._preferred)
        desk.house.changed.connect(self.invalidate)

    def name(self) -> str:
        """The title."""
        return tr("Report")

    def _preferred(self, key: str) -> None:
        """Letters in the language that is preferred from now on."""
        if key == LETTERS_IN:
            self.view.choose_language(self.desk.preference(LETTERS_IN, "en"))

    @property
    def document(self) -> Document:
        """The document in view, in the language and form chosen."""
        return self.view.formed(self.list.document)

    @property
    def pages(self) -> list[PageImage]:
        """What is previewed."""
        return self.shown.pages if self.shown is not None else []

    def reset(self) -> None:
        """The widgets stay; ``fill`` changes what they show."""

    def put_down(self) -> None:
        """No document is in view."""
        super().put_down()
        self.shown, self.offers = None, ()
        self.view.say("")
        self._enable()

    def fill(self, opened: OpenCase) -> None:
        """List what can be made of the case, and show the document that was in view."""
        self.subtitle.setText(tr("Every document is a draft until a named professional signs it."))
        if opened.result.failed:
            words = joined(" ", (one.words for one in opened.result.failed))
            self.banner.say("error", words, *self.way_again())
        self.shown = None
        self._enable()
        self.run(
            self.desk.services.offers,
            opened.result,
            done=self._list,
            failed=lambda error: self.show_failed(error, self.invalidate),
            key="offers",
        )

    def choose(self, document: Document) -> None:
        """Turn to a document."""
        self.view.use(document)
        self.list.choose(document)

    def edit(self) -> None:
        """Open the wording of the letter in view."""
        session, document = self.desk.session, self.document
        if session is None or document.kind not in LETTERS:
            return
        opening = partial(self._edit, session, document)
        arguments = session.opened.result, document, self.desk.house.clinic, language_in_use()
        self.run(self.desk.services.wording, *arguments, done=opening, key="edit")

    def sign(self) -> None:
        """Ask who signs; a signed document is amended by a new version."""
        shown, session = self.shown, self.desk.session
        if shown is None or session is None or not shown.offer.paper or self._behind():
            return
        if shown.gate.undecided:
            titles = joined(", ", (f"“{title}”" for title in shown.gate.undecided))
            self.banner.say(
                "warning",
                tr("First decide what the letter shall say in {titles}: its text changed.", titles=titles),
            )
            return
        record = shown.standing.record
        if record is None:
            self._ask_signature(shown, session, None)
        else:
            ready = partial(self._ask_signature, shown, session)
            self.run(self._paper(session, record), done=ready, key="earlier")

    def save(self) -> None:
        """Ask where, then write in a worker."""
        shown = self.shown
        if shown is None or self._behind():
            return
        version = shown.standing.record.version if shown.final and shown.standing.record else 0
        name = self._ask_place(_file_name(shown.document, version))
        if name is not None:
            self.save_to(name)

    def _behind(self) -> bool:
        """Whether the analyses do not know the last edits yet: nothing that rests on them leaves then."""
        session = self.desk.session
        behind = session is not None and session.behind
        if behind:
            words = tr("The last edits are still being analysed. Save, print or sign once that is done.")
            self.banner.say("info", words)
        return behind

    def save_to(self, path: Path) -> None:
        """Write the document in view to ``path``: the signed PDF where it is current, else a draft."""
        shown = self.shown
        if self.opened is None or shown is None:
            return
        services, done = self.desk.services, self._saved
        if shown.final:
            self.run(services.write_signed, shown.data, path, shown.document, done=done, key="save")
            return
        clinic = self.desk.house.clinic
        arguments = self.opened.result, path, shown.document, clinic
        self.run(services.save_report, *arguments, done=done, key="save")

    def save_version(self, record: SignedDocument) -> None:
        """Write a signed version out as it was signed."""
        session = self.desk.session
        if session is None:
            return
        document = next((one.document for one in self.offers if _is_of(one.document, record)), self.document)
        document = replace(document, language=record.language)
        name = self._ask_place(_file_name(document, record.version))
        if name is None:
            return

        def write(data: bytes | None) -> None:
            if data is None:
                self.banner.say(
                    "warning",
                    tr("The signed PDF is not at hand: no store keeps it. Look where it was saved."),
                )
                return
            services = self.desk.services
            self.run(services.write_signed, data, name, document, done=self._saved, key="save")

        self.run(self._paper(session, record), done=write, key="version")

    def print(self) -> None:
        """Ask for a printer and send the pages there."""
        if not self.pages or self._behind():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            words = " ".join(("print report", *self.document.audit_words))
            self.desk.record("exported", words)
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Put the document in view on the printer's paper, in a worker."""
        if self.shown is not None:
            self.run(print_pdf, self.shown.data, printer, key="print")

    def _ask_place(self, suggested: str) -> Path | None:
        kinds = tr("All files (*)")
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the document"), suggested, kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(Path(suggested).suffix)

    def _list(self, offers: tuple[Offer, ...]) -> None:
        self.offers = offers
        if self.opened is not None:
            self.list.show_offers(offers, self.opened.result.case)
        self._show_again()

    def _choose(self, document: Document) -> None:
        self.view.use(document)
        self._show_again()

    def _show_again(self) -> None:
        if self.opened is None or not self.offers:
            return
        self.shown = None
        self._enable()
        self.view.wait()
        offer = next((one for one in self.offers if one.document == self.list.document), self.offers[0])
        self.run(
            preview,
            self.desk.services,
            self.desk.session,
            self.desk.vault.casebook,
            self.opened.result,
            offer,
            self.document,
            self.desk.house.clinic,
            self.view.pixels(),
            done=self._show,
            failed=self._failed,
            key="preview",
        )

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.view.show_document(shown)
        self._enable()
        said, self._said = self._said, None
        if said is not None:
            self.banner.say(*said)

    def _enable(self) -> None:
        shown = self.shown
        paper = shown is not None and shown.offer.paper
        letter = shown is not None and shown.document.kind in LETTERS
        self.edit_button.setVisible(shown is None or letter)
        self.sign_button.setVisible(shown is None or paper)
        self.print_button.setVisible(shown is None or paper)
        for made in self._buttons:
            made.setEnabled(shown is not None)
        signed = shown is not None and shown.standing.record is not None
        self.sign_button.setText(tr("Amend…") if signed else tr("Sign…"))
        self.sign_button.setAccessibleName(self.sign_button.text())

    def _edit(self, session: Session, document: Document, wording: Wording) -> None:
        from genoai_desktop.ui.dialogs.edit_letter import EditLetterDialog

        # a child of the window, which outlives this page when the store locks
        dialog = EditLetterDialog(self.desk, self.window(), session, document, wording)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask_signature(self, shown: Shown, session: Session, earlier: bytes | None) -> None:
        from genoai_desktop.ui.dialogs.sign import SignDialog

        dialog = SignDialog(
            self.desk,
            self,
            session.opened.result,
            shown.document,
            title(shown.offer),
            shown.gate,
            shown.standing,
            earlier,
        )
        dialog.signed.connect(partial(self._signed, session))
        dialog.finished.connect(dialog.deleteLater)  # locking answers it with no
        dialog.open()

    def _signed(self, session: Session, signed: Signed) -> None:
        """Keep the PDF with the case, then the record: what is recorded is kept."""
        session.papers[signed.record.file_sha256] = signed.data
        book = self.desk.vault.casebook
        if book is None or not session.keeps:
            self._record(session, signed, "")
            return
        name = _file_name(signed.document, signed.record.version)
        if not book.may_edit:
            self._keep_review(session, signed, name)
        else:
            self.desk.vault.run(
                lambda book: book.attach_data(session.uid, name, signed.data),
                done=lambda kept: self._record(session, signed, kept.attachment_id),
                failed=self.banner.explain,
            )

    def _keep_review(self, session: Session, signed: Signed, name: str) -> None:
        """A reviewer's signature goes with the case, where the store has it; nothing else of it changes."""
        if not session.stored.version:
            loose = tr("Signed, and in the audit trail. The case is not in the store: save the PDF now.")
            self.banner.say("warning", loose)
            self._show(self._final(signed))
            return

        def kept(stored: StoredCase) -> None:
            self._said = ("success", tr("Signed. The PDF is kept with the case."))
            session.stored = replace(session.stored, version=stored.version)
            old, case = session.opened, replace(session.case, signatures=stored.case.signatures)
            self.desk.replace(old, replace(old, case=case, result=replace(old.result, case=case)))

        self.desk.vault.run(
            lambda book: book.add_signature(session.uid, signed.record, name, signed.data),
            done=kept,
            failed=self.banner.explain,
        )

    def _record(self, session: Session, signed: Signed, attachment: str) -> None:
        from genoai_desktop.app.signing import recorded

        kept = tr("Signed. The PDF is kept with the case.")
        loose = tr("Signed. No store keeps the PDF: save it now, or it is gone with this window.")
        self._said = ("success", kept) if attachment else ("warning", loose)
        self.desk.edit_wanted.emit(session.opened, recorded(session.case, signed, attachment))

    def _final(self, signed: Signed) -> Shown:
        from genoai_desktop.app.signing import Standing

        assert self.shown is not None
        standing = Standing(signed.record, current=True)
        return replace(self.shown, standing=standing, data=signed.data, final=True)

    def _paper(self, session: Session, record: SignedDocument) -> Any:
        """A job that finds the PDF of a signed version: in memory, else in the store; None without either."""
        book = self.desk.vault.casebook
        return lambda _context: paper_of(session, book, record)

    def _saved(self, path: Path) -> None:
        say_saved(self.banner, tr("Saved as {name}.", name=path.name), path)

    def _failed(self, error: Exception) -> None:
        self.view.say(tr("The document could not be made. The reason is above; nothing was written."))
        self.banner.explain(error)


def _is_of(document: Document, record: SignedDocument) -> bool:
    shared = replace(document, share=True) if document.kind is DocumentKind.FAMILY else document
    return record.document in (document.key, shared.key)


def _file_name(document: Document, version: int) -> str:
    from genoai_desktop.app.documents import file_name

    return file_name(document, version)
