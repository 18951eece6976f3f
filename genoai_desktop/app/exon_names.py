"""Place deletions and duplications that are named by exons or by a chromosome interval, without exact ends.

``NM_000527.4(LDLR):c.1061-?_1845+?del``, ``c.(?_-187)_(190+1_191-1)del`` and
``GRCh37/hg19 21q22.12(chr21:36164432-36421257)x1`` (copies of an autosome).
"""

import re

from genoai_desktop.app.acmg_names import transcript_of
from genoai_desktop.app.variant_list import Site, symbolic
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.genes import Transcript

_START = r"(?:\((?:\?|[-*]?\d+\+\d+)_(?P<from>[-*]?\d+)(?:-\d+)?\)|(?P<at>[-*]?\d+)(?:-(?:\?|\d+))?)"
"""The last bound before the first exon: of ``(1060+1_1061-1)`` the second number."""
_END = r"(?:\((?P<to>[-*]?\d+)(?:\+\d+)?_(?:\?|[-*]?\d+-\d+)\)|(?P<till>[-*]?\d+)(?:\+(?:\?|\d+))?)"
_CODING = re.compile(
    r"^(?:(?P<accession>NM_\d+)\.(?P<version>\d+)(?:\([\w-]+\))?:)?c\."
    rf"{_START}_{_END}(?P<kind>del|dup)(?=\s|$)"
)
_INTERVAL = re.compile(
    r"^(?:(?P<build>GRCh3[78])(?:/hg\d\d)?)\s+\S+\(chr(?P<chromosome>\w+):(?P<start>\d+)-(?P<end>\d+)\)x(?P<copies>\d)"
)
_USUAL_COPIES = 2


def place_exons(name: str, gene: str, knowledge: Knowledge) -> Site | None:
    """The least stretch that the name says is lost or repeated; None where it is not such a name."""
    text = name.strip()
    interval = _INTERVAL.match(text)
    if interval is not None:
        return _copies(interval)
    match = _CODING.match(text)
    if match is None or not ("?" in text or "+" in text):
        return None
    transcript = transcript_of(match["accession"], match["version"], gene, name, knowledge)
    if transcript is None:
        return None
    ends = [
        _exon_edge(transcript, match["from"] or match["at"], first=True),
        _exon_edge(transcript, match["to"] or match["till"], first=False),
    ]
    if None in ends:
        return None
    start, end = sorted(end for end in ends if end is not None)
    return symbolic(transcript.locus.chromosome, start, end, match["kind"], Build.GRCH38)


def _copies(match: re.Match[str]) -> Site | None:
    copies = int(match["copies"])
    if match["chromosome"] in ("X", "Y") or copies == _USUAL_COPIES:
        return None
    kind = "del" if copies < _USUAL_COPIES else "dup"
    return symbolic(match["chromosome"], int(match["start"]), int(match["end"]), kind, Build(match["build"]))


def _exon_edge(transcript: Transcript, coding: str, *, first: bool) -> int | None:
    """The genome position of the exon's edge, ``first`` or last in transcription, that holds c.``coding``.

    Before the start codon the first exon is meant, behind the stop codon the last one.
    """
    ordered = transcript.exons[::-1] if transcript.reverse else transcript.exons
    number = _exon_of(transcript, coding)
    if number is None:
        return None
    low, high = ordered[number]
    return low if first != transcript.reverse else high


def _exon_of(transcript: Transcript, coding: str) -> int | None:
    if transcript.cds is None:
        return None
    ordered = transcript.exons[::-1] if transcript.reverse else transcript.exons
    if coding.startswith("-"):
        return 0
    if coding.startswith("*"):
        return len(ordered) - 1
    low, high = transcript.cds
    left = int(coding)
    for number, (start, end) in enumerate(ordered):
        size = max(0, min(end, high) - max(start, low) + 1)
        if 0 < left <= size:
            return number
        left -= size
    return None
