"""What only a whole column shows: fractions among percents, an n that stands once per study."""

import pytest

import kb
from builders import base_of, trial
from kb.tables.sheet import FRACTIONS, ONCE

WORDS = base_of(trial()).vocabulary


def _table(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.table(path, vocabulary=WORDS)


def _doubts(table, rule):
    return [(one.row, one.cell) for one in table.problems if one.rule == rule]


@pytest.mark.parametrize(
    ("lines", "doubts"),
    [
        (["30.8,,52", "0.55,,40"], [(2, "C3")]),
        (["0.31,,52", "0.55,,40"], []),
        (["1,,52", "0.55,,40"], []),
        (["1.1,,52", "0.55,,40"], [(2, "C3")]),
        (["30.8,,52", "1.0,,40"], []),
        (["30.8,,52", "0,,40"], []),
        (["30.8,,52", "0.0,,40"], []),
        (["30.8,,52", "0.55,22,40"], []),
        (["30.8,,52", "0.50,1,200"], []),
        (["30.8,,52", "0.55,21,40"], [(2, "C3")]),
    ],
    ids=["a fraction below a percent", "fractions alone", "a 1 may be a fraction", "a percent above 1",
         "the whole", "nothing", "nothing, with a decimal", "the count says a fraction",
         "the count says a percent", "the count says neither"],
)  # fmt: skip
def test_fractions_among_percents(tmp_path, lines, doubts):
    """A value between 0 and 1 beside values above 1, unless its count says which it is."""
    head = "study,endpoint,value,events,n\n"
    rows = "".join(f"s{at},orr,{line}\n" for at, line in enumerate(lines))
    table = _table(tmp_path, head + rows)
    assert doubts == _doubts(table, FRACTIONS)
    assert ["0.55"] * len(doubts) == [
        row.value for row in table.rows if int(row.address) in dict(doubts)
    ]


def test_each_column_is_looked_at_by_itself(tmp_path):
    """Disease control as percents says nothing about responses as fractions."""
    table = _table(tmp_path, "Study,N,ORR,DCR\nA,52,0.31,82.7\nB,40,0.25,70\n")
    assert [] == _doubts(table, FRACTIONS)


def test_a_unit_says_that_fractions_are_meant(tmp_path):
    """With `unit` a fraction is the percent that it is, digit by digit."""
    table = _table(
        tmp_path, "study,endpoint,value,unit,n\nA,orr,30.8,%,52\nB,orr,0.55,fraction,40\n"
    )
    assert [("30.8", "percent"), ("55", "percent")] == [(row.value, row.unit) for row in table]
    assert () == table.problems


@pytest.mark.parametrize(
    ("lines", "doubts", "sizes"),
    [
        (["1,0,33", "1,1,"], [(1, "C2")], [None, None]),
        (["1,0,33", "1,1,NA"], [(1, "C2")], [None, None]),
        (["1,0,33", "1,1,12"], [], [33, 12]),
        (["1,0,", "1,1,12"], [], [None, 12]),
        (["1,0,33", "1,,"], [], [33]),
        (["1,0,33", "2,1,"], [], [33, None]),
        (["1,0,33"], [], [33]),
        (["1,0,33", "1,1,", "1,2,12"], [], [33, None, 12]),
        (["1,0,33", "1,1,", "1,NA,"], [(1, "C2")], [None, None]),
    ],
    ids=["once", "not given later", "in both", "in the second", "nothing is counted later",
         "two studies", "one row", "in the first and the third",
         "one later row is counted, one is not"],
)  # fmt: skip
def test_n_that_stands_once(tmp_path, lines, doubts, sizes):
    """The n of a first row is not taken where the other rows of its study have events and none."""
    table = _table(tmp_path, "study,events,n\n" + "".join(f"{line}\n" for line in lines))
    assert doubts == _doubts(table, ONCE)
    rows = [row for row in table if row.events is not None]
    assert sizes == [row.n for row in rows]
    assert all(row.n or not row.value for row in rows)
