"""Exact marginals of discrete variables by bucket elimination with a backward pass.

Elston-Stewart peeling is this with a pedigree's own order; a min-fill order also handles loops
(consanguinity, twins) exactly, without conditioning (Lauritzen & Sheehan 2003, Stat Sci 18:489).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

Array = NDArray[np.float64]
LARGEST_TABLE = 30_000_000


@dataclass(frozen=True, slots=True)
class Factor:
    """A non-negative table over variables (numbered from 0); one axis per variable, in ``scope`` order."""

    scope: tuple[int, ...]
    table: Array


@dataclass(frozen=True, slots=True)
class Marginals:
    """Posterior of every variable, and the natural log of the evidence's probability."""

    values: tuple[Array, ...]
    log_likelihood: float


@dataclass(slots=True)
class _Bucket:
    variable: int
    scope: tuple[int, ...] = ()
    factors: list[Factor] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    parent: int | None = None
    up: Factor | None = None
    down: Factor | None = None


def min_fill_order(sizes: Sequence[int], scopes: Iterable[tuple[int, ...]]) -> list[int]:
    """An elimination order: always the variable that adds fewest edges, then the smallest table."""
    near: list[set[int]] = [set() for _ in sizes]
    for scope in scopes:
        for a in scope:
            near[a].update(b for b in scope if b != a)
    cost: dict[int, tuple[int, int]] = {v: _fill(v, near) for v in range(len(sizes))}
    order = []
    while cost:
        chosen = min(cost, key=lambda v: (*cost[v], v))
        order.append(chosen)
        del cost[chosen]
        ring = near[chosen]
        touched = set(ring)
        for a in ring:
            near[a] |= ring
            near[a] -= {a, chosen}
            touched |= near[a]
        for v in touched:
            cost[v] = _fill(v, near)
    return order


def _fill(variable: int, near: list[set[int]]) -> tuple[int, int]:
    ring = near[variable]
    missing = sum(len(ring - near[a]) - 1 for a in ring)
    return missing, len(ring)


def marginals(
    sizes: Sequence[int], factors: Sequence[Factor], order: Sequence[int] | None = None
) -> Marginals:
    """Posterior marginal of every variable under the product of ``factors``.

    Raises:
        UserError: ``risk.impossible`` when the evidence contradicts itself, ``risk.too-tangled``
            when loops make the exact tables larger than memory allows.
    """
    order = order or min_fill_order(sizes, [factor.scope for factor in factors])
    rank = {variable: i for i, variable in enumerate(order)}
    buckets = [_Bucket(variable) for variable in order]
    for factor in factors:
        buckets[min(rank[v] for v in factor.scope)].factors.append(factor)
    log_scale = 0.0
    for index, bucket in enumerate(buckets):
        log_scale += _send_up(index, bucket, buckets, rank, sizes)
    values: list[Array] = [np.zeros(0)] * len(sizes)
    for bucket in reversed(buckets):
        values[bucket.variable] = _belief(bucket, buckets, sizes)
    return Marginals(tuple(values), log_scale)


def _send_up(
    index: int, bucket: _Bucket, buckets: list[_Bucket], rank: dict[int, int], sizes: Sequence[int]
) -> float:
    """Sum the variable out; hand the message to the next bucket that mentions it. Returns its log scale."""
    incoming = bucket.factors + [f for f in (buckets[c].up for c in bucket.children) if f is not None]
    scope = {bucket.variable}.union(*(f.scope for f in incoming))
    bucket.scope = tuple(sorted(scope, key=rank.__getitem__))
    if math.prod(sizes[v] for v in bucket.scope) > LARGEST_TABLE:
        raise UserError(
            tr("This pedigree has too many loops for an exact answer."),
            remedy=tr("Leave out distant loops."),
            code="risk.too-tangled",
        )
    message = _product(incoming, bucket.scope, sizes).sum(axis=0)
    total = float(message.max()) if message.size else 0.0
    if total <= 0:
        raise UserError(
            tr("The family's findings contradict each other under this model."),
            remedy=tr("Check parents, test results and affected relatives, or allow new mutations."),
            code="risk.impossible",
        )
    bucket.up = Factor(bucket.scope[1:], message / total)
    if bucket.scope[1:]:
        bucket.parent = rank[bucket.scope[1]]
        buckets[bucket.parent].children.append(index)
    return math.log(total)


def _belief(bucket: _Bucket, buckets: list[_Bucket], sizes: Sequence[int]) -> Array:
    """Take the message from above, answer for this variable, and hand messages to the buckets below."""
    from_above = [bucket.down] if bucket.down is not None else []
    ups = {c: buckets[c].up for c in bucket.children}
    everything = bucket.factors + from_above + [f for f in ups.values() if f is not None]
    joint = _product(everything, bucket.scope, sizes)
    for child in bucket.children:
        others = [f for c, f in ups.items() if c != child and f is not None]
        message = _product(bucket.factors + from_above + others, bucket.scope, sizes)
        kept = buckets[child].scope[1:]
        dropped = tuple(i for i, v in enumerate(bucket.scope) if v not in kept)
        summed = message.sum(axis=dropped)
        scope = tuple(v for v in bucket.scope if v in kept)
        buckets[child].down = Factor(scope, summed / summed.max())
    marginal = joint.sum(axis=tuple(range(1, joint.ndim)))
    result: Array = marginal / marginal.sum()
    return result


def _product(factors: Sequence[Factor], scope: tuple[int, ...], sizes: Sequence[int]) -> Array:
    """Multiply tables into one with axes in ``scope`` order."""
    place = {variable: axis for axis, variable in enumerate(scope)}
    result: Array = np.ones([sizes[v] for v in scope])
    for factor in factors:
        axes = sorted(range(len(factor.scope)), key=lambda i, f=factor: place[f.scope[i]])  # type: ignore[misc]
        shape = [1] * len(scope)
        for axis in axes:
            shape[place[factor.scope[axis]]] = sizes[factor.scope[axis]]
        result = result * factor.table.transpose(axes).reshape(shape)
    return result
