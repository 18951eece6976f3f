"""A case as the store keeps it: one JSON document per version.

``format``, ``case`` (``domain.serial``), ``request`` (how the files were opened), ``files`` (by role, path,
SHA-256 and size), ``dossier`` (status and notes), ``analyses`` (what ran when with which versions) and
``summary`` (what the last analysis found, by consent scope) and ``ledger`` (on what that rested, to hold
new knowledge against it). Parts that this program does not know are
carried over to the next version unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from genoai_desktop.app.casebook.files import FileRef
from genoai_desktop.app.casebook.summary import summary
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain import serial
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.ledger import Ledger
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr

FORMAT = 1
MOST_ANALYSES = 50
_EDITED_IN_CASE = {"observed", "excluded", "sex", "age", "consent", "medicines", "name", "indication"}
"""Fields of a request that only fill the case at its first opening: the case itself is what counts."""


class Status(StrEnum):
    """How far a case is."""

    OPEN = "open"
    REVIEW = "in review"
    SIGNED = "signed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a case. ``time`` is ISO 8601."""

    text: str
    user: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a person writes about a case beside what the analyses need; never exported."""

    status: Status = Status.OPEN
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """One run: when, by which program, on which data."""

    time: str
    program: str
    versions: tuple[tuple[str, str], ...] = ()
    failed: tuple[str, ...] = ()
    """Analyses (``domain.failed.Part``) that failed in the program: what is missing of them is not known."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case as it was saved. ``uid`` is its random identifier in the store."""

    uid: str
    version: int
    case: Case
    request: CaseRequest
    files: tuple[FileRef, ...] = ()
    dossier: Dossier = field(default_factory=Dossier)
    analyses: tuple[Analysis, ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    unknown: tuple[serial.Unknown, ...] = ()

    @property
    def not_understood(self) -> tuple[str, ...]:
        """Places in the document that a later program wrote; they are kept."""
        return tuple(part.place for part in self.unknown)


def of_opening(uid: str, request: CaseRequest, case: Case, result: CaseResult | None = None) -> StoredCase:
    """A case that was just opened, before its first version."""
    made = StoredCase(uid, 0, case, request, _places(request))
    return made if result is None else with_result(made, result)


def _places(request: CaseRequest) -> tuple[FileRef, ...]:
    """Where the files lie, before there was time for checksums."""
    found = paths(request) if isinstance(request, CaseRequest) else {}
    return tuple(
        FileRef(role, str(path), "", path.stat().st_size if path.is_file() else 0)
        for role, path in found.items()
    )


def with_result(stored: StoredCase, result: CaseResult, ledger: Ledger | None = None) -> StoredCase:
    """``stored`` with what an analysis found. Runs of the same program on the same data are one entry."""
    versions = tuple((version.name, version.release) for version in result.versions)
    failed = tuple(one.part.value for one in result.failed)
    run = Analysis(result.created, result.program_version, versions, failed)
    last = stored.analyses[-1] if stored.analyses else None
    same = last is not None and replace(last, time=run.time) == run
    kept = stored.analyses if same else (*stored.analyses, run)[-MOST_ANALYSES:]
    return replace(
        stored, case=result.case, analyses=kept, summary=summary(result), ledger=ledger or Ledger()
    )


def write(stored: StoredCase) -> dict[str, Any]:
    """The document."""
    request = {
        name: value
        for name, value in serial.encode(stored.request).items()
        if name not in _EDITED_IN_CASE and name not in path_fields()
    }
    document = {
        "format": FORMAT,
        "case": serial.encode(stored.case),
        "request": request,
        "files": serial.encode(stored.files),
        "dossier": serial.encode(stored.dossier),
        "analyses": serial.encode(stored.analyses),
        "summary": dict(stored.summary),
        "ledger": serial.encode(stored.ledger.permitted(stored.case.consent)),
    }
    merged: dict[str, Any] = serial.merge(document, stored.unknown)
    return merged


def read(uid: str, version: int, document: Mapping[str, Any]) -> StoredCase:
    """The case in a document of this program or an earlier one.

    Raises:
        UserError: the document is of a later program that changed its form, or cannot be read.
    """
    if int(document.get("format", 0)) > FORMAT:
        raise UserError(
            tr("The case was saved by a later version of the program."),
            remedy=tr("Open it with that version."),
            code="casebook.later",
        )
    try:
        return _read(uid, version, document)
    except serial.NotReadable as error:
        raise UserError(
            tr("The case cannot be read (at {place}).", place=error.place or tr("its beginning")),
            remedy=tr("An earlier version of the case may be readable; see its versions."),
            code="casebook.unreadable",
        ) from error


def _read(uid: str, version: int, document: Mapping[str, Any]) -> StoredCase:
    unknown: list[serial.Unknown] = []

    def part(name: str, kind: Any, empty: Any) -> Any:
        value, strange = serial.decode(kind, document.get(name, empty))
        unknown.extend(replace(one, path=(name, *one.path)) for one in strange)
        return value

    known = {"format", "case", "request", "files", "dossier", "analyses", "summary", "ledger"}
    unknown.extend(serial.Unknown((name,), value) for name, value in document.items() if name not in known)
    case = part("case", Case, {})
    files = part("files", tuple[FileRef, ...], [])
    raw = dict(document.get("request", {})) | _path_values(files)
    request, strange = serial.decode(CaseRequest, {"vcf": case.vcf_name, **raw})
    unknown.extend(replace(one, path=("request", *one.path)) for one in strange)
    dossier = part("dossier", Dossier, {})
    analyses = part("analyses", tuple[Analysis, ...], [])
    found = document.get("summary", {})
    ledger = _ledger(document)
    return StoredCase(uid, version, case, request, files, dossier, analyses, found, ledger, tuple(unknown))


def _ledger(document: Mapping[str, Any]) -> Ledger:
    """Made anew by the next analysis: one that cannot be read never keeps a case from being opened."""
    try:
        return serial.decode(Ledger, document.get("ledger", {}))[0]
    except serial.NotReadable:
        return Ledger()


def path_fields() -> tuple[str, ...]:
    """Fields of a request that hold paths of files, whichever there are."""
    return tuple(item.name for item in fields(CaseRequest) if "Path" in str(item.type))


def paths(request: CaseRequest) -> dict[str, Path]:
    """The files of a request by role: the field's name, with ``.0``, ``.1`` ... where it holds several."""
    found: dict[str, Path] = {}
    for name in path_fields():
        value = getattr(request, name)
        if isinstance(value, tuple):
            found.update({f"{name}.{index}": Path(path) for index, path in enumerate(value)})
        elif value is not None:
            found[name] = Path(value)
    return found


def with_paths(request: CaseRequest, places: Mapping[str, Path]) -> CaseRequest:
    """``request`` with the files of these roles at other places."""
    new: dict[str, Any] = {}
    for role, path in places.items():
        name, _, index = role.partition(".")
        if index:
            several = list(new.get(name, getattr(request, name)))
            several[int(index)] = path
            new[name] = tuple(several)
        else:
            new[name] = path
    return replace(request, **new)


def _path_values(refs: tuple[FileRef, ...]) -> dict[str, Any]:
    """Paths by field as a document has them."""
    found: dict[str, Any] = {}
    for ref in sorted(refs, key=lambda ref: ref.role):
        name, _, index = ref.role.partition(".")
        if index:
            found.setdefault(name, []).append((int(index), ref.path))
        else:
            found[name] = ref.path
    return {
        name: [path for _, path in sorted(value)] if isinstance(value, list) else value
        for name, value in found.items()
    }


def request_with(stored: StoredCase) -> CaseRequest:
    """The request to open the files with: what was asked at first, with the case's own words."""
    case = stored.case
    return replace(
        stored.request,
        sex=case.index.sex,
        age=case.index.age_years,
        consent=case.consent,
        medicines=case.medicines,
        name=case.id,
        indication=case.indication,
        build=case.build,
        phenopacket=stored.request.phenopacket,
    )
