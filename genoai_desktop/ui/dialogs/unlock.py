"""The lock screen: user and passphrase, or the printed recovery key. Shows nothing of any case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.dialogs.fields import form_layout, text_field
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import Banner, explanation, mark
from genoai_desktop.ui.widgets.basics import box, button, card, column, label, restyle, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.scroll import ScrollBody

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook, Door

_WIDTH = 540
"""Of the card at the normal text size, in device-independent pixels."""
_TONES = ("danger", "danger", "warning", "success")


def wanted_still(opened: Casebook, context: Context) -> Casebook:
    """The store, unless the person left meanwhile: nobody would close it, or forget its key.

    Raises:
        Cancelled: they did; it is closed again.
    """
    try:
        context.check()
    except Cancelled:
        opened.close()
        raise
    return opened


def passphrase_field(name: str) -> QLineEdit:
    """A line that shows dots."""
    made = text_field(name)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return made


def strength_hint(field: QLineEdit) -> QLabel:
    """Words under a passphrase that say how strong it is, as one types."""
    from genoai_desktop.app.casebook import strength

    hint = label("", "caption", wrap=True)

    def show(text: str) -> None:
        found = strength(text)
        hint.setText(found.text if text else tr("At least ten characters; several words are easy to keep."))
        hint.setAccessibleName(hint.text())
        restyle(hint, "tone", _TONES[found.level] if text else "")

    field.textChanged.connect(show)
    show("")
    return hint


class UnlockPanel(QWidget):
    """``unlocked`` carries the open casebook; ``without`` asks to look around without the store."""

    unlocked = Signal(object)
    without = Signal()

    def __init__(self, theme: Theme, runner: Runner, door: Door) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Unlock the case store"))
        self.door = door
        self.runner = Runner(runner.pool, self)
        self.banner = Banner(theme)
        self.user = QComboBox()
        self.user.setAccessibleName(tr("User"))
        self.passphrase = passphrase_field(tr("Passphrase"))
        self.recovery = text_field(tr("Recovery key"), tr("six groups of five letters and digits"))
        self.new = passphrase_field(tr("New passphrase"))
        self.chosen = box(column(self.new, strength_hint(self.new), space="xs"))
        self.again = passphrase_field(tr("New passphrase again"))
        self.unlock_button = button(tr("Unlock"), self.unlock, kind="primary")
        self.other_way = button(tr("Use the recovery key…"), self._switch, kind="quiet")
        self.skip = button(tr("Look around without the store"), self._leave, kind="quiet")
        self._waiting = False
        self._saving = False
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._count_down)
        self._assemble(theme)
        self._list_users()
        self._count_down()

    def focus(self) -> None:
        """Begin to type at once."""
        self.passphrase.setFocus()

    @property
    def busy(self) -> bool:
        """Whether a passphrase is being tried, or the last changes are being saved."""
        return self._waiting or self._saving

    def wait_for_saving(self, saving: bool) -> None:
        """Nobody gets in before the last changes are on the disk."""
        self._saving = saving
        self._enable()

    def unlock(self) -> None:
        """Try what was typed, off this thread: it is slow on purpose."""
        if not self.unlock_button.isEnabled():
            return
        self.banner.hide()
        if self.recovery.isVisibleTo(self) and self.new.text() != self.again.text():
            self.banner.say("warning", tr("The two new passphrases are not the same."))
            return
        door, user, recovery = self.door, self.user.currentText(), self.recovery.text()
        new, passphrase, by_recovery = (
            self.new.text(),
            self.passphrase.text(),
            self.recovery.isVisibleTo(self),
        )
        self._waiting = True
        self._enable()

        def attempt(context: Context) -> Casebook:
            context.check()
            opened = door.recover(recovery, user, new) if by_recovery else door.unlock(user, passphrase)
            return wanted_still(opened, context)

        self.runner.run(attempt, done=self._right, failed=self._wrong, key="unlock")

    def stop(self) -> None:
        """Ask for the passphrase again, at once; what the attempt still opens is closed again."""
        self.runner.cancel("unlock")
        self._waiting = False
        self._count_down()
        self.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops an attempt."""
        if event.key() == Qt.Key.Key_Escape and self._waiting and self.runner.busy:
            self.stop()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.runner.cancel("unlock")
        self.without.emit()

    def _right(self, casebook: Casebook) -> None:
        for field in (self.passphrase, self.recovery, self.new, self.again):
            field.clear()
        self.unlocked.emit(casebook)

    def _wrong(self, error: Exception) -> None:
        self._waiting = False
        self.passphrase.clear()
        self.banner.explain(error)
        self._count_down()
        if self.passphrase.isEnabled():
            self.passphrase.setFocus()

    def _count_down(self) -> None:
        """Say how long to wait; the door decides, this only shows."""
        left = self.door.wait(self.user.currentText())
        if left > 0:
            self.banner.say(
                "warning",
                tr(
                    "After several wrong attempts the next one has to wait {seconds} seconds.",
                    seconds=int(left) + 1,
                ),
            )
            self._clock.start()
        elif self._clock.isActive():
            self._clock.stop()
            self.banner.say("info", tr("You can try again now."))
        self._left = left
        self._enable()

    def _enable(self) -> None:
        free = not self._waiting and not self._saving and getattr(self, "_left", 0.0) <= 0
        self.unlock_button.setEnabled(free)
        words = tr("Saving…") if self._saving else tr("One moment…") if self._waiting else tr("Unlock")
        self.unlock_button.setText(words)
        self.unlock_button.setAccessibleName(words)

    def _switch(self) -> None:
        recovery = not self.recovery.isVisibleTo(self)
        for field in (self.recovery, self.chosen, self.again):
            self.form.setRowVisible(field, recovery)
        self.form.setRowVisible(self.passphrase, not recovery)
        self.other_way.setText(tr("Use the passphrase") if recovery else tr("Use the recovery key…"))
        self.other_way.setAccessibleName(self.other_way.text())
        (self.recovery if recovery else self.passphrase).setFocus()

    def _list_users(self) -> None:
        from genoai_desktop.app.casebook.door import users
        from genoai_desktop.domain.errors import UserError

        try:
            self.user.addItems([name for name, _ in users(self.door.folder)])
        except UserError as error:
            self.banner.say("error", explanation(error), tr("Try again"), self._list_users)

    def _assemble(self, theme: Theme) -> None:
        self.form = form_layout()
        for caption, field in (
            (tr("User"), self.user),
            (tr("Passphrase"), self.passphrase),
            (tr("Recovery key"), self.recovery),
            (tr("New passphrase"), self.chosen),
            (tr("Again"), self.again),
        ):
            self.form.addRow(caption, field)
        for row_ in (self.recovery, self.chosen, self.again):
            self.form.setRowVisible(row_, False)
        for field in (self.recovery, self.new, self.again):
            field.returnPressed.connect(self.unlock)
        self.passphrase.returnPressed.connect(self.unlock)
        self.user.currentIndexChanged.connect(lambda _index: self._count_down())
        title = label(tr("The case store is locked"), "title", wrap=True)
        told = tr("Nothing of your cases is shown. Unlock to go on where you were.")
        head = row(
            mark(theme, "lock", "accent", 32),
            column(title, label(told, "muted", wrap=True), space="xs"),
            space="m",
        )
        head.setStretch(1, 1)
        foot = row(flowing(self.other_way, self.skip, gap="l"), self.unlock_button)
        foot.setStretch(0, 1)
        holder = card(head, self.banner, box(self.form), foot)
        self._theme, self._card = theme, holder
        self._fit()
        theme.changed.connect(self._fit)
        line = row(None, holder, None, margins=True)
        line.setStretch(1, 100)
        area = ScrollBody(tr("Unlock the case store"), column(None, line, None))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(area))

    def _fit(self) -> None:
        """As wide as the text size asks for."""
        self._card.setMaximumWidth(_WIDTH * self._theme.scale // 100)
