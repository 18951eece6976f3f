"""What is drawn upon and around a symbol: slash, letters, brackets, arrows, lines (sources: symbols)."""

from genoai_desktop.domain.family import Adoption, Childless, Donor, Family, Gender, Member, Pregnancy
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Shape, Text

SLASHED = frozenset({Pregnancy.STILLBIRTH, Pregnancy.TERMINATION, Pregnancy.ECTOPIC})
"""Losses with a slash; a miscarriage has none, or it would be read as a termination."""
EARLY = frozenset({Pregnancy.MISCARRIAGE, Pregnancy.TERMINATION, Pregnancy.ECTOPIC})
"""Losses drawn as a small triangle, not as a person."""
SMALL = 0.72
"""How much shorter the slash of a triangle is."""


def marks(family: Family, member: Member) -> list[Shape]:
    """Every mark of a member, drawn after the symbol."""
    return [*_upon(member), *_inscription(member), *_around(family, member)]


def _upon(member: Member) -> list[Shape]:
    owner, made = member.id, list[Shape]()
    shaded = bool(member.diagnoses) or member.carrier
    if member.presymptomatic and shaded:
        made.append(Line(0, -RADIUS, 0, RADIUS, 5, (), "paper", owner))
    if member.presymptomatic:
        made.append(Line(0, -RADIUS, 0, RADIUS, 2.4, (), "ink", owner))
    if member.pregnancy in SLASHED or (member.deceased and not member.lost):
        made += _slash(owner, SMALL if member.pregnancy in EARLY else 1.0, shaded=shaded)
    return made


def _slash(owner: str, size: float, *, shaded: bool) -> list[Shape]:
    inner, outer = RADIUS * 0.7 * size, (RADIUS + 7) * size
    made: list[Shape] = [Line(-outer, outer, outer, -outer, 1.8, (), "ink", owner)]
    if shaded:  # a slash must be seen on a filled symbol too
        made.insert(0, Line(-inner, inner, inner, -inner, 4.6, (), "paper", owner))
    return made


def _inscription(member: Member) -> list[Shape]:
    """A letter or a number inside the symbol, on paper so that it reads on any pattern.

    G for a gestational carrier is the correction of 2025; one who also gave the egg is a donor, D.
    """
    words = ""
    if member.pregnancy is Pregnancy.ONGOING:
        words = "P"
    elif member.donor is not Donor.NO:
        words = "D"
    elif member.surrogate:
        words = "G"
    if member.count != 1:
        words = f"{words}{member.count or 'n'}"
    if not words:
        return []
    made: list[Shape] = [Text(0, 5, words, 14, "middle", True, "ink", member.id)]
    if member.diagnoses or member.carrier:
        made.insert(0, Circle(0, 0, 10, "paper", "", 0, member.id))
    return made


def _around(family: Family, member: Member) -> list[Shape]:
    """Brackets of adoption, arrows, asterisk, the lines of no children, and the sign of no history."""
    owner, made = member.id, list[Shape]()
    if member.adopted is not Adoption.NO:
        made += _brackets(owner)
    if owner in (family.proband, family.consultand):
        made += _arrow(owner, "P" if owner == family.proband else "")
    if member.evaluated:
        made.append(Text(RADIUS + 7, RADIUS + 6, "*", 17, "middle", True, "ink", owner))
    if member.childless is not Childless.NO:
        made += _childless(owner, 0.0, RADIUS, infertile=member.childless is Childless.INFERTILE)
    if member.history_unknown and not member.parents and not member.adoptive:
        made.append(Line(0, -RADIUS, 0, -RADIUS - 9, 1.5, (), "ink", owner))
        made.append(Text(0, -RADIUS - 11, "?", 12, "middle", True, "ink", owner))
    return made


def _brackets(owner: str) -> list[Shape]:
    made: list[Shape] = []
    edge, tall, lip = RADIUS + 6.0, RADIUS + 5.0, 5.0
    for side in (-1, 1):
        made.append(Line(side * edge, -tall, side * edge, tall, 1.6, (), "ink", owner))
        for end in (-tall, tall):
            made.append(Line(side * edge, end, side * (edge - lip), end, 1.6, (), "ink", owner))
    return made


def _childless(owner: str, x: float, y: float, *, infertile: bool) -> list[Shape]:
    made: list[Shape] = [Line(x, y, x, y + 10, 1.5, (), "ink", owner)]
    for step in range(2 if infertile else 1):
        made.append(Line(x - 9, y + 10 + 4 * step, x + 9, y + 10 + 4 * step, 1.5, (), "ink", owner))
    return made


def childless_mark(x: float, y: float, *, infertile: bool) -> list[Shape]:
    """The mark below a couple's line: no children, one line; infertility, two."""
    return _childless("", x, y, infertile=infertile)


def _arrow(owner: str, words: str) -> list[Shape]:
    """An arrow from the lower left; proband with P."""
    tip, tail = (-RADIUS * 0.86, RADIUS * 0.86), (-RADIUS - 12.0, RADIUS + 12.0)
    made: list[Shape] = [
        Line(*tail, *tip, 2.0, (), "ink", owner),
        Polygon((tip, (tip[0] - 9.5, tip[1] + 3.5), (tip[0] - 3.5, tip[1] + 9.5)), "ink", "", 0, owner),
    ]
    if words:
        made.append(Text(tail[0] - 5, tail[1] + 3, words, 12, "middle", True, "ink", owner))
    return made


def born_as(member: Member) -> str:
    """AFAB, AMAB or UAAB below the symbol, where gender and sex assigned at birth differ.

    Nothing where the sex assigned at birth is not known: that is not the same as none assigned.
    """
    if member.sex is Sex.UNKNOWN:
        return "UAAB" if member.unassigned else ""
    if member.gender is Gender.NOT_STATED:
        return ""
    same = {Gender.WOMAN: Sex.FEMALE, Gender.MAN: Sex.MALE}
    if same.get(member.gender) is member.sex:
        return ""
    return "AFAB" if member.sex is Sex.FEMALE else "AMAB"
