"""Which points of curves are of the same patients, when they are, and in which unit else."""

from math import isnan

import pytest

from kb.audits.curves import alike, longer_units, shorter_units, shown, time_of, true_span, unnamed
from kb.printed.time import UNITS
from kb.rows.row import Row


def _row(number, arm="a", **more):
    more = {"endpoint": "pfs", "measure": "median", "set": f"{arm}|", **more}
    return Row(str(number), "study", arm=arm, **more)


def _numbers(groups):
    return [[row.address for row in group] for group in groups]


def test_rows_without_an_arm_stand_in_no_group():
    """Rows of one arm are a group; those without an arm are about nobody knows whom."""
    rows = [_row(1), _row(2, ""), _row(3, "b"), _row(4), _row(5, "")]
    assert [["1", "4"], ["3"]] == _numbers(alike(rows))


def test_rows_judged_otherwise_are_not_alike():
    """Each assessor makes a group with the rows that name none."""
    rows = [_row(1, assessor="central"), _row(2), _row(3, assessor="investigator")]
    assert [["1", "2"], ["2", "3"]] == _numbers(alike(rows))


def test_rows_without_an_arm_go_together_where_each_quantity_stands_once():
    """Two medians of one endpoint are of two arms, or of two reports."""
    once = [_row(1, ""), _row(2, "", endpoint="os"), _row(3)]
    assert [["1", "2"]] == _numbers(unnamed(once))
    assert [] == unnamed([*once, _row(4, "")])


@pytest.mark.parametrize(
    ("at", "unit", "expected"),
    [("6", "months", 6.0), ("1", "years", 12.0), ("7", "days", 7 / 30.4375)],
)
def test_times_are_in_months(at, unit, expected):
    """A time is converted by its unit."""
    assert expected == pytest.approx(time_of(_row(1, at_value=at, at_unit=unit)))


def test_a_time_that_is_not_printed_is_neither_before_nor_after():
    """Without its unit a time is no number that anything could be compared with."""
    assert isnan(time_of(_row(1, at_value="6")))
    assert isnan(time_of(_row(1)))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (_row(1, value="6.2", value_source="reported", unit="months"), (6.15, 6.3)),
        (_row(1, value="1", value_source="reported", unit="years"), (6.0, 24.0)),
        (_row(1, value="6.2", value_source="reported"), None),
        (_row(1, value_state="not-reached", unit="months"), None),
        (_row(1, value="40", value_source="reported", measure="landmark"), (39.5, 41.0)),
    ],
)
def test_true_values(row, expected):
    """A median is between the ends of its rounding in months, a rate in percent."""
    found = true_span(row)
    assert expected == (found if found is None else pytest.approx(found))


@pytest.mark.parametrize("unit", UNITS)
def test_units_are_tried_from_the_nearest(unit):
    """Shorter and longer units, with the unit itself, are all there are, in order of length."""
    assert list(UNITS) == [*reversed(shorter_units(unit)), unit, *longer_units(unit)]


def test_points_are_shown():
    """A median, a state and a rate, with their endpoint and time."""
    median = _row(1, value="6.2", unit="months")
    state = _row(1, value_state="not-reached", endpoint="survival")
    rate = _row(1, value="48", measure="landmark", at_value="6", at_unit="months")
    share = _row(1, value="31", measure="proportion", endpoint="orr")
    assert ["PFS median 6.2 months", "survival median not reached", "PFS 48 % at 6 months", "ORR 31 %"] == [
        shown(row) for row in (median, state, rate, share)
    ]  # fmt: skip
