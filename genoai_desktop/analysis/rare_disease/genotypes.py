"""Genotypes of the family at the few variants that are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation.regions import MT, single_copy
from genoai_desktop.analysis.rare_disease.homozygosity import Homozygous
from genoai_desktop.analysis.rare_disease.repeats import RepeatCall
from genoai_desktop.analysis.rare_disease.structural_candidates import Structure
from genoai_desktop.domain.case import Affected, Case, Person, Sex
from genoai_desktop.knowledge.repeats import RepeatStatus
from genoai_desktop.vcf.table import Kind, VariantTable

BALANCE_READS, BALANCE_LOW = 20, 0.3
REFERENCE_READS = 5
"""On fewer reads a parent's missing allele proves nothing: one copy of two escapes five reads in 3 %."""
MOSAIC_LOW, MOSAIC_HIGH, MOSAIC_READS = 0.02, 0.25, 2
SELDOM, MANY_READS = 1000, 200
"""A parent called heterozygous is mosaic only where one of two copies would give so few reads less than once
in so many times (binomial, halves)."""
NEARLY_ALL = 0.9
"""Share of reads from which a male's heterozygous call on his X chromosome is one of its only copy."""
MOST_ALLELES = 8
"""Alternates of one record that are looked through for a ``*``."""
LEAST_QUALITY = 10
"""Phred-scaled; of a relative a genotype of less (wrong in one of ten) is taken as not called."""


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
        seen = self.share is not None and self.reads >= MOSAIC_READS and self.share > MOSAIC_HIGH
        enough = self.depth is None or self.depth >= REFERENCE_READS
        return self.copies == 0 and not self.mosaic and enough and not seen

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
    homozygous: Homozygous = field(default_factory=Homozygous)
    """What the proband has on both copies elsewhere."""
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

    def taken_by_deletion(self, deletion: int, row: int) -> bool:
        """Whether the proband's other copy at ``row`` is a ``*`` that the deletion covers."""
        if deletion in self.structures or row in self.structures or row in self.repeats:
            return False
        gap, site = self._site(deletion), self._site(row)
        last = gap["pos"] + len(gap["ref"]) - 1
        if gap["chrom"] != site["chrom"] or not gap["pos"] + len(gap["alt"]) <= site["pos"] <= last:
            return False
        dosage = f"s{self.sample}_dosage"
        beside = self.table.frame.select("record", "kind", dosage)
        beside = beside.slice(max(row - MOST_ALLELES, 0), 2 * MOST_ALLELES + 1)
        stars = beside.filter((pl.col("record") == site["record"]) & (pl.col("kind") == int(Kind.STAR)))
        return bool((stars[dosage].fill_null(0) > 0).any())

    def _site(self, row: int) -> dict[str, Any]:
        return self._sites.get(row) or self.table.frame.row(row, named=True)

    def _genotype(self, person: Person, row: int) -> Genotype:
        site = self._site(row)
        index = self.table.sample_index(person.sample or "")
        if row in self.repeats:
            return self._repeat(self.repeats[row], index)
        values = {
            n: site.get(f"s{index}_{n}")
            for n in ("dosage", "called", "ploidy", "strand", "ps", "dp", "gq", "ad_ref", "ad_alt")
        }
        copies, called = values["dosage"], values["called"] or 0
        quality = values["gq"]
        if called and quality is not None and quality < LEAST_QUALITY and person.id != self.proband.id:
            copies = None
        if not called and row in self.structures:
            return self._by_number(self.structures[row], index, site, person)
        reads, alternate = (values["ad_ref"] or 0) + (values["ad_alt"] or 0), values["ad_alt"] or 0
        share = alternate / reads if reads else None
        mosaic = (
            share is not None
            and alternate >= MOSAIC_READS
            and MOSAIC_LOW <= share <= MOSAIC_HIGH
            and (copies == 0 or (copies == 1 and _too_few(alternate, reads)))
        )
        whole = called == (values["ploidy"] or called)  # of ./1 the other copy is not known
        haploid = called == 1 and whole
        single = haploid or single_copy(site["chrom"], site["pos"], self.table.build, person.sex)
        nearly = single and site["chrom"] != MT and share is not None and share >= NEARLY_ALL
        full = bool(copies) and ((copies == called and (whole or single)) or nearly)
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


def _too_few(alternate: int, reads: int) -> bool:
    """Whether a copy of two shows in so few reads (a quarter at most) less than once in 1,000."""
    if reads > MANY_READS:
        return True  # a quarter of so many is far outside
    likely: int = sum(comb(reads, k) for k in range(alternate + 1))
    return likely * SELDOM < 1 << reads


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


def is_female(person: Person) -> bool:
    """Stated female."""
    return person.sex is Sex.FEMALE
