"""Numbers as they are shown: printed ones as printed, computed ones rounded once, half up."""

from dataclasses import replace

import pytest

from kb.printed.measure import MEASURES, MEDIAN, PROPORTION
from kb.rendering.words import numbers
from kb.rows.row import Row


def _row(**fields):
    return Row(**{"address": "a", "trial": "t", "measure": "proportion", **fields})


PRINTED = {
    "value": "30.8",
    "value_source": "reported",
    "unit": "percent",
    "low": "18.7",
    "high": "45.1",
    "level": 95.0,
    "interval_source": "reported",
    "interval_sides": "two",
}


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("12.5", 0, "13"),
        ("0.125", 2, "0.13"),
        ("2.675", 2, "2.68"),
        (2.675, 2, "2.68"),
        ("-0.04", 1, "0.0"),
        ("34.5419171", 1, "34.5"),
        (1 / 3, 1, "0.3"),
    ],
)
def test_rounding_is_half_up(number, decimals, text):
    """Halves go up, whatever binary floats make of them, and nothing is minus zero."""
    assert text == numbers.rounded(number, decimals)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("house", "30.8% (95% CI, 18.7%–45.1%)"),
        ("jama", "30.8% [95% CI, 18.7-45.1]"),
        ("jco", "30.8%; 95% CI, 18.7% to 45.1%"),
        ("bmc", "30.8% (95% CI: 18.7–45.1)"),
    ],
)
def test_styles(style, text):
    """One estimate in the style of each journal."""
    assert text == numbers.estimate_text(_row(**PRINTED), numbers.STYLES[style])


def test_printed_numbers_stay_as_printed():
    """25.0 stays 25.0, and 100 stays 100 beside a bound of 100.0."""
    row = _row(**{**PRINTED, "value": "100", "low": "77.2", "high": "100.0"})
    assert "100% (95% CI, 77.2%–100.0%)" == numbers.estimate_text(row)


def test_computed_numbers_are_rounded_once():
    """Ten significant digits become one decimal."""
    row = _row(**{**PRINTED, "low": "16.54082249", "high": "34.55", "interval_source": "computed"})
    assert "95% CI, 16.5%–34.6%" == numbers.interval_text(row)


def test_states():
    """Not reached, not estimable and not given stay apart."""
    row = _row(
        value_state="not-reached",
        value_source="reported",
        unit="months",
        low="14.4",
        high_state="not-estimable",
        level=95.0,
        interval_source="reported",
        interval_sides="two",
    )
    assert "NR (95% CI, 14.4–NE)" == numbers.estimate_text(row)


def test_levels():
    """A level that is not stated is said to be so; 97.5 is no whole number."""
    row = _row(**{**PRINTED, "level": None})
    assert "CI of unstated level, 18.7%–45.1%" == numbers.interval_text(row)
    assert "97.5% CI, 18.7%–45.1%" == numbers.interval_text(_row(**{**PRINTED, "level": 97.5}))


def test_one_sided():
    """A one-sided interval shows its one bound."""
    row = _row(**{**PRINTED, "high": "", "interval_sides": "lower"})
    assert "95% CI, one-sided, ≥18.7%" == numbers.interval_text(row)


def test_converted_units():
    """Weeks are shown as printed, with months after them."""
    row = _row(value="23.7", value_source="reported", unit="weeks", value_months=23.7 * 7 / 30.4375)
    assert "23.7 wk (≈5.5 mo)" == numbers.value_text(row)


def test_counts():
    """A reconstructed count carries its mark."""
    assert "16/52" == numbers.count_text(_row(events=16, n=52, events_source="reported"))
    assert "16*/52" == numbers.count_text(_row(events=16, n=52, events_source="reconstructed"))
    assert "16‡/52" == numbers.count_text(_row(events=16, n=52, events_source="computed"))
    assert "" == numbers.count_text(_row(n=52))


def test_lower_bounds():
    """At least so many of n, and what is not printed; without n, at least so many percent."""
    bound = {"value_source": "computed", "approximation": "at-least", "unit": "percent"}
    parts = {**bound, "value": "20.93023256", "formula": "PR 9; CR not printed"}
    assert "≥ 9/43" == numbers.count_text(_row(**parts, n=43))
    assert "≥ 9/43: PR, CR not printed" == numbers.bound_text(_row(**parts, n=43))
    assert "≥20.9%" == numbers.value_text(_row(**parts, n=43))
    assert "≥ 33%: PR, CR not printed" == numbers.bound_text(_row(**{**parts, "value": "33"}))
    alone = {**parts, "value": "", "events": 9, "events_source": "computed"}
    assert "≥ 9: PR, CR not printed" == numbers.bound_text(_row(**alone))
    percent = {**parts, "value": "21.0", "formula": "PR 21.0 %; CR not printed"}
    assert "≥ 21.0%: PR, CR not printed" == numbers.bound_text(_row(**percent))
    assert "≥ 21.0%: PR, CR not printed" == numbers.bound_text(_row(**percent, n=400))
    assert "≥ 100/150: CR, PR not printed" == numbers.bound_text(
        _row(**{**parts, "value": "66.66666667", "formula": "CR 100; PR not printed"}, n=150)
    )


@pytest.mark.parametrize(
    ("printed", "house", "jama"),
    [
        (".19", "P = .19", "P = .19"),
        ("0.004", "P = 0.004", "P = .004"),
        ("<.001", "P < .001", "P < .001"),
        ("NS", "P NS", "P NS"),
    ],
)
def test_p_values(printed, house, jama):
    """p-values keep their printed form; AMA drops the zero before the point."""
    assert house == numbers.p_text(printed)
    assert jama == numbers.p_text(printed, numbers.STYLES["jama"])


def test_computed_p_is_never_zero():
    """Below half a thousandth it is said to be below a thousandth."""
    assert "<0.001" == numbers.computed_p(0.0004)
    assert "0.001" == numbers.computed_p(0.0005)


def test_labels_tell_numbers_apart():
    """Landmarks, definitions, ids and contrasts say what they are."""
    assert "at 6 mo" == numbers.label_text(_row(measure="landmark", at_value="6", at_unit="months"))
    assert "SD ≥ 16 weeks" == numbers.label_text(
        _row(measure="proportion", definition="stable-disease-for=16 weeks")
    )
    assert "HR v placebo, central" == numbers.label_text(
        _row(measure="hazard-ratio", versus_set="placebo", id="central")
    )


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("about", "~30.8%"),
        ("just-under", "just under 30.8%"),
        ("under", "<30.8%"),
        ("over", ">30.8%"),
        ("up-to", "≤30.8%"),
        ("at-least", "≥30.8%"),
        ("", "30.8%"),
    ],
)
def test_approximations(word, text):
    """What print says before a number stays before it."""
    assert text == numbers.value_text(_row(**{**PRINTED, "approximation": word}))


def test_every_approximation_of_a_record_has_words():
    """The words that a record may say before a number are those that are written."""
    from typing import get_args

    from kb.model.words import Approximation

    (choices,) = (one for one in (Approximation, *get_args(Approximation)) if get_args(one))
    assert set(numbers.APPROXIMATE) == {one for one in get_args(choices) if isinstance(one, str)}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": "6.2", "unit": "months", "value_months": 6.2}, "6.2 mo"),
        ({"value": "23.7", "unit": "weeks"}, "23.7 wk"),
        ({"value": "1", "unit": "years", "value_months": 12.0}, "1 y (≈12.0 mo)"),
        ({"value": "90", "unit": "days", "value_months": 90 / 30.4375}, "90 d (≈3.0 mo)"),
        ({"value": "6.2", "unit": "cycles"}, "6.2 cycles"),
        ({"value": "0.80", "unit": ""}, "0.80"),
        ({"value": "0.7958", "unit": "", "value_source": "computed"}, "0.8"),
        ({"value": "0.7958", "value_source": "computed", "measure": "odds-ratio"}, "0.80"),
        ({"value": "", "value_state": "not-estimable"}, "NE"),
        ({"value": "", "value_state": "not-given"}, "not given"),
        ({"value": ""}, ""),
    ],
)
def test_values(fields, text):
    """A value with its unit, converted beside it where that is not months."""
    assert text == numbers.value_text(_row(**{"value_source": "reported", **fields}))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"interval_source": ""}, ""),
        ({"low": "", "interval_sides": "upper"}, "95% CI, one-sided, ≤45.1%"),
        ({"high": "", "high_state": "not-reached"}, "95% CI, 18.7%–NR"),
        ({"unit": ""}, "95% CI, 18.7–45.1"),
        ({"low": "18.74", "high": "45.06", "interval_source": "computed"}, "95% CI, 18.7%–45.1%"),
        (
            {"low": "18.74", "high": "45.060", "printed_low": "0.1874", "printed_high": "0.45060"},
            "95% CI, 18.74%–45.060%",
        ),
        (
            {
                "measure": "median",
                "unit": "months",
                "low": "4.139630390",
                "high": "8.049281314",
                "printed_low": "18",
                "printed_high": "35",
            },
            "95% CI, 4.1–8.0",
        ),
        (
            {
                "measure": "median",
                "unit": "months",
                "low": "4.13",
                "high": "8.05",
                "printed_low": "4.13",
                "printed_high": "8.05",
            },
            "95% CI, 4.13–8.05",
        ),
        ({"low": "18.74", "high": "45.06"}, "95% CI, 18.74%–45.06%"),
    ],
)
def test_intervals(fields, text):
    """Bounds as printed, states for those that are none, one bound where there is one side."""
    assert text == numbers.interval_text(_row(**{**PRINTED, **fields}))


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        ("", "", ""),
        ("2.1", "19.1+", "range, 2.1–19.1+"),
        ("2.1", "", "range, 2.1–"),
        ("", "19.1", "range, –19.1"),
        ("2.1", "not-reached", "range, 2.1–NR"),
    ],
)
def test_ranges(low, high, text):
    """A range is never an interval, and stands where there is none."""
    row = _row(range_low=low, range_high=high, value="6.2", unit="months", value_source="reported")
    assert text == numbers.range_text(row)
    assert (f"6.2 mo ({text})" if text else "6.2 mo") == numbers.estimate_text(row)


def test_count_of_unknown_size():
    """A count whose n is not printed has a question mark for it."""
    assert "3/?" == numbers.count_text(_row(events=3, events_source="reported"))
    assert "0/9" == numbers.count_text(_row(events=0, n=9, events_source="reported"))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"by_value": "24", "by_unit": "weeks"}, "by 24 wk"),
        ({"timing": "at-last-assessment"}, "at last assessment"),
        ({"timing": "best"}, ""),
        (
            {"measure": "not-stated", "versus": "two", "versus_set": "two", "id": "sex"},
            "v two, sex",
        ),
        ({"measure": "median", "id": "central"}, "central"),
        (
            {"at_value": "6", "at_unit": "months", "by_value": "24", "by_unit": "weeks", "id": "x"},
            "at 6 mo, by 24 wk, x",
        ),
    ],
)
def test_labels(fields, text):
    """Times, what it is set against, ids and definitions, in that order; nothing for the plain."""
    assert text == numbers.label_text(_row(**fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": "", "interval_source": "", "p": ".24"}, "P = .24"),
        ({"value": "", "p": ".24"}, "95% CI, 18.7%–45.1%; P = .24"),
        ({"p": ".24"}, "30.8% (95% CI, 18.7%–45.1%); P = .24"),
        ({"value": ""}, "95% CI, 18.7%–45.1%"),
        ({"interval_source": "", "p": ".24"}, "30.8%; P = .24"),
    ],
)
def test_estimates(fields, text):
    """Value, interval and p, as many of them as there are."""
    assert text == numbers.estimate_text(_row(**{**PRINTED, **fields}))


@pytest.mark.parametrize(
    ("printed", "house", "jama"),
    [
        ("= 0.5", "P = 0.5", "P = 0.5"),
        ("≤0.05", "P ≤ 0.05", "P ≤ 0.05"),
        (">0.99", "P > 0.99", "P > 0.99"),
        ("≥.5", "P ≥ .5", "P ≥ .5"),
        ("1.00", "P = 1.00", "P = 1.00"),
        (" .04 ", "P = .04", "P = .04"),
    ],
)
def test_signs_of_p(printed, house, jama):
    """A sign of inequality stays; a whole number keeps its digit."""
    assert (house, jama) == (
        numbers.p_text(printed), numbers.p_text(printed, numbers.STYLES["jama"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "text"),
    [("inf", "∞"), ("-inf", "-∞"), ("nan", "–"), (float("inf"), "∞"), ("1e300", "1" + "0" * 300)],
)
def test_numbers_that_are_none(number, text):
    """What is infinite or unknown has a sign of its own; what is large is written out."""
    assert text == numbers.rounded(number, 0)


@pytest.mark.parametrize(
    ("level", "heading"),
    [(95, "95% CI"), (97.5, "97.5% CI"), (80.0, "80% CI"), (None, "CI"), (float("nan"), "CI")],
)
def test_heading_of_intervals(level, heading):
    """A column of intervals is headed by the level that they share, if there is one."""
    assert heading == numbers.interval_heading(level)


@pytest.mark.parametrize(
    ("level", "heading", "text"),
    [
        (95, 95, "18.7%–45.1%"),
        (90, 95, "18.7%–45.1% (90% CI)"),
        (95, None, "18.7%–45.1% (95% CI)"),
        (None, 95, "18.7%–45.1% (level not stated)"),
        (None, None, "18.7%–45.1% (level not stated)"),
    ],
)
def test_bounds_in_a_column(level, heading, text):
    """Bounds say their level where it is not that of the heading."""
    assert text == numbers.bounds_beside(_row(**{**PRINTED, "level": level}), heading)


def test_bounds_without_a_level():
    """One-sided bounds say so; without an interval there are none."""
    assert "18.7%–45.1%" == numbers.bounds_text(_row(**PRINTED))
    lower = {**PRINTED, "interval_sides": "lower", "high": ""}
    assert "one-sided, ≥18.7%" == numbers.bounds_text(_row(**lower))
    assert "one-sided, ≥18.7%" == numbers.bounds_beside(_row(**lower), 95)
    upper = {**PRINTED, "interval_sides": "upper", "low": ""}
    assert "one-sided, ≤45.1%" == numbers.bounds_text(_row(**upper))
    none = _row(value="30.8", value_source="reported", unit="percent")
    assert ("", "") == (numbers.bounds_text(none), numbers.bounds_beside(none, 95))


@pytest.mark.parametrize(
    ("levels", "shared"),
    [
        ([95, 95, 90], 95), ([90, 90, 95], 90), ([90, 95], 95), ([80], 80), ([None, 90], 90),
        ([None], None), ([], None),
    ],
)  # fmt: skip
def test_shared_level(levels, shared):
    """The commonest level heads a column, the highest of equals, one that is not stated never."""
    rows = [_row(**{**PRINTED, "level": level}) for level in levels]
    assert shared == numbers.shared_level([*rows, _row(level=99.0)])


@pytest.mark.parametrize(
    ("measure", "alone", "against"),
    [
        ("landmark", "rate at a time", ""),
        ("hazard-ratio", "HR", "HR v control"),
        ("odds-ratio", "OR", "OR v control"),
        ("risk-ratio", "RR", "RR v control"),
        ("risk-difference", "RD", "RD v control"),
        ("median-difference", "difference", "difference v control"),
        ("restricted-mean-difference", "RMST difference", "RMST difference v control"),
        ("not-stated", "contrast without a number", "v control"),
    ],
)
def test_every_other_number_has_a_label(measure, alone, against):
    """What is no percent of a count and no median says what it is."""
    row = _row(measure=measure, value="5.6", unit="months")
    assert alone == numbers.label_text(row)
    if against:
        assert against == numbers.label_text(replace(row, versus="control", versus_set="control"))


def test_a_p_beside_its_arms():
    """Beside the arms that it compares a p alone is a p; a value there says what it is."""
    alone = _row(measure="not-stated", beside="contrast", versus="control", p="<.001")
    assert "" == numbers.label_text(alone)
    assert "exact" == numbers.label_text(replace(alone, id="exact"))
    ratio = replace(alone, measure="hazard-ratio")
    assert "HR" == numbers.label_text(ratio)
    difference = replace(alone, measure="median-difference", value="5.6", unit="months")
    assert "difference" == numbers.label_text(difference)


def test_no_measure_is_without_a_label():
    """The cases above are all measures but the two that need no label."""
    unlabelled = [
        one
        for one in MEASURES
        if not numbers.label_text(_row(measure=one, value="5.6", unit="percent"))
    ]
    assert [PROPORTION, MEDIAN] == unlabelled


@pytest.mark.parametrize("measure", [PROPORTION, MEDIAN])
def test_a_bare_number_has_a_label(measure):
    """A percent and a time in months need none; without their unit they are named."""
    unit = "percent" if measure == PROPORTION else "months"
    assert "" == numbers.label_text(_row(measure=measure, value="5.6", unit=unit))
    assert measure == numbers.label_text(_row(measure=measure, value="5.6"))
