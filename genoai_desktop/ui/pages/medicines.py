"""Medicines: by concern, by drug, by gene, and calculated doses; what if; what is stated of the patient."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from genoai_desktop.domain.case import Case, Medicine
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.pgx import CallStatus, PgxResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.outside_calls import OutsideCallsDialog
from genoai_desktop.ui.dialogs.patient_context import PatientContextDialog
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.viewmodels.medicines import by_concern, by_drug, by_gene, doses, drugs_of
from genoai_desktop.ui.widgets.basics import box, button, checkbox, choice, clear, column, label, row
from genoai_desktop.ui.widgets.medicine_bar import MedicineBar, patient_words
from genoai_desktop.ui.widgets.medicine_detail import (
    Deeds,
    dose_parts,
    medicine_parts,
    note_parts,
    what_if_parts,
)
from genoai_desktop.ui.widgets.medicine_gene import gene_parts
from genoai_desktop.ui.widgets.medicine_list import Key, MedicineList
from genoai_desktop.ui.widgets.medicine_papers import Papers
from genoai_desktop.ui.widgets.scroll import ScrollBody

if TYPE_CHECKING:
    from genoai_desktop.app.medicines import MedicineView, WhatIf
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.domain.result import CaseResult
    from genoai_desktop.ui.session import Session


_SIDE_BY_SIDE = 700
"""Width of the page, measured at the normal text size, from which list and details stand side by side."""
_LEAST_LIST = 160
_STEP = 0.01
"""Seconds of one step while what is chosen is being drawn."""


class MedicinesPage(Page):
    """Above the patient's medicines, left the list, right what is chosen or tried."""

    id = "medicines"
    rests_on = (Part.ANCESTRY,)
    icon = "medicines"
    audited_models = ("warfarin",)
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search drug or gene"))
        self.search.setAccessibleName(tr("Search drug or gene"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show_list())
        self.views: dict[str, QPushButton] = {}
        titles = {
            "concern": (tr("Concern"), tr("By concern")),
            "drug": (tr("Drug"), tr("By drug")),
            "gene": (tr("Gene"), tr("By gene")),
            "dose": (tr("Doses"), tr("Calculated doses")),
        }
        for name, (title, spoken) in titles.items():
            self.views[name] = button(title, self._show_list, name=spoken)
            self.views[name].setToolTip(spoken)
        choice(*self.views.values())
        self.list = MedicineList(desk.theme, tr("Medicines and genes"))
        self.list.chosen.connect(self._explain)
        self.bar = MedicineBar(desk.theme)
        self.papers = Papers(desk.services, self.run, self._result, self.banner)
        self.notes = button(tr("Notes"), self._show_notes)
        self.notes.hide()
        self.patient = button(tr("Patient data…"), self.edit_patient)
        for tool in (self.notes, self.patient, self.papers):
            self.tools.addWidget(tool)
        self.outside = button(tr("Other laboratories…"), self.state_outside)
        self.covered = checkbox(tr("This laboratory reports every covered position"))
        self.covered.setText(tr("This laboratory reports\nevery covered position"))
        self.covered.setToolTip(
            tr("Positions without a record then count as reference, for this case; the report says so.")
        )
        self.covered.clicked.connect(lambda _on=False: self.declare(self.covered.isChecked()))
        self._detail = QVBoxLayout()
        self._detail.setContentsMargins(0, 0, SPACE["m"], SPACE["l"])
        self._detail.setSpacing(SPACE["m"])
        self.shown = ScrollBody(tr("What is known about it"), self._detail)
        self._views: tuple[MedicineView, ...] = ()
        self._pgx: PgxResult | None = None
        self._wanted: Key | None = None
        self._session: Session | None = None
        self.tried: WhatIf | None = None
        self._coming: Iterator[QWidget] = iter(())
        self._next_part = QTimer(self)
        self._next_part.setInterval(0)
        self._next_part.timeout.connect(self._add_parts)
        self.deeds = Deeds(
            self.take,
            self.drop,
            lambda gene: self.turn_to("gene", gene),
            self._show_drug,
            self.state_outside,
            self._unstate,
            self.bar.field.setText,
        )
        self._put_together()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a page that is narrow for its text, the list stands above what is chosen."""
        super().resizeEvent(event)
        narrow = self.width() * 100 < _SIDE_BY_SIDE * self.desk.theme.scale
        self._sides.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self.list.setMinimumHeight(_LEAST_LIST if narrow else 0)
        self.shown.setMinimumHeight(_LEAST_LIST * 2 if narrow else 0)

    def name(self) -> str:
        """The title."""
        return tr("Medicines")

    def reset(self) -> None:
        """The list and the fields stay; only their content goes."""
        self._show_parts(())
        self.list.forget()
        self.bar.forget()
        self._views, self._pgx, self.tried = (), None, None

    def put_down(self) -> None:
        """What was typed goes when the next case comes: that is another session."""
        super().put_down()
        self._session = None

    def fill(self, opened: OpenCase) -> None:
        """Remember the results and show what was in view before."""
        if self._session is not self.desk.session:  # another case: what was typed for the last one goes
            self._session, self._wanted = self.desk.session, None
            self.search.clear()
            self.bar.field.clear()
        self._pgx = opened.result.pgx
        for tool in (self.papers, self.patient):
            tool.setEnabled(self._pgx is not None)
        if self._pgx is None:
            self.subtitle.setText("")
            self.notes.hide()
            failed = opened.result.failure(Part.PGX)
            self.show_analysis_failed(failed) if failed else self.show_declined()
            return
        from genoai_desktop.app.medicines import medicine_views

        if opened.result.failure(*self.rests_on):
            self.say_notes(self._pgx.notes[-1:])
        self._views = medicine_views(self._pgx, opened.case)
        called = sum(call.status is CallStatus.CALLED for call in self._pgx.calls)
        text = tr(
            "{called} of {total} genes called. Only a prescriber changes a medicine.",
            called=called,
            total=len(self._pgx.calls),
        )
        self.subtitle.setText(joined(" · ", (part for part in (patient_words(opened.case), text) if part)))
        count = len(self._pgx.notes) + bool(self._pgx.review)
        self.notes.setText(tr("Notes ({count})", count=count))
        self.notes.setVisible(count > 0)
        stated = len(opened.case.outside_calls)
        self.outside.setText(
            tr("Other laboratories ({count})…", count=stated) if stated else tr("Other laboratories…")
        )
        self.covered.setChecked(opened.case.reports_every_covered_position)
        self.bar.show_case(opened.case, self._views)
        if self.bar.field.completer() is None:
            self.run(self.desk.services.medicine_names, done=self.bar.offer, failed=_not_offered, key="names")
        self._show_list()
        if self.bar.text:
            self.try_out(self.bar.text)

    @property
    def case(self) -> Case | None:
        """The case as edited, which an analysis may not have reached yet."""
        session = self.desk.session
        return session.case if session is not None else None

    @property
    def kind(self) -> str:
        """Which list is in view: ``concern``, ``drug``, ``gene`` or ``dose``."""
        return next(name for name, made in self.views.items() if made.isChecked())

    def turn_to(self, kind: str, name: str) -> None:
        """Show one drug, gene or dose, whatever was searched for."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.bar.field.clear()
        self._wanted = (
            "drug" if kind == "concern" else kind,
            name.strip().lower() if kind != "gene" else name,
        )
        self.views[kind].setChecked(True)
        self._show_list()
        self.list.setFocus()

    def try_out(self, text: str) -> None:
        """What a prescription of ``text`` would mean, in place of what is chosen; nothing is added."""
        if self.opened is None or self._pgx is None:
            return
        if len(text) < 3:
            self.runner.cancel("try")
            if self.tried is not None:
                self.tried = None
                self._explain(self.list.key)
            return
        self.run(self.desk.services.try_medicine, self.opened, text, done=self._tried, key="try")

    def take(self, name: str, planned: bool) -> None:
        """Put a medicine on the patient's list, or change what it is there as."""
        case = self.case
        if case is None or not name.strip():
            return
        self._wanted = ("drug", name.strip().lower())
        self.bar.field.clear()
        new = Medicine(name.strip(), planned)
        same = [m for m in case.medicines if listed_as(m.name) & listed_as(new.name)]
        if same:
            changed = tuple(replace(m, planned=planned) if m in same else m for m in case.medicines)
        else:
            changed = (*case.medicines, new)
        self.desk.change(replace(case, medicines=changed))

    def _take_typed(self, name: str, planned: bool) -> None:
        """A fragment that can only mean one medicine is added as that."""
        tried = self.tried
        if tried is not None and tried.typed == name and len(tried.drugs) == 1:
            name = tried.drugs[0]
        elif tried is not None and tried.typed == name and len(tried.drugs) > 1:
            self.banner.say("warning", tr("Several medicines fit. Choose which one is meant."))
            return
        self.banner.hide()
        self.take(name, planned)

    def drop(self, name: str) -> None:
        """Take a medicine off the patient's list."""
        case = self.case
        if case is not None:
            kept = tuple(m for m in case.medicines if not listed_as(m.name) & listed_as(name))
            self.desk.change(replace(case, medicines=kept))

    def declare(self, every_position: bool) -> None:
        """Whether the laboratory reports every covered position, for this case."""
        case = self.case
        if case is not None and case.reports_every_covered_position != every_position:
            self.desk.change(replace(case, reports_every_covered_position=every_position))

    def edit_patient(self) -> PatientContextDialog | None:
        """Ask what doses and cautions need."""
        case = self.case
        if case is None or not self.may_change():
            return None
        acting = tuple(medicine.name for medicine in case.medicines if not medicine.planned)
        desk, dialog = self.desk, PatientContextDialog(self.desk.theme, self.window(), case, acting)
        dialog.accepted.connect(lambda: desk.change(dialog.edited()))
        self.present(dialog)
        return dialog

    def state_outside(self, gene: str = "") -> OutsideCallsDialog | None:
        """Ask for results of other laboratories."""
        case = self.case
        if case is None or not self.may_change():
            return None
        desk, dialog = self.desk, OutsideCallsDialog(self.desk, self.window(), case, gene)
        dialog.accepted.connect(lambda: desk.change(dialog.edited()))
        self.present(dialog)
        return dialog

    def _result(self) -> CaseResult | None:
        return self.opened.result if self.opened is not None else None

    def _unstate(self, gene: str) -> None:
        case = self.case
        if case is not None:
            kept = tuple(call for call in case.outside_calls if call.gene != gene)
            self.desk.change(replace(case, outside_calls=kept))

    def _show_drug(self, name: str) -> None:
        self.turn_to("drug", name)

    def _show_list(self) -> None:
        if self._pgx is None:
            return
        typed, theme, kind = self.search.text(), self.desk.theme, self.kind
        self.about_genes.setVisible(kind == "gene")
        if kind == "gene":
            groups = by_gene(theme, self._pgx, typed)
        elif kind == "dose":
            groups = doses(theme, self._views, typed)
        else:
            groups = (by_concern if kind == "concern" else by_drug)(theme, self._views, typed)
        self.list.show_groups(groups, self._wanted)

    def _show_notes(self) -> None:
        if self._pgx is not None:
            self._show_parts(note_parts(self.desk.theme, self._pgx))

    def _explain(self, key: Key | None) -> None:
        """What is chosen, unless something is being tried."""
        if key is not None:
            self._wanted = key
        if self.tried is not None and self.bar.text:
            return
        self._show_parts(self._parts(key))

    def _parts(self, key: Key | None) -> Iterable[QWidget]:
        pgx, case, theme = self._pgx, self.case, self.desk.theme
        if pgx is None or case is None or key is None:
            typed = self.search.text().strip()
            none = (
                tr("Nothing fits what was typed.")
                if typed
                else tr("No guideline speaks about these results.")
            )
            return [label(none, "muted", wrap=True)]
        kind, name = key
        if kind == "gene":
            call = next(one for one in pgx.calls if one.gene == name)
            return gene_parts(
                theme,
                call,
                self.deeds,
                stated=next((one for one in case.outside_calls if one.gene == name), None),
                conversion=next((one for one in pgx.conversions if one.gene == name), None),
                drugs=drugs_of(pgx, name),
            )
        view = next(one for one in self._views if one.drug == name)
        if kind == "dose":
            return dose_parts(theme, view)
        return medicine_parts(theme, view, self.deeds)

    def _tried(self, answer: WhatIf) -> None:
        if self.bar.text == answer.typed:
            self.tried = answer
            self._show_parts(what_if_parts(self.desk.theme, answer, self.deeds))

    def _show_parts(self, parts: Iterable[QWidget]) -> None:
        """Begin anew; the parts follow one after the other, so that no step is long enough to be felt."""
        clear(self._detail)
        self.shown.verticalScrollBar().setValue(0)
        self._coming = iter(parts)
        self._next_part.start()

    def _add_parts(self) -> None:
        end = time.perf_counter() + _STEP
        while time.perf_counter() < end:
            part = next(self._coming, None)
            if part is None:
                self._next_part.stop()
                self._detail.addStretch(1)
                break
            self._detail.addWidget(part)
        self.shown.fit()

    def _put_together(self) -> None:
        self.about_genes = box(row(self.covered, None, self.outside))
        left = column(row(*self.views.values(), None), self.search, self.about_genes, self.list)
        left.setStretch(3, 1)
        splitter = QSplitter()
        splitter.addWidget(box(left))
        splitter.addWidget(self.shown)
        self._sides = splitter
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 5)
        splitter.setSizes([310, 720])
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(SPACE["l"])
        splitter.setAccessibleName(tr("Medicines and what is known about them"))
        layout = column(self.bar, splitter, space="m")
        layout.setStretch(1, 1)
        self.body.addLayout(layout)
        self.bar.typed.connect(self.try_out)
        self.bar.added.connect(self._take_typed)
        self.bar.drug_wanted.connect(self._show_drug)


def _not_offered(_error: Exception) -> None:
    """Typing works without completion."""
