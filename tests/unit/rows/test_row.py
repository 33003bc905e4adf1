"""A row: its flat fields and what they mean, typed."""

import pytest

from kb.printed.measure import MEASURES
from kb.printed.time import Time
from kb.rows.row import FIELDS, NO_COUNT, Row


def _row(**more):
    return Row("1", "alpha", **more)


def test_fields_are_the_interface():
    """A row has 81 flat fields, in one order, and all but its address and trial may be silent."""
    assert 81 == len(FIELDS) == len(set(FIELDS))
    assert ("address", "trial") == FIELDS[:2]
    silent = _row().as_dict()
    assert list(FIELDS) == list(silent)
    assert {"", None, False} == {value for name, value in silent.items() if name not in FIELDS[:2]}


@pytest.mark.parametrize("name", list(MEASURES))
def test_kind(name):
    """The measure of a row is an entry of the table of measures."""
    assert MEASURES[name] is _row(measure=name).kind


@pytest.mark.parametrize("word", ["", "mean"])
def test_no_kind(word):
    """A word that is no measure is refused with those there are."""
    with pytest.raises(
        ValueError, match=f"'{word}' is not a measure; known are proportion, median"
    ):
        _ = _row(measure=word).kind


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("arm", "arms"), ("versus", "versus_arms"), ("drugs", "treatments"),
        ("regimen_classes", "classes"), ("histologies", "studied"), ("part", "parts"),
    ],
)  # fmt: skip
def test_lists(field, name):
    """A list is what its text holds, in its order; none where the text is empty."""
    assert () == getattr(_row(), name)
    assert ("b", "a") == getattr(_row(**{field: "b;a"}), name)


def test_pairs():
    """Restrictions keep a value without its key; a definition that states nothing has no pairs."""
    assert (("age", "over 65"), ("age", ">=70")) == _row(
        subgroup="age=over 65;age=>=70"
    ).restrictions
    assert (("", "old"),) == _row(subgroup="old").restrictions
    assert (("stable-disease-for", "16 weeks"),) == _row(
        definition="stable-disease-for=16 weeks"
    ).defined
    assert () == _row(definition="not-stated").defined
    assert {"b/r/s": "some"} == _row(overlaps="b/r/s=some").shares_with


def test_times():
    """The time of a rate and that within which events count, with the unit that is printed."""
    row = _row(at_value="6", at_unit="months", by_value="16", by_unit="weeks")
    assert (Time("6", "months"), Time("16", "weeks")) == (row.at, row.by)
    assert (None, None) == (_row(at_unit="months").at, _row(by_unit="weeks").by)
    assert Time("6", "") == _row(at_value="6").at


@pytest.mark.parametrize(
    ("counts", "possible"), [("", None), (NO_COUNT, ()), ("74", (74,)), ("74;75", (74, 75))]
)
def test_possible_counts(counts, possible):
    """None where nothing was tried, and nothing where no count fits."""
    assert possible == _row(counts=counts).possible_counts


@pytest.mark.parametrize(
    ("fields", "contrast"),
    [
        ({"measure": "proportion"}, False), ({"measure": "landmark"}, False), ({}, False),
        ({"measure": "hazard-ratio"}, True), ({"measure": "not-stated"}, True),
        ({"measure": "proportion", "versus": "two"}, True),
        ({"measure": "proportion", "contrast_kind": "prognostic"}, True),
    ],
)  # fmt: skip
def test_is_contrast(fields, contrast):
    """Another arm, a kind of contrast, or a measure of two sets makes a contrast."""
    assert contrast is _row(**fields).is_contrast


@pytest.mark.parametrize(
    ("fields", "passed_on"),
    [
        ({"read": "full-text"}, False), ({"read": "news"}, True), ({"read": "review-table"}, True),
        ({"read": "conference", "relays": "smith-2020"}, True), ({}, False),
    ],
)  # fmt: skip
def test_second_hand(fields, passed_on):
    """A row is second-hand as its report is."""
    assert passed_on is _row(**fields).second_hand


def test_place():
    """Trial, report and set say whom a row is about."""
    row = _row(report="smith-2020", set="one")
    assert ("alpha/smith-2020/one", ("alpha", "smith-2020", "one")) == (row.set_address, row.place)


@pytest.mark.parametrize(
    ("fields", "converted"),
    [
        ({"low": "27", "high": "68", "printed_low": "0.27", "printed_high": "0.68"}, True),
        ({"low": "27", "high": "68", "printed_low": "27", "printed_high": "68"}, False),
        ({"low": "27", "printed_low": "0.27"}, True),
        ({"low": "27", "high_state": "not-reached", "printed_low": "27", "printed_high": "not-reached"}, False),
        ({"low": "27", "high": "68"}, False),
        ({"low": "27", "high": "68", "printed_low": "1", "printed_high": "2", "interval_source": "computed"}, False),
        ({}, False),
    ],
)  # fmt: skip
def test_bounds_converted(fields, converted):
    """Bounds of the source that are not shown as it prints them; computed ones are no conversion."""
    assert converted is _row(**{"interval_source": "reported", **fields}).bounds_converted
