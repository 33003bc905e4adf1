"""Pooling of proportions and of effects: one estimate, its intervals and what was assumed."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isfinite, isnan, nan, sqrt
from typing import TYPE_CHECKING

from kb.stats.numeric.special import critical_value
from kb.stats.pooling.conventions import NO_MAXIMUM, NOT_POOLED, described, notes, uniform_note
from kb.stats.pooling.glmm import likelihood_ratio, uniform
from kb.stats.pooling.heterogeneity import i_squared, i_squared_interval
from kb.stats.pooling.inverse_variance import chi_square_tail
from kb.stats.pooling.samples import Options, between, effects, fitted, proportions
from kb.stats.proportions.intervals import clopper_pearson
from kb.stats.results import UNPOOLED, Bounds, Pooled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from kb.stats.pooling.samples import Between, Sample


def pool_proportions(
    events: ArrayLike,
    n: ArrayLike,
    *,
    model: str = "random",
    method: str = "glmm",
    tau2: str | None = None,
    adjust: str = "none",
    continuity: str = "zero-only",
    level: float = 95,
    prediction: str = "k-1",
) -> Pooled:
    """Return the pooled proportion of arms with `events` of `n`, as fractions.

    `method`: `glmm` (random-intercept logistic regression, Stijnen et al. 2010), or inverse
    variance on the `logit`, `freeman-tukey` or `arcsine` scale. `tau2`: `dl`, `reml`, `pm`, `ml`;
    None is `ml` for glmm and `reml` else. `adjust="hksj"` gives the Hartung–Knapp interval.
    `continuity` says to which arms the logit adds ½: `zero-only`, `all`, `none` (arms of 0 or n are
    refused). `prediction`: t with `k-1` (Veroniki et al. 2019) or `k-2` (Higgins et al. 2009)
    degrees of freedom. `level` is a percent. Raises ValueError for what is no count of patients
    and for options that do not go together.

    One arm gives its exact interval. Under glmm, arms that are all 0 or all n give 0 or 1 with
    the exact limit of the total.
    """
    options = Options(method, tau2, model, adjust, continuity, prediction, level)
    return pooled(proportions(events, n, options), options)


def pool_effects(
    values: ArrayLike,
    standard_errors: ArrayLike,
    *,
    model: str = "random",
    tau2: str = "reml",
    adjust: str = "none",
    level: float = 95,
    prediction: str = "k-1",
    shown: Callable[[float], float] | None = None,
) -> Pooled:
    """Return the inverse-variance mean of `values`, on the scale given (log for ratios).

    Options as for `pool_proportions`; `shown` is how notes print a number of this scale, such as
    `math.exp` for log ratios. One study gives its own normal interval. Raises ValueError
    for values that are not finite, standard errors that are not positive, either beyond 1e50 (or
    a standard error below 1e-50), and unknown options.
    """
    options = Options("effects", tau2, model, adjust, "none", prediction, level, shown)
    return pooled(effects(values, standard_errors), options)


def pooled(
    sample: Sample, options: Options, variance: Between | None = None, *, shared: bool = False
) -> Pooled:
    """Return the estimate of a sample, with its own tau² or one it has `shared` with others."""
    if len(sample) == 1:
        return _single(sample, options)
    if options.method == "glmm" and uniform(*sample.block):
        return _boundary(sample, options)
    variance = variance or between(options, sample)
    method = described(sample, options, shared=shared)
    if variance.tau2 == inf:
        q = likelihood_ratio(*sample.block)
        beyond = _tested(q, len(sample), options)
        return replace(beyond, tau2=inf, method=method, notes=(NO_MAXIMUM,))
    fit = fitted(sample, options, variance.tau2, known=shared)
    low, high = map(sample.back, fit.interval(options.level))
    predicted_low, predicted_high = nan, nan
    if options.predicts(fit.k):
        t_df = fit.k - 1 if options.prediction == "k-1" else fit.k - 2
        predicted_low, predicted_high = map(sample.back, fit.prediction(options.level, t_df))
    i2_low, i2_high = nan, nan
    if not isnan(variance.low):
        profile = Bounds(variance.low, variance.high, options.level)
        i2_low, i2_high = i_squared_interval(profile, sample.block[1])
    return replace(
        _tested(fit.q, fit.k, options),
        value=sample.back(fit.mean),
        low=low,
        high=high,
        se=fit.se,
        prediction_low=predicted_low,
        prediction_high=predicted_high,
        tau2=variance.tau2,
        tau2_low=variance.low,
        tau2_high=variance.high,
        method=method,
        notes=notes(fit, sample, options),
        i2_low=i2_low,
        i2_high=i2_high,
    )


def _single(sample: Sample, options: Options) -> Pooled:
    """Return one study as it is: nothing about heterogeneity can be known."""
    value, variance = (float(array[0]) for array in sample.on_scale)
    se = sqrt(variance)
    if options.method == "effects":
        half = critical_value(options.level) * se
        low, high, method = value - half, value + half, "one study; normal interval"
    else:
        x, n = int(sample.first[0]), int(sample.second[0])
        value, (low, high) = x / n, clopper_pearson(x, n, options.level)
        method = "one arm; Clopper–Pearson interval"
    return replace(
        UNPOOLED,
        value=value,
        low=low,
        high=high,
        se=se if isfinite(se) else nan,
        method=method,
        notes=(NOT_POOLED,),
        level=options.level,
    )


def _boundary(sample: Sample, options: Options) -> Pooled:
    """Return 0 or 1 with the exact limit of the total, for the likelihood has no inner peak."""
    n, events = int(sample.second.sum()), int(sample.first.sum())
    interval = clopper_pearson(events, n, options.level)
    return replace(
        _tested(0.0, len(sample), options),
        value=events / n,
        low=interval.low,
        high=interval.high,
        tau2=0.0,
        method="total of all arms; Clopper–Pearson interval",
        notes=(uniform_note(sample, options.level),),
    )


def _tested(q: float, k: int, options: Options) -> Pooled:
    """Return what Q says of k studies, all else unknown."""
    df = k - 1
    return replace(
        UNPOOLED,
        i2=i_squared(q, df),
        q=q,
        df=df,
        q_p=chi_square_tail(q, df),
        k=k,
        level=options.level,
    )
