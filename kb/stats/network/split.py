"""What a network knows directly and what only by way of others, comparison by comparison."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from kb.stats.numeric.special import critical_value, normal_tail
from kb.stats.results import Effect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kb.stats.network.contrasts import Part
    from kb.stats.network.fit import Solution

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Split:
    """One comparison, a versus b: its direct and its indirect estimate and their difference.

    `k` studies compare them; `proportion` is the share of direct evidence in the network estimate.
    What does not exist is `nan`: the direct estimate without a study, the indirect one where all
    evidence is direct, and then the difference with its z and its p.
    """

    a: str
    b: str
    k: int
    proportion: float
    direct: Effect
    indirect: Effect
    difference: Effect
    z: float
    p: float


def split(part: Part, solution: Solution, tau2: float, *, level: float) -> list[Split]:
    """Return every comparison of a connected part, split by back-calculation.

    König, Krahn & Binder 2013, 10.1002/sim.6001; Dias et al. 2010, 10.1002/sim.3767. Direct is the
    inverse-variance mean of the studies of both treatments at the tau² of the network; indirect is
    what the network estimate holds beyond it.
    """
    size = len(part.treatments)
    low, high = np.minimum(part.a, part.b), np.maximum(part.a, part.b)
    cell, weight = low * size + high, 1 / (part.variance + tau2)
    toward = np.where(part.a < part.b, part.value, -part.value)
    counts = np.bincount(cell, minlength=size * size)
    total = np.bincount(cell, weight, size * size)
    pushed = np.bincount(cell, weight * toward, size * size)
    rows = []
    for i, j in combinations(range(size), 2):
        value = float(solution.estimates[i] - solution.estimates[j])
        cov = solution.covariance
        variance = float(cov[i, i] + cov[j, j] - 2 * cov[i, j])
        here = i * size + j
        share = min(1.0, variance * float(total[here]))
        direct = indirect = gap = (nan, nan)
        if counts[here]:
            direct = float(pushed[here] / total[here]), float(1 / total[here])
        if share < 1 - 1e-8:
            known = direct[0] * share if share else 0.0
            indirect = (value - known) / (1 - share), variance / (1 - share)
        if counts[here]:
            gap = direct[0] - indirect[0], direct[1] + indirect[1]
        statistic = gap[0] / sqrt(gap[1])
        rows.append(
            Split(
                part.treatments[i],
                part.treatments[j],
                int(counts[here]),
                share,
                _effect(*direct, level, "direct evidence, inverse variance"),
                _effect(*indirect, level, "indirect evidence, by back-calculation"),
                _effect(*gap, level, "direct less indirect"),
                statistic,
                2 * normal_tail(abs(statistic)),
            )
        )
    return rows


def _effect(value: float, variance: float, level: float, method: str) -> Effect:
    se = sqrt(variance)
    half = critical_value(level) * se
    return Effect(value, value - half, value + half, se, method, level)
