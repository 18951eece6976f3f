"""An independent judge: ``bcftools csq`` on the same transcripts and random alleles of chromosome 20."""

from pathlib import Path

import numpy as np
import polars as pl
import pysam
import pysam.bcftools
import pytest
from consequence_tables import table
from known import bundled_knowledge

from genoai_desktop.analysis.annotation.consequence import consequences
from genoai_desktop.analysis.annotation.own_annotation import file_mask
from genoai_desktop.analysis.annotation.terms import words
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.transcripts import Models

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
REFERENCE = SHARED / "samples/reference/20.fa.gz"
KNOWLEDGE = bundled_knowledge()
COUNT = 60
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not REFERENCE.exists(), reason="shared data absent"),
]


def exons_of(models: Models, transcript: int) -> list[tuple[int, int]]:
    first = int(models.first_exon[transcript])
    span = slice(first, first + int(models.exon_count[transcript]))
    return list(zip(models.exon_start[span].tolist(), models.exon_end[span].tolist(), strict=True))


def gff_of(models: Models, transcript: int, contig: str) -> list[str]:
    strand = "-" if models.reverse[transcript] else "+"
    name = models.names[transcript].split(".")[0]
    begin, size = int(models.cds_offset[transcript]), int(models.cds_length[transcript])
    low, high = sorted((models.genomic(transcript, begin), models.genomic(transcript, begin + size - 1)))

    def line(kind: str, start: int, end: int, phase: str, rest: str) -> str:
        return "\t".join((contig, "x", kind, str(start), str(end), ".", strand, phase, rest))

    start, end = int(models.start[transcript]), int(models.end[transcript])
    coding = "biotype=protein_coding"
    lines = [
        line("gene", start, end, ".", f"ID=gene:{name};Name={name};{coding}"),
        line("transcript", start, end, ".", f"ID=transcript:{name};Parent=gene:{name};{coding}"),
    ]
    done = 0
    exons = exons_of(models, transcript)
    for left, right in exons[::-1] if strand == "-" else exons:
        lines.append(line("exon", left, right, ".", f"Parent=transcript:{name}"))
        if max(left, low) <= min(right, high):
            phase = str((3 - done % 3) % 3)
            lines.append(line("CDS", max(left, low), min(right, high), phase, f"Parent=transcript:{name}"))
            done += min(right, high) - max(left, low) + 1
    return lines


def random_alleles(sequence: str, exons: list[tuple[int, int]]) -> list[tuple[int, str, str]]:
    random = np.random.default_rng(20)
    found = set()
    for start, end in exons * 4:
        at = int(random.integers(start - 5, end + 6))
        base, kind = sequence[at - 1], int(random.integers(3))
        added = "".join(random.choice(list("ACGT"), int(random.integers(1, 7))))
        ref = sequence[at - 1 : at + int(random.integers(1, 7))] if kind == 1 else base
        alt = {0: added[0], 1: base, 2: base + added}[kind]
        if ref != alt:
            found.add((at, ref, alt))
    return sorted(found)


def test_bcftools_csq_agrees(tmp_path: Path) -> None:
    models = KNOWLEDGE.genes.models(Build.GRCH37)
    sound = (models.chrom == 20) & models.exact & (models.cds_length > 0)
    chosen = [int(one) for one in np.flatnonzero(sound)[:COUNT]]
    with pysam.FastaFile(str(REFERENCE)) as fasta:
        contig = fasta.references[0]
        sequence = fasta.fetch(contig, 0, int(models.end[chosen].max()) + 100).upper()
        length = fasta.lengths[0]
    gff, raw, aligned, called = (tmp_path / name for name in ("g.gff", "a.vcf", "b.vcf", "c.vcf"))
    gff.write_text("\n".join(line for one in chosen for line in gff_of(models, one, contig)) + "\n")
    head = f"##fileformat=VCFv4.2\n##contig=<ID={contig},length={length}>\n"
    rows = random_alleles(sequence, [exon for one in chosen for exon in exons_of(models, one)])
    body = "".join(f"{contig}\t{at}\t.\t{ref}\t{alt}\t.\t.\t.\n" for at, ref, alt in rows)
    raw.write_text(head + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + body)
    pysam.bcftools.norm("-f", str(REFERENCE), "-o", str(aligned), str(raw), catch_stdout=False)
    pysam.bcftools.csq(
        "-l", "-f", str(REFERENCE), "-g", str(gff), "-o", str(called), str(aligned), catch_stdout=False
    )
    listed, theirs = _read(called)
    for reference in (REFERENCE, None):
        effects, _ = consequences(table(listed, Build.GRCH37), KNOWLEDGE, Silent(), reference)
        key = pl.col("transcript").str.split(".").list.first()
        both = effects.with_columns(key=key).join(theirs, on=["row", "key"])
        assert both.height > 1_000
        agree = [
            bool(set(ours.split(" or ")) & set(words(file_mask(other)).split(" or ")))
            for ours, other in both.select("consequence", "csq").iter_rows()
        ]
        assert np.mean(agree) > 0.995


def _read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Alleles, and (row, transcript, terms); bare ``splice_region`` hides the change and is left out."""
    alleles, calls = [], []
    with pysam.VariantFile(str(path)) as records:
        for row, record in enumerate(records):
            assert record.alts
            alleles.append(("20", record.pos, record.ref, record.alts[0]))
            parts = [str(text).split("|") for text in record.info.get("BCSQ") or ()]
            calls += [
                (row, part[2], part[0]) for part in parts if len(part) > 2 and part[0] != "splice_region"
            ]
    listed = pl.DataFrame(alleles, schema=["chrom", "pos", "ref", "alt"], orient="row")
    theirs = pl.DataFrame(calls, schema={"row": pl.UInt32, "key": pl.String, "csq": pl.String}, orient="row")
    return listed, theirs
