"""Rows of one table that conflict or share patients."""

import pytest

CASES = [
    pytest.param(
        ["arm=a endpoint=os unit=months value=12.0", "arm=a endpoint=os unit=months value=13.5"],
        [
            (
                (1, 2),
                "row-conflict",
                "note",
                "2 rows may give one quantity differently: OS, 12.0 months against 13.5 months; "
                "not stated: subgroup, time, assessor, report",
            ),
        ],
        id="twice with other numbers",
    ),
    pytest.param(
        ["arm=a endpoint=os unit=months value=12", "arm=a endpoint=os unit=months value=12.4"],
        [],
        id="twice, rounded",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=os unit=months value=12.0",
            "report=r2 arm=a endpoint=os unit=months value=13.5",
        ],
        [
            (
                (2, 1),
                "report-conflict",
                "note",
                "OS: 13.5 months against 12.0 months in r1; data cut not stated, so it may be "
                "another",
            ),
        ],
        id="in two reports",
    ),
    pytest.param(
        [
            "arm=a versus=b endpoint=os measure=hr value=0.9 low=0.7 high=1.1 level=95 p=.2",
            "arm=a versus=b endpoint=os measure=hr value=0.9 low=0.6 high=1.3 level=95 p=.6",
        ],
        [
            (
                (1, 2),
                "row-conflict",
                "note",
                "2 rows may give one quantity differently: OS, 0.7 to 1.1 against 0.6 to 1.3; "
                "p .2 against .6; not stated: subgroup, time, assessor, report",
            ),
        ],
        id="twice with other bounds, p and counts",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=3 n=20",
            "arm=b endpoint=orr events=4 n=20",
            "arm=a;b endpoint=orr events=7 n=40",
        ],
        [
            (
                (3, 1, 2),
                "pooled-beside-arms",
                "note",
                "ORR of a and b together stands beside the same of single arms; their patients are the same",
            ),
        ],
        id="two arms together",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
