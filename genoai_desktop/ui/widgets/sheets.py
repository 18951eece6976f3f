"""A document in view: language, what is signed of it, and its pages as they will be printed."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from genoai_desktop.domain.letters import Document, DocumentKind, languages_of
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.viewmodels.documents import about, title
from genoai_desktop.ui.viewmodels.pdf import BAND, PageImage
from genoai_desktop.ui.widgets.basics import badge, box, card, checkbox, clear, column, label, restyle, row
from genoai_desktop.ui.widgets.scroll import ScrollBody

if TYPE_CHECKING:
    from genoai_desktop.ui.viewmodels.paper import Shown

LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français"))
"""Of letters, by their own names."""
_NARROWEST, _WIDEST = 420, 820
_ON_THE_SHELF = 3
"""Pages that fit in view together."""
_BESIDE = 2
"""Rows of pixels."""


class DocumentView(QWidget):
    """``changed`` is sent when another language or form of the document is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheets: list[tuple[QLabel, QSize]] = []
        self.language = QComboBox()
        self.language.setAccessibleName(tr("Language of the document"))
        self.language.setMinimumWidth(120)
        for code, words in LANGUAGES:
            self.language.addItem(words, code)
        self.share = checkbox(tr("Name gene and condition (the patient agreed)"))
        self.state = badge("")
        self.words = label("", "muted", wrap=True)
        self._shelf = Shelf()
        self.pages = QVBoxLayout()
        self.pages.setSpacing(SPACE["m"])
        self.pages.setContentsMargins(0, 0, SPACE["s"], SPACE["m"])
        content = QWidget()
        content.setLayout(self.pages)
        self.area = ScrollBody(tr("Pages of the document"), content)
        self._wanted = "en"
        self.language.currentIndexChanged.connect(self._turned)
        self.share.toggled.connect(lambda _on: self.changed.emit())
        head = row(self.state, self.words, self.share, self.language, space="m")
        head.setStretch(1, 1)
        layout = column(box(head), self.area, space="s")
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.use(Document(DocumentKind.CLINICIAN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole pages fit the width; none has to be pushed sideways."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = max(1, self.area.width() - bar - SPACE["m"])
        for sheet, size in self._sheets:
            sheet.setFixedSize(size if size.width() <= room else size * (room / size.width()))

    def formed(self, document: Document) -> Document:
        """The document in the language and form chosen here."""
        spoken = languages_of(document.kind)
        if not spoken:
            return document
        share = document.kind is DocumentKind.FAMILY and self.share.isChecked()
        language = self._wanted if self._wanted in spoken else spoken[0]
        return replace(document, language=language, share=share)

    def use(self, document: Document) -> None:
        """Show the choices of this document; a language stays chosen from one to the next that has it."""
        spoken = languages_of(document.kind)
        self.language.setVisible(bool(spoken))
        self.share.setVisible(document.kind is DocumentKind.FAMILY)
        if not spoken:
            return
        model = self.language.model()
        for number, (code, _) in enumerate(LANGUAGES):
            if isinstance(model, QStandardItemModel):
                model.item(number).setEnabled(code in spoken)
        shown = self._wanted if self._wanted in spoken else spoken[0]
        with QSignalBlocker(self.language):
            self.language.setCurrentIndex(self.language.findData(shown))

    def _turned(self, index: int) -> None:
        self._wanted = str(self.language.itemData(index))
        self.changed.emit()

    def choose_language(self, code: str) -> None:
        """Take this language for letters."""
        self.language.setCurrentIndex(max(0, self.language.findData(code)))

    def pixels(self) -> int:
        """How wide to draw a page."""
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = self.area.width() - bar - 2 * SPACE["s"]
        return int(min(max(room, _NARROWEST), _WIDEST) * self.devicePixelRatioF())

    def wait(self) -> None:
        """Something else is being made."""
        self.say(tr("Making the document…"))

    def say(self, text: str) -> None:
        """Words in place of pages."""
        self._clear()
        self.pages.addWidget(label(text, "muted", wrap=True))
        self.pages.addStretch(1)
        self._state("", "neutral", "")

    def show_document(self, shown: Shown) -> None:
        """The pages of a paper; of data, what it is."""
        self._clear()
        self.use(shown.document)
        if not shown.offer.paper:
            self._state(tr("data"), "neutral", "")
            words = label(about(shown.offer), wrap=True)
            hint = tr("Nothing to preview: it is written to a file of your choice, readable for everybody.")
            self.pages.addWidget(card(words, label(hint, "muted", wrap=True), title=title(shown.offer)))
            self.pages.addStretch(1)
            return
        self._state(*_standing(shown))
        ratio = self.devicePixelRatioF()
        for number, page in enumerate(shown.pages, start=1):
            sheet = _Sheet(page, number, len(shown.pages), self._shelf, ratio)
            self.pages.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            self._sheets.append((sheet, sheet.size()))
        self._fit()
        self.pages.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _clear(self) -> None:
        self._sheets.clear()
        clear(self.pages)
        self._shelf.clear()

    def _state(self, text: str, tone: str, words: str) -> None:
        self.state.setText(text)
        self.state.setAccessibleName(text)
        self.state.setVisible(bool(text))
        restyle(self.state, "badge", tone)
        self.words.setText(words)
        self.words.setAccessibleName(words)


def _standing(shown: Shown) -> tuple[str, str, str]:
    """Badge, tone and sentence on what is signed, and on what a signature would ask for."""
    record = shown.standing.record
    if record is not None and shown.standing.current:
        said = tr("by {who}, {role}, {day}.", who=record.signer, role=record.role, day=record.time[:10])
        if not shown.final:
            said += " " + tr("Shown as a draft: the signed PDF is not at hand.")
        return tr("signed, version {number}", number=record.version), "success", said
    held = _held(shown)
    if record is not None:
        said = tr("Changed since {who} signed version {number}.", who=record.signer, number=record.version)
        return tr("changed since"), "warning", f"{said} {held}".strip()
    return tr("draft"), "warning" if held else "neutral", held


def _held(shown: Shown) -> str:
    gate = shown.gate
    if gate.undecided:
        titles = joined(", ", (f"“{title}”" for title in gate.undecided))
        return tr("Your wording of {titles} needs a decision: the text changed.", titles=titles)
    if gate.asks:
        return tr("Signing asks for a reason. {why}", why=joined(" ", gate.words))
    return tr("Reading grade {grade}.", grade=f"{gate.grade:.1f}") if gate.grade else ""


def image_of(page: PageImage) -> QImage:
    """The pixels of a page."""
    pixels = page.pixels
    # a copy: an image of borrowed pixels would outlive them
    return QImage(pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32).copy()


class Picture:
    """A page drawn out where it has been in view."""

    def __init__(self, page: PageImage) -> None:
        self.image = QImage(page.width, page.height, QImage.Format.Format_RGB32)
        self._page = page
        self._left = set(range(len(page.packed)))

    @property
    def missing(self) -> int:
        """Bands that nobody has looked at."""
        return len(self._left)

    def draw_out(self, top: int, bottom: int) -> None:
        """Unpack the rows from ``top`` to before ``bottom``, in pixels of the page."""
        wanted = self._left.intersection(range(max(0, top) // BAND, -(-bottom // BAND)))
        pixels, size = memoryview(self.image.bits()), self._page.width * 4 * BAND
        for number in wanted:
            band = self._page.band(number)
            pixels[number * size : number * size + len(band)] = band
        self._left -= wanted


class Shelf:
    """The pictures of the pages painted last; those out of view stay packed."""

    def __init__(self) -> None:
        self._pictures: dict[int, Picture] = {}

    def __len__(self) -> int:
        return len(self._pictures)

    def picture(self, number: int, page: PageImage) -> Picture:
        """The page as far as it is drawn out, from the shelf or anew."""
        found = self._pictures.pop(number, None) or Picture(page)
        self._pictures[number] = found
        if len(self._pictures) > _ON_THE_SHELF:
            del self._pictures[next(iter(self._pictures))]
        return found

    def clear(self) -> None:
        """Other pages are shown."""
        self._pictures.clear()


class _Sheet(QLabel):
    """One page, drawn out when it comes into view."""

    def __init__(self, page: PageImage, number: int, total: int, shelf: Shelf, ratio: float) -> None:
        super().__init__()
        self._page, self._number, self._shelf = page, number, shelf
        self.setProperty("role", "sheet")
        self.setFixedSize(round(page.width / ratio), round(page.height / ratio))
        said = tr("Page {number} of {total}. {text}", number=number, total=total, text=page.text[:300])
        self.setAccessibleName(said)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page over whatever the style paints."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._drawn_out(event.rect()))
        painter.end()

    def _drawn_out(self, view: QRect) -> QImage:
        """The page, complete in this part of the widget and beside it, where smoothing looks as well."""
        picture, scale = self._shelf.picture(self._number, self._page), self._page.height / self.height()
        picture.draw_out(int(view.top() * scale) - _BESIDE, ceil((view.bottom() + 1) * scale) + _BESIDE)
        return picture.image
