"""An analysis that failed inside the program: nothing is known of its part, neither found nor not found."""

from dataclasses import dataclass
from enum import StrEnum

from genoai_desktop.domain.consent import Consent, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.faults import place_of
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import tr

CODE = "analysis.failed"
"""Code of the Finding about it; the field of its ``where`` is the analysis."""


class Part(StrEnum):
    """The analyses of a case that run each on its own."""

    QUALITY = "quality"
    RARE = "rare"
    ANCESTRY = "ancestry"
    PGX = "pgx"
    RISK = "risk"
    CLASSIFICATION = "classification"


FURTHER = frozenset({Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC})
"""Scopes of what is looked for besides the reason of the test."""
_ASKED_BY = {
    Part.RARE: frozenset({Scope.PRIMARY}),
    Part.ANCESTRY: FURTHER,
    Part.PGX: frozenset({Scope.PGX}),
    Part.RISK: FURTHER | {Scope.PRIMARY},
    Part.CLASSIFICATION: FURTHER | {Scope.PRIMARY},
}
"""Any of these scopes asks for the analysis; the quality is measured in any case."""


@dataclass(frozen=True, slots=True)
class FailedAnalysis:
    """One analysis without a result. ``reason`` quotes nothing of the case."""

    part: Part
    reason: str
    """Of a ``UserError`` its words; else the kind of the error and its place in the program."""

    @classmethod
    def of(cls, part: Part, error: BaseException) -> "FailedAnalysis":
        """What may be said of the error."""
        if isinstance(error, UserError):
            return cls(part, str(error))
        return cls(part, tr("A fault of the program: {place}.", place=place_of(error)))

    def within(self, consent: Consent) -> bool:
        """Whether the analysis is still asked for: where it is declined, that counts alone."""
        return self.part is Part.QUALITY or any(map(consent.allows, _ASKED_BY[self.part]))

    @property
    def words(self) -> str:
        """That nothing can be said of this part, and why."""
        return tr(
            "The analysis “{name}” failed in the program: nothing can be said about it. {reason}",
            name=part_words(self.part),
            reason=self.reason,
        )

    @property
    def finding(self) -> Finding:
        """The same as a Finding."""
        return Finding(Severity.ERROR, CODE, Where(field=self.part.value), self.words)


def part_words(part: Part) -> str:
    """The name of an analysis for a person."""
    return {
        Part.QUALITY: tr("Quality"),
        Part.RARE: tr("Candidate diagnoses"),
        Part.ANCESTRY: tr("Ancestry"),
        Part.PGX: tr("Medicines (pharmacogenomics)"),
        Part.RISK: tr("Secondary and carrier findings, chances"),
        Part.CLASSIFICATION: tr("Classes of the variants (ACMG/AMP)"),
    }[part]


def still_asked(failed: tuple[FailedAnalysis, ...], consent: Consent) -> tuple[FailedAnalysis, ...]:
    """Those that consent still asks for."""
    return tuple(one for one in failed if one.within(consent))


def told(finding: Finding, failed: tuple[FailedAnalysis, ...]) -> bool:
    """Whether a Finding may stand beside these: one about a failed analysis only with it."""
    return finding.code != CODE or finding.where.field in {one.part.value for one in failed}
