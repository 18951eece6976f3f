"""``risk ancestry``: superpopulation of every sample of a file, as a table."""

from pathlib import Path

import polars as pl

from genoai_desktop.analysis.ancestry import estimate
from genoai_desktop.app.tables import write_table
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf import load

SUPERPOPULATIONS = ("AFR", "AMR", "EAS", "EUR", "SAS")


def write_ancestry(vcf: Path, out: Path, knowledge: Knowledge, context: Context) -> None:
    """Columns ``sample superpopulation probability sites_used`` and one per superpopulation.

    A sample about which nothing can be said has empty fields and a note.

    Raises:
        UserError: the file is refused or has no samples.
        Cancelled: the person stopped it.
    """
    table = load(vcf, context)
    if not table.samples:
        raise UserError(
            tr("The file has no samples."), where=vcf.name, remedy=tr("Give a VCF with genotypes.")
        )
    rows = []
    for index, sample in enumerate(context.track(table.samples, tr("Estimating ancestry"))):
        found = estimate(table, index, knowledge, Silent())  # the bar is that of the samples
        proportions = dict(found.proportions)
        row: dict[str, object] = {
            "sample": sample,
            "superpopulation": found.best or None,
            "probability": round(proportions[found.best], 6) if found.best else None,
            "sites_used": found.sites_used,
        }
        row |= {name: proportions.get(name) for name in SUPERPOPULATIONS}
        rows.append(row | {"note": found.note})
    write_table(pl.DataFrame(rows, infer_schema_length=None), out)
