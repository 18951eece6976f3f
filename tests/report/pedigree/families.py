"""Families for the tests of the pedigree."""

import random
from dataclasses import replace

from hypothesis import strategies as st

from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Condition,
    Diagnosis,
    Family,
    Gender,
    Member,
    Pregnancy,
    Union,
    Zygosity,
)
from genoai_desktop.domain.family_edit import (
    add_child,
    add_parents,
    add_partner,
    add_sibling,
    add_twin,
    begin,
    newest,
    set_adopted,
    set_condition,
    set_diagnosis,
    set_member,
    set_twins,
    set_union,
)
from genoai_desktop.domain.person import Sex


def child(family: Family, parent: str, partner: str | None = None, **details: object) -> tuple[Family, str]:
    """With one more child, and who that is."""
    made = add_child(family, parent, partner, **details)  # type: ignore[arg-type]
    return made, newest(family, made) or ""


def partner(family: Family, person: str, **details: object) -> tuple[Family, str]:
    """With one more partner, and who that is."""
    made = add_partner(family, person)
    fresh = newest(family, made) or ""
    return set_member(made, fresh, **details), fresh


def four_generations() -> tuple[Family, dict[str, str]]:
    """Cousins who marry, identical and fraternal twins, a man with two wives, losses, adoption."""
    family, who = begin("grandfather", Sex.MALE), {}
    for identifier, name in (("bc", "Breast cancer"), ("oc", "Ovarian cancer"), ("pc", "Prostate cancer")):
        family = set_condition(family, Condition(identifier, name))
    family = set_member(family, "grandfather", name="Walter Brandt", deceased=True, birth_year=1921)
    family, who["grandmother"] = partner(family, "grandfather", name="Hilde Brandt", deceased=True)
    for key, sex in (("karl", Sex.MALE), ("erika", Sex.FEMALE), ("otto", Sex.MALE)):
        family, who[key] = child(family, "grandfather", who["grandmother"], sex=sex, name=key.title())
    for key, spouse in (("karl", "ingrid"), ("erika", "heinz"), ("otto", "monika"), ("otto", "petra")):
        family, who[spouse] = partner(family, who[key], name=spouse.title())
    family = set_union(family, who["otto"], who["monika"], separated=True)
    family, who["stefan"] = child(family, who["karl"], who["ingrid"], sex=Sex.MALE, name="Stefan")
    family, who["julia"] = child(family, who["karl"], who["ingrid"], sex=Sex.FEMALE, name="Julia")
    family, who["anna"] = child(family, who["erika"], who["heinz"], sex=Sex.FEMALE, name="Anna")
    before = family
    family = add_twin(family, who["anna"], Zygosity.IDENTICAL)
    who["clara"] = newest(before, family) or ""
    family, who["loss"] = child(
        family, who["erika"], who["heinz"], pregnancy=Pregnancy.MISCARRIAGE, gestation=9.0
    )
    family, who["tobias"] = child(family, who["otto"], who["monika"], sex=Sex.MALE)
    family, who["lena"] = child(family, who["otto"], who["petra"], sex=Sex.FEMALE)
    family, who["jonas"] = child(family, who["otto"], who["petra"], sex=Sex.MALE, adopted=Adoption.OUT)
    family = add_partner(family, who["stefan"], who["anna"])
    family, who["mia"] = child(family, who["stefan"], who["anna"], sex=Sex.FEMALE, name="Mia", age=22.0)
    family, who["noah"] = child(family, who["stefan"], who["anna"], sex=Sex.MALE, name="Noah")
    family, who["baby"] = child(
        family, who["stefan"], who["anna"], pregnancy=Pregnancy.ONGOING, gestation=20.0
    )
    family, who["tom"] = partner(family, who["julia"])
    family, who["ben"] = child(family, who["julia"], who["tom"], sex=Sex.MALE)
    family, who["emma"] = child(family, who["julia"], who["tom"], sex=Sex.FEMALE)
    family = set_twins(family, (who["ben"], who["emma"]), Zygosity.FRATERNAL)
    family = set_member(family, who["julia"], carrier=True, gender=Gender.NONBINARY)
    family = set_member(family, who["lena"], childless=Childless.INFERTILE)
    for key, condition, age in (
        ("grandmother", "bc", 52.0),
        ("grandmother", "oc", 58.0),
        ("otto", "pc", 66.0),
        ("anna", "bc", 41.0),
        ("mia", "bc", 21.0),
    ):
        family = set_diagnosis(family, who[key], Diagnosis(condition, age))
    return replace(family, proband=who["mia"], consultand=who["mia"]), who


@st.composite
def descents(draw: st.DrawFn, most: int = 40) -> Family:
    """A founder couple's descendants: any number of children, several partners, twins. No loops."""
    family = add_partner(begin("P1", Sex.MALE), "P1")
    couples = [("P1", "P2")]
    for _ in range(draw(st.integers(1, most // 3))):
        first, second = draw(st.sampled_from(couples))
        family, fresh = child(family, first, second, sex=draw(st.sampled_from((Sex.MALE, Sex.FEMALE))))
        for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 3)))):
            family, spouse = partner(family, fresh)
            couples.append((fresh, spouse))
        if draw(st.integers(0, 9)) == 0:
            family = add_twin(family, fresh)
    return family


@st.composite
def both_sides(draw: st.DrawFn) -> Family:
    """A proband with parents and grandparents of both sides, siblings, aunts, uncles and cousins."""
    family = add_parents(begin("P1", Sex.FEMALE), "P1")
    proband = family.member("P1")
    for parent in (proband.father or "", proband.mother or ""):
        if draw(st.booleans()):
            family = add_parents(family, parent)
            for _ in range(draw(st.integers(0, 3))):
                before = family
                family = add_sibling(family, parent, draw(st.sampled_from((Sex.MALE, Sex.FEMALE))))
                aunt = newest(before, family) or ""
                for _ in range(draw(st.integers(0, 2))):
                    family = add_child(family, aunt, sex=Sex.FEMALE)
    for _ in range(draw(st.integers(0, 3))):
        family = add_sibling(family, "P1", draw(st.sampled_from((Sex.MALE, Sex.FEMALE))))
    return family


@st.composite
def chains(draw: st.DrawFn) -> Family:
    """Sibships side by side, each tied to the next by one marriage: a drawing without crossings exists.

    Inner siblings may have families below; the parents of each sibship may have parents and childless
    siblings above. The members come in any order, so that nothing hints at that drawing.
    """
    members: list[Member] = []
    unions: list[Union] = []

    def person(sex: Sex, mother: str | None = None, father: str | None = None) -> str:
        members.append(Member(f"P{len(members) + 1}", sex=sex, mother=mother, father=father))
        return members[-1].id

    def couple() -> tuple[str, str]:
        unions.append(Union((person(Sex.MALE), person(Sex.FEMALE))))
        return unions[-1].partners

    def with_parents(father: str, mother: str) -> None:
        for one in (father, mother):
            if draw(st.integers(0, 2)) == 0:
                older, old = couple()
                place = next(n for n, member in enumerate(members) if member.id == one)
                members[place] = replace(members[place], father=older, mother=old)
                for _ in range(draw(st.integers(0, 2))):
                    person(draw(st.sampled_from((Sex.MALE, Sex.FEMALE))), old, older)

    last = ""
    for _ in range(draw(st.integers(2, 4))):
        father, mother = couple()
        first = person(Sex.FEMALE, mother, father)
        for _ in range(draw(st.integers(0, 2))):
            inner = person(Sex.MALE, mother, father)
            if draw(st.booleans()):
                unions.append(Union((inner, person(Sex.FEMALE))))
                person(Sex.FEMALE, unions[-1].partners[1], inner)
        with_parents(father, mother)
        if last:
            unions.append(Union((last, first)))
            for _ in range(draw(st.integers(0, 2))):
                person(Sex.UNKNOWN, first, last)
        last = person(Sex.MALE, mother, father)
    order = draw(st.permutations(members))
    return Family(tuple(order), order[0].id, unions=tuple(unions))


def in_laws(siblings: int) -> Family:
    """A couple whose every child is married to somebody with parents."""
    members = [Member("f", sex=Sex.MALE), Member("m", sex=Sex.FEMALE)]
    unions = [Union(("f", "m"))]
    for number in range(siblings):
        one, two, father, mother = (f"{letter}{number}" for letter in "abcd")
        members += [Member(father, sex=Sex.MALE), Member(mother, sex=Sex.FEMALE)]
        members += [Member(one, sex=Sex.MALE, mother="m", father="f")]
        members += [Member(two, sex=Sex.FEMALE, mother=mother, father=father)]
        unions += [Union((father, mother)), Union((one, two))]
    return Family(tuple(members), "f", unions=tuple(unions))


def with_in_laws(seed: int, people: int) -> Family:
    """A family as it grows in a consultation: children, partners, and here and there a partner's parents."""
    chance = random.Random(seed)
    family, level = add_partner(begin("P1", Sex.MALE), "P1"), {"P1": 0, "P2": 0}
    while len(family.members) < people:
        before, what = family, chance.random()
        if what < 0.5:
            pairs = [union.partners for union in family.unions if level[union.partners[0]] < 3]
            first, second = chance.choice(pairs)
            if len(family.common_children(first, second)) < 5:
                family = add_child(family, first, second, chance.choice((Sex.MALE, Sex.FEMALE)))
                level[newest(before, family) or ""] = level[first] + 1
        elif what < 0.75:
            single = [m.id for m in family.members if not family.partners(m.id)]
            if single:
                one = chance.choice(single)
                family = add_partner(family, one)
                level[newest(before, family) or ""] = level[one]
        else:
            orphans = [m.id for m in family.members if not m.parents and level[m.id] >= 0]
            if orphans:
                one = chance.choice(orphans)
                family = add_parents(family, one)
                level |= {made: level[one] - 1 for made in family.by_id if made not in before.by_id}
    return family


def realistic(seed: int, people: int) -> Family:
    """A family as clinics draw them: four or five generations that grow by chance from a proband's parents.

    Children, single partners, a second partner (half-siblings), parents and siblings of somebody who married
    in, twins, adoption, and here and there a marriage of kin.
    """
    chance = random.Random(f"{seed}/{people}")
    family = add_parents(begin("P1", Sex.FEMALE), "P1")
    level = {"P1": 2, "P2": 1, "P3": 1}
    while len(family.members) < people:
        before, what = family, chance.random()
        one = chance.choice([member.id for member in family.members])
        at = level[one]
        if what < 0.4 and at < 4 and family.partners(one):
            other = chance.choice(family.partners(one))
            if len(family.common_children(one, other)) < 5:
                family = add_child(family, one, other, chance.choice((Sex.MALE, Sex.FEMALE)))
                at += 1
        elif what < 0.64 and at > 0 and len(family.partners(one)) == (what > 0.6):
            family = add_partner(family, one)
        elif what < 0.76 and at > 0 and not family.by_id[one].parents:
            family = add_parents(family, one)
            at -= 1
        elif what < 0.92 and family.by_id[one].parents:
            family = add_sibling(family, one, chance.choice((Sex.MALE, Sex.FEMALE)))
        elif what < 0.94 and family.by_id[one].parents and family.twins_of(one) is None:
            family = add_twin(family, one, chance.choice((Zygosity.IDENTICAL, Zygosity.FRATERNAL)))
        elif what < 0.96 and not family.partners(one) and family.twins_of(one) is None:
            kind = chance.choice((Adoption.IN, Adoption.OUT))
            family = set_adopted(family, one, kind) if family.by_id[one].parents else family
        elif what < 0.98:
            family = _kin_marry(family, one, level)
        level |= {made: at for made in family.by_id if made not in before.by_id}
    return family


def _kin_marry(family: Family, one: str, level: dict[str, int]) -> Family:
    """With the first single relative of the other sex, of the same generation and other parents."""
    person = family.by_id[one]
    for other in family.members:
        single = not family.partners(one) and not family.partners(other.id)
        apart = bool(person.parents) and bool(other.parents) and not set(person.parents) & set(other.parents)
        sexes = {person.sex, other.sex} == {Sex.MALE, Sex.FEMALE}
        if single and apart and sexes and level[other.id] == level[one]:
            return add_partner(family, one, other.id)
    return family
