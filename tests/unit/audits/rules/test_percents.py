"""Percents against counts: what is silent, what is a note, what cannot be."""

import pytest

from builders import estimate, report, trial

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
        ["arm=a endpoint=orr n=95 value=24.7", "arm=a endpoint=pd n=95 value=17.5"],
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


def _record(*estimates, **more):
    """A record with these numbers of forty patients."""
    return trial(reports={"smith-2020": report(estimates=list(estimates), **more)})


def _about(**more):
    """Ten of forty, printed as 27 % and, unless told otherwise, as about."""
    return _record(estimate(events=10, value="27", as_printed=True, **more))


def _trait(value, **more):
    """A characteristic of forty patients: how many of them were female."""
    female = {"set": "one", "characteristic": "sex", "category": "female", "locator": "p1"}
    return _record(baseline=[{**female, "value": value, **more}])


BOUNDARIES = {
    # 1 of 8 is 12.5 %, 2 of 12 is 16.67 %, 9 of 32 is 28.125 %, 5 of 399 is 1.253 %.
    "percent-against-count": [
        ("a tie rounded down to even", ["endpoint=orr events=1 n=8 value=12"], []),
        ("a tie rounded up", ["endpoint=orr events=1 n=8 value=13"], []),
        ("one below a tie", ["endpoint=orr events=1 n=8 value=11"],
         [("error", "11 % is printed for 1 of 8, which is 13 %; 1 of 9 would print so")]),
        ("one above a tie", ["endpoint=orr events=1 n=8 value=14"],
         [("error", "14 % is printed for 1 of 8, which is 13 %; 1 of 7 would print so")]),
        ("cut off", ["endpoint=orr events=2 n=12 value=16.6"], []),
        ("a tenth below", ["endpoint=orr events=2 n=12 value=16.5"], [("error", "which is 16.7 %")]),
        ("a tenth above", ["endpoint=orr events=2 n=12 value=16.8"], [("error", "which is 16.7 %")]),
        ("all of them", ["endpoint=orr events=32 n=32 value=100"], []),
        ("n is not printed", ["endpoint=orr events=8 value=27"], []),
        ("more events than n", ["endpoint=orr events=33 n=32 value=27"], []),
        ("a percent above 100", ["endpoint=orr events=8 n=32 value=101"], []),
        ("an n printed elsewhere for the arm explains it",
         ["arm=a endpoint=orr events=6 n=42 value=16", "arm=a endpoint=pfr n=38 value=50"],
         [("warning", "it is that of 6 of 38, an n printed for this arm elsewhere.")]),
        ("an n printed for another arm does not",
         ["arm=a endpoint=orr events=6 n=42 value=16", "arm=b endpoint=pfr n=38 value=50"],
         [("error", "which is 14 %")]),
        ("an n of which all have the event",
         ["arm=a endpoint=orr events=10 n=42 value=100", "arm=a endpoint=pfr n=10 value=50"],
         [("warning", "it is that of 10 of 10")]),
        ("rounded twice", ["endpoint=orr events=5 n=13 value=39"],
         [("warning", "rounded twice, by way of 38.5?")]),
        ("rounded to a whole number, with a decimal", ["endpoint=sd events=9 n=32 value=28.0"],
         [("warning", "rounded to 28, and a decimal added?")]),
        ("another whole number, with a decimal", ["endpoint=sd events=9 n=32 value=29.0"],
         [("error", "29.0 % is printed for 9 of 32, which is 28.1 %; 9 of 31 would print so")]),
        ("a decimal that is not 0", ["endpoint=sd events=9 n=32 value=28.5"],
         [("error", "28.5 % is printed for 9 of 32, which is 28.1 %")]),
        ("denominators are tried up to 400", ["endpoint=orr events=5 n=32 value=1.25"],
         [("error", "which is 15.63 %; 5 of 399 or 400 would print so.")]),
        ("and up to twice n", ["endpoint=orr events=5 n=210 value=1.20"],
         [("error", "which is 2.38 %; 5 of 415, 416 or 417 would print so.")]),
        ("not beyond twice n", ["endpoint=orr events=5 n=207 value=1.20"],
         [("error", "which is 2.42 %; no count out of that n prints so.")]),
        ("three counts at most, and no n that is far off", ["endpoint=orr events=9 n=300 value=5"],
         [("error", "which is 3 %; 14, 15 or 16 of 300 would print so.")]),
        ("an n off by two before a count off by one", ["endpoint=orr events=20 n=83 value=25"],
         [("error", "which is 24 %; 20 of 79, 80 or 81, or 21 of 83 would print so.")]),
        ("a slip that is less likely goes last", ["endpoint=orr events=7 n=20 value=45"],
         [("error", "which is 35 %; 9 of 20 would print so, or 35 was meant (one digit changed).")]),
        ("an interval tells that it is the percent",
         ["endpoint=orr events=16 n=44 value=36.6 low=22.4 high=52.2 level=95"],
         [("error", "which is 36.4 %; the interval is that of 16 of 44 by clopper-pearson.")]),
        ("an interval tells which", ["endpoint=orr events=20 n=83 value=25 low=16.2 high=36.4 level=95"],
         [("error", "which is 24 %; 20 of 79 would print so.")]),
        ("nobody is no denominator", ["endpoint=orr events=0 n=32 value=3"],
         [("error", "3 % is printed for 0 of 32, which is 0 %; 1 of 32 would print so")]),
        ("nothing prints so", ["endpoint=orr events=0 n=3 value=17"],
         [("error", "which is 0 %; no count out of that n prints so.")]),
        ("a slip and other ways", ["endpoint=orr events=7 n=33 value=12"],
         [("error", "which is 21 % (two digits swapped?); 4 of 33 would print so.")]),
        ("printed as about", [_about(approximation="about")], []),
        ("printed as it is", [_about()], [("error", "27 % is printed for 10 of 40")]),
        ("a characteristic", [_trait("51", count=20)],
         [("warning", "sex female: 51 % is printed for 20 of 40, which is 50 %")]),
        ("a characteristic printed as about", [_trait("51", count=20, approximation="about")], []),
        ("a characteristic that fits", [_trait("50", count=20)], []),
    ],
    "percent-truncated": [
        ("rounded", ["endpoint=orr events=2 n=12 value=16.7"], []),
        ("cut off", ["endpoint=orr events=2 n=12 value=16.6"],
         [("note", "16.6 % is 2 of 12 cut off; rounded it is 16.7 %")]),
        ("neither", ["endpoint=orr events=2 n=12 value=16.5"], []),
        ("a tie, which is half to even as well", ["endpoint=orr events=1 n=8 value=12"], []),
        ("a tie, which only cutting off gives", ["endpoint=orr events=3 n=8 value=37"],
         [("note", "37 % is 3 of 8 cut off; rounded it is 38 %")]),
        ("another n of the arm", ["arm=a endpoint=orr events=1 n=42 value=2.3", "arm=a endpoint=dcr events=9 n=43"],
         [("note", "2.3 % is 1 of 43, an n printed for this arm elsewhere, or 1 of 42 cut off; rounded it is 2.4 %")]),
        ("another n that does not fit", ["arm=a endpoint=orr events=1 n=42 value=2.3", "arm=a endpoint=dcr events=9 n=45"],
         [("note", "2.3 % is 1 of 42 cut off; rounded it is 2.4 %")]),
        ("no count printed and none rounds so", ["endpoint=orr n=12 value=16.6"],
         [("note", "16.6 % is 2 of 12 cut off")]),
        ("no count printed and one rounds so", ["endpoint=orr n=12 value=16.7"], []),
        ("no count printed, one cut off and another rounded", ["endpoint=orr n=200 value=16"], []),
        ("no count printed and none at all", ["endpoint=orr n=12 value=16.5"], []),
        ("n is not printed", ["endpoint=orr events=2 value=16.6"], []),
    ],
    # 7 of 41 is 17.07 %, 6 of 41 is 14.6 %; 7 of 42 is 16.67 %. 1 of 30 is 3.33 %, 1 of 31 3.23 %.
    # 1.7 % is 1 of 56 (1.79, cut off) up to 1 of 60, and no count out of 55 or fewer.
    "percent-without-count": [
        ("a count, cut off", ["endpoint=orr n=42 value=16"], []),
        ("a count, rounded", ["endpoint=orr n=42 value=17"], []),
        ("no count", ["endpoint=orr n=41 value=16"],
         [("warning", "no count out of 41 prints as 16 %; 7 of 41 is 17 %; it would fit n = 38, 42")]),
        ("the count is printed", ["endpoint=orr events=7 n=41 value=16"], []),
        ("a fraction of n", ["endpoint=orr n=52 value=0.31"], []),
        ("no fraction of n", ["endpoint=orr n=33 value=0.31"],
         [("warning", "no count out of 33 prints as 0.31 %")]),
        ("a rate at a time", ["endpoint=pfr at=6 at_unit=weeks n=41 value=16"], []),
        ("n ten away fits", ["endpoint=orr n=20 value=3.3"],
         [("warning", "1 of 20 is 5.0 %; it would fit n = 30.")]),
        ("n eleven away is not looked at", ["endpoint=orr n=19 value=3.3"],
         [("warning", "no count out of 19 prints as 3.3 %; 1 of 19 is 5.3 % (one digit changed?).")]),
        ("n a quarter away fits", ["endpoint=orr n=45 value=1.7"],
         [("warning", "1 of 45 is 2.2 %; it would fit n = 56.")]),
        ("n more than a quarter away is not looked at", ["endpoint=orr n=44 value=1.7"],
         [("warning", "ORR: no count out of 44 prints as 1.7 %; 1 of 44 is 2.3 %.")]),
        ("an n that the report prints is",
         ["arm=a endpoint=orr n=20 value=2.0", "arm=b endpoint=pfr n=50 value=50"],
         [("warning", "; it would fit n = 50")]),
        ("an n beyond twice as many and ten is not",
         ["arm=a endpoint=orr n=20 value=2.0", "arm=b endpoint=pfr n=51 value=49"],
         [("warning", "ORR: no count out of 20 prints as 2.0 %; 0 of 20 is 0.0 % (a digit too many?).")]),
        ("an n that another report prints is not",
         ["report=r1 endpoint=orr n=20 value=2.0", "report=r2 endpoint=pfr n=50 value=50"],
         [("warning", "ORR: no count out of 20 prints as 2.0 %; 0 of 20 is 0.0 % (a digit too many?).")]),
        ("a printed n goes first",
         ["arm=a endpoint=orr n=41 value=16", "arm=b endpoint=pfr n=31 value=48"],
         [("warning", "it would fit n = 31, 42 or 43")]),
        ("with another percent of the same patients",
         ["arm=a endpoint=orr n=95 value=24.7", "arm=a endpoint=pd n=95 value=16.8"],
         [("warning", "23 of 95 is 24.2 %")]),
        ("with an impossible percent of the same patients",
         ["arm=a endpoint=orr n=41 value=16", "arm=a endpoint=pd value=101"],
         [("warning", "ORR: no count out of 41 prints as 16 %; 7 of 41 is 17 %.")]),
        ("an n of the same arm goes first",
         ["arm=a endpoint=orr n=41 value=16", "arm=a endpoint=pfr n=31 events=15"],
         [("warning", "it would fit n = 31, printed for this arm elsewhere.")]),
        # Of odd n half a patient more than half is 50.02 %, cut off, from 1667 on.
        ("n a hundred away fits", ["endpoint=orr n=1567 value=50.02"], [("warning", "; it would fit n = 1667.")]),
        ("n more than a hundred away is not looked at", ["endpoint=orr n=1566 value=50.02"],
         [("warning", "ORR: no count out of 1566 prints as 50.02 %; 783 of 1566 is 50.00 %.")]),
        ("a slip explains it", ["endpoint=orr n=32 value=66.5"],
         [("warning", "21 of 32 is 65.6 % (two digits swapped?)")]),
        ("a characteristic", [_trait("51")],
         [("warning", "sex female: no count out of 40 prints as 51 %")]),
        ("a characteristic with its count", [_trait("51", count=20)], []),
    ],
    # 8 of 13 is 61.5 %.
    "rate-not-counted": [
        ("rounded", ["endpoint=pfr at=12 at_unit=weeks n=13 value=62"], []),
        ("cut off", ["endpoint=pfr at=12 at_unit=weeks n=13 value=61"], []),
        ("no count", ["endpoint=pfr at=12 at_unit=weeks n=13 value=63"],
         [("warning", "PFR at 12 weeks: 1 of 1 rates are no counts out of their n (63 % of 13)")]),
        ("a count that is printed", ["endpoint=pfr at=12 at_unit=weeks events=8 n=13 value=63"], []),
        ("not at a time", ["endpoint=pfr n=13 value=63"], []),
        ("four are listed, and two times are apart",
         [*(f"arm={arm} endpoint=pfr at=12 at_unit=weeks n=13 value=63" for arm in "abcde"),
          "arm=a endpoint=pfr at=24 at_unit=weeks n=13 value=55"],
         [("warning", "5 of 5 rates are no counts out of their n (63 % of 13, 63 % of 13, 63 % of 13, 63 % of 13); they"),
          ("warning", "PFR at 24 weeks: 1 of 1 rates are no counts out of their n (55 % of 13)")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
