"""Medians and rates at a time against each other."""

import pytest

CASES = [
    pytest.param(
        ["arm=a endpoint=pfs unit=months value=23.3", "arm=a endpoint=os unit=weeks value=76.3"],
        [
            (
                (1, 2),
                "time-order",
                "error",
                "PFS median 23.3 months is above OS median 76.3 weeks; 76.3 months would not be below it",
            ),
        ],
        id="another unit",
    ),
    pytest.param(
        ["arm=a endpoint=pfs unit=months value=10.3", "arm=a endpoint=os unit=months value=10.0"],
        [
            (
                (1, 2),
                "time-order",
                "warning",
                "PFS median 10.3 months is above OS median 10.0 months",
            ),
        ],
        id="slightly above",
    ),
    pytest.param(
        ["arm=a endpoint=pfs unit=months value=14.3", "arm=a endpoint=os unit=months value=10.0"],
        [
            (
                (1, 2),
                "time-order",
                "error",
                "PFS median 14.3 months is above OS median 10.0 months",
            ),
        ],
        id="above",
    ),
    pytest.param(
        ["arm=a endpoint=pfs unit=months value=24.3", "arm=a endpoint=os unit=months value=12.0"],
        [
            (
                (1, 2),
                "time-order",
                "error",
                "PFS median 24.3 months is above OS median 12.0 months; 24.3 weeks would be 5.6 months",
            ),
        ],
        id="weeks sold as months",
    ),
    pytest.param(
        ["arm=a endpoint=pfs unit=weeks value=24.3", "arm=a endpoint=os unit=months value=12.0"],
        [],
        id="in order after conversion",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs at=12 at_unit=months value=40",
            "arm=a endpoint=os at=1 at_unit=year value=35",
        ],
        [
            ((1, 2), "time-order", "error", "PFS 40 % at 12 months is above OS 35 % at 1 years"),
        ],
        id="rates at one time",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs at=6 at_unit=months value=40",
            "arm=a endpoint=os at=12 at_unit=months value=35",
        ],
        [],
        id="rates at other times",
    ),
    pytest.param(
        [
            "arm=a endpoint=os at=12 at_unit=months value=40",
            "arm=a endpoint=os at=2 at_unit=years value=45",
        ],
        [
            ((2, 1), "rate-rising", "error", "OS 45 % at 2 years is above OS 40 % at 12 months"),
        ],
        id="rising",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs unit=months value=4.11",
            "arm=a endpoint=pfs at=4 at_unit=months value=40.8",
        ],
        [
            (
                (2, 1),
                "landmark-against-median",
                "warning",
                "PFS 40.8 % at 4 months does not go with PFS median 4.11 months",
            ),
        ],
        id="too low before the median",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs unit=months value=6.2",
            "arm=a endpoint=pfs at=12 at_unit=months value=55",
        ],
        [
            (
                (2, 1),
                "landmark-against-median",
                "warning",
                "PFS 55 % at 12 months does not go with PFS median 6.2 months",
            ),
        ],
        id="too high after the median",
    ),
    pytest.param(
        [
            "arm=a endpoint=pfs unit=months value=12.2",
            "arm=a endpoint=pfs at=12 at_unit=months value=50.7",
            "arm=a endpoint=pfs at=24 at_unit=months value=30.2",
        ],
        [],
        id="one story",
    ),
    pytest.param(
        [
            "arm=a endpoint=os unit=months value=NR",
            "arm=a endpoint=os at=12 at_unit=months value=45",
        ],
        [
            (
                (2, 1),
                "landmark-against-median",
                "warning",
                "OS 45 % at 12 months does not go with OS median not reached",
            ),
        ],
        id="median not reached",
    ),
    pytest.param(
        ["endpoint=pfs at=6 at_unit=months n=52 value=48 low=41 high=55 level=95"],
        [
            (
                (1,),
                "landmark-interval-too-narrow",
                "warning",
                "PFS 48 % at 6 months (41 to 55) is 57 % as wide as the 95 % interval of a rate counted in 52 patients; it is that of ± one standard error",
            ),
        ],
        id="one standard error of a rate",
    ),
    pytest.param(
        ["endpoint=pfs at=6 at_unit=months n=52 value=48 low=34 high=61 level=95"],
        [],
        id="as wide as a count",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)
