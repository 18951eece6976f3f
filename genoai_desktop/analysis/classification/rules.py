"""Thresholds of the criteria, read from ``resources`` (each with its source), never written in code."""

from dataclasses import dataclass

from genoai_desktop.domain.provenance import Citation
from genoai_desktop.knowledge import Bundle


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds by name and the citation of each."""

    values: dict[str, float]
    sources: dict[str, Citation]

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def source(self, name: str) -> Citation:
        """Where a threshold comes from."""
        return self.sources[name]


def read_rules(bundle: Bundle) -> Rules:
    """The bundled table ``acmg_rules``.

    Raises:
        KnowledgeError: the table is missing or damaged.
    """
    table = bundle.table("acmg_rules")
    release = bundle.tables["acmg_rules"].release
    return Rules(
        dict(zip(table["name"], table["value"], strict=True)),
        {
            name: Citation(source, reference, release)
            for name, source, reference in table.select("name", "source", "reference").iter_rows()
        },
    )
