"""What no arithmetic allows."""

import pytest

CASES = [
    pytest.param(
        ["endpoint=orr events=33 n=32"],
        [
            ((1,), "events-over-n", "error", "ORR: 33 events among 32 patients"),
        ],
        id="more events than patients",
    ),
    pytest.param(
        ["endpoint=orr value=250 n=32"],
        [
            ((1,), "percent-out-of-range", "error", "ORR: 250 % lies outside 0 to 100 %"),
        ],
        id="above a hundred percent",
    ),
    pytest.param(
        ["endpoint=orr events=1 n=15 value=6.7 low=-6.0 high=19.3 level=95"],
        [
            (
                (1,),
                "percent-out-of-range",
                "error",
                "ORR: low bound -6.0 % lies outside 0 to 100 %",
            ),
            (
                (1,),
                "wald-at-border",
                "note",
                "ORR: 6.7 % (95 % interval -6.0 to 19.3) is the normal approximation, which passes 0 % here; it covers less than it says",
            ),
        ],
        id="a bound below zero",
    ),
    pytest.param(
        ["endpoint=os unit=months value=7.1 low=9.1 high=5.1 level=95"],
        [
            ((1,), "interval-order", "error", "OS: the interval runs from 9.1 down to 5.1"),
        ],
        id="bounds the other way round",
    ),
    pytest.param(
        ["endpoint=pfs unit=months value=7.1 low=8.1 high=11.0 level=95"],
        [
            (
                (1,),
                "value-outside-interval",
                "error",
                "PFS: 7.1 lies outside its interval, 8.1 to 11.0; 8.1 may stand for 1.8 (two digits swapped)",
            ),
        ],
        id="median outside",
    ),
    pytest.param(
        ["endpoint=orr value=25 low=41.5 high=43.4 level=95"],
        [
            (
                (1,),
                "value-outside-interval",
                "error",
                "ORR: 25 lies outside its interval, 41.5 to 43.4; 41.5 may stand for 14.5 (two digits swapped)",
            ),
        ],
        id="percent outside",
    ),
    pytest.param(
        ["endpoint=pfs unit=months value=7 low=7.2 high=11.0 level=95"],
        [],
        id="outside by its rounding only",
    ),
    pytest.param(
        ["endpoint=pfs at=12 at_unit=months value=42.90 low=0.27 high=0.68 level=95"],
        [
            (
                (1,),
                "value-outside-interval",
                "error",
                "PFS: 42.90 lies outside its interval, 0.27 to 0.68; the bounds may be fractions, 27 to 68 %",
            ),
        ],
        id="bounds that are fractions",
    ),
    pytest.param(
        ["endpoint=os unit=months value=24.6 low=17.0 high=NE level=95"],
        [],
        id="an open bound",
    ),
    pytest.param(
        ["endpoint=pfs unit=months value=3.3 low=8.8 high=11.0 level=95"],
        [
            (
                (1,),
                "value-outside-interval",
                "error",
                "PFS: 3.3 lies outside its interval, 8.8 to 11.0; 8.8 may stand for 0.88 (the decimal point moved)",
            ),
        ],
        id="a decimal point moved",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
