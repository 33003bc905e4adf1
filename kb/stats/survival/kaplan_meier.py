"""The Kaplan–Meier estimate: curve, pointwise intervals, quantiles and restricted mean."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.stats.numeric.special import critical_value
from kb.stats.results import Bounds, Effect

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_SAME = 1e-9  # heights closer than this are one height: sums of 1/n differ in the last digits


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """A Kaplan–Meier estimate: one entry per distinct time, events or censorings.

    `at_risk` counts those still under observation at `time` (an event at that time is among them),
    `survival` holds from `time` on, `variance` is Greenwood's sum of d/(r(r − d)) up to it, which
    becomes infinite where survival reaches 0. Before the first time survival is 1.
    """

    time: Array
    at_risk: Array
    events: Array
    survival: Array
    variance: Array


class CurveValues(NamedTuple):
    """What a survival curve says at given times: survival, Greenwood's error, number at risk."""

    survival: Array
    standard_error: Array
    at_risk: Array


def survival_curve(time: ArrayLike, event: ArrayLike) -> SurvivalCurve:
    """Return the product-limit estimate (Kaplan & Meier 1958, 10.1080/01621459.1958.10501452).

    `time` and `event` are of one length, one entry per patient: a finite time not below 0, and
    whether the event happened then (true, 1) or observation ended (false, 0). At a tie events come
    before censorings. Raises ValueError for anything else, and without patients.
    """
    times, happened = checked_times(time, event)
    distinct, place = np.unique(times, return_inverse=True)
    events = np.bincount(place, weights=happened).astype(float)
    leaving = np.bincount(place)
    at_risk = times.size - np.concatenate([[0], np.cumsum(leaving)[:-1]]).astype(float)
    with np.errstate(divide="ignore"):
        variance = np.cumsum(np.where(events > 0, events / (at_risk * (at_risk - events)), 0.0))
    return SurvivalCurve(distinct, at_risk, events, np.cumprod(1 - events / at_risk), variance)


def checked_times(time: ArrayLike, event: ArrayLike) -> tuple[Array, Array]:
    """Return times and 0/1 events as arrays; raise ValueError for what is neither."""
    times, happened = np.asarray(time, dtype=float), np.asarray(event, dtype=float)
    if times.ndim != 1 or times.shape != happened.shape or times.size == 0:
        raise ValueError(
            f"time and event need one entry per patient, not shapes {times.shape} and "
            f"{happened.shape}"
        )
    if wrong := [value for value in times.tolist() if not 0 <= value < inf]:
        raise ValueError(f"a time is a finite number not below 0, not {wrong[0]!r}")
    if wrong := [value for value in happened.tolist() if value not in (0, 1)]:
        raise ValueError(f"event is 1 (happened) or 0 (censored), not {wrong[0]!r}")
    return times, happened


def survival_at(curve: SurvivalCurve, times: ArrayLike) -> CurveValues:
    """Return the estimate at each of `times`; beyond the last follow-up it keeps its last value.

    The standard error is Greenwood's, S·√Σ d/(r(r − d)), `nan` where S is 0.
    """
    wanted = np.atleast_1d(np.asarray(times, dtype=float))
    index = np.searchsorted(curve.time, wanted, side="right")
    survival = np.concatenate([[1.0], curve.survival])[index]
    with np.errstate(invalid="ignore"):
        error = survival * np.sqrt(np.concatenate([[0.0], curve.variance])[index])
    following = np.searchsorted(curve.time, wanted, side="left")
    return CurveValues(survival, error, np.concatenate([curve.at_risk, [0.0]])[following])


def survival_interval(
    curve: SurvivalCurve, times: ArrayLike, *, level: float = 95, transform: str = "log-log"
) -> Bounds:
    """Return the pointwise interval of the survival at each of `times`, as two arrays.

    `transform`, one of `TRANSFORMS`, names the scale on which it is symmetric. Bounds are cut at 0
    and 1, and are `nan` where the scale has no value: everywhere at S = 0, and at S = 1 for
    `log-log`, `logit` and `arcsine`, except before the first follow-up, where nothing is estimated
    and both bounds are 1. That is what R's survival does.

    Kalbfleisch & Prentice (1980), section 1.3; Borgan & Liestøl (1990).
    """
    values = survival_at(curve, times)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = values.standard_error / values.survival
        low, high = _transform(transform)(values.survival, critical_value(level) * relative)
    before = np.atleast_1d(np.asarray(times, dtype=float)) < curve.time[0]
    low, high = np.where(before, 1.0, low), np.where(before, 1.0, high)
    return Bounds(low, high, level)  # type: ignore[arg-type]  # arrays


def survival_quantile(
    curve: SurvivalCurve,
    probability: float = 0.5,
    *,
    level: float = 95,
    transform: str = "log-log",
) -> Effect:
    """Return the time by which a fraction has had the event (the median), with its interval.

    The interval holds the times at which the pointwise interval of S contains 1 − probability
    (Brookmeyer & Crowley 1982, 10.2307/2530286, there without transformation); `.method` names the
    transformation. Where the curve is flat at exactly 1 − probability the midpoint of the flat is
    given, as in R and SAS. What is not reached is `nan`.
    """
    if not 0 < probability < 1:
        raise ValueError(f"a probability here lies strictly between 0 and 1, not {probability!r}")
    low, high = survival_interval(curve, curve.time, level=level, transform=transform)
    level_line = 1 - probability
    return Effect(
        value=_crossing(curve.time, curve.survival, level_line),
        low=_crossing(curve.time, np.asarray(low), level_line),
        high=_crossing(curve.time, np.asarray(high), level_line),
        method=f"Kaplan-Meier; Brookmeyer-Crowley interval, {transform}, {level:g}%",
        level=level,
    )


def _crossing(time: Array, height: Array, line: float) -> float:
    """Return when a falling curve first lies at or below `line`, the middle of a flat upon it."""
    known = ~np.isnan(height)
    time, height = time[known], height[known]
    below = np.flatnonzero(height <= line + _SAME)
    if below.size == 0:
        return nan
    first = below[0]
    under = np.flatnonzero(height < line - _SAME)
    end = under[0] if under.size else time.size - 1
    on_line = height[first] >= line - _SAME
    return float(time[first] / 2 + time[end] / 2 if on_line else time[first])


def restricted_mean(curve: SurvivalCurve, until: float, *, level: float = 95) -> Effect:
    """Return the mean time lived event-free up to `until`, the area under the curve so far.

    Its variance is Σ A(t)²·d/(r(r − d)), A(t) being the area from the event to `until`, and its
    interval is symmetric (Klein & Moeschberger 2003, Survival Analysis, section 4.5). Raises
    ValueError for `until` at or below 0, infinite or beyond the last follow-up, where the curve is
    unknown unless it has reached 0.
    """
    if not 0 < until < inf or (until > curve.time[-1] and curve.survival[-1] > 0):
        raise ValueError(
            f"until lies above 0 and not beyond the last follow-up, {curve.time[-1]:g}, "
            f"not {until!r}"
        )
    inside = curve.time < until
    knots = np.concatenate([[0.0], curve.time[inside], [until]])
    areas = np.diff(knots) * np.concatenate([[1.0], curve.survival[inside]])
    remaining = areas[1:][::-1].cumsum()[::-1]  # from each time to `until`
    at_risk, events = curve.at_risk[inside], curve.events[inside]
    counted = (events > 0) & (at_risk > events)
    terms = (remaining[counted] / until) ** 2 * events[counted]
    error = until * sqrt(float(np.sum(terms / (at_risk[counted] * (at_risk - events)[counted]))))
    value, half = float(areas.sum()), critical_value(level) * error
    method = f"restricted mean to {until:g}, Greenwood variance, {level:g}%"
    return Effect(value, value - half, value + half, error, method, level)


def _plain(survival: Array, half: Array) -> tuple[Array, Array]:
    return np.maximum(survival * (1 - half), 0), np.minimum(survival * (1 + half), 1)


def _log(survival: Array, half: Array) -> tuple[Array, Array]:
    return survival * np.exp(-half), np.minimum(survival * np.exp(half), 1)


def _log_log(survival: Array, half: Array) -> tuple[Array, Array]:
    hazard = -np.log(survival)
    spread = np.exp(half / hazard)
    return np.exp(-hazard * spread), np.exp(-hazard / spread)


def _logit(survival: Array, half: Array) -> tuple[Array, Array]:
    odds, spread = survival / (1 - survival), np.exp(half / (1 - survival))
    return odds / (odds + spread), odds / (odds + 1 / spread)


def _arcsine(survival: Array, half: Array) -> tuple[Array, Array]:
    angle = np.arcsin(np.sqrt(survival))
    half = half * np.sqrt(survival / (1 - survival)) / 2
    low, high = np.maximum(angle - half, 0), np.minimum(angle + half, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


TRANSFORMS: dict[str, Callable[[Array, Array], tuple[Array, Array]]] = {
    "plain": _plain,
    "log": _log,
    "log-log": _log_log,
    "logit": _logit,
    "arcsine": _arcsine,
}


def _transform(name: str) -> Callable[[Array, Array], tuple[Array, Array]]:
    if name not in TRANSFORMS:
        raise ValueError(f"transform is one of {', '.join(TRANSFORMS)}, not {name!r}")
    return TRANSFORMS[name]
