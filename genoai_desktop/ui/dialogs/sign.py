"""Sign a document, or check who signed a PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from genoai_desktop.domain.letters import Document
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import form_layout, path_of, text_field, with_button
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.dialogs.unlock import passphrase_field
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, checkbox, column, label, row

if TYPE_CHECKING:
    from genoai_desktop.app.letters import Gate
    from genoai_desktop.app.signing import Signed, Standing

_NAME, _ROLE, _CERTIFICATE = "sign/name", "sign/role", "sign/certificate"
"""What the settings remember: the professional's own name, role and certificate file. Never a passphrase."""


class SignDialog(TypingDialog):
    """``signed`` carries the final PDF with its record."""

    signed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        result: CaseResult,
        document: Document,
        title: str,
        gate: Gate,
        standing: Standing,
        earlier: bytes | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.analysed, self.document = desk, result, document
        self.gate, self.standing, self.earlier = gate, standing, earlier
        self.runner = Runner(desk.pool, self)
        self.amends = standing.record is not None
        words = tr("Amend: {title}", title=title) if self.amends else tr("Sign: {title}", title=title)
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self.resize(620, 480)
        self._build(words)
        self._remembered()
        self._enable()

    def sign(self) -> None:
        """Sign in a worker; what is wrong is said in the banner."""
        from genoai_desktop.app.signing import Signing

        self.banner.hide()
        signing = Signing(
            self.name.text(),
            self.role.text(),
            datetime.now().astimezone().isoformat(timespec="seconds"),
            self.reason.toPlainText(),
            self.amendment.toPlainText(),
            path_of(self.certificate),
            self.passphrase.text(),
        )
        self.passphrase.clear()
        self.sign_button.setEnabled(False)
        self.runner.run(
            self.desk.services.sign_report,
            self.analysed,
            self.document,
            self.desk.house.clinic,
            signing,
            self.earlier,
            done=self._signed,
            failed=self._failed,
            key="sign",
        )

    def done(self, result: int) -> None:
        """Forget the passphrase and stop what is under way."""
        self.runner.cancel_all()
        self.passphrase.clear()
        super().done(result)

    def hideEvent(self, event: QHideEvent) -> None:
        """Behind the lock screen no passphrase waits."""
        self.passphrase.clear()
        super().hideEvent(event)

    def _build(self, words: str) -> None:
        self.banner = Banner(self.desk.theme)
        self.name = text_field(tr("Your name"), tr("as it shall stand in the document"))
        self.role = text_field(tr("Your role"), tr("for example: genetic counselor"))
        self.certificate = text_field(tr("Certificate file"), tr("optional: a PKCS#12 file (.p12, .pfx)"))
        self.passphrase = passphrase_field(tr("Passphrase of the certificate"))
        self.passphrase.setPlaceholderText(tr("asked for each time, kept nowhere"))
        self.reason = _text(tr("Why it is signed all the same"))
        self.amendment = _text(tr("What the new version corrects, and why (stands in the document)"))
        self.read = checkbox(tr("I have read this document and stand for what it says."))
        for field in (self.name, self.role):
            field.textChanged.connect(self._enable)
        for area in (self.reason, self.amendment):
            area.textChanged.connect(self._enable)
        self.read.toggled.connect(self._enable)
        self.sign_button = button(tr("Sign"), self.sign, kind="primary")
        form = form_layout()
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Role"), self.role)
        kinds = tr("Certificates (*.p12 *.pfx)")
        form.addRow(tr("Certificate"), box(with_button(self.certificate, tr("Choose a certificate"), kinds)))
        form.addRow(tr("Passphrase"), self.passphrase)
        hint = tr(
            "The signature covers exactly this content, and the time of this computer is its time. With a "
            "certificate any later change shows; without one the PDF only names you."
        )
        layout = column(
            label(words, "heading", wrap=True),
            self.banner,
            box(column(*self._amends(), *self._held(), space="s")),
            box(form),
            label(hint, "caption", wrap=True),
            self.read,
            None,
            row(None, button(tr("Cancel"), self.reject), self.sign_button),
            space="m",
            margins=True,
        )
        self.setLayout(layout)

    def _amends(self) -> list[QWidget]:
        """What the new version takes the place of, and the field for the reason."""
        last = self.standing.record
        if last is None:
            self.amendment.hide()
            return [self.amendment]
        said = tr(
            "Version {number} was signed by {who} on {day}. It stays as it is; this makes version {next}, "
            "which names it.",
            number=last.version,
            who=f"{last.signer}, {last.role}",
            day=last.time[:10],
            next=last.version + 1,
        )
        if self.standing.current:
            said += " " + tr("Nothing in the document has changed since.")
        return [label(said, "muted", wrap=True), self.amendment]

    def _held(self) -> list[QWidget]:
        """What the readability gate holds against the letter, and the field for the reason."""
        if not self.gate.asks:
            self.reason.hide()
            return [self.reason]
        said = label(joined(" ", self.gate.words), wrap=True, tone="warning")
        kept = tr("The reason is kept with the record of the signature; it is printed nowhere.")
        return [said, self.reason, label(kept, "caption", wrap=True)]

    def _enable(self) -> None:
        complete = bool(self.name.text().strip() and self.role.text().strip() and self.read.isChecked())
        if self.gate.asks:
            complete = complete and bool(self.reason.toPlainText().strip())
        if self.amends:
            complete = complete and bool(self.amendment.toPlainText().strip())
        self.sign_button.setEnabled(complete and not self.runner.busy)

    def _remembered(self) -> None:
        settings = self.desk.settings
        if settings is not None:
            for field, key in self._fields():
                field.setText(str(settings.value(key, "")))

    def _fields(self) -> tuple[tuple[QLineEdit, str], ...]:
        return (self.name, _NAME), (self.role, _ROLE), (self.certificate, _CERTIFICATE)

    def _signed(self, signed: Signed) -> None:
        settings = self.desk.settings
        if settings is not None:
            for field, key in self._fields():
                settings.setValue(key, field.text().strip())
        self.accept()
        self.signed.emit(signed)

    def _failed(self, error: Exception) -> None:
        self.banner.explain(error)
        self.sign_button.setEnabled(True)


class CheckDialog(QDialog):
    """Whether a PDF is what was signed, by whom, and whether a case on the desk knows it."""

    def __init__(self, desk: Desk, parent: QWidget | None, path: Path) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Check a signed PDF"))
        self.setAccessibleName(self.windowTitle())
        self.resize(560, 300)
        self.banner = Banner(desk.theme)
        self.details = label(tr("Checking {name}", name=path.name), wrap=True)
        close = button(tr("Close"), self.accept, kind="primary")
        self.setLayout(
            column(
                label(path.name, "heading", wrap=True),
                self.banner,
                self.details,
                None,
                row(None, close),
                space="m",
                margins=True,
            )
        )
        self.runner.run(desk.services.verify_pdf, path, done=self._show, failed=self._failed, key="verify")

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)

    def _failed(self, error: Exception) -> None:
        self.details.setText("")
        self.banner.explain(error)

    def _show(self, found: object) -> None:
        from genoai_desktop.report.signing import Seal, Verification

        assert isinstance(found, Verification)
        tones = {Seal.INTACT: "success", Seal.CHANGED: "error", Seal.NAMED: "warning", Seal.DRAFT: "info"}
        self.banner.say(tones[found.seal], found.words)
        lines = []
        if found.signature is not None:
            mark = found.signature
            lines += [
                tr("Signed by {name}, {role}", name=mark.name, role=mark.role),
                tr("Time: {time}. Version {number}.", time=mark.signed_at, number=mark.version),
            ]
            if mark.amendment is not None:
                lines.append(tr("In place of an earlier version. Reason: {why}", why=mark.amendment.reason))
            lines.append(tr("SHA-256 of the content: {digest}", digest=mark.content_sha256))
            lines.append(self._known(mark.content_sha256))
        if found.certificate:
            lines.append(tr("Certificate of {who}, issued by {by}.", who=found.certificate, by=found.issuer))
            lines.append(tr("Whether its issuer is to be trusted, or it was revoked, is not known."))
        self.details.setText(joined("\n", lines))
        self.details.setAccessibleName(self.details.text())

    def _known(self, digest: str) -> str:
        cases = [session.case for session in self.desk.sessions]
        known = any(one.sha256 == digest for case in cases for one in case.signatures)
        return (
            tr("An open case has the record of this signature.")
            if known
            else tr("No open case has a record of this signature.")
        )


def _text(name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    made.setTabChangesFocus(True)
    made.setFixedHeight(64)
    return made
