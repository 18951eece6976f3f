"""Findings beyond the question, chances with their baseline, polygenic scores and ancestry."""

from reportlab.platypus import Flowable, KeepTogether

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import AncestryEstimate, PolygenicScore, RiskFigure, RiskFinding
from genoai_desktop.domain.text import tr
from genoai_desktop.report.icons import icon_array, in_hundred, interval_bar
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import (
    COVERAGE_WIDTHS,
    coverage_head,
    coverage_rows,
    percent,
    variant_name,
)
from genoai_desktop.report.style import beside, bullet, gap, table, text


def build(result: CaseResult) -> list[Flowable]:
    """The section, empty when nothing of it was run or allowed."""
    risk = result.risk
    if risk is None:
        return []
    story: list[Flowable] = []
    for finding in risk.findings:
        story += _finding(finding, result)
    for figure in risk.figures:
        story.append(figure_block(figure))
    if not any(finding.scope == Scope.SECONDARY.value for finding in risk.findings):
        story += _no_secondary(result)
    story += _polygenic(risk.polygenic, risk.ancestry)
    if risk.ancestry:
        story += _ancestry(risk.ancestry)
    scores = {f"polygenic score, {score.name}".lower() for score in risk.polygenic}  # have a table above
    covered = [line for line in risk.coverage if line.subject.lower() not in scores]
    if covered:
        story += [
            Heading(tr("What these analyses covered"), "h2", 1),
            table(coverage_head(), coverage_rows(covered), COVERAGE_WIDTHS),
            gap(1),
        ]
    story += [bullet(note) for note in risk.notes]
    return [Heading(tr("Secondary and carrier findings, chances")), *story] if story else []


def _finding(finding: RiskFinding, result: CaseResult) -> list[Flowable]:
    title = tr(
        "{scope}: {gene}, {condition}",
        scope=finding.scope.capitalize(),
        gene=finding.gene,
        condition=finding.condition,
    )
    names = "; ".join(variant_name(variant) for variant in finding.variants)
    story: list[Flowable] = [
        Heading(title, "h2", 1),
        text(
            tr(
                "Variants: {names}. Inheritance: {mode}.",
                names=names or tr("none"),
                mode=finding.inheritance or "?",
            )
        ),
        text(finding.meaning),
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
    return story + [figure_block(figure) for figure in finding.figures]


def figure_block(figure: RiskFigure) -> Flowable:
    """One chance: percentage, X in 100 drawn, the other framing, the baseline, interval, source, caveats."""
    count = in_hundred(figure.value)
    lines: list[Flowable] = [
        Heading(f"{figure.title}, {figure.horizon}" if figure.horizon else figure.title, "h2", 1),
        text(
            tr(
                "{p}: about {n} in 100 people with these results; about {rest} in 100 are not affected.",
                p=percent(figure.value),
                n=count,
                rest=100 - count,
            )
        ),
        text(_baseline(figure)),
    ]
    if figure.low is not None and figure.high is not None:
        words = tr(
            "Interval: {low} to {high}. Tick: baseline.", low=percent(figure.low), high=percent(figure.high)
        )
        bar = interval_bar(
            figure.low, figure.value, figure.high, figure.baseline, alt=_bar_words(figure, words)
        )
        lines += [bar, text(words, "quiet")]
    lines += [bullet(caveat) for caveat in figure.caveats]
    lines.append(text(tr("Source: {source}", source=figure.source), "quiet"))
    drawn = icon_array(figure.value, 82, alt=tr("100 people, {n} of them filled in.", n=count))
    return KeepTogether([beside(lines, drawn), gap(1.5)])


def _bar_words(figure: RiskFigure, interval: str) -> str:
    estimate = tr("Bar from 0 to 100 %, estimate at {p}.", p=percent(figure.value))
    tick = "" if figure.baseline is None else tr("Baseline at {p}.", p=percent(figure.baseline))
    return " ".join(part for part in (estimate, interval, tick) if part)


def _baseline(figure: RiskFigure) -> str:
    if figure.baseline is None:
        return tr("No baseline is available for comparison.")
    label = figure.baseline_label or tr("general population")
    return tr(
        "Baseline ({label}): {p}, about {n} in 100.",
        label=label,
        p=percent(figure.baseline),
        n=in_hundred(figure.baseline),
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


def _list_release(result: CaseResult) -> str:
    versions = (*(result.risk.versions if result.risk else ()), *result.versions)
    return next((one.release for one in versions if "secondary" in one.name), tr("not stated"))


def _match(ancestry: AncestryEstimate | None) -> str:
    if ancestry is None or not ancestry.best:
        return tr("Ancestry match: this person's genetic ancestry could not be estimated.")
    share = max(part for _, part in ancestry.proportions)
    return tr(
        "Ancestry match: this person is most like {best} ({share}); compare it with each score's reference.",
        best=ancestry.best,
        share=percent(share),
    )


def _polygenic(scores: tuple[PolygenicScore, ...], ancestry: AncestryEstimate | None) -> list[Flowable]:
    if not scores:
        return []
    head = (
        tr("Score"),
        tr("Variants matched"),
        tr("Sum"),
        tr("z"),
        tr("Percentile"),
        tr("Reference"),
        tr("Notes"),
    )
    rows = [
        (
            score.name,
            tr(
                "{n} of {total} ({p})",
                n=score.matched,
                total=score.total,
                p=percent(score.matched / max(score.total, 1)),
            ),
            f"{score.score_sum:.3g}",
            "–" if score.z is None else f"{score.z:+.2f}",
            "–" if score.percentile is None else f"{score.percentile:.0f}",
            score.reference or tr("none"),
            "\n".join(score.notes),
        )
        for score in scores
    ]
    return [
        Heading(tr("Polygenic scores"), "h2", 1),
        table(head, rows, (38, 25, 14, 12, 19, 22, 60)),
        gap(1),
        bullet(
            tr("A polygenic score is not diagnostic. A low score does not mean no chance of the condition.")
        ),
        bullet(_match(ancestry)),
        bullet(tr("It holds for people whose ancestry is like the reference group's, and less for others.")),
    ]


def _ancestry(ancestry: AncestryEstimate) -> list[Flowable]:
    shares = ", ".join(f"{name} {percent(share)}" for name, share in ancestry.proportions)
    words = tr(
        "{shares}; {used} of {total} sites spoke. Genetic similarity to 1000 Genomes groups, not identity.",
        shares=shares or tr("nothing could be said"),
        used=ancestry.sites_used,
        total=ancestry.sites_total,
    )
    story: list[Flowable] = [
        Heading(tr("Genetic ancestry, used for choosing references"), "h2", 1),
        text(words),
    ]
    return [*story, text(ancestry.note, "quiet")] if ancestry.note else story
