"""The one gate in front of everything that leaves the program: what consent covers, and nothing else.

``CaseResult`` should hold nothing that was declined; a report does not rely on it.
"""

from dataclasses import replace

from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.failed import still_asked, told
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskResult
from genoai_desktop.domain.risk_consent import within_consent

_FINDING_SCOPES = {
    "pgx": Scope.PGX,
    "secondary": Scope.SECONDARY,
    "carrier": Scope.CARRIER,
    "polygenic": Scope.POLYGENIC,
    "prs": Scope.POLYGENIC,
    "rare": Scope.PRIMARY,
}
_SHOWN = (Scope.PRIMARY, Scope.SECONDARY, Scope.CARRIER, Scope.PGX, Scope.POLYGENIC)


def permitted(result: CaseResult) -> CaseResult:
    """The result without any part that ``result.case.consent`` does not allow."""
    consent = result.case.consent
    rare = result.rare if consent.allows(Scope.PRIMARY) else None
    risk = _risk(result, result.risk) if result.risk else None
    failed = still_asked(result.failed, consent)
    return replace(
        result,
        case=_without_pgx(_without_other_edits(result.case, rare, risk)),
        findings=tuple(
            finding for finding in result.findings if _allowed(finding, consent) and told(finding, failed)
        ),
        rare=rare,
        pgx=result.pgx if consent.allows(Scope.PGX) else None,
        risk=risk,
        withheld=tuple(scope.value for scope in _SHOWN if not consent.allows(scope)),
        failed=failed,
    )


def _without_other_edits(case: Case, rare: RareDiseaseResult | None, risk: RiskResult | None) -> Case:
    """An edited criterion names its variant: it goes only where the variant is shown.

    Wording of letters goes only into its letter. The record of signatures and of consent, and the pedigree
    with what relatives have, stay in the program; a pedigree leaves by its own page alone.
    """
    variants = [candidate.variants for candidate in rare.candidates] if rare else []
    variants += [finding.variants for finding in risk.findings] if risk else []
    shown = {variant.key for group in variants for variant in group}
    kept = tuple(edit for edit in case.criterion_edits if edit.variant in shown)
    return replace(case, criterion_edits=kept, letter_edits=(), signatures=(), family=None, consent_events=())


def _without_pgx(case: Case) -> Case:
    """Typed genes are results as well: without consent they do not leave either."""
    return case if case.consent.allows(Scope.PGX) else replace(case, outside_calls=())


def _allowed(finding: Finding, consent: Consent) -> bool:
    scope = _FINDING_SCOPES.get(finding.code.partition(".")[0])
    return scope is None or consent.allows(scope)


def _risk(result: CaseResult, risk: RiskResult) -> RiskResult:
    consent, partner = result.case.consent, result.case.partner
    kept = within_consent(risk, consent, partner.consent if partner else None)
    return replace(
        kept, coverage=tuple(line for line in risk.coverage if _coverage_allowed(line.subject, consent))
    )


def _coverage_allowed(subject: str, consent: Consent) -> bool:
    words = subject.lower()
    return not any(
        scope.value in words and not consent.allows(scope)
        for scope in (Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC)
    )
