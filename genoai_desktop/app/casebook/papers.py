"""What goes with the cases of a store: attachments and the audit trail."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from genoai_desktop.app.casebook.decisions import case_in
from genoai_desktop.app.casebook.member import Member
from genoai_desktop.cases.audit import Act, Entry
from genoai_desktop.cases.durable import replace_file
from genoai_desktop.cases.store import Attachment, Store
from genoai_desktop.domain.context import Context, Part, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.spreadsheet import cell
from genoai_desktop.domain.text import tr

LARGEST_ATTACHMENT = 100_000_000
"""Bytes."""


class Papers(Member):
    """Mixed into ``Casebook``."""

    def attach(self, uid: str, path: Path, context: Context | None = None) -> Attachment:
        """Keep a copy of a file with a case, encrypted.

        Raises:
            UserError: it cannot be read, is too large, or the store cannot be written.
            Cancelled: the person stopped it; nothing was kept.
        """
        context = context or Silent()
        self._require_editor()
        try:
            if path.stat().st_size > LARGEST_ATTACHMENT:
                raise UserError(
                    tr("The file is too large to keep with a case."),
                    where=path.name,
                    remedy=tr("Keep files of up to {mb} MB.", mb=LARGEST_ATTACHMENT // 1_000_000),
                )
            data = _read(path, Part(context, 0.0, 0.1))
        except OSError as error:
            raise UserError(tr("The file cannot be read."), where=path.name) from error
        with self._worker.together():
            made = self._worker.call(Store.attach, uid, path.name, data, Part(context, 0.1, 1.0))
            self._worker.submit(Store.empty_log)  # nobody waits for it: the file is kept
        return made

    def attach_data(self, uid: str, name: str, data: bytes) -> Attachment:
        """Keep what was made in memory with a case, encrypted; it never was a file.

        Raises:
            UserError: the user may not edit, or the store cannot be written.
        """
        self._require_editor()
        return self._worker.call(Store.attach, uid, name, data)

    def attachments(self, uid: str) -> tuple[Attachment, ...]:
        """What is kept with a case."""
        return self._worker.call(Store.attachments, uid)

    def attachment(self, attachment_id: str, context: Context | None = None) -> bytes:
        """The content of an attachment. The view is recorded.

        Raises:
            Cancelled: the person stopped it.
        """
        return self._worker.call(Store.attachment, attachment_id, context)

    def export_attachment(
        self, uid: str, attachment_id: str, path: Path, context: Context | None = None
    ) -> None:
        """Write an attachment out, readable. Recorded as an export.

        Raises:
            UserError: it is a signed document with results that consent does not cover any more, there is
                none, or it cannot be written.
            Cancelled: the person stopped it; no file is left.
        """
        context = context or Silent()
        case = case_in(self._worker.call(Store.peek, uid)[0])
        for signed in case.signatures:
            if signed.attachment == attachment_id and not signed.allowed(case.consent):
                raise UserError(
                    tr("This signed document holds results that consent does not cover any more."),
                    remedy=tr("It stays with the case as a record and is not given out."),
                    code="casebook.consent",
                )
        data = self.attachment(attachment_id, Part(context, 0.0, 0.7))
        context.check()
        self.record(Act.EXPORTED, uid, f"attachment {attachment_id}")
        replace_file(path, data, Part(context, 0.7, 0.99))
        context.report(tr("Writing the file"), 1.0)

    def detach(self, attachment_id: str, context: Context | None = None) -> None:
        """Delete an attachment.

        Raises:
            Cancelled: the person stopped it; it is there as before.
        """
        self._require_editor()
        with self._worker.together():
            self._worker.call(Store.detach, attachment_id, context)
            self._worker.submit(Store.empty_log)

    def audit(self) -> tuple[Entry, ...]:
        """The whole chain, oldest first."""
        return self._worker.call(Store.audit)

    def audit_problems(self, context: Context | None = None) -> list[str]:
        """What is wrong with the chain; empty when nothing was edited, inserted or cut off.

        Raises:
            Cancelled: the person stopped it.
        """
        return self._worker.call(Store.audit_problems, context)

    def export_audit(self, entries: Iterable[Entry], path: Path) -> None:
        """Write entries as CSV: identifiers only. Recorded as an export."""
        self.require_administrator()
        self.record(Act.EXPORTED, "", "audit trail")
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(["number", "time", "user", "act", "case", "detail", "previous", "sha256"])
        for entry in entries:
            table.writerow(
                [
                    entry.number,
                    entry.time,
                    cell(entry.user),
                    entry.act,
                    cell(entry.case),
                    cell(entry.detail),
                    entry.previous,
                    entry.digest,
                ]
            )
        replace_file(path, text.getvalue().encode())


def _read(path: Path, context: Context) -> bytes:
    """The whole file, looked at for a cancel every megabyte."""
    size, data = max(path.stat().st_size, 1), bytearray()
    with path.open("rb") as handle:
        while piece := handle.read(1 << 20):
            context.check()
            data += piece
            context.report(tr("Reading the file"), min(len(data) / size, 1.0))
    return bytes(data)
