"""What no arithmetic allows."""

from typing import Any

import pytest

from builders import estimate, report, trial

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


def _harm(**more):
    """A record of forty patients that prints how many of them had fatigue."""
    harm = {"set": "one", "event": "fatigue", "locator": "p1", **more}
    return trial(reports={"smith-2020": report(harms=[harm])})


def _about(**more):
    """A record of a median outside its interval, printed as about."""
    bounds = {"level": 95, "low": "8.1", "high": "11.0"}
    number: dict[str, Any] = {
        "value": "7.1",
        "interval": bounds,
        "approximation": "about",
        "as_printed": True,
    }
    given = {key: value for key, value in (number | more).items() if value is not None}
    return trial(reports={"smith-2020": report(estimates=[estimate("pfs", **given)])})


BOUNDARIES = {
    "events-over-n": [
        ("all of them", ["endpoint=orr events=32 n=32"], []),
        ("one more", ["endpoint=orr events=33 n=32"], [("error", "33 events among 32 patients")]),
        ("n is not printed", ["endpoint=orr events=33"], []),
        ("an endpoint of four letters", ["endpoint=xorr events=33 n=32"], [("error", "XORR: 33")]),
        ("an endpoint of five letters", ["endpoint=xxorr events=33 n=32"], [("error", "xxorr: 33")]),
        ("the count is not printed", ["endpoint=orr value=100 n=32"], []),
        ("a harm of all patients", [_harm(events=40, value="100")], []),
        ("a harm of one more", [_harm(events=41, value="100")],
         [("error", "fatigue: 41 events among 40 patients")]),
    ],
    "percent-out-of-range": [
        ("0 and 100", ["endpoint=orr value=0 low=0 high=100", "endpoint=pfr value=100"], []),
        ("a tenth above 100", ["endpoint=orr value=100.1"], [("error", "100.1 % lies outside")]),
        ("a tenth below 0", ["endpoint=orr value=-0.1"], [("error", "-0.1 % lies outside")]),
        ("a low bound below 0", ["endpoint=orr value=5 low=-0.1 high=20"],
         [("error", "low bound -0.1 % lies outside")]),
        ("a high bound above 100", ["endpoint=orr value=95 low=80 high=100.1"],
         [("error", "high bound 100.1 % lies outside")]),
        ("a rate at a time", ["endpoint=pfs at=6 at_unit=months value=101"],
         [("error", "PFS: 101 % lies outside")]),
        ("a median is no percent", ["endpoint=pfs unit=weeks value=101 low=90 high=120"], []),
        ("a difference is no percent",
         ["arm=a versus=b endpoint=orr measure=rd value=-7 low=-20 high=6"], []),
    ],
    "interval-order": [
        ("both bounds alike", ["endpoint=pfs unit=months value=9.1 low=9.1 high=9.1"], []),
        ("a tenth the wrong way", ["endpoint=pfs unit=months value=9.1 low=9.1 high=9.0"],
         [("error", "the interval runs from 9.1 down to 9.0")]),
        ("of a ratio", ["arm=a versus=b endpoint=pfs measure=hr value=0.8 low=1.1 high=0.6"],
         [("error", "the interval runs from 1.1 down to 0.6")]),
        ("one bound is open", ["endpoint=pfs unit=months value=9.1 low=9.2 high=NR"], []),
        ("as numbers and not as text", ["endpoint=pfs unit=months value=9.1 low=9 high=10"], []),
    ],
    # 25 may be anything from 24.5 to 26, cut off or rounded; 25.9 from 25.85, 24.4 up to 24.5.
    "value-outside-interval": [
        ("below by its rounding", ["endpoint=pfs unit=months value=25 low=26.0 high=43.4"], []),
        ("below by more", ["endpoint=pfs unit=months value=25 low=26.1 high=43.4"],
         [("error", "25 lies outside its interval, 26.1 to 43.4; 26.1 may stand for 16.2")]),
        ("above by its rounding", ["endpoint=pfs unit=months value=25 low=11 high=24.4"], []),
        ("above by more", ["endpoint=pfs unit=months value=25 low=11 high=24.3"],
         [("error", "25 lies outside its interval, 11 to 24.3; 24.3 may stand for 42.3")]),
        ("a negative value that just meets its bound",
         ["arm=a versus=b endpoint=orr measure=rd value=-25 low=-24.4 high=10"], []),
        ("a negative value that does not",
         ["arm=a versus=b endpoint=orr measure=rd value=-25 low=-24.3 high=10"],
         [("error", "-25 lies outside its interval, -24.3 to 10.")]),
        ("the upper bound is open and the value inside",
         ["endpoint=os unit=months value=24.6 low=24.7 high=NE"], []),
        ("the upper bound is open and the value below",
         ["endpoint=os unit=months value=24.6 low=24.8 high=NE"],
         [("error", "24.6 lies outside its interval, 24.8 to open")]),
        ("the lower bound is open and the value above",
         ["endpoint=os unit=months value=24.6 low=NE high=24.4"],
         [("error", "24.6 lies outside its interval, open to 24.4")]),
        ("bounds in the wrong order are another finding",
         ["endpoint=pfs unit=months value=7 low=9 high=8"], []),
        ("fractions that reach the value",
         ["endpoint=pfs at=6 at_unit=months value=27 low=0.27 high=1.00"],
         [("error", "the bounds may be fractions, 27 to 100 %")]),
        ("fractions that end at the value",
         ["endpoint=pfs at=6 at_unit=months value=68 low=0.27 high=0.68"],
         [("error", "the bounds may be fractions, 27 to 68 %")]),
        ("fractions that pass 100 %",
         ["endpoint=pfs at=6 at_unit=months value=27 low=0.27 high=1.01"],
         [("error", "27 lies outside its interval, 0.27 to 1.01; 1.01 may stand for 31.01 (a")]),
        ("fractions that miss the value",
         ["endpoint=pfs at=6 at_unit=months value=27 low=0.28 high=0.68"],
         [("error", "27 lies outside its interval, 0.28 to 0.68; 0.68 may stand for 30.68 (a")]),
        ("a median has no fractions", ["endpoint=pfs unit=months value=27 low=0.27 high=0.68"],
         [("error", "27 lies outside its interval, 0.27 to 0.68; 0.68 may stand for 30.68 (a")]),
        ("a slip of the high bound that would only reach it",
         ["endpoint=pfs unit=months value=25 low=1.1 high=2.5"], [("error", "2.5 may stand for 32.5 (a digit lost)")]),
        ("a slip of the low bound that would only reach it",
         ["endpoint=pfs unit=months value=25 low=52 high=99"], [("error", "52 may stand for 5.2 (the decimal")]),
        ("no slip explains it", ["endpoint=pfs unit=months value=1 low=23 high=99"],
         [("error", "PFS: 1 lies outside its interval, 23 to 99.")]),
        ("printed as about", [_about()], []),
        ("printed as it is", [_about(approximation=None)], [("error", "7.1 lies outside")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
