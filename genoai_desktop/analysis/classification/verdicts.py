"""Short ways to say what became of a criterion."""

from genoai_desktop.analysis.classification.facts import Panel
from genoai_desktop.domain.acmg import Criterion, Evidence, Strength, Verdict
from genoai_desktop.domain.provenance import Citation


def met(code: str, strength: Strength, reason: str, source: Citation | None = None) -> Criterion:
    """The criterion is met with that strength."""
    return Criterion(code, Verdict.MET, reason, Evidence(code, strength), source)


def not_met(code: str, reason: str) -> Criterion:
    """It was judged, and is not met."""
    return Criterion(code, Verdict.NOT_MET, reason)


def not_assessed(code: str, reason: str) -> Criterion:
    """It cannot be judged here: that is not the same as not met."""
    return Criterion(code, Verdict.NOT_ASSESSED, reason)


def panel_source(panel: Panel, code: str) -> Citation:
    """The gene's expert panel as a source; a rule that nobody compared with the registry says so."""
    if code in panel.compared:
        return Citation(
            "ClinGen expert panel (compared with an extract of the registry)", panel.reference, "2026"
        )
    return Citation("ClinGen expert panel (copied, not compared with the registry)", panel.reference, "2024")
