"""What the locus view draws, worked out without Qt. Positions are 1-based and inclusive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build, chromosome_code, chromosome_name
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.ui.viewmodels.reads import Reads, read_alignments

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_MOST_MARKERS = 1500
_MOST_GENES = 40
_PLACE = re.compile(r"^(?:chr)?([0-9]{1,2}|X|Y|MT?)[:\s]+([0-9,]+)(?:\s*[-–]\s*([0-9,]+))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one chromosome."""

    chromosome: str
    start: int
    end: int

    @property
    def size(self) -> int:
        """Bases."""
        return self.end - self.start + 1

    def wider(self, factor: float, length: int) -> Span:
        """The same middle, ``factor`` times as wide, kept on the chromosome."""
        half = max(20, int(self.size * factor / 2))
        middle = (self.start + self.end) // 2
        return Span(self.chromosome, max(1, middle - half), min(length, middle + half))


@dataclass(frozen=True, slots=True)
class GeneTrack:
    """One transcript; ``domains`` are (name, genomic parts)."""

    gene: str
    transcript: str
    reverse: bool
    start: int
    end: int
    exons: tuple[tuple[int, int], ...]
    cds: tuple[int, int] | None
    domains: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """A lollipop. ``kind``: pathogenic, uncertain, benign or none; ``frequency`` 0..1 or None."""

    row: int
    position: int
    kind: str
    frequency: float | None
    title: str
    name: str = ""
    """Short enough to stand in the plot."""


@dataclass(frozen=True, slots=True)
class Band:
    """A cytoband; ``stain`` as UCSC writes it."""

    start: int
    end: int
    name: str
    stain: str


@dataclass(frozen=True, slots=True)
class LocusScene:
    """Everything that is drawn. ``loaded`` is wider than ``view`` so that panning needs no reload."""

    view: Span
    loaded: Span
    build: Build
    length: int
    bands: tuple[Band, ...]
    genes: tuple[GeneTrack, ...]
    markers: tuple[Marker, ...]
    reads: Reads = field(default_factory=Reads)
    note: str = ""


def resolve(knowledge: Knowledge, typed: str, build: Build) -> Span:
    """A gene or ``chr:start-end`` as a stretch.

    Raises:
        UserError: no such gene or place.
    """
    text = typed.strip()
    match = _PLACE.match(text)
    if match and chromosome_code(match[1]):
        start = int(match[2].replace(",", ""))
        end = int(match[3].replace(",", "")) if match[3] else start
        return Span(chromosome_name(chromosome_code(match[1])), min(start, end), max(start, end))
    transcript = knowledge.genes.transcript(text, build) if text else None
    if transcript is None:
        raise UserError(
            tr("No gene or place of that name."),
            remedy=tr("Type a gene symbol, or a place such as chr7:117,120,000-117,310,000."),
        )
    locus = transcript.locus
    margin = max(200, (locus.end - locus.start) // 20)
    return Span(locus.chromosome, max(1, locus.start - margin), locus.end + margin)


def load_scene(
    opened: OpenCase, frame: pl.DataFrame, knowledge: Knowledge, view: Span, context: Context
) -> LocusScene:
    """Genes, variants and reads around ``view``."""
    build = opened.case.build
    placing, reading, last = shares(context, 30, 69, 1)
    placing.report(tr("Reading the locus"), 0.0)
    length = max(knowledge.genes.chromosome_lengths(build).get(view.chromosome, view.end), view.end)
    view = Span(view.chromosome, max(1, view.start), min(length, view.end))
    loaded = view.wider(3, length)
    bands = tuple(
        Band(b.locus.start, b.locus.end, b.name, b.stain)
        for b in knowledge.genes.cytobands(build)
        if b.locus.chromosome == view.chromosome
    )
    context.check()
    genes, note = _genes(knowledge, loaded, build)
    context.check()
    markers, more = _markers(frame, loaded)
    context.check()
    reads = read_alignments(opened.case.reads, view.chromosome, view.start, view.end, reading)
    last.report(tr("Reading the locus"), 1.0)
    notes = joined(" ", (part for part in (note, more, reads.note) if part))
    return LocusScene(view, loaded, build, length, bands, genes, markers, reads, notes)


def _genes(knowledge: Knowledge, span: Span, build: Build) -> tuple[tuple[GeneTrack, ...], str]:
    names = knowledge.genes.at(span.chromosome, span.start, span.end, build)
    found = [knowledge.genes.transcript(name, build) for name in names[:_MOST_GENES]]
    tracks = [_track(transcript) for transcript in found if transcript is not None]
    note = tr("{count} genes here; the first {shown} are drawn.", count=len(names), shown=_MOST_GENES)
    return _lanes(sorted(tracks, key=lambda t: t.start), span), note if len(names) > _MOST_GENES else ""


def _track(transcript: Any) -> GeneTrack:
    domains = tuple(
        (
            domain.name,
            domain_parts(transcript.exons, transcript.cds, transcript.reverse, domain.start, domain.end),
        )
        for domain in transcript.domains
        if transcript.cds is not None
    )
    locus = transcript.locus
    return GeneTrack(
        transcript.gene,
        transcript.name,
        transcript.reverse,
        locus.start,
        locus.end,
        transcript.exons,
        transcript.cds,
        domains,
    )


def domain_parts(
    exons: tuple[tuple[int, int], ...], cds: tuple[int, int], reverse: bool, first: int, last: int
) -> tuple[tuple[int, int], ...]:
    """Genomic parts of residues ``first``..``last`` (1-based, inclusive)."""
    coding = [(max(a, cds[0]), min(b, cds[1])) for a, b in exons if b >= cds[0] and a <= cds[1]]
    begin, end = (first - 1) * 3, last * 3 - 1
    parts = []
    done = 0
    for start, stop in sorted(coding, reverse=reverse):
        size = stop - start + 1
        low, high = max(begin - done, 0), min(end - done, size - 1)
        if low <= high:
            parts.append((stop - high, stop - low) if reverse else (start + low, start + high))
        done += size
    return tuple(sorted(parts))


def _lanes(tracks: list[GeneTrack], span: Span) -> tuple[GeneTrack, ...]:
    """Put transcripts that would touch, names included, into different lanes."""
    from dataclasses import replace

    ends: list[int] = []
    placed = []
    room = span.size // 40
    for track in tracks:
        lane = next((i for i, end in enumerate(ends) if end + room < track.start), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = track.end
        placed.append(replace(track, lane=lane))
    return tuple(placed)


def _markers(frame: pl.DataFrame, span: Span) -> tuple[tuple[Marker, ...], str]:
    code = chromosome_code(span.chromosome)
    here = (pl.col("chrom") == code) & pl.col("pos").is_between(span.start, span.end)
    rows = frame.select(pl.arg_where(here & (pl.col("dosage").fill_null(1) > 0))).to_series()
    note = ""
    if len(rows) > _MOST_MARKERS:
        note = tr("{count} variants here; zoom in to see all.", count=f"{len(rows):,}")
        important = (
            frame[rows].select(pl.arg_sort_by(["clinvar_class", "impact"], descending=True)).to_series()
        )
        rows = rows[important.head(_MOST_MARKERS)].sort()
    part = frame[rows]
    return tuple(
        _marker(int(row), record) for row, record in zip(rows, part.iter_rows(named=True), strict=True)
    ), note


def _marker(row: int, record: dict[str, Any]) -> Marker:
    code = record.get("clinvar_class") or 0
    kind = {4: "pathogenic", 5: "pathogenic", 3: "uncertain", 6: "uncertain", 1: "benign", 2: "benign"}.get(
        code, "none"
    )
    frequency = record.get("freq_max") if record.get("freq_kind") == 2 else None
    words = term(record.get("consequence") or "")
    place = f"{record['pos']:,} {record['ref'][:12]}>{record['alt'][:12]}"
    title = joined(" ", (p for p in (place, record.get("gene"), words) if p))
    name = joined(" ", (p for p in (record.get("gene"), words or place) if p))
    return Marker(row, record["pos"], kind, frequency, title, name)
