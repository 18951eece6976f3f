"""Genotypes of the family at the few variants that are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from genoai_desktop.analysis.annotation.regions import single_copy
from genoai_desktop.analysis.rare_disease.repeats import RepeatCall
from genoai_desktop.analysis.rare_disease.structural_candidates import Structure
from genoai_desktop.domain.case import Affected, Case, Person, Sex
from genoai_desktop.knowledge.repeats import RepeatStatus
from genoai_desktop.vcf.table import VariantTable

BALANCE_READS, BALANCE_LOW = 20, 0.3
REFERENCE_READS = 5
"""On fewer reads a parent's missing allele proves nothing: one copy of two escapes five reads in 3 %."""
MOSAIC_LOW, MOSAIC_HIGH, MOSAIC_READS = 0.02, 0.25, 2


@dataclass(frozen=True, slots=True)
class Genotype:
    """One person at one allele. ``copies`` is None when not called; ``single`` where one copy is normal."""

    copies: int | None
    full: bool
    single: bool
    strand: int
    phase_set: int | None
    mosaic: bool
    reads: int = 0
    share: float | None = None
    depth: int | None = None

    @property
    def unbalanced(self) -> bool:
        """Heterozygous, but far fewer reads show the allele than the half one expects."""
        return (
            self.copies == 1
            and not self.full
            and self.share is not None
            and self.reads >= BALANCE_READS
            and self.share < BALANCE_LOW
        )

    @property
    def carries(self) -> bool:
        """Whether at least one copy was called and it is not a mosaic trace."""
        return bool(self.copies) and not self.mosaic

    @property
    def both(self) -> bool:
        """No other allele is left: homozygous or hemizygous."""
        return self.full

    @property
    def reference(self) -> bool:
        """Called on enough reads, without the allele and without a trace of it."""
        return self.copies == 0 and not self.mosaic and (self.depth is None or self.depth >= REFERENCE_READS)

    @property
    def has(self) -> bool:
        """Whether the allele is there at all, be it as a mosaic trace."""
        return self.carries or self.mosaic


@dataclass(frozen=True, slots=True)
class Family:
    """The sequenced persons around the proband: the column of each, and who is who."""

    case: Case
    table: VariantTable
    proband: Person
    mother: Person | None
    father: Person | None
    others: tuple[Person, ...]
    homozygous_losses: int = 0
    """How many high-impact alleles without a known frequency the proband has on both autosomes, in genes of
    known diseases; ``other_losses``: in the other genes, of which far more can be lost."""
    other_losses: int = 0

    structures: Mapping[int, Structure] = field(default_factory=dict)
    repeats: Mapping[int, RepeatCall] = field(default_factory=dict)
    """Structural alleles and repeat loci by the row that stands for them."""
    _known: dict[tuple[str, int], Genotype] = field(default_factory=dict, compare=False, repr=False)
    _sites: dict[int, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def sample(self) -> int:
        """0-based index of the proband's sample."""
        return self.table.sample_index(self.proband.sample or "")

    def read_ahead(self, rows: Sequence[int]) -> None:
        """Read these rows of the table at once: one by one takes a hundred times as long."""
        chosen = self.table.frame[list(rows)]
        self._sites.update(zip(rows, chosen.iter_rows(named=True), strict=True))

    def genotype(self, person: Person, row: int) -> Genotype:
        """The person's genotype at a row of the table."""
        found = self._known.get((person.id, row))
        if found is None:
            found = self._known[person.id, row] = self._genotype(person, row)
        return found

    def _genotype(self, person: Person, row: int) -> Genotype:
        site = self._sites.get(row) or self.table.frame.row(row, named=True)
        index = self.table.sample_index(person.sample or "")
        if row in self.repeats:
            return self._repeat(self.repeats[row], index)
        values = {
            n: site.get(f"s{index}_{n}")
            for n in ("dosage", "called", "ploidy", "strand", "ps", "dp", "ad_ref", "ad_alt")
        }
        copies, called = values["dosage"], values["called"] or 0
        if not called and row in self.structures:
            return self._by_number(self.structures[row], index, site, person)
        reads, alternate = (values["ad_ref"] or 0) + (values["ad_alt"] or 0), values["ad_alt"] or 0
        share = alternate / reads if reads else None
        mosaic = (
            share is not None
            and alternate >= MOSAIC_READS
            and MOSAIC_LOW <= share <= MOSAIC_HIGH
            and copies in (0, 1)
        )
        whole = called == (values["ploidy"] or called)  # of ./1 the other copy is not known
        haploid = called == 1 and whole
        single = haploid or single_copy(site["chrom"], site["pos"], self.table.build, person.sex)
        full = bool(copies) and copies == called and (whole or single)
        return Genotype(
            copies, full, single, values["strand"] or 0, values["ps"], mosaic, reads, share, values["dp"]
        )

    def _repeat(self, call: RepeatCall, index: int) -> Genotype:
        """Alleles as long as what makes the proband's call remarkable."""
        pathogenic = call.status(self.sample) is RepeatStatus.PATHOGENIC
        found = call.copies(index, disease=pathogenic)
        if found is None:
            return Genotype(None, full=False, single=False, strand=0, phase_set=None, mosaic=False)
        copies, of = found
        full = bool(copies) and copies == of
        return Genotype(copies, full, of == 1, 0, None, mosaic=False)

    def _by_number(self, one: Structure, index: int, site: Mapping[str, Any], person: Person) -> Genotype:
        """From FORMAT/CN where no genotype was called."""
        single = single_copy(site["chrom"], site["pos"], self.table.build, person.sex)
        normal = 1 if single else 2
        changed = one.changed(index, normal)
        full = changed is not None and one.loses and changed >= normal
        return Genotype(changed, full, single, 0, None, mosaic=False)


def family(case: Case, table: VariantTable) -> Family | None:
    """The family as far as it was sequenced; None when the proband was not."""
    proband = case.index
    if proband.sample not in table.samples:
        return None
    sequenced = {p.id: p for p in case.persons if p.sample in table.samples and p.id != proband.id}
    mother, father = sequenced.get(proband.mother or ""), sequenced.get(proband.father or "")
    return Family(case, table, proband, mother, father, tuple(sequenced.values()))


def is_unaffected(person: Person) -> bool:
    """Stated to be unaffected; an unknown status says nothing."""
    return person.affected is Affected.NO


def is_affected(person: Person) -> bool:
    """Stated to be affected."""
    return person.affected is Affected.YES


def is_male(person: Person) -> bool:
    """Stated male."""
    return person.sex is Sex.MALE
