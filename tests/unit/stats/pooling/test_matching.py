"""Matching weights: the equation that defines them, an independent optimiser, and their limits."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import LinearConstraint, minimize

from kb.stats.pooling.matching import bootstrap_proportion, matching_weights, weighted_proportion


def patients(seed, n=80):
    """Draw age, sex and performance status, and a response that depends on them."""
    rng = np.random.default_rng(seed)
    age, male = rng.normal(55, 11, n), rng.integers(0, 2, n).astype(float)
    poor = (rng.random(n) < 0.4).astype(float)
    events = (rng.random(n) < 1 / (1 + np.exp(1 + poor - (age - 55) / 30))).astype(int)
    return {"age": age, "male": male, "poor": poor}, events


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    age=st.floats(-0.6, 0.6),
    male=st.floats(0.25, 0.75),
    poor=st.floats(0.15, 0.7),
)
def test_weighted_means_equal_the_targets(seed, age, male, poor):
    """The defining equation: every weighted mean is its target to 1e-9, all weights positive."""
    data, _ = patients(seed)
    targets = {"age": 55 + 11 * age, "male": male, "poor": poor}
    found = matching_weights(data, targets)
    for name, target in targets.items():
        mean = found.weights @ data[name] / found.weights.sum()
        assert target == pytest.approx(mean, abs=1e-9)
    assert (found.weights > 0).all()
    assert 1 == pytest.approx(found.weights.mean())
    expected = found.weights.sum() ** 2 / (found.weights**2).sum()
    assert expected == pytest.approx(found.effective_n)
    assert found.effective_n <= found.n
    assert 1 - found.effective_n / 80 == pytest.approx(found.loss)


def test_weights_minimise_signorovitchs_function():
    """The BFGS of scipy on Σ exp((x − target)·β) comes to the same weights."""
    data, _ = patients(1)
    targets = {"age": 60.0, "male": 0.7, "poor": 0.5}
    centred = np.column_stack([(data[name] - targets[name]) for name in data]) / [11, 0.5, 0.5]
    best = minimize(lambda beta: np.exp(centred @ beta).sum(), np.zeros(3), tol=1e-12)
    weights = np.exp(centred @ best.x)
    found = matching_weights(data, targets).weights
    assert (weights / weights.mean()).tolist() == pytest.approx(found.tolist(), rel=1e-4)


def test_weights_are_those_of_entropy_balancing():
    """Of all weights with the wanted means these are nearest to equal, by scipy's own optimiser."""
    data, _ = patients(2, n=12)
    targets = {"age": 58.0, "male": 0.5}
    columns = np.vstack([data["age"], data["male"], np.ones(12)])
    best = minimize(
        lambda share: float(np.sum(share * np.log(share))),
        np.full(12, 1 / 12),
        jac=lambda share: np.log(share) + 1,
        hess=lambda share: np.diag(1 / share),
        method="trust-constr",
        bounds=[(1e-9, 1)] * 12,
        constraints=LinearConstraint(columns, [58, 0.5, 1], [58, 0.5, 1]),
        options={"gtol": 1e-11, "xtol": 1e-13, "maxiter": 3000},
    )
    found = matching_weights({name: data[name] for name in targets}, targets).weights
    assert (best.x * 12).tolist() == pytest.approx(found.tolist(), rel=1e-4)


def test_one_binary_characteristic_has_a_closed_form():
    """Three of ten to become six of ten: weights 2 and 4/7, effective n 100/(3·4 + 7·16/49)."""
    found = matching_weights([[1]] * 3 + [[0]] * 7, [0.6])
    assert [2] * 3 + [4 / 7] * 7 == pytest.approx(found.weights.tolist())
    assert 100 / (12 + 16 / 7) == pytest.approx(found.effective_n)


def test_targets_already_met_leave_all_weights_equal():
    """Matching to the sample's own means changes nothing and costs nothing."""
    data, _ = patients(3)
    found = matching_weights(data, {name: float(column.mean()) for name, column in data.items()})
    assert [1.0] * 80 == pytest.approx(found.weights.tolist())
    assert 0 == pytest.approx(found.loss, abs=1e-9)


def test_redundant_characteristics_change_nothing():
    """Men and women both given is men given: a singular curvature is no obstacle."""
    data, _ = patients(4)
    twice = {"male": data["male"], "female": 1 - data["male"]}
    found = matching_weights(twice, {"male": 0.7, "female": 0.3}).weights
    once = matching_weights({"male": data["male"]}, {"male": 0.7}).weights
    assert once.tolist() == pytest.approx(found.tolist())


def test_a_variance_is_matched_through_a_square():
    """With the square as a column the weighted variance is the published one."""
    data, _ = patients(5)
    both = {"age": data["age"], "age squared": data["age"] ** 2}
    found = matching_weights(both, {"age": 57, "age squared": 57**2 + 9**2})
    variance = np.average((data["age"] - 57) ** 2, weights=found.weights)
    assert 81 == pytest.approx(variance, abs=1e-6)


def test_names_stand_in_the_method_in_any_order():
    """Targets may come in another order than the data; the method lists what was matched."""
    data, _ = patients(6)
    found = matching_weights(data, {"poor": 0.4, "male": 0.6, "age": 56})
    assert 0.6 == pytest.approx(np.average(data["male"], weights=found.weights))
    assert found.method.endswith("matched on age, male, poor")


SQUARE = [[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0.5]]
TRIANGLE: list[list[float]] = [[0, 0], [0, 1], [1, 0], [0.2, 0.2]]


@pytest.mark.parametrize(
    ("individual", "targets", "message"),
    [
        ({"age": [40, 60]}, {"age": 70}, "age: the target 70 must lie inside .* from 40 to 60"),
        (SQUARE, [0.5, 1], "characteristic 2: the target 1 must lie inside"),
        ([[1], [1]], [0.5], "from 1 to 1"),
        (TRIANGLE, [0.9, 0.9], "outside the convex hull"),
        (TRIANGLE, [0.5, 0.5], "outside the convex hull of the individual data, or on its edge"),
        ([[1, 0], [0, 1], [1, 0]], [0.5, 0.6], "outside the convex hull"),
        ({"age": [40, 60]}, [50], "both named or both without names"),
        ({"age": [40, 60]}, {"sex": 0.5}, "individual data have age, targets sex"),
        (SQUARE, [0.5], r"shape \(5, 2\) do not have one column for each of 1 targets"),
        ([[]], [0.5], "do not have one column"),
        ([[1], [float("nan")]], [0.5], "missing or infinite"),
        ([[1], [2]], [float("inf")], "missing or infinite"),
        ({"age": [40, 60], "sex": [1]}, {"age": 50, "sex": 0.5}, "columns of one length"),
        ({"age": [[40, 60]]}, {"age": 50}, "columns of one length"),
        ({}, {}, "columns of one length"),
    ],
)
def test_targets_that_no_weights_reach_are_refused(individual, targets, message):
    """Outside the hull, on its edge, or not about the same characteristics: refused and named."""
    with pytest.raises(ValueError, match=message):
        matching_weights(individual, targets)


def test_targets_just_inside_the_hull_are_reached():
    """Close to the edge nearly all weight is on few patients, and the means still agree."""
    found = matching_weights(TRIANGLE, [0.4999, 0.4999])
    means = found.weights @ np.array(TRIANGLE) / 4
    assert [0.4999, 0.4999] == pytest.approx(means.tolist(), abs=1e-9)
    assert found.effective_n < 2.1


def test_a_proportion_with_equal_weights_is_the_ordinary_one():
    """Without weighting the sandwich variance is p(1 − p)/n, and the interval its logit Wald."""
    found = weighted_proportion([1, 0, 0, 1, 0, 0, 0, 0, 0, 0], [1] * 10)
    se = sqrt(0.2 * 0.8 / 10) / (0.2 * 0.8)
    bound = log(0.25) + 1.959963984540054 * se
    assert 0.2 == pytest.approx(found.value)
    assert se == pytest.approx(found.se)
    assert 1 / (1 + exp(-bound)) == pytest.approx(found.high)


def test_the_sandwich_variance_is_its_definition():
    """Σ w²(y − p)²/(Σw)², moved to the logit, whatever the scale of the weights."""
    events, weights = np.array([1, 0, 1, 0]), np.array([2.0, 1.0, 0.5, 3.0])
    p = 2.5 / 6.5
    variance = (4 * (1 - p) ** 2 + p**2 + 0.25 * (1 - p) ** 2 + 9 * p**2) / 6.5**2
    for scale in (1, 10):
        found = weighted_proportion(events, scale * weights, level=90)
        assert p == pytest.approx(found.value)
        assert sqrt(variance) / (p * (1 - p)) == pytest.approx(found.se)
    assert found.method.startswith("unanchored matching-adjusted estimate")


def test_the_bootstrap_finds_the_weights_anew_and_says_so():
    """The same seed gives the same interval, about as wide as the robust one, around its value."""
    data, events = patients(7, n=120)
    targets = {"age": 58, "male": 0.6, "poor": 0.45}
    options = {"seed": 11, "replicates": 400}
    found = bootstrap_proportion(events, data, targets, **options)
    robust = weighted_proportion(events, matching_weights(data, targets).weights)
    assert robust.value == pytest.approx(found.value)
    assert robust.high - robust.low == pytest.approx(found.high - found.low, rel=0.3)
    assert found.low < found.value < found.high
    assert found == bootstrap_proportion(events, data, targets, **options)
    assert found.method.startswith("unanchored matching-adjusted estimate")
    assert "400 samples, seed 11, 0 without weights left out, 95%" in found.method


def test_bootstrap_samples_without_weights_are_counted():
    """Near the edge some samples cannot be matched: counted, and refused when half are lost."""
    data = np.array([[0.0]] * 14 + [[1.0]] * 2)
    events = [1, 0] * 8
    found = bootstrap_proportion(events, data, [0.4], seed=1, replicates=200)
    lost = int(found.method.split("seed 1, ")[1].split()[0])
    assert 0.5 * 200 * (14 / 16) ** 16 < lost < 2 * 200 * (14 / 16) ** 16
    with pytest.raises(ValueError, match="bootstrap samples could be matched"):
        bootstrap_proportion([1, 0, 1], [[0, 0], [1, 0], [0, 1]], [0.3, 0.3], seed=1, replicates=50)


@pytest.mark.parametrize(
    ("events", "weights", "message"),
    [
        ([1, 0], [1], "2 events but 1 weights"),
        ([1, 2], [1, 1], "not 2"),
        ([1, 0], [1, -1], "not negative"),
        ([1, 0], [0, 0], "not all 0"),
        ([0, 0], [1, 1], "a weighted proportion of 0 has no robust variance"),
        ([1, 0], [1, 0], "a weighted proportion of 1 has no robust variance"),
    ],
)
def test_an_impossible_weighted_proportion_is_refused(events, weights, message):
    """Counts that do not fit, weights that are none, and a variance of zero."""
    with pytest.raises(ValueError, match=message):
        weighted_proportion(events, weights)


@pytest.mark.parametrize("events", [[1, 0, 1], [[1, 0]]])
def test_events_for_other_patients_are_refused(events):
    """The bootstrap draws patients with their events, so both have one length."""
    with pytest.raises(ValueError, match=r"\d events but 2 patients"):
        bootstrap_proportion(events, [[0], [1]], [0.5], seed=1)


def test_a_bootstrap_of_no_samples_is_refused():
    """One sample is the least, and it is both bounds."""
    data = [1, 2, 3, 4, 5, 6]
    with pytest.raises(ValueError, match="a bootstrap needs at least one sample, not 0"):
        bootstrap_proportion([1, 0, 1, 0, 1, 1], data, [3.5], seed=1, replicates=0)
    found = bootstrap_proportion([1, 0, 1, 0, 1, 1], data, [3.5], seed=1, replicates=1)
    assert found.low == found.high


def test_weights_and_data_of_any_size_are_balanced():
    """Neither enormous data nor enormous weights overflow, and the scale changes nothing."""
    data = np.array([1, 2, 3, 4, 5, 6.0])
    plain = matching_weights(data, [3]).weights
    for scale in (1e200, 1e-200):
        scaled = matching_weights(scale * data, [3 * scale]).weights
        assert plain.tolist() == pytest.approx(scaled.tolist(), rel=1e-9)
    events = [1, 0, 1, 0, 1, 1]
    expected = weighted_proportion(events, plain)
    for scale in (1e300, 1e-300):
        found = weighted_proportion(events, scale * plain)
        assert (expected.value, expected.se) == pytest.approx((found.value, found.se))


def test_a_proportion_of_nearly_one_has_no_logit():
    """Where the weight of the others is lost beside 1 the proportion is refused, not infinite."""
    with pytest.raises(ValueError, match="a weighted proportion of 1 has no robust variance"):
        weighted_proportion([1, 0], [1, 1e-20])
    assert 1e-20 == pytest.approx(weighted_proportion([0, 1], [1, 1e-20]).value)


def test_a_characteristic_that_all_share_is_no_obstacle():
    """Where all patients have the published value already, there is nothing to balance."""
    assert [1, 1] == matching_weights([[1, 0], [1, 1]], [1, 0.5]).weights.tolist()
    assert [1, 1] == matching_weights([[3], [3]], [3]).weights.tolist()
