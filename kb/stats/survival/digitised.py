"""What was read off a figure: a survival curve and its numbers at risk, checked and cut up."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf, nextafter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RiskInterval:
    """A stretch from one number at risk to the next (the last: to the end of the curve).

    `steps` and `heights` are the times inside at which the digitised curve falls, and to where.
    """

    start: float
    end: float
    at_risk: int
    steps: Array
    heights: Array


def cut_into_intervals(
    times: ArrayLike, survival: ArrayLike, risk_times: ArrayLike, at_risk: ArrayLike
) -> list[RiskInterval]:
    """Return the stretches of the risk table, each with the steps of the curve inside it.

    The last one begins at the last time at which anybody is at risk. Raises ValueError for points
    that are no survival curve, numbers that are no risk table, and where one contradicts the other.
    """
    time, height = _checked_curve(times, survival)
    starts, present = _checked_risk(risk_times, at_risk)
    over = starts[present == 0]
    nobody_from = float(over[0]) if over.size else inf
    starts = starts[present > 0]
    end = min(max(float(time[-1]), float(starts[-1])), nextafter(nobody_from, 0))
    falls = np.concatenate([[False], np.diff(height) < 0])
    found = []
    for start, until, number in zip(starts, [*starts[1:], nobody_from], present, strict=False):
        inside = falls & (time >= start) & (time < until)
        found.append(
            RiskInterval(
                start=float(start),
                end=min(float(until), end),
                at_risk=int(number),
                steps=time[inside],
                heights=height[inside],
            )
        )
    _check_agreement(found, float(height[time < nobody_from][-1] - height[-1]))
    return found


def _check_agreement(intervals: list[RiskInterval], beyond: float) -> None:
    """Raise ValueError where the curve falls by far more than the numbers at risk do.

    A digitised height is off by a percent or so, and a step may be clicked in the next interval:
    hence a margin of 3 patients and 10 %. `beyond` is the fall after nobody is at risk.
    """
    if beyond > 0.05:
        raise ValueError(f"the curve falls by {beyond:.2f} after nobody is at risk any more")
    height = 1.0
    for interval, following in pairwise(intervals):
        ending = float(interval.heights[-1]) if interval.heights.size else height
        expected = interval.at_risk * (1 - ending / height) if height else 0.0
        leaving = interval.at_risk - following.at_risk
        if expected > leaving + 3 + interval.at_risk / 10:
            raise ValueError(
                f"between {interval.start:g} and {interval.end:g} the curve loses at least "
                f"{expected:.1f} of {interval.at_risk} patients, the numbers at risk only "
                f"{leaving}: they do not belong together"
            )
        height = ending


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


def checked_events(events: int, patients: int) -> int:
    """Return the total of events; raise ValueError unless it is whole and within the patients."""
    if not (float(events).is_integer() and 0 <= events <= patients):
        raise ValueError(f"events is a whole number from 0 to {patients}, not {events!r}")
    return int(events)
