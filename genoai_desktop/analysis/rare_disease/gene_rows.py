"""Candidates for genes rather than diseases: a strong variant whose disease is not described, or another one.

Published cases of the development set (half of the genes, chosen by a hash of the symbol) that are not
explained by a disease the bundle gives for their gene have, in equal numbers, a gene with another
disease and a gene with none (326 and 339 of 3,352). So the chance of an unknown diagnosis is shared by
all genes, half by those of known diseases. The patient's features say nothing of a disease that nobody
described, apart from how they fit the gene's other diseases, which counts in part (``BORROWED``).
"""

import re
from collections import Counter
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.rare_disease.gene_names import disease_genes
from genoai_desktop.analysis.rare_disease.phenotype_score import UNANNOTATED, Floats
from genoai_desktop.analysis.rare_disease.weighing import BestFit
from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables

SHARE: Final = 0.5
"""Of diagnoses that the bundle does not know, how many lie in a gene with another disease."""
OTHER_GENES: Final = 14_000
"""Protein-coding genes without a described disease."""
BORROWED: Final = 0.3
"""Weight of the best fitting disease of the gene; chosen on the same half of the genes (model card)."""
SIXTHS: Final = 6
FAMILY: Final = re.compile(r"[\d-]")
KIN: Final = 5.0
"""Disease genes of a family that count as expected and found beforehand: small families say little."""
Floats64 = npt.NDArray[np.float64]
LEAST: Final = 1.0
"""Log odds of its variants from which a gene without a described disease is worth a row of its own."""


@dataclass(frozen=True, slots=True)
class GeneRow:
    """A gene, its strongest alleles under an unknown mode of inheritance, and what it starts from."""

    gene: str
    base: float
    near: int
    """Disease of the gene that fits best, by index; -1 for a gene without any."""
    fit: BestFit

    @property
    def total(self) -> float:
        """Log odds on the scale of the diseases."""
        return self.base + self.fit.value


def gene_rows(
    fits: dict[str, BestFit], phenotype: Floats, totals: Floats, unknown: float, knowledge: Knowledge
) -> list[GeneRow]:
    """Rows for genes that no described disease explains as well, most probable first.

    ``phenotype``: log odds of each disease before the variants; ``totals``: with them; ``unknown``: of a
    diagnosis that the bundle does not know.
    """
    names, described = disease_genes(knowledge), knowledge.phenotypes.gene_diseases
    mass, prior = _mass(phenotype), _essential(knowledge)
    found = []
    for gene, fit in fits.items():
        diseases = described.get(names.get(gene, ""), [])
        near = max(diseases, key=lambda index: float(phenotype[index]), default=-1)
        if near < 0:
            row = GeneRow(gene, unknown + log((1 - SHARE) / OTHER_GENES) + prior.get(gene, 0.0), near, fit)
        else:
            even = -log(max(len(described), 1))
            own = float(phenotype[near])
            share = max(own - mass, 2 * even) if own > UNANNOTATED else even
            closeness = (1 - BORROWED) * even + BORROWED * share
            row = GeneRow(gene, unknown + log(SHARE) + closeness, near, fit)
        if fit.value >= LEAST and row.total > max(
            (float(totals[index]) for index in diseases), default=-np.inf
        ):
            found.append(row)
    return sorted(found, key=lambda row: (-row.total, row.gene))


@kept_with_tables()
def _essential(knowledge: Knowledge) -> dict[str, float]:
    """Log odds of being a disease gene by what of its loss the population bears (LOEUF, gnomAD v2.1.1): the
    share of genes with a known disease in the gene's sixth, against all genes; 0 where LOEUF is unknown.
    To it comes the gene's family by symbol: of 400 olfactory receptors two cause a disease."""
    frame = knowledge.genes.constraint_frame().drop_nulls("loeuf").sort("loeuf", "gene")
    genes = frame["gene"].to_list()
    described = frame["gene"].is_in(list(disease_genes(knowledge))).to_numpy()
    shares = np.empty(frame.height)
    for part in np.array_split(np.arange(frame.height), SIXTHS):
        shares[part] = described[part].mean()
    overall = float(described.mean())
    names = [_family(gene) for gene in genes]
    family = _families(names, described, shares)
    values = np.log(shares / overall).tolist()
    return {gene: value + family[name] for gene, value, name in zip(genes, values, names, strict=True)}


def _family(gene: str) -> str:
    """``OR`` of OR51F1, ``KRTAP`` of KRTAP4-1, ``HLA`` of HLA-DRB1."""
    return FAMILY.split(gene, maxsplit=1)[0]


def _families(names: list[str], described: npt.NDArray[np.bool_], shares: Floats64) -> dict[str, float]:
    """Log odds by family: its disease genes against those that LOEUF lets one expect."""
    found: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for name, known, share in zip(names, described.tolist(), shares.tolist(), strict=True):
        found[name] += known
        expected[name] += share
    return {name: log((found[name] + KIN) / (many + KIN)) for name, many in expected.items()}


def _mass(phenotype: Floats) -> float:
    highest = float(phenotype.max())
    return highest + float(np.log(np.exp(phenotype - highest).sum()))


def as_candidate(row: GeneRow, place: int, probability: float, knowledge: Knowledge) -> Candidate:
    """The row as a person reads it, marked for what it is."""
    gene = knowledge.genes.find(row.gene)
    if row.near < 0:
        name = tr("No disease of {gene} is described: judged by its variants alone", gene=row.gene)
        text = tr("A diagnosis in a gene without a described disease: rare, and any such gene may be it")
    else:
        other = knowledge.phenotypes.disease(row.near).name
        name = tr("A disease of {gene} that is not described", gene=row.gene)
        text = tr(
            "An undescribed disease of a gene with others is rare; how “{other}” fits counts in part",
            other=other,
        )
    reasons = (Contribution("prior", row.gene, row.base, text), *row.fit.contributions)
    return Candidate(
        rank=place,
        disease_id=f"HGNC:{gene.hgnc}" if gene else row.gene,
        disease_name=name,
        gene=row.gene,
        score=sum(reason.log_odds for reason in reasons),
        probability=probability,
        inheritance=(row.fit.fit.mode,) if row.fit.fit.mode else (),
        contributions=reasons,
        against=(tr("No described disease: the patient's features cannot confirm it"),),
    )
