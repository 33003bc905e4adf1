"""Standard errors read from intervals and p-values."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given, strategies as st

from kb.stats.pooling.standard_errors import standard_error, standard_error_from_p

LOG_RATIO = st.floats(-3, 3).filter(lambda x: abs(x) > 1e-3)
SE = st.floats(0.01, 2)
LEVEL = st.floats(50, 99.9)


@given(LOG_RATIO, SE, LEVEL)
def test_standard_error_of_a_ratio_is_the_one_its_interval_was_made_of(log_ratio, se, level):
    """The interval exp(ln HR ± z·se) gives se back at its own level."""
    half = NormalDist().inv_cdf((100 + level) / 200) * se
    low, high = math.exp(log_ratio - half), math.exp(log_ratio + half)
    assert se == pytest.approx(standard_error(math.exp(log_ratio), low, high, level=level))


@given(st.floats(-50, 50), SE, LEVEL)
def test_standard_error_on_the_identity_scale(value, se, level):
    """The interval value ± z·se gives se back."""
    half = NormalDist().inv_cdf((100 + level) / 200) * se
    found = standard_error(value, value - half, value + half, level=level, scale="identity")
    assert se == pytest.approx(found, rel=1e-9)


@given(LOG_RATIO, SE, st.sampled_from([1, 2]))
def test_standard_error_from_p_is_the_one_p_was_made_of(log_ratio, se, sides):
    """The p of a Wald test gives se back at its own number of sides."""
    p = sides * math.erfc(abs(log_ratio) / se / math.sqrt(2)) / 2
    if 1e-250 < p < 0.49 * sides:
        found = standard_error_from_p(math.exp(log_ratio), p, sides=sides)
        assert se == pytest.approx(found, rel=1e-6)


def test_interval_and_p_of_one_hazard_ratio():
    """A hazard ratio on the edge of significance: p = 0.05 and an upper bound of 1 say the same."""
    from_interval = standard_error(0.5, 0.25, 1, level=95)
    assert math.log(4) / (2 * 1.959963984540054) == pytest.approx(from_interval, rel=1e-12)
    assert from_interval == pytest.approx(standard_error_from_p(0.5, 0.05, sides=2), rel=1e-12)
    assert from_interval == pytest.approx(standard_error_from_p(0.5, 0.025, sides=1), rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "options", "named"),
    [
        ((0.5, 0.0, 1.0), {}, r"0\.0 has no logarithm"),
        ((0.5, -1.0, 1.0), {}, r"-1\.0 has no logarithm"),
        ((0.5, 0.4, math.inf), {}, "inf has no standard error"),
        ((0.5, math.nan, 1.0), {}, "nan to 1"),
        ((0.5, 0.5, 0.5), {}, r"0\.5 to 0\.5"),
        ((0.5, 0.9, 0.4), {}, r"0\.9 to 0\.4"),
        ((1.5, 0.4, 0.9), {}, r"1\.5 lies outside"),
        ((0.5, 0.4, 0.9), {"scale": "sqrt"}, "'sqrt' is not a scale; there are log, identity"),
        ((0.5, 0.4, 0.9), {"level": 0.95}, r"0\.95"),
    ],
)
def test_intervals_without_a_standard_error_are_refused(arguments, options, named):
    """What implies no standard error is named."""
    with pytest.raises(ValueError, match=named):
        standard_error(*arguments, **{"level": 95, **options})


@pytest.mark.parametrize(
    ("value", "p", "sides", "named"),
    [
        (1, 0.5, 2, "ratio of 1"),
        (0, 0.5, 2, "ratio of 0"),
        (math.nan, 0.5, 2, "nan"),
        (0.5, 0, 2, "two-sided p of 0"),
        (0.5, 1, 2, "two-sided p of 1"),
        (0.5, 0.5, 1, r"one-sided p of 0\.5"),
        (0.5, 0.04, 3, "not 3"),
        (0.5, 0.04, "two", "not 'two'"),
    ],
)
def test_p_values_without_a_standard_error_are_refused(value, p, sides, named):
    """A ratio of 1, a p at its bound and unknown sides are named."""
    with pytest.raises(ValueError, match=named):
        standard_error_from_p(value, p, sides=sides)


def test_an_interval_too_narrow_for_logarithms_is_refused():
    """Two neighbouring numbers near the largest have one logarithm, hence no standard error."""
    high = 1e300
    low = math.nextafter(high, 0)
    with pytest.raises(ValueError, match="so narrow about 1e\\+300 has no standard error"):
        standard_error(high, low, high, level=95)
    assert standard_error(high, low, high, level=95, scale="identity") > 0


@pytest.mark.parametrize(
    ("value", "low", "high", "scale"),
    [(1, 1, 2, "log"), (2, 1, 2, "log"), (0, 0, 1, "identity"), (-1, -1, 1, "identity")],
)
def test_a_value_on_a_bound_is_inside(value, low, high, scale):
    """A value equal to one of its bounds is accepted."""
    assert standard_error(value, low, high, level=95, scale=scale) > 0


@pytest.mark.parametrize(
    ("p", "sides", "passes"),
    [
        (0.5, 1, False),
        (0.4999, 1, True),
        (0.9999, 2, True),
        (1, 2, False),
        (0, 1, False),
        (0, 2, False),
    ],
)
def test_a_p_has_a_standard_error_strictly_inside(p, sides, passes):
    """Up to one half if one-sided, below 1 if two-sided, above 0 always."""
    if passes:
        assert standard_error_from_p(2, p, sides=sides) > 0
    else:
        with pytest.raises(
            ValueError, match=f"{('one', 'two')[sides - 1]}-sided p of {p!r} implies"
        ):
            standard_error_from_p(2, p, sides=sides)


@pytest.mark.parametrize("value", [0, -1, 1, math.inf, math.nan])
def test_a_ratio_without_a_logarithm_to_divide_is_refused(value):
    """Ratios of 0, below it, of exactly 1 and without end say nothing with their p-value."""
    with pytest.raises(ValueError, match="and its p-value imply no standard error"):
        standard_error_from_p(value, 0.5, sides=2)


@pytest.mark.parametrize(
    ("low", "high"), [(1, 1), (2, 1), (-math.inf, 1), (0, math.inf), (math.nan, 1), (0, math.nan)]
)
def test_an_interval_without_width_or_without_end_is_refused(low, high):
    """Equal, turned, missing and infinite bounds have no standard error on either scale."""
    for scale in ("log", "identity"):
        with pytest.raises(ValueError, match="has no standard error"):
            standard_error(1, low, high, level=95, scale=scale)
