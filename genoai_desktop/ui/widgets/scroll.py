"""A vertical scroll area whose content is always as high as its wrapped text needs."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from genoai_desktop.ui.widgets.least_height import least_height


class ScrollBody(QScrollArea):
    """QScrollArea misses a change of height-for-width made while the page is hidden; this does not."""

    def __init__(self, name: str, content: QWidget | QLayout) -> None:
        super().__init__()
        if isinstance(content, QLayout):
            holder = QWidget()
            holder.setLayout(content)
            content = holder
        content.setObjectName("pageBody")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.fit)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(name)
        self.setWidget(content)

    def fit(self) -> None:
        """Give the content its height at the present width."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is None or layout is None:
            return
        layout.activate()
        width = max(self.viewport().width(), layout.minimumSize().width())
        needed = (
            content.heightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
        )
        if content.minimumHeight() != needed:
            content.setMinimumHeight(max(0, needed))
            content.resize(width, max(needed, self.viewport().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when the content's layout changed."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._timer.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to the new width."""
        super().resizeEvent(event)
        self._timer.start()


class CurrentStack(QStackedWidget):
    """As large as what it shows asks for; Qt's own is as large as the largest that it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """Of what is shown."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Of what is shown."""
        shown = self.currentWidget()
        if shown is None:
            return super().minimumSizeHint()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())


class WholePage(QWidget):
    """Head, banners and a stack: never lower than the head at its width and the least of what is shown.

    Qt would ask for the usual height of every page of the stack, and scroll where there is room.
    """

    def __init__(self, layout: QVBoxLayout) -> None:
        super().__init__()
        self.setObjectName("pageBody")
        self.setLayout(layout)

    def heightForWidth(self, width: int) -> int:
        """Of everything, with the stack as low as it can be."""
        return least_height(self, width)
