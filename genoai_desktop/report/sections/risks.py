"""Findings beyond the question, chances with their baseline, polygenic scores and ancestry."""

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskCurve, RiskFigure, RiskFinding, RiskResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.report.drawings.bars import contributions, part_words
from genoai_desktop.report.drawings.canvas import Drawn
from genoai_desktop.report.drawings.curves import age_curve
from genoai_desktop.report.drawings.people import compared
from genoai_desktop.report.drawings.words import hundred_words, rest_words
from genoai_desktop.report.icons import interval_bar
from genoai_desktop.report.outcome import also_listed, listed_words, outcome
from genoai_desktop.report.page import Heading
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.sections.common import (
    COVERAGE_WIDTHS,
    coverage_head,
    coverage_rows,
    failed_section,
    percent,
    variant_name,
    word,
)
from genoai_desktop.report.sections.risk_scores import ancestry, pairs, polygenic
from genoai_desktop.report.style import beside, bullet, gap, table, text

SUSCEPTIBLE = "Malignant Hyperthermia Susceptibility"
"""CPIC's phenotype of RYR1 and CACNA1S, which ACMG's list of secondary findings holds as well."""


def build(result: CaseResult) -> list[Flowable]:
    """The section, empty when nothing of it was run or allowed."""
    risk = result.risk
    if risk is None:
        return failed_section(result, tr("Secondary and carrier findings, chances"), Part.RISK)
    story: list[Flowable] = []
    answer = outcome(result)
    listed = also_listed(result, answer)
    for finding in risk.findings:
        rank = answer.candidate.rank if answer.candidate and finding in listed else None
        story += _finding(finding, result, rank)
    for figure in risk.figures:
        story += figure_block(figure, _curve_of(figure, risk.curves))
    story += _curves(risk)
    if not any(finding.scope == Scope.SECONDARY.value for finding in risk.findings):
        story += _no_secondary(result)
    story += _by_medicines(result)
    story += _relatives(result)
    story += polygenic(risk.polygenic, risk.ancestry)
    if risk.ancestry:
        story += ancestry(risk.ancestry, risk.ancestry_map)
    scores = {f"polygenic score, {score.name}".lower() for score in risk.polygenic}  # have a table above
    covered = [line for line in risk.coverage if line.subject.lower() not in scores]
    if covered:
        story += [
            Heading(tr("What these analyses covered"), "h2", 1),
            table(coverage_head(), coverage_rows(covered), COVERAGE_WIDTHS),
            gap(1),
        ]
    elsewhere = couple_left_out(result.case)
    story += [bullet(note) for note in risk.notes if note != elsewhere]
    return [Heading(tr("Secondary and carrier findings, chances")), *story] if story else []


def _finding(finding: RiskFinding, result: CaseResult, rank: int | None) -> list[Flowable]:
    """``rank``: of the candidate that this finding is, where it is the answer to the question itself."""
    scope = word(finding.scope).capitalize() if rank is None else tr("Candidate {rank}", rank=rank)
    title = tr(
        "{scope}: {gene}, {condition}", scope=scope, gene=finding.gene, condition=titled(finding.condition)
    )
    names = "; ".join(variant_name(variant) for variant in finding.variants)
    story: list[Flowable] = [
        Heading(title, "h2", 1),
        text(
            tr(
                "Variants: {names}. Inheritance: {mode}.",
                names=names or tr("none"),
                mode=word(finding.inheritance) or "?",
            )
        ),
        text(finding.meaning if rank is None else listed_words(rank)),
    ]
    if finding.scope == Scope.SECONDARY.value:
        release = _list_release(result)
        story.append(
            text(
                tr("Reported with the person's consent; gene list version: {release}.", release=release),
                "quiet",
            )
        )
    if finding.options:
        story.append(text(tr("Options to talk about, none of them an order:")))
        story += [bullet(option) for option in finding.options]
    return story + [block for figure in finding.figures for block in figure_block(figure)]


def figure_block(figure: RiskFigure, curve: RiskCurve | None = None) -> list[Flowable]:
    """One chance: percentage and X in 100 drawn, the other framing, the baseline, shares, source, caveats."""
    lines: list[Flowable] = [
        Heading(f"{figure.title}, {figure.horizon}" if figure.horizon else figure.title, "h2", 1),
        text(
            tr(
                "{p}: {n} people with these results; {rest} are not affected.",
                p=percent(figure.value),
                n=hundred_words(figure.value),
                rest=rest_words(figure.value),
            )
        ),
        text(_baseline(figure)),
    ]
    if figure.low is not None and figure.high is not None:
        words = tr(
            "Interval: {low} to {high}. Upright line: baseline.",
            low=percent(figure.low),
            high=percent(figure.high),
        )
        bar = interval_bar(
            figure.low, figure.value, figure.high, figure.baseline, alt=_bar_words(figure, words)
        )
        lines += [bar, text(words, "quiet")]
    if figure.say:
        lines.append(text(tr("To say to the patient: {words}", words=figure.say)))
    lines += [bullet(caveat) for caveat in figure.caveats]
    lines.append(text(tr("Source: {source}", source=figure.source), "quiet"))
    people = Drawn(compared(figure.value, figure.baseline, figure.baseline_label), 0.74)
    share = 0.66 if figure.baseline is not None else 0.78
    drawn = [KeepTogether(block) for block in (_drawn(figure, curve), _options(figure)) if block]
    return [KeepTogether([beside(lines, people, share)]), *drawn, gap(1.5)]


def _drawn(figure: RiskFigure, curve: RiskCurve | None) -> list[Flowable]:
    """The curve by age and the share of each part, beside each other where there are both."""
    made: list[list[Flowable]] = []
    if curve:
        made.append([text(curve.title, "cellbold"), Drawn(age_curve(curve), 0.8)])
    if figure.parts:
        head = text(tr("Share of each part, {title}", title=figure.horizon or figure.title), "cellbold")
        made.append([head, Drawn(contributions(figure.parts), 0.8)])
    if not made:
        return []
    notes: list[Flowable] = [text(part_words(part) + ".", "quiet") for part in figure.parts if not part.used]
    if curve and curve.high:
        notes.append(text(tr("Band: 95 % interval."), "quiet"))
    pair = pairs(made[0], made[1] if len(made) > 1 else [])
    return [pair, *notes]


def _options(figure: RiskFigure) -> list[Flowable]:
    if not figure.options:
        return []
    head = text(tr("Options to talk about at this chance, none of them an order:"))
    return [head, *(bullet(option) for option in figure.options)]


def _curve_of(figure: RiskFigure, curves: tuple[RiskCurve, ...]) -> RiskCurve | None:
    return next((one for one in curves if one.model and one.model == figure.model and figure.parts), None)


def _curves(risk: RiskResult) -> list[Flowable]:
    """Curves that no figure has beside it, two in a line."""
    shown = {id(_curve_of(figure, risk.curves)) for figure in risk.figures}
    drawn = [_curve(curve) for curve in risk.curves if id(curve) not in shown and curve.ages]
    made: list[Flowable] = []
    for first in range(0, len(drawn), 2):
        pair = drawn[first : first + 2]
        made.append(pairs(pair[0], pair[1] if len(pair) > 1 else []))
    return [Heading(tr("Chances by age"), "h2", 1), *made, gap(1)] if made else []


def _curve(curve: RiskCurve) -> list[Flowable]:
    said = tr("Source: {source}", source=curve.source)
    if curve.baseline:
        said += tr("; comparison: {label}", label=curve.baseline_label or tr("general population"))
    if curve.high:
        said += tr("; band: 95 % interval")
    return [
        text(curve.title, "cellbold"),
        Drawn(age_curve(curve), 0.8),
        text(" ".join((said + ".", *curve.caveats)), "fine"),
    ]


def _relatives(result: CaseResult) -> list[Flowable]:
    """Carrier chances of the family, those whose test tells most first."""
    found = result.risk.relatives if result.risk else ()
    if not found:
        return []
    rows = [
        (
            person_name(result.case, one.person),
            one.subject,
            percent(one.carrier),
            hundred_words(one.carrier),
            tr("not ranked") if one.information is None else tr("{bits} bits", bits=f"{one.information:.2f}"),
            one.text,
        )
        for one in sorted(found, key=lambda one: (one.subject, -(one.information or -1.0), one.person))
    ]
    head = (tr("Relative"), tr("May carry"), tr("Chance"), tr("X in 100"), tr("Test tells"), tr("Meaning"))
    words = tr("The more bits, the more a test of this relative tells about the whole family.")
    title = tr("Relatives: chance to carry it, and whom to test next")
    return [
        Heading(title, "h2", 1),
        table(head, rows, (28, 26, 16, 31, 18, 59)),
        gap(0.7),
        text(words, "quiet"),
    ]


def person_name(case: Case, person_id: str) -> str:
    """How the case names a relative."""
    found = next((one for one in case.persons if one.id == person_id), None)
    return (found.name or found.id) if found else person_id


def _bar_words(figure: RiskFigure, interval: str) -> str:
    estimate = tr("Bar from 0 to 100 %, estimate at {p}.", p=percent(figure.value))
    tick = "" if figure.baseline is None else tr("Baseline at {p}.", p=percent(figure.baseline))
    return " ".join(part for part in (estimate, interval, tick) if part)


def _baseline(figure: RiskFigure) -> str:
    if figure.baseline is None:
        return tr("No baseline is available for comparison.")
    label = figure.baseline_label or tr("general population")
    return tr(
        "Baseline ({label}): {p}, {n}.",
        label=label,
        p=percent(figure.baseline),
        n=hundred_words(figure.baseline),
    )


def _no_secondary(result: CaseResult) -> list[Flowable]:
    if result.risk is None or not result.case.consent.allows(Scope.SECONDARY):
        return []
    words = tr(
        "Secondary findings: none reported, with the person's consent to look; gene list version: {release}. "
        "This does not rule out a change in these genes.",
        release=_list_release(result),
    )
    return [text(words)]


def _by_medicines(result: CaseResult) -> list[Flowable]:
    """Genes of the list that the medicines section calls, without a secondary finding."""
    if result.risk is None or result.pgx is None or not result.case.consent.allows(Scope.SECONDARY):
        return []
    told = {one.gene for one in result.risk.findings if one.scope == Scope.SECONDARY.value}
    return [
        text(
            tr(
                "{gene}: the medicines section calls {phenotype}. It goes by the definitions of guidelines "
                "on medicines; ClinVar's bundled release does not list the variant as pathogenic with two "
                "stars, so it is no secondary finding here. Look it up before telling the person that none "
                "was found.",
                gene=call.gene,
                phenotype=pgx_said(call.phenotype),
            )
        )
        for call in result.pgx.calls
        if call.phenotype == SUSCEPTIBLE and call.gene not in told
    ]


def _list_release(result: CaseResult) -> str:
    versions = (*(result.risk.versions if result.risk else ()), *result.versions)
    return next((one.release for one in versions if "secondary" in one.name), tr("not stated"))
