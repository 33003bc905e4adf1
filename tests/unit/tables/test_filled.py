"""Which fields of a row a cell fills in: what stands where, and what is refused."""

import pytest

from builders import base_of, trial
from kb.tables.filled import filled
from kb.tables.sheet import DISAGREE
from kb.tables.table import table_of

WORDS = base_of(trial()).vocabulary
BOUNDS = (("low", "18.7"), ("high", "45.1"))


@pytest.mark.parametrize(
    ("text", "fields", "states", "problem"),
    [
        ("18.7–45.1", BOUNDS, (), ""),
        ("(18.7 to 45.1)", BOUNDS, (), ""),
        ("[18.7, 45.1]", BOUNDS, (), ""),
        ("30.8 (18.7–45.1)", (("value", "30.8"), *BOUNDS), (), ""),
        ("2.6 to NR", (("low", "2.6"),), (("high", "not-reached"),), ""),
        ("NR", (), (("low", "not-reached"), ("high", "not-reached")), ""),
        ("NR (2.6–NR)", (("low", "2.6"),), (("value", "not-reached"), ("high", "not-reached")), ""),
        ("about so", (), (), '"about so" is not understood as an interval'),
        ("30.8", (), (), '"30.8" is not understood as an interval'),
    ],
    ids=["a dash", "brackets and to", "a comma and a blank", "with its value", "open above",
         "a state", "a state with its bounds", "words", "one number"],
)  # fmt: skip
def test_a_cell_of_an_interval(text, fields, states, problem):
    """Both bounds of a cell that holds an interval alone; a state is that of both."""
    cell = filled("interval", text, comma=False)
    assert (dict(fields), dict(states), problem) == (
        dict(cell.fields), dict(cell.states), cell.problem,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["low", "high"])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("18.7", ""),
        ("18.7–45.1", '"18.7–45.1" is an interval, not one bound'),
        ("30.8 (18.7–NR)", '"30.8 (18.7–NR)" is not understood as a bound'),
        ("30.8 (NR–45.1)", '"30.8 (NR–45.1)" is not understood as a bound'),
        (">18.7", '">18.7" is no bound but a limit of one'),
    ],
)
def test_a_cell_of_a_bound(name, text, problem):
    """One bound is one exact number: half an interval in it is an interval all the same."""
    assert problem == filled(name, text, comma=False).problem


@pytest.mark.parametrize(
    ("name", "text", "fields"),
    [
        ("n", "52", {"n": "52"}),
        ("n", "16/52", {"n": "52"}),
        ("events", "16/52", {"events": "16", "n": "52"}),
        ("events", "16", {"events": "16"}),
        ("events", "16 (30.8)", {"events": "16", "value": "30.8"}),
    ],
)
def test_a_cell_of_patients(name, text, fields):
    """Of `16/52` a column of events takes 16 and the n besides, and a column of n takes 52."""
    assert fields == dict(filled(name, text, comma=False).fields)


def test_a_value_in_a_column_of_intervals():
    """`6.2 (2.6–11.2)` among intervals says the value too, which a column of values may gainsay."""
    alone = table_of(
        [{"endpoint": "pfs", "measure": "median", "interval": "6.2 (2.6–11.2)"}], WORDS
    )
    assert [("6.2", "2.6", "11.2")] == [(row.value, row.low, row.high) for row in alone.rows]
    told = {"endpoint": "pfs", "measure": "median", "value": "6.3", "interval": "6.2 (2.6–11.2)"}
    (problem,) = table_of([told], WORDS).problems
    assert (DISAGREE, "the row says value 6.3 and here 6.2") == (problem.rule, problem.message)
