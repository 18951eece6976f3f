"""Phenotype: what was observed and excluded, changed here with an immediate new ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.letter import LetterDialog
from genoai_desktop.ui.help.glossary import define
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.basics import badge, box, button, card, column, label, row
from genoai_desktop.ui.widgets.term_card import TermCard
from genoai_desktop.ui.widgets.term_entry import TermEntry
from genoai_desktop.ui.widgets.term_picker import TermPicker

if TYPE_CHECKING:
    from genoai_desktop.analysis.rare_disease.suggestions import Suggestion
    from genoai_desktop.app.phenopackets import Packet
    from genoai_desktop.app.phenotype import Qualifiers
    from genoai_desktop.app.request import OpenCase

_PACKETS = "GA4GH Phenopacket (*.json)"


class PhenotypePage(Page):
    """Search, read from a letter or a phenopacket, qualify, remove; then rank again."""

    id = "phenotype"
    icon = "phenotype"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rank = button(tr("Rank again"), self._rank, kind="primary")
        self.letter_button = button(tr("From a letter…"), self.from_letter)
        self.tools.addWidget(self.letter_button)
        self.tools.addWidget(button(tr("Import phenopacket…"), self._choose_packet))
        self.tools.addWidget(button(tr("Export phenopacket…"), self._choose_target))
        self.tools.addWidget(self.rank)
        self._terms: tuple[ObservedTerm, ...] = ()
        self._editing = False
        self._qualifiers: Qualifiers | None = None
        desk.terms_accepted.connect(self.take)

    def name(self) -> str:
        """The title."""
        return tr("Phenotype")

    def fill(self, opened: OpenCase) -> None:
        """The picker, what to ask next, and the terms of the case."""
        self._terms = opened.case.terms
        self.subtitle.setText(opened.case.indication or tr("No indication was given."))
        self.picker = TermPicker(self.desk, self.runner)
        self.picker.picked.connect(self._add)
        self.term_card = TermCard(self.picker.offer)
        self.picker.looked_at.connect(self._look_at)
        self.body.addWidget(card(self.picker, self.term_card, title=tr("Add a term")))
        self._lists = card()
        self.body.addWidget(self._lists)
        self._asked = card()
        self._asked.hide()
        self.body.addWidget(self._asked)
        self.body.addStretch(1)
        self.turn.start_later(self._show_later(), lambda: define(self))
        services = self.desk.services
        if self._qualifiers is None:
            self.run(services.qualifiers, done=self._know_qualifiers, key="qualifiers")
        if opened.result.rare is not None:
            self.run(services.suggestions, opened, done=self._ask, key="suggestions")

    def _show_later(self) -> Iterator[None]:
        """The picker has taken a turn of its own."""
        self._show_terms()
        yield

    def find_field(self) -> QWidget | None:
        """Terms of HPO."""
        return self.picker.field if self.opened is not None and self._filled else None

    @property
    def terms(self) -> tuple[ObservedTerm, ...]:
        """The terms as edited, which the ranking may not know yet."""
        return self._terms

    def from_letter(self) -> None:
        """Recognise terms in a text."""
        dialog = LetterDialog(self.desk, self.window())
        dialog.accepted_terms.connect(self.desk.terms_accepted)
        self.present(dialog)

    def take(self, terms: tuple[ObservedTerm, ...]) -> None:
        """Add terms; one that is there already keeps its place in the newer form."""
        new = {term.id for term in terms}
        self._edit((*(t for t in self._terms if t.id not in new), *terms))

    def _edit(self, terms: tuple[ObservedTerm, ...]) -> None:
        """One step of undo, saved at once; ranked again when asked for, or before another page is shown."""
        opened = self.opened
        if opened is not None and terms != opened.case.terms and self.may_change():
            self._editing = True
            named = tuple(term if term in opened.case.terms else self._named(term) for term in terms)
            self.desk.keep_unanalysed(replace(opened.case, terms=named))
            self._editing = False
        self._terms = self.opened.case.terms if self.opened is not None else ()
        self._show_terms()

    def _named(self, term: ObservedTerm) -> ObservedTerm:
        """With its name: the edit is called by it, and the case is found by it, before any analysis."""
        return term if term.label else replace(term, label=self.desk.services.term_label(term.id))

    def _case_changed(self, opened: OpenCase | None) -> None:
        """An edit that came from here does not fill the page again; anything else does."""
        if not self._editing:
            super()._case_changed(opened)

    def import_packet(self, path: Path) -> None:
        """Take the terms of a phenopacket over."""
        self.run(self.desk.services.read_phenopacket, path, done=self._imported, key="packet")

    def export_packet(self, path: Path) -> None:
        """Write the terms as they stand."""
        if self.opened is not None:
            case = self.opened.case
            self.run(self.desk.services.write_phenopacket, case, path, done=self._exported, key="packet")

    def _choose_packet(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import phenopacket"), "", _PACKETS)
        if name:
            self.import_packet(Path(name))

    def _choose_target(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export phenopacket"), "phenopacket.json", _PACKETS)
        if name:
            self.export_packet(Path(name))

    def _imported(self, packet: Packet) -> None:
        self.take(packet.terms)
        odd = [finding.text for finding in packet.findings]
        count = len(packet.terms)
        text = tr("One term was taken over.") if count == 1 else tr("{n} terms were taken over.", n=count)
        self.banner.say("warning" if odd else "success", joined(" ", [text, *odd]))

    def _exported(self, _path: Path) -> None:
        self.banner.say("success", tr("The phenotype was written. It holds no name and no diagnosis."))

    def _look_at(self, term: str) -> None:
        if term:
            self.run(
                self.desk.services.term_details,
                term,
                done=self.term_card.show_term,
                failed=lambda _error: self.term_card.show_term(None),
                key="details",
            )
        else:
            self.term_card.show_term(None)

    def _know_qualifiers(self, qualifiers: Qualifiers) -> None:
        self._qualifiers = qualifiers
        for entry in self._lists.findChildren(TermEntry):
            entry.know(qualifiers)

    def _add(self, term: str, excluded: bool) -> None:
        self.take((ObservedTerm(term, excluded),))

    def _remove(self, term: ObservedTerm) -> None:
        self._edit(tuple(t for t in self._terms if t is not term))

    def _put(self, old: ObservedTerm, new: ObservedTerm) -> None:
        self._edit(tuple(new if t is old else t for t in self._terms))

    def _show_terms(self) -> None:
        session = self.desk.session
        changed = session is not None and session.behind
        self.rank.setEnabled(changed)
        self.rank.setText(tr("Rank again with these terms") if changed else tr("Ranking is up to date"))
        observed = [term for term in self._terms if not term.excluded]
        excluded = [term for term in self._terms if term.excluded]
        none_seen = tr("None yet. Without phenotype terms the ranking rests on variants alone.")
        none_excluded = tr("None. Excluded terms help as much as observed ones.")
        lists = self._entries(observed, none_seen), self._entries(excluded, none_excluded)
        entries = [entry for entry in (*lists[0], *lists[1]) if isinstance(entry, TermEntry)]
        TermEntry.align(entries, self.desk.theme.scale)
        new = card(
            label(tr("Observed ({count})", count=len(observed)), "heading"),
            *lists[0],
            label(tr("Looked for and not seen ({count})", count=len(excluded)), "heading"),
            *lists[1],
        )
        self._swap("_lists", new)

    def _entries(self, terms: list[ObservedTerm], none: str) -> list[QWidget]:
        if not terms:
            return [label(none, "muted", wrap=True)]
        return [
            TermEntry(
                term,
                term.label or self.desk.services.term_label(term.id),
                self._qualifiers,
                changed=partial(self._put, term),
                removed=partial(self._remove, term),
            )
            for term in terms
        ]

    def _ask(self, found: tuple[Suggestion, ...]) -> None:
        """What to ask about next, by what the answer would tell."""
        known = {term.id for term in self._terms}
        lines = [self._question(one) for one in found if one.term not in known]
        if lines:
            hint = label(tr("Their answers would best tell the first candidates apart."), "muted", wrap=True)
            self._swap("_asked", card(hint, *lines, title=tr("Ask about next")))

    def _question(self, one: Suggestion) -> QWidget:
        why = []
        if one.expected_in:
            why.append(tr("expected in {names}", names=joined(", ", one.expected_in[:2])))
        if one.not_described_in:
            why.append(tr("not described in {names}", names=joined(", ", one.not_described_in[:2])))
        seen = button(
            tr("Observed"), lambda: self._add(one.term, False), name=tr("Observed: {term}", term=one.label)
        )
        absent = button(
            tr("Not seen"), lambda: self._add(one.term, True), name=tr("Not seen: {term}", term=one.label)
        )
        words = column(
            label(one.label, wrap=True), label(joined("; ", why), "caption", wrap=True), space="xs"
        )
        gain = badge(tr("{bits} bits", bits=f"{one.information:.2f}"), "neutral")
        gain.setToolTip(tr("How much the answer is expected to tell: 1 bit halves the possibilities."))
        line = row(words, gain, seen, absent, space="m")
        line.setStretch(0, 1)
        return box(line)

    def _swap(self, name: str, new: QFrame) -> None:
        old: QFrame = getattr(self, name)
        self.body.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        setattr(self, name, new)
        self.fit()

    def _rank(self) -> None:
        if self.opened is not None:
            self.rank.setEnabled(False)
            self.desk.change(self.opened.case)
