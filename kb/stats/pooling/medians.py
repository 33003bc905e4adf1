"""Pooling of median survival times, with what was set aside and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, isnan, log, nan
from typing import TYPE_CHECKING

import numpy as np

from kb.printed.state import NOT_ESTIMABLE, NOT_REACHED
from kb.stats.numeric.special import tail_of
from kb.stats.pooling.conventions import NOT_POOLED
from kb.stats.pooling.median_arms import printed_arms
from kb.stats.pooling.pool import pool_effects
from kb.stats.pooling.standard_errors import ERROR_SCALES
from kb.stats.results import UNPOOLED, Pooled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from kb.stats.pooling.median_arms import MedianArm, Printed

MEDIAN_METHODS = ("weighted-median", "inverse-variance", "quantile-estimation")
INTERVALS = "printed intervals"


def pool_medians(
    medians: Sequence[Printed],
    lows: Sequence[Printed],
    highs: Sequence[Printed],
    *,
    n: Sequence[int | None] | None = None,
    level: float = 95,
    method: str,
    levels: Sequence[float | None] | None = None,
    quantiles: Sequence[tuple[float, float] | None] | None = None,
    scale: str = "log",
    model: str = "random",
    tau2: str = "reml",
    adjust: str = "none",
    labels: Sequence[str] | None = None,
) -> Pooled:
    """Return one median for several arms; all times are in one unit, which the result has too.

    A median or bound is a number or `not-reached`, `not-estimable`, `not-given` (None and `nan`
    mean the last, infinity the first). `level` is that of the result and of the printed intervals;
    `levels` gives each printed interval its own, None where none is stated. `labels` name the arms
    in `.set_aside` and `.notes`; `.k` counts the medians used, of those given.

    - `weighted-median`: the median of the medians weighted by `n` (equally without it), its
      interval by inverting the exact sign test at those weights (McGrath et al. 2019,
      10.1002/sim.8013). Where even the most extreme outcome is too likely, as with fewer than six
      equal weights at 95 %, a bound is `nan`.
    - `inverse-variance`: `pool_effects` on the log `scale` (or `identity`) with `model`, `tau2` and
      `adjust`, errors from the printed intervals (McGrath et al. 2025, arXiv:2503.03065, there on
      the identity scale). An arm with a lower bound alone contributes with (m − low)/z on that
      scale, and a note names it. The estimate, its interval and its prediction are times; `.se` and
      `.tau2` are on the scale.
    - `quantile-estimation`: the same on the log scale, with the error of the median of `n` Weibull
      times without censoring; the Weibull runs through the median and one further quantile of the
      arm, (probability, time) in `quantiles` (after McGrath et al. 2019, and 2020,
      10.1177/0962280219889080, who choose among families where more quantiles are printed).

    Arms that a method cannot use are set aside, each with its reason. Raises ValueError for unequal
    lengths, for what is no time, no count or no state, for a median outside its interval, for
    unknown options, and where nothing is left to pool.
    """
    if method not in MEDIAN_METHODS:
        raise ValueError(f"{method!r} is not a method; there are {', '.join(MEDIAN_METHODS)}")
    if scale not in ERROR_SCALES:
        raise ValueError(f"{scale!r} is not a scale; there are {', '.join(ERROR_SCALES)}")
    k = len(medians)
    arms = printed_arms(
        medians,
        lows,
        highs,
        levels=[level] * k if levels is None else levels,
        n=[1 if method == "weighted-median" else None] * k if n is None else n,
        quantiles=[None] * k if quantiles is None else quantiles,
        labels=[f"median {place + 1}" for place in range(k)] if labels is None else labels,
    )
    chosen = _method(method, scale)
    used, aside = _sorted_out(arms, chosen.lacks)
    if not used:
        raise ValueError(f"no median is left to pool; set aside: {'; '.join(aside)}")
    if len(used) == 1:
        pooled = _single(used[0], level)
    elif chosen.error is None:
        pooled = _weighted_median(used, level, "equal weights" if n is None else "weights n")
    else:
        errors = [chosen.error(arm) for arm in used]
        values = [log(arm.median) if chosen.scale == "log" else arm.median for arm in used]
        pooled = pool_effects(values, errors, model=model, tau2=tau2, adjust=adjust, level=level)
        pooled = _as_times(pooled, chosen)
    notes = (*pooled.notes, *_notes(arms, used, chosen))
    return replace(pooled, k=len(used), notes=notes, set_aside=tuple(aside))


@dataclass(frozen=True, slots=True)
class _Method:
    """What a method needs of an arm, the error it takes from it, and on which scale."""

    lacks: Callable[[MedianArm], str]
    error: Callable[[MedianArm], float] | None = None
    scale: str = ""
    errors_from: str = ""


def _method(name: str, scale: str) -> _Method:
    if name == "weighted-median":
        return _Method(lambda arm: arm.lacks_weight())
    if name == "inverse-variance":
        return _Method(
            lambda arm: arm.lacks_width(scale),
            lambda arm: arm.interval_error(scale),
            scale,
            INTERVALS,
        )
    return _Method(
        lambda arm: arm.lacks_quantile(),
        lambda arm: arm.quantile_error(),
        "log",
        "two quantiles, Weibull without censoring",
    )


def _sorted_out(
    arms: list[MedianArm], lacks: Callable[[MedianArm], str]
) -> tuple[list[MedianArm], list[str]]:
    """Return the arms to pool, and a sentence for each of the others."""
    used, aside = [], []
    for arm in arms:
        reason = f"its median is {arm.state}" if arm.state else lacks(arm)
        if reason:
            aside.append(f"{arm.label}: {reason}")
        else:
            used.append(arm)
    return used, aside


def _single(arm: MedianArm, level: float) -> Pooled:
    """Return one median with its own printed interval, where that is at the level asked for."""
    low, high = (arm.low, arm.high) if arm.level == level else (nan, nan)
    return replace(
        UNPOOLED,
        value=arm.median,
        low=low,
        high=high,
        level=level,
        method="one median; its printed interval",
        notes=(NOT_POOLED,),
    )


def _weighted_median(arms: list[MedianArm], level: float, weights: str) -> Pooled:
    arms = sorted(arms, key=lambda arm: arm.median)
    values = [arm.median for arm in arms]
    below = np.cumsum([0, *(arm.n for arm in arms)])  # the weight under each gap between medians
    total, tail = int(below[-1]), tail_of(level)
    middle = [
        values[int(np.searchsorted(2 * below[1:], total, side=side))] for side in ("left", "right")
    ]
    chances = _chances(below)
    first = int(np.flatnonzero(chances[below] > tail)[0])
    last = int(np.flatnonzero(chances[total - below] > tail)[-1])
    rejected = chances[chances <= tail]
    note = f"The sign test's interval covers with {1 - 2 * rejected.max(initial=0):.1%}."
    if first == 0 or last == len(values):
        note = (
            f"{len(values)} medians at these weights are too few for a sign test at {level:g}%: "
            "where its interval has no end, the bound is nan."
        )
    return replace(
        UNPOOLED,
        value=sum(middle) / 2,
        low=values[first - 1] if first > 0 else nan,
        high=values[last] if last < len(values) else nan,
        level=level,
        method=f"weighted median of medians; {weights}; exact sign test",
        notes=(note,),
    )


def _chances(below: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return P(T ≤ t) for t from 0 to all the weight, each part being in T with chance one half."""
    density = np.zeros(below[-1] + 1)
    density[0] = 1.0
    for weight in np.diff(below):
        moved = np.concatenate([np.zeros(weight), density[: density.size - weight]])
        density = (density + moved) / 2
    return np.cumsum(density)


def _as_times(pooled: Pooled, chosen: _Method) -> Pooled:
    """Return the pooled estimate as a time, its error and tau² staying on the scale."""
    method = pooled.method.replace("the scale given", f"the {chosen.scale} scale of time")
    pooled = replace(pooled, method=f"{method}; errors from {chosen.errors_from}")
    if chosen.scale != "log":
        return pooled
    return replace(
        pooled,
        value=_time(pooled.value),
        low=_time(pooled.low),
        high=_time(pooled.high),
        prediction_low=_time(pooled.prediction_low),
        prediction_high=_time(pooled.prediction_high),
    )


def _time(logarithm: float) -> float:
    return exp(min(logarithm, 700))  # e^700 is for ever, and still a number


def _notes(arms: list[MedianArm], used: list[MedianArm], chosen: _Method) -> Iterator[str]:
    missing = [arm for arm in arms if arm.state in (NOT_REACHED, NOT_ESTIMABLE)]
    if missing:
        yield (
            f"{len(missing)} of {len(arms)} medians were not reached or not estimable; without "
            "them the pooled median leans to the arms with shorter times."
        )
    if chosen.errors_from != INTERVALS:
        return
    if lower_only := [arm.label for arm in used if isnan(arm.high)]:
        half = "ln m − ln low" if chosen.scale == "log" else "m − low"
        yield f"No upper bound is printed for {', '.join(lower_only)}: the error is ({half})/z."
    if chosen.scale == "log" and (even := [arm.label for arm in used if arm.is_symmetric]):
        yield (
            f"The interval of {', '.join(even)} lies evenly about its median, as a normal "
            "approximation does: its error on the log scale is approximate."
        )
