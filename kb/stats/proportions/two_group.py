"""Risk difference, risk ratio and odds ratio of two groups, with their intervals."""

from __future__ import annotations

from math import acos, copysign, cos, exp, fsum, inf, log, nan, pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from kb.stats.numeric.special import critical_value, crossing, hypergeometric, tail_of
from kb.stats.proportions.intervals import checked_counts, wilson
from kb.stats.results import Effect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ZEROS = ("limits", "haldane")
_FAR = 300.0  # logarithm of the largest ratio looked for


class ArmCounts(NamedTuple):
    """Events and patients of two groups; not whole once ½ was added."""

    x1: float
    n1: float
    x2: float
    n2: float


def risk_difference(
    x1: int, n1: int, x2: int, n2: int, *, level: float = 95, method: str = "newcombe"
) -> Effect:
    """Return p₁ − p₂ with its interval at `level` percent.

    Methods: `newcombe` (hybrid score; Newcombe 1998, Stat Med 17:873, method 10, no correction),
    `miettinen-nurminen` (score with N/(N − 1); 1985, Stat Med 4:213), `agresti-caffo` (2000,
    Am Stat 54:280, truncated to [−1, 1]) and `wald` (truncated; of zero width where each group
    has none or all). Raises ValueError for impossible counts, level or method.
    """
    return _chosen(method, _DIFFERENCES)(_table(x1, n1, x2, n2), level)


def risk_ratio(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    *,
    level: float = 95,
    method: str = "log-wald",
    zero: str = "limits",
) -> Effect:
    """Return p₁/p₂ with its interval at `level` percent.

    Methods: `log-wald` (Katz et al. 1978, Biometrics 34:469) and `koopman` (score; 1984,
    Biometrics 40:513). Where a group has no event the log method gives limits of 0 and ∞, the
    score method whichever of them holds; the value of 0/0 is `nan`. `zero="haldane"` adds ½ to
    each of the four cells, for the log method alone. Raises ValueError for impossible counts,
    level, method or option.
    """
    function, table = _chosen(method, _RISK_RATIOS), _table(x1, n1, x2, n2)
    return function(_adjusted(table, method, zero), level)


def odds_ratio(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    *,
    level: float = 95,
    method: str = "woolf",
    zero: str = "limits",
) -> Effect:
    """Return the odds of group 1 over those of group 2 with the interval at `level` percent.

    Methods: `woolf` (1955, Ann Hum Genet 19:251) and `conditional-exact` (Fisher's noncentral
    hypergeometric: its maximum likelihood estimate, and the limits at which each tail is half of
    1 − level; Cornfield 1956). With an empty cell the log method gives limits of 0 and ∞, the
    exact one whichever of them holds. `zero="haldane"` adds ½ to each of the four cells (Haldane
    1956, Ann Hum Genet 20:309), for the log method alone. Raises ValueError for impossible
    counts, level, method or option.
    """
    function, table = _chosen(method, _ODDS_RATIOS), _table(x1, n1, x2, n2)
    return function(_adjusted(table, method, zero), level)


def _chosen(
    method: str, methods: Mapping[str, Callable[[ArmCounts, float], Effect]]
) -> Callable[[ArmCounts, float], Effect]:
    if method not in methods:
        raise ValueError(f"{method!r} is not a method here; there are {', '.join(methods)}")
    return methods[method]


def _table(x1: int, n1: int, x2: int, n2: int) -> ArmCounts:
    return ArmCounts(*checked_counts(x1, n1), *checked_counts(x2, n2))


def _adjusted(table: ArmCounts, method: str, zero: str) -> ArmCounts:
    """Return the table, with ½ added to each cell if asked for and the method can use it."""
    if zero not in ZEROS:
        raise ValueError(f"{zero!r} says nothing about zero cells; there are {', '.join(ZEROS)}")
    if zero == "limits":
        return table
    if method not in ("log-wald", "woolf"):
        raise ValueError(f"zero={zero!r} is for log methods; {method} needs no ½")
    return ArmCounts(table.x1 + 0.5, table.n1 + 1, table.x2 + 0.5, table.n2 + 1)


def _newcombe(table: ArmCounts, level: float) -> Effect:
    x1, n1, x2, n2 = map(int, table)
    p1, p2 = x1 / n1, x2 / n2
    low1, high1 = wilson(x1, n1, level)
    low2, high2 = wilson(x2, n2, level)
    below = sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    above = sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    value = p1 - p2
    words = "newcombe (hybrid score, no continuity correction)"
    return Effect(value, value - below, value + above, method=words, level=level)


def _miettinen_nurminen(table: ArmCounts, level: float) -> Effect:
    x1, n1, x2, n2 = table
    z, value = critical_value(level), x1 / n1 - x2 / n2
    correction = (n1 + n2) / (n1 + n2 - 1)

    def score(difference: float) -> float:
        p2 = _likeliest_p2(table, difference)
        p1 = p2 + difference
        variance = correction * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        return (value - difference) / sqrt(variance)

    low = crossing(lambda difference: z - score(difference), -1, value)
    high = crossing(lambda difference: -z - score(difference), value, 1)
    words = "miettinen-nurminen (score, variance times N/(N − 1))"
    return Effect(value, low, high, method=words, level=level)


def _likeliest_p2(table: ArmCounts, difference: float) -> float:
    """Return p₂ of greatest likelihood given p₁ − p₂ (Miettinen & Nurminen 1985, appendix I)."""
    x1, n1, x2, n2 = table
    total, events, d = n1 + n2, x1 + x2, difference
    square = ((n1 + 2 * n2) * d - total - events) / (3 * total)
    linear = ((n2 * d - total - 2 * x2) * d + events) / (3 * total)
    constant = x2 * d * (1 - d) / total
    q = square**3 - 3 * square * linear / 2 + constant / 2
    p = copysign(sqrt(max(0.0, square**2 - linear)), q)
    angle = (pi + acos(min(1.0, max(-1.0, q / p**3 if p else 0.0)))) / 3
    return min(max(2 * p * cos(angle) - square, 0.0, -d), 1.0, 1 - d)


def _agresti_caffo(table: ArmCounts, level: float) -> Effect:
    x1, n1, x2, n2 = table
    centre, se = _difference(ArmCounts(x1 + 1, n1 + 2, x2 + 1, n2 + 2))
    half = critical_value(level) * se
    words = "agresti-caffo (one event and one other added to each group, truncated)"
    value = x1 / n1 - x2 / n2
    return Effect(value, max(-1.0, centre - half), min(1.0, centre + half), se, words, level)


def _wald(table: ArmCounts, level: float) -> Effect:
    value, se = _difference(table)
    half = critical_value(level) * se
    words = f"wald (normal approximation, truncated{'' if se else ', of zero width'})"
    return Effect(value, max(-1.0, value - half), min(1.0, value + half), se, words, level)


def _difference(table: ArmCounts) -> tuple[float, float]:
    """Return p₁ − p₂ and its standard error."""
    p1, p2 = table.x1 / table.n1, table.x2 / table.n2
    return p1 - p2, sqrt(p1 * (1 - p1) / table.n1 + p2 * (1 - p2) / table.n2)


def _log_wald(table: ArmCounts, level: float) -> Effect:
    x1, n1, x2, n2 = table
    value = _quotient(x1 * n2, x2 * n1)
    se = sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2) if x1 and x2 else inf
    return _log_effect(value, se, level, "log-wald", table)


def _woolf(table: ArmCounts, level: float) -> Effect:
    cells = (table.x1, table.n1 - table.x1, table.x2, table.n2 - table.x2)
    value = _quotient(cells[0] * cells[3], cells[1] * cells[2])
    se = sqrt(sum(1 / cell for cell in cells)) if all(cells) else inf
    return _log_effect(value, se, level, "woolf", table)


def _log_effect(value: float, se: float, level: float, method: str, table: ArmCounts) -> Effect:
    """Return the interval on the log scale, saying what became of empty cells."""
    words = []
    if not float(table.x1).is_integer():
        words.append("½ added to each cell")
    if se in (0, inf):
        words.append("of zero width" if se == 0 else "empty cell, limits 0 and ∞")
    if words:
        method = f"{method} ({', '.join(words)})"
    if se == inf:
        return Effect(value, 0.0, inf, se, method, level)
    factor = exp(critical_value(level) * se)
    return Effect(value, value / factor, value * factor, se, method, level)


def _quotient(numerator: float, denominator: float) -> float:
    if denominator:
        return numerator / denominator
    return inf if numerator else nan


def _koopman(table: ArmCounts, level: float) -> Effect:
    x1, n1, x2, n2 = table
    z, value = critical_value(level), _quotient(x1 * n2, x2 * n1)

    def score(log_ratio: float) -> float:
        ratio = exp(log_ratio)
        linear = ratio * (n1 + x2) + x1 + n2
        root = sqrt(max(0.0, linear**2 - 4 * (n1 + n2) * ratio * (x1 + x2)))
        p2 = 2 * (x1 + x2) / (linear + root)  # Koopman 1984, equation 2
        p1 = ratio * p2
        variance = p1 * (1 - p1) / n1 + ratio**2 * p2 * (1 - p2) / n2
        return (x1 / n1 - ratio * x2 / n2) / sqrt(variance)

    centre = log(value) if 0 < value < inf else 0.0
    start, end = (centre if x2 else _FAR), (centre if x1 else -_FAR)
    low = exp(crossing(lambda u: z - score(u), -_FAR, start)) if x1 else 0.0
    high = exp(crossing(lambda u: -z - score(u), end, _FAR)) if x2 else inf
    return Effect(value, low, high, method="koopman (score, without N/(N − 1))", level=level)


def _conditional_exact(table: ArmCounts, level: float) -> Effect:
    x1, n1, x2, n2 = map(int, table)
    tail, total = tail_of(level), x1 + x2
    lowest, highest = max(0, total - n2), min(n1, total)

    def tails(log_odds: float) -> tuple[float, float, float]:
        """Return Pr(X ≤ x₁), Pr(X ≥ x₁) and the mean of X."""
        first, weights = hypergeometric(n1, n2, total, odds=exp(log_odds))
        at = x1 - first
        mean = fsum((first + k) * weight for k, weight in enumerate(weights))
        return fsum(weights[: max(0, at + 1)]), fsum(weights[max(0, at) :]), mean

    value, low, high = nan, 0.0, inf
    if lowest < x1:
        low = exp(crossing(lambda u: tails(u)[1] - tail, -_FAR, _FAR))
        value = inf
    if x1 < highest:
        high = exp(crossing(lambda u: tail - tails(u)[0], -_FAR, _FAR))
        value = 0.0
    if lowest < x1 < highest:
        value = exp(crossing(lambda u: tails(u)[2] - x1, -_FAR, _FAR))
    words = "conditional-exact (conditional estimate, equal tails)"
    return Effect(value, low, high, method=words, level=level)


_DIFFERENCES = {
    "newcombe": _newcombe,
    "miettinen-nurminen": _miettinen_nurminen,
    "agresti-caffo": _agresti_caffo,
    "wald": _wald,
}
_RISK_RATIOS = {"log-wald": _log_wald, "koopman": _koopman}
_ODDS_RATIOS = {"woolf": _woolf, "conditional-exact": _conditional_exact}
