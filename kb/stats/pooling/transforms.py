"""Scales on which proportions are pooled: logit, Freeman–Tukey and arcsine, there and back."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, copysign, cos, exp, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of pooling: (events, n) → (values, variances), and (value, n) → proportion."""

    name: str
    forward: Callable[[Array, Array], tuple[Array, Array]]
    back: Callable[[float, float], float]


def logit(events: Array, n: Array) -> tuple[Array, Array]:
    """Return ln(x/(n − x)) and its variance 1/x + 1/(n − x), for 0 < x < n."""
    others = n - events
    return np.log(events / others), 1 / events + 1 / others


def logistic(value: float, _n: float = 0) -> float:
    """Return the proportion whose logit is `value`, without overflow."""
    if value < 0:
        return exp(value) / (1 + exp(value))
    return 1 / (1 + exp(-value))


def freeman_tukey(events: Array, n: Array) -> tuple[Array, Array]:
    """Return ½ (asin √(x/(n+1)) + asin √((x+1)/(n+1))) and its variance 1/(4n + 2).

    Freeman & Tukey 1950, Ann Math Stat 21:607, 10.1214/aoms/1177729756.
    """
    first, second = np.sqrt(events / (n + 1)), np.sqrt((events + 1) / (n + 1))
    return (np.arcsin(first) + np.arcsin(second)) / 2, 1 / (4 * n + 2)


def freeman_tukey_inverse(value: float, n: float) -> float:
    """Return the proportion of n whose Freeman–Tukey value is `value`.

    Miller 1978, Am Stat 32:138, 10.1080/00031305.1978.10479283, with twice the value in his
    formula: 0 at and below the value of 0 of n, 1 at and above that of n of n. For a pooled value
    n is the harmonic mean, which is a choice (Schwarzer et al. 2019, 10.1002/jrsm.1348).
    """
    if value <= asin(sqrt(1 / (n + 1))) / 2:
        return 0.0
    if value >= (asin(sqrt(n / (n + 1))) + pi / 2) / 2:
        return 1.0
    sine = sin(2 * value)
    inner = sine + (sine - 1 / sine) / n
    return (1 - copysign(sqrt(max(0.0, 1 - inner * inner)), cos(2 * value))) / 2


def arcsine(events: Array, n: Array) -> tuple[Array, Array]:
    """Return asin √(x/n) and its variance 1/(4n) (Rücker et al. 2009, 10.1002/sim.3511)."""
    return np.arcsin(np.sqrt(events / n)), 1 / (4 * n)


def arcsine_inverse(value: float, _n: float = 0) -> float:
    """Return the proportion whose arcsine value is `value`; 0 below the range and 1 above it."""
    return sin(min(max(value, 0.0), pi / 2)) ** 2


def harmonic_mean(n: Array) -> float:
    """Return the harmonic mean of the sample sizes."""
    return float(len(n) / np.sum(1 / n))


SCALES: dict[str, Scale] = {
    "logit": Scale("logit", logit, logistic),
    "freeman-tukey": Scale("Freeman–Tukey double arcsine", freeman_tukey, freeman_tukey_inverse),
    "arcsine": Scale("arcsine", arcsine, arcsine_inverse),
}
