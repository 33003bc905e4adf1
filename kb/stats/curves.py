"""Pseudo-individual survival data from a digitised Kaplan–Meier curve and its numbers at risk."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.stats.digitised import Interval, checked_events, cut_into_intervals
from kb.stats.kaplan_meier import survival_at, survival_curve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Counts = NDArray[np.int64]

# Where in an interval its censorings lie: times are start + width·u^tilt, u evenly spaced.
_TILTS = tuple(1.25**step for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8))


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

    Guyot et al. (2012, 10.1186/1471-2288-12-9): inside an interval of the risk table censoring is
    spread evenly, each step takes the whole number of events that brings the curve of the
    reconstructed data nearest to the digitised one, and the number censored is the one that leaves
    the printed number at risk, which is therefore honoured in every interval. After the last number
    at risk censoring goes on at its mean rate so far, and those left are censored where the curve
    ends; with `events` their number decides there instead. If that does not reach the total, the
    censorings of all intervals, then of one, are moved earlier (fewer events) or later (more); an
    event or two still missing is found where it changes the curve least. Where the digitised curve
    does not fall no event is placed.

    Raises ValueError for survival in percent, rising or outside 0 to 1, times out of order, numbers
    at risk that rise or do not begin at 0, and for a curve, a risk table and a number of events
    that cannot belong together.
    """
    intervals = cut_into_intervals(times, survival, risk_times, at_risk)
    if events is None:
        parts = _reconstruct(intervals, [1.0] * len(intervals), None)
    else:
        parts = _with_events(intervals, checked_events(events, intervals[0].at_risk))
    return _individuals(parts)


class _Part(NamedTuple):
    """The patients who leave in one interval: times of events and of censorings."""

    events: Array
    censored: Array


def _reconstruct(intervals: list[Interval], tilts: list[float], total: int | None) -> list[_Part]:
    """Return the patients of every interval, following the curve from one to the next."""
    parts: list[_Part] = []
    height = 1.0
    for interval, tilt in zip(intervals[:-1], tilts, strict=False):
        leaving = interval.at_risk - (interval.next_at_risk or 0)
        deaths, censored = np.zeros(0, dtype=np.int64), 0
        for _ in range(20):  # at a fixed point both add up; rounding may make it a cycle of two
            deaths = _follow(interval, _spread(interval, censored, tilt), height, leaving)
            censored, previous = leaving - int(deaths.sum()), censored
            if censored == previous:
                break
        lost = _spread(interval, censored, tilt)
        height *= _fall(interval, deaths, lost)
        parts.append(_Part(np.repeat(interval.steps, deaths), lost))
    last, tilt = intervals[-1], tilts[-1]
    rate = sum(part.censored.size for part in parts) / last.start if last.start else 0.0
    censored = min(round(rate * (last.end - last.start)), last.at_risk)
    if total is not None:
        censored = _censored_for(last, total - _total(parts), censored, tilt, height)
    deaths = _follow(last, _spread(last, censored, tilt), height, last.at_risk)
    lost = _spread(last, censored, tilt)[: last.at_risk - int(deaths.sum())]
    staying = np.full(last.at_risk - int(deaths.sum()) - lost.size, last.end)
    return [*parts, _Part(np.repeat(last.steps, deaths), np.concatenate([lost, staying]))]


def _follow(interval: Interval, lost: Array, height: float, most: int) -> Counts:
    """Return the events at each step, at `most` in all, that keep nearest to the curve."""
    gone = np.searchsorted(lost, interval.steps).tolist()
    deaths = np.zeros(interval.steps.size, dtype=np.int64)
    so_far = 0
    for step, target in enumerate(interval.heights.tolist()):
        present = interval.at_risk - so_far - gone[step]
        if present <= 0 or height <= 0:
            break
        nearest = floor(present * (1 - target / height) + 0.5)
        deaths[step] = number = max(0, min(nearest, present, most - so_far))
        so_far += number
        height *= 1 - number / present
    return deaths


def _fall(interval: Interval, deaths: Counts, lost: Array) -> float:
    """Return the share of the survival at its beginning that an interval leaves."""
    dying = deaths > 0
    gone = np.searchsorted(lost, interval.steps[dying])
    present = interval.at_risk - gone - (np.cumsum(deaths) - deaths)[dying]
    return float(np.prod(1 - deaths[dying] / present))


def _spread(interval: Interval, censored: int, tilt: float) -> Array:
    places = (np.arange(censored) + 0.5) / max(censored, 1)
    return interval.start + (interval.end - interval.start) * places**tilt


def _censored_for(last: Interval, wanted: int, usual: int, tilt: float, height: float) -> int:
    """Return the number censored after the last number at risk that gives the events wanted."""

    def events(censored: int) -> int:
        return int(_follow(last, _spread(last, censored, tilt), height, last.at_risk).sum())

    low, high = 0, last.at_risk
    while low < high:  # the more are censored, the fewer events there are, but for rounding
        middle = (low + high) // 2
        low, high = (low, middle) if events(middle) <= wanted else (middle + 1, high)
    candidates = {usual, *range(max(0, low - 3), min(last.at_risk, low + 3) + 1)}
    return min(candidates, key=lambda number: (abs(events(number) - wanted), abs(number - usual)))


def _individuals(parts: list[_Part]) -> Individuals:
    events = np.concatenate([part.events for part in parts])
    censored = np.concatenate([part.censored for part in parts])
    time = np.concatenate([events, censored])
    event = np.repeat([1, 0], [events.size, censored.size])
    order = np.argsort(time, kind="stable")  # at a tie events come first
    return Individuals(time[order], event[order])


def _total(parts: list[_Part]) -> int:
    return sum(len(part.events) for part in parts)


def _with_events(intervals: list[Interval], total: int) -> list[_Part]:
    """Return the patients with `total` events, moving censorings where they decide it."""
    best, tilts = _nearest(intervals, total, ([tilt] * len(intervals) for tilt in _TILTS))
    if _total(best) != total:
        one_moved = (
            [*tilts[:place], tilt, *tilts[place + 1 :]]
            for tilt in _TILTS
            for place in range(len(intervals))
        )
        best, _ = _nearest(intervals, total, one_moved)
    if abs(_total(best) - total) > 2 + total / 10:
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


def _nearest(
    intervals: list[Interval], total: int, choices: Iterable[list[float]]
) -> tuple[list[_Part], list[float]]:
    """Return the first reconstruction with `total` events, or the nearest one, and its tilts."""
    best: tuple[list[_Part], list[float]] | None = None
    for tilts in choices:
        parts = _reconstruct(intervals, tilts, total)
        if best is None or abs(_total(parts) - total) < abs(_total(best[0]) - total):
            best = parts, tilts
        if _total(best[0]) == total:
            break
    assert best is not None
    return best


def _one_changed(
    parts: list[_Part], intervals: list[Interval], *, more: bool
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


def _misfit(parts: list[_Part], intervals: list[Interval]) -> float:
    """Return the sum of squared distances from the digitised curve, at its steps."""
    steps = np.concatenate([interval.steps for interval in intervals])
    heights = np.concatenate([interval.heights for interval in intervals])
    found = survival_at(survival_curve(*_individuals(parts)), steps).survival
    return float(np.sum((found - heights) ** 2))
