"""What follows from a printed row: months, a percent, and the counts that a percent admits."""

from dataclasses import replace
from typing import Any

import pytest

from kb.rows.derived import counts_that_fit, derived
from kb.rows.row import Row


def _row(**more):
    return Row("1", "a", **({"measure": "proportion", "unit": "percent"} | more))


def _said(row, *, about=False, elsewhere=False):
    """What was added to a row."""
    found = derived(row, about=about, elsewhere=elsewhere)
    return {name: value for name, value in found.as_dict().items() if value != getattr(row, name)}


MONTHS: dict[str, tuple[dict[str, Any], dict[str, float]]] = {
    "in months": (
        {"unit": "months", "value": "6.0", "low": "4", "high": "9.5"},
        {"value_months": 6.0, "low_months": 4.0, "high_months": 9.5},
    ),
    "in years": ({"unit": "years", "value": "1.5"}, {"value_months": 18.0}),
    "in weeks": (
        {"unit": "weeks", "value": "23.70", "low": "8.7", "high_state": "not-reached"},
        {"value_months": 23.7 * 7 / 30.4375, "low_months": 8.7 * 7 / 30.4375},
    ),
    "not reached": ({"unit": "months", "value_state": "not-reached"}, {}),
    "without a unit": ({"value": "6.0"}, {}),
    "of a difference": (
        {"measure": "median-difference", "unit": "days", "value": "-30.4375", "versus": "two"},
        {"value_months": -1.0},
    ),
}


@pytest.mark.parametrize("case", list(MONTHS))
def test_months(case):
    """Times are converted where their unit is known, numbers only."""
    printed, added = MONTHS[case]
    assert pytest.approx(added, rel=1e-12) == _said(
        Row("1", "a", **{"measure": "median", **printed})
    )


def test_a_landmark_has_no_months():
    """The value of a rate at a time is no time, whatever its unit is called."""
    assert {} == _said(_row(measure="landmark", unit="months", value="40", at_value="6"))


COUNTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "percent of a count": (
        {"events": 10, "n": 40},
        {"value": "25", "value_source": "computed", "unit": "percent"},
    ),
    "percent of all": (
        {"events": 40, "n": 40},
        {"value": "100", "value_source": "computed", "unit": "percent"},
    ),
    "percent of none": (
        {"events": 0, "n": 3},
        {"value": "0", "value_source": "computed", "unit": "percent"},
    ),
    "ten digits": (
        {"events": 1, "n": 3},
        {"value": "33.33333333", "value_source": "computed", "unit": "percent"},
    ),
    "more events than patients": ({"events": 41, "n": 40}, {}),
    "a printed percent stays": ({"events": 10, "n": 40, "value": "25.1"}, {}),
    "a state stays": ({"events": 10, "n": 40, "value_state": "not-given"}, {}),
    "a count without n": ({"events": 10}, {}),
    "the only count": (
        {"value": "30.8", "n": 52},
        {"events": 16, "events_source": "reconstructed"},
    ),
    "two counts": ({"value": "25", "n": 150}, {"counts": "37;38"}),
    "several counts": ({"value": "25", "n": 300}, {"counts": "74;75;76"}),
    "no count": ({"value": "25.1", "n": 40}, {"counts": "none"}),
    "all": ({"value": "100", "n": 40}, {"events": 40, "events_source": "reconstructed"}),
    "over all": ({"value": "100.1", "n": 40}, {"counts": "none"}),
    "none at all": ({"value": "0", "n": 40}, {"events": 0, "events_source": "reconstructed"}),
    "below none": ({"value": "-0.1", "n": 40}, {"counts": "none"}),
    "no n": ({"value": "30.8"}, {}),
    "n of nobody": ({"value": "30.8", "n": 0}, {}),
    "no number": ({"value": "<5", "n": 52}, {}),
    "approximate": ({"value": "30.8", "n": 52, "approximation": "about"}, {}),
    "pooled by the source": ({"value": "30.8", "n": 52, "estimator": "meta-analysis"}, {}),
    "another estimator": (
        {"value": "30.8", "n": 52, "estimator": "kaplan-meier"},
        {"events": 16, "events_source": "reconstructed"},
    ),
    "another measure": ({"measure": "landmark", "value": "30.8", "n": 52}, {}),
    "a contrast": ({"measure": "risk-difference", "value": "30.8", "n": 52}, {}),
}  # fmt: skip


@pytest.mark.parametrize("case", list(COUNTS))
def test_counts(case):
    """A percent follows from a printed count, and a count from a percent that admits no other."""
    printed, added = COUNTS[case]
    if "events" in printed:
        printed = {**printed, "unit": ""}
    assert added == _said(_row(**printed))


def test_an_approximate_n_gives_no_count():
    """Of about 52 patients no count is worked out, though a printed one still gives its percent."""
    assert {} == _said(_row(value="30.8", n=52), about=True)
    assert "25" == derived(_row(events=10, n=40), about=True).value


def test_a_percent_of_another_n_fits_no_count():
    """30.8 % of 52 are 16; printed of another n it is no count of these 52, a printed one stays."""
    assert {"counts": "none"} == _said(_row(value="30.8", n=52), elsewhere=True)
    assert {} == _said(_row(value="30.8", n=52), about=True, elsewhere=True)
    assert 9 == derived(_row(value="20.9", n=40, events=9), elsewhere=True).events


def test_nothing_to_add():
    """A row from which nothing follows is the row itself."""
    row = _row(measure="hazard-ratio", unit="", value="0.8", versus="two")
    assert row is derived(row)
    assert derived(replace(row, measure="proportion", value="")).events is None


@pytest.mark.parametrize(
    ("percent", "n", "counts"),
    [("25.0", 40, [10]), ("25", 40, [10]), ("28", 40, [11]), ("27", 40, []), ("27", 200, [53, 54]), ("26", 40, []),
     ("100", 40, [40]), ("100.0", 2000, [1999, 2000]), ("101", 40, []), ("-1", 40, []), ("0", 40, [0])],
)  # fmt: skip
def test_counts_that_fit(percent, n, counts):
    """The whole numbers whose percent is rounded half up to what is printed, checked one by one."""
    by_hand = [x for x in range(n + 1) if _rounds_to(100 * x, n, percent)]
    assert counts == by_hand == counts_that_fit(percent, n)


def _rounds_to(numerator, denominator, percent):
    """Half up in whole numbers, so that no float decides a tie."""
    scale = 10 ** len(percent.partition(".")[2])
    rounded = (2 * numerator * scale + denominator) // (2 * denominator)
    return rounded == round(float(percent) * scale)
