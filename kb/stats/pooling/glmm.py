"""Random-intercept logistic regression of responders on nothing: the exact-likelihood pool.

Each arm has x of n responders, binomial with a logit that is normal with mean mu and variance
tau² (Stijnen, Hamza & Özdemir 2010, Stat Med 29:3046, 10.1002/sim.4040). No arm needs a correction
at 0 or n. The marginal likelihood is integrated by adaptive Gauss–Hermite quadrature (Pinheiro &
Bates 1995, J Comput Graph Stat 4:12) and maximised over mu and tau² (ML).
"""

from __future__ import annotations

from functools import cache
from math import pi, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, xlogy

from kb.stats.pooling.heterogeneity import cochran_q, most_likely
from kb.stats.pooling.transforms import logit

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Arms = tuple[Array, Array]

POINTS, MORE_POINTS = 61, 241  # up to a tau of 2, and beyond it, where arms of 0 and n need more
_WIDE = 4.0
_GRID = np.concatenate([[0.0], np.geomspace(1e-3, 100, 12)])


def between_arms(*blocks: Arms) -> float:
    """Return the ML tau² of blocks of (events, n), each block with a mean of its own.

    0 where no block has responders and non-responders. Infinite where every arm is 0 or n and not
    all are alike, because the likelihood then rises for ever, or where it still rises at a tau of
    10.
    """
    mixed = [block for block in blocks if not uniform(*block)]
    if not mixed:
        return 0.0
    if all(np.all((x == 0) | (x == n)) for x, n in mixed):
        return float("inf")

    def profile(tau2: Array) -> tuple[Array, Array]:
        height, slope = np.zeros_like(tau2), np.zeros_like(tau2)
        wide = tau2 > _WIDE
        for some in (wide, ~wide):
            for x, n in mixed if some.any() else ():
                means = mean_given(tau2[some], x, n)
                log_likelihood, moments = _integrate(means, tau2[some], x, n)
                height[some] += log_likelihood
                slope[some] += moments[1].sum(axis=1) / 2
        return height, slope

    tau2 = most_likely(profile, _GRID)
    return tau2 if tau2 > 1e-10 else 0.0


def mean_given(tau2: Array, events: Array, n: Array) -> Array:
    """Return, for each tau², the mean logit of the largest likelihood; the arms not uniform."""

    def score(mu: Array) -> tuple[Array, Array]:
        first, second = _integrate(mu, tau2, events, n)[1]
        return first.sum(axis=1), (second - first * first).sum(axis=1)

    odds = events.sum() / (n - events).sum()
    start = np.log(odds) * np.sqrt(1 + 0.346 * tau2)  # Zeger, Liang & Albert 1988, attenuation
    reach = 40 * (1 + np.sqrt(tau2))
    return _solve(score, start, -reach, reach)


def mean_error(mu: float, tau2: float, events: Array, n: Array, *, known: bool) -> float:
    """Return the standard error of mu from the observed information of mu and tau².

    From that of mu alone where tau² is `known` or at its bound of 0. The derivatives by tau² are
    central differences of the scores, a thousandth of tau² to each side.
    """
    nearby = tau2 * np.array([1, 1 + 1e-3, 1 - 1e-3])
    first, second = _integrate(np.full(3, mu), nearby, events, n)[1]
    information = -float((second[0] - first[0] ** 2).sum())
    if tau2 > 0 and not known:
        by_mu, by_tau2 = first.sum(axis=1), second.sum(axis=1) / 2
        across, along = (float(score[1] - score[2]) / (2e-3 * tau2) for score in (by_mu, by_tau2))
        information += across * across / along
    return 1 / sqrt(information)


def likelihood_ratio(events: Array, n: Array) -> float:
    """Return twice the log-likelihood gained when every arm has a proportion of its own."""
    others, share = n - events, events.sum() / n.sum()
    own = xlogy(events, events / n) + xlogy(others, others / n)
    one = xlogy(events, share) + xlogy(others, 1 - share)
    return max(0.0, 2 * float((own - one).sum()))


def wald_q(events: Array, n: Array) -> float:
    """Return Cochran's Q of the logits of the arms that are neither 0 nor n.

    The others have infinite variance, hence no weight.
    """
    inside = (events > 0) & (events < n)
    return cochran_q(*logit(events[inside], n[inside])) if inside.any() else 0.0


def uniform(events: Array, n: Array) -> bool:
    """Return whether all patients responded or none did."""
    return bool(events.sum() in (0, n.sum()))


@cache
def _nodes(points: int) -> tuple[Array, Array]:
    """Return Gauss–Hermite nodes t and ln weight + t²."""
    nodes, weights = np.polynomial.hermite.hermgauss(points)
    return nodes, np.log(weights) + nodes**2


def _integrate(
    mu: Array, tau2: Array, events: Array, n: Array
) -> tuple[Array, tuple[Array, Array]]:
    """Return the log-likelihood at each (mu, tau²) and, per arm, L'/L and L''/L by mu.

    L is an arm's marginal likelihood; both are of shape (len(mu), arms). Because L is a normal
    mixture, its derivative by tau² is half its second derivative by mu.
    """
    tau = np.sqrt(tau2)[:, None]
    centre = mu[:, None]

    def pull(z: Array) -> tuple[Array, Array]:
        p = expit(centre + tau * z)
        return tau * (events - n * p) - z, -tau * tau * n * p * (1 - p) - 1

    mode = _solve(pull, np.zeros((len(mu), len(n))), -tau * (n - events), tau * events)
    width = 1 / np.sqrt(-pull(mode)[1])
    nodes, log_weights = _nodes(MORE_POINTS if tau2.max() > _WIDE else POINTS)
    z = mode[..., None] + sqrt(2) * width[..., None] * nodes
    eta = centre[..., None] + tau[..., None] * z
    x, size = events[:, None], n[:, None]
    terms = x * eta - size * np.logaddexp(0, eta) - z * z / 2 + log_weights
    top = terms.max(axis=-1, keepdims=True)
    shares = np.exp(terms - top)
    total = shares.sum(axis=-1)
    log_likelihood = (np.log(width * total / sqrt(pi)) + top[..., 0]).sum(axis=1)
    shares /= total[..., None]
    p = expit(eta)
    s, c = x - size * p, size * p * (1 - p)
    return log_likelihood, ((shares * s).sum(axis=-1), (shares * (s * s - c)).sum(axis=-1))


def _solve(
    falling: Callable[[Array], tuple[Array, Array]], start: Array, low: Array, high: Array
) -> Array:
    """Return, element by element, where a falling function (value, slope) is 0 in [low, high]."""
    at, settled = start, np.zeros(start.shape, dtype=bool)
    while not settled.all():
        value, slope = falling(at)
        low, high = np.where(value > 0, at, low), np.where(value > 0, high, at)
        step = -value / slope
        margin = 1e-9 * (1 + np.abs(at))
        small = np.abs(step) <= margin
        outside = ((at + step <= low) | (at + step >= high)) & ~small
        following = np.where(outside, (low + high) / 2, at + step)
        at = np.where(settled, at, following)
        settled |= small | (high - low <= margin)
    return at
