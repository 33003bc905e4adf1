"""Medians and rates at a time, against each other and against what contains them."""

from __future__ import annotations

from collections import defaultdict
from math import isnan, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from kb.audits.curves import alike, shorter_units, shown, time_of, true_span, unnamed
from kb.audits.finding import ERROR, NOTE, WARNING, Remark
from kb.audits.methods import narrower_than_counting
from kb.printed.measure import LANDMARK, MEDIAN, PROPORTION
from kb.printed.number import decimals, span
from kb.printed.time import months
from kb.rows.admitted import exact_value, interval_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row

CENSORED: Final = 1.1
"""A median may exceed one that contains it by a tenth, where deaths and progressions are censored
differently."""
USUAL_LEVEL: Final = 95
"""The level that an interval is taken to have where none is printed."""


def time_order(study: Study) -> Iterator[Remark]:
    """A time or a rate above one that it cannot exceed: progression-free above overall survival.

    `not_above` in the vocabulary says which. Compared are medians, and rates at one time, of one
    set in one report, each with the lowest one that it cannot exceed. An error; for medians up to a
    tenth above a warning, since the two may be censored differently. If another unit of time would
    put the order right the message says so. Of rows without an arm nobody knows whether they are
    about the same patients: where a report has each of its quantities once, one note a study.
    """
    rows = (*study.medians, *study.landmarks)
    yield from dict.fromkeys(
        _out_of_order(*pair) for group in alike(rows) for pair in _above(study, group)
    )
    for pair in (pair for group in unnamed(rows) for pair in _above(study, group)):
        message = (
            f"{_out_of_order(*pair).message}; no arm is given, so they may be of other patients"
        )
        yield Remark(NOTE, message, pair)
        return


def _above(study: Study, group: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows of one set, each with the lowest row of an endpoint that it is above and cannot be."""
    lowest: dict[tuple[object, ...], tuple[float, Row]] = {}
    for row in group:
        limit = true_span(row)
        key = _height(row, row.endpoint, row.id)
        if limit and (key not in lowest or limit.high < lowest[key][0]):
            lowest[key] = limit.high, row
    endpoints = list(dict.fromkeys(row.endpoint for row in group))
    for row in group:
        own, uppers = true_span(row), study.uppers(row.endpoint)
        for endpoint in endpoints if own else ():
            keys = [_height(row, endpoint, one) for one in dict.fromkeys(("", row.id))]
            limits = [lowest[key] for key in keys if endpoint in uppers and key in lowest]
            if not limits or isnan(time_of(row)) != (row.measure == MEDIAN):
                continue
            high, upper = min(limits, key=itemgetter(0))
            if own and own.low > high + 1e-9:
                yield row, upper


def _height(row: Row, endpoint: str, id_: str) -> tuple[object, ...]:
    """What two rows have in common that may be set against each other."""
    return endpoint, row.measure, time_of(row) if row.measure == LANDMARK else 0.0, id_


def _out_of_order(row: Row, upper: Row) -> Remark:
    own, limit = true_span(row), true_span(upper)
    slight = own and limit and row.measure == MEDIAN and own.low <= CENSORED * limit.high
    message = f"{shown(row)} is above {shown(upper)}{_units(row, upper)}"
    return Remark(WARNING if slight else ERROR, message, (row, upper))


def rate_rising(study: Study) -> Iterator[Remark]:
    """A survival rate is higher at a later time than at an earlier one. Always an error.

    Each rate is set against the lowest of the earlier ones of its endpoint and set.
    """
    yield from dict.fromkeys(_rising(study))


def _rising(study: Study) -> Iterator[Remark]:
    for group in alike(study.landmarks):
        for rates in _by_curve(group).values():
            lowest: Row | None = None
            waiting: list[Row] = []
            for row in rates:
                if waiting and time_of(row) > time_of(waiting[0]):
                    lowest = min((*waiting, lowest) if lowest else waiting, key=_top)
                    waiting = []
                waiting.append(row)
                if lowest is not None and _bottom(row) > _top(lowest):
                    message = f"{shown(row)} is above {shown(lowest)}"
                    yield Remark(ERROR, message, (row, lowest))


def _by_curve(group: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """Rates of each endpoint and id that have a time, the earliest first."""
    curves: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in group:
        if row.measure == LANDMARK and true_span(row) and not isnan(time_of(row)):
            curves[row.endpoint, row.id].append(row)
    return {key: sorted(rates, key=time_of) for key, rates in curves.items()}


def _top(row: Row) -> float:
    return span(row.value).high


def _bottom(row: Row) -> float:
    return span(row.value).low


def landmark_against_median(study: Study) -> Iterator[Remark]:
    """A rate at a time lies on the wrong side of one half, given the median.

    Before the median at least half are event-free, after it at most half: with a median of 6.2
    months a 12-month rate of 55 % cannot be. The time may be rounded, and a rate near one half at
    the median is no finding. An error where both are Kaplan–Meier estimates, else a warning, since
    the rate may be counted. A median that is not reached goes with rates of at least one half.
    """
    yield from dict.fromkeys(_against_median(study))


def _against_median(study: Study) -> Iterator[Remark]:
    for group in alike((*study.medians, *study.landmarks)):
        latest: dict[tuple[str, str], tuple[float, Row]] = {}
        earliest: dict[tuple[str, str], tuple[float, Row]] = {}
        for row in group:
            reached, key = true_span(row), (row.endpoint, row.id)
            if row.measure != MEDIAN:
                continue
            if reached is None and row.value_state == "not-reached":
                latest[key] = float("inf"), row
            elif reached is not None:
                latest[key] = max(
                    latest.get(key, (reached.low, row)), (reached.low, row), key=_time
                )
                earliest[key] = min(
                    earliest.get(key, (reached.high, row)), (reached.high, row), key=_time
                )
        for key, rates in _by_curve(group).items():
            for rate in rates:
                below, above = _top(rate) < 50, _bottom(rate) > 50
                late, median = latest.get(key, (0.0, rate))
                if below and time_of(rate) < late:
                    yield _unlike(rate, median)
                early, median = earliest.get(key, (float("inf"), rate))
                if above and time_of(rate) > early:
                    yield _unlike(rate, median)


_time = itemgetter(0)


def _unlike(rate: Row, median: Row) -> Remark:
    sure = rate.estimator == median.estimator == "kaplan-meier"
    message = f"{shown(rate)} does not go with {shown(median)}"
    return Remark(ERROR if sure else WARNING, message, (rate, median))


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
            message = f"{shown(row)}: {row.low} to {row.high} is printed as a range too{where}"
            rows = (row,) if other.address == row.address else (row, other)
            yield Remark(WARNING, message, rows)


def landmark_interval_too_narrow(study: Study) -> Iterator[Remark]:
    """A rate at a time has an interval narrower than if all patients had been followed to it.

    Greenwood's variance is never below that of a proportion, for censoring only widens. A warning
    below two thirds of the width of the counted proportion, as when one standard error is printed
    as an interval, or n is not that of the curve. A level that is not printed is taken as 95 %, and
    the message says so. Rates below 5 % and above 95 % are not judged.
    """
    for row in study.landmarks:
        rate = float(row.value) / 100 if exact_value(row) else 0.0
        if not (interval_printed(row) and row.n and 0.05 <= rate <= 0.95):
            continue
        low, high = span(row.low).low / 100, span(row.high).high / 100
        if not low <= rate <= high:
            continue
        level = row.level or USUAL_LEVEL
        ratio = narrower_than_counting(rate, row.n, low, high, level)
        if ratio < 2 / 3:
            message = (
                f"{shown(row)} ({row.low} to {row.high}) is {100 * ratio:.0f} % as wide as the "
                f"{level:g} % interval of a rate counted in {row.n} patients"
                f"{'' if row.level else '; no level is given, so it is taken as 95 %'}"
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


def _units(row: Row, upper: Row) -> str:
    """The unit of time that would put two medians in order."""
    if row.measure != MEDIAN:
        return ""
    own, limit = (months(float(one.value), one.unit) for one in (row, upper))
    if upper.unit == "weeks" and own <= float(upper.value):
        return f"; {upper.value} months would not be below it"
    for unit in shorter_units(row.unit):
        meant = months(float(row.value), unit)
        if meant <= limit:
            return f"; {row.value} {unit} would be {meant:.1f} months"
    return ""
