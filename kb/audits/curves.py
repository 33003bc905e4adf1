"""Points of survival curves: which are of the same patients, when they are, and how high."""

from __future__ import annotations

from collections import defaultdict
from math import nan
from typing import TYPE_CHECKING

from kb.audits.study import name
from kb.printed.measure import LANDMARK, MEDIAN
from kb.printed.number import Span, span
from kb.printed.time import UNITS, months
from kb.rows.admitted import exact_value
from kb.rows.identity import agree, judged, quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row


def alike(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows about the same patients in one report that nothing says were judged differently.

    Where some rows name who judged or by which criteria, each of these makes a group with the rows
    that do not. A row without an arm is about nobody knows whom and stands in no group.
    """
    places: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.arm:
            places[row.place].append(row)
    return [
        [row for row in group if agree(judged(row), one)]
        for group in places.values()
        for one in sorted({judged(row) for row in group if any(judged(row))} or {("", "", "")})
    ]


def unnamed(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of one report without an arm, where no quantity stands twice.

    A table of trials with one arm each has no column for it. Where a quantity stands twice there
    are several arms or several reports, and nobody knows which rows belong together.
    """
    places: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.arm:
            places[row.place].append(row)
    return [
        group for group in places.values() if len({quantity(row) for row in group}) == len(group)
    ]


def time_of(row: Row) -> float:
    """The time of a rate in months; `nan`, which is neither before nor after, where not printed."""
    return months(float(row.at_value), row.at_unit) if row.at_value and row.at_unit else nan


def shorter_units(unit: str) -> list[str]:
    """The units that a time too long for its unit may be in, the nearest first."""
    return [one for one in reversed(UNITS) if UNITS[one].months < UNITS[unit].months]


def longer_units(unit: str) -> list[str]:
    """The units that a time too short for its unit may be in, the nearest first."""
    return [one for one in UNITS if UNITS[one].months > UNITS[unit].months]


def true_span(row: Row) -> Span | None:
    """The true values of a median in months, or of a rate in percent."""
    if not exact_value(row) or (row.measure == MEDIAN and not row.unit):
        return None
    low, high = span(row.value)
    if row.measure == MEDIAN:
        return Span(months(low, row.unit), months(high, row.unit))
    return Span(low, high)


def shown(row: Row) -> str:
    """A median or a rate as messages write it: `PFS 48 % at 6 months`."""
    if row.measure == MEDIAN:
        value = f"{row.value} {row.unit}" if row.value else row.value_state.replace("-", " ")
        return f"{name(row)} median {value}"
    if row.measure == LANDMARK:
        return f"{name(row)} {row.value} % at {row.at_value} {row.at_unit}"
    return f"{name(row)} {row.value} %"
