"""Open a case and run every analysis that consent allows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath

from genoai_desktop import __version__
from genoai_desktop.analysis import rare_disease
from genoai_desktop.analysis.annotation.annotated import Annotated, annotate
from genoai_desktop.analysis.rare_disease import InHouse, Memory
from genoai_desktop.app.consent import consented_family, permitted_variants
from genoai_desktop.app.parts import analyse_parts
from genoai_desktop.app.persons import choose_family, with_proband
from genoai_desktop.app.phenopackets import read_phenopacket
from genoai_desktop.app.phenotype import known_terms
from genoai_desktop.app.request import CaseRequest, OpenCase
from genoai_desktop.app.risk_couple import load_partner
from genoai_desktop.domain.case import Case, Consent, ObservedTerm, Person, Scope, Sex
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.quality import QualityResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import models
from genoai_desktop.models.audits import read_audits, warnings_for
from genoai_desktop.vcf import load, merge, read_ped
from genoai_desktop.vcf.reads import require_reads
from genoai_desktop.vcf.table import VariantTable

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now().astimezone()


def analyse(
    request: CaseRequest,
    knowledge: Knowledge,
    context: Context,
    *,
    clock: Clock = _now,
    earlier: InHouse | None = None,
) -> OpenCase:
    """Load, annotate and analyse one case. ``earlier``: what the clinic's earlier cases carried.

    An analysis that fails takes none of the others with it: ``result.failed`` names it (``app.parts``).

    Raises:
        UserError: the input is refused; the message says what, where and what to do.
        Cancelled: the person stopped the job.
    """
    if request.reads:
        require_reads(request.reads)
    ped = read_ped(request.ped) if request.ped else ()
    wanted = None if request.ped or request.sample is None else [request.sample]
    read, *others = shares(context, 25, *(20 for _ in request.more), 20 if request.partner else 0, 30, 45)
    *further, joined, annotating, finishing = others
    table = load(request.vcf, read, samples=wanted, build=request.build, reference=request.reference)
    if table.build_guess.build is None and request.build is None:
        raise UserError(
            tr("It cannot be told whether the file is on GRCh37 or GRCh38."),
            where=request.vcf.name,
            remedy=tr("Ask the laboratory, and state the build when opening (--build)."),
            code="vcf.build-unknown",
        )
    if request.more:
        table = merge(
            [table, *(_further(*one, table, request) for one in zip(request.more, further, strict=True))]
        )
    case, notes = _case(request, table, ped)
    case, partner = load_partner(request, case, knowledge, joined)
    annotated = annotate(table, knowledge, annotating, request.reference)
    memory = rare_disease.Memory()
    return _finish(request, case, annotated, partner, notes, knowledge, finishing, clock, memory, earlier)


def _further(path: Path, context: Context, first: VariantTable, request: CaseRequest) -> VariantTable:
    """A second file of the same case; of several samples only those of the first file, where one is named."""
    table = load(path, context, build=first.build, reference=request.reference)
    if request.ped is None and request.sample is not None and request.sample in table.samples:
        return load(path, context, samples=[request.sample], build=first.build, reference=request.reference)
    return table


def reanalyse(
    opened: OpenCase, case: Case, knowledge: Knowledge, context: Context, *, clock: Clock = _now
) -> OpenCase:
    """Analyse again after the phenotype, consent, medicines or family changed; the file is not read again.

    Wording of letters and signatures change no result: what was analysed, and when, stays.
    """
    if _letters_only(opened.case, case):
        return replace(opened, case=case, result=replace(opened.result, case=case))
    partner = opened.partner
    if partner is None and case.partner is not None:
        consented = replace(opened.request, partner_consent=case.partner.consent)
        partner = load_partner(consented, case, knowledge, context)[1]
    return _finish(
        opened.request,
        case,
        opened.whole,
        partner,
        (),
        knowledge,
        context,
        clock,
        opened.memory,
        opened.earlier,
    )


def _letters_only(before: Case, after: Case) -> bool:
    """Whether two states of a case differ in wording and signatures alone, which no analysis looks at."""
    same = replace(after, letter_edits=before.letter_edits, signatures=before.signatures) == before
    return same and before != after


def _case(
    request: CaseRequest, table: VariantTable, ped: tuple[Person, ...]
) -> tuple[Case, tuple[Finding, ...]]:
    proband, persons = choose_family(table.samples, ped, request.sample)
    stated = [ObservedTerm(term) for term in request.observed]
    stated += [ObservedTerm(term, excluded=True) for term in request.excluded]
    sex, age = request.sex, request.age
    notes: tuple[Finding, ...] = ()
    if request.phenopacket:
        packet = read_phenopacket(request.phenopacket)
        stated = [*packet.terms, *stated]
        sex = sex or (packet.sex if packet.sex is not Sex.UNKNOWN else None)
        age = age if age is not None else packet.age_years
        notes = packet.findings
    # A packet's term comes first: it may say since when and how severely.
    once: dict[tuple[str, bool], ObservedTerm] = {}
    for term in stated:
        once.setdefault((term.id, term.excluded), term)
    terms = tuple(sorted(once.values(), key=lambda term: term.excluded))
    case = Case(
        id=request.name or "case",
        proband=proband,
        persons=with_proband(persons, proband, sex, age),
        build=table.build,
        terms=terms,
        consent=request.consent or Consent(),
        medicines=request.medicines,
        indication=request.indication,
        vcf_name=request.vcf.name,
        reads=str(request.reads) if request.reads else None,
        reference=str(request.reference) if request.reference else None,
        callable_regions=str(request.callable_regions) if request.callable_regions else None,
        reports_every_covered_position=request.reports_every_covered_position,
        synthetic=request.synthetic,
    )
    return case, notes


def _finish(
    request: CaseRequest,
    case: Case,
    annotated: Annotated,
    partner: Annotated | None,
    notes: tuple[Finding, ...],
    knowledge: Knowledge,
    context: Context,
    clock: Clock,
    memory: Memory,
    earlier: InHouse | None,
) -> OpenCase:
    known, unknown = _known_terms(case, knowledge)
    stated, whole = known, annotated
    known, annotated = consented_family(known, annotated)
    parts = analyse_parts(known, annotated, partner, knowledge, context, memory, earlier)
    findings = (
        *(one.finding for one in parts.failed),
        *annotated.table.findings,
        *annotated.findings,
        *notes,
        *unknown,
        *_sex_findings(parts.quality, known),
        *_kin_findings(parts.quality, known),
        *_served_worse(known, parts.risk),
    )
    findings = tuple(map(_without_folder, findings))
    result = CaseResult(
        case=stated,
        created=clock().isoformat(timespec="seconds"),
        program_version=__version__,
        findings=findings,
        quality=parts.quality,
        rare=parts.rare,
        pgx=parts.pgx,
        risk=parts.risk,
        coverage=parts.quality.coverage if parts.quality else (),
        versions=tuple(info.version for info in knowledge.bundle.tables.values()),
        withheld=tuple(scope.value for scope in Scope if not case.consent.allows(scope)),
        failed=parts.failed,
    )
    secondary = knowledge.genes.secondary_findings
    shown = permitted_variants(annotated, result.rare, result.risk, known.consent, secondary)
    return OpenCase(request, stated, shown.table, shown, result, whole, partner, memory, earlier)


def _without_folder(finding: Finding) -> Finding:
    """A folder's name may be a patient's: Findings name the file alone."""
    return replace(finding, where=replace(finding.where, file=PurePath(finding.where.file).name))


def _known_terms(case: Case, knowledge: Knowledge) -> tuple[Case, tuple[Finding, ...]]:
    terms, findings = known_terms(case.terms, knowledge)
    return replace(case, terms=terms), findings


def _served_worse(case: Case, chances: RiskResult | None) -> tuple[Finding, ...]:
    """Models measured to serve a group of this patient worse; ancestry only where it may be shown."""
    ancestry = chances.ancestry if chances else None
    return tuple(
        Finding(Severity.INFO, "model.served-worse", Where(), text)
        for text in warnings_for(case, ancestry, read_audits(models()))
    )


def _kin_findings(figures: QualityResult | None, case: Case) -> tuple[Finding, ...]:
    """Genotypes that contradict the pedigree: a swap, or a kinship that is another than stated."""
    return tuple(
        Finding(
            Severity.WARNING,
            "quality.kinship",
            Where(file=case.vcf_name),
            tr(
                "The genotypes of {first} and {second} do not fit the kinship stated. "
                "Check for a sample swap.",
                first=one.first,
                second=one.second,
            ),
        )
        for one in (figures.kinship if figures else ())
        if one.conflict
    )


def _sex_findings(figures: QualityResult | None, case: Case) -> tuple[Finding, ...]:
    """A stated sex that the X chromosome contradicts is something a person must look at."""
    return tuple(
        Finding(
            Severity.WARNING,
            "quality.sex-mismatch",
            Where(file=case.vcf_name),
            tr("The stated sex does not fit the genotypes on the X chromosome. Check for a sample swap."),
        )
        for sample in (figures.samples if figures else ())
        if Sex.UNKNOWN not in (sample.stated_sex, sample.inferred_sex)
        and sample.stated_sex is not sample.inferred_sex
    )
