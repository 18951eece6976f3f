"""Scores whose positions were published on the other build alone."""

from dataclasses import replace

import numpy as np

from genoai_desktop.analysis.risk.score import Score, Site, complement
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge


def lifted(score: Score, build: Build, knowledge: Knowledge) -> Score:
    """The score with positions on ``build``; sites that do not lift are counted as unplaced."""
    if score.build is None or not score.sites:
        return score
    chroms = np.array([site.chrom for site in score.sites], dtype=np.uint8)
    positions = np.array([site.pos for site in score.sites], dtype=np.int64)
    new_chroms, new_positions, reversed_strand = knowledge.liftover.lift(chroms, positions, score.build)
    sites: list[Site] = []
    for site, chrom, pos, turned in zip(score.sites, new_chroms, new_positions, reversed_strand, strict=True):
        if chrom and (not turned or (len(site.effect) == 1 and len(site.other) == 1)):
            moved = replace(site, chrom=int(chrom), pos=int(pos), ref="")
            sites.append(complement(moved) if turned else moved)
    note = tr("positions lifted from {old} to {new}", old=score.build, new=build)
    lost = len(score.sites) - len(sites)
    return replace(
        score, build=build, sites=tuple(sites), unplaced=score.unplaced + lost, notes=(*score.notes, note)
    )
