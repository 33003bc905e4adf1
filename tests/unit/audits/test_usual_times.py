"""The quantiles of published medians against the medians of the base as it is."""

from collections import defaultdict

import pytest

import kb
from kb.audits.usual_times import APART, USUAL
from kb.rows.admitted import exact_value
from kb.rows.cached import rows_by_trial

WEEKS = 30.4375 / 7
"""How many times a median gets longer when its weeks are read as months."""


@pytest.fixture(scope="module")
def medians():
    """The exact medians of the shipped base."""
    by_trial = rows_by_trial(kb.load())
    rows = [row for trial in by_trial for row in by_trial[trial]]
    return [row for row in rows if row.measure == "median" and not row.versus and exact_value(row)]


def _quantile(values, share):
    """The quantile between the nearest two of sorted values, by linear interpolation."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


@pytest.mark.parametrize("endpoint", USUAL)
def test_quantiles_are_those_of_the_base(medians, endpoint):
    """Computed anew they are within a tenth, as the base grows, and there are as many medians."""
    once = {
        (row.trial, row.arm, row.subgroup, round(row.value_months, 1)): row.value_months
        for row in medians
        if row.endpoint == endpoint and row.unit == "months"
    }
    usual = USUAL[endpoint]
    assert usual.medians <= len(once)
    assert usual.trials <= len({trial for trial, *_ in once})
    assert pytest.approx(_quantile(once.values(), 0.03), rel=0.1) == usual.low
    assert pytest.approx(_quantile(once.values(), 0.97), rel=0.1) == usual.high
    assert usual.holds(usual.low)
    assert usual.holds(usual.high)
    assert not usual.holds(usual.low - 0.01)
    assert not usual.holds(usual.high + 0.01)


@pytest.mark.parametrize("pair", APART)
def test_pairs_are_as_far_apart_in_the_base(medians, pair):
    """No more than 4 % of the pairs of one set are nearer, and weeks sold as months in 9 of 10."""
    sets = defaultdict(list)
    for row in medians:
        sets[row.place, row.endpoint].append(row)
    once = {
        (place[0], one.arm, one.subgroup, one.value_months, other.value_months)
        for (place, endpoint), rows in sets.items()
        if endpoint == pair[0]
        for one in rows
        for other in sets.get((place, pair[1]), ())
    }
    ratios = [longer / shorter for *_, shorter, longer in once]
    apart = APART[pair]
    assert apart.pairs <= len(ratios)
    assert apart.trials <= len({trial for trial, *_ in once})
    assert sum(ratio < apart.times for ratio in ratios) <= 0.04 * len(ratios)
    assert sum(ratio / WEEKS < apart.times for ratio in ratios) >= 0.85 * len(ratios)
