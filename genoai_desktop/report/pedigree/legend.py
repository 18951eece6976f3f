"""The legend: every condition with its pattern and place, and the marks that this pedigree uses."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from genoai_desktop.domain.family import Adoption, Childless, Diagnosis, Donor, Family, Member, Pregnancy
from genoai_desktop.domain.family_kinship import Kinships, relationship
from genoai_desktop.domain.numerals import localised
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.report.fonts import REGULAR, plain, register, text_width
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Shape, Text
from genoai_desktop.report.pedigree.symbols import symbol

SCALE = 0.5
ROW, LEFT = 34.0, 26.0
WORDS = 10.0


def legend(
    family: Family, numbers: dict[str, str], width: float, note: str = ""
) -> tuple[list[Shape], float, float]:
    """Shapes from 0 downwards, their height, and the width they need."""
    register()
    made: list[Shape] = [Line(LEFT, 0, max(width - LEFT, 400), 0, 0.8, (), "muted")]
    x, y, widest = LEFT, 28.0, 400.0
    for shapes, words in _entries(family):
        wide = 2 * RADIUS * SCALE + 16 + text_width(plain(words), REGULAR, WORDS) + 26
        if x + wide > max(width, 400) - LEFT and x > LEFT:
            x, y = LEFT, y + ROW
        made += [_small(one, x + RADIUS * SCALE + 6, y) for one in shapes]
        made.append(Text(x + 2 * RADIUS * SCALE + 18, y + 4, words, WORDS, "start"))
        x += wide
        widest = max(widest, x)
    for line in (*_kin_lines(family, numbers), *filter(None, (note,))):
        y += 22 if x == LEFT else ROW - 6
        x = LEFT
        made.append(Text(LEFT, y + 4, line, 9, "start", False, "muted"))
        widest = max(widest, LEFT * 2 + text_width(plain(line), REGULAR, 9))
    return made, y + 30, widest


def _entries(family: Family) -> list[tuple[list[Shape], str]]:
    blank = Member("legend", sex=Sex.MALE)
    bare = replace(family, members=(blank,), proband="", consultand=None, unions=(), twins=())
    made = []
    for condition in family.conditions:
        if any(member.onset(condition.id) for member in family.members):
            one = replace(blank, diagnoses=(Diagnosis(condition.id),))
            made.append((symbol(bare, one), condition.name))
    return made + _marks(family, bare)


def _marks(family: Family, bare: Family) -> list[tuple[list[Shape], str]]:
    members = family.members
    shown = (*_of_people(), *_of_losses(), *_of_offspring())
    made = [(symbol(bare, one), words) for test, one, words in shown if any(map(test, members))]
    if family.proband in family.by_id:
        proband = Member("legend", sex=Sex.FEMALE)
        made.append((symbol(replace(bare, proband="legend"), proband), tr("proband")))
    if any(union.separated for union in family.unions):
        slashes: list[Shape] = [Line(-RADIUS, 0, RADIUS, 0, 2.5)]
        slashes += [Line(d - 5, 12, d + 5, -12, 2.5) for d in (-4, 4)]
        made.append((slashes, tr("separated")))
    return made


_Mark = tuple[Callable[[Member], bool], Member, str]
"""Whether a member has it, the symbol that shows it, and what it is called."""


def _of_people() -> tuple[_Mark, ...]:
    member = Member("legend", sex=Sex.FEMALE)
    return (
        (lambda m: m.carrier, replace(member, carrier=True), tr("carrier")),
        (lambda m: m.presymptomatic, replace(member, presymptomatic=True), tr("presymptomatic carrier")),
        (lambda m: m.deceased, replace(member, deceased=True), tr("deceased")),
        (lambda m: m.adopted is not Adoption.NO, replace(member, adopted=Adoption.IN), tr("adopted")),
    )


def _of_losses() -> tuple[_Mark, ...]:
    named = (
        (Pregnancy.ONGOING, tr("pregnancy")),
        (Pregnancy.MISCARRIAGE, tr("miscarriage (SAB)")),
        (Pregnancy.ECTOPIC, tr("ectopic pregnancy (ECT)")),
        (Pregnancy.TERMINATION, tr("termination of pregnancy (TOP)")),
        (Pregnancy.STILLBIRTH, tr("stillbirth (SB)")),
    )
    return tuple((partial(_is_such, kind), Member("legend", pregnancy=kind), words) for kind, words in named)


def _is_such(kind: Pregnancy, member: Member) -> bool:
    return member.pregnancy is kind


def _of_offspring() -> tuple[_Mark, ...]:
    member, diamond = Member("legend", sex=Sex.FEMALE), Member("legend")
    infertile, chosen = Childless.INFERTILE, Childless.BY_CHOICE
    return (
        (lambda m: m.donor is not Donor.NO, replace(diamond, donor=Donor.EGG), tr("donor (D)")),
        (
            lambda m: m.surrogate and m.donor is Donor.NO,
            replace(member, surrogate=True),
            tr("gestational carrier (G)"),
        ),
        (lambda m: m.history_unknown, replace(member, history_unknown=True), tr("family history not known")),
        (lambda m: m.evaluated, replace(member, evaluated=True), tr("documented evaluation")),
        (lambda m: m.childless is infertile, replace(member, childless=infertile), tr("infertility")),
        (lambda m: m.childless is chosen, replace(member, childless=chosen), tr("no children")),
    )


def _kin_lines(family: Family, numbers: dict[str, str]) -> list[str]:
    """One line for each couple of blood relatives."""
    kinships, made = Kinships(family), []
    for union in family.unions:
        first, second = union.partners
        pair = f"{numbers[first]} = {numbers[second]}"
        kin = relationship(family, first, second) if kinships.of(first, second) > 0 else None
        if kin is not None:
            figure = localised(f"{kin.kinship:.4f}".rstrip("0"), language_in_use())
            words = tr("blood relatives: {words} (kinship {figure})", words=kin.words, figure=figure)
            made.append(f"{pair}  {words}")
        elif union.consanguineous:
            made.append(f"{pair}  {tr('blood relatives, as stated; no common ancestor is drawn')}")
    return made


def _small(shape: Shape, x: float, y: float) -> Shape:
    """A shape at the legend's scale."""
    if isinstance(shape, Line):
        return replace(
            shape,
            x1=shape.x1 * SCALE + x,
            y1=shape.y1 * SCALE + y,
            x2=shape.x2 * SCALE + x,
            y2=shape.y2 * SCALE + y,
            width=max(0.8, shape.width * SCALE),
        )
    if isinstance(shape, Polygon):
        points = tuple((px * SCALE + x, py * SCALE + y) for px, py in shape.points)
        return replace(shape, points=points, width=shape.width * SCALE)
    if isinstance(shape, Circle):
        return replace(
            shape,
            x=shape.x * SCALE + x,
            y=shape.y * SCALE + y,
            radius=shape.radius * SCALE,
            width=shape.width * SCALE,
        )
    return replace(shape, x=shape.x * SCALE + x, y=shape.y * SCALE + y, size=shape.size * SCALE)
