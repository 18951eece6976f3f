"""The variants of each candidate, as a person reads them."""

from collections import defaultdict
from dataclasses import replace

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated, reported
from genoai_desktop.analysis.rare_disease.genotypes import Genotype
from genoai_desktop.analysis.rare_disease.in_house import InHouse
from genoai_desktop.analysis.rare_disease.origin import origin
from genoai_desktop.analysis.rare_disease.sensitivity import would_change
from genoai_desktop.analysis.rare_disease.variant_evidence import Allele
from genoai_desktop.analysis.rare_disease.weighing import BestFit, Weighed
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.domain.variant import ReportedVariant, Zygosity
from genoai_desktop.knowledge import Knowledge

Words = dict[tuple[int, str], ReportedVariant]


def with_variants(
    candidate: Candidate, found: BestFit | None, words: Words, weighed: Weighed, in_house: InHouse | None
) -> Candidate:
    """The candidate with its variants, and with what would change the answer."""
    candidate = replace(candidate, would_change=would_change(candidate, found, weighed.around))
    if found is None:
        return candidate
    variants = tuple(
        replace(
            _as_read(words[a.row, found.gene], a, found.fit.mode, weighed.genotype(a.row)),
            origin=origin(a.chrom, a.row, weighed.around),
        )
        for a in found.fit.alleles
    )
    if in_house is not None and in_house.cases:
        earlier = [int(weighed.waterfall.earlier[a.row]) for a in found.fit.alleles]
        variants = tuple(
            replace(one, remarks=(*one.remarks, in_house.words(count)))
            for one, count in zip(variants, earlier, strict=True)
        )
    return replace(candidate, variants=variants)


def _as_read(words: ReportedVariant, allele: Allele, mode: str, genotype: Genotype) -> ReportedVariant:
    """The variant as this candidate sees it: gene and effect of a structural change or repeat with it."""
    if allele.own is None:
        return replace(words, inheritance=mode)
    said = tuple(reason.text for reason in allele.own[mode in ("AR", "XR")])
    both = Zygosity.HEMIZYGOUS if genotype.single else Zygosity.HOMOZYGOUS
    zygosity = both if genotype.both else Zygosity.HETEROZYGOUS
    return replace(
        words,
        inheritance=mode,
        gene=allele.gene,
        consequence=allele.consequence,
        zygosity=zygosity if genotype.copies else words.zygosity,
        remarks=(*words.remarks, *said),
    )


def variant_words(annotated: Annotated, case: Case, fits: list[BestFit], knowledge: Knowledge) -> Words:
    """Every variant of the shown candidates as a person reads it, by row and gene: where a variant lies in
    several genes, each candidate shows what it does to its own."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for fit in fits:
        wanted[fit.gene].update(allele.row for allele in fit.fit.alleles)
    rows = pl.Series(sorted({row for own in wanted.values() for row in own}), dtype=pl.UInt32)
    effects = annotated.effects.filter(pl.col("row").cast(pl.UInt32).is_in(rows.implode()))
    by_gene = {key[0]: part for key, part in effects.partition_by("gene", as_dict=True).items()}
    sample = annotated.table.sample_index(case.index.sample or "")
    found: Words = {}
    for gene, own in sorted(wanted.items()):
        part = replace(annotated, effects=by_gene.get(gene, effects))
        said = reported(part, sorted(own), sample, knowledge, case.index.sex)
        found |= {(row, gene): one for row, one in zip(sorted(own), said, strict=True)}
    return found
