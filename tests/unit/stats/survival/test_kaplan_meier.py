"""The Kaplan–Meier estimate against R's survival, and its behaviour at the edges.

Every case of `medians.json` is compared with R 4.2.2, survival 3.5.3; the calls stand in the file.
"""

import json
from math import isnan, log, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from kb.stats.survival.kaplan_meier import (
    restricted_mean,
    survival_at,
    survival_curve,
    survival_interval,
    survival_quantile,
)

REFERENCE = json.loads(
    Path(__file__).parents[3].joinpath("reference", "medians.json").read_text(encoding="utf-8")
)
FITS = ["plain_95", "log_95", "log_90", "log-log_95", "log-log_90", "logit_95", "arcsin_95"]
ARMS = [(case["id"], arm) for case in REFERENCE["cases"] for arm in case["arms"]]
TOLERANCE = REFERENCE["tolerance"]["km"]


def number(value):
    return nan if value in ("NA", "NaN") else float(value)


def numbers(values):
    return [number(value) for value in (values if isinstance(values, list) else [values])]


def arm_of(case_id, arm):
    case = next(case for case in REFERENCE["cases"] if case["id"] == case_id)
    groups = case["group"] or [arm] * len(case["time"])
    rows = zip(case["time"], case["status"], groups, strict=True)
    time, event = zip(*[(t, s) for t, s, group in rows if group == arm], strict=True)
    return case["arms"][arm], np.array(time, dtype=float), np.array(event, dtype=float)


def close(values):
    return pytest.approx(values, rel=TOLERANCE, abs=1e-12, nan_ok=True)


def test_no_case_or_fit_is_left_out():
    """All eight arms are compared, in each of the seven fits that R made of them."""
    assert 8 == len(ARMS)
    for case in REFERENCE["cases"]:
        for arm in case["arms"].values():
            assert FITS == [key for key in arm if key.rsplit("_", 1)[-1] in ("90", "95")]


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize(("case_id", "arm"), ARMS)
def test_quantiles_and_their_intervals_equal_those_of_r(case_id, arm, fit):
    """Quartiles and median, with Brookmeyer–Crowley intervals, are R's, not reached ones too."""
    expected, time, event = arm_of(case_id, arm)
    transform, level = fit.replace("arcsin", "arcsine").rsplit("_", 1)
    curve = survival_curve(time, event)
    options = {"level": float(level), "transform": transform}
    median = survival_quantile(curve, **options)
    assert number(expected[fit]["median"]) == close(median.value)
    assert numbers(expected[fit]["ci"]) == close([median.low, median.high])
    for key, probability in (("q25", 0.25), ("q75", 0.75)):
        found = survival_quantile(curve, probability, **options)
        assert numbers(expected[fit][key]) == close([found.value, found.low, found.high])


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize(("case_id", "arm"), ARMS)
def test_landmarks_and_their_intervals_equal_those_of_r(case_id, arm, fit):
    """Survival, Greenwood error, number at risk and pointwise bounds are R's."""
    expected, time, event = arm_of(case_id, arm)
    transform, level = fit.replace("arcsin", "arcsine").rsplit("_", 1)
    curve, at = survival_curve(time, event), expected[fit]["times"]
    values = survival_at(curve, at)
    assert numbers(expected[fit]["surv"]) == close(values.survival.tolist())
    assert numbers(expected[fit]["se"]) == close(values.standard_error.tolist())
    assert numbers(expected[fit]["n_risk"]) == values.at_risk.tolist()
    bounds = survival_interval(curve, at, level=float(level), transform=transform)
    low, high = np.asarray(bounds)
    assert numbers(expected[fit]["lower"]) == close(low.tolist())
    assert numbers(expected[fit]["upper"]) == close(high.tolist())


@pytest.mark.parametrize(("case_id", "arm"), ARMS)
def test_restricted_means_and_follow_up_equal_those_of_r(case_id, arm):
    """Restricted mean with its error, and median follow-up by the reverse curve, are R's."""
    expected, time, event = arm_of(case_id, arm)
    mean = restricted_mean(survival_curve(time, event), expected["rmst"]["tau"])
    assert expected["rmst"]["rmst"] == close(mean.value)
    assert expected["rmst"]["se"] == close(mean.se)
    follow_up = survival_quantile(survival_curve(time, 1 - event), transform="plain")
    assert expected["followup_reverse_km_median"] == close(follow_up.value)
    assert (expected["n"], expected["events"]) == (time.size, event.sum())


def test_a_flat_at_one_half_gives_its_midpoint_also_at_the_end():
    """With S = 0.5 from 2 to the last follow-up at 4 the median is 3, as R has it."""
    median = survival_quantile(survival_curve([1, 2, 3, 4], [1, 1, 0, 0]))
    assert 3 == median.value
    assert 1 == median.low
    assert isnan(median.high)


def test_a_curve_that_ends_at_zero_has_no_upper_bound():
    """Where survival is 0 the log-log bounds have no value, as in R."""
    curve = survival_curve([2, 2], [1, 1])
    assert 2 == survival_quantile(curve).value
    assert isnan(survival_quantile(curve).low)
    assert [0.0] == survival_at(curve, 2).survival.tolist()
    assert np.isnan(survival_interval(curve, 2).low).all()


def test_the_method_of_a_median_names_its_transformation():
    """A median interval says which transformation made it."""
    method = survival_quantile(survival_curve([1, 2], [1, 0]), transform="plain").method
    assert "Kaplan-Meier; Brookmeyer-Crowley interval, plain, 95%" == method


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=40))
def test_without_censoring_the_curve_is_the_empirical_one(time):
    """S(t) is the fraction of patients whose event comes after t."""
    curve = survival_curve(time, [1] * len(time))
    expected = [np.mean(np.array(time) > t) for t in curve.time]
    assert expected == pytest.approx(curve.survival.tolist(), abs=1e-12)


@given(st.lists(st.floats(0.1, 50), min_size=2, max_size=40))
def test_the_mean_restricted_to_the_last_event_is_the_mean(time):
    """Without censoring the whole area under the curve is the arithmetic mean."""
    curve = survival_curve(time, [1] * len(time))
    for until in (max(time), 2 * max(time)):
        assert np.mean(time) == pytest.approx(restricted_mean(curve, until).value)


def test_a_restricted_mean_carries_its_symmetric_interval():
    """R 4.2.2, print(survfit(Surv(c(1,2,3,4), rep(1,4)) ~ 1), rmean=3): 2.25, se 0.415."""
    mean = restricted_mean(survival_curve([1, 2, 3, 4], [1] * 4), 3)
    assert 2.25 == mean.value
    assert 0.415 == pytest.approx(mean.se, abs=5e-4)
    assert 2 * 1.959963984540054 * mean.se == pytest.approx(mean.high - mean.low)


@pytest.mark.parametrize(
    ("time", "event", "message"),
    [
        ([], [], "one entry per patient"),
        ([1, 2], [1], "one entry per patient"),
        ([1, -2], [1, 1], "not -2.0"),
        ([1, float("nan")], [1, 1], "not nan"),
        ([1, 2], [1, 2], "event is 1"),
    ],
)
def test_data_that_are_no_survival_times_are_refused(time, event, message):
    """Each wrong entry is refused and named."""
    with pytest.raises(ValueError, match=message):
        survival_curve(time, event)


def test_questions_the_curve_cannot_answer_are_refused():
    """No mean beyond the last follow-up, no unknown transformation, no probability of 1."""
    curve = survival_curve([1, 2, 3], [1, 1, 0])
    with pytest.raises(ValueError, match="not beyond the last follow-up, 3, not 4"):
        restricted_mean(curve, 4)
    with pytest.raises(ValueError, match="not 0"):
        restricted_mean(curve, 0)
    with pytest.raises(ValueError, match="transform is one of plain, log, log-log"):
        survival_quantile(curve, transform="probit")
    with pytest.raises(ValueError, match="not 1"):
        survival_quantile(curve, 1)


@pytest.mark.parametrize(("case_id", "arm"), ARMS)
def test_exponential_medians_equal_those_of_r(case_id, arm):
    """Events over total time give R's exponential rate, and ln 2 over it the median."""
    expected, time, event = arm_of(case_id, arm)
    rate = event.sum() / time.sum()
    assert expected["exponential_rate"] == close(rate)
    if rate > 0:
        assert expected["exponential_median"] == close(log(2) / rate)


@pytest.mark.parametrize("until", [0, -1, 3.0001, float("inf"), float("nan")])
def test_a_restricted_mean_needs_a_known_curve(until):
    """Nothing at or below 0, beyond the last follow-up or without end is restricted."""
    with pytest.raises(ValueError, match="until lies above 0 and not beyond the last follow-up, 3"):
        restricted_mean(survival_curve([1, 2, 3], [1, 1, 0]), until)


def test_a_restricted_mean_has_its_ends():
    """Up to the last follow-up itself it is known; once nobody is left, up to any finite time."""
    assert 2 == pytest.approx(restricted_mean(survival_curve([1, 2, 3], [1, 1, 0]), 3).value)
    ended = survival_curve([1, 2, 3], [1, 1, 1])
    assert 2 == pytest.approx(restricted_mean(ended, 1e9).value)
    with pytest.raises(ValueError, match="not inf"):
        restricted_mean(ended, float("inf"))


def test_times_of_any_size_are_times():
    """Medians and means of times near the largest number do not overflow."""
    curve = survival_curve([1e300, 1e308], [1, 1])
    assert 5e307 == pytest.approx(survival_quantile(curve, 0.5).value)
    assert 5e307 == pytest.approx(restricted_mean(curve, 1e308).value)
    assert 1e308 / 8**0.5 == pytest.approx(restricted_mean(curve, 1e308).se)


def test_a_flat_at_the_line_gives_its_middle():
    """Where S is one half from 2 to 4 the median is 3; a hair above or below, an end of it."""
    curve = survival_curve([1, 2, 4, 5], [1, 1, 1, 1])
    assert 3 == survival_quantile(curve, 0.5).value
    assert 2 == survival_quantile(curve, 0.5 - 1e-8).value
    assert 4 == survival_quantile(curve, 0.5 + 1e-8).value
    assert 3 == survival_quantile(curve, 0.5 + 1e-10).value
    assert 3 == survival_quantile(curve, 0.5 - 1e-10).value


def test_a_flat_that_never_ends_gives_its_middle_too():
    """Where S stays at one half until the last follow-up, that is the end of the flat."""
    curve = survival_curve([1, 3], [1, 0])
    assert 2 == survival_quantile(curve, 0.5).value
    assert isnan(survival_quantile(curve, 0.51).value)


@pytest.mark.parametrize("transform", ["plain", "log", "log-log", "logit", "arcsine"])
def test_before_the_first_follow_up_all_are_event_free(transform):
    """Both bounds are 1 before the first time, and not from it on."""
    curve = survival_curve([1, 2, 3], [1, 0, 1])
    low, high = np.asarray(survival_interval(curve, [0.999, 1], transform=transform))
    assert (1, 1) == (low[0], high[0])
    assert low[1] < 2 / 3 < high[1]


@pytest.mark.parametrize("wanted", [0, 1, -0.1, float("nan")])
def test_a_survival_quantile_lies_strictly_inside(wanted):
    """Probabilities of 0 and 1 have no time."""
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        survival_quantile(survival_curve([1, 2], [1, 1]), wanted)


def test_survival_changes_at_its_times():
    """At a time the event has happened, and who has it is still counted at risk."""
    curve = survival_curve([1, 2, 2, 3], [1, 1, 0, 1])
    found = survival_at(curve, [0, 0.999, 1, 2, 3, 9])
    assert [1, 1, 0.75, 0.5, 0, 0] == pytest.approx(found.survival.tolist())
    assert [4, 4, 4, 3, 1, 0] == found.at_risk.tolist()
    assert 0 == found.standard_error[1]
    assert 0.75 * (1 / (4 * 3)) ** 0.5 == pytest.approx(found.standard_error[2])


@pytest.mark.parametrize("time", [-1e-9, float("inf")])
def test_a_time_of_a_patient_is_finite_and_not_negative(time):
    """Time 0 is one, and an event then takes all survival of that patient."""
    with pytest.raises(ValueError, match="a time is a finite number not below 0"):
        survival_curve([time], [1])
    assert [0] == survival_curve([0], [1]).survival.tolist()
