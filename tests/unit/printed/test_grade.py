"""Printed grades as bands."""

import pytest

from kb.printed.grade import EVERY, Band, band


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("3", 3, 3), ("5", 5, 5), ("3-4", 3, 4), ("3–4", 3, 4), ("3/4", 3, 4), ("4-3", 3, 4),
        ("3 or 4", 3, 4), ("1 to 2", 1, 2), (">=3", 3, 5), ("≥ 3", 3, 5), ("3+", 3, 5),
        ("<=2", 1, 2), ("≤2", 1, 2), (">2", 3, 5), ("<3", 1, 2), ("any", 1, 5), ("All", 1, 5),
        ("grade 3-5", 3, 5), ("Grade 4", 4, 4),
    ],
)  # fmt: skip
def test_bands(printed, low, high):
    """A band is found whatever the spelling of its grades."""
    assert Band(low, high) == band(printed)


@pytest.mark.parametrize("printed", ["0", "6", "severe", "", ">5", "<1", "3-6", "3-"])
def test_no_bands(printed):
    """What names no grade between 1 and 5 is no band."""
    assert band(printed) is None


@pytest.mark.parametrize(
    ("low", "high", "severe"),
    [
        (3, 3, True),
        (3, 4, True),
        (3, 5, True),
        (4, 5, True),
        (2, 5, False),
        (5, 5, False),
        (1, 5, False),
    ],
)
def test_severe(low, high, severe):
    """Severe is grade 3 or 4 and what lies above; grade 5 alone is a death, grade 2 is not severe."""
    assert severe is Band(low, high).severe


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        ((3, 4), (3, 5), True), ((3, 5), (3, 4), False), ((2, 4), (3, 5), False),
        ((3, 3), (3, 3), True), ((1, 5), EVERY, True),
    ],
)  # fmt: skip
def test_within(inner, outer, within):
    """A band lies in another if both of its ends do."""
    assert within is Band(*inner).within(Band(*outer))
