"""What an analysed case comes to: the one object that window, PDF and exports all render."""

from dataclasses import dataclass, field

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.failed import FailedAnalysis, Part
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.pgx import PgxResult
from genoai_desktop.domain.provenance import Coverage, Version
from genoai_desktop.domain.quality import QualityResult
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.risk import RiskResult


@dataclass(frozen=True, slots=True)
class CaseResult:
    """Results of one run. A part is None when consent does not allow it, it was not run, or it failed."""

    case: Case
    created: str
    """ISO 8601 date and time."""
    program_version: str
    findings: tuple[Finding, ...] = ()
    quality: QualityResult | None = None
    rare: RareDiseaseResult | None = None
    pgx: PgxResult | None = None
    risk: RiskResult | None = None
    coverage: tuple[Coverage, ...] = ()
    versions: tuple[Version, ...] = ()
    withheld: tuple[str, ...] = field(default=())
    """Scopes (``Scope`` values) that consent does not cover; nothing of them is in this object."""
    failed: tuple[FailedAnalysis, ...] = ()
    """Analyses that failed in the program: nothing is known of their parts, which are None."""

    def failure(self, *parts: Part) -> FailedAnalysis | None:
        """The first of these analyses that failed; None where none did."""
        return next((one for part in parts for one in self.failed if one.part is part), None)
