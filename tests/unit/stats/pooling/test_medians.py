"""Pooled medians against metafor, against enumeration of the sign test, and what is set aside.

`median_pooling.json` holds metafor 3.8.1 fits to the medians of survival::lung by institution; the
script that made it lies beside it. REML, ML and PM are compared to 1e-6 relative, as both iterate.
"""

import json
from itertools import accumulate, pairwise, product
from math import exp, isnan, log, nan, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from kb.stats.pooling.medians import MEDIAN_METHODS, pool_medians

REFERENCE = json.loads(
    Path(__file__)
    .parents[3]
    .joinpath("reference", "median_pooling.json")
    .read_text(encoding="utf-8")
)
FITS = {fit["id"]: fit for fit in REFERENCE["fits"]}
ARMS = (
    REFERENCE["median"],
    REFERENCE["low"],
    [high or "not-reached" for high in REFERENCE["high"]],
)
NO_BOUNDS = ["not-given"] * 9


def assert_equals(fit, pooled, back):
    """Compare a fit of metafor, on its scale, with a pooled estimate in times."""
    prediction = [nan if bound is None else bound for bound in fit["prediction"]]
    expected = [back(number) for number in (fit["mean"], *fit["ci"], *prediction)]
    found = [pooled.value, pooled.low, pooled.high, pooled.prediction_low, pooled.prediction_high]
    assert expected == pytest.approx(found, rel=1e-6, nan_ok=True)
    assert fit["se"] == pytest.approx(pooled.se, rel=1e-6)
    assert fit["tau2"] == pytest.approx(pooled.tau2, rel=1e-6)
    assert fit["q"] == pytest.approx(pooled.q, rel=1e-9)
    assert fit["q_p"] == pytest.approx(pooled.q_p, rel=1e-9)


@pytest.mark.parametrize("fit", [name for name in FITS if not name.startswith("quantile")])
def test_inverse_variance_equals_metafor(fit):
    """Every estimator, on both scales, is metafor's, arms with a lower bound only included."""
    scale, tau2, *adjust = fit.split("-")
    options = {"model": "common"} if tau2 == "common" else {"tau2": tau2}
    pooled = pool_medians(
        *ARMS, method="inverse-variance", scale=scale, adjust="".join(adjust) or "none", **options
    )
    assert_equals(FITS[fit], pooled, np.exp if scale == "log" else float)
    assert (16, ()) == (pooled.k, pooled.set_aside)


def test_quantile_estimation_equals_metafor():
    """Errors from the Weibull through quartile and median, found in R by dweibull, pool alike."""
    pooled = pool_medians(
        *ARMS,
        n=REFERENCE["n"],
        quantiles=[(0.25, time) for time in REFERENCE["quartile"]],
        method="quantile-estimation",
    )
    assert_equals(FITS["quantile-reml"], pooled, np.exp)
    assert "errors from two quantiles, Weibull without censoring" in pooled.method


def test_every_fit_of_the_reference_is_compared():
    """The reference cannot shrink unseen: four estimators, common and HKSJ on two scales."""
    assert 13 == len(FITS)


def test_arms_with_a_lower_bound_only_are_named():
    """The note says which error comes from the lower half alone, and on which scale."""
    pooled = pool_medians(
        [6, 5, 4],
        [4, 3, 3],
        ["not-estimable", 8, 7],
        method="inverse-variance",
        labels=["a/b", *"cd"],
    )
    assert "No upper bound is printed for a/b: the error is (ln m − ln low)/z." in pooled.notes
    natural = pool_medians([6, 5], [4, 3], [nan, 8], method="inverse-variance", scale="identity")
    assert "No upper bound is printed for median 1: the error is (m − low)/z." in natural.notes


def test_the_method_names_scale_estimator_and_origin_of_the_errors():
    """What produced the number stands in words beside it."""
    method = pool_medians(*ARMS, method="inverse-variance", tau2="dl").method
    for words in (
        "random effects",
        "log scale of time",
        "tau² by",
        "errors from printed intervals",
    ):
        assert words in method


def test_a_symmetric_interval_is_recognised():
    """An interval even about its median is noted as a normal approximation, others are not."""
    pooled = pool_medians([5.6, 5], [4.1, 3], [7.1, 9], method="inverse-variance")
    (note,) = (note for note in pooled.notes if "evenly" in note)
    assert note.startswith("The interval of median 1 lies evenly about its median, as a normal")


def test_each_interval_may_have_its_own_level():
    """A 90% interval gives its error with the 90% quantile, the result stays at 95%."""
    pooled = pool_medians(
        [6, 5], [4, 3], [9, 8], levels=[90, 95], method="inverse-variance", model="common"
    )
    errors = log(9 / 4) / (2 * 1.6448536269514722), log(8 / 3) / (2 * 1.959963984540054)
    weights = [1 / error**2 for error in errors]
    mean = (weights[0] * log(6) + weights[1] * log(5)) / sum(weights)
    assert mean == pytest.approx(log(pooled.value))
    assert mean - 1.959963984540054 / sqrt(sum(weights)) == pytest.approx(log(pooled.low))


def test_everything_set_aside_is_named_with_its_reason():
    """Not reached, not estimable, no bound, no level, bound zero: none is dropped silently."""
    pooled = pool_medians(
        ["not-reached", "not-estimable", None, 5, 5, 5, 5, 6, float("inf")],
        [9, "not-given", nan, "not-given", 3, 0, 5, 4, 9],
        ["not-reached", "not-given", None, 9, 8, 8, "not-reached", 9, "not-reached"],
        levels=[95, 95, 95, 95, None, 95, 95, 95, 95],
        method="inverse-variance",
    )
    assert (
        "median 1: its median is not-reached",
        "median 2: its median is not-estimable",
        "median 3: its median is not-given",
        "median 4: its interval has no lower bound",
        "median 5: the level of its interval is not stated",
        "median 6: its lower bound is 0, which has no logarithm",
        "median 7: its only bound is the median itself",
        "median 9: its median is not-reached",
    ) == pooled.set_aside
    assert 1 == pooled.k
    assert any(note.startswith("3 of 9 medians were not reached") for note in pooled.notes)


def test_quantile_estimation_sets_aside_what_prints_one_quantile():
    """Only arms with n and a second quantile can be used."""
    pooled = pool_medians(
        [5, 6, 7],
        *[["not-given"] * 3] * 2,
        n=[20, None, 30],
        quantiles=[None, (0.25, 3), (0.75, 12)],
        method="quantile-estimation",
    )
    assert (
        "median 1: only one quantile is printed, the median",
        "median 2: its n is not given",
    ) == pooled.set_aside


def test_one_median_is_returned_with_its_printed_interval():
    """Nothing is pooled from one arm: its own interval at its own level, and a note."""
    pooled = pool_medians([5, "not-reached"], [3, 7], [9, "not-reached"], method="inverse-variance")
    assert (5, 3, 9) == (pooled.value, pooled.low, pooled.high)
    assert pooled.notes[0].startswith("One study: nothing was pooled")
    assert isnan(pooled.tau2)
    other = pool_medians([5], [3], [9], levels=[90], method="weighted-median")
    assert isnan(other.low)


def sign_test_interval(medians, weights, level):
    """Enumerate all outcomes and keep every time that neither tail of the sign test rejects."""
    tail = (100 - level) / 200
    outcomes = [
        sum(w for w, inside in zip(weights, signs, strict=True) if inside)
        for signs in product([0, 1], repeat=len(weights))
    ]

    def rejected(below):
        at_most = sum(total <= below for total in outcomes) / len(outcomes)
        at_least = sum(total >= below for total in outcomes) / len(outcomes)
        return at_most <= tail or at_least <= tail

    rows = sorted(zip(medians, weights, strict=True))
    times = [nan, *(median for median, _ in rows), nan]
    weight_below = accumulate((weight for _, weight in rows), initial=0)
    kept = [
        gap for gap, below in zip(pairwise(times), weight_below, strict=True) if not rejected(below)
    ]
    return kept[0][0], kept[-1][1]


@given(
    rows=st.lists(
        st.tuples(st.integers(1, 30).map(float), st.integers(1, 40)), min_size=2, max_size=9
    ),
    level=st.sampled_from([80, 90, 95]),
)
def test_the_interval_inverts_the_weighted_sign_test(rows, level):
    """The bounds are those of the times kept when all 2^k outcomes are enumerated."""
    medians, weights = zip(*rows, strict=True)
    none = NO_BOUNDS[: len(rows)]
    pooled = pool_medians(medians, none, none, n=weights, level=level, method="weighted-median")
    expected = sign_test_interval(medians, weights, level)
    assert expected == pytest.approx((pooled.low, pooled.high), nan_ok=True)


@given(
    rows=st.lists(
        st.tuples(st.integers(1, 30).map(float), st.integers(1, 9)), min_size=2, max_size=9
    )
)
def test_the_weighted_median_is_the_median_of_all_patients(rows):
    """Each median counted n times, the pooled one is the ordinary median of the list."""
    medians, weights = zip(*rows, strict=True)
    none = NO_BOUNDS[: len(rows)]
    pooled = pool_medians(medians, none, none, n=weights, method="weighted-median")
    assert np.median(np.repeat(medians, weights)) == pytest.approx(pooled.value)


def test_equal_weights_give_the_textbook_sign_interval():
    """Nine values: the order statistics 2 and 8, P(T ≤ 1) = 10/512 below 2.5 %; coverage 96.1 %."""
    values = [5.23, 3.10, 0.50, 0.78, 3.48, 0.59, 2.20, 5.06, 4.00]
    pooled = pool_medians(values, NO_BOUNDS, NO_BOUNDS, method="weighted-median")
    assert (3.10, 0.59, 5.06) == (pooled.value, pooled.low, pooled.high)
    assert f"The sign test's interval covers with {1 - 20 / 512:.1%}." in pooled.notes
    assert "weighted median of medians; equal weights; exact sign test" == pooled.method


def test_five_medians_have_no_sign_interval_at_95():
    """P(T = 0) is 1/32, above 2.5 %: both bounds are nan, and a note says why."""
    none = NO_BOUNDS[:5]
    pooled = pool_medians([3, 4, 5, 6, 7], none, none, method="weighted-median")
    assert 5 == pooled.value
    assert (nan, nan) == pytest.approx((pooled.low, pooled.high), nan_ok=True)
    assert pooled.notes[0].startswith("5 medians at these weights are too few")


def test_a_median_without_n_has_no_weight():
    """When the others are weighted by n, an arm without it is set aside."""
    pooled = pool_medians([3, 4], [2, 3], [5, 6], n=[20, None], method="weighted-median")
    assert ("median 2: its n is not given",) == pooled.set_aside


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"method": "mean"}, f"'mean' is not a method; there are {', '.join(MEDIAN_METHODS)}"),
        ({"scale": "sqrt"}, "'sqrt' is not a scale; there are log, identity"),
        ({"lows": [4]}, "there are 2 medians, but of lows there are 1"),
        ({"n": [10]}, "there are 2 medians, but of n there are 1"),
        ({"labels": ["a"]}, "there are 2 medians, but of labels there are 1"),
        ({"n": [10, 2.5]}, "median 2: n is a whole number of at least 1, not 2.5"),
        ({"medians": [6, -5]}, "median 2: a time is a number not below 0, not -5"),
        ({"medians": [6, 0], "lows": [4, 0]}, "median 2: a median is a time above 0, not 0"),
        ({"medians": [6, 2]}, "median 2: 2 lies outside its interval, 3 to 8"),
        ({"medians": [6, 9], "highs": [9, 8]}, "median 2: 9 lies outside its interval"),
        ({"medians": [6, 2], "highs": [9, "not-reached"]}, "median 2: 2 lies outside"),
        ({"medians": ["not-reached", "NR"]}, "median 2: 'NR' is no state; there are not-reached"),
        ({"medians": ["not-reached"] * 2}, "no median is left to pool; set aside: median 1: its"),
        ({"tau2": "magic"}, "magic"),
        ({"level": 0.95}, "level is a percent"),
    ],
)
def test_what_cannot_be_pooled_is_refused(changed, message):
    """Each impossible input is refused with the arm and the offending value."""
    good = {"medians": [6, 5], "lows": [4, 3], "highs": [9, 8], "method": "inverse-variance"}
    with pytest.raises(ValueError, match=message):
        pool_medians(**(good | changed))


@pytest.mark.parametrize("n", [0, -1, 2.5, float("inf"), nan])
def test_a_count_of_patients_is_whole(n):
    """Anything but a whole number of at least 1 is refused and named with its arm."""
    with pytest.raises(ValueError, match="median 1: n is a whole number of at least 1"):
        pool_medians([5], [4], [6], n=[n], method="weighted-median")
    assert 5 == pool_medians([5], [4], [6], n=[1], method="weighted-median").value


@pytest.mark.parametrize(
    ("median", "low", "high", "message"),
    [
        (0, 0, 1, "a median is a time above 0, not 0"),
        (5, 5.1, 6, "5 lies outside its interval, 5.1 to 6"),
        (5, 4, 4.9, "5 lies outside its interval, 4 to 4.9"),
        ("not-reached", 4, 3, "lies outside its interval, 4 to 3"),
        (-1, None, None, "a time is a number not below 0, not -1"),
        (5, -0.1, None, "a time is a number not below 0, not -0.1"),
        ("endless", None, None, "'endless' is no state; there are not-reached, not-estimable"),
    ],
)
def test_what_no_paper_can_mean_is_refused(median, low, high, message):
    """Medians outside their interval, negative times and unknown states are named."""
    with pytest.raises(ValueError, match=message):
        pool_medians([median], [low], [high], method="weighted-median")


def test_a_bound_may_be_the_median_itself():
    """A lower or an upper bound equal to the median is printed now and then, and is taken."""
    assert 5 == pool_medians([5], [5], [6], method="inverse-variance").value
    assert 5 == pool_medians([5], [4], [5], method="inverse-variance").value
    found = pool_medians([5, 6], [5, 4], [None, 7], method="inverse-variance")
    assert ("median 1: its only bound is the median itself",) == found.set_aside
    both = pool_medians([5, 6], [0, 4], [8, 7], method="inverse-variance")
    assert ("median 1: its lower bound is 0, which has no logarithm",) == both.set_aside
    identity = pool_medians([5, 6], [0, 4], [8, 7], method="inverse-variance", scale="identity")
    assert () == identity.set_aside


@pytest.mark.parametrize(("k", "bounded"), [(5, False), (6, True)])
def test_six_equal_weights_bound_a_median_at_95(k, bounded):
    """2·2⁻⁵ is above 5 % and 2·2⁻⁶ below, so that five medians have no interval and six have."""
    medians = list(range(1, k + 1))
    found = pool_medians(medians, [None] * k, [None] * k, method="weighted-median")
    assert bounded == (not isnan(found.low)) == (not isnan(found.high))
    if bounded:
        assert (1, 6) == (found.low, found.high)
        assert ("The sign test's interval covers with 96.9%.",) == found.notes
    else:
        assert "5 medians at these weights are too few for a sign test at 95%" in found.notes[0]


def test_a_tail_of_just_the_level_is_rejected():
    """At 75 % the tail of 2⁻³ is not more than 12.5 %, so three medians bound themselves."""
    found = pool_medians([1, 2, 3], [None] * 3, [None] * 3, level=75, method="weighted-median")
    assert (1, 3) == (found.low, found.high)
    wider = pool_medians([1, 2, 3], [None] * 3, [None] * 3, level=75.1, method="weighted-median")
    assert isnan(wider.low)
    assert isnan(wider.high)


def test_a_time_for_ever_is_still_a_number():
    """A prediction beyond e^700 is cut there and stays finite."""
    found = pool_medians(
        [1, 1e5, 1e10], [0.9, 9e4, 9e9], [None] * 3, method="inverse-variance", level=99.99
    )
    assert exp(700) == found.prediction_high
