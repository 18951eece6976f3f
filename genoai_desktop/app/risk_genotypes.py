"""Read genotypes at chosen sites for any number of samples: by index where there is one, else streaming."""

import contextlib
import gzip
import io
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import pysam

from genoai_desktop.analysis.risk.score import Dosage, SiteRecord
from genoai_desktop.app.risk_bcf import bcf_header, bcf_lines, block_end, inside_block, is_bcf
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.text import tr

FETCH_AT_MOST = 3_000
"""More sites than this are read faster by streaming the file once."""
HAPLOID_IN_ALL = (24, 25)
"""Y and MT. Elsewhere a haploid call counts as two equal copies, the usual model for a man's X."""
_LENGTH_OF_CHR1 = {"249250621": Build.GRCH37, "248956422": Build.GRCH38}
_TAB, _COLON, _SLASH, _BAR, _ZERO, _NINE, _DOT = b"\t:/|09."
_PHASED = int.from_bytes(b"0|0\t", "little")
_UNPHASED = int.from_bytes(b"0/0\t", "little")
_ALLELE_MASK = np.uint32(0xFFFEFFFE)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VcfHead:
    """What the header says: sample names, and the build when chromosome 1's length or its name tells."""

    samples: tuple[str, ...]
    build: Build | None


def read_head(path: Path) -> VcfHead:
    """Read the header alone.

    Raises:
        UserError: no ``#CHROM`` line, or no samples.
    """
    build: Build | None = None
    with contextlib.closing(_header(path)) as lines:
        for line in lines:
            if line.startswith(b"#CHROM"):
                samples = tuple(line.decode().rstrip("\r\n").split("\t")[9:])
                if samples:
                    return VcfHead(samples, build)
                break
            if not line.startswith(b"##"):
                break
            build = build or _build_of(line.decode("utf-8", "replace"))
    raise UserError(
        tr("There are no samples to score."),
        where=file_where(path, field="#CHROM"),
        remedy=tr("Choose a VCF with genotype columns."),
        code="vcf.no-samples",
    )


def _header(path: Path) -> Generator[bytes, None, None]:
    """Lines from the start of the file: for BCF its header alone."""
    if is_bcf(path):
        yield from bcf_header(path)
        return
    with _open(path) as handle:
        yield from handle


def _build_of(line: str) -> Build | None:
    if line.startswith("##contig"):
        body = line.rstrip().strip(">").split("<", 1)[-1]
        fields = dict(part.split("=", 1) for part in body.split(",") if "=" in part)
        if chromosome_code(fields.get("ID", "")) == 1 and fields.get("length") in _LENGTH_OF_CHR1:
            return _LENGTH_OF_CHR1[fields["length"]]
    elif not line.startswith("##reference"):
        return None
    lower = line.lower()
    if any(name in lower for name in ("grch38", "hg38", "assembly=b38")):
        return Build.GRCH38
    if any(name in lower for name in ("grch37", "hg19", "hs37", "assembly=b37")):
        return Build.GRCH37
    return None


def read_sites(
    path: Path, places: Iterable[Place], samples: int, context: Context, *, use_index: bool = True
) -> Iterator[tuple[Place, list[SiteRecord]]]:
    """Every wanted place that the file has, with its records; 1-based positions.

    A reference block of a gVCF that covers a place is a record without ``ref`` and alternates: it says
    how many copies of the reference each sample has, not what the reference is.
    """
    wanted = set(places)
    indexed = use_index and len(wanted) <= FETCH_AT_MOST and _index(path)
    if is_bcf(path):
        context.report(tr("Reading genotypes"), None)
        lines = bcf_lines(path, wanted, context, indexed=bool(indexed))
    else:
        lines = _indexed(path, wanted, context) if indexed else _streamed(path, wanted, context)
    for place, group in groupby(lines, key=lambda pair: pair[0]):
        records = [record for _, line in group if (record := _at(path, line, place, samples))]
        if records:
            yield place, records


def _at(path: Path, line: bytes, place: Place, samples: int) -> SiteRecord | None:
    """The record of a line; a block that starts before the place loses its (other) reference base."""
    record = _record(path, line, samples)
    if record is None or line.split(b"\t", 2)[1] == str(place[1]).encode():
        return record
    return None if record.alts else SiteRecord("", (), record.copies)


def _index(path: Path) -> Path | None:
    return next(
        (p for suffix in (".tbi", ".csi") if (p := path.with_name(path.name + suffix)).exists()), None
    )


@contextlib.contextmanager
def _open(path: Path) -> Iterator[Iterable[bytes]]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed else path.open("rb") as handle:
            yield io.BufferedReader(handle, 1 << 20) if packed else handle
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            tr("The file cannot be read to its end."),
            where=path.name,
            remedy=tr("Copy the file again from its source."),
            code="vcf.unreadable",
        ) from error


def _indexed(path: Path, wanted: set[Place], context: Context) -> Iterator[tuple[Place, bytes]]:
    index = _index(path)
    try:
        table = pysam.TabixFile(str(path), index=str(index))
    except (OSError, ValueError):  # an index that cannot be read: the file alone will do
        yield from _streamed(path, wanted, context)
        return
    with table:
        contigs: Mapping[int, str] = {chromosome_code(name): name for name in reversed(table.contigs)}
        for chrom, pos in context.track(sorted(wanted), tr("Reading genotypes")):
            if chrom in contigs:
                for text in table.fetch(contigs[chrom], pos - 1, pos):
                    line = text.encode()
                    if line.split(b"\t", 2)[1] == str(pos).encode() or block_end(line) >= pos:
                        yield (chrom, pos), line


def _streamed(path: Path, wanted: set[Place], context: Context) -> Iterator[tuple[Place, bytes]]:
    by_name: dict[bytes, dict[bytes, Place]] = {}
    texts: dict[int, dict[bytes, Place]] = {}
    for chrom, pos in wanted:
        texts.setdefault(chrom, {})[str(pos).encode()] = (chrom, pos)
    ordered = {chrom: sorted(place[1] for place in found.values()) for chrom, found in texts.items()}
    blocks = False
    context.report(tr("Reading genotypes"), None)
    with _open(path) as handle:
        for number, line in enumerate(handle):
            if number % 2_000 == 0:
                context.check()
            if line.startswith(b"#"):
                blocks = blocks or line.startswith(b"##INFO=<ID=END,")
                continue
            name, _, rest = line.partition(b"\t")
            pos_text = rest.partition(b"\t")[0]
            positions = by_name.get(name)
            if positions is None:
                positions = by_name[name] = texts.get(chromosome_code(name.decode("utf-8", "replace")), {})
            place = positions.get(pos_text)
            if place is not None:
                yield place, line
            if blocks and positions:
                chrom = next(iter(positions.values()))[0]
                for pos in inside_block(line, ordered[chrom]):
                    yield (chrom, pos), line
    context.report(tr("Reading genotypes"), 1.0)


def _record(path: Path, line: bytes, samples: int) -> SiteRecord | None:
    """Parse one line; None for records without genotypes (symbolic alleles stay as alleles)."""
    parts = line.rstrip(b"\r\n").split(b"\t", 9)
    if len(parts) < 10:
        return None
    ref, alt = parts[3].decode().upper(), parts[4].decode().upper()
    alts = () if alt in (".", "<NON_REF>", "<*>") else tuple(alt.split(","))
    if len(alts) == 1 and parts[8] == b"GT":
        fast = _biallelic(parts[9], samples)
        if fast is not None:
            return SiteRecord(ref, alts, fast, complete=True)
    keys = parts[8].split(b":")
    cells = np.frombuffer(parts[9] + b"\t\t\t\t", dtype=np.uint8)
    starts = _starts(cells[:-4], samples)
    if len(starts) != samples:
        raise UserError(
            tr("A record does not have one genotype for each sample."),
            where=file_where(path, field=f"{parts[0].decode()}:{parts[1].decode()}"),
            remedy=tr("Have the file written again; it is cut off or damaged."),
            code="vcf.columns",
        )
    copies = (
        _copies(cells, starts, 1 + len(alts))
        if keys[0] == b"GT"
        else np.full((1 + len(alts), samples), np.nan)
    )
    if chromosome_code(parts[0].decode()) not in HAPLOID_IN_ALL:
        copies *= np.where(copies.sum(axis=0) == 1, 2.0, 1.0)
    if b"DS" in keys and len(alts) == 1:
        _fill_dosage(copies, parts[9].split(b"\t"), keys.index(b"DS"))
    return SiteRecord(ref, alts, copies)


def _biallelic(cells: bytes, samples: int) -> Dosage | None:
    """Copies when every cell is a called diploid genotype of alleles 0 and 1 and nothing else; else None.

    Four bytes a cell (``0|1`` and a tab) are read as one number: masking the two allele bits must
    leave the cell ``0|0`` or ``0/0``.
    """
    if len(cells) != 4 * samples - 1:
        return None
    words = np.frombuffer(cells + b"\t", dtype="<u4")
    bare = words & _ALLELE_MASK
    if not ((bare == _PHASED) | (bare == _UNPHASED)).all():
        return None
    alternate = ((words & 1) + ((words >> 16) & 1)).astype(np.float64)
    return np.stack((2.0 - alternate, alternate))


def _starts(cells: np.ndarray, samples: int) -> np.ndarray:
    """Offset of every sample's cell. Equal cells of three characters are the usual case."""
    if len(cells) == 4 * samples - 1:
        starts = np.arange(0, 4 * samples, 4)
        if (cells[3::4] == _TAB).all() and not (cells[0::4] == _TAB).any():
            return starts
    return np.concatenate(([0], np.flatnonzero(cells == _TAB) + 1))


def _copies(cells: np.ndarray, starts: np.ndarray, alleles: int) -> Dosage:
    """Copies of each allele by sample from diploid one-digit genotypes; the rest cell by cell."""
    first, separator, second, after = (cells[starts + k] for k in range(4))
    plain = ((separator == _BAR) | (separator == _SLASH)) & ((after == _TAB) | (after == _COLON))
    plain &= (first >= _ZERO) & (first <= _NINE) & (second >= _ZERO) & (second <= _NINE)
    result = np.empty((alleles, len(starts)))
    for allele in range(alleles):
        code = _ZERO + allele
        result[allele] = (first == code).astype(np.float64) + (second == code)
    for i in np.flatnonzero(~plain):
        result[:, i] = _slow_cell(cells, int(starts[i]), alleles)
    return result


def _slow_cell(cells: np.ndarray, start: int, alleles: int) -> Dosage:
    """Haploid, half-called, missing or many-allele genotypes. Half calls count as not called."""
    text = cells[start : start + 64].tobytes().split(b"\t", 1)[0].split(b":", 1)[0].decode()
    called = text.replace("|", "/").split("/")
    if "." in called or not all(allele.isdigit() and int(allele) < alleles for allele in called):
        return np.full(alleles, np.nan)
    return np.bincount([int(allele) for allele in called], minlength=alleles).astype(np.float64)


def _fill_dosage(copies: Dosage, cells: list[bytes], index: int) -> None:
    """Where the genotype is not called, take the alternate's dosage (DS, 0..2)."""
    for i in np.flatnonzero(np.isnan(copies[0])):
        values = cells[i].split(b":")
        with contextlib.suppress(ValueError, IndexError):
            dosage = float(values[index])
            if 0 <= dosage <= 2:
                copies[:, i] = 2 - dosage, dosage
