"""Families for the tests of the pedigree."""

from dataclasses import replace

from hypothesis import strategies as st

from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Condition,
    Diagnosis,
    Family,
    Gender,
    Pregnancy,
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
