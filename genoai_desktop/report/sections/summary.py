"""Identifiers, indication, and what was found, in a few lines."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.case import Scope, Sex
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.findings import Severity
from genoai_desktop.domain.pgx import Concern, PgxResult
from genoai_desktop.domain.quality import absent_words
from genoai_desktop.domain.rare_words import chance_figure
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskFinding
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.report.document import result_document
from genoai_desktop.report.fonts import missing, strings
from genoai_desktop.report.names import alphabetical, medicine_said
from genoai_desktop.report.outcome import Outcome, also_listed, besides, outcome
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.advice import concern_words, sorted_advice
from genoai_desktop.report.sections.common import moment, several, variant_name, word
from genoai_desktop.report.style import box, bullet, facts, gap, text

_BUILD = "annotation.reference-base"
"""Reference bases that do not fit: as an error, the file is on another build than taken."""
_MOST = 15
"""Findings of a scope at a glance; more are no glance."""


def build(result: CaseResult) -> list[Flowable]:
    """The first page."""
    story: list[Flowable] = [Heading(tr("Genomic report for the clinician"), "title")]
    if result.case.synthetic:
        story.append(text(tr("Synthetic demonstration case. No real person."), "note"))
    story += [facts(_identity(result)), gap()]
    if doubts := _doubts(result):
        story += [Heading(tr("Check first")), box([bullet(line) for line in doubts], warning=True), gap()]
    story += [Heading(tr("At a glance")), box(_glance(result)), gap()]
    unknown = missing(strings(result_document(result)))
    if unknown:
        codes = ", ".join(f"U+{ord(letter):04X}" for letter in unknown[:40])
        words = tr(
            "The typeface cannot draw {count} characters; an empty square (□) stands for each: {codes}. "
            "The exported JSON holds the text complete.",
            count=len(unknown),
            codes=codes,
        )
        story.append(box([text(words)], warning=True))
    return story


def _doubts(result: CaseResult) -> list[str]:
    """Why nothing below may be about this person or gene: no record, another sex or kinship than stated."""
    quality = result.quality
    if quality is None:
        return []
    lines = [] if quality.records else [
        tr("The file has no record: nothing was read, and nothing below speaks for or against anything.")
    ]  # fmt: skip
    lines += filter(None, (absent_words(quality.absent),))
    lines += [
        tr(
            "{sample}: {inferred} by the X chromosome, stated as {stated}. Rule out a sample swap before "
            "using anything below.",
            sample=one.sample, inferred=word(one.inferred_sex.value), stated=word(one.stated_sex.value),
        )
        for one in quality.samples
        if Sex.UNKNOWN not in (one.inferred_sex, one.stated_sex) and one.inferred_sex is not one.stated_sex
    ]  # fmt: skip
    lines += [
        tr(
            "{first} and {second}: the genotypes contradict the kinship stated. Rule out a sample swap "
            "before using anything below; what rests on this kinship (new or inherited changes) is open.",
            first=one.first, second=one.second,
        )
        for one in quality.kinship
        if one.conflict
    ]  # fmt: skip
    odd = (one for one in result.findings if one.code == _BUILD)
    return [*lines, *(one.text for one in odd if one.severity is Severity.ERROR)]


def _identity(result: CaseResult) -> list[tuple[str, object]]:
    case, person = result.case, result.case.index
    sample = tr("sample {name}", name=person.sample) if person.sample else tr("not sequenced")
    pairs: list[tuple[str, object]] = [
        (tr("Case"), case.id),
        (tr("Patient"), " · ".join(part for part in (person.name, person.id, sample) if part)),
        (tr("Sex, age"), f"{word(person.sex.value)}, {_age(person.age_years)}"),
        (tr("Indication"), case.indication or tr("not stated")),
        (tr("HPO terms observed"), _terms(result, excluded=False)),
        (tr("HPO terms excluded"), _terms(result, excluded=True)),
        (tr("Variant file, build"), f"{case.vcf_name or tr('not stated')}, {case.build.value}"),
        (tr("Analysed"), f"{moment(result.created)} · GenoAI Desktop {result.program_version}"),
    ]
    if case.medicines:
        pairs.insert(
            6, (tr("Medicines"), ", ".join(_medicine(m.name, planned=m.planned) for m in case.medicines))
        )
    return pairs


def _terms(result: CaseResult, *, excluded: bool) -> str:
    names = [
        f"{term.label} ({term.id})" if term.label else term.id
        for term in result.case.terms
        if term.excluded is excluded
    ]
    return ", ".join(names) or tr("none given")


def _age(years: float | None) -> str:
    return tr("{years} years", years=f"{years:g}") if years is not None else tr("age not stated")


def _medicine(name: str, *, planned: bool) -> str:
    return tr("{name} (planned)", name=name) if planned else name


def _glance(result: CaseResult) -> list[Flowable]:
    lines = [
        *(one.words for one in result.failed),
        *_rare(result),
        *_risk(result),
        *_medicines(result),
        *_withheld(result),
    ]
    return [bullet(line) for line in lines]


def _rare(result: CaseResult) -> list[str]:
    if result.rare is None and result.failure(Part.RARE):
        return []
    if result.rare is None:
        return [tr("Rare disease: not analysed.")] if result.case.consent.allows(Scope.PRIMARY) else []
    if not result.rare.candidates:
        return [tr("Rare disease: no candidate. This does not rule out a genetic cause.")]
    best = result.rare.candidates[0]
    answer = outcome(result)
    listed = [one for one in also_listed(result, answer) if answer.candidate == best]
    name = tr(
        "First-ranked candidate: {disease} ({gene})", disease=titled(best.disease_name), gene=best.gene or "–"
    )
    chance = (
        tr(", calibrated probability {p}", p=chance_figure(best.probability))
        if best.probability is not None
        else ""
    )
    carried = "; ".join(several([variant_name(variant) for variant in best.variants]))
    with_variants = tr("; variants: {names}", names=carried) if carried else tr("; no variant supports it")
    return [
        name
        + chance
        + with_variants
        + ". "
        + tr("A candidate, not a diagnosis, until a professional confirms it.")
        + (" " + tr("Its gene is also on the ACMG list of secondary findings.") if listed else "")
    ]


def _risk(result: CaseResult) -> list[str]:
    answer = outcome(result)
    findings = besides(result, answer)
    lines = _listed(result, answer)
    for scope in dict.fromkeys(finding.scope for finding in findings):
        own = [finding for finding in findings if finding.scope == scope]
        lines += [_finding(finding) for finding in own[:_MOST]]
        if len(own) > _MOST:
            lines.append(
                tr(
                    "{count} more ({scope}): see “Secondary and carrier findings, chances”.",
                    count=len(own) - _MOST,
                    scope=word(scope),
                )
            )
    return lines


def _listed(result: CaseResult, answer: Outcome) -> list[str]:
    """An answer that is not the first-ranked candidate, which has a line above."""
    if answer.candidate is None or (result.rare and answer.candidate == result.rare.candidates[0]):
        return []
    return [
        tr(
            "Candidate {rank} ({gene}, {condition}): its gene is also on the ACMG list of secondary "
            "findings.",
            rank=answer.candidate.rank,
            gene=one.gene,
            condition=titled(one.condition),
        )
        for one in also_listed(result, answer)
    ]


def _finding(finding: RiskFinding) -> str:
    return tr(
        "{scope} finding: {gene}, {condition}.",
        scope=word(finding.scope).capitalize(),
        gene=finding.gene,
        condition=titled(finding.condition),
    )


def _medicines(result: CaseResult) -> list[str]:
    if result.pgx is None:
        return []
    taken = listed_as(*(medicine.name for medicine in result.case.medicines))
    urgent = _urgent(result.pgx, taken)
    if not result.pgx.says_something:
        return [tr("Medicines: no gene could be called, so nothing is known about any medicine.")]
    seen = result.pgx.seen_in_part
    if not urgent and not seen:
        return [tr("Medicines: no call asks for a change; see what could not be called.")]
    language = language_in_use()
    own = [
        f"{medicine_said(drug, language)} ({concern_words(why)})"
        for drug, why in urgent.items()
        if drug.lower() in taken
    ]
    lines = (
        [tr("Taken or planned medicines that need a decision: {drugs}.", drugs=", ".join(own))] if own else []
    )
    for concern, words in (
        (Concern.AVOID, tr("Other medicines to avoid, should they come up: {drugs}.")),
        (Concern.ADJUST, tr("Other medicines to adjust, should they come up: {drugs}.")),
    ):
        others = [drug for drug, why in urgent.items() if why is concern and drug.lower() not in taken]
        names = sorted((medicine_said(drug, language) for drug in others), key=alphabetical)
        lines += [words.format(drugs=", ".join(names))] if names else []
    if seen:
        words = tr("Seen in genes that could not be read in full, and may matter for medicines: {genes}.")
        lines.append(words.format(genes=", ".join(seen)))
    return lines


def _urgent(pgx: PgxResult, taken: frozenset[str]) -> dict[str, Concern]:
    """Medicines to avoid or to adjust; of those taken also what asks for care, and by more than genes."""
    worst: dict[str, Concern] = {}
    order = list(Concern)
    said = [(one.drug, one.concern) for one in sorted_advice(pgx.advice, frozenset())]
    said += [(one.drug, one.concern) for one in pgx.cautions if one.drug.lower() in taken]
    for drug, concern in said:
        care = concern is Concern.CAUTION and drug.lower() in taken
        if care or concern in {Concern.AVOID, Concern.ADJUST}:
            worst[drug] = min(worst.get(drug, concern), concern, key=order.index)
    return dict(sorted(worst.items(), key=lambda item: order.index(item[1])))


def _withheld(result: CaseResult) -> list[str]:
    if not result.withheld:
        return []
    words = tr(
        "Withheld, because consent does not cover it: {scopes}.", scopes=", ".join(map(word, result.withheld))
    )
    return [words]
