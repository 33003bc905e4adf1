"""Causes of a proportion that does not agree with itself, the likeliest first."""

import pytest

from audit_causes import measured
from kb.audits.causes import BOUND, COUNT, ERROR, LEVEL, PERCENT, SISTER, UNFIT, Claim, N, causes
from kb.printed.number import half_up
from kb.stats.proportions.intervals import clopper_pearson


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


def _exact(events, n):
    """The exact interval of events of n, as it is printed."""
    found = clopper_pearson(events, n)
    return half_up(100 * found.low, 1), half_up(100 * found.high, 1)


@pytest.mark.parametrize(
    ("n", "reach"), [(10, 5), (25, 5), (29, 5), (30, 6), (50, 10), (100, 20), (105, 20)]
)
def test_how_far_other_numbers_of_patients_are_tried(n, reach):
    """A fifth of n, at least 5 and at most 20: an interval of one patient more finds no n."""
    near, far = (
        [one.n for one in causes(_claim("", 2, n, *_exact(2, other))) if one.kind == N]
        for other in (n + reach, n + reach + 1)
    )
    assert n + reach in near
    assert n + reach + 1 not in far


def test_a_count_off_by_one_is_likelier_than_one_off_by_two():
    """The interval of one event more weighs more than that of two more."""
    one, two = (
        next(c.weight for c in causes(_claim("", 8, 32, *_exact(more, 32))) if c.events == more)
        for more in (9, 10)
    )
    assert one > two


def test_several_numbers_printed_elsewhere_share_their_weight():
    """All other n of an arm together weigh as much as one alone."""
    alone, shared = (
        next(one.weight for one in causes(_claim("25", 20, 83, sisters=sisters)) if one.n == 79)
        for sisters in ((79,), (79, 81))
    )
    assert pytest.approx(SISTER / 2) == alone - shared


def test_a_percent_that_the_count_has_not_makes_a_cause_less_likely():
    """Another count that has the interval counts for less where the percent is that of this one."""
    unsaid, gainsaid = (
        next(c.weight for c in causes(_claim(value, 8, 32, *_exact(9, 32))) if c.events == 9)
        for value in ("", "25")
    )
    assert pytest.approx(UNFIT * unsaid) == gainsaid


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (_claim("-4.0", 2, 50), "a percent below nothing is that of no n"),
        (_claim("104", 2, 50), "nor is one above a hundred"),
    ],
)
def test_no_number_of_patients_has_a_percent_beyond_its_ends(claim, why):
    """Only slips of the pen are left for a percent outside 0 to 100."""
    assert all(one.kind == PERCENT for one in causes(claim)), why
