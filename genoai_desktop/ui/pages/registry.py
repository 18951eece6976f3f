"""The pages of a case, in the order of the rail. A new analysis adds one line here.

Named, not imported: what the pages need (polars, pyqtgraph, pdfium) would cost the window half a
second of its start. ``PageSpec.load`` imports a page when it is first looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from genoai_desktop.domain.text import tr

if TYPE_CHECKING:
    from genoai_desktop.ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page before it exists. ``kind`` is the class in ``ui/pages/<module>.py``."""

    module: str
    kind: str
    icon: str

    def load(self) -> type[Page]:
        """The class, imported now."""
        found: type[Page] = getattr(import_module(f"genoai_desktop.ui.pages.{self.module}"), self.kind)
        return found


PAGES: dict[str, PageSpec] = {
    "cases": PageSpec("cases", "CasesPage", "cases"),
    "ledger": PageSpec("ledger", "LedgerPage", "ledger"),
    "overview": PageSpec("overview", "OverviewPage", "overview"),
    "phenotype": PageSpec("phenotype", "PhenotypePage", "phenotype"),
    "pedigree": PageSpec("pedigree", "PedigreePage", "pedigree"),
    "quality": PageSpec("quality", "QualityPage", "quality"),
    "variants": PageSpec("variants", "VariantsPage", "variants"),
    "candidates": PageSpec("candidates", "CandidatesPage", "candidates"),
    "medicines": PageSpec("medicines", "MedicinesPage", "medicines"),
    "risks": PageSpec("risks", "RisksPage", "risks"),
    "similar": PageSpec("similar", "SimilarPage", "similar"),
    "locus": PageSpec("locus", "LocusPage", "locus"),
    "consent": PageSpec("consent", "ConsentPage", "shield"),
    "report": PageSpec("report", "ReportPage", "report"),
}


def titles() -> dict[str, str]:
    """The title of every page by its id, in the window's language."""
    return {
        "cases": tr("Cases"),
        "ledger": tr("Ledger"),
        "overview": tr("Overview"),
        "phenotype": tr("Phenotype"),
        "pedigree": tr("Pedigree"),
        "quality": tr("Quality"),
        "variants": tr("Variants"),
        "candidates": tr("Candidates"),
        "medicines": tr("Medicines"),
        "risks": tr("Risks"),
        "similar": tr("Similar cases"),
        "locus": tr("Locus"),
        "consent": tr("Consent"),
        "report": tr("Report"),
    }
