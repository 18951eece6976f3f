"""Results of another laboratory that a person states: typed HLA, a diplotype, copies of CYP2D6."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """One gene's result from elsewhere; it leads over what the file shows.

    ``sample``: empty when it holds for every sample of a file. ``copies``: whole copies of the gene,
    where the laboratory counted them. ``source``: the laboratory, method or date, as a person wrote it.
    """

    gene: str
    diplotype: str = ""
    phenotype: str = ""
    activity_score: str = ""
    sample: str = ""
    copies: int | None = None
    source: str = ""
