"""A term under the cursor: the words for it, and the broader and narrower terms to hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.widgets.basics import box, button, clear, column, label
from genoai_desktop.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from genoai_desktop.app.phenotype import Choice, TermDetails

MOST_WORDS = 6
MOST_NARROWER = 12


class TermCard(QFrame):
    """``chosen`` is called with the identifier and label of a broader or narrower term."""

    def __init__(self, chosen: Callable[[str, str], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._body)
        self.hide()

    def show_term(self, term: TermDetails | None) -> None:
        """Show a term; None hides the card."""
        clear(self._body)
        self.setVisible(term is not None)
        if term is None:
            return
        words = tr("Also: {words}", words=joined(", ", term.words[:MOST_WORDS])) if term.words else ""
        parts: list[QWidget] = [label(words, "muted", wrap=True)] if words else []
        more = len(term.narrower) - MOST_NARROWER
        for title, terms in (
            (tr("Broader"), term.broader),
            (tr("Narrower"), term.narrower[:MOST_NARROWER]),
        ):
            if terms:
                parts.append(self._line(title, terms))
        if more > 0:
            parts.append(label(tr("and {count} narrower terms more: search for them", count=more), "caption"))
        self._body.addWidget(box(column(*parts, space="s")))

    def _line(self, title: str, terms: tuple[Choice, ...]) -> QWidget:
        flow = FlowLayout()
        flow.addWidget(label(title, "caption"))
        for identifier, name in terms:
            flow.addWidget(
                button(
                    name,
                    lambda identifier=identifier, name=name: self._chosen(identifier, name),
                    kind="quiet",
                    name=f"{title}: {name}",
                )
            )
        return box(flow)
