"""The root finder against roots known in closed form."""

from math import cos, exp

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
