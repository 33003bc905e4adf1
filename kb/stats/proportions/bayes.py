"""Posterior probabilities of response rates under a named prior."""

from __future__ import annotations

from math import exp, fsum, sqrt

from kb.stats.numeric.special import beta_cdf, binomial_probability
from kb.stats.proportions.intervals import checked_counts

PRIORS: dict[str, tuple[float, float]] = {"uniform": (1, 1), "jeffreys": (0.5, 0.5)}
_HEAVY = 1e12  # patients that a prior is worth, beyond which those seen leave no digit


def probability_above(events: int, n: int, p0: float, *, prior: str | tuple[float, float]) -> float:
    """Return the posterior probability that the proportion exceeds p0.

    Beta-binomial: prior Beta(a, b), posterior Beta(a + events, b + n − events). `prior` is
    "uniform", "jeffreys" or (a, b); there is no default. Raises ValueError for impossible counts,
    p0 outside [0, 1] and an unknown or improper prior.
    """
    if not 0 <= p0 <= 1:
        raise ValueError(f"p0 is a proportion, not {p0!r}")
    a, b = _posterior(events, n, prior)
    return 1 - beta_cdf(p0, a, b)


def probability_greater(
    x1: int, n1: int, x2: int, n2: int, *, prior: str | tuple[float, float]
) -> float:
    """Return the posterior probability that p₁ exceeds p₂, each under the same prior.

    The integral of Pr(p₂ < p) over the posterior of p₁, by the trapezoidal rule on the logit
    scale, which converges exponentially for such densities (Trefethen & Weideman 2014, SIAM
    Review 56:385). Prior and errors as in `probability_above`.
    """
    first, second = _posterior(x1, n1, prior), _posterior(x2, n2, prior)
    if _logit_width(first) > _logit_width(second):
        return 1 - _integral(second, first)
    return _integral(first, second)


def _posterior(events: int, n: int, prior: str | tuple[float, float]) -> tuple[float, float]:
    events, n = checked_counts(events, n)
    if isinstance(prior, str):
        if prior not in PRIORS:
            raise ValueError(f"{prior!r} is not a prior; there are {', '.join(PRIORS)} and (a, b)")
        prior = PRIORS[prior]
    a, b = prior
    if not (0 < a < _HEAVY and 0 < b < _HEAVY):
        raise ValueError(f"a prior needs two positive numbers below {_HEAVY:g}, not {prior!r}")
    return a + events, b + n - events


def _logit_width(shape: tuple[float, float]) -> float:
    a, b = shape
    return sqrt(1 / a + 1 / b)


def _integral(narrow: tuple[float, float], wide: tuple[float, float]) -> float:
    """Return Pr(q < p) for p ~ Beta(narrow) and q ~ Beta(wide).

    The density of logit p is p^a (1 − p)^b / B(a, b), that is ab/(a + b) times a binomial
    probability, and falls monotonically on both sides of logit a/b.
    """
    (a, b), step = narrow, min(0.25, _logit_width(narrow) / 4)

    def term(k: int) -> tuple[float, float]:
        odds = a / b * exp(k * step)
        if odds > 1:  # 1 − p in place of p, which near 1 has lost its digits
            q = 1 / (1 + odds)
            return binomial_probability(b, a + b, q), 1 - beta_cdf(q, *reversed(wide))
        p = odds / (1 + odds)
        return binomial_probability(a, a + b, p), beta_cdf(p, *wide)

    terms = [term(0)]
    for direction in (1, -1):
        k = direction
        while (following := term(k))[0] > 1e-18 * terms[0][0]:
            terms.append(following)
            k += direction
    return fsum(weight * below for weight, below in terms) / fsum(weight for weight, _ in terms)
