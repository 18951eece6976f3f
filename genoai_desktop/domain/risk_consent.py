"""The filter of risk results by consent: one rule for window, reports, exports and command line."""

from dataclasses import replace

from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.risk import RiskResult


def covers(consent: Consent, scope: str) -> bool:
    """Whether every ``Scope`` value in ``scope`` (joined by ``+``) was consented to; unknown ones never."""
    given = {one.value for one in consent.given}
    return bool(scope) and set(scope.split("+")) <= given


def within_consent(risk: RiskResult, consent: Consent, partner: Consent | None = None) -> RiskResult:
    """The result without any figure, curve, relative, finding or score that consent does not cover.

    Couple findings need the consent to carrier findings of **both** partners. ``notes`` and ``coverage``
    are the caller's own affair.
    """
    carrier = consent.allows(Scope.CARRIER) and partner is not None and partner.allows(Scope.CARRIER)
    polygenic = consent.allows(Scope.POLYGENIC)
    return replace(
        risk,
        findings=tuple(finding for finding in risk.findings if covers(consent, finding.scope)),
        figures=tuple(figure for figure in risk.figures if covers(consent, figure.scope)),
        curves=tuple(curve for curve in risk.curves if covers(consent, curve.scope)),
        relatives=tuple(one for one in risk.relatives if covers(consent, one.scope)),
        polygenic=risk.polygenic if polygenic else (),
        ancestry=risk.ancestry if polygenic else None,
        ancestry_map=risk.ancestry_map if polygenic else None,
        couple=risk.couple if carrier else None,
    )
