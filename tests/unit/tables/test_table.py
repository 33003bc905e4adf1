"""A table that was read: its rows in their order, and the names that its file leaves open."""

import kb
from builders import base_of, trial

WORDS = base_of(trial()).vocabulary
TEXT = "study,arm,versus,endpoint,measure,value,events,n\nA,x,,orr,,,16,52\n,,,,,,,\n,x,y,,OR,2,,\n"


def _table(tmp_path, text=TEXT, **more):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.table(path, **more)


def test_what_a_table_holds(tmp_path):
    """A table is the sequence of its rows, with the columns and the words that read it."""
    table = _table(tmp_path, vocabulary=WORDS)
    assert 2 == len(table)
    assert ["1", "3"] == [row.address for row in table]
    assert (
        "study",
        "arm",
        "versus",
        "endpoint",
        "measure",
        "value",
        "events",
        "n",
    ) == table.columns
    assert (tmp_path / "own.csv", WORDS, ()) == (table.path, table.vocabulary, table.problems)


def test_a_table_without_rows(tmp_path):
    """A header alone is a table of nothing."""
    table = _table(tmp_path, "study,n\n")
    assert (("study", "n"), (), 0) == (table.columns, table.rows, len(table))
    assert "orr" in table.vocabulary.endpoints


def test_a_table_of_one_row(tmp_path):
    """One row is enough to know the columns."""
    table = _table(tmp_path, "study,n\nA,40\n", vocabulary=WORDS)
    assert (("study", "n"), ["A"]) == (table.columns, [row.trial for row in table])


def test_named(tmp_path):
    """Where the file is silent a row is a study of its own, of the endpoint that is asked for."""
    table = _table(tmp_path, vocabulary=WORDS)
    first, second = table.named("dcr")
    assert ("A", "orr", "x", "") == (
        first.trial, first.endpoint, first.drugs, first.contrast_kind,
    )  # fmt: skip
    assert ("row 3", "dcr", "x", "randomised") == (
        second.trial, second.endpoint, second.drugs, second.contrast_kind,
    )  # fmt: skip
    assert ["orr", ""] == [row.endpoint for row in table.named()]
    assert ["A", ""] == [row.trial for row in table]
