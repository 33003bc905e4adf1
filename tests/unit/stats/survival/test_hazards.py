"""Log-rank tests and hazard ratios against R's survdiff and coxph (survival 3.5.3)."""

import json
from math import erfc, exp, log, sqrt
from pathlib import Path

import numpy as np
import pytest

from kb.stats.survival.hazards import cox_ratio, log_rank

REFERENCE = json.loads(
    Path(__file__).parents[3].joinpath("reference", "medians.json").read_text(encoding="utf-8")
)
CASES = {case["id"]: case for case in REFERENCE["cases"] if case["group"]}


def arms(case):
    """Return the two arms of a case in the order of its levels, R's reference first."""
    time, event = np.array(case["time"], dtype=float), np.array(case["status"], dtype=float)
    groups = np.array(case["group"])
    return [(time[groups == level], event[groups == level]) for level in case["logrank"]["levels"]]


def test_all_cases_with_two_arms_are_compared():
    """The three two-arm data sets of the reference are all here."""
    assert ["lung_by_sex_months", "ovarian_by_rx", "myeloid_os_by_trt"] == list(CASES)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_log_rank_equals_survdiff(case):
    """Statistic, p, observed, expected and variance are R's."""
    expected, found = case["logrank"], log_rank(*arms(case))
    close = pytest.approx
    assert expected["chisq"] == close(found.chi_square, rel=1e-9)
    assert expected["p"] == close(found.p, rel=1e-9)
    assert expected["observed"] == close(found.observed, rel=1e-9)
    assert expected["expected"] == close(found.expected, rel=1e-9)
    assert expected["V_first"] == close(found.variance, rel=1e-9)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_weighted_test_equals_survdiff_with_rho_one(case):
    """rho=1 gives R's Peto–Peto modification of Wilcoxon's test."""
    expected = case["peto_peto_rho1"]["chisq"]
    assert expected == pytest.approx(log_rank(*arms(case), rho=1).chi_square, rel=1e-9)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_step_hazard_ratios_follow_from_the_log_rank(case):
    """(O − E)/V of the second arm is Peto's log hazard ratio, 1/√V its error."""
    found = log_rank(*arms(case))
    expected = case["peto_hr_second_vs_first"]
    log_ratio = (found.observed[1] - found.expected[1]) / found.variance
    assert expected["log_hr"] == pytest.approx(log_ratio, rel=1e-9)
    assert expected["se"] == pytest.approx(1 / sqrt(found.variance), rel=1e-9)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_hazard_ratios_equal_coxph(case, ties):
    """Log hazard ratio, error and interval are R's for both ways with ties.

    R stops iterating at a relative change of 1e-9 in the likelihood: hence 1e-6.
    """
    expected, (reference, experimental) = case[f"cox_{ties}"], arms(case)
    assert expected["reference_level"] == case["logrank"]["levels"][0]
    found = cox_ratio(experimental, reference, ties=ties)
    assert expected["log_hr"] == pytest.approx(log(found.value), abs=1e-6)
    assert expected["se"] == pytest.approx(found.se, rel=1e-6)
    assert list(expected["ci"].values()) == pytest.approx([found.low, found.high], rel=1e-6)
    assert f"Cox proportional hazards, {ties.capitalize()} ties, 95%" == found.method


def test_swapping_the_arms_inverts_the_ratio():
    """A against B is one over B against A, and the interval turns over with it."""
    first, second = arms(CASES["ovarian_by_rx"])
    forward, back = cox_ratio(first, second), cox_ratio(second, first)
    assert 1 / forward.value == pytest.approx(back.value, rel=1e-9)
    assert 1 / forward.low == pytest.approx(back.high, rel=1e-9)
    assert log_rank(first, second).p == pytest.approx(log_rank(second, first).p)


def test_equal_arms_have_ratio_one():
    """The same patients twice give a ratio of 1 and no difference to test."""
    arm = ([1, 2, 3, 4], [1, 0, 1, 1])
    assert 1 == pytest.approx(cox_ratio(arm, arm).value)
    assert erfc(0) == pytest.approx(log_rank(arm, arm).p)


def test_a_pair_of_patients_solves_the_score_equation():
    """Events at 1 (A), 2 (B), 3 (A), with A at 3 alone: 1 − 2r/(2r+1) − r/(r+1) = 0."""
    found = cox_ratio(([1, 3], [1, 1]), ([2], [1]))
    assert 0 == pytest.approx(
        1 - 2 * found.value / (2 * found.value + 1) - found.value / (found.value + 1), abs=1e-9
    )
    assert exp(0.5 * log(0.5)) == pytest.approx(found.value)


@pytest.mark.parametrize(
    ("experimental", "reference"),
    [
        (([5, 6], [0, 0]), ([1, 2], [1, 1])),
        (([1, 2], [1, 1]), ([5, 6], [0, 0])),
        (([5, 6], [0, 0]), ([7, 8], [0, 0])),
    ],
)
def test_one_sided_events_have_no_ratio(experimental, reference):
    """With all events on one side the likelihood has no maximum: refused, not 0 or infinite."""
    with pytest.raises(ValueError, match="no finite estimate"):
        cox_ratio(experimental, reference)


def test_impossible_requests_are_refused():
    """Other ties, and arms without an event to compare."""
    with pytest.raises(ValueError, match="ties is efron or breslow, not 'exact'"):
        cox_ratio(([1], [1]), ([2], [1]), ties="exact")
    with pytest.raises(ValueError, match="nothing to compare"):
        log_rank(([1], [0]), ([2], [0]))


def test_two_patients_make_the_smallest_log_rank():
    """One against one: observed less expected is ½ and its variance ¼, so that chi-square is 1."""
    found = log_rank(([1], [1]), ([2], [1]))
    assert (1, 0.25) == (found.chi_square, found.variance)
    assert ((1, 1), (0.5, 1.5)) == (found.observed, found.expected)
    assert 0.31731050786291415 == pytest.approx(found.p)  # R: pchisq(1, 1, lower.tail = FALSE)
