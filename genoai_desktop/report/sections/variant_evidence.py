"""Why each variant has its class: every ACMG/AMP criterion with the verdict on it and the reason."""

from collections.abc import Iterable

from reportlab.platypus import Flowable

from genoai_desktop.domain.acmg import Classification, Criterion, Verdict
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import variant_name
from genoai_desktop.report.style import table


def evidence_story(variants: Iterable[ReportedVariant]) -> list[Flowable]:
    """A table of the criteria of the variants that were classified; nothing where none was."""
    rows = [row for variant in variants if variant.acmg is not None for row in _rows(variant, variant.acmg)]
    if not rows:
        return []
    head = (tr("Variant"), tr("Evidence"), tr("Why"), tr("Source"))
    return [Heading(tr("Evidence for each class"), "h2"), table(head, rows, (32, 30, 77, 47))]


def _rows(variant: ReportedVariant, found: Classification) -> list[tuple[str, ...]]:
    """One row a criterion that is met, then the codes of the others."""
    met = [one for one in found.criteria if one.verdict is Verdict.MET]
    rows = [(_code(one), one.reason, str(one.source or "")) for one in met]
    others = [
        tr("{verdict}: {codes}", verdict=str(verdict), codes=", ".join(codes))
        for verdict in Verdict
        if verdict is not Verdict.MET and (codes := _codes(found, verdict))
    ]
    if others:
        rows.append((tr("the others"), "\n".join(others), ""))
    name = variant_name(variant)
    return [(variant.gene or name if number else name, *row) for number, row in enumerate(rows)]


def _codes(found: Classification, verdict: Verdict) -> list[str]:
    return [one.code for one in found.criteria if one.verdict is verdict]


def _code(one: Criterion) -> str:
    return str(one.evidence or one.code)
