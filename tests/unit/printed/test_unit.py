"""Bounds in another unit than their value: what may be converted, and how."""

import pytest

from kb.printed.time import UNITS
from kb.printed.unit import converted, convertible, others


@pytest.mark.parametrize(
    ("text", "unit", "to", "shown"),
    [
        ("0.27", "proportion", "percent", "27"),
        ("0.680", "proportion", "percent", "68.0"),
        (".05", "proportion", "percent", "5"),
        ("1", "proportion", "percent", "100"),
        ("27", "percent", "proportion", "0.27"),
        ("12.70", "percent", "percent", "12.70"),
        ("1", "years", "months", "12"),
        ("52", "weeks", "months", f"{52 * 7 / 30.4375:.10g}"),
        ("6.0", "months", "weeks", f"{6 * 30.4375 / 7:.10g}"),
        ("6.0", "months", "months", "6.0"),
    ],
)
def test_converted(text, unit, to, shown):
    """Shares keep their digits, times have ten significant ones, and the same unit is as printed."""
    assert shown == converted(text, unit, to)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("proportion", "percent", True),
        ("weeks", "months", True),
        ("percent", "percent", True),
        ("weeks", "percent", False),
        ("proportion", "", False),
        ("", "", False),
    ],
)
def test_convertible(one, other, may):
    """Shares go with shares and times with times; what has no unit goes with nothing."""
    assert may is convertible(one, other)


def test_others():
    """The units that may be meant instead of one; none for a number without a unit."""
    assert ("proportion",) == others("percent")
    assert tuple(one for one in UNITS if one != "months") == others("months")
    assert () == others("")
