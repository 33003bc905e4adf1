"""p-values of 2×2 tables against pinned values and brute force, and tables read from them."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from kb.printed.number import half_up
from kb.stats.proportions.two_by_two import (
    TableMatch,
    boschloo,
    chi_square,
    fisher,
    matching_tests,
    reconstruct_two_by_two,
    two_by_two,
    yates,
)

REFERENCE = json.loads(
    (Path(__file__).parents[3] / "reference" / "two_arms.json").read_text(encoding="utf-8")
)
CASES = [
    (case, tuple(case[name] for name in ("x1", "n1", "x2", "n2"))) for case in REFERENCE["cases"]
]
TOLERANCE = REFERENCE["tolerance"]["p fisher/chisq"]


@st.composite
def tables(draw, largest=80):
    """Draw events and patients of two groups."""
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


@pytest.mark.parametrize(
    ("case", "table"), CASES, ids=lambda part: part["id"] if isinstance(part, dict) else ""
)
@pytest.mark.parametrize(
    ("test", "key"),
    [(chi_square, "chisq_p"), (yates, "yates_p"), (fisher, "fisher_two_sided_minlike")],
)
def test_p_is_the_pinned_one(test, key, case, table):
    """Chi-square, Yates and Fisher give R's p-values, nan where it has none."""
    expected = float(case["p"][key])
    assert expected == pytest.approx(test(*table), abs=TOLERANCE, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("case", "table"),
    [pair for pair in CASES if "exact_boschloo_two_sided" in pair[0]["p"]],
    ids=lambda part: part["id"] if isinstance(part, dict) else "",
)
def test_boschloo_is_the_pinned_one(case, table):
    """Boschloo's p is that of R's Exact, which in t028 stops 4e-9 below the maximum."""
    expected = case["p"]["exact_boschloo_two_sided"]
    assert expected == pytest.approx(boschloo(*table), abs=1e-8 if case["id"] == "t028" else 1e-11)


def fisher_exactly(x1, n1, x2, n2):
    """Compute Fisher's two-sided p in whole numbers."""
    total = x1 + x2
    ways = {
        x: math.comb(n1, x) * math.comb(n2, total - x)
        for x in range(max(0, total - n2), min(n1, total) + 1)
    }
    return Fraction(sum(way for way in ways.values() if way <= ways[x1]), sum(ways.values()))


@given(tables())
def test_fisher_is_the_sum_over_tables_no_more_probable(table):
    """Fisher's p equals the sum in whole numbers, where ties are exact."""
    assert float(fisher_exactly(*table)) == pytest.approx(fisher(*table), rel=1e-12)


@settings(max_examples=15)
@given(tables(9))
def test_boschloo_is_the_maximum_over_the_common_proportion(table):
    """No proportion gives tables as extreme a larger probability, and one nearly attains it."""
    _, n1, _, n2 = table
    limit = fisher_exactly(*table)
    extreme = [
        (a + b, math.comb(n1, a) * math.comb(n2, b))
        for a in range(n1 + 1)
        for b in range(n2 + 1)
        if fisher_exactly(a, n1, b, n2) <= limit
    ]
    grid = [k / 500 for k in range(501)]
    sizes = [sum(w * p**k * (1 - p) ** (n1 + n2 - k) for k, w in extreme) for p in grid]
    found = boschloo(*table)
    assert max(sizes) <= found + 1e-12
    assert max(sizes) == pytest.approx(found, abs=1e-3)
    assert found <= limit + 1e-9


@given(tables(25))
def test_p_stays_when_groups_or_outcomes_are_exchanged(table):
    """p-values lie in 0 to 1 and know neither the order of groups nor what is called an event."""
    x1, n1, x2, n2 = table
    swapped, others = (x2, n2, x1, n1), (n1 - x1, n1, n2 - x2, n2)
    for test in (chi_square, yates, fisher, boschloo):
        expected = test(*table)
        assert expected == pytest.approx(test(*swapped), rel=1e-7, nan_ok=True)
        assert expected == pytest.approx(test(*others), rel=1e-7, nan_ok=True)
        assert math.isnan(expected) or 0 < expected <= 1 + 1e-12
    assert not chi_square(*table) > yates(*table)


def test_all_tests_of_a_table():
    """One call gives what the four tests give."""
    found = two_by_two(7, 20, 3, 25)
    expected = [test(7, 20, 3, 25) for test in (chi_square, yates, fisher, boschloo)]
    assert expected == [found.chi_square, found.yates, found.fisher, found.boschloo]


def test_a_table_without_events_has_no_chi_square():
    """Where nobody has the event chi-square does not exist and the exact p-values are 1."""
    found = two_by_two(0, 10, 0, 12)
    assert math.isnan(found.chi_square)
    assert math.isnan(found.yates)
    assert (1, 1) == (found.fisher, found.boschloo)


@pytest.mark.parametrize(
    "table", [(21, 20, 3, 25), (7, 20, -3, 25), (7, 0, 3, 25), (7, 20, 1.5, 3)]
)
def test_impossible_tables_are_refused(table):
    """Counts that cannot be are refused by every test."""
    for test in (chi_square, yates, fisher, boschloo, two_by_two):
        with pytest.raises(ValueError, match=r"not (21|-3|0|1\.5)"):
            test(*table)


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        ("0.065", ["chi_square"]),  # p-values of case t001
        (".138", ["yates"]),
        ("0.083", ["fisher"]),
        ("0.072", ["boschloo"]),
        ("0.07", ["chi_square", "boschloo"]),
        ("<.001", []),
        ("<0.1", ["chi_square", "fisher", "boschloo"]),
    ],
)
def test_matching_tests(p, expected):
    """The tests that give a printed p are told apart by its decimals."""
    assert expected == matching_tests(7, 20, 3, 25, p)


@settings(max_examples=25)
@given(tables(40), st.sampled_from(["chi_square", "yates", "fisher"]))
def test_the_true_table_is_among_the_reconstructed(table, test):
    """The counts behind two percents and a p are found, with the test that was used."""
    x1, n1, x2, n2 = table
    p = getattr(two_by_two(*table), test)
    if not math.isnan(p):
        percents = half_up(Fraction(100 * x1, n1), 0), half_up(Fraction(100 * x2, n2), 0)
        matches = reconstruct_two_by_two(percents[0], n1, percents[1], n2, half_up(p, 3))
        tests = {(match.x1, match.x2): match.tests for match in matches}
        assert test in tests[x1, x2]


def test_a_p_value_tells_counts_apart():
    """Of the four tables that print 25 % and 31 % of 200 the p of one is met by it alone."""
    p = half_up(chi_square(49, 200, 62, 200), 4)
    assert [TableMatch(49, 62, ["chi_square"])] == reconstruct_two_by_two("25", 200, "31", 200, p)
    assert [] == reconstruct_two_by_two("25", 200, "31", 200, "0.9")
