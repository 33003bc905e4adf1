"""What no arithmetic allows: counts over n, percents beyond 100, values outside their bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.audits.finding import ERROR, Remark
from kb.audits.study import name
from kb.audits.typing_errors import CHANGED, meant_by
from kb.printed import sense
from kb.printed.measure import LANDMARK, PROPORTION
from kb.printed.number import is_number
from kb.rows.admitted import reported_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row


def events_over_n(study: Study) -> Iterator[Remark]:
    """More events than patients: `33 of 32`. Always an error.

    In a record the check of this name stays silent where the curator has marked the number
    `as_printed`; the audit reports it.
    """
    for row in (*study.proportions, *study.shares):
        events = reported_events(row)
        if sense.events_over_n(events, row.n):
            yield Remark(ERROR, f"{name(row)}: {events} events among {row.n} patients", (row,))


def percent_out_of_range(study: Study) -> Iterator[Remark]:
    """A percent, or a bound of its interval, below 0 or above 100. Always an error.

    A bound below 0 is what the normal approximation gives near the border when nobody cuts it off.
    """
    for row in (*study.proportions, *study.landmarks):
        for what, text in (("", row.value), ("low bound ", row.low), ("high bound ", row.high)):
            if sense.percent_out_of_range(text):
                message = f"{name(row)}: {what}{text} % lies outside 0 to 100 %"
                yield Remark(ERROR, message, (row,))


def interval_order(study: Study) -> Iterator[Remark]:
    """The low bound of an interval is above the high one. Always an error.

    In a record the check of this name stays silent where the curator has marked the number
    `as_printed`; the audit reports it.
    """
    for row in study.rows:
        if sense.interval_order(row.low, row.high):
            message = f"{name(row)}: the interval runs from {row.low} down to {row.high}"
            yield Remark(ERROR, message, (row,))


def value_outside_interval(study: Study) -> Iterator[Remark]:
    """A value lies outside its own interval: `24.7 (25.1 to 43.4)`. Always an error.

    Rounding is allowed for: `25 (25.1 to 43.4)` may be 25.4. Any proportion, rate, median or ratio.
    The message gives the slip that would put it inside. In a record the check of this name stays
    silent where the curator has marked the number `as_printed`; the audit reports it.
    """
    for row in study.rows:
        if row.approximation:
            continue
        if sense.value_outside_interval(row.value, row.low, row.high):
            bounds = f"{row.low or 'open'} to {row.high or 'open'}"
            message = f"{name(row)}: {row.value} lies outside its interval, {bounds}{_inside(row)}"
            yield Remark(ERROR, message, (row,))


def _inside(row: Row) -> str:
    """What would put the value inside: bounds that are fractions, or a slip in the bound passed."""
    value = float(row.value)
    low, high = (100 * float(text) if is_number(text) else value for text in (row.low, row.high))
    if row.measure in (PROPORTION, LANDMARK) and low <= value <= high <= 100:
        return f"; the bounds may be fractions, {low:.4g} to {high:.4g} %"
    below = is_number(row.low) and value < float(row.low)
    bound = row.low if below else row.high
    for meant, words in meant_by(bound).items():
        if words != CHANGED and (float(meant) < value if below else float(meant) > value):
            return f"; {bound} may stand for {meant} ({words})"
    return ""
