"""Reading a reviewer's own table: what is understood, and how what is not is said."""

import pytest

from kb.audits import audit_table
from kb.tables.file import COLUMNS, read_table
from kb.tables.rows import table_rows

ORR = {"endpoint": "orr", "events": "8", "n": "32"}


def _only(vocabulary, **cells):
    (row,) = table_rows([cells], vocabulary)
    return row


@pytest.mark.parametrize(
    ("cells", "field", "expected"),
    [
        ({"endpoint": "Response rate"}, "endpoint", "orr"),
        ({"endpoint": "something else"}, "endpoint", "something else"),
        ({"measure": "HR", "versus": "b"}, "measure", "hazard-ratio"),
        ({"versus": "b", "p": "P = .03"}, "measure", "not-stated"),
        ({"versus": "b", "p": "P = .03"}, "p", "= .03"),
        ({"events": "8", "n": "32"}, "measure", "proportion"),
        ({"value": "6.2", "unit": "mo"}, "measure", "median"),
        ({"endpoint": "pfs", "value": "41", "at": "6", "at_unit": "mo"}, "measure", "landmark"),
        ({"endpoint": "pfr", "value": "41", "at": "6", "at_unit": "mo"}, "measure", "proportion"),
        ({"value": "24.7%"}, "value", "24.7"),
        ({"value": "0·73", "measure": "hr", "versus": "b"}, "value", "0.73"),
        ({"value": "NR", "unit": "months"}, "value_state", "not-reached"),
        ({"value": "6", "unit": "weeks", "high": "NE"}, "high_state", "not-estimable"),
        ({"n": "32.0"}, "n", 32),
        ({"n": 32}, "n", 32),
        ({"endpoint": "orr", "n": float("nan")}, "n", None),
        ({"level": "95%"}, "level", 95.0),
        ({"level": "not stated"}, "level", None),
        ({"sides": "lower"}, "interval_sides", "lower"),
        ({"sides": "one"}, "p_sides", "one"),
        ({"subgroup": "LMS"}, "subgroup", "histology=leiomyosarcoma"),
        ({"subgroup": "histology=LMS"}, "subgroup", "histology=leiomyosarcoma"),
        ({"subgroup": "over 65"}, "subgroup", "over 65"),
        ({" Endpoint ": "ORR"}, "endpoint", "orr"),
    ],
)
def test_cells(words, cells, field, expected):
    """A cell as it is printed becomes what the rules read."""
    assert expected == getattr(_only(words, **cells), field)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"evnts": "8"}, "row 1, column 'evnts': is no column; did you mean 'events'?"),
        ({"events": "8.5"}, "row 1, column 'events': expected a whole number from 0, got '8.5'"),
        ({"events": "-1"}, "row 1, column 'events': expected a whole number from 0, got '-1'"),
        ({"n": "0"}, "row 1, column 'n': nobody can be counted out of 0 patients"),
        ({"value": "24,7"}, "row 1, column 'value': expected a number as printed, got '24,7'"),
        ({"level": "0.95"}, "row 1, column 'level': a level is a percent from 50 to 99.99, got '0.95'"),
        ({"p": "1.2"}, "row 1, column 'p': expected a p-value such as .19 or <.001, got '1.2'"),
        ({"sides": "both"}, "row 1, column 'sides': expected one, two, lower or upper, got 'both'"),
        ({"measure": "mean"}, "row 1, column 'measure': 'mean' is none of hazard-ratio, landmark, median, median-difference, not-stated, odds-ratio, proportion, restricted-mean-difference, risk-difference, risk-ratio"),
        ({"measure": "hr"}, "row 1, column 'measure': 'hr' needs `versus`, the other arm"),
        ({"measure": "median", "versus": "b"}, "row 1, column 'measure': 'median' stands with `versus`, the other arm"),
        ({"versus": "b", "value": "2"}, "row 1, column 'measure': a contrast with a value needs its measure"),
        ({"at": "6", "at_unit": "moons"}, "row 1, column 'at_unit': 'moons' is none of days, weeks, months, years"),
        ({"at": "six", "at_unit": "months"}, "row 1, column 'at': expected a number, got 'six'"),
    ],
)  # fmt: skip
def test_errors(words, cells, expected):
    """What cannot be read is a ValueError that names row and column."""
    with pytest.raises(ValueError) as raised:
        audit_table([cells], vocabulary=words)
    assert expected == str(raised.value)


def test_times_without_unit(words):
    """A time without its unit is held against nothing that needs one."""
    rows = [
        {"endpoint": "pfs", "measure": "median", "value": "23", "low": "20", "high": "30"},
        {"endpoint": "os", "measure": "median", "value": "12", "unit": "months"},
        {"endpoint": "pfs", "at": "6", "value": "70"},
        {"endpoint": "pfs", "at": "3", "value": "60"},
        {"endpoint": "os", "at": "6", "at_unit": "months", "value": "60"},
    ]
    assert [] == audit_table(rows, vocabulary=words)


def test_row_number_in_errors(words):
    """Data rows are counted from 1."""
    with pytest.raises(ValueError, match=r"^row 2, column 'n': "):
        audit_table([ORR, {"n": "many"}], vocabulary=words)


def test_findings_carry_rows(words):
    """A finding has no address, but the study, the report and the numbers of its rows."""
    rows = [
        {"study": "X", "report": "r1", **ORR},
        {"study": "X", "report": "r1", **ORR, "value": "27"},
    ]
    (one,) = [one for one in audit_table(rows, vocabulary=words) if one.severity == "error"]
    assert ("", "X", "r1", (2,)) == (one.address, one.trial, one.report, one.rows)


def test_studies_are_apart(words):
    """Rows of two studies are never set against each other."""
    rows = [{"study": name, "endpoint": endpoint, "events": events, "n": "32"}
            for name, endpoint, events in (("X", "orr", "9"), ("Y", "dcr", "4"))]  # fmt: skip
    assert [] == audit_table(rows, vocabulary=words)


def test_packaged_vocabulary(monkeypatch, tmp_path):
    """Without a vocabulary that of the nearest base is used: responses are below disease control."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"arm": "one", "endpoint": endpoint, "events": events, "n": 32}
        for endpoint, events in (("ORR", 12), ("DCR", 10))
    ]
    assert ["rate-order"] == [one.rule for one in audit_table(rows)]


def test_csv(tmp_path, words):
    """A CSV file with any of the columns in any order is read; an empty row counts and says nothing."""
    path = tmp_path / "table.csv"
    path.write_text('\ufeffn,endpoint,events,value\n,,,\n32,"orr",8,27\n', encoding="utf-8")
    assert {"n": "32", "endpoint": "orr", "events": "8", "value": "27"} == read_table(path)[1]
    assert [(2,)] == [one.rows for one in audit_table(path, vocabulary=words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file holds no header; columns are study, arm"),
        ("endpoint,n\norr\n", "row 1: expected 2 fields, as the header has"),
        ("endpoint,n\norr,32,8\n", "row 1: expected 2 fields, as the header has"),
        ('endpoint,n\n"orr,32\n', "unexpected end of data"),
    ],
)
def test_broken_csv(tmp_path, text, expected):
    """A file that is no table is a ValueError that says where."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as raised:
        read_table(path)
    assert expected in str(raised.value)


def test_other_encoding(tmp_path):
    """A file that is not UTF-8 is a ValueError that says so."""
    path = tmp_path / "table.csv"
    path.write_bytes(b"endpoint,n\n\xe9,32\n")
    with pytest.raises(ValueError, match="byte 11 is not UTF-8"):
        read_table(path)


def test_columns():
    """The columns are those of the interface, in its order."""
    assert (
        "study, arm, versus, subgroup, endpoint, definition, measure, at, at_unit, events, n, "
        "value, low, high, level, sides, p, unit, criteria, report"
    ) == ", ".join(COLUMNS)
