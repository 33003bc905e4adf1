"""The root finder against roots known in closed form."""

from math import cos, exp, log

import pytest
from hypothesis import given, strategies as st

from kb.stats.numeric.roots import root


@given(st.floats(0.01, 0.99), st.floats(0.1, 5))
def test_a_cubic_gives_its_real_root(at, steepness):
    """(x − a)³ + s (x − a), zero at a and nowhere else, is solved to machine precision."""
    found = root(lambda x: (x - at) ** 3 + steepness * (x - at), 0.0, 1.0)
    assert at == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize(
    ("function", "low", "high", "expected"),
    [
        (lambda x: cos(x) - x, 0.0, 1.0, 0.7390851332151607),  # the Dottie number, OEIS A003957
        (lambda x: 1 - 1e-6 / (x + 1e-12), 0.0, 1e6, 1e-6 - 1e-12),
        (lambda x: exp(-x) - 1e-30, 0.0, 100.0, 69.07755278982137),  # 30 ln 10
        (lambda x: x, -1.0, 1.0, 0.0),
        (lambda x: x - 1, 0.0, 1.0, 1.0),
        (lambda x: (x > 0.3) - 0.5, 0.0, 1.0, 0.3),
    ],
    ids=["cosine", "far-bracket", "flat-tail", "middle", "at-the-end", "jump"],
)
def test_a_hard_bracket_still_shrinks(function, low, high, expected):
    """Flat stretches, jumps and brackets twelve decades wide end at the root."""
    assert expected == pytest.approx(root(function, low, high), rel=1e-12, abs=1e-13)


def counted(function):
    """Return the function and the list of where it was asked."""
    asked = []

    def counting(x):
        asked.append(x)
        return function(x)

    return counting, asked


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (lambda x: cos(x) - x, 0, 1),
        (lambda x: exp(x) - 5, 0, 3),
        (lambda x: x**3 - x - 1, 1, 2),
        (lambda x: log(x) - 1, 1, 5),
        (lambda x: 2 - x * x, 0, 2),
    ],
    ids=["cosine", "exponential", "cubic", "logarithm", "falling-square"],
)
def test_a_smooth_function_is_asked_ten_times_at_most(function, low, high):
    """Interpolation gains digits far faster than the fifty bisections that they would take."""
    counting, asked = counted(function)
    found = root(counting, low, high)
    assert len(asked) <= 10
    assert 0 == pytest.approx(function(found), abs=1e-13)


@pytest.mark.parametrize(("low", "high"), [(-1.3, 1), (-1, 1.7)])
def test_a_root_at_zero_is_found_to_a_share_of_the_bracket(low, high):
    """Where a relative tolerance would never be met, 1e-25 of the bracket is enough."""
    counting, asked = counted(lambda x: x**3)
    assert abs(root(counting, low, high)) <= 2e-25 * (high - low)
    assert len(asked) < 150


def test_a_wide_tolerance_stops_early():
    """The tolerance is relative to the root: with one percent the answer is that near, and sooner."""
    fine, asked_fine = counted(lambda x: x**3 - 1e9)
    coarse, asked_coarse = counted(lambda x: x**3 - 1e9)
    root(fine, 0, 3000)
    assert 1000 == pytest.approx(root(coarse, 0, 3000, tolerance=0.01), rel=0.02)
    assert len(asked_coarse) < len(asked_fine)
