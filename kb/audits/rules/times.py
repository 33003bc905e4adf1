"""Medians and rates at a time, against each other and against what contains them."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import nan, sqrt
from typing import TYPE_CHECKING, Final

from kb.audits.finding import ERROR, WARNING, Remark
from kb.audits.methods import narrower_than_counting
from kb.audits.study import name
from kb.printed.measure import LANDMARK, MEDIAN, PROPORTION
from kb.printed.number import Span, decimals, span
from kb.printed.time import months
from kb.rows.admitted import exact_value, interval_printed
from kb.rows.identity import agree, judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.audits.study import Study
    from kb.rows.row import Row

CENSORED: Final = 1.1
"""A median may exceed one that contains it by a tenth, where deaths and progressions are censored
differently."""


def time_order(study: Study) -> Iterator[Remark]:
    """A time or a rate above one that it cannot exceed: progression-free above overall survival.

    `not_above` in the vocabulary says which. Compared are medians, and rates at one time, of one
    set in one report. An error; for medians up to a tenth above a warning, since the two may be
    censored differently. If another unit of time would put the order right the message says so.
    """
    for group in _alike((*study.medians, *study.landmarks)):
        for row in group:
            uppers = study.uppers(row.endpoint)
            for upper in group:
                if upper.endpoint not in uppers or upper.measure != row.measure:
                    continue
                if upper.id not in ("", row.id):
                    continue
                own, limit = _span(row), _span(upper)
                if own is None or limit is None or own.low <= limit.high + 1e-9:
                    continue
                if row.measure == LANDMARK and _at(row) != _at(upper):
                    continue
                median = row.measure == MEDIAN
                slight = median and own.low <= CENSORED * limit.high
                message = f"{_shown(row)} is above {_shown(upper)}{_units(row, upper)}"
                yield Remark(WARNING if slight else ERROR, message, (row, upper))


def rate_rising(study: Study) -> Iterator[Remark]:
    """A survival rate is higher at a later time than at an earlier one. Always an error."""
    for group in _alike(study.landmarks):
        for one, other in combinations(group, 2):
            if (one.endpoint, one.id) != (other.endpoint, other.id):
                continue
            earlier, later = sorted((one, other), key=_at)
            first, second = _span(earlier), _span(later)
            rising = first and second and second.low > first.high
            if rising and _at(earlier) < _at(later):
                message = f"{_shown(later)} is above {_shown(earlier)}"
                yield Remark(ERROR, message, (later, earlier))


def landmark_against_median(study: Study) -> Iterator[Remark]:
    """A rate at a time lies on the wrong side of one half, given the median.

    Before the median at least half are event-free, after it at most half: with a median of 6.2
    months a 12-month rate of 55 % cannot be. The time may be rounded, and a rate near one half at
    the median is no finding. An error where both are Kaplan–Meier estimates, else a warning, since
    the rate may be counted. A median that is not reached goes with rates of at least one half.
    """
    for group in _alike((*study.medians, *study.landmarks)):
        for median in group:
            for rate in group:
                if (median.measure, rate.measure) != (MEDIAN, LANDMARK):
                    continue
                own = _span(rate)
                if (median.endpoint, median.id) != (rate.endpoint, rate.id) or own is None:
                    continue
                reached = _span(median)
                below, above = own.high < 50, own.low > 50
                if reached is None:
                    wrong = below and median.value_state == "not-reached"
                else:
                    early, late = _at(rate) < reached.low, _at(rate) > reached.high
                    wrong = (early and below) or (late and above)
                if wrong:
                    sure = rate.estimator == median.estimator == "kaplan-meier"
                    message = f"{_shown(rate)} does not go with {_shown(median)}"
                    yield Remark(ERROR if sure else WARNING, message, (rate, median))


def interval_equals_range(study: Study) -> Iterator[Remark]:
    """An interval is the range of the data: the bounds printed for both are the same.

    Within one number, or where another report of the same median prints the bounds as a range. A
    warning: the smallest and largest value are no confidence interval.
    """
    ranges: dict[tuple[str, ...], Row] = {}
    for row in study.rows:
        if row.range_low and row.range_high:
            ends = row.range_low.rstrip("+"), row.range_high.rstrip("+")
            ranges[row.trial, row.arm, row.subgroup, row.endpoint, row.unit, *ends] = row
    for row in study.rows:
        if not interval_printed(row) or row.measure not in (MEDIAN, PROPORTION):
            continue
        key = (row.trial, row.arm, row.subgroup, row.endpoint, row.unit, row.low, row.high)
        other = ranges.get(key)
        if other is not None:
            where = "" if other.address == row.address else f" by {other.report}"
            message = f"{_shown(row)}: {row.low} to {row.high} is printed as a range too{where}"
            rows = (row,) if other.address == row.address else (row, other)
            yield Remark(WARNING, message, rows)


def landmark_interval_too_narrow(study: Study) -> Iterator[Remark]:
    """A rate at a time has an interval narrower than if all patients had been followed to it.

    Greenwood's variance is never below that of a proportion, for censoring only widens. A warning
    below two thirds of the width of the counted proportion, as when one standard error is printed
    as an interval, or n is not that of the curve. Rates below 5 % and above 95 % are not judged.
    """
    for row in study.landmarks:
        rate = float(row.value) / 100 if exact_value(row) else 0.0
        if not (interval_printed(row) and row.n and row.level and 0.05 <= rate <= 0.95):
            continue
        low, high = span(row.low).low / 100, span(row.high).high / 100
        if not low <= rate <= high:
            continue
        ratio = narrower_than_counting(rate, row.n, low, high, row.level)
        if ratio < 2 / 3:
            message = (
                f"{_shown(row)} ({row.low} to {row.high}) is {100 * ratio:.0f} % as wide as the "
                f"{row.level:g} % interval of a rate counted in {row.n} patients"
                f"{_one_error(row, rate)}"
            )
            yield Remark(WARNING, message, (row,))


def _one_error(row: Row, rate: float) -> str:
    """Whether the bounds are the rate less and plus one standard error of a count."""
    error = 100 * sqrt(rate * (1 - rate) / (row.n or 1))
    ends = (100 * rate - error, 100 * rate + error)
    close = all(
        abs(float(text) - end) <= 10.0 ** -decimals(text)
        for text, end in zip((row.low, row.high), ends, strict=True)
    )
    return "; it is that of ± one standard error" if close else ""


def _alike(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows about the same patients in one report that nothing says were judged differently.

    Where some rows name who judged or by which criteria, each of these makes a group with the rows
    that do not.
    """
    places: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        places[row.place].append(row)
    return [
        [row for row in group if agree(judged(row), one)]
        for group in places.values()
        for one in sorted({judged(row) for row in group if any(judged(row))} or {("", "", "")})
    ]


def _at(row: Row) -> float:
    """The time of a rate in months; `nan`, which is neither before nor after, where not printed."""
    return months(float(row.at_value), row.at_unit) if row.at_value and row.at_unit else nan


def _span(row: Row) -> Span | None:
    """The true values of a median in months, or of a rate in percent."""
    if not exact_value(row) or (row.measure == MEDIAN and not row.unit):
        return None
    low, high = span(row.value)
    if row.measure == MEDIAN:
        return Span(months(low, row.unit), months(high, row.unit))
    return Span(low, high)


def _shown(row: Row) -> str:
    if row.measure == MEDIAN:
        value = f"{row.value} {row.unit}" if row.value else row.value_state.replace("-", " ")
        return f"{name(row)} median {value}"
    if row.measure == LANDMARK:
        return f"{name(row)} {row.value} % at {row.at_value} {row.at_unit}"
    return f"{name(row)} {row.value} %"


def _units(row: Row, upper: Row) -> str:
    """The unit of time that would put two medians in order."""
    if row.measure != MEDIAN:
        return ""
    own, limit = (months(float(one.value), one.unit) for one in (row, upper))
    if row.unit == "months" and months(own, "weeks") <= limit and own > 1.5 * limit:
        weeks = months(own, "weeks")
        return f"; {row.value} weeks would be {weeks:.1f} months"
    if upper.unit == "weeks" and own <= float(upper.value):
        return f"; {upper.value} months would not be below it"
    return ""
