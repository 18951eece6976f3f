"""Variants given as rows of a table (coordinates or genomic HGVS), made into a VariantTable."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.hgvs import parse_genomic
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import BuildGuess, Kind, VariantTable


@dataclass(frozen=True, slots=True)
class Site:
    """One allele, VCF style, 1-based; bases that are not stated are ``N``."""

    chromosome: str
    position: int
    ref: str
    alt: str
    build: Build


def read_sites(frame: pl.DataFrame) -> tuple[dict[int, Site], list[str]]:
    """Sites by row index, and a note per row, empty where the row was understood."""
    sites: dict[int, Site] = {}
    notes = []
    for index, row in enumerate(frame.iter_rows(named=True)):
        try:
            sites[index] = _site(row)
            notes.append("")
        except UserError as error:
            notes.append(str(error))
    return sites, notes


def _site(row: Mapping[str, str | None]) -> Site:
    for column, build in (("hgvs_grch38", Build.GRCH38), ("hgvs_grch37", Build.GRCH37)):
        name = row.get(column)
        if name:
            change = parse_genomic(name)
            position, ref, alt = change.vcf()
            return Site(change.chromosome, position, ref, alt, change.build or build)
    return _from_coordinates(row)


def _from_coordinates(row: Mapping[str, str | None]) -> Site:
    values = {name: row.get(name) or "" for name in ("chrom", "pos", "ref", "alt", "build")}
    for name, value in values.items():
        if not value:
            raise UserError(
                tr("The field is empty or missing."),
                where=name,
                remedy=tr("Give it, or a genomic HGVS name."),
            )
    if chromosome_code(values["chrom"]) == 0:
        raise UserError(tr("This is not a human chromosome."), where="chrom")
    if not values["pos"].isdigit() or int(values["pos"]) < 1:
        raise UserError(tr("A position is a whole number from 1."), where="pos")
    for name in ("ref", "alt"):
        if set(values[name].upper()) - set("ACGTN"):
            raise UserError(tr("Only the bases A, C, G, T and N are read here."), where=name)
    build = next((item for item in Build if item.value.lower() == values["build"].lower()), None)
    if build is None:
        raise UserError(tr("The build must be GRCh37 or GRCh38."), where="build")
    bare = values["chrom"].removeprefix("chr")
    return Site(bare, int(values["pos"]), values["ref"].upper(), values["alt"].upper(), build)


def variant_table(sites: Mapping[int, Site], build: Build) -> tuple[VariantTable, list[int]]:
    """A table of the sites in genomic order, and for each of its rows the index it came with."""
    order = sorted(sites, key=lambda i: (chromosome_code(sites[i].chromosome), sites[i].position))
    chosen = [sites[index] for index in order]
    frame = pl.DataFrame(
        {
            "record": pl.Series(range(len(chosen)), dtype=pl.UInt32),
            "allele": pl.Series([1] * len(chosen), dtype=pl.UInt16),
            "chrom": pl.Series([chromosome_code(site.chromosome) for site in chosen], dtype=pl.UInt8),
            "contig": pl.Series([0] * len(chosen), dtype=pl.UInt16),
            "pos": pl.Series([site.position for site in chosen], dtype=pl.UInt32),
            "end": pl.Series([site.position + len(site.ref) - 1 for site in chosen], dtype=pl.UInt32),
            "ref": pl.Series([site.ref for site in chosen], dtype=pl.String),
            "alt": pl.Series([site.alt for site in chosen], dtype=pl.String),
            "kind": pl.Series([int(_kind(site)) for site in chosen], dtype=pl.UInt8),
            "rsid": pl.Series([None] * len(chosen), dtype=pl.String),
            "qual": pl.Series([None] * len(chosen), dtype=pl.Float32),
            "filter": pl.Series(["PASS"] * len(chosen), dtype=pl.Categorical),
            "file_af": pl.Series([None] * len(chosen), dtype=pl.Float32),
        }
    )
    guess = BuildGuess(build, 1.0, tr("stated for each variant"))
    count = len(chosen)
    return VariantTable("", build, guess, (), ("",), frame, count, count, 0), order


def _kind(site: Site) -> Kind:
    if len(site.ref) == len(site.alt):
        return Kind.SNV if len(site.ref) == 1 else Kind.MNV
    if site.alt and site.ref.startswith(site.alt):
        return Kind.DELETION
    return Kind.INSERTION if site.ref and site.alt.startswith(site.ref) else Kind.DELINS
