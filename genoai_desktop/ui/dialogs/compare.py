"""Any two versions of a case, and what differs between them in plain words."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QListWidget, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.frame import StoreDialog, local_time
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.vacancy import Vacancy


class CompareDialog(StoreDialog):
    """The newest version against the one before it, until others are chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None, uid: str) -> None:
        super().__init__(desk, parent, tr("Compare versions"))
        self.resize(680, 460)
        self._uid = uid
        self.older, self.newer = QComboBox(), QComboBox()
        self.older.setAccessibleName(tr("Earlier version"))
        self.newer.setAccessibleName(tr("Later version"))
        for box in (self.older, self.newer):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.lines = QListWidget()
        self.lines.setAccessibleName(tr("Differences"))
        self.lines.setWordWrap(True)
        self.vacancy = Vacancy(self.lines, tr("Reading the versions…"))
        self.summary = label("", "muted", wrap=True)
        close = button(tr("Close"), self.accept)
        choice = flowing(self.older, label("→"), self.newer)
        self.setLayout(
            column(self.banner, choice, self.summary, self.lines, row(None, close), space="m", margins=True)
        )
        self.summary.setText(tr("Reading the versions…"))
        self.ask(lambda book: book.versions(uid), self._show_versions, unread=self._unread)

    def _show_versions(self, versions: tuple[tuple[int, str, str], ...]) -> None:
        for number, time, user in versions:
            words = tr("Version {number}, {time}, {user}", number=number, time=local_time(time), user=user)
            for box in (self.older, self.newer):
                box.addItem(words, number)
        if not versions:
            self.summary.setText(tr("This case has not been saved yet."))
            self.vacancy.say(tr("There is no version to compare yet."))
            return
        if len(versions) == 1:
            self.summary.setText("")
            self.vacancy.say(tr("There is one version of this case so far: nothing to compare it with."))
            return
        self.newer.setCurrentIndex(len(versions) - 1)
        self.older.setCurrentIndex(max(0, len(versions) - 2))
        for box in (self.older, self.newer):
            box.currentIndexChanged.connect(lambda _index: self._compare())
        self._compare()

    def _unread(self) -> None:
        self.summary.setText("")
        self.vacancy.say(tr("The list could not be read. The reason is above."))

    def _compare(self) -> None:
        self.banner.hide()
        numbers = sorted((self.older.currentData(), self.newer.currentData()))
        uid = self._uid
        self.ask(lambda book: book.compare(uid, numbers[0], numbers[1]), self._show, key="compare")

    def _show(self, lines: tuple[str, ...]) -> None:
        self.lines.clear()
        self.lines.addItems(list(lines))
        words = (
            tr("Differences: {count}", count=len(lines)) if lines else tr("These two versions are the same.")
        )
        self.vacancy.say(tr("Nothing differs. Choose two other versions above."))
        self.summary.setText(words)
        self.summary.setAccessibleName(words)
