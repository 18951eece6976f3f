"""Which tables and models the classification rests on, so that results can name their versions."""

from collections.abc import Iterable
from typing import Final

from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.clinvar import TABLES as CLINVAR_TABLES
from genoai_desktop.knowledge.frequency import TABLES as FREQUENCY_TABLES
from genoai_desktop.knowledge.locations import models
from genoai_desktop.models.missense import MissenseModel

ANNOTATION_TABLES: Final = (
    *("genes", "transcripts", "transcript_models", "proteins", "protein_domains", "mitochondrial_genes"),
    *(*FREQUENCY_TABLES, *CLINVAR_TABLES, "uniprot_variants"),
)
"""What every variant is annotated with."""
MISSENSE_TABLES: Final = (
    *("transcripts", "proteins", "protein_domains", "gene_constraint"),
    *("conservation", "conservation_profiles", "paralog_labels", "protein_labels"),
)
"""What the features of the missense model are made of."""
CRITERIA_TABLES: Final = (
    *(*ANNOTATION_TABLES, *MISSENSE_TABLES),
    *("acmg_rules", "acmg_panels", "acmg_hot_regions", "splice_positions"),
    *("gene2phenotype", "clingen_validity", "gene_inheritance"),
)
"""What the ACMG/AMP criteria are judged with."""


def missense_versions(knowledge: Knowledge) -> tuple[Version, ...]:
    """The tables behind the missense model's word, and the model."""
    return *knowledge.bundle.versions(*MISSENSE_TABLES), *MissenseModel(models()).versions


def criteria_versions(knowledge: Knowledge) -> tuple[Version, ...]:
    """The tables behind the ACMG/AMP criteria, and the missense model.

    Raises:
        KnowledgeError: a table or the list of models is missing.
    """
    return together(knowledge.bundle.versions(*CRITERIA_TABLES), missense_versions(knowledge))


def together(*parts: Iterable[Version]) -> tuple[Version, ...]:
    """All versions, each once, in the order in which they are first named."""
    return tuple(dict.fromkeys(version for part in parts for version in part))
