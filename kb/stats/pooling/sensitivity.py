"""How a pooled estimate changes: without a study, study by study, and between groups."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from kb.stats.pooling.glmm import uniform
from kb.stats.pooling.heterogeneity import cochran_q
from kb.stats.pooling.inverse_variance import chi_square_tail
from kb.stats.pooling.pool import pool_effects, pool_proportions, pooled
from kb.stats.pooling.samples import Options, between, columns, effects, fitted, proportions

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import ArrayLike

    from kb.stats.pooling.samples import Array, Between, Sample
    from kb.stats.results import Pooled


class Subgroups(list["Pooled"]):
    """The pooled estimate of each group, and the test of whether the groups differ.

    `q_between` is Cochran's Q of the means on the scale of pooling, each with the standard error
    of its interval: a chi-square with `df_between` if the groups do not differ. `notes` say which
    groups have no such mean.
    """

    def __init__(
        self, estimates: Iterable[Pooled], q: float, df: int, notes: tuple[str, ...]
    ) -> None:
        super().__init__(estimates)
        self.q_between = q
        self.df_between = df
        self.p_between = chi_square_tail(q, df)
        self.notes = notes


def leave_one_out(
    events: ArrayLike,
    n: ArrayLike,
    *,
    labels: Sequence[object] | None = None,
    of_effects: bool = False,
    **options: Any,
) -> list[Pooled]:
    """Return the pooled estimate without each study in turn, labelled with the study left out.

    `of_effects` takes values and standard errors in place of events and n. Options as for
    `pool_proportions` or `pool_effects` (which takes `shown`). Raises ValueError for fewer than two
    studies.
    """
    first, second, names = _studies(events, n, labels)
    if len(first) < 2:
        raise ValueError(f"leaving one out needs at least two studies, not {len(first)}")
    pool = pool_effects if of_effects else pool_proportions
    return [
        replace(pool(np.delete(first, i), np.delete(second, i), **options), label=name)
        for i, name in enumerate(names)
    ]


def cumulative(
    events: ArrayLike,
    n: ArrayLike,
    *,
    labels: Sequence[object] | None = None,
    of_effects: bool = False,
    **options: Any,
) -> list[Pooled]:
    """Return the pooled estimate of the first study, of the first two, and so on as given.

    Each is labelled with its last study (Lau et al. 1992, 10.1056/NEJM199207233270406). Arguments
    as for `leave_one_out`.
    """
    first, second, names = _studies(events, n, labels)
    pool = pool_effects if of_effects else pool_proportions
    return [
        replace(pool(first[:i], second[:i], **options), label=name)
        for i, name in enumerate(names, start=1)
    ]


def subgroups(
    events: ArrayLike,
    n: ArrayLike,
    groups: Sequence[Hashable],
    *,
    shared_tau2: bool = False,
    of_effects: bool = False,
    **options: Any,
) -> Subgroups:
    """Return the pooled estimate of each group, in order of first appearance, and Q between.

    Each group has a tau² of its own, or all share one (`shared_tau2`) that is estimated around
    their separate means (Borenstein & Higgins 2013, 10.1007/s11121-013-0377-7). Other arguments as
    for `leave_one_out`. Raises ValueError unless there is one group per study.
    """
    first, second, _ = _studies(events, n, groups)
    chosen = Options(method="effects", **options) if of_effects else Options(**options)
    samples = {}
    for group in dict.fromkeys(groups):
        mine = np.array([other == group for other in groups])
        pair = first[mine], second[mine]
        samples[group] = effects(*pair) if of_effects else proportions(*pair, chosen)
    shared = between(chosen, *samples.values()) if shared_tau2 else None
    estimates, means, notes = [], [], []
    for group, sample in samples.items():
        variance = shared or between(chosen, sample)
        estimates.append(
            replace(pooled(sample, chosen, variance, shared=shared_tau2), label=str(group))
        )
        mean = _mean(sample, chosen, variance, shared=shared_tau2)
        if isfinite(mean[0]) and isfinite(mean[1]):
            means.append(mean)
        else:
            notes.append(f"{group} has no mean on the scale of pooling and is not in Q between.")
    if len(means) < 2:
        return Subgroups(estimates, nan, 0, tuple(notes))
    values, errors = np.array(means).T
    return Subgroups(estimates, cochran_q(values, errors**2), len(means) - 1, tuple(notes))


def driver(whole: Pooled, without: Iterable[Pooled]) -> Pooled | None:
    """Return, of the estimates without one study, that with the least tau².

    Its label names the study that carries most of the heterogeneity. None where no omission lowers
    tau², or where that of all studies is unknown or beyond all bounds, so that nothing is compared.
    """
    if not isfinite(whole.tau2):
        return None
    lower = (estimate for estimate in without if estimate.tau2 < whole.tau2)
    return min(lower, key=lambda estimate: estimate.tau2, default=None)


def _mean(
    sample: Sample, options: Options, variance: Between, *, shared: bool
) -> tuple[float, float]:
    """Return the mean and its standard error on the scale of pooling, not finite for none."""
    if len(sample) == 1:
        value, own = (float(array[0]) for array in sample.on_scale)
        return value, sqrt(own + (variance.tau2 if shared else 0))
    if options.method == "glmm" and (uniform(*sample.block) or not isfinite(variance.tau2)):
        return nan, nan
    fit = fitted(sample, options, variance.tau2, known=shared)
    return fit.mean, fit.se


def _studies(
    first: ArrayLike, second: ArrayLike, labels: Sequence[object] | None
) -> tuple[Array, Array, list[str]]:
    """Return both columns as arrays and one label per study, its number where none are given."""
    a, b = columns(first, second, "both columns")
    names = [str(label) for label in (range(1, a.size + 1) if labels is None else labels)]
    if len(names) != a.size:
        raise ValueError(f"{a.size} studies need as many labels or groups, not {len(names)}")
    return a, b, names
