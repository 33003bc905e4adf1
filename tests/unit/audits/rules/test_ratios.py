"""Ratios against their intervals and against the numbers of their arms."""

import pytest

from builders import analysis_set, arm, contrast, estimate, randomised, report

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


HR = "arm=a versus=b endpoint=os measure=hr level=95"
RESPONSES = ["arm=a endpoint=orr events=27 n=74", "arm=b endpoint=orr events=10 n=76"]
"""The odds ratio is 3.791, the risk ratio 2.773, the difference 23.33 %."""


def _responses(measure, value):
    """The two response rates and a contrast of them."""
    return [*RESPONSES, f"arm=a versus=b endpoint=orr measure={measure} value={value}"]


def _percents(own, theirs, measure, value):
    """Two response rates without n and a contrast of them."""
    return [
        f"arm=a endpoint=orr value={own}",
        f"arm=b endpoint=orr value={theirs}",
        f"arm=a versus=b endpoint=orr measure={measure} value={value}",
    ]


def _medians(own, theirs, ratio, low="0.50", high="2.00", unit="months"):
    """Two medians and their hazard ratio."""
    return [
        f"arm=a endpoint=os unit=months value={own}",
        f"arm=b endpoint=os unit={unit} value={theirs}",
        f"{HR} value={ratio} low={low} high={high}",
    ]


def _contrast(**more):
    """A record of two response rates, 27 of 74 against 10 of 76, and a contrast of them."""
    sets = {"one": analysis_set("one", 74), "two": analysis_set("two", 76)}
    numbers = [estimate(events=27), estimate(of="two", events=10)]
    given = {"endpoint": "orr", "measure": "odds-ratio", "interval": None, **more}
    own = contrast(**given)
    if own["interval"] is None:
        del own["interval"]
    return randomised(
        "alpha", arm("doxorubicin"), arm("ifosfamide"),
        reports={"smith-2020": report(sets, numbers, contrasts=[own])},
    )  # fmt: skip


BOUNDARIES = {
    # Bounds 1 and e² have the middle e and half-widths of 1: e^1.05 = 2.8576511 lies a twentieth
    # off, e^1.25 = 3.4903430 a quarter; so do e^0.95 = 2.5857097 and e^0.75 = 2.1170000.
    "ratio-asymmetric": [
        ("a hair less than a twentieth above",
         [f"{HR} value=2.85765000 low=1.00000000 high=7.38905610"], []),
        ("a hair more than a twentieth above",
         [f"{HR} value=2.85766000 low=1.00000000 high=7.38905610"],
         [("note", "lies 5 % of the half-width off the middle")]),
        ("a hair less than a quarter above",
         [f"{HR} value=3.49034000 low=1.00000000 high=7.38905610"], [("note", "lies 25 % of")]),
        ("a hair more than a quarter above",
         [f"{HR} value=3.49035000 low=1.00000000 high=7.38905610"], [("warning", "lies 25 % of")]),
        ("a hair less than a twentieth below",
         [f"{HR} value=2.58571500 low=1.00000000 high=7.38905610"], []),
        ("a hair more than a twentieth below",
         [f"{HR} value=2.58570000 low=1.00000000 high=7.38905610"],
         [("note", "on the log scale, which is 2.71828183")]),
        ("a hair less than a quarter below",
         [f"{HR} value=2.11701000 low=1.00000000 high=7.38905610"], [("note", "lies 25 % of")]),
        ("a hair more than a quarter below",
         [f"{HR} value=2.11699000 low=1.00000000 high=7.38905610"], [("warning", "lies 25 % of")]),
        ("rounding may put it in the middle", [f"{HR} value=1 low=0.5 high=1.5"], []),
        ("the same numbers in full", [f"{HR} value=1.000 low=0.500 high=1.500"],
         [("warning", "lies 26 % of the half-width off the middle")]),
        ("on its lower bound", [f"{HR} value=0.50 low=0.50 high=2.00"],
         [("warning", "lies 96 % of the half-width off the middle")]),
        ("on its upper bound", [f"{HR} value=2.00 low=0.50 high=2.00"],
         [("warning", "lies 98 % of the half-width off the middle")]),
        ("outside its bounds", [f"{HR} value=2.01 low=0.50 high=2.00"], []),
        ("both bounds alike", [f"{HR} value=1.00 low=1.00 high=1.00"], []),
        ("a bound of 0", [f"{HR} value=0.10 low=0.00 high=2.60"], []),
        ("one bound", [f"{HR} value=0.86 low=0.68 high=NE"], []),
        ("a difference is not judged on the log scale",
         ["arm=a versus=b endpoint=orr measure=rd value=9 low=1 high=10"], []),
        ("a risk ratio is", ["arm=a versus=b endpoint=orr measure=rr value=9.0 low=1.0 high=10.0"],
         [("warning", "which is 3.2")]),
        ("a slip that explains it", [f"{HR} value=0.86 low=0.68 high=1.80"],
         [("warning", "which is 1.11; a slip would explain it (1.80 for 1.08, two digits swapped)")]),
        ("a slip of the value itself", [f"{HR} value=0.68 low=0.68 high=1.08"],
         [("warning", "which is 0.86; a slip would explain it (0.68 for 0.86, two digits swapped).")]),
        ("a bound turned round", [f"{HR} value=0.86 low=0.68 high=0.93"],
         [("warning", "a slip would explain it (0.93 for 1.08, one over it).")]),
        ("the point moved goes before a bound turned round", [f"{HR} value=1.23 low=0.56 high=27.0"],
         [("warning", "the decimal point moved).")]),
        ("no slip", [f"{HR} value=2.655 low=1.125 high=3.384"],
         [("warning", "which is 1.951; beside 1.125 the upper bound would be 6.266, beside 3.384 the lower one 2.083.")]),
        ("no slip, a little off", [f"{HR} value=1.60 low=1.10 high=2.60"],
         [("note", "which is 1.69.")]),
        ("printed as about", [_contrast(value="0.86", approximation="about", interval={"level": 95, "low": "0.68", "high": "1.80"})], []),
        ("printed as it is", [_contrast(value="0.86", interval={"level": 95, "low": "0.68", "high": "1.80"})],
         [("warning", "lies 48 % of")]),
    ],
    "ratio-against-counts": [
        ("an odds ratio rounded", _responses("or", "3.79"), []),
        ("an odds ratio rounded to a whole number", _responses("or", "4"), []),
        ("an odds ratio cut off", _responses("or", "3"), []),
        ("a hundredth below", _responses("or", "3.78"),
         [("warning", "the odds ratio of 27 of 74 against 10 of 76 is 3.79, printed is 3.78.")]),
        ("a hundredth above", _responses("or", "3.80"), [("warning", "is 3.79, printed is 3.80.")]),
        ("a risk ratio", _responses("rr", "2.77"), []),
        ("a risk ratio, another", _responses("rr", "2.79"), [("warning", "is 2.77, printed is 2.79")]),
        ("a difference in percent", _responses("rd", "23.3"), []),
        ("a difference as a share", _responses("rd", "0.233"),
         [("warning", "the risk difference of 27 of 74 against 10 of 76 is 23.329, printed is 0.233")]),
        ("an odds ratio sold as a risk ratio", _responses("rr", "3.79"),
         [("warning", "printed is 3.79, which is the odds ratio")]),
        ("the other way round", _responses("or", "0.26"),
         [("warning", "printed is 0.26, which is that of b against a")]),
        ("a hazard ratio", _responses("hr", "3.00"), []),
        ("nobody has the event",
         ["arm=a endpoint=orr events=0 n=30", "arm=b endpoint=orr events=3 n=30",
          "arm=a versus=b endpoint=orr measure=or value=0.50"], []),
        ("all have it",
         ["arm=a endpoint=orr events=30 n=30", "arm=b endpoint=orr events=3 n=30",
          "arm=a versus=b endpoint=orr measure=or value=9.00"], []),
        ("nobody has it in the other arm",
         ["arm=a endpoint=orr events=3 n=30", "arm=b endpoint=orr events=0 n=30",
          "arm=a versus=b endpoint=orr measure=or value=9.00"], []),
        ("all have it in the other arm",
         ["arm=a endpoint=orr events=3 n=30", "arm=b endpoint=orr events=30 n=30",
          "arm=a versus=b endpoint=orr measure=or value=9.00"], []),
        ("one has it",
         ["arm=a endpoint=orr events=1 n=30", "arm=b endpoint=orr events=1 n=30",
          "arm=a versus=b endpoint=orr measure=or value=9.00"],
         [("warning", "the odds ratio of 1 of 30 against 1 of 30 is 1.00, printed is 9.00")]),
        # 36 % of 74 is 27 and 13 % of 76 is 10, so that only one table is possible.
        ("from percents",
         ["arm=a endpoint=orr n=74 value=36", "arm=b endpoint=orr n=76 value=13",
          "arm=a versus=b endpoint=orr measure=or value=3.80"],
         [("warning", "27 of 74 against 10 of 76 is 3.79")]),
        ("from percents of several counts, one of which fits",
         ["arm=a endpoint=orr n=740 value=36", "arm=b endpoint=orr n=760 value=13",
          "arm=a versus=b endpoint=orr measure=or value=3.81"], []),
        ("from percents of several counts, none of which fits",
         ["arm=a endpoint=orr n=740 value=36", "arm=b endpoint=orr n=760 value=13",
          "arm=a versus=b endpoint=orr measure=or value=3.80"],
         [("warning", "263 of 740 against 95 of 760 is 3.86")]),
        ("n is not printed", _percents(36, 13, "or", "9.00"), []),
        ("adjusted", [_contrast(value="2.77", adjusted_for=["age"])], []),
        ("not adjusted", [_contrast(value="2.77")], [("warning", "which is the risk ratio")]),
        ("printed as about", [_contrast(value="2.77", approximation="about")], []),
    ],
    # 0.9 may be 0.85 to 1.0, and 1.0 may be 0.95 to 1.1.
    "direction-against-proportions": [
        ("above 1 with the higher rate", _responses("or", "1.01"), []),
        ("below 1 by more than its rounding", _responses("or", "0.89"),
         [("error", "odds ratio 0.89, but 27 of 74 in a and 10 of 76 in b; the arms may be the")]),
        ("below 1 by its rounding only", _responses("or", "0.9"), []),
        ("1", _responses("or", "1.0"), []),
        ("above 1 with the lower rate", _percents(13, 36, "rr", "1.1"),
         [("warning", "risk ratio 1.1, but 13 % in a and 36 % in b")]),
        ("above 1 by its rounding only", _percents(13, 36, "rr", "1.0"), []),
        ("below 1 with the lower rate", _percents(13, 36, "rr", "0.8"), []),
        ("a difference of 0", _percents(36, 13, "rd", "0.0"), []),
        ("a negative difference with the higher rate", _percents(36, 13, "rd", "-0.1"),
         [("warning", "risk difference -0.1")]),
        ("a positive difference with the lower rate", _percents(13, 36, "rd", "0.1"),
         [("warning", "risk difference 0.1")]),
        ("rates that their rounding makes alike", _percents(36, 35, "rr", "0.5"), []),
        ("rates that it does not", _percents(36, 34, "rr", "0.5"), [("warning", "34 % in b")]),
        ("the same count",
         ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr events=9 n=30",
          "arm=a versus=b endpoint=orr measure=or value=0.50"], []),
        ("a count against a percent",
         ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr value=13",
          "arm=a versus=b endpoint=orr measure=or value=0.50"], [("warning", "9 of 30 in a")]),
        ("a percent against a count",
         ["arm=a endpoint=orr value=30", "arm=b endpoint=orr events=4 n=30",
          "arm=a versus=b endpoint=orr measure=or value=0.50"], [("warning", "4 of 30 in b")]),
        ("the same count, and a ratio above 1",
         ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr events=9 n=30",
          "arm=a versus=b endpoint=orr measure=or value=2.00"], []),
        ("the other rate is not printed",
         ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr n=30",
          "arm=a versus=b endpoint=orr measure=or value=0.50"], []),
        ("one rate is not printed",
         ["arm=a endpoint=orr n=30", "arm=b endpoint=orr events=9 n=30",
          "arm=a versus=b endpoint=orr measure=or value=0.50"], []),
        ("a hazard ratio", _responses("hr", "0.50"), []),
        ("adjusted", [_contrast(value="0.50", adjusted_for=["age"])],
         [("warning", "odds ratio 0.50, but 27 of 74 in one")]),
        ("not adjusted", [_contrast(value="0.50")], [("error", "odds ratio 0.50")]),
        ("printed as about", [_contrast(value="0.50", approximation="about")], []),
    ],
    # ln 12.2/11.0 = 0.1035 and ln 12.2/11.1 = 0.0945; 12 may be 11.5 to 13, and 11 10.5 to 12.
    "direction-against-medians": [
        ("a little above 1", _medians("12.2", "9.2", "1.11"), []),
        ("more above 1", _medians("12.2", "9.2", "1.12"),
         [("note", "hazard ratio 1.12, but the median is 12.2 months in a and 9.2 in b; the curves cross, or the arms are the other way round (0.89)")]),
        ("a little below 1", _medians("9.2", "12.2", "0.90"), []),
        ("more below 1", _medians("9.2", "12.2", "0.89"), [("note", "hazard ratio 0.89")]),
        ("with the medians", _medians("12.2", "9.2", "0.50"), []),
        ("with the medians, above 1", _medians("9.2", "12.2", "1.90"), []),
        ("medians a tenth apart", _medians("12.2", "11.0", "1.25"), [("note", "11.0 in b")]),
        ("medians less than a tenth apart", _medians("12.2", "11.1", "1.25"), []),
        ("medians less than a tenth apart the other way", _medians("11.1", "12.2", "0.80"), []),
        ("medians a tenth apart the other way", _medians("11.0", "12.2", "0.80"), [("note", "11.0")]),
        ("medians that their rounding makes alike", _medians("12", "11", "1.90"), []),
        ("medians that it does not", _medians("13", "11", "1.90"), [("note", "13 months in a")]),
        ("the interval ends at 1", _medians("12.2", "9.2", "1.25", low="1.00"), [("note", "")]),
        ("the interval is above 1", _medians("12.2", "9.2", "1.25", low="1.01"), [("warning", "")]),
        ("the interval begins at 1", _medians("9.2", "12.2", "0.80", high="1.00"), [("note", "")]),
        ("the interval is below 1", _medians("9.2", "12.2", "0.80", high="0.99"), [("warning", "")]),
        ("the interval is above 1, medians close", _medians("12.2", "11.9", "1.05", low="1.01"),
         [("warning", "hazard ratio 1.05")]),
        ("the interval is below 1, and the ratio may be 1", _medians("9.2", "12.2", "0.9", "0.8", "0.99"), []),
        # 0.495 × 12.15 is 3 × 2.005, and 1.9 is below 2.0; 0.24 × 12.3 is 9.15 / 3.1, cut or rounded.
        ("three times what the medians say", _medians("12.2", "2.0", "0.50"), []),
        ("more than three times", _medians("12.2", "1.9", "0.50"),
         [("warning", "hazard ratio 0.50, but the median is 12.2 months in a and 1.9 in b: more than 3 times off the ratio of the medians, unless hazards change much")]),
        ("a third of what the medians say", _medians("12.2", "9.2", "0.24"), []),
        ("less than a third", _medians("12.2", "9.2", "0.23"),
         [("warning", "hazard ratio 0.23, but the median is 12.2 months in a and 9.2 in b: more")]),
        ("far and the other way", _medians("62", "4.1", "1.4"),
         [("warning", "hazard ratio 1.4, but the median is 62 months in a and 4.1 in b; the curves")]),
        ("other units", _medians("12.2", "9.2", "1.90", unit="weeks"), []),
        ("a median is not reached", _medians("NR", "9.2", "1.90"), []),
        ("the other is not reached", _medians("9.2", "NR", "0.50"), []),
        ("no interval", [*_medians("12.2", "9.2", "1.25")[:2], f"{HR} value=1.25"], [("note", "")]),
        ("an odds ratio",
         [*_medians("12.2", "9.2", "1.25")[:2], "arm=a versus=b endpoint=os measure=or value=1.9"],
         []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
