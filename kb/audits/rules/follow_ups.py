"""Follow-up against the times that are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.audits.finding import ERROR, NOTE, Remark
from kb.audits.study import name
from kb.base import Printed
from kb.printed.measure import LANDMARK, MEDIAN
from kb.printed.number import Span, span
from kb.printed.sense import value_outside_interval
from kb.printed.time import UNITS, months
from kb.rows.admitted import exact_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.audits.trial import TrialUnderAudit
    from kb.model.patients import FollowUp
    from kb.rows.row import Row


def follow_up_shorter(record: TrialUnderAudit) -> Iterator[Remark]:
    """Follow-up ends before a time that is printed.

    A median time or a rate beyond the longest follow-up is an error. A median time longer than
    the median follow-up is a note: the curve was not followed to its middle in half of the
    patients. The median follow-up of all says nothing of a subgroup, such as the responders.
    """
    for report_id, report in record.trial.reports.items():
        rows = [row for row in record.study.rows if row.report == report_id and not row.versus]
        for one in report.follow_up:
            for row in rows:
                if one.set is None or one.set == row.set:
                    yield from _shorter(one, row)


def follow_up_outside_range(record: TrialUnderAudit) -> Iterator[Remark]:
    """Follow-up lies outside its own range, quartiles or interval: 37.2 months, quartiles 1.8–10.1.

    The median lies between any of them, a mean between the ends of the range. Rounding is allowed
    for, and an end marked as censored is open. Always an error: one of them is of other patients,
    of another cut, or in another unit. In a table of one's own, where follow-up is a row with
    bounds, this is `value-outside-interval`.
    """
    for report_id, report in record.trial.reports.items():
        for one in report.follow_up:
            message = _outside(one)
            if message:
                owner = "/".join(filter(None, (record.trial.id, report_id, one.set)))
                yield Remark(ERROR, message, address=owner)


def _outside(one: FollowUp) -> str:
    """What bounds a follow-up lies outside of, as a sentence; empty if none."""
    unit = next((unit for unit in UNITS if getattr(one, unit) is not None), None)
    value = getattr(one, unit) if unit else None
    if not isinstance(value, Printed):
        return ""
    statistic = one.statistic or "length"
    median = "mean" not in statistic and "average" not in statistic
    spreads = (("range", one.range), ("quartiles", one.iqr), ("bounds", one.unlabelled))
    ends = [
        (words, spread.low, None if spread.high_mark else spread.high)
        for words, spread in spreads
        if spread and (median or words == "range")
    ]
    if one.interval:
        ends.append(("interval", *one.interval.in_unit(unit or "")))
    for words, *bounds in ends:
        low, high = (str(end) if isinstance(end, Printed) else "" for end in bounds)
        if value_outside_interval(str(value), low, high):
            return (
                f"follow-up: the {statistic} of {value} {unit} lies outside its {words}, "
                f"{low or 'open'} to {high or 'open'}"
            )
    return ""


def _shorter(one: FollowUp, row: Row) -> Iterator[Remark]:
    time = _time(row)
    unit = next((unit for unit in UNITS if getattr(one, unit) is not None), None)
    value = getattr(one, unit) if unit else None
    if time is None or unit is None:
        return
    longest = one.range.high if one.range and not one.range.high_mark else None
    if isinstance(longest, Printed) and months(span(longest).high, unit) < time.low:
        message = f"{name(row)}: {_said(row)}, but the longest follow-up is {longest} {unit}"
        yield Remark(ERROR, message, (row,))
        return
    same = one.set is not None or not row.subgroup
    of_middle = same and row.measure == "median" and "median" in (one.statistic or "")
    if of_middle and isinstance(value, Printed) and months(span(value).high, unit) < time.low:
        message = f"{name(row)}: {_said(row)}, but median follow-up is {value} {unit}"
        yield Remark(NOTE, message, (row,))


def _time(row: Row) -> Span | None:
    if row.measure == MEDIAN and exact_value(row):
        low, high = span(row.value)
        return Span(months(low, row.unit), months(high, row.unit))
    if row.measure == LANDMARK and row.at_value:
        at = months(float(row.at_value), row.at_unit)
        return Span(at, at)
    return None


def _said(row: Row) -> str:
    if row.measure == MEDIAN:
        return f"median {row.value} {row.unit}"
    return f"a rate at {row.at_value} {row.at_unit}"
