"""A case among others like it: neighbours, groups, and whether anything like it was ever seen."""

from dataclasses import dataclass

from genoai_desktop.domain.provenance import Version


@dataclass(frozen=True, slots=True)
class ClinicCase:
    """Another case of this clinic. ``id`` is how the clinic names it; ``genes``: with a causal variant."""

    id: str
    terms: tuple[str, ...]
    diagnosis: str = ""
    diagnosis_id: str = ""
    genes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One case like this one. ``similarity``: cosine, at most 1. ``shared``: terms in common (names)."""

    source: str
    """``published`` or ``clinic``."""
    label: str
    """``PMID 12345`` or the clinic's own id."""
    diagnosis: str
    diagnosis_id: str
    gene: str
    similarity: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    """A group of profiles (unsupervised) with its typical features and how near the case is (cosine)."""

    number: int
    cases: int
    features: tuple[str, ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class ProfileResult:
    """Neighbours most alike first. ``x y`` are the first two axes of the space; points for a picture.

    ``percentile``: of 100 published cases with as many features, how many have a less similar nearest
    neighbour in another publication. ``unlike``: below 5; None where the case has no features to compare.
    """

    neighbours: tuple[Neighbour, ...]
    groups: tuple[ProfileGroup, ...]
    percentile: float | None
    unlike: bool | None
    place: tuple[float, float] | None
    points: tuple[tuple[float, float, int], ...]
    """(x, y, group) of at most 400 published cases."""
    versions: tuple[Version, ...]
    notes: tuple[str, ...] = ()
