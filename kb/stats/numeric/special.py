"""Distributions of one number in pure Python: normal, binomial, beta and hypergeometric."""

from __future__ import annotations

from functools import cache
from math import erfc, exp, fsum, inf, lgamma, log, log1p, pi, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from statistics import NormalDist

_TINY = 1e-300


def tail_of(level: float) -> float:
    """Return the probability beyond each bound of a two-sided interval at `level` percent.

    Raises ValueError unless the level is a percent above 1 and up to 99.9999: 0.95 is refused,
    because a level of less than one percent is a fraction given by mistake, and 99.99999, because
    a tail that thin loses its digits beside 1.
    """
    if not 1 < level <= 99.9999:
        raise ValueError(f"level is a percent above 1 and up to 99.9999, such as 95, not {level!r}")
    return (100 - level) / 200


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile (Wichura 1988, AS 241, as in `statistics`)."""
    return _normal().inv_cdf(probability)


@cache
def _normal() -> NormalDist:
    from statistics import NormalDist  # imports random and decimal, which few callers need

    return NormalDist()


def critical_value(level: float) -> float:
    """Return z with `level` percent of the standard normal between −z and z."""
    return -normal_quantile(tail_of(level))


def normal_tail(z: float) -> float:
    """Return the probability that a standard normal exceeds z."""
    return erfc(z / sqrt(2)) / 2


def binomial_probability(events: float, n: float, p: float) -> float:
    """Return the binomial probability of `events` in n, also for counts that are not whole.

    The saddle-point form of Loader (2000, Fast and accurate computation of binomial
    probabilities) keeps full relative accuracy where differences of `lgamma` lose it.
    """
    others = n - events
    if p <= 0 or p >= 1:
        return float(events == (0 if p <= 0 else n))
    if events == 0:
        return exp(n * log1p(-p))
    if others == 0:
        return exp(n * log(p))
    exponent = _stirling_error(n) - _stirling_error(events) - _stirling_error(others)
    exponent -= _deviance(events, n * p) + _deviance(others, n * (1 - p))
    return sqrt(n / (2 * pi * events * others)) * exp(exponent)


def _stirling_error(x: float) -> float:
    """Return ln Γ(x + 1) less Stirling's approximation of it (Loader 2000, equation 3)."""
    if x < 15:
        return lgamma(x + 1) - (x + 0.5) * log(x) + x - log(2 * pi) / 2
    square = x * x
    inner = 1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square
    return (1 / 12 - (1 / 360 - inner / square) / square) / x


def _deviance(x: float, mean: float) -> float:
    """Return x ln(x/mean) + mean − x (Loader 2000, equation 5)."""
    excess = (x - mean) / mean
    if abs(excess) > 0.5:
        return x * log(x / mean) + mean - x
    return mean * ((1 + excess) * log1p(excess) - excess)


def beta_density(x: float, a: float, b: float) -> float:
    """Return the density of Beta(a, b) at 0 < x < 1."""
    return a * b / (a + b) * binomial_probability(a, a + b, x) / (x * (1 - x))


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b).

    Continued fraction of Abramowitz & Stegun 26.5.8 by Lentz's method, on the side of the mean on
    which it converges fast. Beta(0, b) is a point mass at 0 and Beta(a, 0) one at 1.
    """
    if x >= 1 or a == 0:
        return 1.0
    if x <= 0 or b == 0:
        return 0.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf_below(1 - x, b, a)
    return beta_cdf_below(x, a, b)


def beta_cdf_below(x: float, a: float, b: float) -> float:
    """Return I_x(a, b) by its continued fraction, which is for 0 < x up to about the mean."""
    front = b / (a + b) * binomial_probability(a, a + b, x)
    numerator, total = 1.0, a + b
    denominator = 1 / _away_from_zero(1 - total * x / (a + 1))
    fraction = denominator
    m, change = 0, inf
    while abs(change - 1) >= 1e-15:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (total + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        denominator = 1 / _away_from_zero(1 + even * denominator)
        numerator = _away_from_zero(1 + even / numerator)
        fraction *= denominator * numerator
        denominator = 1 / _away_from_zero(1 + odd * denominator)
        numerator = _away_from_zero(1 + odd / numerator)
        change = denominator * numerator
        fraction *= change
    return front * fraction


def _away_from_zero(x: float) -> float:
    return x if abs(x) > _TINY else _TINY


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return the quantile of Beta(a, b), a and b positive."""
    return invert(
        lambda x: beta_cdf(x, a, b),
        lambda x: beta_density(x, a, b),
        probability,
        start=beta_start(probability, a, b),
    )


def beta_start(probability: float, a: float, b: float) -> float:
    """Return a first guess of a beta quantile (Abramowitz & Stegun 26.5.22; below 1 the mean)."""
    if min(a, b) < 1:
        return a / (a + b)
    y, rate_a, rate_b = -normal_quantile(probability), 1 / (2 * a - 1), 1 / (2 * b - 1)
    h, shift = 2 / (rate_a + rate_b), (y * y - 3) / 6
    w = y * sqrt(h + shift) / h - (rate_b - rate_a) * (shift + 5 / 6 - 2 / (3 * h))
    return a / (a + b * exp(2 * w))


def invert(
    cdf: Callable[[float], float],
    density: Callable[[float], float],
    probability: float,
    *,
    start: float,
) -> float:
    """Return x in (0, 1) with cdf(x) = probability, by Newton steps kept inside a bracket."""
    low, high, x = 0.0, 1.0, start
    while True:
        gap = cdf(x) - probability
        low, high = (low, x) if gap > 0 else (x, high)
        slope = density(x)
        following = x - gap / slope if slope > 0 else inf
        if abs(following - x) <= 1e-9 * min(x, 1 - x):  # squared by the step just taken
            return min(max(following, low), high)
        if not low < following < high:
            following = (low + high) / 2
            if following in (low, high):
                return following
        x = following


def crossing(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function that rises from `low` to `high` turns positive, by bisection."""
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (low, middle) if function(middle) > 0 else (middle, high)


def hypergeometric(
    n1: int, n2: int, total: int, *, odds: float = 1, negligible: float = 1e-20
) -> tuple[int, list[float]]:
    """Return the distribution of events among n1 when `total` of n1 + n2 have the event.

    The first count, and the probabilities from it on; with an odds ratio other than 1 it is
    Fisher's noncentral one. Probabilities below `negligible` times the largest are left out.
    """
    lowest, highest = max(0, total - n2), min(n1, total)

    def ratio(x: int) -> float:
        return odds * (n1 - x + 1) * (total - x + 1) / (x * (n2 - total + x))

    low, high = lowest, highest
    while low < high:  # the mode is the last count more probable than the one before
        middle = (low + high + 1) // 2
        low, high = (middle, high) if ratio(middle) >= 1 else (low, middle - 1)
    mode, left, right = low, [1.0], [1.0]
    for x in range(mode, lowest, -1):
        left.append(left[-1] / ratio(x))
        if left[-1] < negligible:
            break
    for x in range(mode + 1, highest + 1):
        right.append(right[-1] * ratio(x))
        if right[-1] < negligible:
            break
    weights = left[:0:-1] + right
    scale = fsum(weights)
    return mode - len(left) + 1, [weight / scale for weight in weights]
