"""Couple mode: the partner's file, loaded once, and the partner as the risk analysis asks."""

from dataclasses import replace

from genoai_desktop.analysis.annotation.annotated import Annotated, annotate
from genoai_desktop.analysis.risk import Partner
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.case import Case, CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load

_OPPOSITE = {Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.FEMALE}


def load_partner(
    request: CaseRequest, case: Case, knowledge: Knowledge, context: Context
) -> tuple[Case, Annotated | None]:
    """The case with its partner, and the partner's variants where both consented to carrier findings.

    Without both consents the file is not opened at all.

    Raises:
        UserError: the file is refused, is on another build, or has not the one sample asked for.
    """
    if request.partner is None:
        return case, None
    consent = request.partner_consent or Consent(frozenset())
    sex = request.partner_sex or _OPPOSITE.get(case.index.sex, Sex.UNKNOWN)
    stated = CasePartner(request.partner_sample or "", sex, consent, request.partner.name)
    if not (case.consent.allows(Scope.CARRIER) and consent.allows(Scope.CARRIER)):
        return replace(case, partner=stated), None
    wanted = [request.partner_sample] if request.partner_sample else None
    reading, annotating = shares(context, 1, 1)
    table = load(request.partner, reading, samples=wanted, build=request.build, reference=request.reference)
    if table.build is not case.build:
        raise UserError(
            tr("The partner's file is on {theirs}, the case on {ours}.", theirs=table.build, ours=case.build),
            where=request.partner.name,
            remedy=tr("Ask the laboratory for both files on one build."),
            code="couple.build",
        )
    if len(table.samples) != 1:
        raise UserError(
            tr("The partner's file has several samples."),
            where=request.partner.name,
            remedy=tr("Name the partner's sample."),
            code="couple.sample",
        )
    annotated = annotate(table, knowledge, annotating, request.reference)
    return replace(case, partner=replace(stated, sample=table.samples[0])), annotated


def partner_of(case: Case, annotated: Annotated | None) -> Partner | None:
    """The partner for the risk analysis; None without a loaded file."""
    if case.partner is None or annotated is None:
        return None
    return Partner(annotated, case.partner.sample, case.partner.sex, case.partner.population)
