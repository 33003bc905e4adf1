"""Percents against counts: what is silent, what is a note, what cannot be."""

import pytest

CASES = [
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25"],
        [],
        id="rounded",
    ),
    pytest.param(
        ["endpoint=orr events=1 n=8 value=12"],
        [],
        id="rounded half to even",
    ),
    pytest.param(
        ["endpoint=orr events=1 n=8 value=13"],
        [],
        id="rounded half up",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=27"],
        [
            (
                (1,),
                "percent-against-count",
                "error",
                "ORR: 27 % is printed for 8 of 32, which is 25 %; 8 of 30 would print so",
            ),
        ],
        id="impossible",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=52.0"],
        [
            (
                (1,),
                "percent-against-count",
                "error",
                "ORR: 52.0 % is printed for 8 of 32, which is 25.0 % (two digits swapped?)",
            ),
        ],
        id="two digits swapped",
    ),
    pytest.param(
        ["endpoint=orr events=5 n=13 value=39"],
        [
            (
                (1,),
                "percent-against-count",
                "warning",
                "ORR: 39 % is printed for 5 of 13, which is 38 % (rounded twice, by way of 38.5?)",
            ),
        ],
        id="rounded twice",
    ),
    pytest.param(
        ["endpoint=sd events=9 n=32 value=28.0"],
        [
            (
                (1,),
                "percent-against-count",
                "warning",
                "SD: 28.0 % is printed for 9 of 32, which is 28.1 % (rounded to 28, and a decimal added?)",
            ),
        ],
        id="a decimal added",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=6 n=42 value=16", "arm=a endpoint=pfr n=38 value=50"],
        [
            (
                (1,),
                "percent-against-count",
                "warning",
                "ORR: 16 % is printed for 6 of 42, which is 14 %; it is that of 6 of 38, an n printed for this arm elsewhere",
            ),
        ],
        id="an n printed elsewhere for the arm",
    ),
    pytest.param(
        ["endpoint=orr events=2 n=12 value=16.6"],
        [
            (
                (1,),
                "percent-truncated",
                "note",
                "ORR: 16.6 % is 2 of 12 cut off; rounded it is 16.7 %",
            ),
        ],
        id="cut off",
    ),
    pytest.param(
        ["endpoint=orr n=12 value=16.6"],
        [
            (
                (1,),
                "percent-truncated",
                "note",
                "ORR: 16.6 % is 2 of 12 cut off; rounded it is 16.7 %",
            ),
        ],
        id="cut off, count not printed",
    ),
    pytest.param(
        ["endpoint=orr n=41 value=16"],
        [
            (
                (1,),
                "percent-without-count",
                "warning",
                "ORR: no count out of 41 prints as 16 %; 7 of 41 is 17 %; it would fit n = 38, 42 or 43",
            ),
        ],
        id="no count",
    ),
    pytest.param(
        ["endpoint=orr n=95 value=24.7", "endpoint=pd n=95 value=17.5"],
        [
            (
                (1,),
                "percent-without-count",
                "warning",
                "ORR: no count out of 95 prints as 24.7 %; 23 of 95 is 24.2 %; it and 1 other percent of these patients would fit n = 97",
            ),
            (
                (2,),
                "percent-without-count",
                "warning",
                "PD: no count out of 95 prints as 17.5 %; 17 of 95 is 17.9 %; it and 1 other percent of these patients would fit n = 97",
            ),
        ],
        id="no count, one n for all percents",
    ),
    pytest.param(
        [
            "endpoint=pfr at=12 at_unit=weeks n=13 value=63",
            "arm=b endpoint=pfr at=12 at_unit=weeks n=26 value=75",
            "arm=c endpoint=pfr at=12 at_unit=weeks n=20 value=75",
        ],
        [
            (
                (1, 2),
                "rate-not-counted",
                "warning",
                "PFR at 12 weeks: 2 of 3 rates are no counts out of their n (63 % of 13, 75 % of 26); they may be Kaplan–Meier estimates",
            ),
        ],
        id="rates at a time are no counts",
    ),
    pytest.param(
        ["endpoint=pfs at=6 at_unit=months n=13 value=63"],
        [],
        id="a survival rate is never counted",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
