"""The guide: topics on the left, text and pictures on the right, a search above."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.help.topics import Topic, search, topic, topics
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import SPACE, Scheme
from genoai_desktop.ui.widgets.basics import box, button, column, row
from genoai_desktop.ui.widgets.typed import no_loss
from genoai_desktop.ui.widgets.vacancy import Vacancy

_PAUSE_MS = 60
"""After the last change of width, before pictures are scaled anew."""
_PICTURE = 640
"""Widest picture in device-independent pixels."""
_EDGE = 8
"""Kept free beside a picture: it is never pushed sideways."""
_LEADING = 130.0
"""Line height in per cent."""


def picture_file(name: str, scheme: Scheme, language: str) -> Path:
    """The picture of the guide in this language and theme, or what comes nearest: light, English."""
    folder = resources() / "screenshots"
    dark = name.replace(".png", "-dark.png")
    names = (dark, name) if scheme is Scheme.DARK else (name,)
    for place in (folder / language, folder):
        for one in names:
            if (place / one).is_file():
                return place / one
    return folder / name


class HelpBrowser(QTextBrowser):
    """Shows Markdown; pictures come from the program's own folder, in the theme in use, and nowhere else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Topic | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_PAUSE_MS)
        self._again.timeout.connect(self._fit_pictures)
        self.setOpenLinks(False)
        self.setAccessibleName(tr("Text of the guide"))
        self.setTabChangesFocus(True)

    def loadResource(self, _kind: int, name: QUrl | str) -> Any:
        """A picture of the program, scaled to the column."""
        plain = (name.toString() if isinstance(name, QUrl) else str(name)).rsplit("/", 1)[-1]
        picture = QImage(str(picture_file(plain, self._theme.scheme, language_in_use())))
        if picture.isNull():
            return None
        ratio = self.devicePixelRatioF()
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar - 2 * self.frameWidth() - 2 * SPACE["l"] - _EDGE
        width = min(_PICTURE, max(240, room))
        scaled = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        return scaled

    def show_topic(self, one: Topic) -> None:
        """Show a topic from its top."""
        self.setMarkdown(one.text)
        self._space_out()
        self._shown = one
        self.setAccessibleDescription(one.title)
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are as wide as there is room."""
        super().resizeEvent(event)
        self._again.start()

    def _fit_pictures(self) -> None:
        if self._shown is not None and "![" in self._shown.text:
            at = self.verticalScrollBar().value()
            self.show_topic(self._shown)
            self.verticalScrollBar().setValue(at)

    def _space_out(self) -> None:
        """Qt sets Markdown solid: give headings and paragraphs the distances of the rest of the window."""
        document = self.document()
        document.setDocumentMargin(SPACE["l"])
        cursor = QTextCursor(document)
        block = document.firstBlock()
        while block.isValid():
            cursor.setPosition(block.position())
            shape = block.blockFormat()
            level = shape.headingLevel()
            first = block.blockNumber() == 0
            shape.setTopMargin(0 if first or not level else SPACE["l"])
            shape.setBottomMargin(SPACE["xs"] if block.textList() else SPACE["s"])
            shape.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(shape)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = QTextCharFormat()
                letters.setProperty(QTextFormat.Property.FontSizeAdjustment, 2 if level == 1 else 1)
                cursor.mergeCharFormat(letters)
            block = block.next()


class HelpWindow(QDialog):
    """Stays open beside the main window."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Guide"))
        self.setAccessibleName(tr("Guide"))
        self.resize(980, 700)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search the guide"))
        self.field.setAccessibleName(tr("Search the guide"))
        self.field.setClearButtonEnabled(True)
        no_loss(self.field)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Topics"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        Vacancy(self.list, tr("Nothing found. Try another word."))
        self.text = HelpBrowser(theme)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setAccessibleName(tr("Topics and text"))
        left = column(self.field, self.list, space="m")
        left.setContentsMargins(0, 0, SPACE["s"], 0)
        split.addWidget(box(left))
        split.addWidget(self.text)
        split.setSizes([theme.type_size("body") * 20, 720])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        close = button(tr("Close"), self.accept, kind="primary")
        self.setLayout(column(split, row(None, close), space="m", margins=True))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list.currentItemChanged.connect(self._turned)
        theme.changed.connect(self._again)
        self._find("")

    def open_at(self, wanted: str) -> None:
        """Show a topic by its id."""
        self.field.clear()
        self._select(topic(wanted).id)
        self.list.setFocus()

    @property
    def topic(self) -> str:
        """Id of the topic in view, empty when the search found none."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the search field goes to the list of topics."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _find(self, words: str) -> None:
        self.list.clear()
        for one in search(words) if words.strip() else topics():
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.text.setMarkdown(tr("Nothing in the guide holds these words."))

    def _select(self, wanted: str) -> None:
        for number in range(self.list.count()):
            if self.list.item(number).data(Qt.ItemDataRole.UserRole) == wanted:
                self.list.setCurrentRow(number)

    def _turned(self, *_items: QListWidgetItem | None) -> None:
        if self.topic:
            self.text.show_topic(topic(self.topic))

    def _again(self) -> None:
        self._turned()
