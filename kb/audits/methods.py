"""Which method, at which level, gives a printed interval of a proportion."""

from __future__ import annotations

from functools import lru_cache
from math import asin, exp, sin, sqrt
from typing import TYPE_CHECKING, Final

from kb.printed.number import decimals, span
from kb.stats.numeric.special import critical_value
from kb.stats.proportions.intervals import METHODS, proportion_interval
from kb.stats.results import Bounds
from kb.stats.survival.models import landmark_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEVELS: Final = (80, 90, 92, 95, 99)
LIKELY: Final = (95, 90, 99, 80, 92)
"""The same levels, those that are used more first."""
ASSUMED: Final = 95
"""The level of an interval that is printed without one."""
COMMON: Final = {"clopper-pearson": 0.55, "wilson": 0.17, "wald": 0.17}
"""Which share of the intervals of proportions in print are by which method, roughly."""
RARE: Final = 0.01
"""The share of each other form."""
AWAY: Final = 3
"""The variance of the count from which a proportion is away from the borders."""
SLIMMEST: Final = 0.5
WIDEST: Final = 2.0
"""How wide intervals are at the least and at the most, of the normal approximation."""
TWICE: Final = 0.05
"""By how much of a printed unit rounding twice may differ from rounding once."""
UNCUT: Final = "wald, not cut off at 0 and 100"
ONE_SIDED: Final = "clopper-pearson, one-sided at the border"


@lru_cache(maxsize=65536)
def forms(events: int, n: int, level: float) -> Mapping[str, Bounds]:
    """Every form of the two-sided interval of events/n at `level`, bounds in percent.

    The methods of `kb.stats`, and what tables hold besides: the normal approximation not cut off
    and with continuity correction, the logit, log-log, log and arcsine transformations, and at 0
    and n the exact bound with the whole of 1 − level on its one side. (Agresti 2013, Categorical
    Data Analysis, sections 1.4 and 3.1; Kalbfleisch & Prentice 1980, section 1.3, for log-log.)
    """
    found = {
        method: _percent(proportion_interval(events, n, level=level, method=method))
        for method in METHODS
        if method != "wald" or 0 < events < n
    }
    if events in (0, n):
        if level > 51:
            found[ONE_SIDED] = _percent(proportion_interval(events, n, level=2 * level - 100))
        return found
    return found | {method: _percent(bounds) for method, bounds in _transformed(events, n, level)}


def _transformed(events: int, n: int, level: float) -> Iterator[tuple[str, Bounds]]:
    p, z = events / n, critical_value(level)
    error = sqrt(p * (1 - p) / n)
    half = z * error
    yield UNCUT, Bounds(p - half, p + half)
    yield "wald with continuity correction", Bounds(p - half - 1 / (2 * n), p + half + 1 / (2 * n))
    odds, spread = p / (1 - p), exp(z / sqrt(n * p * (1 - p)))
    yield "logit", Bounds(odds / spread / (1 + odds / spread), odds * spread / (1 + odds * spread))
    yield "log-log", landmark_interval(p, error, level=level)
    factor = exp(z * sqrt((1 - p) / events))
    yield "log", Bounds(p / factor, min(1.0, p * factor))
    angle, step = asin(sqrt(p)), z / (2 * sqrt(n))
    yield "arcsine", Bounds(sin(max(0.0, angle - step)) ** 2, sin(min(asin(1), angle + step)) ** 2)


def _percent(bounds: Bounds) -> Bounds:
    return Bounds(100 * bounds.low, 100 * bounds.high)


@lru_cache(maxsize=65536)
def matching(events: int, n: int, low: str, high: str, level: float) -> tuple[str, ...]:
    """The forms whose two bounds both print so; an empty text is a bound that is not printed."""
    return tuple(
        form for form, bounds in forms(events, n, level).items()
        if (not low or _says(low, bounds.low)) and (not high or _says(high, bounds.high))
    )  # fmt: skip


def _says(text: str, bound: float) -> bool:
    """Whether a bound prints so, also if it was rounded twice."""
    low, high = span(text)
    twice = TWICE * 10.0 ** -decimals(text)
    return low - twice <= bound <= high + twice


def matching_any(
    counts: Iterable[int], n: int, low: str, high: str, levels: Iterable[float]
) -> dict[str, tuple[int, float]]:
    """Each form that gives the bounds for some count at some level, with the first such pair."""
    found: dict[str, tuple[int, float]] = {}
    for level in levels:
        for events in counts:
            for form in matching(events, n, low, high, level):
                found.setdefault(form, (events, level))
    return found


def plausible(events: int, n: int, low: str, high: str, level: float) -> bool:
    """Whether an interval of events/n may print so: a quick look before every form is worked out.

    Every form holds the proportion, give or take a point for rounding; away from the borders its
    width is from half of that of the normal approximation to twice as much.
    """
    p, below, above = 100 * events / n, float(low), float(high)
    if not below - 1 <= p <= above + 1:
        return False
    if n * p * (100 - p) < AWAY * 100**2:
        return True
    usual = 2 * critical_value(level) * sqrt(p * (100 - p) / n)
    return above - below + 1 > SLIMMEST * usual and above - below - 1 < WIDEST * usual


def weight(form: str) -> float:
    """How common a form is among printed intervals of proportions, roughly."""
    return COMMON.get(form, RARE)


def likeliest(found: Iterable[str]) -> str:
    """The most common of some forms; the first of those that are equally common."""
    return max(found, key=weight)


def nearest(events: int, n: int, low: str, high: str, level: float) -> tuple[str, Bounds]:
    """The form whose bounds lie closest to the printed ones, and its bounds in percent."""
    return min(
        forms(events, n, level).items(),
        key=lambda item: abs(item[1].low - float(low)) + abs(item[1].high - float(high)),
    )


def is_standard_error(events: int, n: int, low: str, high: str) -> bool:
    """Whether the bounds are the proportion less and plus one standard error."""
    if events in (0, n):
        return False
    p = 100 * events / n
    error = sqrt(p * (100 - p) / n)
    return _says(low, p - error) and _says(high, p + error)


def narrower_than_counting(rate: float, n: int, low: float, high: float, level: float) -> float:
    """The width of an interval of a survival rate over that of the same rate counted in n patients.

    Greenwood's variance is never below that of the proportion (Kalbfleisch & Prentice 1980, section
    1.3), so a ratio well under 1 is no interval at that level for that n.
    """
    half = critical_value(level) * sqrt(rate * (1 - rate) / n)
    return (high - low) / (2 * half)
