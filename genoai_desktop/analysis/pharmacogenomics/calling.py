"""Diplotype, phenotype and status of every gene in every sample."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.analysis.pharmacogenomics.components import (
    call_components,
    if_present,
    missing_positions,
    while_missing,
)
from genoai_desktop.analysis.pharmacogenomics.genotypes import Observed, observe
from genoai_desktop.analysis.pharmacogenomics.matching import (
    Combination,
    Pair,
    combinations,
    exact_pairs,
    exact_single,
    explain,
)
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, GeneCall, MissingPosition, PossibleResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import ANY, UNKNOWN, GeneDefinition, PgxDefinitions, Phenotype
from genoai_desktop.vcf.callable import CallableRegions
from genoai_desktop.vcf.table import VariantTable

States = NDArray[np.int64]
_MOST_ALTERNATIVES = 24


def call_genes(
    table: VariantTable,
    definitions: PgxDefinitions,
    context: Context,
    *,
    samples: Sequence[int],
    sexes: Sequence[Sex] = (),
    assume_reference: bool = False,
    regions: CallableRegions | None = None,
) -> list[tuple[GeneCall, ...]]:
    """Calls of all genes, one tuple (sorted by gene) for each of ``samples`` (indices into the table).

    ``assume_reference``: the laboratory declares that it reports every covered position, so that a
    position without a record is reference; ``regions``: that it does so inside these. ``sexes`` as
    ``samples``; UNKNOWN where not given.

    Raises:
        Cancelled: when the person stopped the job.
    """
    genes = definitions.genes
    context.check()
    context.report(tr("Calling pharmacogenes"), 0.0)
    observed = observe(table, genes, samples, assume_reference, regions)
    columns: list[list[GeneCall]] = [[] for _ in samples]
    for name in context.track(genes, tr("Calling pharmacogenes")):
        gene, seen = genes[name], observed[name]
        known: dict[bytes, GeneCall] = {}
        for column in range(len(samples)):
            sex = sexes[column] if column < len(sexes) else Sex.UNKNOWN
            first, second, phase = (
                part[:, column].copy() for part in (seen.first, seen.second, seen.phase)
            )  # fmt: skip
            haploid = _haploid(gene, seen, column, sex)
            key = b"".join((first.tobytes(), second.tobytes(), phase.tobytes(), bytes([haploid])))
            if key not in known or gene.haploid:
                known[key] = call_gene(
                    gene, definitions, first, second, phase, haploid, seen.fraction[:, column], table.build
                )  # fmt: skip
            columns[column].append(known[key])
    return [tuple(calls) for calls in columns]


def _haploid(gene: GeneDefinition, seen: Observed, column: int, sex: Sex) -> bool:
    if gene.haploid:
        return True
    if not gene.x_linked:
        return False
    return sex is Sex.MALE or (sex is not Sex.FEMALE and bool(seen.haploid[:, column].any()))


def call_gene(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    first: States,
    second: States,
    phase: States,
    haploid: bool,
    fraction: NDArray[np.float64] | None = None,
    build: Build = Build.GRCH38,
) -> GeneCall:
    """The call of one gene from the states of its sites (0 = not seen)."""
    notes: list[str] = []
    if haploid:
        first = _collapse(gene, first, second, fraction, notes)
        second = first
    counted = np.ones(len(gene.sites), dtype=bool)
    counted[list(gene.ignored)] = False
    tested = int(((first != 0) & (second != 0) & counted).sum())
    first, second = (np.where(states == 0, ANY, states) for states in (first, second))
    if gene.structural:
        notes.append(
            tr("Copy number was not assessed: deletions, duplications and hybrids would not be seen.")
        )
    if not tested:
        missing = _missing(gene, first, second, range(len(gene.alleles)), build)
        return _not_covered(gene, missing, notes)
    if gene.method == "component":
        return call_components(gene, definitions, first, second, phase, tested, notes, build)
    pairs = exact_single(gene, first) if haploid else exact_pairs(gene, first, second, phase)
    if not pairs:
        return _call_combination(gene, definitions, (first, second, phase), haploid, tested, notes, build)
    return _call_exact(gene, definitions, pairs, (first, second), tested, notes, build)


def _collapse(
    gene: GeneDefinition,
    first: States,
    second: States,
    fraction: NDArray[np.float64] | None,
    notes: list[str],
) -> States:
    """One haplotype. A mixed mitochondrial site counts as variant, and a note says how mixed."""
    states = np.where(first == 0, second, first)
    mixed = np.flatnonzero((first != second) & (first != 0) & (second != 0))
    for site in mixed:
        variant = second[site] if first[site] & gene.masks[gene.reference, site] else first[site]
        states[site] = variant if gene.haploid else 0
        name = gene.sites[site].name
        if not gene.haploid:
            notes.append(tr("{name}: two alleles in a person with one copy; not used.", name=name))
        elif fraction is not None and np.isfinite(fraction[site]):
            share = f"{fraction[site]:.0%}"
            notes.append(
                tr("{name}: heteroplasmic, {share} of reads carry the variant.", name=name, share=share)
            )
        else:
            notes.append(tr("{name}: heteroplasmic; the share of reads is not given.", name=name))
    return states


def _not_covered(gene: GeneDefinition, missing: tuple[MissingPosition, ...], notes: list[str]) -> GeneCall:
    return GeneCall(gene.name, "", (), UNKNOWN.name, "", CallStatus.NOT_COVERED, 0, missing, tuple(notes))


def diplotype_text(gene: GeneDefinition, pair: Pair) -> str:
    """``*1/*4`` in the order of the definition table, or one allele for a haploid call."""
    names = [gene.alleles[pair.first]]
    if pair.second >= 0:
        names.append(gene.alleles[pair.second])
    return "/".join(names)


def _phenotype(gene: GeneDefinition, definitions: PgxDefinitions, pair: Pair) -> Phenotype:
    second = gene.alleles[pair.second] if pair.second >= 0 else None
    return definitions.phenotype(gene.name, gene.alleles[pair.first], second)


def _call_exact(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    pairs: list[Pair],
    states: tuple[States, States],
    tested: int,
    notes: list[str],
    build: Build,
) -> GeneCall:
    named: dict[str, Pair] = {}
    for pair in pairs:
        named.setdefault(diplotype_text(gene, pair), pair)
    texts = list(named)
    best = named[texts[0]]
    phenotype = _phenotype(gene, definitions, best)
    possible = _possible(gene, definitions, named, states)
    others = {_phenotype(gene, definitions, named[text]).name for text in texts[1:]}
    if hidden := _hidden_deletion(gene, best):
        texts.insert(1, hidden)
        deleted = definitions.phenotype(gene.name, gene.alleles[best.first], gene.deletion)
        others.add(deleted.name)
        changed = deleted.name != phenotype.name
        possible += (PossibleResult(hidden, deleted.name, deleted.activity, (), changed),)
        notes.append(tr("One copy may be missing: a deletion looks like two equal copies here."))
    involved = sorted({i for pair in pairs for i in (pair.first, pair.second) if i >= 0})
    missing = _missing(gene, *states, involved, build)
    status = _status(len(texts), any(m.alleles for m in missing))
    others -= {phenotype.name}
    if others:
        listed = "; ".join(sorted(others))
        notes.append(tr("The alternatives would mean: {phenotypes}.", phenotypes=listed))
        if status is CallStatus.INDETERMINATE:
            notes.append(tr("The diplotype shown would mean {phenotype}.", phenotype=phenotype.name))
            phenotype = UNKNOWN
    if len(texts) - 1 > _MOST_ALTERNATIVES:
        more = len(texts) - 1 - _MOST_ALTERNATIVES
        notes.append(tr("{count} further diplotypes could not be excluded.", count=more))
    return GeneCall(
        gene.name, texts[0], tuple(texts[1 : _MOST_ALTERNATIVES + 1]), phenotype.name, phenotype.activity,
        status, tested, missing, tuple(notes), possible,
    )  # fmt: skip


def _possible(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    named: Mapping[str, Pair],
    states: tuple[States, States],
) -> tuple[PossibleResult, ...]:
    """The best ranked diplotype of each other result, and the unseen sites that it would need."""
    first, *rest = named
    shown = _phenotype(gene, definitions, named[first])
    unseen = (states[0] == ANY) | (states[1] == ANY)
    found: dict[Phenotype, PossibleResult] = {}
    for text in rest:
        pair = named[text]
        result = _phenotype(gene, definitions, pair)
        if result in found:
            continue
        rows = [pair.first] if pair.second < 0 else [pair.first, pair.second]
        away = ((gene.masks[rows] & gene.masks[gene.baseline]) == 0).any(axis=0) & unseen
        sites = tuple(gene.sites[site].name for site in np.flatnonzero(away))
        changed = result.name != shown.name
        found[result] = PossibleResult(text, result.name, result.activity, sites, changed)
    return tuple(sorted(found.values(), key=lambda one: not one.changes_phenotype))


def _hidden_deletion(gene: GeneDefinition, pair: Pair) -> str:
    """The diplotype with a whole-gene deletion that two equal alleles may hide; empty when there is none."""
    if not gene.deletion or pair.first != pair.second:
        return ""
    return f"{gene.alleles[pair.first]}/{gene.deletion}"


def _status(count: int, open_alleles: bool) -> CallStatus:
    if count == 1:
        return CallStatus.CALLED
    return CallStatus.INDETERMINATE if open_alleles else CallStatus.AMBIGUOUS


def _missing(
    gene: GeneDefinition, first: States, second: States, involved: Sequence[int] | range, build: Build
) -> tuple[MissingPosition, ...]:
    """Unseen sites, and the alleles consistent with the rest that need another state there."""
    rows = np.asarray(list(involved), dtype=np.intp)
    found = []
    for site in np.flatnonzero((first == ANY) | (second == ANY)):
        if int(site) in gene.ignored:
            continue
        away = (gene.masks[rows, site] & gene.masks[gene.baseline, site]) == 0
        names = tuple(dict.fromkeys(gene.alleles[row] for row in rows[away]))
        place = gene.sites[site]
        found.append(MissingPosition(place.name, place.positions[build], names))
    return tuple(found)


def combination_text(gene: GeneDefinition, combination: Combination) -> str:
    """``*4``, or ``[*4 + *17]`` where one haplotype carries the variants of several alleles."""
    names = [gene.alleles[index] for index in combination.alleles]
    return names[0] if len(names) == 1 else "[" + " + ".join(names) + "]"


def _call_combination(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    states: tuple[States, States, States],
    haploid: bool,
    tested: int,
    notes: list[str],
    build: Build,
) -> GeneCall:
    """No named pair explains everything: the closest, with what is left over said."""
    first, second, phase = states
    if haploid:
        options: list[tuple[Combination, ...]] = [(explain(gene, first),)]
    else:
        options = [tuple(pair) for pair in combinations(gene, first, second, phase)]
    missing = missing_positions(gene, first, second, build)
    status = CallStatus.INDETERMINATE if any(one.alleles for one in missing) else CallStatus.AMBIGUOUS
    if not options:
        notes.append(tr("Too many unphased positions for the combinations of alleles to be tried."))
        return GeneCall(gene.name, "", (), UNKNOWN.name, "", status, tested, missing, tuple(notes))
    texts = list(dict.fromkeys("/".join(combination_text(gene, c) for c in option) for option in options))
    best = options[0]
    for combination in best:
        if combination.leftover:
            name = combination_text(gene, combination)
            sites = ", ".join(gene.sites[site].name for site in combination.leftover)
            notes.append(tr("The {name} haplotype also carries {sites}, which no allele with it has.",
                            name=name, sites=sites))  # fmt: skip
    single = all(len(c.alleles) == 1 for c in best)
    if not single:
        notes.append(
            tr("One haplotype carries the variants of several alleles; CPIC assigns it no function.")
        )
    phenotype = UNKNOWN
    possible: tuple[PossibleResult, ...] = ()
    if single:
        names = [gene.alleles[c.alleles[0]] for c in best]
        shown = definitions.phenotype(gene.name, names[0], names[1] if len(names) > 1 else None)
        phenotype, possible = _while_open(gene, definitions, names, missing, shown, notes)
    return GeneCall(
        gene.name, texts[0], tuple(texts[1 : _MOST_ALTERNATIVES + 1]), phenotype.name, phenotype.activity,
        status, tested, missing, tuple(notes), possible,
    )  # fmt: skip


def _while_open(
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    names: list[str],
    missing: tuple[MissingPosition, ...],
    shown: Phenotype,
    notes: list[str],
) -> tuple[Phenotype, tuple[PossibleResult, ...]]:
    """The result of the closest alleles, unless an allele that was not excluded would change it."""
    if not any(one.alleles for one in missing):
        return shown, ()
    if len(names) == 1:  # one copy: any other allele would take its place
        return UNKNOWN, ()
    possible = tuple(
        replace(one, changes_phenotype=one.phenotype != shown.name)
        for one in if_present(gene, definitions, names, missing)
    )
    return while_missing(gene, definitions, names, missing, shown, notes), possible
