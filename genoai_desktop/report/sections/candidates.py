"""Ranked candidate diagnoses: the first in a table, the reasons of the very first, the rest by name."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.rare_words import (
    chance_figure,
    chance_words,
    group_of,
    group_words,
    grouped,
    ratio_words,
    unknown_words,
)
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import (
    CANDIDATES_IN_FULL,
    CANDIDATES_NAMED,
    failed_section,
    first_of,
    several,
    signed,
    variant_name,
    word,
)
from genoai_desktop.report.style import bullet, gap, said, table, text

_DETAILED = 3
_SILENT = 0.005  # log odds that print as 0.00


def build(result: CaseResult) -> list[Flowable]:
    """A table of the first candidates, the reasons of the very first ones, and the names of the next."""
    if result.rare is None:
        return failed_section(result, tr("Candidate diagnoses"), Part.RARE)
    rare = result.rare
    story: list[Flowable] = [Heading(tr("Candidate diagnoses"))]
    if not rare.candidates:
        story.append(text(tr("No candidate remained. This does not rule out a genetic cause.")))
    else:
        head = (
            tr("Rank"),
            tr("Disease"),
            tr("Gene"),
            tr("Inheritance"),
            tr("Variants"),
            tr("Score"),
            tr("Chance"),
        )
        full = rare.candidates[:CANDIDATES_IN_FULL]
        legend = tr("Score: sum of the contributions (natural log odds). Chance “–”: no calibrated model.")
        story.append(text(legend, "quiet"))
        if rare.unknown is not None:
            story.append(text(unknown_words(rare.unknown), "small"))
        story += [table(head, [_row(one) for one in full], (10, 57, 15, 22, 45, 13, 16)), gap(1.5)]
        story += _named(rare.candidates)
        for candidate in full[:_DETAILED]:
            story += _reasons(candidate)
    return [*story, *(bullet(note, "finebullet") for note in rare.notes)]


def _named(candidates: tuple[Candidate, ...]) -> list[Flowable]:
    rest = candidates[CANDIDATES_IN_FULL:CANDIDATES_NAMED]
    if not rest:
        return []
    head = (tr("Rank"), tr("Further candidates"), tr("Gene"), tr("Variants"), tr("Score"))
    rows = [
        (
            str(one.rank),
            f"{titled(one.disease_name)} ({one.disease_id})",
            one.gene or "–",
            first_of([variant.hgvs_c or variant.hgvs_g for variant in one.variants], 2) or tr("none"),
            written(one.score, ".1f"),
        )
        for one in rest
    ]
    story: list[Flowable] = [table(head, rows, (11, 90, 16, 50, 11), fine=True), gap(1)]
    beyond = len(candidates) - CANDIDATES_NAMED
    if beyond > 0:
        story.append(text(tr("{count} further candidates are in result.json.", count=beyond), "quiet"))
    return story


def _row(candidate: Candidate) -> tuple[str, ...]:
    return (
        str(candidate.rank),
        f"{titled(candidate.disease_name)} ({candidate.disease_id})",
        candidate.gene or "–",
        ", ".join(_mode(mode) for mode in candidate.inheritance) or tr("not known"),
        "\n".join(several([variant_name(variant) for variant in candidate.variants])) or tr("none"),
        written(candidate.score, ".1f"),
        chance_figure(candidate.probability) if candidate.probability is not None else "–",
    )


def _mode(mode: str) -> str:
    """Short codes (AD, XLR) stay as they are; words in capitals are set as words."""
    told = word(mode.lower() if mode.isupper() and len(mode) > 3 else mode)
    return told.replace("autosomal-", "autosomal- ")  # German; the column breaks there and not in the word


def _reasons(candidate: Candidate) -> list[Flowable]:
    title = tr("Why rank {rank}: {name}", rank=candidate.rank, name=titled(candidate.disease_name))
    groups = grouped(candidate.contributions)
    ordered = [one for _, own in groups for one in own]
    story: list[Flowable] = [Heading(title, "h2", 1)]
    if candidate.probability is not None:
        story.append(text(tr("Chance: {words}.", words=chance_words(candidate.probability)), "small"))
    rows = [_reason(one) for one in ordered if abs(one.log_odds) >= _SILENT]
    if rows:
        rows.append((tr("Sum"), signed(candidate.score), "", tr("all reasons together: the score"), ""))
        head = (tr("Kind"), tr("Log odds"), tr("Finding is"), tr("Reason"), tr("Source"))
        story += [table(head, rows, (24, 17, 30, 70, 37)), gap(1)]
    silent = [one.text for one in ordered if abs(one.log_odds) < _SILENT]
    if silent:
        words = tr("Looked at, without effect on the score: {reasons}.", reasons=joined("; ", silent))
        story.append(text(words, "quiet"))
    if candidate.against:
        words = tr("Against: {reasons}.", reasons=joined("; ", candidate.against))
        story.append(text(words, "small"))
    if candidate.would_change:
        words = tr("What would change the answer: {findings}.", findings=joined("; ", candidate.would_change))
        story.append(text(words, "small"))
    origins = [joined(" – ", (variant_name(one), one.origin)) for one in candidate.variants if one.origin]
    if origins:
        story.append(text(tr("Inherited: {origins}.", origins=joined("; ", origins)), "small"))
    remarks = [remark for variant in candidate.variants for remark in variant.remarks]
    if remarks:
        words = tr("About its variants: {remarks}", remarks=joined(" ", (_sentence(one) for one in remarks)))
        story.append(text(words, "small"))
    if candidate.cross_references:
        story.append(text(tr("Also known as {names}", names=", ".join(candidate.cross_references)), "quiet"))
    return story


def _reason(one: Contribution) -> tuple[str, ...]:
    about = f" ({one.subject})" if one.subject and one.subject not in one.text else ""
    group = group_of(one)
    ratio = "" if group == "prior" else ratio_words(one.log_odds)
    return group_words(group), signed(one.log_odds), ratio, one.text + about, _source(one.source)


def _sentence(words: str) -> str:
    told = said(words)
    return told if told.endswith((".", "!", "?")) else f"{told}."


def _source(source: Citation | None) -> str:
    return str(source).replace(";", "; ") if source else tr("computed")
