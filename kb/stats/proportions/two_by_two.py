"""p-values of a 2×2 table, and the tables that a printed p-value admits."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from itertools import accumulate
from math import erfc, fsum, isnan, nan, pi, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from kb.printed.number import admitted
from kb.stats.numeric.special import binomial_probability, hypergeometric
from kb.stats.proportions.counts import reconstruct_counts
from kb.stats.proportions.intervals import checked_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TIE = 1 + 1e-7  # relative tolerance of equal probabilities, as in R's fisher.test


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """The two-sided p-values of one 2×2 table; `nan` where nobody or everybody has the event."""

    chi_square: float
    yates: float
    fisher: float
    boschloo: float


class TableMatch(NamedTuple):
    """Counts of two groups that print as stated, and the tests that give the printed p."""

    x1: int
    x2: int
    tests: list[str]


def two_by_two(x1: int, n1: int, x2: int, n2: int) -> TwoByTwo:
    """Return the p-values of all tests for x₁ of n₁ against x₂ of n₂.

    Raises ValueError for impossible counts.
    """
    table = (x1, n1, x2, n2)
    return TwoByTwo(chi_square(*table), yates(*table), fisher(*table), boschloo(*table))


def chi_square(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return the p-value of Pearson's chi-square without correction (Pearson 1900).

    `nan` where nobody or everybody has the event.
    """
    return _chi_square(x1, n1, x2, n2, correction=0)


def yates(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return the p-value of chi-square with continuity correction (Yates 1934).

    The correction is ½, or less where that would overshoot, as in R's chisq.test; `nan` where
    nobody or everybody has the event.
    """
    return _chi_square(x1, n1, x2, n2, correction=0.5)


def _chi_square(x1: int, n1: int, x2: int, n2: int, *, correction: float) -> float:
    (x1, n1), (x2, n2) = checked_counts(x1, n1), checked_counts(x2, n2)
    events, total = x1 + x2, n1 + n2
    if events in (0, total):
        return nan
    deviation = abs(x1 * n2 - x2 * n1) / total  # of each cell from its expectation
    deviation = max(0.0, deviation - correction)
    statistic = deviation**2 * total**3 / (events * (total - events) * n1 * n2)
    return erfc(sqrt(statistic / 2))


def fisher(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return Fisher's two-sided p-value: of all tables no more probable than the one seen.

    Fisher 1935, two-sided by minimum likelihood as in R's fisher.test.
    """
    (x1, n1), (x2, n2) = checked_counts(x1, n1), checked_counts(x2, n2)
    first, weights = hypergeometric(n1, n2, x1 + x2, negligible=0)
    seen = weights[x1 - first]
    return min(1.0, fsum(weight for weight in weights if weight <= seen * _TIE))


def boschloo(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return Boschloo's two-sided p-value: Fisher's p as the statistic, unconditionally.

    Boschloo 1970, Stat Neerl 24:1. Tables are ordered by their two-sided Fisher p, and the
    probability of one as extreme is maximised over the common proportion. (Doubling the smaller
    one-sided p, as scipy does, is another convention.)
    """
    (x1, n1), (x2, n2) = checked_counts(x1, n1), checked_counts(x2, n2)
    limit = fisher(x1, n1, x2, n2) * _TIE
    if limit >= 1:
        return 1.0
    # Given the total of events the chance of a Fisher p up to the limit does not depend on the
    # common proportion, and the total is binomial: one sum over totals instead of over tables.
    chances = [_chance_of_p_up_to(limit, n1, n2, total) for total in range(n1 + n2 + 1)]
    return _largest(lambda angle: _mixed(chances, sin(angle) ** 2), pi / 2, n1 + n2)


def _chance_of_p_up_to(limit: float, n1: int, n2: int, total: int) -> float:
    """Return the largest Fisher p up to the limit, which is the chance of a p that small."""
    weights = sorted(hypergeometric(n1, n2, total, negligible=1e-18 * limit)[1])
    chances = list(accumulate(weights))
    first = bisect_right(chances, limit)  # of the tables that are out
    while 0 < first < len(weights) and weights[first] <= weights[first - 1] * _TIE:
        first -= 1  # equally probable tables are in or out together
    return chances[first - 1] if first else 0.0


def _mixed(values: list[float], p: float) -> float:
    """Return the mean of values[k] over k binomial with probability 0 < p < 1."""
    n, odds = len(values) - 1, p / (1 - p)
    mode = min(n, int((n + 1) * p))
    top = binomial_probability(mode, n, p)
    terms = [top * values[mode]]
    weight = top
    for k in range(mode, 0, -1):
        weight *= k / ((n - k + 1) * odds)
        terms.append(weight * values[k - 1])
        if weight < 1e-20:
            break
    weight = top
    for k in range(mode, n):
        weight *= (n - k) * odds / (k + 1)
        terms.append(weight * values[k + 1])
        if weight < 1e-20:
            break
    return fsum(terms)


def _largest(function: Callable[[float], float], end: float, n: int) -> float:
    """Return the maximum over 0 to `end` of a mixture whose kernel has width 1/(2√n).

    On a grid of an eighth of that width no peak can lie more than 0.2 % of the kernel's height
    above its highest point; each peak that might be the highest is climbed.
    """
    steps = int(16 * end * sqrt(n)) + 2
    width = end / steps
    grid = [width * k for k in range(1, steps)]
    heights = [0.0, *map(function, grid), 0.0]
    best = max(heights)
    for k, angle in enumerate(grid, start=1):
        if heights[k] >= max(0.995 * best, heights[k - 1], heights[k + 1]):
            best = max(best, _climb(function, angle - width, angle + width))
    return best


def _climb(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the height of a single peak, by golden section."""
    golden, close = (sqrt(5) - 1) / 2, 1e-5 * (high - low)
    inner, outer = high - golden * (high - low), low + golden * (high - low)
    at_inner, at_outer = function(inner), function(outer)
    while high - low > close:
        if at_inner > at_outer:
            high, outer, at_outer = outer, inner, at_inner
            inner = high - golden * (high - low)
            at_inner = function(inner)
        else:
            low, inner, at_inner = inner, outer, at_outer
            outer = low + golden * (high - low)
            at_outer = function(outer)
    return max(at_inner, at_outer)


def matching_tests(
    x1: int, n1: int, x2: int, n2: int, p: str, *, rounding: str = "half-up"
) -> list[str]:
    """Return the tests whose p-value prints as `p` (".19", "<.001"), in the order of `TwoByTwo`."""
    true = admitted(p, rounding=rounding)
    found = asdict(two_by_two(x1, n1, x2, n2))
    return [test for test, value in found.items() if not isnan(value) and value in true]


def reconstruct_two_by_two(
    percent1: str, n1: int, percent2: str, n2: int, p: str, *, rounding: str = "half-up"
) -> list[TableMatch]:
    """Return the counts of both groups that print as the percents and, by some test, as p.

    `rounding` is that of the percents and of p. Empty if no pair of counts does both.
    """
    found = []
    for x1, x2 in _pairs(percent1, n1, percent2, n2, rounding):
        if tests := matching_tests(x1, n1, x2, n2, p, rounding=rounding):
            found.append(TableMatch(x1, x2, tests))
    return found


def _pairs(
    percent1: str, n1: int, percent2: str, n2: int, rounding: str
) -> Iterator[tuple[int, int]]:
    second = reconstruct_counts(percent2, n2, rounding=rounding)
    for x1 in reconstruct_counts(percent1, n1, rounding=rounding):
        for x2 in second:
            yield x1, x2
