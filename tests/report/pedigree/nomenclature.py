"""Every item of the pedigree nomenclature: what it is, where it is stated, how it is drawn, and a family.

Sources, by the short names below:

- 2022: Bennett et al., Practice resource-focused revision: standardized pedigree nomenclature update centered
  on sex and gender inclusivity, J Genet Couns 2022;31:1238-1248, doi:10.1002/jgc4.1621.
- 2025: its correction, J Genet Couns 2025;34:e2020 (PMC11926493).
- 2008: Bennett et al., J Genet Couns 2008;17:424-433, doi:10.1007/s10897-008-9169-9, for what 2022 left as it
  was.

The items were checked against public notes on these papers that name their sections and figures, not against
the figures themselves.

The picture of an item is ``golden_symbols/ID.png``. After a wanted change run this file as a script, and look
at the new pictures.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from families import child, partner
from pdf_reading import rendered

from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Condition,
    Diagnosis,
    Donor,
    Family,
    Gender,
    Member,
    Pregnancy,
    Twins,
    Union,
    Zygosity,
)
from genoai_desktop.domain.family_edit import add_child, add_partner, begin, set_member, set_union
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.drawing import scene
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Drawing, moved

GOLDEN = Path(__file__).parent / "golden_symbols"
AROUND = 44.0
FOUR = tuple(Condition(str(number), f"Condition {number + 1}") for number in range(4))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the nomenclature. ``drawn``: how, in words."""

    id: str
    stated: str
    source: str
    drawn: str
    family: Callable[[], Family]


def _one(conditions: tuple[Condition, ...] = (), **changes: object) -> Callable[[], Family]:
    member = Member("P1", **changes)  # type: ignore[arg-type]
    return lambda: Family((member,), "", conditions=conditions)


def _couple(**changes: object) -> Callable[[], Family]:
    def made() -> Family:
        family = add_partner(begin("P1", Sex.MALE), "P1")
        return replace(family, unions=(replace(family.unions[0], **changes),))  # type: ignore[arg-type]

    return made


def _proband() -> Family:
    return begin("P1", Sex.FEMALE)


def _consultand() -> Family:
    return Family((Member("P1", sex=Sex.FEMALE),), "", consultand="P1")


def _twins(zygosity: Zygosity, number: int = 2) -> Callable[[], Family]:
    def made() -> Family:
        family = add_partner(begin("f", Sex.MALE), "f")
        for _ in range(number):
            family = add_child(family, "f", sex=Sex.FEMALE)
        return replace(family, twins=(Twins(family.children_of["f"], zygosity),))

    return made


def _cousins() -> Family:
    """A father with two children, whose children marry."""
    family = add_partner(begin("f", Sex.MALE), "f")
    family, one = child(family, "f", sex=Sex.MALE)
    family, two = child(family, "f", sex=Sex.FEMALE)
    for person in (one, two):
        family, _ = partner(family, person)
    family, his = child(family, one, sex=Sex.MALE)
    family, hers = child(family, two, sex=Sex.FEMALE)
    return add_partner(family, his, hers)


def _stated_kin() -> Family:
    family = set_union(_couple()(), "P1", "P2", consanguineous=True, note="third cousins")
    return add_child(family, "P1", "P2")


def _adopted(kind: Adoption) -> Callable[[], Family]:
    def made() -> Family:
        family = add_child(_couple()(), "P1", "P2", sex=Sex.FEMALE)
        if kind is Adoption.OUT:
            return set_member(family, "P3", adopted=kind)
        return set_member(family, "P3", adopted=kind, mother=None, father=None, adoptive=("P1", "P2"))

    return made


def _both_adoptive_and_genetic() -> Family:
    family = _adopted(Adoption.OUT)()
    family = replace(
        family, members=(*family.members, Member("a", sex=Sex.MALE), Member("b", sex=Sex.FEMALE))
    )
    family = replace(family, unions=(*family.unions, Union(("a", "b"))))
    return set_member(family, "P3", adoptive=("a", "b"), adopted=Adoption.IN)


def _with_donor(donor: Donor, *, two_mothers: bool = False) -> Callable[[], Family]:
    def made() -> Family:
        gives = Sex.MALE if donor is Donor.SPERM else Sex.FEMALE
        takes = Sex.FEMALE if donor is Donor.SPERM else Sex.MALE
        members = [Member("d", sex=gives, donor=donor), Member("p", sex=takes)]
        mother, father = ("p", "d") if donor is Donor.SPERM else ("d", "p")
        members.append(Member("c", mother=mother, father=father, pregnancy=Pregnancy.ONGOING))
        unions = [Union(("d", "p"))]
        if two_mothers:
            members.insert(2, Member("w", sex=Sex.FEMALE))
            unions.append(Union(("p", "w")))
        return Family(tuple(members), "", unions=tuple(unions))

    return made


def _carried() -> Family:
    family = add_child(_couple()(), "P1", "P2", pregnancy=Pregnancy.ONGOING)
    carrier = Member("G", sex=Sex.FEMALE, surrogate=True)
    family = replace(family, members=(*family.members, carrier))
    return set_member(family, "P3", gestated_by="G")


def _loss(loss: Pregnancy, *, affected: bool = False) -> Callable[[], Family]:
    def made() -> Family:
        family = add_child(_couple()(), "P1", "P2", pregnancy=loss, gestation=12.0)
        if affected:
            family = replace(family, conditions=FOUR[:1])
            family = set_member(family, "P3", diagnoses=(Diagnosis("0"),))
        return family

    return made


FEMALE, MALE, OPEN = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN
ALL_FOUR = tuple(Diagnosis(one.id) for one in FOUR)

ITEMS = (
    Item("man", "man or boy", "2022 section 4.1, Fig. 1", "square", _one(sex=MALE)),
    Item("woman", "woman or girl", "2022 section 4.1, Fig. 1", "circle", _one(sex=FEMALE)),
    Item("unknown", "gender not known or not stated", "2022 section 4.1, Fig. 1", "diamond", _one()),
    Item(
        "trans-woman",
        "woman, assigned male at birth",
        "2022 Figs. 1-2, Box 1",
        "circle by gender, AMAB below",
        _one(sex=MALE, gender=Gender.WOMAN),
    ),
    Item(
        "trans-man",
        "man, assigned female at birth",
        "2022 Figs. 1-2, Box 1",
        "square by gender, AFAB below",
        _one(sex=FEMALE, gender=Gender.MAN),
    ),
    Item(
        "nonbinary",
        "gender-diverse person",
        "2022 Figs. 1-2, Box 1",
        "diamond, sex assigned at birth below",
        _one(sex=FEMALE, gender=Gender.NONBINARY),
    ),
    Item(
        "unassigned",
        "unassigned at birth",
        "2022 Box 1",
        "shape by gender, UAAB below",
        _one(gender=Gender.WOMAN, unassigned=True),
    ),
    Item(
        "affected",
        "affected by the one condition of the key",
        "2008 Fig. 1.2",
        "whole symbol shaded",
        _one(FOUR[:1], sex=FEMALE, diagnoses=ALL_FOUR[:1]),
    ),
    Item(
        "two-conditions",
        "two conditions",
        "2008 Fig. 1.2; 2022 section 4.5",
        "halves, each with a pattern of its own",
        _one(FOUR[:2], sex=MALE, diagnoses=ALL_FOUR[:2]),
    ),
    Item(
        "four-conditions",
        "four conditions",
        "2008 Fig. 1.2",
        "quadrants, each with a pattern of its own",
        _one(FOUR, sex=MALE, diagnoses=ALL_FOUR),
    ),
    Item(
        "carrier",
        "carrier",
        "2022 section 4.5 (the dot of 2008 is given up)",
        "left half with level lines, which the key explains",
        _one(sex=FEMALE, carrier=True),
    ),
    Item(
        "carrier-affected",
        "carrier of one and affected by another condition",
        "2022 section 4.5",
        "level lines in a part that no condition has",
        _one(FOUR[:2], sex=MALE, carrier=True, diagnoses=ALL_FOUR[:1]),
    ),
    Item(
        "carrier-full",
        "carrier whose whole symbol is shaded",
        "2022 section 4.5",
        "level lines on a disc in the middle",
        _one(FOUR[:1], sex=FEMALE, carrier=True, diagnoses=ALL_FOUR[:1]),
    ),
    Item(
        "presymptomatic",
        "carrier without symptoms who may have them later",
        "2008 Fig. 4.3; 2022 Fig. 2",
        "upright line through the symbol",
        _one(sex=MALE, presymptomatic=True),
    ),
    Item(
        "deceased",
        "deceased",
        "2008 Fig. 1.5",
        "slash from the lower left to the upper right, age at death below",
        _one(sex=MALE, deceased=True, age=59.0),
    ),
    Item("proband", "proband", "2008 Fig. 1.6", "arrow at the lower left with P", _proband),
    Item("consultand", "consultand", "2008 Fig. 1.7; 2022 Fig. 2", "the arrow without P", _consultand),
    Item(
        "count",
        "several people",
        "2008 Fig. 1.3",
        "their number inside",
        _one(sex=FEMALE, count=5),
    ),
    Item("count-unknown", "several, number not known", "2008 Fig. 1.4", "n inside", _one(count=0)),
    Item(
        "pregnancy",
        "pregnancy",
        "2008 Fig. 1.9",
        "P inside, weeks below",
        _one(pregnancy=Pregnancy.ONGOING, gestation=20.0),
    ),
    Item(
        "stillbirth",
        "stillbirth",
        "2008 Fig. 1.8",
        "shape of a person with a slash, SB and weeks below",
        _one(sex=FEMALE, pregnancy=Pregnancy.STILLBIRTH, gestation=34.0),
    ),
    Item(
        "miscarriage",
        "spontaneous abortion",
        "2008 Fig. 1.10",
        "small triangle without a slash, SAB below",
        _loss(Pregnancy.MISCARRIAGE),
    ),
    Item(
        "miscarriage-affected",
        "affected spontaneous abortion",
        "2008 Fig. 1.10",
        "small triangle, shaded",
        _loss(Pregnancy.MISCARRIAGE, affected=True),
    ),
    Item(
        "termination",
        "termination of pregnancy",
        "2008 Fig. 1.11",
        "small triangle with a slash, TOP below",
        _loss(Pregnancy.TERMINATION),
    ),
    Item(
        "ectopic",
        "ectopic pregnancy",
        "2008 Fig. 1.12; 2025",
        "small triangle with a slash, ECT below",
        _loss(Pregnancy.ECTOPIC),
    ),
    Item("partners", "partners", "2022 section 4.2, Fig. 3", "line between them", _couple()),
    Item(
        "separated",
        "relationship no longer exists",
        "2008 Fig. 2.2a; 2022 Fig. 3",
        "two slashes through the line",
        _couple(separated=True),
    ),
    Item(
        "consanguinity",
        "blood relatives, as the pedigree shows",
        "2008 Fig. 2.2b; 2022 Fig. 3",
        "double line; the relationship is in the legend",
        _cousins,
    ),
    Item(
        "consanguinity-stated",
        "blood relatives whose common ancestor is not drawn",
        "2008 Fig. 2.2b",
        "double line with the relationship above it",
        _stated_kin,
    ),
    Item(
        "identical",
        "monozygotic twins",
        "2008 Fig. 2.3a; 2022 Fig. 3",
        "lines from one point, joined by a bar",
        _twins(Zygosity.IDENTICAL),
    ),
    Item(
        "fraternal",
        "dizygotic twins",
        "2008 Fig. 2.3a; 2022 Fig. 3",
        "lines from one point",
        _twins(Zygosity.FRATERNAL),
    ),
    Item(
        "zygosity-unknown",
        "twins, zygosity not known",
        "2008 Fig. 2.3a; 2022 Fig. 3",
        "lines from one point with ? between",
        _twins(Zygosity.UNKNOWN),
    ),
    Item(
        "triplets",
        "three born together",
        "2022 Fig. 3",
        "three lines from one point",
        _twins(Zygosity.FRATERNAL, 3),
    ),
    Item(
        "no-children",
        "no children by choice or reason not known",
        "2008 Fig. 2.3a",
        "short line ended by one bar",
        _couple(childless=Childless.BY_CHOICE),
    ),
    Item(
        "infertility",
        "infertility",
        "2008 Fig. 2.3a",
        "short line ended by two bars",
        _couple(childless=Childless.INFERTILE),
    ),
    Item(
        "no-children-of-one",
        "no children of somebody without a partner",
        "2008 Fig. 2.3a",
        "short line below the symbol, the reason below",
        _one(sex=MALE, childless=Childless.INFERTILE, note="azoospermia"),
    ),
    Item(
        "history-unknown",
        "family history not known",
        "2008 Fig. 2.3a",
        "line upwards with ?",
        _one(sex=FEMALE, history_unknown=True),
    ),
    Item(
        "adopted-in",
        "adopted into the family",
        "2008 Fig. 2.3b; 2022 Fig. 3",
        "brackets, dashed line of descent",
        _adopted(Adoption.IN),
    ),
    Item(
        "adopted-out",
        "adopted out of the family",
        "2008 Fig. 2.3b; 2022 Fig. 3",
        "brackets, solid line of descent",
        _adopted(Adoption.OUT),
    ),
    Item(
        "adopted-both",
        "genetic and adoptive parents",
        "2022 Fig. 3",
        "brackets, solid line to the genetic and dashed line to the adoptive parents",
        _both_adoptive_and_genetic,
    ),
    Item(
        "sperm-donor",
        "sperm donor",
        "2008 Fig. 3; 2022 Fig. 5",
        "D inside; slanting line to the descent, no line of partnership",
        _with_donor(Donor.SPERM),
    ),
    Item(
        "egg-donor",
        "egg donor",
        "2008 Fig. 3; 2022 Fig. 5",
        "D inside; slanting line to the descent, no line of partnership",
        _with_donor(Donor.EGG),
    ),
    Item(
        "donor-couple",
        "couple of two women with a sperm donor",
        "2022 Fig. 5",
        "line of partnership between the women only",
        _with_donor(Donor.SPERM, two_mothers=True),
    ),
    Item(
        "gestational-carrier",
        "gestational carrier",
        "2022 Fig. 5; 2025 (G in place of S)",
        "G inside; dashed line to the pregnancy",
        _carried,
    ),
    Item(
        "evaluated",
        "documented evaluation",
        "2008 Fig. 4.1; 2022 Fig. 2 (E is given up by 2022, section 4.2)",
        "asterisk at the lower right",
        _one(sex=MALE, evaluated=True),
    ),
)
NOT_DRAWN = {
    "proven zygosity": "2008 Fig. 2.3a: an asterisk at the bar of twins; write it in the note",
    "result of an evaluation as E+ or E-": "2008 Fig. 4; given up by 2022, section 4.2",
    "gestational descent straight from the carrier": (
        "2022 Fig. 5 draws the child below her; here a dashed line leads to a child drawn below its parents"
    ),
}


def picture(item: Item) -> Image.Image:
    """The item's family without the legend, two pixels a unit."""
    family = item.family()
    if item.id != "proband":
        family = replace(family, proband="")  # an arrow in every picture would hide what it is about
    made = scene(family)
    layout = made.layout
    over = AROUND + 8
    width = layout.width + 2 * (AROUND + RADIUS)
    height = layout.height + layout.deepest + 2 * over + 8
    shapes = [moved(one, AROUND + RADIUS, over) for one in made.lines]
    for person, parts in made.people.items():
        x, y = layout.x[person] + AROUND + RADIUS, layout.y[person] + over
        shapes += [moved(part, x, y) for part in parts]
    return rendered(Drawing(tuple(shapes), width, height, item.id, item.drawn)).convert("L")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in ITEMS:
        picture(each).save(GOLDEN / f"{each.id}.png", optimize=True)
