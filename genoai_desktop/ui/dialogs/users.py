"""Users and roles, one's own passphrase, time until locking, recovery key, letterhead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTabWidget, QWidget

from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import form_layout, number_field, text_field
from genoai_desktop.ui.dialogs.first_run import LETTERHEAD
from genoai_desktop.ui.dialogs.frame import StoreDialog, fill, selected, sure, table
from genoai_desktop.ui.dialogs.recovery_key import RecoveryKey
from genoai_desktop.ui.dialogs.unlock import passphrase_field, strength_hint
from genoai_desktop.ui.theme.manager import make_room
from genoai_desktop.ui.widgets.basics import box, button, column, label, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.scroll import ScrollBody


def role_choices() -> tuple[tuple[str, str], ...]:
    """Roles as the store has them, and what each may do, in the window's language."""
    return (
        ("counselor", tr("counselor: works on cases")),
        ("reviewer", tr("reviewer: reads and signs")),
        ("administrator", tr("administrator: also manages the store")),
    )


_LEAST_TABLE = 120
"""Device-independent pixels: the head and two users."""


class UsersDialog(StoreDialog):
    """Everybody changes their own passphrase; the rest is for administrators."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(desk, parent, tr("Users, passphrase and clinic"))
        self.resize(660, 680)
        book = desk.vault.casebook
        self._letterhead: dict[str, Any] = {}
        self._administers = book is not None and book.may_administer
        self._areas: list[ScrollBody] = []
        tabs = QTabWidget()
        tabs.setAccessibleName(self.windowTitle())
        for name, content in (
            (tr("My passphrase"), self._own()),
            (tr("Users"), self._users()),
            (tr("Clinic and lock"), self._clinic()),
        ):
            self._areas.append(ScrollBody(name, content))  # large text is higher than a small screen
            tabs.addTab(self._areas[-1], name)
        self.tabs = tabs
        self.setLayout(
            column(self.banner, tabs, row(None, button(tr("Close"), self.reject)), space="m", margins=True)
        )
        self.refresh()
        self.ask(lambda book: book.setting(LETTERHEAD), self._show_letterhead, key="letterhead")

    def refresh(self) -> None:
        """List the users anew."""
        self.ask(lambda book: book.users(), self._show_users, key="users")

    def _own(self) -> QWidget:
        self.old = passphrase_field(tr("Present passphrase"))
        self.new = passphrase_field(tr("New passphrase"))
        self.again = passphrase_field(tr("New passphrase again"))
        form = form_layout()
        form.addRow(tr("Present passphrase"), self.old)
        form.addRow(tr("New passphrase"), box(column(self.new, strength_hint(self.new), space="xs")))
        form.addRow(tr("Again"), self.again)
        self.change_button = button(tr("Change my passphrase"), self.change_passphrase, kind="primary")
        return box(
            column(
                box(form),
                row(self.change_button, None),
                None,
                space="m",
                margins=True,
            )
        )

    def _users(self) -> QWidget:
        self.table = table(tr("Users"), (tr("User"), tr("Role")))
        self.table.setColumnWidth(0, 200)
        self.table.setMinimumHeight(_LEAST_TABLE)
        self.table.itemSelectionChanged.connect(self._enable)
        self.name = text_field(tr("User name"), tr("for example the initials"))
        self.role = QComboBox()
        self.role.setAccessibleName(tr("Role"))
        for value, words in role_choices():
            self.role.addItem(words, value)
        self.first = passphrase_field(tr("First passphrase of the user"))
        form = form_layout()
        form.addRow(tr("User name"), self.name)
        form.addRow(tr("Role"), self.role)
        form.addRow(tr("First passphrase"), self.first)
        self.add_button = button(tr("Add or change"), self.add, kind="primary")
        self.remove_button = button(tr("Remove the chosen user…"), self._remove)
        self.recovery_button = button(tr("New recovery key…"), self._renew)
        self.rotate_button = button(tr("Change the store's key…"), self._rotate)
        self.recovery = RecoveryKey()
        self.recovery.hide()
        for widget in (self.add_button, self.recovery_button, self.rotate_button):
            widget.setEnabled(self._administers)
        same = tr("A user with the same name gets the new role and passphrase.")
        who = tr("Only administrators add and remove users and make new keys.")
        return box(
            column(
                self.table,
                row(self.remove_button, None),
                label(tr("Add or change a user"), "strong"),
                box(form),
                label(same if self._administers else who, "caption", wrap=True),
                flowing(self.add_button, self.recovery_button, self.rotate_button),
                self.recovery,
                space="m",
                margins=True,
            )
        )

    def _enable(self) -> None:
        self.remove_button.setEnabled(self._administers and selected(self.table) is not None)

    def _clinic(self) -> QWidget:
        self.clinic = text_field(tr("Name of the clinic"))
        self.address = QPlainTextEdit()
        self.address.setAccessibleName(tr("Address of the clinic"))
        self.address.setTabChangesFocus(True)
        unused = tr("Minutes without use until the store locks")
        self.minutes = number_field(unused, 1, 240, tr(" minutes"))
        self.minutes.setValue(self.desk.vault.idle_minutes)
        form = form_layout()
        form.addRow(tr("Clinic"), self.clinic)
        form.addRow(tr("Address"), self.address)
        form.addRow(tr("Lock when unused for"), self.minutes)
        self.keep_button = button(tr("Keep"), self.keep_clinic, kind="primary")
        self.keep_button.setEnabled(self._administers)
        return box(
            column(
                box(form),
                row(self.keep_button, None),
                None,
                space="m",
                margins=True,
            )
        )

    def change_passphrase(self) -> None:
        """Change one's own passphrase."""
        if self.new.text() != self.again.text():
            self.banner.say("warning", tr("The two new passphrases are not the same."))
            return
        old, new = self.old.text(), self.new.text()
        self.ask(
            lambda book: book.change_passphrase(old, new),
            lambda _: self.banner.say("success", tr("Your passphrase was changed.")),
            key="passphrase",
        )
        for field in (self.old, self.new, self.again):
            field.clear()

    def add(self) -> None:
        """Add the user of the fields, or change role and passphrase of one."""
        from genoai_desktop.cases.keys import Role

        name, first = self.name.text().strip(), self.first.text()
        role = Role(self.role.currentData())
        self.ask(lambda book: book.set_user(name, role, first), self._added, key="add")
        self.first.clear()

    def keep_clinic(self) -> None:
        """Keep letterhead and time until locking."""
        letterhead = {
            **self._letterhead,
            "clinic": self.clinic.text().strip(),
            "address": self.address.toPlainText().strip(),
        }
        self.desk.vault.set_idle_minutes(self.minutes.value())
        self.ask(
            lambda book: book.set_setting(LETTERHEAD, letterhead),
            self._kept,
            key="clinic",
        )

    def _kept(self, _: Any) -> None:
        self.settle(self.clinic, self.address)
        self.banner.say("success", tr("Kept."))
        self.desk.house.read()

    def _added(self, _: Any) -> None:
        self.name.clear()
        self.banner.say("success", tr("The user can unlock the store now."))
        self.refresh()

    def _remove(self) -> None:
        chosen = selected(self.table)
        text = tr("The user cannot unlock the store any more.")
        if chosen is not None and sure(self, tr("Remove {name}?", name=chosen), text, tr("Remove")):
            self.ask(lambda book: book.remove_user(chosen), lambda _: self.refresh(), key="remove")

    def _renew(self) -> None:
        text = tr("The recovery key that was printed before opens nothing any more.")
        if sure(self, tr("New recovery key"), text, tr("Make a new key")):
            self.ask(lambda book: book.renew_recovery(), self._renewed, key="renew")

    def _rotate(self) -> None:
        from genoai_desktop.ui.dialogs.rotate import RotateDialog

        dialog = RotateDialog(self.desk, self)
        dialog.rotated.connect(self._rotated)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        make_room(dialog)

    def _rotated(self, others: tuple[str, ...]) -> None:
        words = tr("The store is under a new key. Only the recovery key that was just shown recovers it.")
        if others:
            names = joined(", ", others)
            words += " " + tr("Give these users a new passphrase: {names}", names=names)
        self.banner.say("warning" if others else "success", words)
        self.refresh()

    def _renewed(self, recovery: str) -> None:
        self.recovery.setText(recovery)
        self.recovery.show()
        QTimer.singleShot(0, self, self._show_recovery)  # once the key has its place
        self.banner.say(
            "warning",
            tr("The new recovery key stands below, shown this once. Print it or write it down now."),
        )

    def _show_recovery(self) -> None:
        area = self._areas[self.tabs.currentIndex()]
        area.fit()
        area.ensureWidgetVisible(self.recovery)

    def _show_users(self, users: tuple[tuple[str, Any], ...]) -> None:
        words = {value: text.partition(":")[0] for value, text in role_choices()}
        fill(self.table, ((name, (name, words.get(str(role), str(role)))) for name, role in users))
        self._enable()

    def _show_letterhead(self, found: Any) -> None:
        if isinstance(found, dict):
            self._letterhead = found
            self.clinic.setText(str(found.get("clinic", "")))
            self.address.setPlainText(str(found.get("address", "")))
