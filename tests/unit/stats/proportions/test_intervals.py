"""Intervals of one proportion against pinned values, their defining equations and their laws."""

import json
import math
from pathlib import Path
from statistics import NormalDist

import pytest
from hypothesis import assume, given, strategies as st
from scipy.special import bdtr, bdtrc, bdtri

from kb.stats.proportions.intervals import METHODS, Method, proportion_interval

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "proportions.json").read_text(encoding="utf-8")
)
CASES = [
    pytest.param(case, method, id=f"{case['id']}-{method}")
    for case in REFERENCE["cases"]
    for method in METHODS
]
METHOD = st.sampled_from(list(METHODS))
LEVEL = st.floats(80, 99.9)


@st.composite
def counts(draw, largest=400):
    """Draw events and n."""
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


def interval(events, n, method, level=95.0):
    """Compute an interval, leaving out the Wald interval at its borders."""
    assume(method != "wald" or 0 < events < n)
    return proportion_interval(events, n, method=method, level=level)


@pytest.mark.parametrize(("case", "method"), CASES)
def test_interval_is_the_pinned_one(case, method):
    """Each method gives the value of R or of the closed form, truncated to [0, 1]."""
    expected = case["intervals"][method]
    expected = expected.get("ci_truncated", expected["ci"])
    arguments = {"level": 100 * case["level"], "method": method}
    if method == "wald" and case["x"] in (0, case["n"]):
        with pytest.raises(ValueError, match="no width"):
            proportion_interval(case["x"], case["n"], **arguments)
        return
    found = proportion_interval(case["x"], case["n"], **arguments)
    assert expected == pytest.approx(found, abs=REFERENCE["tolerance"][method])


def test_methods_are_the_public_ones_in_order():
    """The names are those of the interface, each with a function, a citation and advice."""
    assert [
        "clopper-pearson",
        "wilson",
        "wilson-cc",
        "agresti-coull",
        "jeffreys",
        "wald",
        "mid-p",
    ] == list(METHODS)
    for method in METHODS.values():
        assert isinstance(method, Method)
        assert any(character.isdigit() for character in method.citation)
        assert method.advice.endswith(".")


@given(counts(), LEVEL)
def test_exact_bounds_invert_the_binomial_tail(pair, level):
    """At a Clopper–Pearson bound the tail from the observed count on is half of 1 − level."""
    (events, n), tail = pair, (100 - level) / 200
    low, high = interval(events, n, "clopper-pearson", level)
    if events > 0:
        assert tail == pytest.approx(bdtrc(events - 1, n, low), rel=1e-9)
    if events < n:
        assert tail == pytest.approx(bdtr(events, n, high), rel=1e-9)
        assert bdtri(events, n, tail) == pytest.approx(high, abs=1e-9)


@given(counts(), LEVEL)
def test_mid_p_bounds_solve_the_mid_p_equations(pair, level):
    """At a mid-p bound the tail beyond plus half the observed point is half of 1 − level."""
    (events, n), tail = pair, (100 - level) / 200
    low, high = interval(events, n, "mid-p", level)
    for p, beyond, with_observed in (
        (low, bdtrc(events, n, low), bdtrc(events - 1, n, low) if events else 1.0),
        (high, bdtr(events - 1, n, high) if events else 0.0, bdtr(events, n, high)),
    ):
        if 0 < p < 1:
            assert tail == pytest.approx((beyond + with_observed) / 2, abs=1e-10)


@pytest.mark.parametrize(("method", "correction"), [("wilson", 0), ("wilson-cc", 0.5)])
@given(counts(), LEVEL)
def test_score_bounds_solve_the_score_equation(method, correction, pair, level):
    """At a score bound the count is z standard deviations away, less ½ when corrected.

    This holds for Newcombe's method 4 also near ½, where R's corrected prop.test departs from it.
    """
    (events, n), z = pair, NormalDist().inv_cdf((100 + level) / 200)
    for p in interval(events, n, method, level):
        if 0 < p < 1:
            distance = abs(events - n * p) - correction
            assert z == pytest.approx(distance / math.sqrt(n * p * (1 - p)), rel=1e-6)


@given(counts(), LEVEL)
def test_agresti_coull_has_the_centre_of_wilson(pair, level):
    """The centre before truncation is (x + z²/2)/(n + z²), that of the score interval."""
    events, n = pair
    found, score = (interval(events, n, method, level) for method in ("agresti-coull", "wilson"))
    assert found.low <= score.low + 1e-12  # equal at one half
    assert score.high <= found.high + 1e-12
    if found.low > 0 and found.high < 1:
        assert sum(score) == pytest.approx(sum(found), abs=1e-12)


@given(counts(), METHOD, LEVEL)
def test_interval_contains_the_estimate_and_stays_in_the_unit_interval(pair, method, level):
    """The estimate lies between the bounds and both are proportions."""
    events, n = pair
    low, high = interval(events, n, method, level)
    assert 0 <= low <= events / n <= high <= 1
    assert low < high


@given(counts(), METHOD, LEVEL)
def test_interval_mirrors_when_events_become_others(pair, method, level):
    """Counting the others instead turns the interval around."""
    events, n = pair
    low, high = interval(events, n, method, level)
    mirrored = interval(n - events, n, method, level)
    assert (1 - high, 1 - low) == pytest.approx(mirrored, abs=1e-12)


@given(counts(60), METHOD, st.integers(2, 6))
def test_interval_narrows_with_more_patients(pair, method, times):
    """The same proportion of more patients gives a narrower interval."""
    events, n = pair
    few, many = interval(events, n, method), interval(times * events, times * n, method)
    assert many.high - many.low < few.high - few.low


@given(counts(), METHOD, st.floats(80, 99), st.floats(0.1, 0.9))
def test_interval_widens_with_the_level(pair, method, level, more):
    """A higher level encloses the lower one."""
    events, n = pair
    inner, outer = interval(events, n, method, level), interval(events, n, method, level + more)
    assert outer.low <= inner.low
    assert inner.high <= outer.high
    assert outer.high - outer.low > inner.high - inner.low or inner == (0, 1)


@pytest.mark.parametrize("method", [method for method in METHODS if method != "wald"])
@pytest.mark.parametrize("n", [1, 2, 7, 100, 1_000_000])
def test_nobody_and_everybody(method, n):
    """At 0 events the lower bound is 0 exactly, at n the upper is 1 exactly."""
    assert 0 == proportion_interval(0, n, method=method).low
    assert 1 == proportion_interval(n, n, method=method).high


def test_numbers_of_numpy_and_whole_floats_are_counts():
    """A whole float is a count like any other."""
    assert proportion_interval(8, 32) == proportion_interval(8.0, 32.0)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((9, 8), "not 9"),
        ((-1, 8), "not -1"),
        ((0, 0), "not 0"),
        ((2.5, 8), r"not 2\.5"),
        ((2, 8.5), r"not 8\.5"),
        ((math.nan, 8), "not nan"),
        ((2, math.inf), "not inf"),
    ],
)
def test_impossible_counts_are_named(arguments, named):
    """A count that cannot be is refused with its value."""
    with pytest.raises(ValueError, match=named):
        proportion_interval(*arguments)


def test_unknown_method_and_level_are_named():
    """A method or level that does not exist is refused with its value."""
    with pytest.raises(ValueError, match=r"'score' is not .* clopper-pearson, wilson"):
        proportion_interval(8, 32, method="score")
    with pytest.raises(ValueError, match=r"0\.95"):
        proportion_interval(8, 32, level=0.95)


@pytest.mark.parametrize(
    "method", [method for method in METHODS if method not in ("wald", "agresti-coull")]
)
def test_bounds_at_none_and_all_are_exact(method):
    """At 0 events the lower bound is 0 and at n the upper one 1, to the last digit, for any n."""
    for n in range(1, 150):
        level = 50 + n / 4
        assert 0 == proportion_interval(0, n, method=method, level=level).low
        assert 1 == proportion_interval(n, n, method=method, level=level).high
        assert 0 < proportion_interval(1, n, method=method, level=level).low
        assert 1 > proportion_interval(n - 1, n, method=method, level=level).high
