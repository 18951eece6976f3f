"""How well the classifier does on people it has not seen."""

from dataclasses import dataclass

import numpy as np

from genoai_desktop.analysis.ancestry.projection import Populations
from genoai_desktop.knowledge.ancestry import SUPERPOPULATIONS
from genoai_desktop.knowledge.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """``accuracy`` and mean ``confidence`` (0..1) over all people; ``log_loss`` in nats.

    ``by_group``: superpopulation, people, errors, mean confidence. ``errors``: sample, true, predicted,
    probability of the predicted.
    """

    people: int
    accuracy: float
    confidence: float
    log_loss: float
    by_group: tuple[tuple[str, int, int, float], ...]
    errors: tuple[tuple[str, str, str, float], ...]


def leave_one_out(knowledge: Knowledge) -> LeaveOneOut:
    """Classify every person of the panel with a classifier that has not seen the person.

    Coordinates come from components computed without the person (see the builder); mean and covariance
    of the own population are computed anew without the person. Standardising frequencies are shared.
    """
    panel = knowledge.ancestry
    populations = Populations(panel)
    count = panel.people.height
    table = np.array([populations.probabilities(populations.without(i)) for i in range(count)])
    truth = np.array([SUPERPOPULATIONS.index(name) for name in panel.people["superpopulation"].to_list()])
    guess, confidence = table.argmax(axis=1), table.max(axis=1)
    wrong = np.flatnonzero(guess != truth)
    samples = panel.people["sample"].to_list()
    return LeaveOneOut(
        people=count,
        accuracy=float((guess == truth).mean()),
        confidence=float(confidence.mean()),
        log_loss=float(-np.log(np.maximum(table[np.arange(count), truth], 1e-12)).mean()),
        by_group=tuple(
            (
                name,
                int((truth == k).sum()),
                int((guess[truth == k] != k).sum()),
                float(confidence[truth == k].mean()),
            )
            for k, name in enumerate(SUPERPOPULATIONS)
        ),
        errors=tuple(
            (samples[i], SUPERPOPULATIONS[truth[i]], SUPERPOPULATIONS[guess[i]], float(confidence[i]))
            for i in wrong
        ),
    )
