"""Progression-free below overall survival at every time, also where they are printed at two."""

from __future__ import annotations

from collections import defaultdict
from math import inf, isnan
from operator import itemgetter
from typing import TYPE_CHECKING

from kb.audits.curves import alike, shown, time_of, true_span
from kb.audits.finding import ERROR, WARNING, Remark
from kb.audits.rules.times import CENSORED
from kb.printed.measure import LANDMARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.audits.study import Study
    from kb.rows.row import Row


def order_across_times(study: Study) -> Iterator[Remark]:
    """A curve crosses one that it cannot be above, shown by numbers at different times.

    Survival only falls, and a curve that `not_above` in the vocabulary holds below another is below
    it at every time, whatever the hazards. So a progression-free rate cannot be above an earlier
    survival rate, nor above one half after the median of survival; and the progression-free median
    cannot be later than a survival rate below one half, nor not reached where that of survival is.
    Of one set in one report. An error where every rate is said to be a Kaplan–Meier estimate, and a
    median is off by more than a tenth; else, and where a median is not reached, a warning: the rate
    may be counted, and the curve may end before. Rates at one time, and two medians, are judged by
    `time-order`.
    """
    yield from dict.fromkeys(_crossings(study))


def _crossings(study: Study) -> Iterator[Remark]:
    for group in alike((*study.medians, *study.landmarks)):
        curves: dict[str, list[Row]] = defaultdict(list)
        for row in group:
            curves[row.endpoint].append(row)
        for endpoint, lower in curves.items():
            for other in sorted(study.uppers(endpoint) & curves.keys()):
                for id_ in dict.fromkeys(row.id for row in lower):
                    own = [row for row in lower if row.id == id_]
                    above = [row for row in curves[other] if row.id in ("", id_)]
                    yield from _crossing(own, above)


def _crossing(lower: Sequence[Row], upper: Sequence[Row]) -> Iterator[Remark]:
    """What the numbers of a curve and of one that it cannot be above contradict."""
    rates, limits = _rates(lower), _rates(upper)
    medians, reached = _medians(lower), _medians(upper)
    yield from _rates_crossing(rates, limits)
    soonest = min(reached, key=itemgetter(1), default=None)
    for rate in rates:
        own = true_span(rate)
        if soonest and own and own.low > 50 and time_of(rate) > soonest[1]:
            slight = time_of(rate) <= CENSORED * soonest[1]
            yield _crossed(rate, soonest[2], slight=slight)
    below = next((rate for rate in limits if _top(rate) < 50), None)
    for low, _, median in medians:
        if below is not None and low > time_of(below):
            yield _crossed(median, below, slight=low <= CENSORED * time_of(below))
    for median in lower:
        if median.measure != LANDMARK and median.value_state == "not-reached":
            for other in (below, soonest[2] if soonest else None):
                if other is not None:
                    yield _crossed(median, other, slight=True)


def _rates_crossing(rates: Sequence[Row], limits: Sequence[Row]) -> Iterator[Remark]:
    """Rates of the lower curve above an earlier one of the upper curve; both in order of time."""
    lowest: Row | None = None
    at = 0
    for rate in rates:
        while at < len(limits) and time_of(limits[at]) < time_of(rate):
            if lowest is None or _top(limits[at]) < _top(lowest):
                lowest = limits[at]
            at += 1
        own = true_span(rate)
        if lowest is not None and own and own.low > _top(lowest):
            yield _crossed(rate, lowest)


def _rates(rows: Sequence[Row]) -> list[Row]:
    """The rates that have a time, the earliest first."""
    rates = [row for row in rows if row.measure == LANDMARK and true_span(row)]
    return sorted((row for row in rates if not isnan(time_of(row))), key=time_of)


def _medians(rows: Sequence[Row]) -> list[tuple[float, float, Row]]:
    """The medians that are reached: from when, to when, and the row."""
    found = [(true_span(row), row) for row in rows if row.measure != LANDMARK]
    return [(one.low, one.high, row) for one, row in found if one]


def _top(rate: Row) -> float:
    found = true_span(rate)
    return found.high if found else inf


def _crossed(row: Row, upper: Row, *, slight: bool = False) -> Remark:
    rates = [one for one in (row, upper) if one.measure == LANDMARK]
    sure = not slight and all(one.estimator == "kaplan-meier" for one in rates)
    message = f"{shown(row)} does not go with {shown(upper)}, which it cannot be above at any time"
    return Remark(ERROR if sure else WARNING, message, (row, upper))
