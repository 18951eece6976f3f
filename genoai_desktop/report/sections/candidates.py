"""Ranked candidate diagnoses, each opened into the contributions that made its score."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import CANDIDATES_SHOWN, percent, several, variant_name
from genoai_desktop.report.style import bullet, gap, table, text

_DETAILED = 5


def build(result: CaseResult) -> list[Flowable]:
    """A table of the first candidates, and the reasons of the very first ones."""
    if result.rare is None:
        return []
    rare = result.rare
    story: list[Flowable] = [Heading(tr("Candidate diagnoses"))]
    if not rare.candidates:
        story.append(text(tr("No candidate remained. This does not rule out a genetic cause.")))
    else:
        shown = rare.candidates[:CANDIDATES_SHOWN]
        rows = [_row(candidate) for candidate in shown]
        head = (
            tr("Rank"),
            tr("Disease"),
            tr("Gene"),
            tr("Inheritance"),
            tr("Variants"),
            tr("Score"),
            tr("Prob."),
        )
        story.append(table(head, rows, (12, 46, 17, 26, 45, 13, 14)))
        story.append(gap(1))
        story.append(text(_legend(len(shown), len(rare.candidates)), "quiet"))
        for candidate in shown[:_DETAILED]:
            story += _reasons(candidate)
    story += [bullet(note) for note in rare.notes]
    return story


def _legend(shown: int, total: int) -> str:
    more = tr(" {count} further candidates are in result.json.", count=total - shown) if total > shown else ""
    return (
        tr("Score: sum of the contributions (natural log odds). Probability “–”: no calibrated model.") + more
    )


def _row(candidate: Candidate) -> tuple[str, ...]:
    return (
        str(candidate.rank),
        "\n".join((candidate.disease_name, candidate.disease_id)),
        candidate.gene or "–",
        ", ".join(candidate.inheritance) or tr("not known"),
        "\n".join(several([variant_name(variant) for variant in candidate.variants])) or tr("none"),
        f"{candidate.score:.1f}",
        percent(candidate.probability) if candidate.probability is not None else "–",
    )


def _reasons(candidate: Candidate) -> list[Flowable]:
    title = tr("Why rank {rank}: {name}", rank=candidate.rank, name=candidate.disease_name)
    rows = [_reason(one) for one in sorted(candidate.contributions, key=lambda one: -abs(one.log_odds))]
    story: list[Flowable] = [Heading(title, "h2", 1)]
    if rows:
        head = (tr("Kind"), tr("About"), tr("Log odds"), tr("Reason"), tr("Source"))
        story.append(table(head, rows, (18, 32, 14, 68, 40)))
    story += [bullet(tr("Against: {reason}", reason=reason)) for reason in candidate.against]
    if candidate.cross_references:
        story.append(text(tr("Also known as {names}", names=", ".join(candidate.cross_references)), "quiet"))
    return story


def _reason(one: Contribution) -> tuple[str, ...]:
    source = str(one.source) if one.source else tr("computed")
    return one.kind, one.subject, f"{one.log_odds:+.2f}", one.text, source
