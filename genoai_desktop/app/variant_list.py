"""Variants given as rows of a table (coordinates or genomic HGVS), made into a VariantTable."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.hgvs import parse_genomic, parse_region
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.bare import bare_table
from genoai_desktop.vcf.table import VariantTable


@dataclass(frozen=True, slots=True)
class Site:
    """One allele, VCF style, 1-based; bases that are not stated are ``N``.

    A deletion or duplication of exons has ``<DEL>`` or ``<DUP>`` as ``alt`` and its last base as ``end``.
    """

    chromosome: str
    position: int
    ref: str
    alt: str
    build: Build
    end: int = 0


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
            region = parse_region(name)
            if region is not None:
                return symbolic(region.chromosome, region.start, region.end, region.kind, region.build)
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
    kind = SYMBOLS.get(values["alt"].upper())
    for name in ("ref",) if kind else ("ref", "alt"):
        if set(values[name].upper()) - set("ACGTN"):
            raise UserError(
                tr("Only the bases A, C, G, T and N, and the alleles <DEL> and <DUP>, are read here."),
                where=name,
            )
    build = next((item for item in Build if item.value.lower() == values["build"].lower()), None)
    if build is None:
        raise UserError(tr("The build must be GRCh37 or GRCh38."), where="build")
    bare = values["chrom"].removeprefix("chr")
    if kind:
        return symbolic(bare, int(values["pos"]) + 1, _end(row, int(values["pos"])), kind, build)
    return Site(bare, int(values["pos"]), values["ref"].upper(), values["alt"].upper(), build)


SYMBOLS = {"<DEL>": "del", "<DUP>": "dup"}


def symbolic(chromosome: str, start: int, end: int, kind: str, build: Build) -> Site:
    """A deletion (``del``) or duplication (``dup``) of the bases ``start`` to ``end``, 1-based, inclusive.

    As in VCF its position is the base before.
    """
    return Site(chromosome, start - 1, "N", f"<{kind.upper()}>", build, end)


def _end(row: Mapping[str, str | None], position: int) -> int:
    """The column ``end``, which a symbolic allele needs.

    Raises:
        UserError: it is missing, no number, or not beyond the position.
    """
    text = (row.get("end") or "").strip()
    if not text.isdigit() or int(text) <= position:
        raise UserError(
            tr("A deletion or duplication without its bases needs its last position."),
            where="end",
            remedy=tr("Give a whole number beyond the position."),
        )
    return int(text)


def variant_table(sites: Mapping[int, Site], build: Build) -> tuple[VariantTable, list[int]]:
    """A table of the sites in genomic order, and for each of its rows the index it came with."""
    order = sorted(sites, key=lambda i: (chromosome_code(sites[i].chromosome), sites[i].position))
    return bare_table([sites[index] for index in order], build, tr("stated for each variant")), order
