"""Gene-specific rules of ClinGen's expert panels, and patients whom UniProt's curators found reported."""

from functools import cached_property

from genoai_desktop.analysis.classification.facts import Panel
from genoai_desktop.knowledge import Bundle

_DISEASE_CLASS = 5
"""UniProt: seen in patients and taken for the cause."""


class Panels:
    """``panels[symbol]`` is the gene's panel, None where no panel has spoken."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def __getitem__(self, gene: str) -> Panel | None:
        return self._panels.get(gene)

    def observed(self, change: tuple[str, int, str, str]) -> str:
        """Disease of the reported patients with this change (gene, residue, old, new); empty if none."""
        return self._observed.get(change, "")

    @cached_property
    def _panels(self) -> dict[str, Panel]:
        regions: dict[str, list[tuple[int, int, int]]] = {}
        for gene, *region in self._bundle.table("acmg_hot_regions").iter_rows():
            regions.setdefault(gene, []).append((region[0], region[1], region[2]))
        return {
            row["gene"]: Panel(
                ba1=row["ba1"],
                bs1=row["bs1"],
                pm2=row["pm2"],
                pm1=row["pm1"],
                pp2=row["pp2"],
                truncating=(row["truncating_from"], row["truncating_to"]) if row["truncating_to"] else None,
                reference=row["reference"],
                hot=tuple(regions.get(row["gene"], ())),
            )
            for row in self._bundle.table("acmg_panels").iter_rows(named=True)
        }

    @cached_property
    def _observed(self) -> dict[tuple[str, int, str, str], str]:
        table = self._bundle.table("uniprot_variants")
        columns = ("gene", "aa_position", "aa_ref", "aa_alt", "class", "conditions")
        return {
            (gene, position, ref, alt): conditions
            for gene, position, ref, alt, kind, conditions in table.select(columns).iter_rows()
            if kind == _DISEASE_CLASS and conditions
        }
