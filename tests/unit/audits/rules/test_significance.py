"""p-values of ratios against their intervals."""

from math import exp, log
from typing import Any

import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from builders import analysis_set, arm, contrast, estimate, randomised, report
from kb.audits.rules.significance import untestable
from kb.audits.study import Study
from kb.rows.row import Row
from kb.vocabulary import Vocabulary

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
                "decision-inconsistent",
                "warning",
                "PFS: hazard ratio 0.41 (95 % interval 0.29 to 0.58) implies p <.0001, printed is p NS; the interval leaves out 1, and p is above .05",
            ),
        ],
        id="not significant, and yet",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.73 low=0.54 high=0.99 p=.185"],
        [
            (
                (1,),
                "level-implied",
                "warning",
                "OS: hazard ratio 0.73 (interval 0.54 to 0.99, taken as 95 %) implies p = .031 to .059, printed is p .185, for the interval leaves out 1 and p is above .05; ratio, bounds and p agree at 80 %",
            ),
        ],
        id="level not stated",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.90 low=0.70 high=1.16 level=95 p=.002"],
        [
            (
                (1,),
                "p-against-interval",
                "warning",
                "OS: hazard ratio 0.90 (95 % interval 0.70 to 1.16) implies p = .372 to .478, printed is p .002, for the interval holds 1 and p is below .05; it would be the one-sided p against a margin of 1.30 (non-inferiority)",
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
    pytest.param(
        ["arm=x versus=y endpoint=os measure=hr value=0.73 low=0.59 high=0.91 level=95 p=0.002"],
        [
            (
                (1,),
                "p-one-sided",
                "note",
                "OS: hazard ratio 0.73 (95 % interval 0.59 to 0.91) implies p = .004 to .006, printed is p 0.002; the printed p fits one-sided only",
            ),
        ],
        id="a small p that is one-sided",
    ),
    pytest.param(
        ["arm=x versus=y endpoint=pfs measure=hr value=1.16 low=0.67 high=1.99 level=95 p=.703"],
        [
            (
                (1,),
                "p-one-sided",
                "note",
                "PFS: hazard ratio 1.16 (95 % interval 0.67 to 1.99) implies p = .566 to .608, printed is p .703; the printed p fits one-sided only, in the upper tail",
            ),
        ],
        id="one-sided in the upper tail",
    ),
    pytest.param(
        [
            "arm=x versus=y endpoint=pfs measure=hr value=1.13 low=0.67 high=1.90 level=95 p=.675 sides=one"
        ],
        [],
        id="one-sided in the upper tail and said so",
    ),
    pytest.param(
        [
            "arm=a versus=b endpoint=pfs measure=hr value=0.80 low=0.64 high=1.00 level=95 p=.025",
            "arm=a versus=b endpoint=os measure=hr value=0.85 low=0.66 high=1.10 level=95 p=.108",
        ],
        [
            (
                (1, 2),
                "p-one-sided",
                "warning",
                "p of 2 ratios of the report fits one-sided only: PFS: hazard ratio 0.80 (95 % interval 0.64 to 1.00), p .025; OS: hazard ratio 0.85 (95 % interval 0.66 to 1.10), p .108",
            ),
        ],
        id="a report convicts together",
    ),
    pytest.param(
        ["arm=a versus=b endpoint=os measure=hr value=0.70 low=0.59 high=0.83 level=95 p=.040"],
        [
            (
                (1,),
                "level-implied",
                "warning",
                "OS: hazard ratio 0.70 (95 % interval 0.59 to 0.83) implies p = <.0001 to .0002, printed is p .040; ratio, bounds and p agree at 68 %, that of one standard error",
            ),
        ],
        id="one standard error",
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
NONE = "value=1.00000000 low=0.50000000 high=2.00000000 level=95"
"""A ratio of 1."""
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
    own = contrast(**{"value": "2.00000000", "interval": interval, "p": ".60", **more})
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    arms = arm("doxorubicin"), arm("ifosfamide")
    reports = {"smith-2020": report(sets, [], contrasts=[own])}
    return randomised("alpha", *arms, reports=reports)


def _at(z, level=95):
    """A ratio of 2 whose logarithm is so many standard errors from 0."""
    half = norm.isf((100 - level) / 200) * log(2) / z
    return f"value=2.00000000 low={2 * exp(-half):.8f} high={2 * exp(half):.8f} level={level}"


def _chance(p, z, sides, mixed):
    """How likely p is printed so, with nine decimals, where the Wald deviate is z."""
    low, high = (norm.isf((p + step) / sides) for step in (5e-10, -5e-10))
    mean, least = z + 0.004 * z**2, 0.006 + 0.004 * z**2
    tails = ((1, 1), (-1, 1)) if sides == 2 else ((1, 0.75), (-1, 0.25))

    def tested(spread):
        return sum(
            share * (norm.cdf(high, sign * mean, spread) - norm.cdf(low, sign * mean, spread))
            for sign, share in tails
        )

    other = (1 - mixed) * tested(least) + mixed * tested((least**2 + 0.3**2) ** 0.5)
    return 0.01 * 1e-9 + 0.99 * other


def _edges(z, sides, times, threshold, tail=1):
    """Two p-values on both sides of a log likelihood ratio: that of a reading against the printed.

    The reading is of p as of so many sides, and of an interval whose Wald deviate is `times` z.
    """
    peak = times * z + 0.004 * (times * z) ** 2

    def beyond(deviate):
        p = sides * norm.sf(tail * deviate)
        return log(_chance(p, times * z, sides, 0) / _chance(p, z, 2, 0.1)) - threshold

    edge = brentq(beyond, peak, peak + 0.2)
    return [f"{sides * norm.sf(tail * (edge + step)):.9f}" for step in (-1e-4, 1e-4)]


ONE_PLAIN = _edges(2, 1, 1, 2.5)
ONE_PLAINEST = _edges(2, 1, 1, 6, tail=-1)
WIDER = norm.isf(0.005) / norm.isf(0.025)
"""How much further off a deviate is if the bounds at 95 % are those of 99 %."""
LEVEL_PLAIN, LEVEL_STRONG = _edges(2, 2, WIDER, 2.5), _edges(2, 2, WIDER, 4.4)
OTHERS = _edges(2, 1, 1, 5 - log(_chance(norm.sf(2), 2, 1, 0) / _chance(norm.sf(2), 2, 2, 0.1)))
"""What makes 5 together with the one-sided p of z = 2."""


def _report(*ps, endpoint="pfs", numbers=TWO):
    """Ratios of one report, the second of another endpoint."""
    return [f"arm=a versus=b endpoint={one} measure=hr {numbers} p={p}"
            for one, p in zip(("os", endpoint), ps, strict=True)]  # fmt: skip


BOUNDARIES = {
    # At z = 1 a hazard ratio may be 0.15 + 8 % of 1 = 0.23 away, at z = 3 0.39; an odds or risk
    # ratio at z = 3 0.35 + 15 % of 3 = 0.80.
    "p-against-interval": [
        ("a hazard ratio, within", _ratio(ONE, _p(1.2299)), []),
        ("a hazard ratio, beyond", _ratio(ONE, _p(1.2301)), [("note", "implies p = .317, printed")]),
        ("a hazard ratio, within at z = 3", _ratio(THREE, _p(3.3899)), []),
        ("a hazard ratio, beyond at z = 3", _ratio(THREE, _p(3.3901)), [("note", "implies p = .003")]),
        ("below, within", _ratio(THREE, _p(2.6101)), []),
        # At z = 0 an odds or risk ratio may be 0.35 away, at z = 1 0.50.
        ("an odds ratio, within", _ratio(NONE, _p(0.3499), "or"), []),
        ("an odds ratio, beyond", _ratio(NONE, _p(0.3501), "or"), [("note", "odds ratio 1.0")]),
        ("an odds ratio, within at z = 1", _ratio(ONE, _p(1.4999), "or"), []),
        ("an odds ratio, beyond at z = 1", _ratio(ONE, _p(1.5001), "or"), [("warning", "odds ratio 2")]),
        ("a risk ratio, within", _ratio(NONE, _p(0.3499), "rr"), []),
        ("a risk ratio, beyond", _ratio(NONE, _p(0.3501), "rr"), [("note", "risk ratio 1.0")]),
        ("half a standard error apart", _ratio(TWO, _p(2.4999)), [("note", "printed is p 0.0124")]),
        ("more than half", _ratio(TWO, _p(2.5001)), [("warning", "printed is p 0.0124")]),
        ("one-sided and said so, within", _ratio(TWO, _p(2.3099, 1), sides="one"), []),
        ("one-sided and said so, beyond", _ratio(TWO, _p(2.3101, 1), sides="one"),
         [("note", "printed is p 0.0104")]),
        ("two-sided and said to be one-sided", _ratio(TWO, _p(2.8, 1), sides="one"),
         [("warning", "implies p = .046, printed is p 0.00255")]),
        ("the level is not printed", _ratio("value=2.0 low=1.01 high=3.94", ".60"),
         [("warning", "(interval 1.01 to 3.94, taken as 95 %) implies p = ")]),
        ("p is not printed", [f"arm=a versus=b endpoint=os measure=hr {TWO}"], []),
        ("below a limit that it keeps", _ratio(THREE, "<.05"), []),
        ("below a limit that it passes", _ratio(TWO, "<.001"), [("warning", "printed is p <.001")]),
        ("above a limit that it keeps", _ratio(TWO, ">.01"), []),
        ("above a limit that it passes", _ratio(ONE, ">.6"), [("note", "printed is p >.6")]),
        ("a margin of non-inferiority", _ratio(NONE, _p(norm.isf(0.025) * log(1.25) / log(2), 1)),
         [("warning", "it would be the one-sided p against a margin of 1.25 (non-inferiority).")]),
        ("said to be two-sided, no margin", _ratio(NONE, ".26", sides="two"),
         [("warning", "printed is p .26.")]),
        ("no usual margin", _ratio(NONE, _p(norm.isf(0.025) * log(1.7) / log(2), 1)),
         [("warning", "implies p = 1.000, printed is p 0.066752752.")]),
        ("no margin for an odds ratio", _ratio(NONE, ".26", "or"), [("warning", "printed is p .26.")]),
        ("one-sided in the other tail and said so", _ratio(TWO, f"{norm.cdf(2):.9f}", sides="one"), []),
        ("one-sided in neither tail and said so", _ratio(TWO, ".60", sides="one"),
         [("warning", "printed is p .60.")]),
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
    # Edges are solved for from the formula of the likelihood ratio.
    "p-one-sided": [
        ("as two-sided", _ratio(TWO, _p(2)), []),
        ("as one-sided", _ratio(TWO, _p(2, 1)), [("note", "the printed p fits one-sided only.")]),
        ("just like one-sided", _ratio(TWO, ONE_PLAIN[0]), [("note", "fits one-sided only.")]),
        ("not quite like one-sided", _ratio(TWO, ONE_PLAIN[1]), []),
        ("in the upper tail, plain", _ratio(TWO, ONE_PLAINEST[0]), [("warning", "the upper tail.")]),
        ("in the upper tail, less so", _ratio(TWO, ONE_PLAINEST[1]), [("note", "the upper tail.")]),
        ("said to be two-sided", _ratio(TWO, _p(2, 1), sides="two"),
         [("warning", "fits one-sided only, and is said to be two-sided.")]),
        ("said to be one-sided", _ratio(TWO, _p(2, 1), sides="one"), []),
        ("said not to be stated", _ratio(TWO, _p(2, 1), sides="not-stated"), [("note", "only.")]),
        ("the same ratio, adjusted", [_record(p="0.022750132", adjusted_for=["age"])],
         [("note", "fits one-sided only")]),
        ("two rows together", _report(_p(2, 1), OTHERS[0]),
         [("warning", "p of 2 ratios of the report fits one-sided only: OS: hazard ratio 2.0")]),
        ("two rows not quite together", _report(_p(2, 1), OTHERS[1]), [("note", "one-sided only.")]),
        ("one of them said to be two-sided",
         [f"{_report(_p(2, 1), _p(2, 1))[0]} sides=two", _report(_p(2, 1), OTHERS[0])[1]],
         [("warning", "fits one-sided only, and is said to be two-sided: OS")]),
        ("one number printed twice", _report(_p(2, 1), _p(2, 1)),
         [("note", "one-sided only."), ("note", "one-sided only.")]),
        ("in two reports",
         [f"{line} report={at}" for at, line in enumerate(_report(_p(2, 1), OTHERS[0]))],
         [("note", "one-sided only.")]),
        ("one row for it and one against it", _report(_p(2, 1), _p(2)), [("note", "only.")]),
        (".001 may be a limit", _ratio("value=0.72 low=0.61 high=0.85 level=95", ".001"), []),
    ],
    # Read at 99 %, the bounds of z = 2 at 95 % imply z = 2 × 2.5758 / 1.9600 = 2.6284; read at 80 %
    # 1.3077 and at 90 % 1.6785. Those of z = 2 at 80 % imply 2.7321 at 92 % and 3.0587 at 95 %.
    "level-implied": [
        ("like 99 %", _ratio(TWO, LEVEL_STRONG[0]), [("warning", "bounds and p agree at 99 %.")]),
        ("less like 99 %", _ratio(TWO, LEVEL_STRONG[1]), [("note", "agree at 99 %.")]),
        ("just like 99 %", _ratio(TWO, LEVEL_PLAIN[0]), [("note", "agree at 99 %.")]),
        ("not quite like 99 %", _ratio(TWO, LEVEL_PLAIN[1]), []),
        ("80 %", _ratio(TWO, _p(1.3077)), [("warning", "agree at 80 %.")]),
        ("90 %", _ratio(TWO, _p(1.6785)), [("warning", "agree at 90 %")]),
        ("92 %", _ratio(TWO_AT_80, _p(2.7321)), [("warning", "agree at 92 %")]),
        ("95 %", _ratio(TWO_AT_80, _p(3.0587)), [("warning", "(80 % interval 1.28273594 to 3.11833470) implies p = .046, printed is p 0.0022")]),
        ("one standard error", _ratio(_at(2, 68.27).replace("68.27", "95"), _p(2)),
         [("warning", "agree at 68 %, that of one standard error.")]),
        ("one standard error and said so", _ratio(_at(2, 68.27), _p(2)), []),
        ("the printed level", _ratio(TWO_AT_80, _p(2)), []),
        ("no level is printed", _ratio(TWO.replace(" level=95", ""), _p(1.3077)),
         [("warning", "taken as 95 %) implies p = .046, printed is p 0.190975083, for the interval leaves out 1 and p is above .05; ratio, bounds and p agree at 80 %.")]),
        ("one-sided and said so", _ratio(TWO, _p(2.6284, 1), sides="one"), [("warning", "at 99 %")]),
        ("only one-sided, and not said so", _ratio(TWO, _p(2.75, 1)), []),
        ("at a level that is not tried", _ratio(TWO, _p(2 * 2.3263 / 1.96)), []),
        ("a report", _report(_p(1.3077), _p(1.31)),
         [("warning", "ratio, bounds and p of 2 ratios of the report agree at 80 %: OS: hazard ratio")]),
        ("a ratio that is nowhere near the middle",
         _ratio("value=1.00 low=0.20 high=1.60 level=95", ".5"), []),
    ],
    # Rounding aside, "NS" and "<.05" end at z = 1.96: 2.0212 lies 0.0612 above it, where 0.0609 is
    # allowed, and 1.9030 lies 0.0570 below it, where 0.0562 is; an odds ratio may be 0.35 + 15 %
    # of z away, 2.72 and 1.40, and an adjusted hazard ratio 0.15 + 8 %.
    "decision-inconsistent": [
        ("not significant, within", _ratio(_at(2.0205), "NS"), []),
        ("not significant, beyond", _ratio(_at(2.0212), "NS"),
         [("warning", "; the interval leaves out 1, and p is above .05.")]),
        ("not significant, below 1", _ratio("value=0.50 low=0.38 high=0.66 level=95", "NS"),
         [("warning", "leaves out 1")]),
        ("below .05, within", _ratio(_at(1.9042), "<.05"), []),
        ("below .05, beyond", _ratio(_at(1.9030), "<.05"),
         [("warning", "printed is p <.05; the interval holds 1, and p is below .05.")]),
        ("below .001", _ratio(ONE, "<.001"), [("warning", "holds 1, and p is below .05.")]),
        ("above a limit of .05", _ratio(THREE, ">.05"), [("warning", "leaves out 1")]),
        ("above a limit below .05", _ratio(THREE, ">.04"), []),
        ("below a limit above .05", _ratio(ONE, "<.06"), []),
        ("not significant, and the interval holds 1", _ratio(ONE, "NS"), []),
        ("below .05, and the interval leaves out 1", _ratio(THREE, "<.05"), []),
        ("a number close by", _ratio(_at(1.8), ".045"), [("warning", "holds 1, and p is below .05")]),
        ("a number far away is a matter of p-against-interval", _ratio(ONE, ".012"), []),
        ("a bound that may be 1", _ratio("value=0.700 low=0.495 high=0.99 level=95", ".06"), []),
        ("an odds ratio, within", _ratio(_at(2.70), "NS", "or"), []),
        ("an odds ratio, beyond", _ratio(_at(2.74), "NS", "or"), [("warning", "odds ratio 2")]),
        ("said to be one-sided", _ratio(ONE, "<.05", sides="one"), []),
        ("another level", _ratio(_at(3, 90), "NS"), []),
        ("no level is printed", _ratio(_at(3).replace(" level=95", ""), "NS"),
         [("warning", "taken as 95 %) implies p = .003, printed is p NS; the interval leaves out 1")]),
        ("adjusted, within", [_record(p="NS", adjusted_for=["age"])], []),
        ("a value off the middle", _ratio("value=1.00 low=1.10 high=9.00 level=95", "NS"), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


def test_what_is_only_a_limit_is_listed():
    """Whether p is one-sided cannot be told from "<.001" or "NS"; from .04 and .001 it can."""
    rows = tuple(
        Row(p, "a", versus="b", measure="hazard-ratio", value="0.41", low="0.29", high="0.58",
            value_source="reported", interval_source="reported", p=p)
        for p in ("<.001", "NS", ".04", ".001", ".000", ">.05", "")
    )  # fmt: skip
    found = untestable(Study(rows, Vocabulary({})))
    assert ["<.001", "NS", ".000", ">.05"] == [row.p for row in found]
