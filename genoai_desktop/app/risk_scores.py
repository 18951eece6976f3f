"""``risk prs``: one polygenic score for every sample of a file."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from genoai_desktop.analysis.risk.lifting import lifted
from genoai_desktop.analysis.risk.score import Loss, Score, Site, SiteRecord, Tally, from_block, z_score
from genoai_desktop.app.risk_genotypes import Place, VcfHead, read_head, read_sites
from genoai_desktop.app.risk_scorefiles import bundled_score, read_score
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import PolygenicScore
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

FEWEST_MATCHED = 0.8
"""Share of the sites below which no z-score is given: the reference describes the whole score."""


@dataclass(frozen=True, slots=True)
class ScoredSample:
    """One row of the output. Sums are over the matched sites, in the score file's units."""

    sample: str
    allele_count: float
    dosage_sum: float
    score: PolygenicScore


def score_file(
    vcf: Path,
    score: Path,
    knowledge: Knowledge,
    context: Context,
    *,
    build: Build | None = None,
    absent_is_reference: bool = False,
) -> tuple[ScoredSample, ...]:
    """Score every sample of ``vcf``.

    The build is ``build``, or what the header says; a score on the other build is lifted. Sites that
    the file does not have count their expected copies where the score file gives a frequency, else
    nothing; with ``absent_is_reference`` they count as reference (sites-complete laboratory files).

    Raises:
        UserError: either file is refused, or no site of the score is in the file.
        Cancelled: the person stopped the job.
    """
    head = read_head(vcf)

    def on(chosen: Build) -> Score:
        wanted = read_score(score, chosen)
        elsewhere = wanted.build is not None and wanted.build is not chosen
        if wanted.unplaced == wanted.total:  # no positions on this build
            wanted, elsewhere = read_score(score, chosen.other), True
        return lifted(wanted, chosen, knowledge) if elsewhere else wanted

    return _on_a_build(vcf, head, build, on, context, absent_is_reference)


def score_bundled(
    vcf: Path,
    name: str,
    knowledge: Knowledge,
    context: Context,
    *,
    build: Build | None = None,
    population: str = "all",
    absent_is_reference: bool = False,
) -> tuple[ScoredSample, ...]:
    """Score every sample with one of the bundled scores.

    Raises:
        UserError: the VCF is refused, or no site of the score is in the file.
        Cancelled: the person stopped the job.
    """

    def on(chosen: Build) -> Score:
        wanted = bundled_score(name, knowledge.risk, chosen, population)
        if wanted.unplaced == wanted.total:  # the score was published on the other build alone
            wanted = lifted(bundled_score(name, knowledge.risk, chosen.other, population), chosen, knowledge)
        return wanted

    return _on_a_build(vcf, read_head(vcf), build, on, context, absent_is_reference)


def _on_a_build(
    vcf: Path,
    head: VcfHead,
    build: Build | None,
    wanted_on: Callable[[Build], Score],
    context: Context,
    absent_is_reference: bool,
) -> tuple[ScoredSample, ...]:
    """On the stated build; where nothing states it, on the build on which more sites match (and say so)."""
    stated = build or head.build
    scores = [wanted_on(chosen) for chosen in ((stated,) if stated else tuple(Build))]
    if len(scores) == 2 and scores[0].sites == scores[1].sites:
        scores = scores[:1]
    count = len(head.samples)
    tallies = [tally_sites(vcf, s, count, context, absent_is_reference=absent_is_reference) for s in scores]
    best = max(range(len(scores)), key=lambda i: tallies[i].matched)
    wanted, tally = scores[best], tallies[best]
    if len(scores) == 2:
        note = tr("the file does not state its build; more sites match on {build}", build=wanted.build)
        wanted = replace(wanted, notes=(*wanted.notes, note))
    if not tally.matched:
        raise UserError(
            tr("None of the {total} sites of the score could be matched in the file.", total=wanted.total),
            where=vcf.name,
            remedy=tr("Check that both are on the same build; name it with --build."),
            code="score.no-match",
        )
    return summarise(head.samples, wanted, tally)


def tally_sites(
    vcf: Path, score: Score, samples: int, context: Context, *, absent_is_reference: bool = False
) -> Tally:
    """Add up every site of the score over the file."""
    tally = Tally(samples)
    by_place: dict[Place, list[Site]] = {}
    for site in score.sites:
        by_place.setdefault((site.chrom, site.pos), []).append(site)
    pending = dict(by_place)
    for use_index in (True, False):
        for place, records in read_sites(vcf, by_place, samples, context, use_index=use_index):
            for site in _distinct(pending.pop(place, []), tally):
                _add(tally, site, records)
        if len(pending) < len(by_place):
            break  # an index of another file gives nothing, without an error: then read the file itself
    for sites in pending.values():
        for site in _distinct(sites, tally):
            tally.lose(site, Loss.ABSENT, absent_is_reference=absent_is_reference)
    if score.unplaced:
        tally.losses[Loss.NO_POSITION] += score.unplaced
    return tally


def _add(tally: Tally, site: Site, records: list[SiteRecord]) -> None:
    """Count a site; where only a reference block covers it, as the reference that the block stands for."""
    stated = [record for record in records if record.ref]
    if stated:
        tally.add(site, stated)
        return
    meant = from_block(site, records[0].copies[0])
    if meant is None:
        tally.lose(site, Loss.UNKNOWN_REFERENCE)
    else:
        tally.add(site, [meant])


def _distinct(sites: list[Site], tally: Tally) -> list[Site]:
    """Sites of one place, an allele listed twice counted once."""
    kept: dict[tuple[str, str], Site] = {}
    for site in sites:
        if kept.setdefault((site.effect, site.other), site) is not site:
            tally.losses[Loss.DUPLICATE] += 1
    return list(kept.values())


def summarise(samples: tuple[str, ...], score: Score, tally: Tally) -> tuple[ScoredSample, ...]:
    """One row per sample; z and percentile only against a named reference and with enough sites."""
    enough = tally.matched >= FEWEST_MATCHED * score.total
    common = [*score.notes, *_losses(tally)]
    if score.reference is None:
        common.append(tr("no reference distribution for this score: no z-score"))
    elif not enough:
        common.append(tr("too few sites matched for a z-score"))
    rows = []
    for i, sample in enumerate(samples):
        raw = float(tally.score_sum[i])
        z = z_score(raw, score.reference) if score.reference and enough else None
        notes = list(common)
        if tally.uncalled[i]:
            notes.append(tr("{count} sites not called", count=int(tally.uncalled[i])))
        result = PolygenicScore(
            name=score.name,
            score_sum=raw,
            matched=tally.matched,
            total=score.total,
            z=z,
            percentile=50 * math.erfc(-z / math.sqrt(2)) if z is not None else None,
            reference=score.reference.label if score.reference else "",
            notes=tuple(notes),
        )
        rows.append(ScoredSample(sample, float(tally.allele_count[i]), float(tally.dosage_sum[i]), result))
    return tuple(rows)


def _losses(tally: Tally) -> list[str]:
    notes = [tr(reason.value) + f": {count}" for reason, count in sorted(tally.losses.items())]
    if tally.imputed:
        notes.append(tr("expected copies used for {count} sites", count=tally.imputed))
    if tally.flipped:
        notes.append(tr("strand flipped: {count}", count=tally.flipped))
    if tally.palindromic:
        notes.append(tr("palindromic, taken as written: {count}", count=tally.palindromic))
    return notes
