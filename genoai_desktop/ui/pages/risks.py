"""Risks: secondary and carrier findings, chances drawn as X in 100, polygenic scores, coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.risk import AncestryEstimate, PolygenicScore, RiskFigure, RiskFinding
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.widgets.basics import badge, box, card, column, facts, label, row
from genoai_desktop.ui.widgets.coverage import coverage_rows
from genoai_desktop.ui.widgets.figures import Bar, ChanceLine, IconArray, Part, Stacked
from genoai_desktop.ui.widgets.variant import inheritance_words, percent, variant_card

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_SERIES = ("series_a", "series_b", "series_c", "series_d", "control_border")


class RisksPage(Page):
    """Findings first, then chances, then scores, then what was not tested."""

    id = "risks"
    icon = "risks"

    def name(self) -> str:
        """The title."""
        return tr("Risks")

    def fill(self, opened: OpenCase) -> None:
        """Every part that consent allows; the rest is not in the result."""
        risk = opened.result.risk
        if risk is None:
            self.show_declined()
            return
        self.subtitle.setText(tr("Chances, not certainties. What was not tested is listed at the end."))
        if risk.notes:
            self.banner.say("info", " ".join(risk.notes))
        for finding in risk.findings:
            self.body.addWidget(self._finding(finding))
            for variant in finding.variants:
                self.body.addWidget(variant_card(variant, self.desk.show_locus))
        if not risk.findings:
            text = tr(
                "No pathogenic variant was found in the genes that were looked at. "
                "That does not rule one out."
            )
            self.body.addWidget(
                card(label(text, "muted", wrap=True), title=tr("Secondary and carrier findings"))
            )
        for figure in risk.figures:
            self.body.addWidget(card(self._figure(figure)))
        if risk.polygenic:
            self.body.addWidget(
                card(*(self._polygenic(score) for score in risk.polygenic), title=tr("Polygenic scores"))
            )
        if risk.ancestry is not None:
            self.body.addWidget(self._ancestry(risk.ancestry))
        if risk.coverage:
            rows = coverage_rows(self.desk.theme, risk.coverage)
            self.body.addWidget(card(*rows, title=tr("Tested and not tested")))
        self.body.addStretch(1)

    def _finding(self, finding: RiskFinding) -> QFrame:
        scopes = {
            "secondary": tr("Secondary finding"),
            "carrier": tr("Carrier"),
            "primary": tr("Primary finding"),
        }
        tone = "danger" if finding.scope == "secondary" else "accent"
        head = row(
            label(finding.gene, "heading"),
            badge(scopes.get(finding.scope, finding.scope), tone),
            badge(inheritance_words(finding.inheritance)),
            None,
        )
        parts = [box(head), label(finding.condition, "strong", wrap=True), label(finding.meaning, wrap=True)]
        parts += [self._figure(figure) for figure in finding.figures]
        made = card(*parts)
        made.setAccessibleName(f"{finding.gene}: {finding.condition}")
        return made

    def _figure(self, figure: RiskFigure) -> QWidget:
        hundred = figure.value * 100
        words = tr(
            "{count} in 100 ({percent})",
            count=f"{hundred:.0f}" if hundred >= 1 else tr("fewer than 1"),
            percent=percent(figure.value),
        )
        said = f"{figure.title} {figure.horizon}: {words}"
        interval = ""
        if figure.low is not None and figure.high is not None:
            interval = tr("95 % interval {low} to {high}", low=percent(figure.low), high=percent(figure.high))
        base = ""
        if figure.baseline is not None:
            base = tr(
                "{label}: {value} (the upright line)",
                label=figure.baseline_label,
                value=percent(figure.baseline),
            )
        right = column(
            label(
                f"{figure.title}, {figure.horizon}" if figure.horizon else figure.title, "strong", wrap=True
            ),
            label(words, "figure"),
            ChanceLine(self.desk.theme, figure.value, figure.low, figure.high, figure.baseline, said),
            label("; ".join(part for part in (interval, base) if part), "muted", wrap=True),
            label(tr("{count} in 100 do not get it.", count=f"{100 - round(hundred)}"), "muted"),
            label(str(figure.source), "caption", wrap=True),
            *(label(text, "caption", wrap=True) for text in figure.caveats),
            None,
        )
        array = IconArray(self.desk.theme, hundred, said)
        both = row(array, right, space="xl")
        both.setAlignment(array, Qt.AlignmentFlag.AlignTop)
        both.setStretch(1, 1)
        return box(both)

    def _polygenic(self, score: PolygenicScore) -> QWidget:
        matched = score.matched / score.total if score.total else 0.0
        said = tr(
            "{matched} of {total} variants matched", matched=f"{score.matched:,}", total=f"{score.total:,}"
        )
        place = (
            tr("not placed: no reference fits")
            if score.percentile is None
            else tr(
                "percentile {value} of {reference}",
                value=f"{score.percentile:.0f}",
                reference=score.reference,
            )
        )
        items = [
            label(score.name, "strong", wrap=True),
            facts(
                [
                    (tr("Place"), place),
                    (
                        tr("Score"),
                        f"{score.score_sum:.3f}" + (f" (z {score.z:+.2f})" if score.z is not None else ""),
                    ),
                ]
            ),
            label(said, "caption"),
            Bar(self.desk.theme, matched, said),
            *(label(note, "caption", wrap=True) for note in score.notes),
            label(tr("Not diagnostic. A low score does not mean no risk."), "caption"),
        ]
        return box(column(*items))

    def _ancestry(self, estimate: AncestryEstimate) -> QFrame:
        shares = sorted(estimate.proportions, key=lambda pair: -pair[1])
        parts = [
            Part(name, share, _SERIES[min(i, 4)]) for i, (name, share) in enumerate(shares) if share >= 0.005
        ]
        said = ", ".join(f"{part.name} {part.share:.0%}" for part in parts)
        words = tr(
            "{used} of {total} sites spoke.",
            used=f"{estimate.sites_used:,}",
            total=f"{estimate.sites_total:,}",
        )
        items = [
            Stacked(self.desk.theme, parts, said),
            label(f"{words} {estimate.note}".strip(), "caption", wrap=True),
        ]
        return card(*items, title=tr("Genetic similarity to reference populations"))
