"""Normal, binomial and beta distributions of one number against scipy and their own equations."""

import decimal
import json
import math
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
import scipy.special
from hypothesis import given, strategies as st

from kb.stats.numeric import special

CASES = json.loads(
    (Path(__file__).parents[3] / "reference" / "proportions.json").read_text(encoding="utf-8")
)["cases"]
SHAPES = st.one_of(st.integers(1, 2000).map(float), st.integers(1, 60).map(lambda k: k + 0.5))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_beta_agrees_with_scipy_on_every_reference_count(case):
    """Quantiles and distribution agree with scipy to 1e-12 for each pinned count and level."""
    x, n, tail = case["x"], case["n"], (1 - case["level"]) / 2
    for a, b in ((x, n - x + 1), (x + 1, n - x), (x + 0.5, n - x + 0.5)):
        if a > 0 and b > 0:
            for probability in (tail, 1 - tail):
                expected = scipy.special.betaincinv(a, b, probability)
                found = special.beta_quantile(probability, a, b)
                assert expected == pytest.approx(found, rel=1e-12, abs=1e-15)
                assert scipy.special.betainc(a, b, found) == pytest.approx(
                    special.beta_cdf(found, a, b), rel=1e-12
                )


@given(st.floats(0.0005, 0.9995), SHAPES, SHAPES)
def test_beta_cdf_agrees_with_scipy_anywhere(x, a, b):
    """The continued fraction agrees with scipy to 1e-12 on both sides of the mean."""
    assert scipy.special.betainc(a, b, x) == pytest.approx(special.beta_cdf(x, a, b), abs=1e-12)


@given(st.floats(0.001, 0.999), SHAPES, SHAPES)
def test_beta_quantile_inverts_the_distribution(probability, a, b):
    """The distribution at a quantile is the probability asked for."""
    found = special.beta_quantile(probability, a, b)
    assert probability == pytest.approx(special.beta_cdf(found, a, b), abs=1e-12)


@pytest.mark.parametrize(("a", "b"), [(0.2, 71), (71, 0.2), (0.5, 0.5), (0.3, 0.7)])
def test_beta_quantile_below_shape_one(a, b):
    """Shapes below 1, whose density is infinite at a bound, agree with scipy too."""
    for probability in (0.005, 0.025, 0.5, 0.975, 0.995):
        expected = scipy.special.betaincinv(a, b, probability)
        assert expected == pytest.approx(special.beta_quantile(probability, a, b), abs=1e-12)


@given(st.integers(1, 60), st.integers(1, 99), st.data())
def test_binomial_probability_is_the_exact_one(n, percent, data):
    """The saddle-point form equals the binomial formula in whole numbers."""
    events, p = data.draw(st.integers(0, n)), Fraction(percent, 100)
    expected = math.comb(n, events) * p**events * (1 - p) ** (n - events)
    found = special.binomial_probability(events, n, percent / 100)
    assert float(expected) == pytest.approx(found, rel=1e-12)


def test_degenerate_distributions_are_point_masses():
    """At shape 0, at p = 0 and at p = 1 all the probability lies in one place."""
    assert special.beta_cdf(0.3, 0, 5) == 1
    assert special.beta_cdf(0.3, 5, 0) == 0
    assert (special.beta_cdf(0, 2, 3), special.beta_cdf(1, 2, 3)) == (0, 1)
    assert [special.binomial_probability(k, 2, 0) for k in (0, 1, 2)] == [1, 0, 0]
    assert [special.binomial_probability(k, 2, 1) for k in (0, 1, 2)] == [0, 0, 1]


@given(st.floats(1e-6, 1 - 1e-6))
def test_normal_tail_inverts_the_quantile(probability):
    """The tail beyond a quantile is what the quantile leaves, and scipy agrees."""
    z = special.normal_quantile(probability)
    assert 1 - probability == pytest.approx(special.normal_tail(z), abs=1e-14)
    assert scipy.special.ndtri(probability) == pytest.approx(z, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("level", [0, 0.95, 1, 99.99991, 100, 101, -5, math.nan])
def test_a_level_that_is_no_percent_is_refused(level):
    """A fraction, a bound of the scale or nan as a level is named in the error."""
    with pytest.raises(ValueError, match=str(level)):
        special.tail_of(level)


def test_scalars_load_no_numpy():
    """An interval of one proportion is computed without numpy or scipy being imported."""
    code = (
        "import sys; from kb.stats.proportions.intervals import proportion_interval as interval;"
        "interval(8, 32); interval(8, 32, method='mid-p');"
        "sys.exit(bool({'numpy', 'scipy'} & set(sys.modules)))"
    )
    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


@pytest.mark.parametrize(("level", "tail"), [(1.0001, 0.4949995), (50, 0.25), (99.9999, 5e-7)])
def test_a_level_inside_its_bounds_has_a_tail(level, tail):
    """Half of what the level leaves lies beyond each bound, from just above 1 to 99.9999."""
    assert tail == pytest.approx(special.tail_of(level), rel=1e-9)


@pytest.mark.parametrize("n", [15, 16, 20, 40, 100, 1000])
def test_the_error_of_stirling_is_that_of_whole_factorials(n):
    """It is ln n! less Stirling's approximation, with fifty digits, from 15 on where the series is."""
    with decimal.localcontext(prec=50):
        exact = decimal.Decimal(math.factorial(n)).ln() - (
            (decimal.Decimal(n) + decimal.Decimal("0.5")) * decimal.Decimal(n).ln()
            - n
            + (2 * decimal.Decimal("3.14159265358979323846264338327950288419716939937511")).ln() / 2
        )
    assert float(exact) == pytest.approx(special._stirling_error(n), rel=1e-13, abs=0)


@pytest.mark.parametrize(
    ("n1", "n2", "total"), [(1, 1, 1), (3, 5, 4), (7, 2, 5), (20, 30, 25), (4, 4, 8)]
)
@pytest.mark.parametrize("odds", [1, 0.01, 50])
def test_the_hypergeometric_is_that_of_whole_numbers(n1, n2, total, odds):
    """Every probability is C(n1, x)·C(n2, total − x)·odds^x over their sum, from the lowest x on."""
    first, found = special.hypergeometric(n1, n2, total, odds=odds, negligible=0)
    counts = range(max(0, total - n2), min(n1, total) + 1)
    weights = [math.comb(n1, x) * math.comb(n2, total - x) * odds**x for x in counts]
    assert counts[0] == first
    assert [weight / sum(weights) for weight in weights] == pytest.approx(found, rel=1e-12)


def test_negligible_probabilities_are_left_out():
    """Below the share named of the largest nothing is returned, and what is stays correct."""
    whole = special.hypergeometric(200, 200, 200, negligible=0)
    first, kept = special.hypergeometric(200, 200, 200, negligible=1e-6)
    assert 1 == pytest.approx(sum(kept))
    assert len(kept) < len(whole[1]) / 2
    assert whole[1][first : first + len(kept)] == pytest.approx(kept, rel=1e-5)
    assert max(kept) * 1e-8 < min(kept) < max(kept) * 1e-6
