"""Which kind of file a person gave at start, or dropped on the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from genoai_desktop.domain.text import tr

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


@dataclass(frozen=True, slots=True)
class Additions:
    """What goes with a VCF, or to the open case: by name alone, whoever reads it judges the content."""

    variants: tuple[Path, ...]
    families: tuple[Path, ...]
    phenopackets: tuple[Path, ...]

    @property
    def ped(self) -> Path | None:
        """The family file that can be opened together with a VCF."""
        return next((path for path in self.families if path.suffix.lower() == ".ped"), None)


def promise(paths: Sequence[Path], *, opened: bool) -> str:
    """What dropping these files will do. ``opened``: a case is in view that they could be added to."""
    ours = next((path for path in paths if arrival(path) is not None), None)
    beside = additions(paths)
    if beside.variants:
        name, more = beside.variants[0].name, len(paths) - 1
        with_more = tr("Drop to open {name} together with {count} more", name=name, count=more)
        return with_more if more else tr("Drop to open {name} as a case", name=name)
    if ours is not None:
        return {
            Arrival.STORE: tr("Drop to unlock this case store"),
            Arrival.BACKUP: tr("Drop to restore this backup"),
            Arrival.PACK: tr("Drop to look at this update pack"),
        }[arrival(ours) or Arrival.STORE]
    if beside.families or beside.phenopackets:
        if not opened:
            return tr("Goes with a VCF file: drop both together, or open a case first")
        if beside.families:
            return tr("Drop to add the family to the case in view")
        return tr("Drop to add the phenotype to the case in view")
    return tr("This file cannot be opened here")


_FAMILIES = (".ped", ".fam", ".ged", ".gedcom", ".canrisk")


def additions(paths: Sequence[Path]) -> Additions:
    """Further variants, families and phenopackets among the files that came together."""

    def named(*endings: str) -> tuple[Path, ...]:
        return tuple(path for path in paths if path.name.lower().endswith(endings))

    return Additions(named(*VCF_ENDINGS), named(*_FAMILIES), named(".json"))
