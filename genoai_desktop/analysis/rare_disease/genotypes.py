"""Genotypes of the family at the few variants that are left."""

from dataclasses import dataclass

from genoai_desktop.analysis.annotation.regions import single_copy
from genoai_desktop.domain.case import Affected, Case, Person, Sex
from genoai_desktop.vcf.table import VariantTable

BALANCE_READS, BALANCE_LOW = 20, 0.3
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
        """Called, without the allele and without a trace of it."""
        return self.copies == 0 and not self.mosaic


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
    """How many high-impact alleles without a known frequency the proband has on both autosomes."""

    def genotype(self, person: Person, row: int) -> Genotype:
        """The person's genotype at a row of the table."""
        site = self.table.frame.row(row, named=True)
        index = self.table.sample_index(person.sample or "")
        values = {
            n: site.get(f"s{index}_{n}") for n in ("dosage", "called", "strand", "ps", "ad_ref", "ad_alt")
        }
        copies, called = values["dosage"], values["called"] or 0
        reads, alternate = (values["ad_ref"] or 0) + (values["ad_alt"] or 0), values["ad_alt"] or 0
        share = alternate / reads if reads else None
        mosaic = (
            share is not None
            and alternate >= MOSAIC_READS
            and MOSAIC_LOW <= share <= MOSAIC_HIGH
            and copies in (0, 1)
        )
        single = called == 1 or single_copy(site["chrom"], site["pos"], self.table.build, person.sex)
        full = bool(copies) and copies == called
        return Genotype(copies, full, single, values["strand"] or 0, values["ps"], mosaic, reads, share)


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
