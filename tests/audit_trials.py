"""Made-up randomised trials with a log-rank test and a Cox model of their own.

The records have few ratios beside an exact p-value. These are drawn patient by patient, so that
what lies between a Wald interval and a log-rank test is what it is in trials, not what a rule
assumes. In one report of ten the ratio is of a stratified or adjusted model and p is not: the two
deviates differ by a standard deviation of .30.
"""

from __future__ import annotations

from math import erfc, exp, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kb.printed.number import half_up

if TYPE_CHECKING:
    from random import Random

    from audit_studies import Cells

MIXED: Final = 0.1
SPREAD: Final = 0.30
SUBGROUPS: Final = ("", "sex=female", "sex=male")


class Fit(NamedTuple):
    """The logarithm of a hazard ratio, its standard error, and the deviate of the log-rank test."""

    effect: float
    error: float
    deviate: float


def report(random: Random, contrasts: int = 0) -> list[Cells]:
    """A table of one two-arm trial: its contrasts with exact p-values, and the medians of each.

    Progression-free and overall survival, of all patients and of parts; `contrasts` of them, by
    default one to four.
    """
    wanted = contrasts or random.choice((1, 1, 2, 2, 3, 4))
    drawn = np.random.default_rng(random.randrange(2**32))
    mixed, decimals = random.random() < MIXED, random.choice((2, 2, 2, 3))
    places, kept = random.choice((2, 3, 3, 3, 4)), ""
    rows: list[Cells] = []
    each = [(endpoint, part) for part in SUBGROUPS for endpoint in ("pfs", "os")]
    hazard, ratio = random.uniform(0.05, 0.25), exp(random.gauss(-0.25, 0.3))
    patients = random.randint(30, 250)
    for endpoint, part in each:
        if len(rows) == wanted:
            break
        kept = part
        n = patients if not kept else patients // 2 + 10
        slow = 1.0 if endpoint == "pfs" else random.uniform(0.3, 0.6)
        fit = _fit(drawn, n, hazard * slow, ratio, follow_up=random.uniform(10, 40))
        if fit is None:
            continue
        z = fit.deviate + (random.gauss(0, SPREAD) if mixed else 0)
        p = erfc(abs(z) / sqrt(2))
        low, value, high = (half_up(exp(fit.effect + k * 1.959964 * fit.error), decimals)
                            for k in (-1, 0, 1))  # fmt: skip
        if p < 0.001 or float(low) == 0:
            continue
        found = {"study": "made up", "report": "r1", "arm": "A", "versus": "B",
                 "endpoint": endpoint, "measure": "hazard-ratio", "value": value, "low": low,
                 "high": high, "level": "95", "p": exactly(p, places)}  # fmt: skip
        rows.append(found | ({"subgroup": part} if part else {}))
    return rows


def exactly(p: float, places: int) -> str:
    """A p-value as printed: with so many decimals, with more where they would all be 0."""
    text = half_up(p, places)
    return text if float(text) > 0 else half_up(p, places + 2)


def _fit(
    drawn: np.random.Generator, n: int, hazard: float, ratio: float, follow_up: float
) -> Fit | None:
    """Exponential times in two arms of n, censored by staggered entry, and what is made of them."""
    arm = np.repeat((1.0, 0.0), n)
    times = drawn.exponential(1 / (hazard * np.where(arm == 1, ratio, 1)))
    ends = drawn.uniform(follow_up / 3, follow_up, 2 * n)
    events = times <= ends
    if events[arm == 1].sum() < 5 or events[arm == 0].sum() < 5:
        return None
    order = np.argsort(np.minimum(times, ends))
    return cox(arm[order], events[order])


def cox(arm: np.ndarray, events: np.ndarray) -> Fit:
    """The Cox model of one covariate, 0 or 1, over patients in the order of their times, no ties.

    The log-rank test is the score test of the model at no effect.
    """
    treated = np.cumsum(arm[::-1])[::-1][events]
    others = np.cumsum((1 - arm)[::-1])[::-1][events]
    own, effect = arm[events], 0.0
    share = treated / (treated + others)
    deviate = float((own - share).sum() / sqrt((share * (1 - share)).sum()))
    information = 1.0
    for _ in range(12):
        weighted = treated * exp(effect)
        share = weighted / (weighted + others)
        information = float((share * (1 - share)).sum())
        step = float((own - share).sum()) / information
        effect += max(-1.0, min(1.0, step))
        if abs(step) < 1e-9:
            break
    return Fit(effect, 1 / sqrt(information), deviate)
