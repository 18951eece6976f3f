"""How a level of concern, or the status of a call, looks and reads: a word, a shape and a colour together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel

from genoai_desktop.domain.pgx import CallStatus, Concern
from genoai_desktop.domain.text import tr
from genoai_desktop.ui import icons
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import badge

if TYPE_CHECKING:
    from genoai_desktop.analysis.pharmacogenomics import Relation

CONCERNS = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION, Concern.USUAL, Concern.UNKNOWN)
_TONES = {
    Concern.AVOID: "danger",
    Concern.ADJUST: "warning",
    Concern.CAUTION: "warning",
    Concern.USUAL: "success",
    Concern.UNKNOWN: "neutral",
}
_SHAPES = {
    Concern.AVOID: "avoid",
    Concern.ADJUST: "warning",
    Concern.CAUTION: "care",
    Concern.USUAL: "success",
    Concern.UNKNOWN: "question",
}
_STATUS_TONES = {CallStatus.CALLED: "success", CallStatus.AMBIGUOUS: "warning"}
_STATUS_SHAPES = {CallStatus.CALLED: "success", CallStatus.AMBIGUOUS: "care"}
_COLOURS = {"danger": "danger", "warning": "warning", "success": "success", "neutral": "muted"}


def concern_words(concern: Concern) -> str:
    """The level as a person reads it."""
    return {
        Concern.AVOID: tr("Avoid"),
        Concern.ADJUST: tr("Adjust dose"),
        Concern.CAUTION: tr("Caution"),
        Concern.USUAL: tr("Usual dosing"),
        Concern.UNKNOWN: tr("No advice possible"),
    }[concern]


def status_words(status: CallStatus) -> str:
    """How far a call can be trusted, as a person reads it."""
    return {
        CallStatus.CALLED: tr("Called"),
        CallStatus.AMBIGUOUS: tr("Ambiguous"),
        CallStatus.INDETERMINATE: tr("Indeterminate"),
        CallStatus.NOT_COVERED: tr("Not covered"),
    }[status]


def relation_words(relation: Relation) -> str:
    """What the patient has to do with a medicine; empty when nothing."""
    return {"taken": tr("Taken"), "planned": tr("Planned")}.get(relation.value, "")


def concern_badge(concern: Concern) -> QLabel:
    """The word on its colour."""
    return badge(concern_words(concern), _TONES[concern])


def concern_mark(theme: Theme, concern: Concern, size: int = 24) -> QLabel:
    """The shape in its colour."""
    made = mark(theme, _SHAPES[concern], _COLOURS[_TONES[concern]], size)
    made.setAccessibleName(concern_words(concern))
    return made


def status_badge(status: CallStatus) -> QLabel:
    """The word on its colour."""
    return badge(status_words(status), _STATUS_TONES.get(status, "neutral"))


def concern_icon(theme: Theme, concern: Concern) -> QIcon:
    """The shape for a line of a list."""
    return icons.icon(_SHAPES[concern], getattr(theme.palette, _COLOURS[_TONES[concern]]))


def status_icon(theme: Theme, status: CallStatus) -> QIcon:
    """The shape for a line of a list."""
    tone = _STATUS_TONES.get(status, "neutral")
    return icons.icon(_STATUS_SHAPES.get(status, "question"), getattr(theme.palette, _COLOURS[tone]))
