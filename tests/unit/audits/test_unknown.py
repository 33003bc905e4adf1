"""What is not known of rows of a table, and which of them may be one quantity for want of it."""

import pytest

from builders import base_of, trial
from kb.audits.unknown import alike, told_apart, unknown
from kb.tables.table import table_of

WORDS = base_of(trial()).vocabulary
HEAD = ("study", "arm", "subgroup", "endpoint", "value", "n")


def _rows(*lines):
    table = table_of([dict(zip(HEAD, line, strict=True)) for line in lines], WORDS)
    return list(table.rows), table.stated


@pytest.mark.parametrize(
    ("line", "stated", "words"),
    [
        (("A", "x", "women", "orr", "30", "50"), (), ("time", "assessor", "report")),
        (("A", "", "", "orr", "30", "50"), (), ("arm", "subgroup", "time", "assessor", "report")),
        (("A", "", "", "orr", "30", "50"), ("arm", "report"),
         ("arm", "subgroup", "time", "assessor", "report")),
        (("A", "", "", "orr", "30", "50"), ("subgroup",), ("arm", "time", "assessor", "report")),
        (("A", "", "", "orr", "30", "50"), ("at",), ("arm", "subgroup", "assessor", "report")),
    ],
    ids=["what is said is known", "nothing is said", "a blank arm or report is not known",
         "a blank subgroup is the whole", "a blank time is none"],
)  # fmt: skip
def test_what_is_not_known(line, stated, words):
    """A blank says something in a column of subgroups or times alone."""
    (row,), _ = _rows(line)
    assert words == unknown(row, frozenset(stated))


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        ([("A", "x", "", "orr", "30", "50")], []),
        ([("A", "x", "", "orr", "30", "50"), ("A", "x", "", "orr", "40", "50")], ["1", "2"]),
        ([("A", "x", "", "orr", "30", "50"), ("A", "x", "", "orr", "30", "50")], []),
        ([("A", "x", "", "orr", "30", "50"), ("A", "x", "", "orr", "30", "51")], ["1", "2"]),
        ([("A", "x", "", "orr", "30", "50"), ("A", "y", "", "orr", "40", "50")], []),
        ([("A", "x", "", "orr", "30", "50"), ("A", "x", "", "dcr", "40", "50")], []),
        ([("A", "x", "", "orr", "30", "50"), ("B", "x", "", "orr", "40", "50")], []),
        ([("A", "x", "", "orr", "30", "50"), ("A", "x", "women", "orr", "40", "50")], []),
    ],
    ids=["one row", "two numbers of one thing", "one number twice", "another n", "two arms",
         "two endpoints", "two studies", "the whole and a part"],
)  # fmt: skip
def test_rows_that_may_be_one_quantity(lines, apart):
    """Two numbers of what nothing tells apart stand in sets of their own; all else stays."""
    rows, stated = _rows(*lines)
    sets = [row.set for row in told_apart(rows, stated)]
    assert apart == [
        row.address
        for row, own in zip(rows, sets, strict=True)
        if own == f"{row.set}|{row.address}"
    ]
    assert len(rows) - len(apart) == sum(
        own == row.set for row, own in zip(rows, sets, strict=True)
    )


def test_rows_that_differ_in_their_numbers_alone():
    """Two and more of one arm, endpoint and subgroup make a group."""
    rows, _ = _rows(
        ("A", "x", "", "orr", "30", "50"), ("A", "x", "", "orr", "40", "50"),
        ("A", "y", "", "orr", "40", "50"),
    )  # fmt: skip
    assert [["1", "2"]] == [[row.address for row in group] for group in alike(rows)]
