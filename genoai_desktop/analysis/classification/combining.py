"""From criteria to a class: Tavtigian's points and the rules of 2015.

Points (Tavtigian 2020): pathogenic from 10, likely pathogenic 6 to 9, uncertain 0 to 5, likely
benign -1 to -6, benign from -7; BA1 alone is benign. Rules: Richards 2015, table 5.
"""

from collections.abc import Iterable, Sequence

from genoai_desktop.domain.acmg import AcmgClass, Classification, Criterion, Evidence, Strength

PATHOGENIC_FROM, LIKELY_FROM, UNCERTAIN_FROM, LIKELY_BENIGN_FROM = 10, 6, 0, -6


def points(evidence: Iterable[Evidence]) -> int:
    """The sum of signed points, BA1 counting as its own decision and not as points."""
    return sum(item.points for item in evidence if item.strength is not Strength.STAND_ALONE)


def class_by_points(evidence: Sequence[Evidence]) -> AcmgClass:
    """The class of the point system."""
    if any(item.strength is Strength.STAND_ALONE and item.benign for item in evidence):
        return AcmgClass.BENIGN
    total = points(evidence)
    if total >= PATHOGENIC_FROM:
        return AcmgClass.PATHOGENIC
    if total >= LIKELY_FROM:
        return AcmgClass.LIKELY_PATHOGENIC
    if total >= UNCERTAIN_FROM:
        return AcmgClass.UNCERTAIN
    return AcmgClass.LIKELY_BENIGN if total >= LIKELY_BENIGN_FROM else AcmgClass.BENIGN


def class_by_rules(evidence: Sequence[Evidence]) -> AcmgClass:
    """The class of the 2015 combining rules; contradicting evidence is uncertain.

    A stronger piece may always stand in for a weaker one, so that raising a strength never lowers
    the class (the literal table does not say so: PVS1 with a second very strong piece has no row).
    """
    pathogenic = _pathogenic([item.strength for item in evidence if not item.benign])
    benign = _benign([item.strength for item in evidence if item.benign])
    if pathogenic and benign:
        return AcmgClass.UNCERTAIN
    return pathogenic or benign or AcmgClass.UNCERTAIN


def _pathogenic(strengths: list[Strength]) -> AcmgClass | None:
    if _fits(strengths, _PATHOGENIC_ROWS):
        return AcmgClass.PATHOGENIC
    return AcmgClass.LIKELY_PATHOGENIC if _fits(strengths, _LIKELY_ROWS) else None


def _benign(strengths: list[Strength]) -> AcmgClass | None:
    if Strength.STAND_ALONE in strengths or _fits(strengths, [(_S, _S)]):
        return AcmgClass.BENIGN
    return AcmgClass.LIKELY_BENIGN if _fits(strengths, [(_S, _P), (_P, _P)]) else None


_V, _S, _M, _P = Strength.VERY_STRONG, Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING
_PATHOGENIC_ROWS = [
    (_V, _S),
    (_V, _M, _M),
    (_V, _M, _P),
    (_V, _P, _P),
    (_S, _S),
    (_S, _M, _M, _M),
    (_S, _M, _M, _P, _P),
    (_S, _M, _P, _P, _P, _P),
]
_LIKELY_ROWS = [
    (_V, _M),
    (_S, _M),
    (_S, _P, _P),
    (_M, _M, _M),
    (_M, _M, _P, _P),
    (_M, _P, _P, _P, _P),
]


def _fits(strengths: Iterable[Strength], rows: Sequence[tuple[Strength, ...]]) -> bool:
    """Whether some row can be filled with distinct pieces, each at least as strong as asked for."""
    have = sorted(strengths, reverse=True)
    return any(
        len(have) >= len(row) and all(piece >= asked for piece, asked in zip(have, row, strict=False))
        for row in rows
    )


def classify(criteria: Sequence[Criterion]) -> Classification:
    """Both classes from the criteria that are met."""
    evidence = [criterion.evidence for criterion in criteria if criterion.evidence]
    return Classification(
        class_by_points(evidence), class_by_rules(evidence), points(evidence), tuple(criteria)
    )
