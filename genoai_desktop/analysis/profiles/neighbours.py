"""Neighbours of a case, the groups it lies near, and whether it is unlike anything seen."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.profiles.space import Floats, Space, number_of, space_of
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.profiles import ClinicCase, Neighbour, ProfileGroup, ProfileResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.knowledge.phenotypes import hpo_id

SHOWN: Final = 15
PER_PUBLICATION: Final = 3
"""Neighbours of one publication and disease that are listed: a cohort would fill the list otherwise."""
GROUPS: Final = 3
SAME_GENE: Final = 0.2
"""Added to the similarity of cases with a causal variant in the same gene."""
UNLIKE: Final = 5.0
BANDS: Final = (4, 10)
"""Few features find a near neighbour more easily: a case is compared with cases of as many."""
MOST_POINTS: Final = 400
SHARED: Final = 5


def neighbours(
    case: Case,
    knowledge: Knowledge,
    clinic_cases: Sequence[ClinicCase],
    context: Context,
    *,
    genes: Sequence[str] = (),
) -> ProfileResult:
    """Compare the proband's observed features (and ``genes`` with a causal variant) with other cases.

    Unsupervised: no diagnosis has any part in the similarity. A case without features has no neighbours.

    Raises:
        Cancelled: the person stopped the job.
    """
    context.report(tr("Comparing with other cases"), None)
    context.check()
    space = space_of(knowledge)
    profiles = knowledge.profiles
    here = space.place(case.observed)
    points = _points(space, knowledge)
    if here is None or not np.any(here):
        note = tr("No observed feature to compare.")
        return ProfileResult((), (), None, None, None, points, profiles.versions, (note,))
    similarity = space.published @ here
    others = [one for one in clinic_cases if one.id != case.id]
    found = _published(case, knowledge, similarity, genes) + _clinic(case, knowledge, here, others, genes)
    found.sort(key=lambda one: (-one.similarity, one.source, one.label))
    best = max(float(similarity.max()), max((_like(space, here, one) for one in others), default=-1.0))
    percentile = _percentile(knowledge, best, len(case.observed))
    return ProfileResult(
        neighbours=tuple(found[:SHOWN]),
        groups=_groups(knowledge, space, here),
        percentile=round(percentile, 1),
        unlike=percentile < UNLIKE,
        place=(round(float(here[0]), 4), round(float(here[1]), 4)),
        points=points,
        versions=profiles.versions,
        notes=_notes(percentile),
    )


def _published(case: Case, knowledge: Knowledge, similarity: Floats, genes: Sequence[str]) -> list[Neighbour]:
    cases = knowledge.profiles.cases
    gene = cases["gene"].to_numpy()
    score = similarity + SAME_GENE * np.isin(gene, list(genes)) if genes else similarity
    found: list[Neighbour] = []
    listed: dict[tuple[int, str], int] = {}
    for row in np.argsort(-score, kind="stable"):
        pmid, _, disease, label, causal, terms, _, _ = cases.row(int(row))
        listed[pmid, disease] = listed.get((pmid, disease), 0) + 1
        if listed[pmid, disease] > PER_PUBLICATION:
            continue
        shared = _shared(knowledge, case.observed, (hpo_id(number) for number in terms))
        name = tr("PMID {number}", number=pmid)
        alike = round(min(float(score[row]), 1.0), 4)
        found.append(Neighbour("published", name, label, disease, causal, alike, shared))
        if len(found) == SHOWN:
            break
    return found


def _clinic(
    case: Case, knowledge: Knowledge, here: Floats, others: Sequence[ClinicCase], genes: Sequence[str]
) -> list[Neighbour]:
    space = space_of(knowledge)
    found = []
    for one in others:
        alike = _like(space, here, one) + (SAME_GENE if set(genes) & set(one.genes) else 0.0)
        if alike > 0:
            shared = _shared(knowledge, case.observed, one.terms)
            gene = one.genes[0] if one.genes else ""
            alike = round(min(alike, 1.0), 4)
            found.append(Neighbour("clinic", one.id, one.diagnosis, one.diagnosis_id, gene, alike, shared))
    return found


def _like(space: Space, here: Floats, one: ClinicCase) -> float:
    place = space.place(one.terms)
    return float(place @ here) if place is not None else 0.0


def _shared(knowledge: Knowledge, mine: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Names of the most informative features both have, up the ontology, none above another."""
    space, profiles, phenotypes = space_of(knowledge), knowledge.profiles, knowledge.phenotypes
    both = space.known(map(number_of, mine)) & space.known(map(number_of, theirs))
    numbers = list(profiles.columns)
    chosen: list[int] = []
    for row in sorted(both, key=lambda row: (-profiles.information[row], row)):
        if not any(row in space.known((numbers[other],)) for other in chosen):
            chosen.append(row)
        if len(chosen) == SHARED:
            break
    return tuple(phenotypes.label(hpo_id(numbers[row])) for row in chosen)


def _band(counts: npt.NDArray[np.int64] | int) -> npt.NDArray[np.int64]:
    return np.digitize(counts, BANDS)


def _percentile(knowledge: Knowledge, best: float, features: int) -> float:
    """Share (percent) of published cases with as many features whose nearest neighbour is less alike."""
    cases = knowledge.profiles.cases
    counts = cases["terms"].list.len().to_numpy().astype(np.int64)
    alike = cases["nearest"].to_numpy()[_band(counts) == _band(features)]
    return float((alike < best).mean() * 100)


def _groups(knowledge: Knowledge, space: Space, here: Floats) -> tuple[ProfileGroup, ...]:
    member = knowledge.profiles.cases["cluster"].to_numpy()
    found = []
    for group in knowledge.profiles.clusters:
        center = space.published[member == group.number].mean(axis=0)
        alike = float(center @ here / max(float(np.linalg.norm(center)), 1e-12))
        names = tuple(knowledge.phenotypes.label(hpo_id(term)) for term in group.terms)
        found.append(ProfileGroup(group.number, group.cases, names, round(alike, 4)))
    return tuple(sorted(found, key=lambda group: (-group.similarity, group.number))[:GROUPS])


def _points(space: Space, knowledge: Knowledge) -> tuple[tuple[float, float, int], ...]:
    member = knowledge.profiles.cases["cluster"].to_list()
    chosen = np.linspace(0, len(member) - 1, min(MOST_POINTS, len(member))).round().astype(int)
    return tuple(
        (round(float(space.published[i, 0]), 3), round(float(space.published[i, 1]), 3), int(member[i]))
        for i in chosen
    )


def _notes(percentile: float) -> tuple[str, ...]:
    notes = [tr("Alike in features, not proof of the same diagnosis. Published cases are a chosen few.")]
    if percentile < UNLIKE:
        notes.insert(
            0,
            tr(
                "Unlike anything seen: of 100 published cases with as many features, only about {n} have a "
                "nearest neighbour this far away.",
                n=max(1, round(percentile)),
            ),
        )
    return tuple(notes)
