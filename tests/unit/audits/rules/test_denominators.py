"""Rates out of different denominators, and denominators that percents imply."""

import pytest

CASES = [
    pytest.param(
        ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20 n=35"],
        [
            (
                (1, 2),
                "denominator-mixed",
                "note",
                "ORR is out of 38 and DCR out of 35 patients of one arm; they cannot be set off against each other",
            ),
        ],
        id="response and control out of different n",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=38",
            "arm=a endpoint=dcr events=20 n=38",
            "arm=a endpoint=dcr events=20 n=35 criteria=choi",
        ],
        [],
        id="both out of both",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=pfr events=20 n=35"],
        [],
        id="unrelated endpoints",
    ),
    pytest.param(
        ["endpoint=orr value=24.7", "endpoint=dcr value=82.5"],
        [
            (
                (1, 2),
                "denominator-implied",
                "note",
                "n is not printed; up to 150 only 97 admits these percents (ORR 24.7 % is 24, DCR 82.5 % is 80)",
            ),
        ],
        id="one n admits both percents",
    ),
    pytest.param(
        ["endpoint=orr value=25.0", "endpoint=dcr value=50.0"],
        [],
        id="several n admit them",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=orr events=2 n=12 subgroup=LMS",
            "report=r2 arm=a endpoint=orr value=28.6 subgroup=LMS",
        ],
        [
            (
                (2,),
                "percent-against-cohort-size",
                "note",
                "ORR: 28.6 % is no count out of 12, the size printed elsewhere; it fits n = 7, 14, 21",
            ),
        ],
        id="no count of the size printed elsewhere",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=orr events=2 n=12 subgroup=LMS",
            "report=r2 arm=a endpoint=orr value=25.0 subgroup=LMS",
        ],
        [],
        id="a count of the size printed elsewhere",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
