"""From a table to superpopulation probabilities, shares and coordinates."""

from typing import Final

import numpy as np

from genoai_desktop.analysis.ancestry import admixture
from genoai_desktop.analysis.ancestry.genotypes import PanelGenotypes, panel_genotypes, weights
from genoai_desktop.analysis.ancestry.projection import Populations, project
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.risk import AncestryEstimate
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS, AncestryPanel
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.vcf.table import VariantTable

MINIMUM_SITES: Final = 200
"""Sum of weights below which nothing is said."""
MINIMUM_SHARE: Final = 0.3
"""Share of sites looked at below which silence is not read as reference, and nothing is said."""
FAR: Final = 60.0
"""Squared distance (8 components) beyond which a sample is unlike every population of the panel."""
ROUNDS: Final = 4


def estimate(
    table: VariantTable, sample_index: int, knowledge: Knowledge, context: Context
) -> AncestryEstimate:
    """Superpopulation probabilities of one sample (0-based column).

    ``sites_used`` counts panel sites whose genotype the file states. Silent sites of a file that lists
    differences only take part with a weight (see ``genotypes``), and the note says how many.
    """
    context.report(tr("Estimating ancestry"), None)
    context.check()
    panel = knowledge.ancestry
    genotypes = panel_genotypes(table, sample_index, panel)
    seen = int(genotypes.seen.sum())
    share_of, weight, looked = _fit(genotypes, panel)
    context.check()
    effective = float(weight[panel.loadings.any(axis=1)].sum())
    if effective < MINIMUM_SITES or looked < MINIMUM_SHARE:
        return AncestryEstimate((), seen, panel.size, note=_too_few(seen, looked))
    place = project(genotypes.dosage, weight, panel)
    populations = Populations(panel)
    probability = populations.probabilities(populations.log_likelihoods(place.coordinates, place.covariance))
    far = populations.distance(place.coordinates, place.covariance) > FAR
    error = admixture.standard_errors(weight, panel.frequencies, share_of)
    return AncestryEstimate(
        proportions=tuple(
            (name, round(float(p), 6)) for name, p in zip(SUPERPOPULATIONS, probability, strict=True)
        ),
        sites_used=seen,
        sites_total=panel.size,
        coordinates=tuple(round(float(c), 5) for c in place.coordinates),
        note=_note(genotypes, weight, looked, far),
        admixture=tuple(
            (name, round(float(s), 4), round(float(e), 4))
            for name, s, e in zip(SUPERPOPULATIONS, share_of, error, strict=True)
        ),
    )


def _fit(genotypes: PanelGenotypes, panel: AncestryPanel) -> tuple[admixture.Floats, admixture.Floats, float]:
    """Shares, site weights and the share looked at, each refined by the others."""
    weight, looked = weights(genotypes, panel.frequency)
    share = np.full(len(SUPERPOPULATIONS), 1 / len(SUPERPOPULATIONS))
    if not weight.any():
        return share, weight, 0.0
    for _ in range(1 if genotypes.stated else ROUNDS):
        share = admixture.shares(genotypes.dosage, weight, panel.frequencies)
        weight, looked = weights(genotypes, panel.frequencies @ share)
    return share, weight, looked


def _too_few(seen: int, looked: float) -> str:
    if looked < MINIMUM_SHARE and seen >= MINIMUM_SITES:
        return tr("The file covers too small a part of the reference sites for its silence to be read.")
    return tr("Too few of the reference sites are in the file to say anything about ancestry.")


def _note(genotypes: PanelGenotypes, weight: admixture.Floats, looked: float, far: bool) -> str:
    notes = []
    if genotypes.stated:
        notes.append(tr("The file states its reference calls; sites without a call were left out."))
    elif genotypes.silent.any():
        notes.append(
            tr(
                "The file lists differences only. {count} reference sites without a record, near others that "
                "have one, were read as reference in part (about {share} % of sites there were looked at).",
                count=int(weight[genotypes.silent].sum()),
                share=round(looked * 100),
            )
        )
    if far:
        notes.append(tr("This genome is unlike every population of the reference panel: take care."))
    return " ".join(notes)
