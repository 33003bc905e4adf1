"""p-values of two proportions against the usual tests."""

import pytest

from builders import analysis_set, arm, contrast, estimate, randomised, report

CASES = [
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr p=.0009",
        ],
        [],
        id="chi-square",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr n=74 value=36",
            "arm=b endpoint=orr n=76 value=13",
            "arm=a versus=b endpoint=orr p=.0009",
        ],
        [],
        id="from percents",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr p=.0017",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "note",
                "ORR: p .0017 is printed for 27 of 74 against 10 of 76; of the usual tests only Yates gives it",
            ),
        ],
        id="Yates only",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=27 n=74",
            "arm=b endpoint=orr events=10 n=76",
            "arm=a versus=b endpoint=orr p=.09",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .09 is printed for 27 of 74 against 10 of 76, and no usual test gives it (chi-square .0009, Fisher .001, Yates .002, likelihood ratio .0008, one-sided Fisher .0008, one-sided chi-square .0005, Boschloo .0009)",
            ),
        ],
        id="no test",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30",
            "arm=b endpoint=orr events=3 n=30",
            "arm=a versus=b endpoint=orr p=.026 sides=two",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .026 is printed for 9 of 30 against 3 of 30; of the usual tests only one-sided chi-square gives it",
            ),
        ],
        id="one-sided, said to be two-sided",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30",
            "arm=b endpoint=orr events=3 n=30",
            "arm=a versus=b endpoint=orr p=.104 sides=one",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "note",
                "ORR: p .104 is printed for 9 of 30 against 3 of 30 as one-sided, and is the two-sided p of Fisher",
            ),
        ],
        id="two-sided, said to be one-sided",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30 subgroup=LMS",
            "arm=b endpoint=orr events=3 n=30 subgroup=LMS",
            "arm=a versus=b endpoint=orr p=.9",
        ],
        [],
        id="other patients",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=0 n=30",
            "arm=b endpoint=orr events=0 n=30",
            "arm=a versus=b endpoint=orr p=.5",
        ],
        [
            (
                (3, 1, 2),
                "two-by-two-p",
                "warning",
                "ORR: p .5 is printed for 0 of 30 against 0 of 30, and no usual test gives it (Fisher 1.000, likelihood ratio 1.000, one-sided Fisher 1.000, Boschloo 1.000)",
            ),
        ],
        id="nobody has the event",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=9 n=30",
            "arm=b endpoint=orr events=3 n=30",
            "arm=a versus=b endpoint=orr p=.026 sides=one",
        ],
        [],
        id="one-sided and said so",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)


def _table(p, one=(9, 30), other=(3, 30), measure="", **more):
    """Two response rates and the p-value of their contrast."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    named = f" measure={measure}" if measure else ""
    return [
        f"arm=a endpoint=orr events={one[0]} n={one[1]}",
        f"arm=b endpoint=orr events={other[0]} n={other[1]}",
        f"arm=a versus=b endpoint=orr{named} p={p}{rest}",
    ]


def _record(**more):
    """A record of 9 of 30 against 3 of 30 with a p-value that no test gives."""
    sets = {"one": analysis_set("one", 30), "two": analysis_set("two", 30)}
    numbers = [estimate(events=9), estimate(of="two", events=3)]
    own = contrast(endpoint="orr", measure="odds-ratio", value="3.86", p=".6", **more)
    del own["interval"]
    arms = arm("doxorubicin"), arm("ifosfamide")
    reports = {"smith-2020": report(sets, numbers, contrasts=[own])}
    return randomised("alpha", *arms, reports=reports)


BOUNDARIES = {
    # Of 9 of 30 against 3 of 30: chi-square .052808, Fisher .104165, Yates .106583, likelihood
    # ratio .048532, one-sided Fisher .052082, one-sided chi-square .026404, Boschloo .064125.
    "two-by-two-p": [
        ("chi-square", _table(".0528"), []),
        ("a digit below chi-square", _table(".0527"),
         [("note", "p .0527 is printed for 9 of 30 against 3 of 30, and no usual test gives it (chi-square .053, Fisher .104, Yates .107, likelihood ratio .049, one-sided Fisher .052, one-sided chi-square .026, Boschloo .064).")]),
        ("a digit above chi-square", _table(".0529"), [("note", "no usual test gives it")]),
        ("Fisher", _table(".104"), []),
        ("Yates", _table(".107"), [("note", "of the usual tests only Yates gives it.")]),
        ("the likelihood ratio", _table(".049"), [("note", "only likelihood ratio gives it.")]),
        ("Boschloo", _table(".0641"), [("note", "of the usual tests only Boschloo gives it.")]),
        ("one-sided Fisher", _table(".0521"), [("note", "only one-sided Fisher gives it.")]),
        ("one-sided chi-square", _table(".0264"), [("note", "only one-sided chi-square gives it.")]),
        ("one-sided, said to be two-sided", _table(".0264", sides="two"),
         [("warning", "only one-sided chi-square gives it.")]),
        ("one-sided, sides said not to be stated", _table(".0264", sides="not-stated"),
         [("note", "only one-sided chi-square gives it.")]),
        ("one-sided and said so", _table(".0264", sides="one"), []),
        ("one-sided Fisher and said so", _table(".0521", sides="one"), []),
        ("a limit that a two-sided and a one-sided test keep", _table("<.05", sides="two"),
         [("note", "only likelihood ratio and one-sided chi-square gives it.")]),
        ("two-sided and said so", _table(".0528", sides="two"), []),
        ("two-sided, said to be one-sided", _table(".104", sides="one"),
         [("note", "as one-sided, and is the two-sided p of Fisher.")]),
        ("both two-sided, said to be one-sided", _table(">.0527", sides="one"),
         [("note", "of the usual tests only Yates gives it.")]),
        ("Yates, said to be one-sided", _table(".107", sides="one"), [("note", "only Yates gives it.")]),
        ("among the tests, at the lower end", _table(".0265"), [("note", "no usual test gives it")]),
        ("below all tests", _table(".0263"), [("warning", "no usual test gives it")]),
        ("below all tests by half, a count not printed", ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr value=10 n=30", "arm=a versus=b endpoint=orr p=.0132"], [("note", "no usual test gives it")]),
        ("below all tests by more, a count not printed", ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr value=10 n=30", "arm=a versus=b endpoint=orr p=.0131"], [("warning", "no usual test gives it")]),
        ("among the tests, at the upper end", _table(".1064"), [("note", "no usual test gives it")]),
        ("above all tests", _table(".1067"), [("warning", "no usual test gives it")]),
        # Of 60 of 400 against 0 of 20 Boschloo gives .083816, of 60 of 401 .081752.
        ("Boschloo up to 400 patients", _table(".0838", (60, 400), (0, 20)),
         [("note", "only Boschloo gives it.")]),
        ("Boschloo up to 400 patients in the other arm", _table(".0838", (0, 20), (60, 400)),
         [("note", "only Boschloo gives it.")]),
        ("not beyond", _table(".0818", (60, 401), (0, 20)),
         [("note", "one-sided Fisher .043, one-sided chi-square .031).")]),
        ("not beyond in the other arm", _table(".0818", (0, 20), (60, 401)),
         [("note", "one-sided Fisher .043, one-sided chi-square .031).")]),
        ("tests that cannot be done are not listed", _table(".5", (0, 30), (0, 30)),
         [("warning", "(Fisher 1.000, likelihood ratio 1.000, one-sided Fisher 1.000, Boschloo 1.000).")]),
        ("of an odds ratio", _table(".6", measure="or"), [("warning", "no usual test gives it")]),
        ("of a risk ratio", _table(".6", measure="rr"), [("warning", "no usual test gives it")]),
        ("of a risk difference", _table(".6", measure="rd"), [("warning", "no usual test")]),
        ("of a hazard ratio", _table(".6", measure="hr"), []),
        ("no p", ["arm=a endpoint=orr events=9 n=30", "arm=b endpoint=orr events=3 n=30",
                  "arm=a versus=b endpoint=orr measure=or value=3.86"], []),
        ("counts that follow from percents",
         ["arm=a endpoint=orr value=30 n=30", "arm=b endpoint=orr value=10 n=30",
          "arm=a versus=b endpoint=orr p=.6"], [("warning", "9 of 30 against 3 of 30")]),
        ("n is not printed",
         ["arm=a endpoint=orr value=30", "arm=b endpoint=orr value=10 n=30",
          "arm=a versus=b endpoint=orr p=.6"], []),
        ("n of the other is not printed",
         ["arm=a endpoint=orr value=30 n=30", "arm=b endpoint=orr events=3",
          "arm=a versus=b endpoint=orr p=.6"], []),
        ("as many events as patients", _table(".6", (30, 30), (3, 30)), [("warning", "30 of 30")]),
        ("more events than patients", _table(".6", (31, 30), (3, 30)), []),
        ("adjusted", [_record(adjusted_for=["age"])], []),
        ("not adjusted", [_record()], [("warning", "no usual test gives it")]),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)
