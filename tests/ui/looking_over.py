"""Everything that somebody would stumble over in a window or a dialog, in one list."""

from looking_colours import pale
from looking_keys import missed_by_tab, nameless, offered, said
from looking_room import cut_off, overlapping, shortened_without_tip, sideways
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from stage import State

from genoai_desktop.ui.widgets.banner import explanation


def wrong_with(root: QWidget, screen: QSize, *, walked: bool, measured: bool) -> list[str]:
    """What is wrong in any look. ``walked``: with Tab as well; ``measured``: the contrast too.

    ``screen`` is the room that a dialog has. A dialog is closed afterwards, by Escape.
    """
    found = [f"cut off: {what}" for what in cut_off(root)]
    found += [f"one over the other: {what}" for what in overlapping(root)]
    found += [f"sideways: {what}" for what in sideways(root)]
    found += [f"nameless: {what}" for what in nameless(root)]
    found += [f"shortened: {what}" for what in shortened_without_tip(root)]
    if not headed(root):
        found.append("no heading")
    if explanation(RuntimeError()).partition("(")[0] in said(root):
        found.append("a fault of the program")
    if measured:
        root.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.processEvents()
        found += [f"pale: {what}" for what in pale(root)]
    if walked:
        found += [f"Tab misses {what}" for what in missed_by_tab(root)]
    return found + (_wrong_with_dialog(root, screen) if isinstance(root, QDialog) else [])


def unsaid(state: State, root: QWidget) -> list[str]:
    """Words and ways on that the English window must have in this state, and has not."""
    words, ways = said(root), offered(root)
    missing = [f"does not say {part!r}" for part in state.says if part not in words]
    if state.offers and state.offers not in ways:
        missing.append(f"does not offer {state.offers!r} but {sorted(ways)}")
    return [*missing, words[:2000]] if missing else []


def _wrong_with_dialog(dialog: QDialog, screen: QSize) -> list[str]:
    found = []
    if dialog.width() > screen.width() or dialog.height() > screen.height():
        found.append(f"larger than the screen: {dialog.width()}x{dialog.height()}")
    if sum(made.isDefault() for made in dialog.findChildren(QPushButton) if in_sight(made)) > 1:
        found.append("Enter does one thing and another button is said to be first")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    if dialog.isVisible():
        found.append("Escape does not close it")
    return found


def in_sight(widget: QWidget) -> bool:
    """Whether a part of it at least is on the screen."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def headed(root: QWidget) -> bool:
    """Whether a title says what this is: of the dialog's frame, or the first words in it."""
    if isinstance(root, QDialog):
        return bool(root.windowTitle())
    roles = {
        label.property("role") for label in root.findChildren(QLabel) if in_sight(label) and label.text()
    }
    return bool(roles & {"title", "heading"})
