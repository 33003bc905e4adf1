"""Landmark rates: their intervals, and what a median and a landmark say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, isfinite, log, nan
from typing import TYPE_CHECKING

from kb.stats.numeric.special import critical_value
from kb.stats.results import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

MODELS = ("exponential", "weibull", "piecewise-exponential")


def landmark_interval(rate: float, standard_error: float, *, level: float = 95) -> Bounds:
    """Return the log-log interval of a survival rate: S^exp(±z·se/(S·|ln S|)).

    `rate` is a fraction strictly between 0 and 1 and `standard_error` is on its scale (Greenwood's,
    usually); at 0 and 1 the transformation has no value, so they raise ValueError, as does a
    negative or missing standard error. The bounds lie inside (0, 1) by construction.

    Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data, section 1.3;
    `conf.type="log-log"` of R's survival.
    """
    if not 0 < rate < 1:
        raise ValueError(
            f"a log-log interval needs a rate strictly between 0 and 1 (a fraction), not {rate!r}"
        )
    if not (standard_error >= 0 and isfinite(standard_error)):
        raise ValueError(f"a standard error is a finite number not below 0, not {standard_error!r}")
    half_width = critical_value(level) * standard_error / (rate * -log(rate))
    spread = exp(min(half_width, 700))  # beyond it both bounds are 0 and 1 to the last digit
    return Bounds(rate**spread, rate ** (1 / spread), level)


@dataclass(frozen=True, slots=True)
class Weibull:
    """A Weibull survival curve S(t) = 2^−(t/median)^shape; `shape` 1 is the exponential."""

    median: float
    shape: float = 1.0

    def survival(self, time: float) -> float:
        """Return the fraction still event-free at `time`, in the unit of the median."""
        return float(2 ** -_power(_time(time) / self.median, self.shape))

    def quantile(self, probability: float) -> float:
        """Return the time by which a fraction `probability` has had the event."""
        hazard = -log(1 - _fraction(probability)) / log(2)
        return float(self.median * _power(hazard, 1 / self.shape))


@dataclass(frozen=True, slots=True)
class PiecewiseExponential:
    """A survival curve whose hazard is constant between knots and unknown beyond the last one.

    `points` are (time, survival), the first being (0, 1).
    """

    points: tuple[tuple[float, float], ...]

    @property
    def median(self) -> float:
        """The time at which one half is event-free; `nan` where the last knot lies higher."""
        return self.quantile(0.5)

    def survival(self, time: float) -> float:
        """Return the fraction still event-free at `time`; `nan` beyond the last knot."""
        _time(time)
        for (start, upper), (end, lower) in pairwise(self.points):
            if start <= time <= end:
                return float(upper * (lower / upper) ** ((time - start) / (end - start)))
        return nan

    def quantile(self, probability: float) -> float:
        """Return the time by which a fraction `probability` has had it; `nan` beyond the knots."""
        wanted = 1 - _fraction(probability)
        for (start, upper), (end, lower) in pairwise(self.points):
            if lower <= wanted < upper:
                return start + (end - start) * log(wanted / upper) / log(lower / upper)
        return nan


def curve_through(
    points: Iterable[tuple[float, float]], *, model: str
) -> Weibull | PiecewiseExponential:
    """Return the curve of the stated model that passes through printed points.

    Each point is (time, survival): a median m is (m, 0.5), a 6-month rate of 41 % is (6, 0.41).
    `exponential` takes one point, `weibull` two (linear in ln(−ln S) against ln t), and
    `piecewise-exponential` any number, with constant hazard from (0, 1) to the first and between
    neighbours. There is no default: which model links a median and a landmark is an assumption that
    the caller states. Raises ValueError for another model, another number of points, a point
    outside t > 0 and 0 < S < 1, and for survival that rises (under `weibull`: that does not fall,
    or so little that the median of the curve is beyond all numbers).

    Collett (2015), Modelling Survival Data in Medical Research, chapter 5.
    """
    ordered = sorted((float(time), float(survival)) for time, survival in points)
    for time, survival in ordered:
        if not (time > 0 and isfinite(time) and 0 < survival < 1):
            raise ValueError(
                "a point is (time above 0, survival strictly between 0 and 1), "
                f"not ({time!r}, {survival!r})"
            )
    for (start, upper), (end, lower) in pairwise(ordered):
        if start == end or lower > upper or (lower == upper and model == "weibull"):
            raise ValueError(
                f"survival must fall with time, but it is {upper} at {start} and {lower} at {end}"
            )
    match model:
        case "exponential" if len(ordered) == 1:
            ((time, survival),) = ordered
            return Weibull(median=time * log(2) / -log(survival))
        case "weibull" if len(ordered) == 2:
            (start, upper), (end, lower) = ordered
            return _weibull(start, upper, end, lower)
        case "piecewise-exponential" if ordered:
            return PiecewiseExponential(((0.0, 1.0), *ordered))
        case "exponential" | "weibull" | "piecewise-exponential":
            needs = {"exponential": "one point", "weibull": "two points"}.get(model, "a point")
            raise ValueError(f"the {model} model needs {needs}, not {len(ordered)}")
    raise ValueError(f"model is one of {', '.join(MODELS)}, not {model!r}")


def _weibull(start: float, upper: float, end: float, lower: float) -> Weibull:
    """Return the Weibull curve through two points, where it and its median are numbers."""
    fall, stretch = log(log(lower) / log(upper)), log(end / start)
    if fall > 0 and stretch < inf:
        shape = fall / stretch
        median = start * _power(log(2) / -log(upper), 1 / shape)
        if 0 < median < inf:
            return Weibull(median=median, shape=shape)
    raise ValueError(
        f"no Weibull curve that a computer can hold runs through {upper!r} at {start!r} and "
        f"{lower!r} at {end!r}"
    )


def _power(base: float, exponent: float) -> float:
    """Return the power, infinity where it is beyond all floating-point numbers."""
    try:
        return float(base**exponent)
    except OverflowError:
        return inf


def _time(value: float) -> float:
    if not (value >= 0 and isfinite(value)):
        raise ValueError(f"a time is a finite number not below 0, not {value!r}")
    return value


def _fraction(value: float) -> float:
    if not 0 < value < 1:
        raise ValueError(f"a probability here lies strictly between 0 and 1, not {value!r}")
    return value
