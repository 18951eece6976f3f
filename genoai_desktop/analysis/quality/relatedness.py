"""Kinship from genotypes beside the pedigree, and Mendelian errors."""

from math import isfinite
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.analysis.quality.columns import biallelic_substitutions
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.quality import Kinship, MendelianCheck
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

MINIMUM_SITES: Final = 200
MAXIMUM_CELLS: Final = 20_000_000
"""Genotypes compared at most; beyond that every n-th site is taken."""
DEGREES: Final = ((0.354, "same"), (0.177, "first"), (0.0884, "second"), (0.0442, "third"))
"""Lower bounds of the KING-robust coefficient (Manichaikul 2010)."""
PARENT_IBS0: Final = 0.005
"""Share of sites with opposite homozygotes below which first degree means parent and child."""
Matrix = npt.NDArray[np.float32]


def kinships(table: VariantTable, case: Case) -> tuple[Kinship, ...]:
    """KING-robust coefficients of all pairs of samples, with what pedigree and genotypes say."""
    count = len(table.samples)
    if count < 2:
        return ()
    dosage = _dosages(biallelic_substitutions(table), count)
    het, low, high = ((dosage == copies).astype(np.float32) for copies in (1, 0, 2))
    known = (dosage >= 0).astype(np.float32)
    both_het, opposite = het @ het.T, low @ high.T + high @ low.T
    own_het, sites = het @ known.T, known @ known.T
    found = []
    for i in range(count):
        for j in range(i + 1, count):
            fewer = min(own_het[i, j], own_het[j, i])
            more = max(own_het[i, j], own_het[j, i])
            shared, ibs0, total = both_het[i, j], opposite[i, j], int(sites[i, j])
            coefficient = _coefficient(float(shared), float(ibs0), float(fewer), float(more))
            found.append(_kinship(table, case, (i, j), coefficient, float(ibs0) / max(total, 1), total))
    return tuple(found)


def _dosages(frame: pl.DataFrame, count: int) -> npt.NDArray[np.int8]:
    """Samples by sites; -1 where the genotype is not diploid and complete."""
    step = max(frame.height * count // MAXIMUM_CELLS, 1)
    chosen = frame.gather_every(step) if step > 1 else frame
    columns = [
        chosen.select(
            pl.when(pl.col(f"s{i}_called") == 2).then(pl.col(f"s{i}_dosage")).fill_null(-1).cast(pl.Int8)
        ).to_series()
        for i in range(count)
    ]
    return np.array([column.to_numpy() for column in columns], dtype=np.int8)


def _coefficient(shared: float, ibs0: float, fewer: float, more: float) -> float:
    """The between-family estimator, which needs no allele frequencies; NaN without heterozygotes."""
    if fewer == 0:
        return float("nan")
    return (shared - 2 * ibs0) / (2 * fewer) + 0.5 - 0.25 * (fewer + more) / fewer


def _kinship(
    table: VariantTable, case: Case, pair: tuple[int, int], coefficient: float, ibs0: float, sites: int
) -> Kinship:
    first, second = (table.samples[i] for i in pair)
    stated = _stated(case, first, second)
    degree = _degree(coefficient, ibs0) if sites >= MINIMUM_SITES else ""
    return Kinship(
        first=first,
        second=second,
        coefficient=round(coefficient, 4) if isfinite(coefficient) else 0.0,
        stated=_words(stated),
        inferred=_words(degree) if degree else tr("too few sites to tell"),
        sites=sites,
        conflict=bool(degree and stated) and not _agrees(stated, degree),
    )


def _degree(coefficient: float, ibs0: float) -> str:
    if not isfinite(coefficient):
        return ""
    name = next((name for bound, name in DEGREES if coefficient > bound), "unrelated")
    if name == "first":
        return "parent" if ibs0 < PARENT_IBS0 else "sibling"
    return name


def _agrees(stated: str, found: str) -> bool:
    """Half siblings are second degree; what the pedigree does not connect must not be close."""
    expected = {
        "half": {"second"},
        "unrelated": {"third", "unrelated"},
        "kin": {"second", "third", "unrelated"},
    }
    return found in expected.get(stated, {stated})


def _words(relation: str) -> str:
    return {
        "": tr("not stated"),
        "same": tr("same person or identical twins"),
        "parent": tr("parent and child"),
        "sibling": tr("full siblings"),
        "half": tr("half siblings"),
        "kin": tr("relatives"),
        "second": tr("second degree"),
        "third": tr("third degree"),
        "unrelated": tr("unrelated"),
    }[relation]


def _stated(case: Case, first: str, second: str) -> str:
    """``parent``, ``sibling``, ``half``, ``kin`` or ``unrelated``; empty when one is not in the case."""
    people = {person.sample: person for person in case.persons if person.sample}
    if first not in people or second not in people:
        return ""
    a, b = people[first], people[second]
    if b.id in (a.mother, a.father) or a.id in (b.mother, b.father):
        return "parent"
    shared = {parent for parent in (a.mother, a.father) if parent} & {b.mother, b.father}
    if shared:
        return "sibling" if len(shared) == 2 else "half"
    return "kin" if _ancestors(case, a) & _ancestors(case, b) else "unrelated"


def _ancestors(case: Case, person: Person) -> set[str]:
    """Identifiers of the person and all recorded ancestors."""
    known = {member.id: member for member in case.persons}
    found: set[str] = set()
    waiting = [person.id]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        if current in known:
            waiting += [parent for parent in (known[current].mother, known[current].father) if parent]
    return found


def mendelian(table: VariantTable, case: Case) -> tuple[MendelianCheck, ...]:
    """Errors of every trio whose three samples are loaded.

    Counted at autosomal substitutions with one alternate, no failed filter, three complete genotypes
    and an alternate in at least one of the three.
    """
    column = {name: index for index, name in enumerate(table.samples)}
    sample = {person.id: person.sample for person in case.persons if person.sample in column}
    trios = [
        (person.sample, sample.get(person.father or ""), sample.get(person.mother or ""))
        for person in case.persons
        if person.sample in column
    ]
    complete = [(child, father, mother) for child, father, mother in trios if child and father and mother]
    if not complete:
        return ()
    frame = biallelic_substitutions(table)
    return tuple(
        _errors(frame, child, father, mother, [column[name] for name in (child, father, mother)])
        for child, father, mother in complete
    )


def _errors(frame: pl.DataFrame, child: str, father: str, mother: str, indices: list[int]) -> MendelianCheck:
    copies = [pl.col(f"s{i}_dosage") for i in indices]
    called = pl.all_horizontal(pl.col(f"s{i}_called") == 2 for i in indices)
    sites = frame.filter(called & pl.any_horizontal(copy > 0 for copy in copies))
    own, paternal, maternal = copies
    least = (paternal == 2).cast(pl.Int8) + (maternal == 2).cast(pl.Int8)
    most = (paternal > 0).cast(pl.Int8) + (maternal > 0).cast(pl.Int8)
    errors = sites.filter((own < least) | (own > most)).height
    return MendelianCheck(child, father, mother, sites.height, errors)
