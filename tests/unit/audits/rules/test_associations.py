"""p-values of two proportions against the usual tests."""

import pytest

CASES = [
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr p=.0009",
        ],
        [],
        id="chi-square",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr n=74 value=36",
            "arm=b endpoint=orr n=76 value=13",
            "arm=a versus=b endpoint=orr p=.0009",
        ],
        [],
        id="from percents",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr p=.0017",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "note",
                "ORR: p .0017 is printed for 27 of 74 against 10 of 76; of the usual tests only Yates gives it",
            ),
        ],
        id="Yates only",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr p=.09",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .09 is printed for 27 of 74 against 10 of 76, and no usual test gives it (chi-square .0009, Fisher .001, Yates .002, likelihood ratio .0008, one-sided Fisher .0008, one-sided chi-square .0005, Boschloo .0009)",
            ),
        ],
        id="no test",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30",
            "arm=b endpoint=orr events=3 n=30",
            "arm=a versus=b endpoint=orr p=.026 sides=two",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .026 is printed for 9 of 30 against 3 of 30; of the usual tests only one-sided chi-square gives it",
            ),
        ],
        id="one-sided, said to be two-sided",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30",
            "arm=b endpoint=orr events=3 n=30",
            "arm=a versus=b endpoint=orr p=.104 sides=one",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "note",
                "ORR: p .104 is printed for 9 of 30 against 3 of 30 as one-sided, and is the two-sided p of Fisher",
            ),
        ],
        id="two-sided, said to be one-sided",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30 subgroup=LMS",
            "arm=b endpoint=orr events=3 n=30 subgroup=LMS",
            "arm=a versus=b endpoint=orr p=.9",
        ],
        [],
        id="other patients",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=0 n=30",
            "arm=b endpoint=orr events=0 n=30",
            "arm=a versus=b endpoint=orr p=.5",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .5 is printed for 0 of 30 against 0 of 30, and no usual test gives it (Fisher 1.000, likelihood ratio 1.000, one-sided Fisher 1.000, Boschloo 1.000)",
            ),
        ],
        id="nobody has the event",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30",
            "arm=b endpoint=orr events=3 n=30",
            "arm=a versus=b endpoint=orr p=.026 sides=one",
        ],
        [],
        id="one-sided and said so",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
