"""A small VariantTable from records given in Python, for the tests of the pharmacogene caller."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.knowledge.pgx import GeneDefinition
from genoai_desktop.vcf.table import BuildGuess, Kind, VariantTable

Record = tuple[str, int, str, str, Sequence[str]]
"""Chromosome, 1-based position, ref, alternates joined by commas, one genotype a sample."""


def trimmed(position: int, ref: str, alt: str) -> tuple[int, str, str]:
    """The shortest form with one shared base for indels."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        position, ref, alt = position + 1, ref[1:], alt[1:]
    return position, ref, alt


def kind_of(ref: str, alt: str) -> Kind:
    """SNV, MNV, INSERTION, DELETION or DELINS."""
    if len(ref) == len(alt):
        return Kind.SNV if len(ref) == 1 else Kind.MNV
    if len(ref) == 1:
        return Kind.INSERTION
    return Kind.DELETION if len(alt) == 1 else Kind.DELINS


def genotype(text: str, allele: int) -> tuple[int | None, int, int, int]:
    """Dosage, called, ploidy and strand of one alternate."""
    phased = "|" in text
    parts = text.replace("|", "/").split("/")
    called = [part for part in parts if part != "."]
    strand = sum(1 << i for i, part in enumerate(parts[:2]) if phased and part == str(allele))
    dosage = sum(part == str(allele) for part in called) if called else None
    return dosage, len(called), len(parts), strand


def make_table(
    records: Iterable[Record], samples: Sequence[str], build: Build = Build.GRCH38
) -> VariantTable:
    """Rows as ``vcf.load`` would make them; phase sets are not set."""
    rows, count = [], 0
    for number, (chromosome, position, ref, alts, genotypes) in enumerate(records):
        count += 1
        for allele, alt in enumerate(alts.split(","), start=1):
            pos, short_ref, short_alt = trimmed(position, ref, alt)
            row: dict[str, object] = {
                "record": number, "allele": allele, "chrom": chromosome_code(chromosome), "pos": pos,
                "end": pos + len(short_ref) - 1, "ref": short_ref, "alt": short_alt,
                "kind": int(kind_of(short_ref, short_alt)),
            }  # fmt: skip
            for index, text in enumerate(genotypes):
                dosage, called, ploidy, strand = genotype(text, allele)
                row |= {
                    f"s{index}_dosage": dosage, f"s{index}_called": called,
                    f"s{index}_ploidy": ploidy, f"s{index}_strand": strand, f"s{index}_ps": None,
                }  # fmt: skip
            rows.append(row)
    schema = {"pos": pl.UInt32, "end": pl.UInt32, "chrom": pl.UInt8, "kind": pl.UInt8}
    frame = pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
    guess = BuildGuess(build, 1.0, "stated by the test")
    return VariantTable("test.vcf", build, guess, tuple(samples), (), frame, count, count, 0)


def read_vcf(path: Path, build: Build = Build.GRCH38) -> VariantTable:
    """A plain VCF with GT as the first FORMAT key."""
    records: list[Record] = []
    samples: tuple[str, ...] = ()
    for line in path.read_text().splitlines():
        if line.startswith("#CHROM"):
            samples = tuple(line.split("\t")[9:])
        elif not line.startswith("#"):
            field = line.split("\t")
            records.append(
                (field[0], int(field[1]), field[3], field[4], [g.split(":")[0] for g in field[9:]])
            )
    return make_table([r for r in records if r[3] != "."], samples, build)


def simulate(
    gene: GeneDefinition, build: Build, first: NDArray[np.int64], second: NDArray[np.int64], phased: bool
) -> VariantTable:
    """A table with one record per site of ``gene``: state bits of shape (sites, samples) per strand."""
    rows, picked = [], []
    for number, site in enumerate(gene.sites):
        reference = site.references[build]
        for state in (s for s in site.states if s != reference):
            pos, ref, alt = trimmed(site.positions[build], reference, state)
            rows.append((number, gene.chromosome, pos, pos + len(ref) - 1, ref, alt, int(kind_of(ref, alt))))
            picked.append((number, site.bit(state)))
    index = np.array([number for number, _ in picked])
    bits = np.array([bit for _, bit in picked])[:, None]
    one, two = first[index] == bits, second[index] == bits
    dosage = one.astype(np.int8) + two
    strand = (one + 2 * two).astype(np.uint8) if phased else np.zeros_like(dosage, dtype=np.uint8)
    names = ["record", "chrom", "pos", "end", "ref", "alt", "kind"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.lit(1).alias("allele"))
    columns = {}
    for sample in range(first.shape[1]):
        columns[f"s{sample}_dosage"] = dosage[:, sample]
        columns[f"s{sample}_called"] = np.full(len(rows), 2)
        columns[f"s{sample}_ploidy"] = np.full(len(rows), 2)
        columns[f"s{sample}_strand"] = strand[:, sample]
        columns[f"s{sample}_ps"] = np.zeros(len(rows), dtype=np.int32)
    frame = pl.concat([frame, pl.DataFrame(columns)], how="horizontal")
    samples = tuple(f"S{i}" for i in range(first.shape[1]))
    guess = BuildGuess(build, 1.0, "stated by the test")
    return VariantTable("test.vcf", build, guess, samples, (), frame, len(rows), len(rows), 0)


def allele_states(gene: GeneDefinition, allele: int) -> NDArray[np.int64]:
    """One haplotype that fits an allele: the reference allele's state where it may be, else the first."""
    mask, reference = gene.masks[allele], gene.masks[gene.reference]
    both = mask & reference
    chosen = np.where(both > 0, both, mask)
    return np.asarray(chosen & -chosen, dtype=np.int64)
