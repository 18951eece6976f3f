"""The wording of a letter, section by section: generated and own text side by side, judged as one types."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.letters import Document
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.frame import allow
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, checkbox, column, label, restyle, row
from genoai_desktop.ui.widgets.word_changes import WordChanges

if TYPE_CHECKING:
    from genoai_desktop.app.letters import Gate
    from genoai_desktop.domain.case import Case
    from genoai_desktop.domain.letters import Clinic
    from genoai_desktop.report.edits import Section, Wording
    from genoai_desktop.ui.session import Session

_JUDGE_AFTER_MS = 250

_ASIDE = 40
"""Pixels of the list of sections that are not for words: padding and the scroll bar."""


class EditLetterDialog(TypingDialog):
    """Nothing is changed before Keep; that is one step of undo."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, session: Session, document: Document, wording: Wording
    ) -> None:
        super().__init__(parent)
        self.desk, self.session, self.document = desk, session, document
        self.analysed = session.opened.result
        self.runner = Runner(desk.pool, self)
        self.sections = {section.id: section for section in wording.sections}
        self.unplaced = wording.unplaced
        self.texts = {one.id: one.edit.text if one.edit else one.text for one in wording.sections}
        self.decided: set[str] = set()
        self.for_clinic: set[str] = set()
        self._showing = False
        self.setWindowTitle(tr("Wording of the letter ({language})", language=document.language))
        self.setAccessibleName(self.windowTitle())
        self.resize(1040, 700)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_JUDGE_AFTER_MS)
        self._pause.timeout.connect(self.judge)
        for section in wording.sections:
            self.list.addItem(QListWidgetItem())
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, section.id)
        self._name_items()
        stale = [number for number, one in enumerate(wording.sections) if one.state == "stale"]
        self.list.setCurrentRow(stale[0] if stale else 0)
        self._say_unplaced()
        self.judge()

    @property
    def section(self) -> Section:
        """The section in view."""
        return self.sections[self.list.currentItem().data(Qt.ItemDataRole.UserRole)]

    def type(self, text: str) -> None:
        """Write this in the section in view."""
        self.text.setPlainText(text)

    def keep_mine(self) -> None:
        """Decide for the person's own wording where the generated text changed."""
        self._decide(self.texts[self.section.id])

    def take_generated(self) -> None:
        """Decide for what the program writes now."""
        self._decide(self.section.generated)

    def judge(self) -> None:
        """Read the letter as it would be, off this thread."""
        self.runner.run(
            judged,
            self.desk.services,
            self.analysed,
            self.document,
            self.desk.house.clinic,
            tuple(self.sections.values()),
            self._chosen(),
            done=self._show_gate,
            failed=self.banner.explain,
            key="judge",
        )

    def accept(self) -> None:
        """Hand the wording over."""
        from genoai_desktop.app import letters
        from genoai_desktop.app.clinic import clinic_texts

        now = datetime.now().astimezone().isoformat(timespec="seconds")
        book = self.desk.vault.casebook
        author = book.user if book is not None else ""
        chosen = self._chosen()
        clinic = self.desk.house.clinic
        for name in sorted(self.for_clinic & set(chosen)):
            clinic = clinic_texts(clinic, self.document, self.sections[name], chosen[name], author, now)
            chosen[name] = self.sections[name].generated
        sections = tuple(self.sections.values())
        before = self.session.case
        case = letters.edited(before, self.document, sections, chosen, author, now)
        case = letters.without_unplaced(case, self.unplaced if self.drop_unplaced.isChecked() else ())
        if clinic != self.desk.house.clinic:
            self.desk.house.keep(clinic)
        super().accept()
        if case != before:
            self.desk.edit_wanted.emit(self.session.opened, case)

    def entered(self) -> bool:
        """Whether a section says something else than before, or a decision on one was taken."""
        changed = (
            one.state == "stale" or self.texts[name] != (one.edit.text if one.edit else one.text)
            for name, one in self.sections.items()
            if name in self.decided
        )
        return any(changed) or bool(self.for_clinic) or self.drop_unplaced.isChecked()

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self._pause.stop()
        self.runner.cancel_all()
        super().done(result)

    def _build(self) -> None:
        self.banner = Banner(self.desk.theme)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Sections of the letter"))
        self.list.setFixedWidth(300)
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._show)
        self.title = label("", "heading", wrap=True)
        self.printed = label("", "muted", wrap=True)
        self.state = label("", "muted", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("What the letter says here"))
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._typed)
        self.changes_title = label("", "overline")
        self.changes = WordChanges(self.desk.theme, tr("What was changed"))
        self.keep_button = button(tr("Keep my wording"), self.keep_mine)
        self.take_button = button(tr("Take the generated text"), self.take_generated)
        self.clinic_box = checkbox(tr("Use this wording in every letter of the clinic"))
        self.clinic_box.toggled.connect(self._for_clinic)
        self.grade = label("", "strong", wrap=True)
        self.held = label("", "muted", wrap=True)
        self.drop_unplaced = checkbox(tr("Delete wording that has no place in the letter any more"))
        self.accept_button = button(tr("Keep"), self.accept, kind="primary")
        allow(self.accept_button, self.desk.vault.may_edit)
        right = column(
            self.title,
            self.printed,
            self.state,
            self.text,
            row(self.keep_button, self.take_button, None, self.clinic_box),
            self.changes_title,
            self.changes,
            space="s",
        )
        right.setStretch(3, 3)
        right.setStretch(6, 2)
        sides = row(self.list, box(right), space="l")
        sides.setStretch(1, 1)
        foot = row(
            box(column(self.grade, self.held, self.drop_unplaced, space="xs")),
            button(tr("Cancel"), self.reject),
            self.accept_button,
            space="m",
        )
        foot.setStretch(0, 1)
        layout = column(self.banner, sides, foot, space="l", margins=True)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _show(self, _row: int = 0) -> None:
        section = self.section
        self._showing = True
        self.title.setText(section.name)
        self.title.setAccessibleName(section.name)
        self.printed.setText(tr("In the letter: “{title}”", title=section.title))
        self.printed.setAccessibleName(self.printed.text())
        self.printed.setVisible(section.name != section.title)
        self.text.setPlainText(self.texts[section.id])
        self.clinic_box.setChecked(section.id in self.for_clinic)
        self._showing = False
        self._paint()

    def _paint(self) -> None:
        section, text = self.section, self.texts[self.section.id]
        stale = section.state == "stale" and section.id not in self.decided
        self.state.setText(_explained(section, text, stale))
        self.state.setAccessibleName(self.state.text())
        restyle(self.state, "tone", "warning" if stale else "")
        self.keep_button.setVisible(stale)
        self.take_button.setVisible(stale or text != section.generated)
        may = self.desk.house.may_change and bool(section.program) and not stale
        self.clinic_box.setVisible(may and text != section.program)
        if stale and section.edit is not None:
            self.changes_title.setText(tr("WHAT THE PROGRAM WROTE, AND WRITES NOW"))
            self.changes.show_changes(section.edit.generated, section.generated)
        else:
            self.changes_title.setText(tr("FROM THE GENERATED TEXT TO YOURS"))
            self.changes.show_changes(section.generated, text)

    def _typed(self) -> None:
        if self._showing:
            return
        name = self.section.id
        self.texts[name] = self.text.toPlainText()
        self.decided.add(name)
        self._name_items()
        self._paint()
        self._pause.start()

    def _decide(self, text: str) -> None:
        name = self.section.id
        self.texts[name] = text
        self.decided.add(name)
        self._name_items()
        self._show()
        self._pause.start()

    def _for_clinic(self, on: bool) -> None:
        if self._showing:
            return
        name = self.section.id
        self.for_clinic = self.for_clinic | {name} if on else self.for_clinic - {name}
        self.decided.add(name)

    def _chosen(self) -> dict[str, str]:
        """Texts that a person decided on in this dialog."""
        return {name: self.texts[name] for name in self.decided}

    def _name_items(self) -> None:
        for number in range(self.list.count()):
            item = self.list.item(number)
            section = self.sections[item.data(Qt.ItemDataRole.UserRole)]
            item.setText(f"{section.name}\n{_state_words(section, self.texts, self.decided)}")
            item.setSizeHint(self._room_of(item.text()))

    def _room_of(self, words: str) -> QSize:
        """Of a wrapped item; Qt's own is as wide as the list without the scroll bar that comes with it."""
        wide = self.list.width() - _ASIDE
        metrics = self.list.fontMetrics()
        lines = metrics.boundingRect(QRect(0, 0, wide, 0), Qt.TextFlag.TextWordWrap, words)
        return QSize(wide, lines.height() + metrics.height())

    def _say_unplaced(self) -> None:
        self.drop_unplaced.setVisible(bool(self.unplaced))
        if self.unplaced:
            told = joined(" · ", (edit.text.replace("\n", " ")[:120] for edit in self.unplaced))
            self.banner.say(
                "warning",
                tr("The letter has no place any more for wording of yours; it is kept: {told}", told=told),
            )

    def _show_gate(self, found: Gate) -> None:
        grade = tr("Reading grade {grade} (8 at most)", grade=f"{found.grade:.1f}")
        terms = (
            tr("unexplained terms: {terms}", terms=joined(", ", found.undefined))
            if found.undefined
            else tr("every genetic term is explained")
        )
        self.grade.setText(f"{grade} · {terms}")
        self.grade.setAccessibleName(self.grade.text())
        restyle(self.grade, "tone", "warning" if found.asks else "success")
        held = joined(" ", found.words)
        self.held.setText(tr("Signing will ask for a reason: {why}", why=held) if found.asks else "")
        self.held.setVisible(found.asks)


def judged(
    services: Services,
    result: CaseResult,
    document: Document,
    clinic: Clinic,
    sections: tuple[Section, ...],
    texts: dict[str, str],
    context: Context,
) -> Gate:
    """What would stand between the letter and a signature if it said these texts."""
    from dataclasses import replace

    from genoai_desktop.app.letters import edited

    case: Case = edited(result.case, document, sections, texts, "", "")
    return services.gate(replace(result, case=case), document, clinic, context)


def _state_words(section: Section, texts: dict[str, str], decided: set[str]) -> str:
    if section.state == "stale" and section.id not in decided:
        return tr("▲ to be decided")
    if texts[section.id] != section.generated:
        return tr("● your wording")
    if section.state == "clinic":
        return tr("○ the clinic's wording")
    return tr("generated") if section.generated else tr("empty")


def _explained(section: Section, text: str, stale: bool) -> str:
    if stale:
        return tr(
            "The program writes something else here since you changed it. Until you decide, the letter says "
            "the generated text, and cannot be signed."
        )
    if not section.generated:
        return tr("Room for your own words. One paragraph a line; left empty, nothing is printed.")
    if text != section.generated and section.edit is not None and section.edit.author:
        edit = section.edit
        return tr("Your wording ({author}, {day}).", author=edit.author, day=edit.time[:10])
    return tr("One paragraph a line. Numbers that a drawing shows should stay in the text.")
