"""The family questionnaire: a PDF form to print or fill in, and its answers read back into a pedigree."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from genoai_desktop.app.pedigrees.illnesses import read_illnesses
from genoai_desktop.app.pedigrees.imported import Imported, checked_file, odd
from genoai_desktop.app.pedigrees.questionnaire_form import questionnaire_pdf
from genoai_desktop.app.pedigrees.questions import FIELDS, asked, blank_family, people
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.family import MOST_CONDITIONS, Condition, Diagnosis, Family, Member
from genoai_desktop.domain.family_edit import remove
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr


def write_questionnaire(path: Path) -> tuple[str, ...]:
    """Write the empty form, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    write_bytes(questionnaire_pdf(), path)
    return ()


def read_questionnaire(path: Path) -> Imported:
    """A filled-in form as a pedigree; relatives of whom nothing was said are left out where they can be.

    Raises:
        UserError: not this form, nothing was filled in, or the family cannot be.
    """
    answers = _answers(path)
    findings: list[Finding] = []
    family = blank_family()
    conditions: dict[str, Condition] = {}
    for person in people():
        said = {field: answers.get(f"{person.id}.{field}", "") for field, _, _ in FIELDS}
        member = _filled(family.by_id[person.id], said, conditions, path.name, findings)
        members = tuple(member if one.id == person.id else one for one in family.members)
        family = replace(family, members=members, conditions=tuple(conditions.values()))
    told = {name.partition(".")[0] for name, value in answers.items() if value}
    if not told:
        raise _refuse(path, tr("Nothing was filled in that can be read. A form filled in by hand is typed."))
    family = _with_children(family, told, path.name, findings)
    places = {one.id: one.said() for one in people()}
    return Imported(checked_file(_pruned(family, told), path, places), tuple(findings), partial=True)


def _answers(path: Path) -> dict[str, str]:
    try:
        with pikepdf.open(path) as document:
            form = document.Root.get("/AcroForm")
            made = dict(_named(form.get("/Fields", []), "")) if form is not None else {}
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise _refuse(path, tr("The PDF cannot be read.")) from error
    if "self.name" not in made:
        raise _refuse(path, tr("This PDF is not a family questionnaire of this program."))
    return made


def _named(fields: Any, above: str) -> Iterator[tuple[str, str]]:
    """Every field by its whole name: some programs write "self.name" as "name" below "self"."""
    for field in fields:
        part = str(field.get("/T", ""))
        name = f"{above}.{part}" if above and part else above or part
        below = [one for one in field.get("/Kids", []) if "/T" in one]
        if below:
            yield from _named(below, name)
        else:
            yield name, _value(field)


def _value(field: "pikepdf.Object") -> str:
    value = field.get("/V", field.get("/AS"))
    if value is None:
        return ""
    words = str(value).strip()
    return "" if words == "/Off" else words.removeprefix("/")


def _filled(
    member: Member,
    said: dict[str, str],
    conditions: dict[str, Condition],
    file: str,
    findings: list[Finding],
) -> Member:
    def number(field: str, low: float, high: float) -> float | None:
        words = said[field].strip().replace(",", ".")
        if not words:
            return None
        found = re.fullmatch(r"\d+(\.\d+)?", words)
        if found is None or not low <= float(words) <= high:
            text = tr("This answer is not a number that can be; look at the form.")
            findings.append(odd(file, asked(member.id, field), text))
            return None
        return float(words)

    born, age = number("born", 1800, 2100), number("age", 0, 125)
    sex = _SEXES.get(said["sex"].lower(), member.sex)
    if said["sex"] and said["sex"].lower() not in _SEXES:
        findings.append(odd(file, asked(member.id, "sex"), tr("The sex is not one of the choices.")))
    if member.sex is not Sex.UNKNOWN and sex is not member.sex:
        findings.append(
            odd(file, asked(member.id, "sex"), tr("The sex does not fit the place in the family."))
        )
        sex = member.sex
    diagnoses = _diagnoses(member.id, said["illness"], conditions, file, findings)
    return replace(
        member,
        name=said["name"],
        sex=sex,
        birth_year=None if born is None else int(born),
        age=age,
        deceased=bool(said["dead"]),
        diagnoses=diagnoses,
    )


_SEXES = dict.fromkeys(
    ("f", "female", "woman", "w", "weiblich", "frau", "femme", "féminin", "mujer", "femenino"), Sex.FEMALE
)
_SEXES |= dict.fromkeys(
    ("m", "male", "man", "männlich", "mann", "homme", "masculin", "hombre", "masculino"), Sex.MALE
)


def _diagnoses(
    person: str, words: str, conditions: dict[str, Condition], file: str, findings: list[Finding]
) -> tuple[Diagnosis, ...]:
    """ "breast cancer 52; diabetes (60)" as two diagnoses."""
    read = read_illnesses(words)
    findings += [odd(file, asked(person, "illness"), doubt) for doubt in read.doubts]
    made: dict[str, Diagnosis] = {}
    for one in read.illnesses:
        key = one.name.lower()
        conditions.setdefault(key, Condition(key, one.name[:1].upper() + one.name[1:]))
        made.setdefault(key, Diagnosis(key, one.age))
    if len(made) > MOST_CONDITIONS:
        text = tr("More than four illnesses; the first four were kept.")
        findings.append(odd(file, asked(person, "illness"), text))
    return tuple(made.values())[:MOST_CONDITIONS]


def _with_children(family: Family, told: set[str], file: str, findings: list[Finding]) -> Family:
    """Children hang from the person who filled in the form and the partner, once it is clear who is who."""
    children = [one.id for one in family.members if one.id.startswith("child") and one.id in told]
    if not children:
        return family
    me, partner = family.by_id["self"], family.by_id["partner"]
    other = {Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.FEMALE, Sex.UNKNOWN: Sex.UNKNOWN}
    sex = me.sex if me.sex is not Sex.UNKNOWN else other[partner.sex]
    if sex is Sex.UNKNOWN:
        text = tr("It is not said whether the person is the children's mother or father.")
        findings.append(odd(file, asked("self", "sex"), text))
    same = partner.sex is me.sex and me.sex is not Sex.UNKNOWN
    if same:
        text = tr("Both partners have the same sex at birth; the children's other parent is not known.")
        findings.append(odd(file, asked("partner", "sex"), text))
    second = None if same else "partner"
    mother, father = (second, "self") if sex is Sex.MALE else ("self", second)

    def placed(one: Member) -> Member:
        if one.id in children:
            return replace(one, mother=mother, father=father)
        if one.id == "self":
            return replace(one, sex=sex)
        return replace(one, sex=other[sex]) if one.id == "partner" and not same else one

    return replace(family, members=tuple(map(placed, family.members)))


def _pruned(family: Family, told: set[str]) -> Family:
    """Without those of whom nothing was said, unless they link others."""
    changed = True
    while changed:
        changed = False
        for member in family.members:
            if member.id in told or member.id == family.proband:
                continue
            spouse = any(family.by_id[one].id in told for one in family.partners(member.id))
            if family.children_of.get(member.id) and (spouse or _needed(family, member)):
                continue
            family, changed = remove(family, member.id), True
            break
    return family


def _needed(family: Family, member: Member) -> bool:
    """A parent stays where the parents join siblings, or have something told above them."""
    children = family.children_of.get(member.id, ())
    return len(children) > 1 or member.mother is not None or member.father is not None


def _refuse(path: Path, what: str) -> UserError:
    remedy = tr("Choose the form as it was saved after filling in.")
    return UserError(what, where=file_where(path), remedy=remedy, code="questionnaire.format")
