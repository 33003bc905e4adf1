"""The cells of a reviewer's table, one by one: what is read, and what is refused by row and column."""

import math
import re
from typing import Any

import pytest

from builders import base_of, trial
from kb.tables.file import COLUMNS
from kb.tables.rows import nearest_vocabulary, row_number, table_rows

WORDS = base_of(trial()).vocabulary


def _row(**cells):
    (row,) = table_rows([cells], WORDS)
    return row


CELLS: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {
    "study": [({"study": " A "}, {"trial": "A"})],
    "arm": [({"arm": "x"}, {"arm": "x", "set": "x|"})],
    "versus": [
        ({"arm": "x", "versus": "y"}, {"versus": "y", "versus_set": "y|", "measure": "not-stated"}),
        ({"arm": "x"}, {"versus": "", "versus_set": ""}),
    ],
    "subgroup": [
        ({"subgroup": "LMS"}, {"subgroup": "histology=leiomyosarcoma", "set": "|histology=leiomyosarcoma"}),
        ({"subgroup": "histology = LMS"}, {"subgroup": "histology = LMS"}),
        ({"subgroup": "histology=LMS"}, {"subgroup": "histology=leiomyosarcoma"}),
        ({"subgroup": "histology=unheard"}, {"subgroup": "histology=unheard"}),
        ({"subgroup": "age=over 65"}, {"subgroup": "age=over 65"}),
        ({"subgroup": "histology=LMS;age=old"}, {"subgroup": "histology=LMS;age=old"}),
        ({"subgroup": "women"}, {"subgroup": "women"}),
        ({"subgroup": "women", "versus": "y"}, {"versus_set": "y|women"}),
    ],
    "endpoint": [
        ({"endpoint": "Objective response rate"}, {"endpoint": "orr"}),
        ({"endpoint": "unheard"}, {"endpoint": "unheard"}),
        ({"study": "A"}, {"endpoint": ""}),
    ],
    "definition": [({"definition": "stable-disease-for=16 weeks"}, {"definition": "stable-disease-for=16 weeks"})],
    "measure": [
        ({"measure": "rate", "value": "25"}, {"measure": "proportion", "unit": "percent"}),
        ({"measure": "OR", "versus": "y"}, {"measure": "odds-ratio", "unit": ""}),
        ({"measure": "RD", "versus": "y"}, {"measure": "risk-difference", "unit": "percent"}),
        ({"versus": "y", "p": ".04"}, {"measure": "not-stated"}),
        ({"value": "6", "unit": "months"}, {"measure": "median", "unit": "months"}),
        ({"endpoint": "pfs", "at": "6", "value": "40"}, {"measure": "landmark"}),
        ({"endpoint": "pfs", "at": "6", "events": "4"}, {"measure": "proportion"}),
        ({"endpoint": "orr", "at": "6", "value": "40"}, {"measure": "proportion"}),
        ({"endpoint": "unheard", "at": "6", "value": "40"}, {"measure": "landmark"}),
        ({"endpoint": "pfs", "value": "40"}, {"measure": "proportion"}),
    ],
    "at": [
        ({"at": "6.0", "value": "40", "at_unit": "months"}, {"at_value": "6.0"}),
        ({"at": "0", "value": "40"}, {"at_value": "0"}),
        ({"value": "40"}, {"at_value": ""}),
    ],
    "at_unit": [({"at": "6", "at_unit": "mo"}, {"at_unit": "months"}), ({"at": "6"}, {"at_unit": ""})],
    "events": [
        ({"events": "10"}, {"events": 10, "events_source": "reported"}),
        ({"events": "0"}, {"events": 0, "events_source": "reported"}),
        ({"events": "10.0"}, {"events": 10}),
        ({"n": "40"}, {"events": None, "events_source": ""}),
        ({"value": "30.8", "n": "52"}, {"events": 16, "events_source": "reconstructed"}),
    ],
    "n": [({"n": "1"}, {"n": 1}), ({"n": "40.00"}, {"n": 40}), ({"events": "3"}, {"n": None})],
    "value": [
        ({"value": "24.70"}, {"value": "24.70", "value_source": "reported", "value_state": ""}),
        ({"value": "24.7 %"}, {"value": "24.7"}),
        ({"value": "24·7"}, {"value": "24.7"}),
        ({"value": "−5", "measure": "RD", "versus": "y"}, {"value": "-5"}),
        ({"value": "NR", "unit": "mo"}, {"value": "", "value_state": "not-reached", "value_source": "reported"}),
        ({"value": "—", "study": "A"}, {"value": "", "value_state": "not-given"}),
        ({"n": "40"}, {"value": "", "value_state": "", "value_source": ""}),
        ({"events": "10", "n": "40"}, {"value": "25", "value_source": "computed"}),
        ({"value": "52.1786", "unit": "weeks"}, {"value_months": pytest.approx(12.0, abs=1e-4)}),
    ],
    "low": [
        ({"low": "12.7", "high": "41"}, {"low": "12.7", "printed_low": "12.7", "interval_source": "reported"}),
        ({"low": "NE", "high": "41"}, {"low": "", "low_state": "not-estimable", "interval_source": "reported"}),
        ({"value": "25"}, {"low": "", "low_state": "", "interval_source": ""}),
        ({"low": "5", "unit": "weeks"}, {"low_months": pytest.approx(35 / 30.4375)}),
    ],
    "high": [
        ({"low": "12.7", "high": "41"}, {"high": "41", "printed_high": "41"}),
        ({"high": "41"}, {"high": "41", "interval_source": "reported"}),
        ({"low": "1", "high": "n.r."}, {"high": "", "high_state": "not-reached"}),
    ],
    "level": [
        ({"level": "95"}, {"level": 95.0, "printed_level": 95.0}),
        ({"level": "95 %"}, {"level": 95.0}),
        ({"level": "50"}, {"level": 50.0}),
        ({"level": "99.99"}, {"level": 99.99}),
        ({"level": "not stated"}, {"level": None}),
        ({"value": "5"}, {"level": None}),
    ],
    "sides": [
        ({"sides": "one"}, {"p_sides": "one", "interval_sides": "two"}),
        ({"sides": "1"}, {"p_sides": "one"}),
        ({"sides": "Two"}, {"p_sides": "two", "interval_sides": "two"}),
        ({"sides": "2"}, {"p_sides": "two"}),
        ({"sides": "lower"}, {"p_sides": "", "interval_sides": "lower"}),
        ({"sides": "upper"}, {"p_sides": "", "interval_sides": "upper"}),
        ({"sides": "not-stated"}, {"p_sides": "not-stated", "interval_sides": "two"}),
        ({"n": "3"}, {"p_sides": "", "interval_sides": "two"}),
    ],
    "p": [
        ({"p": ".04"}, {"p": ".04"}), ({"p": "p = .04"}, {"p": "= .04"}), ({"p": "P<.001"}, {"p": "<.001"}),
        ({"p": "0·04"}, {"p": "0.04"}), ({"p": "NS"}, {"p": "NS"}), ({"p": "6.5 x 10^-4"}, {"p": "6.5 x 10^-4"}),
    ],
    "unit": [
        ({"measure": "median", "unit": "Weeks", "value": "5"}, {"unit": "weeks"}),
        ({"measure": "median", "value": "5"}, {"unit": "", "value_months": None}),
        ({"measure": "rate", "unit": "%", "value": "5"}, {"unit": "percent"}),
        ({"measure": "rate", "unit": "Percent", "value": "5"}, {"unit": "percent"}),
        ({"measure": "HR", "versus": "y"}, {"unit": ""}),
    ],
    "criteria": [({"criteria": "choi"}, {"criteria": "choi"})],
    "report": [({"report": "smith"}, {"report": "smith"})],
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"), [case for cases in CELLS.values() for case in cases]
)
def test_cells(cells, expected):
    """Each cell is read as the records would have it."""
    row = _row(**cells)
    assert expected == {name: getattr(row, name) for name in expected}


def test_every_column_has_a_case():
    """A column that is added stands in the table above."""
    assert set(COLUMNS) == set(CELLS)


WRONG = {
    ("colour", "red"): "row 1, column 'colour': is no column",
    ("evnts", "3"): r"row 1, column 'evnts': is no column; did you mean 'events'\?",
    ("measure", "mean"): "row 1, column 'measure': 'mean' is none of hazard-ratio, landmark, median",
    ("measure", "OR"): "row 1, column 'measure': 'OR' needs `versus`, the other arm",
    ("unit", "moths"): "column 'unit': 'moths' is none of days, weeks, months, years",
    ("unit", "fraction"): "column 'unit': 'fraction' is none of days, weeks, months, years",
    ("at_unit", "fortnights"): "column 'at_unit': 'fortnights' is none of days, weeks, months, years",
    ("at", "-1"): "column 'at': expected a number, got '-1'",
    ("at", "6 months"): "column 'at': expected a number, got '6 months'",
    ("events", "-1"): "column 'events': expected a whole number from 0, got '-1'",
    ("events", "10.5"): "column 'events': expected a whole number from 0, got '10.5'",
    ("events", "ten"): "column 'events': expected a whole number from 0, got 'ten'",
    ("n", "0"): "column 'n': nobody can be counted out of 0 patients",
    ("value", "about 5"): "column 'value': expected a number as printed, got 'about 5'",
    ("low", "<5"): "column 'low': expected a number as printed, got '<5'",
    ("high", "5 to 6"): "column 'high': expected a number as printed, got '5 to 6'",
    ("level", "49.99"): "column 'level': a level is a percent from 50 to 99.99, got '49.99'",
    ("level", "100"): "column 'level': a level is a percent from 50 to 99.99, got '100'",
    ("level", "high"): "column 'level': a level is a percent from 50 to 99.99, got 'high'",
    ("sides", "three"): "column 'sides': expected one, two, lower or upper, got 'three'",
    ("p", "1.01"): "column 'p': expected a p-value such as .19 or <.001, got '1.01'",
    ("p", "-.1"): "column 'p': expected a p-value such as .19 or <.001, got '-.1'",
}  # fmt: skip


@pytest.mark.parametrize(("column", "text"), list(WRONG))
def test_what_is_refused(column, text):
    """What cannot be read is refused with its row, its column and itself."""
    with pytest.raises(ValueError, match=WRONG[column, text]):
        _row(**{column: text})


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"measure": "rate", "versus": "y"}, "'rate' stands with `versus`, the other arm"),
        ({"versus": "y", "value": "1"}, "a contrast with a value needs its measure"),
        ({"versus": "y", "low": "1"}, "a contrast with a value needs its measure"),
        (
            {"measure": "median", "unit": "percent"},
            "'percent' is none of days, weeks, months, years",
        ),
        (
            {"measure": "median", "unit": "fortnights"},
            "'fortnights' is none of days, weeks, months, years",
        ),
    ],
)
def test_cells_that_do_not_go_together(cells, said):
    """A contrast needs its other arm and its measure, and a time its unit."""
    with pytest.raises(ValueError, match=f"row 1, .*{re.escape(said)}"):
        _row(**cells)


def test_rows_are_numbered():
    """A row is known by its place in the file; one that says nothing is left out but counted."""
    missing: list[dict[str, Any]] = [
        {"n": "3"},
        {"n": "", "study": " "},
        {},
        {"n": None},
        {"n": math.nan},
        {" N ": 4},
    ]
    rows = list(table_rows(missing, WORDS))
    assert [(1, 3), (6, 4)] == [(row_number(row), row.n) for row in rows]
    with pytest.raises(ValueError, match="row 2, column 'n'"):
        list(table_rows([{"n": "3"}, {"n": "x"}], WORDS))


def test_words_of_the_nearest_base():
    """Without a vocabulary the words are those of the base found from here."""
    (row,) = table_rows([{"endpoint": "Objective response rate"}])
    assert "orr" == row.endpoint
    assert "orr" in nearest_vocabulary().endpoints
