"""What printed numbers admit, and the counts, denominators and methods behind them."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from kb.printed.number import ROUNDINGS, admitted, half_up, prints_as
from kb.stats.proportions.counts import (
    CountMatch,
    counts_from_interval,
    matching_interval_methods,
    reconstruct_counts,
    reconstruct_denominators,
)
from kb.stats.proportions.intervals import METHODS, proportion_interval

DECIMAL = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "truncated": ROUND_DOWN}
PLACES = st.integers(0, 3)


def print_exactly(value, places, rounding):
    """Print a decimal fraction by the decimal module, the oracle of rounding."""
    unit = Decimal(1).scaleb(-places)
    return f"{value.quantize(unit, rounding=DECIMAL[rounding]):f}"


@st.composite
def shares(draw):
    """Draw a count and its n."""
    n = draw(st.integers(1, 300))
    return draw(st.integers(0, n)), n


@given(st.decimals(-1000, 1000, places=5), PLACES, st.sampled_from(sorted(DECIMAL)))
def test_a_true_value_lies_among_what_its_print_admits(value, places, rounding):
    """However a value was rounded, the printed text admits it, also under any rounding."""
    printed = print_exactly(value, places, rounding)
    assert Fraction(value) in admitted(printed, rounding=rounding)
    assert prints_as(Fraction(value), printed, rounding="any")


@given(
    st.decimals(0, 1000, places=5),
    st.decimals(0, 1000, places=1),
    st.sampled_from(sorted(DECIMAL)),
)
def test_what_is_admitted_prints_so(value, near, rounding):
    """A print admits a value only if the value prints so."""
    printed = print_exactly(near, 0, rounding)
    assert prints_as(Fraction(value), printed, rounding=rounding) == (
        print_exactly(value, 0, rounding) == printed
    )


@given(st.decimals(-1000, 1000, places=6), PLACES)
def test_half_up_prints_as_the_decimal_module(value, places):
    """Half up is away from zero and never prints a minus before nothing."""
    expected = print_exactly(value, places, "half-up")
    if not Decimal(expected):
        expected = expected.removeprefix("-")
    assert expected == half_up(Fraction(value), places)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (100 * 0.975, 0, "98"),  # 97.5, a tie that the binary number misses
        (0.425 * 100, 0, "43"),
        (1.005, 2, "1.01"),
        (-0.04, 1, "0.0"),
        (-0.05, 1, "-0.1"),
        (0, 3, "0.000"),
        (12345.678, 1, "12345.7"),
        (Fraction(1, 8), 2, "0.13"),
    ],
)
def test_half_up_reads_ties_as_they_are_meant(value, decimals, expected):
    """A computed number is read at 12 digits, so that ties are ties."""
    assert expected == half_up(value, decimals)


def test_half_up_refuses_what_is_not_finite():
    """An infinite bound has no decimals."""
    with pytest.raises(ValueError, match="inf"):
        half_up(float("inf"), 1)


@pytest.mark.parametrize(
    ("printed", "rounding", "inside", "outside"),
    [
        ("24.7", "half-up", [24.65, 24.7, 24.7499], [24.6499, 24.75]),
        ("24.6", "half-even", [24.55, 24.65], [24.5499, 24.6501]),
        ("24.7", "half-even", [24.6501, 24.7499], [24.65, 24.75]),
        ("24.7", "truncated", [24.7, 24.7999], [24.6999, 24.8]),
        ("24.7", "any", [24.65, 24.7999], [24.6499, 24.8]),
        ("-0.3", "half-up", [-0.35 + 1e-9, -0.25], [-0.35, -0.2499]),
        ("-0.3", "truncated", [-0.3, -0.3999], [-0.2999, -0.4]),
        ("0.0", "half-up", [0, 0.0499, -0.0499], [0.05, -0.05]),
        ("0", "half-even", [0.5, -0.5], [0.51, -0.51]),
        (".19", "half-up", [0.185, 0.1949], [0.195]),
        ("<.001", "half-up", [0.0009, 0], [0.001]),
        ("≤0.05", "half-up", [0.05], [0.0501]),
        (">99", "half-up", [99.1], [99]),
        (">=99", "half-up", [99], [98.9]),
    ],
)
def test_admitted_bounds(printed, rounding, inside, outside):
    """The edges belong to a print or not as its rounding says."""
    true = admitted(printed, rounding=rounding)
    assert all(value in true for value in inside)
    assert not any(value in true for value in outside)


@pytest.mark.parametrize("printed", ["", "NS", "24,7", "1e3", "24.7%", "--1", ".", 24.7, None])
def test_what_is_no_printed_number_is_refused(printed):
    """Words, and numbers without the text that shows their decimals, are named in the error."""
    with pytest.raises(ValueError, match="no printed number"):
        admitted(printed)


def test_an_unknown_rounding_is_refused():
    """A rounding that does not exist is named beside those that do."""
    with pytest.raises(ValueError, match=r"'up' is not .* half-up, half-even, truncated, any"):
        reconstruct_counts("24.7", 97, rounding="up")


@given(shares(), PLACES, st.sampled_from(ROUNDINGS))
def test_the_true_count_is_among_the_reconstructed(share, places, rounding):
    """Whatever count was printed, its percent admits it, with its denominator."""
    events, n = share
    by = "half-even" if rounding == "any" else rounding
    percent = Decimal(100 * events) / Decimal(n)
    printed = print_exactly(percent, places, by)
    assert events in reconstruct_counts(printed, n, rounding=rounding)
    denominators = dict(reconstruct_denominators([printed], largest=n, rounding=rounding))
    assert events in denominators[n][0]


@given(shares(), PLACES)
def test_reconstructed_counts_are_all_that_print_so(share, places):
    """The list equals the search through every count."""
    events, n = share
    printed = half_up(Fraction(100 * events, n), places)
    expected = [x for x in range(n + 1) if half_up(Fraction(100 * x, n), places) == printed]
    assert expected == reconstruct_counts(printed, n)


@pytest.mark.parametrize(
    ("percent", "n", "rounding", "expected"),
    [
        ("24.7", 97, "half-up", [24]),
        ("24.7", 109, "half-up", []),
        ("24.7", 109, "truncated", [27]),
        ("25", 200, "half-up", [49, 50]),
        ("0.0", 97, "half-up", [0]),
        ("100", 97, "half-up", [97]),
        ("124.7", 97, "half-up", []),
        ("<2", 97, "half-up", [0, 1]),
        ("12.5", 8, "half-up", [1]),
        ("12", 8, "half-even", [1]),
        ("13", 8, "half-even", []),
    ],
)
def test_reconstructed_counts(percent, n, rounding, expected):
    """Unique, ambiguous and impossible percents give one count, several and none."""
    assert expected == reconstruct_counts(percent, n, rounding=rounding)


def test_saint_fits_one_denominator():
    """24.7 % and 82.5 % of one arm fit n = 97 alone below 150, and truncated n = 109 alone."""
    percents = ["24.7", "82.5"]
    rounded = reconstruct_denominators(percents, largest=149)
    truncated = reconstruct_denominators(percents, largest=149, rounding="truncated")
    assert [(97, [[24], [80]])] == rounded
    assert [(109, [[27], [90]])] == truncated


def test_denominators_need_percents():
    """No percent, or one text in place of a list, is refused."""
    nothing: list[str] = []
    for wrong in (nothing, "24.7"):
        with pytest.raises(ValueError, match="list of printed percents"):
            reconstruct_denominators(wrong)


@given(shares(), st.sampled_from(list(METHODS)), st.sampled_from([80, 90, 95, 99]), PLACES)
def test_the_method_that_printed_an_interval_is_found(share, method, level, places):
    """An interval printed by a method is recognised as that method's, in the order of all."""
    events, n = share
    if method == "wald" and events in (0, n):
        return
    low, high = proportion_interval(events, n, method=method, level=level)
    printed = half_up(100 * low, places), half_up(100 * high, places)
    found = matching_interval_methods(events, n, *printed, level=level)
    assert method in found
    assert [name for name in METHODS if name in found] == found


@pytest.mark.parametrize(
    ("events", "n", "low", "high", "expected"),
    [
        (8, 32, "12.1", "43.8", ["wilson-cc"]),
        (6, 11, "24.6", "81.9", ["wilson-cc"]),
        (8, 32, "11.5", "43.4", ["clopper-pearson"]),
        (8, 32, "11.5", "43.5", []),
        (0, 29, "0", "0", []),
    ],
)
def test_matching_methods(events, n, low, high, expected):
    """The methods that give a printed interval are told apart by its decimals."""
    assert expected == matching_interval_methods(events, n, low, high)


def test_a_count_is_read_from_its_interval():
    """Two counts that print alike are told apart by the interval, and n is found without it."""
    assert [49, 50] == reconstruct_counts("25", 200)
    low, high = (half_up(100 * bound, 1) for bound in proportion_interval(49, 200))
    assert [CountMatch(49, 200, ["clopper-pearson"])] == counts_from_interval("25", low, high, 200)
    assert [CountMatch(8, 32, ["wilson-cc"])] == counts_from_interval("25.0", "12.1", "43.8")
    assert [] == counts_from_interval("25.0", "1.0", "43.8", 32)


@pytest.mark.parametrize(("events", "low", "high"), [(1, "0.0", "14.6"), (19, "85.4", "100.0")])
def test_wald_is_recognised_next_to_none_and_all(events, low, high):
    """The interval of 1 and of 19 in 20 is p ± 1.96 √(p(1 − p)/n), cut at the ends: 0.05 ± 0.0955."""
    assert "wald" in matching_interval_methods(events, 20, low, high)


@pytest.mark.parametrize(("largest", "found"), [(3, []), (4, [(4, [[1]])]), (7, [(4, [[1]])])])
def test_denominators_end_at_the_largest(largest, found):
    """25.0 % is no share of 1, 2 or 3; the largest n is still tried."""
    assert found == reconstruct_denominators(["25.0"], largest=largest)


@pytest.mark.parametrize("percent", ["0", "100", "0.0", "100.0", "99.99", "0.01"])
def test_none_and_all_are_counts_like_others(percent):
    """At both ends the counts are those whose rounded percent is printed so, and never above n."""
    places = len(percent.partition(".")[2])
    for n in (1, 7, 300):
        expected = [x for x in range(n + 1) if half_up(Fraction(100 * x, n), places) == percent]
        assert expected == reconstruct_counts(percent, n)


def test_counts_from_an_interval_end_at_the_largest():
    """Denominators up to the largest are tried, that one included, and a given n alone."""
    found = counts_from_interval("25", "1", "81", largest=4)
    assert [(1, 4)] == [(match.events, match.n) for match in found]
    assert [] == counts_from_interval("25", "1", "81", largest=3)
    assert found == counts_from_interval("25", "1", "81", n=4)
