"""Every data source and software version behind the result."""

from reportlab.platypus import Flowable

from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.page import Heading
from genoai_desktop.report.sections.common import moment
from genoai_desktop.report.style import table, text


def all_versions(result: CaseResult) -> tuple[Version, ...]:
    """Versions that any part names, by name, each once."""
    parts = (result, result.rare, result.pgx, result.risk)
    found = {version for part in parts if part is not None for version in part.versions}
    return tuple(sorted(found, key=lambda version: (version.name, version.release)))


def build(result: CaseResult) -> list[Flowable]:
    """The table of sources."""
    rows = [(v.name, v.release, v.licence or "–", v.sha256[:16] or "–") for v in all_versions(result)]
    story: list[Flowable] = [
        Heading(tr("Sources and versions")),
        text(
            tr(
                "GenoAI Desktop {version}; analysed {date}.",
                version=result.program_version,
                date=moment(result.created),
            )
        ),
    ]
    if not rows:
        return [*story, text(tr("No source is named by this result."))]
    head = (tr("Source"), tr("Release"), tr("Licence"), tr("SHA-256 (first 16)"))
    return [*story, table(head, rows, (38, 40, 74, 30), fine=True)]
