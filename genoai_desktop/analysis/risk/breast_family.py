"""From a case's pedigree to what the breast cancer models ask: relatives by kind, ages, tests, twins."""

from collections.abc import Iterable
from dataclasses import dataclass

from genoai_desktop.analysis.risk.brca import GENES, UNKNOWN_AGE, BrcaPerson
from genoai_desktop.analysis.risk.claus import OLDEST, YOUNGEST, ClausFamily
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.family import Family, Member, Zygosity

BREAST_CODES = frozenset({"BC", "BC1", "BC2", "OMIM:114480", "MONDO:0007254", "HP:0003002"})
OVARIAN_CODES = frozenset({"OC", "OMIM:167000", "MONDO:0008170", "HP:0100615"})
_NAMES = {"breast": ("breast cancer", "breast carcinoma"), "ovarian": ("ovarian cancer", "ovarian carcinoma")}
_CODES = {"breast": BREAST_CODES, "ovarian": OVARIAN_CODES}


@dataclass(frozen=True, slots=True)
class BreastHistory:
    """``onset`` by member and organ (``UNKNOWN_AGE`` where the age is not known); first-degree women."""

    onset: dict[tuple[str, str], float]
    first_degree: int
    """Mother, sisters and daughters with breast cancer."""

    def of(self, person: str, organ: str) -> float | None:
        """Age at diagnosis, ``UNKNOWN_AGE``, or None for nobody known to be affected."""
        return self.onset.get((person, organ))

    @property
    def any(self) -> bool:
        """Whether anybody in the family has either cancer."""
        return bool(self.onset)


def breast_history(family: Family, person: str) -> BreastHistory:
    """Who has breast or ovarian cancer, by the family's coded or named conditions."""
    organs = {one.id: organ for one in family.conditions if (organ := _organ(one.code, one.name))}
    onset: dict[tuple[str, str], float] = {}
    for member in family.members:
        for found in member.diagnoses:
            organ = organs.get(found.condition, "")
            if organ:
                age = float(UNKNOWN_AGE) if found.age is None else found.age
                earlier = onset.get((member.id, organ))
                if earlier is None or earlier == UNKNOWN_AGE or UNKNOWN_AGE < age < earlier:
                    onset[member.id, organ] = age
    close = _mother(family, person) + _sisters(family, person) + _daughters(family, person)
    return BreastHistory(onset, sum((one, "breast") in onset for one in close))


def _organ(code: str, name: str) -> str:
    words = name.lower()
    return next(
        (organ for organ in _CODES if code in _CODES[organ] or any(part in words for part in _NAMES[organ])),
        "",
    )


def claus_family(family: Family, person: str, history: BreastHistory) -> ClausFamily:
    """Ages at onset of affected female relatives, without those that the tables do not take."""

    def ages(people: Iterable[str]) -> tuple[int, ...]:
        found = (history.of(one, "breast") for one in people)
        return tuple(sorted(int(age) for age in found if age is not None and YOUNGEST <= age <= OLDEST))

    me = family.by_id[person]
    half = {
        side: [
            one for one in _women(family, family.half_siblings(person)) if parent in family.by_id[one].parents
        ]
        for side, parent in (("maternal", me.mother), ("paternal", me.father))
        if parent
    }
    return ClausFamily(
        mother=ages(_mother(family, person)),
        daughters=ages(_daughters(family, person)),
        full_sisters=ages(_sisters(family, person)),
        maternal_aunts=ages(_sisters(family, me.mother)),
        paternal_aunts=ages(_sisters(family, me.father)),
        maternal_grandmother=ages(_mother(family, me.mother)),
        paternal_grandmother=ages(_mother(family, me.father)),
        maternal_half_sisters=ages(half.get("maternal", ())),
        paternal_half_sisters=ages(half.get("paternal", ())),
    )


def brca_people(family: Family, history: BreastHistory) -> list[BrcaPerson]:
    """Everybody as the two-gene model asks; pregnancies and symbols for several people are left out."""
    kept = {m.id: m for m in family.members if not m.lost and m.count == 1}
    identical = {
        one: f"twins {number}"
        for number, twins in enumerate(family.twins)
        if twins.zygosity is Zygosity.IDENTICAL
        for one in twins.members
    }
    return [_brca_person(member, kept, history, identical.get(member.id)) for member in kept.values()]


def _brca_person(
    member: Member, kept: dict[str, Member], history: BreastHistory, twin: str | None
) -> BrcaPerson:
    tests = {
        one.gene: (one.result != "N", not one.search)
        for one in member.tests
        if one.gene in GENES and one.result in ("P", "N")
    }
    mother, father = (parent if parent in kept else None for parent in (member.mother, member.father))
    return BrcaPerson(
        member.id,
        mother,
        father,
        member.sex,
        member.age,
        history.of(member.id, "breast"),
        history.of(member.id, "ovarian"),
        tests,
        twin,
    )


def _women(family: Family, people: Iterable[str]) -> list[str]:
    return [one for one in people if one in family.by_id and family.by_id[one].sex is Sex.FEMALE]


def _mother(family: Family, person: str | None) -> list[str]:
    member = family.by_id.get(person or "")
    return [member.mother] if member and member.mother else []


def _sisters(family: Family, person: str | None) -> list[str]:
    return _women(family, family.siblings(person)) if person and person in family.by_id else []


def _daughters(family: Family, person: str) -> list[str]:
    return _women(family, family.children_of.get(person, ()))
