"""Similar cases: neighbours by features, a map of cases, and whether anything like this was ever seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.profiles import Neighbour, ProfileGroup, ProfileResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.report.drawings.maps import profile_map
from genoai_desktop.ui.in_turn import pause
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge, box, card, column, label, row
from genoai_desktop.ui.widgets.figures import Bar
from genoai_desktop.ui.widgets.risk_cards import flow
from genoai_desktop.ui.widgets.risk_drawing import DrawingView

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_GRID = 760
"""Width of the page at the normal text size from which neighbours are a table."""
_SIDE = 330
"""Pixels for the words beside the map; in a narrow window they go below it."""


_ROWS_AT_A_TIME = 3
"""Neighbours that are laid out in one turn."""


class SimilarPage(Page):
    """Compared when looked at; nothing of it is stored."""

    id = "similar"
    icon = "similar"

    def name(self) -> str:
        """The title."""
        return tr("Similar cases")

    def refresh(self) -> None:
        """As every page."""
        if self.opened is None:
            self.subtitle.setText("")
        super().refresh()

    def fill(self, opened: OpenCase) -> None:
        """Ask for the comparison; what comes back is shown by ``show_result``."""
        self.subtitle.setText("")
        if not opened.case.consent.allows(Scope.PRIMARY):
            self.show_declined()
            return
        if not opened.case.observed:
            self.show_empty(
                tr("No observed feature to compare"),
                tr("Enter what was seen in the patient on the Phenotype page."),
                tr("Phenotype"),
                lambda: self.desk.page_wanted.emit("phenotype"),
            )
            return
        if failed := opened.result.failure(Part.RARE):
            told = tr("Compared by features alone: which genes explain the case is not known.")
            self.banner.say("error", f"{told} {failed.words}", *self.way_again())
        self.show_loading(tr("Comparing with other cases"))
        book, session = self.desk.vault.casebook, self.desk.session
        uid = session.uid if session is not None else ""
        self.run(
            self.desk.services.similar_cases,
            opened.result,
            book,
            uid,
            done=self.show_result,
            failed=self._failed,
            key="similar",
        )

    def show_result(self, found: ProfileResult | None) -> None:
        """The verdict, the map with its groups, and the neighbours."""
        if found is None:
            self.show_declined()
            return
        self.reset()
        where = tr("published cases")
        if self.desk.vault.casebook is not None:
            where = tr("published cases and this clinic's cases with consent to research")
        self.subtitle.setText(tr("Compared with {where}, by features alone.", where=where))
        self.show_body()
        self.add_in_turn(self._parts(found))

    def _parts(self, found: ProfileResult) -> Iterator[QWidget]:
        yield self._verdict(found)
        if found.points:
            yield self._map(found)
        if found.neighbours:
            yield from self._neighbours(found.neighbours)
        notes = [label(note, "caption", wrap=True) for note in found.notes]
        versions = joined(", ", (f"{one.name} {one.release}" for one in found.versions))
        yield card(*notes, label(tr("Source: {source}", source=versions), "caption", wrap=True))

    def _failed(self, error: Exception) -> None:
        self.show_failed(error, self.invalidate)

    def _verdict(self, found: ProfileResult) -> QFrame:
        if found.unlike is None or found.percentile is None:
            return card(label(tr("There is nothing to compare."), "strong"))
        place = tr(
            "Of 100 published cases with about as many features, {n} have a nearest neighbour less alike "
            "than this case's.",
            n=f"{found.percentile:.0f}",
        )
        if found.unlike:
            head, sign, tone = tr("Unlike anything seen"), "warning", "warning"
            more = tr(
                "Fewer than 5 of 100 lie so far from every other case. Think of a condition that is not "
                "described yet, of two conditions at once, or of a feature entered by mistake."
            )
        else:
            head, sign, tone = tr("Cases like this one were seen"), "info", "accent"
            more = tr("Being alike in features is no proof of the same diagnosis.")
        words = column(
            label(head, "heading"), label(place, wrap=True), label(more, "muted", wrap=True), space="xs"
        )
        shown = mark(self.desk.theme, sign, tone, 24)
        line = row(shown, words, space="m")
        line.setStretch(1, 1)
        line.setAlignment(shown, Qt.AlignmentFlag.AlignTop)
        made = card(line)
        made.setAccessibleName(f"{head}. {place}")
        return made

    def _map(self, found: ProfileResult) -> QFrame:
        view = DrawingView(self.desk.theme, profile_map(found), 1.4)
        groups = [self._group(group) for group in found.groups]
        head = label(tr("Groups nearest to this case"), "strong", wrap=True)
        side = box(column(head, *groups, None, space="m"))
        side.setMinimumWidth(_SIDE)
        both = flow(view, side)
        hint = tr("Two of many dimensions are drawn: near on the map is not always near in features.")
        return card(both, label(hint, "caption", wrap=True), title=tr("Map of cases"))

    @staticmethod
    def _group(group: ProfileGroup) -> QWidget:
        head = tr(
            "Group {n}: {cases} cases, similarity {value}",
            n=group.number,
            cases=group.cases,
            value=f"{group.similarity:.2f}",
        )
        return box(
            column(
                label(head, wrap=True), label(joined(", ", group.features), "caption", wrap=True), space="xs"
            )
        )

    def _neighbours(self, neighbours: tuple[Neighbour, ...]) -> Iterator[QWidget]:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE["l"])
        grid.setVerticalSpacing(SPACE["m"])
        narrow = self.width() * 100 < _GRID * self.desk.theme.scale
        heads = (tr("Similarity"), tr("Diagnosis"), tr("Gene"), tr("Case"), tr("Features in common"))
        for place, head in enumerate(() if narrow else heads):
            grid.addWidget(label(head, "caption"), 0, place)
        for place, stretch in enumerate((0, 1) if narrow else (0, 3, 0, 0, 4)):
            grid.setColumnStretch(place, stretch)
        yield card(box(grid), title=tr("Most alike"))
        for number, one in enumerate(neighbours, start=1):
            parts = self._neighbour(one)
            if narrow:
                parts = [parts[0], box(column(*parts[1:], space="xs"))]
            for place, widget in enumerate(parts):
                grid.addWidget(widget, number, place, Qt.AlignmentFlag.AlignTop)
            if number % _ROWS_AT_A_TIME == 0:
                yield pause()

    def _neighbour(self, one: Neighbour) -> list[QWidget]:
        said = written(one.similarity, ".2f")
        bar = Bar(self.desk.theme, max(0.0, one.similarity), tr("similarity {value}", value=said))
        bar.setFixedWidth(70)
        clinic = one.source == "clinic"
        origin = badge(tr("this clinic"), "accent") if clinic else badge(tr("published"))
        case = column(label(one.label, wrap=True), origin, space="xs")
        diagnosis = column(
            label(one.diagnosis or tr("no diagnosis recorded"), "strong", wrap=True),
            label(one.diagnosis_id, "caption"),
            space="xs",
        )
        return [
            box(column(label(said), bar, space="xs")),
            box(diagnosis),
            label(one.gene or "–"),
            box(case),
            label(joined(", ", one.shared) or tr("none"), "caption", wrap=True),
        ]
