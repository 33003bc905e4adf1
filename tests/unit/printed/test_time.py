"""Times in print: units, spellings, conversion, and which times are the same."""

from decimal import Decimal

import pytest

from kb.printed.time import CONVERSION, UNITS, Time, days, months, unit_named

IN_DAYS = {"days": "1", "weeks": "7", "months": "30.4375", "years": "365.25"}


@pytest.mark.parametrize("unit", list(UNITS))
def test_conversion(unit):
    """A month is 30.4375 days and a year 365.25, whichever way it is asked."""
    length = Decimal(IN_DAYS[unit])
    assert float(3 * length) == pytest.approx(days(3, unit), rel=1e-14)
    assert float(3 * length / Decimal("30.4375")) == pytest.approx(months(3, unit), rel=1e-14)
    assert months(3, unit) == Time("3", unit).months
    assert UNITS[unit].days == days(1, unit)


def test_conversion_as_notes_say_it():
    """The sentence of a note holds the numbers that are used."""
    assert months(1, "days") == 1 / 30.4375
    assert ["30.4375", "7", "30.4375", "12"] == [
        word.strip(",") for word in CONVERSION.split() if word.strip(",").replace(".", "").isdigit()
    ]


SPELLINGS = {
    "days": ["days", "day", "d", "D", "Days."],
    "weeks": ["weeks", "week", "wk", "w", "wk."],
    "months": ["months", "month", "mo", "Mo.", " months "],
    "years": ["years", "year", "yr", "y", "YR."],
}


@pytest.mark.parametrize("unit", list(UNITS))
def test_spellings(unit):
    """A unit is known by its plural, its singular and its short forms, with a full stop or not."""
    assert {unit} == {unit_named(word) for word in SPELLINGS[unit]}
    assert {unit, UNITS[unit].short, *UNITS[unit].spellings} <= set(SPELLINGS[unit])


@pytest.mark.parametrize("word", ["", "m", "mos", "hours", "percent", "month s", "."])
def test_no_unit(word):
    """A word that is none is none; "m" may be a minute or a month."""
    assert "" == unit_named(word)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("24", "months"), ("2", "years"), True),
        (("23", "months"), ("2", "years"), False),
        (("18", "months"), ("1.5", "years"), True),
        (("12", "weeks"), ("84", "days"), True),
        (("12", "weeks"), ("85", "days"), False),
        (("24.0", "months"), ("24", "months"), True),
        (("0", "days"), ("0.0", "weeks"), True),
        (("100", "days"), ("1E+2", "days"), True),
        (("104", "weeks"), ("24", "months"), False),
        (("52.1786", "weeks"), ("12", "months"), False),
        (("730.5", "days"), ("2", "years"), False),
        (("6", ""), ("6", "months"), False),
        (("6", ""), ("6.0", ""), True),
    ],
)
def test_equal_times(one, other, same):
    """Years are months and weeks are days, exactly; no number of weeks is one of months."""
    assert same is (Time(*one).exact == Time(*other).exact)


def test_how_a_time_is_written():
    """Labels write the short unit, text the long one, and neither adds one that is not printed."""
    assert ("6 mo", "6.0 mo", "6") == tuple(
        Time(*one).short for one in (("6", "months"), ("6.0", "months"), ("6", ""))
    )
    assert {"d", "wk", "mo", "y"} == {Time("1", unit).short.split()[1] for unit in UNITS}
    assert "16 weeks" == str(Time("16", "weeks"))
    assert "100 days" == Time("100", "days").exact
