"""Paste a clinic letter: terms are recognised here, shown in the text, and accepted by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QTextEdit, QWidget

from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, column, label, row
from genoai_desktop.ui.widgets.vacancy import Vacancy

if TYPE_CHECKING:
    from genoai_desktop.analysis.rare_disease.free_text import Recognised

_TAKEN = {"observed", "excluded"}


class LetterDialog(TypingDialog):
    """``accepted_terms`` carries the terms a person left ticked. The text is not kept."""

    accepted_terms = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Terms from a letter"))
        self.resize(980, 620)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Text of the letter"))
        self.text.setPlaceholderText(tr("Paste the letter here. It stays on this machine and is not kept."))
        self.text.setTabChangesFocus(True)
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Terms recognised; tick those to take over"))
        self.found.currentRowChanged.connect(self._point)
        Vacancy(self.found, tr("Paste a letter, then press “Recognise terms”."))
        self.text.textChanged.connect(self._forget)
        self.banner = Banner(desk.theme)
        self.look = button(tr("Recognise terms"), self._look)
        self.accept_button = button(tr("Take over the ticked terms"), self._accept, kind="primary")
        self.accept_button.setEnabled(False)
        self._matches: tuple[Recognised, ...] = ()
        self._looked_at = ""
        self._assemble()

    def _assemble(self) -> None:
        hint = label(
            tr(
                "Ticked: the patient's own, seen or not seen. Findings of relatives and uncertain ones are "
                "listed unticked. Look at each before you take it over."
            ),
            "muted",
            wrap=True,
        )
        left = box(column(self.text, row(None, self.look), space="s"))
        right = box(column(self.found, hint, space="s"))
        sides = row(left, right, space="l")
        sides.setStretch(0, 3)
        sides.setStretch(1, 2)
        buttons = row(None, button(tr("Cancel"), self.reject), self.accept_button)
        layout = column(self.banner, sides, buttons, space="l", margins=True)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _look(self) -> None:
        self.banner.hide()
        self._looked_at = self.text.toPlainText()
        self._runner.run(
            self._desk.services.recognised,
            self._looked_at,
            done=self._show,
            failed=self.banner.explain,
            key="letter",
        )

    def _forget(self) -> None:
        """The text was changed: what was found no longer stands where it was."""
        if self._matches and self.text.toPlainText() != self._looked_at:
            self._show(())
            self.banner.hide()

    def _show(self, matches: tuple[Recognised, ...]) -> None:
        self._matches = matches
        self.found.clear()
        for match in matches:
            because = match.reason.strip(" :,;.")
            words = f"{match.label}  ({status_words(match.status)})"
            item = QListWidgetItem(f"{words}\n“{because}”" if because else words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            taken = match.status.value in _TAKEN
            item.setCheckState(Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked)
            self.found.addItem(item)
        self.text.setExtraSelections([self._mark(match) for match in matches])
        self.accept_button.setEnabled(bool(matches))
        if not matches:
            self.banner.say("info", tr("No term was recognised in this text."))

    def _mark(self, match: Recognised) -> QTextEdit.ExtraSelection:
        """Underlined in the colour of its status; the list says the same in words."""
        palette = self._desk.theme.palette
        tones = {"observed": palette.accent, "excluded": palette.muted, "family": palette.warning}
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        style.setUnderlineColor(QColor(tones.get(match.status.value, palette.muted)))
        ground = QColor(tones.get(match.status.value, palette.muted))
        ground.setAlpha(40)
        style.setBackground(ground)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = self._cursor(match), style
        return selection

    def _cursor(self, match: Recognised) -> QTextCursor:
        cursor = self.text.textCursor()
        cursor.setPosition(_units(self._looked_at, match.start))
        cursor.setPosition(_units(self._looked_at, match.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _point(self, at: int) -> None:
        if 0 <= at < len(self._matches):
            self.text.setTextCursor(self._cursor(self._matches[at]))

    def _accept(self) -> None:
        chosen: dict[str, ObservedTerm] = {}
        for at, match in enumerate(self._matches):
            if self.found.item(at).checkState() is Qt.CheckState.Checked:
                excluded = match.status.value == "excluded"
                known = chosen.get(match.term)
                if known is None or known.excluded:  # seen in one place outweighs not seen in another
                    chosen[match.term] = ObservedTerm(match.term, excluded, label=match.label)
        self.accept()
        self.accepted_terms.emit(tuple(chosen.values()))


def _units(text: str, position: int) -> int:
    """Qt counts in UTF-16 units, Python in characters."""
    return len(text[:position].encode("utf-16-le")) // 2


def status_words(status: object) -> str:
    """Whose finding it is, in words."""
    return {
        "observed": tr("seen in the patient"),
        "excluded": tr("not seen in the patient"),
        "family": tr("a relative's"),
        "uncertain": tr("uncertain"),
    }[str(status)]
