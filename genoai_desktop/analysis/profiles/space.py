"""The space of profiles: observed terms with their ancestors, weighted by information, on a few axes."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from genoai_desktop.knowledge.derived import kept_with_tables
from genoai_desktop.knowledge.knowledge import Knowledge

Floats = npt.NDArray[np.float64]


def number_of(term: str) -> int:
    """HP:0001250 -> 1250; -1 for anything else."""
    digits = term.removeprefix("HP:")
    return int(digits) if digits.isdigit() else -1


class Space:
    """Places of profiles; unit vectors, so that their product is the cosine."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._profiles = knowledge.profiles
        self._phenotypes = knowledge.phenotypes
        self._closures: dict[int, npt.NDArray[np.int64]] = {}

    @cached_property
    def published(self) -> Floats:
        """Published cases by dimensions, in the order of the table."""
        lists = self._profiles.cases["terms"].to_list()
        return np.array([self._vector(self._rows_of(terms)) for terms in lists])

    def place(self, terms: Iterable[str]) -> Floats | None:
        """The profile of HPO identifiers; None where none of them means anything here."""
        rows = self._rows_of(number_of(term) for term in terms)
        return self._vector(rows) if len(rows) else None

    def known(self, terms: Iterable[int]) -> frozenset[int]:
        """The closure of HPO numbers over the ontology, as rows of the axes."""
        return frozenset(self._rows_of(terms).tolist())

    def _rows_of(self, terms: Iterable[int]) -> npt.NDArray[np.int64]:
        parts = [self._closure(number) for number in terms]
        return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)

    def _closure(self, number: int) -> npt.NDArray[np.int64]:
        if number not in self._closures:
            index = self._phenotypes.index(f"HP:{number:07d}") if number >= 0 else None
            columns, numbers = self._profiles.columns, self._phenotypes.numbers
            above = () if index is None else self._phenotypes.ancestors[index]
            rows = [columns[int(numbers[i])] for i in above if int(numbers[i]) in columns]
            self._closures[number] = np.array(rows, dtype=np.int64)
        return self._closures[number]

    def _vector(self, rows: npt.NDArray[np.int64]) -> Floats:
        place: Floats = self._profiles.information[rows] @ self._profiles.axes[rows]
        length = float(np.linalg.norm(place))
        return place / length if length > 0 else place


@kept_with_tables()
def space_of(knowledge: Knowledge) -> Space:
    """The space of this knowledge, made once."""
    return Space(knowledge)
