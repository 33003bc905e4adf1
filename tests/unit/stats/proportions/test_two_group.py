"""Differences and ratios of two groups against pinned values, their equations and their laws."""

import json
import math
from pathlib import Path
from statistics import NormalDist

import pytest
import scipy.optimize
import scipy.stats
from hypothesis import given, strategies as st

from kb.stats.proportions.two_group import odds_ratio, risk_difference, risk_ratio

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "two_arms.json").read_text(encoding="utf-8")
)
CASES = pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
DIFFERENCES = ("newcombe", "miettinen-nurminen", "agresti-caffo", "wald")
EVERY = [(risk_difference, method) for method in DIFFERENCES] + [
    (risk_ratio, "log-wald"),
    (risk_ratio, "koopman"),
    (odds_ratio, "woolf"),
    (odds_ratio, "conditional-exact"),
]


@st.composite
def tables(draw, largest=60):
    """Draw events and patients of two groups."""
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def numbers(*values):
    """Read numbers as the reference files write them."""
    return [float(value) for value in values]


def agrees(expected, *found):
    """Compare at the tolerance of the reference, relative for large ratios."""
    wanted = pytest.approx(expected, rel=1e-9, abs=REFERENCE["tolerance"]["reference"], nan_ok=True)
    return wanted == list(found)


def arguments(case):
    """Take the four counts and the level of a reference case."""
    counts = [case[name] for name in ("x1", "n1", "x2", "n2")]
    return counts, {"level": round(100 * case["level"])}


@CASES
@pytest.mark.parametrize("method", DIFFERENCES)
def test_risk_difference_is_the_pinned_one(case, method):
    """Each method gives the pinned interval, truncated where the method is."""
    counts, level = arguments(case)
    reference = case["reference"]["rd"]
    expected = reference.get(f"{method}_truncated", reference[method])
    found = risk_difference(*counts, method=method, **level)
    wanted = numbers(case["estimate"]["rd"], *expected)
    assert agrees(wanted, found.value, found.low, found.high)


@CASES
@pytest.mark.parametrize(("method", "key"), [("log-wald", "log_wald"), ("koopman", "koopman")])
def test_risk_ratio_is_the_pinned_one(case, method, key):
    """Each method gives the pinned interval; a log method without one gives 0 and ∞."""
    counts, level = arguments(case)
    expected = case["reference"]["rr"].get(key, [0, "Inf"])
    found = risk_ratio(*counts, method=method, **level)
    wanted = numbers(case["estimate"]["rr"], *expected)
    assert agrees(wanted, found.value, found.low, found.high)
    if "se_log" in case["reference"]["rr"] and method == "log-wald":
        assert agrees([case["reference"]["rr"]["se_log"]], found.se)


@CASES
def test_odds_ratio_is_the_pinned_one(case):
    """Woolf's interval is the pinned one; with an empty cell it is 0 to ∞."""
    counts, level = arguments(case)
    reference = case["reference"]["or"]
    found = odds_ratio(*counts, **level)
    wanted = numbers(case["estimate"]["or_sample"], *reference.get("woolf", [0, "Inf"]))
    assert agrees(wanted, found.value, found.low, found.high)
    assert agrees(numbers(reference.get("se_log", "Inf")), found.se)


@CASES
def test_odds_ratio_with_half_added_is_the_pinned_one(case):
    """With ½ in each cell the estimate and Woolf's interval are the pinned ones."""
    counts, level = arguments(case)
    expected = case["reference"]["or"]["haldane_anscombe_woolf"]
    found = odds_ratio(*counts, zero="haldane", **level)
    assert agrees([expected["estimate"], *expected["ci"]], found.value, found.low, found.high)
    assert "½ added" in found.method


@CASES
def test_conditional_odds_ratio_is_the_pinned_one(case):
    """The conditional estimate and exact interval are the pinned ones, 0 to ∞ without any."""
    counts, level = arguments(case)
    reference = case["reference"]["or"]
    expected = [
        reference.get("conditional_mle", "NaN"),
        *reference.get("fisher_exact_ci", [0, "Inf"]),
    ]
    found = odds_ratio(*counts, method="conditional-exact", **level)
    assert agrees(numbers(*expected), found.value, found.low, found.high)


def test_conditional_limits_of_a_very_large_odds_ratio():
    """99/100 against 1/100 has the limits of scipy, where R's fisher.test loses its root."""
    table = scipy.stats.contingency.odds_ratio([[99, 1], [1, 99]])
    expected = table.confidence_interval(0.95)
    found = odds_ratio(99, 100, 1, 100, method="conditional-exact")
    assert (expected.low, expected.high) == pytest.approx((found.low, found.high), rel=1e-6)
    assert table.statistic == pytest.approx(found.value, rel=1e-6)
    assert round(found.high) == 392_442


@given(tables(25), st.sampled_from([80, 90, 95, 99]))
def test_conditional_limits_leave_half_of_the_rest_in_each_tail(table, level):
    """At a conditional limit scipy's noncentral hypergeometric tail is half of 1 − level."""
    x1, n1, x2, n2 = table
    found = odds_ratio(*table, method="conditional-exact", level=level)
    tail = (100 - level) / 200
    for odds, beyond in ((found.low, lambda law: law.sf(x1 - 1)), (found.high, None)):
        if 1e-6 < odds < 1e6:
            law = scipy.stats.nchypergeom_fisher(n1 + n2, x1 + x2, n1, odds)
            assert tail == pytest.approx(beyond(law) if beyond else law.cdf(x1), rel=1e-6)


def likeliest(table, first_of, low, high):
    """Return both proportions of greatest likelihood when the first follows from the second.

    The second is looked for between `low` and `high`, its borders included.
    """
    x1, n1, x2, n2 = table

    def loss(p2):
        p1 = min(max(first_of(p2), 0.0), 1.0)
        parts = ((x1, p1), (n1 - x1, 1 - p1), (x2, p2), (n2 - x2, 1 - p2))
        return -sum(k * math.log(p) if p > 0 else -math.inf for k, p in parts if k)

    inside = scipy.optimize.minimize_scalar(
        loss, bounds=(low, high), method="bounded", options={"xatol": 1e-13}
    )
    p2 = min((low, high, inside.x), key=loss)
    return min(max(first_of(p2), 0.0), 1.0), p2


SOME = [(7, 20, 3, 25), (0, 12, 5, 14), (13, 13, 7, 14), (24, 97, 15, 95), (1, 3, 2, 4)]


@pytest.mark.parametrize("table", SOME)
def test_miettinen_nurminen_limits_solve_their_equation(table):
    """At a limit the score, at proportions found by brute force, is the normal quantile."""
    _, n1, _, n2 = table
    effect, z = risk_difference(*table, method="miettinen-nurminen"), NormalDist().inv_cdf(0.975)
    for limit, expected in ((effect.low, z), (effect.high, -z)):
        p1, p2 = likeliest(
            table, lambda p2, limit=limit: p2 + limit, max(0, -limit), min(1, 1 - limit)
        )
        correction = (n1 + n2) / (n1 + n2 - 1)
        variance = correction * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        assert expected == pytest.approx((effect.value - limit) / math.sqrt(variance), abs=1e-5)


@pytest.mark.parametrize("table", [*SOME, (199, 200, 20, 20), (10, 10, 10, 10)])
def test_koopman_limits_solve_their_equation(table):
    """At a limit other than 0 and ∞ the score is the normal quantile, also at none and all."""
    x1, n1, x2, n2 = table
    effect, z = risk_ratio(*table, method="koopman"), NormalDist().inv_cdf(0.975)
    for limit, expected in ((effect.low, z), (effect.high, -z)):
        if 0 < limit < math.inf:
            p1, p2 = likeliest(table, lambda p2, limit=limit: p2 * limit, 0, min(1, 1 / limit))
            variance = p1 * (1 - p1) / n1 + limit**2 * p2 * (1 - p2) / n2
            score = (x1 / n1 - limit * x2 / n2) / math.sqrt(variance)
            assert expected == pytest.approx(score, abs=1e-5)


@pytest.mark.parametrize(("function", "method"), EVERY)
@given(tables(), st.sampled_from([80, 90, 95, 99]))
def test_interval_encloses_the_estimate_and_widens(function, method, table, level):
    """The value lies between the limits, and a higher level encloses a lower one."""
    inner = function(*table, method=method, level=level)
    outer = function(*table, method=method, level=level + 0.5)
    slack = 1e-9
    if method != "agresti-caffo" and not math.isnan(inner.value):
        assert inner.low <= inner.value * (1 + slack) + slack
        assert inner.value <= inner.high * (1 + slack) + slack
    assert outer.low <= inner.low * (1 + slack) + slack
    assert inner.high <= outer.high * (1 + slack) + slack
    assert method in outer.method


@pytest.mark.parametrize("method", DIFFERENCES)
@given(tables())
def test_difference_turns_around_with_the_groups(method, table):
    """Exchanging the groups changes the sign of a difference and of its limits."""
    x1, n1, x2, n2 = table
    found = risk_difference(x1, n1, x2, n2, method=method)
    turned = risk_difference(x2, n2, x1, n1, method=method)
    expected = (-turned.value, -turned.high, -turned.low)
    assert expected == pytest.approx((found.value, found.low, found.high), abs=1e-9)
    assert -1 <= found.low <= found.high <= 1


def reciprocal(value):
    """Return 1/value with 1/0 = ∞."""
    return math.inf if value == 0 else 1 / value


@pytest.mark.parametrize(("function", "method"), EVERY[4:])
@given(tables())
def test_ratio_turns_over_with_the_groups(function, method, table):
    """Exchanging the groups gives the reciprocal of a ratio and of its limits."""
    x1, n1, x2, n2 = table
    found = function(x1, n1, x2, n2, method=method)
    turned = function(x2, n2, x1, n1, method=method)
    expected = [reciprocal(value) for value in (turned.value, turned.high, turned.low)]
    wanted = pytest.approx(expected, rel=1e-9, nan_ok=True)
    assert wanted == [found.value, found.low, found.high]


@given(tables())
def test_half_added_makes_every_log_interval_finite(table):
    """With ½ in each cell every table has a finite interval, that of the enlarged table."""
    x1, n1, x2, n2 = table
    for function in (risk_ratio, odds_ratio):
        found = function(*table, zero="haldane")
        assert 0 < found.low < found.value < found.high < math.inf
    p1, p2 = (x1 + 0.5) / (n1 + 1), (x2 + 0.5) / (n2 + 1)
    assert p1 / p2 == pytest.approx(risk_ratio(*table, zero="haldane").value, rel=1e-12)


@pytest.mark.parametrize("function", [risk_ratio, odds_ratio])
def test_empty_cells_are_said(function):
    """Limits that follow from an empty cell say so, and so does an interval of no width."""
    assert "empty cell" in function(5, 15, 0, 15).method
    assert "empty cell" not in function(5, 15, 1, 15).method
    assert "zero width" in risk_ratio(10, 10, 8, 8).method
    assert "zero width" in risk_difference(0, 10, 8, 8, method="wald").method


@pytest.mark.parametrize(
    ("function", "wrong", "named"),
    [
        (risk_difference, {"method": "woolf"}, "'woolf' is not a method here; there are newcombe"),
        (risk_ratio, {"method": "wald"}, "'wald'.*log-wald, koopman"),
        (odds_ratio, {"method": "exact"}, "'exact'.*woolf, conditional-exact"),
        (odds_ratio, {"zero": "half"}, "'half'.*limits, haldane"),
        (risk_ratio, {"zero": "haldane", "method": "koopman"}, "koopman needs no ½"),
        (odds_ratio, {"zero": "haldane", "method": "conditional-exact"}, "needs no ½"),
        (odds_ratio, {"level": 0.95}, r"0\.95"),
        (risk_difference, {"level": 100}, "100"),
    ],
)
def test_wrong_options_are_named(function, wrong, named):
    """A method, option or level that does not exist is refused with its value."""
    with pytest.raises(ValueError, match=named):
        function(7, 20, 3, 25, **wrong)


@pytest.mark.parametrize("function", [risk_difference, risk_ratio, odds_ratio])
@pytest.mark.parametrize(
    "table", [(21, 20, 3, 25), (7, 20, -3, 25), (7, 0, 3, 25), (7, 20, 1.5, 3)]
)
def test_impossible_tables_are_refused(function, table):
    """Counts that cannot be are refused in either group."""
    with pytest.raises(ValueError, match=r"not (21|-3|0|1\.5)"):
        function(*table)
