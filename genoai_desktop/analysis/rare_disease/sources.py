"""Which tables and models a ranking rests on."""

from typing import Final

from genoai_desktop.analysis.classification.sources import ANNOTATION_TABLES, missense_versions, together
from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge import Knowledge

_PHENOTYPE: Final = (
    *("hpo_ancestors", "phenotype_carried", "phenotype_direct", "phenotype_counts"),
    *("rare_ranking_weights", "gene_inheritance"),
)
_VARIANTS: Final = ("gene_constraint", "gene_variability", "gene2phenotype", "clingen_validity", "repeats")


def ranking_versions(knowledge: Knowledge, *, variants: bool) -> tuple[Version, ...]:
    """The versions that made a ranking; ``variants``: those of the genome were weighed as well.

    Raises:
        KnowledgeError: a table or the list of models is missing.
    """
    phenotype = together(knowledge.phenotypes.versions, knowledge.bundle.versions(*_PHENOTYPE))
    if not variants:
        return phenotype
    tables = knowledge.bundle.versions(*ANNOTATION_TABLES, *_VARIANTS)
    return together(phenotype, tables, missense_versions(knowledge))
