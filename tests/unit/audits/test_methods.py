"""Forms of an interval: which there are, and when a printed interval is that of one."""

from math import sqrt

import pytest

from audit_studies import seeded
from kb.audits import methods
from kb.printed.number import half_up

CLOPPER_PEARSON = "clopper-pearson"


@pytest.mark.parametrize(
    ("events", "n", "low", "high", "expected"),
    [
        pytest.param(11, 18, "35.8", "", True, id="low 35.7451, rounded twice by way of 35.75"),
        pytest.param(19, 32, "40.7", "", False, id="low 40.6449, which is 40.64 and then 40.6"),
        pytest.param(8, 32, "", "43.4", True, id="high 43.4049, rounded"),
        pytest.param(8, 32, "", "43.3", True, id="high 43.4049, a unit off by less than rounding"),
        pytest.param(13, 18, "", "90.2", False, id="high 90.3051, a unit off by more"),
        pytest.param(8, 32, "11.5", "43.4", True, id="both bounds"),
        pytest.param(8, 32, "11.5", "43.6", False, id="the low bound alone"),
        pytest.param(8, 32, "11.2", "43.4", False, id="the high bound alone"),
        pytest.param(8, 32, "", "", True, id="no bound is printed"),
    ],
)
def test_printed_bounds(events, n, low, high, expected):
    """A bound prints so if it is rounded, cut off, or rounded twice; a missing one always does."""
    assert expected == (CLOPPER_PEARSON in methods.matching(events, n, low, high, 95))


@pytest.mark.parametrize(
    ("events", "level", "expected"),
    [(0, 51, False), (0, 52, True), (14, 52, True), (1, 52, False), (13, 52, False)],
)
def test_one_sided_at_the_border(events, level, expected):
    """At 0 and n a level may lie on one side, if twice as much can be left out."""
    assert expected == (methods.ONE_SIDED in methods.forms(events, 14, level))


@pytest.mark.parametrize(("events", "expected"), [(0, False), (1, True), (13, True), (14, False)])
def test_wald_has_width(events, expected):
    """The normal approximation is a form between 0 and n only."""
    assert expected == ("wald" in methods.forms(events, 14, 95))


def test_forms_end_at_the_whole():
    """The log and arcsine forms of a high rate end at 100 %, the arcsine one of a low rate begins at 0 %."""
    high, low = methods.forms(13, 14, 99), methods.forms(1, 14, 99)
    assert 100 == high["log"].high
    assert 100 == pytest.approx(high["arcsine"].high)
    assert pytest.approx(0) == low["arcsine"].low


def test_first_way():
    """Of several counts and levels that give the bounds, the first of each form is kept."""
    found = methods.matching_any((7, 8, 9), 32, "11", "43", (95, 90))
    assert (8, 95) == found[CLOPPER_PEARSON]


@pytest.mark.parametrize(
    ("low", "high", "expected"), [("11", "43", CLOPPER_PEARSON), ("14", "46", "log"), ("9", "41", "wald with continuity correction")]
)  # fmt: skip
def test_nearest(low, high, expected):
    """The nearest form has the least distance, both bounds together."""
    assert expected == methods.nearest(8, 32, low, high, 95)[0]


@pytest.mark.parametrize(
    ("events", "low", "high", "expected"),
    [
        (8, "17.3", "32.7", True),
        (8, "17.2", "32.7", False),
        (8, "17.3", "32.8", False),
        (0, "0", "0", False),
        (32, "100", "100", False),
    ],
)
def test_standard_error(events, low, high, expected):
    """25 % of 32 less and plus one standard error is 17.345 to 32.655; 0 and n have none."""
    assert expected == methods.is_standard_error(events, 32, low, high)


def test_width_against_counting():
    """The width is set against two standard errors of a count times the deviate of the level."""
    counted = 2 * 1.959963985 * sqrt(0.3 * 0.7 / 50)
    assert pytest.approx(0.25 / counted) == methods.narrower_than_counting(0.3, 50, 0.2, 0.45, 95)


def _drawn(seed):
    """A proportion, and an interval of it or of a neighbour, at some level by some form."""
    random = seeded(f"methods {seed}")
    n = random.choice((random.randint(2, 30), random.randint(20, 300)))
    events = random.randint(0, n)
    m = max(1, n + random.choice((-2, -1, 0, 0, 1, 2)))
    x = min(m, max(0, events + random.choice((-1, 0, 0, 1))))
    level = random.choice((80, 90, 95, 99))
    bounds = random.choice(list(methods.forms(x, m, level).values()))
    places = random.choice((0, 1, 2))
    return events, n, *(half_up(bound, places) for bound in bounds[:2]), level


@pytest.mark.parametrize("seed", range(150))
def test_quick_looks_lose_nothing(seed):
    """The forms that give an interval are those whose bounds, all worked out, print so."""
    events, n, low, high, level = _drawn(seed)
    expected = {
        form for form, bounds in methods.forms(events, n, level).items()
        if form in methods.matching(events, n, low, "", level)
        and form in methods.matching(events, n, "", high, level)
    }  # fmt: skip
    assert expected == set(methods.matching(events, n, low, high, level))


def test_common_forms_weigh_more():
    """Exact, Wilson and Wald intervals are common, the others rare; of equals the first is taken."""
    assert CLOPPER_PEARSON == methods.likeliest(("log", "wilson", CLOPPER_PEARSON))
    assert "log" == methods.likeliest(("log", "logit"))
    assert methods.weight("wald") > 10 * methods.weight("log-log")
