"""Gene-specific rules of ClinGen's expert panels, and patients whom UniProt's curators found reported."""

from functools import cached_property
from typing import Any

from genoai_desktop.analysis.classification.facts import Panel
from genoai_desktop.knowledge import Bundle

_DISEASE_CLASS = 5
"""UniProt: seen in patients and taken for the cause."""


class Panels:
    """The panels' rules by gene and disease."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def of(self, gene: str, disease: str) -> Panel | None:
        """The gene's panel, None where none has spoken.

        Some rows are for one disease alone: they hold only where ``disease``, in any words, names it.
        """
        rows = self._panels.get(gene, [])
        return next((panel for words, panel in rows if words in disease.lower()), None)

    def observed(self, change: tuple[str, int, str, str]) -> str:
        """Disease of the reported patients with this change (gene, residue, old, new); empty if none."""
        return self._observed.get(change, "")

    @cached_property
    def _panels(self) -> dict[str, list[tuple[str, Panel]]]:
        regions: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        for gene, disease, *region in self._bundle.table("acmg_hot_regions").iter_rows():
            regions.setdefault((gene, disease), []).append((region[0], region[1], region[2]))
        found: dict[str, list[tuple[str, Panel]]] = {}
        for row in self._bundle.table("acmg_panels").iter_rows(named=True):
            hot = tuple(regions.get((row["gene"], row["disease"]), ()))
            found.setdefault(row["gene"], []).append((row["disease"], _panel(row, hot)))
        return found

    @cached_property
    def _observed(self) -> dict[tuple[str, int, str, str], str]:
        table = self._bundle.table("uniprot_variants")
        columns = ("gene", "aa_position", "aa_ref", "aa_alt", "class", "conditions")
        return {
            (gene, position, ref, alt): conditions
            for gene, position, ref, alt, kind, conditions in table.select(columns).iter_rows()
            if kind == _DISEASE_CLASS and conditions
        }


def _panel(row: dict[str, Any], hot: tuple[tuple[int, int, int], ...]) -> Panel:
    return Panel(
        reference=row["reference"],
        ba1=row["ba1"],
        bs1=row["bs1"],
        pm2=row["pm2"],
        unused=frozenset(row["unused"].split()),
        pm2_points=row["pm2_points"],
        pp2=row["pp2"],
        bp1_points=row["bp1_points"],
        bp1_except=_stretches(row["bp1_except"]),
        predictor=row["predictor"],
        truncating=_span(row["truncating_from"], row["truncating_to"]),
        null=_span(row["null_from"], row["null_to"]),
        strong_to=row["strong_to"],
        rest_points=row["rest_points"],
        start_points=row["start_points"],
        hot=hot,
        beside_pm1=tuple(row["beside_pm1"].split()),
        compared=frozenset(row["compared"].split()),
    )


def _span(first: int | None, last: int | None) -> tuple[int, int] | None:
    return None if first is None or last is None else (first, last)


def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    """``2-101 1391-1424`` as pairs."""
    return tuple((int(first), int(last)) for first, _, last in (part.partition("-") for part in text.split()))
