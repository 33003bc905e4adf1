"""What was measured at baseline: means, deviations and medians, of whole numbers above all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.printed.measure import MEDIAN
from kb.printed.number import decimals, is_number, span
from kb.stats.proportions.granularity import (
    DIVISORS,
    debit,
    grim,
    grimmer,
    largest_deviation,
    whole_median,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MEAN: Final = "mean"
SD: Final = "sd"
AGE: Final = "age"
COUNT: Final = "count"
SHARE: Final = "share"
COUNTED: Final = frozenset(
    {"prior-lines", "prior-therapies", "prior-regimens", "prior-treatments", "lines-of-therapy",
     "performance-status", "ecog", "metastatic-sites", "target-lesions", "cycles"}
)  # fmt: skip
"""Characteristics that are counted, or scored in whole numbers, so that nobody has 1.5 of them."""
AGES: Final = frozenset({"age", "age-at-diagnosis", "age-at-enrolment", "age-at-baseline"})
"""Ages are mostly taken in whole years, but may be reckoned from dates: what is said is a note."""
ROUNDED: Final = ("half-up", "half-even")
FEWER: Final = 3
"""So many patients without a value are looked at as the likeliest cause."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of a table of baseline values, every number as printed and empty if it is not.

    `kind` is `AGE`, `COUNT` (whole numbers), `SHARE` (noughts and ones), or empty for what may have
    any value. `items` is of how many whole numbers each value is the mean. `low` and `high` are the
    extremes, `lower` and `upper` the quartiles.
    """

    what: str
    n: int | None
    kind: str = ""
    mean: str = ""
    sd: str = ""
    median: str = ""
    low: str = ""
    high: str = ""
    lower: str = ""
    upper: str = ""
    items: int = 1

    @property
    def whole(self) -> bool:
        """Whether the values are whole numbers: no extreme and no quartile is printed as a part."""
        bounds = [text for text in (self.low, self.high) if is_number(text)]
        return self.kind in (AGE, COUNT) and all(float(text).is_integer() for text in bounds)

    @property
    def severity(self) -> str:
        """A warning for what is counted, since a few patients may lack it; of ages a note."""
        return NOTE if self.kind == AGE else WARNING


def kind_of(characteristic: str, unit: str = "") -> str:
    """The kind of a characteristic: an age in years, a count, or empty where it is not known."""
    words = re.sub(r"[^a-z]+", "-", characteristic.casefold()).strip("-")
    bare = words.removesuffix("-years").removesuffix("-yr").removesuffix("-y")
    if bare in AGES and unit in ("", "years"):
        return AGE
    return COUNT if bare in COUNTED else ""


def mean_without_data(one: Measured) -> Iterator[Remark]:
    """The mean of whole numbers that none have."""
    if not (one.whole and one.n and is_number(one.mean)):
        return
    if any(grim(one.mean, one.n, items=one.items, rounding=way) for way in ROUNDED):
        return
    text = f"{one.what}: no {one.n} whole numbers have the mean {one.mean}"
    if grim(one.mean, one.n, items=one.items, rounding="truncated"):
        yield Remark(NOTE, f"{text} but by cutting off its decimals")
        return
    fits = [n for n in _fewer(one.n, 1) if grim(one.mean, n, items=one.items, rounding="any")]
    yield Remark(one.severity, f"{text}{_cause(one, fits)}")


def deviation_without_data(one: Measured) -> Iterator[Remark]:
    """The standard deviation of whole numbers that none with their mean have."""
    given = is_number(one.mean) and is_number(one.sd)
    if not (one.whole and one.n and one.n > 1 and given):
        return
    possible = grim(one.mean, one.n, items=one.items, rounding="any")
    if not possible or _deviates(one, one.n):
        return
    text = f"{one.what}: no {one.n} whole numbers have the mean {one.mean} and the standard"
    fits = [n for n in _fewer(one.n, 2) if _deviates(one, n)]
    yield Remark(one.severity, f"{text} deviation {one.sd}{_cause(one, fits)}", address=SD)


def binary_deviation(one: Measured) -> Iterator[Remark]:
    """The standard deviation of noughts and ones that none with their share have."""
    given = is_number(one.mean) and is_number(one.sd)
    if not (one.kind == SHARE and one.n and one.n > 1 and given):
        return
    if any(debit(one.mean, one.sd, one.n, divisor=by, rounding=way)
           for by in DIVISORS for way in (*ROUNDED, "truncated")):  # fmt: skip
        return
    share = min(max(float(one.mean), 0.0), 1.0)
    usual = (share * (1 - share) * one.n / (one.n - 1)) ** 0.5
    made = (
        f"of {one.n} noughts and ones with the mean {one.mean} it is {usual:.{decimals(one.sd)}f}"
    )
    yield Remark(WARNING, f"{one.what}: standard deviation {one.sd}, but {made}", address=SD)


def median_without_data(one: Measured) -> Iterator[Remark]:
    """The median of whole numbers that none have."""
    if not (one.whole and one.n and is_number(one.median)):
        return
    if whole_median(one.median, one.n, rounding="any"):
        return
    fits = [n for n in _fewer(one.n, 1) if whole_median(one.median, n, rounding="any")]
    text = f"{one.what}: no {one.n} whole numbers have the median {one.median}"
    yield Remark(one.severity, f"{text}{_cause(one, fits)}", address=MEDIAN)


def baseline_out_of_range(one: Measured) -> Iterator[Remark]:
    """A mean, median or quartile outside the extremes; a deviation that they do not allow."""
    extremes = f"the range {one.low} to {one.high}"
    for column, name, text in (
        (MEAN, MEAN, one.mean), (MEDIAN, MEDIAN, one.median),
        ("lower", "lower quartile", one.lower), ("upper", "upper quartile", one.upper),
    ):  # fmt: skip
        if _below(text, one.low) or _below(one.high, text):
            message = f"{one.what}: the {name} {text} lies outside {extremes}"
            yield Remark(ERROR, message, address=column)
    if _below(one.median, one.lower) or _below(one.upper, one.median):
        quartiles = f"between the quartiles {one.lower} and {one.upper}"
        message = f"{one.what}: the median {one.median} does not lie {quartiles}"
        yield Remark(ERROR, message, address=MEDIAN)
    if not all(map(is_number, (one.sd, one.low, one.high))) or _below(one.high, one.low):
        return
    low, high, n = span(one.low).low, span(one.high).high, max(one.n or 2, 2)
    middle = (low + high) / 2
    if is_number(one.mean):  # of the means that print so, the one nearest to the middle
        own = span(one.mean)
        middle = min(max(middle, own.low), own.high)
    if low <= middle <= high and span(one.sd).low > largest_deviation(middle, low, high, n):
        message = f"{one.what}: values in {extremes} cannot have the standard deviation {one.sd}"
        yield Remark(ERROR, message, address=SD)


def applied(one: Measured) -> int:
    """How many of the rules have of a line what they need."""
    mean, sd, median = map(is_number, (one.mean, one.sd, one.median))
    low, high, lower, upper = map(is_number, (one.low, one.high, one.lower, one.upper))
    both = mean and sd and (one.n or 0) > 1
    counted = one.whole and one.n is not None
    ranged = (low or high) and (mean or median or lower or upper)
    spread = sd and low and high
    quartiles = median and (lower or upper)
    return sum((
        counted and mean, counted and both, one.kind == SHARE and both, counted and median,
        ranged or spread or quartiles,
    ))  # fmt: skip


def _below(one: str, other: str) -> bool:
    """Whether a number lies below another, even if each was rounded."""
    return is_number(one) and is_number(other) and span(one).high < span(other).low


def _fewer(n: int, least: int) -> range:
    return range(n - 1, max(n - 1 - FEWER, least - 1), -1)


def _deviates(one: Measured, n: int) -> bool:
    """Whether n numbers can have the mean and the deviation, however rounded and divided."""
    return any(
        grimmer(one.mean, one.sd, n, items=one.items, divisor=by, rounding=way)
        for by in DIVISORS
        for way in (*ROUNDED, "truncated")
    )


def _cause(one: Measured, fits: list[int]) -> str:
    """The likeliest causes: a few values missing, or ages that are not whole years."""
    causes = ["the ages are reckoned from dates"] if one.kind == AGE else []
    if fits:
        causes.append(f"they are of {' or '.join(map(str, sorted(fits)))} patients")
    return f"; perhaps {', or '.join(causes)}" if causes else ""
