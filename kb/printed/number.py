"""A printed number: its form, its decimals, and which true values it admits.

The decimals of the text are the rounding. This is the only place that knows what a number looks
like in print; a reader of records, of tables and of p-values asks here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor, inf, isfinite
from typing import Final, NamedTuple

ROUNDINGS: Final = ("half-up", "half-even", "truncated", "any")
NUMBER: Final = re.compile(r"-?(?:[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})")
SIGNS: Final = re.compile(r"<=|>=|[<>≤≥=]")
_BELOW: Final = ("<", "<=", "≤")
_TINY: Final = 1e-9


def is_number(text: str) -> bool:
    """Whether a text is one printed number, without sign of inequality."""
    return NUMBER.fullmatch(text) is not None


def signed(text: str) -> tuple[str, str]:
    """A text without spaces around as its sign of inequality, if any, and the rest."""
    bare = text.strip()
    found = SIGNS.match(bare)
    return (found[0], bare[found.end() :].strip()) if found else ("", bare)


def decimals(text: str) -> int:
    """The printed decimal places."""
    return len(text.partition(".")[2])


def significant(number: float) -> str:
    """A computed number as text: ten significant digits, no exponent for ordinary sizes."""
    return f"{number:.10g}"


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


def half_up(value: float | Fraction, places: int) -> str:
    """Return the number rounded once, half away from zero, with that many decimals."""
    true = exact(value)
    scaled = floor(abs(true) * 10**places + Fraction(1, 2))
    digits = Decimal(scaled).scaleb(-places)
    return f"{-digits if true < 0 and scaled else digits:f}"


def admitted(printed: str, *, rounding: str = "half-up") -> Admitted:
    """Return the true values that print so under a rounding: one of `ROUNDINGS`.

    The decimals of the text are the rounding. Half up is away from zero, truncated towards it;
    "any" is all three together. "<1" and ">99" admit what lies beyond them. Raises ValueError for
    a text that is no printed number and for an unknown rounding.
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"{rounding!r} is not a rounding; there are {', '.join(ROUNDINGS)}")
    sign, text = signed(printed) if isinstance(printed, str) else ("", "")
    if sign == "=" or not is_number(text):
        raise ValueError(f"{printed!r} is no printed number; give its text, such as '24.7'")
    number, unit = Fraction(text), Fraction(1, 10 ** decimals(text))
    if sign:
        included = sign not in ("<", ">")
        if sign in _BELOW:
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


class Span(NamedTuple):
    """A closed range of true values."""

    low: float
    high: float

    def meets(self, other: Span) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high + _TINY and other.low <= self.high + _TINY

    def gap(self, other: Span) -> float:
        """How far apart two ranges lie; 0 where they meet."""
        return max(0.0, self.low - other.high, other.low - self.high)

    def times(self, factor: float) -> Span:
        """The range in another unit, `factor` of which make one of its own."""
        return Span(self.low * factor, self.high * factor)


@lru_cache(maxsize=8192)
def span(text: str) -> Span:
    """The true values that print so if rounded half up, half to even or truncated."""
    true = admitted(text, rounding="any")
    return Span(float(true.low), float(true.high))


def says(text: str, value: float) -> bool:
    """Whether a true value may be printed so."""
    return span(text).meets(Span(value, value))


def as_printed(value: float, like: str) -> str:
    """A computed value with the decimals of a printed one, rounded half up."""
    return half_up(value, decimals(like))
