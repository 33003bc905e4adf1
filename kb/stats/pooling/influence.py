"""What each study does to the pooled effect and to tau²."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from kb.stats.pooling.heterogeneity import between_variance
from kb.stats.pooling.inverse_variance import weighted_mean
from kb.stats.pooling.samples import effects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Influence:
    """The case diagnostics of one study in a random-effects model.

    `weight` is its share of the mean; `residual` its distance from the mean of the others in
    standard deviations; `dffits` and `cooks_distance` how far the mean moves without it, in
    standard deviations of its fit and as a squared distance; `tau2_without` what is left of tau².
    """

    label: str
    weight: float
    residual: float
    dffits: float
    cooks_distance: float
    tau2_without: float


def influence(
    values: ArrayLike,
    standard_errors: ArrayLike,
    *,
    labels: Sequence[object] | None = None,
    tau2: str = "reml",
) -> list[Influence]:
    """Return the case diagnostics of every study (Viechtbauer & Cheung 2010, 10.1002/jrsm.11).

    Values on the scale of pooling, `tau2` as for `pool_effects`. Raises ValueError for fewer than
    three studies, for without one of two nothing is left to vary.
    """
    sample = effects(values, standard_errors)
    y, v = sample.block
    if len(y) < 3:
        raise ValueError(f"influence needs at least three studies, not {len(y)}")
    names = range(1, len(y) + 1) if labels is None else labels
    variance = between_variance(tau2, (y, v))
    whole = weighted_mean(y, v, variance, hksj=False)
    result = []
    for i, name in enumerate(names):
        others = np.arange(len(y)) != i
        left = between_variance(tau2, (y[others], v[others]))
        rest = weighted_mean(y[others], v[others], left, hksj=False)
        weight = whole.se**2 / float(v[i] + variance)
        moved = whole.mean - rest.mean
        result.append(
            Influence(
                label=str(name),
                weight=weight,
                residual=(float(y[i]) - rest.mean) / sqrt(v[i] + left + rest.se**2),
                dffits=moved / sqrt(weight * (left + v[i])),
                cooks_distance=(moved / whole.se) ** 2,
                tau2_without=left,
            )
        )
    return result
