"""From which parent the patient has a variant, as far as the parents' own files tell.

A parent who was not sequenced, or whose sample consent keeps out, is one who was not tested.
"""

from genoai_desktop.analysis.annotation.regions import MT, X, Y
from genoai_desktop.analysis.rare_disease.genotypes import Family, Genotype
from genoai_desktop.domain.text import joined, tr


def origin(chrom: int, row: int, family: Family) -> str:
    """In words; empty where no parent was tested or the patient's own genotype was not called.

    ``chrom``: number of the chromosome, as in the table; ``row``: of the table.
    """
    own = family.genotype(family.proband, row)
    mother = family.genotype(family.mother, row) if family.mother else None
    father = family.genotype(family.father, row) if family.father else None
    if not own.copies or (mother is None and father is None):
        return ""
    if chrom == MT or (chrom == X and own.single):
        return _from_one(mother, tr("from the mother"), tr("not seen in the mother: new, or missed there"))
    if chrom == Y:
        return _from_one(father, tr("from the father"), tr("not seen in the father: new, or missed there"))
    told = _both_copies(mother, father) if own.both else _one_copy(mother, father)
    return told + (tr(" (a small share of that parent's reads: mosaic)") if _trace(mother, father) else "")


def from_parent(chrom: int, row: int, family: Family) -> str:
    """``mother`` or ``father`` where an autosomal single copy was seen in one of both tested parents alone.

    Empty where it is not known, or where both copies have it.
    """
    own = family.genotype(family.proband, row)
    if chrom in (MT, X, Y) or not own.copies or own.both:
        return ""
    mother = family.genotype(family.mother, row) if family.mother else None
    father = family.genotype(family.father, row) if family.father else None
    if _has(mother) and _lacks(father):
        return "mother"
    return "father" if _has(father) and _lacks(mother) else ""


def _trace(*parents: Genotype | None) -> bool:
    """Whether the only parent that has it shows a trace alone."""
    having = [one for one in parents if one is not None and one.has]
    return len(having) == 1 and having[0].mosaic


def _from_one(parent: Genotype | None, yes: str, no: str) -> str:
    """What only one parent can have passed on."""
    if parent is None:
        return ""
    return yes if parent.has else no if parent.reference else tr("could not be read in that parent")


def _one_copy(mother: Genotype | None, father: Genotype | None) -> str:
    if mother is not None and father is not None and mother.reference and father.reference:
        return tr("seen in neither parent: new (de novo)")
    if _has(mother) and _has(father):
        return tr("both parents have it: from which of them is not known")
    if _has(mother) and _lacks(father):
        return tr("from the mother")
    if _has(father) and _lacks(mother):
        return tr("from the father")
    if _has(mother):
        return tr("the mother has it; {father}", father=_father(father))
    if _has(father):
        return tr("the father has it; {mother}", mother=_mother(mother))
    return _not_seen(mother, father)


def _both_copies(mother: Genotype | None, father: Genotype | None) -> str:
    if _has(mother) and _has(father):
        return tr("one copy from each parent")
    if _has(mother):
        return tr("one copy from the mother; {father}", father=_father(father))
    if _has(father):
        return tr("one copy from the father; {mother}", mother=_mother(mother))
    return _not_seen(mother, father)


def _not_seen(mother: Genotype | None, father: Genotype | None) -> str:
    """Neither parent was seen to have it, and not both were shown to lack it."""
    return joined("; ", (_mother(mother), _father(father)))


def _mother(one: Genotype | None) -> str:
    if one is None:
        return tr("the mother was not tested")
    return tr("not seen in the mother") if one.reference else tr("could not be read in the mother")


def _father(one: Genotype | None) -> str:
    if one is None:
        return tr("the father was not tested")
    return tr("not seen in the father") if one.reference else tr("could not be read in the father")


def _has(one: Genotype | None) -> bool:
    return one is not None and one.has


def _lacks(one: Genotype | None) -> bool:
    return one is not None and one.reference
