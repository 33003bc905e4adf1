"""Pseudo-individual survival data from a digitised Kaplan–Meier curve and its numbers at risk."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import floor, inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    curve = _checked_curve(times, survival)
    intervals = _intervals(curve, *_checked_risk(risk_times, at_risk))
    if events is None:
        parts = _reconstruct(intervals, [1.0] * len(intervals), None)
    else:
        parts = _with_events(intervals, _checked_events(events, intervals[0].at_risk))
    time = np.concatenate([np.concatenate([part.events, part.censored]) for part in parts])
    event = np.concatenate(
        [np.repeat([1, 0], [part.events.size, part.censored.size]) for part in parts]
    )
    order = np.lexsort((-event, time))
    return Individuals(time[order], event[order])


@dataclass(frozen=True, slots=True)
class _Interval:
    """A stretch of the risk table: who enters, who goes on, and the steps of the curve inside."""

    start: float
    end: float
    at_risk: int
    next_at_risk: int | None
    steps: Array
    heights: Array


class _Part(NamedTuple):
    """The patients who leave in one interval: times of events and of censorings."""

    events: Array
    censored: Array


def _reconstruct(intervals: list[_Interval], tilts: list[float], total: int | None) -> list[_Part]:
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


def _follow(interval: _Interval, lost: Array, height: float, most: int) -> Counts:
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


def _fall(interval: _Interval, deaths: Counts, lost: Array) -> float:
    """Return the share of the survival at its beginning that an interval leaves."""
    dying = deaths > 0
    gone = np.searchsorted(lost, interval.steps[dying])
    present = interval.at_risk - gone - (np.cumsum(deaths) - deaths)[dying]
    return float(np.prod(1 - deaths[dying] / present))


def _spread(interval: _Interval, censored: int, tilt: float) -> Array:
    places = (np.arange(censored) + 0.5) / max(censored, 1)
    return interval.start + (interval.end - interval.start) * places**tilt


def _censored_for(last: _Interval, wanted: int, usual: int, tilt: float, height: float) -> int:
    """Return the number censored after the last number at risk that gives the events wanted."""

    def events(censored: int) -> int:
        return int(_follow(last, _spread(last, censored, tilt), height, last.at_risk).sum())

    low, high = 0, last.at_risk
    while low < high:  # the more are censored, the fewer events there are, but for rounding
        middle = (low + high) // 2
        low, high = (low, middle) if events(middle) <= wanted else (middle + 1, high)
    candidates = {usual, *range(max(0, low - 3), min(last.at_risk, low + 3) + 1)}
    return min(candidates, key=lambda number: (abs(events(number) - wanted), abs(number - usual)))


def _total(parts: list[_Part]) -> int:
    return sum(part.events.size for part in parts)


def _with_events(intervals: list[_Interval], total: int) -> list[_Part]:
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
        best = _one_changed(intervals, best, more=_total(best) < total)
    return best


def _nearest(
    intervals: list[_Interval], total: int, choices: Iterable[list[float]]
) -> tuple[list[_Part], list[float]]:
    """Return the first reconstruction with `total` events, or the nearest one, and its tilts."""
    best: tuple[list[_Part], list[float]] | None = None
    for tilts in choices:
        parts = _reconstruct(intervals, tilts, total)
        if best is None or abs(_total(parts) - total) < abs(_total(best[0]) - total):
            best = parts, tilts
        if _total(parts) == total:
            break
    assert best is not None
    return best


def _one_changed(intervals: list[_Interval], parts: list[_Part], *, more: bool) -> list[_Part]:
    """Return the parts with one event more or less, staying nearest to the curve."""
    ...


def _intervals(curve: tuple[Array, Array], risk_times: Array, at_risk: Counts) -> list[_Interval]:
    """Return the stretches of the risk table; raise ValueError where the curve contradicts them."""
    times, heights = curve
    ends = np.concatenate([risk_times[1:], [inf]])
    falls = np.concatenate([[False], np.diff(heights) < 0])
    found = []
    for place, (start, end) in enumerate(zip(risk_times, ends, strict=True)):
        inside = falls & (times >= start) & (times < end)
        following = int(at_risk[place + 1]) if end < inf else None
        drawn_to = max(float(times[-1]), float(start))
        interval = _Interval(
            start=float(start),
            end=float(end) if following else min(float(end), drawn_to),
            at_risk=int(at_risk[place]),
            next_at_risk=following,
            steps=times[inside],
            heights=heights[inside],
        )
        _check_agreement(interval, heights[times < start][-1:])
        found.append(interval)
    return found


def _check_agreement(interval: _Interval, before: Array) -> None:
    """Raise ValueError where the curve falls by far more than the numbers at risk do.

    A digitised height is off by a percent or so, hence a margin of 2 patients and 5 %.
    """
    if not interval.steps.size:
        return
    height = float(before[0]) if before.size else 1.0
    expected = interval.at_risk * (1 - float(interval.heights[-1]) / height) if height else 0.0
    leaving = interval.at_risk - (interval.next_at_risk or 0)
    if interval.at_risk == 0 and height - float(interval.heights[-1]) > 0.05:
        raise ValueError(
            f"the curve goes on falling after {interval.start:g}, where nobody is at risk"
        )
    if expected > leaving + 2 + 0.05 * interval.at_risk:
        raise ValueError(
            f"between {interval.start:g} and {interval.end:g} the curve loses at least "
            f"{expected:.1f} of {interval.at_risk} patients, the numbers at risk only {leaving}: "
            "they do not belong together"
        )


def _checked_curve(times: ArrayLike, survival: ArrayLike) -> tuple[Array, Array]:
    time, height = np.asarray(times, dtype=float), np.asarray(survival, dtype=float)
    if time.ndim != 1 or time.shape != height.shape or time.size == 0:
        raise ValueError(
            f"times and survival need one entry per point, not shapes {time.shape} and "
            f"{height.shape}"
        )
    for value in time.tolist():
        if not 0 <= value < inf:
            raise ValueError(f"a time is a finite number not below 0, not {value!r}")
    for value in height.tolist():
        if not 0 <= value <= 1:
            hint = ": is it in percent?" if value > 1 else ""
            raise ValueError(f"survival is a fraction between 0 and 1, not {value!r}{hint}")
    points = zip(time.tolist(), height.tolist(), strict=True)
    for (earlier, higher), (later, lower) in pairwise(points):
        if later < earlier:
            raise ValueError(f"times must be in order, but {later!r} follows {earlier!r}")
        if lower > higher:
            raise ValueError(
                f"survival cannot rise, but it does from {higher!r} at {earlier!r} to {lower!r} "
                f"at {later!r}"
            )
    return np.concatenate([[0.0], time]), np.concatenate([[1.0], height])


def _checked_risk(risk_times: ArrayLike, at_risk: ArrayLike) -> tuple[Array, Counts]:
    time, number = np.asarray(risk_times, dtype=float), np.asarray(at_risk, dtype=float)
    if time.ndim != 1 or time.shape != number.shape or time.size == 0:
        raise ValueError(
            f"risk_times and at_risk need one entry each per time, not shapes {time.shape} and "
            f"{number.shape}"
        )
    if time[0] != 0 or not (np.diff(time) > 0).all() or not np.isfinite(time).all():
        raise ValueError(f"risk_times must begin at 0 and increase, not {time.tolist()}")
    whole = np.isfinite(number).all() and (number == np.round(number)).all()
    if not whole or (number < 0).any() or number[0] < 1 or (np.diff(number) > 0).any():
        raise ValueError(
            "at_risk must be whole numbers that begin at 1 or more and never rise, "
            f"not {number.tolist()}"
        )
    return time, number.astype(np.int64)


def _checked_events(events: int, patients: int) -> int:
    if events != int(events) or not 0 <= events <= patients:
        raise ValueError(f"events is a whole number from 0 to {patients}, not {events!r}")
    return int(events)
