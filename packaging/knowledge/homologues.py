"""Aligned relatives of the human proteins: UniProtKB/Swiss-Prot of all species, searched with DIAMOND.

The sequences come with Debian's ``metastudent-data`` (UniProtKB/Swiss-Prot of 2014-01 as BLAST files of
version 4, whose layout NCBI's ``formatdb`` documentation gives); DIAMOND (Buchfink 2021) with Debian's
``diamond-aligner``. Neither is part of the program: only numbers computed from the alignments are bundled.
"""

import re
import subprocess
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

SEQUENCES = Path("/usr/share/metastudent-data/dataset_201401")
RESIDUES = "ARNDCQEGHILKMFPSTWYV"
OTHER, GAP, OUTSIDE = 20, 21, 22
_BLAST_ALPHABET = "-ABCDEFGHIKLMNPQRSTVWXYZU*OJ"
_CIGAR = re.compile(r"(\d+)([MID])")
FARTHEST = "1e-5"
COLUMNS = ("qseqid", "sseqid", "pident", "qstart", "qend", "sstart", "send", "evalue", "bitscore", "cigar")
MOST = 600
"""Relatives kept of one protein, the best ones by DIAMOND's score."""
Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Relatives:
    """The relatives of one protein in ascending identity.

    ``rows``, shape (relatives, residues): the residue's place in ``RESIDUES``, ``OTHER``, ``GAP`` where the
    relative lacks the residue, ``OUTSIDE`` where it is not aligned. ``identity`` in per cent. ``places``:
    for a relative asked for, the 1-based residue of it that is aligned with each residue, 0 for none.
    """

    transcript: str
    names: list[str]
    rows: Codes
    identity: npt.NDArray[np.float32]
    places: dict[str, npt.NDArray[np.int32]]


def encoded(sequence: str) -> Codes:
    """Places in ``RESIDUES``; anything else is ``OTHER``."""
    table = np.full(256, OTHER, dtype=np.uint8)
    table[np.frombuffer(RESIDUES.encode(), dtype=np.uint8)] = np.arange(20)
    return table[np.frombuffer(sequence.encode(), dtype=np.uint8)]


def swissprot(folder: Path = SEQUENCES) -> dict[str, str]:
    """Accession to sequence over the three branches of the data set; an accession is taken once."""
    found: dict[str, str] = {}
    letters = np.frombuffer(_BLAST_ALPHABET.encode(), dtype=np.uint8)
    for branch in ("BPO", "MFO", "CCO"):
        files = {
            kind: (folder / branch / f"goasp.fasta.{kind}").read_bytes() for kind in ("pin", "phr", "psq")
        }
        headers, starts = _offsets(files["pin"])
        text = letters[np.frombuffer(files["psq"], dtype=np.uint8)].tobytes().decode()
        for i in range(len(starts) - 1):
            name = re.search(rb"([A-Z0-9]{6})\|", files["phr"][headers[i] : headers[i + 1]])
            if name:
                found.setdefault(name[1].decode(), text[starts[i] : starts[i + 1] - 1])
    return found


def _offsets(index: bytes) -> tuple[list[int], list[int]]:
    """Where headers and sequences start, by a BLAST index of version 4 (big-endian)."""
    at = 8
    for _ in range(2):
        at += 4 + int.from_bytes(index[at : at + 4], "big")
    size = int.from_bytes(index[at : at + 4], "big")
    at += 16
    headers = np.frombuffer(index, dtype=">i4", count=size + 1, offset=at)
    sequences = np.frombuffer(index, dtype=">i4", count=size + 1, offset=at + 4 * (size + 1))
    return headers.tolist(), sequences.tolist()


def search(proteins: dict[str, str], subjects: dict[str, str], work: Path, threads: int = 2) -> Path:
    """Align every protein with its relatives; the file of hits in ``work``, grouped by protein."""
    for name, sequences in (("proteins", proteins), ("subjects", subjects)):
        lines = (f">{key}\n{sequence}\n" for key, sequence in sequences.items())
        (work / f"{name}.fasta").write_text("".join(lines), encoding="ascii")
    hits = work / "hits.tsv"
    make = ["diamond", "makedb", "--in", work / "subjects.fasta", "-d", work / "subjects"]
    blast = ["diamond", "blastp", "-q", work / "proteins.fasta", "-d", work / "subjects", "-o", hits]
    options = ["--sensitive", "--masking", "0", "-k", str(MOST), "-e", FARTHEST, "-b", "4", "-c", "1"]
    for command in (make, [*blast, *options, "--outfmt", "6", *COLUMNS]):
        subprocess.run([*command, "--threads", str(threads), "--quiet"], check=True)
    return hits


def relatives(
    hits: Path, proteins: dict[str, str], subjects: dict[str, str], numbered: Container[str] = ()
) -> Iterator[Relatives]:
    """The aligned relatives of each protein that has any, as in the file, with places of ``numbered``."""
    codes: dict[str, bytes] = {}
    with hits.open(encoding="ascii") as handle:
        for transcript, lines in groupby((line.split("\t") for line in handle), key=lambda cells: cells[0]):
            cells = sorted(lines, key=lambda c: (float(c[2]), c[1]))
            length = len(proteins[transcript])
            rows: list[bytearray] = []
            places: dict[str, npt.NDArray[np.int32]] = {}
            for _, subject, _, first, _, start, _, _, _, cigar in cells:
                if subject not in codes:
                    codes[subject] = encoded(subjects[subject]).tobytes()
                ends = int(first) - 1, int(start) - 1
                rows.append(_row(length, codes[subject], cigar, *ends))
                if subject in numbered:
                    places[subject] = _places(length, cigar, *ends)
            identity = np.array([float(c[2]) for c in cells], dtype=np.float32)
            aligned = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), length)
            yield Relatives(transcript, [c[1] for c in cells], aligned, identity, places)


def _row(length: int, subject: bytes, cigar: str, at: int, start: int) -> bytearray:
    row = bytearray([OUTSIDE]) * length
    for count, kind in _CIGAR.findall(cigar):
        size = int(count)
        if kind == "M":
            row[at : at + size] = subject[start : start + size]
            at += size
            start += size
        elif kind == "I":
            row[at : at + size] = bytes([GAP]) * size
            at += size
        else:
            start += size
    return row


def _places(length: int, cigar: str, at: int, start: int) -> npt.NDArray[np.int32]:
    row = np.zeros(length, dtype=np.int32)
    for count, kind in _CIGAR.findall(cigar):
        size = int(count)
        if kind == "M":
            row[at : at + size] = np.arange(start + 1, start + size + 1)
        at += size if kind in "MI" else 0
        start += size if kind in "MD" else 0
    return row


def human_proteins(out: Path) -> dict[str, str]:
    """Transcript to sequence of the bundled proteins."""
    frame = pl.read_parquet(out / "proteins.parquet")
    return dict(zip(frame["transcript"].to_list(), frame["sequence"].to_list(), strict=True))
