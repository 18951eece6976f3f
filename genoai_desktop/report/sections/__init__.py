"""The clinician report, one module a section, in this order. A section without content is left out."""

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.sections import (
    candidates,
    couple,
    coverage,
    filters,
    limits,
    medicines,
    odd,
    quality,
    risks,
    sources,
    summary,
    variants,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: its identifier and what it draws, given only what consent allows."""

    id: str
    build: Callable[[CaseResult], list[Flowable]]


SECTIONS = (
    Section("summary", summary.build),
    Section("candidates", candidates.build),
    Section("variants", variants.build),
    Section("medicines", medicines.build),
    Section("risks", risks.build),
    Section("couple", couple.build),
    Section("quality", quality.build),
    Section("coverage", coverage.build),
    Section("findings", odd.build),
    Section("filters", filters.build),
    Section("limits", limits.build),
    Section("sources", sources.build),
)
