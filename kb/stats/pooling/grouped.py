"""Thousands of DerSimonian–Laird pools at once, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

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
    for columns of unequal length and for standard errors that are not positive.
    """
    y, se, group = np.asarray(values, float), np.asarray(standard_errors, float), np.asarray(groups)
    if not (y.shape == se.shape == group.shape and y.ndim == 1):
        raise ValueError(f"three columns of one length, not {y.shape}, {se.shape}, {group.shape}")
    if not (se > 0).all():
        raise ValueError(f"standard errors must be positive, not {se[~(se > 0)][0]}")
    weights = 1 / (se * se)
    df = np.bincount(group) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        total, _, q = _moments(y, weights, group)
        scale = total - _sums(group, weights * weights) / total
        tau2 = np.where(df > 0, np.maximum(0, (q - df) / scale), np.nan)
        weights = 1 / (se * se + np.where(df > 0, tau2, 0)[group])
        total, mean, _ = _moments(y, weights, group)
        return Grouped(mean, 1 / np.sqrt(np.where(df < 0, np.nan, total)), tau2, q, df)


def _moments(y: Array, weights: Array, group: NDArray[np.intp]) -> tuple[Array, Array, Array]:
    """Return per group the total weight, the weighted mean and Q about it."""
    total = _sums(group, weights)
    mean = _sums(group, weights * y) / total
    gaps = y - mean[group]
    return total, mean, _sums(group, weights * gaps * gaps)


def _sums(group: NDArray[np.intp], values: Array) -> Array:
    return np.bincount(group, values).astype(np.float64, copy=False)
