"""Says on a page where a model was measured to serve a group of this patient worse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import mark
from genoai_desktop.ui.widgets.basics import card, column, label, row

if TYPE_CHECKING:
    from collections.abc import Collection

    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.models.audits import Audit

RISK_MODELS = ("ancestry", "polygenic")
CANDIDATE_MODELS = ("ranking", "missense")
MEDICINE_MODELS = ("warfarin",)


@cache
def audits() -> tuple[Audit, ...]:
    """The bundled audits, read once."""
    from genoai_desktop.knowledge.locations import models
    from genoai_desktop.models.audits import read_audits

    return read_audits(models())


def served_worse(theme: Theme, opened: OpenCase, models: Collection[str]) -> QFrame | None:
    """A card with a sentence for each of ``models`` that concerns this patient; None where none does."""
    from genoai_desktop.models.audits import warnings_for

    risk: Any = opened.result.risk
    ancestry = risk.ancestry if risk is not None else None
    told = warnings_for(opened.case, ancestry, [one for one in audits() if one.model in models])
    if not told:
        return None
    more = tr("Figures for every group are in Help, About, Bias audit.")
    words = column(*(label(text, wrap=True) for text in told), label(more, "caption", wrap=True), space="xs")
    sign = mark(theme, "warning", "warning")
    line = row(sign, words, space="m")
    line.setStretch(1, 1)
    made = card(line)
    made.setObjectName("servedWorse")
    made.setAccessibleName(" ".join(told))
    return made
