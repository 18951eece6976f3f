"""Checks a resource against a compiled FHIR profile (snapshot), as far as the profile alone allows.

Cardinalities at every depth, fixed and pattern values, types of choices, slices by pattern or type, and
required bindings to value sets that the guide holds or that are listed below. Not checked: invariants
(FHIRPath), extensible and preferred bindings, codes of external systems within an included whole system.
"""

import json
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Element = dict[str, Any]

LOINC = "http://loinc.org"
ELSEWHERE = {
    "http://hl7.org/fhir/ValueSet/observation-status": {
        *(
            "registered",
            "preliminary",
            "final",
            "amended",
            "corrected",
            "cancelled",
            "entered-in-error",
            "unknown",
        )
    },
    "http://hl7.org/fhir/ValueSet/diagnostic-report-status": {
        *("registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "cancelled"),
        *("entered-in-error", "unknown"),
    },
    "http://loinc.org/vs/LL1971-2": {"LA9633-4", "LA9634-2", "LA18198-4", "LA11883-8"},
    "http://loinc.org/vs/LL2938-0": {
        *("LA21254-0", "LA21255-7", "LA21256-5", "LA21257-3", "LA21258-1", "LA21259-9", "LA21260-7"),
        *("LA21261-5", "LA21262-3", "LA21263-1", "LA21264-9", "LA21265-6", "LA21266-4", "LA21267-2"),
        *("LA21268-0", "LA21269-8", "LA21270-6", "LA21271-4", "LA21272-2", "LA21273-0", "LA21274-8"),
        *("LA21275-5", "LA21276-3", "LA21277-1"),
    },
}
"""Value sets of FHIR R4 and answer lists of LOINC that the profiles require: their codes."""


@dataclass
class Guide:
    """Profiles and value sets of an archive, by canonical address."""

    archive: Path
    profiles: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with tarfile.open(self.archive) as archive:
            for member in archive:
                kind = Path(member.name).name.partition("-")[0]
                if kind in ("StructureDefinition", "ValueSet"):
                    file = archive.extractfile(member)
                    assert file is not None
                    document = json.load(file)
                    held = self.profiles if kind == "StructureDefinition" else self.values
                    held[document["url"]] = document

    def problems(self, resource: Element) -> list[str]:
        """What does not fit the profiles that the resource names."""
        found = []
        for url in resource.get("meta", {}).get("profile", []):
            elements = self.profiles[url]["snapshot"]["element"]
            found += _Check(self, {one["id"]: one for one in elements}).all(resource, elements[0]["id"])
        return found

    def allows(self, canonical: str, system: str | None, code: str) -> bool:
        """Whether a required value set has the code; KeyError for one that nobody listed."""
        address = canonical.partition("|")[0]
        if address in ELSEWHERE:
            return code in ELSEWHERE[address]
        for one in self.values[address]["compose"]["include"]:
            if one.get("system") == system:
                concepts = one.get("concept")
                if concepts is None or any(concept["code"] == code for concept in concepts):
                    return True
        return False


@dataclass
class _Check:
    guide: Guide
    elements: dict[str, Element]

    def all(self, value: Any, at: str) -> list[str]:
        found = self._value(value, self.elements[at], at)
        if not isinstance(value, dict):
            return found
        for identifier in self._below(at):
            name = identifier.rpartition(".")[2]
            if ":" not in name:
                found += self._child(value, name, identifier)
        return found

    def _below(self, at: str) -> list[str]:
        deep = at.count(".") + 1
        return [one for one in self.elements if one.startswith(f"{at}.") and one.count(".") == deep]

    def _child(self, parent: Element, name: str, identifier: str) -> list[str]:
        element, values = self.elements[identifier], _values(parent, name)
        found = _counted(values, element, identifier)
        types = {code["code"] for code in element.get("type", [])}
        if name.endswith("[x]"):
            stem = name[:-3]
            wrong = [key for key in parent if key.startswith(stem) and not _typed(key[len(stem) :], types)]
            found += [f"{identifier} may not be {key}" for key in wrong]
        slices = [
            one
            for one in self.elements
            if one.startswith(f"{identifier}:") and one.count(".") == identifier.count(".")
        ]
        taken = 0
        for one in slices:
            mine = [value for key, value in values if self._is(value, key, one)]
            taken += len(mine)
            found += _counted([(name, value) for value in mine], self.elements[one], one)
            for value in mine:
                found += self.all(value, one)
        if element.get("slicing", {}).get("rules") == "closed" and taken < len(values):
            found.append(f"{identifier} has values of no slice")
        if name == "component" and taken < len(values):
            found.append(f"{identifier}: a component is not of the profile")
        for _, value in values:
            found += self.all(value, identifier)
        return found

    def _is(self, value: Any, key: str, at: str) -> bool:
        """Whether a value belongs to a slice: by its patterns, or by the type in the slice's name."""
        slice_name = at.rpartition(":")[2]
        if key == slice_name:
            return True
        patterns = {
            one[len(at) + 1 :]: _pattern(self.elements[one])
            for one in self._below(at)
            if _pattern(self.elements[one]) is not None
        }
        own = _pattern(self.elements[at])
        if own is None and not patterns:
            return False
        held = isinstance(value, dict)
        return (own is None or holds(value, own)) and all(
            held and _any_holds(value.get(name), pattern) for name, pattern in patterns.items()
        )

    def _value(self, value: Any, element: Element, at: str) -> list[str]:
        found = []
        pattern = _pattern(element)
        if pattern is not None and not _any_holds(value, pattern):
            found.append(f"{at} is not {pattern}")
        binding = element.get("binding", {})
        if binding.get("strength") == "required" and not self._bound(value, binding["valueSet"]):
            found.append(f"{at} has no code of {binding['valueSet']}")
        return found

    def _bound(self, value: Any, canonical: str) -> bool:
        if isinstance(value, str):
            return self.guide.allows(canonical, None, value)
        codings = value.get("coding", []) if isinstance(value, dict) else []
        return any(self.guide.allows(canonical, one.get("system"), one["code"]) for one in codings)


def _values(parent: Element, name: str) -> list[tuple[str, Any]]:
    stem = name.removesuffix("[x]")
    keys = [key for key in parent if key == stem or (name.endswith("[x]") and key.startswith(stem))]
    return [
        (key, one)
        for key in keys
        for one in (parent[key] if isinstance(parent[key], list) else [parent[key]])
    ]


def _counted(values: list[tuple[str, Any]], element: Element, at: str) -> list[str]:
    least, most = element.get("min", 0), element.get("max", "*")
    if len(values) < least:
        return [f"{at} is missing"]
    if most != "*" and len(values) > int(most):
        return [f"{at} stands {len(values)} times, not {most}"]
    return []


def _typed(ending: str, types: set[str]) -> bool:
    return any(ending == code[:1].upper() + code[1:] for code in types)


def _pattern(element: Element) -> Any:
    return next((value for key, value in element.items() if key.startswith(("pattern", "fixed"))), None)


def _any_holds(value: Any, pattern: Any) -> bool:
    """A pattern of one repeating element holds where any of them has it."""
    if isinstance(value, list) and not isinstance(pattern, list):
        return any(holds(one, pattern) for one in value)
    return holds(value, pattern)


def holds(value: Any, pattern: Any) -> bool:
    """Whether the value has everything that the pattern has."""
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(holds(value.get(k), v) for k, v in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(holds(v, p) for v in value) for p in pattern)
    return bool(value == pattern)
