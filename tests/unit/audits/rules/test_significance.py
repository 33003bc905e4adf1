"""p-values of ratios against their intervals."""

from typing import Any

import pytest
from scipy.stats import norm

from builders import analysis_set, arm, contrast, estimate, randomised, report

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


TWO = "value=2.00000000 low=1.01397214 high=3.94488158 level=95"
"""A ratio of 2 whose logarithm is two standard errors from 0."""
ONE = "value=2.00000000 low=0.51406975 high=7.78104533 level=95"
"""A ratio of 2 whose logarithm is one standard error from 0."""
THREE = "value=2.00000000 low=1.27162975 high=3.14556970 level=95"
"""A ratio of 2 whose logarithm is three standard errors from 0."""
FIVE = "value=2.00000000 low=1.52415244 high=2.62440941 level=95"
"""A ratio of 2 whose logarithm is five standard errors from 0."""
TWO_AT_80 = "value=2.00000000 low=1.28273594 high=3.11833470 level=80"
"""A ratio of 2 whose logarithm is two standard errors from 0, with an interval of 80 %."""


def _p(z, sides=2):
    """The p-value of a normal deviate, with nine decimals."""
    return f"{sides * norm.sf(z):.9f}"


def _ratio(numbers, p, measure="hr", **more):
    """A contrast with this p-value."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    return [f"arm=a versus=b endpoint=os measure={measure} {numbers} p={p}{rest}"]


def _counted(**more):
    """The same of two response rates whose counts are printed unless told otherwise."""
    one = {"events": 27, "n": 74} | more
    cells = " ".join(f"{key}={value}" for key, value in one.items() if value is not None)
    contrast = f"arm=a versus=b endpoint=orr measure=or {THREE} p=.60"
    return [f"arm=a endpoint=orr {cells}", "arm=b endpoint=orr events=10 n=76", contrast]


def _responses(**more):
    """A record of 27 of 74 against 10 of 76 with a p-value that fits nothing."""
    interval = {"level": 95, "low": "1.68", "high": "8.57"}
    numbers: dict[str, Any] = {
        "endpoint": "orr",
        "measure": "odds-ratio",
        "value": "3.79",
        "interval": interval,
    }
    own = contrast(**numbers, p=".60", **more)
    sets = {"one": analysis_set("one", 74), "two": analysis_set("two", 76)}
    arms = arm("doxorubicin"), arm("ifosfamide")
    rates = [estimate(events=27), estimate(of="two", events=10)]
    return randomised("alpha", *arms, reports={"smith-2020": report(sets, rates, contrasts=[own])})


def _record(**more):
    """A record of a hazard ratio of 2 whose p-value fits nothing."""
    interval = {"level": 95, "low": "1.01397214", "high": "3.94488158"}
    own = contrast(value="2.00000000", interval=interval, p=".60", **more)
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    arms = arm("doxorubicin"), arm("ifosfamide")
    reports = {"smith-2020": report(sets, [], contrasts=[own])}
    return randomised("alpha", *arms, reports=reports)


BOUNDARIES = {
    # At z = 1 a hazard ratio may be 0.15 + 8 % of 1 = 0.23 away, at z = 3 0.39; an odds or risk
    # ratio at z = 3 0.35 + 15 % of 3 = 0.80.
    "p-against-interval": [
        ("a hazard ratio, within", _ratio(ONE, _p(1.2299)), []),
        ("a hazard ratio, beyond", _ratio(ONE, _p(1.2301)), [("note", "implies p = .317, printed")]),
        ("a hazard ratio, within at z = 3", _ratio(THREE, _p(3.3899)), []),
        ("a hazard ratio, beyond at z = 3", _ratio(THREE, _p(3.3901)), [("note", "implies p = .003")]),
        ("below, within", _ratio(THREE, _p(2.6101)), []),
        ("an odds ratio, within", _ratio(THREE, _p(3.7999), "or"), []),
        ("an odds ratio, beyond", _ratio(THREE, _p(3.8001), "or"), [("warning", "odds ratio 2.0")]),
        ("an odds ratio below, within", _ratio(THREE, _p(2.2001), "or"), []),
        ("an odds ratio below, beyond", _ratio(THREE, _p(2.1999), "or"), [("warning", "is p 0.0278")]),
        ("a risk ratio, within", _ratio(THREE, _p(3.7999), "rr"), []),
        ("a risk ratio, beyond", _ratio(THREE, _p(3.8001), "rr"), [("warning", "risk ratio 2.0")]),
        ("half a standard error apart", _ratio(TWO, _p(2.4999)), [("note", "printed is p 0.0124")]),
        ("more than half", _ratio(TWO, _p(2.5001)), [("warning", "printed is p 0.0124")]),
        ("one-sided and said so, within", _ratio(TWO, _p(2.3099, 1), sides="one"), []),
        ("one-sided and said so, beyond", _ratio(TWO, _p(2.3101, 1), sides="one"),
         [("note", "printed is p 0.0104")]),
        ("two-sided and said to be one-sided", _ratio(TWO, _p(2.8, 1), sides="one"),
         [("warning", "implies p = .046, printed is p 0.00255")]),
        ("the level is not printed", _ratio("value=2.0 low=1.01 high=3.94", ".60"), []),
        ("p is not printed", [f"arm=a versus=b endpoint=os measure=hr {TWO}"], []),
        ("below a limit that it keeps", _ratio(THREE, "<.05"), []),
        ("below a limit that it passes", _ratio(TWO, "<.001"), [("warning", "printed is p <.001")]),
        ("above a limit that it keeps", _ratio(TWO, ">.01"), []),
        ("above a limit that it passes", _ratio(THREE, ">.2"), [("warning", "printed is p >.2")]),
        ("a lower bound of 0", _ratio("value=0.10 low=0.00 high=9.90 level=95", ".60", "or"), []),
        ("both bounds alike", _ratio("value=1.50 low=1.50 high=1.50 level=95", ".60"), []),
        ("a value of 0", _ratio("value=0.00 low=0.10 high=0.90 level=95", ".60"), []),
        ("one bound", _ratio("value=2.00 low=1.50 high=NE level=95", ".60"), []),
        ("a difference", ["arm=a versus=b endpoint=orr measure=rd value=20 low=1 high=39 level=95 p=.6"],
         []),
        ("the counts are printed", _counted(), []),
        ("a percent that admits counts", _counted(events=None, value=36), []),
        ("a count without n", _counted(n=None), [("warning", "p .60")]),
        ("the counts are printed, of a hazard ratio", [*_counted()[:2], f"arm=a versus=b endpoint=orr measure=hr {THREE} p=.60"], [("warning", "p .60")]),
        ("the counts are printed, and the ratio is adjusted", [_responses(adjusted_for=["age"])], [("warning", "p .60")]),
        ("the counts are printed, and it is not", [_responses()], []),
        ("a percent without n", _counted(events=None, n=None, value=36), [("warning", "p .60")]),
        ("the interval leaves out 1 and p may be .05", _ratio(FIVE, ".05"),
         [("warning", "implies p <.0001, printed is p .05.")]),
        ("the interval leaves out 1 and p is above .05", _ratio(FIVE, ".06"),
         [("warning", "printed is p .06, for the interval leaves out 1 and p is above .05")]),
        ("the interval leaves out 1 and p is not significant", _ratio(FIVE, "NS"),
         [("warning", "printed is p NS.")]),
        ("below 1, and p is above .05", _ratio("value=0.50 low=0.38 high=0.66 level=95", ".06"),
         [("warning", "for the interval leaves out 1 and p is above .05")]),
        ("the interval holds 1 and p may be .05", _ratio("value=1.00 low=0.80 high=1.25 level=95", ".04"),
         [("warning", "printed is p .04.")]),
        ("the interval holds 1 and p is below .05", _ratio("value=1.00 low=0.80 high=1.25 level=95", ".03"),
         [("warning", "printed is p .03, for the interval holds 1 and p is below .05")]),
        ("the interval ends at 1 and p is below .05", _ratio("value=1.25 low=1.00 high=1.56 level=95", "<.0001"),
         [("warning", "printed is p <.0001, for the interval holds 1 and p is below .05")]),
        ("the interval begins at 1 and p is below .05", _ratio("value=0.80 low=0.64 high=1.00 level=95", "<.0001"),
         [("warning", "printed is p <.0001, for the interval holds 1 and p is below .05")]),
        ("one-sided and said so, nothing is said of .05", _ratio(FIVE, ".06", sides="one"),
         [("warning", "printed is p .06.")]),
        ("printed as about", [_record(approximation="about")], []),
        ("printed as it is", [_record()], [("warning", "printed is p .60")]),
        ("adjusted", [_record(adjusted_for=["age"])], [("warning", "printed is p .60")]),
    ],
    # The p-value of z = 2.04 on one side is that of z = 2.31 on two, of 1.98 that of 2.26.
    "p-one-sided": [
        ("as two-sided", _ratio(TWO, _p(2)), []),
        ("as one-sided", _ratio(TWO, _p(2.04, 1)), [("note", "the printed p fits one-sided only")]),
        ("close to one-sided", _ratio(TWO, _p(2.0499, 1)), [("note", "fits one-sided only")]),
        ("not close to one-sided", _ratio(TWO, _p(2.0501, 1)), []),
        ("close to one-sided from below, and two-sided within what is allowed", _ratio(TWO, _p(1.98, 1)), []),
        ("said to be two-sided", _ratio(TWO, _p(2.04, 1), sides="two"),
         [("warning", "fits one-sided only, and is said to be two-sided")]),
        ("said to be one-sided", _ratio(TWO, _p(2.04, 1), sides="one"), []),
        ("said not to be stated", _ratio(TWO, _p(2.04, 1), sides="not-stated"), [("note", "only")]),
    ],
    # Read at 99 %, the bounds of z = 2 at 95 % imply z = 2 × 2.5758 / 1.9600 = 2.6284; read at 80 %
    # 1.3077 and at 90 % 1.6785. Those of z = 2 at 80 % imply 2.7321 at 92 % and 3.0587 at 95 %.
    "level-implied": [
        ("close to 99 %", _ratio(TWO, _p(2.5787)), [("warning", "ratio, bounds and p agree at 99 %")]),
        ("not close to 99 %", _ratio(TWO, _p(2.5781)), []),
        ("80 %", _ratio(TWO, _p(1.3077)), [("warning", "agree at 80 %.")]),
        ("90 %", _ratio(TWO, _p(1.6785)), [("warning", "agree at 90 %")]),
        ("92 %", _ratio(TWO_AT_80, _p(2.7321)), [("warning", "agree at 92 %")]),
        ("95 %", _ratio(TWO_AT_80, _p(3.0587)), [("warning", "(80 % interval 1.28273594 to 3.11833470) implies p = .046, printed is p 0.0022")]),
        ("the printed level", _ratio(TWO_AT_80, _p(2)), []),
        ("one-sided and said so", _ratio(TWO, _p(2.6284, 1), sides="one"), [("warning", "at 99 %")]),
        ("only one-sided, and not said so", _ratio(TWO, _p(2.6284, 1)), []),
        ("at a level that is not tried", _ratio(TWO, _p(2 * 2.3263 / 1.96)), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
