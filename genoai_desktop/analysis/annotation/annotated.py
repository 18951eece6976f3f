"""A table with everything the bundle knows of each allele, and single variants in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation import population
from genoai_desktop.analysis.annotation.consequence import consequences
from genoai_desktop.analysis.annotation.evidence import residue_remarks
from genoai_desktop.analysis.annotation.regions import hgvs_g, place, single_copy
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.genome import VariantKey
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant, Zygosity
from genoai_desktop.knowledge.frequency import frequency
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.vcf.table import VariantTable


@dataclass(frozen=True, slots=True)
class Annotated:
    """``effects``: one row per (row, transcript); ``variants``: row-aligned with ``table.frame``.

    Columns of ``variants``: ``freq_kind`` (0 absent, 1 listed, 2 measured), ``freq_max``, ``freq_all``
    (0..1, null unless measured), ``freq_source``, ``clinvar_class`` (0 none, 1 benign, 2 likely benign,
    3 uncertain, 4 likely pathogenic, 5 pathogenic, 6 conflicting), ``clinvar_stars``, ``clinvar_index``
    (-1 none), ``clinvar_dated``, and of the worst effect ``gene consequence impact`` (0..3).
    """

    table: VariantTable
    effects: pl.DataFrame
    variants: pl.DataFrame
    findings: tuple[Finding, ...] = ()


def annotate(
    table: VariantTable, knowledge: Knowledge, context: Context, reference: Path | None = None
) -> Annotated:
    """Consequences, frequencies and ClinVar of every row.

    Raises:
        Cancelled: when the person stopped the job.
        KnowledgeError: a bundled table is damaged or missing.
    """
    naming, looking_up = shares(context, 3, 2)
    effects, findings = consequences(table, knowledge, naming, reference)
    return enrich(table, effects, findings, knowledge, looking_up)


def enrich(
    table: VariantTable,
    effects: pl.DataFrame,
    findings: tuple[Finding, ...],
    knowledge: Knowledge,
    context: Context,
) -> Annotated:
    """Add frequencies and ClinVar to consequences that are already there."""
    first, second = shares(context, 7, 3)
    frequencies = population.frequencies(table, knowledge, first)
    known = population.clinvar(table, knowledge, second)
    context.check()
    variants = pl.concat([frequencies, known, _worst(table.height, effects)], how="horizontal")
    context.check()
    return Annotated(table, effects, variants, findings)


def _worst(height: int, effects: pl.DataFrame) -> pl.DataFrame:
    """``gene consequence impact`` of the most severe effect per row; null and 0 where there is none."""
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    if effects.is_empty():
        none = pl.lit(None, dtype=pl.String)
        blank = rows.with_columns(gene=none, consequence=none, impact=pl.lit(0, pl.UInt8))
        return blank.drop("row")
    worst = (
        effects.select("row", "gene", "consequence", "impact")
        .sort("row", "impact", descending=[False, True], maintain_order=True)
        .unique("row", keep="first", maintain_order=True)
        .with_columns(pl.col("row").cast(pl.UInt32))
    )
    joined = rows.join(worst, on="row", how="left", maintain_order="left")
    return joined.select("gene", "consequence", pl.col("impact").fill_null(0).cast(pl.UInt8))


def reported(
    annotated: Annotated, rows: Sequence[int], sample_index: int, knowledge: Knowledge, sex: Sex
) -> tuple[ReportedVariant, ...]:
    """The rows as a person reads them, in the order given; ``sample_index`` is 0-based."""
    wanted = pl.Series("row", list(rows), dtype=pl.UInt32)
    effects: dict[int, dict[str, Any]] = {}
    if not annotated.effects.is_empty():
        chosen = annotated.effects.filter(pl.col("row").cast(pl.UInt32).is_in(wanted.implode()))
        for effect in chosen.sort("impact", descending=True, maintain_order=True).iter_rows(named=True):
            effects.setdefault(effect["row"], effect)
    return tuple(_one(annotated, row, effects.get(row, {}), sample_index, knowledge, sex) for row in rows)


def _one(
    annotated: Annotated,
    row: int,
    effect: dict[str, Any],
    sample: int,
    knowledge: Knowledge,
    sex: Sex,
) -> ReportedVariant:
    table = annotated.table
    site = table.frame.row(row, named=True)
    known = annotated.variants.row(row, named=True)
    chrom, pos, ref, alt = (site[name] for name in ("chrom", "pos", "ref", "alt"))
    contig = table.contigs[site["contig"]] if table.contigs else "?"
    index = known["clinvar_index"]
    genotype = {name: site.get(f"s{sample}_{name}") for name in ("dp", "gq", "ad_ref", "ad_alt")}
    return ReportedVariant(
        key=VariantKey(place(chrom, contig), pos, ref, alt, table.build),
        row=row,
        gene=effect.get("gene") or "",
        transcript=effect.get("transcript") or "",
        hgvs_c=effect.get("hgvs_c") or "",
        hgvs_p=effect.get("hgvs_p") or "",
        hgvs_g=hgvs_g(chrom, pos, ref, alt, table.build),
        consequence=effect.get("consequence") or "",
        consequence_source=effect.get("source") or "",
        region=effect.get("region") or "",
        zygosity=zygosity(table, row, sample, sex),
        frequency=frequency(
            known["freq_kind"], known["freq_max"], known["freq_all"], known["freq_source"] or ""
        ),
        clinvar=knowledge.clinvar.entry(index) if index >= 0 else None,
        depth=genotype["dp"],
        genotype_quality=genotype["gq"],
        alt_fraction=_fraction(genotype["ad_ref"], genotype["ad_alt"]),
        remarks=(*_remarks(effect, known, site), *residue_remarks(effect, site, table.build, knowledge)),
    )


def zygosity(table: VariantTable, row: int, sample: int, sex: Sex) -> Zygosity:
    """Zygosity of one sample at one alternate; ``UNKNOWN`` for a missing or half-called genotype.

    A male's X and Y outside the pseudoautosomal regions, and MT, have one copy: hemizygous however
    the caller wrote it, but a heterozygous call there is left as heterozygous (it may be mosaic,
    heteroplasmic or an error).
    """
    site = table.frame.row(row, named=True)
    dosage, called = site.get(f"s{sample}_dosage"), site.get(f"s{sample}_called") or 0
    ploidy = site.get(f"s{sample}_ploidy") or called
    if dosage is None or not called:
        return Zygosity.UNKNOWN
    if dosage == 0:
        return Zygosity.REFERENCE if called == ploidy else Zygosity.UNKNOWN
    if called < ploidy:
        return Zygosity.UNKNOWN
    single = called == 1 or single_copy(site["chrom"], site["pos"], table.build, sex)
    if single and dosage == called:
        return Zygosity.HEMIZYGOUS
    return Zygosity.HOMOZYGOUS if dosage == called else Zygosity.HETEROZYGOUS


def _fraction(ref: int | None, alt: int | None) -> float | None:
    if ref is None or alt is None or ref + alt == 0:
        return None
    return round(alt / (ref + alt), 4)


def _remarks(effect: dict[str, Any], known: dict[str, Any], site: dict[str, Any]) -> tuple[str, ...]:
    """What a reader must know besides: conflicts, domain, dated ClinVar, a filter that failed."""
    remarks = []
    if effect.get("conflict"):
        remarks.append(tr("Annotations disagree: {what}", what=effect["conflict"]))
    if effect.get("domain"):
        remarks.append(tr("Protein domain: {name}", name=effect["domain"]))
    if known["clinvar_dated"]:
        remarks.append(tr("The ClinVar record is dated (2016): look it up again before relying on it."))
    if site.get("filter") not in {None, "PASS", "."}:
        remarks.append(tr("The caller's filter did not pass: {filter}", filter=site["filter"]))
    return tuple(remarks)
