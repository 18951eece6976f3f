"""``load`` and ``check``: a file to a VariantTable, or to what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.genome import Build, Locus, chromosome_code
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.bcf import bcf_blocks, is_bcf
from genoai_desktop.vcf.build import guess_build
from genoai_desktop.vcf.checks import Checker
from genoai_desktop.vcf.columns import FIXED, Splitter
from genoai_desktop.vcf.convert import Aligner, Contigs, convert
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.extras import Extras
from genoai_desktop.vcf.header import parse_header
from genoai_desktop.vcf.index import belongs, candidates, region_lines, usable_index
from genoai_desktop.vcf.lines import Lines
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.reference import open_reference
from genoai_desktop.vcf.source import MAX_LINE, Inflater, Threaded, first_bytes, is_bgzf, peek, refuse
from genoai_desktop.vcf.table import BuildGuess, VariantTable

LEARN = 256 << 10
"""Bytes of the first block: small, so that what is odd throughout the file is learned early."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What ``check`` found. ``build`` is empty where it is not known."""

    findings: tuple[Finding, ...]
    records_read: int
    records_loaded: int
    records_reported: int
    build: str
    samples: tuple[str, ...]


@dataclass(slots=True)
class _Run:
    """One pass over a file."""

    path: Path
    context: Context
    notes: Notes
    keep: bool
    wanted: Sequence[str] | None
    aligner: Aligner | None = None
    header: Header = field(default_factory=Header)
    contigs: Contigs = field(default_factory=Contigs)
    read: int = 0
    loaded: int = 0
    reported: int = 0
    height: int = 0
    frames: list[pl.DataFrame] = field(default_factory=list)
    blocks: list[pl.DataFrame] = field(default_factory=list)
    extras: Extras | None = None
    samples: tuple[str, ...] = ()
    highest: dict[str, int] = field(default_factory=dict)
    hits: dict[Build, int] = field(default_factory=dict)
    region: Locus | None = None

    def go(self) -> None:
        """Read everything."""
        head = first_bytes(self.path)
        size = max(self.path.stat().st_size, 1)
        inflater = Inflater(self.path, self.notes)
        if self.region is not None and (index := usable_index(self.path)) is not None:
            blocks = ((block, 0) for block in region_lines(self.path, index, self.region))
            self._records(blocks, inflater, size)
            return
        self._index_beside(head)
        if is_bcf(peek(self.path, head)):
            self._records(bcf_blocks(self.path), inflater, size)
            return
        with Threaded(inflater.pieces()) as pieces:
            self._records(Lines(self.path, self.notes).blocks(pieces), inflater, size)

    def _index_beside(self, head: bytes) -> None:
        if self.region is None and is_bgzf(head) and not is_bcf(peek(self.path, head)):
            for index in candidates(self.path):
                if not belongs(index, self.path):
                    text = tr(
                        "The index beside the file ({ending}) does not belong to it; not used.",
                        ending=index.suffix,
                    )
                    self.notes.warn("vcf.index", text)

    def _records(self, blocks: Iterator[tuple[bytes, int]], inflater: Inflater, size: int) -> None:
        body, line = self._header(blocks)
        picked = _picked(self.header, self.wanted, self.path)
        self.samples = tuple(self.header.samples[i] for i in picked)
        splitter = Splitter(self.header, picked, self.notes)
        checker = Checker(self.header, len(picked), self.notes)
        self.extras = Extras(self.header, len(picked), self.notes)
        self.context.report(tr("Reading variants"), 0.0)
        for text, lost in body:
            self.context.check()
            self.read += lost
            self.reported += lost
            line += lost
            for piece in _sized(text, LEARN if self.read == 0 else 0):
                line = self._block(piece, line, splitter, checker)
            self.context.report(
                tr("Reading variants"), min(inflater.read / size, 1.0) if inflater.read else None
            )
        if not self.read:
            self.notes.warn("vcf.no-records", tr("The file has a header and no record."))
        self.highest, self.hits = checker.highest, checker.hits

    def _block(self, text: bytes, line: int, splitter: Splitter, checker: Checker) -> int:
        if not text:
            return line
        block = splitter.split(text, line)
        self.context.check()
        good = checker.check(block)
        self.context.check()
        ordinals = block.ordinals + self.read
        frame = block.frame
        self.reported += block.refused + int(len(good) - good.sum())
        self.read += block.read
        self.loaded += int(good.sum())
        if self.keep and frame.height:
            if not good.all():
                frame, ordinals = frame.filter(pl.Series(good)), ordinals[good]
            done = convert(checker.mended(frame), ordinals, self.contigs, len(self.samples), self.aligner)
            if self.extras is not None:
                done.frame = self.extras.add(frame, done, self.height)
            self.frames.append(done.frame)
            if done.blocks.height:
                self.blocks.append(done.blocks)
            self.height += done.frame.height
        return line + block.total

    def _header(self, blocks: Iterator[tuple[bytes, int]]) -> tuple[Iterator[tuple[bytes, int]], int]:
        held = b""
        for text, lost in blocks:
            if lost and not text:
                break
            held += text
            end = _header_end(held)
            if end is not None:
                lines = held[:end].decode("utf-8", errors="replace").rstrip("\n").split("\n")
                self.header = parse_header(lines, self.path, self.notes)
                return _chain(held[end:], blocks), len(lines) + 1
            if len(held) > MAX_LINE:
                what = tr("The header is longer than {size} MB.", size=MAX_LINE >> 20)
                raise refuse(self.path, what, tr("Ask for a new export."), code="vcf.long-header")
        if not held.strip():
            what = tr("The file has no content.")
            raise refuse(self.path, what, tr("Copy or export it again."), code="vcf.empty")
        lines = held.decode("utf-8", errors="replace").rstrip("\n").split("\n")
        self.header = parse_header(lines, self.path, self.notes)
        return iter(()), len(lines) + 1


def _chain(first: bytes, rest: Iterator[tuple[bytes, int]]) -> Iterator[tuple[bytes, int]]:
    yield first, 0
    yield from rest


def _sized(text: bytes, first: int) -> Iterator[bytes]:
    cut = text.find(b"\n", first) + 1 if first and len(text) > first else 0
    if cut:
        yield text[:cut]
    yield text[cut:]


def _header_end(text: bytes) -> int | None:
    """Offset of the first byte after the header: after ``#CHROM``, or where a line lacks its ``#``."""
    place = 0
    while place < len(text):
        end = text.find(b"\n", place)
        if end < 0:
            return None
        if text.startswith(b"#CHROM", place):
            return end + 1
        if not text.startswith(b"#", place) and text[place:end].strip():
            return end + 1
        place = end + 1
    return None


def _picked(header: Header, wanted: Sequence[str] | None, path: Path) -> tuple[int, ...]:
    if wanted is None:
        return tuple(range(len(header.samples)))
    missing = [name for name in wanted if name not in header.samples]
    if missing:
        what = tr("The file has no sample of that name ({count} asked for).", count=len(missing))
        remedy = tr("Choose among the {count} samples of the file.", count=len(header.samples))
        raise refuse(path, what, remedy, name="samples", code="vcf.no-such-sample")
    return tuple(header.samples.index(name) for name in dict.fromkeys(wanted))


def _run(
    path: Path, context: Context, keep: bool, samples: Sequence[str] | None, aligner: Aligner | None
) -> _Run:
    run = _Run(path, context, Notes(path.name), keep, samples, aligner)
    run.go()
    return run


def load(
    path: Path | str,
    context: Context,
    *,
    samples: Sequence[str] | None = None,
    build: Build | None = None,
    reference: Path | None = None,
) -> VariantTable:
    """Read a VCF, bgzip, gzip or BCF file; no index is needed.

    ``samples``: names to load, all when None. ``build``: what the person states; UserError when the
    file shows the other one. ``reference``: an indexed FASTA of the same build; indels are then left-aligned.
    Raises UserError for a file that cannot be read as a whole; every record that is not loaded is
    counted in ``records_reported`` and described by a Finding.
    """
    path = Path(path)
    with open_reference(reference) as aligner:
        run = _run(path, context, True, samples, aligner)
    return _table(run, build)


def _no_rows(run: _Run) -> pl.DataFrame:
    """The table's columns without a row, for a file without a record."""
    names = [*FIXED, "format", *(f"g{i}" for i in range(len(run.samples)))]
    text = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    done = convert(text, np.zeros(0, dtype=np.int64), run.contigs, len(run.samples))
    return run.extras.add(text, done, 0) if run.extras else done.frame


def _table(run: _Run, build: Build | None) -> VariantTable:
    guess = guess_build(run.header, run.highest, run.hits)
    settled = _settle(guess, build, run.path, run.notes)
    frame = pl.concat(run.frames, rechunk=False) if run.frames else _no_rows(run)
    run.frames.clear()
    extras = run.extras or Extras(run.header, 0, run.notes)
    return VariantTable(
        path=str(run.path),
        build=settled,
        build_guess=guess,
        samples=run.samples,
        contigs=tuple(run.contigs.names),
        frame=frame,
        records_read=run.read,
        records_loaded=run.loaded,
        records_reported=run.reported,
        findings=run.notes.findings(),
        blocks=pl.concat(run.blocks) if run.blocks else pl.DataFrame(),
        structural=extras.structural_frame(),
        annotation=extras.annotation_frame(),
        header=run.header.text,
    )


def fetch(
    path: Path | str, locus: Locus, context: Context, *, samples: Sequence[str] | None = None
) -> VariantTable:
    """The records that overlap ``locus`` (1-based, inclusive), through an index that is proved or built here.

    A file that cannot be indexed (plain text, plain gzip, unsorted) is read through. ``locus.build`` must be
    the build of the file: UserError as ``load`` raises it where the header shows the other one.
    """
    path = Path(path)
    notes = Notes(path.name)
    run = _Run(path, context, notes, True, samples, region=locus)
    run.go()
    table = _table(run, locus.build)
    inside = (
        (pl.col("chrom") == chromosome_code(locus.chromosome))
        & (pl.col("pos") <= locus.end)
        & (pl.col("end") >= locus.start)
    )
    if not table.height:
        return table
    keep = table.frame.with_row_index("#").filter(inside)
    moved = keep.select(pl.col("#").alias("row"), pl.int_range(pl.len(), dtype=pl.UInt32).alias("new"))
    return replace(
        table,
        frame=keep.drop("#"),
        structural=_moved(table.structural, moved),
        annotation=_moved(table.annotation, moved),
    )


def _moved(side: pl.DataFrame, moved: pl.DataFrame) -> pl.DataFrame:
    if not side.height:
        return side
    return side.join(moved, on="row").with_columns(row=pl.col("new")).drop("new")


def check(path: Path | str, context: Context) -> CheckReport:
    """What is odd in a file, without keeping its variants. Raises UserError as ``load`` does."""
    path = Path(path)
    run = _run(path, context, False, None, None)
    guess = guess_build(run.header, run.highest, run.hits)
    return CheckReport(
        run.notes.findings(),
        run.read,
        run.loaded,
        run.reported,
        str(guess.build or ""),
        run.samples,
    )


def _settle(guess: BuildGuess, stated: Build | None, path: Path, notes: Notes) -> Build:
    if stated and guess.build and stated is not guess.build and guess.confidence >= 0.8:
        what = tr(
            "The file is on {found} and {stated} was stated. {reason}",
            found=guess.build,
            stated=stated,
            reason=guess.reason,
        )
        raise UserError(
            what,
            where=path.name,
            remedy=tr("State {found}, or choose another file.", found=guess.build),
            code="vcf.build",
        )
    if stated or guess.build:
        return stated or guess.build or Build.GRCH38
    text = tr("The build is not known ({reason}); GRCh38 was assumed. State the build.", reason=guess.reason)
    notes.error("vcf.build-unknown", text)
    return Build.GRCH38
