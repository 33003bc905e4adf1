"""Auditing a reviewer's own table: where findings stand, and what is set against what."""

import pytest

from kb.audits import audit_table
from kb.tables.table import table

ORR = {"endpoint": "orr", "events": "8", "n": "32"}


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


def test_a_bad_cell_spoils_itself(words):
    """The rest of its row is judged, and every bad cell is a finding, in one pass."""
    rows = [{**ORR, "value": "27", "level": "high"}, {"n": "many", "study": "B", "events": "3"}]
    found = audit_table(rows, vocabulary=words)
    assert [
        ("unreadable-cell", (1,)), ("unreadable-cell", (2,)), ("percent-against-count", (1,)),
    ] == [(one.rule, one.rows) for one in found]  # fmt: skip


def test_findings_carry_rows(words):
    """A finding has no address, but the study, the report and the numbers of its rows."""
    rows = [
        {"study": "X", "report": "r1", "arm": "x", **ORR},
        {"study": "X", "report": "r1", "arm": "x", **ORR, "value": "27"},
    ]
    (one,) = [one for one in audit_table(rows, vocabulary=words) if one.severity == "error"]
    assert ("", "X", "r1", (2,), "") == (one.address, one.trial, one.report, one.rows, one.cell)


def test_findings_carry_cells(tmp_path, words):
    """In a file a finding names the cell as the sheet shows it, whatever stands above the header."""
    path = tmp_path / "own.csv"
    path.write_text(
        "Table 2. Results\nStudy,Regimen,N,ORR %,ORR n\nX,x,32,27,8\nY,x,many,25,8\n",
        encoding="utf-8",
    )
    found = audit_table(path, vocabulary=words)
    assert [("unreadable-cell", "C4", (2,)), ("percent-against-count", "D3", (1,))] == [
        (one.rule, one.cell, one.rows) for one in found
    ]


def test_studies_are_apart(words):
    """Rows of two studies are never set against each other."""
    rows = [{"study": name, "arm": "x", "endpoint": endpoint, "events": events, "n": "32"}
            for name, endpoint, events in (("X", "orr", "9"), ("Y", "dcr", "4"))]  # fmt: skip
    assert [] == audit_table(rows, vocabulary=words)


def test_packaged_vocabulary(monkeypatch, tmp_path):
    """Without a vocabulary that of the nearest base is used: responses are below disease control."""
    monkeypatch.chdir(tmp_path)
    rows = [{"arm": "x", "endpoint": "ORR", "events": 12, "n": 32},
            {"arm": "x", "endpoint": "DCR", "events": 10, "n": 32}]  # fmt: skip
    assert ["rate-order"] == [one.rule for one in audit_table(rows)]


def test_a_table_that_was_read(tmp_path, words):
    """A path, its rows as mappings and the table that was read are judged alike."""
    path = tmp_path / "table.csv"
    path.write_text('\ufeffn,endpoint,events,value\n,,,\n32,"orr",8,27\n', encoding="utf-8")
    of_path = audit_table(path, vocabulary=words)
    assert [(2,)] == [one.rows for one in of_path]
    assert of_path == audit_table(table(path, vocabulary=words))


def test_a_ratio_of_unnamed_arms(words):
    """A ratio without `versus` is a contrast: what needs no other arm is still checked."""
    row = {"study": "A", "endpoint": "pfs", "measure": "hr", "value": "0.86", "low": "0.68",
           "high": "1.80", "level": "95"}  # fmt: skip
    assert ["ratio-asymmetric"] == [one.rule for one in audit_table([row], vocabulary=words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "holds no header"),
        ("endpoint,n,n\norr,32,8\n", 'B1 and C1 are both "n"; a header stands once'),
        ("%PDF-1.4 and so on\n", "is a PDF"),
    ],
)
def test_what_is_no_table(tmp_path, text, expected):
    """A file that is no table is a ValueError that names it and says why."""
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"table\.csv") as raised:
        audit_table(path)
    assert expected in str(raised.value)
