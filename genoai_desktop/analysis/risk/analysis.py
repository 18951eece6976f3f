"""Everything the Risks page shows for one case, within consent. What is declined is not computed."""

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.risk.bundled import bundled_scores
from genoai_desktop.analysis.risk.carried import pathogenic_alleles
from genoai_desktop.analysis.risk.findings import carrier_findings, carrier_genes, secondary_findings
from genoai_desktop.analysis.risk.portability import Portability
from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.risk import AncestryEstimate, PolygenicScore, RiskFinding, RiskResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge


def analyse(
    case: Case,
    annotated: Annotated | None,
    knowledge: Knowledge,
    context: Context,
    ancestry: AncestryEstimate | None = None,
) -> RiskResult:
    """Secondary and carrier findings, polygenic scores and what could not be seen, for the proband.

    Raises:
        Cancelled: the person stopped the job.
    """
    consent, person = case.consent, case.index
    findings: list[RiskFinding] = []
    polygenic: tuple[PolygenicScore, ...] = ()
    context.check()
    sample = None
    if annotated is not None and person.sample in annotated.table.samples:
        sample = annotated.table.samples.index(person.sample)
    if annotated is not None and sample is not None:
        context.report(tr("Looking for secondary and carrier findings"), None)
        if consent.allows(Scope.SECONDARY) or consent.allows(Scope.CARRIER):
            alleles = pathogenic_alleles(annotated, sample, person.sex, knowledge)
            if consent.allows(Scope.SECONDARY):
                findings += secondary_findings(alleles, annotated, sample, person, knowledge)
            if consent.allows(Scope.CARRIER):
                both = consent.allows(Scope.SECONDARY)
                findings += carrier_findings(alleles, annotated, sample, person, knowledge, secondary=both)
        context.check()
        if consent.allows(Scope.POLYGENIC):
            context.report(tr("Adding up polygenic scores"), None)
            polygenic = bundled_scores(
                annotated.table,
                sample,
                person.sex,
                knowledge,
                ancestry,
                Portability(knowledge.ancestry),
                absent_is_reference=case.reports_every_covered_position,
            )
    return RiskResult(
        findings=tuple(findings),
        figures=(),
        polygenic=polygenic,
        ancestry=ancestry if consent.allows(Scope.POLYGENIC) else None,
        coverage=coverage(consent, knowledge, polygenic, seen=sample is not None),
        versions=(*knowledge.risk.versions, *knowledge.clinvar.versions),
        notes=_notes(consent, polygenic, seen=sample is not None),
    )


def coverage(
    consent: Consent, knowledge: Knowledge, polygenic: tuple[PolygenicScore, ...], *, seen: bool
) -> tuple[Coverage, ...]:
    """Tested, not tested, not callable: only lines of scopes that consent covers."""
    tables = knowledge.risk
    lines = []
    if consent.allows(Scope.SECONDARY):
        total = len(tables.secondary_genes)
        lines.append(
            Coverage(
                tr("Secondary findings, ACMG list {release}", release=tables.secondary_release),
                tr("genes"),
                total if seen else 0,
                0 if seen else total,
                tr(
                    "Looked for: variants that ClinVar calls pathogenic with two stars or more. A variant "
                    "that the file does not show is not proof of a normal gene; large deletions are not seen."
                ),
            )
        )
    if consent.allows(Scope.CARRIER):
        hidden = tables.not_assessable
        total = len(carrier_genes(tables, secondary=consent.allows(Scope.SECONDARY)))
        lines.append(
            Coverage(
                tr("Carrier findings, recessive and X-linked genes"),
                tr("genes"),
                total if seen else 0,
                len(hidden) if seen else total + len(hidden),
                tr("Not assessable from short variants; a separate test is needed for these."),
                tuple(f"{gene}: {tr(why)}" for gene, why in sorted(hidden.items())),
            )
        )
    for score in polygenic:
        lines.append(
            Coverage(
                tr("Polygenic score, {name}", name=score.name),
                tr("sites"),
                score.matched,
                score.total - score.matched,
                "; ".join(score.notes),
            )
        )
    return tuple(lines)


def _notes(consent: Consent, polygenic: tuple[PolygenicScore, ...], *, seen: bool) -> tuple[str, ...]:
    notes = []
    if not seen:
        notes.append(tr("The person has no genotypes in this file: nothing could be looked for."))
    if consent.allows(Scope.SECONDARY) or consent.allows(Scope.CARRIER):
        notes.append(tr("No finding does not mean no risk: only known, well-reviewed variants are reported."))
    if polygenic:
        notes.append(tr("A polygenic score is not a diagnosis, and a low score is not the absence of risk."))
    return tuple(notes)
