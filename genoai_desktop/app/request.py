"""What a person asks for when opening a case, and what an opened case holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from genoai_desktop.domain.case import Case, Consent, Medicine, Sex
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.ledger import Ledger
from genoai_desktop.domain.result import CaseResult

if TYPE_CHECKING:  # the tables' libraries cost the window half a second of its start
    from genoai_desktop.analysis.annotation.annotated import Annotated
    from genoai_desktop.analysis.rare_disease import InHouse, Memory
    from genoai_desktop.vcf.table import VariantTable


def _memory() -> Memory:
    from genoai_desktop.analysis.rare_disease import Memory

    return Memory()


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """One case as a counselor or the command line describes it.

    ``observed`` and ``excluded`` are HPO identifiers; ``sample`` is the proband's column, the only
    or first affected one when None. ``build`` overrides what the file says.
    """

    vcf: Path
    sample: str | None = None
    ped: Path | None = None
    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    phenopacket: Path | None = None
    sex: Sex | None = None
    age: float | None = None
    reads: Path | None = None
    reference: Path | None = None
    callable_regions: Path | None = None
    consent: Consent | None = None
    build: Build | None = None
    medicines: tuple[Medicine, ...] = ()
    name: str = ""
    indication: str = ""
    reports_every_covered_position: bool = False
    synthetic: bool = False
    more: tuple[Path, ...] = ()
    """Further files of the same case: structural variants, repeats."""
    partner: Path | None = None
    """Couple mode: the partner's own file, on the same build, with the consent that the partner gave."""
    partner_sample: str | None = None
    partner_sex: Sex | None = None
    partner_consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in memory: what was asked, the variants, and the results. Nothing of it is on disk.

    ``table`` and ``annotated`` hold what consent lets a person see (rows held back are blank);
    ``whole`` is for analysing again alone and must not be shown; neither must ``partner``.
    """

    request: CaseRequest
    case: Case
    table: VariantTable
    annotated: Annotated
    result: CaseResult
    whole: Annotated
    partner: Annotated | None = None
    """The partner's annotated file in couple mode, for analysing again."""
    memory: Memory = field(default_factory=_memory, compare=False, repr=False)
    """What re-ranking need not compute again; goes with the case."""
    earlier: InHouse | None = None
    """What the clinic's earlier cases carried, as it was when the case was opened."""
    ledger: Ledger = field(default_factory=Ledger, repr=False)
    """What the case store keeps to hold later knowledge against; empty where nobody collected it."""
