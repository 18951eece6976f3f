"""The filters tried: how many variants each step removed."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.style import table, text


def build(result: CaseResult) -> list[Flowable]:
    """The waterfall of the rare-disease analysis."""
    if result.rare is None or not result.rare.waterfall:
        return []
    rows = [
        (step.label, written(step.entered), written(step.removed), written(step.entered - step.removed))
        for step in result.rare.waterfall
    ]
    head = (tr("Filter"), tr("Came in"), tr("Removed"), tr("Remain"))
    note = tr("A removed variant is not lost: the program shows for every position which step removed it.")
    return [Heading(tr("Filters tried")), text(note), table(head, rows, (90, 28, 28, 28))]
