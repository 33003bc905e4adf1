"""What is pooled and how: checked studies, checked options, and the fit that follows from both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kb.stats.numeric.special import tail_of
from kb.stats.pooling import glmm
from kb.stats.pooling.heterogeneity import ESTIMATORS, between_variance, tau2_interval
from kb.stats.pooling.inverse_variance import Fit, weighted_mean
from kb.stats.pooling.transforms import SCALES, harmonic_mean, logit
from kb.stats.proportions.intervals import checked_counts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Block = tuple[Array, Array]

FAR = 1e50  # the largest value and standard error, and the inverse of the smallest

_CHOICES = {
    "model": ("random", "common"),
    "method": ("glmm", *SCALES, "effects"),
    "tau2": ESTIMATORS,
    "adjust": ("none", "hksj"),
    "continuity": ("zero-only", "all", "none"),
    "prediction": ("k-1", "k-2"),
}


@dataclass(frozen=True, slots=True)
class Options:
    """How to pool. Raises ValueError for words that are not choices or do not go together.

    `shown` is how notes print a number of the scale that effects are given on.
    """

    method: str = "glmm"
    tau2: str | None = None
    model: str = "random"
    adjust: str = "none"
    continuity: str = "zero-only"
    prediction: str = "k-1"
    level: float = 95
    shown: Callable[[float], float] | None = None

    def __post_init__(self) -> None:
        for name, allowed in _CHOICES.items():
            chosen = getattr(self, name)
            if chosen not in allowed and not (name == "tau2" and chosen is None):
                raise ValueError(f"{name} is one of {', '.join(map(str, allowed))}, not {chosen!r}")
        tail_of(self.level)
        if self.continuity == "all" and self.method != "logit":
            raise ValueError(f"{self.method} takes no continuity correction, so not 'all'")
        if self.method == "glmm" and self.tau2 not in (None, "ml"):
            raise ValueError(f"glmm estimates tau² by ml, not {self.tau2!r}")
        if self.method == "glmm" and self.adjust != "none":
            raise ValueError(f"glmm has a Wald interval and no adjustment {self.adjust!r}")
        if self.shown is not None and self.method != "effects":
            raise ValueError(f"notes of {self.method} print proportions, so shown is for effects")

    @property
    def estimator(self) -> str:
        """The estimator of tau²: as chosen, else ML for the exact likelihood and REML beside it."""
        return self.tau2 or ("ml" if self.method == "glmm" else "reml")

    def predicts(self, k: int) -> bool:
        """Return whether k studies give a prediction interval."""
        return self.model == "random" and k > 2


class Between(NamedTuple):
    """A between-study variance with its interval, `nan` where there is none."""

    tau2: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Studies as they were given (events and n, or values and standard errors) and as pooled.

    `block` is the pair of arrays that the estimators take: values and variances on the scale of
    pooling, or events and n for the exact likelihood. `corrected` arms had ½ added.
    """

    method: str
    first: Array
    second: Array
    block: Block
    corrected: int = 0

    def __len__(self) -> int:
        return len(self.first)

    @property
    def is_finite(self) -> bool:
        """Whether every study has a finite variance on the scale of pooling."""
        return bool(np.isfinite(self.on_scale[1]).all())

    @property
    def on_scale(self) -> Block:
        """Values and variances on the scale of pooling, infinite where they are."""
        if self.method != "glmm":
            return self.block
        with np.errstate(divide="ignore"):
            return logit(*self.block)

    def back(self, value: float) -> float:
        """Return a value on the scale of pooling as a proportion, an effect as it is."""
        if self.method == "effects":
            return value
        scale = SCALES["logit" if self.method == "glmm" else self.method]
        return scale.back(value, harmonic_mean(self.second))


def effects(values: ArrayLike, standard_errors: ArrayLike) -> Sample:
    """Return estimates and standard errors as a sample; ValueError for what cannot be pooled.

    Beyond 1e50, and for standard errors below 1e-50, products of squares are no numbers any more.
    """
    y, se = columns(values, standard_errors, "values and standard errors")
    if (wrong := ~(np.abs(y) <= FAR)).any():
        raise ValueError(f"values must be finite, not {y[wrong][0]}, and up to ±{FAR:g}")
    if (wrong := ~((se >= 1 / FAR) & (se <= FAR))).any():
        raise ValueError(
            f"standard errors must be positive, not {se[wrong][0]}, from {1 / FAR:g} to {FAR:g}"
        )
    return Sample("effects", y, se, (y, se * se))


def proportions(events: ArrayLike, n: ArrayLike, options: Options) -> Sample:
    """Return counts as a sample on the scale of the method; ValueError for what is no count.

    The logit adds ½ to the events and to the others of arms with a zero cell (`zero-only`), of all
    arms (`all`), or refuses such arms (`none`). An arm alone is not pooled and keeps its counts.
    """
    method, continuity = options.method, options.continuity
    if method == "effects":
        raise ValueError("method 'effects' is for values with standard errors")
    x, size = columns(events, n, "events and n")
    for pair in zip(x.tolist(), size.tolist(), strict=True):
        checked_counts(*pair)
    if method == "glmm":
        return Sample(method, x, size, (x, size))
    zero = (x == 0) | (x == size)
    touched = np.zeros(len(x), dtype=bool)
    if method == "logit" and len(x) > 1:
        if continuity == "none" and zero.any():
            arm = int(np.flatnonzero(zero)[0])
            raise ValueError(f"{x[arm]:g} of {size[arm]:g} has no logit; allow a correction")
        touched = zero if continuity == "zero-only" else np.full(len(x), continuity == "all")
    with np.errstate(divide="ignore"):
        block = SCALES[method].forward(x + touched / 2, size + touched)
    return Sample(method, x, size, block, int(touched.sum()))


def between(options: Options, *samples: Sample) -> Between:
    """Return the tau² that the samples share, each with its own mean; 0 under a common effect."""
    nothing = float("nan")
    blocks = [sample.block for sample in samples if options.method == "glmm" or sample.is_finite]
    if options.model == "common":
        return Between(0.0, nothing, nothing)
    if options.method == "glmm":
        return Between(glmm.between_arms(*blocks), nothing, nothing)
    low, high = tau2_interval(*blocks, level=options.level)
    return Between(between_variance(options.estimator, *blocks), low, high)


def fitted(sample: Sample, options: Options, tau2: float, *, known: bool = False) -> Fit:
    """Return the mean of the sample at a tau² that was estimated from it or is `known` beside it.

    The exact likelihood needs responders and non-responders and a finite tau².
    """
    if options.method != "glmm":
        return weighted_mean(*sample.block, tau2, hksj=options.adjust == "hksj")
    mean = float(glmm.mean_given(np.array([tau2]), *sample.block)[0])
    se = glmm.mean_error(mean, tau2, *sample.block, known=known)
    return Fit(mean, se, se, tau2, glmm.likelihood_ratio(*sample.block), len(sample))


def columns(first: ArrayLike, second: ArrayLike, names: str) -> Block:
    """Return both as arrays; ValueError unless of one dimension, one length and not empty."""
    a, b = np.atleast_1d(np.asarray(first, float)), np.atleast_1d(np.asarray(second, float))
    if a.ndim != 1 or a.shape != b.shape or len(a) == 0:
        raise ValueError(f"{names} are two lists of one length, not {a.shape} and {b.shape}")
    return a, b
