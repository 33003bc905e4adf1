"""Risk difference, risk ratio and odds ratio of two groups, with their intervals."""

from __future__ import annotations

from math import acos, cos, exp, inf, log, nan, pi, sqrt
from typing import TYPE_CHECKING

from kb.stats.proportion import checked_counts, wilson
from kb.stats.results import Effect
from kb.stats.special import critical_value, crossing, hypergeometric, tail_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Counts = tuple[int, int, int, int]
    Difference = Callable[[Counts, float], Effect]
    Ratio = Callable[[tuple[float, float, float, float], float], Effect]

ZEROS = ("limits", "haldane")
_FAR = 700.0  # logarithm of the largest ratio looked for


def risk_difference(
    x1: int, n1: int, x2: int, n2: int, *, level: float = 95, method: str = "newcombe"
) -> Effect:
    """Return p₁ − p₂ with its interval at `level` percent.

    Methods: `newcombe` (hybrid score; Newcombe 1998, Stat Med 17:873, method 10, no correction),
    `miettinen-nurminen` (score with N/(N − 1); 1985, Stat Med 4:213), `agresti-caffo` (2000,
    Am Stat 54:280, truncated to [−1, 1]) and `wald` (truncated; zero width where both groups
    have none or all). Raises ValueError for impossible counts, level or method.
    """
    function = _chosen(method, _DIFFERENCES)
    return function((*checked_counts(x1, n1), *checked_counts(x2, n2)), level)


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
    score method whichever of them holds; 0/0 is `nan`. `zero="haldane"` adds ½ to each cell of
    the table for the log method, and is refused for the other. Raises ValueError for impossible
    counts, level, method or option.
    """
    return _ratio(_RISK_RATIOS, (x1, n1, x2, n2), level, method, zero)


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
    """Return the odds ratio of group 1 to group 2 with its interval at `level` percent.

    Methods: `woolf` (1955, Ann Hum Genet 19:251) and `conditional-exact` (the conditional maximum
    likelihood estimate and the interval that inverts both tails; Cornfield 1956). With an empty
    cell the log method gives limits of 0 and ∞, the exact one whichever of them holds;
    `zero="haldane"` adds ½ to each cell for the log method (Haldane 1956, Anscombe 1956), and is
    refused for the other. Raises ValueError for impossible counts, level, method or option.
    """
    return _ratio(_ODDS_RATIOS, (x1, n1, x2, n2), level, method, zero)


def _chosen[T](method: str, methods: dict[str, T]) -> T:
    if method not in methods:
        raise ValueError(f"{method!r} is not a method here; there are {', '.join(methods)}")
    return methods[method]
