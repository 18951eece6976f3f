"""The weights of the ranking model, read from the verified bundle."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from genoai_desktop.knowledge.bundle import Bundle

TABLE = "rare_ranking_weights"


@dataclass(frozen=True, slots=True)
class Weights:
    """Non-negative weights of the few features; see ``models/rare/MODEL_CARD.md``.

    ``graded``, ``carried`` and ``exact`` multiply likelihood ratios in natural log odds, ``*_mean`` the
    same averaged over the observed terms; ``spread`` (taken off for every term) the logarithm of how many
    features the disease shows in all; ``coverage`` the share of the disease's own picture that was
    observed. The prior: ``omim`` for what is listed there, ``variants`` and ``references`` for logarithms
    of how much has been reported. ``excluded`` is set by hand.
    """

    graded: float
    carried_mean: float
    exact: float
    spread: float
    coverage: float
    omim: float
    variants: float
    references: float
    excluded: float

    @classmethod
    def read(cls, bundle: Bundle) -> "Weights":
        """From the table ``rare_ranking_weights``; KnowledgeError when it is missing or damaged."""
        values: Mapping[str, float] = bundle.document(TABLE)["weights"]
        return cls(**{field.name: float(values[field.name]) for field in fields(cls)})
