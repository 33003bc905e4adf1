"""Whether means, standard deviations and medians of whole numbers can be what is printed.

Sums of whole numbers are whole, so that a mean of n of them is one of few numbers, and so is their
standard deviation. Every answer here is exact: true if and only if there is such a data set.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf, isqrt
from typing import TYPE_CHECKING, Final

from kb.printed.number import admitted, exact

if TYPE_CHECKING:
    from kb.printed.number import Admitted

DIVISORS: Final = ("n-1", "n")
FREE: Final = 5
"""From so many numbers on, every sum of squares of the right parity that is not too small is made
by some of them; below, some are not (no two whole numbers have the sum 0 and the squares 4)."""


def grim(mean: str, n: int, *, items: int = 1, rounding: str = "half-up") -> bool:
    """Return whether n whole numbers can have this printed mean ("3.48").

    Brown & Heathers (2017, 10.1177/1948550616673876). With `items` each number is itself the mean
    of so many whole numbers, as in a questionnaire. Where n times `items` reaches ten to the
    decimals printed, every mean is possible. `rounding` is one of `kb.printed.number.ROUNDINGS`.
    Raises ValueError for a mean that is no printed number, and for n or items below 1 or not whole.
    """
    return bool(_totals(mean, _whole(n, "n", 1), _whole(items, "items", 1), rounding))


def grimmer(
    mean: str, sd: str, n: int, *, items: int = 1, divisor: str = "n-1", rounding: str = "half-up"
) -> bool:
    """Return whether n whole numbers can have this printed mean and standard deviation.

    Anaya (2016, 10.7287/peerj.preprints.2400v1) in the analytic form of Allard (2018): the squares
    of whole numbers have a whole sum, which is odd where their own sum is. Below five numbers the
    data sets are searched, so that the answer is exact for every n. `items` as in `grim`; `divisor`
    is that of the variance, "n-1" or "n". Raises ValueError for n below 2, for an unknown divisor,
    and for what `grim` refuses.
    """
    count, parts = _whole(n, "n", 2), _whole(items, "items", 1)
    spread, scale = _number(sd, rounding), _divided(count, divisor) * parts**2
    return any(
        any(_made(count, total, squares) for squares in _squares(count, total, spread, scale))
        for total in _totals(mean, count, parts, rounding)
    )


def debit(mean: str, sd: str, n: int, *, divisor: str = "n-1", rounding: str = "half-up") -> bool:
    """Return whether n zeros and ones can have this printed mean and standard deviation.

    Heathers & Brown (2019): of k ones among n the standard deviation is √(k(n − k)/(n(n − 1))).
    Exact: only shares k/n whose own mean prints so are tried. Options as in `grimmer`.
    """
    count = _whole(n, "n", 2)
    spread, scale = _number(sd, rounding), _divided(count, divisor)
    return any(
        ones in _squares(count, ones, spread, scale)
        for ones in _totals(mean, count, 1, rounding)
        if 0 <= ones <= count
    )


def whole_median(median: str, n: int, *, rounding: str = "half-up") -> bool:
    """Return whether n whole numbers can have this printed median.

    It is one of them where n is odd, and may lie half-way between two where n is even.
    """
    return grim(median, 1, items=2 - _whole(n, "n", 1) % 2, rounding=rounding)


def largest_deviation(mean: float, low: float, high: float, n: int) -> float:
    """Return the largest standard deviation that n numbers from low to high with this mean have.

    √((mean − low)(high − mean)·n/(n − 1)), after Bhatia & Davis (2000). ValueError if the mean lies
    outside, or n is below 2.
    """
    count = _whole(n, "n", 2)
    if not low <= mean <= high:
        raise ValueError(f"a mean lies between the extremes {low!r} and {high!r}, not {mean!r}")
    return float(((mean - low) * (high - mean) * count / (count - 1)) ** 0.5)


def _whole(number: int, name: str, least: int) -> int:
    if not (float(number).is_integer() and number >= least):
        raise ValueError(f"{name} is a whole number from {least} on, not {number!r}")
    return int(number)


def _divided(n: int, divisor: str) -> int:
    if divisor not in DIVISORS:
        raise ValueError(f"divisor is one of {', '.join(DIVISORS)}, not {divisor!r}")
    return n - 1 if divisor == "n-1" else n


def _number(text: str, rounding: str) -> Admitted:
    """Return what a printed number admits; ValueError for one with a sign of inequality."""
    true = admitted(text, rounding=rounding)
    if inf in (true.high, -true.low):
        raise ValueError(f"{text!r} is a bound; a mean and a deviation are printed as numbers")
    return true


def _totals(mean: str, n: int, items: int, rounding: str) -> range:
    """Return the sums of all items that print as this mean."""
    true, parts = _number(mean, rounding), n * items
    first, last = ceil(exact(true.low) * parts), floor(exact(true.high) * parts)
    first += Fraction(first, parts) not in true
    last -= Fraction(last, parts) not in true
    return range(first, last + 1)


def _squares(n: int, total: int, spread: Admitted, scale: int) -> range:
    """Return the sums of squares, of the parity of the total, that give an admitted spread."""
    if spread.high < 0:
        return range(0)
    middle, low = Fraction(total**2, n), max(exact(spread.low), Fraction(0))
    least, most = middle + scale * low**2, middle + scale * exact(spread.high) ** 2
    first, last = ceil(least), floor(most)
    first += first == least and low == spread.low and not spread.low_included
    last -= last == most and not spread.high_included
    return range(first + (first - total) % 2, last + 1, 2)


def _made(n: int, total: int, squares: int) -> bool:
    """Return whether some n whole numbers have this sum and this sum of squares."""
    shift = total // n  # taken from each of them
    total, squares = total - n * shift, squares - 2 * shift * total + n * shift**2
    if squares < total or (squares - total) % 2:
        return False
    return n >= FREE or _searched(n, total, squares)


def _searched(n: int, total: int, squares: int) -> bool:
    """Return the same for few numbers, by trying the values of all but two of them.

    The sum of squares is never negative: no value is tried whose own square is more than it.
    """
    if n > 2:
        reach = isqrt(squares)
        return any(
            _searched(n - 1, total - one, squares - one**2) for one in range(-reach, reach + 1)
        )
    root = 2 * squares - total**2  # the square of the difference of the two
    return root >= 0 and isqrt(root) ** 2 == root
