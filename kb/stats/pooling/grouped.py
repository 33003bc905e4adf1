"""Thousands of DerSimonian–Laird pools at once, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.stats.pooling.samples import effects

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]


class Grouped(NamedTuple):
    """One random-effects pool per group: arrays indexed by group number, `nan` where empty."""

    value: Array
    se: Array
    tau2: Array
    q: Array
    df: NDArray[np.intp]


def pool_by_group(values: ArrayLike, standard_errors: ArrayLike, groups: ArrayLike) -> Grouped:
    """Return the DerSimonian–Laird mean of each group of studies, on the scale given.

    `groups` numbers the group of every study from 0. The same as `pool_effects(…, tau2="dl")`
    group by group; a group of one study keeps its value, with a tau² of `nan`. Raises ValueError
    for columns of unequal length, for groups that are no such numbers, and for values and standard
    errors as `pool_effects` does.
    """
    y, variances = effects(values, standard_errors).block
    group = np.asarray(groups)
    if group.shape != y.shape:
        raise ValueError(f"three columns of one length, not {y.shape} and {group.shape} of groups")
    if group.dtype.kind not in "iu" or group.min() < 0:
        raise ValueError("groups are whole numbers from 0")
    group, weights = group.astype(np.intp), 1 / variances
    df = np.bincount(group) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        total, _, q = _moments(y, weights, group)
        tau2 = np.where(df > 0, np.maximum(0, (q - df) / _precision(weights, group)), np.nan)
        weights = 1 / (variances + np.where(df > 0, tau2, 0)[group])
        total, mean, _ = _moments(y, weights, group)
        return Grouped(mean, 1 / np.sqrt(np.where(df < 0, np.nan, total)), tau2, q, df)


def _moments(y: Array, weights: Array, group: NDArray[np.intp]) -> tuple[Array, Array, Array]:
    """Return per group the total weight, the weighted mean and Q about it."""
    total = _sums(group, weights)
    mean = _sums(group, weights * y) / total
    gaps = y - mean[group]
    return total, mean, _sums(group, weights * gaps * gaps)


def _precision(weights: Array, group: NDArray[np.intp]) -> Array:
    """Return Σw − Σw²/Σw per group, the largest weight apart so that it swallows no digits."""
    order = np.lexsort((weights, group))
    last = np.append(np.diff(group[order]) > 0, [True])  # of each group, the largest weight
    largest, rest = np.zeros_like(weights), weights.copy()
    largest[order[last]], rest[order[last]] = weights[order[last]], 0.0
    first, others = _sums(group, largest), _sums(group, rest)
    return (others * (2 * first + others) - _sums(group, rest * rest)) / (first + others)


def _sums(group: NDArray[np.intp], values: Array) -> Array:
    return np.bincount(group, values).astype(np.float64, copy=False)
