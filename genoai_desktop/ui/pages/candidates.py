"""Candidates: the ranked list, and for each the evidence that made its score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
)

from genoai_desktop.domain.acmg import Criterion
from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import badge, box, card, clear, column, label, row
from genoai_desktop.ui.widgets.criteria import criteria_card
from genoai_desktop.ui.widgets.delegates import TwoLineDelegate
from genoai_desktop.ui.widgets.figures import SignedBar
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.variant import inheritance_words, variant_card

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_KINDS = ("phenotype", "variant", "inheritance", "prior")
_SHOWN = 100


class CandidatesPage(Page):
    """Left the ranking, right the explanation of the chosen candidate."""

    id = "candidates"
    icon = "candidates"
    audited_models = ("ranking", "missense")
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Candidates, most probable first"))
        self.list.setItemDelegate(TwoLineDelegate(desk.theme, self.list))
        self.list.setMinimumWidth(280)
        self.list.currentRowChanged.connect(self._explain)
        self._detail = QVBoxLayout()
        self._detail.setContentsMargins(0, 0, SPACE["m"], SPACE["l"])
        self._detail.setSpacing(SPACE["l"])
        area = ScrollBody(tr("Why this candidate"), self._detail)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(area)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 5)
        splitter.setSizes([320, 700])
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(SPACE["l"])
        splitter.setAccessibleName(tr("Candidates and explanation"))
        self.body.addWidget(splitter)
        self.candidates: tuple[Candidate, ...] = ()

    def name(self) -> str:
        """The title."""
        return tr("Candidates")

    def reset(self) -> None:
        """The list and the explanation stay; only their content goes."""
        clear(self._detail)

    def fill(self, opened: OpenCase) -> None:
        """List the candidates and explain the first."""
        rare = opened.result.rare
        if rare is None:
            self.show_declined()
            return
        before = self._chosen
        self.candidates = rare.candidates[:_SHOWN]
        self.subtitle.setText(
            tr(
                "{count} candidate diagnoses, most probable first. Every number opens into its evidence.",
                count=len(rare.candidates),
            )
        )
        if rare.notes:
            self.banner.say("info", " ".join(rare.notes))
        if not self.candidates:
            self.show_empty(
                tr("No candidate"),
                tr(
                    "Nothing in the bundled knowledge fits this phenotype and these variants. "
                    "Add phenotype terms, or look at the filters."
                ),
                tr("Edit this case…"),
                lambda: self.desk.edit_wanted.emit(opened, None),
            )
            return
        self.list.blockSignals(True)
        self.list.clear()
        for candidate in self.candidates:
            self.list.addItem(self._item(candidate))
        names = [_name(candidate) for candidate in self.candidates]
        index = names.index(before) if before in names else 0
        self.list.setCurrentRow(index)
        self.list.blockSignals(False)
        self._explain(index)

    @property
    def _chosen(self) -> tuple[str, str] | None:
        """The candidate in view, to stay in view when the case is analysed again."""
        index = self.list.currentRow()
        return _name(self.candidates[index]) if 0 <= index < len(self.candidates) else None

    def _item(self, candidate: Candidate) -> QListWidgetItem:
        chance = (
            f"{candidate.probability:.0%}" if candidate.probability is not None else f"{candidate.score:+.1f}"
        )
        item = QListWidgetItem()
        top = f"{candidate.rank}.  {candidate.gene or candidate.disease_id}"
        item.setData(Qt.ItemDataRole.UserRole, (top, candidate.disease_name, chance, candidate.probability))
        item.setText(f"{top} {candidate.disease_name} {chance}")
        item.setToolTip(candidate.disease_name)
        return item

    def _explain(self, index: int) -> None:
        clear(self._detail)
        if not 0 <= index < len(self.candidates):
            return
        candidate = self.candidates[index]
        self._detail.addWidget(self._head(candidate))
        self._detail.addWidget(self._contributions(candidate))
        if candidate.against:
            lines = [
                row(badge(tr("Against"), "warning"), label(text, wrap=True), space="m")
                for text in candidate.against
            ]
            for entry in lines:
                entry.setStretch(1, 1)
            self._detail.addWidget(card(*lines, title=tr("What argues against")))
        for variant in candidate.variants:
            self._detail.addWidget(variant_card(variant, self.desk.show_locus))
            self._add_criteria(variant)
        if not candidate.variants:
            text = tr("No variant in this file supports the candidate; it rests on the phenotype alone.")
            self._detail.addWidget(card(label(text, "muted", wrap=True), title=tr("Variants")))
        self._detail.addStretch(1)

    def _add_criteria(self, variant: ReportedVariant) -> None:
        made = criteria_card(variant, lambda criterion: self.edit_criterion(variant, criterion))
        if made is not None:
            self._detail.addWidget(made)

    def edit_criterion(self, variant: ReportedVariant, criterion: Criterion) -> None:
        """Open the editor; what is decided there becomes part of the case, which is analysed again."""
        from genoai_desktop.app.criteria import last_author, with_edit, without_edit
        from genoai_desktop.ui.dialogs.criteria import CriterionDialog

        opened = self.desk.current
        if opened is None or variant.acmg is None:
            return
        case = opened.case

        def restore() -> None:
            self.desk.change(without_edit(case, variant.key, criterion.code))

        dialog = CriterionDialog(self.window(), variant, criterion, last_author(case), restore)
        if dialog.exec() and dialog.edit is not None:
            self.desk.change(with_edit(case, dialog.edit))
        dialog.deleteLater()

    def _head(self, candidate: Candidate) -> QFrame:
        name = label(candidate.disease_name, "heading", wrap=True)
        badges = [badge(candidate.gene, "accent")] if candidate.gene else []
        badges += [badge(inheritance_words(mode)) for mode in candidate.inheritance]
        if candidate.probability is None:
            words = tr(
                "No calibrated probability; the score is {score} (natural log odds).",
                score=f"{candidate.score:+.2f}",
            )
        else:
            words = tr(
                "Calibrated probability {chance}, score {score} (natural log odds).",
                chance=f"{candidate.probability:.1%}",
                score=f"{candidate.score:+.2f}",
            )
        names = ", ".join((candidate.disease_id, *candidate.cross_references))
        return card(name, row(*badges, None), label(words, wrap=True), label(names, "caption", wrap=True))

    def _contributions(self, candidate: Candidate) -> QFrame:
        order = {kind: index for index, kind in enumerate(_KINDS)}
        parts = sorted(candidate.contributions, key=lambda c: (order.get(c.kind, 9), -abs(c.log_odds)))
        scale = max((abs(part.log_odds) for part in parts), default=1.0)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE["l"])
        grid.setVerticalSpacing(SPACE["m"])
        kind = ""
        line = 0
        for part in parts:
            if part.kind != kind:
                kind = part.kind
                grid.addWidget(label(self._kind(kind), "overline"), line, 0, 1, 3)
                line += 1
            self._contribution(grid, line, part, scale)
            line += 1
        total = sum(part.log_odds for part in parts)
        grid.addWidget(label(tr("Sum"), "strong"), line, 0)
        grid.addWidget(label(f"{total:+.2f}", "strong"), line, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        hint = label(
            tr("To the right speaks for, to the left against. The numbers add up to the score."),
            "caption",
            wrap=True,
        )
        return card(box(grid), hint, title=tr("Why: the evidence, in natural log odds"))

    def _contribution(self, grid: QGridLayout, line: int, part: Contribution, scale: float) -> None:
        words = [label(self._subject(part), wrap=True)]
        detail = part.text + (f" [{part.source}]" if part.source else "")
        if part.subject.startswith("HP:"):
            detail = f"{part.subject}: {detail}"
        if part.subject and detail.strip():
            words.append(label(detail, "caption", wrap=True))
        grid.addWidget(box(column(*words, space="xs")), line, 0)
        said = tr("{subject}: {value} log odds", subject=part.subject, value=f"{part.log_odds:+.2f}")
        grid.addWidget(SignedBar(self.desk.theme, part.log_odds, scale, said), line, 1)
        grid.addWidget(label(f"{part.log_odds:+.2f}"), line, 2, Qt.AlignmentFlag.AlignRight)

    def _subject(self, part: Contribution) -> str:
        """The term's name rather than its number; the explanation where there is no subject."""
        if part.subject.startswith("HP:"):
            return self.desk.services.term_label(part.subject)
        return part.subject or part.text

    @staticmethod
    def _kind(kind: str) -> str:
        names = {
            "phenotype": tr("Phenotype"),
            "variant": tr("Variants"),
            "inheritance": tr("Inheritance"),
            "prior": tr("Before any evidence"),
        }
        return names.get(kind, kind)


def _name(candidate: Candidate) -> tuple[str, str]:
    return candidate.disease_id, candidate.gene or ""
