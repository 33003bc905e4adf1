"""Medians and rates at a time against each other."""

from typing import Any

import pytest

from builders import estimate, report, told_apart, trial

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
            (
                (1,),
                "median-implausible",
                "note",
                "PFS median 23.3 months is longer than 97 % of those published (15.5 months; 276 medians of 112 trials); 23.3 weeks would be 5.4 months, which is usual",
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
                "PFS median 10.3 months is above OS median 10.0 months; 10.3 weeks would be 2.4 months",
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
                "PFS median 14.3 months is above OS median 10.0 months; 14.3 weeks would be 3.3 months",
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
            (
                (1,),
                "median-implausible",
                "note",
                "PFS median 24.3 months is longer than 97 % of those published (15.5 months; 276 medians of 112 trials); 24.3 weeks would be 5.6 months, which is usual",
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


def _pair(pfs, os, pfs_unit="months", os_unit="months", **more):
    """Medians of progression-free and overall survival."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    return [
        f"arm=a endpoint=pfs unit={pfs_unit} value={pfs}",
        f"arm=a endpoint=os unit={os_unit} value={os}{rest}",
    ]


def _rates(one, other, at=(12, "months"), other_at=(12, "months"), endpoints=("pfs", "os")):
    """Rates of two endpoints at two times."""
    return [
        f"arm=a endpoint={endpoint} at={number} at_unit={unit} value={value}"
        for endpoint, value, (number, unit) in zip(
            endpoints, (one, other), (at, other_at), strict=True
        )
    ]


def _landmark(median, rate, at, unit="months"):
    """A median and a rate at a time."""
    return [
        f"arm=a endpoint=pfs unit=months value={median}",
        f"arm=a endpoint=pfs at={at} at_unit={unit} value={rate}",
    ]


def _narrow(value, low, high, n=100, level=95):
    """A rate at six months with its interval."""
    return [
        f"endpoint=pfs at=6 at_unit=months n={n} value={value} low={low} high={high} level={level}"
    ]


def _record(*estimates, **more):
    """A record with these numbers of forty patients."""
    return trial(reports={"smith-2020": report(estimates=list(estimates), **more)})


def _rate(value, **more):
    """A rate of progression-free survival at twelve months."""
    return estimate("pfs", measure="landmark", at={"months": 12}, value=value, **more)


def _news(*estimates):
    """The same paper, and a news item of another year that prints these numbers."""
    news = report(estimates=list(estimates), read="news", citation={"container": "N", "year": 2021})
    paper = report(estimates=[estimate("pfs", range={"low": "4.1", "high": "9.9"})])
    return trial(reports={"smith-2020": paper, "news-2021": news})


BOUNDS: dict[str, Any] = {"interval": {"level": 95, "low": "4.1", "high": "9.9"}}


BOUNDARIES = {
    # 10.0 may be 9.95 to 10.1, and a tenth more than 10.1 is 11.11; 11.1 may be 11.05 to 11.2.
    "time-order": [
        ("in order", _pair("9.9", "10.0"), []),
        ("above by its rounding", _pair("10.1", "10.0"), []),
        ("just above", _pair("10.2", "10.0"), [("warning", "PFS median 10.2 months is above OS median 10.0 months; 10.2 weeks would be 2.3 months.")]),
        ("a tenth above", _pair("11.1", "10.0"), [("warning", "PFS median 11.1 months is above")]),
        ("more than a tenth above", _pair("11.2", "10.0"), [("error", "PFS median 11.2 months is above")]),
        ("just meeting the rounding of the other", _pair("11", "10.4"), []),
        ("just missing the rounding of the other", _pair("11", "10.3"), [("warning", "11 months")]),
        ("rates that rounding makes alike", _rates(40, 39), []),
        ("rates that it does not", _rates(40, 38), [("error", "PFS 40 % at 12 months is above OS 38 % at 12 months.")]),
        ("rates at one time in two units", _rates(40, 30, other_at=(1, "year")), [("error", "at 1 years")]),
        ("rates at two times", _rates(40, 30, other_at=(13, "months")), []),
        ("a rate and a median", ["arm=a endpoint=pfs at=12 at_unit=months value=40",
                                 "arm=a endpoint=os unit=months value=30"], []),
        ("rates without a unit of time", ["arm=a endpoint=pfs at=12 value=40", "arm=a endpoint=os at=12 value=30"], []),
        ("a median without a unit", ["arm=a endpoint=pfs measure=median value=40", "arm=a endpoint=os unit=months value=30"], []),
        ("endpoints that are in no order", ["arm=a endpoint=os unit=months value=40", "arm=a endpoint=pfs unit=months value=30"], []),
        ("another arm", ["arm=a endpoint=pfs unit=months value=40", "arm=b endpoint=os unit=months value=30"], []),
        ("by other criteria", ["arm=a endpoint=pfs unit=months value=40 criteria=choi", "arm=a endpoint=os unit=months value=30 criteria=recist-1.1"], []),
        ("by criteria that one does not state", ["arm=a endpoint=pfs unit=months value=40 criteria=choi", "arm=a endpoint=os unit=months value=30"], [("error", "PFS")]),
        ("not reached", _pair("40", "NR"), []),
        ("a table of a review, weeks for months", _pair("13.4", "13.2"), [("warning", "PFS median 13.4 months is above OS median 13.2 months; 13.4 weeks would be 3.1 months.")]),
        # 52.1 weeks are 11.98 months and 52.2 are 12.005; 365.2 days are 11.999 months, 365.3 12.002.
        ("weeks that are no more than the other", _pair("52.1", "12.0"), [("error", "; 52.1 weeks would be 12.0 months.")]),
        ("weeks that are more than the other", _pair("52.2", "12.0"), [("error", "; 52.2 days would be 1.7 months.")]),
        ("days that are no more than the other", _pair("365.2", "12.0"), [("error", "; 365.2 days would be 12.0 months.")]),
        ("days that are more than the other", _pair("365.3", "12.0"), [("error", "OS median 12.0 months.")]),
        ("days are not taken for months", _pair("500", "12.0", "days"), [("error", "OS median 12.0 months.")]),
        # 40 weeks are 9.2 months; as months they would be enough for 13, and 24 for two years.
        ("the other in weeks, enough as months", _pair("13", "40", os_unit="weeks"), [("error", "; 40 months would not be below it.")]),
        ("the other in weeks, just enough as months", _pair("2", "24", "years", "weeks"), [("error", "; 24 months would not be below it.")]),
        ("the other in weeks, too few as months", _pair("2", "23", "years", "weeks"), [("error", "; 2 months would be 2.0 months.")]),
        ("two, and the lowest is named", told_apart([*_pair("20", "15"), "arm=a endpoint=os unit=months value=14"]), [("error", "is above OS median 14 months")]),
        ("no arm is given", ["endpoint=pfs unit=months value=20", "endpoint=os unit=months value=15"], [("note", "; no arm is given, so they may be of other patients.")]),
        ("no arm is given, in order", ["endpoint=pfs unit=months value=14", "endpoint=os unit=months value=15"], []),
        ("no arm is given, one note a study", ["endpoint=pfs unit=months value=20", "endpoint=os unit=months value=15", "endpoint=pfs at=6 at_unit=months value=40", "endpoint=os at=6 at_unit=months value=30"], [("note", "PFS median 20 months")]),
        ("no arm is given, and one stands twice", ["endpoint=pfs unit=months value=20", "endpoint=os unit=months value=15", "endpoint=os unit=months value=25"], []),
        ("one arm is given", ["arm=a endpoint=pfs unit=months value=20", "endpoint=os unit=months value=15"], []),
        ("both in weeks", _pair("30", "20", "weeks", "weeks"), [("error", "; 20 months would not be below it.")]),
        ("printed as about", [_record(estimate("pfs", value="40", approximation="about"), estimate("os", value="30"))], []),
        ("two that are told apart by an id", [_record(estimate("pfs", value="40", id="late"), estimate("os", value="30", id="early"))], []),
        ("one told apart by an id", [_record(estimate("pfs", value="40", id="late"), estimate("os", value="30"))], [("error", "PFS")]),
        ("both with one id", [_record(estimate("pfs", value="40", id="late"), estimate("os", value="30", id="late"))], [("error", "PFS")]),
        ("in another report", [_news(estimate("os", value="3"))], []),
    ],
    # 40 may be 39.5 to 41, and 42 41.5 to 43.
    "rate-rising": [
        ("falling", _rates(40, 30, other_at=(2, "years"), endpoints=("os", "os")), []),
        ("alike by its rounding", _rates(40, 41, other_at=(2, "years"), endpoints=("os", "os")), []),
        ("rising", _rates(40, 42, other_at=(2, "years"), endpoints=("os", "os")), [("error", "OS 42 % at 2 years is above OS 40 % at 12 months.")]),
        ("just meeting the rounding of the other", _rates("41.4", 42, other_at=(2, "years"), endpoints=("os", "os")), []),
        ("just missing the rounding of the other", _rates("41.3", 42, other_at=(2, "years"), endpoints=("os", "os")), [("error", "OS 42 %")]),
        ("the later one stands first", _rates(42, 40, at=(2, "years"), endpoints=("os", "os")), [("error", "OS 42 % at 2 years is above")]),
        ("at the same time", _rates(40, 42, endpoints=("os", "os")), []),
        ("at the same time in two units", _rates(40, 42, other_at=(1, "year"), endpoints=("os", "os")), []),
        ("other endpoints", _rates(40, 42, other_at=(2, "years")), []),
        ("above the lowest of two earlier ones", [*_rates(40, 30, other_at=(18, "months"), endpoints=("os", "os")), "arm=a endpoint=os at=2 at_unit=years value=35"], [("error", "OS 35 % at 2 years is above OS 30 % at 18 months.")]),
        ("two at the time of the earlier one", told_apart([*_rates(40, 45, endpoints=("os", "os")), "arm=a endpoint=os at=2 at_unit=years value=42"]), [("error", "OS 42 % at 2 years is above OS 40 % at 12 months.")]),
        ("no arm is given", [line.removeprefix("arm=a ") for line in _rates(40, 42, other_at=(2, "years"), endpoints=("os", "os"))], []),
        ("no unit of time", ["arm=a endpoint=os at=12 value=40 measure=landmark", "arm=a endpoint=os at=24 value=42 measure=landmark"], []),
        ("other criteria", [f"{line} criteria={one}" for line, one in zip(_rates(40, 42, other_at=(2, "years"), endpoints=("os", "os")), ("choi", "recist-1.1"), strict=True)], []),
        ("told apart by an id", [_record(_rate("40", id="one"), estimate("pfs", measure="landmark", at={"years": 2}, value="45"))], []),
        ("not told apart", [_record(_rate("40"), estimate("pfs", measure="landmark", at={"years": 2}, value="45"))], [("error", "PFS 45 %")]),
    ],
    # 6.2 may be 6.15 to 6.3, and 6 5.5 to 7; 49 may be 50, and 50.1 is above 50.05.
    "landmark-against-median": [
        ("before the median, one half by its rounding", _landmark("6.2", "49", "6"), []),
        ("before the median, less than half", _landmark("6.2", "48", "6"), [("warning", "PFS 48 % at 6 months does not go with PFS median 6.2 months.")]),
        ("after the median, one half by its rounding", _landmark("6.2", "50", "7"), []),
        ("after the median, one half with a decimal", _landmark("6.2", "50.0", "7"), []),
        ("after the median, more than half", _landmark("6.2", "50.1", "7"), [("warning", "50.1 %")]),
        ("after the median, a per cent more", _landmark("6.2", "51", "7"), [("warning", "51 %")]),
        ("before the median, more than half", _landmark("6.2", "80", "6"), []),
        ("after the median, less than half", _landmark("6.2", "30", "7"), []),
        ("at the median, less than half", _landmark("6.2", "40", "6.2"), []),
        ("at the median, more than half", _landmark("6.2", "60", "6.2"), []),
        ("at the start of its rounding", _landmark("6", "40", "5.5"), []),
        ("before its rounding", _landmark("6", "40", "5.4"), [("warning", "40 % at 5.4 months")]),
        ("at the end of its rounding", _landmark("6", "60", "7"), []),
        ("after its rounding", _landmark("6", "60", "7.1"), [("warning", "60 % at 7.1 months")]),
        ("in weeks", _landmark("6.2", "60", "28", "weeks"), [("warning", "60 % at 28 weeks")]),
        ("in weeks, before the median", _landmark("6.2", "60", "26", "weeks"), []),
        ("not reached, one half by its rounding", _landmark("NR", "49", "12"), []),
        ("not reached, less than half", _landmark("NR", "48", "12"), [("warning", "PFS 48 % at 12 months does not go with PFS median not reached.")]),
        ("not reached, more than half", _landmark("NR", "70", "12"), []),
        ("not estimable", _landmark("NE", "48", "12"), []),
        ("between two medians, less than half", told_apart([*_landmark("6.2", "40", "7"), "arm=a endpoint=pfs unit=months value=8.2"]), [("warning", "PFS median 8.2 months.")]),
        ("between two medians, more than half", told_apart(["arm=a endpoint=pfs unit=months value=8.2", *_landmark("6.2", "60", "7")]), [("warning", "PFS median 6.2 months.")]),
        ("not reached beside one that is", told_apart(["arm=a endpoint=pfs unit=months value=NR", *_landmark("6.2", "40", "7")]), [("warning", "PFS median not reached.")]),
        ("no arm is given", [line.removeprefix("arm=a ") for line in _landmark("6.2", "48", "6")], []),
        ("another endpoint", ["arm=a endpoint=os unit=months value=6.2", "arm=a endpoint=pfs at=6 at_unit=months value=30"], []),
        ("a rate without a unit of time", ["arm=a endpoint=pfs unit=months value=6.2", "arm=a endpoint=pfs at=6 value=30"], []),
        ("the median a Kaplan–Meier estimate", [_record(estimate("pfs", value="6.2", estimator="kaplan-meier"), _rate("60"))], [("warning", "PFS 60 % at 12 months")]),
        ("two Kaplan–Meier estimates", [_record(estimate("pfs", value="6.2", estimator="kaplan-meier"), _rate("60", estimator="kaplan-meier"))], [("error", "PFS 60 % at 12 months")]),
        ("the rate a Kaplan–Meier estimate", [_record(estimate("pfs", value="6.2"), _rate("60", estimator="kaplan-meier"))], [("warning", "PFS 60 %")]),
        ("an estimator that is not stated", [_record(estimate("pfs", value="6.2"), _rate("60", estimator="not-stated"))], [("warning", "PFS 60 %")]),
        ("told apart by an id", [_record(estimate("pfs", value="6.2"), _rate("60", id="late"))], []),
        ("a rate printed as about", [_record(estimate("pfs", value="6.2"), _rate("60", approximation="about"))], []),
        ("a median printed as about", [_record(estimate("pfs", value="6.2", approximation="about"), _rate("60"))], []),
    ],
    # Half of 100 counted patients have the interval 0.5 ± 1.96 × 0.05, two thirds of which are
    # 0.130664 wide; 43.500 to 56.564 are at most 0.130655, to 56.574 0.130755.
    "landmark-interval-too-narrow": [
        ("just narrower than two thirds", _narrow("50.0", "43.500", "56.564"), [("warning", "is 67 % as wide as the 95 % interval of a rate counted in 100 patients.")]),
        ("just two thirds", _narrow("50.0", "43.500", "56.574"), []),
        ("as wide as counted", _narrow("50.0", "40.2", "59.8"), []),
        ("one standard error", _narrow("50.0", "45.0", "55.0"), [("warning", "; it is that of ± one standard error.")]),
        ("one standard error, a printed unit off", _narrow("50.0", "44.99", "55.01"), [("warning", "; it is that of ± one standard error.")]),
        ("one standard error, the low bound two units off", _narrow("50.0", "44.98", "55.00"), [("warning", "100 patients.")]),
        ("one standard error, the high bound two units off", _narrow("50.0", "45.00", "55.02"), [("warning", "100 patients.")]),
        ("a rate of 5 %", _narrow("5", "4.9", "5.1"), [("warning", "PFS 5 % at 6 months")]),
        ("a rate below 5 %", _narrow("4.9", "4.8", "5.0"), []),
        ("a rate of 95 %", _narrow("95", "94.9", "95.1"), [("warning", "PFS 95 % at 6 months")]),
        ("a rate above 95 %", _narrow("95.1", "95.0", "95.2"), []),
        ("a rate outside its interval", _narrow("50.0", "51", "52"), []),
        ("a rate outside its interval on the other side", _narrow("50.0", "47", "48"), []),
        ("the level is not printed", ["endpoint=pfs at=6 at_unit=months n=100 value=50.0 low=45.0 high=55.0"], [("warning", "is 52 % as wide as the 95 % interval of a rate counted in 100 patients; no level is given, so it is taken as 95 %; it is that of ± one standard error.")]),
        ("the level is not printed, as wide as counted", ["endpoint=pfs at=6 at_unit=months n=100 value=50.0 low=40.2 high=59.8"], []),
        ("n is not printed", ["endpoint=pfs at=6 at_unit=months value=50.0 low=45.0 high=55.0 level=95"], []),
        ("no value", ["endpoint=pfs at=6 at_unit=months n=100 value=NR low=45.0 high=55.0 level=95"], []),
        ("one bound", ["endpoint=pfs at=6 at_unit=months n=100 value=50.0 low=45.0 high=NE level=95"], []),
        ("a level of 68 %", _narrow("50.0", "45.0", "55.0", level=68), []),
        ("a proportion that is counted", ["endpoint=orr n=100 events=50 value=50.0 low=45.0 high=55.0 level=95"], []),
    ],
    "interval-equals-range": [
        ("both printed", [_record(estimate("pfs", **BOUNDS, range={"low": "4.1", "high": "9.9"}))],
         [("warning", "PFS median 6.0 months: 4.1 to 9.9 is printed as a range too.")]),
        ("another low bound", [_record(estimate("pfs", **BOUNDS, range={"low": "4.2", "high": "9.9"}))], []),
        ("another high bound", [_record(estimate("pfs", **BOUNDS, range={"low": "4.1", "high": "9.8"}))], []),
        ("a censored end", [_record(estimate("pfs", **BOUNDS, range={"low": "4.1", "high": "9.9", "high_mark": "+"}))], [("warning", "too.")]),
        ("a censored start", [_record(estimate("pfs", **BOUNDS, range={"low": "4.1", "high": "9.9", "low_mark": "+"}))], [("warning", "too.")]),
        ("half a range", [_record(estimate("pfs", **BOUNDS, range={"low": "4.1"}))], []),
        ("by another report", [_news(estimate("pfs", **BOUNDS))], [("warning", "is printed as a range too by smith-2020.")]),
        ("in another unit", [_news(estimate("pfs", **BOUNDS, unit="weeks"))], []),
        ("of another endpoint", [_news(estimate("os", **BOUNDS))], []),
        ("of a proportion", [_record(estimate(events=10, value="25", interval={"level": 95, "low": "12.7", "high": "41.2"}, range={"low": "12.7", "high": "41.2"}))],
         [("warning", "ORR 25 %: 12.7 to 41.2 is printed as a range too.")]),
        ("of a rate at a time", [_record(_rate("25", interval={"level": 95, "low": "12.7", "high": "41.2"}, range={"low": "12.7", "high": "41.2"}))], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
