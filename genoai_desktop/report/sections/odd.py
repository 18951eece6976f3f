"""Findings: everything odd that a stage noticed."""

import re
from dataclasses import replace

from reportlab.platypus import Flowable

from genoai_desktop.domain.failed import CODE
from genoai_desktop.domain.findings import Severity, Where
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import word
from genoai_desktop.report.style import table, text

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def _where(where: Where) -> str:
    """The place without the folders, which are nobody's business who gets the report."""
    return str(replace(where, file=re.split(r"[/\\]", where.file)[-1]))


def build(result: CaseResult) -> list[Flowable]:
    """Errors first."""
    story: list[Flowable] = [Heading(tr("Findings about the file and the run"))]
    if not result.findings:
        return [*story, text(tr("Nothing odd was noticed."))]
    ordered = sorted(result.findings, key=lambda finding: _ORDER.index(finding.severity))
    rows = [
        (word(f.severity.value), f.code, "" if f.code == CODE else _where(f.where), written(f.count), f.text)
        for f in ordered
    ]
    head = (tr("Severity"), tr("Code"), tr("Where"), tr("Records"), tr("What"))
    return [*story, table(head, rows, (16, 48, 32, 16, 74))]
