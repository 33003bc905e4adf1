"""Whose line it is: studies named once, lines that sum up others, authors of two papers."""

import pytest

import kb
from builders import base_of, trial
from kb.tables.studies import sums_up

WORDS = base_of(trial()).vocabulary


def _table(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.table(path, vocabulary=WORDS)


@pytest.mark.parametrize(
    "name",
    ["Total", "TOTAL", "Total:", "Total (95% CI)", "Subtotal", "Sub-total (95% CI)", "Grand total",
     "Total events", "Overall", "Overall effect", "Pooled", "Pooled (random effects)",
     "Pooled estimate", "Random effects model", "Fixed effect", "Common effect model", "All",
     "All studies", "Summary", "Heterogeneity: I² = 30%", "Test for overall effect: Z = 2",
     "Weighted mean", "I2 = 45%"],
)  # fmt: skip
def test_names_of_sums(name):
    """A line by such a name sums up others."""
    assert sums_up(name)


@pytest.mark.parametrize(
    "name",
    ["", "A", "Totaltherapie", "TOTAL-1", "Allen 2019", "Pooley 2020", "Overall 2019",
     "Meaney 2001", "Summers 2018", "Sumner", "Averbuch 2010", "Fixed-dose trial", "All-RAD"],
)  # fmt: skip
def test_names_of_studies(name):
    """A study may have a name that begins like that of a sum."""
    assert not sums_up(name)


@pytest.mark.parametrize(
    ("lines", "studies", "cells"),
    [
        (["A,x,1", "B,x,2"], ["A", "B"], []),
        (["A,x,1", ",y,2"], ["A", "A"], ["A3"]),
        (["A,x,1", ",y,2", "B,x,3", ",y,4"], ["A", "A", "B", "B"], ["A3"]),
        (["A,x,1", ",,2"], ["A", ""], ["A3"]),
        (["A,x,1", ",x,2"], ["A", ""], ["A3"]),
        (["A,,1", ",x,2"], ["A", ""], ["A3"]),
        (["A,x,1", ",y,2", ",y,2"], ["A", "A", ""], ["A3", "A4"]),
        (["A,x,1", ",,"], ["A"], []),
        (["A,x,1", ",,", ",y,2"], ["A", ""], []),
        ([",x,1", "B,x,2"], ["", "B"], []),
        ([",x,1", ",y,2"], ["", ""], []),
        (["A,x,1", "Total,,1"], ["A"], ["A3"]),
        (["A,x,1", "Total,x,1", ",y,2"], ["A"], ["A3", "A4"]),
        (["A,x,1", "Subtotal,x,1", "B,x,2"], ["A", "B"], ["A3"]),
        (["A,x,1", "Subtotal,x,1", "B,x,2", ",y,3"], ["A", "B", "B"], ["A3", "A5"]),
        (["Total,x,1", "A,x,2"], ["Total", "A"], []),
    ],
    ids=["each named", "named in the first row", "two such studies", "nothing tells the row apart",
         "the same arm", "an arm below none", "an arm that stood before",
         "a blank row", "a blank row between", "none above", "none anywhere", "a total at the foot", "a total of two arms",
         "a subtotal", "a subtotal, then a study named once", "nothing above it to sum up"],
)  # fmt: skip
def test_whose_line(tmp_path, lines, studies, cells):
    """A row is of the study above it where its arm tells it apart, and each case is said."""
    table = _table(tmp_path, "study,arm,events\n" + "".join(f"{one}\n" for one in lines))
    assert studies == [row.trial for row in table]
    assert cells == [one.cell for one in table.problems]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["A,x,1", ",y,2"], "above it"),
        (["A,x,1", ",y,2", ",z,2"], "above it, and so is 1 other"),
        (["A,x,1", ",y,2", ",z,2", ",w,2"], "above it, and so are 2 others"),
    ],
)
def test_rows_taken_as_of_one_study(tmp_path, lines, message):
    """One problem says of how many rows the study was taken from above."""
    table = _table(tmp_path, "study,arm,events\n" + "".join(f"{one}\n" for one in lines))
    (found,) = table.problems
    assert found.message.endswith(message)


@pytest.mark.parametrize(
    ("head", "lines", "studies"),
    [
        ("Author,Year", ["S,2016", "S,2021", "M,2020"], ["S 2016", "S 2021", "M"]),
        ("Author,Year", ["S,2016", "S,2016", "M,2020"], ["S", "S", "M"]),
        ("Author,Year", ["S,2016", "S,2021", "S,"], ["S 2016", "S 2021", "S"]),
        ("Author,Year", ["S,2016", ",", "S,2021", ","], ["S 2016", "S 2016", "S 2021", "S 2021"]),
        ("Study,Year", ["S,2016", "S,2021"], ["S", "S"]),
        ("Author,Other", ["S,2016", "S,2021"], ["S", "S"]),
    ],
    ids=["two papers", "one paper", "a year not given", "each named once", "a study has reports",
         "no year"],
)  # fmt: skip
def test_two_papers_of_one_author(tmp_path, head, lines, studies):
    """An author of papers of two years is two studies, told apart by the year."""
    rows = "".join(f"{one},{at},9\n" for at, one in enumerate(lines))
    table = _table(tmp_path, f"{head},arm,n\n{rows}")
    assert studies == [row.trial for row in table]


def test_a_logarithm_is_no_percent(tmp_path):
    """An effect of metafor without arms is that of some ratio, also where patients are counted."""
    (row,) = _table(tmp_path, "study,yi,sei,n\nA,-0.35,0.12,200\n")
    assert ("not-stated", "", 200) == (row.measure, row.unit, row.n)
