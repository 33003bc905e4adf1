"""Two arms of patients by time to event: the log-rank test and the hazard ratio."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

from kb.stats.numeric.special import critical_value
from kb.stats.results import Effect
from kb.stats.survival.kaplan_meier import checked_times, survival_curve

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]
    Arm = tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True, slots=True)
class LogRank:
    """A log-rank test of two arms: `observed` and `expected` events of each, in the order given.

    `variance` is that of observed less expected in the first arm (hypergeometric), `chi_square` has
    one degree of freedom and `p` is two-sided.
    """

    chi_square: float
    p: float
    observed: tuple[float, float]
    expected: tuple[float, float]
    variance: float


@dataclass(frozen=True, slots=True)
class _Risk:
    """Both arms at each time of an event: at risk and events in all and in the first arm."""

    at_risk: Array
    first_at_risk: Array
    events: Array
    first_events: Array
    survival_before: Array


def log_rank(first: Arm, second: Arm, *, rho: float = 0) -> LogRank:
    """Return the test that both arms have one survival curve (Mantel 1966; Peto & Peto 1972).

    An arm is (time, event), as in `survival_curve`. `rho` weights each event by the pooled
    survival just before it to that power (Harrington & Fleming 1982, 10.1093/biomet/69.3.553): 0 is
    the log-rank test, 1 the Peto–Peto modification of Wilcoxon's. Raises ValueError where no event
    leaves anything to compare.
    """
    risk = _risk(first, second)
    weight = risk.survival_before**rho
    share = risk.first_at_risk / risk.at_risk
    spread = (risk.at_risk - risk.events) / np.maximum(risk.at_risk - 1, 1)
    variance = float(np.sum(weight**2 * risk.events * share * (1 - share) * spread))
    if variance == 0:
        raise ValueError("no event happened while both arms were at risk: nothing to compare")
    observed = weight * risk.first_events, weight * (risk.events - risk.first_events)
    expected = weight * risk.events * share, weight * risk.events * (1 - share)
    chi_square = float(np.sum(observed[0] - expected[0])) ** 2 / variance
    return LogRank(
        chi_square=chi_square,
        p=erfc(sqrt(chi_square / 2)),
        observed=(float(observed[0].sum()), float(observed[1].sum())),
        expected=(float(expected[0].sum()), float(expected[1].sum())),
        variance=variance,
    )


def cox_ratio(
    experimental: Arm, reference: Arm, *, ties: str = "efron", level: float = 95
) -> Effect:
    """Return the hazard ratio of the experimental against the reference arm.

    Proportional hazards (Cox 1972, 10.1111/j.2517-6161.1972.tb00899.x), partial likelihood by
    Newton's method, ties after `efron` (Efron 1977, 10.1080/01621459.1977.10480613) or `breslow`
    (Breslow 1974, 10.2307/2529620). `.se` and the Wald interval are on the log scale. Raises
    ValueError for other ties and where the likelihood has no maximum (an arm without events while
    both are at risk, say).
    """
    if ties not in ("efron", "breslow"):
        raise ValueError(f"ties is efron or breslow, not {ties!r}")
    risk = _risk(experimental, reference)
    log_ratio = 0.0
    gradient, information = _score(risk, 1.0, efron=ties == "efron")
    while information > 1e-9 and abs(log_ratio) < 25:
        step = max(-2.0, min(2.0, gradient / information))
        if abs(step) < 1e-10:
            error = 1 / sqrt(information)
            half = critical_value(level) * error
            method = f"Cox proportional hazards, {ties.capitalize()} ties, {level:g}%"
            bounds = exp(log_ratio - half), exp(log_ratio + half)
            return Effect(exp(log_ratio), *bounds, error, method, level)
        log_ratio += step
        gradient, information = _score(risk, exp(log_ratio), efron=ties == "efron")
    raise ValueError(
        "the hazard ratio has no finite estimate: while both arms are at risk, the events "
        "all fall on one side"
    )


def _score(risk: _Risk, ratio: float, *, efron: bool) -> tuple[float, float]:
    """Return the first derivative of the log partial likelihood and less its second."""
    gradient = information = 0.0
    rows = zip(risk.at_risk, risk.first_at_risk, risk.events, risk.first_events, strict=True)
    for at_risk, first_at_risk, events, first_events in rows:
        # With Efron's ties, those dying together leave the risk set one part at a time.
        gone = np.arange(events) / events if efron else np.zeros(int(events))
        first = ratio * (first_at_risk - gone * first_events)
        second = at_risk - first_at_risk - gone * (events - first_events)
        share = first / (first + second)
        gradient += first_events - float(share.sum())
        information += float(np.sum(share * (1 - share)))
    return gradient, information


def _risk(first: Arm, second: Arm) -> _Risk:
    times, happened = checked_times(*first)
    other_times, other_happened = checked_times(*second)
    together = survival_curve(
        np.concatenate([times, other_times]), np.concatenate([happened, other_happened])
    )
    at = together.events > 0
    moments = together.time[at]
    before = np.concatenate([[1.0], together.survival[:-1]])
    deaths = np.sort(times[happened == 1])
    return _Risk(
        at_risk=together.at_risk[at],
        first_at_risk=(times.size - np.searchsorted(np.sort(times), moments)).astype(float),
        events=together.events[at],
        first_events=(
            np.searchsorted(deaths, moments, side="right") - np.searchsorted(deaths, moments)
        ).astype(float),
        survival_before=before[at],
    )
