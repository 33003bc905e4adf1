"""Two readings: the page is current, and `double` is said only where it is true."""

from collections import Counter

import kb
from extraction import agreement

SCORE = agreement.compare()


def test_page_is_current():
    """The page is what both readings give; if not: python tests/extraction/agreement.py."""
    assert agreement.page(SCORE) == agreement.PAGE.read_text(encoding="utf-8")


def test_second_readings_name_known_reports():
    """Every second reading is of a report that the records have."""
    assert [] == SCORE.failures


def test_double_is_true():
    """`double` stands exactly on the reports that two readers read and nothing is open about."""
    base = kb.load()
    unsettled = {(one.trial, one.report) for one in agreement.open_differences(SCORE)}
    for trial in base.values():
        for report_id, report in trial.reports.items():
            said = report.extraction is not None and report.extraction.status == "double"
            read_twice = (trial.id, report_id) in SCORE.reports - unsettled
            assert said == read_twice, (
                f"{trial.id}/{report_id}: extraction should be {(read_twice and 'double') or 'single'}"
            )


def test_settled_differences_are_true():
    """What was settled for the first reader still differs; for the second, the record now agrees."""
    differing = {one.key for one in SCORE.differences}
    for entry in agreement.settled():
        key = agreement.key_of(entry)
        if entry["kept"] == "first":
            assert key in differing, key
        elif entry["kept"] == "second":
            assert key not in differing, key


def test_a_planted_slip_is_seen():
    """The comparison can fail: a changed digit and a missing number are differences."""
    score = agreement.Score(Counter(), [], set(), [])
    agreement._score(score, ("t", "r", "x"), {"value": "30.8"}, {"value": "38.0"})
    agreement._score(score, ("t", "r", "y"), {"value": "1"}, None)
    assert [("x", "value"), ("y", "presence")] == [
        (one.number, one.field) for one in score.differences
    ]
