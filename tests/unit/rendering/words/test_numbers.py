"""Numbers as they are shown: printed ones as printed, computed ones rounded once, half up."""

import pytest

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
    assert "" == numbers.count_text(_row(n=52))


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
