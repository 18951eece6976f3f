"""Place a variant named on its transcript alone (``NM_004360.5(CDH1):c.187C>T (p.Arg63Ter)``) or as ``m.``.

Only on MANE transcripts of the bundle, GRCh38, and only where the name and the transcript agree:
the same RefSeq version, or the same accession and a stated residue that the bundled protein carries.
"""

import re
from collections.abc import Callable

from genoai_desktop.app.variant_list import Site
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.genes import Transcript

_NAME = re.compile(
    r"^(?P<accession>NM_\d+)\.(?P<version>\d+)\S*:c\.(?P<start>\d+)(?P<near>[+-]\d+)?"
    r"(?:_(?P<end>\d+)(?P<far>[+-]\d+)?)?"
    r"(?:(?P<ref>[ACGT])>(?P<alt>[ACGT])|(?P<kind>delins|del|dup|ins)(?P<bases>[ACGT]*))(?=\s|$)"
)
_MITOCHONDRIAL = re.compile(
    r"^(?:NC_012920\.1(?:\([\w-]+\))?:)?m\.(?P<start>\d+)(?:_(?P<end>\d+))?"
    r"(?:(?P<ref>[ACGT])>(?P<alt>[ACGT])|(?P<kind>delins|del|dup|ins)(?P<bases>[ACGT]*))(?=\s|$)"
)
"""Positions of the revised Cambridge sequence, which both builds share."""
_REPEAT = re.compile(
    r"^(?P<before>NM_\d+\.\d+\S*:c\.)(?P<start>\d+)(?:_\d+)?(?P<unit>[ACGT]{2,})\[\d+\]\s+\((?P<protein>p\.\S+)\)"
)
_SHIFT = re.compile(r"fs|Ter")
_GENE = re.compile(r"^N[MR]_\d+\.\d+\(([\w-]+)\):")
_RESIDUE = re.compile(r"p\.\(?([A-Z][a-z]{2})(\d+)")
_NAMES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val"
_LETTERS = dict(zip(_NAMES.split(" "), "ARNDCQEGHILKMFPSTWYV", strict=True))
_COMPLEMENT = str.maketrans("ACGT", "TGCA")


def place(name: str, gene: str, knowledge: Knowledge) -> Site | None:
    """The site on GRCh38, bases that are not stated ``N``; None where it is not certain."""
    mitochondrial = _MITOCHONDRIAL.match(name.strip())
    if mitochondrial is not None:
        return _on_mitochondrion(mitochondrial)
    match = _NAME.match(_plain(name.strip()))
    if match is None:
        return None
    transcript = transcript_of(match["accession"], match["version"], gene, name, knowledge)
    return _site(transcript, match) if transcript else None


def _plain(name: str) -> str:
    """A repeat (``c.436_437TC[1] (p.Pro147fs)``) as the loss or gain of one unit, as its protein name says.

    How many units the reference has is not known here, so without a fitting protein name it stays as it is.
    """
    match = _REPEAT.match(name)
    if match is None:
        return name
    unit, start = match["unit"], int(match["start"])
    whole = len(unit) % 3 == 0
    end = start + len(unit) - 1
    protein = match["protein"]
    if whole and "dup" in protein:
        change = f"{start}_{end}dup"
    elif (whole and "del" in protein and "fs" not in protein) or (not whole and _SHIFT.search(protein)):
        change = f"{start}_{end}del"
    else:
        return name
    return f"{match['before']}{change} ({protein})"


def transcript_of(
    accession: str | None, version: str | None, gene: str, name: str, knowledge: Knowledge
) -> Transcript | None:
    """The gene's MANE transcript that a name means, on GRCh38; None where that is not certain.

    The same RefSeq version, or the same accession and a stated residue that the bundled protein carries,
    or exons alone, which hardly move between versions. Without an accession the MANE Select transcript.
    """
    by_exons = "?" in name or "+1_" in name
    for transcript in knowledge.genes.transcripts(gene, Build.GRCH38):
        if accession is None:
            if not transcript.plus_clinical:
                return transcript
            continue
        known, _, current = transcript.refseq.partition(".")
        if known == accession and (current == version or by_exons or _carries(transcript, name)):
            return transcript
    return None


def named_gene(name: str) -> str:
    """``PTEN`` of ``NM_000314.6(PTEN):c.-1170C>T``; empty where the name has none."""
    found = _GENE.match(name.strip())
    return found[1] if found else ""


def _on_mitochondrion(match: re.Match[str]) -> Site | None:
    start = int(match["start"])
    size = int(match["end"] or start) - start + 1
    found = _alleles(match, start, start + size - 1, match["bases"] or "")
    if found is None or size < 1:
        return None
    return Site("MT", *found, Build.GRCH38)


def _carries(transcript: Transcript, name: str) -> bool:
    residue = _RESIDUE.search(name)
    if residue is None:
        return False
    at, letter = int(residue[2]), _LETTERS.get(residue[1])
    return letter is not None and transcript.protein[at - 1 : at] == letter


def _site(transcript: Transcript, match: re.Match[str]) -> Site | None:
    first = _genomic(transcript, int(match["start"]), int(match["near"] or 0))
    last = first
    if match["end"]:
        last = _genomic(transcript, int(match["end"]), int(match["far"] or 0))
    if first is None or last is None:
        return None
    start, end = min(first, last), max(first, last)

    def strand(bases: str) -> str:
        return bases.translate(_COMPLEMENT)[::-1] if transcript.reverse else bases

    found = _alleles(match, start, end, strand(match["bases"] or ""), strand)
    if found is None:
        return None
    return Site(transcript.locus.chromosome, *found, Build.GRCH38)


def _alleles(
    match: re.Match[str],
    start: int,
    end: int,
    bases: str,
    strand: Callable[[str], str] = str,
) -> tuple[int, str, str] | None:
    """Position, REF and ALT of a change from ``start`` to ``end``; None where the name is incomplete."""
    unstated = "N" * (end - start + 1)
    if match["ref"]:
        return start, strand(match["ref"]), strand(match["alt"])
    if match["kind"] == "delins" and bases:
        return start, unstated, bases
    if match["kind"] == "del":
        return start - 1, "N" + unstated, "N"
    if match["kind"] == "dup":
        return end, "N", "N" + unstated
    if match["kind"] == "ins" and bases and end == start + 1:
        return start, "N", "N" + bases
    return None


def _genomic(transcript: Transcript, coding: int, offset: int) -> int | None:
    """1-based genome position of ``c.coding+offset``; None beyond the coding sequence."""
    if transcript.cds is None or coding < 1:
        return None
    low, high = transcript.cds
    parts = [
        (max(start, low), min(end, high)) for start, end in transcript.exons if end >= low and start <= high
    ]
    left = coding - 1
    for start, end in reversed(parts) if transcript.reverse else parts:
        size = end - start + 1
        if left < size:
            return end - left - offset if transcript.reverse else start + left + offset
        left -= size
    return None
