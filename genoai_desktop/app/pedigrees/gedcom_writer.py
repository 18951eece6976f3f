"""A pedigree as GEDCOM 5.5.1 or 7.0, so that reading it back gives the same family."""

from collections.abc import Iterator
from pathlib import Path

from genoai_desktop.app.pedigrees.gedcom import ATTRIBUTE, CONDITION, FLAGS, KINDS
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.family import Diagnosis, Family, Member
from genoai_desktop.domain.person import Sex

_SEX = {Sex.MALE: "M", Sex.FEMALE: "F", Sex.UNKNOWN: "U"}
_ONE_LINE = "5.5.1"
"""The version whose lines have an end."""
_PLAIN = {"gender": "not stated", "adopted": "no", "pregnancy": "no", "donor": "no", "childless": "no"}
LONGEST = 200


def write_gedcom(family: Family, path: Path, version: str = "7.0") -> tuple[str, ...]:
    """Write the whole family with names; nothing is lost but samples of this case.

    Raises:
        UserError: the file cannot be written.
    """
    write_bytes(("\n".join(gedcom_lines(family, version)) + "\n").encode(), path)
    return ()


def gedcom_lines(family: Family, version: str) -> list[str]:
    """The lines of the file."""
    pointers = {member.id: f"@I{number}@" for number, member in enumerate(family.members, start=1)}
    families = _families(family)
    lines = ["0 HEAD", "1 SOUR GENOAI_DESKTOP", "1 GEDC", f"2 VERS {version}"]
    if version == "5.5.1":
        lines += ["2 FORM LINEAGE-LINKED", "1 CHAR UTF-8", "1 SUBM @S1@", "0 @S1@ SUBM", "1 NAME not stated"]
    for member in family.members:
        lines += [f"0 {pointers[member.id]} INDI", *_person(family, member, families)]
    for number, (pair, children) in enumerate(families.items(), start=1):
        lines += [f"0 @F{number}@ FAM", *_couple(family, pair, children, pointers)]
    return [part for line in (*lines, "0 TRLR") for part in _in_lines(line, version)]


def _families(family: Family) -> dict[tuple[str, ...], list[tuple[str, bool]]]:
    """Couples, each with children and whether they are adopted."""
    found: dict[tuple[str, ...], list[tuple[str, bool]]] = {}
    order = {member.id: index for index, member in enumerate(family.members)}

    def key(people: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(people, key=lambda one: order[one]))

    for union in family.unions:
        found.setdefault(key(union.partners), [])
    for member in family.members:
        for parents, adopted in ((member.parents, False), (member.adoptive, True)):
            if parents:
                found.setdefault(key(parents), []).append((member.id, adopted))
    return found


def _person(
    family: Family, member: Member, families: dict[tuple[str, ...], list[tuple[str, bool]]]
) -> Iterator[str]:
    if member.name:
        yield f"1 NAME {_text(' '.join(member.name.split()))}"
    yield f"1 SEX {_SEX[member.sex]}"
    yield from _life(member)
    for diagnosis in member.diagnoses:
        yield from _diagnosis(family, diagnosis)
    if member.id == family.members[0].id:
        yield from _listed(family)
    for words in _attributes(family, member):
        yield from (f"1 FACT {_text(words)}", f"2 TYPE {ATTRIBUTE}")
    for number, (pair, children) in enumerate(families.items(), start=1):
        for child, adopted in children:
            if child == member.id:
                yield f"1 FAMC @F{number}@"
                if adopted:
                    yield "2 PEDI ADOPTED"
        if member.id in pair:
            yield f"1 FAMS @F{number}@"


def _life(member: Member) -> Iterator[str]:
    if member.birth_year:
        yield from ("1 BIRT", f"2 DATE {member.birth_year}")
    if member.deceased and (member.death_year or member.cause_of_death):
        yield "1 DEAT"
        if member.death_year:
            yield f"2 DATE {member.death_year}"
        if member.cause_of_death:
            yield f"2 CAUS {_text(member.cause_of_death)}"
    elif member.deceased:
        yield "1 DEAT Y"


def _diagnosis(family: Family, diagnosis: Diagnosis) -> Iterator[str]:
    condition = family.condition(diagnosis.condition)
    yield from (f"1 FACT {_text(condition.name)}", f"2 TYPE {CONDITION}")
    if diagnosis.age is not None:
        yield f"2 AGE {_age(diagnosis.age)}"
    if condition.code:
        yield f"2 _CODE {_text(condition.code)}"


def _listed(family: Family) -> Iterator[str]:
    """The family's list of conditions, where the people's own would be another or in another order."""
    own = dict.fromkeys(one.condition for member in family.members for one in member.diagnoses)
    if [one.id for one in family.conditions] == list(own):
        return
    for one in family.conditions:
        yield from (f"1 FACT {_text(f'condition={one.name}')}", f"2 TYPE {ATTRIBUTE}")
        if one.code:
            yield f"2 _CODE {_text(one.code)}"


def _attributes(family: Family, member: Member) -> Iterator[str]:
    yield f"id={member.id}"
    if member.age is not None:
        yield f"age={member.age:g}"
    for name in KINDS:
        if name in ("death_year", "cause_of_death") and member.deceased:
            continue
        value = getattr(member, name)
        default = {"count": 1, "nudge": 0.0, **_PLAIN}.get(name)
        if name != "id" and value not in (None, "", default):
            yield f"{name}={value}"
    for name in FLAGS:
        if getattr(member, name):
            yield name
    for test in member.tests:
        yield f"test={test.gene}:{'S' if test.search else 'T'}:{test.result}"
    if member.pathology:
        yield f"pathology={':'.join(member.pathology)}"
    for number, twins in enumerate(family.twins, start=1):
        if member.id in twins.members:
            yield f"twin={number}:{twins.zygosity.value}"
    if member.id == family.proband:
        yield from ("proband", *_of_family(family))
    if member.id == family.consultand:
        yield "consultand"


def _of_family(family: Family) -> Iterator[str]:
    """What is said of the whole family stands with the proband."""
    if family.title:
        yield f"title={family.title}"
    if family.studied and family.condition_studied:
        yield f"studied={family.condition_studied.name}"
    for key, value in family.factors:
        yield f"factor={key}={value}"


def _couple(
    family: Family,
    pair: tuple[str, ...],
    children: list[tuple[str, bool]],
    pointers: dict[str, str],
) -> Iterator[str]:
    fathers = [one for one in pair if family.by_id[one].sex is Sex.MALE]
    order = sorted(pair, key=lambda one: one not in fathers)
    if len(pair) == 1:
        order = ["", pair[0]] if not fathers else [pair[0]]
    for tag, one in zip(("HUSB", "WIFE"), order, strict=False):
        if one:
            yield f"1 {tag} {pointers[one]}"
    for child, _ in children:
        yield f"1 CHIL {pointers[child]}"
    union = family.union_of(*pair) if len(pair) == 2 else None
    if union is None:
        return
    if union.separated:
        yield "1 DIV Y"
    marks = ["consanguineous"] if union.consanguineous else []
    if union.childless.value != "no":
        marks.append(f"childless={union.childless.value}")
    if union.note:
        marks.append(f"note={union.note}")
    for words in marks:
        yield from (f"1 FACT {_text(words)}", f"2 TYPE {ATTRIBUTE}")


def _age(years: float) -> str:
    months = round((years % 1) * 12)
    return f"{int(years)}y {months}m" if months else f"{int(years)}y"


def _text(value: str) -> str:
    """With @ doubled; lines of their own stay so."""
    return "\n".join(value.splitlines()).replace("@", "@@")


def _in_lines(line: str, version: str) -> Iterator[str]:
    """A line with its further lines (CONT), those of version 5.5.1 also where it gets too long (CONC)."""
    level = int(line.partition(" ")[0]) + 1
    for number, text in enumerate(line.split("\n")):
        head = f"{level} CONT " if number else ""
        while version == _ONE_LINE and len(text) > LONGEST:
            at = _break(text)
            yield head + text[:at]
            head, text = f"{level} CONC ", text[at:]
        yield (head + text).rstrip(" ")


def _break(text: str) -> int:
    """Inside a word, as spaces at a line's end are lost, and never between two @."""
    places = range(LONGEST, LONGEST // 2, -1)
    return next((at for at in places if not {" ", "@"} & set(text[at - 1 : at + 1])), LONGEST)
