"""Short tandem repeats that cause disease when they are long: where, which unit, which lengths."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge.bundle import Bundle

_SLACK: Final = 5
"""Bases by which callers' catalogues differ in where a repeat begins."""
_COMPLEMENT: Final = str.maketrans("ACGTRYMKSWBDHVN", "TGCAYRKMSWVHDBN")


class RepeatStatus(StrEnum):
    """Where a length lies; ``INTERMEDIATE`` is above normal and below pathogenic."""

    NORMAL = "normal"
    INTERMEDIATE = "intermediate"
    PATHOGENIC = "pathogenic"


@dataclass(frozen=True, slots=True)
class RepeatLocus:
    """One repeat. ``start`` is 0-based, ``end`` exclusive, in the build it was asked for; lengths in units.

    ``diseases``: identifiers (``OMIM:143100``) of what a pathogenic length causes; ``premutation`` of what
    an intermediate one does.
    """

    locus: str
    gene: str
    diseases: tuple[str, ...]
    premutation: tuple[str, ...]
    inheritance: str
    unit: str
    chrom: int
    start: int
    end: int
    normal_max: int | None
    pathogenic_min: int | None
    source: str

    @property
    def mixed_motifs(self) -> bool:
        """Whether the unit stands for several sequences of which only some are harmful, as AARRG does.

        ``N`` alone does not mean that: GCN is any codon of alanine.
        """
        return bool(set(self.unit.upper()) - set("ACGTN"))

    def status(self, units: int) -> RepeatStatus:
        """Where a length of so many units lies."""
        if self.pathogenic_min is not None and units >= self.pathogenic_min:
            return RepeatStatus.PATHOGENIC
        if self.normal_max is not None and units > self.normal_max:
            return RepeatStatus.INTERMEDIATE
        return RepeatStatus.NORMAL


class Repeats:
    """The catalogue of disease repeats.

    Raises:
        KnowledgeError: the table is missing or damaged.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @property
    def versions(self) -> tuple[Version, ...]:
        """Version of the table."""
        return self._bundle.versions("repeats")

    @cached_property
    def _loci(self) -> dict[Build, dict[str, RepeatLocus]]:
        found: dict[Build, dict[str, RepeatLocus]] = {Build.GRCH37: {}, Build.GRCH38: {}}
        for row in self._bundle.table("repeats").iter_rows(named=True):
            for build, suffix in ((Build.GRCH37, "37"), (Build.GRCH38, "38")):
                if row[f"start{suffix}"] is None:
                    continue
                found[build][row["locus"]] = RepeatLocus(
                    row["locus"], row["gene"], tuple(row["diseases"]), tuple(row["premutation"]),
                    row["inheritance"] or "", row["unit"] or "", row["chrom"], row[f"start{suffix}"],
                    row[f"end{suffix}"], row["normal_max"], row["pathogenic_min"], row["source"] or "",
                )  # fmt: skip
        return found

    def loci(self, build: Build) -> tuple[RepeatLocus, ...]:
        """Every repeat whose place in the build is known, by name."""
        return tuple(self._loci[build].values())

    def find(
        self, build: Build, chrom: int, pos: int, end: int, unit: str = "", name: str = ""
    ) -> RepeatLocus | None:
        """The repeat of a record: by the caller's name for it, else by place (1-based) and unit.

        A name that belongs to another chromosome is not believed. Units are compared on either strand
        and from any base, with IUPAC letters; an unknown unit matches by place alone.
        """
        known = self._loci[build]
        for word in (name, name.split("_", maxsplit=1)[0]) if name else ():
            locus = known.get(word.upper())
            if locus is not None and locus.chrom == chrom:
                return locus
        for locus in known.values():
            near = locus.chrom == chrom and pos - _SLACK <= locus.end and end + _SLACK > locus.start
            if near and (not unit or any(same_unit(part, locus.unit) for part in unit.split(","))):
                return locus
        return None


def same_unit(one: str, two: str) -> bool:
    """Whether two repeat units are the same sequence, read from another base or on the other strand."""
    one, two = one.upper(), two.upper()
    if len(one) != len(two):
        return False
    other = one.translate(_COMPLEMENT)[::-1]
    turned = [word[i:] + word[:i] for word in (one, other) for i in range(len(word))]
    return any(all(_meets(a, b) for a, b in zip(word, two, strict=True)) for word in turned)


_BASES: Final = {
    "A": "A", "C": "C", "G": "G", "T": "T", "R": "AG", "Y": "CT", "M": "AC", "K": "GT", "S": "CG", "W": "AT",
    "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG", "N": "ACGT",
}  # fmt: skip


def _meets(one: str, two: str) -> bool:
    return bool(set(_BASES.get(one, "")) & set(_BASES.get(two, "")))
