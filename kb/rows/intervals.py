"""Intervals that we compute for rows: where none is printed, or all by one method on request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kb.printed.level import RANGE, is_level
from kb.printed.measure import PROPORTION
from kb.printed.number import significant
from kb.stats.proportions.intervals import METHODS, proportion_interval

if TYPE_CHECKING:
    from kb.rows.row import Row

REPORTED: Final = "reported"


def checked(interval: str, method: str, level: float) -> None:
    """Refuse an unknown method or a level outside 50–99.99 with a ValueError that names it."""
    for name in (method, *({interval} - {REPORTED})):
        if name not in METHODS:
            known = ", ".join(METHODS)
            raise ValueError(f"{name!r} is not an interval method; known are {known}")
    if not is_level(level):
        raise ValueError(f"a level is a percent {RANGE}, got {level}")


def with_interval(row: Row, *, interval: str, method: str, level: float) -> Row:
    """A row with the interval that was asked for.

    `reported`: the printed interval as it is, and where none is printed one computed by `method`
    from the count. A method's name: computed for every proportion whose count is known; what was
    printed stays in `printed_low`, `printed_high` and `printed_level`.
    """
    events, n = row.events, row.n
    if row.measure != PROPORTION or events is None or not n or events > n:
        return row
    if interval == REPORTED and row.interval_source == REPORTED:
        return row
    name = method if interval == REPORTED else interval
    try:
        bounds = proportion_interval(events, n, level=level, method=name)
    except ValueError:  # a Wald interval of none or all has no width
        return row
    return replace(
        row,
        low=significant(100 * bounds.low),
        high=significant(100 * bounds.high),
        low_state="",
        high_state="",
        level=float(level),
        interval_source="computed",
        interval_method=name,
        interval_sides="two",
    )
