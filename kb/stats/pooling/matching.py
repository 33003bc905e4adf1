"""Matching-adjusted comparison: weights that give individual data the moments of another trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from kb.stats.numeric.special import critical_value, tail_of
from kb.stats.pooling.transforms import logistic
from kb.stats.results import Effect

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

UNANCHORED = (
    "unanchored matching-adjusted estimate, which assumes that every prognostic factor and effect "
    "modifier was matched"
)


@dataclass(frozen=True, slots=True)
class Matching:
    """Weights of the patients, of mean 1, and how many unweighted patients they are worth.

    `effective_n` is (Σw)²/Σw² (Kish 1965), never above `n`.
    """

    weights: Array
    effective_n: float
    n: int
    method: str

    @property
    def loss(self) -> float:
        """The share of the sample that matching costs, 1 − effective n / n."""
        return 1 - self.effective_n / self.n


def matching_weights(
    individual: Mapping[str, ArrayLike] | ArrayLike, targets: Mapping[str, float] | ArrayLike
) -> Matching:
    """Return the weights under which the means of the individual data equal `targets`.

    `individual` has one row per patient and one column per characteristic (or is a mapping of name
    to column), `targets` the published mean of each; to match a variance as well, give the square
    as a further column. The weights are exp(x·β), β being the minimum of Σ exp((x − target)·β), a
    convex function, found by Newton's method (Signorovitch et al. 2010,
    10.2165/11538370-000000000-00000); they are those of entropy balancing (Hainmueller 2012,
    10.1093/pan/mpr025; Phillippo et al. 2020, 10.1002/jrsm.1416). The means agree to 1e-9 of the
    standard deviation of each column, or there is no answer.

    Raises ValueError for targets outside the convex hull of the data, or on its edge, where no
    positive weights give them; for values that are missing, and for names or lengths that differ.
    """
    names, data, wanted = _checked(individual, targets)
    weights = _balanced(names, data, wanted)
    return Matching(
        weights=weights,
        effective_n=float(weights.sum() ** 2 / (weights @ weights)),
        n=weights.size,
        method="method of moments, weights exp(x·β), matched on " + ", ".join(names),
    )


def weighted_proportion(events: ArrayLike, weights: ArrayLike, *, level: float = 95) -> Effect:
    """Return the proportion with an event under matching weights, with its robust interval.

    `events` are 0 or 1, one per weight. The variance is the sandwich Σ w²(y − p)²/(Σw)², taking the
    weights as known; the interval is symmetric on the logit, as is `.se`. Raises ValueError where
    nobody or everybody has an event, for which that variance is 0.

    Signorovitch et al. (2010); Phillippo et al. (2018, 10.1177/0272989X17725740) on what an
    unanchored comparison assumes.
    """
    happened, weight = _events(events), np.asarray(weights, dtype=float)
    if happened.shape != weight.shape:
        raise ValueError(f"there are {happened.size} events but {weight.size} weights")
    if not (np.isfinite(weight).all() and (weight >= 0).all() and (weight > 0).any()):
        raise ValueError("weights are finite, not negative, and not all 0")
    weight = weight / weight.max()
    value = float(happened @ weight / weight.sum())
    error = sqrt(float(np.sum((weight * (happened - value)) ** 2))) / float(weight.sum())
    if error == 0 or value == 1:
        raise ValueError(f"a weighted proportion of {value:g} has no robust variance")
    logit, se = log(value / (1 - value)), error / (value * (1 - value))
    half = critical_value(level) * se
    low, high = map(logistic, (logit - half, logit + half))
    method = f"{UNANCHORED}; sandwich variance, weights taken as known; logit interval, {level:g}%"
    return Effect(value, low, high, se, method, level)


def bootstrap_proportion(
    events: ArrayLike,
    individual: Mapping[str, ArrayLike] | ArrayLike,
    targets: Mapping[str, float] | ArrayLike,
    *,
    seed: int,
    replicates: int = 1000,
    level: float = 95,
) -> Effect:
    """Return the proportion under matching weights with a percentile bootstrap interval.

    Patients are drawn with replacement and the weights found anew in each of `replicates` samples,
    so that their uncertainty counts (Efron & Tibshirani 1993, An Introduction to the Bootstrap,
    chapter 13). A sample whose hull the targets leave has no weights; `.method` says how many there
    were. Raises ValueError as `matching_weights` does, and where half of the samples have none.
    """
    happened = _events(events)
    names, data, wanted = _checked(individual, targets)
    if happened.shape != (len(data),):
        raise ValueError(f"there are {happened.size} events but {len(data)} patients")
    if replicates < 1:
        raise ValueError(f"a bootstrap needs at least one sample, not {replicates!r}")
    weights = _balanced(names, data, wanted)
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(replicates):
        sample = draw.integers(len(data), size=len(data))
        try:
            drawn = _balanced(names, data[sample], wanted)
        except ValueError:
            continue
        found.append(float(happened[sample] @ drawn / drawn.sum()))
    if 2 * len(found) <= replicates:
        raise ValueError(f"only {len(found)} of {replicates} bootstrap samples could be matched")
    tail = tail_of(level)
    low, high = np.quantile(found, [tail, 1 - tail]).tolist()
    unmatched = replicates - len(found)
    method = (
        f"{UNANCHORED}; percentile bootstrap with new weights, {replicates} samples, seed {seed}, "
        f"{unmatched} without weights left out, {level:g}%"
    )
    value = float(happened @ weights / weights.sum())
    return Effect(value, low, high, method=method, level=level)


def _balanced(names: list[str], data: Array, wanted: Array) -> Array:
    """Return weights of mean 1 with the wanted means: a damped Newton method on ln Σ exp(z·β)."""
    lowest, highest = data.min(axis=0), data.max(axis=0)
    for name, target, low, high in zip(names, wanted, lowest, highest, strict=True):
        if not (low < target < high or (low == high and isclose(target, low, rel_tol=1e-9))):
            raise ValueError(
                f"{name}: the target {target:g} must lie inside the individual data, which range "
                f"from {low:g} to {high:g}"
            )
    varying = data[:, highest > lowest]
    centred = varying - wanted[highest > lowest]
    centred /= np.abs(centred).max(axis=0)  # before squares are taken, which might overflow
    centred /= centred.std(axis=0)
    beta = np.zeros(centred.shape[1])
    for _ in range(200):
        height, shares = _height(centred @ beta)
        gradient = shares @ centred
        if np.abs(gradient).max(initial=0) < 1e-12:
            return shares * len(data)
        curvature = (centred * shares[:, None]).T @ centred - np.outer(gradient, gradient)
        step = np.linalg.lstsq(curvature, -gradient, rcond=1e-12)[0]
        size, enough = 1.0, 1e-4 * float(gradient @ step)
        while size > 1e-9 and _height(centred @ (beta + size * step))[0] > (
            height + size * enough + 1e-14
        ):
            size /= 2
        beta = beta + size * step
        if (centred @ beta).max() <= 0:
            break  # a plane through the targets has all patients on one side
    raise ValueError(
        f"the targets of {', '.join(names)} lie together outside the convex hull of the individual "
        "data, or on its edge: no positive weights give them"
    )


def _height(exponents: Array) -> tuple[float, Array]:
    """Return ln Σ exp and the shares of the sum, without overflow."""
    top = exponents.max()
    powers = np.exp(exponents - top)
    total = powers.sum()
    return float(top + np.log(total)), powers / total


def _checked(
    individual: Mapping[str, ArrayLike] | ArrayLike, targets: Mapping[str, float] | ArrayLike
) -> tuple[list[str], Array, Array]:
    """Return names, patients × characteristics and targets; raise ValueError if they do not fit."""
    if isinstance(individual, Mapping) != isinstance(targets, Mapping):
        raise ValueError("individual data and targets are both named or both without names")
    if isinstance(individual, Mapping) and isinstance(targets, Mapping):
        if set(individual) != set(targets):
            raise ValueError(
                f"individual data have {', '.join(individual)}, targets {', '.join(targets)}"
            )
        names = list(individual)
        columns = [np.asarray(individual[name], dtype=float) for name in names]
        if not names or {column.shape for column in columns} != {(columns[0].size,)}:
            raise ValueError("individual data need columns of one length, one entry per patient")
        data = np.column_stack(columns)
        wanted = np.array([targets[name] for name in names], dtype=float)
    else:
        data = np.asarray(individual, dtype=float)
        wanted = np.atleast_1d(np.asarray(targets, dtype=float))
        data = data[:, None] if data.ndim == 1 else data
        names = [f"characteristic {place + 1}" for place in range(wanted.size)]
    if data.ndim != 2 or data.shape[1] != wanted.size or data.size == 0:
        raise ValueError(
            f"individual data of shape {data.shape} do not have one column for each of "
            f"{wanted.size} targets"
        )
    if not (np.isfinite(data).all() and np.isfinite(wanted).all()):
        raise ValueError("a value or a target is missing or infinite")
    return names, data, wanted


def _events(events: ArrayLike) -> Array:
    happened = np.asarray(events, dtype=float)
    if wrong := [value for value in happened.ravel().tolist() if value not in (0, 1)]:
        raise ValueError(f"event is 1 (happened) or 0 (did not), not {wrong[0]!r}")
    return happened
