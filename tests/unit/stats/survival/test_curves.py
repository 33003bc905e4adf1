"""Reconstruction of patients from a curve: round trips, what is honoured, what is refused.

The tolerances of the round trips are those of `medians.json` ("median within 3 %, log HR within
0.05"), with a restricted mean within 1 %; a curve is digitised at its steps to three decimals, or
at 200 places with an error of 0.005, which is what a careful click on a figure gives.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from kb.stats.survival.curves import reconstruct_survival
from kb.stats.survival.hazards import cox_ratio
from kb.stats.survival.kaplan_meier import (
    restricted_mean,
    survival_at,
    survival_curve,
    survival_quantile,
)


def trial(seed, *, n, median, censoring):
    """Draw exponential times of one arm, censored uniformly between two follow-up times."""
    rng = np.random.default_rng(seed)
    earliest, latest = censoring
    happened, observed = rng.exponential(median / np.log(2), n), rng.uniform(earliest, latest, n)
    return np.minimum(happened, observed), (happened <= observed).astype(int)


def digitise(time, event, *, places=None, error=0.0, seed=0):
    """Read a curve off at its steps and its end, or at evenly spaced places with an error."""
    curve = survival_curve(time, event)
    at = np.concatenate([[0], curve.time[curve.events > 0], curve.time[-1:]])
    if places:
        at = np.linspace(0, curve.time[-1], places)
    height = survival_at(curve, at).survival
    height = height + np.random.default_rng(seed).normal(0, error, at.size)
    return at, np.minimum.accumulate(np.round(np.clip(height, 0, 1), 3))


def risk_table(time, every):
    """Count those at risk every so many months up to the last follow-up."""
    at = np.arange(0, time.max(), every)
    return at, [int((time >= moment).sum()) for moment in at]


def crossing(curve):
    """Return when a curve first reaches one half and when it first falls below it, or never."""
    reached = curve.time[curve.survival <= 0.5 + 1e-9], curve.time[curve.survival < 0.5 - 1e-9]
    return [times[0] if times.size else np.inf for times in reached]


HEAVY = {"censoring": (2, 14), "every": 2}
USUAL = {"censoring": (10, 36), "every": 6}


@pytest.mark.parametrize("with_events", [False, True])
@pytest.mark.parametrize("reading", [{}, {"places": 200, "error": 0.005}], ids=["exact", "clicked"])
@pytest.mark.parametrize("follow_up", [USUAL, HEAVY], ids=["usual", "heavy-censoring"])
@pytest.mark.parametrize("seed", range(4))
def test_a_round_trip_returns_ratio_median_and_mean(seed, follow_up, reading, with_events):
    """Simulate, digitise, reconstruct: hazard ratio, median and restricted mean come back."""
    arms, again = [], []
    for place, median in enumerate((8, 12)):
        time, event = trial(
            2 * seed + place, n=150, median=median, censoring=follow_up["censoring"]
        )
        total = int(event.sum()) if with_events else None
        table = risk_table(time, follow_up["every"])
        points = digitise(time, event, seed=seed, **reading)
        arms.append((time, event))
        again.append(reconstruct_survival(*points, *table, events=total))
        assert table[1] == [int((again[-1].time >= moment).sum()) for moment in table[0]]
        before, after = survival_curve(time, event), survival_curve(*again[-1])
        until = 0.8 * time.max()
        mean = restricted_mean(before, until).value
        assert mean == pytest.approx(restricted_mean(after, until).value, rel=0.01)
        tolerance = 0.03 if not reading else 0.06  # an error of 0.005 alone moves a median so far
        earliest, latest = crossing(before)
        found = np.nan_to_num(survival_quantile(after).value, nan=np.inf)
        assert earliest * (1 - tolerance) <= found <= latest * (1 + tolerance)
    expected = np.log(cox_ratio(arms[1], arms[0]).value)
    assert expected == pytest.approx(np.log(cox_ratio(again[1], again[0]).value), abs=0.05)


@st.composite
def arms(draw):
    """Draw an arm with ties, of any size, follow-up and share of events."""
    n = draw(st.integers(1, 60))
    decimals = draw(st.integers(0, 3))
    time = draw(
        st.lists(st.floats(0, 40).map(lambda t: round(t, decimals)), min_size=n, max_size=n)
    )
    event = draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))
    return np.array(time), np.array(event)


@settings(max_examples=150, deadline=None)
@given(arm=arms(), every=st.sampled_from([3, 6, 12]), given_events=st.booleans())
def test_numbers_at_risk_and_events_are_honoured_whatever_the_curve(arm, every, given_events):
    """Every number at risk, the total of events, and no event where the curve does not fall."""
    time, event = arm
    at = np.arange(0, time.max() + every, every)
    number = [int((time >= moment).sum()) for moment in at]
    times, survival = digitise(time, event)
    total = int(event.sum()) if given_events else None
    found = reconstruct_survival(times, survival, at, number, events=total)
    assert number == [int((found.time >= moment).sum()) for moment in at]
    assert time.size == found.time.size
    assert total in (None, found.event.sum())
    falls = times[np.concatenate([[survival[0] < 1], np.diff(survival) < 0])]
    assert set(found.time[found.event == 1]) <= set(falls.tolist())


def test_complete_follow_up_comes_back_exactly():
    """Without censoring before the end the very patients are found again."""
    time, event = np.array([1, 2, 2, 4, 5, 9, 9, 9]), np.array([1, 1, 1, 1, 1, 0, 0, 0])
    times, survival = digitise(time, event)
    found = reconstruct_survival(times, survival, [0, 3, 6], [8, 5, 3])
    assert time.tolist() == found.time.tolist()
    assert event.tolist() == found.event.tolist()


def test_censoring_inside_an_interval_is_spread_evenly():
    """Two lost on a flat curve between 0 and 6 are lost at 1.5 and 4.5."""
    found = reconstruct_survival([0, 10], [1, 1], [0, 6], [5, 3])
    assert [1.5, 4.5] == found.time[:2].tolist()
    assert 0 == found.event.sum()


@pytest.mark.parametrize("events", [None, 3])
def test_a_flat_tail_adds_no_event(events):
    """After the last fall at 5, ninety flat months of heavy censoring add none."""
    times = [0, 2, 3, 5, *range(6, 96)]
    survival = [1, 0.95, 0.9, 0.85, *[0.85] * 90]
    found = reconstruct_survival(times, survival, [0, 12, 24, 48], [20, 9, 4, 1], events=events)
    assert 3 == found.event.sum()
    assert [2, 3, 5] == found.time[found.event == 1].tolist()


def test_without_a_further_number_at_risk_the_events_decide_the_censoring():
    """One number at risk only: all censoring follows from the total of events."""
    time, event = trial(3, n=120, median=8, censoring=(3, 24))
    times, survival = digitise(time, event)
    found = reconstruct_survival(times, survival, [0], [120], events=int(event.sum()))
    assert event.sum() == found.event.sum()
    mean = restricted_mean(survival_curve(time, event), 18).value
    assert mean == pytest.approx(restricted_mean(survival_curve(*found), 18).value, rel=0.01)


def test_without_events_the_tail_goes_on_at_the_mean_rate_of_censoring():
    """Four lost in six months are followed by four in the next six; the others stay to the end."""
    found = reconstruct_survival([0, 12], [1, 1], [0, 6], [20, 16])
    assert 4 == ((found.time > 6) & (found.time < 12)).sum()
    assert 12 == (found.time == 12).sum()


def test_the_median_stays_on_its_side_of_one_half():
    """A step to 0.497 is a step below one half also where whole patients would miss it."""
    time, event = trial(8, n=31, median=7, censoring=(1, 20))
    times, survival = digitise(time, event)
    found = reconstruct_survival(times, survival, *risk_table(time, 3))
    drawn = times[np.flatnonzero(survival <= 0.5)[0]]
    assert drawn == survival_quantile(survival_curve(*found)).value


def test_a_total_between_two_placements_of_censoring_is_met():
    """A total that no even censoring gives is met by one patient changed; the table stays."""
    time, event = trial(1, n=40, median=6, censoring=(2, 20))
    table = risk_table(time, 4)
    for total in (int(event.sum()) - 3, int(event.sum()) + 3):
        found = reconstruct_survival(*digitise(time, event), *table, events=total)
        assert total == found.event.sum()
        assert table[1] == [int((found.time >= moment).sum()) for moment in table[0]]


GOOD: dict[str, Any] = {
    "times": [0, 3, 6],
    "survival": [1, 0.8, 0.6],
    "risk_times": [0, 4],
    "at_risk": [10, 7],
}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"survival": [100, 80, 60]}, "not 100.0: is it in percent?"),
        ({"survival": [1, 0.8, -0.1]}, "a fraction between 0 and 1, not -0.1"),
        ({"survival": [1, 0.8, float("nan")]}, "a fraction between 0 and 1, not nan"),
        ({"survival": [1, 0.6, 0.8]}, "cannot rise, but it does from 0.6 at 3.0 to 0.8 at 6.0"),
        ({"times": [0, 6, 3]}, "times must be in order, but 3.0 follows 6.0"),
        ({"times": [-1, 3, 6]}, "a finite number not below 0, not -1.0"),
        ({"times": [0, 3]}, "one entry per point"),
        ({"times": [], "survival": []}, "one entry per point"),
        ({"risk_times": [1, 4]}, "must begin at 0 and increase"),
        ({"risk_times": [0, 0]}, "must begin at 0 and increase"),
        ({"risk_times": [0]}, "one entry each"),
        ({"at_risk": [10, 12]}, "never rise"),
        ({"at_risk": [10, 7.5]}, "whole numbers"),
        ({"at_risk": [0, 0]}, "begin at 1 or more"),
        ({"events": 11}, "events is a whole number from 0 to 10, not 11"),
        ({"events": 3.5}, "events is a whole number from 0 to 10, not 3.5"),
        ({"events": -1}, "events is a whole number from 0 to 10, not -1"),
        ({"events": float("inf")}, "events is a whole number from 0 to 10, not inf"),
        ({"events": float("nan")}, "events is a whole number from 0 to 10, not nan"),
        ({"times": [0, 3, float("inf")]}, "a finite number not below 0, not inf"),
        ({"survival": [1, 0.8, 1.01]}, "not 1.01: is it in percent?"),
        ({"risk_times": [0, float("inf")]}, "must begin at 0 and increase"),
        ({"at_risk": [10, -1]}, "never rise"),
        ({"at_risk": [10, float("nan")]}, "whole numbers"),
        (
            {"at_risk": [200, 199]},
            "loses at least 40.0 of 200 patients, the numbers at risk only 1",
        ),
        ({"at_risk": [10, 0]}, "falls by 0.20 after nobody is at risk"),
        ({"at_risk": [90, 70], "events": 80}, "events=80 does not belong to this curve"),
        ({"survival": [1, 1, 1], "events": 2}, "the curve has no room for 2 events"),
        ({"survival": [1, 1, 1], "events": 3}, "the curve has no room for 3 events"),
        ({"survival": [1, 1, 1], "events": 4}, "events=4 does not belong .* which allow about 0"),
        ({"at_risk": [10, 0], "survival": [1, 0.8, 0.74]}, "falls by 0.06 after nobody is at risk"),
    ],
)
def test_what_cannot_be_a_curve_with_its_risk_table_is_refused(changed, message):
    """Each bad digitisation, and each contradiction, is refused with its place."""
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        reconstruct_survival(**(GOOD | changed))


def test_the_good_example_is_accepted():
    """What the table of refusals changes is itself fine."""
    found = reconstruct_survival(**GOOD)
    assert (10, 4) == (found.time.size, found.event.sum())


@pytest.mark.parametrize(("left", "passes"), [(183, True), (184, False)])
def test_numbers_at_risk_may_fall_less_than_the_curve_by_a_margin(left, passes):
    """A fall of 20 % of 200 needs 40 to leave, less 3 and 10 %: 17 are enough and 16 are not."""
    curve: dict[str, Any] = {"times": [0, 3, 6], "survival": [1, 0.8, 0.8], "risk_times": [0, 4]}
    if passes:
        found = reconstruct_survival(**curve, at_risk=[200, left])
        assert (200, 17) == (found.time.size, found.event.sum())
    else:
        with pytest.raises(ValueError, match="loses at least 40"):
            reconstruct_survival(**curve, at_risk=[200, left])


def test_a_small_fall_after_nobody_is_at_risk_is_a_click_gone_astray():
    """Up to 0.05 the fall beyond the last patient is left out, above it the two contradict."""
    curve = GOOD | {"at_risk": [10, 0], "survival": [1, 0.8, 0.76]}
    found = reconstruct_survival(**curve)
    assert (10, 2) == (found.time.size, found.event.sum())
    assert found.time.max() < 4
