"""Printed intervals of proportions: at which level they are read, and what they prove."""

import pytest

from kb.audits import methods
from kb.audits.readings import (
    confirmed,
    fitting_as_well,
    neighbours,
    other_n,
    readings,
    sisters,
    thinned,
    unconfirmed,
)
from kb.audits.study import studies
from kb.tables.table import table_of


def _study(words, *rows):
    """The study of a table of one arm, each row as cells beside the arm."""
    cells = [{"study": "s", "arm": "a", "endpoint": "orr", **row} for row in rows]
    (study,) = studies(table_of(cells, words).rows, words)
    return study


def _one(words, **cells):
    (reading,) = readings(_study(words, cells))
    return reading


def _eight(words, low, high, **more):
    return _one(words, events=8, n=32, value="25.0", low=low, high=high, **more)


@pytest.mark.parametrize(
    ("low", "high", "level", "expected"),
    [
        pytest.param("11.5", "43.4", "", (95, True), id="95 is taken for granted"),
        pytest.param("13.1", "40.6", "", (90, False), id="only 90 gives it"),
        pytest.param("15.1", "37.4", "", (80, False), id="only 80 gives it"),
        pytest.param("8.7", "48.9", "", (99, False), id="only 99 gives it"),
        pytest.param("13.1", "40.6", "90", (90, True), id="90 is printed"),
        pytest.param("13.1", "40.6", "95", (95, False), id="95 is printed, and 90 gives it"),
        pytest.param("18.0", "31.0", "", (95, False), id="nothing gives it"),
    ],
)
def test_level(words, low, high, level, expected):
    """An interval without a level is read as one of 95 %, then at the others; it fits at 95 only."""
    found = _eight(words, low, high, level=level)
    assert expected == (found.level, found.fits)


@pytest.mark.parametrize(
    ("low", "high", "expected"), [("11.46", "43.40", True), ("11", "43", False)]
)
def test_what_an_interval_proves(words, low, high, expected):
    """With two decimals an interval is that of one count and n; with none of several."""
    found = _eight(words, low, high, level="95")
    assert expected == confirmed(found)
    assert expected == (neighbours(found) == [])
    assert expected == (fitting_as_well(found) == "")
    assert expected == (
        unconfirmed(_study(words, {"events": 8, "n": 32, "low": low, "high": high})) == []
    )


def test_neighbours_have_the_interval(words):
    """Each neighbour that is named has the printed interval by some form, as worked out from it."""
    found = _eight(words, "11", "43", level="95")
    for events, n in neighbours(found):
        assert abs(events - 8) <= 2
        assert abs(n - 32) <= 3
        assert methods.matching(events, n, "11", "43", 95)
    assert (8, 32) not in neighbours(found)


def test_neighbours_stay_possible(words):
    """No count below nobody or above everybody is tried, and no n below one."""
    for events, n in ((0, 2), (2, 2)):
        bounds = {0: ("0", "84"), 2: ("16", "100")}[events]
        found = _one(words, events=events, n=n, low=bounds[0], high=bounds[1], level="95")
        assert all(0 <= x <= m and m >= 1 for x, m in neighbours(found))


def test_an_interval_that_does_not_fit_confirms_nothing(words):
    """Neither confirmed nor unconfirmed: it is a finding."""
    found = _eight(words, "18.0", "31.0", level="95")
    assert not confirmed(found)
    assert [] == unconfirmed(_study(words, {"events": 8, "n": 32, "low": "18.0", "high": "31.0"}))


def test_what_is_said_of_neighbours(words):
    """The nearest neighbour is named, and the others are counted."""
    many = _eight(words, "11", "43", level="95")
    others = len(neighbours(many)) - 1
    assert f"and those of {others} more neighbours" in fitting_as_well(many)


def test_sisters(words):
    """The other n of an arm, the most frequent first; a row without an arm has none."""
    study = _study(
        words,
        {"n": 40, "events": 3}, {"n": 38, "events": 3}, {"n": 38, "events": 5}, {"n": 37, "events": 5},
        {"arm": "", "n": 36, "events": 5},
    )  # fmt: skip
    found = sisters(study)
    assert [(38, 37), ()] == [other_n(found, study.rows[at]) for at in (0, 4)]


@pytest.mark.parametrize("many", [39, 40, 41, 1000])
def test_thinned(many):
    """At most forty of many counts are tried, with the first and the last of them."""
    found = thinned(tuple(range(many)))
    assert (min(many, 40), 0, many - 1) == (len(found), found[0], found[-1])
