"""Place a variant that is named on its transcript alone (``NM_004360.5(CDH1):c.187C>T (p.Arg63Ter)``).

Only on MANE transcripts of the bundle, GRCh38, and only where the name and the transcript agree:
the same RefSeq version, or the same accession and a stated residue that the bundled protein carries.
"""

import re

from genoai_desktop.app.variant_list import Site
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.genes import Transcript

_NAME = re.compile(
    r"^(?P<accession>NM_\d+)\.(?P<version>\d+)\S*:c\.(?P<start>\d+)(?P<near>[+-]\d+)?"
    r"(?:_(?P<end>\d+)(?P<far>[+-]\d+)?)?"
    r"(?:(?P<ref>[ACGT])>(?P<alt>[ACGT])|(?P<kind>delins|del|dup|ins)(?P<bases>[ACGT]*))(?=\s|$)"
)
_RESIDUE = re.compile(r"p\.\(?([A-Z][a-z]{2})(\d+)")
_NAMES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val"
_LETTERS = dict(zip(_NAMES.split(" "), "ARNDCQEGHILKMFPSTWYV", strict=True))
_COMPLEMENT = str.maketrans("ACGT", "TGCA")


def place(name: str, gene: str, knowledge: Knowledge) -> Site | None:
    """The site on GRCh38, bases that are not stated ``N``; None where it is not certain."""
    match = _NAME.match(name.strip())
    if match is None:
        return None
    for transcript in knowledge.genes.transcripts(gene, Build.GRCH38):
        accession, _, version = transcript.refseq.partition(".")
        exact = version == match["version"]
        if accession == match["accession"] and (exact or _carries(transcript, name)):
            return _site(transcript, match)
    return None


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

    unstated = "N" * (end - start + 1)
    bases = strand(match["bases"] or "")
    if match["ref"]:
        position, ref, alt = start, strand(match["ref"]), strand(match["alt"])
    elif match["kind"] == "delins" and bases:
        position, ref, alt = start, unstated, bases
    elif match["kind"] == "del":
        position, ref, alt = start - 1, "N" + unstated, "N"
    elif match["kind"] == "dup":
        position, ref, alt = end, "N", "N" + unstated
    elif match["kind"] == "ins" and bases and end == start + 1:
        position, ref, alt = start, "N", "N" + bases
    else:
        return None
    return Site(transcript.locus.chromosome, position, ref, alt, Build.GRCH38)


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
