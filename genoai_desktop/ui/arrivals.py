"""Which kind of file a person gave at start, or dropped on the window."""

from enum import Enum
from pathlib import Path

VCF_ENDINGS = (".vcf", ".vcf.gz", ".vcf.bgz", ".bcf", ".gvcf", ".gvcf.gz")
BACKUP_ENDING = ".genoai-backup"
PACK_ENDING = ".genopack"
_STORE_ENDING = ".genoai"


class Arrival(Enum):
    """What opens the file."""

    VARIANTS = "the dialog that opens a case"
    STORE = "the lock screen of the case store"
    BACKUP = "the dialog that restores a backup"
    PACK = "the dialog that installs an update pack"


_KINDS = {
    _STORE_ENDING: Arrival.STORE,
    BACKUP_ENDING: Arrival.BACKUP,
    PACK_ENDING: Arrival.PACK,
    **dict.fromkeys(VCF_ENDINGS, Arrival.VARIANTS),
}


def arrival(path: Path) -> Arrival | None:
    """By the file's name alone, which the operating system registers too; None for any other name."""
    name = path.name.lower()
    return next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), None)
