"""One gene, one name: the variants' gene symbols against those of the disease tables."""

from math import log
from typing import Final

import polars as pl

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables

SUSCEPTIBILITY: Final = 1
"""``kind`` of a row of :attr:`Phenotypes.gene_table`."""
MULTIFACTORIAL: Final = frozenset({"MULTIFACTORIAL", "POLYGENIC", "SPORADIC"})


SHARE_WEIGHT, LEAST_SHARE, RISK_GENE = 0.5, 0.15, -2.0
"""How far the gene's share counts: it comes from ClinVar's well reviewed variants, where new genes are few.
A gene of susceptibility: among 2,621 published cases with a bundled diagnosis none has such a one."""

CONFIRMED: Final = ("confirmed", "probable", "both RD and IF")


@kept_with_tables()
def disease_genes(knowledge: Knowledge) -> dict[str, str]:
    """Symbol of the transcripts -> symbol of the disease tables, for every gene of a disease.

    The two differ where a source writes capitals alone (C9ORF72) or has not followed HGNC's renaming yet.
    """
    known = set(knowledge.genes.models(Build.GRCH38).genes.to_list())
    renamed = knowledge.genes.approved([name for name in knowledge.phenotypes.genes if name not in known])
    found: dict[str, str] = {}
    for name in knowledge.phenotypes.genes:
        symbol = renamed.get(name, name)
        # A gene's own name comes before an older name of another one.
        if symbol == name or symbol not in found:
            found[symbol] = name
    return found


@kept_with_tables()
def gene_weights(knowledge: Knowledge) -> dict[tuple[int, str], float]:
    """Log odds (0 and below) of each gene among those of a disease, by disease (index) and gene (symbol of
    the disease tables): its share of the disease's known variants, and whether it only raises the risk."""
    several = [
        bool(modes) and set(modes) <= MULTIFACTORIAL
        for modes in knowledge.phenotypes.disease_table["inheritance"].to_list()
    ]
    found = {}
    rows = zip(knowledge.phenotypes.gene_table.iter_rows(), knowledge.phenotypes.gene_shares, strict=True)
    for (disease, gene, kind), share in rows:
        risk = RISK_GENE if kind == SUSCEPTIBILITY or several[disease] else 0.0
        found[disease, gene] = max(SHARE_WEIGHT * log(max(float(share), LEAST_SHARE)) + risk, RISK_GENE)
    return found


@kept_with_tables()
def harmed_by_one_loss(knowledge: Knowledge) -> frozenset[str]:
    """Genes of which Gene2Phenotype says that losing one copy causes a disease, well confirmed."""
    frame = knowledge.genes.disease_frame().filter(
        pl.col("requirement").cast(pl.String).str.starts_with("monoallelic")
        & (pl.col("mechanism").cast(pl.String) == "loss of function")
        & pl.col("confidence").cast(pl.String).is_in(CONFIRMED)
    )
    return frozenset(frame["gene"].to_list())
