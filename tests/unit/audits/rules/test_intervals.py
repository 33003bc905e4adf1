"""Intervals of proportions against the known methods."""

import pytest

CASES = [
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=11.5 high=43.4 level=95"],
        [],
        id="Clopper-Pearson",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=12.1 high=43.8 level=95"],
        [],
        id="Wilson with correction",
    ),
    pytest.param(
        ["endpoint=orr n=38 value=16 low=7 high=29 level=90"],
        [],
        id="90 percent, count not printed",
    ),
    pytest.param(
        ["endpoint=orr n=38 value=16 low=7 high=29"],
        [],
        id="level not stated",
    ),
    pytest.param(
        ["endpoint=cbr n=38 value=18 low=1 high=32 level=90"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "CBR: 18 % (90 % interval 1 to 32) is given by no known method for 7 of 38; the high bound is that of clopper-pearson, whose low bound is 9",
            ),
        ],
        id="a bound that fits nothing",
    ),
    pytest.param(
        ["endpoint=pfr at=6 at_unit=months events=13 n=43 value=30.23 low=17.2 high=40.1 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "PFR: 30.23 % (95 % interval 17.2 to 40.1) is given by no known method for 13 of 43; the low bound is that of clopper-pearson, whose high bound is 46.1 (one digit changed?); a rate at a time may be a Kaplan–Meier estimate",
            ),
        ],
        id="a bound mistyped",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=34 value=23.5 low=11.5 high=43.4 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 23.5 % (95 % interval 11.5 to 43.4) is given by no known method for 8 of 34; 8 of 32 would have it by clopper-pearson",
            ),
        ],
        id="the interval of another n",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=13.7 high=46.7 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 25 % (95 % interval 13.7 to 46.7) is given by no known method for 8 of 32; 9 of 32 would have it by clopper-pearson",
            ),
        ],
        id="the interval of another count",
    ),
    pytest.param(
        ["endpoint=orr events=81 n=184 value=44 low=31 high=58 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 44 % (95 % interval 31 to 58) is given by no known method for 81 of 184; the closest, wald with continuity correction, gives 37 to 51; it is as wide as for about 56 patients",
            ),
        ],
        id="as wide as for fewer patients",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=12.3 high=43.0 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "note",
                "ORR: 25.0 % (95 % interval 12.3 to 43.0) is given by no known method for 8 of 32; the low bound is that of mid-p, whose high bound is 42.0 (one digit changed?)",
            ),
        ],
        id="among the known methods",
    ),
    pytest.param(
        ["endpoint=pfr at=3 at_unit=months events=31 n=44 value=70.5 low=56.7 high=84.2 level=95"],
        [
            (
                (1,),
                "interval-against-count",
                "note",
                "PFR: 70.5 % (95 % interval 56.7 to 84.2) is given by no known method for 31 of 44; the closest, wald, gives 57.0 to 83.9; a rate at a time may be a Kaplan–Meier estimate",
            ),
        ],
        id="a rate at a time",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=13.1 high=40.6 level=95"],
        [
            (
                (1,),
                "interval-at-other-level",
                "warning",
                "ORR: 25 % (95 % interval 13.1 to 40.6) is that of clopper-pearson at 90 % for 8 of 32; no known method gives it at 95 %",
            ),
        ],
        id="90 sold as 95 percent",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=17.3 high=32.7 level=95"],
        [
            (
                (1,),
                "standard-error-sold-as-interval",
                "warning",
                "ORR: 25.0 % (95 % interval 17.3 to 32.7) is the proportion ± one standard error for 8 of 32, which is an interval of 68 %",
            ),
        ],
        id="one standard error",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=13.1 level=95 sides=lower"],
        [],
        id="one bound",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25.0 low=18.0 level=95 sides=lower"],
        [
            (
                (1,),
                "bound-against-count",
                "warning",
                "ORR: the lower 95 % bound 18.0 is given by no known method for 8 of 32",
            ),
        ],
        id="one bound that fits nothing",
    ),
    pytest.param(
        ["endpoint=orr events=0 n=14 value=0 low=0 high=0 level=95"],
        [
            ((1,), "wald-at-border", "warning", "ORR: an interval from 0 to 0 has no width"),
        ],
        id="no width",
    ),
    pytest.param(
        ["endpoint=orr events=0 n=14 value=0 low=0 high=19.3 level=95"],
        [],
        id="the whole of 1 − level on one side at the border",
    ),
    pytest.param(
        ["endpoint=orr events=1 n=15 value=6.7 low=0 high=19.3 level=95"],
        [
            (
                (1,),
                "wald-at-border",
                "note",
                "ORR: 6.7 % (95 % interval 0 to 19.3) is the normal approximation, which passes 0 % here; it covers less than it says",
            ),
        ],
        id="Wald passes the border",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95",
            "arm=a endpoint=dcr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95",
        ],
        [
            (
                (1, 2),
                "interval-method-mixed",
                "note",
                "no one method gives all the intervals of this report (clopper-pearson ORR 11.5 to 43.4; wilson DCR 45.3 to 77.1)",
            ),
        ],
        id="two methods in one report",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=orr events=8 n=32 value=25.0 low=11.5 high=43.4 level=95",
            "report=r2 arm=a endpoint=dcr events=20 n=32 value=62.5 low=45.3 high=77.1 level=95",
        ],
        [],
        id="two methods in two reports",
    ),
    pytest.param(
        ["endpoint=orr events=8 n=32 value=25 low=18.0 high=31.0"],
        [
            (
                (1,),
                "interval-against-count",
                "warning",
                "ORR: 25 % (interval 18.0 to 31.0) is given by no known method for 8 of 32; the closest, wilson, gives 13.3 to 42.1; it is as wide as for about 158 patients",
            ),
        ],
        id="level not stated and no method",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
