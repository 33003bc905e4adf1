"""Landmark rates: log-log intervals and the links between medians and landmarks."""

from math import exp, inf, isnan, log, nextafter

import pytest
from hypothesis import given, strategies as st

from kb.stats.survival.models import (
    MODELS,
    PiecewiseExponential,
    Weibull,
    curve_through,
    landmark_interval,
)

rates = st.floats(0.01, 0.99)
times = st.floats(0.1, 100)


@given(rate=rates, error=st.floats(1e-4, 0.2), level=st.sampled_from([80, 90, 95, 99]))
def test_log_log_bounds_solve_their_defining_equation(rate, error, level):
    """Each bound lies z standard errors from the rate on the scale of ln(-ln S)."""
    z = {80: 1.2815515655446004, 90: 1.6448536269514722, 95: 1.959963984540054}.get(
        level, 2.5758293035489004
    )
    low, high = landmark_interval(rate, error, level=level)
    half = z * error / (rate * -log(rate))
    if low > 1e-300 and high < 1 - 1e-12:
        assert log(-log(rate)) + half == pytest.approx(log(-log(low)), rel=1e-9, abs=1e-9)
        assert log(-log(rate)) - half == pytest.approx(log(-log(high)), rel=1e-9, abs=1e-9)


def test_without_error_the_interval_is_the_rate():
    """A standard error of zero gives an interval without width."""
    assert (0.4, 0.4) == pytest.approx(landmark_interval(0.4, 0.0))


def test_an_enormous_error_gives_the_whole_range():
    """Bounds stay within 0 and 1 however large the standard error is."""
    assert (0.0, 1.0) == landmark_interval(0.999999, 1.0)


@pytest.mark.parametrize("rate", [0, 1, 41.0, -0.1, float("nan")])
def test_a_rate_outside_the_open_unit_interval_is_refused(rate):
    """At 0 and 1 the transformation has no value, and a percent is not a fraction."""
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        landmark_interval(rate, 0.1)


@pytest.mark.parametrize("error", [-0.1, float("nan"), float("inf")])
def test_an_impossible_standard_error_is_refused(error):
    """A standard error is a finite number not below 0."""
    with pytest.raises(ValueError, match="standard error"):
        landmark_interval(0.4, error)


def test_exponential_curve_halves_with_every_median():
    """Under the exponential model a quarter is left after two medians."""
    curve = curve_through([(6, 0.5)], model="exponential")
    assert 0.25 == pytest.approx(curve.survival(12), rel=1e-12)
    assert 6 == pytest.approx(curve.median, rel=1e-12)


def test_exponential_median_follows_from_one_landmark():
    """The median is t ln 2 / -ln S, the solution of exp(-rate t) = S."""
    curve = curve_through([(6, 0.41)], model="exponential")
    assert 6 * log(2) / -log(0.41) == pytest.approx(curve.median, rel=1e-12)


@given(
    shape=st.floats(0.3, 4),
    scale=times,
    first=st.floats(0.05, 1.5),
    gap=st.floats(1.1, 3),
)
def test_weibull_is_recovered_from_two_of_its_points(shape, scale, first, gap):
    """Two points of exp(-(t/scale)^shape) give back its shape and its median."""
    pairs = [(t, exp(-((t / scale) ** shape))) for t in (first * scale, first * gap * scale)]
    if all(1e-9 < s < 1 - 1e-9 for _, s in pairs):
        curve = curve_through(pairs, model="weibull")
        assert isinstance(curve, Weibull)
        assert shape == pytest.approx(curve.shape, rel=1e-5)
        assert scale * log(2) ** (1 / shape) == pytest.approx(curve.median, rel=1e-5)


@pytest.mark.parametrize(
    ("points", "model"),
    [
        ([(6, 0.41)], "exponential"),
        ([(12, 0.3), (6, 0.55)], "weibull"),
        ([(3, 0.8), (6, 0.5), (9, 0.5), (12, 0.2)], "piecewise-exponential"),
    ],
)
def test_a_curve_passes_through_its_points(points, model):
    """Whatever the model and the order of the points, the curve returns each printed survival."""
    curve = curve_through(points, model=model)
    assert [s for _, s in points] == pytest.approx([curve.survival(t) for t, _ in points])


@given(probability=st.floats(0.02, 0.78))
def test_quantiles_invert_survival(probability):
    """The survival at a quantile is one less its probability, for every model."""
    for curve in (
        Weibull(median=7.5, shape=1.4),
        PiecewiseExponential(((0, 1), (3, 0.8), (9, 0.45), (12, 0.2))),
    ):
        assert 1 - probability == pytest.approx(curve.survival(curve.quantile(probability)))


def test_a_piecewise_curve_is_unknown_beyond_its_last_landmark():
    """Nothing is extrapolated: beyond the last knot survival and median are nan."""
    curve = curve_through([(6, 0.7)], model="piecewise-exponential")
    assert isnan(curve.median)
    assert isnan(curve.survival(7))
    assert 1 == curve.survival(0)


def test_the_piecewise_median_lies_where_log_survival_is_linear():
    """Between (6, 0.6) and (12, 0.3) the median is at 6 + 6 ln(0.5/0.6)/ln(0.3/0.6)."""
    curve = curve_through([(6, 0.6), (12, 0.3)], model="piecewise-exponential")
    assert 6 + 6 * log(0.5 / 0.6) / log(0.5) == pytest.approx(curve.median, rel=1e-12)


@pytest.mark.parametrize(
    ("points", "model", "message"),
    [
        ([(6, 0.5)], "gompertz", f"model is one of {', '.join(MODELS)}, not 'gompertz'"),
        ([(6, 0.5), (9, 0.4)], "exponential", "the exponential model needs one point, not 2"),
        ([(6, 0.5)], "weibull", "the weibull model needs two points, not 1"),
        ([], "piecewise-exponential", "the piecewise-exponential model needs a point, not 0"),
        ([(6, 50)], "exponential", r"not \(6.0, 50.0\)"),
        ([(0, 0.5)], "exponential", r"not \(0.0, 0.5\)"),
        ([(6, 0)], "exponential", r"not \(6.0, 0.0\)"),
        ([(6, 1)], "exponential", r"not \(6.0, 1.0\)"),
        ([(inf, 0.5)], "exponential", r"not \(inf, 0.5\)"),
        ([(6, 0.4), (6, 0.4)], "piecewise-exponential", "survival must fall"),
        ([(6, 0.5), (9, 0.4), (12, 0.3)], "weibull", "the weibull model needs two points, not 3"),
        ([(6, 0.4), (9, 0.5)], "weibull", "it is 0.4 at 6.0 and 0.5 at 9.0"),
        ([(6, 0.4), (9, 0.4)], "weibull", "it is 0.4 at 6.0 and 0.4 at 9.0"),
        ([(6, 0.4), (6, 0.3)], "piecewise-exponential", "survival must fall"),
    ],
)
def test_what_no_curve_passes_through_is_refused(points, model, message):
    """Each impossible request is refused with the offending value."""
    with pytest.raises(ValueError, match=message):
        curve_through(points, model=model)


def test_impossible_arguments_of_a_curve_are_refused():
    """A negative time and a probability of one are no places on a curve."""
    curve = Weibull(median=5)
    with pytest.raises(ValueError, match="time"):
        curve.survival(-1)
    with pytest.raises(ValueError, match="probability"):
        curve.quantile(1)


@pytest.mark.parametrize(
    "points",
    [
        [(1, 0.6), (1e50, 0.6 - 1e-15)],
        [(1, 1e-300), (2, nextafter(1e-300, 0))],
        [(1e-300, 0.5), (1e300, 0.4)],
        [(1, 0.4), (1e30, 0.4 - 1e-12)],
    ],
    ids=["endless-median", "no-fall", "endless-stretch", "median-of-0"],
)
def test_a_weibull_curve_beyond_all_numbers_is_refused(points):
    """Points so close or so far that shape or median is no number are named."""
    with pytest.raises(ValueError, match="no Weibull curve that a computer can hold runs through"):
        curve_through(points, model="weibull")


def test_a_steep_weibull_curve_ends_at_zero():
    """Long after a steep fall nobody is left, and a flat curve takes for ever."""
    steep = curve_through([(1, 0.9), (1.0000001, 0.1)], model="weibull")
    assert 0 == steep.survival(1e9)
    assert 1 == steep.survival(0)
    assert inf == Weibull(median=1, shape=1e-3).quantile(0.9)


@pytest.mark.parametrize("model", ["weibull", "piecewise-exponential"])
def test_survival_may_be_level_only_between_landmarks(model):
    """A flat stretch is a hazard of 0, which the piecewise model allows and Weibull's does not."""
    points = [(6, 0.5), (9, 0.5)]
    if model == "weibull":
        with pytest.raises(ValueError, match="survival must fall"):
            curve_through(points, model=model)
    else:
        assert 0.5 == curve_through(points, model=model).survival(7)


def test_a_curve_is_known_up_to_and_at_its_last_knot():
    """The last landmark belongs to the curve, anything later does not; its quantile likewise."""
    curve = curve_through([(6, 0.7)], model="piecewise-exponential")
    assert 0.7 == pytest.approx(curve.survival(6))
    assert isnan(curve.survival(6.0001))
    assert 6 == pytest.approx(curve.quantile(0.3 - 1e-12))
    assert isnan(curve.quantile(0.3001))


@pytest.mark.parametrize("value", [0, 1, -0.1, 1.1, float("nan")])
def test_a_quantile_lies_strictly_inside(value):
    """Probabilities of 0 and 1 are no quantiles."""
    with pytest.raises(ValueError, match="a probability here lies strictly between 0 and 1"):
        Weibull(median=5).quantile(value)


@pytest.mark.parametrize("value", [-1e-9, inf, float("nan")])
def test_a_time_is_finite_and_not_negative(value):
    """Time 0 is one, when all are event-free."""
    with pytest.raises(ValueError, match="a time is a finite number not below 0"):
        Weibull(median=5).survival(value)
    assert 1 == Weibull(median=5).survival(0)


@pytest.mark.parametrize(
    ("rate", "error", "message"),
    [
        (0, 0.1, "strictly between 0 and 1"),
        (1, 0.1, "strictly between 0 and 1"),
        (0.5, -1e-9, "a standard error is a finite number not below 0, not -1e-09"),
        (0.5, inf, "not inf"),
        (0.5, float("nan"), "not nan"),
    ],
)
def test_a_landmark_without_an_interval_is_refused(rate, error, message):
    """Rates of 0 and 1 and impossible standard errors have no log-log interval."""
    with pytest.raises(ValueError, match=message):
        landmark_interval(rate, error)


def test_a_landmark_without_error_is_its_own_interval():
    """A standard error of 0 gives the rate twice, an enormous one 0 and 1."""
    assert (0.3, 0.3) == pytest.approx(landmark_interval(0.3, 0))
    assert (0, 1) == pytest.approx(landmark_interval(0.3, 1e300))
