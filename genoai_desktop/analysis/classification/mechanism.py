"""How a gene causes its disease: by loss of function or not, in one copy or in both."""

from functools import cached_property

import polars as pl

from genoai_desktop.analysis.classification.facts import LossOfFunction
from genoai_desktop.analysis.classification.rules import Rules
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

_CASES_OF_LOSS = 3
"""Other pathogenic frameshifts in ClinVar that establish loss of function as a mechanism."""
_TRUSTED_CURATION = {"definitive", "strong", "confirmed", "probable", "both rd and if"}
_TRUSTED_VALIDITY = {"Definitive", "Strong"}


class Mechanism:
    """Asked by gene symbol."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def loss_of_function(self, gene: str, nulls: int, rules: Rules) -> tuple[LossOfFunction, str]:
        """Whether losing the product is known to cause disease, and why.

        ``nulls``: other pathogenic null variants known. A recessive disease of definitive or strong
        validity with one of them counts as established: it shows when both copies fail.
        """
        genes = self._knowledge.genes
        for record in genes.diseases(gene):
            if record.mechanism == "loss of function" and record.confidence.lower() in _TRUSTED_CURATION:
                text = tr("Gene2Phenotype: loss of function ({d}).", d=record.disease)
                return LossOfFunction.ESTABLISHED, text
        cases = self._frameshifts.get(gene, 0) - 1  # the variant itself may be one of them
        if cases >= _CASES_OF_LOSS:
            text = tr("{count} other frameshifts of the gene are pathogenic in ClinVar.", count=cases)
            return LossOfFunction.ESTABLISHED, text
        for record_ in genes.validity(gene):
            if nulls and record_.inheritance == "AR" and record_.classification in _TRUSTED_VALIDITY:
                text = tr("Recessive ({d}), and other null variants are pathogenic.", d=record_.disease)
                return LossOfFunction.ESTABLISHED, text
        return self._likely(gene, rules)

    def _likely(self, gene: str, rules: Rules) -> tuple[LossOfFunction, str]:
        constraint = self._knowledge.genes.constraint(gene)
        if constraint and constraint.loeuf is not None and constraint.loeuf < rules["lof_loeuf_below"]:
            return LossOfFunction.LIKELY, tr(
                "The gene tolerates few null variants (LOEUF {v}).", v=f"{constraint.loeuf:.2f}"
            )
        if constraint and (constraint.phaplo or 0) >= rules["lof_phaplo_from"]:
            return LossOfFunction.LIKELY, tr(
                "Predicted haploinsufficient (pHaplo {v}).", v=f"{constraint.phaplo:.2f}"
            )
        return LossOfFunction.UNKNOWN, ""

    def recessive(self, gene: str) -> bool | None:
        """Whether the gene's diseases are all recessive; None where nothing is known."""
        modes = self._inheritance.get(gene, set())
        return modes == {"AR"} if modes else None

    @cached_property
    def _frameshifts(self) -> dict[str, int]:
        """Pathogenic length changes out of frame per gene, two review stars or more."""
        table = self._knowledge.bundle.table("clinvar")
        shift = (
            pl.col("ref").str.len_bytes().cast(pl.Int32) - pl.col("alt").str.len_bytes().cast(pl.Int32)
        ) % 3
        counted = table.filter(shift != 0).group_by("gene").len()
        return dict(zip(counted["gene"], counted["len"], strict=True))

    @cached_property
    def _inheritance(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        table = self._knowledge.bundle.table("gene_inheritance")
        for gene, mode in table.select("gene", "inheritance").iter_rows():
            found.setdefault(gene, set()).add(mode)
        return found
