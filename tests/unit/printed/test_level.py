"""The level of an interval."""

import pytest

from kb.printed.level import is_level


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (49.99, False), (50, True), (95, True), (99.99, True), (99.991, False), (100, False),
        (0.95, False), (-95, False), (float("nan"), False), (float("inf"), False),
    ],
)  # fmt: skip
def test_level(percent, expected):
    """A percent from 50 to 99.99; a fraction and what is no number are none."""
    assert expected is is_level(percent)
