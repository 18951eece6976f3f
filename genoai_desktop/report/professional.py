"""What stands around the pages that professionals read: report, medicines card, alert list."""

from collections.abc import Iterable

from genoai_desktop.domain.letters import Clinic
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.document import DECISION_SUPPORT
from genoai_desktop.report.page import Surround
from genoai_desktop.report.signature import Signature


def surround(
    title: str,
    header: Iterable[str],
    mark: Signature | None,
    allowed: CaseResult,
    clinic: Clinic,
    language: str,
) -> Surround:
    """Header (its empty parts left out), footer and watermark; ``mark`` is a signature over this content."""
    return Surround(
        title=title,
        header=" · ".join(part for part in header if part),
        footer=tr(DECISION_SUPPORT),
        page_words=tr("page {page} of {pages}"),
        language=language,
        signature=mark,
        watermark="" if mark else tr("DRAFT – not signed"),
        created=allowed.created,
        head=clinic.letterhead,
    )
