"""Genes of newer diseases, worked out from HPO's lists of 2025-11, which name terms but no pairs.

A gene's list is the union of the lists of its diseases. So a disease without any known gene belongs to the
gene whose list holds all its terms, several of which no other disease of that gene explains.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import phenotype_sources as raw

LEAST_UNEXPLAINED = 3
"""Of the diseases whose gene is known (each treated as if it were not) 5,686 are given one gene with three
such terms, 5,672 the right one; most others differ by a renamed symbol. With one term: 6,177 of 6,203."""


def derived_genes(
    source: Path, known: Iterable[tuple[str, str]], joined: Mapping[str, str], symbols: Mapping[str, str]
) -> dict[str, str]:
    """Gene by OMIM identifier of diseases for which ``known`` pairs (disease, gene) hold none.

    ``joined`` gives the MONDO identifier of a disease; two names of one disease share their genes.
    Orphanet names the genes of its diseases itself, at a later date.
    """
    folder = source / "hpo" / "hpo3_2025-11-24"
    terms = {
        prefix + row["id"]: frozenset(filter(None, row["hpo_ids"].split(",")))
        for file, prefix in (("omim_diseases", "OMIM:"), ("orpha_diseases", "ORPHA:"))
        for row in raw.rows(folder / f"{file}.tsv.gz")
    }
    of_gene: dict[str, set[str]] = defaultdict(set)
    for row in raw.rows(folder / "genes.tsv.gz"):
        of_gene[symbols.get(row["name"], row["name"])].update(filter(None, row["hpo_ids"].split(",")))
    names: dict[str, set[str]] = defaultdict(set)
    for one in terms:
        names[joined.get(one, one)].add(one)
    explained: dict[str, set[str]] = defaultdict(set)
    settled = set()
    for one, gene in known:
        settled.add(joined.get(one, one))
        for name in names[joined.get(one, one)]:
            explained[gene] |= terms[name]
    open_ones = {
        one: found
        for one, found in terms.items()
        if found and one.startswith("OMIM:") and joined.get(one, one) not in settled
    }
    return _assign(open_ones, {gene: found - explained[gene] for gene, found in of_gene.items()}, of_gene)


def _assign(
    diseases: Mapping[str, frozenset[str]], unexplained: dict[str, set[str]], of_gene: Mapping[str, set[str]]
) -> dict[str, str]:
    """Longest lists first: what a disease explains is no longer evidence for the next one."""
    holders: dict[str, set[str]] = defaultdict(set)
    for gene, found in of_gene.items():
        for term in found:
            holders[term].add(gene)
    genes = {}
    for one, wanted in sorted(diseases.items(), key=lambda item: (-len(item[1]), item[0])):
        rarest = sorted(wanted, key=lambda term: (len(holders[term]), term))
        fitting = set.intersection(*(holders[term] for term in rarest))
        ranked = sorted(((len(wanted & unexplained[gene]), gene) for gene in fitting), reverse=True)
        if not ranked or ranked[0][0] < LEAST_UNEXPLAINED:
            continue
        if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
            continue
        genes[one] = ranked[0][1]
        unexplained[ranked[0][1]] -= wanted
    return genes
