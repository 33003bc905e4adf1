"""The inverse-variance mean of studies on the scale of pooling, with its two intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import TYPE_CHECKING

from scipy.special import chdtrc, stdtrit

from kb.stats.numeric.special import critical_value, tail_of
from kb.stats.pooling.heterogeneity import cochran_q
from kb.stats.results import Bounds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """A mean on the scale of pooling, with what is needed for its intervals.

    `se` is the standard error of the interval and `classic_se` the one without Hartung and Knapp;
    `t_df` are the degrees of freedom of the interval, infinite for a normal one.
    """

    mean: float
    se: float
    classic_se: float
    tau2: float
    q: float
    k: int
    t_df: float = inf

    def interval(self, level: float) -> Bounds:
        """Return mean ± quantile · se at `level` percent."""
        return self._around(self.se, self.t_df, level)

    def classic_interval(self, level: float) -> Bounds:
        """Return the normal interval without Hartung and Knapp."""
        return self._around(self.classic_se, inf, level)

    def cautious_interval(self, level: float) -> Bounds:
        """Return the interval with Hartung and Knapp's factor at least 1 (Knapp & Hartung 2003)."""
        return self._around(max(self.se, self.classic_se), self.t_df, level)

    def prediction(self, level: float, df: int) -> Bounds:
        """Return where the mean of a new study lies: t with `df` around √(tau² + se²)."""
        return self._around(sqrt(self.tau2 + self.se**2), df, level)

    def _around(self, se: float, df: float, level: float) -> Bounds:
        half = se * quantile(level, df)
        return Bounds(self.mean - half, self.mean + half, level)


def weighted_mean(values: Array, variances: Array, tau2: float, *, hksj: bool) -> Fit:
    """Return the mean with weights 1/(variance + tau²).

    Classic standard error, or that of Hartung & Knapp (2001, Stat Med 20:3875, 10.1002/sim.1009)
    without an ad hoc floor: the classic variance times q = Σ w (y − ȳ)²/(k − 1), t with k − 1.
    """
    weights = 1 / (variances + tau2)
    total = float(weights.sum())
    mean, se, k = float(weights @ values) / total, 1 / sqrt(total), len(values)
    q = cochran_q(values, variances)
    if not hksj or k == 1:
        return Fit(mean, se, se, tau2, q, k)
    factor = cochran_q(values, variances, tau2) / (k - 1)
    return Fit(mean, se * sqrt(factor), se, tau2, q, k, t_df=k - 1)


def quantile(level: float, df: float = inf) -> float:
    """Return the two-sided quantile of t with `df`, of the normal where they are infinite."""
    if df == inf:
        return critical_value(level)
    return float(stdtrit(df, 1 - tail_of(level)))


def chi_square_tail(q: float, df: int) -> float:
    """Return the probability of a chi-square of at least q, `nan` without degrees of freedom."""
    return float(chdtrc(df, q)) if df > 0 else float("nan")
