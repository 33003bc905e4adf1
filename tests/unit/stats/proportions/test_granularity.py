"""Means, deviations and medians of whole numbers, against published examples and all data sets."""

from fractions import Fraction
from itertools import combinations_with_replacement
from math import isqrt

import pytest

from kb.printed.number import half_up
from kb.stats.proportions.granularity import (
    debit,
    grim,
    grimmer,
    largest_deviation,
    whole_median,
)

PIGS = [("7.22", 32, True), ("4.74", 25, False), ("5.23", 29, False), ("2.57", 24, False),
        ("6.77", 27, False), ("2.68", 28, True), ("7.01", 29, False), ("7.38", 26, True),
        ("3.14", 27, False), ("6.89", 31, False), ("5.00", 25, True), ("0.24", 28, False)]  # fmt: skip
DEVIATIONS = [
    ("7.22", "5.30", 38, False), ("4.74", "6.55", 31, True), ("5.23", "2.55", 35, False),
    ("2.57", "2.57", 30, True), ("6.77", "2.18", 33, False), ("2.68", "2.59", 34, True),
    ("7.01", "6.68", 35, False), ("7.38", "3.65", 32, True), ("3.14", "5.32", 33, False),
    ("6.89", "4.18", 37, True), ("5.00", "2.18", 31, True), ("0.24", "6.43", 34, True),
    ("5.21", "1.6", 28, True), ("3.44", "2.47", 18, False),
]  # fmt: skip
BINARY = [("0.53", "0.50", True), ("0.44", "0.50", True), ("0.77", "0.42", True),
          ("0.19", "0.35", False), ("0.34", "0.47", True), ("0.93", "0.25", True),
          ("0.12", "0.33", True)]  # fmt: skip


@pytest.mark.parametrize(("mean", "n", "expected"), PIGS)
def test_means_of_the_scrutiny_package(mean, n, expected):
    """Its twelve example means (`pigs1`); 7.38 of 26 is 192/26 = 7.3846."""
    assert expected == grim(mean, n)


@pytest.mark.parametrize(
    ("means", "n", "items", "expected"),
    [
        ([f"5.{k}" for k in range(19, 31)], 28, 1, "FFTFFFTFFFTF"),
        ([f"0.15{k}" for k in range(10)], 120, 3, "TFFTFFTFTF"),
        ([f"0.8{k}" for k in range(10)], 28, 2, "TFTFTFTFTT"),
    ],
)
def test_runs_of_means(means, n, items, expected):
    """Runs of neighbouring means, with and without items, as the scrutiny package finds them.

    But for 0.87 of 56 items: 49/56 is 0.875, which it also rounds down, and half up does not.
    """
    assert expected == "".join("FT"[grim(mean, n, items=items)] for mean in means)


@pytest.mark.parametrize(("mean", "sd", "n", "expected"), DEVIATIONS)
def test_deviations_of_the_scrutiny_package(mean, sd, n, expected):
    """Its example deviations (`pigs5`), and two of rsprite2; 5.23 with 2.55 fails by parity only."""
    assert expected == grimmer(mean, sd, n)


@pytest.mark.parametrize(("mean", "sd", "expected"), BINARY)
def test_binary_deviations_of_the_scrutiny_package(mean, sd, expected):
    """Its seven example shares of 1683 (`pigs3`)."""
    assert expected == debit(mean, sd, 1683)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "expected"),
    [
        ("0.35", "0.18", 20, False),
        ("0.05", "0.21", 20, False),
        ("0.05", "0.22", 20, True),
        ("0.50", "0.503", 100, True),
        ("0.00", "0.00", 50, True),
        ("1.00", "0.00", 50, True),
        ("1.00", "0.50", 50, False),
        ("1.20", "0.40", 50, False),
        ("-0.20", "0.40", 50, False),
    ],
)
def test_binary_deviations_at_the_edges(mean, sd, n, expected):
    """At a half, where the deviation is greatest, at both ends, and outside 0 to 1."""
    assert expected == debit(mean, sd, n)


def _root(square, places):
    """The square root of a fraction with decimals, half up, from whole numbers."""
    scaled = isqrt(int(4 * square * 100**places))  # in halves of the last place
    return half_up(Fraction((scaled + 1) // 2, 10**places), places)


def _printed(values, *, divisor, mean_places, sd_places, items=1):
    n, total = len(values), sum(values)
    squares = sum(one * one for one in values) - Fraction(total * total, n)
    variance = squares / (divisor(n) * items**2)
    return half_up(Fraction(total, n * items), mean_places), _root(variance, sd_places)


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("items", [1, 2])
@pytest.mark.parametrize("places", [(1, 1), (2, 2), (2, 1)])
@pytest.mark.parametrize("divisor", ["n-1", "n"])
def test_every_data_set_of_few_numbers(n, items, places, divisor):
    """A mean and a deviation are possible if and only if some data set prints as both."""
    made = {
        _printed(values, divisor=lambda n: n - 1 if divisor == "n-1" else n,
                 mean_places=places[0], sd_places=places[1], items=items)
        for values in combinations_with_replacement(range(-3, 4 + items), n)
    }  # fmt: skip
    unit = 10 ** places[0]
    means = [half_up(Fraction(k, unit), places[0]) for k in range(0, unit + 1, max(1, unit // 20))]
    deviations = [half_up(Fraction(k, 10 ** places[1]), places[1])
                  for k in range(13 * 10 ** places[1] // (10 * items))]  # fmt: skip
    asked = [(mean, sd) for mean in means for sd in deviations]
    wrong = [
        one for one in asked
        if (one in made) != grimmer(*one, n, items=items, divisor=divisor)
    ]  # fmt: skip
    assert [] == wrong


@pytest.mark.parametrize("n", [2, 7, 9, 20, 37])
@pytest.mark.parametrize("places", [1, 2, 3])
def test_every_split_into_zeros_and_ones(n, places):
    """A binary mean and deviation are possible if and only if some split prints as both."""
    made = {
        _printed([1] * ones + [0] * (n - ones), divisor=lambda n: n - 1,
                 mean_places=places, sd_places=places)
        for ones in range(n + 1)
    }  # fmt: skip
    unit = 10**places
    asked = [
        (half_up(Fraction(k, unit), places), half_up(Fraction(d, unit), places))
        for k in range(0, unit + 1, max(1, unit // 40))
        for d in range(0, int(0.8 * unit), max(1, unit // 40))
    ]
    asked += made
    assert [] == [one for one in asked if (one in made) != debit(*one, n)]


@pytest.mark.parametrize("n", [5, 6, 7])
def test_from_five_numbers_on_every_sum_of_squares_is_made(n):
    """With a total from 0 to n − 1 every sum of squares up to 40 that is not too small is made."""
    made = {(0, 0)}
    for _ in range(n):
        made = {
            (total + one, squares + one * one)
            for total, squares in made
            for one in range(-6, 7)
            if squares + one * one <= 40
        }
    expected = {(total, squares) for total in range(n) for squares in range(total, 41, 2)}
    assert expected == {pair for pair in made if 0 <= pair[0] < n}


@pytest.mark.parametrize(
    ("median", "n", "expected"),
    [
        ("57", 51, True),
        ("57.5", 51, False),
        ("57.5", 52, True),
        ("57.0", 51, True),
        ("57.1", 52, False),
        ("57.1", 51, False),
        ("58", 52, True),
        ("57.50", 52, True),
        ("57.25", 52, False),
    ],
)
def test_medians(median, n, expected):
    """The median of an odd number of whole numbers is whole, of an even number whole or a half."""
    assert expected == whole_median(median, n)


@pytest.mark.parametrize(
    ("mean", "n", "rounding", "expected"),
    [
        ("0.37", 8, "half-up", False),  # 3/8 = 0.375
        ("0.38", 8, "half-up", True),
        ("0.38", 8, "half-even", True),
        ("0.12", 8, "half-even", True),  # 1/8 = 0.125
        ("0.12", 8, "half-up", False),
        ("0.13", 8, "half-even", False),
        ("0.37", 8, "truncated", True),
        ("0.38", 8, "truncated", False),
        ("0.37", 8, "any", True),
        ("-0.38", 8, "half-up", True),
        ("4.5", 10, "half-up", True),
        ("4", 1, "half-up", True),
    ],
)
def test_rounding_of_ties(mean, n, rounding, expected):
    """A mean that lies exactly between two prints is read as the rounding says."""
    assert expected == grim(mean, n, rounding=rounding)


def test_means_with_no_power():
    """From a hundred numbers on, every mean of two decimals is possible; below, not."""
    prints = [f"{k / 100:.2f}" for k in range(300, 400)]
    assert 0 == sum(not grim(one, 100) for one in prints)
    assert 1 == sum(not grim(one, 99) for one in prints)
    assert 75 == sum(not grim(one, 25) for one in prints)


@pytest.mark.parametrize(
    ("mean", "low", "high", "n", "expected"),
    [(50.0, 0, 100, 2, 5000**0.5), (0, 0, 100, 9, 0.0), (25, 0, 100, 4, 50.0)],
)
def test_largest_deviation(mean, low, high, n, expected):
    """All numbers lie at the extremes: 0 and 100; all at 0; three at 0 and one at 100."""
    assert expected == pytest.approx(largest_deviation(mean, low, high, n), rel=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: grim("5.2", 0), "n is a whole number from 1 on, not 0"),
        (lambda: grim("5.2", 2.5), "from 1 on, not 2.5"),  # type: ignore[arg-type]  # a caller without types
        (lambda: grim("5.2", 9, items=0), "items is a whole number from 1 on, not 0"),
        (lambda: grim("high", 9), "'high' is no printed number"),
        (lambda: grim("<5", 9), "'<5' is a bound"),
        (lambda: grim(">5", 9), "'>5' is a bound"),
        (lambda: grimmer("5.2", "1.0", 1), "n is a whole number from 2 on, not 1"),
        (lambda: grimmer("5.2", "<1.0", 9), "'<1.0' is a bound"),
        (lambda: grimmer("5.2", ">1.0", 5), "'>1.0' is a bound"),
        (lambda: grimmer("5.2", "1.0", 9, divisor="n-2"), "divisor is one of n-1, n, not 'n-2'"),
        (lambda: debit("0.5", "0.5", 1), "n is a whole number from 2 on, not 1"),
        (lambda: whole_median("5", 0), "n is a whole number from 1 on, not 0"),
        (lambda: largest_deviation(5, 6, 9, 4), "between the extremes 6 and 9, not 5"),
    ],
)
def test_impossible_input(call, message):
    """What is no mean, no deviation and no number of patients is refused with its value."""
    with pytest.raises(ValueError, match=message):
        call()


def test_a_negative_deviation():
    """No data have a deviation below nought."""
    assert not grimmer("5.0", "-1.0", 5)


@pytest.mark.parametrize(("sd", "expected"), [("0.51", True), ("0.23", False), ("0.40", False)])
def test_the_least_deviation_around_a_half(sd, expected):
    """Whole numbers with the mean ½ lie at least ½ away from it: √(20·¼/19) = 0.513 at the least.

    0.23 has a whole and even sum of squares, 6, and yet no twenty numbers with the sum 10 have it.
    """
    assert expected == grimmer("0.50", sd, 20)


@pytest.mark.parametrize("sd", ["-0.5", "-1.00"])
def test_no_deviation_is_negative(sd):
    """A deviation below nothing is none of any numbers."""
    assert not grimmer("2.00", sd, 20)
    assert not debit("0.50", sd, 20)
