"""CSV: same fields as JSON, nothing that a spreadsheet would run."""

import csv
import io

import pytest

from builders import base_of, report, trial
from kb.comparison.compare import compare
from kb.exporters.csv import cell, write
from kb.query.select import select
from kb.rows.row import FIELDS


def _read(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_comparison():
    """A comparison has every field as a column, unknown numbers as empty cells."""
    text = write(compare(base_of(trial("alpha")), "orr"))
    (row,) = _read(text)
    assert ",".join(FIELDS) == text.splitlines()[0]
    assert ("alpha", "10", "40", "25", "95") == tuple(
        row[name] for name in ("trial", "events", "n", "value", "level")
    )
    assert "" == row["value_months"]
    assert "false" == row["primary"]


def test_empty_view_has_a_header():
    """A comparison without rows is a header."""
    assert ",".join(FIELDS) + "\n" == write(compare(base_of(trial()), "pfs"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("-", "'-"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-12.3", "-12.3"),
        ("-.5", "-.5"),
        ("+4", "+4"),
        ("1e-05", "1e-05"),
        ("a=b", "a=b"),
        ("<.001", "<.001"),
        (None, ""),
        (True, "true"),
        (95.0, "95"),
        (5.421875, "5.421875"),
        (0, "0"),
    ],
)
def test_cells(value, text):
    """Text that would run gets an apostrophe; numbers, printed or not, stay numbers."""
    assert text == cell(value)


def test_formula_in_a_record():
    """A name that is a formula comes out as text."""
    evil = trial("alpha", acronym='=HYPERLINK("http://example.org")')
    (row,) = _read(write(select(base_of(evil))))
    assert """'=HYPERLINK("http://example.org")""" == row["acronym"]


def test_line_breaks_and_quotes_survive():
    """Whatever a locator holds is read back as it was, apart from the guard."""
    body = report()
    body["estimates"][0]["locator"] = 'Table 2, "ITT";\nrow 3'
    (row,) = _read(write(compare(base_of(trial(reports={"smith-2020": body})), "orr")))
    assert 'Table 2, "ITT";\nrow 3' == row["locator"]
