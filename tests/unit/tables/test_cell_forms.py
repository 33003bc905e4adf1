"""The forms of numbers in cells: how long one may be, and which commas are no decimal ones."""

import pytest

from kb.tables.cell_forms import only_interval, printed, squeezed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("123456789012", "123456789012"),
        ("1234567890123", ""),
        ("-123456789012", "-123456789012"),
        ("0.123456789012", "0.123456789012"),
        ("0.1234567890123", "0.123456789012"),
        ("0.30000000000000004", "0.300000000000"),
        ("1.2e-3", "0.0012"),
        ("2E3", "2000"),
        ("1e12", ""),
        ("1e11", "100000000000"),
    ],
)
def test_a_number_as_records_print_one(text, number):
    """Twelve digits before the point and twelve behind it; a computed cell is rounded to that."""
    assert number == printed(text)


@pytest.mark.parametrize(
    ("text", "either"),
    [("18,45", True), ("(18,45)", True), ("18,45.1", False), ("18.5,45", False),
     ("18, 45", False), ("18-45", False)],
)  # fmt: skip
def test_a_comma_between_two_whole_numbers(text, either):
    """`18,45` may be two bounds or one number; a point or a blank tells."""
    interval = only_interval(text)
    assert interval is not None
    assert either == squeezed(interval)
