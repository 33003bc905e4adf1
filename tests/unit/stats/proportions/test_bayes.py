"""Posterior probabilities against sums in whole numbers and numerical integrals."""

import math
from fractions import Fraction

import pytest
import scipy.integrate
import scipy.special
import scipy.stats
from hypothesis import given, settings, strategies as st

from kb.stats.proportions.bayes import probability_above, probability_greater

PRIORS = st.sampled_from(["uniform", "jeffreys", (2, 3.5), (0.6, 0.4)])
SHAPES = {"uniform": (1, 1), "jeffreys": (0.5, 0.5)}


@st.composite
def counts(draw, largest=300):
    """Draw events and n."""
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


@given(counts(), st.floats(0.01, 0.99), PRIORS)
def test_probability_above_is_the_posterior_tail(pair, p0, prior):
    """The probability is the tail of Beta(a + events, b + others) by scipy."""
    (events, n), (a, b) = pair, SHAPES.get(prior, prior)
    expected = scipy.special.betaincc(a + events, b + n - events, p0)
    assert expected == pytest.approx(probability_above(events, n, p0, prior=prior), abs=1e-12)


@given(counts(60), st.integers(1, 99))
def test_uniform_posterior_is_a_binomial_sum(pair, percent):
    """Under the uniform prior Pr(p > p₀) is Pr(X ≤ events) among n + 1, in whole numbers."""
    (events, n), p = pair, Fraction(percent, 100)
    expected = sum(math.comb(n + 1, k) * p**k * (1 - p) ** (n + 1 - k) for k in range(events + 1))
    found = probability_above(events, n, percent / 100, prior="uniform")
    assert float(expected) == pytest.approx(found, abs=1e-12)


def greater_exactly(x1, n1, x2, n2):
    """Sum Pr(p₁ > p₂) under the uniform prior in whole numbers.

    p₁ > p₂ has the chance that, of the pooled order statistics, enough of one sample come first.
    """
    a1, b1, a2, b2 = x1 + 1, n1 - x1 + 1, x2 + 1, n2 - x2 + 1
    first, second = a1 + b1 - 1, a2 + b2 - 1  # uniform draws of which p is the a-th smallest
    favourable = sum(
        math.comb(a1 - 1 + k, k) * math.comb(first - a1 + second - k, second - k)
        for k in range(a2, second + 1)  # k draws of the second sample below p₁
    )
    return Fraction(favourable, math.comb(first + second, second))


@given(counts(), counts())
def test_greater_is_the_exact_sum_under_the_uniform_prior(one, other):
    """The integral equals the hypergeometric sum."""
    expected = float(greater_exactly(*one, *other))
    found = probability_greater(*one, *other, prior="uniform")
    assert expected == pytest.approx(found, abs=1e-11)


@settings(max_examples=25)
@given(counts(60), counts(60))
def test_greater_is_the_integral_under_the_jeffreys_prior(one, other):
    """The integral over the angle, where the density is smooth, gives the same by scipy."""
    first, second = (scipy.stats.beta(x + 0.5, n - x + 0.5) for x, n in (one, other))

    def integrand(angle):
        p = math.sin(angle) ** 2
        return first.pdf(p) * second.cdf(p) * math.sin(2 * angle)

    middle = math.asin(math.sqrt(first.mean()))
    expected = scipy.integrate.quad(integrand, 0, math.pi / 2, points=[middle], epsabs=1e-11)[0]
    found = probability_greater(*one, *other, prior="jeffreys")
    assert expected == pytest.approx(found, abs=1e-8)


@given(counts(), counts(), PRIORS)
def test_one_of_two_is_greater(one, other, prior):
    """The two probabilities add up to one, and equal groups share it."""
    there = probability_greater(*one, *other, prior=prior)
    back = probability_greater(*other, *one, prior=prior)
    assert pytest.approx(1, abs=1e-10) == there + back
    assert pytest.approx(0.5, abs=1e-10) == probability_greater(*one, *one, prior=prior)


@pytest.mark.parametrize("prior", ["flat", "", (0, 1), (1, -1), (math.inf, 1), (math.nan, 1)])
def test_unknown_and_improper_priors_are_refused(prior):
    """A prior must be a known name or two positive numbers."""
    with pytest.raises(ValueError, match="prior"):
        probability_above(8, 32, 0.2, prior=prior)
    with pytest.raises(ValueError, match="prior"):
        probability_greater(8, 32, 10, 76, prior=prior)


def test_a_prior_must_be_named():
    """There is no silent default prior."""
    with pytest.raises(TypeError, match="prior"):
        probability_above(8, 32, 0.2)  # type: ignore[call-arg]  # no prior, on purpose
    with pytest.raises(TypeError, match="prior"):
        probability_greater(8, 32, 10, 76)  # type: ignore[call-arg]  # no prior, on purpose


def test_impossible_counts_and_thresholds_are_named():
    """Counts that cannot be and a threshold given as a percent are refused."""
    with pytest.raises(ValueError, match="not 33"):
        probability_above(33, 32, 0.2, prior="uniform")
    with pytest.raises(ValueError, match="not 20"):
        probability_above(8, 32, 20, prior="uniform")


@pytest.mark.parametrize("prior", [(0, 1), (1, 0), (1e12, 1), (1, 1e12), (float("nan"), 1)])
def test_a_prior_is_two_positive_numbers(prior):
    """Shapes of 0 and of 1e12 patients and more are refused, for p alone and for two groups."""
    with pytest.raises(ValueError, match=r"a prior needs two positive numbers below 1e\+12"):
        probability_above(3, 9, 0.5, prior=prior)
    with pytest.raises(ValueError, match="a prior needs two positive numbers"):
        probability_greater(3, 9, 0, 4, prior=prior)


def test_an_overwhelming_prior_decides():
    """Just below the limit the prior still gives its own answer."""
    assert 0.5 == pytest.approx(probability_above(3, 9, 0.5, prior=(9e11, 9e11)), abs=1e-5)
