"""What each row weighs in a pooled estimate, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite
from typing import TYPE_CHECKING

from kb.printed.measure import FRACTION, MONTHS
from kb.synthesis.effect_sizes import contrasted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.synthesis.pool import PooledComparison


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of each pooled row, in their order and 1 in all, and in words what it is."""

    shares: tuple[float, ...]
    how: str


def weights(view: PooledComparison) -> Weights | None:
    """What each row of a pooled estimate weighs; None where nothing gives a weight.

    Inverse variance weighs by 1/(variance + tau²). A logistic model has no such weights; shown is
    the information of each arm at the pooled proportion p, 1/(tau² + 1/(n·p·(1 − p))), and n where
    p is 0 or 1. A weighted median weighs by n. Medians by inverse variance or by quantiles, and
    pools without an estimate, have none here.
    """
    if not isfinite(view.value) or (view.scale != MONTHS and not isfinite(view.tau2)):
        return None
    if view.scale == MONTHS:
        return _of_medians(view)
    if view.scale == FRACTION:
        return _of_counts(view)
    errors = [one.se for one in contrasted(view.rows)[0]]
    return _shares([1 / (se * se + view.tau2) for se in errors], _by_variance(view))


def _of_medians(view: PooledComparison) -> Weights | None:
    sizes = [row.n or 0 for row in view.rows]
    weighted = view.options.get("method") == "weighted-median"
    if not weighted or view.k != len(view.rows) or not all(sizes):
        return None
    return _shares(sizes, "n")


def _of_counts(view: PooledComparison) -> Weights | None:
    from kb.stats.pooling.samples import Options, proportions

    events = [row.events or 0 for row in view.rows]
    sizes = [row.n or 0 for row in view.rows]
    known = {one.name for one in fields(Options)}
    options = Options(**{name: one for name, one in view.options.items() if name in known})
    if options.method != "glmm":
        variances = proportions(events, sizes, options).block[1].tolist()
        if not all(map(isfinite, variances)):
            return None
        return _shares([1 / (one + view.tau2) for one in variances], _by_variance(view))
    spread = view.value * (1 - view.value)
    if spread == 0:
        return _shares(sizes, "n, as all arms are alike")
    shares = [1 / (view.tau2 + 1 / (n * spread)) for n in sizes]
    return _shares(
        shares, "share of the information at the pooled proportion; a logistic model has no weights"
    )


def _by_variance(view: PooledComparison) -> str:
    return "inverse variance with tau²" if view.tau2 else "inverse variance"


def _shares(found: Sequence[float], how: str) -> Weights:
    total = sum(found)
    return Weights(tuple(one / total for one in found), how)
