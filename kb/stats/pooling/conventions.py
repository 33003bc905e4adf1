"""The sentences that say how a pooled estimate was made and what to beware of."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from kb.stats.pooling.glmm import MORE_POINTS, POINTS, uniform, wald_q
from kb.stats.pooling.heterogeneity import ESTIMATORS
from kb.stats.pooling.transforms import SCALES, harmonic_mean
from kb.stats.proportions.intervals import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.stats.pooling.inverse_variance import Fit
    from kb.stats.pooling.samples import Options, Sample
    from kb.stats.results import Bounds

NOT_POOLED = "One study: nothing was pooled, and the interval is the study's own."
NO_MAXIMUM = (
    "No estimate: arms in which none and arms in which all have the event push tau² of the exact "
    "likelihood beyond all bounds."
)


def described(sample: Sample, options: Options, *, shared: bool) -> str:
    """Return the conventions of a pooled estimate, from the model to the prediction interval."""
    return "; ".join(_parts(sample, options, shared=shared))


def _parts(sample: Sample, options: Options, *, shared: bool) -> Iterator[str]:
    yield f"{options.model} effect{'s' if options.model == 'random' else ''}"
    if options.method == "glmm":
        yield "logistic regression with the exact binomial likelihood"
        if options.model == "random":
            points = f"{POINTS} points, {MORE_POINTS} above a tau of 2"
            yield f"random intercept, adaptive Gauss–Hermite with {points}"
    elif options.method == "effects":
        yield "inverse variance on the scale given"
    else:
        yield f"inverse variance on the {SCALES[options.method].name} scale"
    if sample.corrected:
        whose = "with a zero cell" if options.continuity == "zero-only" else "as asked for all"
        yield f"½ added to {sample.corrected} of {len(sample)} arms, {whose}"
    if options.model == "random":
        name = ESTIMATORS[options.estimator].name
        yield f"tau² by {name}{', shared by the groups' if shared else ''}"
    df = len(sample) - 1
    if options.method == "glmm":
        yield "Q by likelihood ratio"
    if options.adjust == "hksj":
        yield f"Hartung–Knapp interval without a floor, t with k − 1 = {df} df"
    else:
        yield "normal interval"
    if options.predicts(len(sample)):
        less = df if options.prediction == "k-1" else df - 1
        name = options.prediction.replace("-", " − ")
        yield f"prediction interval by t with {name} = {less} df"


def notes(fit: Fit, sample: Sample, options: Options) -> tuple[str, ...]:
    """Return what a reader of the estimate has to know beyond its conventions."""
    return tuple(_notes(fit, sample, options))


def _notes(fit: Fit, sample: Sample, options: Options) -> Iterator[str]:
    if options.adjust == "hksj" and fit.se < fit.classic_se:
        factor = (fit.se / fit.classic_se) ** 2
        low, high = fit.interval(options.level)
        classic_low, classic_high = fit.classic_interval(options.level)
        if high - low < classic_high - classic_low:
            result = "so their interval is narrower than the classic one"
        else:
            result = "but by the quantile of t their interval is no narrower than the classic one"
        cautious = as_text(sample, fit.cautious_interval(options.level), options)
        yield (
            f"The factor q of Hartung and Knapp is {factor:.3g}, below 1, {result}; "
            f"with max(1, q) it is {cautious}."
        )
    if options.model == "common":
        yield "A common effect takes tau² as 0 and has no prediction interval."
    elif fit.k < 3:
        yield "No prediction interval: it is undefined for fewer than three studies."
    if options.method == "glmm":
        yield f"Wald's Q is {wald_q(*sample.block):.4g}; tau² has no interval."
    if options.method == "freeman-tukey":
        yield (
            f"Transformed back with the harmonic mean of n, {harmonic_mean(sample.second):.4g}: "
            "another n gives another proportion (Schwarzer et al. 2019, 10.1002/jrsm.1348)."
        )
    if options.method != "effects" and uniform(sample.first, sample.second):
        yield uniform_note(sample, options.level)


def uniform_note(sample: Sample, level: float) -> str:
    """Return the exact answer for arms of which none or all have events."""
    total = int(sample.second.sum())
    if sample.first.any():
        bound = clopper_pearson(total, total, level).low
        return f"All {total} patients have the event: the exact lower limit is {bound:.1%}."
    bound = clopper_pearson(0, total, level).high
    return f"None of {total} patients has the event: the exact upper limit is {bound:.1%}."


def as_text(sample: Sample, bounds: Bounds, options: Options) -> str:
    """Return an interval of the pooling scale in words: percents, or effects as they are shown."""
    low, high = map(sample.back, bounds)
    if sample.method != "effects":
        return f"{low:.1%} to {high:.1%}"
    if options.shown is not None:
        low, high = (_without_overflow(options.shown, bound) for bound in (low, high))
    return f"{low:.4g} to {high:.4g}"


def _without_overflow(shown: Callable[[float], float], bound: float) -> float:
    """Return the bound as shown, infinity where that is beyond all floating-point numbers."""
    try:
        return shown(bound)
    except OverflowError:
        return inf
