"""Repeat calls (ExpansionHunter, GangSTR, TRGT, ...) against known normal and pathogenic lengths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import later, tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.repeats import RepeatLocus, RepeatStatus, same_unit
from genoai_desktop.vcf.table import VariantTable

PATHOGENIC, PREMUTATION, MIXED, INTERMEDIATE = 5.0, 2.5, 0.0, -0.5
"""Log odds of a repeat of pathogenic length (as a well-reviewed pathogenic ClinVar entry), of an
intermediate one in a disease that premutations cause, of a long one whose motif decides, and of an
intermediate one elsewhere."""
_WORDS: Final = {
    RepeatStatus.NORMAL: later("normal"),
    RepeatStatus.INTERMEDIATE: later("intermediate"),
    RepeatStatus.PATHOGENIC: later("pathogenic"),
}


@dataclass(frozen=True, slots=True)
class RepeatCall:
    """One locus as called in the family. ``sizes[i]``: units of each allele of sample ``i``, empty when
    the caller gave none; ``row``: the row that stands for the locus."""

    locus: RepeatLocus
    row: int
    sizes: tuple[tuple[int, ...], ...]

    def longest(self, sample: int) -> int | None:
        """Units of the longest allele of a sample."""
        return max(self.sizes[sample], default=None)

    def status(self, sample: int) -> RepeatStatus | None:
        """Where the longest allele of a sample lies; None when no length was given."""
        longest = self.longest(sample)
        return None if longest is None else self.locus.status(longest)

    def copies(self, sample: int, disease: bool = True) -> tuple[int, int] | None:
        """How many alleles of a sample are as long as the proband's class of interest, of how many."""
        sizes = self.sizes[sample]
        least = (
            (RepeatStatus.PATHOGENIC,) if disease else (RepeatStatus.PATHOGENIC, RepeatStatus.INTERMEDIATE)
        )
        return (sum(self.locus.status(size) in least for size in sizes), len(sizes)) if sizes else None


@dataclass(frozen=True)
class RepeatCalls:
    """Every repeat locus of the file that the catalogue knows."""

    calls: tuple[RepeatCall, ...]
    other_rows: frozenset[int]
    """Rows of repeat records that do not stand for a locus (further alleles, loci without disease)."""

    @cached_property
    def by_row(self) -> dict[int, RepeatCall]:
        """Calls by the row that stands for them."""
        return {call.row: call for call in self.calls}


def repeat_calls(table: VariantTable, knowledge: Knowledge, sample: int) -> RepeatCalls:
    """The repeat calls of a table; ``sample`` (0-based) is the proband, whose record stands for a locus."""
    if "repeat_id" not in table.structural.columns or not table.structural.height:
        return RepeatCalls((), frozenset())
    loci: dict[str, tuple[RepeatLocus, list[dict[str, Any]]]] = {}
    others: set[int] = set()
    for record in _records(table):
        locus = knowledge.repeats.find(
            table.build, record["chrom"], record["pos"], record["end"],
            record["repeat_unit"] or "", record["repeat_id"] or "",
        )  # fmt: skip
        others.add(record["row"])
        if locus is not None and locus.diseases:
            loci.setdefault(locus.locus, (locus, []))[1].append(record)
    calls = []
    for locus, records in loci.values():
        sizes = tuple(
            next((found for record in records if (found := _sizes(record, i, locus))), ())
            for i in range(len(table.samples))
        )
        # The record in which the proband was called stands for the locus, with its longest allele.
        best = max(records, key=lambda record: (len(_sizes(record, sample, locus)), _alt_units(record)))
        calls.append(RepeatCall(locus, best["row"], sizes))
    return RepeatCalls(tuple(calls), frozenset(others - {call.row for call in calls}))


def _records(table: VariantTable) -> Iterator[dict[str, Any]]:
    frame = table.structural
    repeats = frame.filter(frame["repeat_id"].is_not_null() | frame["repeat_unit"].is_not_null())
    sites = table.frame.select("chrom", "pos", "end", "alt")[repeats["row"].to_list()]
    for record, site in zip(repeats.iter_rows(named=True), sites.iter_rows(named=True), strict=True):
        if site["chrom"]:
            yield {**record, **site, "end": max(site["pos"], site["end"] or 0)}


def _sizes(record: dict[str, Any], sample: int, locus: RepeatLocus) -> tuple[int, ...]:
    """``10/45``, ``10,45``, ``29`` or, with several motifs, ``10_3,45_3``."""
    text = record.get(f"repeat_count_{sample}") or ""
    units = (record["repeat_unit"] or "").split(",")
    place = next((i for i, unit in enumerate(units) if same_unit(unit, locus.unit)), 0)
    found = []
    for part in re.split(r"[/|,]", text):
        counts = part.split("_")
        chosen = counts[place] if place < len(counts) else counts[0]
        if re.fullmatch(r"\d+(\.\d+)?", chosen):
            found.append(int(float(chosen)))
    return tuple(found)


def _alt_units(record: dict[str, Any]) -> int:
    match = re.search(r"<STR(\d+)>", record["alt"] or "")
    return int(match[1]) if match else 0


def repeat_evidence(call: RepeatCall, sample: int, disease: str, gene: str) -> tuple[Contribution, ...]:
    """What a repeat's length says for one of the diseases of its locus; nothing for other diseases."""
    status = call.status(sample)
    premutation = disease in call.locus.premutation
    if status is RepeatStatus.PATHOGENIC and call.locus.mixed_motifs:
        value = MIXED
    elif status is RepeatStatus.PATHOGENIC:
        value = PATHOGENIC if not premutation else INTERMEDIATE
    else:
        value = PREMUTATION if premutation else INTERMEDIATE
    return (Contribution("variant", gene, value, describe(call, sample), Citation(call.locus.source)),)


def describe(call: RepeatCall, sample: int) -> str:
    """The lengths of one person in words, with the bounds."""
    locus, status = call.locus, call.status(sample)
    if status is None:
        return tr("Repeat {name} ({unit}): the caller gave no length", name=locus.locus, unit=locus.unit)
    text = tr(
        "Repeat {name} ({unit}): {sizes} units, {word}; normal up to {normal}, pathogenic from {bad}",
        name=locus.locus,
        unit=locus.unit,
        sizes=" / ".join(map(str, sorted(call.sizes[sample]))),
        word=tr(_WORDS[status]),
        normal=locus.normal_max if locus.normal_max is not None else "?",
        bad=locus.pathogenic_min if locus.pathogenic_min is not None else "?",
    )
    if locus.mixed_motifs:
        text += tr("; the caller counts harmless and harmful motifs alike, the sequence decides")
    return text
