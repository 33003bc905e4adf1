"""The estimate of one connected part of a network, and the tau² of its studies.

Rücker 2012, Res Synth Methods 3:312, 10.1002/jrsm.1058: treatments are the nodes of an electrical
network, weights its conductances. Studies of three arms or more enter with reduced weights (Rücker
& Schwarzer 2014, Stat Med 33:4353, 10.1002/sim.6236), which equal their covariance exactly. The
Laplacian is grounded at the first treatment and solved by Cholesky.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.linalg import cholesky
from scipy.linalg.lapack import dpotri

from kb.stats.network.contrasts import parts
from kb.stats.pooling.heterogeneity import most_likely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kb.stats.network.contrasts import Multi, Part, StudyContrast

    Array = NDArray[np.float64]
    Indices = NDArray[np.intp]

_GRID = np.concatenate([[0.0], np.geomspace(1e-8, 2, 30)])


@dataclass(frozen=True, slots=True)
class Weights:
    """Reduced weights of the contrasts at one tau², and what the variance of tau² needs of them.

    `squares` are the weights of the squared Laplacians of the studies, `log_det` the sum of the
    logarithms of the determinants of their covariances.
    """

    plain: Array
    squares: Array
    log_det: float


@dataclass(frozen=True, slots=True)
class Solution:
    """Estimates against the first treatment, their covariance, and how well they fit."""

    estimates: Array
    covariance: Array
    q: float
    weights: Weights
    pulls: Array
    log_det: float


def reduced(part: Part, tau2: float) -> Weights:
    """Return the weights at a tau² that is added to the variance of every contrast."""
    plain = 1 / (part.variance + tau2)
    squares, logs = 2 * plain * plain, -np.log(plain)
    log_det = 0.0
    for study in part.multi:
        laplacian, own = _study_laplacian(study, tau2)
        plain[study.rows] = -laplacian[study.first, study.second]
        squares[study.rows] = -(laplacian @ laplacian)[study.first, study.second]
        logs[study.rows] = 0
        log_det += own
    return Weights(plain, squares, log_det + float(logs.sum()))


def solved(part: Part, tau2: float) -> Solution:
    """Return the weighted least-squares estimate of a part at a given tau²."""
    weights, size = reduced(part, tau2), len(part.treatments)
    w, a, b = weights.plain, part.a, part.b
    laplacian = np.diag(np.bincount(a, w, size) + np.bincount(b, w, size))
    np.subtract.at(laplacian, (np.maximum(a, b), np.minimum(a, b)), w)  # the lower half is enough
    factor = cholesky(laplacian[1:, 1:], lower=True, check_finite=False)
    flow = np.bincount(a, w * part.value, size) - np.bincount(b, w * part.value, size)
    covariance = np.zeros((size, size))
    covariance[1:, 1:] = _inverse(factor)
    estimates = covariance @ flow
    gaps = part.value - (estimates[a] - estimates[b])
    q = float(w @ (gaps * gaps))
    log_det = 2 * float(np.log(np.diag(factor)).sum())
    return Solution(estimates, covariance, q, weights, w * gaps, log_det)


def pair_variance(covariance: Array, a: Indices, b: Indices) -> Array:
    """Return the variances of the differences between treatments a and b."""
    return covariance[a, a] + covariance[b, b] - 2 * covariance[a, b]


def between_studies(method: str, *pieces: Part) -> float:
    """Return the tau² common to the studies of all pieces, 0 where nothing is left to estimate it.

    `method` is one of `ESTIMATORS`.
    """
    if sum(part.df for part in pieces) == 0:
        return 0.0
    return ESTIMATORS[method].estimate(pieces)


def _generalised_moments(pieces: Sequence[Part]) -> float:
    """Generalised DerSimonian–Laird (Jackson, White & Riley 2012, 10.1002/sim.5453)."""
    solutions = [(part, solved(part, 0.0)) for part in pieces]
    excess = sum(solution.q - part.df for part, solution in solutions)
    return max(0.0, excess / sum(_scale(part, solution) for part, solution in solutions))


def within_designs(part: Part) -> tuple[float, int]:
    """Return the Q of studies of the same treatments about their own estimates, and its df.

    The rest of the network's Q is inconsistency between designs (Krahn, Binder & König 2013,
    10.1186/1471-2288-13-35).
    """
    designs: dict[frozenset[str], list[Sequence[StudyContrast]]] = {}
    for study in part.contrasts:
        arms = frozenset(end for row in study for end in (row.a, row.b))
        designs.setdefault(arms, []).append(study)
    alone = [parts(studies)[0] for studies in designs.values()]
    return sum(solved(design, 0.0).q for design in alone), sum(design.df for design in alone)


def _scale(part: Part, solution: Solution) -> float:
    """Return trace(P V₁), V₁ the derivative of the covariance of the data by tau²."""
    resistance = pair_variance(solution.covariance, part.a, part.b)
    return float(solution.weights.plain.sum() - solution.weights.squares @ resistance / 2)


def _restricted(pieces: Sequence[Part]) -> float:
    """Restricted maximum likelihood, the highest peak over the whole range."""

    def likelihood(grid: Array) -> tuple[Array, Array]:
        heights, slopes = np.zeros_like(grid), np.zeros_like(grid)
        for i, tau2 in enumerate(grid):
            for part in pieces:
                solution = solved(part, float(tau2))
                heights[i] -= solution.weights.log_det + solution.log_det + solution.q
                slopes[i] += _pull(part, solution) - _scale(part, solution)
        return heights / 2, slopes / 2

    largest = max(float(part.value @ part.value) for part in pieces)
    return most_likely(likelihood, largest * _GRID)


class NetworkEstimator(NamedTuple):
    """How tau² of a network is estimated from its pieces, and its name in a sentence."""

    estimate: Callable[[Sequence[Part]], float]
    name: str


ESTIMATORS = {
    "dl": NetworkEstimator(_generalised_moments, "generalised DerSimonian–Laird"),
    "reml": NetworkEstimator(_restricted, "REML"),
}


def _pull(part: Part, solution: Solution) -> float:
    """Return y'P V₁ P y: half the squared pulls on every arm of every study."""
    size = len(part.treatments)
    arms = np.bincount(part.study * size + part.a, solution.pulls, len(part.contrasts) * size)
    arms -= np.bincount(part.study * size + part.b, solution.pulls, len(part.contrasts) * size)
    return float(arms @ arms) / 2


def _study_laplacian(study: Multi, tau2: float) -> tuple[Array, float]:
    """Return the Laplacian of a study of several arms and ln det of its covariance.

    The covariance of the arms against the first is inverted; rows and columns then add up to 0.
    """
    spread = study.variances + tau2
    np.fill_diagonal(spread, 0.0)
    against = spread[0, 1:]
    factor = cholesky((against[:, None] + against - spread[1:, 1:]) / 2, lower=True)
    inverse = _inverse(factor)
    laplacian = np.zeros_like(spread)
    laplacian[1:, 1:] = inverse
    laplacian[0, 1:] = laplacian[1:, 0] = -inverse.sum(axis=0)
    laplacian[0, 0] = inverse.sum()
    return laplacian, 2 * float(np.log(np.diag(factor)).sum())


def _inverse(factor: Array) -> Array:
    """Return the inverse of a matrix from its lower Cholesky factor."""
    half = np.tril(dpotri(factor, lower=1)[0])
    inverse: Array = half + half.T
    np.fill_diagonal(inverse, np.diag(half))
    return inverse
