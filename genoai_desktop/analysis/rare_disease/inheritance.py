"""How well alleles fit a mode of inheritance in this family, in natural log odds. Nothing is deleted here."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from genoai_desktop.analysis.annotation.regions import MT, X, Y, in_par
from genoai_desktop.analysis.rare_disease.genotypes import (
    Family,
    Genotype,
    is_affected,
    is_female,
    is_male,
    is_unaffected,
)
from genoai_desktop.analysis.rare_disease.variant_evidence import Allele
from genoai_desktop.domain.case import Person
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr

HOMOZYGOUS, COMPOUND, COMPOUND_WEAK, TRANS, CIS, SECOND_MISSING = 1.5, 1.4, -1.1, 1.5, -4.0, -4.0
"""From how often 5,299 published cases and one real exome show each kind of finding (model card): two
missense alleles of one gene, phase unknown, are found by chance in 40 disease genes of one exome, a
homozygous one in 16, a pair with a loss of function in one. Given as log odds against one het. missense."""
HEMIZYGOUS, CARRIER_FEMALE, HOMOZYGOUS_DOMINANT, MODE_UNKNOWN = 0.5, -2.5, -1.0, -0.5
REFERENCE_BOTH, REFERENCE_ONE = -5.5, -1.5
"""In the hundredth of all genes whose reference sequence on the build is wrong or has a gap lie half of the
homozygous losses of one GRCh37 exome."""
HOMOZYGOUS_LOSS_DOMINANT, UNBALANCED, HETEROPLASMY, HIGH = -4.0, -2.5, -0.5, 3
ODD_SINGLE = -1.0
DE_NOVO, FROM_AFFECTED, MOSAIC_PARENT, ODD_PARENT = 3.0, 1.0, 1.5, -1.5
CLOSE, ONE_EVENT = -2.5, 20
"""Two alleles within so many bases, phase unknown: callers split one complex change in two."""
UNAFFECTED_HAS, UNAFFECTED_HAS_INCOMPLETE, AFFECTED_LACKS, AFFECTED_CARRIES_LESS = -4.0, -0.9, -4.0, -1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Alleles under one mode of inheritance, and the reasons that came with it."""

    mode: str
    alleles: tuple[Allele, ...]
    reasons: tuple[Contribution, ...]

    @property
    def recessive(self) -> bool:
        """Whether both copies must be changed."""
        return self.mode in ("AR", "XR")

    @property
    def log_odds(self) -> float:
        """Sum of the reasons."""
        return sum(reason.log_odds for reason in self.reasons)


def fits(alleles: Sequence[Allele], modes: Sequence[str], family: Family) -> list[Fit]:
    """Every way in which the alleles of one gene could explain a disease of these modes."""
    found: list[Fit] = []
    for mode, penalty in _modes(alleles, modes, family):
        extra = _reason(penalty, tr("The inheritance of the disease is not recorded")) if penalty else ()
        if mode == "AR":
            possible = _recessive(alleles, family)
        else:
            possible = [*_single(alleles, mode, family), *_both_x(alleles, mode, family)]
        found += [Fit(fit.mode, fit.alleles, (*fit.reasons, *extra)) for fit in possible]
    return found


def _modes(alleles: Sequence[Allele], modes: Sequence[str], family: Family) -> list[tuple[str, float]]:
    chrom = alleles[0].chrom
    if chrom == MT:
        return [("MT", 0.0)]
    if chrom in (X, Y) and not in_par(chrom, alleles[0].pos, family.table.build):
        stated = [mode for mode in modes if mode in ("XR", "XD")]
        return [(mode, 0.0) for mode in stated] or [("XL", 0.0)]
    stated = [mode for mode in modes if mode in ("AD", "AR")]
    return [(mode, 0.0) for mode in stated] or [("AD", MODE_UNKNOWN), ("AR", MODE_UNKNOWN)]


def _reason(value: float, text: str) -> tuple[Contribution, ...]:
    return (Contribution("inheritance", "", value, text),)


def _single(alleles: Sequence[Allele], mode: str, family: Family) -> list[Fit]:
    found = []
    for allele in alleles:
        own = family.genotype(family.proband, allele.row)
        reasons = (
            *_own(own, mode, family.proband, allele),
            *_call(own, allele),
            *_descent(allele, family, own),
            *_relatives(allele, mode, family),
        )
        found.append(Fit(mode, (allele,), reasons))
    return found


def _both_x(alleles: Sequence[Allele], mode: str, family: Family) -> list[Fit]:
    """A different change on each X chromosome of a girl, as in recessive inheritance elsewhere."""
    if mode not in ("XR", "XL") or not is_female(family.proband):
        return []
    own = {allele.row: family.genotype(family.proband, allele.row) for allele in alleles}
    one_copy = [allele for allele in alleles if own[allele.row].carries and not own[allele.row].both]
    found = []
    for first, second in combinations(one_copy, 2):
        men = [person for person in family.others if is_male(person)]
        women = [person for person in family.others if not is_male(person)]
        reasons = _compound(first, second, own, family, women).reasons
        reasons += _reason(CARRIER_FEMALE, tr("Changes on both X chromosomes of a girl or woman are rare"))
        for person in men:
            only = [family.genotype(person, allele.row) for allele in (first, second)]
            if all(genotype.copies is not None for genotype in only):
                reasons += _one_relative(person, any(genotype.both for genotype in only), family)
        found.append(Fit(mode, (first, second), reasons))
    return found


def _call(own: Genotype, allele: Allele) -> tuple[Contribution, ...]:
    """How far the call itself can be believed."""
    if own.unbalanced and allele.chrom == MT:
        text = tr("{share} of the reads show it (heteroplasmy in this tissue)", share=f"{own.share:.0%}")
        return _reason(HETEROPLASMY, text)
    if own.single and own.copies and not own.both and allele.chrom != MT:
        text = tr(
            "Two kinds of reads where there is one copy: a mosaic, a mixture of samples or a mapping error"
        )
        return _reason(ODD_SINGLE, text)
    if own.unbalanced:
        text = tr("Only {share} of the reads show it: a mapping error, or mosaic", share=f"{own.share:.0%}")
        return _reason(UNBALANCED, text)
    if allele.misfit:
        text = tr("The reference itself differs from the transcript here: the change may put it right")
        return _reason(REFERENCE_BOTH if own.both else REFERENCE_ONE, text)
    return ()


def _own(own: Genotype, mode: str, person: Person, allele: Allele) -> tuple[Contribution, ...]:
    if mode == "AD":
        if own.both and not own.single:
            value = HOMOZYGOUS_LOSS_DOMINANT if allele.impact == HIGH else HOMOZYGOUS_DOMINANT
            return _reason(value, tr("Homozygous, where one changed copy is expected"))
        return _reason(0.0, tr("One changed copy, as expected in dominant inheritance"))
    if mode == "MT":
        return _reason(0.0, tr("Mitochondrial variant; the share of changed copies matters"))
    if own.both:
        return _reason(HEMIZYGOUS, tr("No unchanged copy on the X chromosome"))
    if mode == "XR" and not is_male(person):
        return _reason(CARRIER_FEMALE, tr("One changed copy in a female: usually a carrier"))
    return _reason(0.0, tr("One changed copy on the X chromosome"))


def _descent(allele: Allele, family: Family, own: Genotype) -> tuple[Contribution, ...]:
    """New in the patient, or from a parent with a trace of it."""
    parents = [p for p in (family.mother, family.father) if p is not None]
    maternal = allele.chrom == MT or (allele.chrom == X and own.both and own.single)
    needed = 1 if maternal and family.mother is not None else 2
    relevant = [family.mother] if needed == 1 and family.mother else parents
    genotypes = [family.genotype(p, allele.row) for p in relevant if p is not None]
    if allele.chrom == MT and any(g.has for g in genotypes):
        return ()  # shares differ between mother and child: a small one is no new variant
    if any(g.mosaic for g in genotypes) and not any(g.carries for g in genotypes):
        return _reason(MOSAIC_PARENT, tr("A parent may be mosaic: a small share of the reads shows it"))
    if own.copies and len(genotypes) >= needed and all(g.reference for g in genotypes):
        return _reason(DE_NOVO, tr("New in the patient: not seen in the parents"))
    return ()


def _relatives(allele: Allele, mode: str, family: Family) -> tuple[Contribution, ...]:
    reasons: list[Contribution] = []
    for person in family.others:
        own = family.genotype(person, allele.row)
        expresses = own.both if mode in ("XR", "XL") else own.carries
        if own.copies is None or own.mosaic:
            continue
        if mode == "MT" and is_male(person) and person.id == family.proband.father:
            continue  # A father's mitochondria are not passed on.
        some = not expresses and own.carries
        reasons += _one_relative(person, expresses, family, some=some, varies=mode == "MT")
    return tuple(reasons)


def _one_relative(
    person: Person, expresses: bool, family: Family, *, some: bool = False, varies: bool = False
) -> tuple[Contribution, ...]:
    """One relative's word. ``some``: has less of it than the disease asks for, as a carrier woman does;
    ``varies``: how much of it a person has decides on the disease, so that carriers may be well."""
    if expresses and is_unaffected(person):
        lenient = varies or family.case.incomplete_penetrance
        value = UNAFFECTED_HAS_INCOMPLETE if lenient else UNAFFECTED_HAS
        return _reason(value, tr("An unaffected relative has the same genotype"))
    if expresses and is_affected(person):
        return _reason(FROM_AFFECTED, tr("An affected relative has the same genotype"))
    if some and is_affected(person):
        return _reason(AFFECTED_CARRIES_LESS, tr("An affected relative has it on one copy only"))
    if not expresses and is_affected(person):
        return _reason(AFFECTED_LACKS, tr("An affected relative does not have it"))
    return ()


def _recessive(alleles: Sequence[Allele], family: Family) -> list[Fit]:
    own = {allele.row: family.genotype(family.proband, allele.row) for allele in alleles}
    found = [_homozygous(a, family) for a in alleles if own[a.row].both]
    single = [a for a in alleles if not own[a.row].both]
    found += [_unmasked(a, gap, own, family) for a in alleles for gap in single if _covers(gap, a, own)]
    found += [_compound(first, second, own, family) for first, second in combinations(single, 2)]
    if not found:
        text = tr(
            "Only one changed copy was found; a recessive disease needs two (a deletion could be missed)"
        )
        found = [Fit("AR", (a,), (*_reason(SECOND_MISSING, text),)) for a in single]
    return found


def _homozygous(allele: Allele, family: Family) -> Fit:
    own = family.genotype(family.proband, allele.row)
    both = _reason(HOMOZYGOUS, tr("Both copies are changed"))
    if not allele.own:
        both = (family.homozygous.reason(allele),)
    reasons = [*both, *_call(own, allele)]
    for parent in (family.mother, family.father):
        if parent is not None and family.genotype(parent, allele.row).reference:
            text = tr("A parent does not carry it: uniparental disomy, a deletion, or a new variant")
            reasons += _reason(ODD_PARENT, text)
    for person in family.others:
        genotype = family.genotype(person, allele.row)
        if genotype.copies is not None:
            reasons += _one_relative(person, genotype.both, family)
    return Fit("AR", (allele,), tuple(reasons))


def _covers(gap: Allele, allele: Allele, own: dict[int, Genotype]) -> bool:
    """Whether a deletion of one copy takes away the place of an allele that looks homozygous."""
    return (
        gap.deletes
        and not allele.deletes
        and own[allele.row].both
        and gap.chrom == allele.chrom
        and gap.pos <= allele.pos <= gap.end
    )


def _unmasked(allele: Allele, gap: Allele, own: dict[int, Genotype], family: Family) -> Fit:
    """A variant on one copy and a deletion on the other: looks homozygous, and each parent gave one."""
    reasons = [
        *_reason(COMPOUND, tr("Two different changes in the same gene")),
        *_reason(TRANS, tr("The deletion takes away the other copy, so that the variant looks homozygous")),
        *_call(own[gap.row], gap),
    ]
    for person in family.others:
        one, two = family.genotype(person, allele.row), family.genotype(person, gap.row)
        if one.copies is not None and two.copies is not None:
            reasons += _one_relative(person, one.carries and two.carries, family)
    return Fit("AR", (allele, gap), tuple(reasons))


def _compound(
    a: Allele,
    b: Allele,
    own: dict[int, Genotype],
    family: Family,
    relatives: Sequence[Person] | None = None,
) -> Fit:
    phase, text = _phase(a, b, own, family)
    value = {"trans": TRANS, "cis": CIS, "unknown": 0.0, "odd": ODD_PARENT, "close": CLOSE}[phase]
    start = COMPOUND if HIGH in (a.impact, b.impact) else COMPOUND_WEAK
    reasons = [*_reason(start, tr("Two different changes in the same gene")), *_reason(value, text)]
    for allele in (a, b):
        reasons += _call(own[allele.row], allele)
    for person in family.others if relatives is None else relatives:
        one, two = family.genotype(person, a.row), family.genotype(person, b.row)
        if one.copies is not None and two.copies is not None and phase != "cis":
            reasons += _one_relative(person, one.carries and two.carries, family)
    return Fit("AR", (a, b), tuple(reasons))


def _phase(a: Allele, b: Allele, own: dict[int, Genotype], family: Family) -> tuple[str, str]:
    """Parents first, else phasing in the file. Without a phase set, ``|`` means one set (VCF 4.3)."""
    first, second = own[a.row], own[b.row]
    if a.record == b.record >= 0 and (first.copies, second.copies) == (1, 1):
        return "trans", tr("Two different alleles of one place: each copy has one")
    if family.taken_by_deletion(a.row, b.row) or family.taken_by_deletion(b.row, a.row):
        return "trans", tr("The deletion takes away the place of the other on its copy (*): different copies")
    by_parents, by_file = _phase_by_parents(a, b, family), _phase_by_file(first, second)
    if by_parents is not None and by_file is not None and (by_parents[0], by_file[0]) == ("cis", "trans"):
        return "odd", tr(
            "Phasing in the file and the parents' genotypes disagree on whether they share a copy"
        )
    if by_parents is not None or by_file is not None:
        return by_parents or by_file or ("unknown", "")
    if abs(a.pos - b.pos) <= ONE_EVENT and not (a.own or b.own):
        return "close", tr("They lie so close that they are probably one change on one copy")
    return "unknown", tr("It could not be told whether they lie on different copies")


def _phase_by_file(first: Genotype, second: Genotype) -> tuple[str, str] | None:
    if not (first.strand in (1, 2) and second.strand in (1, 2) and first.phase_set == second.phase_set):
        return None
    if first.strand == second.strand:
        return "cis", tr("Both lie on the same copy, by phasing in the file")
    return "trans", tr("They lie on different copies, by phasing in the file")


def _phase_by_parents(a: Allele, b: Allele, family: Family) -> tuple[str, str] | None:
    parents = [p for p in (family.mother, family.father) if p is not None]
    pairs = [(family.genotype(p, a.row), family.genotype(p, b.row)) for p in parents]
    pairs = [(x, y) for x, y in pairs if x.copies is not None and y.copies is not None]
    from_one = [x.has and y.reference for x, y in pairs]
    from_other = [x.reference and y.has for x, y in pairs]
    if any(from_one) and any(from_other):
        return "trans", tr("One came from each parent")
    if len(pairs) == 1 and (any(from_one) or any(from_other)):
        return "trans", tr("One came from the tested parent and the other did not: probably different copies")
    carrying = [x.carries and y.carries for x, y in pairs]
    if any(carrying) and (len(pairs) == 1 or any(x.reference and y.reference for x, y in pairs)):
        return "cis", tr("A tested parent carries both: probably on the same copy")
    if len(pairs) == 2 and (all(x.reference for x, _ in pairs) or all(y.reference for _, y in pairs)):
        return "odd", tr("One of the two is not in either parent: new, or a parent's call was missed")
    return None
