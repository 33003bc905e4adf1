"""A table of baseline values: how its cells are read, what is said of which cell, and the sum."""

import pytest

import kb
from kb.audits.baseline_table import measured_line
from kb.audits.summary import Unchecked

COUNTED = {"characteristic": "previous lines", "kind": "count", "n": "36"}
AGED = {"characteristic": "age", "unit": "years", "n": "36"}
MEASURED = {"characteristic": "tumour size", "n": "36"}
SHARED = {"characteristic": "women", "kind": "binary", "n": "20"}


def _said(**cells):
    columns = {"mean": "", "sd": "", "median": "", "low": "", "high": "", "lower": "", "upper": ""}
    found = kb.audit_table([{"study": "A", **columns, **cells}])
    return [(one.severity, one.rule, one.message) for one in found]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({**COUNTED, "mean": "1.53"}, []),
        ({**COUNTED, "mean": "1.54"}, [("warning", "mean-without-data", "perhaps they are of 33 or 35 patients")]),
        ({**COUNTED, "mean": "1.54", "high": "3.5"}, []),
        ({**COUNTED, "mean": "1.52"}, [("note", "mean-without-data", "but by cutting off its decimals")]),
        ({**COUNTED, "n": "100", "mean": "1.54"}, []),
        ({**COUNTED, "n": "7", "mean": "1.56"}, [("warning", "mean-without-data", "the mean 1.56")]),
        ({**AGED, "mean": "54.34"}, [("note", "mean-without-data", "perhaps the ages are reckoned from dates")]),
        ({**MEASURED, "mean": "1.54"}, []),
        ({**COUNTED, "mean": "0.50", "sd": "0.51", "n": "20"}, []),
        ({**COUNTED, "mean": "0.50", "sd": "0.23", "n": "20"}, [("warning", "deviation-without-data", "the standard deviation 0.23")]),
        ({**SHARED, "mean": "0.50", "sd": "0.51"}, []),
        ({**SHARED, "mean": "0.50", "sd": "0.60"}, [("warning", "binary-deviation", "with the mean 0.50 it is 0.51")]),
        ({**COUNTED, "median": "2.5"}, []),
        ({**COUNTED, "n": "35", "median": "2.5"}, [("warning", "median-without-data", "perhaps they are of 32 or 34 patients")]),
        ({**MEASURED, "mean": "4.4", "low": "5", "high": "9"}, []),
        ({**MEASURED, "mean": "4.3", "low": "5", "high": "9"}, [("error", "baseline-out-of-range", "the mean 4.3 lies outside the range 5 to 9")]),
        ({**MEASURED, "median": "10.0", "low": "5", "high": "9"}, []),
        ({**MEASURED, "median": "10.1", "low": "5", "high": "9"}, [("error", "baseline-out-of-range", "the median 10.1 lies outside")]),
        ({**MEASURED, "median": "6.0", "lower": "5", "upper": "5.4"}, [("error", "baseline-out-of-range", "the median 6.0 does not lie between the quartiles 5 and 5.4")]),
        ({**MEASURED, "median": "6", "lower": "5", "upper": "5.4"}, []),
        ({**MEASURED, "sd": "3", "low": "5", "high": "9"}, []),
        ({**MEASURED, "sd": "4", "low": "5", "high": "9"}, [("error", "baseline-out-of-range", "cannot have the standard deviation 4")]),
        ({**MEASURED, "mean": "8.9", "sd": "3", "low": "5", "high": "9"}, [("error", "baseline-out-of-range", "cannot have the standard deviation 3")]),
    ],
    ids=["55 of 36", "between 55 and 56 of 36", "parts of one are printed", "cut off", "n is too large to tell",
         "no fewer patients either", "an age", "anything", "a deviation that is", "a deviation that is not",
         "noughts and ones", "no noughts and ones", "a half of an even n", "a half of an odd n",
         "cut off it is the extreme", "below it", "9.95 may be cut off to 9", "above it",
         "outside the quartiles", "5.5 prints as both",
         "within the extremes", "wider than the extremes", "a mean at the end leaves little room"],
)  # fmt: skip
def test_what_is_said_of_a_line(cells, expected):
    """Each rule just inside and just outside what whole numbers, and extremes, allow."""
    found = _said(**cells)
    assert len(expected) == len(found)
    for (severity, rule, piece), one in zip(expected, found, strict=True):
        assert (severity, rule) == one[:2]
        assert piece in one[2]


@pytest.mark.parametrize(
    ("cell", "mean", "sd"),
    [("54.3 (12.1)", "54.3", "12.1"), ("54.3 ± 12.1", "54.3", "12.1"), ("54.3", "54.3", ""),
     ("54·3", "54.3", ""), ("54.3+/-12.1", "54.3", "12.1")],
)  # fmt: skip
def test_a_mean_with_its_deviation(cell, mean, sd):
    """A cell of a mean may hold the deviation; a middle dot is a point."""
    one, problems = measured_line({"mean": cell})
    assert (mean, sd, []) == (one.mean, one.sd, problems)


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"mean": "about 5"}, "mean"), ({"n": "0"}, "n"), ({"n": "1e9"}, "n"), ({"n": "1000000000"}, "n"),
     ({"kind": "sort"}, "kind"), ({"items": "2.5"}, "items")],
)  # fmt: skip
def test_cells_that_are_not_understood(cells, column):
    """What cannot be read is said of its column."""
    assert [column] == [name for name, _ in measured_line(cells)[1]]


@pytest.mark.parametrize(
    ("n", "read"), [("1", 1), ("n=36", 36), ("1,036", 1036), ("999999999", 999999999)]
)
def test_numbers_of_patients(n, read):
    """A number of patients, with the marks that tables print at it."""
    assert (read, []) == (measured_line({"n": n})[0].n, measured_line({"n": n})[1])


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("characteristic,mean,median,low,high\nsize,10.1,10.2,5,9\n", ["B2", "C2"]),
        ("characteristic,mean,low,high,n\nsize,6 (4),5,9,36\n", ["B2"]),
        ("characteristic,mean,sd,low,high,n\nsize,6,4,5,9,36\n", ["C2"]),
    ],
    ids=["a mean and a median", "a deviation in the cell of its mean", "a deviation"],
)
def test_findings_stand_at_the_cell_of_their_number(tmp_path, text, cells):
    """Of a median it is its own cell; of a deviation without a column that of the mean."""
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    assert cells == [finding.cell for finding in kb.audit_table(path)]


def test_what_was_looked_at():
    """Lines, studies, and rules with what they need: of a count the mean, with an sd two."""
    lines = [
        {"study": "A", **COUNTED, "mean": "1.53", "sd": "0.91", "median": ""},
        {"study": "A", **COUNTED, "mean": "", "sd": "", "median": "2"},
        {"study": "B", **COUNTED, "mean": "1.53", "sd": "", "median": "", "n": ""},
        {"study": "B", **COUNTED, "mean": "", "sd": "", "median": ""},
        {"study": "B", "characteristic": "size", "kind": "", "n": "36", "mean": "5", "sd": "", "median": ""},
        {"study": "B", **SHARED, "mean": "0.5", "sd": "", "median": ""},
    ]  # fmt: skip
    summary = kb.audit_table(lines).summary
    assert (6, 2, 3) == (summary.rows, summary.studies, summary.checks)
    assert (
        Unchecked("no n", 3),
        Unchecked("no mean and no median", 4),
        Unchecked("nothing is known to be counted in whole numbers", 5),
        Unchecked("no standard deviation", 6),
    ) == summary.unchecked


@pytest.mark.parametrize(
    ("n", "cause"),
    [
        ("10", ""),
        ("9", "; perhaps they are of 6 patients"),
        ("7", "; perhaps they are of 6 patients"),
    ],
)
def test_three_patients_at_most_lack_the_value(n, cause):
    """7 of 6 is 1.17, which 7 to 10 patients cannot have: of 9 three lack it, of 10 it were four."""
    ((_, _, message),) = _said(**{**COUNTED, "n": n, "mean": "1.17"})
    assert f"previous lines: no {n} whole numbers have the mean 1.17{cause}" == message
