"""Pseudo-individual survival data from a digitised Kaplan–Meier curve and its numbers at risk."""

from __future__ import annotations

from itertools import chain, pairwise
from math import floor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.stats.survival.digitised import RiskInterval, checked_events, cut_into_intervals
from kb.stats.survival.kaplan_meier import survival_at, survival_curve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Counts = NDArray[np.int64]

# Where in an interval its censorings lie: times are start + width·u^tilt, u evenly spaced.
_TILTS = tuple(1.25**step for step in sorted(range(-8, 9), key=abs))


class Individuals(NamedTuple):
    """Times of patients and whether their event happened then (1) or observation ended (0)."""

    time: Array
    event: Counts


def reconstruct_survival(
    times: ArrayLike,
    survival: ArrayLike,
    risk_times: ArrayLike,
    at_risk: ArrayLike,
    *,
    events: int | None = None,
) -> Individuals:
    """Return pseudo-individual data whose curve and numbers at risk are the printed ones.

    `times` and `survival` are the digitised points of the steps, in order, survival as fractions;
    a leading (0, 1) is added. `risk_times` begin at 0, and `at_risk` patients are under observation
    at each (an event at that very time still to come). `events` is the total reported.

    After Guyot et al. (2012, 10.1186/1471-2288-12-9). Inside an interval of the risk table
    censoring is spread evenly, and each step takes the whole number of events that keeps the
    reconstructed curve nearest to the digitised one and on its side of one half; the number
    censored is the one that leaves the printed number at risk, so that it is honoured in every
    interval. After the last number at risk censoring goes on at its mean rate so far, and those
    left are censored where the curve ends; with `events` their number decides there instead. Where
    that does not reach the total, the censorings of all intervals are moved earlier (fewer events)
    or later (more); a few still missing are made of censorings, or the reverse, where that changes
    the curve least. Where the digitised curve does not fall, no event is placed.

    Raises ValueError for survival in percent, rising or outside 0 to 1, times out of order, numbers
    at risk that rise or do not begin at 0, and for a curve, a risk table and a number of events
    that cannot belong together.
    """
    intervals = cut_into_intervals(times, survival, risk_times, at_risk)
    if events is None:
        parts = _reconstruct(intervals, 1.0, None)
    else:
        parts = _with_events(intervals, checked_events(events, intervals[0].at_risk))
    return _individuals(parts)


class _Part(NamedTuple):
    """The patients who leave in one interval: times of events and of censorings."""

    events: Array
    censored: Array


def _reconstruct(intervals: list[RiskInterval], tilt: float, total: int | None) -> list[_Part]:
    """Return the patients of every interval, following the curve from one to the next."""
    parts: list[_Part] = []
    height = 1.0
    for interval, following in pairwise(intervals):
        leaving = interval.at_risk - following.at_risk
        deaths, censored, tried = np.zeros(0, dtype=np.int64), 0, set[int]()
        while censored not in tried:  # until both add up, or rounding leads round in a circle
            tried.add(censored)
            deaths = _follow(interval, _spread(interval, censored, tilt), height, leaving)
            censored = leaving - int(deaths.sum())
        lost = _spread(interval, censored, tilt)
        height *= _fall(interval, deaths, lost)
        parts.append(_Part(np.repeat(interval.steps, deaths), lost))
    last = intervals[-1]
    rate = sum(part.censored.size for part in parts) / last.start if last.start else 0.0
    censored = min(round(rate * (last.end - last.start)), last.at_risk)
    if total is not None:
        censored = _censored_for(last, total - _total(parts), censored, tilt, height)
    deaths = _follow(last, _spread(last, censored, tilt), height, last.at_risk)
    lost = _spread(last, censored, tilt)[: last.at_risk - int(deaths.sum())]
    staying = np.full(last.at_risk - int(deaths.sum()) - lost.size, last.end)
    return [*parts, _Part(np.repeat(last.steps, deaths), np.concatenate([lost, staying]))]


def _follow(interval: RiskInterval, lost: Array, height: float, most: int) -> Counts:
    """Return the events at each step, at `most` in all, that keep nearest to the curve."""
    gone = np.searchsorted(lost, interval.steps).tolist()
    deaths = np.zeros(interval.steps.size, dtype=np.int64)
    so_far = 0
    for step, target in enumerate(interval.heights.tolist()):
        present = interval.at_risk - so_far - gone[step]
        if present <= 0 or height <= 0:
            break
        nearest = floor(present * (1 - target / height) + 0.5)
        after = height * (1 - nearest / present)
        nearest += int(target <= 0.5 < after - 1e-9) - int(after <= 0.5 < target)
        deaths[step] = number = max(0, min(nearest, present, most - so_far))
        so_far += number
        height *= 1 - number / present
    return deaths


def _fall(interval: RiskInterval, deaths: Counts, lost: Array) -> float:
    """Return the share of the survival at its beginning that an interval leaves."""
    dying = deaths > 0
    gone = np.searchsorted(lost, interval.steps[dying])
    present = interval.at_risk - gone - (np.cumsum(deaths) - deaths)[dying]
    return float(np.prod(1 - deaths[dying] / present))


def _spread(interval: RiskInterval, censored: int, tilt: float) -> Array:
    places = (np.arange(censored) + 0.5) / max(censored, 1)
    return interval.start + (interval.end - interval.start) * places**tilt


def _censored_for(last: RiskInterval, wanted: int, usual: int, tilt: float, height: float) -> int:
    """Return the number censored after the last number at risk that gives the events wanted."""

    def events(censored: int) -> int:
        return int(_follow(last, _spread(last, censored, tilt), height, last.at_risk).sum())

    low, high = 0, last.at_risk
    while low < high:  # the more are censored, the fewer events there are, but for rounding
        middle = (low + high) // 2
        low, high = (low, middle) if events(middle) <= wanted else (middle + 1, high)
    around = range(max(0, low - 3), min(last.at_risk, low + 3) + 1)
    return min(chain([usual], around), key=lambda c: (abs(events(c) - wanted), abs(c - usual)))


def _individuals(parts: list[_Part]) -> Individuals:
    events = np.concatenate([part.events for part in parts])
    censored = np.concatenate([part.censored for part in parts])
    time = np.concatenate([events, censored])
    event = np.repeat([1, 0], [events.size, censored.size])
    order = np.argsort(time, kind="stable")  # at a tie events come first
    return Individuals(time[order], event[order])


def _total(parts: list[_Part]) -> int:
    return sum(int(part.events.size) for part in parts)


def _with_events(intervals: list[RiskInterval], total: int) -> list[_Part]:
    """Return the patients with `total` events, moving censorings where they decide it."""
    attempts = []
    for tilt in _TILTS:
        attempts.append(_reconstruct(intervals, tilt, total))
        if _total(attempts[-1]) == total:
            break
    best = min(attempts, key=lambda parts: abs(_total(parts) - total))
    if abs(_total(best) - total) > 3 + total / 10:
        raise ValueError(
            f"events={total} does not belong to this curve and these numbers at risk, which allow "
            f"about {_total(best)}"
        )
    while _total(best) != total:
        changes = list(_one_changed(best, intervals, more=_total(best) < total))
        if not changes:
            raise ValueError(f"the curve has no room for {total} events")
        best = min(changes, key=lambda parts: _misfit(parts, intervals))
    return best


def _one_changed(
    parts: list[_Part], intervals: list[RiskInterval], *, more: bool
) -> Iterator[list[_Part]]:
    """Yield every way to turn one censoring into an event of its interval, or the reverse."""
    for place, (part, interval) in enumerate(zip(parts, intervals, strict=True)):
        if more and not part.censored.size:
            continue
        for moment in np.unique(interval.steps if more else part.events):
            if more:
                leaver = int(np.abs(part.censored - moment).argmin())
                changed = _Part(np.append(part.events, moment), np.delete(part.censored, leaver))
            else:
                leaver = int(np.flatnonzero(part.events == moment)[0])
                changed = _Part(np.delete(part.events, leaver), np.append(part.censored, moment))
            yield [*parts[:place], changed, *parts[place + 1 :]]


def _misfit(parts: list[_Part], intervals: list[RiskInterval]) -> float:
    """Return the sum of squared distances from the digitised curve, at its steps."""
    steps = np.concatenate([interval.steps for interval in intervals])
    heights = np.concatenate([interval.heights for interval in intervals])
    found = survival_at(survival_curve(*_individuals(parts)), steps).survival
    return float(np.sum((found - heights) ** 2))
