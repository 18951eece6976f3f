"""The documents of a case, in groups, with what is signed of them; below, every signed version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.letters import Document, DocumentKind, SignedDocument, languages_of
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.theme.tokens import type_size
from genoai_desktop.ui.viewmodels.documents import about, title
from genoai_desktop.ui.widgets.basics import button, column, label

if TYPE_CHECKING:
    from genoai_desktop.app.documents import Offer

WIDTH = 260
_WIDER = 6
"""Pixels for each by which the text is larger than usual."""
_VERSION = 46
"""Pixels of one signed version."""
_ROLE = Qt.ItemDataRole.UserRole


class DocumentList(QWidget):
    """``chosen`` carries a document, ``version_wanted`` the record of a signed version to save."""

    chosen = Signal(object)
    version_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Documents of this case"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.currentItemChanged.connect(self._changed)
        self.versions = QListWidget()
        self.versions.setAccessibleName(tr("Signed versions"))
        self.versions.setWordWrap(True)
        self.versions_title = label(tr("SIGNED VERSIONS"), "overline", wrap=True)
        self.save_button = button(
            tr("Save a copy…"), self._save, name=tr("Save a copy of the signed version")
        )
        self.setLayout(column(self.list, self.versions_title, self.versions, self.save_button, space="s"))

    @property
    def document(self) -> Document:
        """What is chosen, in its first form; the clinician's report before anything is."""
        item = self.list.currentItem()
        found = item.data(_ROLE) if item is not None else None
        return found if isinstance(found, Document) else Document(DocumentKind.CLINICIAN)

    def choose(self, document: Document) -> None:
        """Turn to a document of the list, whatever its language."""
        wanted = (document.kind, document.relative)
        for number in range(self.list.count()):
            one = self.list.item(number).data(_ROLE)
            if isinstance(one, Document) and (one.kind, one.relative) == wanted:
                self.list.setCurrentRow(number)

    def show_offers(self, offers: tuple[Offer, ...], case: Case) -> None:
        """List these; what was chosen stays chosen while it is there."""
        before = self.document
        self.setFixedWidth(WIDTH + _WIDER * max(0, self.list.fontInfo().pixelSize() - type_size("body")))
        self.list.blockSignals(True)
        self.list.clear()
        groups = (
            (tr("FOR PROFESSIONALS"), (DocumentKind.CLINICIAN, DocumentKind.ALERTS)),
            (
                tr("FOR THE PATIENT AND FAMILY"),
                (DocumentKind.LETTER, DocumentKind.CARD, DocumentKind.COUPLE, DocumentKind.FAMILY),
            ),
        )
        sorted_out = {kind for _, kinds in groups for kind in kinds}
        rest = tuple(kind for kind in DocumentKind if kind not in sorted_out)
        for words, kinds in (*groups, (tr("DATA"), rest)):
            group = [offer for kind in kinds for offer in offers if offer.document.kind is kind]
            if group:
                self._heading(words)
            for offer in group:
                self._item(offer, case)
            if DocumentKind.COUPLE in kinds and (why := couple_left_out(case)):
                self._told(why)
        if self.list.count():
            self.list.setCurrentRow(1)
        self.choose(before)
        self.list.blockSignals(False)
        self._show_versions(offers, case)

    def _heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setPixelSize(round(self.list.fontInfo().pixelSize() * 0.85))
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _told(self, words: str) -> None:
        """Why a document is not here, where one is to be expected."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setItalic(True)
        item.setFont(font)
        self.list.addItem(item)

    def _item(self, offer: Offer, case: Case) -> None:
        kept = _signed(offer.document, case)
        letter = bool(languages_of(offer.document.kind))
        said = [
            tr("version {number} ({language})", number=one.version, language=one.language)
            if letter
            else tr("version {number}", number=one.version)
            for one in kept.values()
        ]
        mark = tr("signed: {versions}", versions=joined(", ", said))
        name = title(offer)
        item = QListWidgetItem(f"{name}\n✓ {mark}" if said else name)
        item.setData(_ROLE, offer.document)
        item.setToolTip(about(offer))
        self.list.addItem(item)

    def _show_versions(self, offers: tuple[Offer, ...], case: Case) -> None:
        titles = {offer.document.key.removesuffix(" private"): title(offer) for offer in offers}
        self.versions.clear()
        for record in reversed(case.signatures):
            if not record.allowed(case.consent):
                continue
            name = titles.get(record.document.removesuffix(" private").removesuffix(" shared"))
            if name is None:
                continue
            words = tr(
                "{title} ({language}), version {number}\n{who}, {day}",
                title=name,
                language=record.language,
                number=record.version,
                who=record.signer,
                day=record.time[:10],
            )
            item = QListWidgetItem(words)
            item.setData(_ROLE, record)
            item.setToolTip(_details(record))
            self.versions.addItem(item)
        for widget in (self.versions_title, self.versions, self.save_button):
            widget.setVisible(self.versions.count() > 0)
        if self.versions.count():
            self.versions.setCurrentRow(0)
            self.versions.setFixedHeight(min(self.versions.count(), 3) * _VERSION + 8)

    def _changed(self) -> None:
        item = self.list.currentItem()
        if item is not None and isinstance(item.data(_ROLE), Document):
            self.chosen.emit(self.document)

    def _save(self) -> None:
        item = self.versions.currentItem()
        if item is not None:
            self.version_wanted.emit(item.data(_ROLE))


def _signed(document: Document, case: Case) -> dict[tuple[str, str], SignedDocument]:
    """The last signed version of each form and language of a document."""
    forms = {document.key, replace(document, share=True).key}
    return {
        (one.document, one.language): one
        for one in case.signatures
        if one.document in forms and one.allowed(case.consent)
    }


def _details(record: SignedDocument) -> str:
    """Everything on record, for the tooltip."""
    lines = [
        tr("Signed by {who}, {role}, {time}", who=record.signer, role=record.role, time=record.time),
        tr("SHA-256 of the content: {digest}", digest=record.sha256),
    ]
    if record.certificate:
        lines.append(tr("Sealed with the certificate of {who}", who=record.certificate))
    if record.amends:
        lines.append(tr("In place of {digest}: {why}", digest=record.amends[:16], why=record.amendment))
    if record.reason:
        lines.append(tr("Signed against the readability gate: {why}", why=record.reason))
    return joined("\n", lines)
