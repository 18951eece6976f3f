"""The rail on the left: the case in view, and its pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui import icons
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import label, line

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_WITHOUT_CASE = ("cases", "ledger")
"""Pages about all cases; the case in view is named below them."""
_LAST_WITHOUT_CASE = _WITHOUT_CASE[-1]

_WIDTH, _WIDEST = 212, 340
"""Of the rail at the normal text size, and at the largest."""
_AROUND = 20
"""Height of an entry beyond its line of text."""
_AROUND_ICON = 14
"""Height of an entry beyond its icon."""
_ICON = 20
"""Of an entry at the normal text size."""
_WORDS_FROM = 640
"""Width of the window, measured at the normal text size, from which entries have words beside their icons."""


class Sidebar(QFrame):
    """Navigation with icons and words; ``chosen`` carries the page's id."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, pages: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(tr("Navigation"))
        self._theme = theme
        self.buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        self.narrow = False
        layout = QVBoxLayout()
        layout.setContentsMargins(12, 16, 12, 12)
        layout.setSpacing(2)
        self._wordmark = label("GenoAI Desktop")
        self._wordmark.setObjectName("wordmark")
        layout.addWidget(self._wordmark)
        layout.addSpacing(12)
        self._case_name = label("")
        self._case_name.setObjectName("caseName")
        self._case_name.setWordWrap(True)
        self._case_facts = label("", "caption", wrap=True)
        for page, title, icon in pages:
            layout.addWidget(self._button(page, title, icon))
            if page == _LAST_WITHOUT_CASE:
                self._add_case_header(layout)
        layout.addStretch(1)
        inner = QWidget()
        inner.setObjectName("rail")
        inner.setLayout(layout)
        area = QScrollArea()
        area.setObjectName("railArea")
        area.setAccessibleName(tr("Navigation"))
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.setLayout(outer)
        theme.dress(self, renew=self._paint)
        self._paint()

    def make_room(self, width: int) -> None:
        """In a window of ``width`` pixels that is narrow for its text, show icons alone."""
        narrow = width * 100 < _WORDS_FROM * self._theme.scale
        if narrow != self.narrow:
            self.narrow = narrow
            self._paint()

    def show_case(self, opened: OpenCase | None) -> None:
        """Name the case in view; without one only the pages about all cases can be chosen."""
        self._case_box.setVisible(opened is not None)
        for page, made in self.buttons.items():
            made.setEnabled(page in _WITHOUT_CASE or opened is not None)
        if opened is None:
            for shown in (self._case_name, self._case_facts):
                shown.setText("")
                shown.setAccessibleName("")
        else:
            case = opened.case
            self._case_name.setText(case.id)
            self._case_name.setAccessibleName(case.id)
            synthetic = tr("Synthetic demo · ") if case.synthetic else ""
            self._case_facts.setText(f"{synthetic}{case.proband} · {case.build}")
        self._hide_words()

    def mark(self, page: str) -> None:
        """Show which page is in view."""
        for other, made in self.buttons.items():
            made.setChecked(other == page)

    def _add_case_header(self, layout: QVBoxLayout) -> None:
        self._case_box = QWidget()
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 10, 8, 8)
        inner.setSpacing(2)
        inner.addWidget(line())
        inner.addSpacing(8)
        inner.addWidget(self._case_name)
        inner.addWidget(self._case_facts)
        self._case_box.setLayout(inner)
        layout.addWidget(self._case_box)

    def _button(self, page: str, title: str, icon: str) -> QToolButton:
        made = QToolButton()
        made.setText("  " + title)
        made.setAccessibleName(title)
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(page))
        self.buttons[page] = made
        self._icons[page] = icon
        return made

    def _hide_words(self) -> None:
        """The case in view is named at the foot of a narrow window."""
        for shown in (self._wordmark, self._case_name, self._case_facts):
            shown.setHidden(self.narrow)

    def _paint(self) -> None:
        size = min(32, _ICON * self._theme.scale // 100)
        wide = min(_WIDEST, round(_WIDTH * self._theme.scale / 100))
        self.setFixedWidth(size + 2 * _AROUND + 24 if self.narrow else wide)
        self._hide_words()
        style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for made in self.buttons.values():
            made.setToolButtonStyle(style if self.narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setToolTip(made.accessibleName() if self.narrow else "")
            made.setIconSize(QSize(size, size))
            made.setFixedHeight(max(made.fontMetrics().height() + _AROUND, size + _AROUND_ICON))
        for page, made in self.buttons.items():
            made.setIcon(icons.icon(self._icons[page], self._theme.palette.sidebar_text))
