"""Every result of the statistics knows the level of its interval."""

import copy
import pickle
from collections.abc import Callable
from math import isnan
from typing import Any

import numpy as np
import pytest

from kb.stats.network.estimate import network_effects
from kb.stats.pooling.heterogeneity import tau2_interval
from kb.stats.pooling.inverse_variance import weighted_mean
from kb.stats.pooling.matching import bootstrap_proportion, weighted_proportion
from kb.stats.pooling.medians import pool_medians
from kb.stats.pooling.multiverse import multiverse
from kb.stats.pooling.pool import pool_effects, pool_proportions
from kb.stats.pooling.sensitivity import cumulative, leave_one_out, subgroups
from kb.stats.proportions.intervals import METHODS, proportion_interval
from kb.stats.proportions.two_group import odds_ratio, risk_difference, risk_ratio
from kb.stats.results import Bounds, Effect
from kb.stats.survival.hazards import cox_ratio
from kb.stats.survival.kaplan_meier import (
    restricted_mean,
    survival_curve,
    survival_interval,
    survival_quantile,
)
from kb.stats.survival.models import landmark_interval

Y, SE = [0.1, 0.5, 0.3, 1.2], [0.2, 0.3, 0.1, 0.4]
X, N = [3, 5, 9, 2], [20, 25, 30, 24]
ARM = [1, 2, 3, 5, 8, 9], [1, 1, 0, 1, 1, 0]
OTHER = [2, 4, 6, 7, 9, 10], [1, 0, 1, 1, 0, 1]
TRIANGLE = [("s", "a", "b", 0.1, 0.2), ("t", "b", "c", 0.3, 0.2), ("u", "a", "c", 0.2, 0.3)]
CURVE = survival_curve(*ARM)
MEDIANS = [4, 5, 6, 7, 8, 9, 10], [3, 4, 5, 6, 7, 8, 9], [5, 6, 7, 8, 9, 10, 11]


def _interval(events, n, method):
    return lambda level: proportion_interval(events, n, level=level, method=method)


def _difference(method):
    return lambda level: risk_difference(3, 20, 5, 25, level=level, method=method)


RESULTS: dict[str, Callable[[float], Any]] = {
    **{f"interval, {method}": _interval(3, 20, method) for method in METHODS},
    **{f"intervals of arrays, {method}": _interval(X, N, method) for method in METHODS},
    **{
        f"difference, {method}": _difference(method)
        for method in ("newcombe", "miettinen-nurminen", "agresti-caffo", "wald")
    },
    "risk ratio": lambda level: risk_ratio(3, 20, 5, 25, level=level),
    "risk ratio, zero cell": lambda level: risk_ratio(0, 20, 5, 25, level=level),
    "risk ratio, score": lambda level: risk_ratio(3, 20, 5, 25, level=level, method="koopman"),
    "odds ratio": lambda level: odds_ratio(3, 20, 5, 25, level=level),
    "odds ratio, exact": lambda level: odds_ratio(
        3, 20, 5, 25, level=level, method="conditional-exact"
    ),
    "landmark": lambda level: landmark_interval(0.4, 0.1, level=level),
    "hazard ratio": lambda level: cox_ratio(ARM, OTHER, level=level),
    "survival": lambda level: survival_interval(CURVE, [2, 4], level=level),
    "quantile": lambda level: survival_quantile(CURVE, level=level),
    "restricted mean": lambda level: restricted_mean(CURVE, 5, level=level),
    "mean": lambda level: weighted_mean(np.array(Y), np.array(SE), 0, hksj=True).interval(level),
    "cautious mean": lambda level: weighted_mean(
        np.array(Y), np.array(SE), 0, hksj=True
    ).cautious_interval(level),
    "prediction": lambda level: weighted_mean(np.array(Y), np.array(SE), 0, hksj=True).prediction(
        level, 3
    ),
    "tau²": lambda level: tau2_interval((np.array(Y), np.array(SE) ** 2), level=level),
    "tau² of one study": lambda level: tau2_interval((np.ones(1), np.ones(1)), level=level),
    "pooled effects": lambda level: pool_effects(Y, SE, level=level),
    "one effect": lambda level: pool_effects(Y[:1], SE[:1], level=level),
    "pooled proportion": lambda level: pool_proportions(X, N, level=level),
    "one arm": lambda level: pool_proportions(X[:1], N[:1], level=level),
    "no responders": lambda level: pool_proportions([0, 0], [9, 8], level=level),
    "no maximum": lambda level: pool_proportions([0, 9], [9, 9], level=level),
    "weighted median": lambda level: pool_medians(*MEDIANS, level=level, method="weighted-median"),
    "pooled medians": lambda level: pool_medians(*MEDIANS, level=level, method="inverse-variance"),
    "one median": lambda level: pool_medians(
        [4], [3], [6], level=level, levels=[95], method="inverse-variance"
    ),
    "matched proportion": lambda level: weighted_proportion([1, 0, 1], [1, 1, 2], level=level),
    "bootstrap": lambda level: bootstrap_proportion(
        [1, 0, 1, 0, 1, 1], [1, 2, 3, 4, 5, 6], [3], seed=1, replicates=20, level=level
    ),
    "network": lambda level: network_effects(TRIANGLE, level=level).effect("a", "c"),
    "network prediction": lambda level: network_effects(TRIANGLE, level=level).prediction("a", "c"),
    "network without df": lambda level: network_effects(TRIANGLE[:2], level=level).prediction(
        "a", "c"
    ),
    "split, direct": lambda level: network_effects(TRIANGLE, level=level).split()[0].direct,
    "split, indirect": lambda level: network_effects(TRIANGLE, level=level).split()[0].indirect,
    "split, difference": lambda level: network_effects(TRIANGLE, level=level).split()[0].difference,
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_knows_its_level(name):
    """Whatever has an interval says its level, as asked for."""
    assert 87.5 == RESULTS[name](87.5).level


@pytest.mark.parametrize("many", [leave_one_out, cumulative], ids=lambda many: many.__name__)
def test_series_of_estimates_know_their_level(many):
    """Each estimate without a study, and each of the first studies, says its level."""
    assert {80} == {pooled.level for pooled in many(X, N, level=80)}
    assert {80} == {pooled.level for pooled in many(Y, SE, of_effects=True, level=80)}


def test_variants_and_groups_know_their_level():
    """So does every variant of the multiverse and every subgroup."""
    assert {80} == {variant.pooled.level for variant in multiverse(X[:3], N[:3], level=80)}
    assert {80} == {pooled.level for pooled in subgroups(X, N, [1, 1, 2, 3], level=80)}


def test_bounds_are_a_pair():
    """Bounds unpack, compare, hash and index like (low, high); the level stands beside them."""
    bounds = Bounds(0.1, 0.2, 90)
    low, high = bounds
    assert (0.1, 0.2) == (low, high) == bounds == (bounds.low, bounds.high)
    assert 2 == len(bounds)
    assert Bounds(0.1, 0.2, 95) == bounds
    assert hash((0.1, 0.2)) == hash(bounds)
    assert "Bounds(low=0.1, high=0.2, level=90)" == repr(bounds)
    assert "Bounds(low=0.1, high=0.2, level=None)" == repr(Bounds(0.1, 0.2))
    assert Bounds._make((0.1, 0.2)).level is None


def test_bounds_are_frozen():
    """A level cannot be changed afterwards."""
    with pytest.raises(AttributeError):
        Bounds(0.1, 0.2, 90).level = 95  # type: ignore[misc]  # read-only, on purpose


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_bounds_keep_their_level_in_a_pickle(protocol):
    """Pickled and copied, bounds are what they were."""
    bounds = Bounds(0.1, 0.2, 90)
    pickled = pickle.dumps(bounds, protocol)
    for again in (pickle.loads(pickled), copy.deepcopy(bounds)):  # noqa: S301  (our own bytes)
        assert (bounds, 90) == (again, again.level)


def test_an_effect_of_five_positions_is_still_one():
    """The level of an effect comes last and is None where nobody said."""
    assert Effect(1, 0, 2, 0.5, "x").level is None
    assert 90 == Effect(1, 0, 2, 0.5, "x", 90).level


def test_nothing_is_known_of_one_study_but_itself():
    """Without others a study is one of k = 1 with 0 degrees of freedom, the rest being nan."""
    pooled = pool_effects([0.1], [0.2])
    assert (1, 0) == (pooled.k, pooled.df)
    unknown = (
        "tau2", "tau2_low", "tau2_high", "i2", "i2_low", "i2_high", "q", "q_p",
        "prediction_low", "prediction_high",
    )  # fmt: skip
    assert all(isnan(getattr(pooled, name)) for name in unknown)


@pytest.mark.parametrize(
    "result",
    [
        lambda: proportion_interval(3, 20),
        lambda: proportion_interval(X, N),
        lambda: risk_difference(3, 20, 5, 25),
        lambda: risk_ratio(3, 20, 5, 25),
        lambda: odds_ratio(3, 20, 5, 25),
        lambda: landmark_interval(0.4, 0.1),
        lambda: cox_ratio(ARM, OTHER),
        lambda: survival_interval(CURVE, [2, 4]),
        lambda: survival_quantile(CURVE),
        lambda: restricted_mean(CURVE, 5),
        lambda: pool_effects(Y, SE),
        lambda: pool_proportions(X, N),
        lambda: pool_medians(*MEDIANS, method="weighted-median"),
        lambda: weighted_proportion([1, 0, 1], [1, 1, 2]),
        lambda: multiverse(X[:2], N[:2])[0].pooled,
        lambda: network_effects(TRIANGLE),
    ],
)
def test_unasked_the_level_is_95(result):
    """Where no level is named, every interval is one at 95 percent."""
    assert 95 == result().level
