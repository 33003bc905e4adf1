"""Intervals of many proportions at once against the intervals of one."""

import math

import numpy as np
import pytest

from kb.stats.proportions.intervals import METHODS, proportion_interval
from kb.stats.results import Bounds

N = np.concatenate([np.repeat(np.arange(1, 41), 41), [1000, 1000, 10_000, 271_828]])
EVENTS = np.concatenate([np.tile(np.arange(41), 40), [371, 0, 17, 100_000]])


@pytest.mark.parametrize("level", [80, 95, 99])
@pytest.mark.parametrize("method", METHODS)
def test_arrays_give_what_scalars_give(method, level):
    """Every pair agrees with the scalar function, and is nan where that raises."""
    found = proportion_interval(EVENTS, N, level=level, method=method)
    assert isinstance(found, Bounds)
    low, high = np.asarray(found)
    for events, n, *bounds in zip(EVENTS.tolist(), N.tolist(), low, high, strict=True):
        try:
            expected = proportion_interval(events, n, level=level, method=method)
        except ValueError:
            expected = Bounds(math.nan, math.nan)
        assert expected == pytest.approx(bounds, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("method", METHODS)
def test_impossible_pairs_are_nan(method):
    """What a scalar refuses is nan in an array, and the rest is computed."""
    low, high = proportion_interval(
        [-1, 9, 0, 2.5, math.nan, 2], [8, 8, 0, 8, 8, 8.5], method=method
    )
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_a_missing_count_is_nan():
    """None among the counts makes its own bounds nan and no others."""
    low, high = np.asarray(proportion_interval([None, 8], [32, 32]))
    assert [True, False] == np.isnan(low).tolist() == np.isnan(high).tolist()
    assert proportion_interval(8, 32) == pytest.approx((low[1], high[1]), abs=1e-14)


@pytest.mark.parametrize("method", METHODS)
def test_repeated_pairs_share_their_bounds(method):
    """Pairs that come again and again have the bounds they have alone."""
    events, n = np.tile([[3, 7], [8, 1]], 50), np.tile([[10, 10], [9, 8]], 50)
    found = proportion_interval(events, n, method=method)
    expected = proportion_interval(events[:, :2], n[:, :2], method=method)
    for many, few in zip(found, expected, strict=True):
        assert np.tile(few, 50) == pytest.approx(many, abs=1e-15)


def test_very_many_patients():
    """Denominators too large to number their pairs are computed all the same."""
    low, high = np.asarray(proportion_interval([3, 3], [200_000_000, 10]))
    assert proportion_interval(3, 200_000_000) == pytest.approx((low[0], high[0]), rel=1e-9)
    assert proportion_interval(3, 10) == pytest.approx((low[1], high[1]), rel=1e-12)


def test_shapes_are_broadcast():
    """Events of one shape and n of another give bounds of the common shape."""
    low, high = np.asarray(proportion_interval([[1], [2]], np.array([10, 20, 30])))
    assert (2, 3) == low.shape == high.shape
    assert proportion_interval(2, 20).low == pytest.approx(low[1, 1], abs=1e-14)
    assert (3,) == np.asarray(proportion_interval(1, [10, 20, 30]).low).shape
    assert (0,) == np.asarray(proportion_interval([], []).low).shape


def test_a_wrong_level_or_method_raises_for_arrays_too():
    """Options are refused as a whole, never turned into nan."""
    with pytest.raises(ValueError, match=r"0\.95"):
        proportion_interval([1, 2], [8, 8], level=0.95)
    with pytest.raises(ValueError, match="'score'"):
        proportion_interval([1, 2], [8, 8], method="score")


@pytest.mark.parametrize("n", [2**26 - 2, 2**26, 130_000_001])
@pytest.mark.parametrize("method", ["clopper-pearson", "jeffreys", "mid-p"])
def test_enormous_denominators_keep_their_events_apart(method, n):
    """Where events and n no longer fit into one number, neighbouring counts still differ."""
    low, high = np.asarray(proportion_interval([1, 2, 3], [n] * 3, method=method))
    for place, events in enumerate((1, 2, 3)):
        expected = proportion_interval(events, n, method=method)
        assert expected == pytest.approx((low[place], high[place]), rel=1e-6)
