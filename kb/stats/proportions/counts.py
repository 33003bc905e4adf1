"""What a printed number says about the true one, and which counts could have printed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, inf, isfinite
from typing import TYPE_CHECKING, NamedTuple

from kb.stats.proportions.intervals import METHODS, checked_counts, proportion_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.stats.results import Bounds

ROUNDINGS = ("half-up", "half-even", "truncated", "any")
_PRINTED = re.compile(r"(?P<sign><=|>=|[<>≤≥])?(?P<number>-?(?:\d+\.?\d*|\.\d+))")


@dataclass(frozen=True, slots=True)
class Admitted:
    """The range of true values that a printed number admits; `value in admitted` asks it."""

    low: Fraction | float
    high: Fraction | float
    low_included: bool
    high_included: bool

    def __contains__(self, value: float | Fraction) -> bool:
        true = exact(value)
        above = true > self.low or (self.low_included and true == self.low)
        return above and (true < self.high or (self.high_included and true == self.high))


def exact(value: float | Fraction) -> Fraction:
    """Return the number meant by a computed one, read at 12 significant digits.

    0.425 × 100 is then a tie and not 42.50000000000001. Raises ValueError if not finite.
    """
    if isinstance(value, Fraction | int):
        return Fraction(value)
    if not isfinite(value):
        raise ValueError(f"{value!r} cannot be rounded: it is not finite")
    return Fraction(f"{value:.12g}")


def half_up(value: float | Fraction, decimals: int) -> str:
    """Return the number rounded once, half away from zero, with that many decimals."""
    true = exact(value)
    scaled = floor(abs(true) * 10**decimals + Fraction(1, 2))
    digits = Decimal(scaled).scaleb(-decimals)
    return f"{-digits if true < 0 and scaled else digits:f}"


def admitted(printed: str, *, rounding: str = "half-up") -> Admitted:
    """Return the true values that print so under a rounding: one of `ROUNDINGS`.

    The decimals of the text are the rounding. Half up is away from zero, truncated towards it;
    "any" is all three together. "<1" and ">99" admit what lies beyond them. Raises ValueError for
    a text that is no printed number and for an unknown rounding.
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"{rounding!r} is not a rounding; there are {', '.join(ROUNDINGS)}")
    match = _PRINTED.fullmatch(printed.strip()) if isinstance(printed, str) else None
    if match is None:
        raise ValueError(f"{printed!r} is no printed number; give its text, such as '24.7'")
    text = match["number"]
    number, unit = Fraction(text), Fraction(1, 10 ** len(text.partition(".")[2]))
    if sign := match["sign"]:
        included = sign not in ("<", ">")
        if sign in ("<", "<=", "≤"):
            return Admitted(-inf, number, low_included=False, high_included=included)
        return Admitted(number, inf, low_included=included, high_included=False)
    if number < 0:
        mirror = _rounded(-number, unit, rounding)
        return Admitted(-mirror.high, -mirror.low, mirror.high_included, mirror.low_included)
    return _rounded(number, unit, rounding)


def _rounded(number: Fraction, unit: Fraction, rounding: str) -> Admitted:
    """Return what a number from 0 upwards admits; about 0 both signs do."""
    even = (number / unit) % 2 == 0
    below, above = {
        "half-up": (unit / 2, unit / 2),
        "half-even": (unit / 2, unit / 2),
        "truncated": (Fraction(0), unit),
        "any": (unit / 2, unit),
    }[rounding]
    if number == 0:
        included = rounding == "half-even"
        return Admitted(-above, above, included, included)
    low_included = rounding != "half-even" or even
    return Admitted(number - below, number + above, low_included, rounding == "half-even" and even)


def prints_as(value: float | Fraction, printed: str, *, rounding: str = "half-up") -> bool:
    """Return whether a true value would be printed so."""
    return value in admitted(printed, rounding=rounding)


def reconstruct_counts(percent: str, n: int, *, rounding: str = "half-up") -> list[int]:
    """Return the counts out of n that print as this percent ("24.7"); none if it is impossible.

    Raises ValueError for a percent that is no printed number, and for n < 1 or not whole.
    """
    true, (_, total) = admitted(percent, rounding=rounding), checked_counts(0, n)
    first = floor(max(true.low, 0) * total / 100)
    last = ceil(min(true.high, 100) * total / 100)
    return [x for x in range(first, last + 1) if x <= total and Fraction(100 * x, total) in true]


def reconstruct_denominators(
    percents: Sequence[str], *, largest: int = 300, rounding: str = "half-up"
) -> list[tuple[int, list[list[int]]]]:
    """Return each n up to `largest` of which every percent is a possible share.

    With n come, for each percent in its order, the counts that print so. Raises ValueError if no
    percent is given.
    """
    if not percents or isinstance(percents, str):
        raise ValueError(f"percents must be a list of printed percents, not {percents!r}")
    found = []
    for n in range(1, largest + 1):
        counts = [reconstruct_counts(percent, n, rounding=rounding) for percent in percents]
        if all(counts):
            found.append((n, counts))
    return found


def matching_interval_methods(
    events: int, n: int, low: str, high: str, *, level: float = 95
) -> list[str]:
    """Return the methods whose two bounds both print so, in the order of `METHODS`.

    `low` and `high` are printed percents ("18.7"); their decimals are the rounding, half up. The
    Wald interval never matches at 0 and n events, where it has no width.
    """
    below, above = admitted(low), admitted(high)
    return [
        method
        for method, bounds in _intervals(*checked_counts(events, n), level)
        if 100 * bounds.low in below and 100 * bounds.high in above
    ]


def _intervals(events: int, n: int, level: float) -> Iterator[tuple[str, Bounds]]:
    for method in METHODS:
        if method != "wald" or 0 < events < n:
            yield method, proportion_interval(events, n, level=level, method=method)


class CountMatch(NamedTuple):
    """A count that a printed interval belongs to, and the methods that give that interval."""

    events: int
    n: int
    methods: list[str]


def counts_from_interval(
    percent: str,
    low: str,
    high: str,
    n: int | None = None,
    level: float = 95,
    *,
    largest: int = 300,
    rounding: str = "half-up",
) -> list[CountMatch]:
    """Return the counts whose percent prints as `percent` and whose interval as `low` to `high`.

    Without n every denominator up to `largest` is tried. `rounding` is that of the percent; the
    bounds are rounded half up.
    """
    found = []
    for total in range(1, largest + 1) if n is None else [n]:
        for events in reconstruct_counts(percent, total, rounding=rounding):
            methods = matching_interval_methods(events, total, low, high, level=level)
            if methods:
                found.append(CountMatch(events, total, methods))
    return found
