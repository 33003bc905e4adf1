"""The cells of a reviewer's table, one by one: what is read, and what is left out and said."""

import math
from typing import Any

import pytest

from builders import base_of, trial
from kb.tables.addresses import row_number
from kb.tables.plan import COLUMNS
from kb.tables.sheet import DISAGREE
from kb.tables.table import nearest_vocabulary, table_of

WORDS = base_of(trial()).vocabulary


def _row(**cells):
    (row,) = table_of([cells], WORDS).rows
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
        ({"endpoint": "pfs", "value": "40"}, {"measure": "not-stated", "unit": ""}),
        ({"endpoint": "pfs", "value": "40 %"}, {"measure": "proportion", "unit": "percent"}),
        ({"endpoint": "pfs", "events": "4", "n": "10"}, {"measure": "proportion"}),
        ({"endpoint": "pfs", "value": "6.2 mo"}, {"measure": "median", "unit": "months"}),
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
        ({"sides": "one", "p": ".04"}, {"p_sides": "one", "interval_sides": "two"}),
        ({"sides": "1", "p": ".04"}, {"p_sides": "one"}),
        ({"sides": "Two", "p": ".04"}, {"p_sides": "two", "interval_sides": "two"}),
        ({"sides": "2", "p": ".04"}, {"p_sides": "two"}),
        ({"sides": "lower", "low": "5"}, {"p_sides": "", "interval_sides": "lower"}),
        ({"sides": "upper", "low": "5"}, {"p_sides": "", "interval_sides": "upper"}),
        ({"sides": "not-stated", "p": ".04"}, {"p_sides": "not-stated", "interval_sides": "two"}),
        ({"n": "3"}, {"p_sides": "", "interval_sides": "two"}),
    ],
    "p": [
        ({"p": ".04"}, {"p": ".04"}), ({"p": "p = .04"}, {"p": ".04", "p_sides": "not-stated"}), ({"p": "0.02 (one-sided)"}, {"p": "0.02", "p_sides": "one"}), ({"p": "P<.001"}, {"p": "<.001"}),
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
    "assessor": [({"assessor": "Investigator"}, {"assessor": "investigator"}), ({"assessor": "odd"}, {"assessor": "odd"})],
    "confirmed": [({"confirmed": "yes"}, {"confirmed": "confirmed"})],
    "timing": [({"timing": "week 12"}, {"timing": "week 12"})],
    "data_cut": [({"data_cut": "2022-04"}, {"data_cut": "2022-04"})],
    "analysis_set": [({"analysis_set": "ITT"}, {"analysis_set": "intention-to-treat"})],
    "estimator": [({"estimator": "KM"}, {"estimator": "kaplan-meier"})],
    "follow_up": [({"follow_up": "12.1 months"}, {"follow_up": "12.1 months"})],
    "method": [({"method": "exact"}, {"interval_method": "exact"})],
    "adjusted": [({"adjusted": "age"}, {"adjusted_for": "age"}), ({"adjusted": "no"}, {"adjusted_for": ""})],
}  # fmt: skip


ASIDE = {"assessor", "confirmed", "timing", "data_cut", "analysis_set", "estimator", "follow_up",
         "method", "adjusted", "definition", "criteria", "report", "study", "arm", "subgroup",
         "endpoint"}  # fmt: skip
"""Columns that say nothing without a number beside them."""


@pytest.mark.parametrize(
    ("cells", "expected"), [case for cases in CELLS.values() for case in cases]
)
def test_cells(cells, expected):
    """Each cell is read as the records would have it."""
    row = _row(**{"n": "30", **cells} if set(cells) <= ASIDE else cells)
    assert expected == {name: getattr(row, name) for name in expected}


def test_every_column_has_a_case():
    """A column that is added stands in the table above."""
    assert set(COLUMNS) == set(CELLS)


WRONG = {
    ("unit", "moths"): '"moths" is no unit',
    ("at_unit", "fortnights"): '"fortnights" is no unit of time',
    ("at", "-1"): "is not understood as a time",
    ("events", "-1"): "is not understood as a count",
    ("events", "10.5"): "is not understood as a count",
    ("events", "ten"): "is not understood as a count",
    ("n", "0"): "nobody can be counted out of 0 patients",
    ("value", "some 5"): "is not understood as a number",
    ("low", "<5"): '"<5" is no bound but a limit of one',
    ("high", "5 to 6"): '"5 to 6" is an interval, not one bound',
    ("level", "49.99"): "level",
    ("level", "100"): "level",
    ("level", "high"): "is not understood as a level",
    ("sides", "three"): '"three" is none of one, two, lower, upper',
    ("p", "1.01"): "is not understood as a p-value",
    ("p", "-.1"): "is not understood as a p-value",
    ("measure", "mean"): '"mean" is no measure',
    ("confirmed", "maybe"): '"maybe" is none of confirmation',
    ("histology", "unheard"): '"unheard" is no histology of the vocabulary',
}  # fmt: skip


@pytest.mark.parametrize(("column", "text"), list(WRONG))
def test_what_is_left_out(column, text):
    """What cannot be read is a problem of its cell and leaves its field alone empty."""
    found = table_of(
        [{"study": "A", "report": "r", "unit": "", "n": "", "p": ".5", column: text}], WORDS
    )
    (problem,) = found.problems
    (row,) = found.rows
    assert WRONG[column, text] in problem.message
    assert (1, column, text, "A", "r") == (
        problem.row, problem.column, problem.text, row.trial, row.report,
    )  # fmt: skip
    assert (None, None, "", "", "") == (row.n, row.events, row.value, row.low, row.high)


def test_every_problem_at_once():
    """One pass names every cell of every row, and reads the rest."""
    rows = [{"study": "A", "events": "x", "n": "52", "value": "30.8"},
            {"study": "B", "events": "5", "n": "0", "value": "many"}]  # fmt: skip
    found = table_of(rows, WORDS)
    assert [(1, "events"), (2, "n"), (2, "value")] == [
        (one.row, one.column) for one in found.problems
    ]
    assert [("30.8", 52), ("", None)] == [(row.value, row.n) for row in found.rows]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"measure": "rate", "versus": "y"}, "a rate at a time is of one arm"),
        ({"measure": "median", "versus": "y", "value": "5"}, "a median is of one arm"),
    ],
)
def test_cells_that_do_not_go_together(cells, said):
    """A number of one arm has no other arm."""
    found = table_of([cells], WORDS)
    assert [True] == [said.replace("rate at a time", "proportion") in one.message
                      for one in found.problems]  # fmt: skip
    assert ["not-stated"] == [row.measure for row in found.rows]


def test_rows_are_numbered():
    """A row is known by its place in the file; one that says nothing is left out but counted."""
    missing: list[dict[str, Any]] = [
        {"n": "3"},
        {"n": "", "study": " "},
        {},
        {"n": None},
        {"n": math.nan},
        {" N ": 4, "study": "B"},
    ]
    rows = table_of(missing, WORDS).rows
    assert [1, 6] == [row_number(row) for row in rows]


def test_two_cells_that_disagree():
    """A column of its own goes before what another cell says, and the difference is a problem."""
    found = table_of([{"value": "16/52", "n": "53"}], WORDS)
    assert [("cells-disagree", "n")] == [(one.rule, one.column) for one in found.problems]
    assert [(16, 53)] == [(row.events, row.n) for row in found.rows]
    assert () == table_of([{"value": "16/52 (30.8%)", "n": "52"}], WORDS).problems


def test_words_of_the_nearest_base():
    """Without a vocabulary the words are those of the base found from here."""
    assert "orr" in nearest_vocabulary().endpoints


@pytest.mark.parametrize(("value", "rules"), [("6.2", []), ("6.20", []), ("6.3", [DISAGREE])])
def test_values_that_differ_in_their_decimals_agree(value, rules):
    """6.2 and 6.20 are one number, in a column of values and in one of intervals."""
    cells = {"endpoint": "pfs", "measure": "median", "value": value, "interval": "6.2 (2.6–11.2)"}
    assert rules == [one.rule for one in table_of([cells], WORDS).problems]


@pytest.mark.parametrize(
    ("text", "year"), [("2021", 2021), ("20211", None), ("202", None), ("2021a", None)]
)
def test_a_year_has_four_digits(text, year):
    """Anything else is kept out of the field, not cut to fit."""
    assert year == _row(study="A", year=text, value="30").year
