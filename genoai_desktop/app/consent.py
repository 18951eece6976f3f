"""Consent, enforced in one place below window, reports, exports and command line.

Declined scopes are not computed (``app.analysing``). What primary analysis brings up besides is held
back here: a candidate or variant of a secondary-finding gene that the phenotype does not point to
needs consent to secondary findings, and any other variant of known pathogenicity that no candidate
explains needs consent to carrier findings.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.consent import refuses
from genoai_desktop.domain.failed import still_asked, told
from genoai_desktop.domain.rare import Candidate, RareDiseaseResult
from genoai_desktop.domain.risk import RiskFinding, RiskResult
from genoai_desktop.domain.risk_consent import within_consent
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import Zygosity
from genoai_desktop.vcf.subset import without_samples
from genoai_desktop.vcf.table import VariantTable

_PATHOGENIC = (4, 5)


def consented_family(case: Case, annotated: Annotated) -> tuple[Case, Annotated]:
    """The case and variants without the samples of relatives who declined, or withdrew, their part in it.

    They stay in the pedigree as relatives who were not sequenced.
    """
    gone = {
        person.sample
        for person in case.persons
        if person.id != case.proband
        and person.sample is not None
        and refuses(case.consent_events, person.id, Scope.PRIMARY)
    }
    if not gone:
        return case, annotated
    persons = tuple(replace(p, sample=None) if p.sample in gone else p for p in case.persons)
    table = without_samples(annotated.table, gone)
    return replace(case, persons=persons), replace(annotated, table=table)


def points_to(candidate: Candidate) -> bool:
    """Whether the patient's features, and not the variant alone, speak for the candidate."""
    return sum(part.log_odds for part in candidate.contributions if part.kind == "phenotype") > 0


def permitted_candidates(
    rare: RareDiseaseResult | None, consent: Consent, secondary_genes: Collection[str]
) -> RareDiseaseResult | None:
    """The result without candidates that the phenotype does not point to and consent does not cover."""
    if rare is None:
        return None
    kept = [c for c in rare.candidates if points_to(c) or consent.allows(_scope(c, secondary_genes))]
    ranked = tuple(replace(candidate, rank=rank) for rank, candidate in enumerate(kept, start=1))
    return replace(rare, candidates=ranked)


def _scope(candidate: Candidate, secondary_genes: Collection[str]) -> Scope:
    """What a candidate would be, were it not for the question that was asked."""
    if candidate.gene in secondary_genes:
        return Scope.SECONDARY
    known = (variant.clinvar for variant in candidate.variants if variant.clinvar)
    pathogenic = any(
        entry.classification.lower().startswith(("pathogenic", "likely pathogenic")) for entry in known
    )
    return Scope.CARRIER if pathogenic else Scope.PRIMARY


def permitted_risk(risk: RiskResult | None, case: Case) -> RiskResult | None:
    """The result without any figure, curve, finding, relative or couple that consent does not cover.

    Whatever a figure was computed from is named in its scope; the couple needs both partners' consent.
    """
    if risk is None:
        return None
    return within_consent(risk, case.consent, case.partner.consent if case.partner else None)


def without_answers(
    risk: RiskResult | None, consent: Consent, dominant_genes: Collection[str]
) -> RiskResult | None:
    """Without consent to primary findings: no carrier finding that could answer the question not asked.

    That is one in a gene that also causes a dominant condition, and one with both copies affected: neither
    says only what the patient's children could inherit. ``notes`` say that such are left out, whether or
    not there were any.
    """
    if risk is None or consent.allows(Scope.PRIMARY) or not consent.allows(Scope.CARRIER):
        return risk
    held = [one for one in risk.findings if _could_answer(one, dominant_genes)]
    gone = {one.gene for one in held}
    couple = risk.couple
    if couple is not None:
        couple = replace(
            couple,
            joint=tuple(one for one in couple.joint if one.gene not in gone),
            single=tuple(one for one in couple.single if one.gene not in gone),
        )
    note = tr(
        "Without consent to primary findings, carrier findings are left out in genes that also cause "
        "dominant conditions, and where both copies are affected: they could answer the question that was "
        "declined."
    )
    return replace(
        risk,
        findings=tuple(one for one in risk.findings if one not in held),
        relatives=tuple(one for one in risk.relatives if one.subject not in gone),
        couple=couple,
        notes=risk.notes if note in risk.notes else (*risk.notes, note),
    )


def _could_answer(finding: RiskFinding, dominant_genes: Collection[str]) -> bool:
    if finding.scope != Scope.CARRIER.value:
        return False
    homozygous = any(variant.zygosity is Zygosity.HOMOZYGOUS for variant in finding.variants)
    return finding.gene in dominant_genes or homozygous or len(finding.variants) > 1


def permitted_variants(
    annotated: Annotated,
    rare: RareDiseaseResult | None,
    risk: RiskResult | None,
    consent: Consent,
    secondary_genes: Collection[str],
) -> Annotated:
    """The variants that window and exports may show; row numbers stay valid within the new object.

    Without consent to primary findings no question was asked of the file: only the variants of findings
    (``risk``, which holds what consent covers) are shown.

    Only for display: analyses run on the whole. Hidden rows are blanked (no alleles, no genotype, no
    annotation), so that rows keep their numbers and nothing of a hidden one can be read.
    """
    if not consent.allows(Scope.PRIMARY):
        found = {variant.row for one in risk.findings for variant in one.variants} if risk else set()
        rows = pl.int_range(annotated.variants.height, eager=True)
        return _blanked(annotated, ~rows.is_in(list(found)))
    if consent.allows(Scope.SECONDARY) and consent.allows(Scope.CARRIER):
        return annotated
    explained = {c.gene for c in rare.candidates if points_to(c)} if rare else set()
    gene = annotated.variants["gene"].fill_null("")
    free = gene.is_in(list(explained))
    hidden = pl.zeros(annotated.variants.height, dtype=pl.Boolean, eager=True)
    if not consent.allows(Scope.SECONDARY):
        hidden = hidden | (gene.is_in(list(secondary_genes)) & ~free)
    if not consent.allows(Scope.CARRIER):
        known = annotated.variants["clinvar_class"].is_in(list(_PATHOGENIC))
        hidden = hidden | (known & ~gene.is_in(list(secondary_genes)) & ~free)
    return _blanked(annotated, hidden) if hidden.any() else annotated


def _blanked(annotated: Annotated, hidden: pl.Series) -> Annotated:
    table = annotated.table
    keep = {"record", "allele", "chrom", "contig"}
    frame = table.frame.with_columns(
        pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name)
        for name in table.frame.columns
        if name not in keep
    )
    variants = annotated.variants.with_columns(
        pl.when(hidden).then(pl.lit(None)).otherwise(pl.col("gene")).alias("gene"),
        pl.when(hidden).then(pl.lit(None)).otherwise(pl.col("consequence")).alias("consequence"),
        pl.when(hidden).then(0).otherwise(pl.col("clinvar_class")).cast(pl.UInt8).alias("clinvar_class"),
        pl.when(hidden).then(-1).otherwise(pl.col("clinvar_index")).cast(pl.Int32).alias("clinvar_index"),
    )
    rows: list[int] = np.flatnonzero(hidden.to_numpy()).tolist()
    effects = annotated.effects.filter(~pl.col("row").is_in(rows))
    shown = _with_frame(table, frame, rows)
    return Annotated(shown, effects, variants, annotated.findings)


def _with_frame(table: VariantTable, frame: pl.DataFrame, gone: list[int]) -> VariantTable:
    def without(part: pl.DataFrame) -> pl.DataFrame:
        return part.filter(~pl.col("row").is_in(gone)) if "row" in part.columns else part

    return replace(
        table, frame=frame, annotation=without(table.annotation), structural=without(table.structural)
    )


def narrowed(
    opened: OpenCase, case: Case, secondary_genes: Collection[str], dominant_genes: Collection[str]
) -> OpenCase:
    """An analysed case at once without what ``case`` no longer consents to, before it is analysed anew.

    Nothing is computed: parts are taken out. A relative's part in the ranking cannot be taken out of it,
    so the ranking and the figures go where a relative, or the partner, withdrew.
    """
    given = case.consent
    known, whole = consented_family(case, opened.whole)
    family_left = known is not case and len(whole.table.samples) < len(opened.table.samples)
    old = opened.result
    rare = None if family_left or not given.allows(Scope.PRIMARY) else old.rare
    rare = permitted_candidates(rare, given, secondary_genes)
    quality = None if family_left else old.quality
    failed = still_asked(old.failed, given)
    result = replace(
        old,
        case=case,
        findings=tuple(finding for finding in old.findings if told(finding, failed)),
        quality=quality,
        rare=rare,
        pgx=old.pgx if given.allows(Scope.PGX) else None,
        risk=None if family_left else without_answers(_risk_left(old.risk, case), given, dominant_genes),
        coverage=old.coverage if quality is not None else (),
        withheld=tuple(scope.value for scope in Scope if not given.allows(scope)),
        failed=failed,
    )
    shown = permitted_variants(whole, rare, result.risk, given, secondary_genes)
    return replace(opened, case=case, table=shown.table, annotated=shown, result=result)


def _risk_left(risk: RiskResult | None, case: Case) -> RiskResult | None:
    """None where no scope asks for risks and nothing of them is left."""
    left = permitted_risk(risk, case)
    asked = any(case.consent.allows(scope) for scope in (Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC))
    return left if asked or (left is not None and left.figures) else None
