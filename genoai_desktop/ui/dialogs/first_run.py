"""The first-run assistant: where the store lies, its administrator, the recovery key, genome, letterhead.

Nothing is written before the person has shown to have the recovery key; every step can be left.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QStackedWidget, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import FASTA, existing, form_layout, text_field, with_button
from genoai_desktop.ui.dialogs.recovery_key import RecoveryKey
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.dialogs.unlock import passphrase_field, strength_hint, wanted_still
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, column, label, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.typed import no_loss

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook
    from genoai_desktop.cases.keys import Prepared

LETTERHEAD = "letterhead"
"""Name of the setting in the store: ``clinic`` and ``address``, plain text."""


def default_folder() -> Path:
    """Where a store is offered to lie: below the person's own data."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "GenoAI Desktop" / "store"


class FirstRun(TypingDialog):
    """``ready`` carries the open casebook once everything is set up.

    ``restore_wanted`` says that the person has a backup instead, ``demo_wanted`` that they first want to see
    the demo case; the dialog is closed then.
    """

    ready = Signal(object)
    restore_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Set up the case store"))
        self.setAccessibleName(self.windowTitle())
        self.resize(640, 520)
        self.prepared: Prepared | None = None
        self.banner = Banner(desk.theme)
        self.folder = text_field(tr("Folder of the store"))
        self.folder.setText(str(default_folder()))
        self.user = text_field(tr("Your name as a user"), tr("for example your initials"))
        self.passphrase = passphrase_field(tr("Passphrase"))
        self.again = passphrase_field(tr("Passphrase again"))
        self.recovery = RecoveryKey()
        self.confirmation = text_field(
            tr("Last group of the recovery key"), tr("type the last five characters")
        )
        no_loss(self.confirmation)
        self.reference = text_field(tr("Reference genome (FASTA)"), tr("optional"))
        self.clinic = text_field(tr("Name of the clinic"), tr("optional; stands on letters"))
        self.address = QPlainTextEdit()
        self.address.setAccessibleName(tr("Address of the clinic"))
        self.address.setFixedHeight(96)
        self.address.setTabChangesFocus(True)
        self.next_button = button(tr("Next"), self.go_on, kind="primary")
        self.back_button = button(tr("Back"), self._back)
        self.skip_button = button(tr("Not now: only look around"), self.reject, kind="quiet")
        self.demo_button = button(tr("First look at the demo case"), self._demo, kind="quiet")
        self._stack = QStackedWidget()
        for step in (self._welcome(), self._keys(), self._recovery(), self._clinic()):
            self._stack.addWidget(step)
        self.setLayout(
            column(
                self.banner,
                self._stack,
                row(self.skip_button, None, self.back_button, self.next_button),
                space="m",
                margins=True,
            )
        )
        self._show(0)

    @property
    def step(self) -> int:
        """0 place, 1 administrator, 2 recovery key, 3 clinic."""
        return self._stack.currentIndex()

    def go_on(self) -> None:
        """Check the step and go to the next; the last one writes the store."""
        self.banner.hide()
        try:
            (self._check_place, self._check_user, self._check_recovery, self._finish)[self.step]()
        except UserError as error:
            self.banner.explain(error)

    def done(self, result: int) -> None:
        """Forget the secrets and stop what is under way."""
        self.runner.cancel_all()
        for field in (self.passphrase, self.again, self.recovery, self.confirmation):
            field.clear()
        self.prepared = None
        super().done(result)

    def _check_place(self) -> None:
        from genoai_desktop.app.casebook import is_store

        folder = Path(self.folder.text().strip())
        if not folder.is_absolute():
            raise UserError(tr("Choose a folder for the store."))
        if is_store(folder):
            raise UserError(
                tr("There is a store in this folder already."),
                remedy=tr("Choose another folder, or close this and use it (menu Store)."),
            )
        self._show(1)
        self.user.setFocus()

    def _check_user(self) -> None:
        from genoai_desktop.app.casebook import Door

        if self.passphrase.text() != self.again.text():
            raise UserError(tr("The two passphrases are not the same."), remedy=tr("Type them again."))
        user, passphrase = self.user.text().strip(), self.passphrase.text()
        self.next_button.setEnabled(False)

        def prepare(_context: Context) -> Prepared:
            return Door.prepare(user, passphrase)

        self.runner.run(prepare, done=self._prepared, failed=self._refused, key="prepare")

    def _prepared(self, prepared: Prepared) -> None:
        self.next_button.setEnabled(True)
        self.prepared = prepared
        self.recovery.setText(prepared.recovery)
        self.confirmation.clear()
        self._show(2)
        self.confirmation.setFocus()

    def _refused(self, error: Exception) -> None:
        self.next_button.setEnabled(True)
        self.banner.explain(error)

    def _check_recovery(self) -> None:
        assert self.prepared is not None
        if self.confirmation.text().strip().upper() != self.prepared.recovery.rpartition("-")[2]:
            raise UserError(
                tr("This is not the last group of the recovery key."),
                remedy=tr("Print the key or write it down, then type its last five characters."),
            )
        self._show(3)
        self.reference.setFocus()

    def _finish(self) -> None:
        from genoai_desktop.app.casebook import Door

        existing(self.reference)
        prepared = self.prepared
        assert prepared is not None
        folder = Path(self.folder.text().strip())
        letterhead = {
            "clinic": self.clinic.text().strip(),
            "address": self.address.toPlainText().strip(),
        }
        self.next_button.setEnabled(False)

        def set_up(context: Context) -> Casebook:
            made = Door(folder).set_up(prepared)
            if any(letterhead.values()):
                made.set_setting(LETTERHEAD, letterhead)
            return wanted_still(made, context)

        self.runner.run(set_up, done=self._set_up, failed=self._refused, key="set up")

    def _set_up(self, casebook: Casebook) -> None:
        reference = self.reference.text().strip()
        self.ready.emit(casebook)
        if reference:
            self.desk.reference_wanted.emit(Path(reference))
        self.accept()

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.back_button.setVisible(step > 0)
        self.next_button.setText(tr("Finish") if step == 3 else tr("Next"))
        self.next_button.setAccessibleName(self.next_button.text())
        self.next_button.setDefault(True)

    def _back(self) -> None:
        self.banner.hide()
        self._show(max(0, self.step - 1))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Where shall the case store lie?"))
        if name:
            self.folder.setText(name)

    def _page(self, number: int, title: str, text: str, *items: QWidget) -> QWidget:
        count = label(tr("Step {number} of 4", number=number), "caption")
        return box(
            column(
                count,
                label(title, "title", wrap=True),
                label(text, "muted", wrap=True),
                *items,
                None,
                space="m",
            )
        )

    def _welcome(self) -> QWidget:
        choose = button(tr("Choose…"), self._choose_folder, name=tr("Choose the folder of the store"))
        form = form_layout()
        form.addRow(tr("Folder"), box(row(self.folder, choose)))
        return self._page(
            1,
            tr("Where shall your cases be kept?"),
            tr(
                "Cases are kept in one encrypted store that opens with a passphrase. It stays on this "
                "computer or on a drive of yours. Without a store cases live in memory: nothing of them is "
                "kept, and they are gone when the program closes."
            ),
            box(form),
            flowing(
                button(tr("Restore a backup instead…"), self._restore, kind="quiet"),
                self.demo_button,
                gap="l",
            ),
        )

    def _restore(self) -> None:
        self.discard()
        self.restore_wanted.emit()

    def _demo(self) -> None:
        self.discard()
        self.demo_wanted.emit()

    def _keys(self) -> QWidget:
        form = form_layout()
        form.addRow(tr("User"), self.user)
        hinted = column(self.passphrase, strength_hint(self.passphrase), space="xs")
        form.addRow(tr("Passphrase"), box(hinted))
        form.addRow(tr("Again"), self.again)
        return self._page(
            2,
            tr("The first user"),
            tr(
                "This user is the administrator: may add others, back up and restore. The passphrase is "
                "kept nowhere."
            ),
            box(form),
        )

    def _recovery(self) -> QWidget:
        form = form_layout()
        form.addRow(tr("Recovery key"), self.recovery)
        form.addRow(tr("Its last group"), self.confirmation)
        return self._page(
            3,
            tr("The recovery key"),
            tr(
                "It opens the store when every passphrase is forgotten. It is shown this once and kept "
                "nowhere: print it or write it down, and put it into a safe."
            ),
            box(form),
        )

    def _clinic(self) -> QWidget:
        form = form_layout()
        form.addRow(
            tr("Reference genome"),
            box(with_button(self.reference, tr("Choose a reference genome"), FASTA)),
        )
        form.addRow(tr("Clinic"), self.clinic)
        form.addRow(tr("Address"), self.address)
        return self._page(
            4,
            tr("Your clinic"),
            tr("All optional, and can be changed later. The letterhead is kept in the store."),
            box(form),
        )
