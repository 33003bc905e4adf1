"""Ratios against their intervals and against the numbers of their arms."""

import pytest

CASES = [
    pytest.param(
        ["arm=a versus=b endpoint=pfs measure=hr value=0.86 low=0.68 high=1.08 level=95"],
        [],
        id="in the middle",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=pfs measure=hr value=0.86 low=0.68 high=1.80 level=95"],
        [
            (
                (1,),
                "ratio-asymmetric",
                "warning",
                "PFS: 0.86 lies 48 % of the half-width off the middle of 0.68 to 1.80 on the log scale, which is 1.11; a slip would explain it (1.80 for 1.08, two digits swapped)",
            ),
        ],
        id="a digit swap",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=orr measure=or value=1.60 low=1.10 high=2.60 level=95"],
        [
            (
                (1,),
                "ratio-asymmetric",
                "note",
                "ORR: 1.60 lies 11 % of the half-width off the middle of 1.10 to 2.60 on the log scale, which is 1.69",
            ),
        ],
        id="a little skewed",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=orr measure=or value=0.10 low=0.00 high=2.60 level=95"],
        [],
        id="a bound of zero",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr measure=odds-ratio value=3.79",
        ],
        [],
        id="the ratio of the counts",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr measure=risk-difference value=23.3",
        ],
        [],
        id="the difference of the counts",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr measure=odds-ratio value=2.77",
        ],
        [
            (
                (3, 1, 2),
                "ratio-against-counts",
                "warning",
                "ORR: the odds ratio of 27 of 74 against 10 of 76 is 3.79, printed is 2.77, which is the risk ratio",
            ),
        ],
        id="a risk ratio sold as an odds ratio",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr measure=risk-ratio value=0.36",
        ],
        [
            (
                (3, 1, 2),
                "ratio-against-counts",
                "warning",
                "ORR: the risk ratio of 27 of 74 against 10 of 76 is 2.77, printed is 0.36, which is that of b against a",
            ),
            (
                (3, 1, 2),
                "direction-against-proportions",
                "error",
                "ORR: risk ratio 0.36, but 27 of 74 in a and 10 of 76 in b; the arms may be the other way round",
            ),
        ],
        id="the arms the other way round",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr value=36",
            "arm=b endpoint=orr value=13",
            "arm=a versus=b endpoint=orr measure=risk-difference value=-23.3",
        ],
        [
            (
                (3, 1, 2),
                "direction-against-proportions",
                "warning",
                "ORR: risk difference -23.3, but 36 % in a and 13 % in b; the arms may be the other way round",
            ),
        ],
        id="a difference of the wrong sign, from percents",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs unit=months value=12.2",
            "arm=b endpoint=pfs unit=months value=6.2",
            "arm=a versus=b endpoint=pfs measure=hr value=2.44 low=1.72 high=3.45 level=95",
        ],
        [
            (
                (3, 1, 2),
                "direction-against-medians",
                "warning",
                "PFS: hazard ratio 2.44, but the median is 12.2 months in a and 6.2 in b; the curves cross, or the arms are the other way round (0.41)",
            ),
        ],
        id="against medians, significant",
    ),
    pytest.param(
        [
            "arm=a endpoint=os unit=months value=12.2",
            "arm=b endpoint=os unit=months value=9.2",
            "arm=a versus=b endpoint=os measure=hr value=1.25 low=0.90 high=1.74 level=95",
        ],
        [
            (
                (3, 1, 2),
                "direction-against-medians",
                "note",
                "OS: hazard ratio 1.25, but the median is 12.2 months in a and 9.2 in b; the curves cross, or the arms are the other way round (0.80)",
            ),
        ],
        id="against medians, not significant",
    ),
    pytest.param(
        [
            "arm=a endpoint=os unit=months value=12.2",
            "arm=b endpoint=os unit=months value=11.2",
            "arm=a versus=b endpoint=os measure=hr value=1.05 low=0.84 high=1.31 level=95",
        ],
        [],
        id="against medians, close to 1",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs unit=months value=12.2",
            "arm=b endpoint=pfs unit=months value=6.2",
            "arm=a versus=b endpoint=pfs measure=hr value=0.41 low=0.29 high=0.58 level=95",
        ],
        [],
        id="with the medians",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=0 n=30",
            "arm=b endpoint=orr events=0 n=30",
            "arm=a versus=b endpoint=orr measure=odds-ratio value=1.00",
        ],
        [],
        id="nobody has the event",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
