"""What the numbers of one row admit: the counts, percents and 2×2 tables that may stand behind."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kb.printed.measure import PERCENT
from kb.printed.number import Span, decimals, is_number, span
from kb.stats.proportions.counts import reconstruct_counts

if TYPE_CHECKING:
    from kb.rows.row import Row


def exact_value(row: Row) -> bool:
    """Whether a row prints a number of its own as it is, not as "about" or "up to"."""
    return is_number(row.value) and not row.approximation and row.value_source == "reported"


def interval_printed(row: Row) -> bool:
    """Whether a row prints two bounds that are numbers, as exactly as they are shown.

    Bounds that were converted have digits that no source prints; those of 0.27 as a percent have
    not, those of 0.3 have.
    """
    numbers = is_number(row.low) and is_number(row.high) and row.interval_source == "reported"
    return numbers and (not row.bounds_converted or _percents(row))


def _percents(row: Row) -> bool:
    """Whether fractions are printed with the digits of a percent."""
    printed = (row.printed_low, row.printed_high)
    return row.unit == PERCENT and all(decimals(one) >= 2 for one in printed)


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
