"""How much studies differ beyond chance: tau², Q, I² and the Q-profile interval.

Studies come as blocks: each block is a pair of arrays (values, variances) of studies that share
one mean. One block is an ordinary meta-analysis; several are subgroups with means of their own and
one tau², for which every estimating equation is the sum over the blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import chdtri

from kb.stats.numeric.roots import root
from kb.stats.numeric.special import tail_of
from kb.stats.results import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Block = tuple[Array, Array]
    Likelihood = Callable[[Array], tuple[Array, Array]]

_GRID = np.concatenate([[0.0], np.geomspace(1e-8, 2, 40)])


def cochran_q(values: Array, variances: Array, tau2: float = 0.0) -> float:
    """Return Σ w (y − ȳ)² with w = 1/(variance + tau²); Cochran's Q where tau² is 0.

    Cochran 1954, Biometrics 10:101; generalised by DerSimonian & Kacker 2007.
    """
    weights = 1 / (variances + tau2)
    gaps = values - (weights @ values) / weights.sum()
    return float(weights @ (gaps * gaps))


def i_squared(q: float, df: int) -> float:
    """Return max(0, (Q − df)/Q) as a fraction (Higgins & Thompson 2002), `nan` without df."""
    if df == 0:
        return float("nan")
    return max(0.0, (q - df) / q) if q > 0 else 0.0


def i_squared_interval(tau2: Bounds, variances: Array) -> Bounds:
    """Return the interval of I² that one of tau² implies, as fractions; `nan` where it is.

    I² = tau²/(tau² + s²) with the typical variance s² = (k − 1)Σw/((Σw)² − Σw²) (Higgins & Thompson
    2002, Stat Med 21:1539, equation 9), at both bounds of the Q-profile interval of tau²
    (Viechtbauer 2007, Stat Med 26:37), as metafor does.
    """
    typical = (len(variances) - 1) / precision(variances)
    low, high = (bound / (bound + typical) for bound in tau2)
    return Bounds(low, high, tau2.level)


def precision(variances: Array) -> float:
    """Return Σw − Σw²/Σw, what Q grows by with each unit of tau².

    As 2·Σwᵢwⱼ/Σw over the pairs, which keeps its digits where one weight outweighs the rest.
    """
    weights = 1 / variances
    total = np.cumsum(weights)
    return 2 * float(weights[1:] @ total[:-1]) / float(total[-1])


def between_variance(method: str, *blocks: Block) -> float:
    """Return tau² by a method of `ESTIMATORS`, truncated at 0; `nan` where no block has two.

    Raises ValueError for an unknown method.
    """
    if method not in ESTIMATORS:
        raise ValueError(f"{method!r} does not estimate tau²; there are {', '.join(ESTIMATORS)}")
    if degrees_of_freedom(*blocks) == 0:
        return float("nan")
    return ESTIMATORS[method].estimate(*blocks)


def degrees_of_freedom(*blocks: Block) -> int:
    """Return the number of studies less the number of means."""
    return sum(len(values) - 1 for values, _ in blocks)


def dersimonian_laird(*blocks: Block) -> float:
    """Return the moment estimate (Q − df)/(Σw − Σw²/Σw).

    DerSimonian & Laird 1986, Control Clin Trials 7:177, 10.1016/0197-2456(86)90046-2; over several
    blocks as in Borenstein et al. 2009, chapter 19.
    """
    excess = -float(degrees_of_freedom(*blocks))
    scale = 0.0
    for values, variances in blocks:
        excess += cochran_q(values, variances)
        scale += precision(variances)
    return float(max(0.0, excess / scale))


def paule_mandel(*blocks: Block) -> float:
    """Return the tau² at which the generalised Q equals its degrees of freedom.

    Paule & Mandel 1982, J Res Natl Bur Stand 87:377, 10.6028/jres.087.022.
    """
    return _where_q_is(float(degrees_of_freedom(*blocks)), *blocks)


def maximum_likelihood(*blocks: Block) -> float:
    """Return the tau² of the largest likelihood (Hardy & Thompson 1996, Stat Med 15:619)."""
    return _most_likely(blocks, restricted=0)


def restricted_maximum_likelihood(*blocks: Block) -> float:
    """Return the tau² of the largest restricted likelihood.

    Viechtbauer 2005, J Educ Behav Stat 30:261, 10.3102/10769986030003261, equation 11. The whole
    range of tau² is searched: where the likelihood has several peaks, the highest counts.
    """
    return _most_likely(blocks, restricted=1)


class Tau2Estimator(NamedTuple):
    """How tau² is estimated from blocks, its name in a sentence, and what metafor calls it."""

    estimate: Callable[..., float]
    name: str
    metafor: str


ESTIMATORS: dict[str, Tau2Estimator] = {
    "dl": Tau2Estimator(dersimonian_laird, "DerSimonian–Laird", "DL"),
    "reml": Tau2Estimator(restricted_maximum_likelihood, "REML", "REML"),
    "pm": Tau2Estimator(paule_mandel, "Paule–Mandel", "PM"),
    "ml": Tau2Estimator(maximum_likelihood, "ML", "ML"),
}


def tau2_interval(*blocks: Block, level: float) -> Bounds:
    """Return the Q-profile interval of tau², truncated at 0; `nan` without degrees of freedom.

    Viechtbauer 2007, Stat Med 26:37, 10.1002/sim.2514: the values of tau² at which the generalised
    Q lies between the chi-square quantiles. `level` is a percent.
    """
    tail, df = tail_of(level), degrees_of_freedom(*blocks)
    if df == 0:
        return Bounds(float("nan"), float("nan"), level)
    return Bounds(
        _where_q_is(float(chdtri(df, tail)), *blocks),
        _where_q_is(float(chdtri(df, 1 - tail)), *blocks),
        level,
    )


def most_likely(likelihood: Likelihood, grid: Array) -> float:
    """Return where a likelihood of tau² is highest, infinity if still rising at the last of `grid`.

    `likelihood` gives the logarithm and its derivative at an array of tau². Each fall of the
    derivative through zero between points of the grid, which starts at 0, is refined, and the
    highest peak is returned.
    """
    rising = likelihood(grid)[1] > 0
    if rising[-1]:
        return float("inf")
    peaks = [] if rising[0] else [0.0]
    peaks += [
        root(lambda tau2: float(likelihood(np.array([tau2]))[1][0]), grid[i], grid[i + 1])
        for i in np.flatnonzero(rising[:-1] & ~rising[1:])
    ]
    if len(peaks) == 1:
        return float(peaks[0])
    return float(peaks[np.argmax(likelihood(np.array(peaks))[0])])


def _most_likely(blocks: tuple[Block, ...], *, restricted: int) -> float:
    def likelihood(tau2: Array) -> tuple[Array, Array]:
        height, slope = np.zeros_like(tau2), np.zeros_like(tau2)
        for values, variances in blocks:
            weights = 1 / (variances + tau2[:, None])
            total = weights.sum(axis=1)
            gaps = values - (weights @ values / total)[:, None]
            pulls = weights * gaps
            height += np.log(weights).sum(axis=1) - (pulls * gaps).sum(axis=1)
            height -= restricted * np.log(total)
            slope += (pulls * pulls).sum(axis=1) - total
            slope += restricted * (weights * weights).sum(axis=1) / total
        return height / 2, slope / 2

    return most_likely(likelihood, _largest_spread(blocks) * _GRID)


def _where_q_is(target: float, *blocks: Block) -> float:
    """Return the tau² ≥ 0 at which the generalised Q falls to `target`, 0 where it starts below."""

    def gap(tau2: float) -> float:
        return 1 - target / sum(cochran_q(*block, tau2) for block in blocks)

    if sum(cochran_q(*block) for block in blocks) <= target:
        return 0.0
    ceiling = _largest_spread(blocks) * degrees_of_freedom(*blocks) / target
    return root(gap, 0.0, ceiling)


def _largest_spread(blocks: tuple[Block, ...]) -> float:
    """Return the square of the largest range of values within a block.

    Neither likelihood rises beyond it, and the generalised Q is at most df · spread / tau².
    """
    return float(max(np.ptp(values) for values, _ in blocks) ** 2)
