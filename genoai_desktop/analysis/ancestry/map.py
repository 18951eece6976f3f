"""The ancestry map as plain data: reference people on two components, and the person's place."""

from typing import Final

import numpy as np

from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.risk import AncestryEstimate, AncestryMap
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS, AncestryPanel

MOST_POINTS: Final = 400


def ancestry_map(estimate: AncestryEstimate | None, panel: AncestryPanel) -> AncestryMap:
    """At most 400 people of the panel, the same ones every time, each group by its size."""
    group = panel.people["superpopulation"].to_numpy()
    places = panel.coordinates[:, :2]
    points: list[tuple[float, float, str]] = []
    centers: list[tuple[str, float, float, int]] = []
    for name in SUPERPOPULATIONS:
        members = np.flatnonzero(group == name)
        count = min(len(members), MOST_POINTS * len(members) // len(group))
        chosen = members[np.linspace(0, len(members) - 1, count).round().astype(int)]
        points += [(round(float(x), 3), round(float(y), 3), name) for x, y in places[chosen]]
        middle = places[members].mean(axis=0)
        centers.append((name, round(float(middle[0]), 3), round(float(middle[1]), 3), len(members)))
    person = None
    if estimate is not None and len(estimate.coordinates) >= 2:
        person = (estimate.coordinates[0], estimate.coordinates[1])
    return AncestryMap(
        points=tuple(points),
        centers=tuple(centers),
        person=person,
        axes=(tr("component 1"), tr("component 2")),
        source=Citation("1000 Genomes Project, Nature 526:68", "doi:10.1038/nature15393", "phase 3"),
        note="" if person else tr("No place: too few of the reference sites are in the file."),
    )
