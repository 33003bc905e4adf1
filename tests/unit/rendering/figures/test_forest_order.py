"""In which order the rows of a forest plot stand."""

import pytest

from kb.rendering.figures.forest_order import SORTS, nested, ordered
from kb.rows.row import Row

NAMES = {"alpha": "Zulu", "beta": "Kilo", "gamma": "mike"}


def _row(trial, number, **fields):
    return Row(f"{trial}{number}", trial, measure="proportion", arm="one", **fields)


ROWS = [
    _row("alpha", 1, value="30", n=20, year=2019, line="second"),
    _row("beta", 1, value="5.5", n=100, year=None, line="first"),
    _row("gamma", 1, value="", n=None, year=2021, line=""),
]
WEIGHTS = {"alpha1": 0.5, "beta1": 0.2, "gamma1": 0.3}


@pytest.mark.parametrize(
    ("by", "order"),
    [
        (None, "alpha beta gamma"),
        ("value", "beta alpha gamma"),
        ("-value", "alpha beta gamma"),
        ("n", "alpha beta gamma"),
        ("-n", "beta alpha gamma"),
        ("year", "alpha gamma beta"),
        ("-year", "gamma alpha beta"),
        ("weight", "beta gamma alpha"),
        ("-weight", "alpha gamma beta"),
        ("trial", "beta gamma alpha"),
        ("-trial", "alpha gamma beta"),
        ("line", "beta alpha gamma"),
    ],
)
def test_order(by, order):
    """From low to high, or the other way with a minus; rows without the field stand last."""
    assert order.split() == [row.trial for row in ordered(ROWS, by, NAMES, WEIGHTS)]


def test_times_by_their_months():
    """Thirty weeks stand before eight months."""
    weeks = Row("a", "weeks", measure="median", value="30", value_months=6.9)
    months = Row("b", "months", measure="median", value="8", value_months=8.0)
    names = {"weeks": "w", "months": "m"}
    assert ["weeks", "months"] == [
        row.trial for row in ordered([months, weeks], "value", names, None)
    ]


def test_parts_follow_their_whole():
    """Subgroups stand beneath the whole of their arm, sorted among themselves."""
    parts = [
        _row("alpha", place, value=value, subgroup=f"histology={place}")
        for place, value in ((2, "1"), (3, "0.5"))
    ]
    found = ordered([*parts, *ROWS], "value", NAMES, None)
    assert ["beta1", "alpha1", "alpha3", "alpha2", "gamma1"] == [row.address for row in found]
    assert ["alpha1", "alpha2", "alpha3", "beta1", "gamma1"] == [
        row.address for row in nested([*ROWS, *parts])
    ]


@pytest.mark.parametrize("by", ["nobody", "-nobody", "valu"])
def test_no_order(by):
    """What no row can be sorted by is refused with what there is."""
    with pytest.raises(
        ValueError, match=rf"sorted by {', '.join(SORTS)} or a field, not by '{by}'"
    ):
        ordered(ROWS, by, NAMES, WEIGHTS)


def test_no_weights():
    """Rows that were not pooled have no weights to be sorted by."""
    with pytest.raises(ValueError, match="weights are of a pooled estimate"):
        ordered(ROWS, "weight", NAMES, None)
