"""Risks: findings, chances drawn as X in 100, curves, relatives, the couple, scores, what was not tested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskCurve, RiskFigure, RiskResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.report.outcome import also_listed, outcome
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.overview import scope_words
from genoai_desktop.ui.widgets.basics import button, card, label
from genoai_desktop.ui.widgets.coverage import coverage_rows
from genoai_desktop.ui.widgets.risk_cards import Switches, curve_block, figure_block, finding_card, flow
from genoai_desktop.ui.widgets.risk_family import couple_cards, relatives_card
from genoai_desktop.ui.widgets.risk_scores import ancestry_card, scores_card
from genoai_desktop.ui.widgets.saved import say_saved
from genoai_desktop.ui.widgets.variant import variant_card

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


_SHOWN_HERE = (Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC)


class RisksPage(Page):
    """Findings first, then chances, family and couple, then scores, then what was not tested."""

    id = "risks"
    rests_on = (Part.RARE, Part.CLASSIFICATION, Part.ANCESTRY)
    icon = "risks"
    audited_models = ("ancestry", "polygenic")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.breast_button = button(tr("Breast cancer factors…"), self.ask_breast)
        self.couple_button = button(tr("Partner…"), self.ask_partner)
        self.screening_button = button(tr("Screening options…"), self.edit_screening)
        self.letter_button = button(tr("Couple letter…"), self.save_letter, kind="primary")
        self._buttons: tuple[QPushButton, ...] = (
            self.breast_button,
            self.couple_button,
            self.screening_button,
            self.letter_button,
        )
        for one in self._buttons:
            self.tools.addWidget(one)
            one.hide()

    def name(self) -> str:
        """The title."""
        return tr("Risks")

    def refresh(self) -> None:
        """As every page; without a case there is nothing to ask."""
        for one in self._buttons:
            one.setVisible(self.opened is not None)
        if self.opened is None:
            self.subtitle.setText("")
        super().refresh()

    def fill(self, opened: OpenCase) -> None:
        """Every part that consent allows; the rest is not in the result."""
        risk = opened.result.risk
        self.letter_button.setVisible(risk is not None and risk.couple is not None)
        self.breast_button.setVisible(opened.case.consent.allows(Scope.PRIMARY))
        self.couple_button.setVisible(opened.case.consent.allows(Scope.CARRIER))
        if failed := opened.result.failure(Part.RISK):
            self.subtitle.setText("")
            self.show_analysis_failed(failed)
            return
        if risk is None:
            self._nothing(opened.case)
            return
        self.subtitle.setText(tr("Chances, not certainties. What was not tested is listed at the end."))
        elsewhere = couple_left_out(opened.case)
        self.say_notes(note for note in risk.notes if note != elsewhere)
        self.add_in_turn(self._parts(opened, risk))

    def _parts(self, opened: OpenCase, risk: RiskResult) -> Iterator[QWidget]:
        """The cards from top to bottom, each made when it is asked for."""
        case, theme = opened.case, self.desk.theme
        yield from self._findings(risk, opened.result)
        yield from self._chances(risk, case)
        if risk.relatives:
            yield relatives_card(theme, case, risk.relatives)
        if risk.couple is not None:
            yield from couple_cards(theme, case, risk.couple)
        if risk.polygenic:
            yield scores_card(theme, risk.polygenic)
        if risk.ancestry is not None:
            yield ancestry_card(theme, risk.ancestry, risk.ancestry_map)
        told = risk.couple.coverage if risk.couple is not None else ()
        lines = [line for line in risk.coverage if line not in told]
        if lines:
            yield card(*coverage_rows(theme, lines), title=tr("Tested and not tested"))
        yield from self._left_out(case)

    def _left_out(self, case: Case) -> Iterator[QWidget]:
        """What is not on this page because consent does not cover it: absence must not read as a result."""
        if why := couple_left_out(case):
            way = button(tr("Consent"), lambda: self.desk.page_wanted.emit("consent"), kind="quiet")
            yield card(label(why, "muted", wrap=True), title=tr("Couple"), aside=way)
        closed = [scope_words(scope) for scope in _SHOWN_HERE if not case.consent.allows(scope)]
        if closed:
            words = tr(
                "Not covered by consent, so neither computed nor shown: {what}.", what=joined(", ", closed)
            )
            way = button(tr("Consent"), lambda: self.desk.page_wanted.emit("consent"), kind="quiet")
            yield card(label(words, "muted", wrap=True), title=tr("Not looked at"), aside=way)

    def _nothing(self, case: Case) -> None:
        if not case.consent.allows(Scope.PRIMARY):
            self.show_declined()
            return
        why = tr(
            "Secondary, carrier and polygenic findings are not covered by consent. The family history "
            "and the answers on breast cancer can still be used."
        )
        self.show_empty(
            tr("No chances were computed"),
            " ".join(filter(None, (why, couple_left_out(case)))),
            tr("Breast cancer factors…"),
            self.ask_breast,
        )

    def _findings(self, risk: RiskResult, result: CaseResult) -> Iterator[QWidget]:
        case, answer = result.case, outcome(result)
        listed = also_listed(result, answer)
        for finding in risk.findings:
            rank = answer.candidate.rank if answer.candidate and finding in listed else None
            yield finding_card(self.desk.theme, finding, rank)
            for variant in finding.variants:
                yield variant_card(variant, self.desk.show_locus)
        looked = case.consent.allows(Scope.SECONDARY) or case.consent.allows(Scope.CARRIER)
        if not risk.findings and looked:
            text = tr(
                "No pathogenic variant was found in the genes that were looked at. "
                "That does not rule one out."
            )
            yield card(label(text, "muted", wrap=True), title=tr("Secondary and carrier findings"))
        for line in risk.coverage:
            if Scope.CARRIER.value in line.subject.lower() and line.missing_items and risk.couple is None:
                items = [label(f"•  {item}", wrap=True) for item in line.missing_items]
                yield card(
                    *items,
                    label(line.note, "caption", wrap=True),
                    title=tr("Carrier genes that this file cannot answer for"),
                )

    def _chances(self, risk: RiskResult, case: Case) -> Iterator[QWidget]:
        beside: list[RiskCurve] = []
        off = case.breast.switched_off if case.breast is not None else ()
        for figure in risk.figures:
            curve = _curve_of(figure, risk.curves)
            if curve is not None:
                beside.append(curve)
            yield card(figure_block(self.desk.theme, figure, curve, Switches(off, self.switch)))
        rest = [curve for curve in risk.curves if curve not in beside and curve.ages]
        if rest:
            drawn = flow(*(curve_block(self.desk.theme, curve) for curve in rest))
            yield card(drawn, title=tr("Chances by age"))

    def switch(self, part: str, on: bool) -> None:
        """Let a part of the combined breast cancer figure count, or not."""
        if self.opened is None:
            return
        case = self.opened.case
        factors = case.breast or BreastFactors()
        off = [one for one in factors.switched_off if one != part]
        changed = replace(factors, switched_off=tuple(sorted([*off, *([] if on else [part])])))
        self.desk.change(replace(case, breast=changed))

    def ask_breast(self) -> None:
        """The questions of the breast cancer models."""
        from genoai_desktop.ui.dialogs.breast_factors import BreastFactorsDialog

        if self.opened is not None and self.may_change():
            dialog = BreastFactorsDialog(self.opened.case, self.desk.theme, self.window())
            dialog.answered.connect(self.desk.change)
            self.present(dialog)

    def ask_partner(self) -> None:
        """Couple mode: the partner's file and consent."""
        from genoai_desktop.ui.dialogs.couple import CoupleDialog

        if self.opened is not None and self.may_change():
            self.present(CoupleDialog(self.desk, self.window()))

    def edit_screening(self) -> None:
        """The clinic's own screening options; the case is analysed again with them."""
        from genoai_desktop.ui.dialogs.screening import ScreeningDialog

        desk, dialog = self.desk, ScreeningDialog(self.desk, self.window())
        dialog.saved.connect(lambda: desk.change(desk.current.case) if desk.current is not None else None)
        self.present(dialog)

    def save_letter(self) -> None:
        """Ask where the letter to the couple goes, and write it."""
        from PySide6.QtWidgets import QFileDialog

        if self.opened is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the couple letter"), "couple-letter.pdf", "PDF (*.pdf)"
        )
        if name:
            self.write_letter(name)

    def write_letter(self, name: str) -> None:
        """Write the letter to the couple into this file."""
        if self.opened is None:
            return
        self.run(
            self.desk.services.write_couple_letter,
            self.opened.result,
            Path(name),
            done=self._written,
            key="letter",
        )

    def _written(self, path: Path) -> None:
        say_saved(self.banner, tr("The couple letter was written to {file}.", file=path.name), path)


def _curve_of(figure: RiskFigure, curves: tuple[RiskCurve, ...]) -> RiskCurve | None:
    """The curve that belongs beside a combined figure."""
    return next((one for one in curves if one.model and one.model == figure.model and figure.parts), None)
