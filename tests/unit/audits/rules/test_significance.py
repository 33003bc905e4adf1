"""p-values of ratios against their intervals."""

import pytest

CASES = [
    pytest.param(
        ["arm=a versus=b endpoint=pfs measure=hr value=0.86 low=0.68 high=1.08 level=95 p=.19"],
        [],
        id="they agree",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.73 low=0.54 high=0.99 level=95 p=.185"],
        [
            (
                (1,),
                "level-implied",
                "warning",
                "OS: hazard ratio 0.73 (95 % interval 0.54 to 0.99) implies p = .031 to .059, printed is p .185, for the interval leaves out 1 and p is above .05; ratio, bounds and p agree at 80 %",
            ),
        ],
        id="agree at 80 percent",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.73 low=0.54 high=0.99 level=95 p=.60"],
        [
            (
                (1,),
                "p-against-interval",
                "warning",
                "OS: hazard ratio 0.73 (95 % interval 0.54 to 0.99) implies p = .031 to .059, printed is p .60, for the interval leaves out 1 and p is above .05",
            ),
        ],
        id="agree at no level",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.730 low=0.540 high=0.987 level=95 p=.014"],
        [
            (
                (1,),
                "p-against-interval",
                "note",
                "OS: hazard ratio 0.730 (95 % interval 0.540 to 0.987) implies p = .040 to .042, printed is p .014",
            ),
        ],
        id="a little apart",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.850 low=0.700 high=1.032 level=95 p=.050"],
        [
            (
                (1,),
                "p-one-sided",
                "note",
                "OS: hazard ratio 0.850 (95 % interval 0.700 to 1.032) implies p = .098 to .105, printed is p .050; the printed p fits one-sided only",
            ),
        ],
        id="one-sided only, sides not stated",
    ),
    pytest.param(
        [
            "arm=a versus=b endpoint=os measure=hr value=0.850 low=0.700 high=1.032 level=95 p=.050 sides=two"
        ],
        [
            (
                (1,),
                "p-one-sided",
                "warning",
                "OS: hazard ratio 0.850 (95 % interval 0.700 to 1.032) implies p = .098 to .105, printed is p .050; the printed p fits one-sided only, and is said to be two-sided",
            ),
        ],
        id="one-sided only, said to be two-sided",
    ),
    pytest.param(
        [
            "arm=a versus=b endpoint=os measure=hr value=0.850 low=0.700 high=1.032 level=95 p=.050 sides=one"
        ],
        [],
        id="one-sided and said so",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=pfs measure=hr value=0.41 low=0.29 high=0.58 level=95 p=<.0001"],
        [],
        id="below a limit",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=pfs measure=hr value=0.41 low=0.29 high=0.58 level=95 p=NS"],
        [
            (
                (1,),
                "p-against-interval",
                "warning",
                "PFS: hazard ratio 0.41 (95 % interval 0.29 to 0.58) implies p <.0001, printed is p NS",
            ),
        ],
        id="not significant, and yet",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.73 low=0.54 high=0.99 p=.185"],
        [],
        id="level not stated",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.90 low=0.70 high=1.16 level=95 p=.002"],
        [
            (
                (1,),
                "p-against-interval",
                "warning",
                "OS: hazard ratio 0.90 (95 % interval 0.70 to 1.16) implies p = .372 to .478, printed is p .002, for the interval holds 1 and p is below .05",
            ),
        ],
        id="the interval holds 1 and p is small",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr measure=odds-ratio value=3.79 low=1.68 high=8.57 level=95 p=.60",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .60 is printed for 27 of 74 against 10 of 76, and no usual test gives it (chi-square .0009, Fisher .001, Yates .002, likelihood ratio .0008, one-sided Fisher .0008, one-sided chi-square .0005, Boschloo .0009)",
            ),
        ],
        id="counts are known, so the test is judged",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=1.0 low=1.0 high=1.0 level=95 p=.5"],
        [],
        id="both bounds alike",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=orr measure=or value=0.10 low=0.001 high=9.90 level=95 p=.3"],
        [],
        id="a bound rounded to nothing",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
