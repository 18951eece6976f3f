"""Candidates: the ranked list, and for each the evidence that made its score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from genoai_desktop.domain.acmg import Criterion
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.rare import Candidate, RareDiseaseResult
from genoai_desktop.domain.rare_words import GeneChance, by_gene, chance_figure, chance_words, unknown_words
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.help.glossary import define
from genoai_desktop.ui.in_turn import InTurn, into
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.preferred import CANDIDATES_AS
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import box, card, clear, column, label, row
from genoai_desktop.ui.widgets.candidate_cards import head_card, listed_card, reasons_cards
from genoai_desktop.ui.widgets.criteria import criteria_card
from genoai_desktop.ui.widgets.delegates import TwoLineDelegate
from genoai_desktop.ui.widgets.job_line import JobLine
from genoai_desktop.ui.widgets.ranking_bar import BOTH, PHENOTYPE, RankingBar
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.table_tools import copying
from genoai_desktop.ui.widgets.vacancy import Vacancy
from genoai_desktop.ui.widgets.variant import variant_card

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_SHOWN = 100
_LIST, _DETAIL = 250, 330
"""Least widths of the list and of the explanation at the normal text size."""
_LOW = 240
"""Least height of each where one stands above the other."""


class CandidatesPage(Page):
    """Left the ranking, right the explanation of the chosen candidate."""

    id = "candidates"
    rests_on = (Part.CLASSIFICATION, Part.QUALITY)
    icon = "candidates"
    audited_models = ("ranking", "missense")
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Candidates, most probable first"))
        self.list.setItemDelegate(TwoLineDelegate(desk.theme, self.list))
        self.list.setMinimumWidth(_LIST)
        self.list.currentRowChanged.connect(self._explain)
        self.vacancy = Vacancy(self.list, tr("No candidate has these words. Try others."))
        self._detail = QVBoxLayout()
        self._detail.setContentsMargins(0, 0, SPACE["m"], SPACE["l"])
        self._detail.setSpacing(SPACE["l"])
        self._area = area = ScrollBody(tr("Why this candidate"), self._detail)
        self._telling = InTurn(self, area.fit)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Gene or disease"))
        self.finder.setAccessibleName(tr("Narrow the list of candidates"))
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(lambda _text: self._narrow())
        self._left = box(column(self.finder, self.list))
        copying(self.list, self.may_copy)
        splitter = QSplitter()
        splitter.addWidget(self._left)
        splitter.addWidget(area)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 5)
        splitter.setSizes([320, 700])
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(SPACE["l"])
        splitter.setAccessibleName(tr("Candidates and explanation"))
        self.bar = RankingBar()
        self._prefer_unit()
        desk.preferred.connect(self._preferred)
        self.bar.evidence_wanted.connect(self._rank)
        self.bar.unit_wanted.connect(self._show_unit)
        self.bar.penetrance_wanted.connect(self._change_penetrance)
        self.job = JobLine(self.runner)
        self.job.stopped.connect(self._rank_by_both)
        self.splitter = splitter
        self.body.addWidget(self.bar)
        self.body.addWidget(self.job)
        self.body.addWidget(splitter, 1)
        self.candidates: tuple[Candidate, ...] = ()
        self._rare: RareDiseaseResult | None = None
        self._genes_shown: tuple[GeneChance, ...] = ()
        self._wanted = BOTH
        self._session = desk.session

    def name(self) -> str:
        """The title."""
        return tr("Candidates")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both have no room beside each other, the explanation stands below the list."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        scale = self.desk.theme.scale
        beside = self.width() * 100 >= (_LIST + _DETAIL) * scale
        self.splitter.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        for part in (self._left, self._area):
            part.setMinimumHeight(0 if beside else _LOW)

    def find_field(self) -> QWidget | None:
        """Narrows the list."""
        return self.finder

    def reset(self) -> None:
        """The list and the explanation stay; only their content goes."""
        self._telling.stop()
        clear(self._detail)

    def put_down(self) -> None:
        """The next case is another session."""
        super().put_down()
        self._session, self._rare, self.candidates, self._genes_shown = None, None, (), ()

    def fill(self, opened: OpenCase) -> None:
        """List the candidates and explain the first."""
        if failed := opened.result.failure(Part.RARE):
            self.show_analysis_failed(failed)
            return
        if opened.result.rare is None:
            self.show_declined()
            return
        if self._session is not self.desk.session:
            self._session, self._wanted = self.desk.session, BOTH
        self._fold()
        self.bar.show_case(incomplete_penetrance=opened.case.incomplete_penetrance)
        if self._wanted == BOTH:
            self.show_ranking(opened.result.rare)
        else:
            self.bar.evidence[self._wanted].setChecked(True)
            self._rank(self._wanted)

    def show_ranking(self, rare: RareDiseaseResult) -> None:
        """Show one ranking; what was in view stays in view where it is still there."""
        before = self._chosen
        self._rare = rare
        self._genes_shown = by_gene(rare.candidates)[:_SHOWN] if self.bar.genes.isChecked() else ()
        self.candidates = (
            tuple(row.candidates[0] for row in self._genes_shown)
            if self._genes_shown
            else rare.candidates[:_SHOWN]
        )
        self.subtitle.setText(self._summary(rare))
        self.banner.hide()
        self.say_notes(rare.notes)
        if not self.candidates:
            self._say_none()
            return
        self.show_body()
        self.list.blockSignals(True)
        self.list.clear()
        for index, candidate in enumerate(self.candidates):
            self.list.addItem(self._gene_item(index) if self._genes_shown else self._item(candidate))
        names = [_name(candidate) for candidate in self.candidates]
        index = names.index(before) if before in names else 0
        self.list.setCurrentRow(index)
        self.list.blockSignals(False)
        self._narrow()
        self._explain(index)

    def _prefer_unit(self) -> None:
        """List diseases or genes, as a person prefers."""
        genes = self.desk.preference(CANDIDATES_AS, "diseases") == "genes"
        (self.bar.genes if genes else self.bar.diseases).setChecked(True)

    def _preferred(self, key: str) -> None:
        """Filled anew rather than shown again: consent may have changed meanwhile."""
        if key == CANDIDATES_AS:
            self._prefer_unit()
            self.invalidate()

    def _narrow(self) -> None:
        """Hide what has not every word that was typed; the one in view stays explained."""
        words = self.finder.text().casefold().split()
        for at in range(self.list.count()):
            item = self.list.item(at)
            text = item.text().casefold()
            item.setHidden(not all(word in text for word in words))
        self.vacancy.look()

    def _summary(self, rare: RareDiseaseResult) -> str:
        if self._genes_shown:
            count = tr("{count} genes, most probable first.", count=len(self._genes_shown))
        else:
            count = tr("{count} candidate diagnoses, most probable first.", count=len(rare.candidates))
        observed = self.opened is not None and bool(self.opened.case.observed)
        bare = "" if observed else tr("No phenotype terms: ranked by the variants alone.")
        parts = (count, bare, unknown_words(rare.unknown), tr("Every number opens into its evidence."))
        return joined(" ", (part for part in parts if part))

    def _say_none(self) -> None:
        opened = self.opened
        self.show_empty(
            tr("No candidate"),
            tr(
                "Nothing in the bundled knowledge fits this phenotype and these variants. "
                "Add phenotype terms, or look at the filters."
            ),
            tr("Edit this case…"),
            lambda: self.desk.edit_wanted.emit(opened, None) if opened is not None else None,
        )

    def _rank(self, evidence: str) -> None:
        """Rank by part of the evidence, off this thread, and show it in place."""
        opened = self.opened
        self._wanted = evidence
        if opened is None or opened.result.rare is None:
            return
        if evidence == BOTH:
            self.runner.cancel("ranking")
            self.show_ranking(opened.result.rare)
            return
        self.run(
            self.desk.services.ranked_by,
            opened,
            evidence,
            done=self._show_part,
            failed=self._not_ranked,
            key="ranking",
        )

    def _not_ranked(self, error: Exception) -> None:
        """The whole ranking is still there: show it, and say why the part is not."""
        self._rank_by_both()
        self.banner.explain(error)

    def _rank_by_both(self) -> None:
        self.bar.evidence[BOTH].setChecked(True)
        self._rank(BOTH)

    def _show_part(self, rare: RareDiseaseResult | None) -> None:
        if rare is not None:
            self.show_ranking(rare)

    def _show_unit(self, _genes: bool) -> None:
        if self._rare is not None:
            self.show_ranking(self._rare)

    def _change_penetrance(self, incomplete: bool) -> None:
        """Part of the case: one step of undo, analysed again, saved."""
        if self.opened is not None:
            self.desk.change(replace(self.opened.case, incomplete_penetrance=incomplete))

    @property
    def _chosen(self) -> tuple[str, str] | None:
        """The candidate in view, to stay in view when the case is analysed again."""
        index = self.list.currentRow()
        return _name(self.candidates[index]) if 0 <= index < len(self.candidates) else None

    def _item(self, candidate: Candidate) -> QListWidgetItem:
        known = candidate.probability
        chance = chance_figure(known) if known is not None else written(candidate.score, "+.1f")
        top = f"{candidate.rank}.  {candidate.gene or candidate.disease_id}"
        return _entry(top, titled(candidate.disease_name), chance, candidate.probability)

    def _gene_item(self, index: int) -> QListWidgetItem:
        found = self._genes_shown[index]
        first, more = found.candidates[0], len(found.candidates) - 1
        text = (
            tr("{disease} and {count} more", disease=titled(first.disease_name), count=more)
            if more
            else titled(first.disease_name)
        )
        known = found.probability
        chance = chance_figure(known) if known is not None else written(first.score, "+.1f")
        return _entry(f"{index + 1}.  {found.gene}", text, chance, found.probability)

    def _explain(self, index: int) -> None:
        self._telling.stop()
        clear(self._detail)
        if not 0 <= index < len(self.candidates):
            return

        def finish() -> None:
            self._detail.addStretch(1)
            define(self)

        self._telling.start(into(self._detail, self._parts(index)), finish)

    @property
    def built(self) -> bool:
        """Whether the explanation is complete."""
        return super().built and not self._telling.busy

    def _parts(self, index: int) -> Iterator[QWidget]:
        """The cards of the explanation, each made when it is asked for."""
        candidate = self.candidates[index]
        yield head_card(candidate)
        if self._genes_shown and len(self._genes_shown[index].candidates) > 1:
            yield self._diseases(self._genes_shown[index])
        yield from reasons_cards(candidate, self.desk.theme, self.desk.services.term_label)
        if candidate.against:
            yield listed_card(tr("What argues against"), tr("Against"), "warning", candidate.against)
        if candidate.would_change:
            title = tr("What would change the answer")
            yield listed_card(title, tr("If known"), "accent", candidate.would_change)
        for variant in candidate.variants:
            yield variant_card(variant, self.desk.show_locus)
            criteria = criteria_card(variant, partial(self.edit_criterion, variant))
            if criteria is not None:
                yield criteria
        if not candidate.variants:
            yield card(label(self._no_variant(), "muted", wrap=True), title=tr("Variants"))

    def _no_variant(self) -> str:
        if self._wanted == PHENOTYPE:
            return tr("Ranked by phenotype alone: the variants of the file were not looked at.")
        return tr("No variant in this file supports the candidate; it rests on the phenotype alone.")

    def _diseases(self, found: GeneChance) -> QFrame:
        """The diseases of one gene with their chances; the first is explained below."""
        lines = [
            row(label(titled(one.disease_name), wrap=True), label(_chance(one), "strong"))
            for one in found.candidates[:12]
        ]
        for entry in lines:
            entry.setStretch(0, 1)
        return card(*lines, title=tr("Diseases of {gene}; the first is explained below", gene=found.gene))

    def edit_criterion(self, variant: ReportedVariant, criterion: Criterion) -> None:
        """Open the editor; what is decided there becomes part of the case, which is analysed again."""
        from genoai_desktop.app.criteria import last_author, with_edit, without_edit
        from genoai_desktop.ui.dialogs.criteria import CriterionDialog

        opened = self.desk.current
        if opened is None or variant.acmg is None or not self.may_change():
            return
        desk = self.desk

        def restore() -> None:
            if desk.current is not None:
                desk.change(without_edit(desk.current.case, variant.key, criterion.code))

        def apply() -> None:
            if desk.current is not None and dialog.edit is not None:
                desk.change(with_edit(desk.current.case, dialog.edit))

        dialog = CriterionDialog(self.window(), variant, criterion, last_author(opened.case), restore)
        dialog.accepted.connect(apply)
        self.present(dialog)


def _entry(top: str, text: str, chance: str, share: float | None) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(Qt.ItemDataRole.UserRole, (top, text, chance, None if share is None else min(share, 1.0)))
    spoken = "" if share is None else chance_words(share)
    item.setText(f"{top} {text} {chance} {spoken}".strip())
    item.setToolTip(f"{text}\n{spoken}".strip())
    return item


def _chance(candidate: Candidate) -> str:
    known = candidate.probability
    return chance_words(known) if known is not None else written(candidate.score, "+.1f")


def _name(candidate: Candidate) -> tuple[str, str]:
    return candidate.disease_id, candidate.gene or ""
