"""Says where a model was measured to serve a group of this patient worse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from genoai_desktop.domain.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.models.audits import Audit


@cache
def audits() -> tuple[Audit, ...]:
    """The bundled audits, read once."""
    from genoai_desktop.knowledge.locations import models
    from genoai_desktop.models.audits import read_audits

    return read_audits(models())


def served_worse(opened: OpenCase, models: Collection[str]) -> str:
    """A sentence for each of ``models`` that concerns this patient, empty where none does."""
    from genoai_desktop.models.audits import warnings_for

    risk: Any = opened.result.risk
    ancestry = risk.ancestry if risk is not None else None
    told = warnings_for(opened.case, ancestry, [one for one in audits() if one.model in models])
    if not told:
        return ""
    return joined(" ", [*told, tr("Figures for every group: Help, About, Bias audit.")])
