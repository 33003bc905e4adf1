"""What the numbers of one row admit: counts, percents, and tables of two arms."""

from typing import Any

import pytest

from kb.rows.admitted import (
    counts,
    exact_value,
    interval_printed,
    percent_span,
    possible_tables,
    reported_events,
)
from kb.rows.row import Row


def _row(**more):
    printed: dict[str, Any] = {
        "measure": "proportion",
        "value": "25",
        "value_source": "reported",
        "n": 40,
    }
    return Row("1", "alpha", **(printed | more))


@pytest.mark.parametrize(
    ("fields", "exact"),
    [
        ({}, True), ({"value": ""}, False), ({"value": "<25"}, False),
        ({"approximation": "about"}, False), ({"value_source": "computed"}, False),
        ({"value_source": ""}, False),
    ],
)  # fmt: skip
def test_exact_value(fields, exact):
    """A number of its own that is printed as it is."""
    assert exact is exact_value(_row(**fields))


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"low": "1", "high": "2", "interval_source": "reported"}, True),
        ({"low": "1", "high": "", "interval_source": "reported"}, False),
        ({"low": "", "high": "2", "interval_source": "reported"}, False),
        ({"low": "1", "high": "2", "interval_source": "computed"}, False),
        ({"low": "1", "high": "2"}, False),
    ],
)
def test_interval_printed(fields, printed):
    """Two bounds that are numbers and that the source prints."""
    assert printed is interval_printed(_row(**fields))


@pytest.mark.parametrize(
    ("unit", "low", "high", "printed"),
    [
        ("percent", "0.27", "0.68", True),
        ("percent", "0.275", "0.68", True),
        ("percent", "0.3", "0.68", False),
        ("percent", "0.27", "0.7", False),
        ("months", "17.25", "35.25", False),
    ],
)
def test_converted_interval(unit, low, high, printed):
    """Fractions with two decimals are percents as printed; with one, and of times, digits are ours."""
    shown = {"low": "27", "high": "68", "interval_source": "reported", "unit": unit}
    assert printed is interval_printed(_row(**shown, printed_low=low, printed_high=high))


COUNTS: dict[str, tuple[dict[str, Any], tuple[int, ...]]] = {
    "printed": ({"events": 11, "events_source": "reported"}, (11,)),
    "printed, none": ({"events": 0, "events_source": "reported"}, (0,)),
    "printed beside a pooled rate": (
        {"events": 11, "events_source": "reported", "estimator": "meta-analysis"}, (11,),
    ),
    "reconstructed is not printed": ({"events": 11, "events_source": "reconstructed"}, (10,)),
    "of a percent": ({}, (10,)),
    "of a percent by any rounding": ({"value": "27"}, (11,)),
    "of a percent with several": ({"value": "25", "n": 150}, (37, 38)),
    "of a percent with none": ({"value": "26"}, ()),
    "pooled by the source": ({"estimator": "meta-analysis"}, ()),
    "without n": ({"n": None}, ()),
    "of nobody": ({"n": 0}, ()),
    "approximate": ({"approximation": "about"}, ()),
    "of all": ({"value": "100"}, (40,)),
    "over all": ({"value": "100.1"}, ()),
    "of none": ({"value": "0"}, (0,)),
    "below none": ({"value": "-1"}, ()),
}  # fmt: skip


@pytest.mark.parametrize("case", list(COUNTS))
def test_counts(case):
    """The printed count, else whatever the printed percent admits under any rounding."""
    fields, admitted = COUNTS[case]
    assert admitted == counts(_row(**fields))


def test_reported_events():
    """A count that was worked out is not one that is printed."""
    assert 11 == reported_events(_row(events=11, events_source="reported"))
    assert reported_events(_row(events=11, events_source="reconstructed")) is None
    assert reported_events(_row()) is None


def _count(events, n):
    return _row(value="", events=events, events_source="reported", n=n)


@pytest.mark.parametrize(
    ("one", "other", "tables"),
    [
        (_count(3, 20), _count(5, 22), [(3, 20, 5, 22)]),
        (_count(20, 20), _count(22, 22), [(20, 20, 22, 22)]),
        (_count(21, 20), _count(5, 22), []),
        (_count(3, 20), _count(23, 22), []),
        (_count(3, None), _count(5, 22), []),
        (_count(3, 20), _count(5, None), []),
        (_count(3, 20), _count(5, 0), []),
        (_row(n=150), _count(5, 22), [(37, 150, 5, 22), (38, 150, 5, 22)]),
        (_row(estimator="meta-analysis"), _count(5, 22), []),
    ],
)
def test_possible_tables(one, other, tables):
    """Every pair of counts that both numbers allow, none of more events than patients."""
    assert tables == possible_tables(one, other)


@pytest.mark.parametrize(
    ("fields", "span"),
    [
        ({"events": 10, "events_source": "reported"}, (25.0, 25.0)),
        ({"events": 0, "events_source": "reported"}, (0.0, 0.0)),
        ({"events": 10, "events_source": "reported", "n": None}, (24.5, 26.0)),
        ({"events": 10, "events_source": "reconstructed"}, (24.5, 26.0)),
        ({"value": "25.0"}, (24.95, 25.1)),
        ({"approximation": "about"}, None),
        ({"value": ""}, None),
    ],
)
def test_percent_span(fields, span):
    """A printed count gives its percent exactly, a printed percent what its rounding admits."""
    assert span == percent_span(_row(**fields))
