"""Search over HPO labels and synonyms, fast enough for every keystroke."""

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process

SHORT = 3
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class TermMatch:
    """One hit: the term, its label, and the label or synonym that matched."""

    id: str
    name: str
    matched: str
    score: float


class TermSearch:
    """An index over (text, term index, rank of the kind of text: 0 label, 1 synonym, 2 loose synonym)."""

    def __init__(self, rows: list[tuple[str, int, int]], ids: list[str], names: list[str]) -> None:
        self._rows, self._ids, self._names = rows, ids, names
        self._lower = [text.lower() for text, _, _ in rows]
        # arrays: as sets they took 35 MB
        self._by_prefix: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for position, text in enumerate(self._lower):
            for start in {w[:n] for w in WORD.findall(text) for n in range(1, min(len(w), 4) + 1)}:
                self._by_prefix[start].append(position)
        self._by_id = {one: index for index, one in enumerate(ids)}

    def vocabulary(self) -> list[tuple[str, str]]:
        """(lower-case text, identifier) of every row."""
        return [(text, self._ids[row[1]]) for text, row in zip(self._lower, self._rows, strict=True)]

    def find(self, text: str, limit: int) -> list[TermMatch]:
        """Best first: whole text, prefix, every word a prefix, then near spellings."""
        wanted = " ".join(WORD.findall(text.lower()))
        if not wanted:
            return []
        direct = text.strip().upper()
        if direct in self._by_id:
            name = self._names[self._by_id[direct]]
            return [TermMatch(direct, name, name, 100.0)]
        scored = self._by_words(wanted)
        if len(scored) < limit and len(wanted) >= 4:
            for position, score in self._fuzzy(wanted, limit):
                scored.setdefault(position, score)
        return self._best(scored, limit)

    def _by_words(self, wanted: str) -> dict[int, float]:
        if len(wanted) < SHORT:
            return self._whole(wanted)
        words = wanted.split()
        sets = [self._with(word[:4]) for word in words]
        common = set.intersection(*sorted(sets, key=len))
        found = {}
        for position in common:
            text = self._lower[position]
            parts = WORD.findall(text)
            if all(any(part.startswith(word) for part in parts) for word in words):
                flat = " ".join(parts)
                base = 99.0 if flat == wanted else 92.0 if flat.startswith(wanted) else 84.0
                found[position] = base - min(len(flat) - len(wanted), 60) * 0.2 - self._rows[position][2]
        return found

    def _with(self, start: str) -> set[int]:
        """Texts with a word that begins with these letters, four at most."""
        return set(self._by_prefix.get(start, ()))

    def _whole(self, wanted: str) -> dict[int, float]:
        """One or two letters: only texts that begin with them, the shortest first."""
        starts = (p for p in self._with(wanted) if self._lower[p].startswith(wanted))
        return {p: 92.0 - min(len(self._lower[p]), 60) * 0.2 - self._rows[p][2] for p in starts}

    def _fuzzy(self, wanted: str, limit: int) -> list[tuple[int, float]]:
        pool = sorted(set().union(*(self._by_prefix.get(word[:1], ()) for word in wanted.split())))
        texts = {position: self._lower[position] for position in pool}
        hits = process.extract(wanted, texts, scorer=fuzz.ratio, limit=limit * 2, score_cutoff=70)
        return [(int(position), score * 0.8 - self._rows[position][2]) for _, score, position in hits]

    def _best(self, scored: dict[int, float], limit: int) -> list[TermMatch]:
        kept: dict[int, tuple[float, int]] = {}
        for position, score in scored.items():
            term = self._rows[position][1]
            if term not in kept or score > kept[term][0]:
                kept[term] = (score, position)
        ordered = sorted(kept.items(), key=lambda item: (-item[1][0], self._names[item[0]]))
        return [
            TermMatch(self._ids[term], self._names[term], self._rows[position][0], score)
            for term, (score, position) in ordered[:limit]
        ]
