"""CanRisk pedigree files, versions 1 to 4, and BOADICEA v4 import files: read, and write version 1 to 4.

Format: CanRisk file format specification (canrisk.org). One line per person, families one after another,
risk factors of a family's target as ``##key=value`` lines before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.person import is_own_ancestor
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.plain_text import plain_text

CANCERS = ("BC1", "BC2", "OC", "PRO", "PAN")
PATHOLOGY = ("ER", "PR", "HER2", "CK14", "CK56")
GENES = {
    1: ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "RAD51D", "RAD51C", "BRIP1"),
    2: ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "BARD1", "RAD51D", "RAD51C", "BRIP1"),
    4: ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "BARD1", "RAD51D", "RAD51C", "BRIP1", "HOXB13"),
}
GENES[3] = GENES[2]
_BOADICEA_GENES = ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2")
_FIXED = ("FamID", "Name", "Target", "IndivID", "FathID", "MothID", "Sex", "MZtwin", "Dead", "Age", "Yob")
_LEAD = len(_FIXED) + len(CANCERS) + 1  # and Ashkn
_KINDS, _RESULTS = frozenset("0ST"), frozenset({"0", "P", "N", "HET", "HOM"})
UNKNOWN_AGE = -1
"""Age at diagnosis of somebody affected at an age not known (``AU``)."""
OLDEST = 125
LARGEST = 16 << 20


@dataclass(frozen=True, slots=True)
class CanRiskMember:
    """One line. Ages in years, 0 not known; cancers: 0 not affected, ``UNKNOWN_AGE`` affected at unknown age.

    ``tests``: gene to (kind, result): kind ``S`` mutation search, ``T`` known variant; result ``P`` or ``N``,
    for HOXB13 ``HET``, ``HOM`` or ``N``. ``pathology``: ``P``, ``N`` or ``0`` in the order of ``PATHOLOGY``.
    """

    name: str
    target: bool
    id: str
    father: str | None
    mother: str | None
    sex: Sex
    twin: str | None
    dead: bool
    age: int
    year_of_birth: int
    cancers: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    ashkenazi: bool = False
    tests: dict[str, tuple[str, str]] = field(default_factory=dict)
    pathology: tuple[str, ...] = ("0",) * 5


@dataclass(frozen=True, slots=True)
class CanRiskFamily:
    """One family with the target's risk factors as written, in order (``menarche``, ``PRS_BC`` ...)."""

    id: str
    members: tuple[CanRiskMember, ...]
    factors: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> CanRiskMember:
        """The person whose risk is asked."""
        return next(member for member in self.members if member.target)

    def score_z(self, cancer: str = "BC") -> tuple[float, float] | None:
        """(alpha, z-score) of the target's polygenic score (``BC``, ``OC``, ``PC``); None where not given."""
        text = dict(self.factors).get(f"PRS_{cancer}", "")
        values = dict(re.findall(r"(alpha|zscore)=([-+.\deE]+)", text))
        return (float(values["alpha"]), float(values["zscore"])) if len(values) == 2 else None


def read_canrisk(path: Path) -> tuple[CanRiskFamily, ...]:
    """Every family of a file.

    Raises:
        UserError: a line that cannot be; names the line and the field, never the person.
    """
    choose = tr("Choose a pedigree file of CanRisk, version 1 to 4.")
    lines = plain_text(path, LARGEST, choose, "canrisk.format").splitlines()
    first = lines[0].strip() if lines else ""
    boadicea = first.startswith("BOADICEA import pedigree file format 4")
    if not boadicea and not re.fullmatch(r"##CanRisk [1-4](\.0)?", first):
        raise _refuse(path, 1, "", tr("This is not a CanRisk pedigree file of version 1 to 4."))
    families: dict[str, list[tuple[int, CanRiskMember]]] = {}
    factors: dict[str, tuple[tuple[str, str], ...]] = {}
    pending: list[tuple[str, str]] = []
    for number, fields in _rows(lines[1:], pending):
        family, member = _member(path, number, fields, boadicea)
        if family not in families:
            factors[family] = tuple(pending)
            pending.clear()
        families.setdefault(family, []).append((number, member))
    if not families:
        raise _refuse(path, None, "IndivID", tr("The pedigree file has no people."))
    return tuple(_family(path, name, members, factors[name]) for name, members in families.items())


def _rows(lines: Sequence[str], pending: list[tuple[str, str]]) -> Iterator[tuple[int, list[str]]]:
    """Lines of people; risk factors on the way go to ``pending``."""
    for number, line in enumerate(lines, start=2):
        if line.startswith("##"):
            key, equals, value = line[2:].strip().partition("=")
            if equals:
                pending.append((key.strip(), value.strip()))
        elif line.strip() and not line.startswith("FamID"):
            by_tab = [part.strip() for part in line.rstrip("\r\n").split("\t")]
            mixed = any(" " in part for part in by_tab[2:])  # spaces for tabs; a name alone may hold one
            yield number, line.split() if mixed or len(by_tab) <= _LEAD else by_tab


def _member(path: Path, number: int, fields: list[str], boadicea: bool) -> tuple[str, CanRiskMember]:
    if boadicea:
        fields = _as_canrisk(fields)
    genes = {len(names): names for names in GENES.values()}.get(len(fields) - _LEAD - 1)
    if genes is None:
        raise _refuse(path, number, "", tr("The line has {count} fields.", count=len(fields)))
    values = dict(zip((*_FIXED, *CANCERS, "Ashkn"), fields, strict=False))

    def whole(name: str, low: int, high: int) -> int:
        if not values[name].isdigit() or not low <= int(values[name]) <= high:
            why = tr("a whole number from {low} to {high} is needed", low=low, high=high)
            raise _refuse(path, number, name, why)
        return int(values[name])

    def cancer(name: str) -> int:
        return UNKNOWN_AGE if values[name] == "AU" else whole(name, 0, OLDEST)

    if values["Sex"] not in ("M", "F"):
        raise _refuse(path, number, "Sex", tr("the sex must be M or F"))
    year = whole("Yob", 0, 2100)
    if 0 < year < 1800:
        raise _refuse(path, number, "Yob", tr("the year of birth is out of range"))
    age = whole("Age", 0, OLDEST)
    bc1, bc2, oc, pro, pan = (cancer(name) for name in CANCERS)
    for name, onset in zip(CANCERS, (bc1, bc2, oc, pro, pan), strict=True):
        if age and onset > age:
            raise _refuse(path, number, name, tr("the age at diagnosis is later than the present age"))
    member = CanRiskMember(
        name=values["Name"],
        target=bool(whole("Target", 0, 1)),
        id=values["IndivID"],
        father=_known(values["FathID"]),
        mother=_known(values["MothID"]),
        sex=Sex.MALE if values["Sex"] == "M" else Sex.FEMALE,
        twin=_known(values["MZtwin"]),
        dead=bool(whole("Dead", 0, 1)),
        age=age,
        year_of_birth=year,
        cancers=(bc1, bc2, oc, pro, pan),
        ashkenazi=bool(whole("Ashkn", 0, 1)),
        tests=_tests(path, number, genes, fields[_LEAD : _LEAD + len(genes)]),
        pathology=_pathology(path, number, fields[-1]),
    )
    return values["FamID"], member


def _as_canrisk(fields: list[str]) -> list[str]:
    """A BOADICEA v4 line, with two columns a gene and five for pathology, in CanRisk's form."""
    lead, rest = fields[:_LEAD], fields[_LEAD:]
    count = 2 * len(_BOADICEA_GENES)
    results = {
        gene: f"{rest[2 * i]}:{rest[2 * i + 1]}"
        for i, gene in enumerate(_BOADICEA_GENES)
        if len(rest) >= count
    }
    markers = (rest[count:] + ["0"] * 5)[:5]
    return [
        *lead,
        *(results.get(gene, "0:0") for gene in GENES[1]),
        ":".join(mark or "0" for mark in markers),
    ]


def _known(text: str) -> str | None:
    return None if text in ("0", "") else text


def _tests(path: Path, number: int, genes: Sequence[str], cells: Sequence[str]) -> dict[str, tuple[str, str]]:
    found = {}
    for gene, cell in zip(genes, cells, strict=True):
        kind, colon, result = cell.partition(":")
        if not colon or kind not in _KINDS or result not in _RESULTS:
            raise _refuse(path, number, gene, tr("a test is written S:P, S:N, T:P, T:N or 0:0"))
        if kind != "0" and result != "0":
            found[gene] = (kind, result)
    return found


def _pathology(path: Path, number: int, cell: str) -> tuple[str, ...]:
    marks = tuple(cell.split(":"))
    if len(marks) != len(PATHOLOGY) or any(mark not in ("0", "P", "N") for mark in marks):
        raise _refuse(path, number, ":".join(PATHOLOGY), tr("pathology is five of P, N or 0"))
    return marks


def _family(
    path: Path, name: str, numbered: list[tuple[int, CanRiskMember]], factors: tuple[tuple[str, str], ...]
) -> CanRiskFamily:
    """Check what only the whole family tells: parents, sexes, twins, one target."""
    by_id: dict[str, CanRiskMember] = {}
    for number, member in numbered:
        if member.id in by_id:
            raise _refuse(path, number, "IndivID", tr("this person appears twice in the family"))
        by_id[member.id] = member
    for number, member in numbered:
        for column, parent, sex in (
            ("FathID", member.father, Sex.MALE),
            ("MothID", member.mother, Sex.FEMALE),
        ):
            if parent is not None and (
                parent not in by_id or by_id[parent].sex is not sex or parent == member.id
            ):
                raise _refuse(
                    path, number, column, tr("this parent is not in the family, or of the other sex")
                )
    for number, member in numbered:
        if is_own_ancestor(member.id, by_id):
            raise _refuse(path, number, "FathID, MothID", tr("A person is an own ancestor."))
    targets = [number for number, member in numbered if member.target]
    if len(targets) != 1:
        line = targets[1] if targets else numbered[0][0]
        raise _refuse(path, line, "Target", tr("a family needs exactly one target"))
    return CanRiskFamily(name, tuple(member for _, member in numbered), factors)


def write_canrisk(families: Sequence[CanRiskFamily], path: Path, version: int = 4) -> tuple[str, ...]:
    """Write families; returns the genes whose results this version cannot hold (they are left out).

    Raises:
        UserError: the version is not 1 to 4, or the file cannot be written.
    """
    if version not in GENES:
        raise UserError(tr("The version must be 1 to 4."), where="version", code="canrisk.version")
    genes = GENES[version]
    lost: set[str] = set()
    lines = [f"##CanRisk {version}" if version > 2 else f"##CanRisk {version}.0"]
    head = "\t".join((*_FIXED, *CANCERS, "Ashkn", *genes, ":".join(PATHOLOGY)))
    for family in families:
        lines += [f"##{key}={value}" for key, value in family.factors]
        lines.append(f"##{head}")
        for member in family.members:
            lost |= set(member.tests) - set(genes)
            lines.append("\t".join(_cells(family.id, member, genes)))
    write_bytes(("\n".join(lines) + "\n").encode(), path)
    return tuple(sorted(lost))


def _cells(family: str, member: CanRiskMember, genes: Sequence[str]) -> list[str]:
    def cancer(age: int) -> str:
        return "AU" if age == UNKNOWN_AGE else str(age)

    return [
        family,
        member.name or "NA",
        str(int(member.target)),
        member.id,
        member.father or "0",
        member.mother or "0",
        "M" if member.sex is Sex.MALE else "F",
        member.twin or "0",
        str(int(member.dead)),
        str(member.age),
        str(member.year_of_birth),
        *(cancer(age) for age in member.cancers),
        str(int(member.ashkenazi)),
        *(":".join(member.tests.get(gene, ("0", "0"))) for gene in genes),
        ":".join(member.pathology),
    ]


def _refuse(path: Path, line: int | None, field_name: str, what: str) -> UserError:
    remedy = tr("Correct this line, or export the pedigree again from CanRisk.")
    return UserError(what, where=file_where(path, line, field_name), remedy=remedy, code="canrisk.format")
