"""Two-stage designs against published characteristics and enumeration in whole numbers."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from kb.stats.proportions.simon import simon_two_stage

# r1, n1, r, n; expected n and stopping at 0.1, alpha, 1 − power at 0.3: R package PhIIdesign
# (IDDI-BE/PhIIdesign on GitHub), inst/tinytest/test-simon2stage.R.
PUBLISHED = [
    (1, 14, 4, 21, 16.9075960163903, 0.58462914051567, 0.0511412111636123, 0.203705615682959),
    (2, 15, 4, 22, 16.2884274837447, 0.815938930893609, 0.0543042568921355, 0.200846440508983),
    (1, 14, 5, 25, 18.5690794543276, 0.58462914051567, 0.0323533353291089, 0.202576987295816),
    (1, 12, 5, 26, 16.773968474954, 0.659002251789, 0.0359671496394093, 0.195219552505977),
    (1, 11, 5, 27, 15.8422899168, 0.6973568802, 0.0395005174857133, 0.193804599302928),
    (1, 11, 5, 28, 16.1449330366, 0.6973568802, 0.0450489137027961, 0.177745666977773),
    (1, 10, 5, 29, 15.0141203471, 0.7360989291, 0.0470863066438917, 0.194937086849675),
]


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda row: "{}/{}-{}/{}".format(*row))
def test_published_designs(published):
    """Designs for 10 % against 30 % have the characteristics that another package prints."""
    r1, n1, r, n, expected_n, stop, alpha, beta = published
    found = simon_two_stage(r1, n1, r, n, 0.1, 0.3)
    expected = (alpha, 1 - beta, expected_n, stop)
    wanted = pytest.approx(expected, rel=1e-10)
    assert wanted == (found.alpha, found.power, found.expected_n, found.stop_early)


@st.composite
def designs(draw):
    """Draw a two-stage design."""
    n1 = draw(st.integers(1, 12))
    n = draw(st.integers(n1 + 1, 25))
    r1 = draw(st.integers(0, n1 - 1))
    return r1, n1, draw(st.integers(r1, n - 1)), n


def promising(design, p):
    """Add up the chance of every course of the trial that ends as promising."""
    r1, n1, r, n = design
    return sum(
        math.comb(n1, x) * math.comb(n - n1, y) * p ** (x + y) * (1 - p) ** (n - x - y)
        for x in range(r1 + 1, n1 + 1)
        for y in range(n - n1 + 1)
        if x + y > r
    )


@given(designs(), st.integers(1, 98), st.data())
def test_design_is_the_sum_over_all_its_courses(design, percent, data):
    """Alpha, power and expected patients equal the enumeration in whole numbers."""
    other = data.draw(st.integers(percent + 1, 99))
    p0, p1 = Fraction(percent, 100), Fraction(other, 100)
    r1, n1, r, n = design
    found = simon_two_stage(r1, n1, r, n, percent / 100, other / 100)
    stop = sum(math.comb(n1, x) * p0**x * (1 - p0) ** (n1 - x) for x in range(r1 + 1))
    expected = (promising(design, p0), promising(design, p1), n1 + (1 - stop) * (n - n1), stop)
    wanted = pytest.approx([float(value) for value in expected], abs=1e-12)
    assert wanted == [found.alpha, found.power, found.expected_n, found.stop_early]


@pytest.mark.parametrize(
    "design",
    [
        (10, 10, 12, 29),
        (-1, 10, 5, 29),
        (1, 29, 5, 29),
        (1, 10, 29, 29),
        (3, 10, 2, 29),
        (1.5, 10, 5, 29),
    ],
)
def test_impossible_designs_are_named(design):
    """Stages that do not follow each other are refused."""
    r1, n1, r, n = design
    with pytest.raises(ValueError, match=f"{r1}/{n1}, {r}/{n} is no two-stage design"):
        simon_two_stage(r1, n1, r, n, 0.1, 0.3)


@pytest.mark.parametrize(("p0", "p1"), [(0, 0.3), (0.3, 0.1), (0.3, 0.3), (0.3, 1), (10, 30)])
def test_proportions_must_rise(p0, p1):
    """Proportions out of order, at a border or given as percents are refused."""
    with pytest.raises(ValueError, match=f"p0 = {p0} and p1 = {p1}"):
        simon_two_stage(1, 10, 5, 29, p0, p1)
