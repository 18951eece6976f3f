"""Genes whose guideline goes by functional variants (DPYD, RYR1).

Each strand is the set of variants it carries; its function is that of its least active variant. Without
phase the two least active variants are taken to lie on different strands, as CPIC advises for DPYD
(Amstutz 2018, doi:10.1002/cpt.911): the cautious reading.
"""

from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.analysis.pharmacogenomics.matching import explain
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, GeneCall, MissingPosition, PossibleResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import ANY, UNKNOWN, GeneDefinition, PgxDefinitions, Phenotype

States = NDArray[np.int64]
_SETTLED = frozenset({"Malignant Hyperthermia Susceptibility", "Poor Metabolizer"})
"""Phenotypes that a further variant cannot make worse."""


def call_components(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    first: States,
    second: States,
    phase: States,
    tested: int,
    notes: list[str],
    build: Build,
) -> GeneCall:
    """The call of a gene by its functional variants."""
    missing = missing_positions(gene, first, second, build)
    heterozygous = (first != second) & (first != ANY) & (second != ANY)
    sets = phase[heterozygous]
    phased = bool(heterozygous.sum() <= 1 or ((sets >= 0).all() and np.unique(sets).size == 1))
    strands = [explain(gene, states) for states in (first, second)]
    for strand in strands:
        for site in strand.leftover:
            notes.append(_leftover_note(gene, gene.sites[site].name))
    if phased:
        sides = [sorted(strand.alleles, key=lambda a: _severity(gene, definitions, a)) for strand in strands]
    else:
        sides = _unphased(gene, definitions, first, second)
        notes.append(tr("Not phased: the two least active variants are taken to lie on different strands."))
    worst = [gene.alleles[side[0]] for side in sides]
    phenotype = definitions.phenotype(gene.name, *worst)
    text = "/".join(_text(gene, side) for side in sorted(sides))
    status, shown, possible = CallStatus.CALLED, phenotype, if_present(gene, definitions, worst, missing)
    if any(position.alleles for position in missing):
        status = CallStatus.INDETERMINATE
        phenotype = while_missing(gene, definitions, worst, missing, phenotype, notes)
    elif not phased or any(strand.leftover for strand in strands):
        status = CallStatus.AMBIGUOUS
    return GeneCall(
        gene.name, text, (), phenotype.name, phenotype.activity, status, tested, missing, tuple(notes),
        tuple(replace(one, changes_phenotype=one.phenotype != shown.name) for one in possible),
    )  # fmt: skip


def if_present(
    gene: GeneDefinition, definitions: PgxDefinitions, worst: list[str], missing: tuple[MissingPosition, ...]
) -> tuple[PossibleResult, ...]:
    """One entry for each result that an unseen variant would give on the strand that is more active now."""
    kept = min(worst, key=lambda name: _severity(gene, definitions, gene.alleles.index(name)))
    found: dict[tuple[str, str], PossibleResult] = {}
    for position in missing:
        for name in position.alleles:
            result = definitions.phenotype(gene.name, kept, name)
            known = found.get((result.name, result.activity))
            if known is None:
                diplotype = f"{kept}/{name}"
                known = PossibleResult(diplotype, result.name, result.activity, ())
            places = tuple(dict.fromkeys((*known.positions, position.name)))
            found[result.name, result.activity] = replace(known, positions=places)
    return tuple(found.values())


def while_missing(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    worst: list[str],
    missing: tuple[MissingPosition, ...],
    phenotype: Phenotype,
    notes: list[str],
) -> Phenotype:
    """Indeterminate when an allele that was not excluded would change the phenotype."""
    possible = {
        definitions.phenotype(gene.name, kept, name).name
        for position in missing
        for name in position.alleles
        for kept in worst
    }
    others = possible - {phenotype.name}
    if not others or phenotype.name in _SETTLED:
        return phenotype
    listed = "; ".join(sorted(others))
    notes.append(tr("The variants seen would mean {phenotype}; those not excluded: {others}.",
                    phenotype=phenotype.name, others=listed))  # fmt: skip
    return UNKNOWN


def _leftover_note(gene: GeneDefinition, name: str) -> str:
    return tr(
        "{name} was seen without the other variants of its allele; by itself it does not change {gene}.",
        name=name, gene=gene.name,
    )  # fmt: skip


def _text(gene: GeneDefinition, side: list[int]) -> str:
    names = [gene.alleles[index] for index in sorted(side)]
    return names[0] if len(names) == 1 else "[" + " + ".join(names) + "]"


def _severity(gene: GeneDefinition, definitions: PgxDefinitions, allele: int) -> tuple[float, int]:
    """Sort key: least active first; without activity values, whatever departs from the reference first."""
    name, reference = gene.alleles[allele], gene.alleles[gene.reference]
    activity = definitions.activity(gene.name, name)
    if activity is not None:
        return activity, allele
    usual = definitions.phenotype(gene.name, reference, reference)
    return float(definitions.phenotype(gene.name, reference, name) == usual), allele


def _unphased(
    gene: GeneDefinition, definitions: PgxDefinitions, first: States, second: States
) -> list[list[int]]:
    """Both copies of homozygous variants, one of each other; dealt out from the least active on."""
    copies: list[int] = []
    common = np.where(first == second, first, gene.masks[gene.reference])
    homozygous = {a for a in explain(gene, common).alleles if a != gene.reference}
    either = np.where((first & gene.masks[gene.reference]) == 0, first, second)
    for allele in explain(gene, either).alleles:
        if allele != gene.reference:
            copies.extend([allele] * (2 if allele in homozygous else 1))
    copies.sort(key=lambda a: _severity(gene, definitions, a))
    sides = [copies[0:1], copies[1:2]]
    rest = [a for a in copies[2:] if a not in homozygous]
    sides = [sides[0], list(chain(sides[1], rest))]
    for allele in homozygous:
        sides = [side if allele in side else [*side, allele] for side in sides]
    return [side or [gene.reference] for side in sides]


def missing_positions(
    gene: GeneDefinition, first: States, second: States, build: Build
) -> tuple[MissingPosition, ...]:
    """Unseen sites with the alleles that need another state there and whose other variants may be present."""
    found = []
    for site in np.flatnonzero((first == ANY) | (second == ANY)):
        if int(site) in gene.ignored:
            continue
        away = np.flatnonzero((gene.masks[:, site] & gene.masks[gene.reference, site]) == 0)
        compatible = [a for a in away if _possible(gene, int(a), first, second)]
        names = tuple(dict.fromkeys(gene.alleles[a] for a in compatible))
        place = gene.sites[site]
        found.append(MissingPosition(place.name, place.positions[build], names))
    return tuple(found)


def _possible(gene: GeneDefinition, allele: int, first: States, second: States) -> bool:
    core = gene.core[allele]
    return bool(((gene.masks[allele, core] & (first[core] | second[core])) != 0).all())
