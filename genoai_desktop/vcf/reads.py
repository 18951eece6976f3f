"""Whether a file holds aligned reads, before anything is said from it."""

import gzip
import zlib
from pathlib import Path

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.text import tr

_BAM, _CRAM = b"BAM\x01", b"CRAM"
"""First bytes, BAM's after unpacking (SAM v1, section 4.2; CRAM v3, section 6)."""


def require_reads(path: Path) -> Path:
    """The path, of a BAM or CRAM file or of one that is not there: that is said beside its results.

    Raises:
        UserError: it is another kind of file, or cannot be read.
    """
    try:
        with path.open("rb") as handle:
            begin = handle.read(4)
        if begin[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                begin = packed.read(4)
    except FileNotFoundError:
        return path
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(path, tr("The file of reads cannot be read.")) from error
    if begin not in (_BAM, _CRAM):
        raise _refused(path, tr("The file of reads is neither BAM nor CRAM."))
    return path


def _refused(path: Path, text: str) -> UserError:
    return UserError(
        text,
        where=file_where(path),
        remedy=tr("Give the patient's aligned reads as BAM or CRAM with an index."),
        code="reads.kind",
    )
