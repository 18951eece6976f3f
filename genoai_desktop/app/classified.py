"""Put the ACMG/AMP class on every variant that a result names."""

from dataclasses import replace

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.classification.reported import Classifier
from genoai_desktop.analysis.classification.sources import criteria_versions, together
from genoai_desktop.app.consent import points_to
from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.context import Context, Silent, shares
from genoai_desktop.domain.quality import QualityResult
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.risk import RiskResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

CLASSIFIED_CANDIDATES = 30
"""Candidates whose variants are classified; the rest of the list is looked at one by one, if at all."""


def classified(
    case: Case,
    annotated: Annotated,
    quality: QualityResult | None,
    rare: RareDiseaseResult | None,
    risk: RiskResult | None,
    knowledge: Knowledge,
    context: Context | None = None,
) -> tuple[RareDiseaseResult | None, RiskResult | None]:
    """The results with classes and codes filled in; the order of candidates is left as it is.

    Raises:
        Cancelled: when the person stopped the job.
    """
    context = context or Silent()
    label, (named_first, found_next) = tr("Classifying variants"), shares(context, 3, 1)
    classifier = Classifier(case, annotated, quality, knowledge)
    if rare is not None:
        first, rest = rare.candidates[:CLASSIFIED_CANDIDATES], rare.candidates[CLASSIFIED_CANDIDATES:]
        named = tuple(
            replace(
                candidate,
                variants=tuple(classifier.reported(variant, candidate) for variant in candidate.variants),
            )
            for candidate in named_first.track(first, label)
        )
        versions = together(rare.versions, criteria_versions(knowledge)) if named else rare.versions
        rare = replace(rare, candidates=(*named, *rest), versions=versions)
    if risk is not None:
        findings = tuple(
            replace(finding, variants=tuple(map(classifier.reported, finding.variants)))
            for finding in found_next.track(risk.findings, label)
        )
        versions = together(risk.versions, criteria_versions(knowledge)) if findings else risk.versions
        risk = replace(risk, findings=findings, versions=versions)
    return rare, risk


def without_primary(risk: RiskResult | None, rare: RareDiseaseResult | None) -> RiskResult | None:
    """Carrier findings, less those whose variants already explain the patient as a dominant candidate.

    A variant that the phenotype points to is reported as the candidate; calling the patient a healthy
    carrier of it as well would contradict that.
    """
    if risk is None or rare is None:
        return risk
    explained = {
        variant.row
        for candidate in rare.candidates[:CLASSIFIED_CANDIDATES]
        if "AD" in candidate.inheritance and points_to(candidate)
        for variant in candidate.variants
    }
    kept = tuple(
        finding
        for finding in risk.findings
        if finding.scope != Scope.CARRIER.value
        or not finding.variants
        or any(variant.row not in explained for variant in finding.variants)
    )
    gone = {finding.gene for finding in risk.findings} - {finding.gene for finding in kept}
    relatives = tuple(one for one in risk.relatives if one.subject not in gone)
    return replace(risk, findings=kept, relatives=relatives)
