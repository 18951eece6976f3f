"""PED files: six columns, no names. What else the pedigree holds is lost, and said to be."""

import re
from collections.abc import Iterator
from pathlib import Path

from genoai_desktop.app.pedigrees.imported import Imported, odd
from genoai_desktop.app.pedigrees.losses import lost
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_case import family_from, persons_of
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.person import Affected, Sex
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf import read_ped

_COLUMNS = 6
_SEX = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNKNOWN: "0"}
_AFFECTED = {Affected.NO: "1", Affected.YES: "2", Affected.UNKNOWN: "0"}


def read_ped_family(path: Path) -> Imported:
    """The people of a PED file; the proband is the first affected child, else the first affected person.

    Raises:
        UserError: the file is not a PED file that can be.
    """
    persons = read_ped(path)
    affected = [person for person in persons if person.affected is Affected.YES]
    children = [person for person in affected if person.mother or person.father]
    proband = (children or affected or list(persons))[0].id
    return Imported(family_from(persons, proband), tuple(_left_out(path)))


def _left_out(path: Path) -> Iterator[Finding]:
    """What the lines hold besides one family in six columns."""
    lines = [one for one in path.read_text("utf-8-sig", errors="replace").splitlines() if one.strip()]
    rows = [re.split(r"\t|,", one) if re.search(r"\t|,", one) else one.split() for one in lines]
    rows = [one for one in rows if not one[0].lstrip().startswith("#")]
    families = {one[0].strip() for one in rows}
    if len(families) > 1:
        text = tr("The file has {count} families; they are drawn together.", count=len(families))
        yield odd(path.name, "Family ID", text)
    if any(len(one) > _COLUMNS for one in rows):
        yield odd(path.name, "", tr("Columns after the sixth are not used."))


def write_ped(family: Family, path: Path) -> tuple[str, ...]:
    """Write the real individuals; returns what a PED file cannot hold.

    Raises:
        UserError: the file cannot be written.
    """
    ids = plain_ids(family)
    lines = ["#Family ID\tIndividual ID\tPaternal ID\tMaternal ID\tSex\tPhenotype"]
    for person in persons_of(family):
        father, mother = (ids[one] if one else "0" for one in (person.father, person.mother))
        cells = ("family", ids[person.id], father, mother, _SEX[person.sex], _AFFECTED[person.affected])
        lines.append("\t".join(cells))
    write_bytes(("\n".join(lines) + "\n").encode(), path)
    people = {person.id for person in persons_of(family)}
    other = [
        (len(family.conditions) > 1, tr("conditions other than the one studied")),
        (bool(family.conditions), tr("names of conditions")),
        (any(ids[one] != one for one in people), tr("letters of identifiers")),
    ]
    return (*lost(family, frozenset({"unaffected", "listed"})), *(words for there, words in other if there))


def plain_ids(family: Family) -> dict[str, str]:
    """Identifiers without white space or commas, still different from one another."""
    made: dict[str, str] = {}
    for member in family.members:
        name = re.sub(r"[\s,#]+", "_", member.id) or "_"
        name = f"_{name}" if name in ("0", "-9", ".") else name
        while name in made.values():
            name += "_"
        made[member.id] = name
    return made
