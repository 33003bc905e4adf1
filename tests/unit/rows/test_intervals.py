"""Intervals computed for rows: which rows get one, and what stays."""

from typing import Any

import pytest

from kb.rows.intervals import checked, with_interval
from kb.rows.row import Row
from kb.stats.proportions.intervals import METHODS, proportion_interval

PRINTED = {
    "low": "13.0", "high": "40.5", "level": 90.0, "interval_source": "reported",
    "interval_sides": "upper", "printed_low": "13.0", "printed_high": "40.5", "printed_level": 90.0,
}  # fmt: skip


def _row(**more):
    printed: dict[str, Any] = {"measure": "proportion", "events": 10, "n": 40}
    return Row("1", "alpha", **(printed | more))


def _with(row, interval="reported", method="clopper-pearson", level=95):
    return with_interval(row, interval=interval, method=method, level=level)


@pytest.mark.parametrize("level", [50, 50.0, 95, 99.99])
def test_levels(level):
    """A level from 50 to 99.99 is one."""
    checked("reported", "wilson", level)


@pytest.mark.parametrize("level", [49.99, 99.991, 100, 0, -95, float("nan"), float("inf")])
def test_no_levels(level):
    """What lies outside is refused by name."""
    with pytest.raises(ValueError, match=rf"a level is a percent from 50 to 99\.99, got {level}"):
        checked("reported", "wilson", level)


@pytest.mark.parametrize(
    ("interval", "method"), [("exact", "wilson"), ("reported", "exact"), ("reported", "reported")]
)
def test_no_methods(interval, method):
    """A method that is none is refused, whether it is asked for all rows or for some."""
    wrong = method if interval == "reported" else interval
    with pytest.raises(ValueError, match=f"'{wrong}' is not an interval method; known are"):
        checked(interval, method, 95)


@pytest.mark.parametrize("method", list(METHODS))
def test_methods(method):
    """Every method is one for all rows, and for those without an interval."""
    checked(method, method, 95)
    expected = proportion_interval(10, 40, level=90, method=method)
    found = _with(_row(), method=method, level=90)
    assert pytest.approx((100 * expected.low, 100 * expected.high)) == (
        float(found.low), float(found.high),
    )  # fmt: skip
    assert found == _with(_row(), interval=method, level=90)
    assert (90.0, "computed", method, "two") == (
        found.level, found.interval_source, found.interval_method, found.interval_sides,
    )  # fmt: skip


def test_a_printed_interval():
    """A printed interval stays unless a method is asked for; what was printed is kept beside it."""
    row = _row(**PRINTED, low_state="", high_state="not-given")
    assert row is _with(row)
    found = _with(row, interval="wilson")
    assert ("computed", "wilson", 95.0, "two", "", "") == (
        found.interval_source, found.interval_method, found.level, found.interval_sides,
        found.low_state, found.high_state,
    )  # fmt: skip
    assert ("13.0", "40.5", 90.0) == (found.printed_low, found.printed_high, found.printed_level)
    assert found.low != "13.0"


@pytest.mark.parametrize(
    ("fields", "computed"),
    [
        ({}, True), ({"measure": "landmark"}, False), ({"events": None}, False),
        ({"n": None}, False), ({"n": 0, "events": 0}, False), ({"events": 40}, True),
        ({"events": 41}, False), ({"events": 0}, True), ({"interval_source": "computed"}, True),
    ],
)  # fmt: skip
def test_rows_that_get_an_interval(fields, computed):
    """A proportion with a count of known patients gets one, and no other row does."""
    assert computed is (_with(_row(**fields)).interval_method == "clopper-pearson")


@pytest.mark.parametrize("events", [0, 40])
def test_an_interval_without_width(events):
    """Wald gives none for none or all, so the row stays as it is."""
    row = _row(events=events)
    assert row is _with(row, method="wald")
