"""Terms named in the descriptions of diseases: recognised identifiers alone are kept, never a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import phenotype_sources as raw

from genoai_desktop.analysis.rare_disease.free_text import Status, recognise
from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.phenotypes import Phenotypes

TEXT_SOURCE = 3


def add_text_terms(source: Path, diseases: Any, out: Path) -> None:
    """Annotate diseases from UniProt's and Orphanet's descriptions and from their names.

    ``out`` must hold the finished term tables. The reader uses these where a disease has few other
    annotations (see ``knowledge.phenotypes.POORLY_KNOWN``).
    """
    phenotypes = Phenotypes(Bundle([out]))
    for one, text, place in _texts(source, diseases):
        for found in recognise(text, phenotypes):
            if found.status in (Status.OBSERVED, Status.FAMILY):
                key = (one, raw.number(found.term), False, place, 0, 0, TEXT_SOURCE)
                diseases.annotations.setdefault(key, (-1, -1, 0))


def _texts(source: Path, diseases: Any) -> Iterator[tuple[str, str, str]]:
    entries, _ = raw.uniprot(source)
    for omim, entry in sorted(entries.items()):
        diseases.names.setdefault(omim, entry["disease_name"])
        yield omim, f"{entry['disease_name']}.\n\n{entry.get('description', '')}", f"UniProt:{entry['name']}"
    for row in raw.rows(source / "orphanet" / "disorders.tsv.gz"):
        one = "ORPHA:" + row["orpha"]
        if one in diseases.names:
            yield one, f"{row['label']}.\n\n{row['definition']}", f"{one} definition"
    for omim, mondo in sorted(diseases.mondo.items()):
        if omim.startswith("OMIM:"):
            label = diseases.mondo_label[mondo]
            diseases.names.setdefault(omim, label[:1].upper() + label[1:])
    for one, name in sorted(diseases.names.items()):
        yield one, name, f"{one} name"
