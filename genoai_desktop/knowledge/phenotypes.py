"""HPO, diseases and their annotations: the reader of the phenotype tables.

Terms and diseases are counted by dense indices inside (rows of the sorted tables), and named by
HPO / OMIM / ORPHA identifiers outside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.acyclic import spare_collector
from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.condition_names import named
from genoai_desktop.knowledge.phenotypes_matrix import TEXT_SOURCE, Matrix, build_matrix, patched
from genoai_desktop.knowledge.phenotypes_search import TermMatch, TermSearch
from genoai_desktop.knowledge.phenotypes_stored import fits, stored_ancestors, stored_matrix

TABLES = ("hpo_terms", "hpo_synonyms", "diseases", "disease_terms", "disease_references", "disease_genes")
ROOT = 1
PHENOTYPIC_ABNORMALITY = 118
NEWER_SOURCE = 2
POORLY_KNOWN = 5
"""Terms named in descriptions stand in only for diseases with fewer other annotations than this."""


@dataclass(frozen=True, slots=True)
class Term:
    """One HPO term with its neighbours and the words people use for it."""

    id: str
    name: str
    parents: tuple[str, ...]
    children: tuple[str, ...]
    synonyms: tuple[str, ...]
    lay_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disease:
    """One disease, whatever databases call it. ``prevalence`` is a fraction of people (class middle)."""

    index: int
    id: str
    name: str
    mondo: str
    others: tuple[str, ...]
    inheritance: tuple[str, ...]
    onset: tuple[str, ...]
    prevalence: float | None
    genes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """One published statement that a disease shows (or never shows) a term."""

    term: str
    excluded: bool
    seen: int | None
    examined: int | None
    frequency_class: int
    reference: str
    source: str


def hpo_id(number: int) -> str:
    """1250 -> HP:0001250."""
    return f"HP:{number:07d}"


class Phenotypes:
    """Look-ups over HPO and the diseases. Everything heavy is made at its first use.

    Raises:
        KnowledgeError: a table is missing or damaged.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @property
    def versions(self) -> tuple[Version, ...]:
        """Versions of all phenotype tables."""
        return self._bundle.versions(*TABLES)

    # ---- terms -------------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> npt.NDArray[np.int32]:
        """HPO number of every term, ascending; the position is the term's index."""
        return self._bundle.table("hpo_terms")["id"].to_numpy()

    @cached_property
    def names(self) -> list[str]:
        """Label of every term, by index."""
        return self._bundle.table("hpo_terms")["name"].to_list()

    @cached_property
    def _index(self) -> dict[int, int]:
        found = {int(number): index for index, number in enumerate(self.numbers)}
        for index, others in enumerate(self._bundle.table("hpo_terms")["alternatives"].to_list()):
            for other in others:
                found.setdefault(other, index)
        return found

    @cached_property
    def parent_indices(self) -> tuple[tuple[int, ...], ...]:
        """Parents of every term, by index."""
        lists = self._bundle.table("hpo_terms")["parents"].to_list()
        return spare_collector(tuple(tuple(self._index[number] for number in numbers) for numbers in lists))

    @cached_property
    def child_indices(self) -> tuple[tuple[int, ...], ...]:
        """Children of every term, by index."""
        found: list[list[int]] = [[] for _ in self.numbers]
        for index, parents in enumerate(self.parent_indices):
            for parent in parents:
                found[parent].append(index)
        return spare_collector(tuple(map(tuple, found)))

    def index(self, term: str) -> int | None:
        """Index of a term by its current or an older identifier; None when unknown."""
        digits = term.removeprefix("HP:")
        return self._index.get(int(digits)) if digits.isdigit() else None

    def resolve(self, term: str) -> str | None:
        """The current identifier of a term; None when HPO has none."""
        index = self.index(term)
        return None if index is None else hpo_id(int(self.numbers[index]))

    def label(self, term: str) -> str:
        """The term's name; the identifier itself when it is unknown."""
        index = self.index(term)
        return term if index is None else self.names[index]

    def term(self, term: str) -> Term | None:
        """A term with parents, children and synonyms; None when unknown."""
        index = self.index(term)
        if index is None:
            return None
        words = self._synonyms.get(int(self.numbers[index]), ())
        return Term(
            hpo_id(int(self.numbers[index])),
            self.names[index],
            tuple(hpo_id(int(self.numbers[p])) for p in self.parent_indices[index]),
            tuple(hpo_id(int(self.numbers[c])) for c in self.child_indices[index]),
            tuple(text for text, kind in words if kind != 1),
            tuple(text for text, kind in words if kind == 1),
        )

    @cached_property
    def _synonyms(self) -> dict[int, tuple[tuple[str, int], ...]]:
        found: dict[int, list[tuple[str, int]]] = {}
        for number, text, kind in self._bundle.table("hpo_synonyms").iter_rows():
            found.setdefault(number, []).append((text, kind))
        return spare_collector({number: tuple(words) for number, words in found.items()})

    @cached_property
    def ancestors(self) -> list[npt.NDArray[np.int32]]:
        """Indices of every term's ancestors, itself included, the root left out; sorted."""
        return stored_ancestors(self._bundle, len(self.numbers)) if self._stored else self.derived_ancestors()

    @cached_property
    def _stored(self) -> bool:
        return fits(self._bundle)

    def derived_ancestors(self) -> list[npt.NDArray[np.int32]]:
        """:attr:`ancestors` from the parents of every term."""
        found: dict[int, frozenset[int]] = {}
        for start in range(len(self.numbers)):
            stack = [start]
            while stack:
                one = stack[-1]
                missing = [p for p in self.parent_indices[one] if p not in found]
                if missing:
                    stack.extend(missing)
                    continue
                found[one] = frozenset({one}.union(*(found[p] for p in self.parent_indices[one])))
                stack.pop()
        root = {self._index[ROOT]}
        return [np.array(sorted(found[i] - root), dtype=np.int32) for i in range(len(self.numbers))]

    @cached_property
    def is_abnormality(self) -> npt.NDArray[np.bool_]:
        """Whether a term is a phenotypic abnormality (not inheritance, onset or course)."""
        top = self._index[PHENOTYPIC_ABNORMALITY]
        pairs = self.ancestor_table.filter(pl.col("ancestor") == top)
        flags = np.zeros(len(self.numbers), dtype=bool)
        flags[pairs["term"].to_numpy()] = True
        return flags

    @cached_property
    def _search(self) -> TermSearch:
        rows = [(name, index, 0) for index, name in enumerate(self.names)]
        for number, text, kind in self._bundle.table("hpo_synonyms").iter_rows():
            rows.append((text, self._index[number], 1 + (kind == 2)))
        usable = [row for row in rows if self.is_abnormality[row[1]]]
        return TermSearch(usable, [hpo_id(int(n)) for n in self.numbers], self.names)

    def search(self, text: str, limit: int = 20) -> list[TermMatch]:
        """Terms whose label or synonym fits what was typed: prefix, words in any order, then misspelt."""
        return self._search.find(text, limit)

    @cached_property
    def vocabulary(self) -> list[tuple[str, str]]:
        """(words, identifier) of every label and synonym of phenotypic abnormalities, for free text."""
        return self._search.vocabulary()

    # ---- diseases ----------------------------------------------------------------------------

    @cached_property
    def disease_table(self) -> pl.DataFrame:
        """Columns id, name, mondo, others, inheritance, onset, prevalence and variants (its share of its
        genes' disease-causing variants in ClinVar); row = disease index."""
        return self._bundle.table("diseases")

    @cached_property
    def gene_table(self) -> pl.DataFrame:
        """Columns disease (index), gene (HGNC symbol), kind (0 causal, 1 susceptibility)."""
        return self._bundle.table("disease_genes").select("disease", "gene", "kind")

    @cached_property
    def gene_shares(self) -> npt.NDArray[np.float32]:
        """By row of :attr:`gene_table`: the gene's share of the disease-causing variants in ClinVar of all
        genes of the disease (one added to each gene), a rough chance that it is the cause."""
        return self._bundle.table("disease_genes")["share"].to_numpy()

    @cached_property
    def genes(self) -> list[str]:
        """Every gene of a disease, sorted."""
        return sorted(set(self.gene_table["gene"].to_list()))

    @cached_property
    def gene_diseases(self) -> dict[str, list[int]]:
        """Disease indices by gene symbol."""
        found: dict[str, list[int]] = {}
        for disease, gene, _ in self.gene_table.iter_rows():
            found.setdefault(gene, []).append(disease)
        return found

    @cached_property
    def x_dominant_genes(self) -> frozenset[str]:
        """Genes of an X-linked condition that women with one changed copy can have."""
        dominant = [index for index, modes in enumerate(self.disease_table["inheritance"]) if "XD" in modes]
        return frozenset(gene for index in dominant for gene in self._disease_genes.get(index, ()))

    @cached_property
    def _disease_genes(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for disease, gene, _ in self.gene_table.iter_rows():
            found.setdefault(disease, []).append(gene)
        return found

    @cached_property
    def _disease_index(self) -> dict[str, int]:
        frame = self.disease_table
        found = {}
        for index, (one, others) in enumerate(
            zip(frame["id"].to_list(), frame["others"].to_list(), strict=True)
        ):
            for name in (one, *others):
                found[name] = index
        for index, mondo in enumerate(frame["mondo"].to_list()):
            found.setdefault(mondo, index)
        return found

    def disease_index(self, identifier: str) -> int | None:
        """Index by OMIM, ORPHA or MONDO identifier; None when unknown."""
        return self._disease_index.get(identifier)

    def disease(self, index: int) -> Disease:
        """The disease of that index."""
        row = self.disease_table.row(index, named=True)
        return Disease(
            index,
            row["id"],
            named(row["name"]),
            row["mondo"],
            tuple(row["others"]),
            tuple(row["inheritance"]),
            tuple(row["onset"]),
            row["prevalence"],
            tuple(self._disease_genes.get(index, ())),
        )

    def annotations(self, disease: int, terms: Iterable[int] | None = None) -> list[Annotation]:
        """Every statement about a disease (index), or only those about the given term indices."""
        start, end = self._annotation_starts[disease], self._annotation_starts[disease + 1]
        rows: Iterable[dict[str, Any]] = self.annotation_table[start:end].iter_rows(named=True)
        if terms is not None:
            wanted = set(terms)
            rows = (row for row in rows if row["term"] in wanted)
        places = self._bundle.table("disease_references")["reference"]
        sources = ("HPOA", "Orphanet", "HPO 2025-11", "terms named in the description")
        return [
            Annotation(
                hpo_id(int(self.numbers[row["term"]])),
                row["excluded"],
                row["seen"] if row["examined"] > 0 else None,
                row["examined"] if row["examined"] > 0 else None,
                row["class"],
                places[row["reference"]] or self.disease_table["id"][disease],
                sources[row["source"]],
            )
            for row in rows
        ]

    @cached_property
    def _annotation_starts(self) -> npt.NDArray[np.int64]:
        diseases = self.annotation_table["disease"].to_numpy()
        return np.searchsorted(diseases, np.arange(self.disease_table.height + 1))

    @cached_property
    def annotation_table(self) -> pl.DataFrame:
        """Annotations in use, with term and disease as indices."""
        return _in_use(self._read_annotations())

    @cached_property
    def _all_annotations(self) -> pl.DataFrame:
        """Kept for the matrices that leave something out: a case asks for none of them."""
        return self._read_annotations()

    def _read_annotations(self) -> pl.DataFrame:
        frame = self._bundle.table("disease_terms", keep=False)
        positions = np.searchsorted(self.numbers, frame["term"].to_numpy()).astype(np.int32)
        return frame.with_columns(pl.Series("term", positions), pl.col("disease").cast(pl.Int32))

    @cached_property
    def ancestor_table(self) -> pl.DataFrame:
        """Pairs (term, ancestor) of indices, sorted by term; a term is its own ancestor."""
        sizes = [len(found) for found in self.ancestors]
        return pl.DataFrame(
            {
                "term": np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
                "ancestor": np.concatenate(self.ancestors),
            }
        )

    @cached_property
    def matrix(self) -> Matrix:
        """How often each disease shows each term, all annotations counted."""
        return stored_matrix(self._bundle, len(self.numbers)) if self._stored else self.derived_matrix()

    def derived_matrix(self) -> Matrix:
        """:attr:`matrix` from the annotations; takes seconds."""
        return self._matrix(self.annotation_table)

    @cached_property
    def _referenced(self) -> Matrix:
        return self._matrix(_in_use(self._all_annotations.filter(pl.col("source") != NEWER_SOURCE)))

    def _matrix(self, annotations: pl.DataFrame) -> Matrix:
        return build_matrix(annotations, self.ancestor_table, len(self.numbers), self.disease_table.height)

    def matrix_without(self, publication: str) -> Matrix:
        """The matrix without annotations known from one publication (``PMID:123``) alone, and without
        those whose reference is not known."""
        places = self._bundle.table("disease_references")["reference"]
        own = (places == publication).arg_true().to_list()
        frame = self._all_annotations.filter(pl.col("source") != NEWER_SOURCE)
        affected = frame.filter(pl.col("reference").is_in(own))["disease"].unique().to_list() if own else []
        if not affected:
            return self._referenced
        rest = frame.filter(pl.col("disease").is_in(affected) & ~pl.col("reference").is_in(own))
        return patched(self._referenced, affected, self._matrix(_in_use(rest)))


def _in_use(annotations: pl.DataFrame) -> pl.DataFrame:
    """Without the terms of descriptions where enough is known otherwise."""
    diseases = annotations["disease"].to_numpy()
    text = annotations["source"].to_numpy() == TEXT_SOURCE
    others = np.bincount(diseases[~text], minlength=int(diseases.max(initial=0)) + 1)
    return annotations.filter(pl.Series(~text | (others[diseases] < POORLY_KNOWN)))
