"""What differs between two versions of a case, in plain words. Works on documents with any fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from genoai_desktop.domain import serial
from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.text import joined, tr

_ID_KEYS = ("id", "name", "time", "variant", "rank")
_QUIET = {"label", "disease", "is"}
"""Fields that only explain another one: a difference in them alone is not worth a line."""
_THROUGH = {"given"}
"""Fields whose owner's name says enough."""


def case_changes(before: Case, after: Case) -> tuple[str, ...]:
    """One line per thing that differs between two states of a case."""
    return tuple(_object("", serial.encode(before), serial.encode(after)))


def change_title(before: Case, after: Case) -> str:
    """The differences as the name of one edit: the first, and how many more."""
    lines = case_changes(before, after)
    if not lines:
        return tr("no change")
    more = len(lines) - 1
    return tr("{first} and {count} more", first=lines[0], count=more) if more else lines[0]


def version_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """One line per difference between two documents of a case.

    Results are compared only in scopes that the later consent allows; where consent was narrowed, older
    results of the narrowed kind stay unsaid.
    """
    given = set(after.get("case", {}).get("consent", {}).get("given", []))
    lines = list(_object("", _tellable(before, given), _tellable(after, given)))
    lines += _object("", before.get("dossier", {}), after.get("dossier", {}))
    lines += _files(before.get("files", []), after.get("files", []))
    lines += _results(before, after)
    lines += _versions(before, after)
    return tuple(lines)


def _tellable(document: Mapping[str, Any], given: set[str]) -> dict[str, Any]:
    """The case without wording that was written when more was consented to than now."""
    case = dict(document.get("case", {}))
    if edits := case.get("letter_edits"):
        case["letter_edits"] = [edit for edit in edits if given >= set(edit.get("consent", []))]
    return case


def _results(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if before.get("case", {}).get("proband") != after.get("case", {}).get("proband"):
        yield tr("The proband is another person: results are not compared.")
        return
    given = set(after.get("case", {}).get("consent", {}).get("given", []))
    earlier = set(before.get("case", {}).get("consent", {}).get("given", []))
    if earlier - given:
        yield tr("Consent was narrowed: results before that are not compared.")
        return
    old, new = before.get("summary", {}), after.get("summary", {})
    unknown = _failed(before) | _failed(after)
    for scope in (scope.value for scope in Scope if scope.value in given):
        if scope in unknown:
            yield tr("{part}: an analysis failed in the program, so it is not compared", part=_words(scope))
        elif scope in old and scope in new:
            yield from _entries(scope, old[scope], new[scope])
        elif scope in new:
            yield tr("{part}: analysed for the first time", part=_words(scope))


_RESTS_ON = {
    Part.RARE: (Scope.PRIMARY,),
    Part.PGX: (Scope.PGX,),
    Part.RISK: (Scope.SECONDARY, Scope.CARRIER, Scope.POLYGENIC),
    Part.ANCESTRY: (Scope.POLYGENIC,),
    Part.CLASSIFICATION: (Scope.PRIMARY, Scope.SECONDARY, Scope.CARRIER),
}
"""Scopes whose summary rests on an analysis."""


def _failed(document: Mapping[str, Any]) -> set[str]:
    """Scopes of which the last analysis of this version does not know everything."""
    runs = document.get("analyses", [])
    parts = runs[-1].get("failed", []) if runs else []
    return {scope.value for part in parts for scope in _RESTS_ON.get(part, ())}


def _entries(scope: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    was, now = _by_name(old), _by_name(new)
    part = _words(scope)
    for name, entry in now.items():
        if name not in was:
            yield tr("{part}: {name} is new", part=part, name=name)
        elif was[name] != entry:
            yield from _object(f"{part}, {name}", was[name], entry)
    for name in was:
        if name not in now:
            yield tr("{part}: {name} is gone", part=part, name=name)


def _by_name(entries: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        parts = [str(entry[key]) for key in ("gene", "disease") if entry.get(key)]
        found[" – ".join(parts) or str(entry)] = entry
    return found


def _files(before: list[Any], after: list[Any]) -> Iterator[str]:
    was = {ref["role"]: ref for ref in before}
    for ref in after:
        old = was.pop(ref["role"], None)
        if old is None:
            yield tr("File added: {role}", role=ref["role"])
        elif old["sha256"] and ref["sha256"] and old["sha256"] != ref["sha256"]:
            yield tr("File with other content: {role}", role=ref["role"])
        elif old["path"] != ref["path"]:
            yield tr("File at another place: {role}", role=ref["role"])
    for role in was:
        yield tr("File no longer used: {role}", role=role)


def _versions(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = _last(before), _last(after)
    if old is None or new is None:
        return
    if old.get("program") != new.get("program"):
        yield tr("Program: {old} → {new}", old=old.get("program"), new=new.get("program"))
    was = dict(old.get("versions", []))
    for name, release in new.get("versions", []):
        if name in was and was[name] != release:
            yield tr("Data {name}: {old} → {new}", name=name, old=was[name], new=release)


def _last(document: Mapping[str, Any]) -> dict[str, Any] | None:
    runs = document.get("analyses", [])
    return runs[-1] if runs else None


def _object(place: str, before: Any, after: Any) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        if name not in _QUIET and before.get(name) != after.get(name):
            inner = name in _THROUGH and place
            where = place if inner else f"{place}: {_words(name)}" if place else _words(name)
            yield from _value(where, before.get(name), after.get(name))


def _value(where: str, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _object(where, old, new)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list(where, old, new)
    elif old in (None, "", [], {}):
        yield tr("{where}: set to {new}", where=where, new=_said(new))
    elif new in (None, "", [], {}):
        yield tr("{where}: {old} removed", where=where, old=_said(old))
    else:
        yield tr("{where}: {old} → {new}", where=where, old=_said(old), new=_said(new))


def _list(where: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    was, now = _keyed(old), _keyed(new)
    for key, item in now.items():
        if key not in was:
            yield tr("{where}: {item} added", where=where, item=_said(item))
        elif was[key] != item and isinstance(item, dict):
            yield from _object(f"{where}, {_said(item)}", was[key], item)
        elif was[key] != item:
            yield tr("{where}: {old} → {new}", where=where, old=_said(was[key]), new=_said(item))
    gone = [item for key, item in was.items() if key not in now]
    for item in gone:
        yield tr("{where}: {item} removed", where=where, item=_said(item))
    if not gone and len(was) == len(now) and list(was) != list(now) and all(k in was for k in now):
        yield tr("{where}: order changed", where=where)


def _keyed(items: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        key = _key(item)
        number = 2
        unique = key
        while unique in found:
            unique, number = f"{key} #{number}", number + 1
        found[unique] = item
    return found


def _key(item: Any) -> str:
    if isinstance(item, dict):
        found = next((item[name] for name in _ID_KEYS if item.get(name)), None)
        return str(found if found is not None else item)
    return str(item)


def _said(item: Any) -> str:
    """A value as a person reads it."""
    if isinstance(item, bool):
        return tr("yes") if item else tr("no")
    if isinstance(item, dict) and "decision" in item and "scope" in item:
        return _decision(item)
    if isinstance(item, dict):
        label, name = item.get("label") or item.get("name") or item.get("text"), item.get("id")
        parts = [str(part) for part in (label, name) if part]
        if item.get("excluded"):
            parts.append(tr("(not seen)"))
        return " ".join(parts) or ", ".join(f"{_words(k)} {_said(v)}" for k, v in item.items() if v)
    if isinstance(item, list):
        return ", ".join(map(_said, item))
    return f"{item:g}" if isinstance(item, float) else _names().get(str(item), str(item))


def _decision(event: Mapping[str, Any]) -> str:
    """Who decided what on which scope, when, by which document."""
    decided = {
        "given": tr("given"),
        "declined": tr("declined"),
        "withdrawn": tr("withdrawn"),
        "undone": tr("undone"),
    }
    scope, decision = str(event["scope"]), str(event["decision"])
    rest = (event.get(name) for name in ("person", "date", "document"))
    parts = (_words(scope), decided.get(decision, decision), *rest)
    return joined(", ", (str(part) for part in parts if part))


def _words(name: str) -> str:
    """A field's name as words; texts that are no field names stay as they are."""
    return _names().get(name) or (name.replace("_", " ") if name.islower() else name)


def _names() -> dict[str, str]:
    return {
        "id": tr("name"),
        "terms": tr("Phenotype"),
        "given": tr("Consent"),
        "consent": tr("Consent"),
        "consent_events": tr("Decision on consent"),
        "medicines": tr("Medicines"),
        "indication": tr("Indication"),
        "persons": tr("Family"),
        "criterion_edits": tr("ACMG criteria"),
        "letter_edits": tr("Wording of letters"),
        "signatures": tr("Signed documents"),
        "status": tr("Status"),
        "notes": tr("Notes"),
        "age_years": tr("age"),
        "patient": tr("Patient data"),
        "weight_kg": tr("weight (kg)"),
        "height_cm": tr("height (cm)"),
        "egfr": tr("eGFR"),
        "target_inr": tr("target INR"),
        "outside_calls": tr("Other laboratories"),
        "reports_every_covered_position": tr("Laboratory reports every covered position"),
        "excluded": tr("not seen"),
        "vcf_name": tr("VCF file"),
        "primary": tr("Primary findings"),
        "secondary": tr("Secondary findings"),
        "carrier": tr("Carrier findings"),
        "pgx": tr("Medicines and genes"),
        "polygenic": tr("Polygenic scores"),
        "research": tr("Research sharing"),
        "recontact": tr("Contact again"),
    }
