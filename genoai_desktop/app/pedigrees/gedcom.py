"""GEDCOM 5.5.1 and 7.0 into a pedigree (gedcom.io). Genetics has no tags there: what this program writes is
kept in FACT lines of the type "Pedigree attribute"; conditions are FACTs of the type "Medical condition"."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from genoai_desktop.app.pedigrees.gedcom_lines import Record, read_records
from genoai_desktop.app.pedigrees.imported import Imported, checked_file, odd
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.family import (
    MOST_CONDITIONS,
    Adoption,
    Childless,
    Condition,
    Diagnosis,
    Donor,
    Family,
    Gender,
    GeneResult,
    Member,
    Pregnancy,
    Twins,
    Union,
    Zygosity,
)
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr

ATTRIBUTE, CONDITION = "Pedigree attribute", "Medical condition"
KINDS: dict[str, Callable[[str], Any]] = {
    "gender": Gender,
    "adopted": Adoption,
    "pregnancy": Pregnancy,
    "donor": Donor,
    "childless": Childless,
    "gestation": float,
    "count": int,
    "nudge": float,
    "id": str,
    "gestated_by": str,
    "note": str,
    "death_year": int,
    "cause_of_death": str,
}
"""Attributes with a value; of a death only where somebody is not said to have died."""
FLAGS = (
    "unaffected",
    "unassigned",
    "carrier",
    "presymptomatic",
    "surrogate",
    "evaluated",
    "history_unknown",
    "ashkenazi",
    "shares",
)
_SEX = {"M": Sex.MALE, "F": Sex.FEMALE}
_NOTES = ("NOTE", "SNOTE")
_CLERICAL = {"CHAN", "REFN", "UID", "RIN", "CREA"}
_KNOWN = {"NAME", "SEX", "BIRT", "DEAT", "FACT", "FAMC", "FAMS", "ADOP", *_NOTES, *_CLERICAL}
_OF_COUPLES = {"HUSB", "WIFE", "CHIL", "MARR", "DIV", "FACT", "NCHI", *_CLERICAL}
_YEAR = re.compile(r"\b(1[6-9]\d\d|20\d\d|2100)\b")


def read_gedcom(path: Path) -> Imported:
    """The people and families of a file; the proband is who is marked so, else the first child.

    Raises:
        UserError: the file is no GEDCOM, has no people, or the family cannot be.
    """
    records, doubtful = read_records(path)
    shared = {one.pointer: one.value for one in records if one.pointer and one.tag in _NOTES}
    reader = _Reader(path.name, shared)
    if doubtful:
        reader.say("", tr("The letters are not in UTF-8: check names with accents."))
    people = [one for one in records if one.tag == "INDI" and one.pointer]
    if not people:
        raise UserError(
            tr("The GEDCOM file has no people."),
            where=file_where(path),
            remedy=tr("Export the family again with its people (records INDI)."),
            code="gedcom.empty",
        )
    _once(people, path)
    members = {one.pointer: reader.member(one) for one in people}
    unions: list[Union] = []
    for record in records:
        if record.tag == "FAM":
            reader.family(record, members, unions, people)
    proband = reader.proband or next(
        (one.pointer for one in people if members[one.pointer].parents), people[0].pointer
    )
    family = Family(
        tuple(members[one.pointer] for one in people),
        proband,
        consultand=reader.consultand,
        unions=tuple(unions),
        twins=tuple(
            Twins(tuple(ids), Zygosity(kind)) for (_, kind), ids in reader.twins.items() if len(ids) > 1
        ),
        conditions=tuple(reader.conditions.values()),
        studied=next((c.id for c in reader.conditions.values() if c.name == reader.told.get("studied")), ""),
        factors=tuple(reader.factors),
        title=reader.told.get("title", ""),
    )
    lines = {one.pointer: one.line for one in people}
    lines |= {reader.ids[pointer]: line for pointer, line in lines.items() if pointer in reader.ids}
    return Imported(checked_file(_renamed(family, reader.ids), path, lines), tuple(reader.findings))


def _once(people: list[Record], path: Path) -> None:
    first: dict[str, int] = {}
    for one in people:
        if one.pointer in first:
            raise UserError(
                tr("A person is listed twice (first in line {first}).", first=first[one.pointer]),
                where=file_where(path, one.line, "INDI"),
                remedy=tr("Give every person an identifier of their own."),
                code="gedcom.twice",
            )
        first[one.pointer] = one.line


class _Reader:
    def __init__(self, file: str, shared: dict[str, str]) -> None:
        self.file = file
        self.shared = shared
        self.findings: list[Finding] = []
        self.conditions: dict[str, Condition] = {}
        self.twins: dict[tuple[str, str], list[str]] = {}
        self.proband: str | None = None
        self.consultand: str | None = None
        self.ids: dict[str, str] = {}
        self.told: dict[str, str] = {}
        self.factors: list[tuple[str, str]] = []
        self._unknown: set[str] = set()

    def say(self, field: str, text: str, line: int | None = None) -> None:
        """Remember what was not understood."""
        self.findings.append(odd(self.file, field, text, line))

    def member(self, record: Record) -> Member:
        """One INDI record without the links."""
        birth, death = record.first("BIRT"), record.first("DEAT")
        fields: dict[str, Any] = {
            "name": _name(record),
            "sex": _SEX.get(record.text("SEX").strip().upper(), Sex.UNKNOWN),
            "birth_year": self.year(birth),
            "deceased": death is not None,
            "death_year": self.year(death),
            "cause_of_death": death.text("CAUS") if death else "",
            "note": self._notes(record),
        }
        if record.text("SEX").strip().upper() == "X":
            fields["gender"] = Gender.NONBINARY
        if death is not None and (age := self._age(death)) is not None:
            fields["age"] = age
        if fields["birth_year"] and fields["death_year"]:
            fields.setdefault("age", float(max(0, fields["death_year"] - fields["birth_year"])))
        diagnoses: list[Diagnosis] = []
        for fact in record.all("FACT"):
            self._fact(record, fact, fields, diagnoses)
        if len(diagnoses) > MOST_CONDITIONS:
            self.say("FACT", tr("Somebody has more than four conditions; four were kept."), record.line)
        self.unused(record, _KNOWN)
        return Member(record.pointer, diagnoses=tuple(diagnoses[:MOST_CONDITIONS]), **fields)

    def _age(self, event: Record) -> float | None:
        """Years of an event's age; told where there is one that cannot be read."""
        found = _years(event.text("AGE"))
        if found is None and event.text("AGE").strip():
            self.say("AGE", tr("An age could not be read."), event.line)
        return found

    def _notes(self, record: Record) -> str:
        """Every note of a record, those that stand in records of their own as well."""
        return "\n".join(
            self.shared.get(one.value.strip(), one.value) for one in record.below if one.tag in _NOTES
        )

    def _fact(self, record: Record, fact: Record, fields: dict[str, Any], diagnoses: list[Diagnosis]) -> None:
        kind = fact.text("TYPE").strip()
        if kind == CONDITION:
            diagnosis = self._condition(fact)
            if diagnosis.condition not in [one.condition for one in diagnoses]:
                diagnoses.append(diagnosis)
        elif kind == ATTRIBUTE:
            name, _, value = fact.value.partition("=")
            try:
                if name.strip() == "condition":
                    self._listed(value.strip(), fact.text("_CODE").strip())
                else:
                    self._attribute(record.pointer, name.strip(), value.strip(), fields)
            except ValueError:
                self.say("FACT", tr("An attribute has a value that is not known."), fact.line)
        else:
            self.say("FACT", tr("A fact of another kind is not used."), fact.line)

    def _condition(self, fact: Record) -> Diagnosis:
        key = self._listed(fact.value.strip(), fact.text("_CODE").strip())
        return Diagnosis(key, self._age(fact))

    def _listed(self, name: str, code: str) -> str:
        """The condition of that name in the family's list, added where it is not there yet."""
        key = next((c.id for c in self.conditions.values() if c.name == name), f"C{len(self.conditions) + 1}")
        self.conditions.setdefault(key, Condition(key, name, code))
        return key

    def _attribute(self, person: str, name: str, value: str, fields: dict[str, Any]) -> None:
        if name in FLAGS:
            fields[name] = True
        elif name == "age":
            fields["age"] = float(value)
        elif name == "deceased":
            fields["deceased"] = True
        elif name == "id":
            self.ids[person] = value
        elif name in KINDS:
            fields[name] = KINDS[name](value)
        elif name == "test":
            gene, kind, result = value.split(":")
            fields["tests"] = (*fields.get("tests", ()), GeneResult(gene, kind == "S", result))
        elif name == "pathology":
            fields["pathology"] = tuple(value.split(":"))
        elif name == "twin":
            group, _, kind = value.partition(":")
            self.twins.setdefault((group, Zygosity(kind).value), []).append(person)
        elif name == "consultand":
            self.consultand = person
        else:
            self._of_family(person, name, value)

    def _of_family(self, person: str, name: str, value: str) -> None:
        """What is said of the whole family stands with the proband."""
        if name == "proband":
            self.proband = person
        elif name in ("title", "studied"):
            self.told[name] = value
        elif name == "factor":
            key, _, said = value.partition("=")
            self.factors.append((key, said))
        else:
            raise ValueError(name)

    def unused(self, record: Record, known: set[str]) -> None:
        """Tell of every kind of line that no pedigree takes, each once."""
        for one in record.below:
            if one.tag not in known and one.tag not in self._unknown:
                self._unknown.add(one.tag)
                self.say(one.tag, tr("This part of the file is not used."), one.line)

    def year(self, event: Record | None) -> int | None:
        """The year of an event's date, however exact; None where there is none."""
        if event is None or not event.text("DATE").strip():
            return None
        found = _YEAR.search(event.text("DATE"))
        if not found:
            self.say("DATE", tr("A date has no year that can be read."), event.line)
            return None
        if not re.fullmatch(r"(\d{1,2} )?([A-Z]{3} )?\d{4}", event.text("DATE").strip().upper()):
            self.say("DATE", tr("A date is not exact; its year was taken as it is."), event.line)
        return int(found[1])

    def family(
        self, record: Record, members: dict[str, Member], unions: list[Union], people: list[Record]
    ) -> None:
        """Partners and children of one FAM record."""
        self.unused(record, _OF_COUPLES)
        named = [record.text(tag) for tag in ("HUSB", "WIFE")]
        husband, wife = (one if one in members else None for one in named)
        for one in named:
            if one and one not in members and one != "VOID":
                self.say(
                    "HUSB, WIFE", tr("A family names somebody whom the file does not have."), record.line
                )
        pair = [one for one in (husband, wife) if one]
        if len(pair) == 2 and not any(set(union.partners) == set(pair) for union in unions):
            unions.append(self._union(record, (pair[0], pair[1])))
        father, mother = self._roles(husband, wife, members)
        by_pointer = {one.pointer: one for one in people}
        for child in record.all("CHIL"):
            if child.value not in members:
                self.say("CHIL", tr("A family names a child whom the file does not have."), child.line)
                continue
            kind = _pedigree(by_pointer[child.value], record.pointer) or self._adopted(
                by_pointer[child.value], record.pointer
            )
            members[child.value] = self._child(
                members[child.value], pair, father, mother, kind, child, members
            )

    def _adopted(self, person: Record, family: str) -> str:
        """``ADOPTED`` where an event of the person says so of that family."""
        for event in person.all("ADOP"):
            for link in (one for one in event.all("FAMC") if one.value == family):
                if link.text("ADOP").strip().upper() in ("HUSB", "WIFE"):
                    text = tr(
                        "Somebody was adopted by one of two people; both are drawn as parents by adoption."
                    )
                    self.say("ADOP", text, event.line)
                return "ADOPTED"
        return ""

    def _same_sex(self, pair: list[str], members: dict[str, Member]) -> bool:
        sexes = [members[one].sex for one in pair]
        return len(sexes) == 2 and sexes[0] is sexes[1] and sexes[0] is not Sex.UNKNOWN

    def _union(self, record: Record, pair: tuple[str, str]) -> Union:
        facts = {one.value.strip() for one in record.all("FACT") if one.text("TYPE") == ATTRIBUTE}
        said = next((one.partition("=")[2] for one in facts if one.startswith("childless=")), "no")
        if said not in set(Childless):
            self.say("FACT", tr("An attribute has a value that is not known."), record.line)
        childless = Childless(said) if said in set(Childless) else Childless.NO
        return Union(
            pair,
            separated=record.first("DIV") is not None or "separated" in facts,
            consanguineous="consanguineous" in facts,
            childless=childless,
            note=next((one.partition("=")[2] for one in facts if one.startswith("note=")), ""),
        )

    def _roles(
        self, husband: str | None, wife: str | None, members: dict[str, Member]
    ) -> tuple[str | None, str | None]:
        """(father, mother): GEDCOM's words are roles of marriage, so the sexes decide."""
        swapped = (husband and members[husband].sex is Sex.FEMALE) or (wife and members[wife].sex is Sex.MALE)
        return (wife, husband) if swapped else (husband, wife)

    def _child(
        self,
        member: Member,
        pair: list[str],
        father: str | None,
        mother: str | None,
        kind: str,
        line: Record,
        members: dict[str, Member],
    ) -> Member:
        if kind in ("ADOPTED", "FOSTER"):
            adopted = member.adopted if member.adopted is not Adoption.NO else Adoption.IN
            return replace(member, adoptive=tuple(pair), adopted=adopted)
        if self._same_sex(pair, members):
            text = tr(
                "Both parents have the same sex at birth, so one genetic parent is somebody else; they are "
                "drawn as parents by adoption until you say who it is."
            )
            self.say("CHIL", text, line.line)
            return replace(member, adoptive=tuple(pair))
        if member.parents:
            self.say(
                "CHIL", tr("Somebody is a child of two families by birth; the first was kept."), line.line
            )
            return member
        return replace(member, father=father, mother=mother)


def _pedigree(person: Record, family: str) -> str:
    for link in person.all("FAMC"):
        if link.value == family:
            return link.text("PEDI").strip().upper()
    return ""


def _name(record: Record) -> str:
    return " ".join(record.text("NAME").replace("/", " ").split())


def _years(text: str) -> float | None:
    """Years of a GEDCOM age such as ``52y 3m``; None where there is none."""
    found = re.search(r"(?:(\d+)\s*y)?\s*(?:(\d+)\s*m)?", text.strip().lower())
    if not found or not any(found.groups()):
        return float(text) if re.fullmatch(r"\d+(\.\d+)?", text.strip()) else None
    return int(found[1] or 0) + int(found[2] or 0) / 12


def _renamed(family: Family, ids: dict[str, str]) -> Family:
    """The identifiers that this program had written, where they are all different."""
    names = {one.id: ids.get(one.id, one.id) for one in family.members}
    if not ids or len(set(names.values())) != len(names):
        return family

    def member(one: Member) -> Member:
        return replace(
            one,
            id=names[one.id],
            mother=names[one.mother] if one.mother else None,
            father=names[one.father] if one.father else None,
            adoptive=tuple(names[each] for each in one.adoptive),
        )

    return replace(
        family,
        members=tuple(map(member, family.members)),
        proband=names[family.proband],
        consultand=names[family.consultand] if family.consultand else None,
        unions=tuple(
            replace(one, partners=(names[one.partners[0]], names[one.partners[1]])) for one in family.unions
        ),
        twins=tuple(replace(one, members=tuple(names[t] for t in one.members)) for one in family.twins),
    )


__all__ = ("ATTRIBUTE", "CONDITION", "FLAGS", "KINDS", "read_gedcom")
