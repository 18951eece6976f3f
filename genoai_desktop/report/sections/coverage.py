"""Tested, not tested, not callable."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import COVERAGE_WIDTHS, coverage_head, coverage_rows
from genoai_desktop.report.style import gap, table, text


def build(result: CaseResult) -> list[Flowable]:
    """Always present: absent from a VCF is not the same as reference."""
    lines = dict.fromkeys([*result.coverage, *(result.quality.coverage if result.quality else ())])
    states = result.case.reports_every_covered_position
    words = (
        tr("The laboratory states that a covered position without a record is reference.")
        if states
        else tr("A position without a record in the file is not taken as reference: it counts as not tested.")
    )
    story: list[Flowable] = [Heading(tr("Regions studied: tested, not tested, not callable")), text(words)]
    if lines:
        return [*story, table(coverage_head(), coverage_rows(lines), COVERAGE_WIDTHS), gap(1)]
    if result.failure(Part.QUALITY):
        words = tr("Callability is not known: measuring the quality failed in the program.")
        return [*story, text(words)]
    return [*story, text(tr("Callability was not measured in this run: the file gives no basis for it."))]
