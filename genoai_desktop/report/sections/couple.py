"""Couple mode: genes that matter for the children of two people, shown only with both consents."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import CoupleGene
from genoai_desktop.domain.text import later, tr
from genoai_desktop.knowledge.condition_names import titled
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import (
    COVERAGE_WIDTHS,
    coverage_head,
    coverage_rows,
    percent,
    variant_name,
    word,
)
from genoai_desktop.report.style import bullet, gap, table, text

_NAMES = (later("first"), later("second"))


def build(result: CaseResult) -> list[Flowable]:
    """The section, empty outside of couple mode; without both consents it says that it was left out."""
    if why := couple_left_out(result.case):
        return [Heading(tr("Couple: chances for children")), text(why)]
    couple, partner = result.risk.couple if result.risk else None, result.case.partner
    if couple is None or partner is None:
        return []
    story: list[Flowable] = [
        Heading(tr("Couple: chances for children")),
        text(
            tr(
                "First: {first}. Second: {second}; residual chances: {population}. Both consented.",
                first=result.case.index.sample or result.case.index.id,
                second=partner.sample,
                population=partner.population,
            ),
            "quiet",
        ),
    ]
    rows = [_row(one) for one in (*couple.joint, *couple.single)]
    if rows:
        head = (
            tr("Gene, condition"),
            tr("Mode"),
            tr("First: variants"),
            tr("Second: variants"),
            tr("Chance to be a carrier"),
            tr("Child affected"),
        )
        story += [table(head, rows, (42, 12, 38, 38, 24, 26)), gap(1)]
    else:
        story.append(text(tr("No gene was found that matters. This does not rule it out.")))
    if couple.coverage:
        story.append(Heading(tr("What couple mode covered"), "h2", 1))
        story += [table(coverage_head(), coverage_rows(couple.coverage), COVERAGE_WIDTHS), gap(1)]
    return [*story, *(bullet(note) for note in couple.notes)]


def _row(one: CoupleGene) -> tuple[str, ...]:
    return (
        f"{one.gene}\n{titled(one.condition)}",
        word(one.inheritance),
        "\n".join(variant_name(variant) for variant in one.first_variants) or tr("none found"),
        "\n".join(variant_name(variant) for variant in one.second_variants) or tr("none found"),
        "\n".join(_carrier(name, share) for name, share in zip(_NAMES, one.carriers, strict=True)),
        _child(one),
    )


def _carrier(name: str, share: float | None) -> str:
    return f"{tr(name)}: {tr('not known') if share is None else percent(share)}"


def _child(one: CoupleGene) -> str:
    if one.child is None:
        return tr("not known")
    if one.child.son == one.child.daughter:
        return percent(one.child.any_child)
    return tr(
        "any {any}\nson {son}\ndaughter {daughter}",
        any=percent(one.child.any_child),
        son=percent(one.child.son),
        daughter=percent(one.child.daughter),
    )
