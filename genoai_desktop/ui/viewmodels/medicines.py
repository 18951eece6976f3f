"""The lines of the Medicines page's list: by concern, by drug, by gene, and doses, narrowed by a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from genoai_desktop.domain.pgx import GeneCall, PgxResult
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.medicine_dose import dose_words
from genoai_desktop.ui.widgets.medicine_list import Group, Line
from genoai_desktop.ui.widgets.medicine_marks import (
    CONCERNS,
    concern_icon,
    concern_words,
    relation_words,
    status_icon,
    status_words,
)

if TYPE_CHECKING:
    from genoai_desktop.app.medicines import MedicineView


def by_concern(theme: Theme, views: Sequence[MedicineView], typed: str) -> list[Group]:
    """One group for each level of concern, the gravest first; the patient's medicines lead within it."""
    groups = []
    for concern in CONCERNS:
        lines = tuple(
            _drug(theme, view)
            for view in views
            if view.entry.concern is concern
            and (view.entry.advice or view.entry.cautions or _own(view))
            and _fits(view, typed)
        )
        groups.append(Group(f"{concern_words(concern)} ({len(lines)})", lines))
    return groups


def by_drug(theme: Theme, views: Sequence[MedicineView], typed: str) -> list[Group]:
    """The patient's medicines, then every other by name."""
    found = sorted((view for view in views if _fits(view, typed)), key=lambda view: view.drug)
    own = tuple(_drug(theme, view) for view in found if _own(view))
    rest = tuple(_drug(theme, view) for view in found if not _own(view))
    return [
        Group(tr("Medicines of this patient"), own),
        Group(tr("All others ({count})", count=len(rest)), rest),
    ]


def by_gene(theme: Theme, result: PgxResult, typed: str) -> list[Group]:
    """Genes by name; a text may also be a drug's name, to find the genes behind it."""
    wanted = typed.strip().lower()
    behind = {g for one in result.advice if wanted and wanted in one.drug.lower() for g in one.genes}
    lines = tuple(
        _gene(theme, call) for call in result.calls if wanted in call.gene.lower() or call.gene in behind
    )
    return [Group("", lines)]


def doses(theme: Theme, views: Sequence[MedicineView], typed: str) -> list[Group]:
    """Medicines for which a dose can be calculated."""
    wanted = typed.strip().lower()
    dosed = sorted((view for view in views if view.doses and wanted in view.drug), key=lambda view: view.drug)
    return [Group("", tuple(_dose(theme, view) for view in dosed))]


def drugs_of(result: PgxResult, gene: str) -> list[str]:
    """Medicines for which a guideline asks this gene."""
    return sorted({one.drug.lower() for one in result.advice if gene in one.genes})


def _own(view: MedicineView) -> bool:
    return bool(relation_words(view.entry.relation))


def _fits(view: MedicineView, typed: str) -> bool:
    wanted = typed.strip().lower()
    return wanted in view.drug or any(
        wanted in gene.lower() for one in view.entry.advice for gene in one.genes
    )


def _drug(theme: Theme, view: MedicineView) -> Line:
    entry = view.entry
    genes = list(dict.fromkeys(gene for one in entry.advice for gene in one.genes))
    because = joined(", ", genes) or (tr("by patient data") if entry.cautions else "")
    parts = (relation_words(entry.relation), concern_words(entry.concern), because)
    note = joined(" · ", (part for part in parts if part))
    return Line(("drug", entry.drug), entry.drug, note, concern_icon(theme, entry.concern))


def _gene(theme: Theme, call: GeneCall) -> Line:
    parts = sorted((call.phenotype or call.diplotype).split("; "), key=lambda part: part.endswith("negative"))
    said_already = call.phenotype.casefold() == call.status.value.casefold()
    result = "" if said_already else joined("; ", map(pgx_said, parts))
    note = joined(" · ", (part for part in (status_words(call.status), result) if part))
    return Line(("gene", call.gene), call.gene, note, status_icon(theme, call.status))


def _dose(theme: Theme, view: MedicineView) -> Line:
    """A dose for a medicine that is better avoided keeps the mark of what speaks against it."""
    given = [one for one in view.doses if not one.reason]
    lasting = [one for one in given if not one.days] or given[:1]
    note = "  →  ".join(
        dose_words(one) for one in lasting
    )  # a calculated dose, then what a guideline makes of it
    if not lasting:
        note = tr("No dose: {reason}", reason=view.doses[0].reason)
    icon = concern_icon(theme, view.entry.concern)
    spoken = f"{view.drug}, {concern_words(view.entry.concern)}, {note}"
    return Line(("dose", view.drug), view.drug, note, icon, spoken)
