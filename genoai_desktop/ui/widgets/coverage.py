"""Tested, not tested, not callable: one row per line of coverage."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget

from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.text import joined, shown, tr
from genoai_desktop.domain.vocabulary import unit_words
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.basics import box, column, label, row
from genoai_desktop.ui.widgets.figures import Bar


def coverage_rows(theme: Theme, lines: Iterable[Coverage]) -> list[QWidget]:
    """A bar and words for each subject."""
    return [_line(theme, entry) for entry in lines]


def _line(theme: Theme, entry: Coverage) -> QWidget:
    total = entry.tested + entry.missing
    words = tr(
        "{tested} of {total} {unit} tested",
        tested=f"{entry.tested:,}",
        total=f"{total:,}",
        unit=unit_words(entry.unit),
    )
    if entry.missing:
        words += tr(", {missing} not", missing=f"{entry.missing:,}")
    bar = Bar(theme, entry.tested / total if total else 0.0, f"{shown(entry.subject)}: {words}")
    items: list[QWidget | QLayout] = [row(label(entry.subject, wrap=True), label(words, "caption")), bar]
    if entry.note:
        items.append(label(entry.note, "caption", wrap=True))
    if entry.missing_items:
        listed = joined(", ", entry.missing_items[:12])
        more = (
            tr(" and {count} more", count=len(entry.missing_items) - 12)
            if len(entry.missing_items) > 12
            else ""
        )
        items.append(label(tr("Not tested: {items}", items=listed + more), "caption", wrap=True))
    return box(column(*items, space="xs"))
