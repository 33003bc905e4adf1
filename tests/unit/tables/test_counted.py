"""Columns that name an endpoint alone: percents, or counts where the cells can be nothing else."""

import pytest

import kb
from builders import base_of, trial
from kb.tables.table import nearest_vocabulary

WORDS = base_of(trial()).vocabulary


@pytest.mark.parametrize(
    ("header", "lines", "fields"),
    [
        ("CR,PR,SD,PD", ["20,1,4,8,6", "30,0,7,10,12"], ["events"] * 4),
        ("CR,PR,SD,PD", ["20,5,20,40,30", "30,0,23,33,40"], ["value"] * 4),
        ("CR,PR,SD,PD", ["20,1,4,8,6", "30,0,7,10,14"], ["value"] * 4),
        ("CR,PR,SD,PD", ["20,1,4,8,6.0", "30,0,7,10,12"], ["value"] * 4),
        ("CR,PR,SD,PD", ["20,1,4,8,NR", "30,0,7,11,"], ["events"] * 4),
        ("CR,PR,SD,PD", ["100,1,4,8,6", "200,0,7,10,12"], ["value"] * 4),
        ("CR,PR,SD,PD", [",1,4,8,6"], ["value"] * 4),
        ("CR,PR", ["20,1,4", "30,1,8"], ["value"] * 2),
        ("ORR", ["20,6", "30,8"], ["value"]),
        ("ORR", ["20,5 (25)", "30,7 (23)"], ["events"]),
        ("ORR", ["20,5 (25)", "30,NR"], ["events"]),
        ("ORR", ["20,5 (25)", "30,7 (24)"], ["value"]),
        ("ORR", ["20,25 (5)", "30,23 (7)"], ["value"]),
        ("ORR", ["100,5 (5)"], ["value"]),
        ("CR,PR,SD,PD", ["79,5,12,52,10", "38,0,2,17,19"], ["events"] * 4),
        ("CR,PR,SD,PD", ["79,5,12,52,10", "38,0,2,17,18"], ["value"] * 4),
        ("CR,PR,SD,PD", ["97,5,15,47,30"], ["events"] * 4),
        ("CR,PR,SD,PD", ["98,5,16,47,30"], ["value"] * 4),
        ("CR,PR,SD,PD", ["102,5,16,51,30"], ["value"] * 4),
        ("CR,PR,SD,PD", ["103,5,16,52,30"], ["events"] * 4),
    ],
    ids=["counts of categories", "percents of categories", "they add up to more than n",
         "one has decimals", "some are not reported", "whole percents of a hundred", "no n",
         "two parts alone", "a rate alone", "a count with its percent", "one is not reported",
         "one is not its percent", "a percent with its count", "either may be the percent",
         "they add up to n", "in one line they do not", "to 97 of 97", "to 98 of 98",
         "to 102 of 102", "to 103 of 103"],
)  # fmt: skip
def test_counts_by_their_cells(tmp_path, header, lines, fields):
    """A column is one of counts where n leaves nothing else, and stays as it was where it does."""
    path = tmp_path / "own.csv"
    rows = "".join(f"s{at},{one}\n" for at, one in enumerate(lines))
    path.write_text(f"study,n,{header}\n{rows}", encoding="utf-8")
    table = kb.table(path, vocabulary=nearest_vocabulary())
    assert fields == [one.field for one in table.plan.taken[2:]]


@pytest.mark.parametrize(
    ("cell", "value", "events", "n", "problems"),
    [
        ("7", "17.5", 7, 40, []),
        ("7 (18)", "18", 7, 40, []),
        ("38%", "38", None, 40, []),
        ("6/38 (16%)", "16", 6, 38, []),
        ("6/42", "15", 6, 40, ["C2"]),
    ],
    ids=["a count", "with its percent", "a percent alone", "out of fewer", "out of more"],
)  # fmt: skip
def test_what_stands_beside_a_count(tmp_path, cell, value, events, n, problems):
    """The percent that is printed is kept, and the patients that a count is out of."""
    path = tmp_path / "own.csv"
    path.write_text(f"study,ORR n (%),N\nA,{cell},40\n", encoding="utf-8")
    table = kb.table(path, vocabulary=WORDS)
    (row,) = table.rows
    assert (value, n, problems) == (row.value, row.n, [one.cell for one in table.problems])
    printed = row.events if row.events_source == "reported" else None
    assert events == printed


@pytest.mark.parametrize(
    ("percent", "problems"), [("17.5", []), ("18", []), ("17", []), ("18.1", ["B2"])]
)
def test_a_percent_in_two_cells(tmp_path, percent, problems):
    """A percent beside a count is that of its column, more or less rounded; else it is said."""
    path = tmp_path / "own.csv"
    path.write_text(f"study,ORR n (%),N,ORR %\nA,7 (17.5),40,{percent}\n", encoding="utf-8")
    table = kb.table(path, vocabulary=WORDS)
    assert [percent] == [row.value for row in table]
    assert problems == [one.cell for one in table.problems]


def test_a_percent_of_patients_is_no_n(tmp_path):
    """A percent in a column of patients is said, and is no number of them."""
    path = tmp_path / "own.csv"
    path.write_text("study,ORR n (%),N\nA,7,40%\n", encoding="utf-8")
    table = kb.table(path, vocabulary=WORDS)
    assert [None] == [row.n for row in table]
    assert ["C2"] == [one.cell for one in table.problems]


def test_a_count_beside_a_ratio_is_not_its_value(tmp_path):
    """The percent beside events is no hazard ratio."""
    path = tmp_path / "own.csv"
    path.write_text("study,arm,endpoint,measure,events,n\nA,x,os,HR,40 (61),66\n", encoding="utf-8")
    (row,) = kb.table(path, vocabulary=WORDS).rows
    assert "" == row.value
