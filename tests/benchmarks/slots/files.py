"""Files that a person brings: made once in the benchmark's own folder, nobody's."""

import shutil
from pathlib import Path
from random import Random

import pysam

from genoai_desktop.app import demo_request
from genoai_desktop.domain.genome import VariantKey
from genoai_desktop.knowledge.locations import resources

_READS = 4_000
_LETTERS = 150


def made_files(folder: Path) -> dict[str, Path]:
    """By kind: the demo's own, copies that may be moved about, and some that are wrong."""
    (folder / "saved").mkdir()
    demo = demo_request()
    files = {"vcf": demo.vcf, "ped": resources() / "demo" / "family.ped"}
    copy = folder / "other.vcf.gz"
    shutil.copy(demo.vcf, copy)
    files["copy"] = copy
    genome = folder / "genome.fa"
    genome.write_text(">chr1\n" + "ACGTACGTAC" * 500 + "\n")
    files["fasta"] = genome
    note = folder / "note.txt"
    note.write_text("A letter about nobody. " * 50)
    files["txt"] = note
    packet = folder / "packet.json"
    packet.write_text('{"id": "x", "subject": {"id": "CHILD"}, "phenotypicFeatures": '
                      '[{"type": {"id": "HP:0000365", "label": "Hearing impairment"}}]}')  # fmt: skip
    files["packet"] = packet
    return files


def reads_over(folder: Path, key: VariantKey, contig: str, length: int) -> Path:
    """A BAM with some 150 reads over every base around a variant, here and there with a mismatch."""
    path, random = folder / "reads.bam", Random(1)
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": contig, "LN": length}]}
    starts = sorted(random.randrange(key.position - 2000, key.position + 2000) for _ in range(_READS))
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for number, start in enumerate(starts):
            read = pysam.AlignedSegment(out.header)
            read.query_name, read.flag = f"r{number}", 16 if number % 2 else 0
            read.query_sequence = "".join(random.choice("ACGT") for _ in range(_LETTERS))
            read.reference_id, read.reference_start, read.mapping_quality = 0, start, 60
            read.cigarstring = f"{_LETTERS}M"
            read.query_qualities = pysam.qualitystring_to_array("I" * _LETTERS)
            read.set_tag("MD", "".join(f"{random.randrange(10, 30)}A" for _ in range(6)) + "9")
            out.write(read)
    pysam.index(str(path))
    return path
