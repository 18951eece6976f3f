"""Calculated doses: figure, interval, model and why, or the reason why there is no dose."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.pgx import DoseAdvice
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import box, card, facts, label, row
from genoai_desktop.ui.widgets.figures import Figure, small


class DoseLine(Figure):
    """A dose with its interval on a line from 0."""

    def __init__(self, theme: Theme, dose: DoseAdvice, description: str) -> None:
        super().__init__(theme, description, 24 + round(1.5 * theme.type_size("caption")), 260)
        self._dose = dose
        highest = max(value for value in (dose.dose, dose.high, dose.low) if value is not None)
        step = 10 ** (len(str(int(highest))) - 1)
        self._top = max(step, (int(highest / step) + 1) * step)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Track, interval, and a mark where the dose is."""
        track = QRectF(area.left() + 4, area.top() + 7, area.width() - 8, 8)
        self.fill(painter, track, "track", 4)
        low, high = self._dose.low, self._dose.high
        if low is not None and high is not None:
            band = QColor(self.theme.colour("accent"))
            band.setAlphaF(0.35)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(band)
            left, right = self._x(track, low), self._x(track, high)
            painter.drawRoundedRect(QRectF(left, track.top(), max(8.0, right - left), 8), 4, 4)
        if self._dose.dose is not None:
            painter.setPen(QPen(self.theme.colour("surface"), 2))
            painter.setBrush(self.theme.colour("accent"))
            painter.drawEllipse(QPointF(self._x(track, self._dose.dose), track.center().y()), 7, 7)
        painter.setFont(small(self))
        painter.setPen(self.theme.colour("muted"))
        below = QRectF(track.left(), track.bottom() + 7, track.width(), 1.5 * self.theme.type_size("caption"))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, f"{written(self._top, 'g')} {self._dose.unit}")

    def _x(self, track: QRectF, value: float) -> float:
        return float(track.left() + track.width() * min(1.0, value / self._top))


def dose_words(dose: DoseAdvice) -> str:
    """``26 mg/week``, ``2 to 3 mg/kg/day``, ``5.7, 5.1 and 4.4 mg on days 1, 2 and 3``, or ``No dose``."""
    if dose.reason:
        return tr("No dose")
    if dose.days:
        *first, last = (written(day, ".1f") for day in dose.days)
        return tr("{first} and {last} {unit}", first=joined(", ", first), last=last, unit=_unit(dose))
    if dose.dose is not None and dose.unit == "%":
        return (
            tr("{value} % of the usual starting dose", value=f"{dose.dose:g}") if dose.dose else tr("Avoid")
        )
    if dose.dose is not None:
        return f"{_figure(dose.dose)} {_unit(dose)}"
    if dose.low is not None and dose.high is not None:
        low, high = _figure(dose.low), _figure(dose.high)
        return (
            f"{low} {_unit(dose)}"
            if low == high
            else tr("{low} to {high} {unit}", low=low, high=high, unit=_unit(dose))
        )
    return tr("No dose")


def dose_card(theme: Theme, dose: DoseAdvice) -> QFrame:
    """One calculated dose, or why there is none."""
    title = tr("{drug}: {kind}", drug=dose.drug, kind=dose.kind)
    words = dose_words(dose)
    if dose.reason:
        stop = row(mark(theme, "info", "muted"), label(dose.reason, wrap=True), space="m")
        stop.setStretch(1, 1)
        made = card(
            box(stop),
            label(
                tr("Nothing is guessed: complete the patient data, or dose by measurement."),
                "caption",
                wrap=True,
            ),
            title=title,
        )
        made.setAccessibleName(f"{title}: {words}. {dose.reason}")
        return made
    parts: list[QWidget] = [label(words, "figure")]
    if dose.dose is not None and dose.unit == "mg/week":
        parts.append(label(tr("{dose} mg a day on average", dose=f"{dose.dose / 7:.1f}"), "muted"))
    if dose.dose is not None and dose.low is not None and dose.high is not None:
        interval = tr(
            "Of 10 such patients, 8 are expected to need between {low} and {high} {unit}.",
            low=_figure(dose.low),
            high=_figure(dose.high),
            unit=_unit(dose),
        )
        parts += [DoseLine(theme, dose, interval), label(interval, wrap=True)]
    pairs = [(tr("Rests on"), dose.model), (tr("Source"), dose.source)]
    parts.append(facts(pairs))
    if dose.why:
        parts.append(label(dose.why, "caption", wrap=True))
    parts += [_warning(theme, text) for text in dose.warnings]
    made = card(*parts, title=title)
    made.setAccessibleName(f"{title}: {words}")
    return made


def _warning(theme: Theme, text: str) -> QWidget:
    made = row(mark(theme, "warning", "warning", 16), label(text, wrap=True))
    made.setStretch(1, 1)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return box(made)


def _unit(dose: DoseAdvice) -> str:
    return dose.unit.replace("m2", "m²")


def _figure(value: float) -> str:
    return written(value, ".0f") if value >= 10 else written(value, ".2g")
