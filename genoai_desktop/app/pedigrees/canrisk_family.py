"""Between a Family and CanRisk files of version 1 to 4 (and BOADICEA v4 on the way in)."""

import re
from collections.abc import Sequence
from pathlib import Path

from genoai_desktop.app.canrisk import (
    CANCERS,
    OLDEST,
    UNKNOWN_AGE,
    CanRiskFamily,
    CanRiskMember,
    read_canrisk,
    write_canrisk,
)
from genoai_desktop.app.pedigrees.imported import Imported, checked_file, odd
from genoai_desktop.app.pedigrees.losses import lost, unused
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import (
    MOST_CONDITIONS,
    Condition,
    Diagnosis,
    Family,
    GeneResult,
    Member,
    Twins,
    Zygosity,
    fresh_id,
)
from genoai_desktop.domain.family_case import age_now, persons_of, unions_of
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr

NAMES = {
    "BC1": "Breast cancer",
    "BC2": "Breast cancer, other side",
    "OC": "Ovarian cancer",
    "PRO": "Prostate cancer",
    "PAN": "Pancreatic cancer",
}
_HELD = frozenset(
    {"ages", "births", "deaths", "onsets", "tests", "twins", "ancestry", "factors", "consultand"}
)
"""Ages in whole years; of twins the identical ones; of proband and consultand whose risk is asked."""


def read_canrisk_family(path: Path) -> Imported:
    """The first family of a CanRisk or BOADICEA file.

    Raises:
        UserError: the file cannot be read, or a line cannot be.
    """
    families = read_canrisk(path)
    family, findings = from_canrisk(families[0], path)
    if len(families) > 1:
        text = tr("The file has {count} families; the first was taken.", count=len(families))
        findings = (*findings, odd(path.name, "FamID", text))
    return Imported(family, findings)


def from_canrisk(source: CanRiskFamily, path: Path = Path()) -> tuple[Family, tuple[Finding, ...]]:
    """A CanRisk family as a pedigree; UserError where it cannot be. ``path``: where it was read."""
    findings: list[Finding] = []
    members = []
    for one in source.members:
        ages = [(code, age) for code, age in zip(CANCERS, one.cancers, strict=True) if age]
        if len(ages) > MOST_CONDITIONS:
            text = tr("Somebody has more than four cancers; four were kept.")
            findings.append(odd(path.name, "", text))
        members.append(_member(one, ages[:MOST_CONDITIONS]))
    used = {diagnosis.condition for member in members for diagnosis in member.diagnoses} | {"BC1"}
    twins: dict[str, list[str]] = {}
    for one in source.members:
        if one.twin:
            twins.setdefault(one.twin, []).append(one.id)
    family = Family(
        tuple(members),
        source.target.id,
        consultand=source.target.id,
        unions=unions_of(members),
        twins=tuple(Twins(tuple(ids), Zygosity.IDENTICAL) for ids in twins.values() if len(ids) > 1),
        conditions=tuple(Condition(code, NAMES[code], code) for code in CANCERS if code in used),
        factors=source.factors,
        title=source.id,
    )
    return checked_file(family, path, {}), tuple(findings)


def _member(one: CanRiskMember, ages: Sequence[tuple[str, int]]) -> Member:
    return Member(
        id=one.id,
        name="" if one.name in ("NA", "0") else one.name,
        sex=one.sex,
        mother=one.mother,
        father=one.father,
        birth_year=one.year_of_birth or None,
        age=float(one.age) if one.age else None,
        deceased=one.dead,
        diagnoses=tuple(Diagnosis(code, None if age == UNKNOWN_AGE else float(age)) for code, age in ages),
        tests=tuple(GeneResult(gene, kind == "S", result) for gene, (kind, result) in one.tests.items()),
        pathology=one.pathology if any(mark != "0" for mark in one.pathology) else (),
        ashkenazi=one.ashkenazi,
    )


def write_canrisk_family(family: Family, path: Path, version: int = 4) -> tuple[str, ...]:
    """Write without names; returns what this version cannot hold.

    Raises:
        UserError: a sex at birth that CanRisk needs is not known, or the file cannot be written.
    """
    made = to_canrisk(family)
    genes = write_canrisk([made], path, version)
    other = [c.name for c in family.conditions if _code(c) is None]
    fraternal = any(twins.zygosity is not Zygosity.IDENTICAL for twins in family.twins)
    held = _HELD - {"twins"} if fraternal else _HELD
    if family.consultand in (None, family.proband):
        held |= {"proband"}
    if all(_code(one) is None for one in unused(family)):  # those are named one by one
        held |= {"listed"}
    return (*genes, *other, *_simplified(family), *lost(family, held))


def _simplified(family: Family) -> tuple[str, ...]:
    """What the format holds in another form."""
    people = [family.by_id[person.id] for person in persons_of(family)]
    short = _short_ids([member.id for member in people])
    ages = [m.age for m in people] + [d.age for m in people for d in m.diagnoses]
    tested = [[test.gene for test in member.tests] for member in people]
    studied = family.condition_studied
    found = [
        (
            any(short[one.id] != one.id for one in people),
            tr("identifiers of more than seven letters or figures"),
        ),
        (any(age is not None and (age < 1 or age % 1) for age in ages), tr("parts of years in ages")),
        (any(len(set(genes)) < len(genes) for genes in tested), tr("further tests of the same gene")),
        (studied is not None and _code(studied) != CANCERS[0], tr("which condition is studied")),
    ]
    return tuple(words for there, words in found if there)


def to_canrisk(family: Family) -> CanRiskFamily:
    """The pedigree as the risk engine and CanRisk read it; the target is the consultand, else the proband.

    Raises:
        UserError: somebody's sex at birth is not known; ``where`` is their identifier.
    """
    kept = {person.id for person in persons_of(family)}
    people = [member for member in family.members if member.id in kept]
    ids = _short_ids([member.id for member in people])
    codes = {condition.id: _code(condition) for condition in family.conditions}
    target = _target(family, kept)
    twins = _twin_marks(family, kept)
    made: list[CanRiskMember] = []
    added: list[CanRiskMember] = []
    for member in people:
        father, mother = (ids.get(one or "") for one in (member.father, member.mother))
        if bool(father) != bool(mother):
            fresh = fresh_id([*ids.values(), *(one.id for one in added)])
            added.append(_placeholder(fresh, Sex.MALE if mother else Sex.FEMALE))
            father, mother = father or fresh, mother or fresh
        made.append(_line(member, ids[member.id], father, mother, member.id == target, codes, twins))
    return CanRiskFamily("FAM1", (*made, *added), family.factors)


def _target(family: Family, kept: set[str]) -> str:
    """Whose risk is asked: the consultand, else the proband, where that is one real individual."""
    target = family.consultand or family.proband
    if target in kept:
        return target
    raise UserError(
        tr("CanRisk asks for the risk of one person; the consultand is a loss or stands for several people."),
        where=target,
        remedy=tr("Choose another consultand in the pedigree."),
        code="canrisk.target",
    )


def _line(
    member: Member,
    name: str,
    father: str | None,
    mother: str | None,
    target: bool,
    codes: dict[str, str | None],
    twins: dict[str, str],
) -> CanRiskMember:
    if member.sex is Sex.UNKNOWN:
        raise UserError(
            tr("CanRisk needs the sex at birth of everybody."),
            where=member.id,
            remedy=tr("State it in the pedigree, or take this person out."),
            code="canrisk.sex",
        )
    ages = dict.fromkeys(CANCERS, 0)
    for diagnosis in member.diagnoses:
        code = codes.get(diagnosis.condition)
        if code:
            ages[code] = UNKNOWN_AGE if diagnosis.age is None else max(1, int(diagnosis.age))
    bc1, bc2, oc, pro, pan = (ages[code] for code in CANCERS)
    return CanRiskMember(
        name="NA",
        target=target,
        id=name,
        father=father,
        mother=mother,
        sex=member.sex,
        twin=twins.get(member.id),
        dead=member.deceased,
        age=_present_age(member, max(ages.values())),
        year_of_birth=member.birth_year or 0,
        cancers=(bc1, bc2, oc, pro, pan),
        ashkenazi=member.ashkenazi,
        tests={one.gene: ("S" if one.search else "T", one.result) for one in member.tests},
        pathology=member.pathology or ("0",) * 5,
    )


def _present_age(member: Member, onset: int) -> int:
    """0 where it is not known, or where the years make it one that no reader takes."""
    known = age_now(member)
    if known is None or (member.age is None and not onset <= known <= OLDEST):
        return 0
    return int(known)


def _placeholder(name: str, sex: Sex) -> CanRiskMember:
    return CanRiskMember("NA", False, name, None, None, sex, None, False, 0, 0)


def _code(condition: Condition) -> str | None:
    return condition.code if condition.code in CANCERS else None


def _twin_marks(family: Family, kept: set[str]) -> dict[str, str]:
    identical = (t for t in family.twins if t.zygosity is Zygosity.IDENTICAL and set(t.members) <= kept)
    return {one: str(number) for number, twins in enumerate(identical, start=1) for one in twins.members}


def _short_ids(names: Sequence[str]) -> dict[str, str]:
    """At most seven letters and figures, as the format asks; others get a number."""
    made = {name: name for name in names if re.fullmatch(r"[A-Za-z0-9]{1,7}", name)}
    for name in names:
        if name not in made:
            made[name] = fresh_id([*made.values(), *(f"P{n}" for n in range(1, len(made)))])
    return made
