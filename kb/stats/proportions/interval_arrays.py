"""Confidence intervals of many proportions at once: the methods of `proportion` on numpy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import betainc, betaincinv

from kb.stats.numeric.special import normal_quantile, tail_of
from kb.stats.results import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Interval = Callable[[Array, Array, float], tuple[Array, Array]]


def array_interval(events: ArrayLike, n: ArrayLike, *, level: float, method: str) -> Bounds:
    """Return arrays of bounds, shaped as events and n broadcast, `nan` for impossible pairs.

    Citations and conventions: the function of the same name in `proportion`. Bounds without a
    closed form are computed once for each distinct pair. Raises ValueError for a wrong level.
    """
    function, tail = _FUNCTIONS[method], tail_of(level)
    x, total = np.broadcast_arrays(_numbers(events), _numbers(n))
    possible = _is_possible(x, total)
    if method == "wald":
        possible &= (x > 0) & (x < total)
    low, high = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    if possible.any():
        some = ... if possible.all() else possible
        low[some], high[some] = function(x[some].astype(float), total[some].astype(float), tail)
    return Bounds(low, high, level)  # type: ignore[arg-type]  # arrays in, arrays out


def _numbers(values: ArrayLike) -> NDArray[Any]:
    """Return an array of whole numbers as it is, any other as floats."""
    array = np.asarray(values)
    return array if array.dtype.kind in "iu" else array.astype(float)


def _is_possible(x: NDArray[Any], n: NDArray[Any]) -> NDArray[np.bool_]:
    possible = np.asarray((n >= 1) & (x >= 0) & (x <= n))
    for numbers in (x, n):
        if numbers.dtype.kind == "f":
            possible &= np.isfinite(numbers) & (numbers == np.floor(numbers))
    return possible


def _clopper_pearson(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    some, others = x > 0, x < n
    low, high = np.zeros_like(x), np.ones_like(x)
    low[some] = betaincinv(x[some], n[some] - x[some] + 1, tail)
    high[others] = betaincinv(x[others] + 1, n[others] - x[others], 1 - tail)
    return low, high


def _wilson(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    z = -normal_quantile(tail)
    total = 2 * (n + z * z)
    centre = (2 * x + z * z) / total
    half = z * np.sqrt(z * z + 4 * x * (n - x) / n) / total
    return _exact_at_the_ends(x, n, centre - half, centre + half)


def _wilson_cc(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    z = -normal_quantile(tail)

    def low_of(x: Array) -> Array:
        root = np.sqrt(np.maximum(z * z - 2 - 1 / n + 4 * (x / n) * (n - x + 1), 0))
        low: Array = (2 * x + z * z - 1 - z * root) / (2 * (n + z * z))
        return low

    return _exact_at_the_ends(x, n, low_of(x), 1 - low_of(n - x))


def _agresti_coull(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    z = -normal_quantile(tail)
    total = n + z * z
    centre = (x + z * z / 2) / total
    half = z * np.sqrt(centre * (1 - centre) / total)
    return np.maximum(centre - half, 0), np.minimum(centre + half, 1)


def _jeffreys(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    a, b = x + 0.5, n - x + 0.5
    return _exact_at_the_ends(x, n, betaincinv(a, b, tail), betaincinv(a, b, 1 - tail))


def _wald(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    p = x / n
    half = -normal_quantile(tail) * np.sqrt(p * (1 - p) / n)
    return np.maximum(p - half, 0), np.minimum(p + half, 1)


def _mid_p(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
    some, others = x > 0, x < n
    low, high = np.zeros_like(x), np.ones_like(x)
    low[some] = 1 - _mid_p_high(n[some] - x[some], n[some], tail)
    high[others] = _mid_p_high(x[others], n[others], tail)
    return low, high


def _mid_p_high(x: Array, n: Array, tail: float) -> Array:
    """Return p with Pr(X < x) + ½ Pr(X = x) = tail, by Newton steps kept inside a bracket."""
    bound: Array = -np.expm1(np.log(2 * tail) / n)  # the closed form at x = 0
    some = x > 0
    x, n = x[some], n[some]
    below, above = np.zeros_like(x), np.ones_like(x)
    p = betaincinv(x + 0.5, n - x + 0.5, 1 - tail)
    step = np.ones_like(x)
    while np.any(np.abs(step) > 1e-12 * p):
        at_least, more = betainc(x, n - x + 1, p), betainc(x + 1, n - x, p)
        gap = (at_least + more) / 2 - (1 - tail)
        below, above = np.where(gap > 0, below, p), np.where(gap > 0, p, above)
        slope = (at_least - more) * (x / p + (n - x) / (1 - p)) / 2
        newton = p - gap / np.where(slope > 0, slope, np.inf)
        inside = (below <= newton) & (newton <= above)
        step = np.where(inside, newton, (below + above) / 2) - p
        p = p + step
    bound[some] = p
    return bound


def _exact_at_the_ends(x: Array, n: Array, low: Array, high: Array) -> tuple[Array, Array]:
    low[x == 0], high[x == n] = 0, 1
    return low, high


def _each_pair_once(function: Interval) -> Interval:
    """Return the function computed over the distinct pairs of (x, n) only."""

    def once(x: Array, n: Array, tail: float) -> tuple[Array, Array]:
        x, n, shape = x.ravel(), n.ravel(), x.shape
        width = n.max() + 1
        if width > 2**26:  # pairs would no longer be distinct numbers
            low, high = function(x, n, tail)
            return low.reshape(shape), high.reshape(shape)
        pair = x + n * width
        if width**2 < 8 * pair.size:  # a table of all conceivable pairs is faster than sorting
            place = pair.astype(np.intp)
            table = np.zeros(int(width**2), dtype=np.intp)
            table[place] = 1
            pairs = np.flatnonzero(table).astype(float)
            table[table > 0] = np.arange(pairs.size)
            place = table[place]
        else:
            pairs, place = np.unique(pair, return_inverse=True)
        total, events = np.divmod(pairs, width)
        low, high = function(events, total, tail)
        return low[place].reshape(shape), high[place].reshape(shape)

    return once


_FUNCTIONS: dict[str, Interval] = {
    "clopper-pearson": _each_pair_once(_clopper_pearson),
    "wilson": _wilson,
    "wilson-cc": _wilson_cc,
    "agresti-coull": _agresti_coull,
    "jeffreys": _each_pair_once(_jeffreys),
    "wald": _wald,
    "mid-p": _each_pair_once(_mid_p),
}
