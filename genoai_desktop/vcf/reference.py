"""Reference bases for left alignment, from the clinic's indexed FASTA."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import chromosome_code
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.convert import Aligner

WINDOW = 1 << 16


class _Reader:
    """Bases of one contig, a window at a time."""

    def __init__(self, fetch: Callable[[int, int], str]) -> None:
        self._fetch, self._start, self._bases = fetch, 0, ""

    def __call__(self, position: int) -> str:
        """The upper-case base at the 1-based position; empty outside the contig."""
        if position < 1:
            return ""
        offset = position - 1 - self._start
        if not 0 <= offset < len(self._bases):
            self._start = max(0, position - 1 - WINDOW // 4)
            self._bases = self._fetch(self._start, self._start + WINDOW).upper()
            offset = position - 1 - self._start
        return self._bases[offset] if offset < len(self._bases) else ""


@contextmanager
def open_reference(path: Path | None) -> Iterator[Aligner | None]:
    """A reader of reference bases by contig name (``chr`` or not); UserError when it cannot be opened."""
    if path is None:
        yield None
        return
    import pysam

    try:
        fasta = pysam.FastaFile(str(path))
    except (OSError, ValueError):
        what = tr("The reference genome cannot be opened, or has no .fai index.")
        raise UserError(
            what, where=path.name, remedy=tr("Index it with samtools faidx."), code="vcf.reference"
        ) from None
    names = {chromosome_code(name) or name: name for name in fasta.references}
    readers: dict[str, _Reader | None] = {}

    def aligner(contig: str) -> Callable[[int], str] | None:
        if contig not in readers:
            name = names.get(chromosome_code(contig) or contig)
            readers[contig] = (
                None if name is None else _Reader(lambda start, end: fasta.fetch(name, start, end))
            )
        return readers[contig]

    try:
        yield aligner
    finally:
        fasta.close()
