"""The clinic's letterhead, and its own wording of letters."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Clinic, LetterEdit, Letterhead
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import form_layout, text_field
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, column, label, row
from genoai_desktop.ui.widgets.vacancy import Vacancy
from genoai_desktop.ui.widgets.word_changes import WordChanges

_OUTSIDE = re.compile(
    rb"<!entity|@import|href\s*=\s*[\"'](?!#|data:)|url\(\s*[\"']?(?!#|data:)[a-z/.]", re.IGNORECASE
)
_DRAWN = 900
"""Pixels: longer edge of an SVG logo as it is drawn for print."""


class LetterheadDialog(TypingDialog):
    """Kept in the store by its administrators, or in memory where there is no store."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(tr("Letterhead and clinic texts"))
        self.setAccessibleName(self.windowTitle())
        self.resize(760, 640)
        clinic = desk.house.clinic
        self.texts = list(clinic.texts)
        self.logo = clinic.letterhead.logo
        self._build(clinic.letterhead)
        self._show_logo()
        self._show_texts()

    def use_logo(self, path: Path) -> None:
        """Take this picture; why not is said in the banner."""
        from genoai_desktop.report.letterhead import LARGEST_LOGO, checked_logo

        self.banner.hide()
        try:
            if path.stat().st_size > LARGEST_LOGO:
                raise _too_large(LARGEST_LOGO)
            data = path.read_bytes()
            self.logo = checked_logo(drawn(data) if path.suffix.lower() == ".svg" else data)
        except OSError:
            self.banner.say("error", tr("The picture cannot be read."))
        except UserError as error:
            self.banner.explain(error)
        self._show_logo()

    def drop_logo(self) -> None:
        """No logo."""
        self.logo = b""
        self._show_logo()

    def drop_text(self) -> None:
        """Go back to the program's wording of the chosen paragraph."""
        item = self.list.currentItem()
        if item is not None:
            self.texts.remove(item.data(Qt.ItemDataRole.UserRole))
            self._show_texts()

    def accept(self) -> None:
        """Keep it."""
        head = Letterhead(
            self.name.text().strip(),
            self.address.toPlainText().strip(),
            self.phone.text().strip(),
            self.footer.text().strip(),
            self.logo,
        )
        self.desk.house.keep(Clinic(head, tuple(self.texts)))
        super().accept()

    def more_entered(self) -> bool:
        """The logo, and wording that was taken out."""
        clinic = self.desk.house.clinic
        return self.logo != clinic.letterhead.logo or tuple(self.texts) != clinic.texts

    def _build(self, head: Letterhead) -> None:
        self.banner = Banner(self.desk.theme)
        self._make_fields(head)
        self._make_texts()
        self.accept_button = button(tr("Keep"), self.accept, kind="primary")
        may = self.desk.house.may_change
        for widget in (self.accept_button, self.logo_button, self.no_logo_button):
            widget.setEnabled(may)
        if not may:
            self.banner.say("info", tr("Only administrators of the store change the letterhead."))
        words = tr(
            "Wording that holds for every case: tick “Use this wording in every letter of the clinic” when "
            "you change a letter. It holds where the program writes exactly the same paragraph."
        )
        sides = row(self.list, box(column(self.changes, row(self.drop_button, None))), space="m")
        sides.setStretch(1, 1)
        layout = column(
            self.banner,
            label(tr("On the first page of every PDF"), "muted"),
            box(self._form()),
            label(tr("Clinic texts"), "strong"),
            label(words, "caption", wrap=True),
            sides,
            row(None, button(tr("Cancel"), self.reject), self.accept_button),
            space="m",
            margins=True,
        )
        layout.setStretch(5, 1)
        self.setLayout(layout)

    def _make_fields(self, head: Letterhead) -> None:
        from genoai_desktop.report.letterhead import LONGEST_FOOTER

        self.name = text_field(tr("Name of the clinic"))
        self.name.setText(head.name)
        self.address = QPlainTextEdit(head.address)
        self.address.setAccessibleName(tr("Address of the clinic"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(70)
        self.phone = text_field(tr("Telephone of the clinic"))
        self.phone.setText(head.phone)
        self.footer = text_field(tr("Line at the foot of every page"))
        self.footer.setText(head.footer)
        self.footer.setMaxLength(LONGEST_FOOTER)
        self.picture = QLabel()
        self.picture.setFixedSize(260, 84)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("role", "sheet")
        self.logo_button = button(tr("Choose a logo…"), self._choose_logo)
        self.no_logo_button = button(tr("Remove the logo"), self.drop_logo)

    def _make_texts(self) -> None:
        """The clinic's own paragraphs, and how each differs from the program's."""
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Paragraphs in the clinic's own wording"))
        self.list.setWordWrap(True)
        self.list.setFixedWidth(260)
        self.list.currentItemChanged.connect(self._show_text)
        Vacancy(self.list, tr("No paragraph is worded by the clinic yet."))
        self.changes = WordChanges(self.desk.theme, tr("The program's wording and the clinic's"))
        self.changes.setPlaceholderText(tr("How it differs from the program's wording"))
        self.drop_button = button(tr("Back to the program's wording"), self.drop_text)

    def _form(self) -> QFormLayout:
        form = form_layout()
        form.addRow(tr("Clinic"), self.name)
        form.addRow(tr("Address"), self.address)
        form.addRow(tr("Telephone"), self.phone)
        form.addRow(tr("Foot line"), self.footer)
        buttons = box(column(self.logo_button, self.no_logo_button, None, space="s"))
        form.addRow(tr("Logo"), box(row(self.picture, buttons, None, space="m")))
        return form

    def _choose_logo(self) -> None:
        kinds = tr("Pictures (*.png *.svg)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose the clinic's logo"), "", kinds)
        if name:
            self.use_logo(Path(name))

    def _show_logo(self) -> None:
        picture = QPixmap()
        if self.logo and picture.loadFromData(QByteArray(self.logo)):
            size = self.picture.size() * 0.92
            keep = Qt.AspectRatioMode.KeepAspectRatio
            self.picture.setPixmap(picture.scaled(size, keep, Qt.TransformationMode.SmoothTransformation))
            self.picture.setAccessibleName(tr("The clinic's logo"))
        else:
            self.picture.setText(tr("No logo"))
            self.picture.setAccessibleName(tr("No logo"))
        self.no_logo_button.setEnabled(bool(self.logo) and self.desk.house.may_change)

    def _show_texts(self) -> None:
        self.list.clear()
        for text in self.texts:
            item = QListWidgetItem(f"{text.document}, {text.language}\n{text.generated[:80]}")
            item.setData(Qt.ItemDataRole.UserRole, text)
            self.list.addItem(item)
        self.drop_button.setEnabled(bool(self.texts) and self.desk.house.may_change)
        if not self.texts:
            self.changes.show_changes("", "")
        else:
            self.list.setCurrentRow(0)

    def _show_text(self, item: QListWidgetItem | None) -> None:
        text = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(text, LetterEdit):
            self.changes.show_changes(text.generated, text.text)


def drawn(data: bytes) -> bytes:
    """An SVG as PNG. One that names other files or addresses is refused: nothing is fetched for a logo.

    Raises:
        UserError: it cannot be drawn, or names something outside of itself.
    """
    if _OUTSIDE.search(data):
        raise UserError(
            tr("The logo refers to other files."), remedy=tr("Save it as a picture that holds everything.")
        )
    renderer = QSvgRenderer(QByteArray(data))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        raise UserError(tr("The logo is not an SVG picture that can be read."), remedy=tr("Choose another."))
    size.scale(_DRAWN, _DRAWN, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _too_large(most: int) -> UserError:
    return UserError(
        tr("The logo's file is larger than {mb} MB.", mb=most // 1_000_000),
        remedy=tr("Choose a smaller picture."),
    )
