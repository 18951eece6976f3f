"""BCF to text lines through pysam; the same checks then apply."""

from collections.abc import Iterator
from pathlib import Path

from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.source import refuse

BATCH = 20_000


def is_bcf(start: bytes) -> bool:
    """BCF 2; the magic is ``BCF`` and the version."""
    return start[:3] == b"BCF"


def bcf_blocks(path: Path) -> Iterator[tuple[bytes, int]]:
    """The header, then batches of records, as text."""
    import pysam

    previous = pysam.set_verbosity(0)
    try:
        with pysam.VariantFile(str(path), "rb", ignore_truncation=False) as file:
            yield str(file.header).encode(), 0
            batch: list[str] = []
            for record in file:
                batch.append(str(record))
                if len(batch) == BATCH:
                    yield "".join(batch).encode(), 0
                    batch.clear()
            yield "".join(batch).encode(), 0
    except (OSError, ValueError, MemoryError):
        what = tr("The BCF file is damaged or cut off.")
        raise refuse(path, what, tr("Copy the file again from its source."), code="vcf.damaged") from None
    finally:
        pysam.set_verbosity(previous)
