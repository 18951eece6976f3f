"""Overview: the answer at a glance, what to look at, and what could not be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from genoai_desktop.domain.case import Case, Scope, Sex
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.findings import Severity
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.pgx import Concern
from genoai_desktop.domain.rare_words import chance_figure
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge, box, button, card, column, facts, label, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.columns import columns
from genoai_desktop.ui.widgets.coverage import coverage_rows
from genoai_desktop.ui.widgets.finding_words import TONES, finding_words, severity_words

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.domain.result import CaseResult


_TILE = 220
"""Least width of an answer at the normal text size."""


class OverviewPage(Page):
    """One screen that says what was found, what needs a look, and what was not tested."""

    id = "overview"
    icon = "overview"

    def name(self) -> str:
        """The title."""
        return tr("Overview")

    def fill(self, opened: OpenCase) -> None:
        """Answer cards, then attention, then the case and its limits."""
        case = opened.case
        self.subtitle.setText(case.indication or tr("No indication was given."))
        if case.synthetic:
            self.banner.say("info", tr("Synthetic demo case. Nobody's genome; not for any decision."))
        cards = (self._diagnosis(opened), self._medicines(opened), self._risks(opened))
        self.body.addWidget(columns(*cards, least=_TILE * self.desk.theme.scale // 100))
        self.body.addWidget(self._attention(opened))
        self.body.addWidget(self._case(opened))
        self.body.addWidget(self._limits(opened.result))
        self.body.addStretch(1)

    def _answer(self, title: str, icon: str, figure: str, text: str, page: str, action: str) -> QFrame:
        head = row(mark(self.desk.theme, icon, "accent"), label(title, "overline", wrap=True))
        head.setStretch(1, 1)
        go = button(action, lambda: self.desk.page_wanted.emit(page), kind="quiet")
        made = card(head, label(figure, "title", wrap=True), label(text, "muted", wrap=True), None, go)
        made.setMinimumHeight(196)
        made.setAccessibleName(title)
        return made

    def _failed(self, title: str, page: str, action: str) -> QFrame:
        """Not to be taken for nothing found, nor for a part that was declined."""
        text = tr("This analysis failed in the program: nothing can be said.")
        return self._answer(title, "error", tr("Failed"), text, page, action)

    def _diagnosis(self, opened: OpenCase) -> QFrame:
        title, action = tr("First candidate"), tr("All candidates")
        rare = opened.result.rare
        if opened.result.failure(Part.RARE):
            return self._failed(title, "candidates", action)
        if rare is None:
            return self._answer(
                title, "lock", tr("Not run"), tr("Not covered by consent."), "candidates", action
            )
        if not rare.candidates:
            text = tr("No disease fits what is known. That does not rule one out.")
            return self._answer(title, "candidates", tr("None found"), text, "candidates", action)
        first = rare.candidates[0]
        chance = (
            tr("Probability {value}. ", value=chance_figure(first.probability))
            if first.probability is not None
            else ""
        )
        text = chance + tr("{name}. A candidate, not a diagnosis.", name=titled(first.disease_name))
        return self._answer(title, "candidates", first.gene or first.disease_id, text, "candidates", action)

    def _medicines(self, opened: OpenCase) -> QFrame:
        title, action = tr("Medicines"), tr("All medicines")
        pgx = opened.result.pgx
        if opened.result.failure(Part.PGX):
            return self._failed(title, "medicines", action)
        if pgx is None:
            return self._answer(
                title, "lock", tr("Not run"), tr("Not covered by consent."), "medicines", action
            )
        taken = listed_as(*(medicine.name for medicine in opened.case.medicines))
        grave = {advice.drug for advice in pgx.advice if advice.concern in (Concern.AVOID, Concern.ADJUST)}
        own = sorted(drug for drug in grave if drug.lower() in taken)
        figure = tr("{count} of concern", count=len(grave))
        text = (
            tr("Among the patient's own medicines: {names}.", names=joined(", ", own))
            if own
            else tr("None among the medicines listed for this patient.")
        )
        return self._answer(title, "medicines", figure, text, "medicines", action)

    def _risks(self, opened: OpenCase) -> QFrame:
        title, action = tr("Secondary and carrier findings"), tr("All risks")
        risk = opened.result.risk
        if opened.result.failure(Part.RISK):
            return self._failed(title, "risks", action)
        if risk is None:
            return self._answer(title, "lock", tr("Not run"), tr("Not covered by consent."), "risks", action)
        genes = sorted({finding.gene for finding in risk.findings})
        text = (
            joined(", ", genes)
            if genes
            else tr("None found. That is not the same as none present: see what was not tested.")
        )
        return self._answer(
            title, "risks", tr("{count} found", count=len(risk.findings)), text, "risks", action
        )

    def _gaps(self, opened: OpenCase) -> Iterator[tuple[str, str, str]]:
        """What is missing of the case: in words, the button that helps, and the page that it turns to."""
        if not opened.table.height:
            told = tr("The file was read, but it holds no alternate allele: there is nothing to rank.")
            yield told, tr("Quality"), "quality"
        if not opened.case.observed and opened.result.rare is not None:
            told = tr("No phenotype terms: the candidates rest on the variants alone.")
            yield told, tr("Add phenotype terms"), "phenotype"
        if not any(opened.case.consent.allows(scope) for scope in Scope):
            yield tr("Consent covers nothing: no analysis was run."), tr("Consent"), "consent"

    def _attention(self, opened: OpenCase) -> QFrame:
        findings, gaps = opened.result.findings, list(self._gaps(opened))
        order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
        ranked = sorted(findings, key=lambda f: order.index(f.severity))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE["m"])
        grid.setVerticalSpacing(SPACE["m"])
        grid.setColumnStretch(1, 1)
        for number, (told, action, page) in enumerate(gaps):
            go = button(action, lambda page=page: self.desk.page_wanted.emit(page), kind="quiet")
            grid.addWidget(badge(tr("Missing"), "warning"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(beside(label(told, wrap=True), go), number, 1)
        for number, finding in enumerate(ranked[:12], start=len(gaps)):
            kind = badge(severity_words(finding.severity), TONES[finding.severity])
            grid.addWidget(kind, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(finding_words(finding), wrap=True), number, 1)
        rows: list[QWidget | QLayout | None] = [box(grid)]
        if not ranked and not gaps:
            rows = [label(tr("Nothing odd was found in the file or the analysis."), "muted")]
        if len(ranked) > 12:
            rows.append(label(tr("and {count} more on the Quality page", count=len(ranked) - 12), "caption"))
        return card(*rows, title=tr("Needs a look"))

    def _case(self, opened: OpenCase) -> QFrame:
        case = opened.case
        given = [scope_words(scope) for scope in Scope if case.consent.allows(scope)]
        labels = [self.desk.services.term_label(term) for term in case.observed]
        pairs = [
            (tr("Patient"), _patient(case)),
            (tr("Family in the file"), joined(", ", (p.id for p in case.persons if p.sample)) or "–"),
            (tr("Phenotype"), joined(", ", labels)),
            (tr("Consent covers"), joined(", ", given)),
            (tr("Medicines"), joined(", ", (m.name for m in case.medicines))),
            (tr("File and build"), f"{case.vcf_name}, {case.build}"),
        ]
        edit = button(tr("Edit this case…"), lambda: self.desk.edit_wanted.emit(opened, None), kind="quiet")
        return card(facts(pairs), title=tr("This case"), aside=edit)

    def _limits(self, result: CaseResult) -> QFrame:
        coverage = result.coverage
        if failed := result.failure(Part.QUALITY):
            return card(label(failed.words, wrap=True), title=tr("Tested and not tested"))
        if not coverage:
            text = tr(
                "The file does not say which positions were covered. "
                "A missing variant is not proof of absence."
            )
            return card(label(text, "muted", wrap=True), title=tr("Tested and not tested"))
        return card(
            column(*coverage_rows(self.desk.theme, coverage), space="m"), title=tr("Tested and not tested")
        )


def _patient(case: Case) -> str:
    """Sample, sex and age in years of the patient; what is not stated is said to be so."""
    sex, age = case.index.sex, case.index.age_years
    return joined(
        ", ",
        (
            case.proband,
            tr("sex not stated") if sex is Sex.UNKNOWN else term(sex),
            tr("age not stated") if age is None else written(age, "g"),
        ),
    )


def scope_words(scope: Scope) -> str:
    """A scope of consent in words."""
    return {
        Scope.PRIMARY: tr("primary findings"),
        Scope.SECONDARY: tr("secondary findings"),
        Scope.CARRIER: tr("carrier findings"),
        Scope.PGX: tr("medicines"),
        Scope.POLYGENIC: tr("polygenic scores"),
        Scope.RESEARCH: tr("research"),
        Scope.RECONTACT: tr("recontact"),
    }[scope]
