"""Genomic HGVS names in and out (HGVS nomenclature 21.0; RefSeq accessions of both builds)."""

import re
from dataclasses import dataclass

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import CHROMOSOMES, Build
from genoai_desktop.domain.text import tr

_VERSIONS_37 = (10, 11, 11, 11, 9, 11, 13, 10, 11, 10, 9, 11, 10, 8, 9, 9, 10, 9, 9, 10, 8, 10, 10, 9)
"""RefSeq versions of NC_000001..24 in GRCh37; GRCh38 carries the next number each."""
MITOCHONDRIAL = "NC_012920.1"
_ACCESSIONS: dict[str, tuple[str, Build | None]] = {MITOCHONDRIAL: ("MT", None)}
for _number, _version in enumerate(_VERSIONS_37, start=1):
    _name = CHROMOSOMES[_number - 1]
    _ACCESSIONS[f"NC_{_number:06}.{_version}"] = (_name, Build.GRCH37)
    _ACCESSIONS[f"NC_{_number:06}.{_version + 1}"] = (_name, Build.GRCH38)
_BY_NAME = {(name, build): accession for accession, (name, build) in _ACCESSIONS.items()}

_PATTERN = re.compile(
    r"^(?P<accession>NC_\d{6}\.\d+):[gm]\.(?P<start>\d+)(?:_(?P<end>\d+))?"
    r"(?:(?P<ref>[ACGT]+)>(?P<alt>[ACGT]+)|(?P<kind>delins|del|dup|ins|=)(?P<bases>[ACGT]*))$"
)


@dataclass(frozen=True, slots=True)
class GenomicChange:
    """A change as HGVS states it, 1-based and inclusive. ``deleted`` has ``N`` where bases are not stated."""

    chromosome: str
    build: Build | None
    start: int
    end: int
    deleted: str
    inserted: str
    kind: str

    def vcf(self) -> tuple[int, str, str]:
        """Position, REF and ALT in the style of VCF; unknown bases are ``N``.

        An anchor base is unknown without a reference genome, hence ``N`` as well.
        """
        if self.kind == "sub" or (self.kind == "delins" and self.inserted):
            return self.start, self.deleted, self.inserted
        if self.kind == "del":
            return self.start - 1, "N" + self.deleted, "N"
        if self.kind == "dup":
            return self.end, "N", "N" + self.deleted
        return self.start, "N", "N" + self.inserted


def parse_genomic(name: str) -> GenomicChange:
    """Read ``NC_000016.10:g.68738393G>C`` and the del, dup, ins and delins forms.

    Raises:
        UserError: not such a name, or an accession of neither build.
    """
    match = _PATTERN.match(name.strip())
    if match is None or match["accession"] not in _ACCESSIONS:
        raise UserError(
            tr("This is not a genomic HGVS name on GRCh37 or GRCh38 with exact positions."),
            where=name[:60],
            remedy=tr("Write it like NC_000016.10:g.68738393G>C."),
        )
    chromosome, build = _ACCESSIONS[match["accession"]]
    start = int(match["start"])
    end = int(match["end"] or start)
    if match["ref"]:
        return GenomicChange(
            chromosome, build, start, start + len(match["ref"]) - 1, match["ref"], match["alt"], "sub"
        )
    kind, bases = match["kind"], match["bases"]
    if kind in ("del", "dup"):
        return GenomicChange(chromosome, build, start, end, bases or "N" * (end - start + 1), "", kind)
    if kind == "=":
        return GenomicChange(chromosome, build, start, end, "N" * (end - start + 1), "", "=")
    deleted = "N" * (end - start + 1) if kind == "delins" else ""
    return GenomicChange(chromosome, build, start, end, deleted, bases, kind)


_UNCERTAIN = re.compile(
    r"^(?P<accession>NC_\d{6}\.\d+):g\.\((?:\?|\d+)_(?P<start>\d+)\)_\((?P<end>\d+)_(?:\?|\d+)\)(?P<kind>del|dup)$"
)


@dataclass(frozen=True, slots=True)
class GenomicRegion:
    """A stretch that is certainly deleted or repeated, 1-based, inclusive; its true ends lie further out."""

    chromosome: str
    build: Build
    start: int
    end: int
    kind: str


def parse_region(name: str) -> GenomicRegion | None:
    """Read ``NC_000021.9:g.(?_34787801)_(34799462_?)del`` (or dup); None when it is not such a name."""
    match = _UNCERTAIN.match(name.strip())
    if match is None:
        return None
    chromosome, build = _ACCESSIONS.get(match["accession"], ("", None))
    start, end = int(match["start"]), int(match["end"])
    if build is None or end < start:
        return None
    return GenomicRegion(chromosome, build, start, end, match["kind"])


def accession(chromosome: str, build: Build) -> str:
    """The RefSeq accession of a chromosome.

    Raises:
        KeyError: a contig without one here.
    """
    return MITOCHONDRIAL if chromosome == "MT" else _BY_NAME[(chromosome, build)]


def genomic_name(chromosome: str, build: Build, position: int, ref: str, alt: str) -> str:
    """The HGVS g. name of a trimmed VCF allele (1-based), without 3' shifting.

    An insertion that repeats its left neighbour is still written ``ins``: the sequence to the right
    is not known without a reference genome.
    """
    prefix = f"{accession(chromosome, build)}:{'m' if chromosome == 'MT' else 'g'}."
    if len(ref) == len(alt) == 1:
        return f"{prefix}{position}{ref}>{alt}"
    if ref and alt and ref[0] == alt[0]:
        ref, alt, position = ref[1:], alt[1:], position + 1
    last = position + len(ref) - 1
    span = f"{position}" if last == position else f"{position}_{last}"
    if not ref:
        return f"{prefix}{position - 1}_{position}ins{alt}"
    return f"{prefix}{span}del" if not alt else f"{prefix}{span}delins{alt}"
