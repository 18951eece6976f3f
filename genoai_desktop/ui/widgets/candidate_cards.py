"""Cards that explain one candidate: its chance, every reason with its weight, what would change it."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.rare_words import (
    chance_figure,
    chance_words,
    group_of,
    group_words,
    grouped,
    ratio_words,
)
from genoai_desktop.domain.text import shown, tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.ui.in_turn import pause
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import badge, box, card, column, label, row
from genoai_desktop.ui.widgets.figures import SignedBar
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.sources import source_line, source_words
from genoai_desktop.ui.widgets.variant import inheritance_words


def head_card(candidate: Candidate) -> QFrame:
    """Name, gene, inheritance and the chance in words."""
    name = label(titled(candidate.disease_name), "heading", wrap=True)
    badges = [badge(candidate.gene, "accent")] if candidate.gene else []
    badges += [badge(inheritance_words(mode)) for mode in candidate.inheritance]
    score = written(candidate.score, "+.2f")
    if candidate.probability is None:
        words = tr("No calibrated probability; the score is {score} (natural log odds).", score=score)
        chance = None
    else:
        chance = label(tr("Chance: {words}", words=chance_words(candidate.probability)), "strong", wrap=True)
        words = tr(
            "Calibrated probability {chance}, score {score} (natural log odds).",
            chance=chance_figure(candidate.probability),
            score=score,
        )
    names = source_words("", "; ".join((candidate.disease_id, *candidate.cross_references)))
    lines: list[QWidget] = [label(words, "muted", wrap=True), label(names, "caption", wrap=True)]
    return card(name, flowing(*badges), *([chance] if chance else []), *lines)


def reasons_cards(candidate: Candidate, theme: Theme, term_label: Callable[[str], str]) -> Iterator[QWidget]:
    """Every reason under its heading, each heading with its sum, and the sum of all.

    One card that is there from the start and is filled at each further step (an invisible widget).
    """
    parts = candidate.contributions
    scale = max((abs(part.log_odds) for part in parts), default=1.0)
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE["l"])
    grid.setVerticalSpacing(SPACE["m"])
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    hint = label(
        tr(
            "To the right speaks for, to the left against. Below each weight, how many times as likely the "
            "finding is if this is the diagnosis; the weights are logarithms of that and add up to the score."
        ),
        "caption",
        wrap=True,
    )
    yield card(box(grid), hint, title=tr("Why: the evidence, in natural log odds"))
    line = 0
    for group, own in grouped(parts):
        grid.addWidget(label(group_words(group), "overline", wrap=True), line, 0, 1, 2)
        if len(own) > 1:
            _number(grid, line, sum(part.log_odds for part in own), "caption")
        line += 1
        for part in own:
            _reason(grid, line, part, scale, theme, term_label)
            line += 1
            yield pause()
    total = sum(part.log_odds for part in parts)
    grid.addWidget(label(tr("Sum of all reasons: the score"), "strong", wrap=True), line, 0, 1, 2)
    _number(grid, line, total, "strong")


def _number(grid: QGridLayout, line: int, value: float, role: str) -> None:
    grid.addWidget(label(written(value, "+.2f"), role), line, 2, Qt.AlignmentFlag.AlignRight)


def _reason(
    grid: QGridLayout,
    line: int,
    part: Contribution,
    scale: float,
    theme: Theme,
    term_label: Callable[[str], str],
) -> None:
    """The term's name rather than its number; the explanation itself where there is no subject."""
    is_term = part.subject.startswith("HP:")
    title = term_label(part.subject) if is_term else shown(part.text)
    detail = shown(part.text).removeprefix(f"{title}: ") if is_term else part.subject
    words: list[QWidget | QLayout | None] = [label(title, wrap=True)]
    if detail:
        words.append(label(detail[:1].upper() + detail[1:], "caption", wrap=True))
    if (source := source_line(part.subject if is_term else "", str(part.source or ""))) is not None:
        words.append(source)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(box(column(*words, space="xs")), line, 0, top)
    weight = written(part.log_odds, "+.2f")
    if group_of(part) == "prior":  # no finding: there is nothing that could be more or less likely
        spoken = tr("{subject}: {value} log odds", subject=title, value=weight)
        bar = column(SignedBar(theme, part.log_odds, scale, spoken), space="xs")
    else:
        ratio = ratio_words(part.log_odds)
        spoken = tr("{subject}: {value} log odds, {ratio}", subject=title, value=weight, ratio=ratio)
        bar = column(
            SignedBar(theme, part.log_odds, scale, spoken), label(ratio, "caption", wrap=True), space="xs"
        )
    grid.addWidget(box(bar), line, 1, top)
    grid.addWidget(label(weight), line, 2, top | Qt.AlignmentFlag.AlignRight)


def listed_card(title: str, mark: str, tone: str, lines: Sequence[str]) -> QFrame:
    """Sentences one below the other, each with a badge that says what it is."""
    rows = [row(badge(mark, tone), label(text, wrap=True), space="m") for text in lines]
    for entry in rows:
        entry.setStretch(1, 1)
    return card(*rows, title=title)
