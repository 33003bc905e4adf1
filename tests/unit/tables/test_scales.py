"""Standard errors and logarithms as intervals and ratios."""

from math import exp, log

import pytest

from kb.tables.scales import exponentiated, of_error

HALF = 1.959963984540054


def test_a_log_ratio_is_the_ratio():
    """The exponential of the value, and of the value less and plus 1.96 standard errors."""
    found = exponentiated({"value": "-0.6539", "measure": "hazard-ratio"}, "0.1369")
    assert exp(-0.6539) == pytest.approx(float(found["value"]))
    assert exp(-0.6539 - HALF * 0.1369) == pytest.approx(float(found["low"]))
    assert exp(-0.6539 + HALF * 0.1369) == pytest.approx(float(found["high"]))
    assert ("computed", "computed", 95.0) == (
        found["value_source"], found["interval_source"], found["level"],
    )  # fmt: skip


def test_a_log_ratio_without_an_error_has_no_interval():
    """Nothing is made up where the error is not a number, or the value is not."""
    found = exponentiated({"value": "-0.5", "measure": "not-stated"}, "")
    assert {"value", "value_source", "formula"} == set(found)
    assert {} == exponentiated({"value": "", "measure": "not-stated"}, "0.1")


def test_an_error_of_a_ratio_is_on_the_log_scale():
    """0.73 with a standard error of 0.11 runs from 0.73/exp(1.96 × 0.11)."""
    found = of_error({"value": "0.73", "measure": "hazard-ratio"}, "0.11")
    assert log(0.73) - HALF * 0.11 == pytest.approx(log(float(found["low"])))
    assert log(0.73) + HALF * 0.11 == pytest.approx(log(float(found["high"])))


def test_an_error_of_a_difference_is_on_its_own_scale():
    """A difference of 5 points with an error of 2."""
    found = of_error({"value": "5", "measure": "risk-difference"}, "2")
    assert [5 - 2 * HALF, 5 + 2 * HALF] == pytest.approx(
        [float(found["low"]), float(found["high"])]
    )


@pytest.mark.parametrize(
    ("value", "measure", "error"),
    [("", "hazard-ratio", "0.1"), ("0.7", "hazard-ratio", "x"), ("6", "median", "1")],
)
def test_an_error_that_says_nothing(value, measure, error):
    """Without a value, a number or a scale there is no interval."""
    assert {} == of_error({"value": value, "measure": measure}, error)
