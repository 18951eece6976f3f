"""One gene, one name: the variants' gene symbols against those of the disease tables."""

from functools import lru_cache

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge import Knowledge


@lru_cache(maxsize=2)
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
