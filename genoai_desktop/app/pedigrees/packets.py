"""GA4GH Phenopackets v2, element Family: proband, relatives and pedigree as JSON. No names are written."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from genoai_desktop.app.pedigrees.imported import Imported, checked_file, odd
from genoai_desktop.app.pedigrees.losses import lost, unused
from genoai_desktop.app.phenopackets import LARGEST, PERIOD
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.family import (
    MOST_CONDITIONS,
    Condition,
    Diagnosis,
    Family,
    Member,
)
from genoai_desktop.domain.family_case import STUDIED, affected, persons_of, unions_of
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.person import Affected, Sex
from genoai_desktop.domain.text import tr

_SEX = {Sex.MALE: "MALE", Sex.FEMALE: "FEMALE", Sex.UNKNOWN: "UNKNOWN_SEX"}
_AFFECTED = {Affected.YES: "AFFECTED", Affected.NO: "UNAFFECTED", Affected.UNKNOWN: "MISSING"}
_HELD = frozenset({"ages", "deaths", "onsets", "unaffected", "proband"})
_FAMILY = frozenset({"id", "proband", "relatives", "pedigree", "consanguinousParents", "metaData"})
_PACKET = frozenset({"id", "subject", "diseases", "metaData"})
_SUBJECT = frozenset({"id", "sex", "timeAtLastEncounter", "vitalStatus", "taxonomy"})
_VITAL = frozenset({"status", "timeOfDeath", "causeOfDeath"})
CURIE = re.compile(r"(OMIM|MONDO|ORPHA|HP|DOID|NCIT):\w+")
_RESOURCES = {
    "OMIM": ("omim", "Online Mendelian Inheritance in Man", "https://www.omim.org/entry/"),
    "MONDO": ("mondo", "Mondo Disease Ontology", "http://purl.obolibrary.org/obo/MONDO_"),
    "ORPHA": ("orpha", "Orphanet", "http://www.orpha.net/ORDO/Orphanet_"),
    "HP": ("hp", "Human Phenotype Ontology", "http://purl.obolibrary.org/obo/HP_"),
    "DOID": ("doid", "Disease Ontology", "http://purl.obolibrary.org/obo/DOID_"),
    "NCIT": ("ncit", "NCI Thesaurus", "http://purl.obolibrary.org/obo/NCIT_"),
}


def write_family_packet(family: Family, path: Path, created: datetime | None = None) -> tuple[str, ...]:
    """Write a Family message; returns what it cannot hold.

    Raises:
        UserError: the file cannot be written.
    """
    document, left_out = family_packet(family, created or datetime.now(UTC))
    write_bytes((json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode(), path)
    return left_out


def family_packet(family: Family, created: datetime) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The message as plain data, and what was left out."""
    people = {person.id for person in persons_of(family)}
    members = [member for member in family.members if member.id in people]
    coded = {c.id for c in family.conditions if CURIE.fullmatch(c.code)}
    meta = _meta(family, created)
    packets = {m.id: _packet(family, m, coded, meta) for m in members}
    document = {
        "id": "family",
        "proband": packets[family.proband],
        "relatives": [packets[m.id] for m in members if m.id != family.proband],
        "pedigree": {"persons": [_person(family, m, people) for m in members]},
        "metaData": meta,
    }
    held = _HELD if any(one.id in coded for one in unused(family)) else _HELD | {"listed"}
    uncoded = [c.name for c in family.conditions if c.id not in coded]
    return document, (*uncoded, *lost(family, held))


def _packet(family: Family, member: Member, coded: set[str], meta: dict[str, Any]) -> dict[str, Any]:
    subject: dict[str, Any] = {"id": member.id, "sex": _SEX[member.sex]}
    if member.age is not None and not member.deceased:
        subject["timeAtLastEncounter"] = _age(member.age)
    if member.deceased:
        vital: dict[str, Any] = {"status": "DECEASED"}
        if member.age is not None:
            vital["timeOfDeath"] = _age(member.age)
        subject["vitalStatus"] = vital
    diseases = [
        _disease(family.condition(d.condition), d.age) for d in member.diagnoses if d.condition in coded
    ]
    packet: dict[str, Any] = {"id": member.id, "subject": subject, "metaData": meta}
    if diseases:
        packet["diseases"] = diseases
    return packet


def _disease(condition: Condition, age: float | None) -> dict[str, Any]:
    made: dict[str, Any] = {"term": {"id": condition.code, "label": condition.name}}
    if age is not None:
        made["onset"] = _age(age)
    return made


def _age(years: float) -> dict[str, Any]:
    months = round(years * 12)
    text = f"P{months // 12}Y{months % 12}M" if months % 12 else f"P{months // 12}Y"
    return {"age": {"iso8601duration": text}}


def _person(family: Family, member: Member, people: set[str]) -> dict[str, Any]:
    parents = (("paternalId", member.father), ("maternalId", member.mother))
    return {
        "familyId": "family",
        "individualId": member.id,
        **{key: parent for key, parent in parents if parent in people},
        "sex": _SEX[member.sex],
        "affectedStatus": _AFFECTED[affected(family, member)],
    }


def _meta(family: Family, created: datetime) -> dict[str, Any]:
    prefixes = {c.code.partition(":")[0] for c in family.conditions if CURIE.fullmatch(c.code)}
    resources = [
        {
            "id": _RESOURCES[prefix][0],
            "name": _RESOURCES[prefix][1],
            "url": _RESOURCES[prefix][2],
            "version": "not stated",
            "namespacePrefix": prefix,
            "iriPrefix": _RESOURCES[prefix][2],
        }
        for prefix in sorted(prefixes)
    ]
    moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "created": moment,
        "createdBy": "GenoAI Desktop",
        "resources": resources,
        "phenopacketSchemaVersion": "2.0.2",
    }


def read_family_packet(path: Path) -> Imported:
    """A Family message as a pedigree.

    Raises:
        UserError: no JSON, no Family, or a family that cannot be.
    """
    document = _document(path)
    persons = _mappings(_mapping(document.get("pedigree")).get("persons"))
    if not persons:
        raise _refused(path, tr("This is no phenopacket of a family: it has no pedigree."))
    reader = _Reader(path.name)
    reader.unused(document, _FAMILY, "")
    packets = [_mapping(document.get("proband")), *_mappings(document.get("relatives"))]
    subjects = {str(_mapping(p.get("subject")).get("id", "")): p for p in packets if p}
    conditions: dict[str, Condition] = {}
    members = [reader.member(person, subjects, conditions) for person in persons]
    known = {member.id for member in members}
    members = [reader.linked(member, known) for member in members]
    asked = [str(one.get("individualId", "")) for one in persons if one.get("affectedStatus") == "AFFECTED"]
    studied = _studied(members, asked) if asked else ""
    if asked and not studied:
        studied = STUDIED
        if conditions:
            text = tr("Who is affected is said without the condition: it is entered as the one in question.")
            reader.say("affectedStatus", text)
        conditions = {STUDIED: Condition(STUDIED, tr("Condition in question")), **conditions}
        members = [reader.affected(member) if member.id in asked else member for member in members]
    proband = str(_mapping(_mapping(document.get("proband")).get("subject")).get("id", ""))
    if proband not in known:
        reader.say("proband", tr("The proband is not in the pedigree; the first person was taken."))
        proband = members[0].id
    family = Family(
        tuple(members),
        proband,
        unions=unions_of(members),
        conditions=tuple(conditions.values()),
        studied=studied,
    )
    family = _with_kin(family, document, reader)
    if {one for one in subjects if one} - known - {proband}:
        reader.say("relatives", tr("A relative has no entry in the pedigree and was left out."))
    places = {member.id: f"pedigree.persons[{number}]" for number, member in enumerate(members)}
    return Imported(checked_file(family, path, places), tuple(reader.findings))


def _with_kin(family: Family, document: dict[str, Any], reader: "_Reader") -> Family:
    """The proband's parents as blood relatives, where the file says so."""
    if document.get("consanguinousParents") is not True:
        return family
    pair = set(family.by_id[family.proband].parents)
    if len(pair) < 2:
        reader.say("consanguinousParents", tr("This part of the file is not used."))
        return family
    unions = (replace(one, consanguineous=set(one.partners) == pair) for one in family.unions)
    return replace(family, unions=tuple(unions))


def _studied(members: list[Member], asked: list[str]) -> str:
    """The condition that "affected" is about: the one of exactly these people, else empty.

    Where the file leaves open of somebody who has it whether they are affected, they count as affected.
    """
    open_ = {member.id for member in members if member.id not in asked and not member.unaffected}
    having: dict[str, set[str]] = {}
    for member in members:
        for diagnosis in member.diagnoses:
            having.setdefault(diagnosis.condition, set()).add(member.id)
    exact = [one for one, people in having.items() if people == set(asked)]
    wider = [one for one, people in having.items() if set(asked) <= people <= {*asked, *open_}]
    return next((found[0] for found in (exact, wider) if len(found) == 1), "")


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._unknown: set[str] = set()

    def unused(self, part: dict[str, Any], known: frozenset[str], above: str) -> None:
        """Tell of every field with something in it that no pedigree takes, each once."""
        for key, value in part.items():
            if (
                key not in known
                and value not in (None, "", [], {}, False)
                and above + key not in self._unknown
            ):
                self._unknown.add(above + key)
                self.say(above + key, tr("This part of the file is not used."))

    def say(self, field: str, text: str) -> None:
        """Remember what was not understood."""
        self.findings.append(odd(self.file, field, text))

    def member(
        self, person: dict[str, Any], packets: dict[str, dict[str, Any]], conditions: dict[str, Condition]
    ) -> Member:
        """One person of the pedigree with what their own packet adds."""
        name = str(person.get("individualId", ""))
        packet = packets.get(name, {})
        subject = _mapping(packet.get("subject"))
        sexes = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}
        sex = sexes.get(str(person.get("sex") or subject.get("sex")), Sex.UNKNOWN)
        vital = _mapping(subject.get("vitalStatus"))
        self.unused(packet, _PACKET, "")
        self.unused(subject, _SUBJECT, "subject.")
        self.unused(vital, _VITAL, "vitalStatus.")
        deceased = vital.get("status") == "DECEASED"
        age = self.years(vital.get("timeOfDeath")) if deceased else None
        diagnoses = list(self._diagnoses(packet, conditions))
        if len(diagnoses) > MOST_CONDITIONS:
            self.say("diseases", tr("Somebody has more than four conditions; four were kept."))
        return Member(
            name,
            sex=sex,
            father=_parent(person.get("paternalId")),
            mother=_parent(person.get("maternalId")),
            age=age if age is not None else self.years(subject.get("timeAtLastEncounter")),
            deceased=deceased,
            cause_of_death=str(_mapping(vital.get("causeOfDeath")).get("label", "")) if deceased else "",
            diagnoses=tuple(diagnoses[:MOST_CONDITIONS]),
            unaffected=person.get("affectedStatus") == "UNAFFECTED",
        )

    def linked(self, member: Member, known: set[str]) -> Member:
        """Without parents whom the pedigree does not have."""
        gone = [one for one in member.parents if one not in known]
        if gone:
            self.say("pedigree", tr("A parent has no entry in the pedigree and was left out."))
        return replace(
            member,
            father=None if member.father in gone else member.father,
            mother=None if member.mother in gone else member.mother,
        )

    def affected(self, member: Member) -> Member:
        """With the condition in question, where no disease is named."""
        if len(member.diagnoses) == MOST_CONDITIONS:
            self.say("diseases", tr("Somebody has more than four conditions; four were kept."))
        return replace(member, diagnoses=(Diagnosis(STUDIED), *member.diagnoses)[:MOST_CONDITIONS])

    def _diagnoses(self, packet: dict[str, Any], conditions: dict[str, Condition]) -> Iterable[Diagnosis]:
        seen: set[str] = set()
        for disease in _mappings(packet.get("diseases")):
            term = _mapping(disease.get("term"))
            code = str(term.get("id", ""))
            if disease.get("excluded") is True:
                self.say("diseases", tr("A disease that was looked for and not found is not used."))
            if disease.get("excluded") is True or not code or code in seen:
                continue
            seen.add(code)
            conditions.setdefault(code, Condition(code, str(term.get("label") or code), code))
            yield Diagnosis(code, self.years(disease.get("onset")))

    def years(self, value: Any) -> float | None:
        """Years of an ISO 8601 period; None, and said, where it is something else."""
        text = str(_mapping(_mapping(value).get("age")).get("iso8601duration", ""))
        if not text and not _mapping(value):
            return None
        match = PERIOD.fullmatch(text)
        if not match or not any(match.groups()):
            self.say("age", tr("An age is not written as an ISO 8601 period."))
            return None
        years, months, weeks, days = (float(part or 0) for part in match.groups())
        return round(years + months / 12 + (weeks * 7 + days) / 365.25, 2)


def _parent(value: Any) -> str | None:
    text = str(value or "")
    return None if text in ("", "0") else text


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _document(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(path, tr("The file is far too large for a family."))
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _refused(path, tr("The file cannot be read.")) from error
    except json.JSONDecodeError as error:
        raise _refused(path, tr("The file is not readable as JSON."), error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise _refused(path, tr("The file is not readable as JSON.")) from error
    found = _mapping(_as_written(value))
    return _mapping(found["family"]) if "family" in found and "pedigree" not in found else found


def _as_written(value: Any) -> Any:
    """Names of fields as the JSON form has them; many programs write those of the schema (``family_id``)."""
    if isinstance(value, list):
        return [_as_written(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), str(key)): _as_written(one)
        for key, one in value.items()
    }


def _refused(path: Path, what: str, line: int | None = None) -> UserError:
    remedy = tr("Choose a GA4GH Phenopackets Family, version 2, as JSON.")
    return UserError(what, where=file_where(path, line), remedy=remedy)
