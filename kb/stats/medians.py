"""Pooling of median survival times, with what was set aside and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, inf, isclose, isnan, log, nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from kb.stats.pooling import pool_effects
from kb.stats.ratios import SCALES, standard_error
from kb.stats.results import Bounds, Pooled
from kb.stats.special import critical_value, tail_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Printed = float | str | None

METHODS = ("weighted-median", "inverse-variance", "quantile-estimation")
STATES = ("not-reached", "not-estimable", "not-given")


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
    """Return one median for several arms, in their unit of time, which must be the same.

    A median or bound is a number or `not-reached`, `not-estimable`, `not-given` (None and `nan`
    say the last, infinity the first). `level` is that of the result and of the printed intervals;
    `levels` gives each printed interval its own, None where it is not stated. `labels` name the
    arms in `.set_aside` and `.notes`; `.k` counts the medians used.

    - `weighted-median`: median of the medians weighted by `n` (equally without it), its interval by
      inverting the exact sign test at those weights (McGrath et al. 2019, 10.1002/sim.8013). With
      equal weights five medians or fewer have no 95 % interval: its bounds are then `nan`.
    - `inverse-variance`: `pool_effects` with `model`, `tau2`, `adjust` on the log `scale` (or
      `identity`), errors from the width of the printed intervals (McGrath et al. 2025,
      arXiv:2503.03065, there on the identity scale). An arm with a lower bound only contributes
      with (m − low)/z on that scale, and a note says so. Value, interval and prediction are times;
      `.se` and `.tau2` are on the scale.
    - `quantile-estimation`: as before on the log scale, but the error is that of the median of n
      Weibull times without censoring, 1/(2·√n·m·f(m)), where the Weibull runs through the median
      and one further printed quantile of each arm, (probability, time) in `quantiles` (McGrath et
      al. 2020, 10.1177/0962280219889080). Arms without one are set aside.

    Raises ValueError for sequences of unequal length, numbers that are no times, a median outside
    its interval, unknown options, and where no median is left.
    """
    if method not in METHODS:
        raise ValueError(f"{method!r} is no method for medians; there are {', '.join(METHODS)}")
    if scale not in SCALES:
        raise ValueError(f"{scale!r} is not a scale; there are {', '.join(SCALES)}")
    arms = _arms(medians, lows, highs, n, [level] * len(medians) if levels is None else levels,
                 quantiles, labels)
    weighted = n is not None
    reasons = {
        "weighted-median": lambda arm: _no_weight(arm, weighted=weighted),
        "inverse-variance": lambda arm: _no_width(arm, scale),
        "quantile-estimation": _no_quantile,
    }[method]
    used, aside = _sorted_out(arms, reasons)
    if not used:
        raise ValueError(f"no median is left to pool; set aside: {'; '.join(aside)}")
    if len(used) == 1:
        pooled = _single(used[0], level)
    elif method == "weighted-median":
        pooled = _weighted_median(used, level, weighted=weighted)
    else:
        errors = [
            _error(arm, scale) if method == "inverse-variance" else _weibull_error(arm)
            for arm in used
        ]
        scale = scale if method == "inverse-variance" else "log"
        values = [log(arm.median) if scale == "log" else arm.median for arm in used]
        pooled = pool_effects(values, errors, model=model, tau2=tau2, adjust=adjust, level=level)
        pooled = _as_times(pooled, method, scale)
        pooled = replace(pooled, notes=(*_notes(used, method, scale), *pooled.notes))
    notes = (*pooled.notes, *_bias(arms))
    return replace(pooled, k=len(used), notes=notes, set_aside=tuple(aside))
