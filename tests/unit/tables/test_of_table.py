"""A reviewer's own table as a comparison that is pooled and drawn."""

import pytest

import kb


def _pooled(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.compare(kb.table(path), "orr", measure="proportion")


def test_rows_without_a_study_are_studies(tmp_path):
    """Without a column `study` every row is a study, named by its number, its arm as its drugs."""
    found = _pooled(tmp_path, "arm,endpoint,events,n\nx,orr,16,52\nx,orr,5,30\n")
    assert [("row 1", "x"), ("row 2", "x")] == [(row.trial, row.drugs) for row in found.rows]
    assert 2 == kb.pool(found).k


def test_two_rows_of_one_arm_share_patients(tmp_path):
    """Where the study is named, its arm counts once."""
    found = _pooled(tmp_path, "study,arm,endpoint,events,n\nA,x,orr,16,52\nA,x,orr,5,30\n")
    with pytest.raises(kb.NotComparableError, match="patients-shared"):
        kb.pool(found)


def test_only_count(tmp_path):
    """A percent with one count that fits gets it; one with several is set aside."""
    found = _pooled(tmp_path, "study,endpoint,value,n\nA,orr,30.8,52\nB,orr,25,300\n")
    assert [(16, "reconstructed"), (None, "")] == [
        (row.events, row.events_source) for row in found.rows
    ]
