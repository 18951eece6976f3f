"""Settings: everything that is chosen once for all cases, searched by words. A change holds at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QComboBox, QDialog, QFrame, QListWidget, QSpinBox, QWidget

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import number_field, text_field
from genoai_desktop.ui.dialogs.reference import choose_reference, welcome
from genoai_desktop.ui.in_turn import InTurn, into
from genoai_desktop.ui.preferences import Preference, Preferences
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import box, button, card, column, label, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.typed import no_loss

if TYPE_CHECKING:
    from genoai_desktop.app.reference import ReferenceGenome

_SECTIONS_WIDTH = 190
_CONTROL_WIDTH = 236
"""In device-independent pixels at the normal text size."""
_LARGE = 175
"""Text size in per cent from which the rows need the width of the sections too."""


class SettingsDialog(QDialog):
    """Sections to the left, all of them below each other to the right; the search hides what does not fit."""

    def __init__(self, desk: Desk, parent: QWidget | None, commands: Mapping[str, QAction]) -> None:
        super().__init__(parent)
        self.desk, self._commands = desk, commands
        self.preferences = Preferences(desk, self)
        self.runner = Runner(desk.pool, self)
        self.turn = InTurn(self)
        self.banner = Banner(desk.theme)
        self.resize(880, 640)
        self.setLayout(column(self.banner, margins=True, space="m"))
        self._content: QWidget | None = None
        self._build()
        desk.vault.opened.connect(self.say_anew)
        desk.vault.left.connect(self.say_anew)
        desk.house.changed.connect(self.say_anew)
        desk.theme.changed.connect(self._show_values)
        desk.theme.changed.connect(self._fit_text)

    def say_anew(self) -> None:
        """Everything again: the language of the window is another one, or the store was opened or left."""
        at, words = self.sections.currentRow(), self.finder.text()
        self.banner.hide()
        self.turn.stop()
        self._build()
        self.sections.setCurrentRow(at)
        self.finder.setText(words)

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        self.turn.stop()
        super().done(result)

    def restore(self) -> None:
        """Every default again; what was chosen can be put back."""
        before = self.preferences.changed()
        self.preferences.restore()
        self._show_values()
        if not before:
            self.banner.say("info", tr("Everything has its default already."))
            return
        self.banner.say(
            "success",
            tr("The defaults hold again. Reference genomes and letterhead stay."),
            tr("Undo"),
            partial(self._put_back, before),
        )

    def use_reference(self, path: Path) -> None:
        """Check this FASTA in a worker, and use it for the build that it is."""
        self.banner.say("info", tr("Checking the reference genome"))
        services = self.desk.services
        self.runner.run(
            services.set_up_reference, path, done=self._referenced, failed=self.banner.explain, key="genome"
        )

    # what is shown

    def _build(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self.setAccessibleName(tr("Settings"))
        self.controls: dict[str, QComboBox | QSpinBox] = {}
        self._rows: list[tuple[QFrame, QWidget, str]] = []
        """Card, row and words of every row."""
        self.cards: dict[str, QFrame] = {}
        self.finder = text_field(tr("Search the settings"), tr("for example: dark, letters, lock"))
        self.finder.setClearButtonEnabled(True)
        no_loss(self.finder)
        self.finder.textChanged.connect(self._narrow)
        self.sections = QListWidget()
        self.sections.setAccessibleName(tr("Sections of the settings"))
        self._fit_text()
        self.nothing = label(tr("No setting has these words. Try a shorter one."), "muted", wrap=True)
        self.nothing.hide()
        rows = self._make_cards()
        self.area = ScrollBody(tr("Settings"), column(self.nothing, *self.cards.values(), None, space="m"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sections.addItems(list(self.cards))
        self.sections.currentRowChanged.connect(self._go)
        self.restore_button = button(tr("Restore defaults"), self.restore)
        close = button(tr("Close"), self.accept, kind="primary")
        sides = row(self.sections, self.area, space="m")
        sides.setStretch(1, 1)
        content = box(column(self.finder, sides, row(self.restore_button, None, close), space="m"))
        layout = self.layout()
        assert layout is not None
        if self._content is not None:
            layout.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        layout.addWidget(content)
        self.finder.setFocus()
        self.turn.start_later(self._fill_cards(rows), self._filled)

    def _fit_text(self) -> None:
        """Widths that follow the text size, which may be chosen in this very dialog."""
        scale = self.desk.theme.scale
        self.sections.setFixedWidth(_SECTIONS_WIDTH * scale // 100)
        self.sections.setHidden(scale >= _LARGE)
        for control in self.controls.values():
            control.setFixedWidth(_CONTROL_WIDTH * scale // 100)

    def _filled(self) -> None:
        self._show_values()
        self._narrow(self.finder.text())
        self._go(self.sections.currentRow())

    def _make_cards(self) -> list[tuple[str, Iterator[QWidget]]]:
        """A card with its title for every section; what makes their rows, in the order of the dialog."""
        rows: list[tuple[str, Iterator[QWidget]]] = [
            (one.section, map(self._preference, (one,))) for one in self.preferences.all()
        ]
        rows += [
            (tr("Privacy and lock"), self._privacy()),
            (tr("Reports and letters"), self._letterhead()),
            (tr("Reference genome"), self._genomes()),
            (tr("Keyboard"), self._keys()),
        ]
        self.cards = {section: card(title=section) for section, _ in rows}
        order = list(self.cards)
        return sorted(rows, key=lambda row: order.index(row[0]))

    def _fill_cards(self, rows: list[tuple[str, Iterator[QWidget]]]) -> Iterator[QWidget]:
        """Every row in its card. They are many, and the window has its turn between them."""
        for section, made in rows:
            layout = self.cards[section].layout()
            assert isinstance(layout, QBoxLayout)
            for shown in into(layout, made):
                self._take_in(section, shown)
                yield shown

    def _take_in(self, section: str, shown: QWidget) -> None:
        """A row that the search looks at."""
        self._rows.append((self.cards[section], shown, f"{section} {shown.accessibleName()}".casefold()))

    @property
    def built(self) -> bool:
        """Whether every row is there."""
        return not self.turn.busy

    def _preference(self, one: Preference) -> QWidget:
        control: QComboBox | QSpinBox
        if one.choices:
            control = QComboBox()
            for value, words in one.choices:
                control.addItem(words, value)
            control.activated.connect(lambda _at: self._choose(one, control.currentData()))
        else:
            control = number_field(one.title, one.least, one.most, one.unit)
            control.editingFinished.connect(lambda: self._choose(one, control.value()))
        control.setAccessibleName(one.title)
        control.setAccessibleDescription(one.closed or one.hint)
        control.setEnabled(not one.closed)
        control.setFixedWidth(_CONTROL_WIDTH * self.desk.theme.scale // 100)
        self.controls[one.id] = control
        words = " ".join(text for _, text in one.choices)
        return _row(one.title, one.closed or one.hint, control, also=words)

    def _privacy(self) -> Iterator[QWidget]:
        hint = tr("Names and places of files can tell who a patient is.")
        yield self._command("forget_recent", tr("Recent files"), hint, tr("Forget recent files"))

    def _letterhead(self) -> Iterator[QWidget]:
        name = self.desk.house.clinic.letterhead.name
        said = tr("On every PDF: {clinic}.", clinic=name) if name else tr("No letterhead yet.")
        yield self._command(
            "letterhead", tr("Letterhead"), said, tr("Change…"), name=tr("Letterhead and clinic texts…")
        )

    def _command(self, action: str, title: str, hint: str, words: str, *, name: str = "") -> QWidget:
        """A row with a button for an action of the menus."""
        made = button(words, self._commands[action].trigger, name=name)
        made.setEnabled(self._commands[action].isEnabled())
        return _row(title, hint, made)

    def _genomes(self) -> Iterator[QWidget]:
        for build in Build:
            path = self.desk.references.get(build.value, "")
            forget = button(tr("Forget"), partial(self._forget, build), name=tr("Forget {name}", name=build))
            forget.setEnabled(bool(path))
            yield _row(str(build), path or tr("None: files of it are opened without."), forget)
        choose = button(tr("Choose a FASTA file…"), self._choose_genome)
        hint = tr("It is checked, and used for the build that it is. Nothing is copied.")
        yield _row(tr("Another reference genome"), hint, choose)

    def _keys(self) -> Iterator[QWidget]:
        for action in self._commands.values():
            keys = [one.toString() for one in action.shortcuts()]
            if keys:
                words = action.text().replace("&", "")
                yield _row(words, "", label(", ".join(keys), "muted"))

    # what a person does

    def _choose(self, one: Preference, value: Any) -> None:
        if one.read() != value:
            self.banner.hide()
            one.write(value)

    def _put_back(self, values: dict[str, Any]) -> None:
        self.preferences.restore(values)
        self._show_values()

    def _show_values(self) -> None:
        """Of the rows that are there; the others follow when they are."""
        for one in self.preferences.all():
            control = self.controls.get(one.id)
            if isinstance(control, QComboBox):
                control.setCurrentIndex(control.findData(one.read()))
            elif control is not None:
                control.setValue(one.read())

    def _narrow(self, typed: str) -> None:
        """Hide every row that has not every word."""
        wanted = typed.casefold().split()
        left = dict.fromkeys(self.cards.values(), False)
        for made, shown, words in self._rows:
            fits = all(word in words for word in wanted)
            shown.setVisible(fits)
            left[made] = left[made] or fits
        for at, made in enumerate(self.cards.values()):
            made.setVisible(left[made])
            self.sections.item(at).setHidden(not left[made])
        self.nothing.setVisible(not any(left.values()))
        self.area.fit()

    def _go(self, at: int) -> None:
        made = list(self.cards.values())[at] if 0 <= at < len(self.cards) else None
        if made is not None and made.isVisible():
            self.area.verticalScrollBar().setValue(made.y())

    def _choose_genome(self) -> None:
        path = choose_reference(self)
        if path is not None:
            self.use_reference(path)

    def _referenced(self, genome: ReferenceGenome) -> None:
        self.desk.remember_reference(genome.build, genome.path)
        self.say_anew()
        self.banner.say(*welcome(genome))

    def _forget(self, build: Build) -> None:
        path = self.desk.references.get(build.value, "")
        self.desk.forget_reference(build)
        self.say_anew()
        said = tr("Files of {build} are opened without a reference genome.", build=build)
        self.banner.say("info", said, tr("Undo"), partial(self._remember, build, Path(path)))

    def _remember(self, build: Build, path: Path) -> None:
        self.desk.remember_reference(build, path)
        self.say_anew()


def _row(title: str, hint: str, control: QWidget, *, also: str = "") -> QWidget:
    """Words to the left, what changes it to the right or below. ``also``: further words to be found by."""
    parts = [label(title, wrap=True)]
    if hint:
        parts.append(label(hint, "caption", wrap=True))
    made = beside(box(column(*parts, space="xs")), control)
    said = (title, hint, also, control.accessibleName())
    made.setAccessibleName(" ".join(part for part in said if part))
    return made
