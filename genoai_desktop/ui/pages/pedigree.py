"""Pedigree: the family drawn and edited; every change is the case's, analyses follow when they read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent_family import same_proband
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_case import family_of, reads_differently, with_family
from genoai_desktop.domain.family_check import oddities
from genoai_desktop.domain.proband import PERSONAL, of_the_former, set_aside, taken_over
from genoai_desktop.domain.text import joined, language_in_use, tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pedigree.editor import PedigreeEditor
from genoai_desktop.ui.pedigree.merging import MergeDialog
from genoai_desktop.ui.widgets.basics import button
from genoai_desktop.ui.widgets.job_line import JobLine
from genoai_desktop.ui.widgets.saved import say_saved

if TYPE_CHECKING:
    from genoai_desktop.app.pedigrees.imported import Imported
    from genoai_desktop.app.request import OpenCase

KEEP_MS, ANALYSE_MS = 0, 2500
"""How long after the last edit the case takes it over, and the analyses are run again."""


class PedigreePage(Page):
    """The editor with import and export."""

    id = "pedigree"
    icon = "pedigree"
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.seeker = Runner(desk.pool, self)
        """Looks for fewer crossings; stopped without stopping what else the page does."""
        self._analysed: Case | None = None
        self._pending: Family | None = None
        self._word = ""
        self._keep = _timer(self, KEEP_MS, self.keep)
        self._analyse = _timer(self, ANALYSE_MS, self.analyse)
        self.editor: PedigreeEditor | None = None
        self.undo_button = button(tr("Undo"), lambda: self._do("undo"))
        self.redo_button = button(tr("Redo"), lambda: self._do("redo"))
        for made in (
            self.undo_button,
            self.redo_button,
            button(tr("Fit"), self._fit, name=tr("Show the whole family")),
            button(tr("Straighten"), self._straighten, name=tr("Forget shifts by hand")),
            self._menu(tr("Import"), self._imports()),
            self._menu(tr("Export"), self._exports()),
        ):
            self.tools.addWidget(made)
        desk.theme.changed.connect(self._theme_changed)

    def name(self) -> str:
        """The title."""
        return tr("Pedigree")

    def begins_at(self) -> QWidget | None:
        """The drawing, which takes the keys of the editor."""
        view = self.editor.view if self.editor is not None else None
        return view if view is not None and view.isVisible() else super().begins_at()

    def fill(self, opened: OpenCase) -> None:
        """The case's family; an editor that shows it already is left alone."""
        if self.editor is None:
            self.editor = PedigreeEditor(self.desk.theme)
            self.editor.changed.connect(self._changed)
            self.editor.stepped.connect(self._stepped)
            self.editor.refused.connect(self.banner.explain)
            self.editor.rough.connect(self._search)
            self.body.addWidget(self.editor)
            self.body.addWidget(JobLine(self.seeker))
            self.editor.view.repaint_theme()
        family = family_of(opened.case)
        self._analysed = with_family(opened.case, family)  # parents outside of the case count for nobody
        self.editor.panel.samples = tuple(opened.table.samples)
        self.editor.panel.setEnabled(self.desk.vault.may_edit)
        self.editor.show_family(family)
        self._say()
        if self.desk.session is not None and self.desk.session.behind:
            self._analyse_soon()

    def reset(self) -> None:
        """The editor stays."""

    def _case_changed(self, opened: OpenCase | None) -> None:
        """An edit that came from here does not fill the page again; anything else does."""
        family = self.editor.family if self.editor else None
        if opened is not None and family is not None and opened.case.family == family:
            return
        self._keep.stop()
        self._analyse.stop()
        self._pending = None
        self.seeker.cancel_all()
        super()._case_changed(opened)

    def _changed(self, family: Family) -> None:
        self._pending = family
        self.banner.hide()
        self._keep.start()
        self._say()

    def keep(self) -> None:
        """The case takes the family over: one step of undo, saved, and no waiting for the analyses.

        The results in view stay until the analyses have run again, which they do only when something
        changed that they read.
        """
        self._keep.stop()
        family, opened = self._pending, self.opened
        self._pending = None
        if family is None or opened is None or self.editor is None:
            return
        if not self.may_change():
            self.editor.show_family(family_of(opened.case))
            return
        case = with_family(opened.case, family)
        if not same_proband(opened.case, case):  # nothing of another person's results stays in view
            self._take_proband(opened, set_aside(opened.case, case))
            return
        self._step(opened, replace(opened, case=case, result=replace(opened.result, case=case)))
        if self._analysed is not None and reads_differently(self._analysed, case):
            self._analyse_soon()

    def _analyse_soon(self) -> None:
        """Once nobody has edited for a moment, or as soon as another page is looked at."""
        if self.desk.session is not None:
            self.desk.session.behind = True
        self._analyse.start()
        self.subtitle.setText(tr("The analyses will take this family into account in a moment."))

    def _take_proband(self, opened: OpenCase, case: Case) -> None:
        before, aside = opened.case, () if self._word else of_the_former(opened.case, case)
        self._walk(opened, case)
        said = tr(
            "The proband is another person now: what that person has consented to is what counts. "
            "What was not asked is not shown; record it on the page Consent."
        )
        if not aside:
            self.banner.say("info", said)
            return
        names = joined(", ", (PERSONAL[name] for name in aside))
        also = tr("Set aside, as entered of the person before: {names}. Undo brings them back.", names=names)
        action = partial(self._take_over, before)
        self.banner.say("warning", joined(" ", (said, also)), tr("They are this person's"), action)

    def _take_over(self, before: Case) -> None:
        """What was set aside was entered of the person who is the proband now."""
        self.banner.hide()
        if self.opened is not None and self.desk.vault.may_edit:
            self.desk.change(taken_over(before, self.opened.case))

    def _walk(self, opened: OpenCase, case: Case) -> None:
        """The step of the window that is this step here."""
        word, self._word = self._word, ""
        session = self.desk.session_of(opened)
        if session is None:
            return
        if word == "undo" and session.stack.canUndo():
            session.stack.undo()
        elif word == "redo" and session.stack.canRedo():
            session.stack.redo()
        if session.case.family != case.family:
            self.desk.change(case)

    def _step(self, opened: OpenCase, kept: OpenCase) -> None:
        """One step of the window's undo. Taking a step back here takes back the step there.

        The session shows the edited case at once, so that the window does not stop to analyse it.
        """
        word, self._word = self._word, ""
        session = self.desk.session_of(opened)
        if session is None:
            return
        session.opened = kept
        if word == "undo" and session.stack.canUndo():
            session.stack.undo()
        elif word == "redo" and session.stack.canRedo():
            session.stack.redo()
        if session.case != kept.case:
            self.desk.change(kept.case)
        if session.opened is kept:
            self.desk.replace(kept, kept)

    def analyse(self) -> None:
        """Run the analyses with the family as drawn, while editing goes on."""
        self._analyse.stop()
        opened = self.opened
        if opened is None or not self.isVisible():  # out of view, the window analyses (``catch_up``)
            return
        self.subtitle.setText(tr("Analysing with this family…"))
        self.run(
            self.desk.services.reanalyse,
            opened,
            opened.case,
            done=lambda new: self._done(opened, new),
            key="analyse",
        )

    def _done(self, old: OpenCase, new: OpenCase) -> None:
        current = self.opened
        if current is None or current.case.id != old.case.id:
            return
        if current.case.family != old.case.family:  # edited meanwhile: the next run answers
            return
        session = self.desk.session_of(current)
        if session is None or session.case != old.case:  # edited or decided elsewhere meanwhile
            self._analyse.start()
            return
        self._analysed = new.case
        session.behind = False
        self.desk.replace(current, new)
        if self.desk.session is not None:
            self.desk.vault.keep(self.desk.session)
        self._say()

    def _search(self, family: Family) -> None:
        """Look for fewer crossings while editing goes on."""
        if self.editor is not None:
            self.seeker.run(
                _ordered, family, done=self.editor.settle, failed=self.banner.explain, key="layout"
            )

    def _say(self) -> None:
        family = self.editor.family if self.editor else None
        if family is None:
            return
        odd = oddities(family)
        count = len(family.members)
        words = tr("{count} people.", count=count) if count > 1 else tr("One person.")
        hint = tr(
            "Keys: P parents, M partner, C child, S sibling, T twin, A affected, F2 details, F1 all keys."
        )
        self.subtitle.setText(f"{words} {hint}")
        if odd:
            numbers = self.editor.view.drawn.layout.numbers if self.editor and self.editor.view.drawn else {}
            first = odd[0].where.field
            person = first.partition(",")[0]
            place = numbers.get(person, "")
            self.banner.say("warning", f"{place} {odd[0].text}".strip())
        self.undo_button.setEnabled(bool(self.editor and self.editor.can_undo))
        self.redo_button.setEnabled(bool(self.editor and self.editor.can_redo))

    def _stepped(self, word: str) -> None:
        self._word = word

    def _do(self, word: str) -> None:
        if self.editor is not None:
            self.editor.do(word)
            self._say()

    def _fit(self) -> None:
        if self.editor is not None:
            self.editor.view.fit()

    def _straighten(self) -> None:
        if self.editor is not None:
            self.editor.straighten()

    def _theme_changed(self) -> None:
        if self.editor is not None:
            self.editor.view.repaint_theme()

    def _menu(self, title: str, entries: list[tuple[str, Callable[[], None]]]) -> QPushButton:
        made = button(title)
        menu = QMenu(made)
        menu.setAccessibleName(title)
        for words, asked in entries:
            menu.addAction(words).triggered.connect(lambda _checked=False, asked=asked: asked())
        made.setMenu(menu)
        return made

    def _imports(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            (tr("Pedigree file (PED, GEDCOM, CanRisk, Phenopackets)…"), self.import_file),
            (tr("Filled-in family questionnaire (PDF)…"), self.import_file),
        ]

    def _exports(self) -> list[tuple[str, Callable[[], None]]]:
        from genoai_desktop.app.pedigrees.exchange import FORMATS

        made = [(f"{kind.name}…", self._exporter(kind.id)) for kind in FORMATS]
        return [*made, (tr("View of the chosen relative only (PDF)…"), self.export_view)]

    def _exporter(self, kind: str) -> Callable[[], None]:
        return lambda: self.export(kind)

    def import_file(self) -> None:
        """Ask for a file and take its family, as one step that can be undone."""
        kinds = "*.ped *.fam *.ged *.gedcom *.canrisk* *.bwa *.json *.pdf *.txt"
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a family"), "", f"({kinds});;(*)")
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Read a family file off this thread."""
        self.run(_read, path, done=self._imported, key="import")

    def _imported(self, found: Imported) -> None:
        from genoai_desktop.app.pedigrees.exchange import joined_to

        if self.editor is None or self.editor.family is None:
            return
        try:
            if found.partial:
                self._ask_to_merge(found)
            else:
                self._taken(joined_to(self.editor.family, found.family), found)
        except UserError as error:
            self.banner.explain(error)

    def _ask_to_merge(self, found: Imported) -> None:
        """Show what a questionnaire changes; it is added once the person agrees."""
        from genoai_desktop.app.pedigrees.merge import merged

        assert self.editor is not None
        assert self.editor.family is not None
        before = self.editor.family
        made = merged(before, found.family)
        if not made.changes:
            self._say_read(found, tr("The form says nothing that the case does not know."))
            return
        dialog = MergeDialog(made, self)
        dialog.accepted.connect(lambda: self._merged(before, made.family, found))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _merged(self, before: Family, after: Family, found: Imported) -> None:
        """The answers are added, unless the family changed while they were looked at."""
        if self.editor is not None and self.editor.family == before:
            self._taken(after, found)

    def _taken(self, family: Family, found: Imported) -> None:
        assert self.editor is not None
        self.editor.replace_family(family)
        self._say_read(found, tr("{count} people read.", count=len(family.members)))

    def _say_read(self, found: Imported, done: str) -> None:
        """What was read, with whatever was not understood."""
        from genoai_desktop.app.pedigrees.imported import told

        if found.findings:
            self.banner.say("warning", shorten(f"{done} {told(found.findings)}", _LONGEST, placeholder=" …"))
        else:
            self.banner.say("success", done)

    def export(self, kind: str) -> None:
        """Ask where, then write."""
        from genoai_desktop.app.pedigrees.exchange import FORMATS

        chosen = next(one for one in FORMATS if one.id == kind)
        pattern = f"*{chosen.suffix}"
        name, _ = QFileDialog.getSaveFileName(
            self, chosen.name, f"pedigree{chosen.suffix}", f"{chosen.name} ({pattern})"
        )
        if name:
            self.export_to(Path(name), kind)

    def export_to(self, path: Path, kind: str) -> None:
        """Write the family off this thread."""
        if self.editor is not None and self.editor.family is not None:
            self.run(
                _write,
                self.desk.leaving,
                self.editor.family,
                path,
                kind,
                language_in_use(),
                done=self._exported,
                failed=self.banner.explain,
                key="export",
            )

    def export_view(self) -> None:
        """One relative's own view of the family, for handing out."""
        if self.editor is None or self.editor.family is None:
            return
        title = tr("View of the chosen relative only")
        name, _ = QFileDialog.getSaveFileName(self, title, "family-view.pdf", "PDF (*.pdf)")
        if name:
            self.run(
                _write_view,
                self.desk.leaving,
                self.editor.family,
                self.editor.view.person,
                Path(name),
                language_in_use(),
                done=self._view_exported,
                failed=self.banner.explain,
            )

    def _view_exported(self, answer: tuple[Path, tuple[str, ...]]) -> None:
        """Nothing is said of the others; what their places alone tell is for a person to judge."""
        path, shown = answer
        said = tr("Saved as {name}.", name=path.name)
        look = (
            tr("Look at it before handing it out. It shows: {what}.", what=joined(", ", shown))
            if shown
            else ""
        )
        say_saved(self.banner, f"{said} {look}".strip(), path, "warning" if shown else "success")

    def _exported(self, answer: tuple[Path, tuple[str, ...]]) -> None:
        path, lost = answer
        said = tr("Saved as {name}.", name=path.name)
        left = tr("This format cannot hold: {what}.", what=joined(", ", lost)) if lost else ""
        say_saved(self.banner, f"{said} {left}".strip(), path, "warning" if lost else "success")


def _timer(page: PedigreePage, wait: int, asked: Callable[[], None]) -> QTimer:
    made = QTimer(page)
    made.setSingleShot(True)
    made.setInterval(wait)
    made.timeout.connect(asked)
    return made


def _ordered(family: Family, context: Context) -> Family:
    from genoai_desktop.report.pedigree.layout import lay_out

    searching, last = shares(context, 99, 1)
    lay_out(family, context=searching)
    last.report(tr("Looking for fewer crossing lines"), 1.0)
    return family


def _read(path: Path, context: Context) -> Imported:
    from genoai_desktop.app.pedigrees.exchange import read_family

    context.check()
    return read_family(path)


_LONGEST = 900
"""Letters of what a banner tells of a file."""
Leaving = Callable[[str], None]


def _write(
    leaving: Leaving, family: Family, path: Path, kind: str, language: str, context: Context
) -> tuple[Path, tuple[str, ...]]:
    from genoai_desktop.app.pedigrees.exchange import write_family

    leaving(f"pedigree {kind}")
    return path, write_family(family, path, kind, context, language)


def _write_view(
    leaving: Leaving, family: Family, person: str, path: Path, language: str, context: Context
) -> tuple[Path, tuple[str, ...]]:
    from genoai_desktop.app.pedigrees.exchange import write_view
    from genoai_desktop.app.pedigrees.redacted import delicate, view_of

    leaving("pedigree of one relative")
    write_view(view_of(family, person), path, context, language)
    return path, delicate(family, person)
