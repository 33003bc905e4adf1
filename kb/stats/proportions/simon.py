"""Operating characteristics of a two-stage single-arm design."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from kb.stats.numeric.special import binomial_probability


@dataclass(frozen=True, slots=True)
class TwoStage:
    """What a two-stage design does: error, power, and patients expected if p is p0.

    `stop_early` is the probability of stopping after the first stage if p is p0.
    """

    alpha: float
    power: float
    expected_n: float
    stop_early: float


def simon_two_stage(  # the order in which designs are written
    r1: int, n1: int, r: int, n: int, p0: float, p1: float
) -> TwoStage:
    """Return the exact operating characteristics of the design r1/n1, r/n.

    The trial stops after n1 patients with r1 responses or fewer, and calls the drug promising
    with more than r responses in n (Simon 1989, Control Clin Trials 10:1, section 2). `alpha` is
    the probability of that at p0, `power` at p1. Raises ValueError unless 0 ≤ r1 < n1 < n,
    r1 ≤ r < n and 0 < p0 < p1 < 1.
    """
    whole = all(float(number).is_integer() for number in (r1, n1, r, n))
    if not (whole and 0 <= r1 < n1 < n and r1 <= r < n):
        raise ValueError(f"{r1!r}/{n1!r}, {r!r}/{n!r} is no two-stage design")
    if not 0 < p0 < p1 < 1:
        raise ValueError(f"p0 = {p0!r} and p1 = {p1!r} are not two rising proportions")
    r1, n1, r, n = int(r1), int(n1), int(r), int(n)
    stop_early = _at_most(r1, n1, p0)
    return TwoStage(
        alpha=_promising(r1, n1, r, n, p0),
        power=_promising(r1, n1, r, n, p1),
        expected_n=n1 + (1 - stop_early) * (n - n1),
        stop_early=stop_early,
    )


def _at_most(r: int, n: int, p: float) -> float:
    return fsum(binomial_probability(x, n, p) for x in range(min(r, n) + 1))


def _promising(r1: int, n1: int, r: int, n: int, p: float) -> float:
    """Return the probability of more than r1 responses in n1 and more than r in n."""
    return fsum(
        binomial_probability(x, n1, p) * _more_than(r - x, n - n1, p) for x in range(r1 + 1, n1 + 1)
    )


def _more_than(r: int, n: int, p: float) -> float:
    return fsum(binomial_probability(x, n, p) for x in range(max(0, r + 1), n + 1))
