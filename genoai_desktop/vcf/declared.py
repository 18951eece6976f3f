"""What the header of a VCF declares (VCF 4.0 to 4.5, section 1)."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Declaration:
    """Number and Type of one INFO or FORMAT key, and its description (VEP's CSQ keeps its fields there)."""

    number: str
    type: str
    description: str = ""


@dataclass(slots=True)
class Header:
    """What the header says. ``lines`` is its number of lines."""

    version: tuple[int, int] = (4, 2)
    samples: tuple[str, ...] = ()
    has_format: bool = False
    lines: int = 0
    text: str = ""
    contigs: dict[str, int | None] = field(default_factory=dict)
    assemblies: dict[str, str] = field(default_factory=dict)
    info: dict[str, Declaration] = field(default_factory=dict)
    format: dict[str, Declaration] = field(default_factory=dict)
    filters: set[str] = field(default_factory=set)
    alts: set[str] = field(default_factory=set)
    other: dict[str, list[str]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Number of columns of a record."""
        return 8 + (1 + len(self.samples) if self.has_format else 0)
