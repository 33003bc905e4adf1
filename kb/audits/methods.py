"""Which method, at which level, gives a printed interval of a proportion."""

from __future__ import annotations

from functools import cache, lru_cache
from math import asin, exp, sin, sqrt
from typing import TYPE_CHECKING, Final

from kb.printed.number import Span, decimals, span
from kb.stats.numeric.special import beta_cdf, critical_value, tail_of
from kb.stats.proportions.intervals import METHODS, proportion_interval, wilson
from kb.stats.results import Bounds
from kb.stats.survival.models import landmark_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Rising = Callable[[float], float]

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
NEARER: Final = 1.2
FARTHER: Final = 2.0
"""How far a bound of any form may lie from that of Wilson, as a share of the distance from the
proportion to Wilson's bound, times the standard deviation of the count: of 2,000 proportions of 10
to 3,000 patients at five levels, no form came nearer by more than 1.0 or went farther by 1.8."""
TWICE: Final = 0.05
"""By how much of a printed unit rounding twice may differ from rounding once."""
BETA: Final = ("clopper-pearson", "jeffreys", "mid-p")
"""The forms by the beta distribution, which take far longer to work out than the others."""
_PLACES: Final = {method: place for place, method in enumerate(METHODS)}
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


def _closed(events: int, n: int, level: float) -> dict[str, Bounds]:
    """The forms that are formulae, away from 0 and n: all but those by the beta distribution."""
    found = {
        method: _percent(proportion_interval(events, n, level=level, method=method))
        for method in METHODS
        if method not in BETA
    }
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
    away = bool(low and high and 0 < events < n)
    if away and not plausible(events, n, low, high, level):
        return ()
    found = [
        form for form, bounds in (_closed if away else forms)(events, n, level).items()
        if (not low or _says(low, bounds.low)) and (not high or _says(high, bounds.high))
    ]  # fmt: skip
    if not away:
        return tuple(found)
    found += _by_beta(events, n, _span(low), _span(high), level)
    return tuple(sorted(found, key=lambda form: (form not in METHODS, _PLACES.get(form, 0))))


def _by_beta(events: int, n: int, low: Span, high: Span, level: float) -> list[str]:
    """The forms by the beta distribution whose bounds lie in two spans, in percent.

    The bounds are not worked out: one lies between two ends if the probability that defines it lies
    between those at the ends. Clopper–Pearson's are those of the tails with and without the count
    itself, mid-p's of the middle of both (Berry & Armitage 1995), Jeffreys's of the count and half.
    """
    tail = tail_of(level)

    @cache
    def with_it(p: float) -> float:
        return beta_cdf(p, events, n - events + 1)

    @cache
    def without(p: float) -> float:
        return beta_cdf(p, events + 1, n - events)

    def middle(p: float) -> float:
        return (with_it(p) + without(p)) / 2

    def half(p: float) -> float:
        return beta_cdf(p, events + 0.5, n - events + 0.5)

    bounds: tuple[tuple[Rising, Rising], ...] = ((with_it, without), (half, half), (middle, middle))
    defined = zip(BETA, bounds, strict=True)
    return [
        form for form, (below, above) in defined
        if _between(below, low, tail) and _between(above, high, 1 - tail)
    ]  # fmt: skip


def _between(rising: Rising, ends: Span, wanted: float) -> bool:
    """Whether a rising probability is the wanted one somewhere between two ends, in percent."""
    first, last = (min(1.0, max(0.0, end / 100)) for end in ends)
    return rising(first) <= wanted <= rising(last)


def _span(text: str) -> Span:
    """Between which percents a bound lies that prints so, also if it was rounded twice."""
    low, high = span(text)
    twice = TWICE * 10.0 ** -decimals(text)
    return Span(low - twice, high + twice)


def _says(text: str, bound: float) -> bool:
    low, high = _span(text)
    return low <= bound <= high


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

    Every form holds the proportion, and away from the borders its bounds lie about where Wilson's
    do; a printed unit is allowed for.
    """
    p = 100 * events / n
    variance = p * (100 - p) * n / 100**2
    if variance < AWAY:
        return True
    usual = _percent(wilson(events, n, level))
    nearer, farther = 1 - NEARER / sqrt(variance), 1 + FARTHER / sqrt(variance)
    distances = ((p - float(low), p - usual.low, low), (float(high) - p, usual.high - p, high))
    return all(
        nearer * own - _unit(text) <= printed <= farther * own + _unit(text)
        for printed, own, text in distances
    )


def _unit(text: str) -> float:
    return float(10.0 ** -decimals(text))


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
