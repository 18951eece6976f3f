"""A case among published ones, and among this clinic's where those consented to research."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from genoai_desktop.analysis.profiles import neighbours
from genoai_desktop.app.casebook.document import Status
from genoai_desktop.app.consent import points_to
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.profiles import ClinicCase, ProfileResult
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook, StoredCase

_CAUSAL = ("pathogenic", "likely pathogenic")
_CONCLUDED = (Status.SIGNED, Status.CLOSED)
MOST_CASES = 2000
"""Cases of the store that are read for one comparison, the latest first."""


def similar(
    result: CaseResult,
    knowledge: Knowledge,
    context: Context,
    *,
    book: "Casebook | None" = None,
    uid: str = "",
) -> ProfileResult | None:
    """Neighbours of the case by features and by genes with a causal variant; None without primary consent.

    ``book``: the unlocked store, whose other cases with consent to research are compared with; ``uid``: the
    case's own identifier in it.

    Raises:
        Cancelled: the person stopped the job.
    """
    if not result.case.consent.allows(Scope.PRIMARY):
        return None
    reading, comparing = shares(context, 8 if book is not None else 0, 2)
    others = clinic_cases(book, uid, reading) if book is not None else ()
    comparing.report(tr("Comparing with other cases"), 0.0)
    found = neighbours(result.case, knowledge, others, comparing, genes=causal_genes(result.rare))
    comparing.report(tr("Comparing with other cases"), 1.0)
    return found


def causal_genes(rare: RareDiseaseResult | None) -> tuple[str, ...]:
    """Genes of candidates that the features point to and whose variant is (likely) pathogenic."""
    if rare is None:
        return ()
    found = {
        candidate.gene
        for candidate in rare.candidates
        if points_to(candidate) and any(one.classification.lower() in _CAUSAL for one in candidate.variants)
    }
    return tuple(sorted(found))


def clinic_cases(book: "Casebook", uid: str, context: Context) -> tuple[ClinicCase, ...]:
    """Other cases of the store that consented to research; one that cannot be read is left out."""
    found = []
    heads = book.heads()[:MOST_CASES]
    for head in context.track(heads, tr("Reading the stored cases")):
        if head.case_id == uid:
            continue
        try:
            stored = book.load(head.case_id, head.version)
        except UserError:
            continue
        if stored.case.consent.allows(Scope.RESEARCH) and stored.case.consent.allows(Scope.PRIMARY):
            found.append(_clinic_case(stored))
    return tuple(found)


def _clinic_case(stored: "StoredCase") -> ClinicCase:
    listed = stored.summary.get(Scope.PRIMARY.value)
    candidates = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    best = candidates[0] if candidates else {}
    name = str(best.get("disease", ""))
    if name and stored.dossier.status not in _CONCLUDED:
        name = tr("first candidate: {name}", name=name)
    genes = {str(one.get("gene", "")) for one in candidates if _is_causal(one)}
    return ClinicCase(
        id=stored.case.id,
        terms=stored.case.observed,
        diagnosis=name,
        diagnosis_id=str(best.get("id", "")),
        genes=tuple(sorted(genes - {""})),
    )


def _is_causal(candidate: Mapping[str, Any]) -> bool:
    variants = candidate.get("variants", ())
    return any(str(one.get("classification", "")).lower() in _CAUSAL for one in variants)
