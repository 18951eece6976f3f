"""Everything the Risks page shows for one case, within consent. What is declined is not computed."""

from genoai_desktop.analysis.ancestry import ancestry_map
from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.risk.breast import breast_outcome
from genoai_desktop.analysis.risk.breast_asked import BreastOutcome
from genoai_desktop.analysis.risk.bundled import bundled_scores
from genoai_desktop.analysis.risk.carried import pathogenic_alleles
from genoai_desktop.analysis.risk.couple import Partner, couple
from genoai_desktop.analysis.risk.curves import carrier_curves
from genoai_desktop.analysis.risk.findings import carrier_findings, carrier_genes, secondary_findings
from genoai_desktop.analysis.risk.parents import Parents
from genoai_desktop.analysis.risk.portability import Portability
from genoai_desktop.analysis.risk.relatives import variant_in_family
from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.risk import (
    AncestryEstimate,
    CoupleResult,
    PolygenicScore,
    RiskCurve,
    RiskFinding,
    RiskResult,
)
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge import Knowledge


def analyse(
    case: Case,
    annotated: Annotated | None,
    knowledge: Knowledge,
    context: Context,
    ancestry: AncestryEstimate | None = None,
    partner: Partner | None = None,
) -> RiskResult:
    """Everything about risk that consent and the case's answers allow, for the proband.

    ``partner``: of the couple, with a file of their own; used where both consented to carrier findings.

    Raises:
        Cancelled: the person stopped the job.
    """
    context.check()
    consent = case.consent
    sample = _sample(case, annotated)
    findings: tuple[RiskFinding, ...] = ()
    polygenic: tuple[PolygenicScore, ...] = ()
    if annotated is not None and sample is not None:
        findings = _found(case, annotated, sample, knowledge, context)
        polygenic = _scores(case, annotated, sample, knowledge, context, ancestry)
    breast = BreastOutcome()
    if consent.allows(Scope.PRIMARY):
        context.report(tr("Calculating risks from the family history"), None)
        breast = breast_outcome(case, knowledge.risk, findings, polygenic)
    together, pair_notes = _couple(case, annotated, partner, knowledge, context)
    shown = ancestry if consent.allows(Scope.POLYGENIC) else None
    return RiskResult(
        findings=findings,
        figures=tuple(breast.figures),
        polygenic=polygenic,
        ancestry=shown,
        coverage=(
            *coverage(consent, knowledge, polygenic, seen=sample is not None),
            *breast.coverage,
            *(together.coverage if together else ()),
        ),
        versions=(*knowledge.risk.versions, *knowledge.clinvar.versions),
        notes=(*_notes(consent, polygenic, seen=sample is not None), *breast.notes, *pair_notes),
        curves=(*_curves(case, findings, knowledge), *breast.curves),
        relatives=(
            *breast.relatives,
            *variant_in_family(case, findings, context, _sequenced(case, annotated)),
        ),
        couple=together,
        ancestry_map=ancestry_map(shown, knowledge.ancestry) if shown is not None else None,
    )


def _sample(case: Case, annotated: Annotated | None) -> int | None:
    """Place of the proband among the samples of the file; None without genotypes of theirs."""
    name = case.index.sample
    if annotated is None or name not in annotated.table.samples:
        return None
    return annotated.table.samples.index(name)


def _found(
    case: Case, annotated: Annotated, sample: int, knowledge: Knowledge, context: Context
) -> tuple[RiskFinding, ...]:
    """Secondary and carrier findings, each where consent covers it, with what the parents' samples tell."""
    consent, person = case.consent, case.index
    secondary, carrier = consent.allows(Scope.SECONDARY), consent.allows(Scope.CARRIER)
    found: list[RiskFinding] = []
    context.report(tr("Looking for secondary and carrier findings"), None)
    if secondary or carrier:
        known = pathogenic_alleles(annotated, sample, person.sex, knowledge)
        parents = Parents(case, annotated, known)
        alleles = parents.phased(known)
        if secondary:
            found += secondary_findings(alleles, annotated, sample, person, knowledge)
        if carrier:
            found += carrier_findings(alleles, annotated, sample, person, knowledge, secondary=secondary)
        found = [parents.told(one) for one in found]
    context.check()
    return tuple(found)


def _scores(
    case: Case,
    annotated: Annotated,
    sample: int,
    knowledge: Knowledge,
    context: Context,
    ancestry: AncestryEstimate | None,
) -> tuple[PolygenicScore, ...]:
    if not case.consent.allows(Scope.POLYGENIC):
        return ()
    context.report(tr("Adding up polygenic scores"), None)
    return bundled_scores(
        annotated.table,
        sample,
        case.index.sex,
        knowledge,
        ancestry,
        Portability(knowledge.ancestry),
        absent_is_reference=case.reports_every_covered_position,
    )


def _curves(case: Case, findings: tuple[RiskFinding, ...], knowledge: Knowledge) -> tuple[RiskCurve, ...]:
    """Chances over the years of life in the genes of the secondary findings."""
    return tuple(
        curve
        for finding in findings
        if finding.scope == Scope.SECONDARY.value
        for curve in carrier_curves(finding.gene, case.index, knowledge.risk, finding.scope)
    )


def _sequenced(case: Case, annotated: Annotated | None) -> frozenset[str]:
    """Relatives whose own genotypes are in the file."""
    samples = annotated.table.samples if annotated is not None else ()
    return frozenset(p.id for p in case.persons if p.id != case.proband and p.sample in samples)


def _couple(
    case: Case, annotated: Annotated | None, partner: Partner | None, knowledge: Knowledge, context: Context
) -> tuple[CoupleResult | None, tuple[str, ...]]:
    """The couple's joint genes, only where **both** consented to carrier findings."""
    if partner is None or case.partner is None:
        return None, ()
    if why := couple_left_out(case):
        return None, (why,)
    if annotated is None or case.index.sample not in annotated.table.samples:
        return None, (tr("The couple was not looked at: the person has no genotypes in this file."),)
    context.report(tr("Comparing the couple"), None)
    own = Partner(annotated, case.index.sample or "", case.index.sex, case.partner.index_population)
    secondary = case.consent.allows(Scope.SECONDARY) and case.partner.consent.allows(Scope.SECONDARY)
    try:
        return couple(own, partner, knowledge, context, secondary=secondary), ()
    except UserError as error:
        return None, (tr("The couple was not looked at: {why}", why=f"{error.what} {error.remedy}".strip()),)


def coverage(
    consent: Consent, knowledge: Knowledge, polygenic: tuple[PolygenicScore, ...], *, seen: bool
) -> tuple[Coverage, ...]:
    """Tested, not tested, not callable: only lines of scopes that consent covers."""
    tables = knowledge.risk
    lines = []
    if consent.allows(Scope.SECONDARY):
        total = len(tables.secondary_genes)
        altered = [gene.gene for gene in tables.secondary_genes.values() if gene.rule == "not_truncating"]
        lines.append(
            Coverage(
                tr("Secondary findings, ACMG list {release}", release=tables.secondary_release),
                tr("genes"),
                total if seen else 0,
                0 if seen else total,
                tr(
                    "Looked for: variants that ClinVar calls pathogenic with two stars or more. A variant "
                    "that the file does not show is not proof of a normal gene; large deletions are not seen."
                )
                + " "
                + tr(
                    "Truncating variants of {genes} are not returned: they do not cause the condition "
                    "listed.",
                    genes=joined(", ", sorted(altered)),
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
                tuple(f"{gene}: " + tr(why) for gene, why in sorted(hidden.items())),
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
