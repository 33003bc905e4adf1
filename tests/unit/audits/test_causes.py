"""Causes of a proportion that does not agree with itself, the likeliest first."""

import pytest

from audit_causes import measured
from kb.audits.causes import BOUND, COUNT, ERROR, LEVEL, PERCENT, Claim, N, causes


def _claim(value, events, n, low="", high="", **more):
    """Events of n as printed, with or without an interval."""
    return Claim(value, n, (events,), low, high, **more)


@pytest.mark.parametrize(
    ("claim", "kind", "events", "n", "form"),
    [
        pytest.param(_claim("26", 11, 42, "16", "42"), N, 11, 41, "wilson", id="n off by one by Wilson, and no log-log"),
        pytest.param(_claim("45.5", 15, 33, "20", "52.8"), COUNT, 12, 33, "wald", id="a count off by three by Wald"),
        pytest.param(_claim("3.3", 2, 61, "0.4", "11.7"), N, 2, 59, "clopper-pearson", id="n off by two, exact"),
        pytest.param(_claim("25", 20, 83), COUNT, 21, 83, "", id="a count off by one before an n off by two"),
        pytest.param(_claim("6.7", 1, 21), N, 1, 15, "", id="the only n that fits"),
        pytest.param(_claim("52.0", 8, 32), PERCENT, 8, 32, "", id="two digits swapped"),
        pytest.param(_claim("25.0", 8, 32, "13.1", "40.6"), LEVEL, 8, 32, "clopper-pearson", id="90 %"),
        pytest.param(_claim("25.0", 8, 32, "17.3", "32.7"), ERROR, 8, 32, "", id="one standard error"),
        pytest.param(_claim("25.0", 8, 32, "11.5", "34.4"), BOUND, 8, 32, "clopper-pearson", id="a bound with two digits swapped"),
        pytest.param(_claim("", 8, 60, "11.5", "43.4", sisters=(32,)), N, 8, 32, "clopper-pearson", id="an n printed elsewhere"),
    ],
)  # fmt: skip
def test_likeliest(claim, kind, events, n, form):
    """The first cause is the common slip by a common method."""
    first = causes(claim)[0]
    assert (kind, events, n, form) == (first.kind, first.events, first.n, first.form)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        pytest.param(_claim("25", 8, 32), (), id="a percent that fits"),
        pytest.param(_claim("25", 8, 32, "11.5", "43.4"), (), id="an interval that fits"),
        pytest.param(_claim("", 8, 32, "11.5", "43.4"), (), id="an interval without a percent"),
        pytest.param(_claim("17", 0, 3), (), id="nothing that would print so"),
    ],
)
def test_nothing_to_explain(claim, expected):
    """Numbers that agree, or that nothing explains, have no cause."""
    assert expected == causes(claim)


def test_an_n_printed_elsewhere_goes_before_one_that_is_nearer():
    """Of two n that would have the percent the one that the arm has elsewhere is likelier."""
    assert [81, 79] == [
        next(one.n for one in causes(_claim("25", 20, 83, sisters=sisters)) if one.kind == N)
        for sisters in ((), (79,))
    ]


def test_a_level_that_is_not_printed_is_the_likelier_to_be_another():
    """Where 95 % was only taken for granted, another level weighs three times as much."""
    stated, not_stated = (
        next(one for one in causes(_claim("25.0", 8, 32, "13.1", "40.6", stated=stated))
             if one.kind == LEVEL)
        for stated in (True, False)
    )  # fmt: skip
    assert pytest.approx(3 * stated.weight) == not_stated.weight


def test_the_interval_tells_which_n():
    """Of the n that have the percent, the one that has the interval too goes first."""
    first = causes(_claim("25", 20, 83, "16.2", "36.4"))[0]
    assert (N, 79, "clopper-pearson") == (first.kind, first.n, first.form)


def test_the_interval_tells_that_the_percent_is_wrong():
    """A last digit that is off is no slip, but the interval is that of the printed count."""
    first = causes(_claim("36.6", 16, 44, "22.4", "52.2"))[0]
    assert (PERCENT, "36.4", "") == (first.kind, first.meant, first.words)


def test_a_count_that_follows_from_a_mistyped_percent():
    """Where no count is printed, the interval may be that of the percent that was meant."""
    claim = Claim("43.8", 32, (14,), "18.6", "53.2", counted=False)
    first = causes(claim)[0]
    assert (COUNT, 11) == (first.kind, first.events)


@pytest.mark.parametrize(("decimals", "least"), [(1, 0.9), (0, 0.75)])
def test_accuracy(decimals, least):
    """Of planted slips that are seen, the first cause is of the right kind in most."""
    found = [
        one for kind, one in measured(5, decimals=decimals).items() if kind != "another method"
    ]
    assert least <= sum(one.kind_right for one in found) / sum(one.seen for one in found)


def test_another_method_is_seen_by_nobody():
    """An interval by an exotic method fits that method, and no slip is named."""
    assert 0 == measured(3)["another method"].seen
