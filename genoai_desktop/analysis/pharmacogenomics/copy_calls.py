"""A diplotype with the copies that read depth shows: ``*5`` for a lost copy, ``x2`` for a further one.

A short-variant file shows neither. Where the copies are known they lead; where they contradict the variants,
or a hybrid is seen, the call says so and is not certain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from genoai_desktop.analysis.pharmacogenomics.genotypes import Observed
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, CopyNumber, GeneCall, PossibleResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx import OTHER, UNKNOWN, GeneDefinition, PgxDefinitions, Phenotype

Dosage = Mapping[str, int]
_READS_A_SITE, _MOST_READS = 20, 60
"""How many reads one heterozygous site is taken to stand for, and all sites of a haplotype together."""
_CLEAR = 20.0
"""Likelihood ratio from which the reads say which allele is there more than once."""


def apply_copies(
    call: GeneCall,
    copies: CopyNumber,
    gene: GeneDefinition,
    definitions: PgxDefinitions,
    seen: Observed | None = None,
    build: Build = Build.GRCH38,
) -> GeneCall:
    """The call as the number of copies makes it.

    ``seen``: what the file of variants (on ``build``) shows of this one sample, for the share of reads.
    """
    call = replace(call, copy_number=copies)
    if copies.copies is None:
        note = tr("Copies of {gene} cannot be judged from the reads: {reason}.",
                  gene=call.gene, reason=copies.reason)  # fmt: skip
        status = call.status
        if copies.hybrid and status is CallStatus.CALLED:
            status = CallStatus.AMBIGUOUS
        return replace(call, status=status, notes=(*call.notes, note, *copies.notes))
    notes = (*_other_notes(call), _depth_note(copies), *copies.notes)
    call = replace(call, notes=notes)
    if copies.hybrid:
        return _with_hybrid(call, copies)
    if copies.copies == 0:
        return _result(call, [{gene.deletion: 2}], definitions, CallStatus.CALLED)
    if call.status in (CallStatus.NOT_COVERED, CallStatus.INDETERMINATE) or "/" not in call.diplotype:
        return call
    pairs = [_pair(text) for text in (call.diplotype, *call.alternatives) if gene.deletion not in text]
    if any("[" in name for pair in pairs for name in pair):
        return call
    if copies.copies == 1:
        return _one_copy(call, pairs, gene, definitions)
    options = [option for pair in pairs for option in _spread(pair, copies.copies)]
    if copies.copies > 2 and len(pairs) == 1 and seen is not None:
        options = _by_reads(options, pairs[0], gene, seen, build) or options
    status = CallStatus.CALLED if len(options) == 1 else CallStatus.AMBIGUOUS
    return _result(call, options, definitions, status)


def _other_notes(call: GeneCall) -> list[str]:
    """Without those that the copies answer."""
    answered = {
        tr("Copy number was not assessed: deletions, duplications and hybrids would not be seen."),
        tr("One copy may be missing: a deletion looks like two equal copies here."),
    }
    return [n for n in call.notes if n not in answered and not n.startswith(_would_mean())]


def _would_mean() -> str:
    return tr("The alternatives would mean: {phenotypes}.", phenotypes="").rstrip(" .")


def _depth_note(copies: CopyNumber) -> str:
    if copies.estimate is None:
        return tr(
            "{count} copies as stated ({source}). Hybrids with the pseudogene were not assessed.",
            count=copies.copies, source=copies.method,
        )  # fmt: skip
    return tr(
        "{count} whole copies by read depth ({value}, 95 % interval {low} to {high}; {method}).",
        count=copies.copies, value=f"{copies.estimate or 0:.2f}", low=f"{copies.low or 0:.2f}",
        high=f"{copies.high or 0:.2f}", method=copies.method,
    )  # fmt: skip


def _with_hybrid(call: GeneCall, copies: CopyNumber) -> GeneCall:
    """Hybrids have no function. Two whole copies keep their result, marked; otherwise it is open."""
    note = tr("{hybrid}. Hybrids with the pseudogene have no function; the variants seen may lie on one.",
              hybrid=copies.hybrid)  # fmt: skip
    if copies.copies == 2 and call.status in (CallStatus.CALLED, CallStatus.AMBIGUOUS):
        return replace(call, status=CallStatus.AMBIGUOUS, notes=(*call.notes, note))
    return replace(
        call, phenotype=UNKNOWN.name, activity_score="", status=CallStatus.INDETERMINATE,
        notes=(*call.notes, note),
    )  # fmt: skip


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition("/")
    return first, second


def _one_copy(
    call: GeneCall, pairs: Sequence[tuple[str, str]], gene: GeneDefinition, definitions: PgxDefinitions
) -> GeneCall:
    """Two different alleles cannot lie on one copy: then the reads and the variants contradict each other."""
    single = list(dict.fromkeys(first for first, second in pairs if first == second))
    if not single:
        note = tr("One copy by read depth, but two different alleles by the variants: check the sample.")
        return replace(
            call, phenotype=UNKNOWN.name, activity_score="", status=CallStatus.INDETERMINATE,
            notes=(*call.notes, note),
        )  # fmt: skip
    options: list[Dosage] = [{name: 1, gene.deletion: 1} for name in single]
    status = CallStatus.CALLED if len(options) == 1 else CallStatus.AMBIGUOUS
    return _result(call, options, definitions, status)


def _spread(pair: tuple[str, str], copies: int) -> list[Dosage]:
    """Every way in which so many copies carry two alleles on two strands."""
    first, second = pair
    if first == second:
        return [{first: copies}]
    return [{first: copies - more, second: more} for more in range(1, copies)]


def _by_reads(
    options: Sequence[Dosage], pair: tuple[str, str], gene: GeneDefinition, seen: Observed, build: Build
) -> list[Dosage]:
    """The option that the share of reads at heterozygous sites favours clearly; empty when none does."""
    shares = _shares(pair, gene, seen, build)
    if not shares or pair[0] == pair[1]:
        return []
    count = min(_READS_A_SITE * len(shares), _MOST_READS)
    hits = float(np.mean(shares)) * count
    logs = []
    for option in options:
        expected = option[pair[1]] / sum(option.values())
        logs.append(hits * np.log(expected) + (count - hits) * np.log(1 - expected))
    order = np.argsort(logs)[::-1]
    if len(order) > 1 and logs[order[0]] - logs[order[1]] < np.log(_CLEAR):
        return []
    return [options[int(order[0])]]


def _shares(pair: tuple[str, str], gene: GeneDefinition, seen: Observed, build: Build) -> list[float]:
    """Share of reads with the second allele's state at sites where the two alleles differ."""
    one, two = (gene.masks[gene.alleles.index(name)] for name in pair)
    found = []
    for site in np.flatnonzero((one & two) == 0):
        first, second, share = int(seen.first[site, 0]), int(seen.second[site, 0]), seen.fraction[site, 0]
        if first == second or OTHER in (first, second) or not np.isfinite(share):
            continue
        place = gene.sites[site]
        reference = place.bit(place.references[build])
        if (first == reference) == (second == reference):
            continue
        second_is_variant = not int(two[site]) & reference
        found.append(float(share) if second_is_variant else 1 - float(share))
    return found


def _name(allele: str, count: int) -> str:
    return allele if count == 1 else f"{allele}x{count}"


def _text(option: Dosage) -> str:
    """``*1x2/*4``; equal alleles are split so that one strand has one copy."""
    if len(option) == 1:
        ((allele, count),) = option.items()
        return f"{allele}/{_name(allele, count - 1)}"
    return "/".join(_name(allele, count) for allele, count in option.items())


def copies_phenotype(gene: str, option: Dosage, definitions: PgxDefinitions) -> Phenotype:
    """CPIC's result for alleles in several copies: by its table, else by the summed activity."""
    strands = _text(option).split("/")
    known = definitions.phenotype(gene, *strands)
    if known != UNKNOWN:
        return known
    values = [definitions.activity(gene, allele) for allele in option]
    if any(value is None for value in values):
        return UNKNOWN
    score = sum((value or 0.0) * count for value, count in zip(values, option.values(), strict=True))
    table = definitions.activity_phenotypes(gene)
    below = max((value for value in table if value <= score), default=None)
    if below is None:
        return UNKNOWN
    return Phenotype(table[below], f"{score:g}" if score % 1 else f"{score:.1f}")


def _result(
    call: GeneCall, options: Sequence[Dosage], definitions: PgxDefinitions, status: CallStatus
) -> GeneCall:
    results = [copies_phenotype(call.gene, option, definitions) for option in options]
    texts = [_text(option) for option in options]
    shown, notes = results[0], list(call.notes)
    names = {result.name for result in results}
    if len(options) > 1 and len(names) > 1:
        notes.append(tr("Which allele is there more than once is not known; possible results: {phenotypes}.",
                        phenotypes="; ".join(sorted(names))))  # fmt: skip
        shown = UNKNOWN
    possible = tuple(
        PossibleResult(text, result.name, result.activity, (), result.name != results[0].name)
        for text, result in zip(texts[1:], results[1:], strict=True)
    )
    return replace(
        call, diplotype=texts[0], alternatives=tuple(texts[1:]), phenotype=shown.name,
        activity_score=shown.activity if len({r.activity for r in results}) == 1 else "", status=status,
        notes=tuple(notes), possible=possible,
    )  # fmt: skip
