"""A printed number: what looks like one, and which true values lie just inside and just outside."""

from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given, strategies as st

from kb.printed.number import (
    ROUNDINGS,
    Span,
    admitted,
    as_printed,
    decimals,
    exact,
    half_up,
    is_number,
    prints_as,
    says,
    signed,
    significant,
    span,
)

LONGEST = "9" * 12


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", True), ("24.70", True), (".05", True), ("-1.5", True), ("-.5", True),
        (LONGEST, True), (f"{LONGEST}9", False),
        (f"0.{LONGEST}", True), (f"0.{LONGEST}9", False),
        (f".{LONGEST}", True), (f".{LONGEST}9", False),
        ("", False), ("-", False), (".", False), ("1.", False), ("+1", False), ("--1", False),
        ("1e3", False), ("1,000", False), (" 1", False), ("1 ", False), ("<1", False),
        ("1.2.3", False), ("nan", False), ("inf", False), ("٣", False), ("−1", False),
    ],
)  # fmt: skip
def test_what_is_a_number(text, number):
    """Digits with a decimal point and a minus at most, twelve on either side; nothing around it."""
    assert number is is_number(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<.001", ("<", ".001")), ("<= 1", ("<=", "1")), (">=1", (">=", "1")), (" > 5 ", (">", "5")),
        ("≤3", ("≤", "3")), ("≥3", ("≥", "3")), ("= .03", ("=", ".03")), ("24.7", ("", "24.7")),
        ("", ("", "")), ("1<2", ("", "1<2")),
    ],
)  # fmt: skip
def test_sign_of_inequality(text, parts):
    """The longest sign at the front is taken off, with the spaces around it."""
    assert parts == signed(text)


@pytest.mark.parametrize(
    ("text", "places"), [("24", 0), ("24.", 0), ("24.7", 1), (".050", 3), ("-1.25", 2)]
)
def test_decimals(text, places):
    """The places behind the point, noughts at the end included."""
    assert places == decimals(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [(25.0, "25"), (100 / 3, "33.33333333"), (1e-7, "1e-07"), (1234567890.4, "1234567890")],
)
def test_significant(number, text):
    """Ten significant digits without noughts at the end."""
    assert text == significant(number)


def test_exact():
    """A computed number is read at twelve digits, and one that is not finite is refused."""
    assert Fraction(85, 2) == exact(0.425 * 100)
    assert Fraction(1, 3) == exact(Fraction(1, 3))
    assert Fraction(7) == exact(7)
    for wrong in (inf, -inf, nan):
        with pytest.raises(ValueError, match="cannot be rounded: it is not finite"):
            exact(wrong)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (2.5, 0, "3"), (2.4999, 0, "2"), (-2.5, 0, "-3"), (-2.4999, 0, "-2"), (0.425 * 100, 0, "43"),
        (-0.04, 1, "0.0"), (-0.05, 1, "-0.1"), (0, 2, "0.00"), (1.139, 2, "1.14"), (1.007, 2, "1.01"),
        (99.95, 1, "100.0"), (1e15, 0, "1000000000000000"), (Fraction(1, 8), 2, "0.13"),
    ],
)  # fmt: skip
def test_half_up(value, places, text):
    """A tie goes away from zero, and nothing is printed as a negative nought."""
    assert text == half_up(value, places)


INSIDE_AND_OUTSIDE = [
    ("24.7", "half-up", ["24.65", "24.7499"], ["24.6499", "24.75"]),
    ("24.7", "half-even", ["24.6501", "24.7499"], ["24.65", "24.75"]),
    ("24.8", "half-even", ["24.75", "24.85"], ["24.7499", "24.8501"]),
    ("24.7", "truncated", ["24.7", "24.7999"], ["24.6999", "24.8"]),
    ("24.7", "any", ["24.65", "24.7999"], ["24.6499", "24.8"]),
    ("25", "half-up", ["24.5", "25.4999"], ["24.4999", "25.5"]),
    ("-1.5", "half-up", ["-1.5499", "-1.45"], ["-1.55", "-1.4499"]),
    ("-1.5", "truncated", ["-1.5999", "-1.5"], ["-1.6", "-1.4999"]),
    ("0.0", "half-up", ["-0.0499", "0.0499"], ["-0.05", "0.05"]),
    ("0.0", "half-even", ["-0.05", "0.05"], ["-0.0501", "0.0501"]),
    ("0.0", "truncated", ["-0.0999", "0.0999"], ["-0.1", "0.1"]),
    ("0.0", "any", ["-0.0999", "0.0999"], ["-0.1", "0.1"]),
    ("<1", "half-up", ["0.9999", "-5"], ["1", "1.0001"]),
    ("<= 1", "half-up", ["1", "0"], ["1.0001"]),
    ("≤1", "half-up", ["1", "0"], ["1.0001"]),
    (">99", "half-up", ["99.0001", "500"], ["99", "98.9"]),
    (">=99", "half-up", ["99", "500"], ["98.9999"]),
    ("≥99", "half-up", ["99", "500"], ["98.9999"]),
]


@pytest.mark.parametrize(
    ("text", "rounding", "inside", "outside"),
    INSIDE_AND_OUTSIDE,
    ids=[f"{text} {rounding}" for text, rounding, _, _ in INSIDE_AND_OUTSIDE],
)
def test_admitted(text, rounding, inside, outside):
    """Each rounding admits its own half-open range; a limit admits what lies beyond it."""
    for value in inside:
        assert prints_as(Fraction(value), text, rounding=rounding), value
        assert float(value) in admitted(text, rounding=rounding), value
    for value in outside:
        assert not prints_as(Fraction(value), text, rounding=rounding), value


def test_roundings_have_a_case():
    """Every rounding there is stands in the table above."""
    assert set(ROUNDINGS) == {rounding for _, rounding, _, _ in INSIDE_AND_OUTSIDE}


@pytest.mark.parametrize("text", ["=1", "about 5", "", "1.", 24.7, None])
def test_what_admits_nothing(text):
    """What is no printed number is refused by name, a float among it: it has lost its decimals."""
    with pytest.raises(ValueError, match=r"is no printed number; give its text, such as '24\.7'"):
        admitted(text)


def test_unknown_rounding():
    """A rounding that is none is refused with the list of those there are."""
    with pytest.raises(ValueError, match="'up' is not a rounding; there are half-up, half-even"):
        admitted("1", rounding="up")


@given(st.decimals(min_value=-999, max_value=999, places=3), st.integers(0, 2))
def test_a_number_rounds_to_what_admits_it(value, places):
    """Whatever is rounded half up is admitted by its own print, and says the same again."""
    true = Fraction(value)
    text = half_up(true, places)
    assert prints_as(true, text)
    assert prints_as(true, text, rounding="any")
    assert Decimal(text) == Decimal(half_up(Fraction(text), places))


def test_span():
    """The closed range of any rounding, as floats."""
    assert (24.65, 24.8) == span("24.7")
    assert (-1.6, -1.45) == span("-1.5")
    assert (-inf, 1.0) == span("<1")


@pytest.mark.parametrize(
    ("one", "other", "meets", "gap"),
    [
        (Span(1, 2), Span(2, 3), True, 0),
        (Span(1, 2), Span(2 + 5e-10, 3), True, pytest.approx(5e-10, abs=1e-15)),
        (Span(1, 2), Span(2.001, 3), False, pytest.approx(0.001)),
        (Span(1, 4), Span(2, 3), True, 0),
        (Span(5, 6), Span(2, 3), False, 2),
    ],
)
def test_two_spans(one, other, meets, gap):
    """Ranges meet where they touch, whichever comes first; else they lie some way apart."""
    assert (meets, gap) == (one.meets(other), one.gap(other))
    assert (meets, gap) == (other.meets(one), other.gap(one))


def test_a_span_in_another_unit():
    """A range of years is one of twelve times as many months."""
    assert Span(12, 24) == Span(1, 2).times(12)


@pytest.mark.parametrize(
    ("value", "said"), [(24.65, True), (24.8, True), (24.64, False), (24.81, False)]
)
def test_says(value, said):
    """A true value may be printed so by some rounding, the edges included."""
    assert said is says("24.7", value)


@pytest.mark.parametrize(
    ("value", "like", "text"), [(24.65, "1.0", "24.7"), (24.65, "3", "25"), (0.125, ".05", "0.13")]
)
def test_as_printed(value, like, text):
    """A computed value takes the decimals of the printed one."""
    assert text == as_printed(value, like)
