"""What the parents' own samples tell about the variants of findings: read as for candidate diagnoses."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease.genotypes import Family, family
from genoai_desktop.analysis.rare_disease.origin import from_parent, origin
from genoai_desktop.analysis.risk.carried import Carried
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.risk import RiskFinding
from genoai_desktop.domain.variant import ReportedVariant

_BY_PARENTS = -1
"""Stands for the phase set of alleles that the parents tell apart; those of files are not negative."""


class Parents:
    """The parents of the proband, as far as their samples are in the case and may be read."""

    def __init__(self, case: Case, annotated: Annotated, alleles: Sequence[Carried]) -> None:
        self._family: Family | None = family(case, annotated.table)
        if self._family is not None:
            self._family.read_ahead(sorted({allele.row for allele in alleles}))
        self._chrom = annotated.table.frame["chrom"]

    def phased(self, alleles: Sequence[Carried]) -> tuple[Carried, ...]:
        """The alleles, those of a gene by strand where each was seen in one tested parent and not the other.

        A phase that the file states stays unless the parents tell of every allele of the gene.
        """
        by_gene: dict[str, list[Carried]] = defaultdict(list)
        for allele in alleles:
            by_gene[allele.gene].append(allele)
        strands: dict[tuple[str, int], int] = {}
        for gene, own in by_gene.items():
            found = {allele.row: self._strand(allele.row) for allele in own}
            if len(own) > 1 and all(found.values()):
                strands |= {(gene, row): strand for row, strand in found.items()}
        return tuple(
            replace(one, strand=(_BY_PARENTS, strands[one.gene, one.row]))
            if (one.gene, one.row) in strands
            else one
            for one in alleles
        )

    def _strand(self, row: int) -> int:
        """1 from the mother, 2 from the father, 0 where that is not known."""
        if self._family is None:
            return 0
        return {"mother": 1, "father": 2}.get(from_parent(int(self._chrom[row]), row, self._family), 0)

    def told(self, finding: RiskFinding) -> RiskFinding:
        """The finding with the origin of each of its variants."""
        return replace(finding, variants=tuple(map(self._told, finding.variants)))

    def _told(self, one: ReportedVariant) -> ReportedVariant:
        if self._family is None:
            return one
        return replace(one, origin=origin(int(self._chrom[one.row]), one.row, self._family))
