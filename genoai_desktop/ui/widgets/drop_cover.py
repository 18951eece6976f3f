"""What covers the window while files are dragged over it, and says what dropping them will do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import column, label


class DropCover(QFrame):
    """Lies over all of ``over``; the mouse goes through it."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("dropCover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.dress(self)
        self.icon = mark(theme, "open", "accent", 48)
        self.words = label("", "heading", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = column(None, self.icon, self.words, None, space="l")
        layout.setAlignment(self.icon, Qt.AlignmentFlag.AlignHCenter)
        layout.setContentsMargins(SPACE["xxl"], SPACE["xxl"], SPACE["xxl"], SPACE["xxl"])
        self.setLayout(layout)
        self.hide()

    def say(self, text: str) -> None:
        """Cover the window with these words."""
        over = self.parentWidget()
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.setAccessibleName(text)
        if over is not None:
            self.setGeometry(over.rect())
        self.show()
        self.raise_()
