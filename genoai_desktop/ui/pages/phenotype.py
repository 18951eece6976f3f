"""Phenotype: what was observed and excluded, changed here with an immediate new ranking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from genoai_desktop.domain.case import Case, ObservedTerm
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.basics import badge, box, button, card, label, row
from genoai_desktop.ui.widgets.term_picker import TermPicker

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


class PhenotypePage(Page):
    """Search, add, exclude, remove; then rank again."""

    id = "phenotype"
    icon = "phenotype"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rank = button(tr("Rank again"), self._rank, kind="primary")
        self.tools.addWidget(self.rank)
        self._terms: tuple[ObservedTerm, ...] = ()

    def name(self) -> str:
        """The title."""
        return tr("Phenotype")

    def fill(self, opened: OpenCase) -> None:
        """The picker and the terms of the case."""
        self._terms = opened.case.terms
        self.subtitle.setText(opened.case.indication or tr("No indication was given."))
        self.picker = TermPicker(self.desk, self.runner)
        self.picker.picked.connect(self._add)
        self.body.addWidget(card(self.picker, title=tr("Add a term")))
        self._lists = card()
        self.body.addWidget(self._lists)
        self.body.addStretch(1)
        self._show_terms()

    @property
    def terms(self) -> tuple[ObservedTerm, ...]:
        """The terms as edited, before ranking again."""
        return self._terms

    def _add(self, term: str, excluded: bool) -> None:
        self._terms = (*(t for t in self._terms if t.id != term), ObservedTerm(term, excluded))
        self._show_terms()

    def _remove(self, term: ObservedTerm) -> None:
        self._terms = tuple(t for t in self._terms if t is not term)
        self._show_terms()

    def _turn(self, term: ObservedTerm) -> None:
        self._terms = tuple(replace(t, excluded=not t.excluded) if t is term else t for t in self._terms)
        self._show_terms()

    def _show_terms(self) -> None:
        opened = self.opened
        changed = opened is not None and self._terms != opened.case.terms
        self.rank.setEnabled(changed)
        self.rank.setText(tr("Rank again with these terms") if changed else tr("Ranking is up to date"))
        observed = [term for term in self._terms if not term.excluded]
        excluded = [term for term in self._terms if term.excluded]
        new = card(
            label(tr("Observed ({count})", count=len(observed)), "heading"),
            *(self._entry(term) for term in observed),
            *(
                []
                if observed
                else [
                    label(
                        tr("None yet. Without phenotype terms the ranking rests on variants alone."),
                        "muted",
                        wrap=True,
                    )
                ]
            ),
            label(tr("Looked for and not seen ({count})", count=len(excluded)), "heading"),
            *(self._entry(term) for term in excluded),
            *(
                []
                if excluded
                else [label(tr("None. Excluded terms help as much as observed ones."), "muted", wrap=True)]
            ),
        )
        self.body.replaceWidget(self._lists, new)
        self._lists.hide()
        self._lists.deleteLater()
        self._lists = new

    def _entry(self, term: ObservedTerm) -> QWidget:
        name = self.desk.services.term_label(term.id)
        mark = badge(tr("not seen"), "neutral") if term.excluded else badge(tr("observed"), "accent")
        turn = button(
            tr("Mark as observed") if term.excluded else tr("Mark as not seen"),
            lambda: self._turn(term),
            kind="quiet",
        )
        turn.setAccessibleName(f"{turn.text()}: {name}")
        remove = button(
            tr("Remove"), lambda: self._remove(term), kind="quiet", name=tr("Remove {name}", name=name)
        )
        return box(row(mark, label(name), label(term.id, "caption"), None, turn, remove, space="m"))

    def _rank(self) -> None:
        if self.opened is None:
            return
        old = self.opened
        case: Case = replace(old.case, terms=self._terms)
        self.rank.setEnabled(False)
        self.desk.edit_wanted.emit(old, case)
