"""Which true values a printed number admits, and how sure a statement about them can be."""

from __future__ import annotations

import re
from functools import lru_cache
from math import erfc, inf, sqrt
from typing import TYPE_CHECKING, NamedTuple

from kb.printed.number import admitted, half_up
from kb.stats.numeric.special import normal_quantile
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from kb.rows.row import Row

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)")
_P = re.compile(r"(?P<sign>[<>≤≥=]?)\s*(?P<number>[01]?\.?\d+)")
_TINY = 1e-9


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


def is_number(text: str) -> bool:
    """Whether a text is one printed number, without sign of inequality."""
    return _NUMBER.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def span(text: str) -> Span:
    """The true values that print so if rounded half up, half to even or truncated."""
    true = admitted(text, rounding="any")
    return Span(float(true.low), float(true.high))


def decimals(text: str) -> int:
    """The printed decimal places."""
    return len(text.partition(".")[2])


def says(text: str, value: float) -> bool:
    """Whether a true value may be printed so."""
    return span(text).meets(Span(value, value))


def as_printed(value: float, like: str) -> str:
    """A computed value with the decimals of a printed one, rounded half up."""
    return half_up(value, decimals(like))


def exact_value(row: Row) -> bool:
    """Whether a row prints a number of its own as it is, not as "about" or "up to"."""
    return is_number(row.value) and not row.approximation and row.value_source == "reported"


def interval_printed(row: Row) -> bool:
    """Whether a row prints two bounds that are numbers."""
    return is_number(row.low) and is_number(row.high) and row.interval_source == "reported"


@lru_cache(maxsize=8192)
def _counts(percent: str, n: int) -> tuple[int, ...]:
    return tuple(reconstruct_counts(percent, n, rounding="any"))


def counts(row: Row) -> tuple[int, ...]:
    """The counts a proportion may stand for: the printed one, else all that its percent admits.

    The result of a meta-analysis stands for none.
    """
    if row.events is not None and row.events_source == "reported":
        return (row.events,)
    if row.estimator == "meta-analysis":
        return ()
    if row.n and exact_value(row) and 0 <= float(row.value) <= 100:
        return _counts(row.value, row.n)
    return ()


def reported_events(row: Row) -> int | None:
    """The count, if it is printed and not worked out from the percent."""
    return row.events if row.events_source == "reported" else None


def possible_tables(one: Row, other: Row) -> list[tuple[int, int, int, int]]:
    """Every 2×2 table, x₁ of n₁ against x₂ of n₂, that two proportions may stand for."""
    return [
        (x1, one.n, x2, other.n)
        for x1 in counts(one) for x2 in counts(other)
        if one.n and other.n and x1 <= one.n and x2 <= other.n
    ]  # fmt: skip


def percent_span(row: Row) -> Span | None:
    """The true percents a proportion or landmark may have, by its count or its printed percent."""
    events = reported_events(row)
    if events is not None and row.n:
        return Span(100 * events / row.n, 100 * events / row.n)
    if exact_value(row):
        return span(row.value)
    return None


def p_span(text: str) -> Span | None:
    """The true p-values that a printed one admits; None where it is not read as one."""
    stripped = text.strip()
    if stripped.casefold() in ("ns", "not significant"):
        return Span(0.05, 1.0)
    found = _P.fullmatch(stripped)
    if found is None or float(found["number"]) > 1:
        return None
    number = found["number"]
    if found["sign"] in ("<", "≤"):
        return Span(0.0, float(number))
    if found["sign"] in (">", "≥"):
        return Span(float(number), 1.0)
    low, high = span(number)
    return Span(max(low, 0.0), min(high, 1.0))


def z_span(p: Span, sides: int) -> Span:
    """The normal deviates whose p-value of one or two sides lies in a range."""

    def deviate(probability: float) -> float:
        tail = probability / sides
        return inf if tail <= 0 else -normal_quantile(min(tail, 0.5))

    return Span(deviate(p.high), deviate(p.low))


def p_of(z: float) -> str:
    """The two-sided p-value of a normal deviate, as text."""
    return shown_p(erfc(abs(z) / sqrt(2)))


def shown_p(p: float) -> str:
    """A p-value as text: three decimals, more where it is small."""
    if p < 0.0001:
        return "<.0001"
    text = f"{p:.4f}" if p < 0.001 else f"{p:.3f}"
    return text.removeprefix("0")
