"""Which computed sums and lower bounds give way to a number that another report prints."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.printed.reading import LAST_RESORT
from kb.rows.identity import patients
from kb.rows.sums import computed_sum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.rows.row import Row


def giving_way(rows: Iterable[Row]) -> dict[str, str]:
    """The addresses of computed sums of one trial that are not shown, each with the reason.

    A printed number of the same arm, subgroup and endpoint in another report wins, whatever its
    time or definition, unless the data cut behind the sum is known to be newer.
    """
    rows = list(rows)
    printed: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if not computed_sum(row):
            printed[_what(row)].append(row)
    reasons = {}
    for row in filter(computed_sum, rows):
        others = [one for one in printed[_what(row)] if one.report != row.report]
        winning = [one for one in others if not _newer(row, one)]
        if winning:
            shown = max(winning, key=_first)
            reasons[row.address] = f"computed from parts; {shown.report} prints the number"
    return reasons


def _what(row: Row) -> tuple[str, ...]:
    return (*patients(row), row.endpoint, row.measure)


def _first(row: Row) -> tuple[bool, str, str]:
    """The report to name: no review table if another prints the number, then the newest."""
    return row.read != LAST_RESORT, row.release_date, row.report


def _newer(row: Row, other: Row) -> bool:
    """Whether the cut of a row is known to be later; a month holds every day of it."""
    shorter = min(len(row.data_cut), len(other.data_cut))
    return row.data_cut[:shorter] > other.data_cut[:shorter]
