"""Confidence intervals of one proportion."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from numbers import Real
from typing import TYPE_CHECKING

from kb.stats.numeric.special import (
    beta_cdf,
    beta_quantile,
    beta_start,
    binomial_probability,
    critical_value,
    invert,
    tail_of,
)
from kb.stats.results import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Method:
    """An interval method: its function, the paper it follows and when to choose it."""

    function: Callable[[int, int, float], Bounds]
    citation: str
    advice: str


def proportion_interval(
    events: ArrayLike, n: ArrayLike, *, level: float = 95, method: str = "clopper-pearson"
) -> Bounds:
    """Return the two-sided confidence interval of events/n, as fractions.

    `level` is a percent, `method` one of `METHODS`. Arrays (or lists) of events and n are
    broadcast and give arrays of bounds, `nan` where a single pair would be refused. Raises
    ValueError for a count that is not whole, outside 0 ≤ events ≤ n or over n < 1, for a level
    that is no percent, for an unknown method, and for `wald` at 0 and n, where it has no width.
    """
    if method not in METHODS:
        raise ValueError(f"{method!r} is not an interval method; there are {', '.join(METHODS)}")
    single = (int, float, Real)  # the abstract class last, because it is slow to ask
    if isinstance(events, single) and isinstance(n, single):
        x, total = checked_counts(float(events), float(n))
        return METHODS[method].function(x, total, level)
    from kb.stats.proportions.interval_arrays import array_interval

    return array_interval(events, n, level=level, method=method)


def checked_counts(events: float, n: float) -> tuple[int, int]:
    """Return both as whole numbers; raise ValueError unless they are and 0 ≤ events ≤ n, n ≥ 1."""
    for name, number in (("events", events), ("n", n)):
        if not float(number).is_integer():
            raise ValueError(f"{name} must be a whole number, not {number!r}")
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n:g}")
    if not 0 <= events <= n:
        raise ValueError(f"events must lie between 0 and n = {n:g}, not {events:g}")
    return int(events), int(n)


def clopper_pearson(events: int, n: int, level: float = 95) -> Bounds:
    """Return the exact interval: beta quantiles, half of 1 − level on each side, also at 0 and n.

    Clopper & Pearson 1934; lower is 0 at 0 events and upper 1 at n.
    """
    tail = tail_of(level)
    low = beta_quantile(tail, events, n - events + 1) if events > 0 else 0.0
    high = beta_quantile(1 - tail, events + 1, n - events) if events < n else 1.0
    return Bounds(low, high, level)


def wilson(events: int, n: int, level: float = 95) -> Bounds:
    """Return the score interval (Wilson 1927; Newcombe 1998, method 3)."""
    z = critical_value(level)
    centre = (2 * events + z * z) / (2 * (n + z * z))
    half = z * sqrt(z * z + 4 * events * (n - events) / n) / (2 * (n + z * z))
    return _bounded(events, n, centre - half, centre + half, level)


def wilson_cc(events: int, n: int, level: float = 95) -> Bounds:
    """Return the score interval with continuity correction (Newcombe 1998, method 4)."""
    z = critical_value(level)

    def low_of(x: int) -> float:
        p = x / n
        root = sqrt(z * z - 2 - 1 / n + 4 * p * (n - x + 1))
        return (2 * x + z * z - 1 - z * root) / (2 * (n + z * z))

    low = low_of(events) if events > 0 else 0.0
    high = 1 - low_of(n - events) if events < n else 1.0
    return _bounded(events, n, low, high, level)


def agresti_coull(events: int, n: int, level: float = 95) -> Bounds:
    """Return the Wald interval about (events + z²/2)/(n + z²), truncated to [0, 1].

    Agresti & Coull 1998 with z² pseudo-counts, not "add 2 and 4".
    """
    z = critical_value(level)
    total = n + z * z
    centre = (events + z * z / 2) / total
    half = z * sqrt(centre * (1 - centre) / total)
    return Bounds(max(0.0, centre - half), min(1.0, centre + half), level)


def jeffreys(events: int, n: int, level: float = 95) -> Bounds:
    """Return the equal-tailed interval of Beta(events + ½, n − events + ½).

    Brown, Cai & DasGupta 2001, with their rule: lower is 0 at 0 events and upper 1 at n.
    """
    tail = tail_of(level)
    a, b = events + 0.5, n - events + 0.5
    low = beta_quantile(tail, a, b) if events > 0 else 0.0
    high = beta_quantile(1 - tail, a, b) if events < n else 1.0
    return Bounds(low, high, level)


def wald(events: int, n: int, level: float = 95) -> Bounds:
    """Return the normal approximation p ± z √(p(1 − p)/n), truncated to [0, 1].

    Laplace 1812. Raises ValueError at 0 and n events, where it has no width.
    """
    z = critical_value(level)
    if events in (0, n):
        raise ValueError(f"the Wald interval of {events} of {n} has no width; choose another")
    p = events / n
    half = z * sqrt(p * (1 - p) / n)
    return Bounds(max(0.0, p - half), min(1.0, p + half), level)


def mid_p(events: int, n: int, level: float = 95) -> Bounds:
    """Return the exact interval that counts half the probability of the observed number.

    Lancaster 1961; Berry & Armitage 1995. The lower bound solves Pr(X > x) + ½ Pr(X = x) = α/2,
    the upper its mirror; lower is 0 at 0 events and upper 1 at n.
    """
    tail = tail_of(level)

    def above(p: float) -> float:
        at = binomial_probability(events, n, p)
        return beta_cdf(p, events, n - events + 1) - at / 2

    def slope(p: float) -> float:
        return binomial_probability(events, n, p) * (events / p + (n - events) / (1 - p)) / 2

    def bound(probability: float) -> float:
        start = beta_start(probability, max(1, events + 0.5), max(1, n - events + 0.5))
        return invert(above, slope, probability, start=start)

    return Bounds(
        bound(tail) if events > 0 else 0.0,
        bound(1 - tail) if events < n else 1.0,
        level,
    )


def _bounded(events: int, n: int, low: float, high: float, level: float) -> Bounds:
    """Return the bounds inside [0, 1], exact where the formula gives 0 or 1 up to rounding."""
    return Bounds(
        max(0.0, low) if events > 0 else 0.0,
        min(1.0, high) if events < n else 1.0,
        level,
    )


METHODS: dict[str, Method] = {
    "clopper-pearson": Method(
        clopper_pearson,
        "Clopper & Pearson 1934, Biometrika 26:404, 10.1093/biomet/26.4.404",
        "The exact interval: never covers less than it says, often more; the usual choice in "
        "trial reports.",
    ),
    "wilson": Method(
        wilson,
        "Wilson 1927, J Am Stat Assoc 22:209, 10.1080/01621459.1927.10502953",
        "The score interval: covers close to its level on average at any size.",
    ),
    "wilson-cc": Method(
        wilson_cc,
        "Newcombe 1998, Stat Med 17:857 (method 4), "
        "10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E",
        "The score interval with continuity correction: close to the exact one, in closed form.",
    ),
    "agresti-coull": Method(
        agresti_coull,
        "Agresti & Coull 1998, Am Stat 52:119, 10.1080/00031305.1998.10480550",
        "Simple and wide enough from about 40 patients; truncated near 0 and 1.",
    ),
    "jeffreys": Method(
        jeffreys,
        "Brown, Cai & DasGupta 2001, Stat Sci 16:101, 10.1214/ss/1009213286",
        "Equal-tailed Bayesian interval under the Jeffreys prior; narrower than the exact one.",
    ),
    "wald": Method(
        wald,
        "Laplace 1812, Théorie analytique des probabilités; see Brown, Cai & DasGupta 2001",
        "To recognise printed intervals only: covers too little and fails at 0 and n.",
    ),
    "mid-p": Method(
        mid_p,
        "Berry & Armitage 1995, Statistician 44:417, 10.2307/2348891",
        "The exact interval made less conservative; covers its level on average.",
    ),
}
