"""Open a stored case: its files are proved to be the same, then it is analysed as it was edited."""

from dataclasses import replace
from pathlib import Path

from genoai_desktop.analysis.rare_disease import InHouse
from genoai_desktop.app.analysing import analyse, reanalyse
from genoai_desktop.app.casebook import document, files
from genoai_desktop.app.casebook.document import StoredCase
from genoai_desktop.app.request import CaseRequest, OpenCase
from genoai_desktop.domain.case import Case, Consent
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.knowledge import Knowledge


def with_files(stored: StoredCase, context: Context) -> StoredCase:
    """``stored`` with a reference (path, size, SHA-256) to each of its request's files.

    Raises:
        Cancelled: the person stopped the job.
        UserError: a file cannot be read.
    """
    found = document.paths(stored.request)
    refs = tuple(files.reference_to(role, path, context, stored.files) for role, path in found.items())
    return replace(stored, files=refs)


def relocated(stored: StoredCase, folder: Path, context: Context) -> StoredCase:
    """``stored`` with its moved files found again below ``folder`` by their content.

    Raises:
        FilesMissing: some are not there either.
    """
    refs = files.find(stored.files, folder, context)
    paths = {ref.role: Path(ref.path) for ref in refs}
    case = stored.case
    if case.reads and "reads" in paths:
        case = replace(case, reads=str(paths["reads"]))
    if case.callable_regions and "callable_regions" in paths:
        case = replace(case, callable_regions=str(paths["callable_regions"]))
    return replace(stored, case=case, files=refs, request=document.with_paths(stored.request, paths))


def reopen(
    stored: StoredCase, knowledge: Knowledge, context: Context, earlier: InHouse | None = None
) -> OpenCase:
    """Analyse a stored case from its files, with everything that was edited.

    ``earlier``: what the clinic's other cases carried.

    Raises:
        FilesMissing: files are gone or have changed.
        UserError, Cancelled: as ``app.analyse``.
    """
    checking, analysing = shares(context, 1, 4)
    files.verify(stored.files, checking)
    return from_files(document.request_with(stored), stored.case, knowledge, analysing, earlier)


def from_files(
    request: CaseRequest, case: Case, knowledge: Knowledge, context: Context, earlier: InHouse | None = None
) -> OpenCase:
    """Analyse ``case`` from the files of ``request`` anew, nothing taken over from an earlier analysis.

    Raises:
        UserError, Cancelled: as ``app.analyse``.
    """
    # the first pass only loads and annotates: nothing is allowed, so nothing is computed
    bare = replace(request, consent=Consent(frozenset()), observed=(), excluded=(), phenopacket=None)
    loading, finishing = shares(context, 3, 2)
    loaded = analyse(bare, knowledge, loading, earlier=earlier)
    opened = reanalyse(replace(loaded, request=request), case, knowledge, finishing)
    return replace(opened, request=request)
